/* One connection to a real server: queries, pipelines, stops. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "tests/support/link.h"

static const struct query_column one_text[] = {{"a", TYPE_TEXT, true}};
static const struct query_column one_int[] = {{"a", TYPE_INT4, true}};
static const struct query_column two_ints[] = {{"a", TYPE_INT4, true}, {"b", TYPE_INT4, true}};

#define QUERY(id, text, ...) static const struct query id = {.name = #id, .sql = text, __VA_ARGS__}
#define TAKES_TEXT .params = one_text, .param_count = 1
#define TAKES_INT .params = one_int, .param_count = 1
#define GIVES_TEXT .columns = one_text, .column_count = 1
#define GIVES_INT .columns = one_int, .column_count = 1

QUERY(echo, "SELECT $1 AS a", TAKES_TEXT, GIVES_TEXT, .timeout_ms = 10000);
QUERY(next, "SELECT $1 + 1 AS a", TAKES_INT, GIVES_INT, .timeout_ms = 10000);
QUERY(no_column, "SELECT nothing AS a", GIVES_INT, .timeout_ms = 10000);
QUERY(divide, "SELECT 1 / $1 AS a", TAKES_INT, GIVES_INT, .timeout_ms = 10000);
QUERY(sleep_long, "SELECT pg_sleep(600)::text AS a", GIVES_TEXT, .timeout_ms = 600000);
QUERY(sleep_late, "SELECT pg_sleep(600)::text AS a", GIVES_TEXT, .timeout_ms = 300);
QUERY(sleep_write, "SELECT pg_sleep(600)::text AS a", GIVES_TEXT, .timeout_ms = 600000, .write = true);
QUERY(setting, "SELECT current_setting($1) AS a", TAKES_TEXT, GIVES_TEXT, .timeout_ms = 10000);
QUERY(pid, "SELECT pg_backend_pid() AS a", GIVES_INT, .timeout_ms = 10000);
QUERY(many, "SELECT n AS a FROM generate_series(1, $1) AS n", TAKES_INT, GIVES_INT, .timeout_ms = 60000);
QUERY(wide, "SELECT * FROM wide", GIVES_INT, .timeout_ms = 10000);
QUERY(insert_wide, "INSERT INTO wide SELECT $1", TAKES_INT, .timeout_ms = 10000, .write = true);
QUERY(too_few, "SELECT 1 AS a", .columns = two_ints, .column_count = 2, .timeout_ms = 10000);
QUERY(make_table, "CREATE TABLE public.centurion_test_read_only (a int)", .timeout_ms = 10000, .write = true);
QUERY(no_right, "SELECT rolpassword AS a FROM pg_authid LIMIT 1", GIVES_TEXT, .timeout_ms = 10000);

static struct loop *loop;
static struct db *db;

static void connect_db(void)
{
    loop = loop_new();
    db = test_connect(loop, test_server());
}

static void disconnect_db(void)
{
    db_free(db);
    loop_free(loop);
}

TestSuite(db, .init = connect_db, .fini = disconnect_db, .timeout = 120);

static db_ticket ask(const struct query *query, const char *param, struct answer *answer)
{
    return answer_ask(db, query, param, answer);
}

static struct answer get(const struct query *query, const char *param)
{
    return answer_get(loop, db, query, param);
}

Test(db, values_go_there_and_back)
{
    static const char *const values[] = {"", "a", "'; DROP TABLE users; --", "Zoë 日本 \xF0\x9F\x92\xAA", "\\ \n \t"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct answer answer = get(&echo, values[i]);
        cr_assert_eq(answer.status, STATUS_OK, "%s", answer.text);
        cr_expect_str_eq(answer.first, values[i]);
    }
}

static void check_typed(void *arg, const struct reply *reply)
{
    const struct rowset *rows = reply->rows;
    struct rowset **kept = arg;
    cr_assert_eq(reply->status, STATUS_OK, "%s", reply->error->text);
    *kept = rowset_keep(rows);
}

Test(db, cells_are_typed)
{
    static const struct query_column columns[] = {{"i", TYPE_INT8, true},       {"d", TYPE_FLOAT8, true},
                                                  {"b", TYPE_BOOL, true},       {"on", TYPE_DATE, true},
                                                  {"at", TYPE_TIMESTAMP, true}, {"m", TYPE_NUMERIC, true}};
    static const struct query typed = {
        .name = "typed",
        .sql = "VALUES (9007199254740993::int8, 0.1::float8, true, date '2026-01-16', "
               "timestamp '2026-01-17 23:59:59.5', 1234.50::numeric(10,2)), "
               "(NULL, NULL, NULL, NULL, NULL, NULL), (-1, 'NaN', false, 'infinity', '-infinity', 0)",
        .columns = columns,
        .column_count = 6,
        .timeout_ms = 10000};
    struct rowset *rows = NULL;
    db_send(db, &typed, NULL, check_typed, &rows);
    UNTIL(loop, rows);
    /* Kept beyond the connection. */
    db_close(db);
    cr_expect_eq(rowset_count(rows), 3);
    cr_expect_eq(rowset_int(rows, 0, 0), 9007199254740993);
    cr_expect_eq(rowset_double(rows, 0, 1), 0.1);
    cr_expect(rowset_bool(rows, 0, 2));
    cr_expect_eq(rowset_date(rows, 0, 3), 20469);
    cr_expect_eq(rowset_date(rows, 0, 4), 20470);
    cr_expect_eq(rowset_cents(rows, 0, 5), 123450);
    for (int column = 0; column < 6; column++) {
        cr_expect(rowset_null(rows, 1, column));
        cr_expect_str_eq(rowset_text(rows, 1, column), "");
        cr_expect_not(rowset_null(rows, 2, column));
    }
    cr_expect_eq(rowset_int(rows, 1, 0), 0);
    cr_expect_eq(rowset_date(rows, 1, 3), -2147483647 - 1);
    cr_expect_eq(rowset_date(rows, 2, 3), -2147483647 - 1);
    cr_expect_eq(rowset_cents(rows, 1, 5), 0);
    cr_expect_not(rowset_bool(rows, 2, 2));
    cr_expect_eq(rowset_count(NULL), 0);
    rowset_free(rows);
}

