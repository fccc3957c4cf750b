/* Windows that screens put over themselves: any widget, a question, a menu. One may lie over another; the top one has the
 * keyboard. They go when their screen goes. */
#include <stdlib.h>
#include <string.h>

#include "app_private.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/ui/menu.h"
#include "centurion/ui/window.h"

enum { FRAME_ROWS = 2, FRAME_COLS = 4, NAMES_MOST = 8, WORDS_COLS = 64 };
enum { ANSWER_NO, ANSWER_YES };

struct popup {
    struct popup *below;
    struct app_popup as;
    char *title;
    struct menu *menu; /* a question or menu: the app's own */
    app_chosen_fn *chosen;
    app_confirm_fn *confirm;
    void *owner;
    int64_t key;
};

static const enum action hints[] = {ACTION_OPEN,   ACTION_SAVE,  ACTION_SAVE_NEXT, ACTION_SUGGESTED,
                                    ACTION_EDITOR, ACTION_CLEAR, ACTION_CANCEL};

const enum action *popup_hints(const struct app *app, int *count)
{
    const struct app_popup *as = &app->popup->as;
    *count = as->hints ? as->hint_count : (int)(sizeof hints / sizeof hints[0]);
    return as->hints ? as->hints : hints;
}

static void size_of(const struct popup *popup, int most_rows, int most_cols, int *rows, int *cols)
{
    *rows = popup->as.rows;
    *cols = popup->as.cols;
    if (popup->menu)
        menu_size(popup->menu, most_cols < WORDS_COLS ? most_cols : WORDS_COLS, rows, cols);
    int title = (int)strlen(popup->title) + 4;
    *cols = popup->menu && *cols < title ? title : *cols;
    *rows = *rows <= 0 || *rows > most_rows ? most_rows : *rows;
    *cols = *cols <= 0 || *cols > most_cols ? most_cols : *cols;
}

void popup_reflow(struct app *app, int rows, int cols)
{
    for (struct popup *popup = app->popup; popup; popup = popup->below) {
        int inner_rows, inner_cols;
        size_of(popup, rows - FRAME_ROWS, cols - FRAME_COLS, &inner_rows, &inner_cols);
        widget_resize(popup->as.widget, inner_rows, inner_cols);
        popup->as.widget->focused = popup == app->popup;
    }
}

/* Where the inside of a popup begins in the body. */
static void place(const struct popup *popup, int rows, int cols, int *top, int *left)
{
    *top = (rows - popup->as.widget->rows - FRAME_ROWS) / 2 + 1;
    *left = (cols - popup->as.widget->cols - FRAME_COLS) / 2 + 2;
}

static void paint(const struct popup *popup, const struct surface *body)
{
    if (!popup)
        return;
    paint(popup->below, body);
    const struct widget *widget = popup->as.widget;
    struct surface inside = window_open(body, widget->rows + FRAME_ROWS, widget->cols + FRAME_COLS, popup->title);
    widget_paint(widget, &inside);
}

void popup_paint(const struct app *app, const struct surface *body)
{
    paint(app->popup, body);
}

struct widget *popup_widget(const struct app *app)
{
    return app->popup ? app->popup->as.widget : NULL;
}

bool popup_cursor(const struct app *app, int rows, int cols, int *row, int *col)
{
    int top, left;
    if (!app->popup || !widget_cursor(app->popup->as.widget, row, col))
        return false;
    place(app->popup, rows, cols, &top, &left);
    *row += top;
    *col += left;
    return true;
}

unsigned popup_mouse(struct app *app, int rows, int cols, const struct input *input)
{
    int top, left;
    struct widget *widget = app->popup->as.widget;
    place(app->popup, rows, cols, &top, &left);
    struct input inside = *input;
    inside.row -= top;
    inside.col -= left;
    bool within = inside.row >= 0 && inside.row < widget->rows && inside.col >= 0 && inside.col < widget->cols;
    return within ? widget_mouse(widget, &inside) : NOT_TAKEN;
}

