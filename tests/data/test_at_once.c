/* Two who change the same at once: the second one waits for the first one's end, and then is told what stands. Each case has rows of
 * its own, so that they run side by side. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/support/database.h"

static const char database[] = "centurion_test_at_once";

static const char rows[] =
    "INSERT INTO public.users (id, email, name, role) SELECT n, n || '@at-once.example', 'Member', 'CLIENT' FROM "
    "generate_series(1, 6) AS n;\n"
    "INSERT INTO public.cohorts (id, name, \"startDate\") SELECT n, 'Cohort ' || n, centurion.today() FROM "
    "generate_series(1, 4) AS n;\n"
    "INSERT INTO public.entries (\"userId\", date, weight) VALUES (4, '2026-01-05', 80), (5, '2026-01-05', 80);\n"
    "INSERT INTO public.admin_insights (id, title, description) VALUES (100, 'Triaged', 'x');\n"
    "INSERT INTO public.questionnaire_bundles (id, \"cohortId\", \"weekNumber\", questions) VALUES (100, 1, 1, "
    "'{\"pages\": []}');\n";

struct race {
    char name[64];
    char first[420]; /* in a transaction that is then ended */
    char end[16];
    char second[420];  /* while the first one is still under way; gives one text */
    char expected[32]; /* that text, or the error's code */
};

#define ID "gen_random_uuid()"
#define RECORD " AS text FROM centurion."
#define COUNTS "SELECT concat_ws(' ', c.outcome, c.record ->> 'imported', c.record ->> 'known')" RECORD
#define OUTCOME "SELECT c.outcome" RECORD

#define WORKOUT(member)                                                                                                \
    "health_workouts_import(" ID ", " member ", '[{\"workoutType\": \"Running\", \"startTime\": "                      \
    "\"2026-01-05T07:00:00Z\", \"endTime\": \"2026-01-05T07:30:00Z\", "                                                \
    "\"duration\": 30}]') AS c"
#define NIGHT                                                                                                          \
    "sleep_import(" ID ", 3, '[{\"startTime\": \"2026-01-05T22:00:00Z\", \"endTime\": \"2026-01-06T06:00:00Z\", "      \
    "\"totalSleep\": 420, \"inBedTime\": 480}]') AS c"
#define STEPS "steps_import(" ID ", 4, '[{\"date\": \"2026-01-05\", \"steps\": 8000}]') AS c"
#define TITLED "insight_save(" ID ", NULL, NULL, '{\"title\": \"At once\"}') AS c"
#define TRIAGED(status)                                                                                                \
    "insight_triage(" ID ", 100, (SELECT xmin::text FROM public.admin_insights WHERE id = 100), '" status "') AS c"
#define ASKED                                                                                                          \
    "questionnaire_save(" ID                                                                                           \
    ", NULL, NULL, '{\"cohortId\": 2, \"weekNumber\": 1, \"questions\": {\"pages\": []}}') AS c"
#define SAVED(weight)                                                                                                  \
    "entry_save('00000000-0000-4000-8000-000000000001', 6, '2026-01-05', NULL, '{\"weight\": " weight "}') AS c"

