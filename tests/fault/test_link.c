/* What can go wrong between program and server: nonsense, ends in the middle, a frozen server, a killed one, no memory. Every fault is a
 * value, and the program goes on. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"
#include "tests/support/link.h"
#include "tests/support/server.h"

static const struct query_column one_int[] = {{"a", TYPE_INT4, true}};
static const struct query one = {
    .name = "one", .sql = "SELECT 1 AS a", .columns = one_int, .column_count = 1, .timeout_ms = 60000};
static const struct query insert = {
    .name = "insert", .sql = "INSERT INTO kept VALUES (1)", .timeout_ms = 60000, .write = true};
static struct loop *loop;
static struct db *db;
static struct relay *relay;
static struct error error;

static void make_relay(void)
{
    loop = loop_new();
    relay = relay_new(loop);
    error_clear(&error);
}

static void free_relay(void)
{
    db_free(db);
    relay_free(relay);
    loop_free(loop);
}

TestSuite(link, .init = make_relay, .fini = free_relay, .timeout = 240);

static void connect_db(void)
{
    char *conninfo = relay_conninfo(relay);
    db = test_connect(loop, conninfo);
    free(conninfo);
}

static struct answer get(const struct query *query, const char *param)
{
    return answer_get(loop, db, query, param);
}

static void expect_words(const struct error *words)
{
    cr_expect_neq(words->text[0], '\0');
    cr_expect(utf8_valid(words->text, strlen(words->text)), "%s", words->text);
    cr_expect(utf8_valid(words->hint, strlen(words->hint)), "%s", words->hint);
    cr_expect_null(strpbrk(words->text, "\n\r\t\033"), "%s", words->text);
}

/* ---- Servers that are none ---- */

struct saying {
    const char *bytes;
    size_t size;
};
#define SAYING(text)                                                                                                   \
    {                                                                                                                  \
        text, sizeof text - 1                                                                                          \
    }

static const struct saying greetings[] = {
    SAYING(""),
    SAYING("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    SAYING("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    SAYING("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"),
    SAYING("R"),
    SAYING("R\0\0\0\x08\0\0\0\x09"),                          /* an authentication that nobody knows */
    SAYING("R\0\0\0\x03"),                                    /* shorter than a length */
    SAYING("R\x7F\xFF\xFF\xFF\0\0\0\0"),                      /* longer than anything */
    SAYING("R\0\0\0\x08\0\0\0\0K\0\0\0\x0C\0\0\0\1\0\0\0\2"), /* signed in, and gone */
    SAYING("R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I"),                /* signed in and ready, and gone */
    SAYING("R\0\0\0\x08\0\0\0\0Z\0\0\0\x05ID\0\0\0\x06\0\1"), /* rows that nobody asked for */
    SAYING("R\0\0\0\x17\0\0\0\nSCRAM-SHA-999\0\0"),           /* a mechanism of the future */
    SAYING("E\0\0\0\x05\0"),                                  /* an error without a word */
    SAYING("ESome old protocol's error\n\0"),
    SAYING("E\0\0\0\x2FSFATAL\0VFATAL\0C57P03\0MNot \xFF\xFE yet\x1B[2J\x07!!!!!!\0\0"),
    SAYING("E\0\0\0\x1FSFATAL\0C99999\0Mnobody knows\0"), /* without its end */
    SAYING("v\0\0\0\x0C\0\3\0\0\0\0\0\0"),                /* another version of the protocol */
    SAYING("N"),
    SAYING("S"),
};

Test(link, a_server_that_is_none_is_an_error_in_words)
{
    char *conninfo = relay_conninfo(relay);
    for (size_t i = 0; i < sizeof greetings / sizeof greetings[0]; i++) {
        int accepted = relay_accepted(relay);
        relay_mute(relay, greetings[i].bytes, greetings[i].size);
        db = db_new(loop, conninfo, "centurion test");
        db_open(db);
        /* Whatever it makes of it, it ends in words: it is lost and tried again, or refused. */
        UNTIL(loop, db_state(db) == DB_REFUSED || db_state(db) == DB_PASSWORD ||
                        (db_state(db) == DB_LOST && relay_accepted(relay) > accepted + 1));
        cr_expect_neq(db_error(db)->status, STATUS_OK, "greeting %zu", i);
        expect_words(db_error(db));
        db_free(db);
        db = NULL;
    }
    relay_mute(relay, NULL, 0);
    connect_db();
    cr_expect_str_eq(get(&one, NULL).first, "1");
    free(conninfo);
}

Test(link, noise)
{
    char *conninfo = relay_conninfo(relay), bytes[200];
    unsigned seed = 20260116;
    for (int round = 0; round < 100; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1103515245u + 12345u;
            bytes[i] = (char)(seed >> 16);
        }
        /* Noise that looks like an answer for as long as possible. */
        if (round % 2)
            memcpy(bytes, "R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I", 15);
        int accepted = relay_accepted(relay);
        relay_mute(relay, bytes, sizeof bytes);
        db = db_new(loop, conninfo, "centurion test");
        db_open(db);
        UNTIL(loop, db_state(db) == DB_REFUSED || db_state(db) == DB_LOST || relay_accepted(relay) > accepted + 1);
        db_free(db);
        db = NULL;
    }
    free(conninfo);
}

