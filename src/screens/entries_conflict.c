/* Cells that somebody else changed while they were typed: cell by cell, each with both values. */
#include <stdio.h>

#include "centurion/base/date.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "conflict.h"
#include "entries_private.h"

/* The next one in the order of the rows, and how many there are. */
static int find(const struct entries *self, int *row, int *metric)
{
    int count = 0;
    for (int at = 0; at < rowset_count(self->page.rows) && self->page.typed_count; at++)
        for (int asked = 0; asked < self->page.metric_count; asked++) {
            const struct entry_typed *typed = entry_page_typed(&self->page, at, asked);
            if (!typed || !typed->conflict || typed->pending)
                continue;
            if (!count++) {
                *row = at;
                *metric = asked;
            }
        }
    return count;
}

/* Where the cell stands in the sheet, where it does. */
static void stand_on(struct entries *self, int row, int metric)
{
    for (int line = 0; line < entries_count(self); line++)
        for (int column = 0; column < ENTRY_METRICS_MAX; column++)
            if (entries_row_at(self, line, column) == row && entries_metric_at(self, column) == metric) {
                sheet_go(self->sheet, line, column);
                return;
            }
}

static void chosen(void *owner, int64_t choice)
{
    struct entries *self = owner;
    int row, metric;
    if (!find(self, &row, &metric))
        return;
    struct entry_typed *typed = entry_page_typed(&self->page, row, metric);
    if (typed->user != self->conflict_user || typed->day != self->conflict_day ||
        !str_equal(self->page.metrics[metric].id, self->conflict_metric)) {
        entries_resolve(self); /* it was read anew under the window: what was chosen was about another */
        return;
    }
    if (choice == CONFLICT_THEIRS) {
        entry_page_put(&self->page, row, metric, NULL);
        entries_keep(self, row, metric, NULL);
    } else {
        entry_page_keep(&self->page, typed);
        entries_keep(self, row, metric, typed->text);
    }
    if (choice == CONFLICT_EDIT)
        stand_on(self, row, metric);
    else if (!entries_resolve(self))
        app_say(self->screen.app, ROLE_ACCENT, "Both were seen. ^S saves what is yours.");
    app_changed(self->screen.app, REPAINT);
}

bool entries_resolve(struct entries *self)
{
    int row, metric, count = find(self, &row, &metric);
    if (!count)
        return false;
    const struct rowset *rows = self->page.rows;
    const struct entry_typed *typed = entry_page_typed(&self->page, row, metric);
    char title[200], by[120], day[DATE_TEXT_MAX];
    self->conflict_user = typed->user;
    self->conflict_day = typed->day;
    snprintf(self->conflict_metric, sizeof self->conflict_metric, "%s", self->page.metrics[metric].id);
    snprintf(title, sizeof title, "%.80s, %s, %s", rowset_text(rows, row, ENTRY_GRID_NAME), date_short(typed->day, day),
             self->page.metrics[metric].title);
    snprintf(by, sizeof by, "%.60s%s%.40s",
             *rowset_text(rows, row, ENTRY_GRID_CHANGED_BY) ? rowset_text(rows, row, ENTRY_GRID_CHANGED_BY)
                                                            : "somebody else",
             rowset_null(rows, row, ENTRY_GRID_CHANGED_AT) ? "" : ", ", rowset_text(rows, row, ENTRY_GRID_CHANGED_AT));
    const struct conflict conflict = {.title = title,
                                      .before = typed->base,
                                      .mine = typed->text,
                                      .theirs = entry_page_stored(&self->page, row, metric),
                                      .by = by,
                                      .left = count - 1};
    conflict_show(self->screen.app, &conflict, chosen, self);
    return true;
}
