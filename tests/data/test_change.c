/* Changes against a real server, on a link that holds: every outcome, who is told, and in which words. test_change_link.c breaks it. */
#include "tests/data/test_change.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "tests/support/database.h"

/* Members of the tests; each test has days of its own. What entry_save() does not do is done by functions in public: several rows,
 * words, answers that make no sense, a rule that is only held against at the commit. */
static const char rows_and_functions[] =
    "INSERT INTO public.users (id, email, name, role) VALUES (1, '1@change.example', 'One', 'CLIENT'),"
    " (2, '2@change.example', 'Two', 'CLIENT'), (3, '3@change.example', 'Three', 'CLIENT');\n"
    "CREATE FUNCTION public.raise(request uuid, code text) RETURNS centurion.change LANGUAGE plpgsql AS\n"
    "$$ BEGIN PERFORM centurion.change_begin(request, 'raise');\n"
    "   RAISE EXCEPTION 'This is said with %', code USING ERRCODE = code, HINT = 'And this is to do.'; END $$;\n"
    "CREATE FUNCTION public.outcomes(request uuid, outcomes text) RETURNS SETOF centurion.change LANGUAGE sql AS\n"
    "$$ SELECT (o.outcome, o.nth, 'v' || o.nth, jsonb_build_object('nth', o.nth), o.nth)::centurion.change\n"
    "   FROM string_to_table(outcomes, ' ') WITH ORDINALITY AS o (outcome, nth) $$;\n"
    "CREATE TABLE public.late (request uuid, value text);\n"
    "CREATE FUNCTION public.late_check() RETURNS trigger LANGUAGE plpgsql AS\n"
    "$$ BEGIN RAISE EXCEPTION 'Not with %', NEW.value USING ERRCODE = 'check_violation'; END $$;\n"
    "CREATE CONSTRAINT TRIGGER late_check AFTER INSERT ON public.late DEFERRABLE INITIALLY DEFERRED\n"
    "    FOR EACH ROW EXECUTE FUNCTION public.late_check();\n"
    "CREATE FUNCTION public.late(request uuid, value text) RETURNS centurion.change LANGUAGE sql AS\n"
    "$$ INSERT INTO public.late VALUES (request, value)\n"
    "   RETURNING ('saved', value, NULL, NULL, NULL)::centurion.change $$;\n";

ReportHook(PRE_ALL)(struct criterion_test_set *tests)
{
    (void)tests;
    test_database_make(change_database, false);
    test_database_run(change_database, rows_and_functions);
}

ReportHook(POST_ALL)(struct criterion_global_stats *stats)
{
    (void)stats;
    test_database_drop(change_database);
}

static struct loop *loop;
static struct db *db;
static struct error error;

static void connect_db(void)
{
    char *conninfo = test_database_conninfo(change_database, NULL);
    loop = loop_new();
    db = test_connect(loop, conninfo);
    free(conninfo);
}

static void disconnect_db(void)
{
    db_free(db);
    loop_free(loop);
}

TestSuite(change, .init = connect_db, .fini = disconnect_db, .timeout = 120);

static struct saving save(int member, const char *day, const char *version, int steps)
{
    struct saving saving = {0};
    saving_ask(db, member, day, version, steps, &saving);
    UNTIL(loop, saving.count);
    return saving;
}

/* A function of the tests' own. */
static struct saving call(const struct query *query, const char *param)
{
    struct saving saving = {0};
    const char *params[] = {param};
    data_change(db, query, params, NULL, saving_take, &saving);
    UNTIL(loop, saving.count);
    return saving;
}

/* ---- UUIDs ---- */

static bool is_id(const char *id)
{
    for (int i = 0; i < CHANGE_ID_MAX - 1; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? id[i] != '-' : !strchr("0123456789abcdef", id[i]) || !id[i])
            return false;
    }
    return id[14] == '4' && strchr("89ab", id[19]) && !id[CHANGE_ID_MAX - 1];
}

Test(change, ids_are_random_uuids)
{
    char ids[100][CHANGE_ID_MAX];
    for (int i = 0; i < 100; i++) {
        change_new_id(ids[i]);
        cr_expect(is_id(ids[i]), "%s", ids[i]);
        for (int j = 0; j < i; j++)
            cr_expect_str_neq(ids[i], ids[j]);
    }
}