static const struct saying interruptions[] = {
    SAYING("HTTP/1.1 200 OK\r\n\r\n"),
    SAYING("D\x7F\xFF\xFF\xFF\0\1"),
    SAYING("\0\0\0\0"),
    SAYING("T\0\0\0\x06\xFF\xFF"),
    SAYING("T\0\0\0\x06\0\0D\0\0\0\x0A\0\2\0\0\0\1"),
    SAYING("G\0\0\0\x07\0\0\0"), /* the server wants to copy */
    SAYING("C\0\0\0\x0DSELECT 1\0"),
    SAYING("Z\0\0\0\x05X"),
    SAYING("1\0\0\0\4"
           "2\0\0\0\4"
           "n\0\0\0\4"),
    SAYING("E\0\0\0\x20SFATAL\0VFATAL\0C57P01\0M\xC3\x28 bye\0\0"),
};

Test(link, nonsense_in_the_middle_of_a_session)
{
    for (size_t i = 0; i < sizeof interruptions / sizeof interruptions[0]; i++)
        for (int asking = 0; asking < 2; asking++) {
            struct answer answer = {0};
            connect_db();
            cr_expect_str_eq(get(&one, NULL).first, "1");
            relay_hold(relay, true);
            if (asking)
                db_send(db, &one, NULL, answer_take, &answer);
            relay_say(relay, interruptions[i].bytes, interruptions[i].size);
            loop_turn(loop, 10);
            relay_hold(relay, false);
            if (asking)
                UNTIL(loop, answer.count);
            else
                answer = get(&one, NULL);
            cr_expect_eq(answer.count, 1);
            /* The same question can be asked again and is answered. Whether this one was depends on what the noise looked like. */
            if (answer.status == STATUS_OK)
                cr_expect_str_eq(answer.first, "1", "interruption %zu", i);
            relay_cut(relay);
            UNTIL(loop, db_state(db) == DB_LOST);
            db_retry(db);
            cr_expect_str_eq(get(&one, NULL).first, "1");
            db_free(db);
            db = NULL;
        }
}

Test(link, endless_notices_do_not_stop_the_loop)
{
    static const char notice[] = "N\0\0\0\x23SNOTICE\0VNOTICE\0C00000\0Mtoo much\0\0";
    int ticks = 0;
    connect_db();
    for (int i = 0; i < 5000; i++)
        relay_say(relay, notice, sizeof notice - 1);
    struct answer answer = {0};
    db_send(db, &one, NULL, answer_take, &answer);
    while (!answer.count) {
        loop_turn(loop, 1000);
        ticks++;
    }
    cr_expect_str_eq(answer.first, "1", "%s", answer.text);
    cr_expect_gt(ticks, 2);
}

/* ---- Ends ---- */

/* How many bytes of answers a session with one query takes. */
static long session_bytes(void)
{
    connect_db();
    cr_expect_str_eq(get(&one, NULL).first, "1");
    long bytes = relay_answered(relay);
    db_free(db);
    db = NULL;
    UNTIL(loop, relay_asked(relay, 'X') == 1);
    return bytes;
}

