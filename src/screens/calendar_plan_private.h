/* What the files of the plan share: calendar_plan.c plans and saves, calendar_conflict.c has what somebody else changed meanwhile. */
#ifndef CENTURION_SCREENS_CALENDAR_PLAN_PRIVATE_H
#define CENTURION_SCREENS_CALENDAR_PLAN_PRIVATE_H

#include "calendar_plan.h"

enum scope { SCOPE_THIS, SCOPE_FOLLOWING, SCOPE_ALL, SCOPES };

/* What was sent of a single appointment, for the case that somebody else changed it meanwhile. */
struct sent {
    enum plan_kind kind;
    struct calendar_session seen, now; /* as it was when it was planned, and as it is */
    int days, minutes;
    int64_t fee;
    char notes[256];
    bool notes_stay, conflict;
};

struct calendar_plan {
    struct app *app;
    calendar_plan_fn *changed;
    void *ctx;
    enum plan_kind kind;
    struct calendar_session *sessions;
    int count;
    int days, minutes, weeks; /* moved by; further weeks */
    bool skip;                /* leave out what clashes */
    bool confirmed;           /* saving was asked for while an answer was on its way: done once that says no clash */
    int choices;              /* times that the scope was stepped before it was known whether there is one */
    char notes[256];
    bool notes_stay;
    int64_t fee;
    enum scope scope;
    struct sent sent;
    struct rowset *alike, *preview;
    db_ticket alike_ticket, preview_ticket;
};

/* False, and said why, where an invoice stands in the way. What was planned before is dropped. Sessions are copied. */
bool calendar_plan_begin(struct calendar_plan *plan, enum plan_kind kind, const struct calendar_session *sessions,
                         int count);

/* Before it is sent: what is wanted of which appointment, in case somebody else changes it meanwhile. */
void calendar_plan_keep_sent(struct calendar_plan *plan);

#endif
