#include "centurion/ui/doc.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"
#include "centurion/ui/hits.h"
#include "centurion/ui/wrap.h"
#include "chart_emit.h"
#include "doc_private.h"
#include "thumb.h"

enum { MARGIN = 1, WHEEL = 3 };

/* ---- Content ---- */

static void add_item(struct doc *doc, int line, int col, enum role role, size_t text, bool rule)
{
    if (doc->item_count == doc->item_capacity) {
        doc->item_capacity = doc->item_capacity ? doc->item_capacity * 2 : 64;
        doc->items = mem_resize(doc->items, (size_t)doc->item_capacity, sizeof *doc->items);
    }
    doc->items[doc->item_count++] = (struct doc_item){line, col, text, role, rule};
}

static size_t keep_text(struct doc *doc, const char *text, size_t length)
{
    size_t at = doc->text.length;
    str_add_bytes(&doc->text, text, length);
    str_add_bytes(&doc->text, "", 1);
    return at;
}

/* What was just kept, at the pen. */
static void add_at_pen(struct doc *doc, enum role role, size_t text)
{
    if (doc->lines == 0)
        doc_line(doc);
    add_item(doc, doc->lines - 1, doc->pen, role, text, false);
    doc->pen += utf8_width(doc->text.text + text);
}

void doc_line(struct doc *doc)
{
    doc->lines++;
    doc->pen = 0;
}

void doc_blank(struct doc *doc)
{
    doc_line(doc);
}

void doc_span(struct doc *doc, enum role role, const char *format, ...)
{
    size_t at = doc->text.length;
    va_list args;
    va_start(args, format);
    str_vaddf(&doc->text, format, args);
    va_end(args);
    str_add_bytes(&doc->text, "", 1);
    add_at_pen(doc, role, at);
}

void doc_text(struct doc *doc, enum role role, const char *text)
{
    add_at_pen(doc, role, keep_text(doc, text, strlen(text)));
}

void doc_at(struct doc *doc, int col)
{
    doc->pen = col >= doc->pen ? col : doc->pen + 1;
}

void doc_gap(struct doc *doc, int cols)
{
    doc->pen += cols;
}

void doc_room(struct doc *doc, int cols, int indent)
{
    if (doc->pen <= indent || doc->pen + cols <= doc_cols(doc))
        return;
    doc_line(doc);
    doc_at(doc, indent);
}

void doc_right(struct doc *doc, enum role role, const char *text, int end_col)
{
    int start = (end_col < 0 ? doc_cols(doc) : end_col) - utf8_width(text);
    doc->pen = doc->pen == 0 ? (start > 0 ? start : 0) : start > doc->pen ? start : doc->pen + 1;
    doc_text(doc, role, text);
}

static bool ends_tag(char byte)
{
    return strchr(" \n.,;:!?()\"", byte) != NULL; /* the end of the text, too */
}

static void add_piece(struct doc *doc, enum role role, const char *text, size_t length)
{
    if (length)
        add_at_pen(doc, role, keep_text(doc, text, length));
}

/* A line of a paragraph; tags (a # that begins a word) and hits stand out. hit: does it begin within one, and end so? */
static void add_tagged(struct doc *doc, enum role role, const char *text, size_t length, bool *hit)
{
    bool tag = false;
    size_t start = 0;
    for (size_t at = 0; at < length; at++) {
        enum role now = *hit ? ROLE_MATCH : tag ? ROLE_INFO : role;
        if (hits_sign(text[at])) {
            add_piece(doc, now, text + start, at - start);
            start = at + 1;
            *hit = text[at] == HIT_START;
            continue;
        }
        bool in_tag =
            tag ? !ends_tag(text[at])
                : text[at] == '#' && (at == 0 || text[at - 1] == ' ') && at + 1 < length && !ends_tag(text[at + 1]);
        if (in_tag == tag)
            continue;
        add_piece(doc, now, text + start, at - start);
        start = at;
        tag = in_tag;
    }
    add_piece(doc, *hit ? ROLE_MATCH : tag ? ROLE_INFO : role, text + start, length - start);
}

