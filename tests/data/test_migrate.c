/* The runner of migrations: once, twice, two at a time, with changed history, newer than the program. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/data/embedded.h"
#include "centurion/data/migrate.h"
#include "tests/support/database.h"
#include "tests/support/link.h"

static char database[64];
static struct loop *loop;
static struct db *db;

/* sql without the database's name, which comes last. */
static void on_server(const char *begin, const char *end)
{
    struct error error = {0};
    struct db *server = test_connect(loop, test_server());
    char *sql = mem_printf("%s %s %s", begin, database, end);
    cr_assert_eq(db_run_script(server, "test", sql, &error), STATUS_OK, "%s", error.text);
    free(sql);
    db_free(server);
}

static struct db *connect_db(void)
{
    char *conninfo = test_database_conninfo(database, NULL);
    struct db *connected = test_connect(loop, conninfo);
    free(conninfo);
    return connected;
}

/* A database for each test: they change its history. */
static void make_database(void)
{
    loop = loop_new();
    snprintf(database, sizeof database, "centurion_test_migrate_%d", (int)getpid());
    on_server("CREATE DATABASE", "");
    db = connect_db();
}

static void drop_database(void)
{
    db_free(db);
    on_server("DROP DATABASE", "WITH (FORCE)");
    loop_free(loop);
}

TestSuite(migrate, .init = make_database, .fini = drop_database, .timeout = 120);

/* Locks of this database; other tests migrate others at the same time. */
#define OUR_LOCKS                                                                                                      \
    "FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = "           \
    "current_database())"

static const struct query waits = {.name = "waits",
                                   .sql = "SELECT count(*)::int AS n " OUR_LOCKS " AND NOT granted",
                                   .column_count = 1,
                                   .timeout_ms = 10000};
static const struct query ends_holder = {.name = "ends",
                                         .sql = "SELECT count(pg_terminate_backend(pid))::int AS n " OUR_LOCKS
                                                " AND granted",
                                         .column_count = 1,
                                         .timeout_ms = 10000};

static void script(const char *sql)
{
    struct error error = {0};
    cr_assert_eq(db_run_script(db, "test", sql, &error), STATUS_OK, "%s", error.text);
}

static int number(const char *sql)
{
    /* A query is known by its address for as long as the session lasts. */
    static struct query queries[256];
    static char names[256][16];
    static int count;
    cr_assert_lt(count, 256);
    snprintf(names[count], sizeof names[count], "number %d", count);
    queries[count] = (struct query){.name = names[count], .sql = sql, .column_count = 1, .timeout_ms = 10000};
    struct error error = {0};
    struct rowset *rows = NULL;
    cr_assert_eq(db_run(db, &queries[count++], NULL, &rows, &error), STATUS_OK, "%s", error.text);
    int value = (int)rowset_int(rows, 0, 0);
    rowset_free(rows);
    return value;
}

struct seen {
    int count, last;
    bool waited;
};

static void see(void *arg, int version, const char *name)
{
    struct seen *seen = arg;
    cr_expect_neq(name[0], '\0');
    seen->waited |= version == 0;
    cr_expect(version == 0 || version > seen->last);
    seen->last = version;
    seen->count++;
}

static enum status apply(int to, bool init, int *applied, struct error *error)
{
    error_clear(error);
    return migrate_apply(db, to, init, NULL, NULL, applied, error);
}

