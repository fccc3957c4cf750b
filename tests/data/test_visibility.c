/* Who sees whom, told twice: by the database, and by the model of a studio (studio.h) from the text of the rules. Every view and gate is asked
 * as every one of a studio's people, and must show the very rows that the rules name. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "tests/data/studio.h"
#include "tests/support/database.h"

static const char database[] = "centurion_test_visibility";

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

static const char *const role_names[] = {"admin", "coach", "client"};
static const char *const role_words[] = {"ADMIN", "COACH", "CLIENT"};
static const char *const membership_names[] = {NULL, "ACTIVE", "PAUSED", "INACTIVE"};
static const char *const cohort_states[] = {"ACTIVE", "COMPLETED", "ARCHIVED"};

/* ---- Rows ---- */

/* What there is a row for. In SQL $id, $person, $cohort, $actor and $base are numbers. */
enum each { EACH_PERSON, EACH_CLIENT, EACH_COHORT, EACH_MEMBERSHIP, EACH_ASSIGNMENT, EACH_COACH_AND_CLIENT, ONE };

static const struct table {
    const char *name, *key;
    enum whose whose;
    enum each each;
    const char *insert;
} tables[] = {
    {"users", "id", OF_PEOPLE, EACH_PERSON,
     "public.users (id, email, name, role, \"deletedAt\") VALUES ($id, '$id@visibility.example', 'Visible $id', "
     "'$role', $gone)"},
    {"cohorts", "id", OF_COHORTS, EACH_COHORT,
     "public.cohorts (id, name, status, \"startDate\", \"deletedAt\") VALUES ($id, 'Visible $id', '$state', "
     "'2026-01-05', $gone)"},
    {"cohort_memberships", "id", OF_MEMBERS, EACH_MEMBERSHIP,
     "public.cohort_memberships (id, \"cohortId\", \"userId\", status, \"joinedAt\") VALUES ($id, $cohort, $person, "
     "'$status', '2026-01-05')"},
    {"coach_cohort_memberships", "id", OF_COHORTS, EACH_ASSIGNMENT,
     "public.coach_cohort_memberships (id, \"cohortId\", \"coachId\") VALUES ($id, $cohort, $person)"},
    {"bootcamps", "id", EVERYBODYS, ONE,
     "public.bootcamps (id, name, \"startTime\", \"endTime\") VALUES ($id, 'x', now(), now())"},
    {"accounts", "id", ADMINISTRATORS, EACH_PERSON,
     "public.accounts (id, \"userId\", type, provider, \"providerAccountId\") VALUES ($id, $person, 'oauth', 'x', "
     "'$id')"},
    {"sessions", "id", ADMINISTRATORS, EACH_PERSON,
     "public.sessions (id, \"userId\", \"sessionToken\", expires) VALUES ($id, $person, '$id', now())"},
    {"logins", "\"userId\"", ADMINISTRATORS, EACH_PERSON,
     "centurion.logins (rolname, \"userId\", role, enabled) VALUES ('visibility_$person', $person, '$role', $enabled)"},
    {"appointments", "id", OF_PEOPLE, EACH_CLIENT,
     "public.appointments (id, \"userId\", \"startTime\", \"endTime\", fee) VALUES ($id, $person, now(), now(), 45)"},
    {"bootcamp_attendees", "id", OF_ATTENDEES, EACH_CLIENT,
     "public.bootcamp_attendees (id, \"bootcampId\", \"userId\") VALUES ($id, $base + 1, $person)"},
    {"workouts", "id", OF_PEOPLE, EACH_CLIENT, "public.workouts (id, \"userId\", title) VALUES ($id, $person, 'x')"},
    {"invoices", "id", OF_PAYERS, EACH_CLIENT,
     "public.invoices (id, \"userId\", month, \"totalAmount\") VALUES ($id, $person, '2026-01-01', 45)"},
    {"payments", "id", OF_PAYERS, EACH_CLIENT,
     "centurion.payments (id, \"invoiceId\", amount, method, \"paidOn\") OVERRIDING SYSTEM VALUE VALUES ($id, $id, 45, "
     "'x', '2026-01-01')"},
    {"entries", "id", OF_PEOPLE, EACH_CLIENT,
     "public.entries (id, \"userId\", date) VALUES ($id, $person, '2026-01-05')"},
    {"questionnaire_bundles", "id", OF_COHORTS, EACH_COHORT,
     "public.questionnaire_bundles (id, \"cohortId\", \"weekNumber\", questions) VALUES ($id, $cohort, 1, '{}')"},
    {"weekly_questionnaire_responses", "id", OF_PEOPLE, EACH_CLIENT,
     "public.weekly_questionnaire_responses (id, \"userId\", \"bundleId\", \"weekNumber\", responses) VALUES ($id, "
     "$person, $base + 1, 1, '{}')"},
    {"cohort_check_in_configs", "id", OF_COHORTS, EACH_COHORT,
     "public.cohort_check_in_configs (id, \"cohortId\", prompts) VALUES ($id, $cohort, '{}')"},
    {"coach_notes", "id", ABOUT_PEOPLE, EACH_COACH_AND_CLIENT,
     "public.coach_notes (id, \"userId\", \"coachId\", \"weekNumber\", notes) VALUES ($id, $person, $actor, 1, 'x')"},
    {"admin_insights", "id", ABOUT_COHORTS, EACH_COHORT,
     "public.admin_insights (id, \"cohortId\", title, description) VALUES ($id, $cohort, 'x', 'x')"},
    {"healthkit_workouts", "id", OF_PEOPLE, EACH_CLIENT,
     "public.healthkit_workouts (id, \"userId\", \"workoutType\", \"startTime\", \"endTime\", duration) VALUES ($id, "
     "$person, 'x', now(), now(), 1)"},
    {"sleep_records", "id", OF_PEOPLE, EACH_CLIENT,
     "public.sleep_records (id, \"userId\", \"startTime\", \"endTime\", \"totalSleep\", \"inBedTime\") VALUES ($id, "
     "$person, now(), now(), 1, 1)"},
    {"system_settings", "id", ADMINISTRATORS, ONE, "public.system_settings (id, key, value) VALUES ($id, '$id', '1')"},
    {"audit_logs", "id", ACTIONS, EACH_COACH_AND_CLIENT,
     "public.audit_logs (id, \"userId\", action) VALUES ($id, $actor, 'X')"},
    {"reviews", "(\"coachId\" - $base - 1) * 31 + \"clientId\" - 9", REVIEWS, EACH_COACH_AND_CLIENT,
     "centurion.reviews (\"coachId\", \"clientId\", week) VALUES ($actor, $person, '2026-01-05')"},
    {"cohort_frequencies", "\"cohortId\"", OF_COHORTS, EACH_COHORT,
     "centurion.cohort_frequencies (\"cohortId\", days) VALUES ($cohort, 7)"},
    {"member_frequencies", "\"userId\"", OF_PEOPLE, EACH_PERSON,
     "centurion.member_frequencies (\"userId\", days) VALUES ($person, 7)"},
};

