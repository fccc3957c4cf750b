/* A clipped rectangle of the screen. Everything that is drawn goes through here, and all text is sanitised here: control
 * characters are shown, never sent, so that no name in the database can move the cursor. */
#ifndef CENTURION_TERM_SURFACE_H
#define CENTURION_TERM_SURFACE_H

#include <stdbool.h>
#include <wchar.h>

#include "centurion/term/role.h"

/* A value; copy freely. Coordinates inside are relative; what lies outside is clipped, silently. */
struct surface {
    int top, left, rows, cols; /* on the screen */
    enum ground ground;        /* laid under what is drawn */
};

enum fit {
    FIT_LEFT, /* cut at the end with an ellipsis; padded on the right when `max_cols` is given by the caller through surface_field */
    FIT_RIGHT, /* right-aligned */
    FIT_CENTER,
    FIT_START, /* cut at the start with an ellipsis (paths, typed text) */
};

/* The part of surface that lies within it; a negative top or left is cut off, and coordinates begin after the cut. */
struct surface surface_sub(const struct surface *surface, int top, int left, int rows, int cols);
struct surface surface_on(const struct surface *surface, enum ground ground); /* the same cells over another ground */

/* Blanks every cell with the surface's ground. */
void surface_clear(const struct surface *surface);

/* Draws utf8 from (row, col) in at most max_cols columns (-1: to the edge); longer text is cut with an ellipsis. A wide
 * character is never halved: what is left of one is blank. Returns the columns taken, those left of the edge included.
 * NULL draws nothing. */
int surface_text(const struct surface *surface, int row, int col, enum role role, const char *utf8, int max_cols);

/* printf style. */
int surface_textf(const struct surface *surface, int row, int col, enum role role, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Draws utf8 into a field of exactly cols columns, aligned and padded as fit says. */
void surface_field(const struct surface *surface, int row, int col, int cols, enum role role, const char *utf8,
                   enum fit fit);

/* Repeats one character of width 1. A line or glyph of ours becomes ASCII where that set is taken. */
void surface_fill(const struct surface *surface, int row, int col, int rows, int cols, enum role role,
                  wchar_t character);

/* Thin rules, joined by the caller's choice of ends; in the ASCII set they are '-' and '|'. */
void surface_hline(const struct surface *surface, int row, int col, int cols);
void surface_vline(const struct surface *surface, int row, int col, int rows);

/* Glyphs by meaning, so that the ASCII set is chosen in one place. */
enum glyph {
    GLYPH_BAND_RED,   /* ●  # */
    GLYPH_BAND_AMBER, /* ◐  + */
    GLYPH_BAND_GREEN, /* ○  . */
    GLYPH_CURSOR,     /* ›  > */
    GLYPH_CRUMB,      /* ›  > */
    GLYPH_UP,         /* ▲  ^ */
    GLYPH_DOWN,       /* ▼  v */
    GLYPH_CHECK,      /* ✓  y */
    GLYPH_CROSS,      /* ✗  x */
    GLYPH_ABSENT,     /* –  - */
    GLYPH_DOT,        /* ·  . */
    GLYPH_ELLIPSIS,   /* …  ~ */
    GLYPH_ARROW,      /* →  > */
    GLYPH_ENTER,      /* ↵  Enter */
    GLYPH_SPACE,      /* ␣  Space */
    GLYPH_PENDING,    /* ◌  o */
    GLYPH_FULL,       /* █  # */
    GLYPH_PARTIAL,    /* ▒  + */
    GLYPH_WARNING,    /* !  ! */
    GLYPH_DIVIDER,    /* │  | */
    GLYPH_MARK,       /* ◆  * */
    GLYPH_COUNT
};
const char *glyph(enum glyph which);
const char *glyph_level(int eighths); /* ▁▂▃▄▅▆▇█ for 1..8 (ASCII: _.-=+*%#); " " for 0 */

#endif
