/* Drafts for whoever takes typed text: forms, texts, grids. The whole of it:
 *
 *   app_popup(app, &popup);                                        // first the form, so that the offer lies over it
 *   self->draft = draft_open(app, "note/214", "Note on Sam O'Neill", self, take);
 *   ... after each key:   draft_put(self->draft, "text", text);    // cheap; unchanged text costs nothing
 *   ... on ^S:            draft_change(self->draft, &QUERY_NOTE_SAVE, params, "Note on Sam O'Neill", 0, saved);
 *   ... discarded:        draft_done(self->draft);                 // the file goes
 *   ... closed otherwise: draft_leave(self->draft);                // the file stays and is offered next time
 *
 * What was left under the key before is offered in a menu: taken, discarded or left. When it is taken, take() is told of each field.
 * Keys are the screen's: what is edited, "entries/7/2026-01-16". */
#ifndef CENTURION_SCREENS_DRAFT_H
#define CENTURION_SCREENS_DRAFT_H

#include "centurion/screens/screen.h"

struct draft;

typedef void draft_take_fn(void *owner, const char *field, const char *text);
struct draft *draft_open(struct app *app, const char *key, const char *title, void *owner, draft_take_fn *take);

void draft_put(struct draft *draft, const char *field, const char *text); /* NULL: the field goes */

/* app_change() whose UUID is in the draft before it is sent, so that the next run finds out what became of it if this one ends. Once it
 * is saved the file goes, unless something was put meanwhile. done (may be NULL) is told with the owner of draft_open(), until
 * draft_done() or draft_leave(); the change itself goes on. */
void draft_change(struct draft *draft, const struct query *query, const char *const *params, const char *what,
                  int64_t key, app_change_fn *done);

/* Both end it; NULL is ignored. */
void draft_done(struct draft *draft);
void draft_leave(struct draft *draft);

#endif
