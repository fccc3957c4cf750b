/* Who is in a cohort, and who coaches it: the first two tabs of its screen. Bulk actions take the marked rows, else the one under the
 * cursor, and ask once by name. */
#ifndef CENTURION_SCREENS_COHORT_PEOPLE_H
#define CENTURION_SCREENS_COHORT_PEOPLE_H

#include "centurion/screens/screen.h"

struct cohort_people;

/* coaches: its coaches, else its members. changed is told whenever something was saved. */
typedef void cohort_changed_fn(void *owner);
struct cohort_people *cohort_people_new(struct app *app, int64_t cohort, bool coaches, void *owner,
                                        cohort_changed_fn *changed);
void cohort_people_free(struct cohort_people *people);
struct widget *cohort_people_widget(struct cohort_people *people);
void cohort_people_load(struct cohort_people *people);
void cohort_people_set_closed(struct cohort_people *people,
                              bool closed); /* a completed cohort: its members stay as they are */

bool cohort_people_accepts(const struct cohort_people *people, enum action action);
unsigned cohort_people_act(struct cohort_people *people, enum action action, int count);
bool cohort_people_answer(struct cohort_people *people, const char *text); /* of app_ask(): true if it asked */
void cohort_people_status(const struct cohort_people *people, struct line *line);

#endif