Test(migrate, all_then_nothing)
{
    struct error error = {0};
    struct seen seen = {0};
    struct migration_state *states;
    int applied, count;
    cr_assert_eq(migrate_status(db, &states, &count, &error), STATUS_OK, "%s", error.text);
    cr_expect_gt(count, 2);
    for (int i = 0; i < count; i++)
        cr_expect_not(states[i].applied);
    free(states);
    cr_expect_eq(migrate_apply(db, 0, true, see, &seen, &applied, &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(applied, count);
    cr_expect_eq(seen.count, count);
    cr_expect_eq(seen.last, migrate_latest());
    cr_assert_eq(migrate_status(db, &states, &count, &error), STATUS_OK, "%s", error.text);
    for (int i = 0; i < count; i++) {
        cr_expect(states[i].applied);
        cr_expect_not(states[i].changed);
        cr_expect_eq(strlen(states[i].applied_at), 19);
        cr_expect_neq(states[i].name[0], '\0');
    }
    free(states);
    cr_expect_eq(apply(0, false, &applied, &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(applied, 0);
    cr_expect_eq(apply(0, true, &applied, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "not empty"), "%s", error.text);
    cr_expect(strstr(error.hint, "centurion db migrate"), "%s", error.hint);
    cr_expect_eq(number("SELECT count(*)::int AS n " OUR_LOCKS), 0);
}

Test(migrate, up_to_a_version_and_on)
{
    struct error error = {0};
    int applied;
    cr_expect_eq(apply(2, true, &applied, &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(applied, 2);
    cr_expect_eq(number("SELECT max(version) AS n FROM centurion.migrations"), 2);
    cr_expect_eq(apply(0, false, &applied, &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(number("SELECT max(version) AS n FROM centurion.migrations"), migrate_latest());
}

Test(migrate, a_database_of_others_is_left_alone)
{
    struct error error = {0};
    int applied;
    script("CREATE TABLE public.theirs (a int)");
    cr_expect_eq(apply(0, true, &applied, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "not empty"), "%s", error.text);
    cr_expect_eq(apply(0, false, &applied, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "not made by Centurion"), "%s", error.text);
    cr_expect_eq(number("SELECT count(*)::int AS n FROM pg_namespace WHERE nspname = 'centurion'"), 0);
}

Test(migrate, changed_history_is_noticed)
{
    struct error error = {0};
    struct migration_state *states;
    int applied, count;
    cr_assert_eq(apply(2, true, &applied, &error), STATUS_OK, "%s", error.text);
    script("UPDATE centurion.migrations SET sha256 = repeat('0', 64) WHERE version = 2");
    cr_assert_eq(migrate_status(db, &states, &count, &error), STATUS_OK, "%s", error.text);
    cr_expect_not(states[0].changed);
    cr_expect(states[1].changed);
    free(states);
    cr_expect_eq(apply(0, false, &applied, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "Migration 0002_"), "%s", error.text);
    cr_expect_eq(applied, 0);
    cr_expect_eq(number("SELECT max(version) AS n FROM centurion.migrations"), 2);
}

Test(migrate, a_newer_database_is_left_alone)
{
    struct error error = {0};
    struct migration_state *states;
    int applied, count;
    cr_assert_eq(apply(1, true, &applied, &error), STATUS_OK, "%s", error.text);
    script("INSERT INTO centurion.migrations (version, name, sha256) VALUES (9999, 'from_tomorrow', '')");
    cr_expect_eq(migrate_status(db, &states, &count, &error), STATUS_FAILED);
    cr_expect_null(states);
    cr_expect_eq(count, 0);
    cr_expect(strstr(error.text, "9999 (from_tomorrow): it is newer than this program"), "%s", error.text);
    cr_expect_eq(apply(0, false, &applied, &error), STATUS_FAILED);
    cr_expect_eq(applied, 0);
}

Test(migrate, one_that_fails_leaves_nothing_and_says_where)
{
    struct error error = {0};
    int applied;
    cr_assert_eq(apply(1, true, &applied, &error), STATUS_OK, "%s", error.text);
    script("CREATE TABLE centurion.logins (a int)"); /* in the way of the second */
    cr_expect_eq(apply(0, false, &applied, &error), STATUS_FAILED);
    cr_expect_eq(applied, 0);
    cr_expect(strstr(error.text, "migration 0002_") == error.text, "%s", error.text);
    cr_expect(strstr(error.text, "statement ") || strstr(error.text, "line "), "%s", error.text);
    cr_expect(strstr(error.text, "\"logins\" already exists"), "%s", error.text);
    cr_expect_eq(number("SELECT max(version) AS n FROM centurion.migrations"), 1);
    script("DROP TABLE centurion.logins");
    cr_expect_eq(apply(0, false, &applied, &error), STATUS_OK, "%s", error.text);
    cr_expect_gt(applied, 1);
}

Test(migrate, of_two_at_once_one_waits)
{
    struct error error = {0};
    struct seen seen = {0};
    int applied, other_status = 0;
    struct db *other = connect_db();
    script("SELECT pg_advisory_lock(4847366698049882447)"); /* db holds the lock, so both of the following wait */
    pid_t child = fork();
    if (child == 0) {
        struct loop *own = loop_new();
        char *conninfo = test_database_conninfo(database, NULL);
        struct db *mine = db_new(own, conninfo, "centurion test");
        struct error why = {0};
        int count = 0;
        db_open(mine);
        enum status status = db_wait_ready(mine, 60000, &why);
        if (status == STATUS_OK)
            status = migrate_apply(mine, 0, false, NULL, NULL, &count, &why);
        db_free(mine);
        loop_free(own);
        free(conninfo);
        _exit(status == STATUS_OK && (count == 0 || count == embedded_migrations_count) ? 10 + (count > 0) : 1);
    }
    /* The child stands at the lock before the parent lets go of it and asks for it. */
    int waiting = 0;
    while (!waiting) {
        struct rowset *rows = NULL;
        cr_assert_eq(db_run(db, &waits, NULL, &rows, &error), STATUS_OK, "%s", error.text);
        waiting = (int)rowset_int(rows, 0, 0);
        rowset_free(rows);
    }
    script("SELECT pg_advisory_unlock(4847366698049882447)");
    cr_expect_eq(migrate_apply(other, 0, false, see, &seen, &applied, &error), STATUS_OK, "%s", error.text);
    cr_assert_eq(waitpid(child, &other_status, 0), child);
    cr_assert(WIFEXITED(other_status));
    cr_expect_eq(WEXITSTATUS(other_status), applied ? 10 : 11, "exactly one of them did the work");
    cr_expect_eq(number("SELECT count(*)::int AS n FROM centurion.migrations"), embedded_migrations_count);
    db_free(other);
}

Test(migrate, the_one_who_waits_says_so)
{
    struct error error = {0};
    struct seen seen = {0};
    struct db *other = connect_db();
    char *conninfo = test_database_conninfo(database, NULL);
    int applied, ends[2];
    cr_assert_eq(pipe(ends), 0);
    script("SELECT pg_advisory_lock(4847366698049882447)");
    pid_t child = fork();
    if (child == 0) { /* ends the holder's session once somebody waits */
        struct loop *own = loop_new();
        struct db *mine = db_new(own, conninfo, "centurion test");
        struct rowset *rows = NULL;
        bool waiting = false;
        db_open(mine);
        while (!waiting && db_run(mine, &waits, NULL, &rows, NULL) == STATUS_OK) {
            waiting = rowset_int(rows, 0, 0) > 0;
            rowset_free(rows);
        }
        db_run(mine, &ends_holder, NULL, NULL, NULL);
        db_free(mine);
        loop_free(own);
        free(conninfo);
        _exit(0);
    }
    cr_expect_eq(migrate_apply(other, 0, true, see, &seen, &applied, &error), STATUS_OK, "%s", error.text);
    cr_expect(seen.waited);
    cr_expect_eq(applied, embedded_migrations_count);
    waitpid(child, NULL, 0);
    close(ends[0]);
    close(ends[1]);
    free(conninfo);
    db_free(other);
}

Test(migrate, demonstration_data_goes_in_once)
{
    struct error error = {0};
    struct seen seen = {0};
    int applied;
    cr_assert_eq(apply(0, true, &applied, &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(migrate_load_demo(db, "tiny", "2026-01-16", NULL, NULL, &error), STATUS_USAGE);
    cr_expect_eq(migrate_load_demo(db, "small", "yesterday", NULL, NULL, &error), STATUS_USAGE);
    cr_expect_eq(migrate_load_demo(db, "small", "2026-01-16", see, &seen, &error), STATUS_OK, "%s", error.text);
    cr_expect_gt(seen.count, 3);
    int people = number("SELECT count(*)::int AS n FROM public.users");
    cr_expect_gt(people, 10);
    cr_expect_eq(number("SELECT count(*)::int AS n FROM pg_class WHERE relpersistence = 't'"), 0,
                 "the steps' own tables are gone");
    cr_expect_eq(number("SELECT (current_setting('session_replication_role') = 'origin')::int AS n"), 1);
    cr_expect_eq(number("SELECT (current_setting('TimeZone') = 'UTC')::int AS n"), 1);
    cr_expect_eq(migrate_load_demo(db, "small", "2026-01-16", NULL, NULL, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "holds people already"), "%s", error.text);
    cr_expect_eq(number("SELECT count(*)::int AS n FROM public.users"), people);
}
