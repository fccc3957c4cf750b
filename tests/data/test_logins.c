/* Logins on a server with passwords, by real connections: who comes in, whose sessions end, what the server's log holds, and two who
 * remove each other at once. */
#include <criterion/criterion.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/change.h"
#include "centurion/data/migrate.h"
#include "centurion/data/queries.gen.h"
#include "tests/support/link.h"
#include "tests/support/server.h"

static const char hba[] = "local all postgres trust\nlocal all owner trust\nlocal all all scram-sha-256\n";

static struct own_server *server;

static PGconn *open_session(const char *user, const char *password)
{
    char *more = mem_printf("dbname=%s user=%s%s%s application_name=session",
                            strcmp(user, "postgres") == 0 ? "postgres" : "studio", user, password ? " password=" : "",
                            password ? password : "");
    char *conninfo = own_server_conninfo(server, more);
    PGconn *conn = PQconnectdb(conninfo);
    free(conninfo);
    free(more);
    return conn;
}

/* The first cell, or the SQLSTATE; "gone" when the session is. Valid until the next call. */
static const char *ask(PGconn *conn, const char *sql)
{
    static char answer[512];
    PGresult *result = PQexec(conn, sql);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result))
        snprintf(answer, sizeof answer, "%s", PQgetvalue(result, 0, 0));
    else if (PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK)
        answer[0] = '\0';
    else
        snprintf(answer, sizeof answer, "%s", PQstatus(conn) == CONNECTION_BAD ? "gone" : state);
    PQclear(result);
    return answer;
}

static void run(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);
    cr_assert(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, "%s: %s", sql, PQerrorMessage(conn));
    PQclear(result);
}

static PGconn *owner;
static struct loop *loop;
static struct db *db;

/* As the program does: parameters, not text. */
static enum status change(const struct query *query, const char *const *params, struct error *error)
{
    return data_change_run(db, query, params, NULL, error);
}

static void add_login(const char *person, const char *login, const char *password)
{
    struct error error = {0};
    char *verifier = NULL;
    cr_assert_eq(db_scram_verifier(db, login, password, &verifier, &error), STATUS_OK, "%s", error.text);
    const char *const params[] = {person, login, verifier};
    cr_assert_eq(change(&QUERY_LOGIN_CREATE, params, &error), STATUS_OK, "%s", error.text);
    free(verifier);
}

static void make_studio(void)
{
    struct error error = {0};
    int applied;
    server = own_server_new(hba);
    PGconn *postgres = open_session("postgres", NULL);
    run(postgres, "CREATE ROLE owner LOGIN CREATEROLE");
    run(postgres, "CREATE DATABASE studio OWNER owner");
    PQfinish(postgres);
    loop = loop_new();
    char *conninfo = own_server_conninfo(server, "dbname=studio user=owner");
    db = test_connect(loop, conninfo);
    free(conninfo);
    cr_assert_eq(migrate_apply(db, 0, true, NULL, NULL, &applied, &error), STATUS_OK, "%s", error.text);
    owner = open_session("owner", NULL);
    run(owner, "INSERT INTO public.users (id, name, email, role) VALUES (1, 'One', 'one@example.org', 'ADMIN'),"
               " (2, 'Two', 'two@example.org', 'ADMIN'), (3, 'Three', 'three@example.org', 'COACH')");
    add_login("1", "one", "first");
    add_login("2", "two", "second");
    add_login("3", "three", "third");
}

static void drop_studio(void)
{
    PQfinish(owner);
    db_free(db);
    loop_free(loop);
    own_server_free(server);
}

TestSuite(logins, .init = make_studio, .fini = drop_studio, .timeout = 120);

static const char whoami[] = "SELECT concat_ws(' ', user_id, role) FROM centurion.whoami()";

/* A session that was told to end does so in its own time, and says so when it is asked the next time. */
static void expect_ended(PGconn *conn, const char *login)
{
    char *sql = mem_printf("SELECT count(*) FROM pg_stat_activity WHERE usename = '%s'", login);
    for (int i = 0; i < 500 && strcmp(ask(owner, sql), "0") != 0; i++)
        usleep(10000);
    cr_expect_str_eq(ask(owner, sql), "0", "%s still has a session", login);
    free(sql);
    cr_expect_str_eq(ask(conn, "SELECT 1"), "gone");
    PQfinish(conn);
}