Test(db, a_cell_that_is_not_there_is_a_fault_of_the_program, .signal = SIGABRT)
{
    struct rowset *rows = NULL;
    db_run(db, &pid, NULL, &rows, NULL);
    rowset_int(rows, 0, 1);
}

Test(db, null_goes_there_and_back)
{
    struct rowset *rows = NULL;
    const char *params[] = {NULL};
    cr_assert_eq(db_run(db, &echo, params, &rows, NULL), STATUS_OK);
    cr_expect(rowset_null(rows, 0, 0));
    rowset_free(rows);
}

Test(db, settings_do_not_depend_on_the_server)
{
    static const char *const settings[][2] = {{"TimeZone", "UTC"},
                                              {"DateStyle", "ISO, YMD"},
                                              {"IntervalStyle", "iso_8601"},
                                              {"client_encoding", "UTF8"},
                                              {"search_path", "pg_catalog,pg_temp"},
                                              {"default_transaction_read_only", "off"},
                                              {"jit", "off"},
                                              {"application_name", "centurion test"}};
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        cr_expect_str_eq(get(&setting, settings[i][0]).first, settings[i][1], "%s", settings[i][0]);
}

Test(db, settings_win_over_the_environment_and_keep_the_callers)
{
    struct error error = {0};
    setenv("PGTZ", "Asia/Tokyo", 1);
    setenv("PGDATESTYLE", "German", 1);
    const char *pairs[] = {"options", "-c work_mem=3MB -c TimeZone=Asia/Tokyo", "application_name", "mine", NULL};
    char *conninfo = db_conninfo_with(test_server(), pairs, &error);
    db_free(db);
    db = test_connect(loop, conninfo);
    cr_expect_str_eq(get(&setting, "TimeZone").first, "UTC");
    cr_expect_str_eq(get(&setting, "DateStyle").first, "ISO, YMD");
    cr_expect_str_eq(get(&setting, "work_mem").first, "3MB");
    cr_expect_str_eq(get(&setting, "application_name").first, "mine");
    free(conninfo);
}

