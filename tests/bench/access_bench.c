/* What access control costs: the statements that a login runs through the functions made for it, beside the same
 * reading as a superuser, unfiltered and without checks. Both are prepared, and run by turns on a connection each; the
 * figures are medians of whole round trips with all rows fetched.
 *
 * usage: access_bench CONNINFO FOLDER ROUNDS
 * ROUNDS is the least; what is quick is run for two seconds, so that its median holds still. FOLDER holds setup.sql,
 * which is run first, and NAME.login.sql and NAME.plain.sql: statements that end with ";" at the end of a line; several
 * are sent in one pipeline, as a screen does. The file of the login says in comments what both are given:
 *   -- params: day date, person integer      their parameters; a file need not use all of them
 *   -- run: words | login | limit | values   a line of the report: whose login, the most it may take in ms ("-": no
 *                                            limit), and the parameters' values as a list of SQL expressions
 *   -- needs: function(types)                what not every version has; where it is missing counts as over the limit
 * Without a file for the superuser only the limit is held. What changes something says "outcome", which must be saved,
 * and "version", which goes into the next turn's parameter of that name. Exit status 1: a ratio or a limit is passed,
 * 2: the answers differ or something is missing. */
#include <glob.h>
#include <libpq-fe.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_STATEMENTS = 8, MAX_PARAMS = 16, WARM_UP = 12, MAX_ROUNDS = 2001, ENOUGH_MS = 2000 };
static const double most = 1.2; /* times the superuser's median */

struct side {
    PGconn *conn;
    char *text;
    const char *statements[MAX_STATEMENTS];
    int count;
    double ms[MAX_ROUNDS];
};

struct params {
    Oid types[MAX_PARAMS];
    const char *values[MAX_PARAMS];
    int count;
    int version; /* which of them is the version that the answer before gave; -1: none */
    char seen[32];
};

static const char *conninfo;
static PGconn *owner; /* finds out parameters */
static int least_rounds, over;

__attribute__((format(printf, 1, 2), noreturn)) static void give_up(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("access_bench: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(2);
}

static PGconn *connect_as(const char *login)
{
    const char *const keywords[] = {"dbname", login ? "user" : "application_name", "options", NULL};
    const char *const values[] = {conninfo, login ? login : "centurion bench", "-c search_path=pg_catalog,pg_temp",
                                  NULL};
    PGconn *conn = PQconnectdbParams(keywords, values, 1);
    if (PQstatus(conn) != CONNECTION_OK)
        give_up("%s", PQerrorMessage(conn));
    return conn;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc((size_t)size + 1, 1);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size)
        give_up("%s cannot be read", path);
    fclose(file);
    return text;
}

/* Cuts side->text into statements; comments stay in them and do no harm. */
static void split(struct side *side)
{
    char *at = side->text, *end;
    for (side->count = 0; (end = strstr(at, ";\n")); at = end + 2) {
        if (side->count == MAX_STATEMENTS)
            give_up("more than %d statements", MAX_STATEMENTS);
        *end = '\0';
        side->statements[side->count++] = at;
    }
}

static PGresult *ask(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        give_up("%s: %s", sql, PQerrorMessage(conn));
    return result;
}

/* "name type, name type": the types as numbers. */
static void read_types(char *list, struct params *params)
{
    char sql[160], *save = NULL;
    params->count = 0;
    params->version = -1;
    for (char *item = strtok_r(list, ",", &save); item; item = strtok_r(NULL, ",", &save)) {
        char name[64], type[64];
        if (params->count == MAX_PARAMS || sscanf(item, "%63s %63s", name, type) != 2)
            give_up("what is a parameter \"%s\"?", item);
        if (strcmp(name, "version") == 0)
            params->version = params->count;
        snprintf(sql, sizeof sql, "SELECT '%s'::regtype::oid", type);
        PGresult *result = ask(owner, sql);
        params->types[params->count++] = (Oid)strtoul(PQgetvalue(result, 0, 0), NULL, 10);
        PQclear(result);
    }
}

/* The values stay in the result that is returned. */
static PGresult *find_values(const char *list, struct params *params)
{
    char sql[2048];
    snprintf(sql, sizeof sql, "SELECT %s", list);
    PGresult *result = ask(owner, sql);
    if (PQnfields(result) != params->count)
        give_up("%d values for %d parameters: %s", PQnfields(result), params->count, list);
    for (int i = 0; i < params->count; i++)
        params->values[i] = PQgetisnull(result, 0, i) ? NULL : PQgetvalue(result, 0, i);
    return result;
}

static void prepare(struct side *side, const struct params *params)
{
    char name[16];
    for (int i = 0; i < side->count; i++) {
        snprintf(name, sizeof name, "s%d", i);
        PGresult *result = PQprepare(side->conn, name, side->statements[i], params->count, params->types);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            give_up("%s\n%s", side->statements[i], PQerrorMessage(side->conn));
        PQclear(result);
    }
}

