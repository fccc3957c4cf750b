/* A month of six weeks at most, as a grid of days: small beside a calendar, or large with a line of words a day. */
#ifndef CENTURION_UI_MONTH_H
#define CENTURION_UI_MONTH_H

#include "centurion/term/role.h"
#include "centurion/ui/widget.h"

/* What stands under a day where there is room: two short lines. mark: a glyph instead where there is none. */
struct month_day {
    int day;          /* see base/date.h */
    const char *mark; /* static; NULL: none */
    enum role role;
    char words[2][24];
};

struct month; /* starts with struct widget */

struct month *month_new(void);
void month_free(struct month *month);
struct widget *month_widget(struct month *month);

/* Shows the month that holds the day, and puts the cursor there. */
void month_go(struct month *month, int day);
int month_day(const struct month *month);   /* under the cursor */
int month_first(const struct month *month); /* the Monday that the grid begins with; it has 42 days */

/* Days in any order, copied. today: shown as such. */
void month_set(struct month *month, int today, const struct month_day *days, int count);

#endif
