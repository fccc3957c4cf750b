#include "paint.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "curses_wide.h"
#include "grid.h"

/* A role on a ground, as curses wants it. */
struct look {
    struct paint_look plain;
    int64_t blank; /* equal for looks that a blank cell looks the same in */
    cchar_t cell;  /* a blank with the attributes and the pair */
    bool ready;    /* cell is made when it is first used: pairs are scarce on small terminals */
};

static struct {
    enum term_colors colors;
    bool direct; /* colour numbers are RGB values */
    int pairs, pair_limit;
    struct {
        int foreground, background;
    } * pair; /* [1..pairs] */
    struct look looks[ROLE_COUNT][GROUND_COUNT];
    struct cell *shown; /* what curses was given last, row by row */
    int rows, cols;
    cchar_t *line;
} paint;

enum { PAIRS_MAX = ROLE_COUNT * GROUND_COUNT };

static const struct {
    unsigned style;
    attr_t curses;
} attributes[] = {{STYLE_BOLD, A_BOLD},
                  {STYLE_DIM, A_DIM},
                  {STYLE_UNDERLINE, A_UNDERLINE},
                  {STYLE_REVERSE, A_REVERSE},
                  {STYLE_ITALIC, A_ITALIC}};

enum term_colors paint_start(enum term_colors wanted)
{
    const char *no_color = getenv("NO_COLOR");
    if (wanted == TERM_COLORS_AUTO && no_color && no_color[0])
        wanted = TERM_COLORS_NONE;
    paint.colors = TERM_COLORS_NONE;
    if (wanted != TERM_COLORS_NONE && has_colors() && start_color() == OK && use_default_colors() == OK) {
        paint.direct = COLORS > 256;
        enum term_colors most = paint.direct ? TERM_COLORS_RGB : COLORS >= 256 ? TERM_COLORS_256 : TERM_COLORS_16;
        paint.colors = wanted != TERM_COLORS_AUTO && wanted < most ? wanted : most;
        paint.pair_limit = COLOR_PAIRS - 1 < PAIRS_MAX ? COLOR_PAIRS - 1 : PAIRS_MAX;
        paint.pair = mem_array(PAIRS_MAX + 1, sizeof *paint.pair);
    }
    struct styles styles = {0};
    for (int i = 0; i < ROLE_COUNT; i++)
        styles.foreground[i] = (struct color){COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT};
    for (int i = 0; i < GROUND_COUNT; i++)
        styles.background[i] = (struct color){COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT};
    paint_set_styles(&styles);
    return paint.colors;
}

void paint_stop(void)
{
    free(paint.pair);
    free(paint.shown);
    free(paint.line);
    memset(&paint, 0, sizeof paint);
}

/* A basic colour where there are only eight: the bright half is bold (text) or lost (ground). */
static int color_basic(int color, unsigned *attrs)
{
    if (color < 8 || (COLORS >= 16 && !paint.direct))
        return color;
    if (attrs)
        *attrs |= STYLE_BOLD;
    return color - 8;
}

/* The number curses takes for a colour; attrs may gain bold. */
static int color_number(const struct color *color, unsigned *attrs)
{
    if (paint.colors == TERM_COLORS_16)
        return color_basic(color->basic, attrs);
    if (paint.colors == TERM_COLORS_256) {
        if (!paint.direct)
            return color->indexed;
        if (color->indexed < 16)
            return color_basic(color->indexed, attrs);
    }
    int rgb = paint.colors == TERM_COLORS_256 ? color_of_256(color->indexed) : color->rgb;
    return rgb >= 0 && rgb < 8 ? 8 : rgb; /* 0..7 are the basic colours even on a direct-colour terminal */
}

/* Sixteen colours hold no tint that is sure to be legible, so a theme may leave the ground's own there. */
static bool tint_is_lost(const struct color *background)
{
    return paint.colors == TERM_COLORS_16 && background->basic == COLOR_DEFAULT && background->indexed != COLOR_DEFAULT;
}