/* What a change answered. */
static void take_answer(const PGresult *result, struct params *params)
{
    int outcome = PQfnumber(result, "outcome"), version = PQfnumber(result, "version");
    if (outcome >= 0 && strcmp(PQgetvalue(result, 0, outcome), "saved") != 0)
        give_up("a change was not saved: %s", PQgetvalue(result, 0, outcome));
    if (params->version < 0 || outcome < 0 || version < 0)
        return;
    snprintf(params->seen, sizeof params->seen, "%s", PQgetvalue(result, 0, version));
    params->values[params->version] = params->seen;
}

/* Sends all statements at once and fetches all rows; results are kept if there is a place for them. Returns milliseconds. */
static double run(struct side *side, struct params *params, PGresult **results)
{
    struct timespec since, until;
    char name[16];
    clock_gettime(CLOCK_MONOTONIC, &since);
    PQenterPipelineMode(side->conn);
    for (int i = 0; i < side->count; i++) {
        snprintf(name, sizeof name, "s%d", i);
        if (!PQsendQueryPrepared(side->conn, name, params->count, params->values, NULL, NULL, 0))
            give_up("%s", PQerrorMessage(side->conn));
    }
    PQpipelineSync(side->conn);
    for (int i = 0; i < side->count; i++) {
        PGresult *result = PQgetResult(side->conn);
        if (PQresultStatus(result) != PGRES_TUPLES_OK)
            give_up("%s\n%s", side->statements[i], PQerrorMessage(side->conn));
        take_answer(result, params);
        if (results)
            results[i] = result;
        else
            PQclear(result);
        PQgetResult(side->conn); /* NULL: the end of this statement's */
    }
    PQclear(PQgetResult(side->conn)); /* the synchronisation */
    PQexitPipelineMode(side->conn);
    clock_gettime(CLOCK_MONOTONIC, &until);
    return (double)(until.tv_sec - since.tv_sec) * 1e3 + (double)(until.tv_nsec - since.tv_nsec) / 1e6;
}

/* A comparison with other rows would be worth nothing. Returns how many rows there are. */
static int compare(const char *name, PGresult *const *a, PGresult *const *b, int count)
{
    int rows = 0;
    for (int i = 0; i < count; i++) {
        if (PQntuples(a[i]) != PQntuples(b[i]) || PQnfields(a[i]) != PQnfields(b[i]))
            give_up("%s: statement %d gives the login %d rows of %d columns and the superuser %d of %d", name, i + 1,
                    PQntuples(a[i]), PQnfields(a[i]), PQntuples(b[i]), PQnfields(b[i]));
        for (int row = 0; row < PQntuples(a[i]); row++)
            for (int column = 0; column < PQnfields(a[i]); column++)
                if (PQgetisnull(a[i], row, column) != PQgetisnull(b[i], row, column) ||
                    strcmp(PQgetvalue(a[i], row, column), PQgetvalue(b[i], row, column)) != 0)
                    give_up("%s: statement %d, row %d, %s: the login sees \"%s\", the superuser \"%s\"", name, i + 1,
                            row + 1, PQfname(a[i], column), PQgetvalue(a[i], row, column),
                            PQgetvalue(b[i], row, column));
        rows += PQntuples(a[i]);
    }
    return rows;
}

static int ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Sorts them. */
static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, ascending);
    return values[count / 2];
}

static void clear_all(PGresult **results, int count)
{
    for (int i = 0; i < count; i++)
        PQclear(results[i]);
}

static void report(const char *name, int rows, struct side *login, struct side *plain, int count, double limit)
{
    double ratios[MAX_ROUNDS]; /* of neighbours, so that what else the machine does falls on both */
    for (int i = 0; plain->count && i < count; i++)
        ratios[i] = login->ms[i] / plain->ms[i];
    double ms = median(login->ms, count);
    bool passed = limit > 0 && ms > limit;
    printf("%-44s %6d %9.3f", name, rows, ms);
    if (plain->count) {
        double ratio = median(ratios, count);
        passed = passed || ratio > most;
        printf(" %9.3f %6.2f", median(plain->ms, count), ratio);
    } else {
        printf(" %9s %6s", "", "");
    }
    if (limit > 0)
        printf(" %6.0f  ", limit);
    else
        printf(" %6s  ", "");
    puts(passed ? "OVER" : "within");
    fflush(stdout);
    over += passed;
}

