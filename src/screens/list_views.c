/* Saved views: the present one under a name, and a window to pick one, with those that can be renamed and deleted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/jobs/views.h"
#include "list_private.h"

/* A digit or letter each, but for those that mean something in the window: motions, the way out, renaming. */
static const char letters[] = "123456789abcdfhilmnoprstuvwxyz";
enum { WINDOW_COLS = 72 };

struct list_views {
    struct list *list;
    struct saved_view *views;
    int count;
    struct menu *menu; /* the window; NULL: none */
    char *name;        /* of the one that is renamed, deleted or replaced */
    char *becomes;     /* what would take its place */
};

static const char *login_of(const struct list_views *self)
{
    return db_user(app_db(self->list->app));
}

static void failed(const struct list_views *self, const struct error *error)
{
    app_say(self->list->app, ROLE_ERROR, "%s %s", error->text, error->hint);
}

static void name(char **which, const char *text)
{
    char *copy = mem_strdup(text);
    free(*which);
    *which = copy;
}

static bool read_views(struct list_views *self)
{
    struct error error = {0};
    views_free(self->views, self->count);
    self->views = views_read(login_of(self), self->list->name, &self->count, &error);
    if (error.status != STATUS_OK)
        failed(self, &error);
    return error.status == STATUS_OK;
}

static const struct saved_view *find(const struct list_views *self, const char *text)
{
    for (int i = 0; i < self->count; i++)
        if (strcasecmp(self->views[i].name, text) == 0)
            return &self->views[i];
    return NULL;
}

/* ---- The window ---- */

static void show(struct list_views *self);

static void close_window(struct list_views *self)
{
    if (!self->menu)
        return;
    app_popup_close(self->list->app, menu_widget(self->menu));
    menu_free(self->menu);
    self->menu = NULL;
}

static const struct saved_view *under_cursor(const struct list_views *self)
{
    int64_t at;
    return self->menu && menu_chosen(self->menu, &at) ? &self->views[at] : NULL;
}

static void done(void *owner, bool accepted)
{
    struct list_views *self = owner;
    const struct saved_view *view = accepted ? under_cursor(self) : NULL;
    char error[LIST_FILTER_ERROR];
    if (view && !list_apply(self->list, view->filter, view->sort, view->columns, error))
        app_say(self->list->app, ROLE_ERROR, "The view \"%s\" fits this list no more: %s.", view->name, error);
    close_window(self);
    app_changed(self->list->app, REPAINT | MOVED);
}

static void removed(void *owner, int64_t key)
{
    struct list_views *self = owner;
    struct error error = {0};
    (void)key;
    close_window(self);
    if (views_remove(login_of(self), self->list->name, self->name, &error) != STATUS_OK) {
        failed(self, &error);
        return;
    }
    app_say(self->list->app, ROLE_GOOD, "The view \"%s\" is deleted.", self->name);
    if (read_views(self) && self->count)
        show(self);
}

static void act(void *owner, enum action action)
{
    struct list_views *self = owner;
    const struct saved_view *view = under_cursor(self);
    if (!view)
        return;
    name(&self->name, view->name);
    if (action == ACTION_DELETE) {
        app_confirm(self->list->app, "Delete a view",
                    "This saved view will be gone, for good:", (const char *const *)&self->name, 1, "Delete it",
                    removed, self, 0);
    } else {
        close_window(self);
        self->list->asked = ASKED_VIEW_RENAMED;
        app_ask(self->list->app, "New name of the view", self->name);
    }
}

static void show(struct list_views *self)
{
    static const enum action hints[] = {ACTION_OPEN, ACTION_EDIT, ACTION_DELETE, ACTION_CANCEL};
    struct menu_item items[VIEWS_MAX];
    char *remarks[VIEWS_MAX];
    for (int i = 0; i < self->count; i++) {
        const struct saved_view *view = &self->views[i];
        remarks[i] = mem_printf("%s%s%s", view->filter,
                                *view->sort ? (*view->filter ? "   sorted by " : "sorted by ") : "", view->sort);
        items[i] = (struct menu_item){.text = view->name, .remark = remarks[i], .letter = letters[i], .value = i};
    }
    self->menu = menu_new(NULL, items, self->count);
    for (int i = 0; i < self->count; i++)
        free(remarks[i]);
    struct app_popup popup = {.widget = menu_widget(self->menu),
                              .title = "Saved views of this list",
                              .hints = hints,
                              .hint_count = sizeof hints / sizeof hints[0],
                              .owner = self,
                              .done = done,
                              .actions = {ACTION_EDIT, ACTION_DELETE},
                              .act = act};
    menu_size(self->menu, WINDOW_COLS, &popup.rows, &popup.cols);
    if (popup.cols < (int)strlen(popup.title) + 4)
        popup.cols = (int)strlen(popup.title) + 4;
    app_popup(self->list->app, &popup);
}

