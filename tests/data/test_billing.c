/* Billing by several connections at once: nobody is billed twice, numbers have no gaps, whatever else is written meanwhile. Each test has a
 * month of its own, so that they can run side by side. Meetings are arranged by a row that the test holds, never by luck. */
#include <criterion/criterion.h>
#include <libpq-fe.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "centurion/base/mem.h"
#include "tests/support/database.h"

static const char database[] = "centurion_test_billing";

enum { ISSUERS = 8, ISSUES = 9, PATIENCE = 60000 };

/* Clients 1 to 40, each with four attended sessions a month in 2024; 9001 is an administrator. */
static const char content[] =
    "DO $$ BEGIN CREATE ROLE billing_test_admin LOGIN IN ROLE centurion_admin; "
    "EXCEPTION WHEN duplicate_object THEN NULL; END $$;\n"
    "INSERT INTO public.users (id, email, name, role) SELECT n, n || '@billing.example', 'Client ' || n, 'CLIENT' "
    "FROM generate_series(1, 40) AS n;\n"
    "INSERT INTO public.users (id, email, name, role) VALUES (9001, 'admin@billing.example', 'Admin', 'ADMIN');\n"
    "INSERT INTO centurion.logins VALUES ('billing_test_admin', 9001, 'ADMIN');\n"
    "INSERT INTO public.appointments (\"userId\", \"startTime\", \"endTime\", fee, status) "
    "SELECT n, day, day + interval '1 hour', 10 + n + extract(day FROM day) / 100, 'ATTENDED' "
    "FROM generate_series(1, 40) AS n, generate_series(1, 12) AS month, generate_series(1, 4) AS nth, "
    "LATERAL (SELECT make_timestamp(2024, month, 7 * nth, 9, 0, 0) AS day) AS d;\n";

ReportHook(PRE_ALL)(struct criterion_test_set *tests)
{
    (void)tests;
    test_database_make(database, false);
    test_database_run(database, content);
}

ReportHook(POST_ALL)(struct criterion_global_stats *stats)
{
    (void)stats;
    test_database_run(database, "DROP ROLE billing_test_admin");
    test_database_drop(database);
}

/* ---- Connections ---- */

static PGconn *connect_as(const char *login)
{
    char *conninfo = test_database_conninfo(database, login);
    PGconn *conn = PQconnectdb(conninfo);
    free(conninfo);
    cr_assert_eq(PQstatus(conn), CONNECTION_OK, "%s", PQerrorMessage(conn));
    return conn;
}

static PGconn *admin(void)
{
    return connect_as("billing_test_admin");
}

static PGconn *owner(void)
{
    return connect_as(NULL);
}

/* What a statement came to: the first cell of the last result with rows, or the error's code. */
struct outcome {
    char value[4096], sqlstate[6];
};

static struct outcome finish(PGconn *conn)
{
    struct outcome outcome = {0};
    for (PGresult *result; (result = PQgetResult(conn)); PQclear(result)) {
        const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        if (code)
            snprintf(outcome.sqlstate, sizeof outcome.sqlstate, "%s", code);
        if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result))
            snprintf(outcome.value, sizeof outcome.value, "%s", PQgetvalue(result, 0, 0));
    }
    return outcome;
}

