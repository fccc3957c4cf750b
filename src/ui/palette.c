#include "centurion/ui/palette.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/ui/window.h"
#include "edit.h"
#include "thumb.h"

enum { LIST_MAX = 12, AROUND = 4 /* frame, field, rule */, WIDEST = 96, TEXT_LEAST = 16, TEXT_MOST = 24, WHEEL = 3 };

struct entry {
    char *text, *remark, *key;
    int64_t value;
};

/* An entry that the text finds; the better come first, of equals the earlier. */
struct match {
    int entry, score;
};

struct palette {
    struct widget widget;
    struct edit edit;
    struct entry *entries;
    struct match *matches; /* room for all entries */
    int entry_count, match_count, capacity;
    int cursor, top; /* in the matches */
    palette_changed_fn *changed;
    void *arg;
};

/* ---- Matching ---- */

static void add_match(struct palette *palette, int entry)
{
    const char *text = palette->edit.text;
    int score = *text ? str_fuzzy(text, palette->entries[entry].text) : 1;
    if (score <= 0)
        return;
    int at = palette->match_count++;
    for (; at > 0 && palette->matches[at - 1].score < score; at--)
        palette->matches[at] = palette->matches[at - 1];
    palette->matches[at] = (struct match){entry, score};
}

static void match_all(struct palette *palette)
{
    palette->match_count = 0;
    palette->cursor = 0;
    palette->top = 0;
    for (int i = 0; i < palette->entry_count; i++)
        add_match(palette, i);
}

void palette_add(struct palette *palette, const char *text, const char *remark, const char *key, int64_t value)
{
    if (palette->entry_count == palette->capacity) {
        palette->capacity = palette->capacity ? palette->capacity * 2 : 64;
        palette->entries = mem_resize(palette->entries, (size_t)palette->capacity, sizeof *palette->entries);
        palette->matches = mem_resize(palette->matches, (size_t)palette->capacity, sizeof *palette->matches);
    }
    palette->entries[palette->entry_count] =
        (struct entry){mem_strdup(text), mem_strdup(remark), mem_strdup(key), value};
    add_match(palette, palette->entry_count++);
}

void palette_clear(struct palette *palette)
{
    for (int i = 0; i < palette->entry_count; i++) {
        free(palette->entries[i].text);
        free(palette->entries[i].remark);
        free(palette->entries[i].key);
    }
    palette->entry_count = palette->match_count = 0;
    palette->cursor = palette->top = 0;
}

/* ---- Where it stands ---- */

struct frame {
    int top, left, rows, cols, list_rows;
};

static struct frame frame_of(const struct widget *widget)
{
    struct frame frame;
    int room = widget->rows - AROUND;
    frame.list_rows = room > LIST_MAX ? LIST_MAX : room > 0 ? room : 0;
    frame.rows = frame.list_rows + AROUND < widget->rows ? frame.list_rows + AROUND : widget->rows;
    frame.cols = widget->cols > WIDEST + 2 ? WIDEST : widget->cols;
    frame.top = widget->rows > frame.rows + 1 ? 1 : 0;
    frame.left = (widget->cols - frame.cols) / 2;
    return frame;
}

enum { FIELD_LEFT = 4 /* frame, a blank, the colon, a blank */, COUNT_COLS = 6 };

static void palette_recalc(struct widget *widget)
{
    struct palette *palette = (struct palette *)widget;
    edit_resize(&palette->edit, frame_of(widget).cols - FIELD_LEFT - 2 - COUNT_COLS);
}

/* ---- Painting ---- */

static void paint_entry(const struct surface *inside, int row, const struct entry *entry, bool selected)
{
    struct surface line = surface_on(inside, selected ? GROUND_SELECTED : inside->ground);
    int text_cols = inside->cols * 2 / 5, key_cols = entry->key ? utf8_width(entry->key) : 0;
    text_cols = text_cols < TEXT_LEAST ? TEXT_LEAST : text_cols > TEXT_MOST ? TEXT_MOST : text_cols;
    int key_col = line.cols - 1 - key_cols, remark_col = text_cols + 4;
    surface_fill(&line, row, 0, 1, line.cols, ROLE_TEXT, L' ');
    if (selected)
        surface_text(&line, row, 0, ROLE_ACCENT, glyph(GLYPH_CURSOR), 1);
    surface_text(&line, row, 2, selected ? ROLE_STRONG : ROLE_TEXT, entry->text, text_cols);
    if (entry->remark && key_col - 2 > remark_col)
        surface_text(&line, row, remark_col, ROLE_DIM, entry->remark, key_col - 2 - remark_col);
    if (key_cols)
        surface_text(&line, row, key_col, ROLE_KEY, entry->key, key_cols);
}