Test(db, a_read_only_session_cannot_write)
{
    db_free(db);
    db = db_new(loop, test_server(), "centurion test");
    db_set_read_only(db, true);
    db_open(db);
    struct answer answer = get(&make_table, NULL);
    cr_expect_eq(answer.status, STATUS_DENIED);
    cr_expect_str_eq(answer.sqlstate, "25006");
    cr_expect(strstr(answer.text, "read-only"), "%s", answer.text);
}

Test(db, one_failure_does_not_touch_its_neighbours)
{
    struct answer answers[5] = {0};
    int64_t before = db_sent_count(db);
    ask(&next, "1", &answers[0]);
    ask(&no_column, NULL, &answers[1]);
    ask(&next, "2", &answers[2]);
    ask(&divide, "0", &answers[3]);
    ask(&next, "3", &answers[4]);
    for (int i = 0; i < 5; i++)
        cr_expect_eq(answers[i].count, 0, "answered before the send was over");
    UNTIL(loop, answers[4].count);
    cr_expect_eq(db_sent_count(db), before + 5);
    for (int i = 0; i < 5; i++) {
        cr_expect_eq(answers[i].count, 1);
        cr_expect_eq(answers[i].order, i + 1);
        cr_expect_eq(answers[i].status, i % 2 ? STATUS_FAILED : STATUS_OK);
    }
    cr_expect_str_eq(answers[4].first, "4");
    cr_expect_str_eq(answers[1].sqlstate, "42703");
    cr_expect(strstr(answers[1].hint, "centurion db migrate"), "%s", answers[1].hint);
    cr_expect_str_eq(answers[3].sqlstate, "22012");
    cr_expect_str_eq(answers[3].text, "division by zero");
    /* What failed to prepare is prepared anew, and fails the same way. */
    cr_expect_str_eq(get(&no_column, NULL).sqlstate, "42703");
    cr_expect_str_eq(get(&divide, "1").first, "1");
}

Test(db, two_of_the_same_that_cannot_be_prepared_fail_alike)
{
    struct answer answers[3] = {0};
    for (int i = 0; i < 3; i++)
        ask(&no_column, NULL, &answers[i]);
    UNTIL(loop, answers[0].count && answers[1].count && answers[2].count);
    for (int i = 0; i < 3; i++)
        cr_expect_str_eq(answers[i].sqlstate, "42703");
}

Test(db, what_is_denied_says_so)
{
    struct error error = {0};
    cr_assert_eq(db_run_script(db, "test", "SET SESSION AUTHORIZATION pg_read_all_stats", &error), STATUS_OK, "%s",
                 error.text);
    struct answer answer = get(&no_right, NULL);
    cr_expect_eq(answer.status, STATUS_DENIED);
    cr_expect_str_eq(answer.sqlstate, "42501");
    cr_expect(strstr(answer.text, "pg_authid"), "%s", answer.text);
}

Test(db, columns_are_counted)
{
    struct answer answer = get(&too_few, NULL);
    cr_expect_eq(answer.status, STATUS_FAILED);
    cr_expect(strstr(answer.text, "1 columns where 2"), "%s", answer.text);
}

