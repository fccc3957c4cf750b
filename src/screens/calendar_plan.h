/* What is about to be done with appointments: shown with what it clashes with, then saved or dropped. One at a time. */
#ifndef CENTURION_SCREENS_CALENDAR_PLAN_H
#define CENTURION_SCREENS_CALENDAR_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/screens/screen.h"
#include "centurion/ui/doc.h"

/* An appointment or a bootcamp, by the clock where the business is: start and end are minutes of the day. */
struct calendar_session {
    int64_t id;
    int64_t member;
    int day, start, end, places, taken;
    bool bootcamp;
    char title[64], state[12], invoice[48], version[24], ended[32];
    int64_t fee;
    char notes[256];
    bool notes_whole; /* else they are longer, or of several lines, and cannot be edited in one */
};

enum plan_kind { PLAN_NONE, PLAN_ATTENDED, PLAN_MISSED, PLAN_MOVE, PLAN_DELETE, PLAN_REPEAT, PLAN_NEW, PLAN_EDIT };

struct calendar_plan;

/* changed: it looks different; saved: and the server has it. */
typedef void calendar_plan_fn(void *ctx, bool saved);
struct calendar_plan *calendar_plan_new(struct app *app, calendar_plan_fn *changed, void *ctx);
void calendar_plan_free(struct calendar_plan *plan);

enum plan_kind calendar_plan_kind(const struct calendar_plan *plan);

/* Beginning one drops what was there. False, and said why, where an invoice stands in the way. Sessions are copied. */
bool calendar_plan_mark(struct calendar_plan *plan, bool attended, const struct calendar_session *sessions, int count);
bool calendar_plan_move(struct calendar_plan *plan, const struct calendar_session *session);
bool calendar_plan_delete(struct calendar_plan *plan, const struct calendar_session *session);
void calendar_plan_repeat(struct calendar_plan *plan, const struct calendar_session *session, int weeks);
void calendar_plan_new_session(struct calendar_plan *plan, int64_t member, const char *name, int day, int start,
                               int minutes, int64_t fee);
void calendar_plan_edit(struct calendar_plan *plan, const struct calendar_session *session, int64_t fee,
                        const char *notes); /* notes NULL: as they are */

void calendar_plan_shift(struct calendar_plan *plan, int days, int minutes); /* by so much further */
void calendar_plan_shifted(const struct calendar_plan *plan, int *days, int *minutes);
int64_t calendar_plan_moving(const struct calendar_plan *plan); /* the appointment that is being moved, 0 none */
void calendar_plan_next_choice(
    struct calendar_plan *plan); /* this, following, all; or: stop at clashes, leave them out */
void calendar_plan_drop(struct calendar_plan *plan);
void calendar_plan_commit(struct calendar_plan *plan);

/* The sessions were read: if what was saved last was in conflict, both are shown, and whoever sits there decides. */
void calendar_plan_resolve(struct calendar_plan *plan, const struct calendar_session *sessions, int count);

void calendar_plan_line(const struct calendar_plan *plan, struct line *line); /* one line: what, and which keys */
void calendar_plan_build(const struct calendar_plan *plan, struct doc *doc);

#endif
