/* Changes on a link that breaks: before the server got them, after it, while it still works on them. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "tests/data/test_change.h"
#include "tests/support/database.h"

static struct loop *loop;
static struct relay *relay;
static struct db *db, *admin, *holder; /* through the relay; past it; the latter holds rows */
static struct error error;
static char own_name[40]; /* the sessions of this test, which runs beside others in the same database */

static char *through_relay(void)
{
    const char *pairs[] = {"dbname", change_database, "application_name", own_name, NULL};
    char *base = relay_conninfo(relay), *conninfo = db_conninfo_with(base, pairs, &error);
    free(base);
    return conninfo;
}

static void connect_db(void)
{
    loop = loop_new();
    relay = relay_new(loop);
    snprintf(own_name, sizeof own_name, "centurion test %d", (int)getpid());
    char *conninfo = through_relay(), *direct = test_database_conninfo(change_database, NULL);
    db = test_connect(loop, conninfo);
    admin = test_connect(loop, direct);
    holder = test_connect(loop, direct);
    free(conninfo);
    free(direct);
}

static void disconnect_db(void)
{
    db_free(db);
    db_free(admin);
    db_free(holder);
    relay_free(relay);
    loop_free(loop);
}

TestSuite(change_link, .init = connect_db, .fini = disconnect_db, .timeout = 120);

static void run(struct db *as, const char *sql)
{
    cr_assert_eq(db_run_script(as, "test", sql, &error), STATUS_OK, "%s", error.text);
}

static const struct query_column one_text[] = {{"a", TYPE_TEXT, true}};
static const struct query_column one_int[] = {{"a", TYPE_INT4, true}};
static const struct query entries = {
    .name = "entries",
    .sql = "SELECT coalesce(string_agg(e.steps || ' ' || (SELECT count(*) FROM public.audit_logs"
           " AS l WHERE l.target = 'Entry:' || e.id), ','), '') AS a"
           " FROM public.entries AS e WHERE e.date = $1::date",
    .params = one_text,
    .param_count = 1,
    .columns = one_text,
    .column_count = 1,
    .timeout_ms = 60000};
static const struct query pid = {
    .name = "pid", .sql = "SELECT pg_backend_pid() AS a", .columns = one_int, .column_count = 1, .timeout_ms = 60000};
static const struct query locked = {.name = "locked",
                                    .sql =
                                        "SELECT count(*)::int AS a FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                        " AND application_name || ' ' || query LIKE $1",
                                    .params = one_text,
                                    .param_count = 1,
                                    .columns = one_int,
                                    .column_count = 1,
                                    .timeout_ms = 60000};

/* That a day has one check-in with so many steps, and so many changes of it in the audit log. */
static void expect_entry(const char *day, int steps, int changes)
{
    char *expected = mem_printf("%d %d", steps, changes);
    struct answer answer = answer_get(loop, admin, &entries, day);
    cr_expect_str_eq(answer.first, expected, "%s %s", day, answer.text);
    free(expected);
}

static void expect_no_entry(const char *day)
{
    cr_expect_str_eq(answer_get(loop, admin, &entries, day).first, "", "%s", day);
}

/* Until so many sessions of the test wait for a lock in that function. */
static void until_locked(const char *function, int count)
{
    char text[8], *like = mem_printf("%s %%%s%%", own_name, function);
    snprintf(text, sizeof text, "%d", count);
    while (strcmp(answer_get(loop, admin, &locked, like).first, text) != 0)
        loop_turn(loop, 10);
    free(like);
}

static void cut(void *arg)
{
    relay_cut(arg);
}

/* ---- The link breaks ---- */

Test(change_link, asked_while_there_is_no_link)
{
    struct saving saving = {0};
    relay_mute(relay, "", 0);
    relay_cut(relay);
    UNTIL(loop, db_state(db) == DB_LOST);
    change_ticket ticket = saving_ask(db, 1, "2025-02-01", NULL, 1000, &saving);
    UNTIL(loop, relay_accepted(relay) > 2);
    cr_expect_eq(data_change_state(db, ticket), CHANGE_WAITING, "it was never sent");
    relay_mute(relay, NULL, 0);
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_SAVED, "%s", saving.text);
    cr_expect_not(saving.repeated);
    expect_entry("2025-02-01", 1000, 1);
}

