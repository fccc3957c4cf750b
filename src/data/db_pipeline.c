/* Queries on their way: sent in pipelines, answers taken as they come, faults mended where that is safe. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "centurion/base/log.h"
#include "centurion/base/mem.h"
#include "db_private.h"

static void link_broke(struct db *db)
{
    struct str why = {0};
    const char *message = PQerrorMessage(db->conn);
    db->sqlstate[0] = '\0';
    if (db->last_words)
        str_add(&why, db->last_words);
    else
        db_clean_text(&why, message, strcspn(message, "\n"));
    error_set(&db->error, STATUS_NO_CONNECTION, "The link to the server at %s broke: %s.", db->place,
              why.length ? why.text : "it sent something that makes no sense");
    error_hint(&db->error, "It is tried again by itself.");
    str_fini(&why);
    free(db->last_words);
    db->last_words = NULL;
    db_lose(db);
}

/* ---- Timers ---- */

static int64_t quiet_since(const struct db *db)
{
    return db->sent_since > db->last_answer_at ? db->sent_since : db->last_answer_at;
}

static void check_silence(void *arg)
{
    struct db *db = arg;
    db->silence = 0;
    if (!db->sent.head || db->state != DB_READY)
        return;
    int64_t left = quiet_since(db) + DB_SILENT_MS - loop_now(db->loop);
    if (left > 0)
        db->silence = loop_after(db->loop, (int)left, check_silence, db);
    else
        db_set_state(db, DB_SILENT);
}

static void on_head_timer(void *arg)
{
    struct db *db = arg;
    struct request *head = db->sent.head;
    db->head_timer = 0;
    if (!head || head->stop_sent)
        return;
    head->late = !head->stop && head->query;
    head->stop_sent = true;
    db->stop_at = loop_now(db->loop);
    db_stop_running(db);
}

/* The server works on one request at a time. Its time counts from when its turn came. */
void db_head_changed(struct db *db)
{
    struct request *head = db->sent.head;
    loop_cancel(db->loop, db->head_timer);
    db->head_timer = 0;
    if (!head) {
        db->sent_since = 0;
        loop_cancel(db->loop, db->silence);
        db->silence = 0;
        return;
    }
    int64_t now = loop_now(db->loop);
    if (!head->head_at)
        head->head_at = now;
    int patience = head->stop ? STOP_GRACE_MS : head->query ? head->query->timeout_ms : 0;
    if (patience > 0 && !head->stop_sent)
        db->head_timer = loop_after(db->loop, (int)(head->head_at + patience - now), on_head_timer, db);
    if (!db->silence)
        db->silence = loop_after(db->loop, DB_SILENT_MS, check_silence, db);
}

/* ---- Sending ---- */

static struct prepared *find_prepared(struct db *db, const struct query *query)
{
    for (int i = 0; i < db->prepared_count; i++)
        if (db->prepared[i].query == query)
            return &db->prepared[i];
    if (db->prepared_count == db->prepared_room) {
        db->prepared_room = db->prepared_room ? db->prepared_room * 2 : 32;
        db->prepared = mem_resize(db->prepared, (size_t)db->prepared_room, sizeof *db->prepared);
    }
    db->prepared[db->prepared_count] = (struct prepared){.query = query};
    return &db->prepared[db->prepared_count++];
}

static bool send_prepare(struct db *db, const struct query *query, const char *name)
{
    Oid *types = mem_array((size_t)query->param_count + 1, sizeof *types);
    for (int i = 0; i < query->param_count; i++)
        types[i] = query->params[i].type;
    bool sent = PQsendPrepare(db->conn, name, query->sql, query->param_count, types);
    free(types);
    return sent;
}

static bool send_query(struct db *db, struct request *request)
{
    if (PQpipelineStatus(db->conn) == PQ_PIPELINE_OFF && !PQenterPipelineMode(db->conn))
        return false;
    if (!request->query)
        return PQsendQueryParams(db->conn, request->sql, 0, NULL, NULL, NULL, NULL, 0) && PQpipelineSync(db->conn);
    const struct query *query = request->query;
    struct prepared *prepared = find_prepared(db, query);
    if (request->prepare_anew) { /* under another name: the one that is stale cannot be taken back in a pipeline */
        prepared->generation++;
        prepared->known = false;
    }
    char *name =
        prepared->generation ? mem_printf("%s %d", query->name, prepared->generation) : mem_strdup(query->name);
    request->preparing = !prepared->known;
    request->generation = prepared->generation;
    prepared->known = true; /* those behind it in the pipeline may count on it */
    bool sent =
        (!request->preparing || send_prepare(db, query, name)) &&
        PQsendQueryPrepared(db->conn, name, query->param_count, (const char *const *)request->params, NULL, NULL, 0) &&
        PQpipelineSync(db->conn);
    free(name);
    return sent;
}

static bool send_script(struct db *db, struct request *request)
{
    return PQexitPipelineMode(db->conn) && PQsendQuery(db->conn, request->sql);
}

/* libpq before 17 writes at every sync. Over TCP the kernel is asked to make one packet of it all; sockets of other kinds refuse that,
 * and need it not. */
