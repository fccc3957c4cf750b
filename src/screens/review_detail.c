#include "review_detail.h"

#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/doc.h"
#include "present.h"

enum {
    REST_MS = 60, /* the cursor rests: slower than keys repeat */
    DIM_MS = 150, /* the pane shows somebody else for longer than one notices */
    KEPT = 32,    /* members whose details are kept */
};

static const struct query *const queries[REVIEW_PART_COUNT] = {
    [REVIEW_PART_REASONS] = &QUERY_REVIEW_REASONS, [REVIEW_PART_WEEK] = &QUERY_REVIEW_WEEK_STRIP,
    [REVIEW_PART_TRENDS] = &QUERY_REVIEW_TRENDS,   [REVIEW_PART_CHANGES] = &QUERY_REVIEW_CHANGES,
    [REVIEW_PART_NOTES] = &QUERY_REVIEW_NOTES,
};

struct kept;

/* Tells an answer what it belongs to. */
struct slot {
    struct kept *kept;
    enum review_part part;
};

/* One member's answers of one week. */
struct kept {
    struct review_detail *detail;
    int64_t user_id;
    int monday;
    struct slot slots[REVIEW_PART_COUNT];
    struct rowset *rows[REVIEW_PART_COUNT];
    db_ticket tickets[REVIEW_PART_COUNT];
    int missing; /* answers still under way */
    bool failed;
    uint64_t used;
};

struct review_detail {
    struct app *app;
    struct doc *doc;
    struct review_subject wanted, shown;
    struct kept kept[KEPT];
    uint64_t clock;
    loop_id rest, dim;
};

static struct kept *find(struct review_detail *detail, const struct review_subject *subject)
{
    for (int i = 0; i < KEPT; i++)
        if (detail->kept[i].user_id == subject->user_id && detail->kept[i].monday == subject->monday)
            return &detail->kept[i];
    return NULL;
}

static void drop(struct kept *kept)
{
    for (int i = 0; i < REVIEW_PART_COUNT; i++) {
        db_cancel(app_db(kept->detail->app), kept->tickets[i], true);
        rowset_free(kept->rows[i]);
        kept->tickets[i] = 0;
        kept->rows[i] = NULL;
    }
    kept->user_id = 0;
    kept->missing = 0;
    kept->failed = false;
}

static void build(void *ctx, struct doc *doc, int cols, int rows)
{
    struct review_detail *detail = ctx;
    if (!detail->shown.user_id)
        return;
    struct kept *kept = find(detail, &detail->shown);
    if (!kept || kept->missing || kept->failed) {
        review_content_head(doc, &detail->shown);
        doc_line(doc);
        doc_text(doc, ROLE_DIM, kept && kept->failed ? "This member could not be read. F5 tries again." : "reading");
    } else {
        review_content(detail->app, doc, &detail->shown, kept->rows, cols, rows);
    }
}

/* ---- Following the cursor ---- */

static void show_wanted(struct review_detail *detail)
{
    bool other = detail->shown.user_id != detail->wanted.user_id;
    loop_cancel(app_loop(detail->app), detail->dim);
    detail->dim = 0;
    detail->shown = detail->wanted;
    doc_set_dim(detail->doc, false);
    if (other)
        doc_scroll_top(detail->doc);
    doc_rebuild(detail->doc);
    app_changed(detail->app, REPAINT);
}

static void on_rows(void *arg, const struct reply *reply)
{
    struct slot *slot = arg;
    struct kept *kept = slot->kept;
    struct review_detail *detail = kept->detail;
    kept->tickets[slot->part] = 0;
    if (reply->status == STATUS_OK) {
        kept->rows[slot->part] = rowset_keep(reply->rows);
    } else {
        if (!kept->failed)
            app_fault(detail->app, reply->error);
        kept->failed = true;
    }
    if (--kept->missing == 0 && kept == find(detail, &detail->wanted))
        show_wanted(detail);
}

static void ask(struct review_detail *detail)
{
    struct kept *kept = &detail->kept[0];
    for (int i = 0; i < KEPT; i++) {
        if (detail->kept[i].missing || detail->kept[i].failed) /* nobody waits for it any more */
            drop(&detail->kept[i]);
        if (detail->kept[i].used < kept->used)
            kept = &detail->kept[i];
    }
    drop(kept);
    kept->user_id = detail->wanted.user_id;
    kept->monday = detail->wanted.monday;
    kept->used = ++detail->clock;
    kept->missing = REVIEW_PART_COUNT;
    char id[24], monday[DATE_TEXT_MAX], coach[24];
    snprintf(id, sizeof id, "%lld", (long long)kept->user_id);
    snprintf(coach, sizeof coach, "%lld", (long long)detail->wanted.coach);
    const char *params[] = {id, date_iso(kept->monday, monday), detail->wanted.coach ? coach : NULL};
    for (int i = 0; i < REVIEW_PART_COUNT; i++)
        kept->tickets[i] = db_send(app_db(detail->app), queries[i], params, on_rows, &kept->slots[i]);
}

static void on_rest(void *arg)
{
    struct review_detail *detail = arg;
    detail->rest = 0;
    struct kept *kept = find(detail, &detail->wanted);
    if (!detail->wanted.user_id) {
        show_wanted(detail);
    } else if (!kept || kept->failed) {
        ask(detail);
    } else if (!kept->missing) {
        kept->used = ++detail->clock;
        show_wanted(detail);
    }
}

static void on_dim(void *arg)
{
    struct review_detail *detail = arg;
    detail->dim = 0;
    doc_set_dim(detail->doc, true);
    app_changed(detail->app, REPAINT);
}

void review_detail_point(struct review_detail *detail, const struct review_subject *subject)
{
    struct loop *loop = app_loop(detail->app);
    bool same = detail->shown.user_id == subject->user_id && detail->shown.monday == subject->monday;
    detail->wanted = *subject;
    loop_cancel(loop, detail->rest);
    detail->rest = 0;
    struct kept *kept = find(detail, subject);
    if (same && kept && !kept->failed && !kept->missing) {
        show_wanted(detail);
        return;
    }
    if (!detail->shown.user_id) { /* nothing to leave on the screen: now */
        detail->shown = *subject;
        on_rest(detail);
        return;
    }
    detail->rest = loop_after(loop, REST_MS, on_rest, detail);
    if (!detail->dim && !same)
        detail->dim = loop_after(loop, DIM_MS, on_dim, detail);
}

void review_detail_forget(struct review_detail *detail)
{
    for (int i = 0; i < KEPT; i++)
        drop(&detail->kept[i]);
}

void review_detail_rebuild(struct review_detail *detail)
{
    doc_rebuild(detail->doc);
}

bool review_detail_restless(const struct review_detail *detail)
{
    return detail->rest || detail->dim;
}

struct widget *review_detail_widget(struct review_detail *detail)
{
    return doc_widget(detail->doc);
}

struct review_detail *review_detail_new(struct app *app)
{
    struct review_detail *detail = mem_alloc(sizeof *detail);
    detail->app = app;
    detail->doc = doc_new();
    doc_on_build(detail->doc, build, detail);
    for (int i = 0; i < KEPT; i++) {
        detail->kept[i].detail = detail;
        for (int part = 0; part < REVIEW_PART_COUNT; part++)
            detail->kept[i].slots[part] = (struct slot){&detail->kept[i], (enum review_part)part};
    }
    return detail;
}

void review_detail_free(struct review_detail *detail)
{
    review_detail_forget(detail);
    loop_cancel(app_loop(detail->app), detail->rest);
    loop_cancel(app_loop(detail->app), detail->dim);
    doc_free(detail->doc);
    free(detail);
}
