/* One member: overview with charts, and the lists of what there is about them. Route: member/ID[/TAB]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "centurion/term/term.h"
#include "member_charts.h"
#include "member_list.h"
#include "member_overview.h"

enum { WIDE_COLS = 100 };
enum { TAB_OVERVIEW, TAB_ENTRIES, TAB_NOTES, TAB_QUESTIONNAIRES, TAB_SESSIONS, TAB_BILLING, TAB_HEALTH, TAB_LOG, TABS };

/* The number of a tab is its key, for whoever sees it. */
static const struct tab {
    const char *name, *title, *brief;
    const struct member_list_kind *kind; /* NULL: no list */
    bool period;                         /* shows what is in the period */
    unsigned people;
} tabs[TABS] = {
    [TAB_OVERVIEW] = {"overview", "Overview", "Over", NULL, true, PERSON_COACH | PERSON_ADMIN},
    [TAB_ENTRIES] = {"entries", "Entries", "Entries", &member_entries_kind, false, PERSON_COACH | PERSON_ADMIN},
    [TAB_NOTES] = {"notes", "Notes", "Notes", &member_notes_kind, false, PERSON_COACH | PERSON_ADMIN},
    [TAB_QUESTIONNAIRES] = {"questionnaires", "Quest", "Quest", &member_questionnaires_kind, false,
                            PERSON_COACH | PERSON_ADMIN},
    [TAB_SESSIONS] = {"appointments", "Sessions", "PT", &member_sessions_kind, false, PERSON_COACH | PERSON_ADMIN},
    [TAB_BILLING] = {"billing", "Billing", "Bill", &member_invoices_kind, false, PERSON_ADMIN},
    [TAB_HEALTH] = {"health", "Health", "Health", &member_health_kind, true, PERSON_COACH | PERSON_ADMIN},
    [TAB_LOG] = {"log", "Log", "Log", &member_log_kind, false, PERSON_COACH | PERSON_ADMIN},
};

struct member {
    struct screen screen;
    struct layout root, overview_pane, charts_pane;
    int64_t id;
    int tab;
    struct member_period period;
    struct doc *overview, *charts;
    struct member_list *lists[TABS];
    struct rowset *rows, *series;
    db_ticket ticket, series_ticket, logged_ticket;
    bool logged; /* that the record was opened, once */
    bool asking; /* for a date */
};

static struct member_list *list_of(const struct member *self)
{
    return self->lists[self->tab];
}

static bool may_open(const struct app *app, int tab)
{
    return tabs[tab].people & app_session(app)->person;
}

/* ---- Data ---- */

static void on_logged(void *arg, const struct reply *reply)
{
    struct member *self = arg;
    self->logged_ticket = 0;
    if (reply->status != STATUS_OK)
        app_fault(self->screen.app, reply->error);
}

/* Whoever opens a record is in the log: when there is one, and once, however often it is read again. */
static void log_opening(struct member *self)
{
    char id[24];
    if (self->logged || !rowset_count(self->rows))
        return;
    self->logged = true;
    snprintf(id, sizeof id, "%lld", (long long)self->id);
    self->logged_ticket = db_send(app_db(self->screen.app), &QUERY_MEMBER_READ,
                                  (const char *const[]){id, "READ_CLIENT"}, on_logged, self);
}

static void on_overview(void *arg, const struct reply *reply)
{
    struct member *self = arg;
    self->ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
    } else {
        rowset_free(self->rows);
        self->rows = rowset_keep(reply->rows);
        log_opening(self);
        app_loaded(self->screen.app, &self->screen);
        doc_rebuild(self->overview);
    }
    app_changed(self->screen.app, REPAINT);
}

static void on_series(void *arg, const struct reply *reply)
{
    struct member *self = arg;
    self->series_ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
        return;
    }
    rowset_free(self->series);
    self->series = rowset_keep(reply->rows);
    doc_rebuild(self->overview);
    doc_rebuild(self->charts);
    app_changed(self->screen.app, REPAINT);
}