static void hold_packets(const struct db *db, int hold)
{
    setsockopt(PQsocket(db->conn), IPPROTO_TCP, TCP_CORK, &hold, sizeof hold);
}

static void flush_output(struct db *db)
{
    int left = PQflush(db->conn);
    if (left < 0 || PQstatus(db->conn) == CONNECTION_BAD)
        link_broke(db);
    else
        db_watch(db, left ? LOOP_READ | LOOP_WRITE : LOOP_READ, db_pipeline_event);
}

static bool connected(const struct db *db)
{
    return db->state == DB_READY || db->state == DB_SILENT;
}

/* All that waits goes out together, but a script goes alone. */
static void flush_requests(void *arg)
{
    struct db *db = arg;
    struct request *request;
    db->flush = 0;
    if (!connected(db) || !db->waiting.head)
        return;
    int64_t now = loop_now(db->loop);
    bool several = db->waiting.head->next;
    if (several)
        hold_packets(db, 1);
    while ((request = db->waiting.head)) {
        if (db->sent.head && (request->script || db->sent.head->script))
            break;
        requests_pop(&db->waiting);
        request->head_at = 0;
        if (!db->sent.head)
            db->sent_since = now;
        requests_push(&db->sent, request);
        request->open = request_writes(request);
        db->sent_count++;
        if (!(request->script ? send_script(db, request) : send_query(db, request))) {
            link_broke(db);
            return;
        }
    }
    if (several)
        hold_packets(db, 0);
    db_head_changed(db);
    flush_output(db);
}

void db_schedule_flush(struct db *db)
{
    if (!db->flush && connected(db))
        db->flush = loop_defer(db->loop, flush_requests, db);
}

/* ---- Answers ---- */

static const char *sqlstate_of(const PGresult *result)
{
    const char *sqlstate = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    return sqlstate ? sqlstate : "";
}

static bool is_error(const PGresult *result)
{
    switch (PQresultStatus(result)) {
    case PGRES_EMPTY_QUERY:
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
        return false;
    default:
        return true;
    }
}

/* The statement that was prepared is gone (DISCARD, a pooler) or does not fit the tables any more. */
static bool plan_is_stale(const PGresult *result)
{
    const char *sqlstate = sqlstate_of(result), *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    if (strcmp(sqlstate, "26000") == 0)
        return true;
    return strcmp(sqlstate, "0A000") == 0 && function && strcmp(function, "RevalidateCachedQuery") == 0;
}

/* A stop that was meant for a query before may hit the next one. */
static bool stopped_lately(const struct db *db)
{
    return db->stop_at && loop_now(db->loop) - db->stop_at <= STOP_SECONDS * 1000;
}

/* Each query is a transaction of its own, so one that failed has done nothing and can be sent again. */
static bool sent_again(struct db *db, struct request *request)
{
    const char *sqlstate = sqlstate_of(request->result);
    if (!request->query || !request->done || request->stop || request->late)
        return false;
    bool again = false;
    if (plan_is_stale(request->result)) {
        again = !request->prepare_anew;
        request->prepare_anew = true;
    } else if (strncmp(sqlstate, "40", 2) == 0 || (strcmp(sqlstate, "57014") == 0 && stopped_lately(db))) {
        again = ++request->tries < TRIES_MAX;
    }
    if (!again)
        return false;
    PQclear(request->result);
    request->result = NULL;
    request->stop_sent = request->open = false;
    requests_insert(&db->waiting, request);
    db_schedule_flush(db);
    return true;
}

static void roll_back(struct db *db)
{
    struct request *request = request_new(db, NULL, NULL);
    request->script = true;
    request->name = mem_strdup("rollback");
    request->sql = mem_strdup("ROLLBACK");
    requests_push_front(&db->waiting, request);
}

static void answer(const struct db *db, struct request *request)
{
    struct error error = {0};
    struct reply reply = {.status = STATUS_OK, .error = &error, .sqlstate = ""};
    struct rowset *rows = NULL;
    const struct query *query = request->query;
    if (!request->result || is_error(request->result)) {
        db_result_error(db, request, request->result, &error);
        reply.sqlstate = sqlstate_of(request->result);
        log_line(LOG_WARNING, "%s failed: %s", request_name(request), *reply.sqlstate ? reply.sqlstate : error.text);
    } else if (query && query->column_count && PQnfields(request->result) != query->column_count) {
        error_set(&error, STATUS_FAILED, "%s returned %d columns where %d are known to this program.", query->name,
                  PQnfields(request->result), query->column_count);
        error_hint(&error, "The database was made for another version: see centurion db status");
    } else {
        reply.affected = strtoll(PQcmdTuples(request->result), NULL, 10);
        rows = rowset_new(request->script ? NULL : request->result);
        if (!request->script)
            request->result = NULL; /* the rows own it now */
        reply.rows = rows;
    }
    reply.status = error.status;
    reply.open = request->open && reply.status != STATUS_OK && !*reply.sqlstate;
    if (request->done)
        request->done(request->arg, &reply);
    rowset_free(rows);
}