/* ---- Outcomes ---- */

Test(change, saved)
{
    struct saving made = save(1, "2025-01-01", NULL, 1000);
    cr_assert_eq(made.outcome, CHANGE_SAVED, "%s", made.text);
    cr_expect_not(made.repeated);
    cr_expect(is_id(made.id), "%s", made.id);
    cr_expect_neq(made.key[0], '\0');
    cr_expect_neq(made.version[0], '\0');
    cr_expect(strstr(made.record, "\"steps\": 1000"), "%s", made.record);
    cr_expect_gt(made.audit, 0);
    cr_expect_eq(made.rows, 1);
    cr_expect_eq(made.status, STATUS_OK);
    struct saving changed = save(1, "2025-01-01", made.version, 2000);
    cr_assert_eq(changed.outcome, CHANGE_SAVED, "%s", changed.text);
    cr_expect_str_eq(changed.key, made.key);
    cr_expect_str_neq(changed.version, made.version);
    cr_expect_gt(changed.audit, made.audit);
    cr_expect_eq(data_changes_open(db), 0);
}

Test(change, in_conflict)
{
    struct saving made = save(1, "2025-01-02", NULL, 1000), first = save(1, "2025-01-02", made.version, 2000);
    struct saving second = save(1, "2025-01-02", made.version, 3000);
    cr_assert_eq(second.outcome, CHANGE_CONFLICT, "%s", second.text);
    cr_expect_str_eq(second.key, made.key);
    cr_expect_str_eq(second.version, first.version);
    cr_expect(strstr(second.record, "\"steps\": 2000"), "%s", second.record);
    cr_expect_eq(second.status, STATUS_OK);
    /* With what stands now it can be saved. */
    cr_expect_eq(save(1, "2025-01-02", second.version, 3000).outcome, CHANGE_SAVED);
}

Test(change, refused_in_the_databases_words)
{
    struct saving saving = save(1, "2025-01-03", NULL, 200001);
    cr_assert_eq(saving.outcome, CHANGE_REFUSED);
    cr_expect_str_eq(saving.sqlstate, "23514");
    cr_expect_str_eq(saving.text, "Steps are 0 to 200000, not 200001");
    cr_expect_eq(saving.status, STATUS_FAILED);
    cr_expect_eq(saving.rows, 0);
    cr_expect_str_eq(save(99, "2025-01-03", NULL, 1).text, "There is no member 99");
    cr_expect_eq(save(1, "2025-01-03", NULL, 1).outcome, CHANGE_SAVED, "nothing was in its place");
}

CHANGE_QUERY(raise_words, "SELECT c.* FROM public.raise($1, $2) AS c");
CHANGE_QUERY(outcomes, "SELECT c.* FROM public.outcomes($1, $2) AS c");
CHANGE_QUERY(late, "SELECT c.* FROM public.late($1, $2) AS c");
CHANGE_QUERY(too_few, "SELECT outcome, key, version, record FROM public.outcomes($1, $2) AS c");
CHANGE_QUERY(no_function, "SELECT c.* FROM public.nothing($1, $2) AS c");

Test(change, what_our_functions_raise_stands_alone)
{
    static const char *const codes[] = {"42501", "23514", "22023", "P0002", "55000",
                                        "23P01", "23505", "55P03", "53100", "25006"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct saving saving = call(&raise_words, codes[i]);
        cr_expect_eq(saving.outcome, CHANGE_REFUSED, "%s: %d", codes[i], saving.outcome);
        cr_expect_str_eq(saving.sqlstate, codes[i]);
        char *words = mem_printf("This is said with %s", codes[i]);
        cr_expect_str_eq(saving.text, words);
        free(words);
        cr_expect_str_eq(saving.hint, "And this is to do.");
    }
    cr_expect_eq(call(&raise_words, "42501").status, STATUS_DENIED);
    /* The server's own words are explained. */
    struct saving saving = call(&no_function, "");
    cr_expect_eq(saving.outcome, CHANGE_REFUSED);
    cr_expect(strstr(saving.text, "The database lacks a function"), "%s", saving.text);
}

