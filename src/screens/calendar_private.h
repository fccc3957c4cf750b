/* What the files of the calendar share: calendar.c is the screen, calendar_sessions.c what it shows and how that is read. */
#ifndef CENTURION_SCREENS_CALENDAR_PRIVATE_H
#define CENTURION_SCREENS_CALENDAR_PRIVATE_H

#include "calendar_plan.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/doc.h"
#include "centurion/ui/month.h"
#include "centurion/ui/table.h"
#include "centurion/ui/week.h"
#include "present.h"

enum mode { MODE_WEEK, MODE_MONTH, MODE_AGENDA, MODE_UNMARKED, MODES };
enum { AGENDA_DAYS = 28 };
enum question { ASK_DATE, ASK_NEW, ASK_WEEKS, ASK_EDIT };

struct calendar {
    struct screen screen;
    struct layout root, main_pane, side, month_pane, detail_pane;
    struct week *week;
    struct month *month, *mini;
    struct table *table;
    struct doc *detail;
    struct calendar_plan *plan;
    enum mode mode;
    enum question question;
    int day; /* the one that is looked at */
    struct calendar_session *sessions;
    int64_t *marks;
    int count, mark_count;
    bool loaded, more; /* more: unmarked ones beyond those that were read */
    bool wide;
    int64_t member; /* of calendar/new/MEMBER */
    int minutes;    /* of the new appointment whose client is being looked up */
    int64_t fee;
    int new_day, new_start;
    db_ticket ticket, totals_ticket, people_ticket;
};

/* The one under the cursor, or that is being moved; NULL: a free slot, a month. */
const struct calendar_session *calendar_current(const struct calendar *self);
int calendar_current_day(const struct calendar *self);

/* Marks are by appointment, and stay with it over a reload. */
bool calendar_is_marked(const struct calendar *self, int64_t id);
void calendar_set_mark(struct calendar *self, int64_t id, bool marked);
void calendar_mark_none(struct calendar *self);

/* How it stands, as a glyph and its role. */
const char *calendar_state(const struct calendar_session *session, enum role *role);

/* A bootcamp's "8/12", without a limit "8/-". Returns out. */
char *calendar_places(const struct calendar_session *session, char out[PRESENT_MAX]);

/* The table of the agenda and of what is unmarked. */
struct table *calendar_table_new(struct calendar *self);

void calendar_clear(struct calendar *self); /* other days: what was shown takes no more keys */
void calendar_stand(struct calendar *self);
void calendar_load(struct screen *screen); /* what the mode shows, and the totals of the month */
void calendar_load_totals(struct calendar *self);
void calendar_load_more(struct calendar *self); /* of what is unmarked */

#endif
