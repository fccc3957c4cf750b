/* What is shown is read anew when the server hints that somebody else changed it. A hint names a table and nothing else, anybody can send one,
 * and many may come at once: so they only make the screen stale, and reading waits until nothing is in the way, with a pause after each
 * time that grows while nobody touches a key. A program that nobody looks at does not keep the server busy. */
#include <string.h>

#include "app_private.h"

enum { SOON_MS = 150, PAUSE_MS = 1000, PAUSE_MOST_MS = 30000 };

/* Is the word one of those in the list? */
static bool names(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; length && at && (at = strstr(at, word)); at += length)
        if ((at == list || at[-1] == ' ') && (!at[length] || at[length] == ' '))
            return true;
    return false;
}

/* Under a window, a prompt or a half-typed key nothing moves; what is on its way may be the answer already. */
static bool is_busy(const struct app *app)
{
    return app->locked || app->overlay != OVERLAY_NONE || app->popup || app_lent(app) || keymap_pending(app->keymap) ||
           app->changes || app->navigating || db_waiting_since(app->db);
}

static void freshen(void *arg)
{
    struct app *app = arg;
    app->freshen = 0;
    if (!app->stale || is_busy(app) || !app->screen || !app->signed_in) /* app_freshen() sees to it later */
        return;
    app->stale = false;
    app->freshened_at = loop_now(app->loop);
    app->freshen_pause = app->freshen_pause * 2 < PAUSE_MOST_MS ? app->freshen_pause * 2 : PAUSE_MOST_MS;
    app->screen->in_place = true;
    app->screen->ops->load(app->screen);
    loop_dirty(app->loop);
}

void app_freshen(struct app *app)
{
    if (!app->stale || app->freshen || is_busy(app))
        return;
    if (!app->freshen_pause)
        app->freshen_pause = PAUSE_MS;
    int64_t wait = app->freshened_at ? app->freshened_at + app->freshen_pause - loop_now(app->loop) : 0;
    app->freshen = loop_after(app->loop, wait > SOON_MS ? (int)wait : SOON_MS, freshen, app);
}

void app_hint(struct app *app, const char *table)
{
    const char *shown = app->screen ? app->screen->ops->shows : NULL;
    if (!app->signed_in || !shown || (table && !names(shown, table)))
        return;
    app->stale = true;
    app_freshen(app);
}

void app_touched(struct app *app)
{
    app->freshen_pause = PAUSE_MS;
    if (app->freshen) { /* it may be due sooner now */
        loop_cancel(app->loop, app->freshen);
        app->freshen = 0;
        app_freshen(app);
    }
}

bool app_in_place(const struct app *app)
{
    return app->screen && app->screen->in_place;
}
