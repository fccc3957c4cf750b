/* Two who change the same at once, on connections of their own: the first holds its transaction open until the second is seen to wait
 * for it. Then crowds, without any order. */
#include <criterion/criterion.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "centurion/base/mem.h"
#include "tests/support/database.h"

static const char database[] = "centurion_test_races";
enum { CROWD = 8 };

/* Ids below 100 are people. Bootcamps, appointments and cohorts belong to one test each. */
static const char people[] =
    "DO $$ BEGIN"
    " FOR n IN 1..8 LOOP EXECUTE format('CREATE ROLE races_client_%s LOGIN IN ROLE centurion_client', n); END LOOP;"
    " CREATE ROLE races_admin LOGIN IN ROLE centurion_admin; CREATE ROLE races_coach LOGIN IN ROLE centurion_coach;"
    "END $$;"
    "INSERT INTO public.users (id, email, name, role)"
    " SELECT n, n || '@races.example', 'Client ' || n, 'CLIENT' FROM generate_series(1, 8) AS n"
    " UNION ALL VALUES (11, 'admin@races.example', 'Admin', 'ADMIN'::public.\"Role\"),"
    "                  (12, 'coach@races.example', 'Coach', 'COACH');"
    "INSERT INTO centurion.logins SELECT 'races_client_' || n, n, 'CLIENT' FROM generate_series(1, 8) AS n;"
    "INSERT INTO centurion.logins VALUES ('races_admin', 11, 'ADMIN'), ('races_coach', 12, 'COACH');"
    "INSERT INTO public.cohorts (id, name, \"startDate\") VALUES (101, 'Races', '2026-01-05');"
    "INSERT INTO public.coach_cohort_memberships (\"cohortId\", \"coachId\") VALUES (101, 12);"
    "INSERT INTO public.cohort_memberships (\"cohortId\", \"userId\") SELECT 101, n FROM generate_series(1, 8) AS n;"
    "INSERT INTO public.bootcamps (id, name, \"startTime\", \"endTime\", capacity)"
    " SELECT n, 'Bootcamp', '2040-01-01 10:00', '2040-01-01 11:00', CASE n WHEN 205 THEN 3 ELSE 1 END"
    " FROM generate_series(201, 206) AS n;"
    "INSERT INTO public.appointments (id, \"userId\", \"startTime\", \"endTime\", fee)"
    " SELECT n, 7, '2040-01-01'::timestamp + n * interval '1 day', '2040-01-01 01:00'::timestamp + n * interval '1 "
    "day',"
    "        45 FROM generate_series(301, 306) AS n;";

ReportHook(PRE_ALL)(struct criterion_test_set *tests)
{
    (void)tests;
    test_database_make(database, false);
    test_database_run(database, people);
}

ReportHook(POST_ALL)(struct criterion_global_stats *stats)
{
    (void)stats;
    test_database_run(database, "DO $$ BEGIN DELETE FROM centurion.logins; FOR n IN 1..8 LOOP"
                                " EXECUTE format('DROP ROLE races_client_%s', n); END LOOP;"
                                " DROP ROLE races_admin; DROP ROLE races_coach; END $$");
    test_database_drop(database);
}

TestSuite(races, .timeout = 120);

/* login NULL: the owner, as the web application. */
static PGconn *open_as(const char *login)
{
    char *conninfo = test_database_conninfo(database, login);
    PGconn *conn = PQconnectdb(conninfo);
    free(conninfo);
    cr_assert_eq(PQstatus(conn), CONNECTION_OK, "%s", PQerrorMessage(conn));
    return conn;
}

/* What came of a change: its outcome, or the SQLSTATE. */
struct word {
    char text[16];
};

static struct word word_of(const PGresult *result)
{
    struct word word = {0};
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state)
        snprintf(word.text, sizeof word.text, "%s", state);
    else if (PQntuples(result) > 0)
        snprintf(word.text, sizeof word.text, "%s", PQgetvalue(result, 0, 0));
    return word;
}

static struct word run(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    struct word word = word_of(result);
    PQclear(result);
    return word;
}

static struct word await(PGconn *conn)
{
    struct word word = {0};
    PGresult *result;
    while ((result = PQgetResult(conn))) {
        word = word_of(result);
        PQclear(result);
    }
    return word;
}

static bool is_answered(PGconn *conn)
{
    cr_assert(PQconsumeInput(conn), "%s", PQerrorMessage(conn));
    return !PQisBusy(conn);
}

