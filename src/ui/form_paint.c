/* Where the fields of a form stand and what they look like. */
#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "form_private.h"
#include "thumb.h"

enum { REMARK_GAP = 2, REMARK_LEAST = 10, WIDE = 30 };

static int field_left(const struct form *form)
{
    return MARK_COLS + form->label_cols + 1;
}

/* Columns up to the end of the field and its unit. */
static int used_cols(const struct form *form, const struct field *field)
{
    int scale = field->kind == FORM_SCALE ? SCALE_MOST + 1 : 0;
    int unit = field->unit && *field->unit ? utf8_width(field->unit) + 1 : 0;
    return field_left(form) + field_cols(form, field) + 2 + scale + unit;
}

void form_arrange(struct form *form)
{
    int most = form->widget.cols / 3;
    form->label_cols = 0;
    form->remark_col = 0;
    form->all_rows = 0;
    for (int i = 0; i < form->count; i++) {
        struct field *field = &form->fields[i];
        int cols = utf8_width(field->label);
        field->lines = field->hidden ? 0 : field->kind == FORM_AREA ? field->rows + 1 : 1;
        if (field->lines > form->widget.rows && form->widget.rows > 1)
            field->lines = form->widget.rows;
        field->top = form->all_rows;
        form->all_rows += field->lines;
        cols = cols < most ? cols : most;
        if (!field->hidden && cols > form->label_cols)
            form->label_cols = cols;
    }
    for (int i = 0; i < form->count; i++) {
        struct field *field = &form->fields[i];
        int cols = field_cols(form, field), used = used_cols(form, field);
        edit_resize(&field->edit, cols);
        if (field->area)
            widget_resize(textarea_widget(field->area), field->lines - 1 + (field->limit > 0), cols);
        if (!field->hidden && cols <= WIDE && field->kind != FORM_AREA && used > form->remark_col)
            form->remark_col = used;
    }
    form->remark_col += REMARK_GAP;
    form_reveal(form);
}

void form_reveal(struct form *form)
{
    const struct field *field = &form->fields[form->focus];
    int rows = form->widget.rows;
    if (form->top > field->top)
        form->top = field->top;
    if (form->top + rows < field->top + field->lines)
        form->top = field->top + field->lines - rows;
    if (form->top + rows > form->all_rows)
        form->top = form->all_rows > rows ? form->all_rows - rows : 0;
    for (int i = 0; i < form->count; i++) { /* an area is never cut at its top */
        const struct field *area = &form->fields[i];
        if (area->top < form->top && form->top < area->top + area->lines)
            form->top = area->top + area->lines;
    }
}

/* What stands to the right of a field, the most urgent first. */
static const char *say(const struct form *form, int at, enum role *role, char *buffer, size_t size)
{
    const struct field *field = &form->fields[at];
    if (field->refusal) {
        *role = ROLE_ERROR;
        return field->refusal;
    }
    if (*field->verdict.error) {
        bool waiting = !form_field_dirty(form, at) && !form_value(form, at) && !*field_text(field);
        *role = waiting ? ROLE_DIM : ROLE_ERROR;
        return waiting ? "needed" : field->verdict.error;
    }
    if (field->cleared) {
        *role = ROLE_WARN;
        return "will be emptied";
    }
    if (*field->verdict.warning) {
        *role = ROLE_WARN;
        return field->verdict.warning;
    }
    if (field->suggested && !str_equal(field->suggested, field_text(field))) {
        *role = ROLE_INFO;
        snprintf(buffer, size, "%s  ^T takes it", field->suggestion ? field->suggestion : field->suggested);
        return buffer;
    }
    if (field->kind == FORM_DATE && at == form->focus && *field->value && !str_equal(field->value, field->edit.text)) {
        *role = ROLE_DIM;
        return field->value;
    }
    *role = field->remark_role;
    return field->remark;
}

static void paint_remark(const struct form *form, int at, const struct surface *line)
{
    char buffer[160];
    enum role role;
    const struct field *field = &form->fields[at];
    const char *words = say(form, at, &role, buffer, sizeof buffer);
    if (!words || !*words)
        return;
    int used = used_cols(form, field) + REMARK_GAP, col = used > form->remark_col ? used : form->remark_col;
    int room = line->cols - 1 - col, cols = utf8_width(words);
    if (field->kind == FORM_AREA) { /* its counter stands at the right */
        col = field_left(form) + 1;
        room = field_cols(form, field) - (field->limit > 0 ? 14 : 0);
    } else if (room < REMARK_LEAST && cols > room) { /* over the end of the field */
        cols = cols < line->cols / 2 ? cols : line->cols / 2;
        col = line->cols - 1 - cols;
        room = cols;
        surface_text(line, line->rows - 1, col - 1, ROLE_TEXT, " ", 1);
    }
    surface_text(line, line->rows - 1, col, role, words, room);
}

static void paint_brackets(const struct surface *line, int col, int cols, bool focused)
{
    enum role role = focused ? ROLE_ACCENT : ROLE_DIM;
    surface_text(line, 0, col, role, "[", 1);
    surface_text(line, 0, col + cols + 1, role, "]", 1);
}

