/* One member: overview and check-ins. Route: member/ID[/overview|entries]. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "member_entries.h"
#include "member_overview.h"
#include "present.h"

static const char *const tab_names[] = {"overview", "entries"};
enum { TAB_OVERVIEW, TAB_ENTRIES, TAB_COUNT };

struct member {
    struct screen screen;
    struct layout pane;
    int64_t id;
    int tab;
    struct doc *overview;
    struct member_entries *entries;
    struct rowset *rows, *trends;
    db_ticket ticket, trends_ticket;
};

static void show_tab(struct member *self)
{
    self->pane.widget = self->tab == TAB_OVERVIEW ? doc_widget(self->overview) : member_entries_widget(self->entries);
    layout_focus(&self->pane, self->pane.widget);
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
        app_loaded(self->screen.app, &self->screen);
        doc_rebuild(self->overview);
    }
    app_changed(self->screen.app, REPAINT);
}

static void on_trends(void *arg, const struct reply *reply)
{
    struct member *self = arg;
    self->trends_ticket = 0;
    if (reply->status != STATUS_OK)
        return; /* the overview's own answer says what is wrong */
    rowset_free(self->trends);
    self->trends = rowset_keep(reply->rows);
    doc_rebuild(self->overview);
    app_changed(self->screen.app, REPAINT);
}

static void load(struct screen *screen)
{
    struct member *self = (struct member *)screen;
    struct db *db = app_db(screen->app);
    char id[24], monday[DATE_TEXT_MAX];
    snprintf(id, sizeof id, "%lld", (long long)self->id);
    const char *params[] = {id, date_iso(date_monday(app_session(screen->app)->today), monday)};
    db_cancel(db, self->ticket, true);
    db_cancel(db, self->trends_ticket, true);
    self->ticket = db_send(db, &QUERY_MEMBER_OVERVIEW, params, on_overview, self);
    self->trends_ticket = db_send(db, &QUERY_REVIEW_TRENDS, params, on_trends, self);
    member_entries_load(self->entries);
}

static void build(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct member *self = ctx;
    if (!self->rows) {
        doc_line(doc);
        doc_text(doc, ROLE_DIM, "reading");
    } else if (!rowset_count(self->rows)) {
        doc_line(doc);
        doc_wrap(doc, 0, ROLE_WARN, "No such member, or not one that you may see.");
    } else {
        member_overview_build(self->screen.app, doc, self->rows, self->trends, cols, rows);
    }
}

static struct screen *open_member(struct app *app, const struct route *route)
{
    int64_t id;
    int tab = 0;
    if (!route_id(route, 1, &id) || route->count > 3)
        return NULL;
    if (route->count == 3) {
        while (tab < TAB_COUNT && !str_equal(tab_names[tab], route->parts[2]))
            tab++;
        if (tab == TAB_COUNT)
            return NULL;
    }
    struct member *self = mem_alloc(sizeof *self);
    self->screen.ops = &member_screen;
    self->screen.app = app;
    self->screen.layout = &self->pane;
    self->id = id;
    self->tab = tab;
    self->overview = doc_new();
    doc_on_build(self->overview, build, self);
    self->entries = member_entries_new(app, id);
    self->pane.kind = LAYOUT_PANE;
    show_tab(self);
    return &self->screen;
}

static void close_member(struct screen *screen)
{
    struct member *self = (struct member *)screen;
    db_cancel(app_db(screen->app), self->ticket, true);
    db_cancel(app_db(screen->app), self->trends_ticket, true);
    member_entries_free(self->entries);
    doc_free(self->overview);
    rowset_free(self->rows);
    rowset_free(self->trends);
    free(self);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct member *self = (const struct member *)screen;
    route_format(out, "member/%lld/%s", (long long)self->id, tab_names[self->tab]);
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    static const char *const titles[] = {"Overview", "Entries"};
    const struct member *self = (const struct member *)screen;
    line_add(left, ROLE_DIM, "Members %s ", glyph(GLYPH_CRUMB));
    line_add(left, ROLE_STRONG, "%s", rowset_count(self->rows) ? rowset_text(self->rows, 0, MEMBER_OVERVIEW_NAME) : "");
    line_add(left, ROLE_DIM, "  #%lld", (long long)self->id);
    for (int i = 0; i < TAB_COUNT; i++) {
        line_add(right, ROLE_KEY, "%d ", i + 1);
        line_add(right, i == self->tab ? ROLE_STRONG : ROLE_DIM, "%s", titles[i]);
        line_add(right, ROLE_TEXT, i + 1 < TAB_COUNT ? "   " : "");
    }
}

static void status(const struct screen *screen, struct line *left)
{
    const struct member *self = (const struct member *)screen;
    if (self->tab == TAB_ENTRIES)
        member_entries_status(self->entries, left);
    else
        line_add(left, ROLE_DIM, "weights in %s", app_weight_unit(screen->app));
}

static void reflow(struct screen *screen, int rows, int cols)
{
    (void)rows;
    (void)cols;
    doc_rebuild(((struct member *)screen)->overview);
}

static bool accepts(const struct screen *screen, enum action action)
{
    (void)screen;
    return action == ACTION_TAB || action == ACTION_NEXT_RECORD || action == ACTION_PREVIOUS_RECORD;
}

static unsigned step(struct member *self, int steps)
{
    int64_t id;
    if (app_step_record(self->screen.app, steps, &id))
        app_replace(self->screen.app, "member/%lld/%s", (long long)id, tab_names[self->tab]);
    else
        app_say(self->screen.app, ROLE_DIM, "There is no %s member in the list that this one was opened from.",
                steps > 0 ? "next" : "previous");
    return TAKEN;
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct member *self = (struct member *)screen;
    int steps = times ? times : 1;
    switch (action) {
    case ACTION_NEXT_RECORD:
        return step(self, steps);
    case ACTION_PREVIOUS_RECORD:
        return step(self, -steps);
    case ACTION_TAB:
        if (times < 1 || times > TAB_COUNT)
            return TAKEN;
        self->tab = times - 1;
        show_tab(self);
        return REFLOW;
    default:
        return NOT_TAKEN;
    }
}

static int tab_of(const struct screen *screen)
{
    return ((const struct member *)screen)->tab + 1;
}

static const enum action hints[] = {
    ACTION_TAB, ACTION_NEXT_RECORD, ACTION_PREVIOUS_RECORD, ACTION_UNITS, ACTION_PALETTE, ACTION_HELP, ACTION_BACK};

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
    .tab = tab_of,
    .shows =
        "appointments coach_notes cohort_memberships entries healthkit_workouts invoices member_frequencies payments "
        "sleep_records users weekly_questionnaire_responses workouts",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