__attribute__((format(printf, 2, 3))) static void send(PGconn *conn, const char *format, ...)
{
    char sql[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(sql, sizeof sql, format, args);
    va_end(args);
    cr_assert(PQsendQuery(conn, sql), "%s", PQerrorMessage(conn));
}

#define ASK(conn, ...) (send((conn), __VA_ARGS__), finish(conn))

#define EXPECT(conn, wanted, ...)                                                                                      \
    do {                                                                                                               \
        struct outcome got_ = ASK((conn), __VA_ARGS__);                                                                \
        cr_expect_str_eq(got_.sqlstate, "");                                                                           \
        cr_expect_str_eq(got_.value, wanted);                                                                          \
    } while (0)

/* Until what a connection does waits for the holder, straight or behind others. (It may first wait for another test's run, which says nothing of
 * what it has seen.) */
static void wait_until_held(PGconn *watcher, PGconn *conn, PGconn *holder)
{
    for (int i = 0; i < PATIENCE / 10; i++) {
        struct outcome seen = ASK(watcher,
                                  "WITH RECURSIVE before (pid) AS (SELECT unnest(pg_blocking_pids(%d)) UNION "
                                  "SELECT unnest(pg_blocking_pids(before.pid)) FROM before) "
                                  "SELECT EXISTS (SELECT FROM before WHERE pid = %d)",
                                  PQbackendPID(conn), PQbackendPID(holder));
        if (strcmp(seen.value, "t") == 0)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
    }
    cr_assert_fail("the connection does not wait for the other");
}

/* One session of the month is held by a transaction: whoever bills it has to wait. */
static void hold(PGconn *holder, const char *month)
{
    ASK(holder, "BEGIN");
    ASK(holder, "SELECT id FROM public.appointments WHERE \"startTime\" >= '%s-01' ORDER BY id LIMIT 1 FOR UPDATE",
        month);
}

/* Created invoices and outcome, as "saved 40". */
static void send_run(PGconn *conn, const char *request, const char *month)
{
    send(conn, "SELECT concat_ws(' ', r.outcome, r.record ->> 'created') FROM centurion.invoice_run(%s, '%s-01') AS r",
         request, month);
}

static const char anew[] = "gen_random_uuid()";

/* What must be true of a month whatever went on: no session billed by a wrong invoice, no total that is not the sum of its fees. */
static void check_month(PGconn *conn, const char *month, const char *invoices, const char *sessions)
{
    EXPECT(conn, invoices, "SELECT count(*) FROM public.invoices WHERE month = '%s-01'", month);
    EXPECT(conn, sessions,
           "SELECT count(*) FROM public.appointments AS p JOIN public.invoices AS i ON i.id = p.\"invoiceId\" AND "
           "i.\"userId\" = p.\"userId\" "
           "WHERE i.month = '%s-01'",
           month);
    EXPECT(conn, "t",
           "SELECT (SELECT sum(\"totalAmount\") FROM public.invoices WHERE month = '%s-01') = (SELECT sum(p.fee) FROM "
           "public.appointments AS p "
           "JOIN public.invoices AS i ON i.id = p.\"invoiceId\" WHERE i.month = '%s-01')",
           month, month);
    EXPECT(conn, "0", "SELECT count(*) FROM centurion.invoice_faults() WHERE month = '%s-01'", month);
}

TestSuite(billing, .timeout = 120);

/* ---- The month run ---- */

Test(billing, two_runs_at_once_bill_once)
{
    static const char *const months[] = {"2024-01", "2024-02", "2024-03", "2024-04", "2024-05"};
    PGconn *watcher = owner(), *holder = owner(), *one = admin(), *other = admin();
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        hold(holder, months[i]);
        send_run(one, anew, months[i]);
        wait_until_held(watcher, one, holder);
        send_run(other, anew, months[i]);
        wait_until_held(watcher, other, holder);
        ASK(holder, "COMMIT");
        cr_expect_str_eq(finish(one).value, "saved 40");
        cr_expect_str_eq(finish(other).value, "saved 0");
        check_month(watcher, months[i], "40", "160");
    }
    PQfinish(other);
    PQfinish(one);
    PQfinish(holder);
    PQfinish(watcher);
}

Test(billing, what_is_marked_meanwhile_counts_as_it_ends)
{
    const char *month = "2024-06";
    PGconn *watcher = owner(), *web = owner(), *run = admin();
    ASK(watcher, "UPDATE public.appointments SET status = 'NOT_ATTENDED' WHERE \"userId\" = 3 AND \"startTime\" = "
                 "'2024-06-14 09:00'");
    ASK(web, "BEGIN");
    ASK(web, "UPDATE public.appointments SET status = 'NOT_ATTENDED' WHERE \"userId\" = 1 AND \"startTime\" = "
             "'2024-06-07 09:00'");
    ASK(web, "UPDATE public.appointments SET fee = 99 WHERE \"userId\" = 2 AND \"startTime\" = '2024-06-07 09:00'");
    ASK(web, "UPDATE public.appointments SET status = 'ATTENDED' WHERE \"userId\" = 3 AND \"startTime\" = '2024-06-14 "
             "09:00'");
    ASK(web, "UPDATE public.appointments SET \"startTime\" = '2024-07-01 09:00' WHERE \"userId\" = 4 AND \"startTime\" "
             "= '2024-06-07 09:00'");
    send_run(run, anew, month);
    wait_until_held(watcher, run, web);
    ASK(web, "COMMIT");
    cr_expect_str_eq(finish(run).value, "saved 40");
    check_month(watcher, month, "40",
                "157"); /* not the unmarked one, the moved one, and the one marked too late to be seen */
    EXPECT(watcher, "135.63",
           "SELECT \"totalAmount\" FROM public.invoices WHERE month = '2024-06-01' AND \"userId\" = 2");
    PQfinish(run);
    PQfinish(web);
    PQfinish(watcher);
}

