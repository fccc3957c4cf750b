/* Painting a table: what is visible of it, row by row. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"
#include "centurion/term/term.h"
#include "centurion/ui/chart.h"
#include "centurion/ui/hits.h"
#include "centurion/ui/wrap.h"
#include "table_private.h"
#include "thumb.h"

enum { HEADER_FROM_ROWS = 3 /* with fewer, rows matter more than titles */ };

int table_header_rows(const struct table *table)
{
    return table->header && table->widget.rows >= HEADER_FROM_ROWS ? 1 : 0;
}

static bool stale_line(const struct table *table)
{
    return table->state == TABLE_STALE && table->words && table->widget.rows >= HEADER_FROM_ROWS;
}

int table_page(const struct table *table)
{
    int page = table->widget.rows - table_header_rows(table) - stale_line(table);
    return page > 0 ? page : 0;
}

/* How far a row is drawn. */
struct pen {
    struct surface surface;
    int row, col;
};

static void skip_to(struct pen *pen, int col)
{
    if (col > pen->col)
        surface_fill(&pen->surface, pen->row, pen->col, 1, col - pen->col, ROLE_TEXT, L' ');
    pen->col = col > pen->col ? col : pen->col;
}

static void draw(struct pen *pen, int col, int max_cols, enum role role, const char *text)
{
    skip_to(pen, col);
    pen->col += surface_text(&pen->surface, pen->row, pen->col, role, text, max_cols);
}

static bool is_number(enum cell_kind kind)
{
    switch (kind) {
    case CELL_INT:
    case CELL_REAL:
    case CELL_PERCENT:
    case CELL_MONEY:
    case CELL_DELTA:
    case CELL_SCORE:
    case CELL_DATE:
        return true;
    default:
        return false;
    }
}

static void draw_aligned(struct pen *pen, const struct table_place *place, bool right, enum role role, const char *text)
{
    int width = right ? utf8_width(text) : 0;
    int lead = right && width < place->cols ? place->cols - width : 0;
    if (*text)
        draw(pen, place->col + lead, place->cols - lead, role, text);
}

/* A number that does not fit is not cut, which would make it another number. */
static void draw_too_wide(struct pen *pen, const struct table_place *place, enum role role)
{
    for (int i = 0; i < place->cols; i++)
        draw(pen, place->col + i, 1, role, "#");
}

/* How much of the text before the first hit is left out, so that this is within cols: what stays takes a third of them. */
static size_t before_hit(const char *text, size_t hit, int cols)
{
    char *lead = mem_strndup(text, hit);
    int width = utf8_width(lead);
    struct utf8_cluster cluster;
    size_t at = 0;
    while (width > cols / 3 && utf8_next(lead + at, hit - at, &cluster)) {
        width -= cluster.width;
        at += cluster.bytes;
    }
    free(lead);
    return at;
}

/* Text with hits, as one line. */
static void draw_hits(struct pen *pen, const struct table_place *place, enum role role, const char *text)
{
    static const char signs[] = {HIT_START, HIT_END, '\0'}, end[] = {HIT_END, '\0'};
    size_t hit = strcspn(text, signs);
    if (text[hit]) {
        char *whole = mem_strndup(text, hit + strcspn(text + hit, end));
        bool fits = utf8_width(whole) <= place->cols;
        free(whole);
        text += fits ? 0 : before_hit(text, hit, place->cols);
        if (!fits)
            draw(pen, place->col, 1, ROLE_DIM, glyph(GLYPH_ELLIPSIS));
    }
    for (bool within = false; *text && pen->col < place->col + place->cols;) {
        size_t length = strcspn(text, signs);
        char *piece = mem_strndup(text, length);
        for (char *at = piece; *at; at++)
            *at = *at == '\n' || *at == '\r' || *at == '\t' ? ' ' : *at;
        int col = pen->col > place->col ? pen->col : place->col;
        draw(pen, col, place->col + place->cols - col, within ? ROLE_MATCH : role, piece);
        free(piece);
        within = text[length] == HIT_START;
        text += length + (text[length] != '\0');
    }
}

static void draw_cell(struct pen *pen, const struct table_place *place, const struct table_column *column,
                      const struct cell *cell, bool muted, bool strong)
{
    char made[CELL_TEXT_MAX];
    const char *text = cell_text(cell, made);
    enum role role = muted || cell->kind == CELL_EMPTY   ? ROLE_DIM
                     : strong && cell->role == ROLE_TEXT ? ROLE_STRONG
                                                         : cell->role;
    if (cell->kind == CELL_HEAT && cell->text) {
        skip_to(pen, place->col);
        pen->col += chart_heat(&pen->surface, pen->row, pen->col, place->cols, cell->text);
    } else if (cell->kind == CELL_SPARK) {
        skip_to(pen, place->col + place->cols);
        chart_spark(&pen->surface, pen->row, place->col, place->cols, role, cell->series, cell->count);
    } else if (cell->kind == CELL_HITS) {
        draw_hits(pen, place, role, text);
    } else if (text && is_number(cell->kind) && utf8_width(text) > place->cols) {
        draw_too_wide(pen, place, role);
    } else if (text) {
        draw_aligned(pen, place, column->right, role, text);
    }
}

