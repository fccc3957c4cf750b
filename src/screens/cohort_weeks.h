/* A cohort's weeks: means, engagement and weight change, as charts and as a table. */
#ifndef CENTURION_SCREENS_COHORT_WEEKS_H
#define CENTURION_SCREENS_COHORT_WEEKS_H

#include "centurion/data/rowset.h"
#include "centurion/ui/doc.h"

struct app;

/* weeks: rows of the query cohort_weeks. */
void cohort_weeks_build(struct app *app, struct doc *doc, const struct rowset *weeks, int cols);

#endif
