#include "calendar_plan_private.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/money.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/data/queries.gen.h"
#include "present.h"

struct calendar_plan *calendar_plan_new(struct app *app, calendar_plan_fn *changed, void *ctx)
{
    struct calendar_plan *plan = mem_alloc(sizeof *plan);
    *plan = (struct calendar_plan){.app = app, .changed = changed, .ctx = ctx};
    return plan;
}

static void forget(struct calendar_plan *plan)
{
    db_cancel(app_db(plan->app), plan->alike_ticket, true);
    db_cancel(app_db(plan->app), plan->preview_ticket, true);
    plan->alike_ticket = plan->preview_ticket = 0;
    rowset_free(plan->alike);
    rowset_free(plan->preview);
    free(plan->sessions);
    plan->alike = plan->preview = NULL;
    plan->sessions = NULL;
    plan->count = plan->choices = 0;
    plan->confirmed = false;
    plan->kind = PLAN_NONE;
}

void calendar_plan_free(struct calendar_plan *plan)
{
    forget(plan);
    app_forget_changes(plan->app, plan);
    free(plan);
}

enum plan_kind calendar_plan_kind(const struct calendar_plan *plan)
{
    return plan->kind;
}

void calendar_plan_drop(struct calendar_plan *plan)
{
    forget(plan);
    plan->changed(plan->ctx, false);
}

/* ---- Which appointments, and what is in their way ---- */

/* Whether the row of its series is meant by the scope; invoiced ones stay as they are. */
static bool meant(const struct calendar_plan *plan, int row)
{
    int64_t here = rowset_int(plan->alike, row, APPOINTMENT_SCOPE_HERE);
    return rowset_null(plan->alike, row, APPOINTMENT_SCOPE_INVOICE) &&
           (here == 0 || (here > 0 && plan->scope == SCOPE_FOLLOWING) || plan->scope == SCOPE_ALL);
}

static int meant_count(const struct calendar_plan *plan)
{
    int count = 0;
    for (int row = 0; row < rowset_count(plan->alike); row++)
        count += meant(plan, row);
    return plan->alike && plan->scope != SCOPE_THIS ? count : plan->count;
}

static void lists(const struct calendar_plan *plan, struct str *ids, struct str *versions)
{
    const char *comma = "";
    str_add(ids, "{");
    str_add(versions, "{");
    if (plan->scope == SCOPE_THIS)
        for (int i = 0; i < plan->count; i++, comma = ",") {
            str_addf(ids, "%s%lld", comma, (long long)plan->sessions[i].id);
            str_addf(versions, "%s%s", comma, plan->sessions[i].version);
        }
    else
        for (int row = 0; row < rowset_count(plan->alike); row++)
            if (meant(plan, row)) {
                str_addf(ids, "%s%s", comma, rowset_text(plan->alike, row, APPOINTMENT_SCOPE_ID));
                str_addf(versions, "%s%s", comma, rowset_text(plan->alike, row, APPOINTMENT_SCOPE_VERSION));
                comma = ",";
            }
    str_add(ids, "}");
    str_add(versions, "}");
}

static void refused(struct calendar_plan *plan, const struct reply *reply)
{
    plan->confirmed = false;
    app_fault(plan->app, reply->error);
    plan->changed(plan->ctx, false);
}

static bool waits(const struct calendar_plan *plan)
{
    return plan->preview_ticket || (plan->choices && plan->alike_ticket);
}

/* What was confirmed before the answer came is done now, or refused. */
static void answered(struct calendar_plan *plan)
{
    bool confirmed = plan->confirmed && !waits(plan);
    if (!confirmed) {
        plan->changed(plan->ctx, false);
        return;
    }
    plan->confirmed = false;
    calendar_plan_commit(plan);
}

static void on_preview(void *arg, const struct reply *reply)
{
    struct calendar_plan *plan = arg;
    plan->preview_ticket = 0;
    if (reply->status != STATUS_OK) {
        refused(plan, reply);
        return;
    }
    rowset_free(plan->preview);
    plan->preview = rowset_keep(reply->rows);
    answered(plan);
}

static char *moment(int day, int start, char out[PRESENT_MAX])
{
    char date[DATE_TEXT_MAX];
    snprintf(out, PRESENT_MAX, "%s %02d:%02d", date_iso(day, date), start / 60, start % 60);
    return out;
}

