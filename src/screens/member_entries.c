#include "member_entries.h"

#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/table.h"
#include "present.h"

enum { PAGE = 100 };

struct member_entries {
    struct app *app;
    int64_t member;
    struct table *table;
    struct rowset **pages; /* each PAGE rows, but for the last */
    int page_count;
    bool more; /* the last page was full */
    db_ticket ticket;
    bool anew; /* the page under way replaces them all */
};

enum { COL_DATE, COL_WEIGHT, COL_STEPS, COL_CALORIES, COL_SLEEP, COL_STRESS, COL_SOURCES, COL_NOTES };

static const struct table_column columns[] = {
    [COL_DATE] = {.id = "date", .title = "Date", .cols = 10},
    [COL_WEIGHT] = {.id = "weight", .title = "Weight", .cols = 7, .right = true},
    [COL_STEPS] = {.id = "steps", .title = "Steps", .cols = 7, .right = true},
    [COL_CALORIES] = {.id = "calories", .title = "Kcal", .cols = 6, .rank = 1, .right = true},
    [COL_SLEEP] = {.id = "sleep", .title = "Sleep", .cols = 5, .rank = 2, .right = true},
    [COL_STRESS] = {.id = "stress", .title = "Stress", .cols = 6, .rank = 2, .right = true},
    [COL_SOURCES] = {.id = "sources", .title = "Src", .cols = 6, .rank = 4},
    [COL_NOTES] = {.id = "notes", .title = "Notes", .cols = 12, .rank = 3, .flexible = true},
};

static int count(void *ctx)
{
    const struct member_entries *self = ctx;
    return self->page_count ? (self->page_count - 1) * PAGE + rowset_count(self->pages[self->page_count - 1]) : 0;
}

static int64_t key(void *ctx, int row)
{
    const struct member_entries *self = ctx;
    return rowset_int(self->pages[row / PAGE], row % PAGE, MEMBER_ENTRIES_ID);
}

static void cell(void *ctx, int row, int column, struct cell *out)
{
    static char date[DATE_TEXT_MAX];
    const struct member_entries *self = ctx;
    const struct rowset *rows = self->pages[row / PAGE];
    row %= PAGE;
    switch (column) {
    case COL_DATE:
        *out = (struct cell){.kind = CELL_TEXT,
                             .role = ROLE_TEXT,
                             .text = date_short(rowset_date(rows, row, MEMBER_ENTRIES_DATE), date)};
        break;
    case COL_WEIGHT:
        *out = (struct cell){.kind = rowset_null(rows, row, MEMBER_ENTRIES_WEIGHT) ? CELL_EMPTY : CELL_REAL,
                             .role = ROLE_TEXT,
                             .real = app_weight(self->app, rowset_double(rows, row, MEMBER_ENTRIES_WEIGHT)),
                             .decimals = 1};
        break;
    case COL_STEPS:
        present_int(out, rows, row, MEMBER_ENTRIES_STEPS, ROLE_TEXT);
        break;
    case COL_CALORIES:
        present_int(out, rows, row, MEMBER_ENTRIES_CALORIES, ROLE_TEXT);
        break;
    case COL_SLEEP:
        present_int(out, rows, row, MEMBER_ENTRIES_SLEEP, ROLE_TEXT);
        break;
    case COL_STRESS:
        present_int(out, rows, row, MEMBER_ENTRIES_STRESS,
                    rowset_int(rows, row, MEMBER_ENTRIES_STRESS) >= 8 ? ROLE_BAD : ROLE_TEXT);
        break;
    case COL_SOURCES:
        present_text(out, rows, row, MEMBER_ENTRIES_SOURCES, ROLE_DIM);
        break;
    default:
        present_text(out, rows, row, MEMBER_ENTRIES_NOTES, ROLE_TEXT);
        if (out->kind == CELL_EMPTY)
            *out = (struct cell){.kind = CELL_TEXT, .text = ""};
        break;
    }
}

static void drop_pages(struct member_entries *self)
{
    for (int i = 0; i < self->page_count; i++)
        rowset_free(self->pages[i]);
    free(self->pages);
    self->pages = NULL;
    self->page_count = 0;
}

static void on_page(void *arg, const struct reply *reply)
{
    struct member_entries *self = arg;
    self->ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->app, reply->error);
        table_set_state(self->table, self->page_count ? TABLE_STALE : TABLE_FAILED, reply->error->text);
    } else {
        if (self->anew)
            drop_pages(self);
        self->pages = mem_resize(self->pages, (size_t)self->page_count + 1, sizeof *self->pages);
        self->pages[self->page_count++] = rowset_keep(reply->rows);
        self->more = rowset_count(reply->rows) == PAGE;
        table_set_state(self->table, TABLE_READY, NULL);
        table_reload(self->table);
    }
    app_changed(self->app, REPAINT);
}

/* before: the date that the page ends before, or NULL for the newest one. */
static void ask(struct member_entries *self, const char *before)
{
    char id[24], limit[12];
    snprintf(id, sizeof id, "%lld", (long long)self->member);
    snprintf(limit, sizeof limit, "%d", PAGE);
    const char *params[] = {id, before, limit};
    self->anew = !before;
    db_cancel(app_db(self->app), self->ticket, true);
    self->ticket = db_send(app_db(self->app), &QUERY_MEMBER_ENTRIES, params, on_page, self);
}

static void want(void *ctx, int first, int rows)
{
    struct member_entries *self = ctx;
    if (!self->more || self->ticket || first + rows < count(self))
        return;
    const struct rowset *last = self->pages[self->page_count - 1];
    char before[DATE_TEXT_MAX];
    ask(self, date_iso(rowset_date(last, rowset_count(last) - 1, MEMBER_ENTRIES_DATE), before));
}

void member_entries_load(struct member_entries *self)
{
    ask(self, NULL);
}

void member_entries_status(const struct member_entries *self, struct line *left)
{
    int known = count((void *)self);
    line_add(left, ROLE_TEXT, "%d check-in%s%s", known, known == 1 ? "" : "s",
             self->more ? " read, older ones follow" : "");
    line_add(left, ROLE_DIM, "   weights in %s   m typed  h from health data", app_weight_unit(self->app));
}

struct member_entries *member_entries_new(struct app *app, int64_t member)
{
    struct member_entries *self = mem_alloc(sizeof *self);
    self->app = app;
    self->member = member;
    struct table_source source = {.ctx = self, .count = count, .key = key, .cell = cell, .want = want};
    self->table = table_new(columns, sizeof columns / sizeof columns[0], &source);
    table_set_empty(self->table, "This member has not checked in yet.");
    return self;
}

void member_entries_free(struct member_entries *self)
{
    db_cancel(app_db(self->app), self->ticket, true);
    drop_pages(self);
    table_free(self->table);
    free(self);
}

struct widget *member_entries_widget(struct member_entries *self)
{
    return table_widget(self->table);
}
