/* Going from place to place: routes, history, back. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app_private.h"

static const struct screen_ops *find_screen(const char *id)
{
    for (int i = 0; screens_all[i]; i++)
        if (strcmp(screens_all[i]->id, id) == 0)
            return screens_all[i];
    return NULL;
}

void app_landing(struct app *app, struct route *out)
{
    route_format(out, "%s",
                 app->session.person == PERSON_COACH   ? "review"
                 : app->session.person == PERSON_ADMIN ? "admin"
                                                       : "client");
}

void app_close_screen(struct app *app)
{
    popup_forget_all(app);
    app->stale = false; /* the next one is read anew anyway */
    if (app->screen)
        app->screen->ops->close(app->screen);
    app->screen = NULL;
}

/* The present place as it is now (its cursor is part of the route), so that coming back finds it so. */
static void remember(struct app *app)
{
    if (app->screen && app->screen->ops->route && app->history_count)
        app->screen->ops->route(app->screen, &app->history[app->history_at].route);
}

static bool show(struct app *app, const struct route *route)
{
    const struct screen_ops *ops = find_screen(route->parts[0]);
    if (!ops) {
        app_say(app, ROLE_ERROR, "There is no place called \"%s\". Press : and type what you look for.", route->text);
        return false;
    }
    if (!(ops->people & app->session.person)) {
        app_say(app, ROLE_ERROR, "\"%s\" is not open to you.", ops->title);
        return false;
    }
    struct screen *screen = ops->open(app, route);
    if (!screen) {
        app_say(app, ROLE_ERROR, "\"%s\" is no address of %s.", route->text, ops->title);
        return false;
    }
    app_close_screen(app);
    app->screen = screen;
    keymap_reset(app->keymap);
    app_reflow(app);
    screen->ops->load(screen);
    return true;
}

void app_navigate(struct app *app, const struct route *route, int depth, bool replace)
{
    remember(app);
    if (!show(app, route))
        return;
    if (replace && app->history_count) {
        app->history[app->history_at].route = *route;
        return;
    }
    app->last_at = app->history_count ? app->history_at : -1;
    if (app->history_count)
        app->history_at++;
    if (app->history_at == HISTORY_MAX) {
        memmove(app->history, app->history + 1, sizeof app->history - sizeof app->history[0]);
        app->history_at--;
        app->last_at--;
    }
    app->history[app->history_at] = (struct place){*route, depth};
    app->history_count = app->history_at + 1;
}

static void go_to_history(struct app *app, int at)
{
    remember(app);
    struct route route = app->history[at].route; /* show() may not keep it alive */
    if (!show(app, &route))
        return;
    app->last_at = app->history_at;
    app->history_at = at;
}

void app_history_step(struct app *app, int step)
{
    int at = step ? app->history_at + step : app->last_at;
    if (at < 0 || at >= app->history_count)
        app_say(app, ROLE_DIM, "There is nothing %s in the history.", step > 0 ? "later" : "earlier");
    else
        go_to_history(app, at);
}

void app_back(struct app *app)
{
    if (!app->history_count)
        return;
    int depth = app->history[app->history_at].depth, at = app->history_at;
    while (at >= 0 && app->history[at].depth >= depth)
        at--;
    if (at >= 0) {
        go_to_history(app, at);
    } else { /* opened directly: its parent is the landing page */
        struct route route;
        app_landing(app, &route);
        app_navigate(app, &route, 0, false);
    }
}

static void navigate_now(void *arg)
{
    struct app *app = arg;
    app->navigating = 0;
    struct route route = app->next_route;
    app_navigate(app, &route, app->next_depth, app->next_replaces);
    loop_dirty(app->loop);
}

void app_arrive(struct app *app)
{
    if (!app->navigating)
        return;
    loop_cancel(app->loop, app->navigating);
    navigate_now(app);
}

__attribute__((format(printf, 3, 0))) static void go(struct app *app, bool replace, const char *format, va_list args)
{
    char text[ROUTE_TEXT * 2];
    vsnprintf(text, sizeof text, format, args);
    if (!route_parse(text, &app->next_route)) {
        app_say(app, ROLE_ERROR, "\"%s\" is no address.", text);
        return;
    }
    int depth = app->history_count ? app->history[app->history_at].depth : -1;
    app->next_depth = replace ? depth : depth + 1;
    app->next_replaces = replace;
    /* Deferred, because the screen that asks is closed by it. */
    if (!app->navigating)
        app->navigating = loop_defer(app->loop, navigate_now, app);
}

void app_open(struct app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    go(app, false, format, args);
    va_end(args);
}

void app_replace(struct app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    go(app, true, format, args);
    va_end(args);
}
