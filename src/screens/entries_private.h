/* What the files of the grids of check-ins share. */
#ifndef SCREENS_ENTRIES_PRIVATE_H
#define SCREENS_ENTRIES_PRIVATE_H

#include "centurion/ui/doc.h"
#include "centurion/ui/month.h"
#include "draft.h"
#include "entry_page.h"

enum entries_mode { MODE_DAY, MODE_METRIC, MODE_MEMBER, MODE_MONTH /* of a member too */ };
enum { WEEK = 7, SPAN = 14 /* days read for one metric, and shown of a member */, MONTH_DAYS = 42 };

struct entries {
    struct screen screen;
    struct layout root, main, side;
    struct sheet *sheet;
    struct month *month;
    struct doc *detail; /* of the month's day */
    struct rowset *overview;
    struct entry_page page;
    enum entries_mode mode;
    int64_t cohort, member;
    int day, metric;
    char cohort_name[160];
    db_ticket limits_ticket, prompts_ticket, grid_ticket, cohorts_ticket, overview_ticket;
    bool discard_asked, asked_cohort;
    struct draft *draft;
    bool resolving;        /* conflicts are asked about once the rows are there */
    int64_t conflict_user; /* the cell that is asked about */
    int conflict_day;
    char conflict_metric[64];
};

/* entries_source.c: what the sheet shows of it. The row of the page is -1 for a column that sums up. */
struct sheet *entries_sheet(struct entries *self);
void entries_set_columns(struct entries *self);
int entries_count(const struct entries *self);
int entries_row_at(const struct entries *self, int row, int column);
int entries_metric_at(const struct entries *self, int column);
void entries_put(struct entries *self, int row, int column, const char *text); /* as the sheet does */

/* entries_month.c: a member's check-ins as a calendar. */
void entries_month_init(struct entries *self);
void entries_month_fini(struct entries *self);
void entries_show_month(struct entries *self);        /* the rows are new, or what is typed over them */
void entries_load_rhythm(struct entries *self);       /* how often they check in, and when next */
void entries_arrange(struct entries *self, int cols); /* the panes of the mode */
void entries_month_counts(const struct entries *self, int *in, int *complete,
                          int *days); /* of the month, up to today */

/* entries_conflict.c: asks about the next cell that somebody else changed while it was typed; false: there is none. */
bool entries_resolve(struct entries *self);

/* entries_data.c: reading, drafts, saving. */
void entries_load(struct entries *self);
void entries_save(struct entries *self);
void entries_keep(struct entries *self, int row, int metric, const char *text); /* NULL: it is not typed any more */
void entries_discard(struct entries *self); /* throws away what is typed, and what is kept of it */

#endif
