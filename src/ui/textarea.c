#include "centurion/ui/textarea.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/ui/wrap.h"
#include "edit.h"
#include "thumb.h"

enum { WHEEL = 3, TAB_COLS = 4 };

struct textarea_line {
    size_t start, length; /* what is shown: without the blanks and the break that end it */
};

struct textarea {
    struct widget widget;
    struct str text;
    size_t limit, cursor;
    size_t left_out; /* bytes of the last insertion that did not fit */
    struct textarea_line *lines;
    int line_count, top;
    int goal; /* the column that up and down keep to; -1: where the cursor is */
    textarea_changed_fn *changed;
    void *ctx;
};

/* ---- Lines ---- */

static int text_rows(const struct textarea *self)
{
    return self->limit && self->widget.rows > 1 ? self->widget.rows - 1 : self->widget.rows;
}

static void add_line(struct textarea *self, size_t start, size_t length)
{
    self->lines = mem_resize(self->lines, (size_t)self->line_count + 1, sizeof *self->lines);
    self->lines[self->line_count++] = (struct textarea_line){start, length};
}

static void wrap_all(struct textarea *self)
{
    const char *text = str_text(&self->text);
    int cols = self->widget.cols > 2 ? self->widget.cols - 1 : 1; /* the cursor stands behind the last character */
    size_t at = 0, next;
    self->line_count = 0;
    while (text[at] && self->widget.cols > 0) {
        size_t length = wrap_line(text + at, cols, false, &next);
        bool broken = text[at + length] == '\n';
        add_line(self, at, length);
        at += next;
        if (!broken && text[at] == '\n') /* the blanks before it went with the line */
            at++, broken = true;
        if (broken && !text[at])
            add_line(self, at, 0);
    }
    if (!self->line_count)
        add_line(self, 0, 0);
}

