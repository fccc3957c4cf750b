/* A member's check-ins as the days of a month, and what stands in the one under the cursor. */
#include <stdio.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/utf8.h"
#include "centurion/data/queries.gen.h"
#include "centurion/term/term.h"
#include "entries_private.h"
#include "present.h"

enum { WIDE_COLS = 100, DETAIL_ROWS = 4, GAP = 3 };

/* The row of the page that the cursor stands on; -1: it is not read yet. */
static int current(const struct entries *self)
{
    for (int row = 0; row < rowset_count(self->page.rows); row++)
        if (rowset_date(self->page.rows, row, ENTRY_GRID_DAY) == month_day(self->month))
            return row;
    return -1;
}

static const char *day_mark(const struct entries *self, int row, enum role *role)
{
    int day = rowset_date(self->page.rows, row, ENTRY_GRID_DAY), today = app_session(self->screen.app)->today;
    bool in = !rowset_null(self->page.rows, row, ENTRY_GRID_VERSION),
         complete = rowset_bool(self->page.rows, row, ENTRY_GRID_COMPLETE);
    *role = complete ? ROLE_GOOD : in ? ROLE_WARN : ROLE_DIM;
    if (in)
        return glyph(complete ? GLYPH_FULL : GLYPH_PARTIAL);
    return day < today ? glyph(GLYPH_DOT) : day == today ? glyph(GLYPH_PENDING) : "";
}

static bool is_typed(const struct entries *self, int row)
{
    for (int metric = 0; self->page.typed_count && metric < self->page.metric_count; metric++)
        if (entry_page_typed(&self->page, row, metric))
            return true;
    return false;
}

void entries_show_month(struct entries *self)
{
    struct month_day days[MONTH_DAYS];
    int count = rowset_count(self->page.rows);
    for (int row = 0; row < count && row < MONTH_DAYS; row++) {
        char steps[PRESENT_MAX] = "";
        struct month_day *day = &days[row];
        *day = (struct month_day){.day = rowset_date(self->page.rows, row, ENTRY_GRID_DAY)};
        day->mark = day_mark(self, row, &day->role);
        if (!rowset_null(self->page.rows, row, ENTRY_GRID_STEPS))
            present_compact(rowset_double(self->page.rows, row, ENTRY_GRID_STEPS), steps);
        snprintf(day->words[0], sizeof day->words[0], "%s %s%s", day->mark,
                 entry_page_stored(&self->page, row, ENTRY_WEIGHT), is_typed(self, row) ? "*" : "");
        snprintf(day->words[1], sizeof day->words[1], "%.20s", steps);
    }
    month_set(self->month, app_session(self->screen.app)->today, days, count < MONTH_DAYS ? count : MONTH_DAYS);
    doc_rebuild(self->detail);
}

/* ---- What stands beside it ---- */

static void figure(const struct entries *self, struct doc *doc, int row, int metric)
{
    const char *title = self->page.metrics[metric].title, *value = entry_page_value(&self->page, row, metric);
    struct sheet_cell cell;
    entry_page_cell(&self->page, row, metric, &cell);
    const char *source = cell.mark != SHEET_PLAIN ? "*" : cell.remark && *value ? cell.remark : "";
    if (!*value && metric >= ENTRY_PROMPT)
        return;
    value = *value ? value : glyph(GLYPH_ABSENT);
    doc_room(doc, utf8_width(title) + 1 + utf8_width(value) + (int)strlen(source), 0);
    doc_span(doc, ROLE_DIM, "%s ", title);
    doc_text(doc, cell.mark != SHEET_PLAIN ? ROLE_ACCENT : ROLE_TEXT, value);
    doc_text(doc, ROLE_DIM, source);
    doc_gap(doc, GAP);
}

static void figures(const struct entries *self, struct doc *doc, int row)
{
    const char *notes = entry_page_value(&self->page, row, ENTRY_NOTES),
               *by = rowset_text(self->page.rows, row, ENTRY_GRID_CHANGED_BY);
    for (int metric = 0; metric < self->page.metric_count; metric++)
        if (metric != ENTRY_NOTES)
            figure(self, doc, row, metric);
    if (*by) {
        doc_room(doc, utf8_width(by) + 3, 0);
        doc_span(doc, ROLE_DIM, "by %s", by);
    }
    if (*notes) {
        doc_line(doc);
        doc_wrap(doc, 0, ROLE_TEXT, notes);
    }
}

