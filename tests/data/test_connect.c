/* Getting a connection: settings, names, several hosts, passwords, refusals. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "tests/support/link.h"
#include "tests/support/server.h"

static struct loop *loop;
static struct db *db;
static struct error error;

static void make_loop(void)
{
    loop = loop_new();
    error_clear(&error);
}

static void free_loop(void)
{
    db_free(db);
    loop_free(loop);
}

TestSuite(connect, .init = make_loop, .fini = free_loop, .timeout = 120);

static enum status try_connect(const char *conninfo)
{
    db_free(db);
    db = db_new(loop, conninfo, "centurion test");
    db_open(db);
    error_clear(&error);
    return db_wait_ready(db, 30000, &error);
}

/* The shared server with other settings laid over it. */
static enum status try_with(const char *keyword, const char *value)
{
    const char *pairs[] = {keyword, value, NULL};
    char *conninfo = db_conninfo_with(test_server(), pairs, &error);
    cr_assert(conninfo, "%s", error.text);
    enum status status = try_connect(conninfo);
    free(conninfo);
    return status;
}

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

static bool was(const struct states *states, enum db_state state)
{
    for (int i = 0; i < states->count; i++)
        if (states->list[i] == state)
            return true;
    return false;
}

static char *server_folder(void)
{
    char folder[128];
    cr_assert_eq(sscanf(test_server(), "host=%127s", folder), 1);
    return mem_strdup(folder);
}

Test(connect, nothing_happens_before_it_is_asked_for)
{
    db = db_new(loop, test_server(), "centurion test");
    loop_turn(loop, 0);
    cr_expect_eq(db_state(db), DB_IDLE);
    cr_expect_str_eq(db_user(db), "");
    cr_expect_eq(db_server_version(db), 0);
    db_retry(db);
    db_password(db, "nobody asked");
    loop_turn(loop, 0);
    cr_expect_eq(db_state(db), DB_IDLE);
}

Test(connect, says_where_and_as_whom)
{
    char *folder = server_folder(), *where = mem_printf("%s/postgres", folder);
    cr_expect_eq(try_connect(test_server()), STATUS_OK, "%s", error.text);
    cr_expect_str_eq(db_where(db), where);
    cr_expect_str_eq(db_user(db), "postgres");
    cr_expect_geq(db_server_version(db), 150000);
    cr_expect_gt(db_last_answer_at(db), 0);
    free(where);
    free(folder);
}

Test(connect, takes_settings_from_everywhere)
{
    char *folder = server_folder(), *uri = mem_printf("postgresql:///postgres?host=%s&user=postgres", folder);
    cr_expect_eq(try_connect(uri), STATUS_OK, "%s", error.text);
    setenv("PGHOST", folder, 1);
    setenv("PGUSER", "postgres", 1);
    setenv("PGDATABASE", "postgres", 1);
    cr_expect_eq(try_connect(""), STATUS_OK, "%s", error.text);
    cr_expect_eq(try_connect("template1"), STATUS_OK, "%s", error.text);
    cr_expect(strstr(db_where(db), "/template1"), "%s", db_where(db));
    unsetenv("PGHOST");
    unsetenv("PGUSER");
    char path[] = "/tmp/centurion-service.XXXXXX";
    int fd = mkstemp(path);
    dprintf(fd, "[studio]\nhost=%s\nuser=postgres\ndbname=template1\n", folder);
    close(fd);
    setenv("PGSERVICEFILE", path, 1);
    cr_expect_eq(try_connect("service=studio"), STATUS_OK, "%s", error.text);
    cr_expect(strstr(db_where(db), "/template1"), "%s", db_where(db));
    unlink(path);
    free(uri);
    free(folder);
}