Test(change_link, cut_before_the_server_got_it)
{
    struct saving saving = {0};
    change_ticket ticket = saving_ask(db, 1, "2025-02-02", NULL, 1000, &saving);
    relay_trip(relay, RELAY_REQUESTS, 20, cut, relay);
    loop_turn(loop, 0);
    cr_expect_eq(data_change_state(db, ticket), CHANGE_SENDING);
    UNTIL(loop, db_state(db) != DB_READY);
    cr_expect_eq(data_change_state(db, ticket), CHANGE_OPEN);
    cr_expect_eq(data_changes_open(db), 1);
    UNTIL(loop, data_change_state(db, ticket) == CHANGE_ASKING || saving.count);
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_SAVED, "%s", saving.text);
    cr_expect_not(saving.repeated);
    expect_entry("2025-02-02", 1000, 1);
}

Test(change_link, cut_after_the_server_saved_it)
{
    struct saving saving = {0};
    relay_hold(relay, true);
    change_ticket ticket = saving_ask(db, 1, "2025-02-03", NULL, 1000, &saving);
    while (!*answer_get(loop, admin, &entries, "2025-02-03").first)
        loop_turn(loop, 1);
    cr_expect_eq(data_change_state(db, ticket), CHANGE_SENDING, "nothing is said before it is sure");
    relay_cut(relay);
    UNTIL(loop, db_state(db) == DB_LOST);
    cr_expect_eq(data_change_state(db, ticket), CHANGE_OPEN);
    relay_hold(relay, false);
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_SAVED, "%s", saving.text);
    cr_expect(saving.repeated);
    cr_expect(strstr(saving.record, "\"steps\": 1000"), "%s", saving.record);
    expect_entry("2025-02-03", 1000, 1);
    /* And the version that came with it is the one to go on with. */
    struct saving next = {0};
    saving_ask(db, 1, "2025-02-03", saving.version, 2000, &next);
    UNTIL(loop, next.count);
    cr_expect_eq(next.outcome, CHANGE_SAVED, "%s", next.text);
}

Test(change_link, cut_again_and_again)
{
    struct saving saving = {0};
    saving_ask(db, 1, "2025-02-04", NULL, 1000, &saving);
    for (int times = 0; times < 4; times++) {
        int syncs = relay_asked(relay, 'S');
        relay_cut(relay);
        UNTIL(loop, db_state(db) == DB_LOST);
        db_retry(db);
        UNTIL(loop, relay_asked(relay, 'S') > syncs || saving.count);
    }
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_SAVED, "%s", saving.text);
    expect_entry("2025-02-04", 1000, 1);
}

Test(change_link, refused_after_a_cut_is_refused_for_good)
{
    struct saving saving = {0};
    int64_t before = db_sent_count(db);
    saving_ask(db, 1, "2025-02-05", NULL, -1, &saving);
    relay_trip(relay, RELAY_REQUESTS, 20, cut, relay);
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_REFUSED);
    cr_expect_str_eq(saving.text, "Steps are 0 to 200000, not -1");
    cr_expect_eq(db_sent_count(db), before + 3, "sent, sent again, taken back");
    expect_no_entry("2025-02-05");
}

Test(change_link, several_at_once)
{
    struct saving savings[5] = {0};
    static const char *const days[] = {"2025-02-06", "2025-02-07", "2025-02-08", "2025-02-09", "2025-02-10"};
    for (int i = 0; i < 5; i++)
        saving_ask(db, 1, days[i], NULL, i == 2 ? -1 : 1000, &savings[i]);
    cr_expect_eq(data_changes_open(db), 5);
    relay_trip(relay, RELAY_ANSWERS, 700, cut, relay);
    UNTIL(loop, data_changes_open(db) == 0);
    for (int i = 0; i < 5; i++) {
        cr_expect_eq(savings[i].count, 1);
        cr_expect_eq(savings[i].outcome, i == 2 ? CHANGE_REFUSED : CHANGE_SAVED, "%s", savings[i].text);
        if (i == 2)
            expect_no_entry(days[i]);
        else
            expect_entry(days[i], 1000, 1);
    }
}

