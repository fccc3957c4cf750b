/* One frame: app bar, breadcrumb, rule, panes, status line, hints. The same around every screen. */
#include <stdio.h>
#include <time.h>

#include "app_private.h"
#include "centurion/term/term.h"
#include "centurion/ui/help.h"

enum { SMALLEST_COLS = 60, SMALLEST_ROWS = 15, FULL_COLS = 80, FULL_ROWS = 24 };

void app_clock(const struct app *app, char out[6])
{
    time_t now = time(NULL);
    struct tm local;
    if (app->options->clock || !localtime_r(&now, &local))
        snprintf(out, 6, "%s", app->options->clock ? app->options->clock : "");
    else
        strftime(out, 6, "%H:%M", &local);
}

static bool too_small(void)
{
    return term_cols() < SMALLEST_COLS || term_rows() < SMALLEST_ROWS;
}

static bool hints_shown(void)
{
    return term_cols() >= FULL_COLS && term_rows() >= FULL_ROWS;
}

int app_body_rows(void)
{
    return term_rows() - BODY_TOP - 1 - hints_shown();
}

void app_reflow(struct app *app)
{
    loop_dirty(app->loop);
    if (too_small())
        return;
    int rows = app_body_rows(), cols = term_cols();
    if (app->screen) {
        if (app->screen->ops->reflow)
            app->screen->ops->reflow(app->screen, rows, cols);
        layout_arrange(app->screen->layout, rows, cols, app->screen->zoomed);
    }
    popup_reflow(app, rows, cols);
    lock_reflow(app);
    if (app->doc) /* inside its window's frame */
        widget_resize(doc_widget(app->doc), rows - 2, cols - 4);
    if (app->palette)
        widget_resize(palette_widget(app->palette), rows, cols);
    if (app->prompt)
        widget_resize(prompt_widget(app->prompt), 1, cols - 2);
}

static void paint_app_bar(struct app *app, const struct surface *row)
{
    static const char *const people[] = {
        [PERSON_ADMIN] = "admin ", [PERSON_COACH] = "coach ", [PERSON_CLIENT] = "client "};
    struct line left, right;
    line_clear(&left);
    line_clear(&right);
    line_add(&left, ROLE_APP, "CENTURION");
    if (app->screen)
        line_add(&left, ROLE_DIM, "  %s", app->screen->ops->title);
    if (app->session.user_id) {
        line_add(&right, ROLE_DIM, "%s", people[app->session.person]);
        line_add(&right, ROLE_TEXT, "%s", app->session.name);
        line_add(&right, ROLE_DIM, "  %s  ", glyph(GLYPH_DIVIDER));
    }
    if (app->options->place) {
        line_add(&right, ROLE_DIM, "%s  %s  ", app->options->place, glyph(GLYPH_DIVIDER));
    }
    app_connection_words(app, &right);
    if (app->screen && app->screen->loaded_at)
        line_add(&right, ROLE_TEXT, " %s", app->screen->loaded_clock);
    bars_pair(row, 0, &left, &right);
}

static void age(struct app *app, struct line *line)
{
    const struct screen *screen = app->screen;
    if (!screen || !screen->loaded_at)
        return;
    int64_t seconds = (loop_now(app->loop) - screen->loaded_at) / 1000;
    if (!app_troubled(app))
        return;
    if (seconds < 120)
        line_add(line, ROLE_WARN, "data is %lld s old", (long long)seconds);
    else
        line_add(line, ROLE_WARN, "data is %lld min old", (long long)(seconds / 60));
    line_add(line, ROLE_DIM, "   ");
}

/* While it is quick nobody needs to be told. */
static void unsaved(const struct app *app, struct line *line)
{
    int open = app_changes_open(app);
    int64_t since = db_waiting_since(app->db);
    if (open && (app_troubled(app) || (since && loop_now(app->loop) - since >= PATIENCE_MS)))
        line_add(line, ROLE_WARN, "%d change%s not saved yet   ", open, open == 1 ? "" : "s");
}