Test(connect, bad_settings_are_refused_for_good)
{
    static const char *const bad[] = {"service=no_such_service",    "sslmode=perhaps", "colour=red",
                                      "host=a,b,c port=1,2",        "host='",          "postgresql://[::1",
                                      "host=a,b hostaddr=127.0.0.1"};
    setenv("PGSERVICEFILE", "/dev/null", 1);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cr_expect_eq(try_connect(bad[i]), STATUS_USAGE, "%s: %s", bad[i], error.text);
        cr_expect_eq(db_state(db), DB_REFUSED, "%s", bad[i]);
        cr_expect_neq(error.hint[0], '\0');
    }
}

Test(connect, what_libpq_thinks_does_not_go_to_the_screen)
{
    char path[] = "/tmp/centurion-pgpass.XXXXXX", words[64];
    int file = mkstemp(path), before = dup(STDERR_FILENO), ends[2];
    cr_assert_eq(fchmod(file, 0644), 0); /* others may read it: libpq warns */
    setenv("PGPASSFILE", path, 1);
    cr_assert_eq(pipe2(ends, O_NONBLOCK), 0);
    dup2(ends[1], STDERR_FILENO);
    enum status status = try_connect(test_server());
    dup2(before, STDERR_FILENO);
    cr_expect_eq(status, STATUS_OK, "%s", error.text);
    cr_expect_lt(read(ends[0], words, sizeof words), 0, "%.60s", words);
    close(ends[0]);
    close(ends[1]);
    close(before);
    close(file);
    unlink(path);
}

Test(connect, nobody_there)
{
    struct states states = {0};
    db = db_new(loop, "host=/tmp/centurion-no-such-folder user=joe dbname=d", "centurion test");
    db_on_state(db, note_state, &states);
    db_open(db);
    cr_expect_eq(db_wait_ready(db, 30000, &error), STATUS_NO_CONNECTION);
    cr_expect_eq(db_state(db), DB_LOST);
    cr_expect_str_eq(
        error.text,
        "The server at /tmp/centurion-no-such-folder/.s.PGSQL.5432 does not answer: No such file or directory.");
    cr_expect(strstr(error.hint, "centurion server start"), "%s", error.hint);
    cr_expect_str_eq(db_where(db), "/tmp/centurion-no-such-folder/d");
    cr_expect_str_eq(db_user(db), "joe");
    /* Tried again, ever less often. */
    int64_t first = db_retry_at(db);
    cr_expect_leq(first - loop_now(loop), DB_BACKOFF_FIRST_MS);
    UNTIL(loop, db_retry_at(db) > first);
    int64_t second = db_retry_at(db);
    cr_expect_geq(second - first, 2 * DB_BACKOFF_FIRST_MS);
    UNTIL(loop, db_retry_at(db) > second);
    cr_expect_geq(db_retry_at(db) - second, 4 * DB_BACKOFF_FIRST_MS);
    db_retry(db);
    UNTIL(loop, db_state(db) == DB_LOST);
    db_close(db);
    loop_turn(loop, 0);
    cr_expect_eq(db_state(db), DB_IDLE);
    cr_expect(was(&states, DB_CONNECTING) && was(&states, DB_LOST) && was(&states, DB_IDLE));
}

Test(connect, a_name_that_is_none)
{
    struct states states = {0};
    db = db_new(loop, "host=no-such-host.invalid user=joe", "centurion test");
    db_on_state(db, note_state, &states);
    db_open(db);
    cr_expect_eq(db_wait_ready(db, 30000, &error), STATUS_NO_CONNECTION);
    loop_turn(loop, 0);
    cr_expect(was(&states, DB_RESOLVING) && was(&states, DB_LOST));
    cr_expect(strstr(error.text, "The host \"no-such-host.invalid\" was not found"), "%s", error.text);
}

