#include "centurion/ui/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/term/input.h"
#include "sheet_private.h"

enum { WHEEL = 3 };

static int clamp(int value, int least, int most)
{
    return value > most ? (most < least ? least : most) : value < least ? least : value;
}

/* ---- Where the cursor is ---- */

static void reveal(struct sheet *sheet)
{
    int page = sheet_page(sheet);
    if (sheet->row < sheet->top)
        sheet->top = sheet->row < 0 ? 0 : sheet->row;
    else if (sheet->row >= sheet->top + page)
        sheet->top = sheet->row - page + 1;
    sheet->top = clamp(sheet->top, 0, sheet->count - page);
    if (sheet->column < sheet->left)
        sheet->left = sheet->column;
    while (sheet->left < sheet->column && sheet_col_of(sheet, sheet->column) < 0)
        sheet->left++;
}

void sheet_go(struct sheet *sheet, int row, int column)
{
    sheet->row = sheet->count ? clamp(row, 0, sheet->count - 1) : -1;
    sheet->column = sheet->column_count ? clamp(column, 0, sheet->column_count - 1) : -1;
    sheet->key = sheet->row >= 0 ? sheet->source.key(sheet->source.ctx, sheet->row) : 0;
    reveal(sheet);
}

static int row_of(const struct sheet *sheet, int64_t key)
{
    for (int row = 0; row < sheet->count; row++)
        if (sheet->source.key(sheet->source.ctx, row) == key)
            return row;
    return -1;
}

void sheet_reload(struct sheet *sheet)
{
    sheet->count = sheet->source.count(sheet->source.ctx);
    int row = sheet->key ? row_of(sheet, sheet->key) : -1;
    if (row < 0 && sheet->editing)
        sheet->editing = false;
    sheet_go(sheet, row < 0 ? (sheet->row < 0 ? 0 : sheet->row) : row, sheet->column < 0 ? 0 : sheet->column);
}

/* The next cell to the right that can be typed into, and after the last column the first of the next row; a step of -1: backwards. */
static unsigned step_cell(struct sheet *sheet, int step)
{
    int cells = sheet->count * sheet->column_count, at = sheet->row * sheet->column_count + sheet->column;
    for (int next = at + step; next >= 0 && next < cells; next += step) {
        struct sheet_cell cell = {0};
        sheet->source.cell(sheet->source.ctx, next / sheet->column_count, next % sheet->column_count, &cell);
        if (cell.fixed)
            continue;
        sheet_go(sheet, next / sheet->column_count, next % sheet->column_count);
        return TAKEN | REPAINT | MOVED;
    }
    return TAKEN | REPAINT;
}

static unsigned step(struct sheet *sheet, int rows, int columns)
{
    int row = sheet->row, column = sheet->column;
    sheet_go(sheet, row + rows, column + columns);
    return row != sheet->row || column != sheet->column ? TAKEN | REPAINT | MOVED : TAKEN | REPAINT;
}

/* ---- Typing ---- */

static bool can_type(const struct sheet *sheet)
{
    struct sheet_cell cell = {0};
    if (sheet->row < 0 || sheet->column < 0)
        return false;
    sheet->source.cell(sheet->source.ctx, sheet->row, sheet->column, &cell);
    return !cell.fixed && cell.mark != SHEET_PENDING;
}

void sheet_put(struct sheet *sheet, int row, int column, const char *text, bool first)
{
    const char *typed = sheet->source.typed(sheet->source.ctx, row, column);
    sheet->undo = mem_resize(sheet->undo, (size_t)sheet->undo_count + 1, sizeof *sheet->undo);
    sheet->undo[sheet->undo_count++] =
        (struct sheet_undo){sheet->source.key(sheet->source.ctx, row), column, mem_strdup(typed), first};
    sheet->source.put(sheet->source.ctx, row, column, text);
}

void sheet_forget_undo(struct sheet *sheet)
{
    for (int i = 0; i < sheet->undo_count; i++)
        free(sheet->undo[i].text);
    sheet->undo_count = 0;
}

static unsigned undo(struct sheet *sheet)
{
    bool first = false;
    while (sheet->undo_count && !first) {
        struct sheet_undo *last = &sheet->undo[--sheet->undo_count];
        int row = row_of(sheet, last->key);
        first = last->first;
        if (row >= 0 && last->column < sheet->column_count) {
            sheet->source.put(sheet->source.ctx, row, last->column, last->text);
            sheet_go(sheet, row, last->column);
        }
        free(last->text);
    }
    return TAKEN | REPAINT | MOVED;
}