enum { TABLES = sizeof tables / sizeof *tables };

/* A table's rows, numbered from 1 as they come. */
struct rows {
    struct row list[PEOPLE * PEOPLE];
    int count;
};

static void add_rows(const struct studio *studio, enum each each, struct rows *rows)
{
    rows->count = 0;
    if (each == ONE)
        rows->list[rows->count++] = (struct row){-1, -1, -1};
    for (int a = 0; a < PEOPLE; a++) {
        bool client = studio->people[a].role == CLIENT;
        if (each == EACH_PERSON || (each == EACH_CLIENT && client))
            rows->list[rows->count++] = (struct row){a, -1, -1};
        for (int b = 0; b < PEOPLE && each == EACH_COACH_AND_CLIENT && !client; b++)
            if (studio->people[b].role == CLIENT)
                rows->list[rows->count++] = (struct row){b, -1, a};
    }
    for (int c = 0; c < COHORTS; c++) {
        if (each == EACH_COHORT)
            rows->list[rows->count++] = (struct row){-1, c, -1};
        for (int a = 0; a < PEOPLE; a++)
            if ((each == EACH_MEMBERSHIP && studio->member[c][a]) || (each == EACH_ASSIGNMENT && studio->coached[c][a]))
                rows->list[rows->count++] = (struct row){a, c, -1};
    }
}

