/* What this run of the program has saved can be taken back, the newest first, and done again. What that will do is asked of the
 * server and shown before. One unit is one change as it was sent, so all of a bulk action. */
#include <stdio.h>
#include <string.h>

#include "app_private.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"

enum { LINES_MAX = 8 };

static void push(struct undo_stack *stack, const char *id, const char *what, int64_t at)
{
    if (stack->count == UNDO_MAX) {
        memmove(stack->items, stack->items + 1, sizeof stack->items - sizeof stack->items[0]);
        stack->count--;
    }
    struct undo_item *item = &stack->items[stack->count++];
    snprintf(item->id, sizeof item->id, "%s", id);
    snprintf(item->what, sizeof item->what, "%s", what);
    item->at = at;
}

static void drop(struct undo_stack *stack, const char *id)
{
    for (int i = 0; i < stack->count; i++)
        if (str_equal(stack->items[i].id, id)) {
            stack->count--;
            memmove(stack->items + i, stack->items + i + 1, (size_t)(stack->count - i) * sizeof stack->items[0]);
            return;
        }
}

void undo_note(struct app *app, const char *id, const char *what)
{
    push(&app->done, id, what, loop_now(app->loop));
    app->undone.count = 0; /* what was taken back before belongs to another course of things */
}

void undo_forget(struct app *app)
{
    db_cancel(app->db, app->previewing, false);
    app->previewing = 0;
    app->done.count = app->undone.count = 0;
}

static const char *verb(const struct app *app)
{
    return app->redoing ? "redo" : "undo";
}

static void answered(void *owner, int64_t redo, const struct change_reply *reply)
{
    struct app *app = owner;
    struct undo_item item = app->taken;
    if (reply->outcome != CHANGE_SAVED)
        return;
    drop(redo ? &app->undone : &app->done, item.id);
    push(redo ? &app->done : &app->undone, reply->id, item.what, loop_now(app->loop));
    app_say(app, ROLE_GOOD, "%s: %s", redo ? "Done again" : "Taken back", item.what);
    if (app->screen && app->signed_in)
        app->screen->ops->load(app->screen);
}

static void agreed(void *owner, int64_t redo)
{
    struct app *app = owner;
    char what[200];
    const char *params[] = {app->taken.id};
    snprintf(what, sizeof what, "%s: %s", verb(app), app->taken.what);
    app_change_as(app, NULL, false, &QUERY_UNDO, params, what, app, redo, answered);
}

static void ago(const struct app *app, struct str *out)
{
    long long seconds = (loop_now(app->loop) - app->taken.at) / 1000;
    if (seconds < 60)
        str_addf(out, "%lld s ago", seconds);
    else if (seconds < 3600)
        str_addf(out, "%lld min ago", seconds / 60);
    else
        str_addf(out, "%lld h ago", seconds / 3600);
}

/* "Entry 12  weight: 81 → 80" */
static void add_step(struct str *out, const struct rowset *rows, int row)
{
    bool now = !rowset_null(rows, row, UNDO_PREVIEW_NOW_IS), then = !rowset_null(rows, row, UNDO_PREVIEW_THEN_IS);
    str_addf(out, "\n%s %s: ", rowset_text(rows, row, UNDO_PREVIEW_ENTITY), rowset_text(rows, row, UNDO_PREVIEW_KEY));
    if (rowset_null(rows, row, UNDO_PREVIEW_FIELD))
        str_add(out, then ? "comes back" : "goes away");
    else
        str_addf(out, "%s %.60s -> %.60s", rowset_text(rows, row, UNDO_PREVIEW_FIELD),
                 now ? rowset_text(rows, row, UNDO_PREVIEW_NOW_IS) : "nothing",
                 then ? rowset_text(rows, row, UNDO_PREVIEW_THEN_IS) : "nothing");
}

static void cannot(struct app *app, const char *entity, const char *why)
{
    app_say(app, ROLE_WARN, "%s cannot be %s: %s%s%s.", app->taken.what, app->redoing ? "done again" : "taken back",
            entity, *entity ? ": " : "", why);
    drop(app->redoing ? &app->undone : &app->done, app->taken.id);
}

static void on_preview(void *arg, const struct reply *reply)
{
    struct app *app = arg;
    const struct rowset *rows = reply->rows;
    app->previewing = 0;
    if (reply->status != STATUS_OK) {
        app_fault(app, reply->error);
        return;
    }
    int count = rowset_count(rows);
    if (!count) {
        cannot(app, "", "the log has nothing of it");
        return;
    }
    for (int row = 0; row < count; row++)
        if (!rowset_null(rows, row, UNDO_PREVIEW_FAULT)) {
            cannot(app, rowset_text(rows, row, UNDO_PREVIEW_ENTITY), rowset_text(rows, row, UNDO_PREVIEW_FAULT));
            return;
        }
    struct str words = {0};
    str_addf(&words, "%s: %s, ", verb(app), app->taken.what);
    ago(app, &words);
    for (int row = 0; row < count && row < LINES_MAX; row++)
        add_step(&words, rows, row);
    if (count > LINES_MAX)
        str_addf(&words, "\nand %d more", count - LINES_MAX);
    app_confirm(app, app->redoing ? "Redo" : "Undo", str_text(&words), NULL, 0,
                app->redoing ? "Do it again" : "Take it back", agreed, app, app->redoing);
    str_fini(&words);
}

bool undo_can(const struct app *app, bool redo)
{
    return app->signed_in && (redo ? app->undone.count : app->done.count) > 0;
}

void undo_ask(struct app *app, bool redo)
{
    const struct undo_stack *stack = redo ? &app->undone : &app->done;
    if (app->previewing || !stack->count)
        return;
    app->redoing = redo;
    app->taken = stack->items[stack->count - 1];
    const char *params[] = {app->taken.id};
    app->previewing = db_send(app->db, &QUERY_UNDO_PREVIEW, params, on_preview, app);
}