Test(change_link, given_up_and_still_saved)
{
    struct saving never = {0};
    change_ticket ticket = saving_ask(db, 1, "2025-02-11", NULL, 1000, &never);
    relay_trip(relay, RELAY_REQUESTS, 20, cut, relay);
    data_change_cancel(db, ticket);
    UNTIL(loop, data_changes_open(db) == 0);
    cr_expect_eq(never.count, 0);
    expect_entry("2025-02-11", 1000, 1);
}

Test(change_link, closed_while_it_is_open)
{
    struct saving saving = {0};
    saving_ask(db, 1, "2025-02-12", NULL, 1000, &saving);
    relay_mute(relay, "", 0);
    relay_trip(relay, RELAY_REQUESTS, 20, cut, relay);
    UNTIL(loop, db_state(db) == DB_LOST);
    db_close(db);
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_UNKNOWN);
    cr_expect_eq(saving.status, STATUS_NO_CONNECTION);
    cr_expect(strstr(saving.text, "Whether this was saved is not known"), "%s", saving.text);
}

Test(change_link, interrupted_while_it_is_open)
{
    struct saving open = {0}, waiting = {0};
    saving_ask(db, 1, "2025-02-13", NULL, 1000, &open);
    relay_mute(relay, "", 0);
    relay_trip(relay, RELAY_REQUESTS, 20, cut, relay);
    UNTIL(loop, db_state(db) == DB_LOST);
    saving_ask(db, 1, "2025-02-14", NULL, 1000, &waiting);
    loop_turn(loop, 0);
    db_interrupt(db);
    UNTIL(loop, waiting.count);
    cr_expect_eq(waiting.outcome, CHANGE_REFUSED, "it was never sent");
    cr_expect_eq(open.count, 0, "what became of it is still to be found out");
    relay_mute(relay, NULL, 0);
    UNTIL(loop, open.count);
    cr_expect_eq(open.outcome, CHANGE_SAVED, "%s", open.text);
    expect_entry("2025-02-13", 1000, 1);
    expect_no_entry("2025-02-14");
}

Test(change_link, a_verb_does_not_wait_for_a_link_but_for_an_outcome)
{
    const char *params[] = {"1", "2025-02-15", NULL, "{\"steps\": 1000}"};
    relay_trip(relay, RELAY_REQUESTS, 20, cut, relay);
    cr_expect_eq(data_change_run(db, &save_entry, params, NULL, &error), STATUS_OK, "%s", error.text);
    expect_entry("2025-02-15", 1000, 1);
    relay_mute(relay, "", 0);
    relay_cut(relay);
    UNTIL(loop, db_state(db) == DB_LOST);
    params[1] = "2025-02-16";
    cr_expect_eq(data_change_run(db, &save_entry, params, NULL, &error), STATUS_NO_CONNECTION);
    cr_expect_eq(data_changes_open(db), 0);
    relay_mute(relay, NULL, 0);
    UNTIL(loop, db_state(db) == DB_READY);
    expect_no_entry("2025-02-16");
}

/* ---- The server still works on it ---- */

/* Makes a check-in whose row somebody holds, so that a change of it waits in the server, its request begun. */
static struct saving make_held(const char *member, const char *day)
{
    struct saving saving = {0};
    saving_ask(admin, atoi(member), day, NULL, 1, &saving);
    UNTIL(loop, saving.count);
    cr_assert_eq(saving.outcome, CHANGE_SAVED, "%s", saving.text);
    char *sql = mem_printf("BEGIN; SELECT FROM public.entries WHERE id = %s FOR UPDATE", saving.key);
    run(holder, sql);
    free(sql);
    return saving;
}