/* ---- Saving ---- */

static void save(struct list_views *self, const char *as)
{
    struct list *list = self->list;
    struct error error = {0};
    char *sort = list_sort_text(list), *columns = list_columns_text(list), *aside;
    const struct saved_view view = {(char *)as, list->filter_text, sort, columns};
    if (views_save(login_of(self), list->name, &view, &aside, &error) != STATUS_OK)
        failed(self, &error);
    else if (aside)
        app_say(list->app, ROLE_WARN, "Saved \"%s\". What was there made no sense and is now %s.", as, aside);
    else
        app_say(list->app, ROLE_GOOD, "Saved this view as \"%s\"; f picks it.", as);
    free(aside);
    free(sort);
    free(columns);
}

static void replaced(void *owner, int64_t key)
{
    struct list_views *self = owner;
    (void)key;
    save(self, self->becomes);
}

static void rename_to(struct list_views *self, const char *text)
{
    const struct saved_view *was = find(self, self->name);
    struct error error = {0};
    char *aside = NULL;
    if (!was) {
        app_say(self->list->app, ROLE_ERROR, "There is no view \"%s\" any more.", self->name);
        return;
    }
    const struct saved_view now = {(char *)text, was->filter, was->sort, was->columns};
    enum status status = views_save(login_of(self), self->list->name, &now, &aside, &error);
    if (status == STATUS_OK && strcasecmp(text, self->name) != 0)
        status = views_remove(login_of(self), self->list->name, self->name, &error);
    if (status == STATUS_OK)
        app_say(self->list->app, ROLE_GOOD, "The view \"%s\" is now called \"%s\".", self->name, text);
    else
        failed(self, &error);
    free(aside);
}

static bool answered(struct list_views *self, enum asked asked, const char *text, char error[LIST_FILTER_ERROR])
{
    if (!*text || strlen(text) > VIEW_NAME_MAX) {
        snprintf(error, LIST_FILTER_ERROR, "a name of 1 to %d characters is needed", VIEW_NAME_MAX);
        return false;
    }
    if (!read_views(self)) /* it said why */
        self->count = 0;
    const struct saved_view *there = find(self, text);
    if (asked == ASKED_VIEW_RENAMED) {
        if (there && strcasecmp(text, self->name) != 0) {
            snprintf(error, LIST_FILTER_ERROR, "there is a view \"%s\" already", there->name);
            return false;
        }
        rename_to(self, text);
    } else if (there) {
        name(&self->becomes, text);
        app_confirm(self->list->app, "Replace a view",
                    "There is a view of this name already:", (const char *const *)&there->name, 1, "Replace it",
                    replaced, self, 0);
    } else {
        save(self, text);
    }
    return true;
}

bool list_views_answer(struct list *list, enum asked asked, const char *text, char error[LIST_FILTER_ERROR])
{
    char *trimmed = mem_strdup(text + strspn(text, " "));
    for (size_t length = strlen(trimmed); length && trimmed[length - 1] == ' '; length--)
        trimmed[length - 1] = '\0';
    bool sound = answered(list->views, asked, trimmed, error);
    free(trimmed);
    return sound;
}

/* ---- Actions ---- */

bool list_views_accepts(enum action action)
{
    return action == ACTION_VIEWS || action == ACTION_SAVE_VIEW;
}

unsigned list_views_act(struct list *list, enum action action)
{
    if (!list->views) {
        list->views = mem_alloc(sizeof *list->views);
        list->views->list = list;
    }
    struct list_views *self = list->views;
    close_window(self);
    if (action == ACTION_SAVE_VIEW) {
        list->asked = ASKED_VIEW_NAME;
        app_ask(list->app, "Save this view as", "");
    } else if (read_views(self)) {
        if (self->count)
            show(self);
        else
            app_say(list->app, ROLE_DIM, "No views of this list are saved yet; F saves its filter, order and columns.");
    }
    return TAKEN | REPAINT;
}

void list_views_fini(struct list *list)
{
    struct list_views *self = list->views;
    if (!self)
        return;
    close_window(self);
    views_free(self->views, self->count);
    free(self->name);
    free(self->becomes);
    free(self);
    list->views = NULL;
}
