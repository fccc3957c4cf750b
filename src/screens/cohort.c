/* One cohort: members, coaches, questionnaires, prompts, statistics. Route: cohort/ID[/tab]. */
#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/doc.h"
#include "centurion/ui/table.h"
#include "cohort_edit.h"
#include "cohort_people.h"
#include "cohort_prompts.h"
#include "cohort_weeks.h"
#include "present.h"

enum { TAB_MEMBERS, TAB_COACHES, TAB_QUESTIONNAIRES, TAB_PROMPTS, TAB_STATISTICS, TAB_COUNT };
static const char *const tab_names[TAB_COUNT] = {"members", "coaches", "questionnaires", "prompts", "statistics"};

struct cohort {
    struct screen screen;
    struct layout pane;
    int64_t id;
    int tab;
    struct cohort_people *members, *coaches;
    struct table *bundles;
    struct cohort_prompts *prompts;
    struct doc *statistics;
    struct cohort_edit *edit;
    struct rowset *record, *bundle_rows, *weeks;
    db_ticket ticket, bundles_ticket, weeks_ticket;
};

/* ---- Questionnaires ---- */

enum { BUNDLE_WEEK, BUNDLE_TITLE, BUNDLE_QUESTIONS, BUNDLE_OPENS, BUNDLE_STATE, BUNDLE_DONE, BUNDLE_STARTED };

static const struct table_column bundle_columns[] = {
    [BUNDLE_WEEK] = {.id = "week", .title = "Week", .cols = 4, .right = true},
    [BUNDLE_TITLE] = {.id = "title", .title = "Title", .cols = 16, .max_cols = 50, .flexible = true},
    [BUNDLE_QUESTIONS] = {.id = "questions", .title = "Asks", .cols = 4, .rank = 2, .right = true},
    [BUNDLE_OPENS] = {.id = "opens", .title = "Open", .cols = 16, .rank = 1},
    [BUNDLE_STATE] = {.id = "state", .title = "State", .cols = 8},
    [BUNDLE_DONE] = {.id = "done", .title = "Answered", .cols = 12, .right = true},
    [BUNDLE_STARTED] = {.id = "started", .title = "Started", .cols = 7, .rank = 3, .right = true},
};

static int bundle_count(void *ctx)
{
    return rowset_count(((struct cohort *)ctx)->bundle_rows);
}

static int64_t bundle_key(void *ctx, int row)
{
    return rowset_int(((struct cohort *)ctx)->bundle_rows, row, COHORT_BUNDLES_ID);
}

static bool bundle_muted(void *ctx, int row)
{
    return !rowset_bool(((struct cohort *)ctx)->bundle_rows, row, COHORT_BUNDLES_ACTIVE);
}

static void bundle_cell(void *ctx, int row, int column, struct cell *out)
{
    static char text[64];
    char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];
    const struct rowset *rows = ((struct cohort *)ctx)->bundle_rows;
    long long done = rowset_int(rows, row, COHORT_BUNDLES_DONE),
              members = rowset_int(rows, row, COHORT_BUNDLES_MEMBERS);
    *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = text};
    switch (column) {
    case BUNDLE_WEEK:
        present_int(out, rows, row, COHORT_BUNDLES_WEEK, ROLE_STRONG);
        break;
    case BUNDLE_TITLE:
        present_text(out, rows, row, COHORT_BUNDLES_TITLE, ROLE_TEXT);
        break;
    case BUNDLE_QUESTIONS:
        present_int(out, rows, row, COHORT_BUNDLES_QUESTIONS, ROLE_TEXT);
        break;
    case BUNDLE_OPENS:
        snprintf(text, sizeof text, "%s to %s", date_day_month(rowset_date(rows, row, COHORT_BUNDLES_OPENS), from),
                 date_day_month(rowset_date(rows, row, COHORT_BUNDLES_CLOSES), to));
        break;
    case BUNDLE_STATE:
        out->text = bundle_muted(ctx, row) ? "off" : rowset_text(rows, row, COHORT_BUNDLES_STATE);
        break;
    case BUNDLE_DONE:
        if (members)
            snprintf(text, sizeof text, "%lld/%lld %3lld%%", done, members, (100 * done + members / 2) / members);
        else
            snprintf(text, sizeof text, "%lld/0", done);
        break;
    default:
        present_int(out, rows, row, COHORT_BUNDLES_STARTED, ROLE_TEXT);
        break;
    }
}

/* ---- Data ---- */