void doc_wrap(struct doc *doc, int indent, enum role role, const char *text)
{
    if (doc->lines == 0)
        doc_line(doc);
    int cols = doc_cols(doc);
    if (indent > cols - 8) /* too narrow to indent */
        indent = cols > 8 ? 2 : 0;
    bool hit = false;
    while (*text) {
        size_t next, length = wrap_line(text, cols - doc->pen, doc->pen > indent, &next);
        add_tagged(doc, role, text, length, &hit);
        text += next;
        if (*text) {
            doc_line(doc);
            doc->pen = indent;
        }
    }
}

void doc_rule(struct doc *doc, const char *title)
{
    doc_line(doc);
    add_item(doc, doc->lines - 1, 0, ROLE_RULE, keep_text(doc, title ? title : "", title ? strlen(title) : 0), true);
}

struct chart_place {
    struct doc *doc;
    int line, col;
};

static void add_chart_text(void *arg, int row, int col, enum role role, const char *text)
{
    const struct chart_place *place = arg;
    size_t at = keep_text(place->doc, text, strlen(text));
    add_item(place->doc, place->line + row, place->col + col, role, at, false);
}

void doc_spark(struct doc *doc, enum role role, const double *values, int count, int cols)
{
    if (doc->lines == 0)
        doc_line(doc);
    struct chart_place place = {doc, doc->lines - 1, doc->pen};
    chart_emit_spark(cols, role, values, count, add_chart_text, &place);
    doc->pen += count < cols ? count : cols > 0 ? cols : 0;
}

void doc_heat(struct doc *doc, const char *days)
{
    if (doc->lines == 0)
        doc_line(doc);
    struct chart_place place = {doc, doc->lines - 1, doc->pen};
    doc->pen += chart_emit_heat(doc_cols(doc) - doc->pen, days, add_chart_text, &place);
}

void doc_chart(struct doc *doc, const struct chart *chart, int rows)
{
    struct chart_place place = {doc, doc->lines, 0};
    chart_emit_line(chart, rows, doc_cols(doc), ROLE_CHART, add_chart_text, &place);
    doc->lines += rows > 0 ? rows : 0;
    doc->pen = 0;
}

void doc_clear(struct doc *doc)
{
    doc->item_count = 0;
    doc->lines = 0;
    doc->pen = 0;
    str_clear(&doc->text);
}

int doc_cols(const struct doc *doc)
{
    int cols = doc->widget.cols - 2 * MARGIN;
    return cols > 1 ? cols : 1;
}

int doc_lines(const struct doc *doc)
{
    return doc->lines;
}

/* ---- Scrolling ---- */

void doc_scroll_to(struct doc *doc, int top)
{
    int most = doc->lines - doc->widget.rows;
    doc->top = top < most ? top : most;
    if (doc->top < 0)
        doc->top = 0;
}

void doc_scroll_top(struct doc *doc)
{
    doc->top = 0;
}

static unsigned scroll_by(struct doc *doc, int lines)
{
    int before = doc->top;
    doc_scroll_to(doc, doc->top + lines);
    return doc->top == before ? TAKEN : TAKEN | REPAINT;
}

static unsigned doc_act(struct widget *widget, enum action action, int count)
{
    struct doc *doc = (struct doc *)widget;
    int times = count > 0 ? count : 1, half = widget->rows > 3 ? widget->rows / 2 : 1;
    int page = widget->rows > 2 ? widget->rows - 1 : 1;
    switch (action) {
    case ACTION_DOWN:
        return scroll_by(doc, times);
    case ACTION_UP:
        return scroll_by(doc, -times);
    case ACTION_HALF_DOWN:
        return scroll_by(doc, times * half);
    case ACTION_HALF_UP:
        return scroll_by(doc, -times * half);
    case ACTION_PAGE_DOWN:
        return scroll_by(doc, times * page);
    case ACTION_PAGE_UP:
        return scroll_by(doc, -times * page);
    case ACTION_TOP:
        return scroll_by(doc, count > 0 ? count - 1 - doc->top : -doc->top);
    case ACTION_BOTTOM:
        return scroll_by(doc, count > 0 ? count - 1 - doc->top : doc->lines);
    default:
        return NOT_TAKEN;
    }
}

static bool doc_accepts(const struct widget *widget, enum action action)
{
    (void)widget;
    switch (action) {
    case ACTION_DOWN:
    case ACTION_UP:
    case ACTION_HALF_DOWN:
    case ACTION_HALF_UP:
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
    case ACTION_TOP:
    case ACTION_BOTTOM:
        return true;
    default:
        return false;
    }
}