/* Only what is looked at. */
static void read_tab(struct member *self)
{
    struct db *db = app_db(self->screen.app);
    char id[24], days[12], last[DATE_TEXT_MAX];
    if (list_of(self)) {
        member_list_load(list_of(self), self->period.last, self->period.days);
        return;
    }
    snprintf(id, sizeof id, "%lld", (long long)self->id);
    snprintf(days, sizeof days, "%d", self->period.days);
    db_cancel(db, self->series_ticket, true);
    self->series_ticket = db_send(db, &QUERY_MEMBER_SERIES,
                                  (const char *const[]){id, date_iso(self->period.last, last), days}, on_series, self);
}

static void load(struct screen *screen)
{
    struct member *self = (struct member *)screen;
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)self->id);
    db_cancel(app_db(screen->app), self->ticket, true);
    self->ticket = db_send(app_db(screen->app), &QUERY_MEMBER_OVERVIEW, (const char *const[]){id}, on_overview, self);
    read_tab(self);
}

/* ---- The overview: beside it the charts, or below it where it is narrow ---- */

static void build_overview(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct member *self = ctx;
    bool narrow = self->root.child_count == 1;
    (void)rows;
    if (!self->rows) {
        doc_line(doc);
        doc_text(doc, ROLE_DIM, "reading");
    } else if (!rowset_count(self->rows)) {
        doc_line(doc);
        doc_wrap(doc, 0, ROLE_WARN, "No such member, or not one that you may see.");
    } else {
        member_overview_build(self->screen.app, doc, self->rows, narrow ? self->series : NULL, cols);
        if (!narrow)
            return;
        doc_blank(doc);
        member_charts_build(self->screen.app, doc, self->series, 0);
    }
}

static void build_charts(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct member *self = ctx;
    (void)cols;
    if (rowset_count(self->rows))
        member_charts_build(self->screen.app, doc, self->series, rows);
}

/* ---- Screen ---- */

static void show_tab(struct member *self)
{
    if (list_of(self)) {
        self->screen.layout = member_list_layout(list_of(self));
        member_list_focus(list_of(self));
        return;
    }
    self->screen.layout = &self->root;
    layout_focus(&self->root, doc_widget(self->overview));
}

static struct screen *open_member(struct app *app, const struct route *route)
{
    int64_t id;
    int tab = 0;
    if (!route_id(route, 1, &id) || route->count > 3)
        return NULL;
    while (route->count == 3 && tab < TABS && !str_equal(tabs[tab].name, route->parts[2]))
        tab++;
    if (tab == TABS || !may_open(app, tab))
        return NULL;
    struct member *self = mem_alloc(sizeof *self);
    self->screen.ops = &member_screen;
    self->screen.app = app;
    self->id = id;
    self->tab = tab;
    self->period = member_period_kept(app);
    self->overview = doc_new();
    doc_on_build(self->overview, build_overview, self);
    self->charts = doc_new();
    doc_on_build(self->charts, build_charts, self);
    for (int i = 0; i < TABS; i++)
        if (tabs[i].kind && may_open(app, i))
            self->lists[i] = member_list_new(&self->screen, id, tabs[i].kind);
    self->overview_pane = (struct layout){.kind = LAYOUT_PANE, .weight = 50, .widget = doc_widget(self->overview)};
    self->charts_pane = (struct layout){.kind = LAYOUT_PANE, .weight = 50, .widget = doc_widget(self->charts)};
    self->root = (struct layout){
        .kind = LAYOUT_BESIDE, .children = {&self->overview_pane, &self->charts_pane}, .child_count = 1};
    show_tab(self);
    return &self->screen;
}

