/* From settings to a session: what libpq makes of the conninfo, the look-up of names, PQconnectPoll(). */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#include "centurion/base/log.h"
#include "centurion/base/mem.h"
#include "db_private.h"

/* Every session of ours reads and writes values the same way, whatever the server's or the role's defaults are. No name is looked
 * up in a schema that others can write to. Plans of short interactive queries are not worth compiling. */
static const char session_options[] =
    "-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=iso_8601 -c extra_float_digits=1 "
    "-c bytea_output=hex -c search_path=pg_catalog,pg_temp -c jit=off "
    "-c lock_timeout=0 -c client_min_messages=notice";

#define DEFAULT_PORT "5432"

/* ---- Settings ---- */

static void free_endpoints(struct db *db)
{
    for (int i = 0; i < db->endpoint_count; i++) {
        free(db->endpoints[i].host);
        free(db->endpoints[i].hostaddr);
        free(db->endpoints[i].port);
    }
    free(db->endpoints);
    db->endpoints = NULL;
    db->endpoint_count = db->endpoint_first = db->endpoint_now = 0;
}

void db_forget_target(struct db *db)
{
    free_endpoints(db);
    free(db->user);
    free(db->database);
    free(db->where);
    free(db->place);
    free(db->options);
    db->user = db->database = db->where = db->place = db->options = NULL;
}

static void add_endpoint(struct db *db, const char *host, const char *hostaddr, const char *port)
{
    db->endpoints = mem_resize(db->endpoints, (size_t)db->endpoint_count + 1, sizeof *db->endpoints);
    db->endpoints[db->endpoint_count++] = (struct endpoint){mem_strdup(host), mem_strdup(hostaddr), mem_strdup(port)};
}

static int count_items(const char *list)
{
    int count = 1;
    for (; *list; list++)
        count += *list == ',';
    return count;
}

/* Item number index of a comma-separated list; of a list of one every index is that one, as libpq does with ports. Heap. */
static char *item(const char *list, int index)
{
    if (count_items(list) == 1)
        index = 0;
    for (; index > 0; index--)
        list = strchr(list, ',') + 1;
    return mem_strndup(list, strcspn(list, ","));
}

static const char *value(const PQconninfoOption *options, const char *keyword)
{
    for (; options && options->keyword; options++)
        if (strcmp(options->keyword, keyword) == 0)
            return options->val ? options->val : "";
    return "";
}

/* Where, for people and for errors: the socket's file or host:port, and with the database. */
static void set_place(struct db *db, const char *host, const char *port)
{
    free(db->place);
    free(db->where);
    bool socket = *host == '/' || *host == '@', v6 = strchr(host, ':') != NULL, usual = strcmp(port, DEFAULT_PORT) == 0;
    if (socket) {
        db->place = mem_printf("%s/.s.PGSQL.%s", host, port);
        db->where = mem_printf("%s%s%s/%s", host, usual ? "" : ":", usual ? "" : port, db->database);
    } else {
        db->place = mem_printf(v6 ? "[%s]:%s" : "%s:%s", host, port);
        db->where = mem_printf("%s/%s", db->place, db->database);
    }
}

/* libpq writes what it thinks of the password file's permissions to stderr, where there may be a screen. It goes to the log. */
static PGconn *start_quietly(const char *const *keywords, const char *const *values)
{
    char words[512];
    int before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3), instead = memfd_create("stderr", MFD_CLOEXEC);
    if (before >= 0 && instead >= 0)
        dup2(instead, STDERR_FILENO);
    PGconn *conn = PQconnectStartParams(keywords, values, 1);
    if (before >= 0 && instead >= 0) {
        dup2(before, STDERR_FILENO);
        ssize_t size = pread(instead, words, sizeof words, 0);
        struct str line = {0};
        db_clean_text(&line, words, size > 0 ? (size_t)size : 0);
        if (line.length)
            log_line(LOG_WARNING, "libpq: %s", line.text);
        str_fini(&line);
    }
    if (before >= 0)
        close(before);
    if (instead >= 0)
        close(instead);
    return conn;
}

