#include "centurion/ui/chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/term/term.h"
#include "chart_emit.h"

struct range {
    double least, greatest;
    bool any;
};

static struct range range_of(const double *values, int count)
{
    struct range range = {0, 0, false};
    for (int i = 0; i < count; i++) {
        if (!isfinite(values[i]))
            continue;
        if (!range.any || values[i] < range.least)
            range.least = values[i];
        if (!range.any || values[i] > range.greatest)
            range.greatest = values[i];
        range.any = true;
    }
    return range;
}

/* Where value lies in the range, in steps 0 .. last from below; in the middle when all are equal. */
static int step_of(const struct range *range, double value, int last)
{
    double part = (value - range->least) / (range->greatest - range->least);
    if (!(part >= 0 && part <= 1)) /* all equal, or too far apart for a double */
        return last / 2;
    return (int)(part * last + 0.5);
}

/* ---- Sparkline ---- */

void chart_emit_spark(int cols, enum role role, const double *values, int count, chart_emit_fn *emit, void *arg)
{
    if (count > cols) {
        values += count - cols;
        count = cols;
    }
    struct range range = range_of(values, count);
    struct str text = {0};
    for (int i = 0; i < count; i++)
        str_add(&text, isfinite(values[i]) ? glyph_level(1 + step_of(&range, values[i], 7)) : " ");
    if (range.any)
        emit(arg, 0, 0, role, str_text(&text));
    str_fini(&text);
}

/* ---- Day heat-map ---- */

static const char *day_glyph(char day, enum role *role)
{
    *role = ROLE_DIM;
    switch (day) {
    case '2':
        *role = ROLE_GOOD;
        return glyph(GLYPH_FULL);
    case '1':
        *role = ROLE_WARN;
        return glyph(GLYPH_PARTIAL);
    case '0':
        return glyph(GLYPH_DOT);
    case 'p':
        return glyph(GLYPH_BAND_GREEN);
    default:
        return " ";
    }
}

int chart_emit_heat(int cols, const char *days, chart_emit_fn *emit, void *arg)
{
    int count = (int)strlen(days);
    if (count > cols) {
        days += count - cols;
        count = cols;
    }
    struct str run = {0};
    for (int i = 0, first = 0; i < count; i++) {
        enum role role;
        str_add(&run, day_glyph(days[i], &role));
        if (days[i + 1] == days[i])
            continue;
        emit(arg, 0, first, role, str_text(&run));
        str_clear(&run);
        first = i + 1;
    }
    str_fini(&run);
    return count > 0 ? count : 0;
}

/* ---- Line chart ---- */

/* Dots of a canvas: 2 x 4 a cell in braille, one a cell in the plain set. */
struct canvas {
    int rows, cols;   /* cells */
    int across, down; /* dots a cell */
    unsigned char *cells;
};