static void ask_preview(struct calendar_plan *plan)
{
    struct db *db = app_db(plan->app);
    const struct calendar_session *one = plan->sessions;
    if (!one)
        return;
    char days[16], minutes[16], weeks[16], weekday[8], id[24], start[PRESENT_MAX];
    snprintf(days, sizeof days, "%d", plan->days);
    snprintf(minutes, sizeof minutes, "%d", plan->kind == PLAN_NEW ? one->end - one->start : plan->minutes);
    snprintf(weeks, sizeof weeks, "%d", plan->weeks);
    snprintf(weekday, sizeof weekday, "{%d}", date_weekday(one->day));
    db_cancel(db, plan->preview_ticket, true);
    plan->preview_ticket = 0;
    if (plan->kind == PLAN_MOVE) {
        struct str ids = {0}, versions = {0};
        lists(plan, &ids, &versions);
        const char *params[] = {str_text(&ids), days, minutes, NULL};
        plan->preview_ticket = db_send(db, &QUERY_APPOINTMENTS_PREVIEW, params, on_preview, plan);
        str_fini(&ids);
        str_fini(&versions);
    } else if (plan->kind == PLAN_REPEAT) {
        snprintf(id, sizeof id, "%lld", (long long)one->id);
        const char *params[] = {id, weekday, weeks};
        plan->preview_ticket = db_send(db, &QUERY_APPOINTMENT_REPEAT_PREVIEW, params, on_preview, plan);
    } else if (plan->kind == PLAN_NEW) {
        snprintf(id, sizeof id, "%lld", (long long)one->member);
        const char *params[] = {id, moment(one->day, one->start, start), minutes, weekday, "0"};
        plan->preview_ticket = db_send(db, &QUERY_APPOINTMENT_SERIES_PREVIEW, params, on_preview, plan);
    }
}

static int clash_column(const struct calendar_plan *plan)
{
    return plan->kind == PLAN_MOVE     ? (int)APPOINTMENTS_PREVIEW_CLASHES
           : plan->kind == PLAN_REPEAT ? (int)APPOINTMENT_REPEAT_PREVIEW_CLASHES
                                       : (int)APPOINTMENT_SERIES_PREVIEW_CLASHES;
}

static int start_column(const struct calendar_plan *plan)
{
    return plan->kind == PLAN_MOVE     ? (int)APPOINTMENTS_PREVIEW_STARTS
           : plan->kind == PLAN_REPEAT ? (int)APPOINTMENT_REPEAT_PREVIEW_STARTS
                                       : (int)APPOINTMENT_SERIES_PREVIEW_STARTS;
}

static int clashes(const struct calendar_plan *plan)
{
    int count = 0;
    for (int row = 0; row < rowset_count(plan->preview); row++)
        count += !rowset_null(plan->preview, row, clash_column(plan));
    return count;
}

static int first_clash(const struct calendar_plan *plan)
{
    for (int row = 0; row < rowset_count(plan->preview); row++)
        if (!rowset_null(plan->preview, row, clash_column(plan)))
            return row;
    return -1;
}

static void on_alike(void *arg, const struct reply *reply)
{
    struct calendar_plan *plan = arg;
    plan->alike_ticket = 0;
    if (reply->status != STATUS_OK) {
        refused(plan, reply);
        return;
    }
    rowset_free(plan->alike);
    plan->alike = rowset_keep(reply->rows);
    if (plan->choices && rowset_count(plan->alike) > 1) {
        plan->scope = plan->choices % SCOPES;
        if (plan->kind == PLAN_MOVE)
            ask_preview(plan);
    }
    plan->choices = 0;
    answered(plan);
}

/* ---- Beginning ---- */

bool calendar_plan_begin(struct calendar_plan *plan, enum plan_kind kind, const struct calendar_session *sessions,
                         int count)
{
    forget(plan);
    for (int i = 0; i < count; i++)
        if (sessions[i].invoice[0] && kind != PLAN_REPEAT && kind != PLAN_EDIT) {
            app_say(plan->app, ROLE_WARN, "%s is on the invoice %s: that must be voided first.", sessions[i].title,
                    sessions[i].invoice);
            return false;
        }
    plan->kind = kind;
    plan->sessions = mem_array((size_t)count, sizeof *sessions);
    memcpy(plan->sessions, sessions, (size_t)count * sizeof *sessions);
    plan->count = count;
    plan->days = plan->minutes = 0;
    plan->scope = SCOPE_THIS;
    plan->skip = false;
    if (kind == PLAN_MOVE || kind == PLAN_DELETE || kind == PLAN_EDIT) {
        char id[24];
        snprintf(id, sizeof id, "%lld", (long long)sessions->id);
        const char *params[] = {id};
        plan->alike_ticket = db_send(app_db(plan->app), &QUERY_APPOINTMENT_SCOPE, params, on_alike, plan);
    }
    plan->changed(plan->ctx, false);
    return true;
}