/* ---- In the database ---- */

static PGconn *conn;

static void connect_db(void)
{
    char *conninfo = test_database_conninfo(database, NULL);
    conn = PQconnectdb(conninfo);
    free(conninfo);
    cr_assert_eq(PQstatus(conn), CONNECTION_OK, "%s", PQerrorMessage(conn));
}

static void disconnect_db(void)
{
    PQfinish(conn);
}

TestSuite(visibility, .init = connect_db, .fini = disconnect_db, .timeout = 120);

static PGresult *ask(const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);
    cr_assert(status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK, "%s%.2000s", PQresultErrorMessage(result), sql);
    return result;
}

static void run(const char *sql)
{
    PQclear(ask(sql));
}

/* A template with its numbers filled in. */
static void fill(struct str *out, const struct studio *studio, const char *text, const struct row *row, int nth)
{
    int base = (int)studio->base;
    for (; *text; text++) {
        if (*text != '$')
            str_add_char(out, *text);
        else if (str_starts(text, "$id"))
            text += strlen("id"), str_addf(out, "%d", base + nth);
        else if (str_starts(text, "$base"))
            text += strlen("base"), str_addf(out, "%d", base);
        else if (str_starts(text, "$person"))
            text += strlen("person"), str_addf(out, "%d", base + row->person + 1);
        else if (str_starts(text, "$cohort"))
            text += strlen("cohort"), str_addf(out, "%d", base + row->cohort + 1);
        else if (str_starts(text, "$actor"))
            text += strlen("actor"), str_addf(out, "%d", base + row->actor + 1);
        else if (str_starts(text, "$role"))
            text += strlen("role"), str_add(out, role_words[studio->people[row->person].role]);
        else if (str_starts(text, "$enabled"))
            text += strlen("enabled"), str_add(out, studio->people[row->person].disabled ? "false" : "true");
        else if (str_starts(text, "$gone"))
            text += strlen("gone"), str_add(out, (row->person >= 0 ? studio->people[row->person].deleted
                                                                   : studio->cohorts[row->cohort].deleted)
                                                     ? "now()"
                                                     : "NULL");
        else if (str_starts(text, "$state"))
            text += strlen("state"), str_add(out, cohort_states[studio->cohorts[row->cohort].state]);
        else if (str_starts(text, "$status"))
            text += strlen("status"), str_add(out, membership_names[studio->member[row->cohort][row->person]]);
    }
}

static void fill_tables(const struct studio *studio)
{
    struct rows *rows = mem_alloc(sizeof *rows);
    struct str sql = {0};
    for (size_t t = 0; t < TABLES; t++) {
        add_rows(studio, tables[t].each, rows);
        for (int i = 0; i < rows->count; i++) {
            str_add(&sql, "INSERT INTO ");
            fill(&sql, studio, tables[t].insert, &rows->list[i], i + 1);
            str_add(&sql, ";\n");
        }
    }
    for (int p = 0; p < PEOPLE; p++)
        str_addf(&sql, "CREATE ROLE visibility_%u LOGIN IN ROLE centurion_%s;\n", studio->base + (unsigned)p + 1,
                 role_names[studio->people[p].role]);
    run(str_text(&sql));
    str_fini(&sql);
    free(rows);
}

