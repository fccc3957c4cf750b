#include "edit.h"

#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/term/input.h"
#include "centurion/term/term.h"
#include "centurion/ui/action.h"

static bool blank(char byte)
{
    return byte == ' ' || byte == '\n';
}

static int count_cols(const char *text, size_t from, size_t to, bool secret)
{
    int cols = 0;
    struct utf8_cluster cluster;
    while (from < to && utf8_next(text + from, to - from, &cluster)) {
        cols += secret ? 1 : cluster.width;
        from += cluster.bytes;
    }
    return cols;
}

int edit_cols(const char *text, size_t from, size_t to)
{
    return count_cols(text, from, to, false);
}

static int cols_between(const struct edit *edit, size_t from, size_t to)
{
    return count_cols(edit->text, from, to, edit->secret);
}

/* Scrolls the field so that the cursor is in it, and the text uses it where it can. */
static void reveal(struct edit *edit)
{
    if (edit->cursor < edit->first)
        edit->first = edit->cursor;
    while (edit->first < edit->cursor && cols_between(edit, edit->first, edit->cursor) >= edit->cols)
        edit->first = utf8_after(edit->text, edit->first);
    while (edit->first > 0) {
        size_t before = utf8_before(edit->text, edit->first);
        if (cols_between(edit, before, edit->length) >= edit->cols)
            break;
        edit->first = before;
    }
}

void edit_set(struct edit *edit, const char *text)
{
    edit_fini(edit);
    edit_paste(edit, text);
}

void edit_resize(struct edit *edit, int cols)
{
    edit->cols = cols > 1 ? cols : 1;
    reveal(edit);
}

void edit_fini(struct edit *edit)
{
    mem_wipe(edit->text, sizeof edit->text);
    edit->length = edit->cursor = edit->first = 0;
}

static unsigned delete_bytes(struct edit *edit, size_t from, size_t to)
{
    size_t bytes = to - from;
    if (bytes == 0)
        return TAKEN;
    memmove(edit->text + from, edit->text + to, edit->length - to);
    edit->length -= bytes;
    mem_wipe(edit->text + edit->length, bytes);
    edit->cursor = from;
    if (edit->first > edit->length)
        edit->first = edit->length;
    reveal(edit);
    return TAKEN | REPAINT | RECALC;
}

static unsigned insert_bytes(struct edit *edit, const char *bytes, size_t length)
{
    if (length == 0 || edit->length + length >= sizeof edit->text)
        return TAKEN;
    memmove(edit->text + edit->cursor + length, edit->text + edit->cursor, edit->length - edit->cursor);
    memcpy(edit->text + edit->cursor, bytes, length);
    edit->length += length;
    edit->cursor += length;
    edit->text[edit->length] = '\0';
    reveal(edit);
    return TAKEN | REPAINT | RECALC;
}

static unsigned move_to(struct edit *edit, size_t cursor)
{
    if (cursor == edit->cursor)
        return TAKEN;
    edit->cursor = cursor;
    reveal(edit);
    return TAKEN | REPAINT;
}

size_t edit_word_before(const char *text, size_t at)
{
    while (at > 0 && blank(text[at - 1]))
        at--;
    while (at > 0 && !blank(text[at - 1]))
        at--;
    return at;
}

size_t edit_word_after(const char *text, size_t at)
{
    while (text[at] && blank(text[at]))
        at++;
    while (text[at] && !blank(text[at]))
        at++;
    return at;
}

bool edit_printable(int key)
{
    return key >= 0x20 && key < 0x110000 && !(key >= 0x7f && key < 0xa0);
}

unsigned edit_key(struct edit *edit, int key)
{
    switch (key) {
    case KEYCODE_LEFT:
        return move_to(edit, edit->cursor ? utf8_before(edit->text, edit->cursor) : 0);
    case KEYCODE_RIGHT:
        return move_to(edit, edit->cursor < edit->length ? utf8_after(edit->text, edit->cursor) : edit->length);
    case KEYCODE_HOME:
    case KEYCODE_CTRL | 'a':
        return move_to(edit, 0);
    case KEYCODE_END:
    case KEYCODE_CTRL | 'e':
        return move_to(edit, edit->length);
    case KEYCODE_BACKSPACE:
        return delete_bytes(edit, edit->cursor ? utf8_before(edit->text, edit->cursor) : 0, edit->cursor);
    case KEYCODE_DELETE:
    case KEYCODE_CTRL | 'd':
        return delete_bytes(edit, edit->cursor,
                            edit->cursor < edit->length ? utf8_after(edit->text, edit->cursor) : edit->length);
    case KEYCODE_CTRL | 'u':
        return delete_bytes(edit, 0, edit->cursor);
    case KEYCODE_CTRL | 'k':
        return delete_bytes(edit, edit->cursor, edit->length);
    case KEYCODE_CTRL | 'w':
    case KEYCODE_ALT | KEYCODE_BACKSPACE:
        return delete_bytes(edit, edit_word_before(edit->text, edit->cursor), edit->cursor);
    case KEYCODE_ALT | 'd':
        return delete_bytes(edit, edit->cursor, edit_word_after(edit->text, edit->cursor));
    case KEYCODE_CTRL | KEYCODE_LEFT:
    case KEYCODE_ALT | 'b':
        return move_to(edit, edit_word_before(edit->text, edit->cursor));
    case KEYCODE_CTRL | KEYCODE_RIGHT:
    case KEYCODE_ALT | 'f':
        return move_to(edit, edit_word_after(edit->text, edit->cursor));
    default:
        break;
    }
    if (!edit_printable(key))
        return NOT_TAKEN;
    char encoded[4] = "";
    return insert_bytes(edit, encoded, utf8_encode((wchar_t)key, encoded));
}

unsigned edit_paste(struct edit *edit, const char *text)
{
    size_t room = sizeof edit->text - 1 - edit->length, length = strlen(text);
    if (length > room) { /* not in the middle of a character */
        length = room;
        while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
            length--;
    }
    char bytes[EDIT_MAX];
    for (size_t i = 0; i < length; i++)
        bytes[i] = text[i] == '\n' || text[i] == '\t' || text[i] == '\r' ? ' ' : text[i];
    unsigned consequence = insert_bytes(edit, bytes, length);
    mem_wipe(bytes, sizeof bytes);
    return consequence;
}

void edit_paint(const struct edit *edit, const struct surface *surface, int row, int col)
{
    if (!edit->secret) {
        size_t bytes = utf8_fit(edit->text + edit->first, edit->cols, NULL);
        char *shown = mem_strndup(edit->text + edit->first, bytes);
        surface_field(surface, row, col, edit->cols, ROLE_INPUT, shown, FIT_LEFT);
        free(shown);
        return;
    }
    struct str dots = {0};
    for (int i = cols_between(edit, edit->first, edit->length); i > 0 && dots.length < EDIT_MAX; i--)
        str_add(&dots, term_ascii() ? "*" : "•");
    str_cut(&dots, utf8_fit(str_text(&dots), edit->cols, NULL));
    surface_field(surface, row, col, edit->cols, ROLE_INPUT, str_text(&dots), FIT_LEFT);
    str_fini(&dots);
}

int edit_cursor_col(const struct edit *edit)
{
    return cols_between(edit, edit->first, edit->cursor);
}

int edit_shown_cols(const struct edit *edit)
{
    int cols = cols_between(edit, edit->first, edit->length);
    return cols < edit->cols ? cols : edit->cols;
}