bool calendar_plan_mark(struct calendar_plan *plan, bool attended, const struct calendar_session *sessions, int count)
{
    return calendar_plan_begin(plan, attended ? PLAN_ATTENDED : PLAN_MISSED, sessions, count);
}

bool calendar_plan_move(struct calendar_plan *plan, const struct calendar_session *session)
{
    return calendar_plan_begin(plan, PLAN_MOVE, session, 1);
}

bool calendar_plan_delete(struct calendar_plan *plan, const struct calendar_session *session)
{
    return calendar_plan_begin(plan, PLAN_DELETE, session, 1);
}

void calendar_plan_repeat(struct calendar_plan *plan, const struct calendar_session *session, int weeks)
{
    calendar_plan_begin(plan, PLAN_REPEAT, session, 1);
    plan->weeks = weeks;
    ask_preview(plan);
}

void calendar_plan_new_session(struct calendar_plan *plan, int64_t member, const char *name, int day, int start,
                               int minutes, int64_t fee)
{
    struct calendar_session one = {.member = member, .day = day, .start = start, .end = start + minutes, .fee = fee};
    snprintf(one.title, sizeof one.title, "%s", name);
    calendar_plan_begin(plan, PLAN_NEW, &one, 1);
    ask_preview(plan);
}

void calendar_plan_edit(struct calendar_plan *plan, const struct calendar_session *session, int64_t fee,
                        const char *notes)
{
    calendar_plan_begin(plan, PLAN_EDIT, session, 1);
    plan->fee = fee;
    plan->notes_stay = !notes;
    snprintf(plan->notes, sizeof plan->notes, "%s", notes ? notes : "");
}

void calendar_plan_shift(struct calendar_plan *plan, int days, int minutes)
{
    int start = plan->sessions->start + plan->minutes + minutes;
    if (start < 0 || start >= 1440)
        return;
    plan->days += days;
    plan->minutes += minutes;
    plan->confirmed = false; /* what was confirmed was another time */
    rowset_free(plan->preview);
    plan->preview = NULL;
    ask_preview(plan);
    plan->changed(plan->ctx, false);
}

void calendar_plan_shifted(const struct calendar_plan *plan, int *days, int *minutes)
{
    *days = plan->kind == PLAN_MOVE ? plan->days : 0;
    *minutes = plan->kind == PLAN_MOVE ? plan->minutes : 0;
}

int64_t calendar_plan_moving(const struct calendar_plan *plan)
{
    return plan->kind == PLAN_MOVE ? plan->sessions->id : 0;
}

void calendar_plan_next_choice(struct calendar_plan *plan)
{
    plan->confirmed = false;
    if (plan->kind == PLAN_REPEAT)
        plan->skip = !plan->skip;
    else if (plan->alike_ticket)
        plan->choices++;
    else if (rowset_count(plan->alike) > 1)
        plan->scope = (plan->scope + 1) % SCOPES;
    if (plan->kind == PLAN_MOVE && !plan->alike_ticket)
        ask_preview(plan);
    plan->changed(plan->ctx, false);
}

/* ---- Saving ---- */

static void on_saved(void *owner, int64_t key, const struct change_reply *reply)
{
    struct calendar_plan *plan = owner;
    (void)key;
    plan->sent.conflict = reply->outcome == CHANGE_CONFLICT && plan->sent.kind != PLAN_NONE; /* shown once it is read */
    plan->changed(plan->ctx, reply->outcome == CHANGE_SAVED || reply->outcome == CHANGE_CONFLICT);
}

static char *changes_of(const struct calendar_plan *plan)
{
    char fee[MONEY_TEXT_MAX], start[PRESENT_MAX], end[PRESENT_MAX];
    const struct calendar_session *one = plan->sessions;
    json_t *object = json_object();
    if (plan->kind == PLAN_EDIT) {
        if (!plan->notes_stay)
            json_object_set_new(object, "notes", plan->notes[0] ? json_string(plan->notes) : json_null());
        if (plan->fee != one->fee)
            json_object_set_new(object, "fee", json_string(money_iso(plan->fee, fee)));
    } else if (plan->kind == PLAN_NEW) {
        json_object_set_new(object, "fee", json_string(money_iso(one->fee, fee)));
        json_object_set_new(object, "userId", json_integer(one->member));
        json_object_set_new(object, "startTime", json_string(moment(one->day, one->start, start)));
        json_object_set_new(object, "endTime", json_string(moment(one->day, one->end, end)));
    }
    char *text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    return text;
}

