#include "tests/fuzz/monkey_data.h"

#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/db.h"
#include "tests/support/database.h"

enum { PATIENCE_MS = 60000, FAULTS_SHOWN = 20 };

static const char *const origin = "centurion_monkey";

static char *read_sql(void)
{
    const char *srcdir = getenv("CENTURION_SRCDIR");
    char *path = mem_printf("%s/tests/fuzz/monkey.sql", srcdir ? srcdir : ".");
    struct str text = {0};
    char bytes[4096];
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(1);
    }
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        str_add_bytes(&text, bytes, got);
    fclose(file);
    free(path);
    return str_steal(&text);
}

void monkey_data_make(void)
{
    test_database_make(origin, true);
    test_database_run(origin, "SET allow_system_table_mods = on;"
                              "CREATE OR REPLACE FUNCTION pg_catalog.now() RETURNS timestamptz LANGUAGE sql STABLE AS "
                              "$$ SELECT timestamptz '2026-01-16 09:14:00+00' $$");
    test_database_run(origin, "DROP ROLE IF EXISTS monkey_nobody");
    test_database_run(origin, "CREATE ROLE monkey_nobody LOGIN IN ROLE centurion_coach");
    char *sql = read_sql();
    test_database_run(origin, sql);
    free(sql);
    test_database_run(origin, "ANALYZE");
}

void monkey_data_drop(void)
{
    test_database_drop(origin);
}

void monkey_data_clone(const char *name)
{
    char *sql = mem_printf("CREATE DATABASE %s TEMPLATE %s STRATEGY = file_copy", name, origin);
    char *rights = mem_printf("REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC", name);
    test_database_drop(name);
    test_database_run("template1", sql);
    test_database_run(name, rights); /* these are no part of a clone */
    free(rights);
    free(sql);
}

static const struct query_column takes_login[] = {{"login", TYPE_TEXT, false}};
static const struct query_column gives_faults[] = {{"fault", TYPE_TEXT, true}, {"changes", TYPE_INT8, false}};
static const struct query ask_faults = {
    .name = "monkey_faults",
    .sql = "SELECT f.fault, monkey.changes() FROM (VALUES (1)) AS one (row) LEFT JOIN (SELECT * FROM "
           "monkey.faults(coalesce((SELECT l.\"userId\" FROM centurion.logins AS l WHERE l.rolname = $1), 0)) AS f "
           "(fault)) AS f ON true",
    .params = takes_login,
    .param_count = 1,
    .columns = gives_faults,
    .column_count = 2,
    .write = true,
    .timeout_ms = PATIENCE_MS};

char *monkey_data_faults(const char *name, const char *login, int *changes)
{
    struct error error = {0};
    struct str out = {0};
    struct rowset *rows = NULL;
    char *conninfo = test_database_conninfo(name, NULL);
    struct loop *loop = loop_new();
    struct db *db = db_new(loop, conninfo, "monkey");
    const char *params[] = {login};
    *changes = 0;
    if (db_wait_ready(db, PATIENCE_MS, &error) != STATUS_OK ||
        db_run(db, &ask_faults, params, &rows, &error) != STATUS_OK)
        str_addf(&out, "%s %s\n", error.text, error.hint);
    for (int row = 0; rows && row < rowset_count(rows); row++) {
        *changes = (int)rowset_int(rows, row, 1);
        if (!rowset_null(rows, row, 0) && row < FAULTS_SHOWN)
            str_addf(&out, "%s\n", rowset_text(rows, row, 0));
    }
    rowset_free(rows);
    db_free(db);
    loop_free(loop);
    free(conninfo);
    return str_steal(&out);
}