static void paint_choice(const struct field *field, const struct surface *line, int col, int cols, bool focused)
{
    surface_field(line, 0, col + 1, cols, ROLE_INPUT, "", FIT_LEFT);
    surface_text(line, 0, col + 1, focused ? ROLE_ACCENT : ROLE_DIM, "<", 1);
    surface_text(line, 0, col + cols, focused ? ROLE_ACCENT : ROLE_DIM, ">", 1);
    surface_text(line, 0, col + 3, ROLE_INPUT, field->choice < 0 ? glyph(GLYPH_ABSENT) : field->choices[field->choice],
                 cols - 4);
}

static void paint_yesno(const struct field *field, const struct surface *line, int col)
{
    for (int i = 1; i >= 0; i--) {
        bool on = field->choice == i;
        col += surface_textf(line, 0, col, on ? ROLE_STRONG : ROLE_DIM, "(%s) %s", on ? glyph(GLYPH_BAND_RED) : " ",
                             i ? "yes" : "no") +
               2;
    }
}

static void paint_field(const struct form *form, int at, const struct surface *line)
{
    const struct field *field = &form->fields[at];
    bool focused = at == form->focus && form->widget.focused, wrong = *field->verdict.error || field->refusal;
    bool dirty = form_field_dirty(form, at);
    int left = field_left(form), cols = field_cols(form, field), end = left + cols + 2;
    surface_text(line, 0, 0, ROLE_ACCENT, focused ? glyph(GLYPH_CURSOR) : " ", 1);
    if (wrong && (dirty || field->refusal || *field_text(field)))
        surface_text(line, 0, 1, ROLE_ERROR, glyph(GLYPH_WARNING), 1);
    else if (dirty)
        surface_text(line, 0, 1, ROLE_INFO, glyph(GLYPH_MARK), 1);
    surface_field(line, 0, MARK_COLS, form->label_cols, focused ? ROLE_STRONG : ROLE_DIM, field->label, FIT_LEFT);
    switch (field->kind) {
    case FORM_FIXED:
        surface_text(line, 0, left + 1, ROLE_TEXT, *field->edit.text ? field->edit.text : glyph(GLYPH_ABSENT), cols);
        break;
    case FORM_YESNO:
        paint_yesno(field, line, left + 1);
        break;
    case FORM_CHOICE:
        paint_brackets(line, left, cols, focused);
        paint_choice(field, line, left, cols, focused);
        break;
    case FORM_AREA: {
        paint_brackets(line, left, cols, focused);
        struct surface inside = surface_sub(line, 0, left + 1, line->rows, cols);
        widget_paint(textarea_widget(field->area), &inside);
        break;
    }
    default:
        paint_brackets(line, left, cols, focused);
        edit_paint(&field->edit, line, 0, left + 1);
        break;
    }
    if (field->kind == FORM_SCALE) {
        int number = atoi(field->value);
        for (int i = 0; i < SCALE_MOST; i++)
            surface_text(line, 0, end + 1 + i, i < number ? ROLE_CHART : ROLE_DIM,
                         glyph(i < number ? GLYPH_BAND_RED : GLYPH_BAND_GREEN), 1);
        end += SCALE_MOST + 1;
    }
    if (field->unit && field->kind != FORM_AREA)
        surface_text(line, 0, end + 1, ROLE_DIM, field->unit, -1);
    paint_remark(form, at, line);
}

void form_paint(const struct widget *widget, const struct surface *surface)
{
    const struct form *form = (const struct form *)widget;
    surface_fill(surface, 0, 0, surface->rows, surface->cols, ROLE_TEXT, L' ');
    for (int i = 0; i < form->count; i++) {
        const struct field *field = &form->fields[i];
        int top = field->top - form->top;
        if (field->hidden || top + field->lines <= 0 || top >= widget->rows)
            continue;
        struct surface line = surface_sub(surface, top, 0, field->lines, surface->cols);
        paint_field(form, i, &line);
    }
    for (int row = 0; row < widget->rows; row++)
        if (thumb_at(row, widget->rows, form->top, form->all_rows))
            surface_text(surface, row, widget->cols - 1, ROLE_ACCENT, thumb_glyph(), 1);
}

bool form_cursor(const struct widget *widget, int *row, int *col)
{
    const struct form *form = (const struct form *)widget;
    const struct field *field = &form->fields[form->focus];
    int left = field_left(form) + 1, top = field->top - form->top;
    if (field->hidden || field->kind == FORM_FIXED)
        return false;
    if (field->area) {
        if (!widget_cursor(textarea_widget(field->area), row, col))
            return false;
        *row += top;
        *col += left;
    } else {
        *row = top;
        *col = left + (field_is_edit(field) ? edit_cursor_col(&field->edit) : field->kind == FORM_CHOICE ? 2 : 1);
    }
    return *row >= 0 && *row < widget->rows;
}