Test(link, the_end_comes_after_every_byte)
{
    long bytes = session_bytes();
    char *conninfo = relay_conninfo(relay);
    cr_expect_gt(bytes, 100);
    for (long after = 0; after < bytes; after++) {
        struct answer answer = {0};
        relay_cut_after(relay, after);
        db = db_new(loop, conninfo, "centurion test");
        db_open(db);
        db_send(db, &one, NULL, answer_take, &answer);
        UNTIL(loop, db_state(db) == DB_LOST || answer.count);
        cr_expect(answer.count == 0 || answer.status == STATUS_OK, "after %ld bytes: %s", after, answer.text);
        relay_cut_after(relay, -1);
        db_retry(db); /* or else most of the time goes by between tries */
        UNTIL(loop, answer.count);
        cr_expect_eq(answer.count, 1, "after %ld bytes", after);
        cr_expect_eq(answer.status, STATUS_OK, "after %ld bytes: %s", after, answer.text);
        cr_expect_str_eq(answer.first, "1");
        db_free(db);
        db = NULL;
    }
    free(conninfo);
}

Test(link, a_write_is_done_once_or_its_outcome_is_open)
{
    struct db *direct = test_connect(loop, test_server());
    struct rowset *rows = NULL;
    int sure = 0, open_ends = 0;
    cr_assert_eq(db_run_script(direct, "test", "CREATE TABLE public.centurion_test_kept (a int)", &error), STATUS_OK,
                 "%s", error.text);
    static const struct query write = {.name = "write",
                                       .sql = "INSERT INTO public.centurion_test_kept VALUES (1)",
                                       .timeout_ms = 60000,
                                       .write = true};
    static const struct query count = {.name = "count",
                                       .sql = "SELECT count(*)::int AS a FROM public.centurion_test_kept",
                                       .columns = one_int,
                                       .column_count = 1,
                                       .timeout_ms = 60000};
    /* Cut after every byte of the write's answer. */
    for (long after = 1; after <= 60; after++) {
        struct answer answer = {0};
        connect_db();
        long before = relay_answered(relay);
        relay_hold(relay, true);
        db_send(db, &write, NULL, answer_take, &answer);
        int syncs = relay_asked(relay, 'S');
        UNTIL(loop, relay_asked(relay, 'S') > syncs);
        relay_trickle(relay, 1);
        relay_hold(relay, false);
        UNTIL(loop, answer.count || relay_answered(relay) - before >= after);
        relay_cut(relay);
        relay_trickle(relay, 0);
        UNTIL(loop, answer.count);
        cr_expect_eq(answer.count, 1);
        cr_expect(answer.status == STATUS_OK || answer.status == STATUS_NO_CONNECTION, "%s", answer.text);
        sure += answer.status == STATUS_OK;
        open_ends += answer.status == STATUS_NO_CONNECTION;
        db_free(db);
        db = NULL;
    }
    cr_assert_eq(db_run(direct, &count, NULL, &rows, &error), STATUS_OK, "%s", error.text);
    int64_t kept = rowset_int(rows, 0, 0);
    rowset_free(rows);
    cr_expect_gt(sure, 0);
    cr_expect_gt(open_ends, 0);
    cr_expect_geq(kept, sure, "what was confirmed stands");
    cr_expect_leq(kept, sure + open_ends, "nothing was done twice");
    db_run_script(direct, "test", "DROP TABLE public.centurion_test_kept", NULL);
    db_free(direct);
}

/* ---- Servers that freeze, die and come back ---- */

static void tick(void *arg)
{
    int *ticks = arg;
    ++*ticks;
    loop_after(loop, 10, tick, ticks);
}

Test(link, a_frozen_server_keeps_nobody_from_typing)
{
    struct own_server *server = own_server_new(NULL);
    char *conninfo = own_server_conninfo(server, "user=postgres");
    int ticks = 0;
    own_server_signal(server, SIGSTOP);
    /* The kernel takes the connection; nobody answers it. */
    db = db_new(loop, conninfo, "centurion test");
    db_open(db);
    tick(&ticks);
    UNTIL(loop, ticks > 50);
    cr_expect_eq(db_state(db), DB_SIGNING_IN);
    own_server_signal(server, SIGCONT);
    UNTIL(loop, db_state(db) == DB_READY);
    db_close(db);
    own_server_free(server);
    free(conninfo);
}