static void judge(struct sheet *sheet)
{
    sheet->words[0] = '\0';
    sheet->wrong = !sheet->source.judge(sheet->source.ctx, sheet->row, sheet->column, sheet->edit.text, sheet->words,
                                        sizeof sheet->words);
}

static void begin(struct sheet *sheet, const char *text, bool inside)
{
    edit_resize(&sheet->edit, sheet->columns[sheet->column].cols);
    edit_set(&sheet->edit, text);
    sheet->editing = true;
    sheet->inside = inside;
    judge(sheet);
}

void sheet_remember(struct sheet *sheet, enum sheet_change change, const char *text)
{
    char *copy = mem_strdup(text);
    free(sheet->last_text);
    sheet->last_text = copy;
    sheet->last = change;
}

static unsigned clear(struct sheet *sheet)
{
    if (!can_type(sheet))
        return TAKEN;
    sheet_remember(sheet, SHEET_CLEAR, NULL);
    sheet_put(sheet, sheet->row, sheet->column, "", true);
    return TAKEN | REPAINT | MOVED;
}

void sheet_commit(struct sheet *sheet)
{
    if (!sheet->editing)
        return;
    sheet->editing = false;
    sheet_remember(sheet, SHEET_SET, sheet->edit.text);
    sheet_put(sheet, sheet->row, sheet->column, sheet->edit.text, true);
}

static unsigned edit_cell(struct sheet *sheet, int key)
{
    bool inside = sheet->inside;
    unsigned consequence = NOT_TAKEN;
    switch (key) {
    case KEYCODE_ENTER:
    case KEYCODE_TAB:
        sheet_commit(sheet);
        return step_cell(sheet, 1);
    case KEYCODE_BACKTAB:
        sheet_commit(sheet);
        return step_cell(sheet, -1);
    case KEYCODE_UP:
        sheet_commit(sheet);
        return step(sheet, -1, 0);
    case KEYCODE_DOWN:
        sheet_commit(sheet);
        return step(sheet, 1, 0);
    case KEYCODE_ESCAPE: {
        char *was = mem_strdup(sheet->source.typed(sheet->source.ctx, sheet->row, sheet->column));
        sheet->editing = false;
        sheet->source.put(sheet->source.ctx, sheet->row, sheet->column, was); /* so that nobody keeps what was judged */
        free(was);
        return TAKEN | REPAINT;
    }
    case KEYCODE_CTRL | 'd': /* they act on what is there, so it is taken first; the keymap knows what they do */
    case KEYCODE_CTRL | 's':
    case KEYCODE_CTRL | 'n':
    case KEYCODE_CTRL | 'y':
        sheet_commit(sheet);
        return NOT_TAKEN;
    default:
        break;
    }
    if (!inside && (key == KEYCODE_LEFT || key == KEYCODE_RIGHT)) {
        sheet_commit(sheet);
        return step(sheet, 0, key == KEYCODE_LEFT ? -1 : 1);
    }
    consequence = edit_key(&sheet->edit, key);
    if (consequence)
        judge(sheet);
    return consequence;
}

static unsigned on_key(struct widget *widget, int key)
{
    struct sheet *sheet = (struct sheet *)widget;
    sheet->too_long = false;
    if (sheet->editing)
        return edit_cell(sheet, key);
    if (sheet->row < 0 || sheet->column < 0)
        return NOT_TAKEN;
    enum sheet_kind kind = sheet->columns[sheet->column].kind;
    switch (key) {
    case KEYCODE_TAB:
        return step_cell(sheet, 1);
    case KEYCODE_BACKTAB:
        return step_cell(sheet, -1);
    case KEYCODE_ENTER:
        if (can_type(sheet)) {
            struct sheet_cell cell = {0};
            sheet->source.cell(sheet->source.ctx, sheet->row, sheet->column, &cell);
            const char *text = cell.text ? cell.text : "";
            sheet->too_long = strlen(text) >= EDIT_MAX || strpbrk(text, "\n\t\r");
            if (!sheet->too_long)
                begin(sheet, text, true);
        }
        return TAKEN | REPAINT;
    case KEYCODE_DELETE:
    case KEYCODE_BACKSPACE:
        return clear(sheet);
    default:
        break;
    }
    char typed[2] = {(char)key, '\0'};
    if (kind == SHEET_YESNO && (key == 'y' || key == 'n') && can_type(sheet)) {
        begin(sheet, typed, false);
        sheet_commit(sheet);
        return step_cell(sheet, 1);
    }
    if (key >= '0' && key <= '9' && can_type(sheet)) {
        begin(sheet, typed, false);
        return TAKEN | REPAINT;
    }
    return NOT_TAKEN;
}

