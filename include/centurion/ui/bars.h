/* The frame around every screen: app bar, breadcrumb, status line, hints. */
#ifndef CENTURION_UI_BARS_H
#define CENTURION_UI_BARS_H

#include "centurion/term/surface.h"
#include "centurion/ui/keymap.h"

enum { LINE_SPANS_MAX = 24 };

/* One line of coloured text, built left to right; what does not fit is dropped from the end, a span at a time, then
 * cut. */
struct line {
    struct line_span {
        enum role role;
        char text[96];
    } spans[LINE_SPANS_MAX];
    int count;
};
void line_clear(struct line *line);
void line_add(struct line *line, enum role role, const char *format, ...) __attribute__((format(printf, 3, 4)));
int line_width(const struct line *line);
void line_paint(const struct line *line, const struct surface *surface, int row, int col, int max_cols);

/* left and right on one row of the surface, a blank column at either edge. When both do not fit, right loses spans from
 * its start (its end matters most: the clock), then left is cut. */
void bars_pair(const struct surface *surface, int row, const struct line *left, const struct line *right);

/* "↵ open  n note ..." for the actions that can run now, in this order, as many as fit; help and back are always kept.
 * Those that follow each other with the same hint share it: "J K next". */
void bars_hints(const struct surface *surface, int row, const struct keymap *keymap, const enum action *actions,
                int count, keymap_accepts_fn *accepts, void *arg);

#endif