static int line_of_cursor(const struct textarea *self)
{
    int low = 0, high = self->line_count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (self->lines[middle].start <= self->cursor)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static int column_of_cursor(const struct textarea *self)
{
    int cols = edit_cols(str_text(&self->text), self->lines[line_of_cursor(self)].start, self->cursor);
    return cols < self->widget.cols ? cols : self->widget.cols - 1;
}

static void reveal(struct textarea *self)
{
    int line = line_of_cursor(self), rows = text_rows(self);
    if (self->top > line)
        self->top = line;
    if (rows > 0 && line >= self->top + rows)
        self->top = line - rows + 1;
    if (self->top > 0 && self->top + rows > self->line_count)
        self->top = self->line_count > rows ? self->line_count - rows : 0;
}

static void textarea_recalc(struct widget *widget)
{
    struct textarea *self = (struct textarea *)widget;
    wrap_all(self);
    reveal(self);
}

/* ---- Changing ---- */

static unsigned changed(struct textarea *self)
{
    self->goal = -1;
    wrap_all(self);
    reveal(self);
    if (self->changed)
        self->changed(self->ctx);
    return TAKEN | REPAINT;
}

static unsigned delete_bytes(struct textarea *self, size_t from, size_t to)
{
    if (from >= to)
        return TAKEN;
    memmove(self->text.text + from, self->text.text + to, self->text.length - to + 1);
    self->text.length -= to - from;
    self->cursor = from;
    self->left_out = 0;
    return changed(self);
}

/* As much as the limit lets in, whole characters. */
static unsigned insert_bytes(struct textarea *self, const char *bytes, size_t length)
{
    size_t room =
        self->limit ? self->limit - (self->text.length < self->limit ? self->text.length : self->limit) : length;
    size_t taken = length < room ? length : room;
    while (taken > 0 && taken < length && ((unsigned char)bytes[taken] & 0xc0) == 0x80)
        taken--;
    self->left_out = length - taken;
    if (!taken)
        return TAKEN | REPAINT;
    char *tail = mem_strdup(str_text(&self->text) + self->cursor);
    str_cut(&self->text, self->cursor);
    str_add_bytes(&self->text, bytes, taken);
    str_add(&self->text, tail);
    free(tail);
    self->cursor += taken;
    return changed(self);
}

static unsigned move_to(struct textarea *self, size_t cursor)
{
    self->goal = -1;
    if (cursor == self->cursor)
        return TAKEN;
    self->cursor = cursor;
    reveal(self);
    return TAKEN | REPAINT;
}

/* The last place of a line that still belongs to it. */
static size_t line_end(const struct textarea *self, int line)
{
    size_t end = self->lines[line].start + self->lines[line].length;
    bool wraps = line + 1 < self->line_count && self->lines[line + 1].start == end;
    return wraps ? utf8_before(str_text(&self->text), end) : end;
}

static unsigned move_lines(struct textarea *self, int step)
{
    const char *text = str_text(&self->text);
    int goal = self->goal >= 0 ? self->goal : column_of_cursor(self);
    int line = line_of_cursor(self) + step;
    line = line < 0 ? 0 : line >= self->line_count ? self->line_count - 1 : line;
    size_t at = self->lines[line].start, end = line_end(self, line);
    while (at < end && edit_cols(text, self->lines[line].start, utf8_after(text, at)) <= goal)
        at = utf8_after(text, at);
    unsigned consequence = move_to(self, at);
    self->goal = goal;
    return consequence;
}

/* Where the paragraph around the cursor begins and ends. */
static size_t paragraph_start(const struct textarea *self)
{
    size_t at = self->cursor;
    while (at > 0 && self->text.text[at - 1] != '\n')
        at--;
    return at;
}

static size_t paragraph_end(const struct textarea *self)
{
    const char *text = str_text(&self->text);
    size_t end = self->cursor + strcspn(text + self->cursor, "\n");
    return end == self->cursor && text[end] ? end + 1 : end;
}

static unsigned textarea_key(struct widget *widget, int key)
{
    struct textarea *self = (struct textarea *)widget;
    const char *text = str_text(&self->text);
    size_t length = self->text.length, cursor = self->cursor;
    size_t before = cursor ? utf8_before(text, cursor) : 0, after = cursor < length ? utf8_after(text, cursor) : length;
    int page = text_rows(self) > 1 ? text_rows(self) - 1 : 1;
    switch (key) {
    case KEYCODE_LEFT:
        return move_to(self, before);
    case KEYCODE_RIGHT:
        return move_to(self, after);
    case KEYCODE_UP:
        return move_lines(self, -1);
    case KEYCODE_DOWN:
        return move_lines(self, 1);
    case KEYCODE_PAGE_UP:
        return move_lines(self, -page);
    case KEYCODE_PAGE_DOWN:
        return move_lines(self, page);
    case KEYCODE_HOME:
    case KEYCODE_CTRL | 'a':
        return move_to(self, self->lines[line_of_cursor(self)].start);
    case KEYCODE_END:
        return move_to(self, line_end(self, line_of_cursor(self)));
    case KEYCODE_CTRL | KEYCODE_HOME:
        return move_to(self, 0);
    case KEYCODE_CTRL | KEYCODE_END:
        return move_to(self, length);
    case KEYCODE_CTRL | KEYCODE_LEFT:
    case KEYCODE_ALT | 'b':
        return move_to(self, edit_word_before(text, cursor));
    case KEYCODE_CTRL | KEYCODE_RIGHT:
    case KEYCODE_ALT | 'f':
        return move_to(self, edit_word_after(text, cursor));
    case KEYCODE_BACKSPACE:
        return delete_bytes(self, before, cursor);
    case KEYCODE_DELETE:
    case KEYCODE_CTRL | 'd':
        return delete_bytes(self, cursor, after);
    case KEYCODE_CTRL | 'w':
    case KEYCODE_ALT | KEYCODE_BACKSPACE:
        return delete_bytes(self, edit_word_before(text, cursor), cursor);
    case KEYCODE_ALT | 'd':
        return delete_bytes(self, cursor, edit_word_after(text, cursor));
    case KEYCODE_CTRL | 'u':
        return delete_bytes(self, paragraph_start(self), cursor);
    case KEYCODE_CTRL | 'k':
        return delete_bytes(self, cursor, paragraph_end(self));
    case KEYCODE_ENTER:
        return insert_bytes(self, "\n", 1);
    default:
        break;
    }
    char encoded[4] = "";
    return edit_printable(key) ? insert_bytes(self, encoded, utf8_encode((wchar_t)key, encoded)) : NOT_TAKEN;
}

/* Line breaks of the web and of old files become ours, tabs blanks. */
static void add_clean(struct str *out, const char *text)
{
    for (; text && *text; text++) {
        if (*text == '\r' && text[1] == '\n')
            continue;
        if (*text == '\t')
            str_addf(out, "%*s", TAB_COLS, "");
        else
            str_add_char(out, *text == '\r' ? '\n' : *text);
    }
}

static unsigned textarea_paste(struct widget *widget, const char *text)
{
    struct str clean = {0};
    add_clean(&clean, text);
    unsigned consequence = insert_bytes((struct textarea *)widget, str_text(&clean), clean.length);
    str_fini(&clean);
    return consequence;
}

static unsigned textarea_mouse(struct widget *widget, const struct input *input)
{
    struct textarea *self = (struct textarea *)widget;
    if (input->button == MOUSE_WHEEL_UP || input->button == MOUSE_WHEEL_DOWN)
        return move_lines(self, input->button == MOUSE_WHEEL_DOWN ? WHEEL : -WHEEL);
    if (input->button != MOUSE_LEFT || input->row >= text_rows(self))
        return TAKEN;
    self->goal = input->col;
    return move_lines(self, self->top + input->row - line_of_cursor(self));
}

static bool textarea_accepts(const struct widget *widget, enum action action)
{
    (void)widget;
    return action == ACTION_SAVE || action == ACTION_CANCEL || action == ACTION_EDITOR;
}

static unsigned textarea_act(struct widget *widget, enum action action, int count)
{
    (void)widget;
    (void)count;
    return action == ACTION_SAVE     ? TAKEN | ACCEPT
           : action == ACTION_CANCEL ? TAKEN | CLOSE
           : action == ACTION_EDITOR ? TAKEN | EDIT
                                     : NOT_TAKEN;
}

/* ---- Showing ---- */

static void paint_counter(const struct textarea *self, const struct surface *surface, int row)
{
    char words[64];
    size_t length = self->text.length;
    bool narrow = length * 10 >= self->limit * 9;
    if (self->left_out)
        snprintf(words, sizeof words, "full: %zu did not fit   %zu/%zu", self->left_out, length, self->limit);
    if (!self->left_out || utf8_width(words) > surface->cols)
        snprintf(words, sizeof words, "%zu/%zu", length, self->limit);
    surface_field(surface, row, 0, surface->cols,
                  self->left_out ? ROLE_ERROR
                  : narrow       ? ROLE_WARN
                                 : ROLE_DIM,
                  words, FIT_RIGHT);
}

static void textarea_paint(const struct widget *widget, const struct surface *surface)
{
    const struct textarea *self = (const struct textarea *)widget;
    int rows = text_rows(self);
    for (int row = 0; row < rows; row++) {
        const struct textarea_line *line = self->top + row < self->line_count ? &self->lines[self->top + row] : NULL;
        char *shown = line ? mem_strndup(str_text(&self->text) + line->start, line->length) : NULL;
        surface_field(surface, row, 0, widget->cols, ROLE_INPUT, shown ? shown : "", FIT_LEFT);
        free(shown);
        if (thumb_at(row, rows, self->top, self->line_count))
            surface_text(surface, row, widget->cols - 1, ROLE_ACCENT, thumb_glyph(), 1);
    }
    if (rows < widget->rows)
        paint_counter(self, surface, rows);
}

static bool textarea_cursor(const struct widget *widget, int *row, int *col)
{
    const struct textarea *self = (const struct textarea *)widget;
    *row = line_of_cursor(self) - self->top;
    *col = column_of_cursor(self);
    return true;
}

static const char *textarea_get(const struct widget *widget)
{
    return textarea_text((const struct textarea *)widget);
}

/* From the editor: as if it were typed. */
static void textarea_put(struct widget *widget, const char *text)
{
    struct textarea *self = (struct textarea *)widget;
    struct str clean = {0};
    add_clean(&clean, text);
    str_clear(&self->text);
    self->cursor = 0;
    if (insert_bytes(self, str_text(&clean), clean.length) && !clean.length)
        changed(self);
    str_fini(&clean);
}

static const struct widget_ops textarea_ops = {
    .recalc = textarea_recalc,
    .paint = textarea_paint,
    .accepts = textarea_accepts,
    .act = textarea_act,
    .key = textarea_key,
    .paste = textarea_paste,
    .mouse = textarea_mouse,
    .cursor = textarea_cursor,
    .text = textarea_get,
    .put = textarea_put,
};

/* ---- The widget ---- */

struct textarea *textarea_new(const char *text, size_t limit)
{
    struct textarea *self = mem_alloc(sizeof *self);
    self->widget.ops = &textarea_ops;
    self->limit = limit;
    textarea_set_text(self, text);
    return self;
}

void textarea_free(struct textarea *textarea)
{
    if (!textarea)
        return;
    str_fini(&textarea->text);
    free(textarea->lines);
    free(textarea);
}

struct widget *textarea_widget(struct textarea *textarea)
{
    return &textarea->widget;
}

const char *textarea_text(const struct textarea *textarea)
{
    return str_text(&textarea->text);
}

void textarea_set_text(struct textarea *textarea, const char *text)
{
    str_clear(&textarea->text);
    add_clean(&textarea->text, text);
    textarea->cursor = textarea->text.length;
    textarea->left_out = 0;
    textarea->goal = -1;
    wrap_all(textarea);
    reveal(textarea);
}

void textarea_on_changed(struct textarea *textarea, textarea_changed_fn *fn, void *ctx)
{
    textarea->changed = fn;
    textarea->ctx = ctx;
}

bool textarea_at_edge(const struct textarea *textarea, int step)
{
    int line = line_of_cursor(textarea);
    return step < 0 ? line == 0 : line == textarea->line_count - 1;
}