/* ---- Actions ---- */

static unsigned fill_down(struct sheet *sheet)
{
    struct sheet_cell cell = {0};
    sheet->source.cell(sheet->source.ctx, sheet->row, sheet->column, &cell);
    char *text = mem_strdup(cell.text ? cell.text : "");
    bool first = true;
    for (int row = sheet->row + 1; row < sheet->count; row++) {
        struct sheet_cell below = {0};
        sheet->source.cell(sheet->source.ctx, row, sheet->column, &below);
        if (below.fixed || (below.text && *below.text)) /* only what is empty: nothing is overwritten unseen */
            continue;
        sheet_put(sheet, row, sheet->column, text, first);
        first = false;
    }
    free(text);
    sheet_remember(sheet, SHEET_FILL, NULL);
    return TAKEN | REPAINT | MOVED;
}

static unsigned take(struct sheet *sheet, const char *text)
{
    if (!text || !can_type(sheet))
        return TAKEN;
    char *copy = mem_strdup(text); /* the source may give up its own */
    sheet_put(sheet, sheet->row, sheet->column, copy, true);
    free(copy);
    return step_cell(sheet, 1);
}

static unsigned copy_yesterday(struct sheet *sheet)
{
    sheet_remember(sheet, SHEET_YESTERDAY, NULL);
    return take(sheet, sheet->source.before(sheet->source.ctx, sheet->row, sheet->column));
}

/* Does the last change again, at the cursor. */
static unsigned repeat(struct sheet *sheet)
{
    switch (sheet->last) {
    case SHEET_SET:
        return take(sheet, sheet->last_text);
    case SHEET_FILL:
        return fill_down(sheet);
    case SHEET_YESTERDAY:
        return copy_yesterday(sheet);
    case SHEET_CLEAR:
        return clear(sheet);
    case SHEET_BLOCK:
        sheet->source.block(sheet->source.ctx, sheet->last_text); /* shown before it is put anywhere, as at first */
        return TAKEN | REPAINT;
    default:
        return TAKEN;
    }
}

static unsigned act(struct widget *widget, enum action action, int count)
{
    struct sheet *sheet = (struct sheet *)widget;
    int times = count > 0 ? count : 1, page = sheet_page(sheet);
    switch (action) {
    case ACTION_DOWN:
        return step(sheet, times, 0);
    case ACTION_UP:
        return step(sheet, -times, 0);
    case ACTION_LEFT:
        return step(sheet, 0, -times);
    case ACTION_RIGHT:
        return step(sheet, 0, times);
    case ACTION_TOP:
        return step(sheet, -sheet->count, 0);
    case ACTION_BOTTOM:
        return step(sheet, sheet->count, 0);
    case ACTION_PAGE_DOWN:
        return step(sheet, page, 0);
    case ACTION_PAGE_UP:
        return step(sheet, -page, 0);
    case ACTION_FILL_DOWN:
        return fill_down(sheet);
    case ACTION_COPY_YESTERDAY:
        return copy_yesterday(sheet);
    case ACTION_REPEAT:
        return repeat(sheet);
    case ACTION_CLEAR:
        sheet->editing = false;
        return clear(sheet);
    case ACTION_UNDO:
        return undo(sheet);
    default:
        return NOT_TAKEN;
    }
}

static bool accepts(const struct widget *widget, enum action action)
{
    const struct sheet *sheet = (const struct sheet *)widget;
    if (sheet->row < 0 || sheet->column < 0)
        return false;
    switch (action) {
    case ACTION_DOWN:
    case ACTION_UP:
    case ACTION_LEFT:
    case ACTION_RIGHT:
    case ACTION_TOP:
    case ACTION_BOTTOM:
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
    case ACTION_FILL_DOWN:
        return true;
    case ACTION_COPY_YESTERDAY:
    case ACTION_CLEAR:
        return can_type(sheet);
    case ACTION_REPEAT:
        return sheet->last == SHEET_FILL || sheet->last == SHEET_BLOCK || (sheet->last && can_type(sheet));
    case ACTION_UNDO:
        return sheet->undo_count > 0;
    default:
        return false;
    }
}

