#include "tests/support/database.h"

#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/error.h"
#include "centurion/base/mem.h"
#include "centurion/data/db.h"
#include "centurion/data/migrate.h"
#include "centurion/loop/loop.h"

enum { PATIENCE_MS = 60000 };

static const char *server(void)
{
    const char *conninfo = getenv("CENTURION_TEST_CONNINFO");
    if (!conninfo) {
        fputs("CENTURION_TEST_CONNINFO is not set: run the tests with make check\n", stderr);
        exit(1);
    }
    return conninfo;
}

static void must(enum status status, const struct error *error)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "%s %s\n", error->text, error->hint);
    exit(1);
}

char *test_database_conninfo(const char *name, const char *login)
{
    struct error error = {0};
    const char *pairs[] = {"dbname", name, login ? "user" : NULL, login, NULL};
    char *conninfo = db_conninfo_with(server(), pairs, &error);
    if (!conninfo)
        must(STATUS_FAILED, &error);
    return conninfo;
}

/* Runs work with a connection to the database (NULL: to the server's own). */
static void with(const char *name, void (*work)(struct db *db, const void *arg), const void *arg)
{
    struct error error = {0};
    char *conninfo = name ? test_database_conninfo(name, NULL) : mem_strdup(server());
    struct loop *loop = loop_new();
    struct db *db = db_new(loop, conninfo, "centurion test");
    db_open(db);
    must(db_wait_ready(db, PATIENCE_MS, &error), &error);
    work(db, arg);
    db_free(db);
    loop_free(loop);
    free(conninfo);
}

static void run(struct db *db, const void *sql)
{
    struct error error = {0};
    must(db_run_script(db, "test", sql, &error), &error);
}

static void make(struct db *db, const void *demo)
{
    struct error error = {0};
    int applied;
    must(migrate_apply(db, 0, true, NULL, NULL, &applied, &error), &error);
    if (*(const bool *)demo)
        must(migrate_load_demo(db, "small", "2026-01-16", NULL, NULL, &error), &error);
}

struct making {
    const char *name;
    bool demo;
};

/* Roles belong to the whole server: two programs that make databases at once would both find them missing, and both make them. */
static void make_alone(struct db *db, const void *arg)
{
    const struct making *making = arg;
    run(db, "SELECT pg_advisory_lock(20260116)");
    with(making->name, make, &making->demo);
}

void test_database_run(const char *name, const char *sql)
{
    with(name, run, sql);
}

void test_database_make(const char *name, bool demo)
{
    test_database_drop(name);
    char *sql = mem_printf("CREATE DATABASE %s", name);
    with(NULL, run, sql);
    free(sql);
    struct making making = {name, demo};
    with(NULL, make_alone, &making);
}

void test_database_drop(const char *name)
{
    char *sql = mem_printf("DROP DATABASE IF EXISTS %s WITH (FORCE)", name);
    with(NULL, run, sql);
    free(sql);
}