void paint_set_styles(const struct styles *styles)
{
    bool mono = paint.colors == TERM_COLORS_NONE;
    for (int role = 0; role < ROLE_COUNT; role++) {
        for (int ground = 0; ground < GROUND_COUNT; ground++) {
            struct paint_look look = {COLOR_DEFAULT, COLOR_DEFAULT, 0};
            /* Reverse text on a reversed ground would read as plain: exclusive or keeps both visible. */
            unsigned own = mono ? styles->mono_attrs[role] : styles->attrs[role];
            unsigned under = mono || tint_is_lost(&styles->background[ground]) ? styles->mono_ground_attrs[ground]
                                                                               : styles->ground_attrs[ground];
            look.attrs = (own | under) & ~(own & under & STYLE_REVERSE);
            bool reversed = !mono && (under & STYLE_REVERSE); /* one colour for the whole row: the terminal's own */
            if (!mono && !reversed)
                look.foreground = color_number(&styles->foreground[role], &look.attrs);
            if (!mono)
                look.background = color_number(&styles->background[ground], NULL);
            struct look *at = &paint.looks[role][ground];
            *at = (struct look){.plain = look};
            unsigned lines = look.attrs & (STYLE_UNDERLINE | STYLE_REVERSE);
            int seen = look.attrs & STYLE_REVERSE ? look.foreground : COLOR_DEFAULT;
            at->blank = (int64_t)(look.background + 1) << 36 | (int64_t)(seen + 1) << 8 | lines;
        }
    }
    paint.pairs = 0;
    paint_forget();
}

struct paint_look paint_look_of(enum role role, enum ground ground)
{
    return paint.looks[role][ground].plain;
}

/* The pair of two colours, made when it is new. When a small terminal has no more, the ground counts: it is shared. */
static int pair_of(int foreground, int background)
{
    if (foreground == COLOR_DEFAULT && background == COLOR_DEFAULT)
        return 0;
    int same_ground = 0;
    for (int i = 1; i <= paint.pairs; i++) {
        if (paint.pair[i].background != background)
            continue;
        if (paint.pair[i].foreground == foreground)
            return i;
        same_ground = i;
    }
    if (paint.pairs >= paint.pair_limit)
        return same_ground;
    paint.pairs++;
    paint.pair[paint.pairs].foreground = foreground;
    paint.pair[paint.pairs].background = background;
    init_extended_pair(paint.pairs, foreground, background);
    return paint.pairs;
}

static struct look *look_of(const struct cell *cell)
{
    struct look *look = &paint.looks[cell->role][cell->ground];
    if (look->ready)
        return look;
    attr_t attrs = A_NORMAL;
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
        if (look->plain.attrs & attributes[i].style)
            attrs |= attributes[i].curses;
    int pair = pair_of(look->plain.foreground, look->plain.background);
    setcchar(&look->cell, L" ", attrs, (short)pair, &pair);
    look->ready = true;
    return look;
}

static bool cell_is_blank(const struct cell *cell)
{
    return cell->chars[0] == L' ' && cell->chars[1] == 0;
}

/* Turns a row into curses' cells. Changes of colour cost bytes, and a blank looks the same in any foreground: blanks take
 * the look of what stands before them, leading ones of what follows. Those at the end of a plain row stay plain, so that
 * every terminal can erase to the end of the line instead of writing them. */
static int paint_line(const struct cell *row, int cols, cchar_t *out)
{
    int end = cols, count = 0;
    while (end > 0 && row[end - 1].ground == GROUND_PLAIN && cell_is_blank(&row[end - 1]))
        end--;
    struct look *pen = NULL;
    for (int col = 0; col < end && !pen; col++)
        if (!cell_is_blank(&row[col]))
            pen = look_of(&row[col]);
    for (int col = 0; col < cols; col++) {
        const struct cell *cell = &row[col];
        if (cell->width == 0)
            continue;
        struct look *look = look_of(cell);
        if (col >= end || !pen || !cell_is_blank(cell) || look->blank != pen->blank)
            pen = look;
        out[count] = pen->cell;
        if (cell->chars[1] == 0)
            out[count].chars[0] = cell->chars[0];
        else
            memcpy(out[count].chars, cell->chars, sizeof cell->chars);
        count++;
    }
    return count;
}

_Static_assert(CCHARW_MAX == UTF8_CLUSTER_MAX, "a cell holds as many characters as curses' does");

void paint_forget(void)
{
    free(paint.shown);
    paint.shown = NULL;
}

bool paint_rows(void)
{
    int rows = grid_rows(), cols = grid_cols();
    if (rows == 0 || cols == 0)
        return false;
    size_t row_size = (size_t)cols * sizeof(struct cell);
    bool all = !paint.shown || paint.rows != rows || paint.cols != cols, changed = false;
    if (all) {
        free(paint.shown);
        free(paint.line);
        paint.shown = mem_array((size_t)rows, row_size);
        paint.line = mem_array((size_t)cols, sizeof *paint.line);
        paint.rows = rows;
        paint.cols = cols;
    }
    for (int row = 0; row < rows; row++) {
        struct cell *before = paint.shown + (size_t)row * (size_t)cols;
        if (!all && memcmp(before, grid_row(row), row_size) == 0)
            continue;
        memcpy(before, grid_row(row), row_size);
        int count = paint_line(before, cols, paint.line);
        mvwadd_wchnstr(stdscr, row, 0, paint.line, count);
        changed = true;
    }
    return changed;
}
