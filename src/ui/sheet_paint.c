/* Painting a sheet: what is visible of it. */
#include <stdio.h>
#include <string.h>

#include "centurion/base/utf8.h"
#include "centurion/term/term.h"
#include "sheet_private.h"
#include "thumb.h"

enum { HEAD = 1, FOOT = 2 /* means, and words about the cell */ };

int sheet_name_cols(const struct sheet *sheet)
{
    int wanted = SHEET_NAME_MAX, used = SHEET_PREFIX;
    for (int i = 0; i < sheet->column_count; i++)
        used += sheet->columns[i].cols + 1 + SHEET_GAP;
    if (wanted > sheet->widget.cols - used)
        wanted = sheet->widget.cols - used;
    return wanted < SHEET_NAME_MIN ? SHEET_NAME_MIN : wanted;
}

int sheet_page(const struct sheet *sheet)
{
    int page = sheet->widget.rows - HEAD - FOOT;
    return page > 0 ? page : 1;
}

int sheet_col_of(const struct sheet *sheet, int column)
{
    int col = SHEET_PREFIX + sheet_name_cols(sheet) + SHEET_GAP;
    if (column < sheet->left)
        return -1;
    for (int i = sheet->left; i < column; i++)
        col += sheet->columns[i].cols + 1 + SHEET_GAP;
    return col + sheet->columns[column].cols + 1 <= sheet->widget.cols ? col : -1;
}

static const char *mark_glyph(enum sheet_mark mark, enum role *role)
{
    switch (mark) {
    case SHEET_CHANGED:
        *role = ROLE_ACCENT;
        return "*";
    case SHEET_ODD:
        *role = ROLE_WARN;
        return "?";
    case SHEET_WRONG:
        *role = ROLE_BAD;
        return glyph(GLYPH_WARNING);
    case SHEET_CONFLICT:
        *role = ROLE_BAD;
        return term_ascii() ? "x" : "≠";
    case SHEET_PENDING:
        *role = ROLE_WARN;
        return glyph(GLYPH_ELLIPSIS);
    case SHEET_PLAIN:
        break;
    }
    *role = ROLE_DIM;
    return NULL;
}

static void paint_cell(const struct sheet *sheet, const struct surface *surface, int line, int row, int column)
{
    const struct sheet_column *shown = &sheet->columns[column];
    int col = sheet_col_of(sheet, column);
    struct sheet_cell cell = {.role = ROLE_TEXT};
    enum role role;
    if (col < 0)
        return;
    sheet->source.cell(sheet->source.ctx, row, column, &cell);
    bool here = row == sheet->row && column == sheet->column;
    if (here && sheet->editing) {
        edit_paint(&sheet->edit, surface, line, col);
        surface_text(surface, line, col + shown->cols, sheet->wrong ? ROLE_BAD : ROLE_ACCENT,
                     sheet->wrong ? glyph(GLYPH_WARNING) : "*", 1);
        return;
    }
    bool nothing = !cell.text || !*cell.text;
    const char *mark = mark_glyph(cell.mark, &role), *text = nothing ? glyph(GLYPH_DOT) : cell.text;
    enum role look = nothing && !mark ? ROLE_DIM : mark ? role : cell.role;
    if (here) {
        surface_text(surface, line, col - 1, sheet->widget.focused ? ROLE_ACCENT : ROLE_DIM, "[", 1);
        look = look == ROLE_TEXT ? ROLE_STRONG : look;
    }
    if (!nothing && shown->kind == SHEET_NUMBER && utf8_width(text) > shown->cols)
        text = "####"; /* a number that is cut would be another number */
    surface_field(surface, line, col, shown->cols, look, text, shown->kind == SHEET_NUMBER ? FIT_RIGHT : FIT_LEFT);
    if (!mark && cell.remark) {
        mark = cell.remark;
        role = ROLE_DIM;
    }
    if (mark)
        surface_text(surface, line, col + shown->cols, role, mark, 1);
    if (here)
        surface_text(surface, line, col + shown->cols + 1, sheet->widget.focused ? ROLE_ACCENT : ROLE_DIM, "]", 1);
}

