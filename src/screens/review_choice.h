/* Which of a queue's cohorts somebody means by a few words. Private to src/screens. */
#ifndef CENTURION_SCREENS_REVIEW_CHOICE_H
#define CENTURION_SCREENS_REVIEW_CHOICE_H

#include <stdbool.h>

#include "centurion/base/str.h"
#include "centurion/data/rowset.h"
#include "present.h"

/* text: parts of names with commas between them, in any case; cohorts: rows of QUERY_REVIEW_COHORTS. ids gets "{3,7}" as the server takes
 * it, names what they are called; both are "" where text is empty, which means all. False, and wrong says which part, where one is in no
 * name; ids and names are as they were then. */
bool review_choice(const struct rowset *cohorts, const char *text, struct str *ids, struct str *names,
                   char wrong[PRESENT_MAX]);

#endif