Test(link, a_killed_server_that_comes_back_is_found_again)
{
    struct own_server *server = own_server_new(NULL);
    char *conninfo = own_server_conninfo(server, "user=postgres");
    struct answer read = {0}, write = {0};
    db = test_connect(loop, conninfo);
    cr_assert_eq(db_run_script(db, "test", "CREATE TABLE public.kept (a int)", &error), STATUS_OK, "%s", error.text);
    db_listen(db, "changes");
    cr_expect_str_eq(get(&one, NULL).first, "1");
    for (int round = 0; round < 2; round++) {
        own_server_kill(server);
        db_send(db, &one, NULL, answer_take, &read);
        UNTIL(loop, db_state(db) == DB_LOST);
        expect_words(db_error(db));
        int64_t last = db_retry_at(db);
        UNTIL(loop, db_state(db) == DB_LOST && db_retry_at(db) > last);
        cr_expect(strstr(db_error(db)->text, "does not answer"), "%s", db_error(db)->text);
        cr_expect_gt(db_waiting_since(db), 0);
        own_server_start(server);
        db_retry(db);
        UNTIL(loop, read.count == round + 1);
        cr_expect_eq(read.status, STATUS_OK, "%s", read.text);
    }
    /* Asked while there is no link: it waits for one. */
    own_server_kill(server);
    UNTIL(loop, db_state(db) == DB_LOST);
    db_send(db, &insert, NULL, answer_take, &write);
    own_server_start(server);
    UNTIL(loop, write.count);
    cr_expect_str_eq(write.sqlstate, "42P01", "without the schema: %s", write.text);
    db_close(db);
    own_server_free(server);
    free(conninfo);
}

/* ---- Memory ---- */

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define ADDRESS_SANITIZER
#endif
#ifndef ADDRESS_SANITIZER /* it takes address space without bounds, and ends the program itself when there is none left */
static const struct query_column one_text[] = {{"a", TYPE_TEXT, true}};
static const struct query repeat = {.name = "repeat",
                                    .sql = "SELECT repeat('x', 1000) AS a FROM generate_series(1, $1)",
                                    .params = one_int,
                                    .param_count = 1,
                                    .columns = one_text,
                                    .column_count = 1,
                                    .timeout_ms = 60000};
static const struct query giant = {.name = "giant",
                                   .sql = "SELECT repeat('x', $1) AS a",
                                   .params = one_int,
                                   .param_count = 1,
                                   .columns = one_text,
                                   .column_count = 1,
                                   .timeout_ms = 60000};

Test(link, no_memory_for_an_answer_is_an_error_of_that_query)
{
    struct rlimit limit;
    struct answer answer;
    db = test_connect(loop, test_server()); /* the relay would hold it all, too */
    cr_expect_str_eq(get(&one, NULL).first, "1");
    FILE *statm = fopen("/proc/self/statm", "r");
    unsigned long pages = 0;
    cr_assert_eq(fscanf(statm, "%lu", &pages), 1);
    fclose(statm);
    cr_assert_eq(getrlimit(RLIMIT_AS, &limit), 0);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = pages * (rlim_t)sysconf(_SC_PAGESIZE) + (48u << 20);
    cr_assert_eq(setrlimit(RLIMIT_AS, &limit), 0);
    answer = get(&repeat, "120000"); /* 120 MB in rows */
    cr_expect_neq(answer.status, STATUS_OK);
    cr_expect_neq(answer.text[0], '\0');
    cr_expect_str_eq(get(&one, NULL).first, "1");
    answer = get(&giant, "120000000"); /* and in one */
    cr_expect_neq(answer.status, STATUS_OK);
    cr_expect_neq(answer.text[0], '\0');
    cr_expect_str_eq(get(&one, NULL).first, "1");
    limit.rlim_cur = before;
    setrlimit(RLIMIT_AS, &limit);
}
#endif