/* What libpq makes of conninfo, environment, service file and defaults. It only says so by a connection, so it is given one that
 * it gives up before it looks anything up or opens a socket, for the sake of one impossible setting. */
static void read_settings(struct db *db)
{
    static const char *const keywords[] = {"dbname", "channel_binding", NULL};
    const char *values[] = {db->conninfo, "?", NULL};
    PGconn *conn = start_quietly(keywords, values);
    PQconninfoOption *options = conn ? PQconninfo(conn) : NULL;
    db_forget_target(db);
    db->user = mem_strdup(value(options, "user"));
    db->database = mem_strdup(value(options, "dbname"));
    db->options = mem_printf("%s %s%s", value(options, "options"), session_options,
                             db->read_only ? " -c default_transaction_read_only=on" : "");
    int seconds = atoi(value(options, "connect_timeout"));
    db->connect_timeout_ms = seconds > 0 && seconds <= 3600 ? seconds * 1000 : CONNECT_TIMEOUT_MS;
    db->keepalives_given = *value(options, "keepalives") || *value(options, "keepalives_idle");
    db->user_timeout_given = *value(options, "tcp_user_timeout");
    const char *hosts = value(options, "host"), *addresses = value(options, "hostaddr"),
               *ports = value(options, "port");
    int count = count_items(*addresses ? addresses : hosts);
    /* Lists of different lengths are an error; libpq finds the words for it when the connection is made. */
    bool fits = (!*addresses || !*hosts || count_items(hosts) == count) &&
                (count_items(ports) == 1 || count_items(ports) == count);
    for (int i = 0; fits && i < count; i++) {
        char *host = item(hosts, i), *address = item(addresses, i), *port = item(ports, i);
        add_endpoint(db, host, address, port);
        free(host);
        free(address);
        free(port);
    }
    const char *host = conn ? PQhost(conn) : NULL, *port = conn ? PQport(conn) : NULL;
    set_place(db, host && *host ? host : "?", port && *port ? port : DEFAULT_PORT);
    PQconninfoFree(options);
    PQfinish(conn);
}

/* ---- One attempt ---- */

static void connect_from(struct db *db, int first);

static int current_endpoint(const struct db *db)
{
    const char *host = PQhost(db->conn), *address = PQhostaddr(db->conn), *port = PQport(db->conn);
    for (int i = db->endpoint_first; i < db->endpoint_count; i++) {
        const struct endpoint *each = &db->endpoints[i];
        bool same = *each->hostaddr ? strcmp(each->hostaddr, address) == 0 : strcmp(each->host, host) == 0;
        if (same && (!*each->port || strcmp(each->port, port) == 0))
            return i;
    }
    return db->endpoint_first;
}

/* An address that swallows everything must not keep the others from being tried. */
static void out_of_patience(void *arg)
{
    struct db *db = arg;
    db->patience = 0;
    if (db->conn && db->endpoint_now + 1 < db->endpoint_count) {
        connect_from(db, db->endpoint_now + 1);
        return;
    }
    db->sqlstate[0] = '\0';
    error_set(&db->error, STATUS_NO_CONNECTION, "%s %s took longer than %d s.",
              db->state == DB_RESOLVING ? "Looking up" : "Connecting to", db->place, db->connect_timeout_ms / 1000);
    error_hint(&db->error, "Is it running there, and does the network let you through?");
    db_lose(db);
}

static void be_patient(struct db *db)
{
    loop_cancel(db->loop, db->patience);
    db->patience = loop_after(db->loop, db->connect_timeout_ms, out_of_patience, db);
}

static bool comes_back(const char *sqlstate)
{
    static const char *const passing[] = {"08", "53", "57", "58", "XX"};
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++)
        if (strncmp(sqlstate, passing[i], 2) == 0)
            return strcmp(sqlstate, "08P01") != 0;
    return false;
}