static void rhythm(const struct entries *self, struct doc *doc)
{
    const struct rowset *rows = self->overview;
    char due[DATE_TEXT_MAX];
    long long every = (long long)rowset_int(rows, 0, MEMBER_OVERVIEW_FREQUENCY);
    int next = rowset_date(rows, 0, MEMBER_OVERVIEW_NEXT_DUE);
    doc_line(doc);
    doc_span(doc, ROLE_DIM, "streak ");
    doc_span(doc, ROLE_TEXT, "%lld", (long long)rowset_int(rows, 0, MEMBER_OVERVIEW_STREAK));
    doc_span(doc, ROLE_DIM, " (best %lld)", (long long)rowset_int(rows, 0, MEMBER_OVERVIEW_BEST_STREAK));
    doc_gap(doc, GAP);
    doc_room(doc, (int)sizeof "every 10 days", 0);
    doc_span(doc, ROLE_DIM, every == 1 ? "every day" : "every %lld days", every);
    doc_gap(doc, GAP);
    if (next == DATE_NONE)
        return;
    bool late = next <= app_session(self->screen.app)->today;
    doc_room(doc, (int)sizeof "next due Fri 16 Jan", 0);
    doc_span(doc, ROLE_DIM, "next due ");
    doc_span(doc, late ? ROLE_WARN : ROLE_TEXT, "%s%s", date_short(next, due), late ? "!" : "");
}

static void build(void *ctx, struct doc *doc, int cols, int rows)
{
    struct entries *self = ctx;
    char day[DATE_TEXT_MAX];
    enum role role;
    int row = current(self);
    (void)cols;
    (void)rows;
    doc_line(doc);
    doc_span(doc, ROLE_STRONG, "%s   ", date_short(month_day(self->month), day));
    if (row < 0)
        return;
    const char *mark = day_mark(self, row, &role);
    bool in = !rowset_null(self->page.rows, row, ENTRY_GRID_VERSION);
    doc_span(doc, role, "%s %s", mark,
             rowset_bool(self->page.rows, row, ENTRY_GRID_COMPLETE) ? "complete"
             : in                                                   ? "partial"
             : *mark                                                ? "none"
                                                                    : "to come");
    doc_gap(doc, GAP);
    if (in || is_typed(self, row))
        figures(self, doc, row);
    if (rowset_count(self->overview))
        rhythm(self, doc);
}

static void on_overview(void *arg, const struct reply *reply)
{
    struct entries *self = arg;
    self->overview_ticket = 0;
    if (reply->status != STATUS_OK)
        return; /* the days' own answer says what is wrong */
    rowset_free(self->overview);
    self->overview = rowset_keep(reply->rows);
    doc_rebuild(self->detail);
    app_changed(self->screen.app, REPAINT);
}

void entries_load_rhythm(struct entries *self)
{
    char member[24];
    const char *params[] = {member};
    snprintf(member, sizeof member, "%lld", (long long)self->member);
    db_cancel(app_db(self->screen.app), self->overview_ticket, true);
    self->overview_ticket = db_send(app_db(self->screen.app), &QUERY_MEMBER_OVERVIEW, params, on_overview, self);
}

/* ---- Where it stands ---- */

void entries_arrange(struct entries *self, int cols)
{
    bool month = self->mode == MODE_MONTH, wide = cols >= WIDE_COLS;
    self->root.kind = wide ? LAYOUT_BESIDE : LAYOUT_STACKED;
    self->main.weight = wide ? 70 : 1;
    self->main.widget = month ? month_widget(self->month) : sheet_widget(self->sheet);
    self->side.weight = wide ? 30 : 1;
    self->side.max_rows = wide ? 0 : DETAIL_ROWS;
    self->side.hidden = !month;
    layout_focus(&self->root, self->main.widget);
}

void entries_month_init(struct entries *self)
{
    self->month = month_new();
    self->detail = doc_new();
    doc_on_build(self->detail, build, self);
    self->main = (struct layout){.kind = LAYOUT_PANE};
    self->side =
        (struct layout){.kind = LAYOUT_PANE, .min_rows = 3, .no_focus = true, .widget = doc_widget(self->detail)};
    self->root = (struct layout){.kind = LAYOUT_STACKED, .children = {&self->main, &self->side}, .child_count = 2};
    entries_arrange(self, 0);
}

void entries_month_fini(struct entries *self)
{
    db_cancel(app_db(self->screen.app), self->overview_ticket, true);
    month_free(self->month);
    doc_free(self->detail);
    rowset_free(self->overview);
}

void entries_month_counts(const struct entries *self, int *in, int *complete, int *days)
{
    int year, month, shown_year, shown, date, today = app_session(self->screen.app)->today;
    *in = *complete = *days = 0;
    date_to_civil(month_day(self->month), &shown_year, &shown, &date);
    for (int row = 0; row < rowset_count(self->page.rows); row++) {
        int day = rowset_date(self->page.rows, row, ENTRY_GRID_DAY);
        date_to_civil(day, &year, &month, &date);
        if (month != shown || day > today)
            continue;
        *days += 1;
        *in += !rowset_null(self->page.rows, row, ENTRY_GRID_VERSION);
        *complete += rowset_bool(self->page.rows, row, ENTRY_GRID_COMPLETE);
    }
}
