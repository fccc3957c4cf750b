#include "centurion/data/db.h"

#include <stdlib.h>
#include <string.h>

#include "centurion/base/log.h"
#include "centurion/base/mem.h"
#include "db_private.h"

struct db *db_new(struct loop *loop, const char *conninfo, const char *application_name)
{
    struct db *db = mem_alloc(sizeof *db);
    db->loop = loop;
    db->conninfo = mem_strdup(conninfo ? conninfo : "");
    db->application_name = mem_strdup(application_name);
    db->resolver.fd = -1;
    db->watch_fd = -1;
    /* libpq would send them after our settings, and the later one wins. Dates are read as ISO and times as UTC here. */
    unsetenv("PGTZ");
    unsetenv("PGDATESTYLE");
    return db;
}

static void cancel_id(struct db *db, loop_id *id)
{
    loop_cancel(db->loop, *id);
    *id = 0;
}

static void forget_password(struct db *db)
{
    if (db->password)
        mem_wipe(db->password, strlen(db->password));
    free(db->password);
    db->password = NULL;
}

void db_free(struct db *db)
{
    if (!db)
        return;
    db_drop_connection(db);
    cancel_id(db, &db->tell);
    cancel_id(db, &db->start);
    cancel_id(db, &db->retry);
    cancel_id(db, &db->flush);
    cancel_id(db, &db->answer);
    db_free_changes(db);
    db_free_list(&db->waiting);
    db_free_list(&db->sent);
    db_free_list(&db->ended);
    db_forget_target(db);
    forget_password(db);
    for (int i = 0; i < db->channel_count; i++)
        free(db->channels[i]);
    free(db->channels);
    free(db->prepared);
    free(db->last_words);
    free(db->application_name);
    free(db->conninfo);
    free(db);
}

void db_on_state(struct db *db, db_state_fn *fn, void *arg)
{
    db->on_state = fn;
    db->on_state_arg = arg;
}

void db_on_notify(struct db *db, db_notify_fn *fn, void *arg)
{
    db->on_notify = fn;
    db->on_notify_arg = arg;
}

void db_set_read_only(struct db *db, bool read_only)
{
    db->read_only = read_only;
}

/* ---- States ---- */

static void tell(void *arg)
{
    struct db *db = arg;
    db->tell = 0;
    if (db->told == db->state)
        return;
    db->told = db->state;
    if (db->on_state)
        db->on_state(db->on_state_arg, db->state);
}

/* Told later in the turn, so that no callback runs in the middle of our own work. */
void db_set_state(struct db *db, enum db_state state)
{
    if (db->state == state)
        return;
    db->state = state;
    if (!db->tell)
        db->tell = loop_defer(db->loop, tell, db);
}

static void start(void *arg)
{
    struct db *db = arg;
    db->start = 0;
    db_connect(db);
}

static void start_soon(struct db *db)
{
    cancel_id(db, &db->retry);
    db_drop_connection(db);
    db_set_state(db, DB_CONNECTING);
    if (!db->start)
        db->start = loop_defer(db->loop, start, db);
}

void db_open(struct db *db)
{
    if (db->open)
        return;
    db->open = true;
    db->failures = 0;
    start_soon(db);
}

void db_close(struct db *db)
{
    struct error error;
    cancel_id(db, &db->start);
    cancel_id(db, &db->retry);
    db_drop_connection(db);
    forget_password(db);
    db->open = false;
    error_set(&error, STATUS_NO_CONNECTION, "The connection to %s was closed.", db_where(db));
    db_end_list(db, &db->sent, &error);
    db_end_list(db, &db->waiting, &error);
    db_set_state(db, DB_IDLE);
}

void db_retry(struct db *db)
{
    if (db->state == DB_LOST || db->state == DB_REFUSED)
        start_soon(db);
}

void db_password(struct db *db, const char *password)
{
    if (db->state != DB_PASSWORD)
        return;
    forget_password(db);
    db->password = mem_strdup(password);
    start_soon(db);
}

static const char *password_of(const struct db *db)
{
    const char *password = db->password ? db->password : db->conn ? PQpass(db->conn) : NULL;
    return password ? password : "";
}

bool db_has_password(const struct db *db)
{
    return *password_of(db);
}

/* In a time that does not tell how much of it is right. */
bool db_password_is(const struct db *db, const char *password)
{
    const char *right = password_of(db);
    size_t length = strlen(password), known = strlen(right);
    unsigned wrong = !known || length != known;
    for (size_t i = 0; i < length; i++)
        wrong |= (unsigned)(password[i] ^ right[known ? i % known : 0]);
    return !wrong;
}

