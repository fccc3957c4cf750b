#include "review_queue.h"

#include <stdio.h>

#include "centurion/base/date.h"
#include "centurion/data/queries.gen.h"

int review_queue_monday(const struct review_queue *queue)
{
    return queue->monday == DATE_NONE ? date_monday(app_session(queue->app)->today) : queue->monday;
}

static void on_queue(void *arg, const struct reply *reply)
{
    struct review_queue *queue = arg;
    queue->queue_ticket = 0;
    queue->answered(queue->owner, reply);
}

/* What is wrong is said by the queue's own answer. */
static void take(struct review_queue *queue, db_ticket *ticket, struct rowset **rows, const struct reply *reply)
{
    *ticket = 0;
    if (reply->status != STATUS_OK)
        return;
    rowset_free(*rows);
    *rows = rowset_keep(reply->rows);
    app_changed(queue->app, REPAINT);
}

static void on_summary(void *arg, const struct reply *reply)
{
    struct review_queue *queue = arg;
    take(queue, &queue->summary_ticket, &queue->summary, reply);
}

static void on_backlog(void *arg, const struct reply *reply)
{
    struct review_queue *queue = arg;
    take(queue, &queue->backlog_ticket, &queue->backlog, reply);
}

static void on_cohorts(void *arg, const struct reply *reply)
{
    struct review_queue *queue = arg;
    take(queue, &queue->cohorts_ticket, &queue->cohorts, reply);
}

/* What all of its queries take. */
struct scope {
    char monday[DATE_TEXT_MAX], coach[24];
    const char *params[3];
};

static void scope_of(const struct review_queue *queue, struct scope *out)
{
    snprintf(out->coach, sizeof out->coach, "%lld", (long long)queue->coach);
    out->params[0] = date_iso(review_queue_monday(queue), out->monday);
    out->params[1] = queue->coach ? out->coach : NULL;
    out->params[2] = queue->chosen.length ? str_text(&queue->chosen) : NULL;
}

void review_queue_load_sums(struct review_queue *queue)
{
    struct db *db = app_db(queue->app);
    struct scope scope;
    scope_of(queue, &scope);
    db_cancel(db, queue->summary_ticket, true);
    db_cancel(db, queue->backlog_ticket, true);
    queue->summary_ticket = db_send(db, &QUERY_REVIEW_SUMMARY, scope.params, on_summary, queue);
    queue->backlog_ticket = db_send(db, &QUERY_REVIEW_BACKLOG, scope.params + 1, on_backlog, queue);
}

void review_queue_load(struct review_queue *queue)
{
    struct db *db = app_db(queue->app);
    struct scope scope;
    scope_of(queue, &scope);
    db_cancel(db, queue->queue_ticket, true);
    db_cancel(db, queue->cohorts_ticket, true);
    queue->queue_ticket = db_send(db, &QUERY_REVIEW_QUEUE, scope.params, on_queue, queue);
    queue->cohorts_ticket = db_send(db, &QUERY_REVIEW_COHORTS, scope.params, on_cohorts, queue);
    review_queue_load_sums(queue);
}

void review_queue_fini(struct review_queue *queue)
{
    const db_ticket tickets[] = {queue->queue_ticket, queue->summary_ticket, queue->backlog_ticket,
                                 queue->cohorts_ticket};
    for (size_t i = 0; i < sizeof tickets / sizeof tickets[0]; i++)
        db_cancel(app_db(queue->app), tickets[i], true);
    rowset_free(queue->rows);
    rowset_free(queue->summary);
    rowset_free(queue->backlog);
    rowset_free(queue->cohorts);
    str_fini(&queue->chosen);
    str_fini(&queue->names);
}

int review_queue_waiting_week(const struct review_queue *queue)
{
    int weeks = rowset_count(queue->backlog), at = 0;
    while (at < weeks && rowset_date(queue->backlog, at, REVIEW_BACKLOG_WEEK) >= review_queue_monday(queue))
        at++;
    return rowset_date(queue->backlog, at < weeks ? at : 0, REVIEW_BACKLOG_WEEK);
}