Test(connect, refusals_are_told_apart)
{
    cr_expect_eq(try_with("dbname", "no_such_database"), STATUS_NO_CONNECTION);
    cr_expect_eq(db_state(db), DB_REFUSED);
    cr_expect(strstr(error.text, "has no such database"), "%s", error.text);
    cr_expect_eq(try_with("user", "no_such_login"), STATUS_DENIED);
    cr_expect_eq(db_state(db), DB_REFUSED);
    cr_expect(strstr(error.text, "\"no_such_login\""), "%s", error.text);
    cr_expect_eq(try_with("options", "-c no_such_setting=1"), STATUS_NO_CONNECTION);
    cr_expect_eq(db_state(db), DB_REFUSED);
    cr_expect_eq(try_with("target_session_attrs", "standby"), STATUS_NO_CONNECTION);
    cr_expect(strstr(error.text, "standby"), "%s", error.text);
    /* Refused for good: what is asked is answered at once. */
    cr_expect_eq(try_with("dbname", "no_such_database"), STATUS_NO_CONNECTION);
    struct answer answer = {0};
    static const struct query one = {.name = "one", .sql = "SELECT 1 AS a", .column_count = 1, .timeout_ms = 1000};
    db_send(db, &one, NULL, answer_take, &answer);
    cr_expect_eq(answer.count, 0);
    UNTIL(loop, answer.count);
    cr_expect_str_eq(answer.text, error.text);
    db_retry(db);
    loop_turn(loop, 0);
    UNTIL(loop, db_state(db) == DB_REFUSED);
}

Test(connect, of_several_hosts_the_first_that_answers)
{
    char *folder = server_folder();
    char *conninfo =
        mem_printf("host=/tmp/centurion-no-such-folder,no-such-host.invalid,%s user=postgres dbname=postgres "
                   "target_session_attrs=read-write",
                   folder);
    cr_expect_eq(try_connect(conninfo), STATUS_OK, "%s", error.text);
    cr_expect(strstr(db_where(db), folder) == db_where(db), "%s", db_where(db));
    free(conninfo);
    free(folder);
}

Test(connect, a_host_that_swallows_everything_is_passed_over)
{
    struct relay *relay = relay_new(loop);
    char *folder = server_folder(), *dead = relay_conninfo(relay), relay_folder[128];
    relay_hold(relay, true);
    cr_assert_eq(sscanf(dead, "host=%127s", relay_folder), 1);
    char *both = mem_printf("host=%s,%s user=postgres dbname=postgres connect_timeout=1", relay_folder, folder);
    char *alone = mem_printf("host=%s user=postgres dbname=postgres connect_timeout=1", relay_folder);
    cr_expect_eq(try_connect(both), STATUS_OK, "%s", error.text);
    cr_expect(strstr(db_where(db), folder) == db_where(db), "%s", db_where(db));
    cr_expect_eq(relay_accepted(relay), 1);
    cr_expect_eq(try_connect(alone), STATUS_NO_CONNECTION);
    cr_expect_eq(db_state(db), DB_LOST);
    cr_expect(strstr(error.text, "took longer than 1 s"), "%s", error.text);
    relay_hold(relay, false);
    UNTIL(loop, db_state(db) == DB_READY);
    relay_free(relay);
    free(both);
    free(alone);
    free(dead);
    free(folder);
}

