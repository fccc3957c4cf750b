/* Forms over a screen of cohorts: a new one, an existing one, one like another. Owned by the screen that opens them, one at a time. */
#ifndef CENTURION_SCREENS_COHORT_EDIT_H
#define CENTURION_SCREENS_COHORT_EDIT_H

#include "centurion/screens/screen.h"

struct cohort_edit;

/* saved is told of the cohort that was saved, by its key. */
typedef void cohort_saved_fn(void *owner, int64_t cohort);
struct cohort_edit *cohort_edit_new(struct app *app, void *owner, cohort_saved_fn *saved);
void cohort_edit_free(struct cohort_edit *edit);

void cohort_edit_open(struct cohort_edit *edit, int64_t cohort); /* 0: a new one */
void cohort_edit_clone(struct cohort_edit *edit, int64_t cohort);

/* Sets what becomes of cohorts (see the query cohort_set_all) after a question that names them; asked is told when it is saved. ids and
 * names are copied; count is at least 1. */
void cohort_edit_set(struct cohort_edit *edit, const int64_t *ids, const char *const *names, int count,
                     const char *state);

/* "{1,2,3}". Heap; the caller frees. */
char *cohort_ids(const int64_t *ids, int count);

#endif