Test(change, what_fails_at_the_commit_is_not_saved)
{
    struct saving saving = call(&late, "this");
    cr_expect_eq(saving.outcome, CHANGE_REFUSED, "%d: %s", saving.outcome, saving.text);
    cr_expect_str_eq(saving.sqlstate, "23514");
    cr_expect_str_eq(saving.text, "Not with this");
    cr_expect_eq(save(1, "2025-01-04", NULL, 1).outcome, CHANGE_SAVED, "and the session goes on");
}

Test(change, several_rows)
{
    struct saving saving = call(&outcomes, "saved saved saved");
    cr_expect_eq(saving.outcome, CHANGE_SAVED);
    cr_expect_eq(saving.rows, 3);
    cr_expect_str_eq(saving.key, "1");
    cr_expect_eq(saving.audit, 1);
    /* Of a conflict the first one in conflict. */
    saving = call(&outcomes, "saved conflict saved conflict");
    cr_expect_eq(saving.outcome, CHANGE_CONFLICT);
    cr_expect_eq(saving.rows, 4);
    cr_expect_str_eq(saving.key, "2");
    cr_expect_str_eq(saving.version, "v2");
    saving = call(&outcomes, "repeated repeated");
    cr_expect_eq(saving.outcome, CHANGE_SAVED);
    cr_expect(saving.repeated);
    /* Nothing was to be done. */
    saving = call(&outcomes, "");
    cr_expect_eq(saving.outcome, CHANGE_SAVED);
    cr_expect_eq(saving.rows, 0);
    cr_expect_not(saving.has_record);
}

Test(change, an_answer_that_nobody_understands_is_no_outcome)
{
    struct saving saving = call(&outcomes, "saved improved");
    cr_expect_eq(saving.outcome, CHANGE_UNKNOWN);
    cr_expect(strstr(saving.text, "Whether this was saved is not known"), "%s", saving.text);
    cr_expect_neq(saving.hint[0], '\0');
    /* It was done, and cannot be read, however often it is asked. */
    saving = call(&too_few, "saved");
    cr_expect_eq(saving.outcome, CHANGE_UNKNOWN);
    cr_expect(strstr(saving.text, "4 columns where 5"), "%s", saving.text);
}

Test(change, a_query_that_is_no_change_is_a_fault_of_the_program, .signal = SIGABRT)
{
    static const struct query read = {.name = "read", .sql = "SELECT 1", .timeout_ms = 1000};
    data_change(db, &read, NULL, NULL, NULL, NULL);
}

/* ---- The same again ---- */

static struct saving save_again(const char *id, const char *day, int steps)
{
    struct saving saving = {0};
    char changes[40];
    snprintf(changes, sizeof changes, "{\"steps\": %d}", steps);
    const char *params[] = {"1", day, NULL, changes};
    data_change_again(db, &save_entry, params, id, saving_take, &saving);
    UNTIL(loop, saving.count);
    return saving;
}

Test(change, the_same_id_is_not_saved_twice)
{
    struct saving saving = save(1, "2025-01-05", NULL, 1000), again = save_again(saving.id, "2025-01-05", 1000);
    cr_expect_eq(again.outcome, CHANGE_SAVED);
    cr_expect(again.repeated);
    cr_expect_str_eq(again.id, saving.id);
    cr_expect_str_eq(again.key, saving.key);
    cr_expect_str_eq(again.version, saving.version);
    cr_expect_eq(again.audit, saving.audit);
}

Test(change, an_id_kept_from_an_earlier_run_may_never_have_been_sent)
{
    char id[CHANGE_ID_MAX];
    change_new_id(id);
    struct saving saving = save_again(id, "2025-01-06", 1000);
    cr_expect_eq(saving.outcome, CHANGE_SAVED);
    cr_expect_not(saving.repeated);
    cr_expect_str_eq(saving.id, id);
}

