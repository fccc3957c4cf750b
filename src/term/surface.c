#include "centurion/term/surface.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"
#include "glyphs.h"
#include "grid.h"

/* A place to write: the row on the screen, and the columns of it that may be written, first to last - 1. */
struct span {
    int row, first, last;
};

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

static int greater(int a, int b)
{
    return a > b ? a : b;
}

struct surface surface_sub(const struct surface *surface, int top, int left, int rows, int cols)
{
    int bottom = rows < surface->rows - top ? top + rows : surface->rows;
    int right = cols < surface->cols - left ? left + cols : surface->cols;
    top = greater(top, 0);
    left = greater(left, 0);
    return (struct surface){.top = surface->top + top,
                            .left = surface->left + left,
                            .rows = greater(bottom - top, 0),
                            .cols = greater(right - left, 0),
                            .ground = surface->ground};
}

struct surface surface_on(const struct surface *surface, enum ground ground)
{
    struct surface other = *surface;
    other.ground = ground;
    return other;
}

/* A surface may be older than the last resize: what is clipped to is both of them. */
static bool surface_span(const struct surface *surface, int row, struct span *out)
{
    *out = (struct span){.row = surface->top + row,
                         .first = greater(surface->left, 0),
                         .last = lesser(surface->left + surface->cols, grid_cols())};
    return row >= 0 && row < surface->rows && out->row >= 0 && out->row < grid_rows() && out->first < out->last;
}

static void span_fill(const struct span *span, int col, int cols, const struct cell *cell)
{
    int from = greater(col, span->first), to = lesser(col + cols, span->last);
    grid_fill(span->row, from, to - from, cell);
}

static struct cell cell_blank(enum role role, enum ground ground)
{
    return (struct cell){.chars = {L' '}, .width = 1, .role = (uint8_t)role, .ground = (uint8_t)ground};
}

void surface_clear(const struct surface *surface)
{
    struct cell blank = cell_blank(ROLE_TEXT, surface->ground);
    struct span span;
    for (int row = 0; row < surface->rows; row++)
        if (surface_span(surface, row, &span))
            grid_fill(span.row, span.first, span.last - span.first, &blank);
}

/* One cluster; what of it lies outside the span is left out, and the visible half of a wide one is a blank. */
static void span_put(const struct span *span, int col, const struct utf8_cluster *cluster, enum role role,
                     enum ground ground)
{
    struct cell cell = cell_blank(role, ground);
    if (col < span->first || col + cluster->width > span->last) {
        span_fill(span, col, cluster->width, &cell);
        return;
    }
    if (glyphs_plain_text() && (cluster->chars[0] > 0x7e || cluster->chars[1])) {
        cell.chars[0] = L'?';
        span_fill(span, col, cluster->width, &cell);
        return;
    }
    for (int i = 0; i < UTF8_CLUSTER_MAX && cluster->chars[i]; i++)
        cell.chars[i] = cluster->chars[i];
    cell.width = (uint8_t)cluster->width;
    grid_put(span->row, col, &cell);
}

/* How many of the bytes are printable ASCII, up to limit. */
static int ascii_run(const char *text, int limit)
{
    int length = 0;
    while (length < limit && text[length] >= ' ' && text[length] <= '~')
        length++;
    return length;
}

/* Draws the first length bytes of text at the absolute column col; the columns taken. */
static int span_text(const struct span *span, int col, enum role role, enum ground ground, const char *text,
                     size_t length)
{
    struct utf8_cluster cluster;
    int start = col;
    while (length > 0) {
        int run = ascii_run(text, (int)(length > INT_MAX ? INT_MAX : length));
        if ((size_t)run < length && (text[run] & 0x80))
            run--; /* what follows may be a mark on it */
        if (run > 0) {
            int from = greater(col, span->first), to = lesser(col + run, span->last);
            grid_put_ascii(span->row, from, text + (from - col), to - from, (uint8_t)role, (uint8_t)ground);
            col += run;
            text += run;
            length -= (size_t)run;
            continue;
        }
        if (!utf8_next(text, length, &cluster))
            break;
        span_put(span, col, &cluster, role, ground);
        col += cluster.width;
        text += cluster.bytes;
        length -= cluster.bytes;
    }
    return col - start;
}

/* How text fits into max_cols: the bytes to draw, their columns, and whether something is left out. */
struct cut {
    size_t start, bytes;
    int cols;
    bool cut;
};

