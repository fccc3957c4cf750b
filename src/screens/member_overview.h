/* The overview of one member, from the rows that were read. */
#ifndef CENTURION_SCREENS_MEMBER_OVERVIEW_H
#define CENTURION_SCREENS_MEMBER_OVERVIEW_H

#include "centurion/data/rowset.h"
#include "centurion/ui/doc.h"

struct app;

/* rows: one row of member_overview; series: member_series, whose ends are drawn small below it; NULL: not here, or not yet. */
void member_overview_build(const struct app *app, struct doc *doc, const struct rowset *rows,
                           const struct rowset *series, int cols);

#endif