Test(connect, names_are_looked_up_beside_the_loop)
{
    struct own_server *server = own_server_new(NULL);
    struct states states = {0};
    char *conninfo = mem_printf("host=localhost port=%d user=postgres dbname=postgres", own_server_port(server));
    char *where = mem_printf("localhost:%d/postgres", own_server_port(server));
    db = db_new(loop, conninfo, "centurion test");
    db_on_state(db, note_state, &states);
    db_open(db);
    cr_expect_eq(db_wait_ready(db, 30000, &error), STATUS_OK, "%s", error.text);
    loop_turn(loop, 0);
    cr_expect(was(&states, DB_RESOLVING));
    cr_expect_str_eq(db_where(db), where);
    free(conninfo);
    conninfo = mem_printf("hostaddr=127.0.0.1 host=no-such-host.invalid port=%d user=postgres dbname=postgres",
                          own_server_port(server));
    cr_expect_eq(try_connect(conninfo), STATUS_OK, "%s", error.text);
    free(conninfo);
    conninfo = mem_printf("postgresql://postgres@127.0.0.1:%d/postgres", own_server_port(server));
    cr_expect_eq(try_connect(conninfo), STATUS_OK, "%s", error.text);
    char *secure = mem_printf("%s?sslmode=require", conninfo);
    cr_expect_eq(try_connect(secure), STATUS_NO_CONNECTION);
    cr_expect(strstr(error.text, "There is no secure connection"), "%s", error.text);
    free(secure);
    cr_expect_eq(try_connect(conninfo), STATUS_OK, "%s", error.text);
    own_server_kill(server);
    UNTIL(loop, db_state(db) == DB_LOST);
    cr_expect_eq(try_connect(conninfo), STATUS_NO_CONNECTION);
    cr_expect(strstr(error.text, "does not answer: Connection refused"), "%s", error.text);
    own_server_free(server);
    free(conninfo);
    free(where);
}

static void run_as_postgres(const struct own_server *server, const char *sql)
{
    char *conninfo = own_server_conninfo(server, "user=postgres");
    struct db *admin = test_connect(loop, conninfo);
    cr_assert_eq(db_run_script(admin, "test", sql, &error), STATUS_OK, "%s", error.text);
    db_free(admin);
    free(conninfo);
}

static const char with_passwords[] = "local all postgres trust\nlocal all md5_coach md5\nlocal all locked_out reject\n"
                                     "local all all scram-sha-256\n";

/* A secret that the test does not hold itself but while it hands it over. */
enum { SECRET = 20 };

static char secret_letter(int at)
{
    return (char)('a' + (at * 7 + 3) % 26);
}

static void make_secret(char out[SECRET + 1])
{
    for (int i = 0; i < SECRET; i++)
        out[i] = secret_letter(i);
    out[SECRET] = '\0';
}

static bool holds_secret(const char *bytes, size_t size)
{
    for (size_t at = 0; at + SECRET <= size; at++) {
        int same = 0;
        while (same < SECRET && bytes[at + (size_t)same] == secret_letter(same))
            same++;
        if (same == SECRET)
            return true;
    }
    return false;
}

/* Looks through everything that this process can write to, but its stack and what is too big to be ours. */
static bool secret_in_memory(void)
{
    static char bytes[65536];
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "r");
    int memory = open("/proc/self/mem", O_RDONLY);
    bool found = false;
    while (!found && fgets(line, sizeof line, maps)) {
        unsigned long from, to;
        char rights[8];
        if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) != 3 || strncmp(rights, "rw", 2) != 0 ||
            strstr(line, "[stack]") || to - from > (256ul << 20))
            continue;
        for (; from < to && !found; from += sizeof bytes - SECRET) {
            size_t size = to - from < sizeof bytes ? to - from : sizeof bytes;
            ssize_t got = pread(memory, bytes, size, (off_t)from);
            found = got > 0 && holds_secret(bytes, (size_t)got);
            explicit_bzero(bytes, sizeof bytes);
        }
    }
    close(memory);
    fclose(maps);
    return found;
}