static void close_member(struct screen *screen)
{
    struct member *self = (struct member *)screen;
    struct db *db = app_db(screen->app);
    db_cancel(db, self->ticket, true);
    db_cancel(db, self->series_ticket, true);
    db_cancel(db, self->logged_ticket, false);
    for (int i = 0; i < TABS; i++)
        member_list_free(self->lists[i]);
    doc_free(self->overview);
    doc_free(self->charts);
    rowset_free(self->rows);
    rowset_free(self->series);
    free(self);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct member *self = (const struct member *)screen;
    route_format(out, "member/%lld/%s", (long long)self->id, tabs[self->tab].name);
}

/* Eight tabs leave a narrow line room for the name only. */
static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    const struct member *self = (const struct member *)screen;
    bool wide = term_cols() >= WIDE_COLS;
    if (wide)
        line_add(left, ROLE_DIM, "Members %s ", glyph(GLYPH_CRUMB));
    line_add(left, ROLE_STRONG, "%s", rowset_count(self->rows) ? rowset_text(self->rows, 0, MEMBER_OVERVIEW_NAME) : "");
    if (wide)
        line_add(left, ROLE_DIM, "  #%lld", (long long)self->id);
    for (int i = 0; i < TABS; i++) {
        if (!may_open(screen->app, i))
            continue;
        line_add(right, ROLE_KEY, "%s%d ", !right->count ? "" : wide ? "  " : " ", i + 1);
        line_add(right, i == self->tab ? ROLE_STRONG : ROLE_DIM, "%s", wide ? tabs[i].title : tabs[i].brief);
    }
}

static void status(const struct screen *screen, struct line *left)
{
    const struct member *self = (const struct member *)screen;
    if (tabs[self->tab].period) {
        member_period_line(screen->app, &self->period, left);
        line_add(left, ROLE_TEXT, "   ");
    }
    if (list_of(self))
        member_list_status(list_of(self), left);
    if (self->tab == TAB_OVERVIEW || self->tab == TAB_ENTRIES)
        line_add(left, ROLE_DIM, "%sweights in %s", self->tab == TAB_ENTRIES ? "   " : "",
                 app_weight_unit(screen->app));
    if (self->tab == TAB_ENTRIES)
        line_add(left, ROLE_DIM, "   m typed  h from health data");
}

static void reflow(struct screen *screen, int rows, int cols)
{
    struct member *self = (struct member *)screen;
    (void)rows;
    self->root.child_count = cols >= WIDE_COLS ? 2 : 1;
    if (list_of(self))
        member_list_reflow(list_of(self), cols);
    doc_rebuild(self->overview);
    doc_rebuild(self->charts);
}

/* ---- Actions ---- */

static bool accepts(const struct screen *screen, enum action action)
{
    const struct member *self = (const struct member *)screen;
    const struct rowset *rows;
    int row;
    switch (action) {
    case ACTION_TAB:
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        return true;
    case ACTION_PERIOD_BACK:
    case ACTION_PERIOD_DATE:
    case ACTION_MODE:
        return tabs[self->tab].period;
    case ACTION_PERIOD_FORWARD:
    case ACTION_PERIOD_TODAY:
        return tabs[self->tab].period && self->period.last < app_session(screen->app)->today;
    case ACTION_OPEN:
        return (self->tab == TAB_SESSIONS || self->tab == TAB_ENTRIES) &&
               member_list_cursor(list_of(self), &rows, &row);
    default:
        return list_of(self) && member_list_accepts(list_of(self), action);
    }
}

static unsigned step(struct member *self, int steps)
{
    int64_t id;
    if (app_step_record(self->screen.app, steps, &id))
        app_replace(self->screen.app, "member/%lld/%s", (long long)id, tabs[self->tab].name);
    else
        app_say(self->screen.app, ROLE_DIM, "There is no %s member in the list that this one was opened from.",
                steps > 0 ? "next" : "previous");
    return TAKEN;
}

static unsigned go_tab(struct member *self, int tab)
{
    if (tab < 0 || tab >= TABS)
        return TAKEN;
    if (!may_open(self->screen.app, tab)) {
        app_say(self->screen.app, ROLE_DIM, "%s is for administrators.", tabs[tab].title);
        return TAKEN;
    }
    self->tab = tab;
    show_tab(self);
    read_tab(self);
    return REFLOW;
}

