/* Requests: what was asked and not answered yet. Each is in one of three lists: waiting, sent, ended. */
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "db_private.h"

void requests_push(struct request_list *list, struct request *request)
{
    request->next = NULL;
    if (list->last)
        list->last->next = request;
    else
        list->head = request;
    list->last = request;
}

void requests_push_front(struct request_list *list, struct request *request)
{
    request->next = list->head;
    list->head = request;
    if (!list->last)
        list->last = request;
}

void requests_insert(struct request_list *list, struct request *request)
{
    struct request_list rest = {0};
    struct request *each;
    while (list->head && list->head->ticket < request->ticket)
        requests_push(&rest, requests_pop(list));
    requests_push(&rest, request);
    while ((each = requests_pop(list)))
        requests_push(&rest, each);
    *list = rest;
}

struct request *requests_pop(struct request_list *list)
{
    struct request *request = list->head;
    if (!request)
        return NULL;
    list->head = request->next;
    if (!list->head)
        list->last = NULL;
    request->next = NULL;
    return request;
}

struct request *requests_find(const struct request_list *list, db_ticket ticket)
{
    struct request *request = list->head;
    while (request && request->ticket != ticket)
        request = request->next;
    return request;
}

void request_free(struct request *request)
{
    PQclear(request->result);
    free(request->name);
    free(request->sql);
    free(request->params);
    free(request->error);
    free(request);
}

void db_free_list(struct request_list *list)
{
    struct request *request;
    while ((request = requests_pop(list)))
        request_free(request);
}

struct request *request_new(struct db *db, db_reply_fn *done, void *arg)
{
    struct request *request = mem_alloc(sizeof *request);
    request->ticket = ++db->last_ticket;
    request->done = done;
    request->arg = arg;
    request->asked_at = loop_now(db->loop);
    return request;
}

const char *request_name(const struct request *request)
{
    return request->query ? request->query->name : request->name;
}

bool request_writes(const struct request *request)
{
    return request->query ? request->query->write : request->script;
}

static void answer_ended(void *arg)
{
    struct db *db = arg;
    db->answer = 0;
    /* What a callback ends in turn is answered here too: the list only grows by requests that were still open. */
    struct request *request;
    while ((request = requests_pop(&db->ended))) {
        struct reply reply = {
            .status = request->error->status, .error = request->error, .sqlstate = "", .open = request->open};
        if (request->done)
            request->done(request->arg, &reply);
        request_free(request);
    }
}

void db_end_request(struct db *db, struct request *request, const struct error *error)
{
    if (!request->done) {
        request_free(request);
        return;
    }
    request->error = mem_alloc(sizeof *error);
    *request->error = *error;
    requests_push(&db->ended, request);
    if (!db->answer)
        db->answer = loop_defer(db->loop, answer_ended, db);
}

void db_end_list(struct db *db, struct request_list *list, const struct error *error)
{
    struct request *request;
    while ((request = requests_pop(list)))
        db_end_request(db, request, error);
}

/* The pointers, then the strings. */
char **db_copy_params(const char *const *params, int count)
{
    size_t size = 0;
    for (int i = 0; i < count; i++)
        size += sizeof(char *) + (params[i] ? strlen(params[i]) + 1 : 0);
    if (!size)
        return NULL;
    char **copy = mem_alloc(size);
    char *text = (char *)(copy + count);
    for (int i = 0; i < count; i++) {
        if (!params[i])
            continue;
        size_t length = strlen(params[i]) + 1;
        copy[i] = memcpy(text, params[i], length);
        text += length;
    }
    return copy;
}

/* A closed connection will not come back by itself: what is asked of it is answered. */
static db_ticket accept_request(struct db *db, struct request *request)
{
    db_ticket ticket = request->ticket;
    if (db->open && db->state != DB_REFUSED) {
        requests_push(&db->waiting, request);
        db_schedule_flush(db);
    } else if (db->open) {
        db_end_request(db, request, &db->error);
    } else {
        struct error error;
        error_set(&error, STATUS_NO_CONNECTION, "There is no connection to %s.", db_where(db));
        db_end_request(db, request, &error);
    }
    return ticket;
}

db_ticket db_send(struct db *db, const struct query *query, const char *const *params, db_reply_fn *done, void *arg)
{
    struct request *request = request_new(db, done, arg);
    request->query = query;
    request->params = db_copy_params(params, query->param_count);
    return accept_request(db, request);
}

db_ticket db_script(struct db *db, const char *name, const char *sql, db_reply_fn *done, void *arg)
{
    struct request *request = request_new(db, done, arg);
    request->script = true;
    request->name = mem_strdup(name);
    request->sql = mem_strdup(sql);
    return accept_request(db, request);
}

static void remove_request(struct request_list *list, struct request *request)
{
    struct request_list rest = {0};
    struct request *each;
    while ((each = requests_pop(list)))
        if (each != request)
            requests_push(&rest, each);
    *list = rest;
    request_free(request);
}

void db_cancel(struct db *db, db_ticket ticket, bool stop)
{
    struct request *request;
    if (!ticket)
        return;
    if ((request = requests_find(&db->waiting, ticket))) {
        remove_request(&db->waiting, request);
    } else if ((request = requests_find(&db->ended, ticket))) {
        remove_request(&db->ended, request);
    } else if ((request = requests_find(&db->sent, ticket))) {
        request->done = NULL;
        request->stop |= stop;
        db_head_changed(db);
    }
}

/* A read is answered at once, whether the server still answers or not. A write's outcome is the server's to tell. */
static void interrupt_list(struct db *db, struct request_list *list, bool sent)
{
    struct error error;
    struct request_list rest = {0};
    struct request *request;
    error_set(&error, STATUS_FAILED, "Stopped on request.");
    while ((request = requests_pop(list))) {
        /* What waits without anybody wanting it is our own (LISTEN, ROLLBACK), and has to be. */
        bool own = !request->done && !request->query;
        if (!sent && !own) {
            db_end_request(db, request, &error);
            continue;
        }
        requests_push(&rest, request);
        request->stop |= !own;
        if (own || request_writes(request) || !request->done)
            continue;
        struct request *ended = request_new(db, request->done, request->arg);
        ended->ticket = request->ticket;
        request->ticket = 0;
        request->done = NULL;
        db_end_request(db, ended, &error);
    }
    *list = rest;
}

void db_interrupt(struct db *db)
{
    interrupt_list(db, &db->sent, true);
    interrupt_list(db, &db->waiting, false);
    db_head_changed(db);
}

int64_t db_waiting_since(const struct db *db)
{
    int64_t since = 0;
    const struct request_list *lists[] = {&db->sent, &db->waiting};
    for (size_t i = 0; i < 2; i++)
        for (const struct request *request = lists[i]->head; request; request = request->next)
            if (request->done && (!since || request->asked_at < since))
                since = request->asked_at;
    return since;
}

int64_t db_sent_count(const struct db *db)
{
    return db->sent_count;
}
