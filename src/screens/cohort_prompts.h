/* What a cohort is asked at check-ins: a list to edit, and how the form will ask. Each change is saved at once, keys that are not known
 * here stay. */
#ifndef CENTURION_SCREENS_COHORT_PROMPTS_H
#define CENTURION_SCREENS_COHORT_PROMPTS_H

#include "centurion/screens/screen.h"

struct cohort_prompts;

struct cohort_prompts *cohort_prompts_new(struct app *app, int64_t cohort);
void cohort_prompts_free(struct cohort_prompts *prompts);
struct layout *cohort_prompts_layout(struct cohort_prompts *prompts);
void cohort_prompts_focus(struct cohort_prompts *prompts);
void cohort_prompts_load(struct cohort_prompts *prompts);
void cohort_prompts_set_closed(struct cohort_prompts *prompts, bool closed);

bool cohort_prompts_accepts(const struct cohort_prompts *prompts, enum action action);
unsigned cohort_prompts_act(struct cohort_prompts *prompts, enum action action, int count);
void cohort_prompts_status(const struct cohort_prompts *prompts, struct line *line);

#endif
