/* Whoever leaves the program aside and attacks the database: tests/data/attacks/NAME.sql on the small demonstration data.
 *
 * Each attack is tried three times: by a real connection of the login; by the superuser who has become that login, which must come to the
 * same; and so again after the wall that should hold was taken down, which must come to something else. So no attack fails by its own mistakes.
 * Every try is a transaction that is rolled back, but for walls that only a new session sees: those fall in a copy of the database. */
#include <criterion/criterion.h>
#include <criterion/options.h>
#include <criterion/parameterized.h>
#include <ctype.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "tests/data/attack_file.h"
#include "tests/support/database.h"

/* Roles are named after it, and the rules look at every role of the server whose name begins with the house's. */
static const char pristine[] = "test_attacks";

ReportHook(PRE_ALL)(struct criterion_test_set *tests)
{
    (void)tests;
    criterion_options.jobs =
        1; /* with several, Criterion's own runner forgets one that takes long to end, which is a leak */
    test_database_make(pristine, true);
    char *given = attacks_given();
    test_database_run(pristine, given);
    free(given);
}

ReportHook(POST_ALL)(struct criterion_global_stats *stats)
{
    (void)stats;
    test_database_drop(pristine);
}

/* ---- Copies of the database ---- */

static char *copy_make(const char *purpose)
{
    char *name = mem_printf("%s_%.*s", pristine, (int)strcspn(purpose, "."), purpose);
    char *sql = mem_printf("CREATE DATABASE %s TEMPLATE %s", name, pristine);
    test_database_drop(name);
    test_database_run("postgres", sql);
    free(sql);
    /* The rights on a database are not copied with it. */
    sql = mem_printf("REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC", name);
    test_database_run(name, sql);
    free(sql);
    return name;
}

static PGconn *connect_as(const char *name, const char *login)
{
    char *conninfo = test_database_conninfo(name, login);
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

static void must(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    cr_assert(PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK, "%s: %s", sql,
              PQresultErrorMessage(result));
    PQclear(result);
}

/* ---- What comes of a statement ---- */

static char *copied(PGconn *conn)
{
    char *line, *first = NULL;
    while (PQgetCopyData(conn, &line, 0) > 0) {
        if (!first)
            first = mem_strndup(line, strcspn(line, "\n"));
        PQfreemem(line);
    }
    PQclear(PQgetResult(conn));
    return first ? first : mem_strdup("nothing");
}

static char *short_outcome(PGconn *conn, const PGresult *result)
{
    switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
        if (PQntuples(result) == 0 || PQnfields(result) == 0 || PQgetisnull(result, 0, 0))
            return mem_strdup("nothing");
        return mem_strdup(PQgetvalue(result, 0, 0));
    case PGRES_COMMAND_OK:
        return mem_strdup(PQcmdStatus((PGresult *)(size_t)result));
    case PGRES_COPY_OUT:
        return copied(conn);
    default: {
        const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        return mem_strdup(state ? state : "lost");
    }
    }
}

/* All that can be seen: every cell, or all that an error says. */
static void add_sight(struct str *sight, const PGresult *result)
{
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        str_addf(sight, "%s %s", PQcmdStatus((PGresult *)(size_t)result), PQresultErrorMessage(result));
    for (int row = 0; row < PQntuples(result); row++)
        for (int column = 0; column < PQnfields(result); column++)
            str_addf(sight, "%s\n", PQgetisnull(result, row, column) ? "NULL" : PQgetvalue(result, row, column));
}

/* The probe itself is no difference. It stands after a blank, a quote or a bracket; a number of rows ("rows=7") does not. */
static char *without_probe(const char *sight, const char *probe)
{
    struct str out = {0};
    const char *from = sight, *hit = sight;
    size_t length = strlen(probe);
    while ((hit = strstr(hit, probe))) {
        if (hit == sight || !strchr(" '\"(", hit[-1]) || isalnum((unsigned char)hit[length])) {
            hit++;
            continue;
        }
        str_add_bytes(&out, from, (size_t)(hit - from));
        str_add(&out, "$probe");
        from = hit += length;
    }
    str_add(&out, from);
    return str_steal(&out);
}

