#include "calendar_plan_private.h"

#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/money.h"
#include "conflict.h"

void calendar_plan_keep_sent(struct calendar_plan *plan)
{
    plan->sent = (struct sent){.kind = PLAN_NONE};
    if (plan->count != 1 || plan->scope != SCOPE_THIS || plan->kind == PLAN_REPEAT || plan->kind == PLAN_NEW)
        return;
    plan->sent = (struct sent){.kind = plan->kind,
                               .seen = *plan->sessions,
                               .days = plan->days,
                               .minutes = plan->minutes,
                               .fee = plan->fee,
                               .notes_stay = plan->notes_stay};
    snprintf(plan->sent.notes, sizeof plan->sent.notes, "%s", plan->notes);
}

static char *session_words(const struct calendar_session *one)
{
    char day[DATE_TEXT_MAX], fee[MONEY_TEXT_MAX];
    return mem_printf("%s %02d:%02d-%02d:%02d, %s, %s%s%s", date_short(one->day, day), one->start / 60, one->start % 60,
                      one->end / 60 % 24, one->end % 60, money_format(one->fee, fee), one->state,
                      one->notes[0] ? ", " : "", one->notes);
}

/* The appointment as it would be after what was sent. */
static struct calendar_session wanted(const struct sent *sent)
{
    struct calendar_session one = sent->seen;
    one.day += sent->days;
    one.start += sent->minutes;
    one.end += sent->minutes;
    if (sent->kind == PLAN_EDIT) {
        one.fee = sent->fee;
        if (!sent->notes_stay)
            snprintf(one.notes, sizeof one.notes, "%s", sent->notes);
    } else if (sent->kind != PLAN_MOVE) {
        snprintf(one.state, sizeof one.state, "%s",
                 sent->kind == PLAN_DELETE     ? "deleted"
                 : sent->kind == PLAN_ATTENDED ? "attended"
                                               : "missed");
    }
    return one;
}

/* Mine is planned anew on what is there now: where and what I wanted, and everything else as theirs. */
static void decided(void *owner, int64_t choice)
{
    struct calendar_plan *plan = owner;
    struct sent sent = plan->sent;
    if (choice == CONFLICT_THEIRS || plan->kind != PLAN_NONE || !calendar_plan_begin(plan, sent.kind, &sent.now, 1))
        return;
    plan->fee = sent.fee;
    plan->notes_stay = sent.notes_stay;
    snprintf(plan->notes, sizeof plan->notes, "%s", sent.notes);
    if (sent.kind == PLAN_MOVE) {
        struct calendar_session mine = wanted(&sent);
        calendar_plan_shift(plan, mine.day - sent.now.day, mine.start - sent.now.start);
    }
    if (choice == CONFLICT_MINE)
        calendar_plan_commit(plan);
    plan->changed(plan->ctx, false);
}

void calendar_plan_resolve(struct calendar_plan *plan, const struct calendar_session *sessions, int count)
{
    struct sent *sent = &plan->sent;
    const struct calendar_session *now = NULL;
    if (!sent->conflict)
        return;
    sent->conflict = false;
    for (int i = 0; i < count; i++)
        if (!sessions[i].bootcamp && sessions[i].id == sent->seen.id)
            now = &sessions[i];
    if (!now) {
        app_say(plan->app, ROLE_WARN, "%s: it was deleted, or moved to where it is not shown. Nothing was changed.",
                sent->seen.title);
        return;
    }
    sent->now = *now;
    struct calendar_session one = wanted(sent);
    char *before = session_words(&sent->seen), *mine = session_words(&one), *theirs = session_words(now);
    const struct conflict conflict = {.title = sent->seen.title, .before = before, .mine = mine, .theirs = theirs};
    conflict_show(plan->app, &conflict, decided, plan);
    free(before);
    free(mine);
    free(theirs);
}
