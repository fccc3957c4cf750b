#include "review_marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"

struct mark {
    int64_t client;
    enum review_mark mark, wanted;
    char version[24]; /* "": there is no row */
    bool under_way;
    int64_t batch; /* of those under way: which of those asked for at once; 0: alone */
};

struct review_marks {
    struct app *app;
    int monday;
    int64_t coach;     /* 0: the caller */
    struct mark *list; /* by client */
    int count;
    db_ticket ticket;
    int64_t batches;
    review_marked_fn *changed;
    void *ctx;
};

static const char *const words[] = {[REVIEW_PENDING] = "pending", [REVIEW_DONE] = "done", [REVIEW_SKIPPED] = "skipped"};

static const char *const told[] = {
    [REVIEW_PENDING] = "reopened", [REVIEW_DONE] = "reviewed", [REVIEW_SKIPPED] = "skipped"};

static enum review_mark mark_of(const char *word)
{
    return str_equal(word, "done") ? REVIEW_DONE : str_equal(word, "skipped") ? REVIEW_SKIPPED : REVIEW_PENDING;
}

struct review_marks *review_marks_new(struct app *app, review_marked_fn *changed, void *ctx)
{
    struct review_marks *marks = mem_alloc(sizeof *marks);
    *marks = (struct review_marks){.app = app, .monday = DATE_NONE, .changed = changed, .ctx = ctx};
    return marks;
}

void review_marks_free(struct review_marks *marks)
{
    db_cancel(app_db(marks->app), marks->ticket, true);
    app_forget_changes(marks->app, marks);
    free(marks->list);
    free(marks);
}

/* Where a client's mark is, or belongs. */
static int place(const struct review_marks *marks, int64_t client)
{
    int low = 0, high = marks->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (marks->list[middle].client < client)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct mark *find(const struct review_marks *marks, int64_t client)
{
    int at = place(marks, client);
    return at < marks->count && marks->list[at].client == client ? &marks->list[at] : NULL;
}

static struct mark *make(struct review_marks *marks, int64_t client)
{
    struct mark *found = find(marks, client);
    if (found)
        return found;
    int at = place(marks, client);
    marks->list = mem_resize(marks->list, (size_t)marks->count + 1, sizeof *marks->list);
    memmove(marks->list + at + 1, marks->list + at, (size_t)(marks->count - at) * sizeof *marks->list);
    marks->count++;
    marks->list[at] = (struct mark){.client = client};
    return &marks->list[at];
}

static void on_marks(void *arg, const struct reply *reply)
{
    struct review_marks *marks = arg;
    marks->ticket = 0;
    if (reply->status != STATUS_OK)
        return; /* the queue's own answer says what is wrong */
    int kept = 0;
    for (int i = 0; i < marks->count; i++) /* their answers tell how these stand */
        if (marks->list[i].under_way)
            marks->list[kept++] = marks->list[i];
    marks->count = kept;
    for (int row = 0; row < rowset_count(reply->rows); row++) {
        struct mark *mark = make(marks, rowset_int(reply->rows, row, REVIEW_MARKS_USER_ID));
        if (mark->under_way)
            continue;
        mark->mark = mark_of(rowset_text(reply->rows, row, REVIEW_MARKS_STATUS));
        snprintf(mark->version, sizeof mark->version, "%s", rowset_text(reply->rows, row, REVIEW_MARKS_VERSION));
    }
    app_changed(marks->app, REPAINT);
}

void review_marks_load(struct review_marks *marks, int monday, int64_t coach)
{
    char day[DATE_TEXT_MAX], whose[24];
    snprintf(whose, sizeof whose, "%lld", (long long)coach);
    const char *params[] = {date_iso(monday, day), coach ? whose : NULL};
    if (monday != marks->monday ||
        coach != marks->coach) { /* those under way are about another week or coach: the app tells of them */
        app_forget_changes(marks->app, marks);
        marks->count = 0;
    }
    marks->monday = monday;
    marks->coach = coach;
    db_cancel(app_db(marks->app), marks->ticket, true);
    marks->ticket = db_send(app_db(marks->app), &QUERY_REVIEW_MARKS, params, on_marks, marks);
}

enum review_mark review_marks_get(const struct review_marks *marks, int64_t client)
{
    const struct mark *mark = find(marks, client);
    return mark ? mark->mark : REVIEW_PENDING;
}

bool review_marks_under_way(const struct review_marks *marks, int64_t client)
{
    const struct mark *mark = find(marks, client);
    return mark && mark->under_way;
}

static void on_answer(void *owner, int64_t client, const struct change_reply *reply)
{
    struct review_marks *marks = owner;
    struct mark *mark = make(marks, client);
    bool saved = reply->outcome == CHANGE_SAVED;
    mark->under_way = false;
    if (saved && !reply->repeated && reply->version) {
        mark->mark = mark->wanted;
        snprintf(mark->version, sizeof mark->version, "%s", reply->version);
    } else { /* somebody may have marked it since */
        review_marks_load(marks, marks->monday, marks->coach);
    }
    marks->changed(marks->ctx, saved, 1);
}

void review_marks_set(struct review_marks *marks, int64_t client, const char *what, enum review_mark mark)
{
    char number[24], day[DATE_TEXT_MAX], message[160];
    struct mark *now = make(marks, client);
    if (now->under_way || now->mark == mark)
        return;
    snprintf(number, sizeof number, "%lld", (long long)client);
    snprintf(message, sizeof message, "%s %s", what, told[mark]);
    const char *params[] = {number, date_iso(marks->monday, day), words[mark], *now->version ? now->version : NULL};
    now->under_way = true;
    now->batch = 0;
    now->wanted = mark;
    app_change(marks->app, &QUERY_REVIEW_SET, params, message, marks, client, on_answer);
}

/* All or none of them were saved; how they stand, with their versions, is read. */
static void on_batch(void *owner, int64_t batch, const struct change_reply *reply)
{
    struct review_marks *marks = owner;
    int count = 0;
    for (int i = 0; i < marks->count; i++)
        if (marks->list[i].under_way && marks->list[i].batch == batch) {
            marks->list[i].under_way = false;
            count++;
        }
    review_marks_load(marks, marks->monday, marks->coach);
    marks->changed(marks->ctx, reply->outcome == CHANGE_SAVED, count);
}

void review_marks_set_all(struct review_marks *marks, const int64_t *clients, int count, enum review_mark mark)
{
    char day[DATE_TEXT_MAX], message[80];
    struct str ids = {0};
    int64_t batch = ++marks->batches;
    for (int i = 0; i < count; i++) {
        struct mark *now = make(marks, clients[i]);
        now->under_way = true;
        now->batch = batch;
        str_addf(&ids, "%s%lld", i ? "," : "{", (long long)clients[i]);
    }
    str_add(&ids, "}");
    snprintf(message, sizeof message, "%d client%s %s", count, count == 1 ? "" : "s", told[mark]);
    const char *params[] = {str_text(&ids), date_iso(marks->monday, day), words[mark]};
    app_change(marks->app, &QUERY_REVIEW_SET_ALL, params, message, marks, batch, on_batch);
    str_fini(&ids);
}