/* ---- What is seen, and what should be ---- */

static void become(const struct studio *studio, int viewer)
{
    char sql[96];
    snprintf(sql, sizeof sql, "SET LOCAL SESSION AUTHORIZATION visibility_%u", studio->base + (unsigned)viewer + 1);
    run(sql);
}

static char *view_of(const struct table *table, enum role role)
{
    return table->whose == EVERYBODYS ? mem_strdup(table->name) : mem_printf("%s_%s", role_names[role], table->name);
}

static bool has_view(const struct table *table, enum role role)
{
    char *name = view_of(table, role);
    char *sql = mem_printf("SELECT to_regclass('centurion.%s') IS NOT NULL", name);
    PGresult *result = ask(sql);
    bool has = *PQgetvalue(result, 0, 0) == 't';
    PQclear(result);
    free(sql);
    free(name);
    return has;
}

static char *shown(const struct studio *studio, const struct table *table, enum role role)
{
    struct str sql = {0};
    char *name = view_of(table, role);
    str_add(&sql, "SELECT coalesce(string_agg(k::text, ' ' ORDER BY k), '') FROM (SELECT ");
    fill(&sql, studio, table->key, &(struct row){0}, 0);
    str_addf(&sql, " AS k FROM centurion.%s) AS v WHERE k > %u", name, studio->base);
    PGresult *result = ask(str_text(&sql));
    char *seen = mem_strdup(PQgetvalue(result, 0, 0));
    PQclear(result);
    str_fini(&sql);
    free(name);
    return seen;
}

static void add_number(struct str *list, int id)
{
    str_addf(list, "%s%d", list->length ? " " : "", id);
}

static char *should_be_shown(const struct studio *studio, const struct table *table, int viewer, struct rows *rows)
{
    struct str list = {0};
    add_rows(studio, table->each, rows);
    for (int i = 0; i < rows->count; i++)
        if (may_see(studio, viewer, table->whose, &rows->list[i]))
            add_number(&list, (int)studio->base + i + 1);
    return str_steal(&list);
}

/* ---- Gates ---- */

/* The gate's answer is a list of numbers, in one query. */
static const struct gate {
    const char *name, *sql;
    bool (*person)(const struct studio *studio, int viewer, int person); /* one of these */
    bool (*cohort)(const struct studio *studio, int viewer, int cohort);
} gates[] = {
    {"review_queue", "SELECT user_id FROM centurion.review_queue('2026-01-16')", may_queue, NULL},
    {"member_overview",
     "SELECT n FROM generate_series($base + 1, $base + 40) AS n WHERE EXISTS (SELECT FROM "
     "centurion.member_overview(n))",
     may_open, NULL},
    {"review_week_strip",
     "SELECT n FROM generate_series($base + 1, $base + 40) AS n WHERE EXISTS (SELECT FROM "
     "centurion.review_week_strip(n, '2026-01-16'))",
     may_open, NULL},
    {"palette_find", "SELECT id FROM centurion.palette_find('Visible', 100) WHERE kind = 'member'", may_open, NULL},
    {"palette_find (cohorts)", "SELECT id FROM centurion.palette_find('Visible', 100) WHERE kind = 'cohort'", NULL,
     may_find},
    {"cohort_list", "SELECT id FROM centurion.cohort_list()", NULL, may_list},
};

static void expect_gate(const struct studio *studio, int viewer, const char *name, const char *sql,
                        const char *expected)
{
    struct str text = {0};
    str_add(&text, "SELECT coalesce(string_agg(k::text, ' ' ORDER BY k), '') FROM (");
    fill(&text, studio, sql, &(struct row){0}, 0);
    str_addf(&text, ") AS g (k) WHERE k > %u", studio->base);
    run("SAVEPOINT gate");
    PGresult *result = PQexec(conn, str_text(&text));
    bool given = PQresultStatus(result) == PGRES_TUPLES_OK;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE), *actual = given   ? PQgetvalue(result, 0, 0)
                                                                                : state ? state
                                                                                        : "lost";
    cr_expect_str_eq(actual, expected, "%s for %s %d: expected \"%s\", got \"%s\"", name,
                     role_names[studio->people[viewer].role], viewer, expected, actual);
    PQclear(result);
    run("ROLLBACK TO gate");
    str_fini(&text);
}