static void on_record(void *arg, const struct reply *reply)
{
    struct cohort *self = arg;
    self->ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
    } else {
        rowset_free(self->record);
        self->record = rowset_keep(reply->rows);
        bool over =
            rowset_count(self->record) && str_equal(rowset_text(self->record, 0, COHORT_RECORD_STATUS), "COMPLETED");
        cohort_people_set_closed(self->members, over);
        cohort_prompts_set_closed(self->prompts, over);
        app_loaded(self->screen.app, &self->screen);
    }
    app_changed(self->screen.app, REPAINT);
}

static void on_bundles(void *arg, const struct reply *reply)
{
    struct cohort *self = arg;
    self->bundles_ticket = 0;
    if (present_take(self->screen.app, self->bundles, &self->bundle_rows, reply))
        table_reload(self->bundles);
    app_changed(self->screen.app, REPAINT);
}

static void on_weeks(void *arg, const struct reply *reply)
{
    struct cohort *self = arg;
    self->weeks_ticket = 0;
    if (reply->status != STATUS_OK)
        return; /* the record's own answer says what is wrong */
    rowset_free(self->weeks);
    self->weeks = rowset_keep(reply->rows);
    doc_rebuild(self->statistics);
    app_changed(self->screen.app, REPAINT);
}

static void read_record(void *owner)
{
    struct cohort *self = owner;
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)self->id);
    const char *params[] = {id};
    db_cancel(app_db(self->screen.app), self->ticket, true);
    self->ticket = db_send(app_db(self->screen.app), &QUERY_COHORT_RECORD, params, on_record, self);
}

/* Only what is looked at. */
static void read_tab(struct cohort *self)
{
    struct db *db = app_db(self->screen.app);
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)self->id);
    const char *params[] = {id};
    switch (self->tab) {
    case TAB_MEMBERS:
        cohort_people_load(self->members);
        break;
    case TAB_COACHES:
        cohort_people_load(self->coaches);
        break;
    case TAB_QUESTIONNAIRES:
        db_cancel(db, self->bundles_ticket, true);
        self->bundles_ticket = db_send(db, &QUERY_COHORT_BUNDLES, params, on_bundles, self);
        break;
    case TAB_PROMPTS:
        cohort_prompts_load(self->prompts);
        break;
    default:
        db_cancel(db, self->weeks_ticket, true);
        self->weeks_ticket = db_send(db, &QUERY_COHORT_WEEKS, params, on_weeks, self);
        break;
    }
}

static void load(struct screen *screen)
{
    read_record(screen);
    read_tab((struct cohort *)screen);
}

static void build(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct cohort *self = ctx;
    (void)rows;
    if (self->weeks) {
        cohort_weeks_build(self->screen.app, doc, self->weeks, cols);
        return;
    }
    doc_line(doc);
    doc_text(doc, ROLE_DIM, "reading");
}

/* ---- Screen ---- */

static void show_tab(struct cohort *self)
{
    if (self->tab == TAB_PROMPTS) {
        self->screen.layout = cohort_prompts_layout(self->prompts);
        cohort_prompts_focus(self->prompts);
        return;
    }
    self->screen.layout = &self->pane;
    self->pane.widget = self->tab == TAB_MEMBERS          ? cohort_people_widget(self->members)
                        : self->tab == TAB_COACHES        ? cohort_people_widget(self->coaches)
                        : self->tab == TAB_QUESTIONNAIRES ? table_widget(self->bundles)
                                                          : doc_widget(self->statistics);
    layout_focus(&self->pane, self->pane.widget);
}

static void on_edited(void *owner, int64_t cohort)
{
    struct cohort *self = owner;
    if (cohort && cohort != self->id) /* a clone: there it is */
        app_open(self->screen.app, "cohort/%lld", (long long)cohort);
    else
        load(&self->screen);
}

static struct screen *open_cohort(struct app *app, const struct route *route)
{
    int64_t id;
    int tab = 0;
    if (!route_id(route, 1, &id) || route->count > 3)
        return NULL;
    while (route->count == 3 && tab < TAB_COUNT && !str_equal(tab_names[tab], route->parts[2]))
        tab++;
    if (tab == TAB_COUNT)
        return NULL;
    struct cohort *self = mem_alloc(sizeof *self);
    self->screen.ops = &cohort_screen;
    self->screen.app = app;
    self->id = id;
    self->tab = tab;
    self->members = cohort_people_new(app, id, false, self, read_record);
    self->coaches = cohort_people_new(app, id, true, self, read_record);
    struct table_source source = {
        .ctx = self, .count = bundle_count, .key = bundle_key, .cell = bundle_cell, .muted = bundle_muted};
    self->bundles = table_new(bundle_columns, sizeof bundle_columns / sizeof bundle_columns[0], &source);
    table_set_empty(self->bundles, "This cohort has no questionnaires.");
    self->prompts = cohort_prompts_new(app, id);
    self->statistics = doc_new();
    doc_on_build(self->statistics, build, self);
    self->edit = cohort_edit_new(app, self, on_edited);
    self->pane.kind = LAYOUT_PANE;
    show_tab(self);
    return &self->screen;
}