static void expect_refused(const char *user, const char *password)
{
    PGconn *conn = open_session(user, password);
    cr_expect_eq(PQstatus(conn), CONNECTION_BAD, "%s comes in with %s", user, password);
    PQfinish(conn);
}

static void expect_in(const char *user, const char *password, const char *who)
{
    PGconn *conn = open_session(user, password);
    cr_expect_str_eq(ask(conn, whoami), who, "%s", PQerrorMessage(conn));
    PQfinish(conn);
}

Test(logins, come_in_by_their_password_while_they_are_enabled)
{
    struct error error = {0};
    char *verifier;
    const char *const three[] = {"three"};
    expect_in("three", "third", "3 COACH");
    expect_refused("three", "wrong");
    PGconn *open = open_session("three", "third"), *idle = open_session("three", "third");
    /* One of them has a snapshot of before, which would go on showing what it was. */
    run(idle, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    cr_expect_str_eq(ask(idle, whoami), "3 COACH");
    cr_assert_eq(change(&QUERY_LOGIN_DISABLE, three, &error), STATUS_OK, "%s", error.text);
    expect_ended(open, "three");
    expect_ended(idle, "three");
    expect_refused("three", "third");
    cr_assert_eq(change(&QUERY_LOGIN_ENABLE, three, &error), STATUS_OK, "%s", error.text);
    expect_in("three", "third", "3 COACH");
    cr_assert_eq(db_scram_verifier(db, "three", "anew", &verifier, &error), STATUS_OK, "%s", error.text);
    cr_assert_eq(change(&QUERY_LOGIN_SET_PASSWORD, ((const char *const[]){"three", verifier}), &error), STATUS_OK, "%s",
                 error.text);
    free(verifier);
    expect_in("three", "anew", "3 COACH");
    expect_refused("three", "third");
}

Test(logins, lose_their_rights_with_the_row_of_their_person)
{
    PGconn *open = open_session("two", "second"), *idle = open_session("two", "second");
    run(idle, "BEGIN");
    cr_expect_str_eq(ask(idle, "SELECT count(*) FROM centurion.user_list(NULL, true)"), "3");
    cr_expect_str_eq(ask(open, "SELECT count(*) FROM centurion.user_list(NULL, true)"), "3");
    run(owner, "UPDATE public.users SET role = 'CLIENT' WHERE id = 2");
    expect_ended(open, "two");
    expect_ended(idle, "two");
    open = open_session("two", "second");
    cr_expect_str_eq(ask(open, whoami), "2 CLIENT");
    cr_expect_str_eq(ask(open, "SELECT count(*) FROM centurion.user_list(NULL, true)"), "42501");
    /* What is taken back ends nobody's session. */
    run(owner, "BEGIN");
    run(owner, "UPDATE public.users SET \"deletedAt\" = now() WHERE id = 2");
    run(owner, "ROLLBACK");
    cr_expect_str_eq(ask(open, whoami), "2 CLIENT");
    run(owner, "UPDATE public.users SET \"deletedAt\" = now() WHERE id = 2");
    expect_ended(open, "two");
    expect_refused("two", "second");
    run(owner, "UPDATE public.users SET \"deletedAt\" = NULL WHERE id = 2");
    open = open_session("two", "second");
    cr_expect_str_eq(ask(open, whoami), "2 CLIENT");
    run(owner, "DELETE FROM public.users WHERE id = 2");
    expect_ended(open, "two");
    expect_refused("two", "second");
}

Test(logins, are_no_obstacle_when_their_session_holds_the_row)
{
    struct error error = {0};
    char version[16];
    PGconn *holder = open_session("three", "third");
    run(holder, "BEGIN");
    cr_expect_str_eq(ask(holder, "SELECT outcome FROM centurion.user_save(gen_random_uuid(), 3, (SELECT version FROM "
                                 "centurion.user_show(3)), '{\"name\": \"Held\"}')"),
                     "saved");
    snprintf(version, sizeof version, "%s", ask(owner, "SELECT version FROM centurion.user_show(3)"));
    cr_assert_eq(change(&QUERY_USER_SET_ROLE, ((const char *const[]){"3", version, "CLIENT"}), &error), STATUS_OK, "%s",
                 error.text);
    expect_ended(holder, "three");
    cr_expect_str_eq(ask(owner, "SELECT concat_ws(' ', name, role) FROM public.users WHERE id = 3"), "Three CLIENT");
}

/* Since PostgreSQL 16 nobody changes a role that somebody else made; before, none that may replicate. The rights go all the same, and
 * what the web application does is not refused. */
Test(logins, that_the_server_does_not_let_go_have_no_rights)
{
    PGconn *postgres = open_session("postgres", NULL);
    run(postgres, "CREATE ROLE made_by_hand LOGIN REPLICATION PASSWORD 'byhand'");
    run(owner, "INSERT INTO public.users (id, name, email, role) VALUES (4, 'Four', 'four@example.org', 'COACH')");
    run(owner, "INSERT INTO centurion.logins VALUES ('made_by_hand', 4, 'COACH')");
    expect_in("made_by_hand", "byhand", "4 COACH");
    PGconn *open = open_session("made_by_hand", "byhand");
    cr_expect_str_eq(ask(open, whoami), "4 COACH");
    run(owner, "UPDATE public.users SET \"deletedAt\" = now() WHERE id = 4");
    cr_expect_str_neq(ask(open, "SELECT count(*) FROM centurion.review_queue(centurion.today())"), "0");
    cr_expect_str_neq(ask(open, whoami), "4 COACH");
    PQfinish(open);
    PQfinish(postgres);
}

static bool log_holds(const char *words)
{
    char *path = mem_printf("%s/server.log", own_server_folder(server)), *line = NULL;
    FILE *file = fopen(path, "r");
    size_t size = 0;
    bool found = false;
    cr_assert(file, "%s", path);
    while (!found && getline(&line, &size, file) > 0)
        found = strstr(line, words) != NULL;
    fclose(file);
    free(line);
    free(path);
    return found;
}

Test(logins, leave_no_verifier_in_the_log)
{
    struct error error = {0};
    char *verifier;
    PGconn *postgres = open_session("postgres", NULL);
    run(postgres, "ALTER SYSTEM SET log_min_messages = 'debug1'");
    run(postgres, "ALTER SYSTEM SET log_min_error_statement = 'debug1'");
    run(postgres, "ALTER SYSTEM SET log_error_verbosity = 'verbose'");
    run(postgres, "SELECT pg_reload_conf()");
    while (strcmp(ask(postgres, "SHOW log_min_messages"), "debug1") != 0)
        usleep(10000);
    db_close(db); /* a session of its own, with these settings */
    db_open(db);
    cr_assert_eq(db_wait_ready(db, 30000, &error), STATUS_OK, "%s", error.text);
    /* A role whose password the registrar may not set: the statement that carries the verifier fails. */
    run(postgres, "CREATE ROLE made_by_hand LOGIN REPLICATION");
    run(owner, "INSERT INTO public.users (id, name, email, role) VALUES (4, 'Four', 'four@example.org', 'COACH')");
    run(owner, "INSERT INTO centurion.logins VALUES ('made_by_hand', 4, 'COACH')");
    cr_assert_eq(db_scram_verifier(db, "made_by_hand", "in the log", &verifier, &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(change(&QUERY_LOGIN_SET_PASSWORD, ((const char *const[]){"made_by_hand", verifier}), &error),
                 STATUS_DENIED);
    cr_expect(strstr(error.text, "does not take a password for \"made_by_hand\""), "%s", error.text);
    cr_expect_null(strstr(error.text, verifier));
    /* A name that is taken, one that is none, a verifier that is none. */
    cr_expect_eq(change(&QUERY_LOGIN_CREATE, ((const char *const[]){"4", "one", verifier}), &error), STATUS_FAILED);
    cr_expect_eq(change(&QUERY_LOGIN_CREATE, ((const char *const[]){"4", "x'; --", verifier}), &error), STATUS_FAILED);
    char *longer = mem_printf("%s'", verifier);
    cr_expect_eq(change(&QUERY_LOGIN_SET_PASSWORD, ((const char *const[]){"one", longer}), &error), STATUS_FAILED);
    free(longer);
    cr_assert_eq(change(&QUERY_LOGIN_SET_PASSWORD, ((const char *const[]){"one", verifier}), &error), STATUS_OK, "%s",
                 error.text);
    cr_expect(log_holds("does not take a password for \"made_by_hand\""), "the log has what failed");
    cr_expect_not(log_holds("SCRAM-SHA-256$4096:"), "and no verifier");
    cr_expect_not(log_holds(strchr(verifier, ':') + 1), "nor a part of one");
    free(verifier);
    PQfinish(postgres);
}

/* Waits until a statement of this session waits for a lock. */
static void until_waiting(PGconn *conn)
{
    char *sql = mem_printf("SELECT count(*) FROM pg_stat_activity WHERE pid = %d AND wait_event_type = 'Lock'",
                           PQbackendPID(conn));
    PGconn *postgres = open_session("postgres", NULL);
    while (strcmp(ask(postgres, sql), "1") != 0)
        usleep(10000);
    PQfinish(postgres);
    free(sql);
}

static char *demote(PGconn *conn, int person)
{
    char *version = mem_printf("SELECT version FROM centurion.user_show(%d)", person);
    char *sql = mem_printf("SELECT outcome FROM centurion.user_set_role(gen_random_uuid(), %d, '%s', 'COACH')", person,
                           ask(conn, version));
    free(version);
    return sql;
}

static const char *finish(PGconn *conn)
{
    static char state[8];
    PGresult *result;
    state[0] = '\0';
    while ((result = PQgetResult(conn))) {
        const char *error = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        if (error)
            snprintf(state, sizeof state, "%s", error);
        PQclear(result);
    }
    return state;
}

static void both_at_once(const char *begin)
{
    PGconn *other = open_session("owner", NULL);
    char *first, *second;
    run(owner, begin);
    run(other, begin);
    first = demote(owner, 1);
    second = demote(other, 2);
    cr_expect_str_eq(ask(owner, first), "saved", "%s", PQerrorMessage(owner));
    cr_assert(PQsendQuery(other, second));
    until_waiting(other);
    run(owner, "COMMIT");
    const char *state = finish(other);
    cr_expect(strcmp(state, "55000") == 0 || strcmp(state, "40001") == 0, "\"%s\"", state);
    run(other, "COMMIT");
    cr_expect_str_eq(ask(owner, "SELECT string_agg(id::text, ' ') FROM public.users WHERE role = 'ADMIN'"), "2");
    free(first);
    free(second);
    PQfinish(other);
}

Test(logins, of_the_last_administrator_stays_when_two_are_demoted_at_once)
{
    both_at_once("BEGIN");
}

Test(logins, of_the_last_administrator_stays_when_both_saw_the_other)
{
    both_at_once("BEGIN ISOLATION LEVEL REPEATABLE READ");
}

Test(logins, of_two_who_demote_each_other_the_first_one_stays)
{
    PGconn *one = open_session("one", "first"), *two = open_session("two", "second");
    run(one, "BEGIN");
    run(two, "BEGIN");
    char *of_two = demote(one, 2), *of_one = demote(two, 1);
    /* The sessions of whoever is demoted end before anything is waited for. */
    cr_expect_str_eq(ask(one, of_two), "saved", "%s", PQerrorMessage(one));
    cr_expect_str_eq(ask(two, of_one), "gone");
    run(one, "COMMIT");
    cr_expect_str_eq(ask(owner, "SELECT string_agg(id::text, ' ') FROM public.users WHERE role = 'ADMIN'"), "1");
    free(of_two);
    free(of_one);
    PQfinish(one);
    PQfinish(two);
}
