/* The window that a note is written in, over whatever screen one is on. It closes when the note is sent, so that one can go on; what is
 * refused or in conflict comes back with all that was typed. Private to src/screens. */
#ifndef CENTURION_SCREENS_NOTE_COMPOSE_H
#define CENTURION_SCREENS_NOTE_COMPOSE_H

#include <stdint.h>

#include "centurion/screens/screen.h"

struct note_compose;

/* saved is told once the server has a note, so that the owner reads anew; may be NULL. */
typedef void note_saved_fn(void *owner, int64_t member);
struct note_compose *note_compose_new(struct app *app, void *owner, note_saved_fn *saved);
void note_compose_free(struct note_compose *compose); /* what is under way goes on, what is typed stays as a draft */

/* A new note on a member in the week of monday, which its number and its snippets go by; DATE_NONE: the present one. name may be "". */
void note_compose_open(struct note_compose *compose, int64_t member, const char *name, int monday);

/* A note that is there already; all is copied. */
struct note_given {
    int64_t note, member;
    const char *name, *text, *version;
    int week;
};
void note_compose_edit(struct note_compose *compose, const struct note_given *given);

#endif
