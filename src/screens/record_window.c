#include "record_window.h"

#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/ui/table.h"
#include "centurion/ui/wrap.h"

enum { NAME_COLS = 14, WINDOW_COLS = 76, TABLE_EDGE = 4 /* cursor, flag, a blank; one between the columns */ };
enum { COL_NAME, COL_VALUE };

static const struct table_column columns[] = {
    [COL_NAME] = {.id = "name", .title = "Name", .cols = NAME_COLS},
    [COL_VALUE] = {.id = "value", .title = "Value", .cols = 10, .flexible = true},
};

/* A line that is shown: a piece of a value, the first one beside its name. */
struct piece {
    int field;
    bool first;
    char *text;
};

/* Around the table, because only the widget of a window gets its actions. */
struct record_window {
    struct widget widget;
    struct app *app;
    struct table *table;
    char **names, **values;
    int count;
    struct piece *pieces;
    int piece_count, cols; /* cols: that the pieces were cut for */
};

static int piece_count(void *ctx)
{
    return ((struct record_window *)ctx)->piece_count;
}

static int64_t piece_key(void *ctx, int row)
{
    (void)ctx;
    return row + 1;
}

static void piece_cell(void *ctx, int row, int column, struct cell *out)
{
    const struct record_window *window = ctx;
    const struct piece *piece = &window->pieces[row];
    const char *value = window->values[piece->field];
    *out = (struct cell){.kind = CELL_TEXT, .role = column == COL_NAME ? ROLE_DIM : ROLE_TEXT, .text = ""};
    if (column == COL_NAME && piece->first)
        out->text = window->names[piece->field];
    else if (column == COL_VALUE && *value)
        out->text = piece->text;
    else if (column == COL_VALUE)
        *out = (struct cell){.kind = CELL_EMPTY};
}

static void drop_pieces(struct record_window *window)
{
    for (int i = 0; i < window->piece_count; i++)
        free(window->pieces[i].text);
    free(window->pieces);
    window->pieces = NULL;
    window->piece_count = 0;
}

static void add_piece(struct record_window *window, int field, bool first, const char *text, size_t length)
{
    window->pieces = mem_resize(window->pieces, (size_t)window->piece_count + 1, sizeof *window->pieces);
    window->pieces[window->piece_count++] = (struct piece){field, first, mem_strndup(text, length)};
}

static void cut(struct record_window *window, int cols)
{
    drop_pieces(window);
    window->cols = cols;
    for (int field = 0; field < window->count; field++) {
        const char *at = window->values[field];
        bool first = true;
        do {
            size_t next, length = wrap_line(at, cols, false, &next);
            add_piece(window, field, first, at, length);
            at += next;
            first = false;
        } while (*at);
    }
    table_set_state(window->table, TABLE_READY, NULL);
    table_reload(window->table);
}

/* ---- The widget ---- */

static void recalc(struct widget *widget)
{
    struct record_window *window = (struct record_window *)widget;
    int cols = widget->cols - NAME_COLS - TABLE_EDGE;
    if (cols != window->cols)
        cut(window, cols > 1 ? cols : 1);
    widget_resize(table_widget(window->table), widget->rows, widget->cols);
}

static void paint(const struct widget *widget, const struct surface *surface)
{
    widget_paint(table_widget(((const struct record_window *)widget)->table), surface);
}

static bool accepts(const struct widget *widget, enum action action)
{
    const struct record_window *window = (const struct record_window *)widget;
    return action == ACTION_COPY_CELL || action == ACTION_COPY_ROW || action == ACTION_BACK ||
           widget_accepts(table_widget(window->table), action);
}

static void copy_all(const struct record_window *window)
{
    struct str text = {0};
    for (int i = 0; i < window->count; i++)
        str_addf(&text, "%s%s: %s", i ? "\n" : "", window->names[i], window->values[i]);
    app_copy(window->app, str_text(&text));
    str_fini(&text);
}

static unsigned act(struct widget *widget, enum action action, int count)
{
    struct record_window *window = (struct record_window *)widget;
    int at = table_cursor(window->table);
    switch (action) {
    case ACTION_COPY_CELL:
        if (at >= 0 && *window->values[window->pieces[at].field])
            app_copy(window->app, window->values[window->pieces[at].field]);
        else
            app_say(window->app, ROLE_DIM, "There is nothing here to copy.");
        return TAKEN | REPAINT;
    case ACTION_COPY_ROW:
        copy_all(window);
        return TAKEN | REPAINT;
    case ACTION_BACK:
        return TAKEN | CLOSE;
    default:
        return widget_act(table_widget(window->table), action, count);
    }
}

static unsigned mouse(struct widget *widget, const struct input *input)
{
    unsigned consequence = widget_mouse(table_widget(((struct record_window *)widget)->table), input);
    return consequence & ~(unsigned)ACCEPT; /* a double click opens nothing here */
}

static const struct widget_ops ops = {.recalc = recalc, .paint = paint, .accepts = accepts, .act = act, .mouse = mouse};

struct record_window *record_window_new(struct app *app)
{
    struct record_window *window = mem_alloc(sizeof *window);
    window->widget.ops = &ops;
    window->app = app;
    struct table_source source = {.ctx = window, .count = piece_count, .key = piece_key, .cell = piece_cell};
    window->table = table_new(columns, sizeof columns / sizeof columns[0], &source);
    table_widget(window->table)->focused = true;
    return window;
}

void record_window_add(struct record_window *window, const char *name, const char *value)
{
    size_t count = (size_t)window->count + 1;
    window->names = mem_resize(window->names, count, sizeof *window->names);
    window->values = mem_resize(window->values, count, sizeof *window->values);
    window->names[window->count] = mem_strdup(name);
    window->values[window->count++] = mem_strdup(value ? value : "");
}

void record_window_show(struct record_window *window, void *owner, app_popup_fn *done)
{
    static const enum action hints[] = {ACTION_COPY_CELL, ACTION_COPY_ROW, ACTION_CANCEL};
    cut(window, WINDOW_COLS - NAME_COLS - TABLE_EDGE);
    struct app_popup popup = {.widget = &window->widget,
                              .title = "The raw record",
                              .rows = window->piece_count + 1,
                              .cols = WINDOW_COLS,
                              .hints = hints,
                              .hint_count = sizeof hints / sizeof hints[0],
                              .owner = owner,
                              .done = done};
    app_popup(window->app, &popup);
}

void record_window_free(struct record_window *window)
{
    if (!window)
        return;
    app_popup_close(window->app, &window->widget);
    for (int i = 0; i < window->count; i++) {
        free(window->names[i]);
        free(window->values[i]);
    }
    free(window->names);
    free(window->values);
    drop_pieces(window);
    table_free(window->table);
    free(window);
}