static void send(struct calendar_plan *plan, const char *what)
{
    const struct calendar_session *one = plan->sessions;
    if (!one)
        return;
    char days[16], minutes[16], weeks[16], weekday[8], id[24], start[PRESENT_MAX], fee[MONEY_TEXT_MAX];
    struct str ids = {0}, versions = {0};
    char *changes = changes_of(plan);
    lists(plan, &ids, &versions);
    snprintf(days, sizeof days, "%d", plan->days);
    snprintf(minutes, sizeof minutes, "%d", plan->kind == PLAN_NEW ? one->end - one->start : plan->minutes);
    snprintf(weeks, sizeof weeks, "%d", plan->weeks);
    snprintf(weekday, sizeof weekday, "{%d}", date_weekday(one->day));
    snprintf(id, sizeof id, "%lld", (long long)(plan->kind == PLAN_NEW ? one->member : one->id));
    const char *marking[] = {str_text(&ids), str_text(&versions),
                             plan->kind == PLAN_ATTENDED ? "ATTENDED" : "NOT_ATTENDED"};
    const char *saving[] = {str_text(&ids), str_text(&versions), days, minutes, NULL, changes};
    const char *repeating[] = {id, one->version, weekday, weeks, plan->skip ? "true" : "false"};
    const char *making[] = {
        id, moment(one->day, one->start, start), minutes, money_iso(one->fee, fee), NULL, weekday, "0", "false"};
    switch (plan->kind) {
    case PLAN_ATTENDED:
    case PLAN_MISSED:
        app_change(plan->app, &QUERY_APPOINTMENT_MARK, marking, what, plan, 0, on_saved);
        break;
    case PLAN_MOVE:
    case PLAN_EDIT:
        app_change(plan->app, &QUERY_APPOINTMENTS_SAVE, saving, what, plan, 0, on_saved);
        break;
    case PLAN_DELETE:
        app_change(plan->app, &QUERY_APPOINTMENTS_DELETE, saving, what, plan, 0, on_saved);
        break;
    case PLAN_REPEAT:
        app_change(plan->app, &QUERY_APPOINTMENT_REPEAT, repeating, what, plan, 0, on_saved);
        break;
    case PLAN_NEW: /* a series of one: its time is by the clock where the business is */
        app_change(plan->app, &QUERY_APPOINTMENT_SERIES, making, what, plan, 0, on_saved);
        break;
    case PLAN_NONE:
        break;
    }
    free(changes);
    str_fini(&ids);
    str_fini(&versions);
}

void calendar_plan_commit(struct calendar_plan *plan)
{
    static const char *const verbs[] = {
        [PLAN_ATTENDED] = "attended", [PLAN_MISSED] = "not attended",       [PLAN_MOVE] = "moved",
        [PLAN_DELETE] = "deleted",    [PLAN_REPEAT] = "repeated each week", [PLAN_NEW] = "booked",
        [PLAN_EDIT] = "changed"};
    int count = meant_count(plan);
    char what[128];
    if (waits(plan)) {
        plan->confirmed = plan->kind != PLAN_DELETE; /* nothing is deleted before it was shown */
        plan->changed(plan->ctx, false);
        return;
    }
    if (first_clash(plan) >= 0 && !(plan->kind == PLAN_REPEAT && plan->skip)) {
        app_say(plan->app, ROLE_WARN, "That time is taken: %s",
                rowset_text(plan->preview, first_clash(plan), clash_column(plan)));
        plan->changed(plan->ctx, false);
        return;
    }
    if (count > 1)
        snprintf(what, sizeof what, "%d appointments %s", count, verbs[plan->kind]);
    else
        snprintf(what, sizeof what, "%s %s", plan->sessions->title, verbs[plan->kind]);
    calendar_plan_keep_sent(plan);
    send(plan, what);
    forget(plan);
    plan->changed(plan->ctx, false);
}

/* ---- In words ---- */

static const char *scope_words(const struct calendar_plan *plan)
{
    static const char *const words[] = {"this one", "this and the following", "all of the series"};
    return words[plan->scope];
}