static void close_cohort(struct screen *screen)
{
    struct cohort *self = (struct cohort *)screen;
    struct db *db = app_db(screen->app);
    db_cancel(db, self->ticket, true);
    db_cancel(db, self->bundles_ticket, true);
    db_cancel(db, self->weeks_ticket, true);
    cohort_edit_free(self->edit);
    cohort_people_free(self->members);
    cohort_people_free(self->coaches);
    cohort_prompts_free(self->prompts);
    table_free(self->bundles);
    doc_free(self->statistics);
    rowset_free(self->record);
    rowset_free(self->bundle_rows);
    rowset_free(self->weeks);
    free(self);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct cohort *self = (const struct cohort *)screen;
    route_format(out, "cohort/%lld/%s", (long long)self->id, tab_names[self->tab]);
}

static bool is_over(const struct cohort *self)
{
    return rowset_count(self->record) && str_equal(rowset_text(self->record, 0, COHORT_RECORD_STATUS), "COMPLETED");
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    static const char *const titles[TAB_COUNT] = {"Members", "Coaches", "Quest", "Prompts", "Stats"};
    const struct cohort *self = (const struct cohort *)screen;
    line_add(left, ROLE_DIM, "Cohorts %s ", glyph(GLYPH_CRUMB));
    if (rowset_count(self->record)) {
        line_add(left, ROLE_STRONG, "%s", rowset_text(self->record, 0, COHORT_RECORD_NAME));
    }
    for (int i = 0; i < TAB_COUNT; i++) {
        line_add(right, ROLE_KEY, "%d ", i + 1);
        line_add(right, i == self->tab ? ROLE_STRONG : ROLE_DIM, "%s", titles[i]);
        line_add(right, ROLE_TEXT, i + 1 < TAB_COUNT ? " " : "");
    }
}

static void status(const struct screen *screen, struct line *left)
{
    const struct cohort *self = (const struct cohort *)screen;
    if (rowset_count(self->record)) {
        line_add(left, ROLE_TEXT, "week %s   ", rowset_text(self->record, 0, COHORT_RECORD_WEEK));
        if (is_over(self))
            line_add(left, ROLE_WARN, "completed, read only   ");
        else if (str_equal(rowset_text(self->record, 0, COHORT_RECORD_STATUS), "ARCHIVED"))
            line_add(left, ROLE_WARN, "archived   ");
    }
    if (self->tab == TAB_MEMBERS)
        cohort_people_status(self->members, left);
    else if (self->tab == TAB_COACHES)
        cohort_people_status(self->coaches, left);
    else if (self->tab == TAB_PROMPTS)
        cohort_prompts_status(self->prompts, left);
    else if (self->tab == TAB_QUESTIONNAIRES)
        line_add(left, ROLE_TEXT, "%d questionnaire%s", rowset_count(self->bundle_rows),
                 rowset_count(self->bundle_rows) == 1 ? "" : "s");
    else
        line_add(left, ROLE_DIM, "%d weeks, the last first", rowset_count(self->weeks));
}

static void reflow(struct screen *screen, int rows, int cols)
{
    (void)rows;
    (void)cols;
    doc_rebuild(((struct cohort *)screen)->statistics);
}

static bool is_admin(const struct cohort *self)
{
    return app_session(self->screen.app)->person == PERSON_ADMIN;
}

static bool accepts(const struct screen *screen, enum action action)
{
    const struct cohort *self = (const struct cohort *)screen;
    if (action == ACTION_TAB || action == ACTION_NEXT_RECORD || action == ACTION_PREVIOUS_RECORD)
        return true;
    if ((self->tab == TAB_MEMBERS && cohort_people_accepts(self->members, action)) ||
        (self->tab == TAB_COACHES && cohort_people_accepts(self->coaches, action)) ||
        (self->tab == TAB_PROMPTS && cohort_prompts_accepts(self->prompts, action)))
        return true;
    return (action == ACTION_CHOICES || (action == ACTION_EDIT && self->tab != TAB_PROMPTS)) && is_admin(self) &&
           rowset_count(self->record);
}