Test(change_link, the_next_try_waits_for_a_slow_first_one)
{
    struct saving saving = {0}, made = make_held("1", "2025-03-01");
    change_ticket ticket = saving_ask(db, 1, "2025-03-01", made.version, 1000, &saving);
    until_locked("entry_save", 1);
    relay_cut(relay);
    UNTIL(loop, data_change_state(db, ticket) == CHANGE_OPEN);
    UNTIL(loop, data_change_state(db, ticket) == CHANGE_ASKING);
    until_locked("entry_save", 2);
    cr_expect_eq(saving.count, 0);
    run(holder, "COMMIT");
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_SAVED, "%s", saving.text);
    cr_expect(saving.repeated, "the first one had done it");
    expect_entry("2025-03-01", 1000, 2);
}

Test(change_link, time_that_is_up_is_an_outcome_only_of_the_first_try)
{
    static struct query query;
    struct saving saving = {0}, made = make_held("1", "2025-03-02");
    query = save_entry;
    query.name = "impatient";
    query.timeout_ms = 1500;
    const char *params[] = {"1", "2025-03-02", made.version, "{\"steps\": 1000}"};
    data_change(db, &query, params, NULL, saving_take, &saving);
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_REFUSED);
    cr_expect_str_eq(saving.sqlstate, "57014");
    /* Once more, and the link breaks: the first one goes on without a limit, and those behind it run out of time. */
    saving = (struct saving){0};
    change_ticket ticket = data_change(db, &query, params, NULL, saving_take, &saving);
    until_locked("entry_save", 1);
    relay_cut(relay);
    int64_t sent = db_sent_count(db);
    UNTIL(loop, db_sent_count(db) >= sent + 3);
    cr_expect_eq(saving.count, 0);
    cr_expect(data_change_state(db, ticket) == CHANGE_ASKING || data_change_state(db, ticket) == CHANGE_OPEN);
    run(holder, "COMMIT");
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_SAVED, "%s", saving.text);
    cr_expect(saving.repeated);
    expect_entry("2025-03-02", 1000, 2);
}

Test(change_link, turned_down_while_the_first_one_is_under_way)
{
    struct saving saving = {0}, made = make_held("2", "2025-03-03");
    saving_ask(db, 2, "2025-03-03", made.version, 1000, &saving);
    until_locked("entry_save", 1);
    /* From now on nobody begins a change of this member. */
    run(admin, "UPDATE public.users SET \"deletedAt\" = now() WHERE id = 2");
    relay_cut(relay);
    until_locked("request_withdraw", 1);
    cr_expect_eq(saving.count, 0, "that the second one is turned down says nothing about the first");
    run(holder, "COMMIT");
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_SAVED, "%s", saving.text);
    cr_expect(saving.repeated);
    cr_expect_str_eq(saving.key, made.key);
    cr_expect_gt(saving.audit, made.audit);
    cr_expect_not(saving.has_record, "which is nothing to be seen any more");
    expect_entry("2025-03-03", 1000, 2);
}

Test(change_link, a_late_first_try_is_not_done_after_it_was_refused)
{
    struct saving saving = {0}, next = {0};
    int backend = atoi(answer_get(loop, db, &pid, NULL).first);
    /* It lies at the server's door, and the backend sleeps. */
    cr_assert_eq(kill(backend, SIGSTOP), 0);
    int syncs = relay_asked(relay, 'S');
    saving_ask(db, 3, "2025-03-04", NULL, 1000, &saving);
    UNTIL(loop, relay_asked(relay, 'S') > syncs);
    run(admin, "UPDATE public.users SET \"deletedAt\" = now() WHERE id = 3");
    relay_cut(relay);
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_REFUSED);
    cr_expect_str_eq(saving.text, "There is no member 3");
    run(admin, "UPDATE public.users SET \"deletedAt\" = NULL WHERE id = 3");
    cr_assert_eq(kill(backend, SIGCONT), 0);
    /* It finds that it was taken back. */
    while (kill(backend, 0) == 0)
        loop_turn(loop, 10);
    expect_no_entry("2025-03-04");
    saving_ask(db, 3, "2025-03-04", NULL, 2000, &next);
    UNTIL(loop, next.count);
    cr_expect_eq(next.outcome, CHANGE_SAVED, "%s", next.text);
}