static struct race races[] = {
    {"the same workouts", COUNTS WORKOUT("1"), "COMMIT", COUNTS WORKOUT("1"), "saved 0 1"},
    {"the same workouts, the first try fails", COUNTS WORKOUT("2"), "ROLLBACK", COUNTS WORKOUT("2"), "saved 1 0"},
    {"the same night", COUNTS NIGHT, "COMMIT", COUNTS NIGHT, "saved 0 1"},
    {"the same steps", COUNTS STEPS, "COMMIT", COUNTS STEPS, "saved 0 1"},
    {"steps typed while they are imported",
     "UPDATE public.entries SET steps = 1, \"dataSources\" = '{\"steps\": \"manual\"}' WHERE \"userId\" = 5", "COMMIT",
     COUNTS "steps_import(" ID ", 5, '[{\"date\": \"2026-01-05\", \"steps\": 8000}]') AS c", "saved 0 1"},
    {"the same insight", OUTCOME TITLED, "COMMIT", OUTCOME TITLED, "23505"},
    {"an insight triaged twice", OUTCOME TRIAGED("RESOLVED"), "COMMIT", OUTCOME TRIAGED("DISMISSED"), "conflict"},
    {"settings that contradict each other", OUTCOME "setting_save(" ID ", 'attentionAmber', NULL, '50') AS c", "COMMIT",
     OUTCOME "setting_save(" ID ", 'attentionRed', NULL, '50') AS c", "23514"},
    {"a questionnaire of the same week", OUTCOME ASKED, "COMMIT", OUTCOME ASKED, "23505"},
    {"a questionnaire deleted while it is answered",
     "INSERT INTO public.weekly_questionnaire_responses (\"userId\", \"bundleId\", \"weekNumber\", responses) VALUES "
     "(1, 100, 1, '{}')",
     "COMMIT",
     OUTCOME "questionnaire_delete(" ID
             ", 100, (SELECT xmin::text FROM public.questionnaire_bundles WHERE id = 100)) AS c",
     "55000"},
    {"a cohort's first prompts", OUTCOME "prompts_save(" ID ", 3, NULL, '{\"questions\": []}') AS c", "COMMIT",
     OUTCOME "prompts_save(" ID ", 3, NULL, '{\"customPrompt1\": \"x\"}') AS c", "conflict"},
    {"a cohort's frequency: the last one counts", OUTCOME "cohort_frequency_set(" ID ", 4, 3) AS c", "COMMIT",
     "SELECT c.record ->> 'days'" RECORD "cohort_frequency_set(" ID ", 4, 5) AS c", "5"},
    {"the same request", OUTCOME SAVED("80"), "COMMIT", OUTCOME SAVED("80"), "repeated"},
};

ReportHook(PRE_ALL)(struct criterion_test_set *tests)
{
    (void)tests;
    test_database_make(database, false);
    test_database_run(database, rows);
}

ReportHook(POST_ALL)(struct criterion_global_stats *stats)
{
    (void)stats;
    test_database_drop(database);
}

static PGconn *connect_db(void)
{
    char *conninfo = test_database_conninfo(database, NULL);
    PGconn *conn = PQconnectdb(conninfo);
    free(conninfo);
    cr_assert_eq(PQstatus(conn), CONNECTION_OK, "%s", PQerrorMessage(conn));
    return conn;
}

static void run(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);
    cr_assert(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, "%s: %s", sql, PQresultErrorMessage(result));
    PQclear(result);
}

static bool waits_for_a_lock(PGconn *watcher, int backend)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT cardinality(pg_blocking_pids(%d)) > 0", backend);
    PGresult *result = PQexec(watcher, sql);
    cr_assert_eq(PQresultStatus(result), PGRES_TUPLES_OK, "%s", PQresultErrorMessage(result));
    bool waits = PQgetvalue(result, 0, 0)[0] == 't';
    PQclear(result);
    return waits;
}

ParameterizedTestParameters(at_once, second_waits)
{
    return cr_make_param_array(struct race, races, sizeof races / sizeof *races);
}

ParameterizedTest(struct race *race, at_once, second_waits, .timeout = 60)
{
    PGconn *first = connect_db(), *second = connect_db(), *watcher = connect_db();
    run(first, "BEGIN");
    run(first, race->first);
    cr_assert(PQsendQuery(second, race->second), "%s", PQerrorMessage(second));
    const struct timespec pause = {.tv_nsec = 5000000};
    while (!waits_for_a_lock(watcher, PQbackendPID(second))) {
        cr_assert(PQconsumeInput(second));
        cr_assert(PQisBusy(second), "%s: the second one did not wait", race->name);
        nanosleep(&pause, NULL);
    }
    run(first, race->end);
    PGresult *result = PQgetResult(second);
    const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *got = code ? code : PQgetvalue(result, 0, 0);
    cr_expect_str_eq(got, race->expected, "%s: expected %s, got %s %s", race->name, race->expected, got,
                     PQresultErrorMessage(result));
    PQclear(result);
    PQfinish(first);
    PQfinish(second);
    PQfinish(watcher);
}