Test(connect, a_verifier_is_as_good_as_the_password)
{
    struct own_server *server = own_server_new(with_passwords);
    char *conninfo = own_server_conninfo(server, "user=postgres"), *verifier, *other;
    struct db *admin = test_connect(loop, conninfo);
    setenv("PGPASSFILE", "/tmp/centurion-no-such-folder/pgpass", 1);
    free(conninfo);
    static const struct query one = {.name = "one", .sql = "SELECT 1 AS a", .timeout_ms = 10000};
    /* Made while something else is under way, which it does not disturb, and asking nobody. */
    struct answer answer = {0};
    db_send(admin, &one, NULL, answer_take, &answer);
    loop_turn(loop, 0);
    int64_t sent = db_sent_count(admin);
    cr_assert_eq(db_scram_verifier(admin, "zoe", "Zoë's \xF0\x9F\x92\xAA sesame", &verifier, &error), STATUS_OK, "%s",
                 error.text);
    cr_assert_eq(db_scram_verifier(admin, "zoe", "Zoë's \xF0\x9F\x92\xAA sesame", &other, &error), STATUS_OK);
    mem_wipe(other, strlen(other));
    free(other);
    cr_expect_eq(db_sent_count(admin), sent);
    UNTIL(loop, answer.count);
    cr_expect_str_eq(answer.first, "1", "%s", answer.text);
    cr_expect_eq(strncmp(verifier, "SCRAM-SHA-256$4096:", 19), 0, "%s", verifier);
    cr_expect_null(strstr(verifier, "sesame"));
    char *sql = mem_printf("CREATE ROLE zoe LOGIN PASSWORD '%s'", verifier);
    cr_assert_eq(db_run_script(admin, "test", sql, &error), STATUS_OK, "%s", error.text);
    free(sql);
    conninfo = own_server_conninfo(server, "user=zoe");
    db = db_new(loop, conninfo, "centurion test");
    db_open(db);
    UNTIL(loop, db_state(db) == DB_PASSWORD);
    cr_expect_eq(db_scram_verifier(db, "zoe", "x", &other, &error), STATUS_NO_CONNECTION);
    cr_expect_null(other);
    db_password(db, "Zoë's sesame");
    UNTIL(loop, db_state(db) != DB_PASSWORD);
    UNTIL(loop, db_state(db) == DB_PASSWORD);
    db_password(db, "Zoë's \xF0\x9F\x92\xAA sesame");
    UNTIL(loop, db_state(db) == DB_READY);
    cr_expect_eq(db_scram_verifier(db, "zoe", "", &other, &error), STATUS_USAGE);
    cr_expect_null(other);
    db_free(db);
    db = NULL;
    db_free(admin);
    mem_wipe(verifier, strlen(verifier));
    free(verifier);
    own_server_free(server);
    free(conninfo);
}