static void palette_paint(const struct widget *widget, const struct surface *surface)
{
    const struct palette *palette = (const struct palette *)widget;
    struct frame frame = frame_of(widget);
    struct surface inside = window_open_at(surface, frame.top, frame.left, frame.rows, frame.cols, NULL);
    char count[16];
    snprintf(count, sizeof count, "%d", palette->match_count);
    surface_text(&inside, 0, 0, ROLE_ACCENT, ":", 1);
    edit_paint(&palette->edit, &inside, 0, FIELD_LEFT - 2);
    surface_field(&inside, 0, inside.cols - COUNT_COLS, COUNT_COLS, ROLE_DIM, count, FIT_RIGHT);
    surface_hline(&inside, 1, 0, inside.cols);
    struct surface list = surface_sub(&inside, 2, 0, frame.list_rows, inside.cols);
    if (palette->match_count == 0)
        surface_text(&list, 0, 2, ROLE_DIM, "Nothing is called that.", -1);
    for (int row = 0; row < frame.list_rows; row++) {
        int at = palette->top + row;
        if (at < palette->match_count)
            paint_entry(&list, row, &palette->entries[palette->matches[at].entry], at == palette->cursor);
        if (thumb_at(row, frame.list_rows, palette->top, palette->match_count))
            surface_text(surface, frame.top + 3 + row, frame.left + frame.cols - 1, ROLE_ACCENT, thumb_glyph(), 1);
    }
}

static bool palette_cursor(const struct widget *widget, int *row, int *col)
{
    const struct palette *palette = (const struct palette *)widget;
    struct frame frame = frame_of(widget);
    *row = frame.top + 1;
    *col = frame.left + FIELD_LEFT + edit_cursor_col(&palette->edit);
    return true;
}

/* ---- Handling ---- */

static unsigned move_to(struct palette *palette, int cursor)
{
    int before = palette->cursor, page = frame_of(&palette->widget).list_rows;
    if (cursor >= palette->match_count)
        cursor = palette->match_count - 1;
    palette->cursor = cursor > 0 ? cursor : 0;
    if (palette->cursor < palette->top)
        palette->top = palette->cursor;
    if (palette->cursor >= palette->top + page)
        palette->top = palette->cursor - page + 1;
    return palette->cursor == before ? TAKEN : TAKEN | REPAINT;
}

static unsigned text_changed(struct palette *palette, unsigned consequence)
{
    if (!(consequence & RECALC))
        return consequence;
    match_all(palette);
    if (palette->changed)
        palette->changed(palette->arg, palette, palette->edit.text);
    return consequence & ~(unsigned)RECALC;
}

static unsigned palette_key(struct widget *widget, int key)
{
    struct palette *palette = (struct palette *)widget;
    int page = frame_of(widget).list_rows;
    switch (key) {
    case KEYCODE_ENTER:
        return TAKEN | ACCEPT;
    case KEYCODE_ESCAPE:
        return TAKEN | CLOSE;
    case KEYCODE_DOWN:
    case KEYCODE_TAB:
    case KEYCODE_CTRL | 'n':
        return move_to(palette, palette->cursor + 1);
    case KEYCODE_UP:
    case KEYCODE_BACKTAB:
    case KEYCODE_CTRL | 'p':
        return move_to(palette, palette->cursor - 1);
    case KEYCODE_PAGE_DOWN:
        return move_to(palette, palette->cursor + page);
    case KEYCODE_PAGE_UP:
        return move_to(palette, palette->cursor - page);
    default:
        return text_changed(palette, edit_key(&palette->edit, key));
    }
}

static unsigned palette_paste(struct widget *widget, const char *text)
{
    struct palette *palette = (struct palette *)widget;
    return text_changed(palette, edit_paste(&palette->edit, text));
}

static unsigned palette_mouse(struct widget *widget, const struct input *input)
{
    struct palette *palette = (struct palette *)widget;
    struct frame frame = frame_of(widget);
    if (input->button == MOUSE_WHEEL_DOWN || input->button == MOUSE_WHEEL_UP)
        return move_to(palette, palette->cursor + (input->button == MOUSE_WHEEL_DOWN ? WHEEL : -WHEEL));
    int line = input->row - frame.top - 3, at = palette->top + line;
    if (input->row < frame.top || input->row >= frame.top + frame.rows || input->col < frame.left ||
        input->col >= frame.left + frame.cols)
        return TAKEN | CLOSE;
    if (line < 0 || line >= frame.list_rows || at >= palette->match_count)
        return TAKEN;
    return move_to(palette, at) | ACCEPT;
}

static const struct widget_ops palette_ops = {
    .recalc = palette_recalc,
    .paint = palette_paint,
    .key = palette_key,
    .paste = palette_paste,
    .mouse = palette_mouse,
    .cursor = palette_cursor,
};

/* ---- The widget ---- */

struct palette *palette_new(void)
{
    struct palette *palette = mem_alloc(sizeof *palette);
    palette->widget.ops = &palette_ops;
    palette->edit.cols = 1;
    return palette;
}

void palette_free(struct palette *palette)
{
    if (!palette)
        return;
    palette_clear(palette);
    free(palette->entries);
    free(palette->matches);
    free(palette);
}

struct widget *palette_widget(struct palette *palette)
{
    return &palette->widget;
}

void palette_on_changed(struct palette *palette, palette_changed_fn *fn, void *arg)
{
    palette->changed = fn;
    palette->arg = arg;
}

const char *palette_text(const struct palette *palette)
{
    return palette->edit.text;
}

bool palette_chosen(const struct palette *palette, int64_t *value)
{
    if (palette->cursor >= palette->match_count)
        return false;
    *value = palette->entries[palette->matches[palette->cursor].entry].value;
    return true;
}