/* The head has all of its answer. */
static void complete(struct db *db)
{
    struct request *request = requests_pop(&db->sent);
    if (request->script && PQtransactionStatus(db->conn) == PQTRANS_INERROR)
        roll_back(db);
    db->failures = 0; /* a session that answers is no failure, however soon it ends */
    db_head_changed(db);
    db_schedule_flush(db);
    if (is_error(request->result) && sent_again(db, request))
        return;
    answer(db, request);
    request_free(request);
}

/* FATAL and PANIC end the session. */
static bool ends_session(struct db *db, const PGresult *result)
{
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (!severity || (strcmp(severity, "FATAL") != 0 && strcmp(severity, "PANIC") != 0))
        return PQstatus(db->conn) == CONNECTION_BAD;
    struct str text = {0};
    db_clean_text(&text, words ? words : "", words ? strlen(words) : 0);
    free(db->last_words);
    db->last_words = str_steal(&text);
    return true;
}

/* False when the link broke. Takes the result. */
static bool take_result(struct db *db, PGresult *result)
{
    struct request *head = db->sent.head;
    ExecStatusType status = PQresultStatus(result);
    switch (status) {
    case PGRES_PIPELINE_SYNC:
        PQclear(result);
        complete(db);
        return true;
    case PGRES_PIPELINE_ABORTED:
        PQclear(result);
        return true;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        /* No query of ours copies; there is no way on from here in this session. */
        PQclear(result);
        link_broke(db);
        return false;
    default:
        break;
    }
    if (is_error(result) && ends_session(db, result)) {
        PQclear(result);
        link_broke(db);
        return false;
    }
    if (head->preparing && is_error(result)) {
        struct prepared *prepared = find_prepared(db, head->query);
        if (prepared->generation == head->generation)
            prepared->known = false;
    }
    if (head->preparing && !is_error(result)) {
        PQclear(result);
    } else if (head->result && is_error(head->result)) {
        PQclear(result);
    } else {
        head->statements += !is_error(result);
        PQclear(head->result);
        head->result = result;
    }
    head->preparing = false;
    return true;
}

static void take_answers(struct db *db)
{
    unsigned epoch = db->epoch;
    int nothing = 0;
    while (db->epoch == epoch && db->sent.head && !PQisBusy(db->conn)) {
        PGresult *result = PQgetResult(db->conn);
        if (result) {
            nothing = 0;
            if (!take_result(db, result))
                return;
        } else if (db->sent.head->script) {
            complete(db);
        } else if (++nothing > 2) {
            link_broke(db); /* libpq has nothing more for a query that is not answered */
            return;
        }
    }
}

static void take_notifications(struct db *db)
{
    unsigned epoch = db->epoch;
    PGnotify *notify;
    while (db->epoch == epoch && (notify = PQnotifies(db->conn))) {
        if (db->on_notify)
            db->on_notify(db->on_notify_arg, notify->relname, notify->extra, notify->be_pid == PQbackendPID(db->conn));
        PQfreemem(notify);
    }
}

void db_pipeline_event(void *arg, int fd, unsigned events)
{
    struct db *db = arg;
    unsigned epoch = db->epoch;
    (void)fd;
    if (events & (LOOP_READ | LOOP_HANGUP)) {
        bool alive = PQconsumeInput(db->conn);
        db->last_answer_at = loop_now(db->loop);
        if (alive)
            db_set_state(db, DB_READY);
        /* What came before the end still counts. */
        take_answers(db);
        if (db->epoch == epoch)
            take_notifications(db);
        if (db->epoch != epoch)
            return;
        if (!alive || PQstatus(db->conn) == CONNECTION_BAD) {
            link_broke(db);
            return;
        }
        if (db->sent.head && !db->silence)
            db->silence = loop_after(db->loop, DB_SILENT_MS, check_silence, db);
    }
    flush_output(db);
}

/* ---- LISTEN ---- */

static void listen_channel(struct db *db, const char *channel)
{
    char *quoted = PQescapeIdentifier(db->conn, channel, strlen(channel));
    if (!quoted) {
        log_line(LOG_ERROR, "cannot listen to a channel: %s", PQerrorMessage(db->conn));
        return;
    }
    struct request *request = request_new(db, NULL, NULL);
    request->name = mem_strdup("listen");
    request->sql = mem_printf("LISTEN %s", quoted);
    PQfreemem(quoted);
    requests_push(&db->waiting, request);
    db_schedule_flush(db);
}

void db_listen_again(struct db *db)
{
    for (int i = 0; i < db->channel_count; i++)
        listen_channel(db, db->channels[i]);
}

void db_listen(struct db *db, const char *channel)
{
    for (int i = 0; i < db->channel_count; i++)
        if (strcmp(db->channels[i], channel) == 0)
            return;
    db->channels = mem_resize(db->channels, (size_t)db->channel_count + 1, sizeof *db->channels);
    db->channels[db->channel_count++] = mem_strdup(channel);
    if (connected(db))
        listen_channel(db, channel);
}
