/* A member's weight, steps, sleep and stress over a period, with what happened on the days: notes and sessions. And the period itself, which
 * goes with whoever looks from one member to the next. */
#ifndef CENTURION_SCREENS_MEMBER_CHARTS_H
#define CENTURION_SCREENS_MEMBER_CHARTS_H

#include "centurion/screens/screen.h"
#include "centurion/ui/doc.h"

struct member_period {
    int last, days; /* the last day and how many up to it */
};

struct member_period member_period_kept(const struct app *app); /* as it was left, or up to today */
void member_period_set_last(struct app *app, struct member_period *period, int last); /* today at most */
void member_period_longer(struct app *app,
                          struct member_period *period); /* the next length, after the longest the shortest */
void member_period_line(const struct app *app, const struct member_period *period, struct line *line);

/* series: member_series, or NULL while it is on its way; rows: of the pane, which the charts share, or 0: each as high as it reads well. */
void member_charts_build(const struct app *app, struct doc *doc, const struct rowset *series, int rows);

#endif