Test(connect, passwords)
{
    struct own_server *server = own_server_new(with_passwords);
    struct states states = {0};
    char *conninfo = own_server_conninfo(server, "user=coach");
    run_as_postgres(server, "CREATE ROLE coach LOGIN PASSWORD 'sesame, open!'; SET password_encryption = md5; "
                            "CREATE ROLE md5_coach LOGIN PASSWORD 'old ways'; CREATE ROLE locked_out LOGIN");
    setenv("PGPASSFILE", "/tmp/centurion-no-such-folder/pgpass", 1);
    db = db_new(loop, conninfo, "centurion test");
    db_on_state(db, note_state, &states);
    db_open(db);
    /* Asked for. */
    cr_expect_eq(db_wait_ready(db, 30000, &error), STATUS_DENIED);
    cr_expect_eq(db_state(db), DB_PASSWORD);
    cr_expect(strstr(error.text, "wants the password of \"coach\""), "%s", error.text);
    cr_expect(strstr(error.hint, ".pgpass"), "%s", error.hint);
    /* Wrong: asked for again, with the error. */
    db_password(db, "wrong");
    UNTIL(loop, db_state(db) != DB_PASSWORD);
    UNTIL(loop, db_state(db) == DB_PASSWORD);
    cr_expect(strstr(db_error(db)->text, "did not accept the password"), "%s", db_error(db)->text);
    cr_expect_eq(db_error(db)->status, STATUS_DENIED);
    /* Right. */
    char *typed = mem_printf("%s, open!", "sesame");
    db_password(db, typed);
    explicit_bzero(typed, strlen(typed));
    free(typed);
    UNTIL(loop, db_state(db) == DB_READY);
    loop_turn(loop, 0);
    cr_expect(was(&states, DB_PASSWORD) && was(&states, DB_SIGNING_IN) && was(&states, DB_READY));
    /* A link that breaks comes back without asking. */
    run_as_postgres(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'coach'");
    UNTIL(loop, db_state(db) == DB_LOST);
    states.count = 0;
    UNTIL(loop, db_state(db) == DB_READY);
    cr_expect_not(was(&states, DB_PASSWORD));
    /* Closed: forgotten. */
    db_close(db);
    db_open(db);
    cr_expect_eq(db_wait_ready(db, 30000, &error), STATUS_DENIED);
    cr_expect_eq(db_state(db), DB_PASSWORD);
    /* Changed while the link was up: asked for again once it breaks. */
    db_password(db, "sesame, open!");
    UNTIL(loop, db_state(db) == DB_READY);
    run_as_postgres(server, "ALTER ROLE coach PASSWORD 'changed'; SELECT pg_terminate_backend(pid) FROM "
                            "pg_stat_activity WHERE usename = 'coach'");
    UNTIL(loop, db_state(db) == DB_PASSWORD);
    free(conninfo);
    /* One that was given with the settings and is wrong is asked for too. */
    conninfo = own_server_conninfo(server, "user=md5_coach password=wrong");
    cr_expect_eq(try_connect(conninfo), STATUS_DENIED);
    cr_expect_eq(db_state(db), DB_PASSWORD);
    db_password(db, "old ways");
    UNTIL(loop, db_state(db) == DB_READY);
    free(conninfo);
    conninfo = own_server_conninfo(server, "user=locked_out");
    cr_expect_eq(try_connect(conninfo), STATUS_DENIED);
    cr_expect_eq(db_state(db), DB_REFUSED);
    cr_expect(strstr(error.text, "does not let this login in"), "%s", error.text);
    own_server_free(server);
    free(conninfo);
}

Test(connect, a_password_is_wiped)
{
    struct own_server *server = own_server_new(with_passwords);
    char *conninfo = own_server_conninfo(server, "user=coach"), *secret = mem_alloc(SECRET + 1);
    db = db_new(loop, conninfo, "centurion test");
    db_open(db);
    cr_expect_eq(db_wait_ready(db, 30000, &error), STATUS_DENIED);
    cr_expect_not(secret_in_memory());
    make_secret(secret);
    cr_expect(secret_in_memory(), "the test sees what it looks for");
    db_password(db, secret);
    explicit_bzero(secret, SECRET);
    cr_expect(secret_in_memory(), "the copy for the attempt");
    UNTIL(loop, db_state(db) != DB_PASSWORD);
    UNTIL(loop, db_state(db) == DB_PASSWORD);
    /* Our copies are wiped; libpq frees one of its own as it is, and valgrind keeps what is freed. */
    const char *preloaded = getenv("LD_PRELOAD");
    cr_expect_not(secret_in_memory() && !(preloaded && strstr(preloaded, "vgpreload")));
    own_server_free(server);
    free(conninfo);
    free(secret);
}

Test(connect, a_full_or_starting_server_is_tried_again)
{
    struct own_server *server = own_server_new(NULL);
    struct db *others[10];
    char *conninfo = own_server_conninfo(server, "user=postgres"), *coach = own_server_conninfo(server, "user=coach");
    run_as_postgres(server, "CREATE ROLE coach LOGIN");
    for (int i = 0; i < 10; i++)
        others[i] = test_connect(loop, conninfo);
    db = db_new(loop, coach, "centurion test");
    db_open(db);
    UNTIL(loop, db_state(db) == DB_LOST);
    cr_expect(strstr(db_error(db)->text, "has no connection left"), "%s", db_error(db)->text);
    for (int i = 0; i < 10; i++)
        db_free(others[i]);
    cr_expect_eq(db_wait_ready(db, 30000, &error), STATUS_OK, "%s", error.text);
    own_server_free(server);
    free(conninfo);
    free(coach);
}
