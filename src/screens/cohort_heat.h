/* The heat-map of a cohort: a row a member, a cell a day up to a last one. */
#ifndef CENTURION_SCREENS_COHORT_HEAT_H
#define CENTURION_SCREENS_COHORT_HEAT_H

#include "centurion/screens/screen.h"
#include "centurion/ui/table.h"

struct cohort_heat;

struct cohort_heat *cohort_heat_new(struct app *app);
void cohort_heat_free(struct cohort_heat *heat);
struct table *cohort_heat_table(struct cohort_heat *heat);
const char *cohort_heat_title(const struct cohort_heat *heat); /* the same place for as long as it lives */

/* Reads a cohort (0: nothing), again if it is the same; marks belong to one cohort. The cohort whose rows are shown, and with them what is
 * done to its members, changes with the answer. */
void cohort_heat_show(struct cohort_heat *heat, int64_t cohort, const char *name);
int64_t cohort_heat_cohort(const struct cohort_heat *heat); /* shown; 0: none yet */
int64_t cohort_heat_asked(const struct cohort_heat *heat);  /* shown, or on its way */

/* The last day that is shown; days after today are today. */
int cohort_heat_last_day(const struct cohort_heat *heat);
bool cohort_heat_is_past(const struct cohort_heat *heat);
void cohort_heat_until(struct cohort_heat *heat, int day);

void cohort_heat_reflow(struct cohort_heat *heat, int cols); /* a wider terminal shows more days */
bool cohort_heat_next_length(struct cohort_heat *heat);      /* shorter, or all that fit; false: it stays as it is */

/* The members, in their order: all, or those that are marked, else the one under the cursor; running: how many of these are not paused.
 * Heap; the caller frees. */
int64_t *cohort_heat_members(const struct cohort_heat *heat, int *count);
int64_t *cohort_heat_chosen(const struct cohort_heat *heat, int *count, int *running);

#endif
