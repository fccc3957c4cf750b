#include "centurion/ui/table.h"

#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/term/term.h"
#include "table_private.h"

enum {
    REACH = 4096, /* rows looked at for a key where the source cannot find it */
    WHEEL = 3,
};

static int clamp(int value, int least, int most)
{
    return value > most ? (most < least ? least : most) : value < least ? least : value;
}

/* ---- The window on the source ---- */

/* Tells the source what is shown, with a page more on either side. */
static void want(struct table *table, bool anew)
{
    int page = table_page(table);
    int first = clamp(table->top - page, 0, table->count);
    int count = clamp(table->top + 2 * page, 0, table->count) - first;
    if (!table->source.want || count <= 0 || (!anew && first == table->want_first && count == table->want_count))
        return;
    table->want_first = first;
    table->want_count = count;
    table->source.want(table->source.ctx, first, count);
}

static void set_top(struct table *table, int top)
{
    table->top = clamp(top, 0, table->count - table_page(table));
}

static void set_cursor(struct table *table, int index)
{
    table->cursor = table->count ? clamp(index, 0, table->count - 1) : -1;
    table->key = table->cursor >= 0 ? table->source.key(table->source.ctx, table->cursor) : 0;
}

/* Rows to scroll by when the cursor leaves the page. A terminal scrolls whole lines for a few bytes; beside another
 * pane each row is sent anew, so there the page moves on by a third. */
static int scroll_step(const struct table *table)
{
    int third = table_page(table) / 3;
    return table->widget.cols >= term_cols() || third < 1 ? 1 : third;
}

static void reveal(struct table *table)
{
    int page = table_page(table), step = scroll_step(table);
    if (table->cursor < table->top)
        set_top(table, clamp(table->cursor - step + 1, 0, table->cursor));
    else if (table->cursor >= table->top + page)
        set_top(table, clamp(table->cursor - page + step, 0, table->cursor));
    else
        set_top(table, table->top);
}

/* ---- Finding rows by key ---- */

static bool has_key(const struct table *table, int index, int64_t key)
{
    return index >= 0 && index < table->count && table->source.key(table->source.ctx, index) == key;
}

/* The neighbourhood of a row first, outward, then wherever the source says; -1: nowhere. */
static int find(const struct table *table, int64_t key, int around)
{
    int reach = table->source.find ? table_page(table) : REACH;
    for (int away = 0; away <= reach; away++) {
        if (has_key(table, around + away, key))
            return around + away;
        if (has_key(table, around - away, key))
            return around - away;
        if (around + away >= table->count && around - away < 0)
            break;
    }
    int index = table->source.find ? table->source.find(table->source.ctx, key) : -1;
    return index < table->count ? index : -1;
}

void table_reload(struct table *table)
{
    int around = table->cursor < 0 ? 0 : table->cursor, line = around - table->top;
    table->count = table->source.count(table->source.ctx);
    int found = table->key && table->count ? find(table, table->key, around) : -1;
    set_cursor(table, found >= 0 ? found : around);
    set_top(table, table->cursor - line);
    reveal(table);
    want(table, true);
}

bool table_select(struct table *table, int64_t key)
{
    int index = key ? find(table, key, table->cursor < 0 ? 0 : table->cursor) : -1;
    if (index < 0)
        return false;
    set_cursor(table, index);
    int page = table_page(table);
    if (index < table->top || index >= table->top + page)
        set_top(table, index - page / 2);
    want(table, false);
    return true;
}

/* ---- Moving ---- */

static unsigned go_to(struct table *table, int64_t index)
{
    int before = table->cursor, top = table->top;
    if (before < 0)
        return TAKEN;
    set_cursor(table, index > table->count ? table->count : index < 0 ? 0 : (int)index);
    reveal(table);
    want(table, false);
    return table->cursor != before ? TAKEN | REPAINT | MOVED : table->top != top ? TAKEN | REPAINT : TAKEN;
}

unsigned table_move(struct table *table, int step)
{
    return go_to(table, (int64_t)table->cursor + step);
}

/* By pages the rows move and the cursor stays on its line. */
static unsigned turn(struct table *table, int64_t rows)
{
    int64_t top = table->top + rows;
    set_top(table, top > table->count ? table->count : top < 0 ? 0 : (int)top);
    return go_to(table, table->cursor + rows);
}

static unsigned scroll_columns(struct table *table, int step)
{
    int before = table->scrolled;
    for (int last = before - 1; step != 0 && last != table->scrolled; step += step < 0 ? 1 : -1) {
        last = table->scrolled;
        if (step < 0 && table->scrolled > 0)
            table->scrolled--;
        else if (step > 0 && table->hides)
            table->scrolled++;
        table_place_columns(table);
    }
    return table->scrolled != before ? TAKEN | REPAINT : TAKEN;
}