static void attempt_failed(struct db *db)
{
    const char *message = PQerrorMessage(db->conn);
    db_connect_error(db, message);
    if (!*db->sqlstate && PQconnectionNeedsPassword(db->conn)) {
        error_set(&db->error, STATUS_DENIED, "The server at %s wants the password of \"%s\".", db->place, db->user);
        error_hint(&db->error, "A program without a terminal finds it in ~/.pgpass or PGPASSWORD.");
        db_want_password(db);
    } else if (strcmp(db->sqlstate, "28P01") == 0 && PQconnectionUsedPassword(db->conn)) {
        db_want_password(db);
    } else if (*db->sqlstate ? comes_back(db->sqlstate) : db->error.status == STATUS_NO_CONNECTION) {
        db_lose(db);
    } else {
        db_refuse(db);
    }
}

static enum db_state state_of(const PGconn *conn)
{
    switch (PQstatus(conn)) {
    case CONNECTION_STARTED:
    case CONNECTION_MADE:
    case CONNECTION_NEEDED:
        return DB_CONNECTING;
    case CONNECTION_SSL_STARTUP:
    case CONNECTION_GSS_STARTUP:
        return DB_SECURING;
    default:
        return DB_SIGNING_IN;
    }
}

static void on_socket(void *arg, int fd, unsigned events);

static void wait_for(struct db *db, PostgresPollingStatusType wanted)
{
    switch (wanted) {
    case PGRES_POLLING_OK:
        set_place(db, PQhost(db->conn), PQport(db->conn));
        loop_cancel(db->loop, db->watch); /* the pipeline watches with its own function */
        db->watch = 0;
        if (PQsetnonblocking(db->conn, 1) == 0 && PQenterPipelineMode(db->conn))
            db_become_ready(db);
        else
            attempt_failed(db);
        return;
    case PGRES_POLLING_READING:
    case PGRES_POLLING_WRITING: {
        int now = current_endpoint(db);
        if (now != db->endpoint_now) {
            db->endpoint_now = now;
            be_patient(db);
        }
        set_place(db, PQhost(db->conn), PQport(db->conn));
        db_set_state(db, state_of(db->conn));
        db_watch(db, wanted == PGRES_POLLING_READING ? LOOP_READ : LOOP_WRITE, on_socket);
        return;
    }
    default:
        attempt_failed(db);
    }
}

static void on_socket(void *arg, int fd, unsigned events)
{
    struct db *db = arg;
    (void)fd;
    (void)events;
    wait_for(db, PQconnectPoll(db->conn));
}

/* The server ends a session with words of its own, which arrive as a notice when nothing is being asked. */
static void on_notice(void *arg, const PGresult *notice)
{
    struct db *db = arg;
    const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *words = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
    if (!words)
        words = PQresultErrorMessage(notice);
    struct str text = {0};
    db_clean_text(&text, words, strlen(words));
    if (severity && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0)) {
        free(db->last_words);
        db->last_words = str_steal(&text);
    } else {
        log_line(LOG_INFO, "server: %s", str_text(&text));
    }
    str_fini(&text);
}

/* Joins one member of the endpoints from first on. Heap. */
static char *join(const struct db *db, int first, size_t offset)
{
    struct str list = {0};
    for (int i = first; i < db->endpoint_count; i++) {
        if (i > first)
            str_add_char(&list, ',');
        str_add(&list, *(char **)((char *)&db->endpoints[i] + offset));
    }
    return str_steal(&list);
}