Test(billing, what_is_marked_and_taken_back_is_billed)
{
    PGconn *watcher = owner(), *web = owner(), *run = admin();
    ASK(web, "BEGIN");
    ASK(web, "UPDATE public.appointments SET status = 'NOT_ATTENDED', fee = 1 WHERE \"userId\" = 1 AND \"startTime\" "
             ">= '2024-08-01' "
             "AND \"startTime\" < '2024-09-01'");
    send_run(run, anew, "2024-08");
    wait_until_held(watcher, run, web);
    ASK(web, "ROLLBACK");
    cr_expect_str_eq(finish(run).value, "saved 40");
    check_month(watcher, "2024-08", "40", "160");
    PQfinish(run);
    PQfinish(web);
    PQfinish(watcher);
}

Test(billing, the_key_holds_against_the_web_application)
{
    static const char insert[] =
        "INSERT INTO public.invoices (\"userId\", month, \"totalAmount\") VALUES (%d, '2024-09-01', 5)";
    PGconn *watcher = owner(), *web = owner(), *run = admin();
    /* An invoice that came after the run had looked: its client is skipped, the others are not. */
    hold(web, "2024-09");
    send_run(run, anew, "2024-09");
    wait_until_held(watcher, run, web);
    ASK(web, insert, 7);
    ASK(web, "COMMIT");
    cr_expect_str_eq(finish(run).value, "saved 39");
    EXPECT(watcher, "[{\"why\": \"invoice exists\", \"user\": 7}]",
           "SELECT skipped FROM centurion.invoice_runs WHERE month = '2024-09-01'");
    EXPECT(
        watcher, "0",
        "SELECT count(\"invoiceId\") FROM public.appointments WHERE \"userId\" = 7 AND \"startTime\" >= '2024-09-01' "
        "AND \"startTime\" < '2024-10-01'");
    /* And the other way round: the web application waits for the run's end and is refused. */
    cr_expect_str_eq(ASK(web, insert, 8).sqlstate, "23505");
    ASK(run, "BEGIN");
    EXPECT(run, "saved 40",
           "SELECT concat_ws(' ', r.outcome, r.record ->> 'created') FROM centurion.invoice_run(gen_random_uuid(), "
           "'2024-10-01') AS r");
    send(web, "INSERT INTO public.invoices (\"userId\", month, \"totalAmount\") VALUES (8, '2024-10-01', 5)");
    wait_until_held(watcher, web, run);
    ASK(run, "COMMIT");
    cr_expect_str_eq(finish(web).sqlstate, "23505");
    check_month(watcher, "2024-10", "40", "160");
    PQfinish(run);
    PQfinish(web);
    PQfinish(watcher);
}

Test(billing, a_request_that_comes_again_is_answered_and_not_done)
{
    static const char request[] = "'11111111-2222-4333-8444-555555555555'";
    PGconn *watcher = owner(), *holder = owner(), *one = admin(), *other = admin();
    hold(holder, "2024-11");
    send_run(one, request, "2024-11");
    wait_until_held(watcher, one, holder);
    send_run(other, request, "2024-11");
    wait_until_held(watcher, other, holder);
    ASK(holder, "COMMIT");
    cr_expect_str_eq(finish(one).value, "saved 40");
    cr_expect_str_eq(finish(other).value, "repeated 40");
    send_run(one, request, "2024-11");
    cr_expect_str_eq(finish(one).value, "repeated 40");
    EXPECT(watcher, "1", "SELECT count(*) FROM centurion.invoice_runs WHERE month = '2024-11-01'");
    check_month(watcher, "2024-11", "40", "160");
    PQfinish(other);
    PQfinish(one);
    PQfinish(holder);
    PQfinish(watcher);
}

/* ---- Numbers and payments ---- */

/* Invoices made by hand, for clients first to last. */
static void make_invoices(PGconn *conn, const char *month, int first, int last)
{
    ASK(conn,
        "INSERT INTO public.invoices (\"userId\", month, \"totalAmount\") SELECT n, '%s-01', 100 FROM "
        "generate_series(%d, %d) AS n",
        month, first, last);
}

static int invoice_of(PGconn *conn, const char *month, int client)
{
    return atoi(
        ASK(conn, "SELECT id FROM public.invoices WHERE month = '%s-01' AND \"userId\" = %d", month, client).value);
}