void calendar_plan_line(const struct calendar_plan *plan, struct line *line)
{
    int count = meant_count(plan);
    switch (plan->kind) {
    case PLAN_ATTENDED:
    case PLAN_MISSED:
        line_add(line, ROLE_WARN, "Mark %d %s?", count, plan->kind == PLAN_ATTENDED ? "attended" : "not attended");
        break;
    case PLAN_MOVE:
        line_add(line, ROLE_WARN, "Move %s: arrows.", scope_words(plan));
        break;
    case PLAN_DELETE:
        line_add(line, ROLE_BAD, "Delete %s (%d)? D again does it.", scope_words(plan), count);
        break;
    case PLAN_REPEAT:
        line_add(line, ROLE_WARN, "Repeat for %d further weeks?", plan->weeks);
        break;
    case PLAN_NEW:
        line_add(line, ROLE_WARN, "Book %s?", plan->sessions->title);
        break;
    case PLAN_EDIT:
        line_add(line, ROLE_WARN, "Change %s (%d)?", scope_words(plan), count);
        break;
    case PLAN_NONE:
        return;
    }
    if (clashes(plan))
        line_add(line, ROLE_BAD, " %d clash%s.", clashes(plan), clashes(plan) == 1 ? "" : "es");
    if (plan->confirmed) {
        line_add(line, ROLE_ACCENT, "%s",
                 plan->preview_ticket ? " Saved once nothing clashes. Esc: drop"
                                      : " Saved once the series is known. Esc: drop");
        return;
    }
    line_add(line, ROLE_DIM, plan->kind == PLAN_DELETE ? " Enter, Esc: keep" : " Enter: save, Esc: drop");
    if (plan->kind == PLAN_REPEAT || rowset_count(plan->alike) > 1)
        line_add(line, ROLE_DIM, plan->kind == PLAN_REPEAT ? ", v: clashes" : ", v: this/following/all");
}

void calendar_plan_build(const struct calendar_plan *plan, struct doc *doc)
{
    char text[PRESENT_MAX], fee[MONEY_TEXT_MAX];
    enum { NAMES = 8 };
    int kept = 0;
    for (int i = 0; i < plan->count && i < NAMES; i++) {
        const struct calendar_session *one = &plan->sessions[i];
        doc_line(doc);
        doc_span(doc, ROLE_DIM, "%s ", date_short(one->day, text));
        doc_span(doc, ROLE_TEXT, "%02d:%02d %s", one->start / 60, one->start % 60, one->title);
        money_format(plan->kind == PLAN_EDIT ? plan->fee : one->fee, fee);
        doc_room(doc, 2 + utf8_width(fee), 0);
        doc_span(doc, ROLE_TEXT, "  %s", fee);
    }
    if (plan->count > NAMES) {
        doc_line(doc);
        doc_span(doc, ROLE_DIM, "+%d more", plan->count - NAMES);
    }
    if (plan->kind == PLAN_EDIT && plan->notes[0]) {
        doc_line(doc);
        doc_wrap(doc, 0, ROLE_TEXT, plan->notes);
    }
    for (int row = 0; row < rowset_count(plan->alike); row++)
        kept += !rowset_null(plan->alike, row, APPOINTMENT_SCOPE_INVOICE);
    if (rowset_count(plan->alike) > 1) {
        doc_line(doc);
        doc_span(doc, ROLE_DIM, "of a series of %d: ", rowset_count(plan->alike));
        doc_span(doc, ROLE_STRONG, "%s", scope_words(plan));
        if (kept && plan->scope != SCOPE_THIS)
            doc_span(doc, ROLE_WARN, ", %d invoiced stay%s", kept, kept == 1 ? "s" : "");
    }
    for (int row = 0; row < rowset_count(plan->preview); row++) {
        bool clash = !rowset_null(plan->preview, row, clash_column(plan));
        doc_line(doc);
        doc_span(doc, ROLE_TEXT, "%s %s ", glyph(GLYPH_ARROW),
                 present_moment(plan->preview, row, start_column(plan), text));
        if (clash)
            doc_span(doc, ROLE_BAD, "clash: %s", rowset_text(plan->preview, row, clash_column(plan)));
        else
            doc_span(doc, ROLE_GOOD, "ok");
    }
    if (plan->kind == PLAN_REPEAT && clashes(plan)) {
        doc_line(doc);
        doc_span(doc, ROLE_STRONG, "%s",
                 plan->skip ? "Dates that clash are left out."
                            : "Nothing is booked while one clashes; v leaves those out.");
    }
}