static void connect_from(struct db *db, int first)
{
    const char *keywords[16], *values[16];
    int count = 0;
#define SET(keyword, text) (keywords[count] = (keyword), values[count++] = (text))
    db_drop_connection(db);
    char *hosts = join(db, first, offsetof(struct endpoint, host));
    char *addresses = join(db, first, offsetof(struct endpoint, hostaddr));
    char *ports = join(db, first, offsetof(struct endpoint, port));
    SET("dbname", db->conninfo);
    if (db->endpoint_count) {
        SET("host", hosts);
        SET("hostaddr", addresses);
        SET("port", ports);
    }
    SET("fallback_application_name", db->application_name);
    SET("client_encoding", "UTF8");
    SET("options", db->options);
    /* A link that died without a word is noticed within a minute or so, not after the two hours that systems take. */
    if (!db->keepalives_given) {
        SET("keepalives_idle", "60");
        SET("keepalives_interval", "10");
        SET("keepalives_count", "3");
    }
    if (!db->user_timeout_given)
        SET("tcp_user_timeout", "30000");
    if (db->password)
        SET("password", db->password);
    keywords[count] = values[count] = NULL;
#undef SET
    db->endpoint_first = db->endpoint_now = first;
    db_set_state(db, DB_CONNECTING);
    be_patient(db);
    db->conn = start_quietly(keywords, values);
    free(hosts);
    free(addresses);
    free(ports);
    if (!db->conn) {
        error_set(&db->error, STATUS_NO_CONNECTION, "There is no memory for a connection.");
        db_lose(db);
        return;
    }
    PQsetErrorVerbosity(db->conn, PQERRORS_VERBOSE); /* the only way to the SQLSTATE of a refusal */
    PQsetNoticeReceiver(db->conn, on_notice, db);
    wait_for(db, PQstatus(db->conn) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING);
}

/* ---- Names ---- */

/* Puts the addresses found in place of the names, each a host of its own to libpq, which knows the name still: for certificates, the
 * password file and Kerberos. False, with the error, when nothing is left to try. */
static bool apply_addresses(struct db *db)
{
    struct endpoint *names = db->endpoints;
    int count = db->endpoint_count;
    char why[200] = "no address";
    db->endpoints = NULL;
    db->endpoint_count = 0;
    for (int i = 0; i < count; i++) {
        struct endpoint *name = &names[i];
        if (!endpoint_is_name(name))
            add_endpoint(db, name->host, name->hostaddr, name->port);
        char address[64];
        for (const char *line = str_text(&db->resolver.answer); endpoint_is_name(name) && *line;
             line += strcspn(line, "\n")) {
            int index, from = 0;
            line += *line == '\n';
            if (sscanf(line, "%d %n", &index, &from) != 1 || index != i)
                continue;
            if (line[from] == '!')
                snprintf(why, sizeof why, "%.*s", (int)strcspn(line + from + 1, "\n"), line + from + 1);
            else if (sscanf(line + from, "%63s", address) == 1)
                add_endpoint(db, name->host, address, name->port);
        }
    }
    if (!db->endpoint_count) {
        db->sqlstate[0] = '\0';
        error_set(&db->error, STATUS_NO_CONNECTION, "The host \"%s\" was not found: %s.", names[0].host, why);
        error_hint(&db->error, "Check its name and the network.");
    }
    for (int i = 0; i < count; i++) {
        free(names[i].host);
        free(names[i].hostaddr);
        free(names[i].port);
    }
    free(names);
    return db->endpoint_count > 0;
}

static void resolved(void *arg)
{
    struct db *db = arg;
    if (apply_addresses(db))
        connect_from(db, 0);
    else
        db_lose(db);
}

void db_connect(struct db *db)
{
    db_drop_connection(db);
    read_settings(db);
    bool names = false;
    for (int i = 0; i < db->endpoint_count; i++)
        names |= endpoint_is_name(&db->endpoints[i]);
    if (!names) {
        connect_from(db, 0);
        return;
    }
    db_set_state(db, DB_RESOLVING);
    be_patient(db);
    if (!resolver_start(&db->resolver, db->loop, db->endpoints, db->endpoint_count, db->connect_timeout_ms, resolved,
                        db)) {
        error_set(&db->error, STATUS_NO_CONNECTION, "No process could be started to look up \"%s\".",
                  db->endpoints[0].host);
        db_lose(db);
    }
}