static unsigned doc_mouse(struct widget *widget, const struct input *input)
{
    if (input->button == MOUSE_WHEEL_DOWN || input->button == MOUSE_WHEEL_UP)
        return scroll_by((struct doc *)widget, input->button == MOUSE_WHEEL_DOWN ? WHEEL : -WHEEL);
    return TAKEN;
}

/* ---- Painting ---- */

static void paint_rule(const struct surface *surface, int row, const char *title, int cols, bool dim)
{
    surface_hline(surface, row, MARGIN, cols);
    if (!*title || cols < 6)
        return;
    int used = surface_text(surface, row, MARGIN + 2, dim ? ROLE_DIM : ROLE_HEADER, title, cols - 4);
    surface_text(surface, row, MARGIN + 1, ROLE_RULE, " ", 1);
    surface_text(surface, row, MARGIN + 2 + used, ROLE_RULE, " ", 1);
}

static void paint_text(const struct doc *doc, const struct surface *surface, int row, const struct doc_item *item)
{
    const char *text = doc->text.text + item->text;
    enum role role = doc->dim && item->role != ROLE_RULE ? ROLE_DIM : item->role;
    int col = MARGIN + item->col, end = MARGIN + doc_cols(doc);
    size_t length;
    const char *match;
    while (doc->pattern && (match = doc_find(text, doc->pattern, &length))) {
        char *before = mem_strndup(text, (size_t)(match - text)), *hit = mem_strndup(match, length);
        col += surface_text(surface, row, col, role, before, end > col ? end - col : 0);
        col += surface_text(surface, row, col, ROLE_MATCH, hit, end > col ? end - col : 0);
        free(before);
        free(hit);
        text = match + length;
    }
    surface_text(surface, row, col, role, text, end > col ? end - col : 0);
}

static void doc_paint(const struct widget *widget, const struct surface *surface)
{
    const struct doc *doc = (const struct doc *)widget;
    surface_clear(surface);
    for (int i = 0; i < doc->item_count; i++) {
        const struct doc_item *item = &doc->items[i];
        int row = item->line - doc->top;
        if (row < 0 || row >= widget->rows)
            continue;
        if (item->rule)
            paint_rule(surface, row, doc->text.text + item->text, doc_cols(doc), doc->dim);
        else
            paint_text(doc, surface, row, item);
    }
    if (doc->pattern && doc->match >= doc->top && doc->match < doc->top + widget->rows)
        surface_text(surface, doc->match - doc->top, 0, ROLE_ACCENT, glyph(GLYPH_CURSOR), 1);
    for (int row = 0; row < widget->rows; row++)
        if (thumb_at(row, widget->rows, doc->top, doc->lines))
            surface_text(surface, row, widget->cols - 1, widget->focused ? ROLE_ACCENT : ROLE_RULE, thumb_glyph(), 1);
}

/* ---- The widget ---- */

static void doc_recalc(struct widget *widget)
{
    struct doc *doc = (struct doc *)widget;
    if (doc->build) {
        doc_clear(doc);
        if (widget->rows > 0 && widget->cols > 0)
            doc->build(doc->ctx, doc, doc_cols(doc), widget->rows);
    }
    doc_scroll_to(doc, doc->top);
}

static const struct widget_ops doc_ops = {
    .recalc = doc_recalc,
    .paint = doc_paint,
    .accepts = doc_accepts,
    .act = doc_act,
    .mouse = doc_mouse,
};

struct doc *doc_new(void)
{
    struct doc *doc = mem_alloc(sizeof *doc);
    doc->widget.ops = &doc_ops;
    doc->match = -1;
    return doc;
}

void doc_free(struct doc *doc)
{
    if (!doc)
        return;
    free(doc->items);
    free(doc->pattern);
    str_fini(&doc->text);
    free(doc);
}

struct widget *doc_widget(struct doc *doc)
{
    return &doc->widget;
}

void doc_on_build(struct doc *doc, doc_build_fn *build, void *ctx)
{
    doc->build = build;
    doc->ctx = ctx;
}

void doc_rebuild(struct doc *doc)
{
    widget_recalc(&doc->widget);
}

void doc_set_dim(struct doc *doc, bool dim)
{
    doc->dim = dim;
}
