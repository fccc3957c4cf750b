/* What the check of a database says of single values, held against the rules in the schema; and how other programs connect. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/adopt.h"
#include "centurion/data/check.h"
#include "centurion/data/queries.gen.h"
#include "centurion/data/verify.h"
#include "tests/support/database.h"
#include "tests/support/link.h"

static char database[64];
static struct loop *loop;
static struct db *db;

static void make_database(void)
{
    snprintf(database, sizeof database, "centurion_test_existing_%d", (int)getpid());
    test_database_make(database, false);
    loop = loop_new();
    char *conninfo = test_database_conninfo(database, NULL);
    db = test_connect(loop, conninfo);
    free(conninfo);
}

static void drop_database(void)
{
    db_free(db);
    loop_free(loop);
    test_database_drop(database);
}

TestSuite(existing, .init = make_database, .fini = drop_database, .timeout = 120);

/* One entry a row; odd ids are within the limits, even ones are not. */
static const char vectors[] =
    "INSERT INTO public.users (id, email, \"updatedAt\") VALUES (1, 'kim@example.org', now());"
    "INSERT INTO public.entries (id, \"userId\", date, weight, steps, calories, \"sleepQuality\", \"perceivedStress\", "
    "notes)"
    " SELECT v.id, 1, '2025-01-01'::date + v.id, v.weight, v.steps, v.calories, v.sleep, v.stress, repeat('x', "
    "v.letters)"
    " FROM (VALUES (1, NULL::float8, NULL::int, NULL::int, NULL::int, NULL::int, NULL::int), (3, 454, 0, 0, 1, 1, 0),"
    "   (5, 0.1, 200000, 20000, 10, 10, 2000), (2, 0, NULL, NULL, NULL, NULL, NULL), (4, -1, NULL, NULL, NULL, NULL, "
    "NULL),"
    "   (6, 454.1, NULL, NULL, NULL, NULL, NULL), (8, 'NaN', NULL, NULL, NULL, NULL, NULL), (10, NULL, -1, NULL, NULL, "
    "NULL, NULL),"
    "   (12, NULL, 200001, NULL, NULL, NULL, NULL), (14, NULL, NULL, -1, NULL, NULL, NULL), (16, NULL, NULL, 20001, "
    "NULL, NULL, NULL),"
    "   (18, NULL, NULL, NULL, 0, NULL, NULL), (20, NULL, NULL, NULL, 11, NULL, NULL), (22, NULL, NULL, NULL, NULL, 0, "
    "NULL),"
    "   (24, NULL, NULL, NULL, NULL, 11, NULL), (26, NULL, NULL, NULL, NULL, NULL, 2001), (28, 500, 300000, NULL, "
    "NULL, NULL, NULL)"
    " ) AS v (id, weight, steps, calories, sleep, stress, letters)";

static const struct query by_rule = {
    .name = "by_rule",
    .sql = "SELECT coalesce(string_agg(e.id::text, ' ' ORDER BY e.id), '') FROM public.entries AS e, "
           "centurion.settings AS s "
           "WHERE centurion.entry_fault(e.weight, e.steps, e.calories, e.\"sleepQuality\", e.\"perceivedStress\", "
           "e.notes, "
           "s.weight_unit) IS NOT NULL",
    .column_count = 1,
    .timeout_ms = 10000,
};

struct seen {
    bool ids[64];
};

static void see(void *arg, const struct check_finding *finding)
{
    struct seen *seen = arg;
    cr_expect(!finding->fault);
    cr_expect_str_eq(finding->relation, "entries");
    for (const char *at = finding->sample; *at; at += strspn(at, ", ")) {
        char *end;
        long id = strtol(at, &end, 10);
        cr_assert(end != at && id > 0 && id < 64, "%s", finding->sample);
        seen->ids[id] = true;
        at = end;
    }
}