static struct cut cut_text(const char *text, int max_cols, enum fit fit)
{
    struct cut cut = {0};
    int run = ascii_run(text, max_cols);
    if (text[run] == '\0') {
        cut.bytes = (size_t)run;
        cut.cols = run;
        return cut;
    }
    cut.bytes = utf8_fit(text, max_cols, &cut.cols);
    if (text[cut.bytes] == '\0')
        return cut;
    cut.cut = true;
    int room = max_cols - 1; /* the ellipsis takes one in either glyph set */
    if (fit != FIT_START) {
        cut.bytes = utf8_fit(text, greater(room, 0), &cut.cols);
        return cut;
    }
    int width = utf8_width(text);
    while (width > room && text[cut.start]) {
        size_t after = utf8_after(text, cut.start);
        if (after <= cut.start)
            break;
        int cols = 0;
        struct utf8_cluster cluster;
        if (utf8_next(text + cut.start, after - cut.start, &cluster))
            cols = cluster.width;
        width -= cols;
        cut.start = after;
    }
    cut.bytes = strlen(text + cut.start);
    cut.cols = width;
    return cut;
}

/* Draws text, cut to max_cols, at the absolute column col. */
static int span_cut(const struct span *span, int col, enum role role, enum ground ground, const char *text,
                    const struct cut *cut, enum fit fit)
{
    int start = col;
    const char *ellipsis = glyph(GLYPH_ELLIPSIS);
    if (cut->cut && fit == FIT_START)
        col += span_text(span, col, role, ground, ellipsis, strlen(ellipsis));
    col += span_text(span, col, role, ground, text + cut->start, cut->bytes);
    if (cut->cut && fit != FIT_START)
        col += span_text(span, col, role, ground, ellipsis, strlen(ellipsis));
    return col - start;
}

int surface_text(const struct surface *surface, int row, int col, enum role role, const char *utf8, int max_cols)
{
    struct span span;
    int room = surface->cols - col;
    if (max_cols >= 0)
        room = lesser(room, max_cols);
    if (room <= 0 || utf8 == NULL || !surface_span(surface, row, &span))
        return 0;
    struct cut cut = cut_text(utf8, room, FIT_LEFT);
    return span_cut(&span, surface->left + col, role, surface->ground, utf8, &cut, FIT_LEFT);
}

int surface_textf(const struct surface *surface, int row, int col, enum role role, const char *format, ...)
{
    char small[256], *text = small;
    va_list args;
    va_start(args, format);
    int length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (length >= (int)sizeof small) {
        text = mem_alloc((size_t)length + 1);
        va_start(args, format);
        vsnprintf(text, (size_t)length + 1, format, args);
        va_end(args);
    }
    int cols = length < 0 ? 0 : surface_text(surface, row, col, role, text, -1);
    if (text != small)
        free(text);
    return cols;
}

void surface_field(const struct surface *surface, int row, int col, int cols, enum role role, const char *utf8,
                   enum fit fit)
{
    struct span span;
    if (cols <= 0 || !surface_span(surface, row, &span))
        return;
    const char *text = utf8 ? utf8 : "";
    struct cut cut = cut_text(text, cols, fit);
    struct cell blank = cell_blank(role, surface->ground);
    int used = cut.cols + (cut.cut ? 1 : 0), left = 0;
    if (fit == FIT_RIGHT)
        left = cols - used;
    else if (fit == FIT_CENTER)
        left = (cols - used) / 2;
    int start = surface->left + col;
    span_fill(&span, start, left, &blank);
    span_cut(&span, start + left, role, surface->ground, text, &cut, fit);
    span_fill(&span, start + left + used, cols - left - used, &blank);
}

void surface_fill(const struct surface *surface, int row, int col, int rows, int cols, enum role role,
                  wchar_t character)
{
    struct cell cell = cell_blank(role, surface->ground);
    struct span span;
    cell.chars[0] = glyphs_in_set(character);
    for (int i = greater(row, 0); i < lesser(row + rows, surface->rows); i++)
        if (surface_span(surface, i, &span))
            span_fill(&span, surface->left + col, cols, &cell);
}

void surface_hline(const struct surface *surface, int row, int col, int cols)
{
    surface_fill(surface, row, col, 1, cols, ROLE_RULE, L'─');
}

void surface_vline(const struct surface *surface, int row, int col, int rows)
{
    surface_fill(surface, row, col, rows, 1, ROLE_RULE, L'│');
}
