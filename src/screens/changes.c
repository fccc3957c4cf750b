/* Changes that screens make. They outlive the screen: what becomes of one is told wherever its person is by then, and whoever leaves
 * the program is held up until it is known. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_private.h"
#include "centurion/base/mem.h"
#include "centurion/jobs/drafts.h"

enum { GRACE_MS = 5000 };

struct app_change {
    struct app_change *next;
    struct app *app;
    char what[160];
    const void *owner; /* NULL: its screen is gone */
    int64_t key;
    app_change_fn *done;
    bool undoable;
};

static void unlink_change(struct app *app, const struct app_change *change)
{
    struct app_change **at = &app->changes;
    while (*at != change)
        at = &(*at)->next;
    *at = change->next;
}

static void tell(struct app *app, const char *what, const struct change_reply *reply)
{
    switch (reply->outcome) {
    case CHANGE_SAVED:
        return; /* its screen shows it */
    case CHANGE_PARTLY:
        app_say(app, ROLE_BAD, "%s: not all of it was saved.", what);
        return;
    case CHANGE_CONFLICT:
        app_say(app, ROLE_BAD, "%s: not saved. Somebody changed it since it was read; F5 shows how it stands now.",
                what);
        return;
    case CHANGE_REFUSED:
        app_say(app, ROLE_BAD, "%s: not saved. %s%s%s", what, reply->error->text, *reply->error->hint ? " " : "",
                reply->error->hint);
        return;
    case CHANGE_UNKNOWN:
        app_say(app, ROLE_BAD, "%s: it is not known whether this was saved. %s", what, reply->error->text);
        return;
    }
}

/* Of several rows some may be saved, and can be taken back, though others are not. */
static bool changed_something(const struct change_reply *reply)
{
    for (int row = 0; row < rowset_count(reply->rows); row++)
        if (!rowset_null(reply->rows, row, CHANGE_COLUMN_AUDIT))
            return true;
    return false;
}

static void answered(void *arg, const struct change_reply *reply)
{
    struct app_change *change = arg;
    struct app *app = change->app;
    unlink_change(app, change);
    tell(app, change->what, reply);
    if (change->undoable && changed_something(reply))
        undo_note(app, reply->id, change->what);
    if (change->owner && change->done)
        change->done((void *)change->owner, change->key, reply);
    else if (changed_something(reply)) /* nobody shows what came of it */
        app_hint(app, NULL);
    free(change);
    app_changed(app, REPAINT);
    if (app->leaving && !app->changes)
        loop_stop(app->loop, app->exit_code);
}

void app_change_as(struct app *app, const char *id, bool undoable, const struct query *query, const char *const *params,
                   const char *what, void *owner, int64_t key, app_change_fn *done)
{
    struct app_change *change = mem_alloc(sizeof *change);
    *change = (struct app_change){
        .next = app->changes, .app = app, .owner = owner, .key = key, .done = done, .undoable = undoable};
    snprintf(change->what, sizeof change->what, "%s", what);
    app->changes = change;
    data_change(app->db, query, params, id, answered, change);
    app_changed(app, REPAINT);
}

void app_change(struct app *app, const struct query *query, const char *const *params, const char *what, void *owner,
                int64_t key, app_change_fn *done)
{
    app_change_as(app, NULL, true, query, params, what, owner, key, done);
}

void app_forget_changes(struct app *app, const void *owner)
{
    for (struct app_change *change = app->changes; change; change = change->next)
        if (change->owner == owner)
            change->owner = NULL;
}

int app_changes_open(const struct app *app)
{
    int count = 0;
    for (const struct app_change *change = app->changes; change; change = change->next)
        count++;
    return count;
}

static void give_up(void *arg)
{
    struct app *app = arg;
    loop_stop(app->loop, app->exit_code);
}

void app_leave(struct app *app, bool wait)
{
    int open = app_changes_open(app);
    drafts_flush(app->drafts);
    if (!open || app->leaving) {
        loop_stop(app->loop, app->exit_code);
        return;
    }
    app->leaving = true;
    if (wait)
        app_say(app, ROLE_WARN, "Leaving once %d change%s saved. Again: leave now; the server may still take %s.", open,
                open == 1 ? " is" : "s are", open == 1 ? "it" : "them");
    else
        loop_after(app->loop, GRACE_MS, give_up, app);
}

void app_end_changes(struct app *app)
{
    if (app->changes)
        fprintf(stderr, "centurion: of %d change%s it is not known whether the server saved %s:\n",
                app_changes_open(app), app->changes->next ? "s" : "", app->changes->next ? "them" : "it");
    while (app->changes) {
        struct app_change *change = app->changes;
        fprintf(stderr, "  %s\n", change->what);
        app->changes = change->next;
        free(change);
    }
}