static unsigned table_act(struct widget *widget, enum action action, int count)
{
    struct table *table = (struct table *)widget;
    int64_t times = count > 0 ? count : 1, page = table_page(table), half = page > 1 ? page / 2 : 1;
    switch (action) {
    case ACTION_DOWN:
        return go_to(table, table->cursor + times);
    case ACTION_UP:
        return go_to(table, table->cursor - times);
    case ACTION_TOP:
        return go_to(table, count > 0 ? count - 1 : 0);
    case ACTION_BOTTOM:
        return go_to(table, count > 0 ? count - 1 : table->count);
    case ACTION_HALF_DOWN:
        return turn(table, times * half);
    case ACTION_HALF_UP:
        return turn(table, -times * half);
    case ACTION_PAGE_DOWN:
        return turn(table, times * page);
    case ACTION_PAGE_UP:
        return turn(table, -times * page);
    case ACTION_LEFT:
        return table->column_cursor ? table_step_column(table, (int)-times) : scroll_columns(table, (int)-times);
    case ACTION_RIGHT:
        return table->column_cursor ? table_step_column(table, (int)times) : scroll_columns(table, (int)times);
    default:
        return table_marks_accept(table, action) ? table_marks_act(table, action, (int)times) : NOT_TAKEN;
    }
}

static bool table_accepts(const struct widget *widget, enum action action)
{
    const struct table *table = (const struct table *)widget;
    switch (action) {
    case ACTION_DOWN:
    case ACTION_UP:
    case ACTION_TOP:
    case ACTION_BOTTOM:
    case ACTION_HALF_DOWN:
    case ACTION_HALF_UP:
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
        return table->count > 0;
    case ACTION_LEFT:
        return table->scrolled > 0 || (table->column_cursor && table->column_at > 0);
    case ACTION_RIGHT:
        return table->hides || (table->column_cursor && table->column_at + 1 < table->order_count);
    default:
        return table_marks_accept(table, action);
    }
}

static unsigned table_mouse(struct widget *widget, const struct input *input)
{
    struct table *table = (struct table *)widget;
    int header = table_header_rows(table), page = table_page(table), top = table->top;
    if (input->button == MOUSE_WHEEL_DOWN || input->button == MOUSE_WHEEL_UP) {
        set_top(table, table->top + (input->button == MOUSE_WHEEL_DOWN ? WHEEL : -WHEEL));
        if (table->top == top)
            return TAKEN;
        return TAKEN | REPAINT | go_to(table, clamp(table->cursor, table->top, table->top + page - 1));
    }
    int index = table->top + input->row - header;
    if (input->button != MOUSE_LEFT || input->row < header || input->row >= header + page || index >= table->count)
        return TAKEN;
    unsigned consequence = go_to(table, index);
    return input->double_click ? consequence | ACCEPT | MOVED : consequence;
}

/* ---- The widget ---- */

static void table_recalc(struct widget *widget)
{
    struct table *table = (struct table *)widget;
    table_place_columns(table);
    if (table->cursor >= 0)
        reveal(table);
    want(table, false);
}

static const struct widget_ops table_ops = {
    .recalc = table_recalc,
    .paint = table_paint,
    .accepts = table_accepts,
    .act = table_act,
    .mouse = table_mouse,
};

struct table *table_new(const struct table_column *columns, int column_count, const struct table_source *source)
{
    struct table *table = mem_alloc(sizeof *table);
    table->widget.ops = &table_ops;
    table->columns = mem_array((size_t)column_count, sizeof *columns);
    memcpy(table->columns, columns, (size_t)column_count * sizeof *columns);
    table->places = mem_array((size_t)column_count, sizeof *table->places);
    table->column_count = table->order_count = column_count;
    table->order = mem_array((size_t)column_count, sizeof *table->order);
    for (int i = 0; i < column_count; i++)
        table->order[i] = i;
    table->source = *source;
    table->state = TABLE_LOADING;
    table->header = true;
    table->cursor = -1;
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    free(table->columns);
    free(table->places);
    free(table->order);
    free(table->marks);
    free(table->words);
    free(table->empty);
    free(table);
}

struct widget *table_widget(struct table *table)
{
    return &table->widget;
}

void table_set_state(struct table *table, enum table_state state, const char *words)
{
    char *copy = mem_strdup(words);
    free(table->words);
    table->words = copy;
    table->state = state;
    if (table->cursor >= 0)
        reveal(table); /* a line of words takes a row */
}

void table_set_empty(struct table *table, const char *words)
{
    char *copy = mem_strdup(words);
    free(table->empty);
    table->empty = copy;
}

void table_set_title(struct table *table, bool header)
{
    table->header = header;
}

int table_cursor(const struct table *table)
{
    return table->cursor;
}

int64_t table_cursor_key(const struct table *table)
{
    if (table->cursor >= 0 && !table->key) /* it was not loaded when the cursor came */
        return table->source.key(table->source.ctx, table->cursor);
    return table->key;
}

void table_set_column_cols(struct table *table, int column, int cols)
{
    table->columns[column].cols = cols;
    widget_recalc(table_widget(table));
}