static char *run_once(PGconn *conn, const char *sql, const char *probe)
{
    if (!probe) {
        PGresult *result = PQexec(conn, sql);
        char *outcome = short_outcome(conn, result);
        PQclear(result);
        return outcome;
    }
    char *probing = attack_replace(sql, "$probe", probe);
    struct str sight = {0};
    PGresult *result;
    must(conn, "SAVEPOINT probe");
    cr_assert(PQsendQuery(conn, probing), "%s", PQerrorMessage(conn));
    while ((result = PQgetResult(conn))) {
        add_sight(&sight, result);
        PQclear(result);
    }
    must(conn, "ROLLBACK TO probe");
    char *seen = str_steal(&sight), *outcome = without_probe(seen, probe);
    free(seen);
    free(probing);
    return outcome;
}

static char *run(PGconn *conn, const struct attack *attack, char **difference)
{
    char *first = run_once(conn, attack->sql, attack->probe[0]);
    if (!attack->probe[0])
        return first;
    /* Once more at first: what a session keeps in memory must not make the difference. */
    free(first);
    first = run_once(conn, attack->sql, attack->probe[0]);
    char *second = run_once(conn, attack->sql, attack->probe[1]);
    bool same = strcmp(first, second) == 0;
    free(*difference);
    *difference = same ? NULL : mem_printf(":\n%s---\n%s", first, second);
    free(first);
    free(second);
    return mem_strdup(same ? "same" : "differs");
}

/* ---- Attackers ---- */

struct attacker {
    const char *login, *group;
    PGconn *own;   /* connected as that login */
    PGconn *owner; /* the superuser, who becomes it */
};

static char *tries(const struct attacker *attacker, const struct attack *attack, bool really, const char *wall)
{
    PGconn *conn = really ? attacker->own : attacker->owner;
    char *difference = NULL;
    must(conn, "BEGIN");
    if (wall)
        must(conn, wall);
    if (!really) {
        char *sql = mem_printf("SET LOCAL SESSION AUTHORIZATION %s", attacker->login);
        must(conn, sql);
        free(sql);
    }
    char *outcome = run(conn, attack, &difference);
    must(conn, "ROLLBACK");
    must(conn, "DEALLOCATE ALL");
    if (difference) {
        char *longer = mem_printf("%s%s", outcome, difference);
        free(outcome);
        outcome = longer;
    }
    free(difference);
    return outcome;
}