static unsigned mouse(struct widget *widget, const struct input *input)
{
    struct sheet *sheet = (struct sheet *)widget;
    if (input->button == MOUSE_WHEEL_DOWN || input->button == MOUSE_WHEEL_UP) {
        sheet_commit(sheet);
        return step(sheet, input->button == MOUSE_WHEEL_DOWN ? WHEEL : -WHEEL, 0);
    }
    int row = sheet->top + input->row - 1, column = sheet->column;
    if (input->button != MOUSE_LEFT || input->row < 1 || row >= sheet->count || row >= sheet->top + sheet_page(sheet))
        return TAKEN;
    for (int i = sheet->left; i < sheet->column_count; i++) {
        int col = sheet_col_of(sheet, i);
        if (col >= 0 && input->col >= col - 1 && input->col <= col + sheet->columns[i].cols)
            column = i;
    }
    sheet_commit(sheet);
    sheet_go(sheet, row, column);
    return TAKEN | REPAINT | MOVED;
}

/* ---- The widget ---- */

static unsigned paste(struct widget *widget, const char *text)
{
    struct sheet *sheet = (struct sheet *)widget;
    if (!sheet->editing && sheet->row >= 0) {
        sheet->source.block(sheet->source.ctx, text);
        return TAKEN | REPAINT;
    }
    if (!sheet->editing)
        return NOT_TAKEN;
    unsigned consequence = edit_paste(&sheet->edit, text);
    judge(sheet);
    return consequence;
}

static bool text_cursor(const struct widget *widget, int *row, int *col)
{
    const struct sheet *sheet = (const struct sheet *)widget;
    if (!sheet->editing || sheet_col_of(sheet, sheet->column) < 0)
        return false;
    *row = 1 + sheet->row - sheet->top;
    *col = sheet_col_of(sheet, sheet->column) + edit_cursor_col(&sheet->edit);
    return true;
}

static void recalc(struct widget *widget)
{
    reveal((struct sheet *)widget);
}

static const struct widget_ops ops = {
    .recalc = recalc,
    .paint = sheet_paint,
    .accepts = accepts,
    .act = act,
    .key = on_key,
    .paste = paste,
    .mouse = mouse,
    .cursor = text_cursor,
};

struct sheet *sheet_new(const struct sheet_source *source)
{
    struct sheet *sheet = mem_alloc(sizeof *sheet);
    sheet->widget.ops = &ops;
    sheet->source = *source;
    sheet->row = sheet->column = -1;
    return sheet;
}

void sheet_free(struct sheet *sheet)
{
    if (!sheet)
        return;
    sheet_forget_undo(sheet);
    sheet_drop_plan(sheet);
    edit_fini(&sheet->edit);
    free(sheet->undo);
    free(sheet->last_text);
    free(sheet->columns);
    free(sheet->empty);
    free(sheet);
}

struct widget *sheet_widget(struct sheet *sheet)
{
    return &sheet->widget;
}

void sheet_set_columns(struct sheet *sheet, const char *name_title, const struct sheet_column *columns, int count)
{
    free(sheet->columns);
    sheet->columns = mem_array((size_t)count, sizeof *columns);
    memcpy(sheet->columns, columns, (size_t)count * sizeof *columns);
    sheet->column_count = count;
    snprintf(sheet->name_title, sizeof sheet->name_title, "%s", name_title);
    sheet->left = 0;
    sheet->editing = false;
    sheet_go(sheet, sheet->row, sheet->column);
}

void sheet_set_empty(struct sheet *sheet, const char *words)
{
    char *copy = mem_strdup(words);
    free(sheet->empty);
    sheet->empty = copy;
}

int sheet_row(const struct sheet *sheet)
{
    return sheet->row;
}

int sheet_column(const struct sheet *sheet)
{
    return sheet->column;
}

bool sheet_editing(const struct sheet *sheet)
{
    return sheet->editing;
}