Test(db, affected_rows_are_told)
{
    struct error error = {0};
    cr_assert_eq(db_run_script(db, "test", "CREATE TEMP TABLE wide (a int)", &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(get(&insert_wide, "7").affected, 1);
}

Test(db, a_plan_that_fits_no_more_is_made_anew)
{
    struct error error = {0};
    cr_assert_eq(db_run_script(db, "test", "CREATE TEMP TABLE wide (a int); INSERT INTO wide VALUES (1)", &error),
                 STATUS_OK);
    cr_expect_str_eq(get(&wide, NULL).first, "1");
    cr_assert_eq(db_run_script(db, "test", "ALTER TABLE wide ALTER a TYPE text USING 'text'", &error), STATUS_OK);
    struct answer answers[3] = {0};
    for (int i = 0; i < 3; i++)
        ask(&wide, NULL, &answers[i]);
    UNTIL(loop, answers[0].count && answers[1].count && answers[2].count);
    for (int i = 0; i < 3; i++)
        cr_expect_str_eq(answers[i].first, "text", "%s", answers[i].text);
    cr_assert_eq(db_run_script(db, "test", "DISCARD PLANS; DEALLOCATE ALL", &error), STATUS_OK);
    cr_expect_str_eq(get(&wide, NULL).first, "text");
    cr_expect_str_eq(get(&insert_wide, "8").text, "");
}

Test(db, scripts_tell_where_they_failed)
{
    struct error error = {0};
    cr_expect_eq(db_run_script(db, "step", "SELECT 1;\n-- Zoë 日本\nSELECT 2;\n  SELECT nothing;\n", &error),
                 STATUS_FAILED);
    cr_expect_str_eq(error.text, "step, line 4: column \"nothing\" does not exist");
    cr_expect_eq(db_run_script(db, "step", "SELECT 1; SELECT 2; SELECT 1 / 0; SELECT 4", &error), STATUS_FAILED);
    cr_expect_str_eq(error.text, "step, statement 3: division by zero");
    cr_expect_eq(db_run_script(db, "step", "", &error), STATUS_OK);
    cr_expect_eq(db_run_script(db, "step", "-- nothing", &error), STATUS_OK);
}

Test(db, a_failed_transaction_is_rolled_back)
{
    struct error error = {0};
    cr_expect_eq(db_run_script(db, "step", "BEGIN; CREATE TEMP TABLE wide (a int); SELECT 1 / 0; COMMIT", &error),
                 STATUS_FAILED);
    cr_expect_str_eq(get(&next, "1").first, "2");
    cr_expect_str_eq(get(&wide, NULL).sqlstate, "42P01");
}

Test(db, a_script_that_copies_ends_the_session_and_no_more)
{
    struct error error = {0};
    cr_expect_eq(db_run_script(db, "step", "COPY (SELECT 1) TO STDOUT", &error), STATUS_NO_CONNECTION);
    UNTIL(loop, db_state(db) == DB_READY);
    cr_expect_str_eq(get(&next, "1").first, "2");
    cr_expect_eq(db_run_script(db, "step", "CREATE TEMP TABLE wide (a int); COPY wide FROM STDIN", &error),
                 STATUS_NO_CONNECTION);
    UNTIL(loop, db_state(db) == DB_READY);
    cr_expect_str_eq(get(&next, "1").first, "2");
}

Test(db, queries_and_scripts_keep_their_order)
{
    struct answer answers[4] = {0};
    db_script(db, "one", "CREATE TEMP TABLE wide (a int)", answer_take, &answers[0]);
    ask(&insert_wide, "5", &answers[1]);
    db_script(db, "two", "UPDATE wide SET a = 6", answer_take, &answers[2]);
    ask(&wide, NULL, &answers[3]);
    UNTIL(loop, answers[3].count);
    for (int i = 0; i < 4; i++) {
        cr_expect_eq(answers[i].status, STATUS_OK, "%s", answers[i].text);
        cr_expect_eq(answers[i].order, i + 1);
    }
    cr_expect_str_eq(answers[3].first, "6");
}

/* ---- Pipelines ---- */

Test(db, queries_of_one_turn_are_one_round_trip)
{
    struct relay *relay = relay_new(loop);
    char *conninfo = relay_conninfo(relay);
    struct answer answers[8] = {0};
    db_free(db);
    db = test_connect(loop, conninfo);
    relay_hold(relay, true);
    long before = relay_answered(relay);
    for (int i = 0; i < 8; i++)
        ask(i % 2 ? &next : &echo, "1", &answers[i]);
    /* All eight are at the server's door while not one byte of an answer has come through. */
    UNTIL(loop, relay_asked(relay, 'S') == 8);
    cr_expect_eq(relay_answered(relay), before);
    cr_expect_eq(relay_asked(relay, 'P'), 2, "each is prepared once, in the same pipeline");
    relay_hold(relay, false);
    UNTIL(loop, answers[7].count);
    for (int i = 0; i < 8; i++)
        cr_expect_eq(answers[i].status, STATUS_OK, "%s", answers[i].text);
    get(&next, "1");
    cr_expect_eq(relay_asked(relay, 'P'), 2, "not prepared again");
    relay_free(relay);
    free(conninfo);
}

Test(db, an_idle_link_is_silent)
{
    struct relay *relay = relay_new(loop);
    char *conninfo = relay_conninfo(relay);
    db_free(db);
    db = test_connect(loop, conninfo);
    get(&next, "1");
    int64_t sent = db_sent_count(db), end = loop_now(loop) + DB_SILENT_MS + 500;
    int syncs = relay_asked(relay, 'S');
    while (loop_now(loop) < end)
        loop_turn(loop, (int)(end - loop_now(loop)));
    cr_expect_eq(db_state(db), DB_READY);
    cr_expect_eq(db_sent_count(db), sent);
    cr_expect_eq(relay_asked(relay, 'S'), syncs);
    relay_free(relay);
    free(conninfo);
}

Test(db, answers_may_come_byte_by_byte)
{
    struct relay *relay = relay_new(loop);
    char *conninfo = relay_conninfo(relay);
    struct answer answers[3] = {0};
    db_free(db);
    relay_trickle(relay, 1);
    db = test_connect(loop, conninfo);
    ask(&echo, "Zoë", &answers[0]);
    ask(&divide, "0", &answers[1]);
    ask(&many, "20", &answers[2]);
    UNTIL(loop, answers[2].count);
    cr_expect_str_eq(answers[0].first, "Zoë");
    cr_expect_str_eq(answers[1].sqlstate, "22012");
    cr_expect_eq(answers[2].rows, 20);
    relay_free(relay);
    free(conninfo);
}

Test(db, a_big_answer_does_not_stop_the_loop)
{
    struct answer answer = {0};
    int turns = 0;
    ask(&many, "1000000", &answer);
    while (!answer.count) {
        loop_turn(loop, 1000);
        turns++;
    }
    cr_expect_eq(answer.rows, 1000000);
    cr_expect_gt(turns, 100);
}

Test(db, big_parameters_are_written_as_the_server_takes_them)
{
    size_t size = 8u << 20;
    char *text = mem_alloc(size + 1);
    struct answer answers[3] = {0};
    memset(text, 'x', size);
    for (int i = 0; i < 3; i++)
        ask(&echo, text, &answers[i]);
    free(text); /* parameters are copied */
    UNTIL(loop, answers[2].count);
    for (int i = 0; i < 3; i++)
        cr_expect_eq(answers[i].status, STATUS_OK, "%s", answers[i].text);
}

/* ---- Tickets ---- */

Test(db, an_answer_that_nobody_wants_is_dropped)
{
    struct answer answers[3] = {0};
    db_ticket waiting = ask(&next, "1", &answers[0]);
    db_cancel(db, waiting, false);
    db_ticket sent = ask(&next, "2", &answers[1]);
    loop_turn(loop, 0); /* it is sent */
    db_cancel(db, sent, false);
    ask(&next, "3", &answers[2]);
    UNTIL(loop, answers[2].count);
    cr_expect_eq(answers[0].count, 0);
    cr_expect_eq(answers[1].count, 0);
    cr_expect_str_eq(answers[2].first, "4");
    db_cancel(db, sent, true); /* ended: harmless */
    db_cancel(db, 0, true);
    cr_expect_eq(db_waiting_since(db), 0);
}

Test(db, a_running_query_is_stopped_for_the_next)
{
    struct answer answers[2] = {0};
    db_ticket ticket = ask(&sleep_long, NULL, &answers[0]);
    loop_turn(loop, 0);
    db_cancel(db, ticket, true);
    ask(&next, "1", &answers[1]);
    UNTIL(loop, answers[1].count);
    cr_expect_eq(answers[0].count, 0);
    cr_expect_str_eq(answers[1].first, "2");
}

Test(db, a_query_behind_is_stopped_when_its_turn_comes)
{
    struct answer answers[3] = {0};
    db_ticket first = ask(&sleep_long, NULL, &answers[0]), second = ask(&sleep_long, NULL, &answers[1]);
    ask(&next, "1", &answers[2]);
    loop_turn(loop, 0);
    db_cancel(db, second, true);
    db_cancel(db, first, true);
    UNTIL(loop, answers[2].count);
    cr_expect_str_eq(answers[2].first, "2");
}

Test(db, time_is_up)
{
    struct answer answers[2] = {0};
    ask(&sleep_late, NULL, &answers[0]);
    ask(&next, "1", &answers[1]);
    UNTIL(loop, answers[1].count);
    cr_expect_eq(answers[0].status, STATUS_FAILED);
    cr_expect_str_eq(answers[0].sqlstate, "57014");
    cr_expect_str_eq(answers[0].text, "sleep_late had no answer within 0.3 s and was stopped.");
    cr_expect_neq(answers[0].hint[0], '\0');
    cr_expect_str_eq(answers[1].first, "2");
}

Test(db, interrupting_answers_reads_at_once_and_writes_with_the_truth)
{
    struct answer read = {0}, write = {0}, waiting = {0};
    ask(&sleep_write, NULL, &write);
    ask(&sleep_long, NULL, &read);
    loop_turn(loop, 0);
    ask(&next, "1", &waiting);
    db_interrupt(db);
    cr_expect_eq(read.count + write.count + waiting.count, 0);
    loop_turn(loop, 0);
    cr_expect_eq(read.count, 1);
    cr_expect_eq(waiting.count, 1);
    cr_expect_eq(read.status, STATUS_FAILED);
    UNTIL(loop, write.count);
    cr_expect_str_eq(write.sqlstate, "57014");
    cr_expect_str_eq(get(&next, "1").first, "2");
    cr_expect_eq(read.count, 1);
}

Test(db, the_servers_own_limit_is_not_tried_again)
{
    struct error error = {0};
    cr_assert_eq(db_run_script(db, "test", "SET statement_timeout = 100", &error), STATUS_OK, "%s", error.text);
    int64_t before = db_sent_count(db);
    struct answer answer = get(&sleep_long, NULL);
    cr_expect_str_eq(answer.sqlstate, "57014");
    cr_expect_eq(answer.status, STATUS_FAILED);
    cr_expect_eq(db_sent_count(db), before + 1);
}

static void close_from_callback(void *arg, const struct reply *reply)
{
    answer_take(arg, reply);
    db_close(db);
}

Test(db, a_callback_may_close_the_connection)
{
    struct answer answers[3] = {0};
    db_send(db, &pid, NULL, close_from_callback, &answers[0]);
    ask(&next, "1", &answers[1]);
    ask(&sleep_write, NULL, &answers[2]);
    UNTIL(loop, answers[1].count && answers[2].count);
    cr_expect_eq(answers[0].status, STATUS_OK);
    cr_expect_eq(answers[1].status, STATUS_NO_CONNECTION);
    cr_expect_eq(answers[2].status, STATUS_NO_CONNECTION);
    cr_expect_eq(db_state(db), DB_IDLE);
    cr_expect_eq(get(&next, "1").status, STATUS_NO_CONNECTION);
    db_open(db);
    cr_expect_str_eq(get(&next, "1").first, "2");
}

static void cancel_from_callback(void *arg, const struct reply *reply)
{
    db_ticket *tickets = arg;
    (void)reply;
    db_cancel(db, tickets[0], true);
    db_cancel(db, tickets[1], true);
}

Test(db, a_callback_may_cancel_and_send)
{
    struct answer never = {0}, last = {0};
    db_ticket tickets[2];
    tickets[0] = db_send(db, &pid, NULL, cancel_from_callback, tickets);
    tickets[1] = ask(&next, "1", &never);
    ask(&next, "2", &last);
    UNTIL(loop, last.count);
    cr_expect_eq(never.count, 0);
    cr_expect_str_eq(last.first, "3");
}