static void paint_status(struct app *app, const struct surface *row)
{
    struct line left, right;
    line_clear(&left);
    line_clear(&right);
    if (app->message_shown) {
        const struct message *message = &app->messages[app->message_count - 1];
        line_add(&left, message->role, "%s", message->text);
    } else {
        unsaved(app, &left);
        age(app, &left);
        if (*app->maintenance)
            line_add(&left, ROLE_WARN, "%s   ", app->maintenance);
        if (app_troubled(app) && app->screen && app->screen->ops != &connect_screen &&
            db_error(app->db)->status != STATUS_OK)
            line_add(&left, ROLE_BAD, "%s   ", db_error(app->db)->text);
        if (app->screen && app->screen->ops->status)
            app->screen->ops->status(app->screen, &left);
    }
    if (keymap_pending(app->keymap) && keymap_count(app->keymap) && !app->provisional_tab)
        line_add(&right, ROLE_KEY, "%d", keymap_count(app->keymap));
    bars_pair(row, 0, &left, &right);
}

static void paint_too_small(const struct surface *all)
{
    char words[48];
    int row = (all->rows - 1) / 2;
    snprintf(words, sizeof words, "%dx%d is too small", all->cols, all->rows);
    surface_field(all, row, 0, all->cols, ROLE_WARN, words, FIT_CENTER);
    snprintf(words, sizeof words, "%dx%d is needed", SMALLEST_COLS, SMALLEST_ROWS);
    surface_field(all, row + 1, 0, all->cols, ROLE_WARN, words, FIT_CENTER);
}

static bool pane_cursor(const struct app *app, int *row, int *col)
{
    const struct layout *pane = app->screen ? layout_focused(app->screen->layout) : NULL;
    if (!pane || !pane->at.shown || !widget_cursor(pane->widget, row, col))
        return false;
    *row += pane->at.top;
    *col += pane->at.left;
    return true;
}

void app_frame(void *arg)
{
    struct app *app = arg;
    struct surface all = term_surface();
    surface_clear(&all);
    term_cursor(-1, -1);
    if (too_small()) {
        paint_too_small(&all);
        term_show();
        return;
    }
    if (app->locked) {
        lock_paint(app, &all);
        term_show();
        return;
    }
    struct surface bar = surface_sub(&all, 0, 0, 1, all.cols);
    bar = surface_on(&bar, GROUND_BAR);
    paint_app_bar(app, &bar);

    struct surface crumb = surface_sub(&all, 1, 0, 1, all.cols),
                   body = surface_sub(&all, BODY_TOP, 0, app_body_rows(), all.cols);
    struct line left, right;
    line_clear(&left);
    line_clear(&right);
    if (app->screen)
        app->screen->ops->crumbs(app->screen, &left, &right);
    bars_pair(&crumb, 0, &left, &right);
    if (app->screen) {
        layout_edge(app->screen->layout, &all, BODY_TOP - 1, false);
        layout_paint(app->screen->layout, &body);
    }

    int foot = BODY_TOP + app_body_rows();
    struct surface status = surface_sub(&all, foot, 0, 1, all.cols);
    status = surface_on(&status, GROUND_BAR);
    if (app->prompt) {
        struct surface field = surface_sub(&status, 0, 1, 1, all.cols - 2);
        surface_clear(&status);
        widget_paint(prompt_widget(app->prompt), &field);
    } else {
        paint_status(app, &status);
    }
    if (hints_shown() && app->screen) {
        int count = app->screen->ops->hint_count;
        const enum action *hints = app->popup ? popup_hints(app, &count) : app->screen->ops->hints;
        bars_hints(&all, foot + 1, app->keymap, hints, count, app_accepts, app);
    }
    popup_paint(app, &body);
    overlay_paint(app, &body);
    if (keymap_pending(app->keymap) && !keymap_count(app->keymap))
        help_paint_pending(&body, app->keymap, app_accepts, app);

    int row, col;
    struct widget *over = overlay_widget(app);
    if (over && widget_cursor(over, &row, &col))
        term_cursor(app->prompt ? foot : BODY_TOP + row, app->prompt ? 1 + col : col);
    else if (!over && popup_cursor(app, body.rows, body.cols, &row, &col))
        term_cursor(BODY_TOP + row, col);
    else if (!over && !app->popup && pane_cursor(app, &row, &col))
        term_cursor(BODY_TOP + row, col);
    term_show();
    app_tick_soon(app);
    app_freshen(app);
}