void db_watch(struct db *db, unsigned events, loop_fd_fn *fn)
{
    int fd = PQsocket(db->conn);
    if (db->watch && fd == db->watch_fd) {
        loop_rewatch(db->loop, db->watch, events);
        return;
    }
    cancel_id(db, &db->watch);
    db->watch_fd = fd;
    if (fd >= 0)
        db->watch = loop_watch(db->loop, fd, events, fn, db);
}

void db_drop_connection(struct db *db)
{
    db->epoch++;
    resolver_stop(&db->resolver);
    cancel_id(db, &db->watch);
    cancel_id(db, &db->patience);
    cancel_id(db, &db->silence);
    cancel_id(db, &db->head_timer);
    db->watch_fd = -1;
    if (db->conn)
        PQfinish(db->conn);
    db->conn = NULL;
    db->server_version = 0;
    db->prepared_count = 0;
    db->sent_since = 0;
}

/* Reads go back to wait for the next connection, in their order. Whatever writes is answered: only the server knows what became
 * of it. Scripts end even where they were not sent yet: they may belong to a transaction that is gone. */
static void put_back(struct db *db)
{
    struct request_list waiting = db->waiting, sent = db->sent;
    struct request *request;
    db->waiting = db->sent = (struct request_list){0};
    struct error error = db->error;
    error.status = STATUS_NO_CONNECTION;
    while ((request = requests_pop(&sent))) {
        PQclear(request->result);
        request->result = NULL;
        request->stop_sent = request->preparing = false;
        request->tries++;
        bool own = !request->query && !request->script; /* LISTENs are asked again by the next connection */
        if (own || !request->done)
            request_free(request);
        else if (request_writes(request) || request->late || request->tries >= TRIES_MAX)
            db_end_request(db, request, &error);
        else
            requests_push(&db->waiting, request);
    }
    while ((request = requests_pop(&waiting))) {
        if (request->script)
            db_end_request(db, request, &error);
        else if (!request->query)
            request_free(request);
        else
            requests_push(&db->waiting, request);
    }
}

static void retry(void *arg)
{
    struct db *db = arg;
    db->retry = 0;
    db_connect(db);
}

void db_lose(struct db *db)
{
    int64_t now = loop_now(db->loop);
    log_line(LOG_WARNING, "no connection: %s", db->error.text);
    db_drop_connection(db);
    put_back(db);
    int delay = DB_BACKOFF_MAX_MS;
    if (db->failures < 7)
        delay = DB_BACKOFF_FIRST_MS << db->failures;
    db->failures++;
    if (delay > DB_BACKOFF_MAX_MS)
        delay = DB_BACKOFF_MAX_MS;
    db->retry_at = now + delay;
    cancel_id(db, &db->retry);
    db->retry = loop_after(db->loop, delay, retry, db);
    db_set_state(db, DB_LOST);
}

void db_refuse(struct db *db)
{
    log_line(LOG_WARNING, "connection refused: %s", db->error.text);
    db_drop_connection(db);
    forget_password(db);
    db_end_list(db, &db->waiting, &db->error);
    db_set_state(db, DB_REFUSED);
}

void db_want_password(struct db *db)
{
    db_drop_connection(db);
    forget_password(db);
    db_set_state(db, DB_PASSWORD);
}

void db_become_ready(struct db *db)
{
    cancel_id(db, &db->patience);
    error_clear(&db->error);
    db->sqlstate[0] = '\0';
    db->last_answer_at = loop_now(db->loop);
    db->server_version = PQserverVersion(db->conn);
    free(db->last_words);
    db->last_words = NULL;
    db_set_state(db, DB_READY);
    db_watch(db, LOOP_READ, db_pipeline_event);
    db_listen_again(db);
    db_schedule_flush(db);
}

/* ---- What is known ---- */

enum db_state db_state(const struct db *db)
{
    return db->state;
}

const struct error *db_error(const struct db *db)
{
    return &db->error;
}

int64_t db_retry_at(const struct db *db)
{
    return db->retry_at;
}

int64_t db_last_answer_at(const struct db *db)
{
    return db->last_answer_at;
}

const char *db_user(const struct db *db)
{
    return db->user ? db->user : "";
}

const char *db_where(const struct db *db)
{
    return db->where ? db->where : "";
}

int db_server_version(const struct db *db)
{
    return db->server_version;
}