enum { CHOICE_EDIT, CHOICE_CLONE, CHOICE_ACTIVE, CHOICE_COMPLETED, CHOICE_ARCHIVED };

static void chosen(void *owner, int64_t choice)
{
    static const char *const states[] = {
        [CHOICE_ACTIVE] = "ACTIVE", [CHOICE_COMPLETED] = "COMPLETED", [CHOICE_ARCHIVED] = "ARCHIVED"};
    struct cohort *self = owner;
    const char *name = rowset_text(self->record, 0, COHORT_RECORD_NAME);
    if (choice == CHOICE_EDIT)
        cohort_edit_open(self->edit, self->id);
    else if (choice == CHOICE_CLONE)
        cohort_edit_clone(self->edit, self->id);
    else
        cohort_edit_set(self->edit, &self->id, &name, 1, states[choice]);
}

static void choices(struct cohort *self)
{
    const char *now = rowset_text(self->record, 0, COHORT_RECORD_STATUS);
    const struct menu_item items[] = {
        {.text = "Edit", .letter = 'e', .value = CHOICE_EDIT},
        {.text = "Clone", .remark = "one like it", .letter = 'c', .value = CHOICE_CLONE},
        {.text = "Make active", .letter = 'a', .off = str_equal(now, "ACTIVE"), .value = CHOICE_ACTIVE},
        {.text = "Complete", .remark = "read only", .letter = 'o', .off = is_over(self), .value = CHOICE_COMPLETED},
        {.text = "Archive",
         .remark = "hidden",
         .letter = 'r',
         .off = str_equal(now, "ARCHIVED"),
         .value = CHOICE_ARCHIVED},
    };
    app_menu(self->screen.app, rowset_text(self->record, 0, COHORT_RECORD_NAME), NULL, items,
             sizeof items / sizeof items[0], chosen, self);
}

static unsigned step(struct cohort *self, int steps)
{
    int64_t id;
    if (app_step_record(self->screen.app, steps, &id))
        app_replace(self->screen.app, "cohort/%lld/%s", (long long)id, tab_names[self->tab]);
    else
        app_say(self->screen.app, ROLE_DIM, "There is no %s cohort in the list that this one was opened from.",
                steps > 0 ? "next" : "previous");
    return TAKEN;
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct cohort *self = (struct cohort *)screen;
    int steps = times ? times : 1;
    if (action == ACTION_TAB) {
        if (times < 1 || times > TAB_COUNT)
            return TAKEN;
        self->tab = times - 1;
        show_tab(self);
        read_tab(self);
        return REFLOW;
    }
    if (action == ACTION_NEXT_RECORD || action == ACTION_PREVIOUS_RECORD)
        return step(self, action == ACTION_NEXT_RECORD ? steps : -steps);
    unsigned taken = self->tab == TAB_MEMBERS   ? cohort_people_act(self->members, action, times)
                     : self->tab == TAB_COACHES ? cohort_people_act(self->coaches, action, times)
                     : self->tab == TAB_PROMPTS ? cohort_prompts_act(self->prompts, action, times)
                                                : NOT_TAKEN;
    if (taken)
        return taken;
    if (action == ACTION_EDIT)
        chosen(self, CHOICE_EDIT);
    else if (action == ACTION_CHOICES)
        choices(self);
    else
        return NOT_TAKEN;
    return REPAINT;
}

static void answer(struct screen *screen, const char *text)
{
    cohort_people_answer(((struct cohort *)screen)->members, text);
}

static int tab_of(const struct screen *screen)
{
    return ((const struct cohort *)screen)->tab + 1;
}

static const enum action hints[] = {
    ACTION_OPEN, ACTION_TAB,     ACTION_ADD,  ACTION_EDIT,        ACTION_PAUSE,           ACTION_DELETE,
    ACTION_MOVE, ACTION_CHOICES, ACTION_MARK, ACTION_NEXT_RECORD, ACTION_PREVIOUS_RECORD, ACTION_PALETTE,
    ACTION_HELP, ACTION_BACK};

const struct screen_ops cohort_screen = {
    .id = "cohort",
    .title = "cohort",
    .people = PERSON_COACH | PERSON_ADMIN,
    .open = open_cohort,
    .close = close_cohort,
    .load = load,
    .route = route_of,
    .reflow = reflow,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .tab = tab_of,
    .answer = answer,
    .shows = "coach_cohort_memberships cohort_check_in_configs cohort_memberships cohorts entries "
             "questionnaire_bundles users "
             "weekly_questionnaire_responses",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