Test(change, what_is_turned_down_after_an_earlier_run_is_taken_back)
{
    char id[CHANGE_ID_MAX];
    change_new_id(id);
    int64_t before = db_sent_count(db);
    struct saving saving = save_again(id, "2025-01-07", -1);
    cr_expect_eq(saving.outcome, CHANGE_REFUSED);
    cr_expect_str_eq(saving.text, "Steps are 0 to 200000, not -1");
    cr_expect_str_eq(saving.sqlstate, "23514");
    cr_expect_eq(db_sent_count(db), before + 2);
    /* The id is used up: the earlier try can come to nothing any more. */
    saving = save_again(id, "2025-01-07", 1);
    cr_expect_eq(saving.outcome, CHANGE_REFUSED);
    cr_expect(strstr(saving.text, "is another one's"), "%s", saving.text);
    cr_expect_eq(save(1, "2025-01-07", NULL, 1).outcome, CHANGE_SAVED);
    /* A conflict likewise. */
    change_new_id(id);
    saving = save_again(id, "2025-01-07", 2);
    cr_expect_eq(saving.outcome, CHANGE_CONFLICT);
    cr_expect(strstr(saving.record, "\"steps\": 1"), "%s", saving.record);
    cr_expect_eq(save_again(id, "2025-01-07", 2).outcome, CHANGE_REFUSED);
}

Test(change, an_id_that_is_none_is_refused)
{
    struct saving saving = {0};
    const char *params[] = {"1", "2025-01-08", NULL, "{}"};
    data_change(db, &save_entry, params, "draft of Tuesday", saving_take, &saving);
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_REFUSED);
    cr_expect_str_eq(saving.sqlstate, "22P02");
}

/* ---- Who is told ---- */

Test(change, interest_can_be_given_up_and_the_change_cannot)
{
    struct saving never = {0};
    change_ticket ticket = saving_ask(db, 1, "2025-01-09", NULL, 1000, &never);
    data_change_cancel(db, ticket);
    data_change_cancel(db, 0);
    cr_expect_eq(data_changes_open(db), 1);
    cr_expect_neq(data_change_state(db, ticket), CHANGE_ENDED);
    UNTIL(loop, data_changes_open(db) == 0);
    cr_expect_eq(never.count, 0);
    data_change_cancel(db, ticket);
    cr_expect_eq(save(1, "2025-01-09", NULL, 2000).outcome, CHANGE_CONFLICT, "it was saved");
}

static void save_another(void *arg, const struct change_reply *reply)
{
    cr_expect_eq(reply->outcome, CHANGE_SAVED, "%s", reply->error->text);
    cr_expect_eq(data_changes_open(db), 0, "this one is over");
    saving_ask(db, 1, "2025-01-10", reply->version, 2000, arg);
}

Test(change, a_callback_may_change_more)
{
    struct saving saving = {0};
    const char *params[] = {"1", "2025-01-10", NULL, "{}"};
    data_change(db, &save_entry, params, NULL, save_another, &saving);
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_SAVED, "%s", saving.text);
}

Test(change, the_states_of_one_that_nothing_happens_to)
{
    struct saving saving = {0};
    change_ticket ticket = saving_ask(db, 1, "2025-01-11", NULL, 1000, &saving);
    cr_expect_eq(data_change_state(db, ticket), CHANGE_WAITING);
    loop_turn(loop, 0); /* it is sent */
    cr_expect(saving.count || data_change_state(db, ticket) == CHANGE_SENDING);
    UNTIL(loop, saving.count);
    cr_expect_eq(data_change_state(db, ticket), CHANGE_ENDED);
    cr_expect_eq(data_change_state(db, 0), CHANGE_ENDED);
}

Test(change, a_connection_that_ends_takes_its_changes_along)
{
    struct saving saving[2] = {0};
    saving_ask(db, 1, "2025-01-12", NULL, 1000, &saving[0]);
    loop_turn(loop, 0);
    saving_ask(db, 1, "2025-01-13", NULL, 1000, &saving[1]);
    db_free(db);
    db = NULL;
    loop_turn(loop, 0);
    cr_expect_eq(saving[0].count + saving[1].count, 0);
}

/* ---- No session, and none to write in ---- */

Test(change, read_only)
{
    struct saving saving = {0}, again = {0};
    char *conninfo = test_database_conninfo(change_database, NULL);
    db_free(db);
    db = db_new(loop, conninfo, "centurion test");
    free(conninfo);
    db_set_read_only(db, true);
    cr_assert_eq(db_wait_ready(db, 60000, &error), STATUS_OK, "%s", error.text);
    saving_ask(db, 1, "2025-01-14", NULL, 1000, &saving);
    cr_expect_eq(saving.count, 0, "never before the call is over");
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_REFUSED);
    cr_expect_str_eq(saving.sqlstate, "25006");
    cr_expect_eq(saving.status, STATUS_DENIED);
    const char *params[] = {"1", "2025-01-14", NULL, "{}"};
    data_change_again(db, &save_entry, params, saving.id, saving_take, &again);
    UNTIL(loop, again.count);
    cr_expect_eq(again.outcome, CHANGE_UNKNOWN, "nobody asked what became of it");
    cr_expect_eq(db_sent_count(db), 0);
}

