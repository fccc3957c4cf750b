#include "centurion/ui/bars.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "centurion/base/str.h"
#include "centurion/base/utf8.h"

enum { GAP = 2, HINTS_MAX = 64 };

/* ---- Lines ---- */

void line_clear(struct line *line)
{
    line->count = 0;
}

void line_add(struct line *line, enum role role, const char *format, ...)
{
    if (line->count == LINE_SPANS_MAX)
        return;
    struct line_span *span = &line->spans[line->count];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(span->text, sizeof span->text, format, args);
    va_end(args);
    if (length <= 0)
        return;
    if ((size_t)length >= sizeof span->text) { /* not in the middle of a character */
        size_t end = strlen(span->text);
        size_t start = utf8_before(span->text, end);
        if (!utf8_valid(span->text + start, end - start))
            span->text[start] = '\0';
    }
    span->role = role;
    line->count++;
}

int line_width(const struct line *line)
{
    int width = 0;
    for (int i = 0; i < line->count; i++)
        width += utf8_width(line->spans[i].text);
    return width;
}

static void paint_spans(const struct line *line, int first, const struct surface *surface, int row, int col,
                        int max_cols)
{
    int width = 0, count = first;
    for (; count < line->count; count++) {
        int next = utf8_width(line->spans[count].text);
        if (width + next > max_cols && count > first)
            break;
        width += next;
    }
    for (int i = first, used = 0; i < count; i++)
        used += surface_text(surface, row, col + used, line->spans[i].role, line->spans[i].text, max_cols - used);
}

void line_paint(const struct line *line, const struct surface *surface, int row, int col, int max_cols)
{
    paint_spans(line, 0, surface, row, col, max_cols);
}

/* Blanks and dividers alone make no sense at the start of what is left of a line. */
static bool separates(const char *text)
{
    const char *divider = glyph(GLYPH_DIVIDER);
    while (*text)
        if (*text == ' ')
            text++;
        else if (str_starts(text, divider))
            text += strlen(divider);
        else
            return false;
    return true;
}

void bars_pair(const struct surface *surface, int row, const struct line *left, const struct line *right)
{
    int room = surface->cols - 2, left_width = line_width(left), right_width = line_width(right), first = 0;
    surface_fill(surface, row, 0, 1, surface->cols, ROLE_TEXT, L' ');
    while (first < right->count &&
           (left_width + GAP + right_width > room || (first > 0 && separates(right->spans[first].text))))
        right_width -= utf8_width(right->spans[first++].text);
    bool both = first < right->count;
    line_paint(left, surface, row, 1, both ? room - right_width - GAP : room);
    if (both)
        paint_spans(right, first, surface, row, 1 + room - right_width, right_width);
}

/* ---- Hints ---- */

struct hint {
    struct str keys;
    const char *words;
    bool kept; /* help and back */
};

static int hint_width(const struct hint *hint)
{
    return utf8_width(str_text(&hint->keys)) + 1 + utf8_width(hint->words) + GAP;
}

/* Adds an action to the hints, or its key to the hint before it when they say the same. */
static int add_hint(struct hint *hints, int count, const struct keymap *keymap, enum action action)
{
    const char *words = action_info(action)->hint;
    struct str key = {0};
    keymap_label(keymap, action, false, &key);
    if (*words && key.length && count > 0 && str_equal(hints[count - 1].words, words)) {
        str_addf(&hints[count - 1].keys, " %s", str_text(&key));
    } else if (*words && key.length && count < HINTS_MAX) {
        hints[count] = (struct hint){.words = words, .kept = action == ACTION_HELP || action == ACTION_BACK};
        str_add(&hints[count].keys, str_text(&key));
        count++;
    }
    str_fini(&key);
    return count;
}

void bars_hints(const struct surface *surface, int row, const struct keymap *keymap, const enum action *actions,
                int count, keymap_accepts_fn *accepts, void *arg)
{
    static const enum action always[] = {ACTION_HELP, ACTION_BACK};
    struct hint hints[HINTS_MAX];
    int hint_count = 0;
    bool listed[2] = {false, false};
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < 2; k++)
            listed[k] = listed[k] || actions[i] == always[k];
        if (!accepts || accepts(arg, actions[i]))
            hint_count = add_hint(hints, hint_count, keymap, actions[i]);
    }
    for (int k = 0; k < 2; k++)
        if (!listed[k] && (!accepts || accepts(arg, always[k])))
            hint_count = add_hint(hints, hint_count, keymap, always[k]);

    int width = -GAP, room = surface->cols - 2;
    for (int i = 0; i < hint_count; i++)
        width += hint_width(&hints[i]);
    bool dropped[HINTS_MAX] = {false};
    for (int i = hint_count - 1; i >= 0 && width > room; i--)
        if (!hints[i].kept) {
            dropped[i] = true;
            width -= hint_width(&hints[i]);
        }

    surface_fill(surface, row, 0, 1, surface->cols, ROLE_TEXT, L' ');
    int col = 1;
    for (int i = 0; i < hint_count; i++) {
        if (!dropped[i]) {
            col += surface_text(surface, row, col, ROLE_KEY, str_text(&hints[i].keys), room + 1 - col) + 1;
            col += surface_text(surface, row, col, ROLE_DIM, hints[i].words, room + 1 - col) + GAP;
        }
        str_fini(&hints[i].keys);
    }
}
