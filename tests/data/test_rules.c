/* The rules' vectors: tests/data/rules/NAME.sql, each run in a transaction that is rolled back, on a migrated database. They may insert
 * what they need; every row of theirs with the columns "case", "expected" and "actual" is one assertion. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "tests/support/database.h"

static const char database[] = "centurion_test_rules";

ReportHook(PRE_ALL)(struct criterion_test_set *tests)
{
    (void)tests;
    test_database_make(database, false);
}

ReportHook(POST_ALL)(struct criterion_global_stats *stats)
{
    (void)stats;
    test_database_drop(database);
}

static char *folder(void)
{
    const char *root = getenv("CENTURION_SRCDIR");
    return mem_printf("%s/tests/data/rules", root ? root : ".");
}

static char *read_all(const char *path)
{
    FILE *file = fopen(path, "r");
    cr_assert(file, "%s cannot be read", path);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = mem_alloc((size_t)size + 1);
    cr_assert_eq(fread(text, 1, (size_t)size, file), (size_t)size);
    fclose(file);
    return text;
}

static PGconn *connect_db(void)
{
    char *conninfo = test_database_conninfo(database, NULL);
    PGconn *conn = PQconnectdb(conninfo);
    free(conninfo);
    cr_assert_eq(PQstatus(conn), CONNECTION_OK, "%s", PQerrorMessage(conn));
    return conn;
}

static void quietly(void *arg, const PGresult *notice)
{
    (void)arg;
    (void)notice;
}

static int check_rows(const char *file, const PGresult *result)
{
    int name = PQfnumber(result, "\"case\""), expected = PQfnumber(result, "expected"),
        actual = PQfnumber(result, "actual");
    if (name < 0 || expected < 0 || actual < 0)
        return 0;
    for (int row = 0; row < PQntuples(result); row++) {
        bool null = PQgetisnull(result, row, expected);
        const char *want = null ? "NULL" : PQgetvalue(result, row, expected);
        const char *got = PQgetisnull(result, row, actual) ? "NULL" : PQgetvalue(result, row, actual);
        cr_expect(null == (bool)PQgetisnull(result, row, actual) && strcmp(want, got) == 0,
                  "%s: %s: expected %s, got %s", file, PQgetvalue(result, row, name), want, got);
    }
    return PQntuples(result);
}

struct file {
    char name[96];
};

static struct file files[64];

static size_t find_files(void)
{
    char *pattern = folder();
    glob_t found = {0};
    size_t count = 0;
    pattern = mem_resize(pattern, strlen(pattern) + 8, 1);
    strcat(pattern, "/*.sql");
    if (glob(pattern, 0, NULL, &found) == 0)
        for (; count < found.gl_pathc && count < 64; count++)
            snprintf(files[count].name, sizeof files[count].name, "%s", strrchr(found.gl_pathv[count], '/') + 1);
    globfree(&found);
    free(pattern);
    return count;
}

ParameterizedTestParameters(rules, hold)
{
    size_t count = find_files();
    return cr_make_param_array(struct file, files, count);
}

ParameterizedTest(struct file *file, rules, hold, .timeout = 120)
{
    char *path = folder(), *full = mem_printf("%s/%s", path, file->name), *sql = read_all(full);
    PGconn *conn = connect_db();
    PGresult *result;
    int rows = 0;
    PQsetNoticeReceiver(conn, quietly, NULL);
    PQclear(PQexec(conn, "BEGIN"));
    cr_assert(PQsendQuery(conn, sql));
    while ((result = PQgetResult(conn))) {
        ExecStatusType status = PQresultStatus(result);
        cr_expect(status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY, "%s: %s",
                  file->name, PQresultErrorMessage(result));
        rows += check_rows(file->name, result);
        PQclear(result);
    }
    cr_expect_gt(rows, 0, "%s asserts nothing", file->name);
    PQclear(PQexec(conn, "ROLLBACK"));
    PQfinish(conn);
    free(sql);
    free(full);
    free(path);
}

/* The runner itself can fail: a wrong row, a NULL that is none. */
Test(rules, are_read_as_meant)
{
    cr_expect_gt(find_files(), 0, "there are no rules in %s", getenv("CENTURION_SRCDIR"));
    PGconn *conn = connect_db();
    PGresult *result =
        PQexec(conn, "SELECT 'a' AS \"case\", NULL AS expected, NULL AS actual UNION ALL SELECT 'b', '1', '1'");
    cr_expect_eq(check_rows("self", result), 2);
    PQclear(result);
    result = PQexec(conn, "SELECT 1 AS other");
    cr_expect_eq(check_rows("self", result), 0);
    PQclear(result);
    PQfinish(conn);
}