static void paint_row(const struct sheet *sheet, const struct surface *surface, int line, int row)
{
    struct surface pen = *surface;
    bool muted = false, selected = row == sheet->row;
    const char *name = sheet->source.name(sheet->source.ctx, row, &muted);
    if (selected)
        pen.ground = sheet->widget.focused ? GROUND_SELECTED : GROUND_PASSIVE;
    surface_fill(&pen, line, 0, 1, surface->cols, ROLE_TEXT, L' ');
    if (selected)
        surface_text(&pen, line, 0, ROLE_ACCENT, glyph(GLYPH_CURSOR), 1);
    surface_text(&pen, line, SHEET_PREFIX,
                 muted      ? ROLE_DIM
                 : selected ? ROLE_STRONG
                            : ROLE_TEXT,
                 name, sheet_name_cols(sheet));
    for (int column = sheet->left; column < sheet->column_count; column++)
        paint_cell(sheet, &pen, line, row, column);
    if (thumb_at(row - sheet->top, sheet_page(sheet), sheet->top, sheet->count))
        surface_text(&pen, line, surface->cols - 1, ROLE_RULE, thumb_glyph(), 1);
}

static void paint_head(const struct sheet *sheet, const struct surface *surface)
{
    surface_text(surface, 0, SHEET_PREFIX, ROLE_HEADER, sheet->name_title, sheet_name_cols(sheet));
    for (int i = sheet->left; i < sheet->column_count; i++) {
        int col = sheet_col_of(sheet, i);
        if (col < 0) {
            surface_text(surface, 0, surface->cols - 1, ROLE_ACCENT, glyph(GLYPH_CRUMB), 1);
            break;
        }
        surface_field(surface, 0, col, sheet->columns[i].cols, ROLE_HEADER, sheet->columns[i].title,
                      sheet->columns[i].kind == SHEET_NUMBER ? FIT_RIGHT : FIT_LEFT);
    }
}

static void paint_means(const struct sheet *sheet, const struct surface *surface, int line)
{
    if (!sheet->source.mean || line >= surface->rows)
        return;
    surface_text(surface, line, SHEET_PREFIX, ROLE_DIM, "mean of all rows", sheet_name_cols(sheet));
    for (int i = sheet->left; i < sheet->column_count; i++) {
        const char *mean = sheet->source.mean(sheet->source.ctx, i);
        if (mean && sheet_col_of(sheet, i) >= 0)
            surface_field(surface, line, sheet_col_of(sheet, i), sheet->columns[i].cols, ROLE_DIM, mean, FIT_RIGHT);
    }
}

void sheet_paint(const struct widget *widget, const struct surface *surface)
{
    const struct sheet *sheet = (const struct sheet *)widget;
    struct surface body = surface_sub(surface, 0, 0, widget->rows, widget->cols);
    surface_clear(&body);
    paint_head(sheet, &body);
    int line = HEAD;
    for (int row = sheet->top; row < sheet->count && row < sheet->top + sheet_page(sheet); row++)
        paint_row(sheet, &body, line++, row);
    if (sheet->count == 0 && sheet->empty)
        surface_text(&body, HEAD, SHEET_PREFIX, ROLE_DIM, sheet->empty, body.cols - SHEET_PREFIX);
    else if (sheet->count)
        paint_means(sheet, &body, line++);
    enum role role = sheet->wrong ? ROLE_ERROR : ROLE_WARN;
    const char *words = sheet->editing && *sheet->words ? sheet->words : NULL;
    if (!words && sheet->row >= 0 && sheet->column >= 0) {
        role = ROLE_DIM;
        words = sheet->source.about(sheet->source.ctx, sheet->row, sheet->column, &role);
    }
    if (sheet->too_long) {
        role = ROLE_WARN;
        words = "This text has several lines or is too long to be edited in a cell.";
    }
    if (words)
        surface_text(&body, body.rows - 1, SHEET_PREFIX, role, words, body.cols - SHEET_PREFIX);
}