static void put_dot(struct canvas *canvas, int x, int y)
{
    static const unsigned char braille[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    if (x < 0 || y < 0 || x >= canvas->cols * canvas->across || y >= canvas->rows * canvas->down)
        return;
    unsigned char bit = canvas->down == 1 ? 1 : braille[y % 4][x % 2];
    canvas->cells[y / canvas->down * canvas->cols + x / canvas->across] |= bit;
}

/* Bresenham. */
static void put_line(struct canvas *canvas, int x0, int y0, int x1, int y1)
{
    int dx = abs(x1 - x0), dy = -abs(y1 - y0), step_x = x0 < x1 ? 1 : -1, step_y = y0 < y1 ? 1 : -1, slip = dx + dy;
    while (x0 != x1 || y0 != y1) {
        put_dot(canvas, x0, y0);
        int twice = 2 * slip;
        if (twice >= dy) {
            slip += dy;
            x0 += step_x;
        }
        if (twice <= dx) {
            slip += dx;
            y0 += step_y;
        }
    }
    put_dot(canvas, x1, y1);
}

/* Dot of a value across the canvas. */
static int dot_of(const struct chart *chart, int value, int last_x)
{
    return chart->count > 1 ? (int)((long)value * last_x / (chart->count - 1)) : last_x;
}

static void plot(struct canvas *canvas, const struct chart *chart, const struct range *range)
{
    int last_x = canvas->cols * canvas->across - 1, last_y = canvas->rows * canvas->down - 1, x0 = -1, y0 = 0;
    for (int i = 0; i < chart->count; i++) {
        if (!isfinite(chart->values[i])) {
            x0 = -1;
            continue;
        }
        int x = dot_of(chart, i, last_x);
        int y = last_y - step_of(range, chart->values[i], last_y);
        if (x0 < 0 || canvas->down == 1)
            put_dot(canvas, x, y);
        else
            put_line(canvas, x0, y0, x, y);
        x0 = x;
        y0 = y;
    }
}

static void emit_canvas(const struct canvas *canvas, int left, enum role role, chart_emit_fn *emit, void *arg)
{
    struct str text = {0};
    for (int row = 0; row < canvas->rows; row++) {
        int used = 0;
        str_clear(&text);
        for (int col = 0; col < canvas->cols; col++) {
            unsigned char dots = canvas->cells[row * canvas->cols + col];
            char encoded[4];
            if (!dots)
                str_add_char(&text, ' ');
            else if (canvas->down == 1)
                str_add_char(&text, '*');
            else
                str_add_bytes(&text, encoded, utf8_encode(L'\u2800' + dots, encoded));
            used = dots ? (int)text.length : used;
        }
        str_cut(&text, (size_t)used);
        if (used)
            emit(arg, row, left, role, str_text(&text));
    }
    str_fini(&text);
}

const char *chart_mark_glyph(int marks)
{
    static const char *const plain[] = {" ", "*", "'", "@"}, *const drawn[] = {" ", "◆", "┴", "◈"};
    return (term_ascii() ? plain : drawn)[marks & (CHART_MARK_NOTE | CHART_MARK_SESSION)];
}

/* Values that share a cell share its mark. */
static void emit_marks(const struct canvas *canvas, const struct chart *chart, int row, int left, chart_emit_fn *emit,
                       void *arg)
{
    int last_x = canvas->cols * canvas->across - 1, marks = 0;
    for (int i = 0; chart->marks && i < chart->count; i++) {
        int cell = dot_of(chart, i, last_x) / canvas->across;
        marks |= chart->marks[i] - '0';
        if (marks && (i == chart->count - 1 || dot_of(chart, i + 1, last_x) / canvas->across != cell)) {
            emit(arg, row, left + cell, marks & CHART_MARK_NOTE ? ROLE_NOTE : ROLE_INFO, chart_mark_glyph(marks));
            marks = 0;
        }
    }
}

/* The x axis from the corner on, its labels set into it. */
static void emit_axis(const struct canvas *canvas, const struct chart *chart, int row, int col, int cols,
                      chart_emit_fn *emit, void *arg)
{
    bool ascii = term_ascii();
    const char *first = chart->first_label ? chart->first_label : "",
               *last = chart->last_label ? chart->last_label : "";
    int first_cols = *first ? utf8_width(first) + 2 : 0, last_cols = *last ? utf8_width(last) + 1 : 0;
    if (last_cols + 2 > cols)
        last_cols = 0;
    if (first_cols + last_cols + 4 > cols)
        first_cols = 0;
    struct str line = {0};
    str_add(&line, ascii ? "+" : "└");
    for (int i = 1; i < cols - last_cols; i++)
        str_add(&line, i >= 2 && i < 2 + first_cols ? " " : ascii ? "-" : "─");
    emit(arg, row, col, ROLE_RULE, str_text(&line));
    emit_marks(canvas, chart, row, col + 1, emit, arg);
    if (first_cols)
        emit(arg, row, col + 3, ROLE_DIM, first);
    if (last_cols)
        emit(arg, row, col + cols - last_cols + 1, ROLE_DIM, last);
    str_fini(&line);
}

void chart_emit_line(const struct chart *chart, int rows, int cols, enum role role, chart_emit_fn *emit, void *arg)
{
    bool ascii = term_ascii();
    char high[48], low[48];
    struct range range = range_of(chart->values, chart->count);
    snprintf(high, sizeof high, "%.*f", chart->decimals, range.greatest);
    snprintf(low, sizeof low, "%.*f", chart->decimals, range.least);
    int high_cols = range.any ? (int)strlen(high) : 0, low_cols = range.any ? (int)strlen(low) : 0;
    int axis = (high_cols > low_cols ? high_cols : low_cols) + 1, bottom = rows - 2;
    axis = axis < chart->label_cols + 1 ? chart->label_cols + 1 : axis;
    struct canvas canvas = {rows - 1, cols - axis - 1, ascii ? 1 : 2, ascii ? 1 : 4, NULL};
    if (canvas.rows < 2 || canvas.cols < 2)
        return;

    bool level = range.any && range.greatest <= range.least;
    int middle = bottom - step_of(&range, 0, bottom); /* where a level line runs */
    for (int row = 0; row < canvas.rows; row++) {
        const char *label = !range.any      ? NULL
                            : level         ? (row == middle ? high : NULL)
                            : row == 0      ? high
                            : row == bottom ? low
                                            : NULL;
        if (label)
            emit(arg, row, axis - 1 - (int)strlen(label), ROLE_DIM, label);
        emit(arg, row, axis, ROLE_RULE, ascii ? "|" : label ? "┤" : "│");
    }
    emit_axis(&canvas, chart, rows - 1, axis, cols - axis, emit, arg);

    canvas.cells = mem_array((size_t)canvas.rows, (size_t)canvas.cols);
    plot(&canvas, chart, &range);
    emit_canvas(&canvas, axis + 1, role, emit, arg);
    free(canvas.cells);
}

/* ---- On a surface ---- */

struct place {
    const struct surface *surface;
    int row, col;
};

static void draw(void *arg, int row, int col, enum role role, const char *text)
{
    const struct place *place = arg;
    surface_text(place->surface, place->row + row, place->col + col, role, text, -1);
}

void chart_spark(const struct surface *surface, int row, int col, int cols, enum role role, const double *values,
                 int count)
{
    chart_emit_spark(cols, role, values, count, draw, &(struct place){surface, row, col});
}

int chart_heat(const struct surface *surface, int row, int col, int cols, const char *days)
{
    return chart_emit_heat(cols, days, draw, &(struct place){surface, row, col});
}

void chart_line(const struct surface *surface, const struct chart *chart, enum role role)
{
    chart_emit_line(chart, surface->rows, surface->cols, role, draw, &(struct place){surface, 0, 0});
}