/* Until it waits for somebody's lock; false when it did not. */
static bool waits(PGconn *conn)
{
    PGconn *watch = open_as(NULL);
    char *sql = mem_printf("SELECT wait_event_type FROM pg_stat_activity WHERE pid = %d AND wait_event_type = 'Lock'",
                           PQbackendPID(conn));
    bool waiting = false;
    for (int i = 0; i < 6000 && !waiting && !is_answered(conn); i++) {
        waiting = strcmp(run(watch, sql).text, "Lock") == 0;
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    free(sql);
    PQfinish(watch);
    return waiting;
}

struct race {
    const char *first, *first_sql, *end; /* end: COMMIT or ROLLBACK */
    const char *second, *second_sql;
    const char *seen;        /* NULL, or $1 of both: the version that they saw */
    const char *one, *other; /* what is to come of them */
};

static void check_race(const char *name, const struct race *race)
{
    PGconn *first = open_as(race->first), *second = open_as(race->second);
    int params = race->seen ? 1 : 0;
    run(first, "BEGIN");
    PGresult *result = PQexecParams(first, race->first_sql, params, NULL, &race->seen, NULL, NULL, 0);
    struct word one = word_of(result);
    PQclear(result);
    cr_assert(PQsendQueryParams(second, race->second_sql, params, NULL, &race->seen, NULL, NULL, 0));
    cr_expect(waits(second), "%s: the second did not wait for the first", name);
    run(first, race->end);
    struct word other = await(second);
    cr_expect_str_eq(one.text, race->one, "%s: the first was %s, not %s", name, one.text, race->one);
    cr_expect_str_eq(other.text, race->other, "%s: the second was %s, not %s", name, other.text, race->other);
    PQfinish(first);
    PQfinish(second);
}

static void check_count(const char *sql, const char *expected)
{
    PGconn *conn = open_as(NULL);
    struct word found = run(conn, sql);
    cr_expect_str_eq(found.text, expected, "%s: %s, not %s", sql, found.text, expected);
    PQfinish(conn);
}

/* Text with a digit for each #. Heap. */
static char *numbered(const char *text, int number)
{
    char *copy = mem_strdup(text);
    for (char *at = copy; (at = strchr(at, '#'));)
        *at = (char)('0' + number);
    return copy;
}

/* All at once, each with a number of their own in login and statement; how many were saved. The others came to refusal. */
static int crowd(const char *login, const char *sql, const char *refusal)
{
    PGconn *conns[CROWD];
    int saved = 0;
    for (int i = 0; i < CROWD; i++) {
        char *name = numbered(login, i + 1);
        conns[i] = open_as(name);
        free(name);
    }
    for (int i = 0; i < CROWD; i++) {
        char *text = numbered(sql, i + 1);
        cr_assert(PQsendQuery(conns[i], text));
        free(text);
    }
    for (int i = 0; i < CROWD; i++) {
        struct word word = await(conns[i]);
        bool is_saved = strcmp(word.text, "saved") == 0;
        saved += is_saved;
        cr_expect(is_saved || strcmp(word.text, refusal) == 0, "%s instead of %s", word.text, refusal);
        PQfinish(conns[i]);
    }
    return saved;
}

#define REGISTER(bootcamp) "SELECT outcome FROM centurion.bootcamp_register(gen_random_uuid(), " #bootcamp ")"
#define REGISTERED(bootcamp) "SELECT count(*) FROM public.bootcamp_attendees WHERE \"bootcampId\" = " #bootcamp

Test(races, the_last_place_is_taken_once)
{
    check_race("two clients", &(struct race){.first = "races_client_1",
                                             .first_sql = REGISTER(201),
                                             .end = "COMMIT",
                                             .second = "races_client_2",
                                             .second_sql = REGISTER(201),
                                             .one = "saved",
                                             .other = "55000"});
    check_count(REGISTERED(201), "1");
    check_race("the first gives up", &(struct race){.first = "races_client_1",
                                                    .first_sql = REGISTER(202),
                                                    .end = "ROLLBACK",
                                                    .second = "races_client_2",
                                                    .second_sql = REGISTER(202),
                                                    .one = "saved",
                                                    .other = "saved"});
    check_count(REGISTERED(202), "1");
    check_race(
        "the web application is first",
        &(struct race){
            .first_sql =
                "INSERT INTO public.bootcamp_attendees (\"bootcampId\", \"userId\") VALUES (203, 1) RETURNING 'saved'",
            .end = "COMMIT",
            .second = "races_client_2",
            .second_sql = REGISTER(203),
            .one = "saved",
            .other = "55000"});
    check_count(REGISTERED(203), "1");
    check_race(
        "fewer places while somebody comes",
        &(struct race){.first = "races_client_1",
                       .first_sql = REGISTER(204),
                       .end = "COMMIT",
                       .second = "races_coach",
                       .second_sql = "SELECT outcome FROM centurion.attendance_add(gen_random_uuid(), 204, '{1,2}')",
                       .one = "saved",
                       .other = "55000"});
    check_count(REGISTERED(204), "1");
}

Test(races, a_crowd_takes_no_more_places_than_there_are)
{
    cr_expect_eq(crowd("races_client_#", REGISTER(205), "55000"), 3);
    check_count(REGISTERED(205), "3");
}

#define BOOK(member, starts, ends)                                                                                     \
    "SELECT outcome FROM centurion.appointment_save(gen_random_uuid(), NULL, NULL, '{\"userId\": " #member             \
    ", \"startTime\": \"" starts "\", \"endTime\": \"" ends "\", \"fee\": 45}')"
#define BOOKED(member) "SELECT count(*) FROM public.appointments WHERE \"userId\" = " #member

Test(races, appointments_at_one_time_are_made_once)
{
    check_race("two of the staff", &(struct race){.first = "races_admin",
                                                  .first_sql = BOOK(1, "2040-03-01 10:00", "2040-03-01 11:00"),
                                                  .end = "COMMIT",
                                                  .second = "races_coach",
                                                  .second_sql = BOOK(1, "2040-03-01 10:30", "2040-03-01 11:30"),
                                                  .one = "saved",
                                                  .other = "23P01"});
    check_race("back to back", &(struct race){.first = "races_admin",
                                              .first_sql = BOOK(1, "2040-03-02 10:00", "2040-03-02 11:00"),
                                              .end = "COMMIT",
                                              .second = "races_coach",
                                              .second_sql = BOOK(1, "2040-03-02 11:00", "2040-03-02 12:00"),
                                              .one = "saved",
                                              .other = "saved"});
    check_race("the first gives up", &(struct race){.first = "races_admin",
                                                    .first_sql = BOOK(1, "2040-03-03 10:00", "2040-03-03 11:00"),
                                                    .end = "ROLLBACK",
                                                    .second = "races_coach",
                                                    .second_sql = BOOK(1, "2040-03-03 10:30", "2040-03-03 11:30"),
                                                    .one = "saved",
                                                    .other = "saved"});
    check_race("the web application is first",
               &(struct race){.first_sql =
                                  "INSERT INTO public.appointments (\"userId\", \"startTime\", \"endTime\", fee)"
                                  " VALUES (1, '2040-03-04 10:00', '2040-03-04 11:00', 45) RETURNING 'saved'",
                              .end = "COMMIT",
                              .second = "races_coach",
                              .second_sql = BOOK(1, "2040-03-04 10:30", "2040-03-04 11:30"),
                              .one = "saved",
                              .other = "23P01"});
    check_race("a series",
               &(struct race){.first = "races_admin",
                              .first_sql = BOOK(1, "2040-03-19 10:30", "2040-03-19 11:30"),
                              .end = "COMMIT",
                              .second = "races_coach",
                              .second_sql = "SELECT outcome FROM centurion.appointment_series(gen_random_uuid(), 1,"
                                            " '2040-03-12 10:00', 60, 45, NULL, '{1}', 2, false)",
                              .one = "saved",
                              .other = "23P01"});
    check_count(BOOKED(1), "6");
}

Test(races, a_crowd_books_one_time_once)
{
    cr_expect_eq(crowd("races_admin", BOOK(2, "2040-04-01 10:0#", "2040-04-01 11:0#"), "23P01"), 1);
    check_count(BOOKED(2), "1");
}

#define CLONE(request, name)                                                                                           \
    "SELECT outcome FROM centurion.cohort_clone(" request ", 101, '{\"name\": \"" name                                 \
    "\", \"startDate\": \"2040-01-02\"}', '{members,coaches}')"
#define CLONED(name)                                                                                                   \
    "SELECT count(DISTINCT c.id) || ' ' || count(*) FROM public.cohorts AS c JOIN public.cohort_memberships AS m"      \
    " ON m.\"cohortId\" = c.id WHERE c.name = '" name "'"

Test(races, a_cohort_is_cloned_once)
{
    check_race("of one name", &(struct race){.first = "races_admin",
                                             .first_sql = CLONE("gen_random_uuid()", "Name"),
                                             .end = "COMMIT",
                                             .second = "races_admin",
                                             .second_sql = CLONE("gen_random_uuid()", "Name"),
                                             .one = "saved",
                                             .other = "23505"});
    check_count(CLONED("Name"), "1 8");
    check_race("of one request",
               &(struct race){.first = "races_admin",
                              .first_sql = CLONE("'00000000-0000-4000-8000-000000000001'", "Request"),
                              .end = "COMMIT",
                              .second = "races_admin",
                              .second_sql = CLONE("'00000000-0000-4000-8000-000000000001'", "Request"),
                              .one = "saved",
                              .other = "repeated"});
    check_count(CLONED("Request"), "1 8");
    check_race("whose first try came to nothing",
               &(struct race){.first = "races_admin",
                              .first_sql = CLONE("'00000000-0000-4000-8000-000000000002'", "Nothing"),
                              .end = "ROLLBACK",
                              .second = "races_admin",
                              .second_sql = CLONE("'00000000-0000-4000-8000-000000000002'", "Nothing"),
                              .one = "saved",
                              .other = "saved"});
    check_count(CLONED("Nothing"), "1 8");
    cr_expect_eq(crowd("races_admin", CLONE("gen_random_uuid()", "Crowd"), "23505"), 1);
    check_count(CLONED("Crowd"), "1 8");
}

/* Both saw the rows as they were before. */
static void check_edits(const char *name, const char *versions, const char *first, const char *end, const char *second,
                        const char *other)
{
    PGconn *conn = open_as(NULL);
    PGresult *seen = PQexec(conn, versions);
    cr_assert_eq(PQntuples(seen), 1, "%s", PQresultErrorMessage(seen));
    check_race(name, &(struct race){.first = "races_admin",
                                    .first_sql = first,
                                    .end = end,
                                    .second = "races_coach",
                                    .second_sql = second,
                                    .seen = PQgetvalue(seen, 0, 0),
                                    .one = "saved",
                                    .other = other});
    PQclear(seen);
    PQfinish(conn);
}

#define VERSION(id) "SELECT xmin FROM public.appointments WHERE id = " #id
#define EDIT(id, notes)                                                                                                \
    "SELECT outcome FROM centurion.appointment_save(gen_random_uuid(), " #id ", $1, '{\"notes\": \"" notes "\"}')"
#define MARK(ids, status)                                                                                              \
    "SELECT outcome FROM centurion.appointment_mark(gen_random_uuid(), '" ids "', $1, '" status "')"
#define DROP_IT(id) "SELECT outcome FROM centurion.appointment_delete(gen_random_uuid(), " #id ", $1)"

Test(races, of_two_edits_of_one_version_one_is_saved)
{
    check_edits("edits", VERSION(301), EDIT(301, "one"), "COMMIT", EDIT(301, "other"), "conflict");
    check_count("SELECT notes FROM public.appointments WHERE id = 301", "one");
    check_edits("the first gives up", VERSION(302), EDIT(302, "one"), "ROLLBACK", EDIT(302, "other"), "saved");
    check_count("SELECT notes FROM public.appointments WHERE id = 302", "other");
    check_edits("an edit of what is being deleted", VERSION(303), DROP_IT(303), "COMMIT", EDIT(303, "other"), "P0002");
    check_edits("marks, the other way round",
                "SELECT array_agg(xmin::text ORDER BY id) FROM public.appointments WHERE id IN (304, 305)",
                MARK("{304,305}", "ATTENDED"), "COMMIT", MARK("{305,304}", "NOT_ATTENDED"), "conflict");
    check_count("SELECT count(*) FROM public.appointments WHERE id IN (304, 305) AND status = 'ATTENDED'", "2");
}

/* With a snapshot from before the wait, a second one would see room that is gone. */
Test(races, stricter_isolation_is_refused_where_it_would_not_see_enough)
{
    const char *const sql[] = {REGISTER(206),
                               "SELECT outcome FROM centurion.attendance_add(gen_random_uuid(), 206, '{1}')",
                               BOOK(3, "2040-03-01 10:00", "2040-03-01 11:00"), CLONE("gen_random_uuid()", "Isolated")};
    const char *const login[] = {"races_client_1", "races_coach", "races_coach", "races_admin"};
    for (int i = 0; i < 4; i++) {
        PGconn *conn = open_as(login[i]);
        run(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ");
        cr_expect_str_eq(run(conn, sql[i]).text, "55000", "%s", sql[i]);
        PQfinish(conn);
    }
    check_count(REGISTERED(206), "0");
}
