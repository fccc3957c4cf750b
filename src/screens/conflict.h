/* A conflict in a window: what stood there, what was typed here, what somebody else saved meanwhile, the difference, and the choice. One value
 * at a time; who has several asks for the next from fn. Escape leaves the conflict as it is. */
#ifndef CENTURION_SCREENS_CONFLICT_H
#define CENTURION_SCREENS_CONFLICT_H

#include "centurion/screens/screen.h"

enum conflict_choice { CONFLICT_THEIRS = 1, CONFLICT_MINE, CONFLICT_EDIT };

/* All texts as people read them; "": nothing. Copied. */
struct conflict {
    const char *title;  /* what is in conflict: "Ana Reyes, Thu 20 Nov, Weight" */
    const char *before; /* NULL: not known any more */
    const char *mine, *theirs;
    const char *by; /* who changed it and when; NULL: somebody */
    int left;       /* further conflicts after this one */
};

/* fn gets an enum conflict_choice. */
void conflict_show(struct app *app, const struct conflict *conflict, app_chosen_fn *fn, void *owner);

#endif