static void expect_heat(const struct studio *studio, int viewer, int cohort)
{
    struct str list = {0}, sql = {0};
    for (int p = 0; p < PEOPLE; p++)
        if (may_warm(studio, viewer, cohort, p))
            add_number(&list, (int)studio->base + p + 1);
    str_addf(&sql, "SELECT user_id FROM centurion.cohort_heat(%u, '2026-01-05', '2026-01-06')",
             studio->base + (unsigned)cohort + 1);
    expect_gate(studio, viewer, "cohort_heat", str_text(&sql), str_text(&list));
    str_fini(&sql);
    str_fini(&list);
}

/* Clients have no right to call them; who stands for nobody is told so, or sees nothing. */
static void expect_gates(const struct studio *studio, int viewer)
{
    struct str self = {0};
    if (stands_for_somebody(studio, viewer))
        add_number(&self, (int)studio->base + viewer + 1);
    expect_gate(studio, viewer, "profile", "SELECT id FROM centurion.profile", str_text(&self));
    str_fini(&self);
    bool client = studio->people[viewer].role == CLIENT;
    if (!client && !stands_for_somebody(studio, viewer))
        return expect_gate(studio, viewer, gates[0].name, gates[0].sql, "42501");
    for (size_t g = 0; g < sizeof gates / sizeof *gates; g++) {
        struct str list = {0};
        for (int i = 0; i < (gates[g].person ? PEOPLE : COHORTS); i++)
            if ((gates[g].person ? gates[g].person : gates[g].cohort)(studio, viewer, i))
                add_number(&list, (int)studio->base + i + 1);
        expect_gate(studio, viewer, gates[g].name, gates[g].sql, client ? "42501" : str_text(&list));
        str_fini(&list);
    }
    for (int c = 0; c < COHORTS && !client; c++)
        expect_heat(studio, viewer, c);
}

struct seed {
    unsigned value;
};

ParameterizedTestParameters(visibility, is_as_the_rules_say)
{
    static struct seed seeds[] = {{1}, {2}, {3}};
    return cr_make_param_array(struct seed, seeds, sizeof seeds / sizeof *seeds);
}

ParameterizedTest(struct seed *seed, visibility, is_as_the_rules_say)
{
    struct studio *studio = mem_alloc(sizeof *studio);
    struct rows *rows = mem_alloc(sizeof *rows);
    int compared = 0, seen_rows = 0;
    studio_make(studio, seed->value);
    run("BEGIN");
    fill_tables(studio);
    for (int viewer = 0; viewer < PEOPLE; viewer++) {
        enum role role = studio->people[viewer].role;
        become(studio, viewer);
        for (size_t t = 0; t < TABLES; t++) {
            char *expected = should_be_shown(studio, &tables[t], viewer, rows);
            char *actual = has_view(&tables[t], role) ? shown(studio, &tables[t], role) : mem_strdup("");
            cr_expect_str_eq(actual, expected, "seed %u: %s of %s %d: expected \"%s\", got \"%s\"", seed->value,
                             tables[t].name, role_names[role], viewer, expected, actual);
            compared++;
            seen_rows += *actual != '\0';
            free(expected);
            free(actual);
        }
        expect_gates(studio, viewer);
        run("RESET SESSION AUTHORIZATION");
    }
    run("ROLLBACK");
    cr_expect_gt(compared, 500);
    cr_expect_gt(seen_rows, 200, "nearly nobody sees anything: %d", seen_rows);
    free(rows);
    free(studio);
}