/* Each connection issues its own invoices one after the other, and takes every third number back. */
Test(billing, numbers_have_no_gaps)
{
    PGconn *watcher = owner(), *issuers[ISSUERS];
    for (int month = 1; month <= ISSUES; month++) {
        char text[8];
        snprintf(text, sizeof text, "2023-%02d", month);
        make_invoices(watcher, text, 1, ISSUERS);
    }
    for (int i = 0; i < ISSUERS; i++)
        issuers[i] = admin();
    for (int month = 1; month <= ISSUES; month++) {
        char text[8];
        int invoices[ISSUERS];
        snprintf(text, sizeof text, "2023-%02d", month);
        for (int i = 0; i < ISSUERS; i++)
            invoices[i] = invoice_of(watcher, text, i + 1);
        for (int i = 0; i < ISSUERS; i++)
            send(issuers[i], "BEGIN; SELECT outcome FROM centurion.invoice_issue(gen_random_uuid(), %d, '%s'); %s",
                 invoices[i], ASK(watcher, "SELECT xmin FROM public.invoices WHERE id = %d", invoices[i]).value,
                 (month + i) % 3 ? "COMMIT" : "ROLLBACK");
        for (int i = 0; i < ISSUERS; i++)
            cr_expect_str_eq(finish(issuers[i]).value, "saved");
    }
    EXPECT(watcher, "48",
           "SELECT count(*) FROM centurion.invoice_numbers AS n JOIN public.invoices AS i ON i.id = n.\"invoiceId\" "
           "WHERE i.month < '2024-01-01'");
    EXPECT(watcher, "t",
           "SELECT bool_and(most = n) FROM (SELECT max(number) AS most, count(*) AS n FROM centurion.invoice_numbers "
           "GROUP BY kind, year) AS k");
    for (int i = 0; i < ISSUERS; i++)
        PQfinish(issuers[i]);
    PQfinish(watcher);
}

Test(billing, two_payments_at_once_are_not_more_than_is_open)
{
    PGconn *watcher = owner(), *one = admin(), *other = admin();
    make_invoices(watcher, "2022-01", 1, 1);
    int invoice = invoice_of(watcher, "2022-01", 1);
    ASK(watcher, "UPDATE public.invoices SET \"emailSent\" = true WHERE id = %d", invoice);
    ASK(one, "BEGIN");
    EXPECT(one, "saved",
           "SELECT outcome FROM centurion.payment_add(gen_random_uuid(), %d, 60, 'cash', NULL, '2024-01-01')", invoice);
    send(other, "SELECT outcome FROM centurion.payment_add(gen_random_uuid(), %d, 60, 'cash', NULL, '2024-01-01')",
         invoice);
    wait_until_held(watcher, other, one);
    ASK(one, "COMMIT");
    cr_expect_str_eq(finish(other).sqlstate, "23514");
    EXPECT(watcher, "60.00", "SELECT sum(amount) FROM centurion.payments WHERE \"invoiceId\" = %d", invoice);
    /* Nor is one taken back twice, or an invoice voided that is being paid. */
    ASK(one, "BEGIN");
    EXPECT(one, "saved",
           "SELECT outcome FROM centurion.payment_reverse(gen_random_uuid(), (SELECT key::integer FROM "
           "centurion.payment_add("
           "gen_random_uuid(), %d, 40, 'cash', NULL, '2024-01-01')))",
           invoice);
    send(other, "SELECT outcome FROM centurion.invoice_void(gen_random_uuid(), %d, '%s', true)", invoice,
         ASK(watcher, "SELECT xmin FROM public.invoices WHERE id = %d", invoice).value);
    wait_until_held(watcher, other, one);
    ASK(one, "COMMIT");
    cr_expect_str_eq(finish(other).sqlstate, "55000");
    EXPECT(watcher, "60.00", "SELECT sum(amount) FROM centurion.payments WHERE \"invoiceId\" = %d", invoice);
    PQfinish(other);
    PQfinish(one);
    PQfinish(watcher);
}

Test(billing, who_saw_an_older_state_is_told)
{
    PGconn *watcher = owner(), *one = admin();
    make_invoices(watcher, "2022-02", 1, 1);
    int invoice = invoice_of(watcher, "2022-02", 1);
    struct outcome seen = ASK(watcher, "SELECT xmin FROM public.invoices WHERE id = %d", invoice);
    ASK(watcher, "UPDATE public.invoices SET \"totalAmount\" = 90 WHERE id = %d", invoice);
    EXPECT(one, "conflict 90.00",
           "SELECT concat_ws(' ', outcome, record ->> 'totalAmount') FROM centurion.invoice_delete(gen_random_uuid(), "
           "%d, '%s')",
           invoice, seen.value);
    EXPECT(watcher, "1", "SELECT count(*) FROM public.invoices WHERE id = %d", invoice);
    PQfinish(one);
    PQfinish(watcher);
}
