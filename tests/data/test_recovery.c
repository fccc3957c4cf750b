/* A link that is disturbed: notifications before and after, coming back, silence. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/link.h"

static const struct query_column one_text[] = {{"a", TYPE_TEXT, true}};
static const struct query_column one_int[] = {{"a", TYPE_INT4, true}};

#define QUERY(id, text, ...)                                                                                           \
    static const struct query id = {.name = #id, .sql = text, .timeout_ms = 600000, __VA_ARGS__}
#define TAKES_TEXT .params = one_text, .param_count = 1
#define TAKES_INT .params = one_int, .param_count = 1
#define GIVES_TEXT .columns = one_text, .column_count = 1
#define GIVES_INT .columns = one_int, .column_count = 1

QUERY(next, "SELECT $1 + 1 AS a", TAKES_INT, GIVES_INT);
QUERY(pid, "SELECT pg_backend_pid() AS a", GIVES_INT);
QUERY(sleep_write, "SELECT pg_sleep(600)::text AS a", GIVES_TEXT, .write = true);
QUERY(end_session, "SELECT pg_terminate_backend($1)::text AS a", TAKES_INT, GIVES_TEXT, .write = true);
QUERY(end_own_session, "SELECT pg_terminate_backend(pg_backend_pid())::text AS a", GIVES_TEXT);
QUERY(notify_me, "SELECT pg_notify('centurion_test', $1)::text AS a", TAKES_TEXT, GIVES_TEXT, .write = true);

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

TestSuite(recovery, .init = connect_db, .fini = disconnect_db, .timeout = 120);

static db_ticket ask(const struct query *query, const char *param, struct answer *answer)
{
    return answer_ask(db, query, param, answer);
}

static struct answer get(const struct query *query, const char *param)
{
    return answer_get(loop, db, query, param);
}

static int get_pid(void)
{
    return atoi(get(&pid, NULL).first);
}

/* From another connection, as an administrator would. */
static void end_other(int backend)
{
    struct db *other = test_connect(loop, test_server());
    char text[16];
    snprintf(text, sizeof text, "%d", backend);
    const char *params[] = {text};
    struct error error = {0};
    cr_assert_eq(db_run(other, &end_session, params, NULL, &error), STATUS_OK, "%s", error.text);
    db_free(other);
}

/* ---- Notifications ---- */

struct heard {
    bool own;
    int count;
    char channel[64], payload[64];
};

static void hear(void *arg, const char *channel, const char *payload, bool own)
{
    struct heard *heard = arg;
    heard->count++;
    heard->own = own;
    snprintf(heard->channel, sizeof heard->channel, "%s", channel);
    snprintf(heard->payload, sizeof heard->payload, "%s", payload);
}

Test(recovery, notifications_are_heard_before_and_after_a_break)
{
    struct heard heard = {0};
    struct db *other = test_connect(loop, test_server());
    const char *params[] = {"first"};
    db_on_notify(db, hear, &heard);
    db_listen(db, "centurion_test");
    db_listen(db, "centurion_test");
    db_listen(db, "Odd \"name\"");
    get(&next, "1");
    cr_assert_eq(db_run(other, &notify_me, params, NULL, NULL), STATUS_OK);
    UNTIL(loop, heard.count);
    cr_expect_str_eq(heard.channel, "centurion_test");
    cr_expect_str_eq(heard.payload, "first");
    cr_expect_not(heard.own, "somebody else's");
    int before = get_pid();
    end_other(before);
    UNTIL(loop, db_state(db) == DB_LOST);
    UNTIL(loop, db_state(db) == DB_READY);
    cr_expect_neq(get_pid(), before);
    cr_assert_eq(db_run(other, &notify_me, params, NULL, NULL), STATUS_OK);
    UNTIL(loop, heard.count == 2);
    db_free(other);
}

/* ---- Coming back ---- */

struct states {
    enum db_state list[64];
    int count;
};

static void note_state(void *arg, enum db_state state)
{
    struct states *states = arg;
    if (states->count < 64)
        states->list[states->count++] = state;
}

Test(recovery, a_lost_link_comes_back_by_itself)
{
    struct states states = {0};
    struct answer read = {0}, write = {0};
    int before = get_pid();
    db_on_state(db, note_state, &states);
    ask(&sleep_write, NULL, &write);
    ask(&pid, NULL, &read);
    loop_turn(loop, 0);
    end_other(before);
    UNTIL(loop, db_state(db) == DB_LOST);
    cr_expect_eq(db_error(db)->status, STATUS_NO_CONNECTION);
    cr_expect(strstr(db_error(db)->text, "administrator command"), "%s", db_error(db)->text);
    cr_expect_leq(db_retry_at(db), loop_now(loop) + DB_BACKOFF_FIRST_MS);
    cr_expect_eq(db_server_version(db), 0);
    UNTIL(loop, read.count);
    cr_expect_eq(read.status, STATUS_OK, "%s", read.text);
    cr_expect_neq(atoi(read.first), before, "sent again to the new session");
    cr_expect_eq(write.count, 1);
    cr_expect_eq(write.status, STATUS_NO_CONNECTION, "only the server knows what became of it");
    cr_expect_eq(db_error(db)->status, STATUS_OK);
    cr_expect_geq(db_server_version(db), 150000);
    cr_assert_geq(states.count, 2);
    cr_expect_eq(states.list[0], DB_LOST);
    cr_expect_eq(states.list[states.count - 1], DB_READY);
}

Test(recovery, an_idle_link_that_breaks_is_noticed)
{
    end_other(get_pid());
    UNTIL(loop, db_state(db) == DB_LOST);
    cr_expect(strstr(db_error(db)->text, "administrator command"), "%s", db_error(db)->text);
    UNTIL(loop, db_state(db) == DB_READY);
}

Test(recovery, a_read_that_ends_its_session_is_not_sent_for_ever)
{
    struct answer answer = get(&end_own_session, NULL);
    cr_expect_eq(answer.status, STATUS_NO_CONNECTION);
    cr_expect_str_eq(answer.sqlstate, "");
    UNTIL(loop, db_state(db) == DB_READY);
    cr_expect_str_eq(get(&next, "1").first, "2");
}

static void count_keys(void *arg)
{
    int *keys = arg;
    ++*keys;
    loop_after(loop, 10, count_keys, keys);
}

Test(recovery, silence_is_noticed_and_so_is_its_end)
{
    struct states states = {0};
    struct answer answer = {0};
    int backend = get_pid(), keys = 0;
    db_on_state(db, note_state, &states);
    cr_assert_eq(kill(backend, SIGSTOP), 0);
    ask(&next, "1", &answer);
    count_keys(&keys);
    int64_t asked_at = loop_now(loop);
    UNTIL(loop, db_state(db) == DB_SILENT);
    cr_expect_geq(loop_now(loop) - asked_at, DB_SILENT_MS);
    cr_expect_gt(keys, DB_SILENT_MS / 10 / 4, "the loop goes on");
    cr_expect_eq(db_waiting_since(db), asked_at);
    cr_expect_eq(answer.count, 0);
    cr_assert_eq(kill(backend, SIGCONT), 0);
    UNTIL(loop, answer.count);
    cr_expect_str_eq(answer.first, "2");
    cr_expect_eq(db_state(db), DB_READY);
    cr_expect_eq(db_waiting_since(db), 0);
    loop_turn(loop, 0);
    cr_expect_eq(states.count, 2);
    cr_expect_eq(states.list[0], DB_SILENT);
    cr_expect_eq(states.list[1], DB_READY);
}