/* As the check and the schema see it, both the same and as expected. */
static void expect_faulty(const char *expected)
{
    struct error error = {0};
    struct check_sum sum;
    struct seen seen = {0};
    struct rowset *rows = NULL;
    struct str found = {0};
    cr_assert_eq(check_database(db, see, &seen, &sum, &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(sum.faults, 0);
    for (int id = 0; id < 64; id++)
        if (seen.ids[id])
            str_addf(&found, "%s%d", found.length ? " " : "", id);
    cr_expect_str_eq(str_text(&found), expected);
    cr_assert_eq(db_run(db, &by_rule, NULL, &rows, &error), STATUS_OK, "%s", error.text);
    cr_expect_str_eq(rowset_text(rows, 0, 0), expected);
    rowset_free(rows);
    str_fini(&found);
}

Test(existing, limits_of_entries_are_those_of_the_schema)
{
    test_database_run(database, vectors);
    expect_faulty("2 4 6 8 10 12 14 16 18 20 22 24 26 28");
    test_database_run(database, "INSERT INTO public.system_settings (key, value) VALUES ('weightUnit', '\"lb\"')");
    expect_faulty("2 4 8 10 12 14 16 18 20 22 24 26 28");
}

static const char *find(char *const *environment, const char *name)
{
    size_t length = strlen(name);
    for (; *environment; environment++)
        if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=')
            return *environment + length + 1;
    return NULL;
}

Test(existing, other_programs_connect_as_we_did)
{
    struct error error = {0};
    const char *const pairs[] = {"password", "open-sesame", "options", "-c work_mem=1MB", NULL};
    char *plain = test_database_conninfo(database, NULL), *conninfo = db_conninfo_with(plain, pairs, &error);
    setenv("PGDATABASE", "elsewhere", 1);
    setenv("PGOPTIONS", "-c work_mem=2MB", 1);
    struct db *other = test_connect(loop, conninfo);
    char **environment = db_environment(other);
    cr_expect_str_eq(find(environment, "PGPASSWORD"), "open-sesame");
    cr_expect_str_eq(find(environment, "PGDATABASE"), database);
    cr_expect_str_eq(find(environment, "PGUSER"), "postgres");
    cr_expect_null(find(environment, "PGOPTIONS"));
    cr_expect_str_eq(find(environment, "PATH"), getenv("PATH"));
    db_environment_free(environment);
    db_free(other);
    free(conninfo);
    free(plain);
}

/* ---- Adopted, then migrated by a newer program ---- */

static char *read_fixture(void)
{
    char *path = mem_printf("%s/tests/data/prisma/migration.sql", getenv("CENTURION_SRCDIR"));
    FILE *file = fopen(path, "r");
    cr_assert(file, "%s", path);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = mem_alloc((size_t)size + 1);
    cr_assert_eq(fread(text, 1, (size_t)size, file), (size_t)size);
    fclose(file);
    free(path);
    return text;
}

static char *inventory(struct db *of)
{
    struct error error = {0};
    struct rowset *rows = NULL;
    cr_assert_eq(db_run(of, &QUERY_INVENTORY, NULL, &rows, &error), STATUS_OK, "%s", error.text);
    char *items = mem_strdup(rowset_text(rows, 0, INVENTORY_ITEMS));
    rowset_free(rows);
    return items;
}

static void see_fault(void *arg, const struct verify_finding *finding)
{
    (void)arg;
    cr_expect(!finding->fault, "%s: %s", finding->relation, finding->what);
}

/* The other database of the test keeps the server's roles in use, so that no other test misses them. */
Test(existing, an_adopted_database_is_migrated_and_given_back)
{
    struct error error = {0};
    struct check_sum sum;
    struct verify_sum verified;
    int applied, losses;
    char *other = mem_printf("%s_web", database), *fixture = read_fixture();
    char *sql = mem_printf("CREATE DATABASE %s", other);
    test_database_run(database, sql);
    char *conninfo = test_database_conninfo(other, NULL);
    struct db *web = test_connect(loop, conninfo);
    cr_assert_eq(db_run_script(web, "path", "SET search_path = public", &error), STATUS_OK);
    cr_assert_eq(db_run_script(web, "fixture", fixture, &error), STATUS_OK, "%s", error.text);
    cr_assert_eq(db_run_script(web, "path", "RESET search_path", &error), STATUS_OK);
    char *before = inventory(web);

    const struct adopt_options adopt = {.to = 27};
    cr_assert_eq(adopt_database(web, &adopt, &sum, &error), STATUS_OK, "%s", error.text);
    cr_assert_eq(migrate_apply(web, 0, false, NULL, NULL, &applied, &error), STATUS_OK, "%s", error.text);
    cr_expect_gt(applied, 0);
    cr_assert_eq(verify_database(web, see_fault, NULL, &verified, &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(verified.faults, 0);

    const struct release_options release = {0};
    cr_assert_eq(release_database(web, &release, &losses, &error), STATUS_OK, "%s", error.text);
    char *after = inventory(web);
    cr_expect_str_eq(after, before);
    db_free(web);
    test_database_drop(other);
    free(before);
    free(after);
    free(conninfo);
    free(sql);
    free(fixture);
    free(other);
}