/* One line of the report. words is "name | login | limit | values" and is cut up. */
static void measure(char *words, struct side *login, struct side *plain, struct params params)
{
    char *field[4], *save = NULL;
    for (int i = 0; i < 4; i++) {
        field[i] = strtok_r(i ? NULL : words, i < 3 ? "|" : "\n", &save);
        if (!field[i])
            give_up("a run wants a name, a login, a limit and values");
        field[i] += strspn(field[i], " ");
        for (size_t size = strlen(field[i]); size && field[i][size - 1] == ' '; size--)
            field[i][size - 1] = '\0';
    }
    PGresult *values = find_values(field[3], &params), *seen[MAX_STATEMENTS], *expected[MAX_STATEMENTS];
    login->conn = connect_as(field[1]);
    prepare(login, &params);
    run(login, &params, seen);
    int rows = 0;
    for (int i = 0; i < login->count; i++)
        rows += PQntuples(seen[i]);
    if (plain->count) {
        plain->conn = connect_as(NULL);
        prepare(plain, &params);
        run(plain, &params, expected);
        rows = compare(field[0], seen, expected, plain->count);
        clear_all(expected, plain->count);
    }
    clear_all(seen, login->count);
    if (rows == 0)
        give_up("%s: there is nothing to read", field[0]);
    double spent = 0;
    int count = 0;
    for (int i = -WARM_UP; count < least_rounds || (spent < ENOUGH_MS && count < MAX_ROUNDS); i++) {
        double ms[2] = {0};
        for (int turn = 0; turn < 2; turn++) {
            bool is_plain = (turn + i) & 1;
            if (!is_plain || plain->count)
                ms[is_plain] = run(is_plain ? plain : login, &params, NULL);
        }
        if (i < 0)
            continue;
        login->ms[count] = ms[0];
        plain->ms[count++] = ms[1];
        spent += ms[0] + ms[1];
    }
    report(field[0], rows, login, plain, count, strtod(field[2], NULL));
    PQfinish(login->conn);
    if (plain->count)
        PQfinish(plain->conn);
    PQclear(values);
}

/* Whether a function is in this database. */
static bool is_there(const char *function)
{
    const char *const values[] = {function};
    PGresult *result = PQexecParams(owner, "SELECT to_regprocedure($1) IS NOT NULL", 1, NULL, values, NULL, NULL, 0);
    bool there = PQresultStatus(result) == PGRES_TUPLES_OK && PQgetvalue(result, 0, 0)[0] == 't';
    PQclear(result);
    return there;
}

/* The next line that begins so, cut off behind its end; *at moves on. */
static char *next_line(char **at, const char *begin)
{
    char *line = strstr(*at, begin);
    if (!line)
        return NULL;
    line += strlen(begin);
    *at = line + strcspn(line, "\n");
    char *copy = strndup(line, (size_t)(*at - line));
    if (!copy)
        give_up("out of memory");
    return copy;
}

static void measure_file(const char *path)
{
    struct side login = {.text = read_file(path)}, plain = {0};
    struct params params = {0};
    char other[512], *head = strdup(login.text), *at = head, *line;
    snprintf(other, sizeof other, "%.*s.plain.sql", (int)(strlen(path) - strlen(".login.sql")), path);
    plain.text = read_file(other);
    split(&login);
    if (plain.text)
        split(&plain);
    if (!login.count || (plain.text && plain.count != login.count))
        give_up("%s has %d statements, %s %d", path, login.count, other, plain.count);
    line = next_line(&at, "-- needs: ");
    bool missing = line && !is_there(line);
    if (missing) {
        printf("%-44s is not in this database  OVER\n", line);
        over++;
    }
    free(line);
    at = head;
    line = next_line(&at, "-- params: ");
    if (line)
        read_types(line, &params);
    free(line);
    for (at = head; !missing && (line = next_line(&at, "-- run: ")); free(line))
        measure(line, &login, &plain, params);
    free(login.text);
    free(plain.text);
    free(head);
}

/* What the bench needs beside the demonstration. */
static void set_up(const char *folder)
{
    char path[512];
    snprintf(path, sizeof path, "%s/setup.sql", folder);
    char *text = read_file(path);
    PGresult *result = text ? PQexec(owner, text) : NULL;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        give_up("%s: %s", path, text ? PQerrorMessage(owner) : "it is missing");
    PQclear(result);
    free(text);
}

int main(int argc, char **argv)
{
    glob_t found = {0};
    char pattern[512];
    if (argc != 4 || (least_rounds = atoi(argv[3])) < 1 || least_rounds > MAX_ROUNDS)
        give_up("usage: access_bench CONNINFO FOLDER ROUNDS");
    conninfo = argv[1];
    owner = connect_as(NULL);
    set_up(argv[2]);
    snprintf(pattern, sizeof pattern, "%s/*.login.sql", argv[2]);
    if (glob(pattern, 0, NULL, &found) != 0)
        give_up("nothing in %s", argv[2]);
    printf("%-44s %6s %9s %9s %6s %6s\n", "medians", "rows", "login ms", "plain ms", "ratio", "limit");
    for (size_t i = 0; i < found.gl_pathc; i++)
        measure_file(found.gl_pathv[i]);
    globfree(&found);
    PQfinish(owner);
    printf(over ? "%d over its limit\n" : "all within their limits\n", over);
    return over ? 1 : 0;
}
