/* A calendar of some days: days as columns, half hours as rows, of which only those are there that are used, with a little room around
 * them. Blocks show a name and a state; the cursor stands on a half hour, and on a block if there is one. */
#ifndef CENTURION_UI_WEEK_H
#define CENTURION_UI_WEEK_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/term/role.h"
#include "centurion/ui/widget.h"

enum { WEEK_SLOT = 30 /* minutes */, WEEK_SLOTS = 48, WEEK_DAYS_MAX = 7 };

/* day: see base/date.h. start, end: minutes of that day; end may run on past midnight. key: not 0. state: a glyph after the title. */
struct week_block {
    int64_t key;
    int day, start, end;
    char title[48];
    const char *state;
    enum role role;
    bool muted;
};

struct week; /* starts with struct widget */

struct week *week_new(void);
void week_free(struct week *week);
struct widget *week_widget(struct week *week);

/* Blocks are copied, and come in any order. The cursor stays on its block, else on its half hour of the same weekday. Marks of blocks that
 * are gone go too. today: shown as such, DATE_NONE none. */
void week_set(struct week *week, int first_day, int days, int today, const struct week_block *blocks, int count);

int64_t week_key(const struct week *week);                      /* of the block under the cursor, 0 none */
void week_slot(const struct week *week, int *day, int *minute); /* the half hour of the cursor */
bool week_select(struct week *week, int64_t key);
void week_go(struct week *week, int day, int minute);      /* within what is shown */
unsigned week_step(struct week *week, int step);           /* to the next block in time, or the one before */
int64_t week_step_key(const struct week *week, int index); /* of the blocks in order of time; 0 past the end */

/* Marks. */
bool week_marked(const struct week *week, int64_t key);
int week_mark_count(const struct week *week);
void week_mark(struct week *week, int64_t key, bool marked);
void week_mark_none(struct week *week);

/* Shows a block elsewhere while it is being moved: by days and minutes, a key of 0 puts it back. Meanwhile the cursor
 * stays on it, and keys are the owner's. */
void week_shift(struct week *week, int64_t key, int days, int minutes);

#endif