static unsigned go_period(struct member *self, int last)
{
    member_period_set_last(self->screen.app, &self->period, last);
    read_tab(self);
    return REPAINT;
}

static void open_row(struct member *self)
{
    const struct rowset *rows;
    int row;
    char day[DATE_TEXT_MAX];
    if (!list_of(self) || !member_list_cursor(list_of(self), &rows, &row))
        return;
    if (self->tab == TAB_ENTRIES)
        app_open(self->screen.app, "entries/month/%lld/%s", (long long)self->id,
                 date_iso(rowset_date(rows, row, MEMBER_ENTRIES_DATE), day));
    if (self->tab == TAB_SESSIONS)
        app_open(self->screen.app, "calendar/%s", date_iso(rowset_date(rows, row, MEMBER_APPOINTMENTS_STARTS), day));
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct member *self = (struct member *)screen;
    int steps = times > 0 ? times : 1, today = app_session(screen->app)->today;
    char day[DATE_TEXT_MAX];
    switch (action) {
    case ACTION_NEXT_RECORD:
        return step(self, steps);
    case ACTION_PREVIOUS_RECORD:
        return step(self, -steps);
    case ACTION_TAB:
        return go_tab(self, times - 1);
    case ACTION_PERIOD_BACK:
        return go_period(self, self->period.last - self->period.days);
    case ACTION_PERIOD_FORWARD:
        return go_period(self, self->period.last + self->period.days);
    case ACTION_PERIOD_TODAY:
        return go_period(self, today);
    case ACTION_PERIOD_DATE:
        self->asking = true;
        app_ask(screen->app, "Up to the day (YYYY-MM-DD)", date_iso(self->period.last, day));
        return REPAINT;
    case ACTION_MODE:
        member_period_longer(screen->app, &self->period);
        read_tab(self);
        return REPAINT;
    case ACTION_OPEN:
        open_row(self);
        return TAKEN;
    default:
        return list_of(self) ? member_list_act(list_of(self), action, times) : NOT_TAKEN;
    }
}

static void moved(struct screen *screen)
{
    struct member *self = (struct member *)screen;
    if (list_of(self))
        member_list_moved(list_of(self));
}

static void answer(struct screen *screen, const char *text)
{
    struct member *self = (struct member *)screen;
    int day;
    if (!self->asking) {
        if (list_of(self))
            member_list_answer(list_of(self), text);
        return;
    }
    if (!date_parse(text, &day)) {
        app_ask_error(screen->app, "a day looks like 2026-01-16");
        return;
    }
    self->asking = false;
    go_period(self, day);
    app_changed(screen->app, REPAINT);
}

static void typed(struct screen *screen, const char *text)
{
    struct member *self = (struct member *)screen;
    if (!self->asking && list_of(self))
        member_list_typed(list_of(self), text);
    self->asking = self->asking && text;
}

static int tab_of(const struct screen *screen)
{
    return ((const struct member *)screen)->tab + 1;
}

static const enum action hints[] = {ACTION_OPEN,           ACTION_TAB,     ACTION_FILTER,      ACTION_PERIOD_BACK,
                                    ACTION_PERIOD_FORWARD, ACTION_MODE,    ACTION_NEXT_RECORD, ACTION_PREVIOUS_RECORD,
                                    ACTION_UNITS,          ACTION_PALETTE, ACTION_HELP,        ACTION_BACK};

const struct screen_ops member_screen = {
    .id = "member",
    .title = "member",
    .people = PERSON_COACH | PERSON_ADMIN,
    .open = open_member,
    .close = close_member,
    .load = load,
    .route = route_of,
    .reflow = reflow,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .moved = moved,
    .answer = answer,
    .typed = typed,
    .tab = tab_of,
    .shows =
        "appointments coach_notes cohort_memberships entries healthkit_workouts invoices member_frequencies payments "
        "sleep_records users weekly_questionnaire_responses workouts",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