static bool is_error(const char *outcome)
{
    return strlen(outcome) == 5 && strspn(outcome, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5 &&
           strpbrk(outcome, "0123456789");
}

static bool is_as_expected(const char *outcome, const char *expected)
{
    return strcmp(outcome, expected) == 0 || (strcmp(expected, "differs") == 0 && str_starts(outcome, "differs"));
}

static void expect(const char *file, const struct attack *attack, const char *login, const char *how, char *outcome,
                   const char *expected)
{
    cr_expect(is_as_expected(outcome, expected), "%s: %s: %s %s: expected %s, got %s", file, attack->name, login, how,
              expected, outcome);
    free(outcome);
}

static void expect_fallen(const char *file, const struct attack *attack, const char *login, char *outcome,
                          const char *expected)
{
    if (attack->fallen)
        cr_expect(is_as_expected(outcome, attack->fallen), "%s: %s: %s without the wall: expected %s, got %s", file,
                  attack->name, login, attack->fallen, outcome);
    else
        cr_expect(!is_as_expected(outcome, expected) && !is_error(outcome),
                  "%s: %s: %s without the wall: got %s, which proves nothing", file, attack->name, login, outcome);
    free(outcome);
}

static char *wall_for(const struct attack *attack, const char *login, const char *group)
{
    char *half = attack_replace(attack->wall, "{login}", login), *wall = attack_replace(half, "{group}", group);
    free(half);
    return wall;
}

static void attack_and_roll_back(const char *file, const struct attack *attack, const struct attacker *attacker,
                                 const char *expected)
{
    char *wall = wall_for(attack, attacker->login, attacker->group);
    expect(file, attack, attacker->login, "connected", tries(attacker, attack, true, NULL), expected);
    expect(file, attack, attacker->login, "impersonated", tries(attacker, attack, false, NULL), expected);
    expect_fallen(file, attack, attacker->login, tries(attacker, attack, false, wall), expected);
    free(wall);
}

/* ---- Logins made for a copy ---- */

/* A login that stands in for another one's person; heap. The triggers sleep: the other one must not be closed for it. */
static char *stand_in_make(const char *copy, const char *login, const char *group)
{
    char *name = mem_printf("%s_%s", copy, login);
    char *sql = mem_printf("SET session_replication_role = replica; CREATE ROLE %s LOGIN IN ROLE %s; "
                           "UPDATE centurion.logins SET rolname = '%s' WHERE rolname = '%s'",
                           name, group, name, login);
    test_database_run(copy, sql);
    free(sql);
    return name;
}

static void stand_in_drop(char *copy, char *name)
{
    char *sql = mem_printf("DROP ROLE %s", name);
    test_database_drop(copy);
    test_database_run("postgres", sql);
    free(sql);
    free(name);
    free(copy);
}

static void attack_and_commit(const char *file, const struct attack *attack, const struct attacker *attacker,
                              const char *expected)
{
    char *purpose = mem_printf("%.*s_committed", (int)strcspn(file, "."), file), *copy = copy_make(purpose);
    char *login = stand_in_make(copy, attacker->login, attacker->group);
    char *wall = wall_for(attack, login, attacker->group);
    struct attacker stand_in = {.login = login, .group = attacker->group};
    expect(file, attack, attacker->login, "connected", tries(attacker, attack, true, NULL), expected);
    stand_in.own = connect_as(copy, login);
    expect(file, attack, attacker->login, "as a stand-in", tries(&stand_in, attack, true, NULL), expected);
    PQfinish(stand_in.own);
    test_database_run(copy, wall);
    stand_in.own = connect_as(copy, login);
    expect_fallen(file, attack, attacker->login, tries(&stand_in, attack, true, NULL), expected);
    PQfinish(stand_in.own);
    stand_in_drop(copy, login);
    free(wall);
    free(purpose);
}

struct file {
    char name[64];
};

ParameterizedTestParameters(attacks, fail)
{
    static struct file files[32];
    char **names = attacks_files();
    size_t count = 0;
    for (; names[count] && count < sizeof files / sizeof *files; count++) {
        snprintf(files[count].name, sizeof files[count].name, "%s", names[count]);
        free(names[count]);
    }
    free(names);
    return cr_make_param_array(struct file, files, count);
}

ParameterizedTest(struct file *file, attacks, fail, .timeout = 300)
{
    struct attacks attacks = attacks_read(file->name);
    cr_assert_null(attacks.error, "%s", attacks.error);
    cr_expect_gt(attacks.count, 0, "%s attacks nothing", file->name);
    char *copy = copy_make(file->name);
    struct attacker attackers[ATTACK_LOGINS];
    PGconn *owner = connect_as(copy, NULL);
    PQsetNoticeReceiver(owner, quietly, NULL);
    for (int i = 0; i < ATTACK_LOGINS; i++) {
        attackers[i] = (struct attacker){attack_logins[i], attack_groups[i], connect_as(copy, attack_logins[i]), owner};
        PQsetNoticeReceiver(attackers[i].own, quietly, NULL);
    }
    for (size_t i = 0; i < attacks.count; i++) {
        const struct attack *attack = &attacks.list[i];
        for (int login = 0; login < ATTACK_LOGINS; login++) {
            if (!attack->expected[login])
                continue;
            if (attack->committed)
                attack_and_commit(file->name, attack, &attackers[login], attack->expected[login]);
            else
                attack_and_roll_back(file->name, attack, &attackers[login], attack->expected[login]);
        }
    }
    for (int i = 0; i < ATTACK_LOGINS; i++)
        PQfinish(attackers[i].own);
    PQfinish(owner);
    test_database_drop(copy);
    attacks_free(&attacks);
    free(copy);
}

/* ---- Somebody who may no longer, with a session open ---- */

struct leaving {
    char how[32], sql[96]; /* what is done to person 3, coach */
};

static const struct leaving ways[] = {
    {"disabled", "UPDATE centurion.logins SET enabled = false WHERE \"userId\" = 3"},
    {"demoted", "UPDATE public.users SET role = 'CLIENT' WHERE id = 3"},
    {"deleted", "UPDATE public.users SET \"deletedAt\" = now() WHERE id = 3"},
    {"unmapped", "DELETE FROM centurion.logins WHERE \"userId\" = 3"},
};

static const char *const work[] = {
    "SELECT count(*) FROM centurion.coach_users",
    "SELECT count(*) FROM centurion.bootcamps",
    "SELECT count(*) FROM centurion.profile",
    "SELECT count(*) FROM centurion.cohort_list()",
    "SELECT count(*) FROM centurion.whoami()",
    "EXECUTE prepared",
    "SELECT (centurion.entry_save(gen_random_uuid(), 11, '2026-01-02', NULL, '{\"steps\": 1}')).outcome",
};

enum { WORK = sizeof work / sizeof *work };

static bool is_nothing(const char *outcome)
{
    return strcmp(outcome, "0") == 0 || strcmp(outcome, "nothing") == 0 || strcmp(outcome, "lost") == 0 ||
           is_error(outcome);
}

static void see_nothing_any_more(const struct leaving *way)
{
    char *copy = copy_make(way->how), *login = stand_in_make(copy, "coach", "centurion_coach");
    char *change = mem_printf("SET session_replication_role = replica; %s", way->sql);
    PGconn *conn = connect_as(copy, login);
    PQsetNoticeReceiver(conn, quietly, NULL);
    must(conn, "PREPARE prepared AS SELECT count(*) FROM centurion.coach_entries");
    for (int after = 0; after < 2; after++) {
        for (int i = 0; i < WORK; i++) {
            char *outcome = run_once(conn, work[i], NULL);
            cr_expect(is_nothing(outcome) == (after == 1), "%s: %s: %s", after ? way->how : "before", work[i], outcome);
            free(outcome);
        }
        if (!after)
            test_database_run(copy, change);
    }
    PQfinish(conn);
    free(change);
    stand_in_drop(copy, login);
}

/* Even where the session could not be ended: the triggers that do it sleep. */
Test(attacks, see_nothing_in_a_session_that_was_open, .timeout = 240)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        see_nothing_any_more(&ways[i]);
}

static void end(const struct leaving *way)
{
    char *purpose = mem_printf("%s_open", way->how), *copy = copy_make(purpose);
    char *login = stand_in_make(copy, "coach", "centurion_coach");
    PGconn *idle = connect_as(copy, login), *open = connect_as(copy, login), *other = connect_as(copy, "coach2");
    must(open, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    PGconn *const all[] = {idle, open, other};
    for (int after = 0; after < 2; after++) {
        for (int i = 0; i < 3; i++) {
            char *outcome = run_once(all[i], work[0], NULL);
            bool gone = strcmp(outcome, "57P01") == 0 || strcmp(outcome, "lost") == 0;
            cr_expect(gone == (after && i < 2), "%s: session %d %s: %s", way->how, i, after ? "after" : "before",
                      outcome);
            free(outcome);
        }
        if (!after)
            test_database_run(copy, way->sql);
    }
    PQfinish(idle);
    PQfinish(open);
    PQfinish(other);
    stand_in_drop(copy, login);
    free(purpose);
}

/* A transaction that was begun before would go on with its old rights. */
Test(attacks, end_sessions_that_were_open, .timeout = 240)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        end(&ways[i]);
}