static bool at_column(const struct table *table, int column)
{
    return table->column_cursor && table_column(table) == column;
}

/* With the sign of the order: "Score▼", with several keys "Score▼2". */
static const char *title_of(const struct table *table, int column, char out[CELL_TEXT_MAX])
{
    const char *title = table->columns[column].title ? table->columns[column].title : "";
    for (int i = 0; i < table->sort_count; i++)
        if (table->sorts[i].column == column) {
            const char *sign = glyph(table->sorts[i].descending ? GLYPH_DOWN : GLYPH_UP);
            if (table->sort_count > 1)
                snprintf(out, CELL_TEXT_MAX, "%s%s%d", title, sign, i + 1);
            else
                snprintf(out, CELL_TEXT_MAX, "%s%s", title, sign);
            return out;
        }
    return title;
}

static void paint_row(const struct table *table, const struct surface *surface, int row, int index)
{
    const struct table_source *source = &table->source;
    bool selected = index == table->cursor, muted = source->muted && source->muted(source->ctx, index);
    enum role flag_role = ROLE_TEXT;
    const char *flag = source->flag ? source->flag(source->ctx, index, &flag_role) : NULL;
    struct pen pen = {*surface, row, 0};
    if (selected) {
        pen.surface.ground = table->widget.focused ? GROUND_SELECTED : GROUND_PASSIVE;
        draw(&pen, 0, 1, table->widget.focused ? ROLE_ACCENT : ROLE_DIM, glyph(GLYPH_CURSOR));
    }
    if (table->marking && table_marked(table, source->key(source->ctx, index)))
        draw(&pen, 1, 1, ROLE_ACCENT, glyph(GLYPH_MARK));
    if (flag)
        draw(&pen, table->marking ? 2 : 1, 1, flag_role, flag);
    for (int i = 0; i < table->place_count; i++) {
        const struct table_place *place = &table->places[i];
        struct cell cell = {.kind = CELL_TEXT};
        source->cell(source->ctx, index, place->column, &cell);
        draw_cell(&pen, place, &table->columns[place->column], &cell, muted,
                  selected && (i == 0 || at_column(table, place->column)));
    }
    skip_to(&pen, surface->cols);
    if (thumb_at(index - table->top, table_page(table), table->top, table->count))
        surface_text(&pen.surface, row, surface->cols - 1, ROLE_RULE, thumb_glyph(), 1);
}

static void paint_header(const struct table *table, const struct surface *surface)
{
    struct pen pen = {*surface, 0, 0};
    for (int i = 0; i < table->place_count; i++) {
        const struct table_column *column = &table->columns[table->places[i].column];
        char title[CELL_TEXT_MAX];
        draw_aligned(&pen, &table->places[i], column->right,
                     at_column(table, table->places[i].column) ? ROLE_ACCENT : ROLE_HEADER,
                     title_of(table, table->places[i].column, title));
    }
    skip_to(&pen, surface->cols);
    if (table->hides)
        surface_text(surface, 0, surface->cols - 1, ROLE_ACCENT, glyph(GLYPH_CRUMB), 1);
}

static void paint_words(const struct surface *surface, int row, enum role role, const char *text)
{
    int cols = surface->cols - TABLE_PREFIX - 1;
    while (*text && row < surface->rows && cols > 0) {
        size_t next, length = wrap_line(text, cols, false, &next);
        char *line = mem_strndup(text, length);
        surface_text(surface, row++, TABLE_PREFIX, role, line, cols);
        free(line);
        text += next;
    }
}

void table_paint(const struct widget *widget, const struct surface *surface)
{
    const struct table *table = (const struct table *)widget;
    int header = table_header_rows(table), page = table_page(table), row = header;
    struct surface body = surface_sub(surface, 0, 0, widget->rows, widget->cols);
    if (header)
        paint_header(table, &body);
    bool rows = table->state != TABLE_FAILED;
    for (int index = table->top; rows && index < table->count && index < table->top + page; index++)
        paint_row(table, &body, row++, index);
    surface_fill(&body, row, 0, body.rows - row, body.cols, ROLE_TEXT, L' ');
    if (!rows)
        paint_words(&body, header, ROLE_ERROR, table->words ? table->words : "");
    else if (table->count == 0 && table->state == TABLE_LOADING)
        paint_words(&body, header, ROLE_DIM, term_ascii() ? "loading..." : "loading…");
    else if (table->count == 0 && table->state == TABLE_READY)
        paint_words(&body, header, ROLE_DIM, table->empty ? table->empty : "");
    if (stale_line(table))
        surface_text(&body, body.rows - 1, TABLE_PREFIX, ROLE_WARN, table->words, body.cols - TABLE_PREFIX - 1);
}