static void release(struct popup *popup)
{
    menu_free(popup->menu);
    free(popup->title);
    free(popup);
}

static struct popup *take_down(struct app *app, const struct widget *widget)
{
    for (struct popup **at = &app->popup; *at; at = &(*at)->below)
        if ((*at)->as.widget == widget) {
            struct popup *popup = *at;
            *at = popup->below;
            if (app->popup)
                app->popup->as.widget->focused = true;
            app_reflow(app);
            return popup;
        }
    return NULL;
}

/* The top one was accepted or closed. */
void popup_done(struct app *app, bool accepted)
{
    struct popup was = *app->popup; /* what is told may put up others */
    int64_t value = 0;
    bool chosen = was.menu && accepted && menu_chosen(was.menu, &value);
    if (!accepted || !was.as.stays)
        release(take_down(app, was.as.widget));
    if (chosen && was.chosen)
        was.chosen(was.owner, value);
    if (chosen && was.confirm && value == ANSWER_YES)
        was.confirm(was.owner, was.key);
    if (was.as.done)
        was.as.done(was.as.owner, accepted);
}

bool popup_owner_takes(const struct app *app, enum action action)
{
    return app->popup && action != ACTION_NONE &&
           (app->popup->as.actions[0] == action || app->popup->as.actions[1] == action);
}

void popup_owner_act(struct app *app, enum action action)
{
    const struct app_popup as = app->popup->as; /* the owner may put up another */
    as.act(as.owner, action);
}

void popup_forget_all(struct app *app)
{
    while (app->popup) {
        struct popup *popup = app->popup;
        app->popup = popup->below;
        release(popup);
    }
}

static struct popup *put_up(struct app *app, const struct app_popup *as)
{
    struct popup *popup = mem_alloc(sizeof *popup);
    popup->as = *as;
    popup->title = mem_strdup(as->title ? as->title : "");
    popup->below = app->popup;
    app->popup = popup;
    keymap_reset(app->keymap);
    return popup;
}

void app_popup(struct app *app, const struct app_popup *popup)
{
    put_up(app, popup);
    app_reflow(app);
}

void app_popup_close(struct app *app, const struct widget *widget)
{
    struct popup *popup = take_down(app, widget);
    if (popup)
        release(popup);
}

bool app_popup_shown(const struct app *app, const struct widget *widget)
{
    for (const struct popup *popup = app->popup; popup; popup = popup->below)
        if (popup->as.widget == widget)
            return true;
    return false;
}

static struct popup *put_up_menu(struct app *app, const char *title, struct menu *menu)
{
    struct app_popup as = {.widget = menu_widget(menu), .title = title};
    struct popup *popup = put_up(app, &as);
    popup->menu = menu;
    return popup;
}

void app_menu(struct app *app, const char *title, const char *words, const struct menu_item *items, int count,
              app_chosen_fn *fn, void *owner)
{
    struct popup *popup = put_up_menu(app, title, menu_new(words, items, count));
    popup->chosen = fn;
    popup->owner = owner;
    app_reflow(app);
}

/* ---- Questions ---- */

void app_confirm(struct app *app, const char *title, const char *words, const char *const *names, int count,
                 const char *verb, app_confirm_fn *fn, void *owner, int64_t key)
{
    struct str text = {0};
    str_add(&text, words);
    for (int i = 0; i < count && i < NAMES_MOST; i++)
        str_addf(&text, "%s%s %s", "\n", glyph(GLYPH_DOT), names[i]);
    if (count > NAMES_MOST)
        str_addf(&text, "\n  +%d more", count - NAMES_MOST);
    const struct menu_item answers[] = {
        {.text = "No, change nothing", .letter = 'n', .value = ANSWER_NO},
        {.text = verb, .letter = 'y', .value = ANSWER_YES},
    };
    struct popup *popup = put_up_menu(app, title, menu_new(str_text(&text), answers, 2));
    popup->confirm = fn;
    popup->owner = owner;
    popup->key = key;
    str_fini(&text);
    app_reflow(app);
}