Test(change, a_closed_connection)
{
    struct saving saving = save(1, "2025-01-15", NULL, 1000);
    db_close(db);
    struct saving refused = save(1, "2025-01-15", saving.version, 2000);
    cr_expect_eq(refused.outcome, CHANGE_REFUSED, "it was never sent");
    cr_expect_eq(refused.status, STATUS_NO_CONNECTION);
    struct saving unknown = save_again(saving.id, "2025-01-15", 1000);
    cr_expect_eq(unknown.outcome, CHANGE_UNKNOWN, "an earlier run may have sent it");
    db_open(db);
    cr_expect(save_again(saving.id, "2025-01-15", 1000).repeated);
}

Test(change, closed_while_it_is_under_way)
{
    struct saving sent = {0}, waiting = {0};
    saving_ask(db, 1, "2025-01-16", NULL, 1000, &sent);
    loop_turn(loop, 0);
    saving_ask(db, 1, "2025-01-17", NULL, 1000, &waiting);
    bool answered = sent.count;
    db_close(db);
    UNTIL(loop, sent.count && waiting.count);
    cr_expect_eq(waiting.outcome, CHANGE_REFUSED);
    cr_expect_eq(sent.outcome, answered ? CHANGE_SAVED : CHANGE_UNKNOWN);
    db_open(db);
    struct saving again = save_again(sent.id, "2025-01-16", 1000);
    cr_expect_eq(again.outcome, CHANGE_SAVED, "with the same id its outcome is found out: %s", again.text);
    cr_expect_eq(save(1, "2025-01-17", NULL, 1000).outcome, CHANGE_SAVED);
}

Test(change, refused_for_good)
{
    struct saving saving = {0};
    char *conninfo = test_database_conninfo("centurion_test_no_such_database", NULL);
    db_free(db);
    db = db_new(loop, conninfo, "centurion test");
    free(conninfo);
    db_open(db);
    saving_ask(db, 1, "2025-01-18", NULL, 1000, &saving);
    UNTIL(loop, saving.count);
    cr_expect_eq(saving.outcome, CHANGE_REFUSED);
    cr_expect(strstr(saving.text, "no such database"), "%s", saving.text);
    cr_expect_eq(db_state(db), DB_REFUSED);
    cr_expect_eq(save_again(saving.id, "2025-01-18", 1000).outcome, CHANGE_UNKNOWN);
}

/* ---- Verbs ---- */

Test(change, verbs_wait_for_the_outcome)
{
    struct rowset *rows = NULL;
    const char *params[] = {"1", "2025-01-19", NULL, "{\"steps\": 1000}"};
    cr_expect_eq(data_change_run(db, &save_entry, params, &rows, &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(rowset_count(rows), 1);
    cr_expect_str_eq(rowset_text(rows, 0, CHANGE_COLUMN_OUTCOME), "saved");
    rowset_free(rows);
    cr_expect_eq(data_change_run(db, &save_entry, params, &rows, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "Somebody else"), "%s", error.text);
    cr_expect_str_eq(rowset_text(rows, 0, CHANGE_COLUMN_OUTCOME), "conflict");
    rowset_free(rows);
    params[3] = "{\"steps\": -1}";
    params[1] = "2025-01-20";
    cr_expect_eq(data_change_run(db, &save_entry, params, &rows, &error), STATUS_FAILED);
    cr_expect_str_eq(error.text, "Steps are 0 to 200000, not -1");
    cr_expect_null(rows);
    loop_stop(loop, 0);
    params[3] = "{}";
    cr_expect_eq(data_change_run(db, &save_entry, params, NULL, &error), STATUS_FAILED);
    cr_expect_str_eq(error.text, "Stopped on request.");
    cr_expect_eq(data_changes_open(db), 0);
}
