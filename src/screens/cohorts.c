/* The cohorts, and the heat-map of the one under the cursor: a row a member, a cell a day. Route: cohorts[/COHORT]. Enter opens a cohort's
 * own screen, cohort/ID. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/table.h"
#include "cohort_edit.h"
#include "cohort_heat.h"
#include "list.h"
#include "present.h"

enum { REST_MS = 60 };

struct cohorts {
    struct screen screen;
    struct layout root, list_pane, heat_pane;
    struct list *list;
    struct cohort_heat *heat;
    struct cohort_edit *edit;
    struct rowset *rows;
    db_ticket ticket;
    loop_id rest;
    int64_t wanted_key;
    bool archived, deleted; /* are they shown? */
    bool asking;            /* for a date */
};

/* ---- The list ---- */

enum {
    COL_NAME,
    COL_STATUS,
    COL_WEEK,
    COL_MEMBERS,
    COL_ACTIVE,
    COL_ENGAGEMENT,
    COL_COACHES,
    COL_QUESTIONNAIRES,
    COL_SCORE,
    COL_FLAGS,
    COL_START,
    COL_END,
    COLUMNS
};

static const struct list_column list_columns[COLUMNS] = {
    [COL_NAME] = {.table = {.id = "cohort", .title = "Cohort", .cols = 14, .max_cols = 32, .flexible = true}},
    [COL_STATUS] = {.table = {.id = "status", .title = "Status", .cols = 9, .rank = 5}},
    [COL_WEEK] = {.table = {.id = "week", .title = "Wk", .cols = 5, .rank = 2, .right = true}, .type = LIST_NUMBER},
    [COL_MEMBERS] = {.table = {.id = "members", .title = "Mem", .cols = 4, .right = true}, .type = LIST_NUMBER},
    [COL_ACTIVE] = {.table = {.id = "active", .title = "Act7", .cols = 4, .rank = 3, .right = true},
                    .type = LIST_NUMBER},
    [COL_ENGAGEMENT] = {.table = {.id = "engagement", .title = "Eng%", .cols = 4, .rank = 1, .right = true},
                        .type = LIST_NUMBER},
    [COL_COACHES] = {.table = {.id = "coaches", .title = "Coaches", .cols = 16, .rank = 6}},
    [COL_QUESTIONNAIRES] = {.table = {.id = "questionnaires", .title = "Quest", .cols = 7, .rank = 4, .right = true},
                            .type = LIST_NUMBER},
    [COL_SCORE] = {.table = {.id = "score", .title = "Score", .cols = 5, .rank = 1, .right = true},
                   .type = LIST_NUMBER},
    [COL_FLAGS] = {.table = {.id = "flags", .title = "", .cols = 18, .rank = 7}},
    [COL_START] = {.table = {.id = "start", .title = "Start", .cols = 10, .rank = 8},
                   .type = LIST_DATE,
                   .hidden = true},
    [COL_END] = {.table = {.id = "end", .title = "End", .cols = 10, .rank = 9}, .type = LIST_DATE, .hidden = true},
};

static int rows_count(void *ctx)
{
    return rowset_count(((struct cohorts *)ctx)->rows);
}

static int64_t list_key(void *ctx, int row)
{
    return rowset_int(((struct cohorts *)ctx)->rows, row, COHORT_INDEX_ID);
}

static void status_cell(struct cell *out, const struct rowset *rows, int row)
{
    static const struct {
        const char *name, *words;
    } statuses[] = {{"ACTIVE", "active"}, {"COMPLETED", "completed"}, {"ARCHIVED", "archived"}, {"DELETED", "deleted"}};
    present_text(out, rows, row, COHORT_INDEX_STATUS, ROLE_TEXT);
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        if (str_equal(statuses[i].name, out->text))
            out->text = statuses[i].words;
}

static void list_cell(void *ctx, int row, int column, struct cell *out)
{
    static char text[PRESENT_MAX];
    const struct rowset *rows = ((struct cohorts *)ctx)->rows;
    switch (column) {
    case COL_NAME:
        present_text(out, rows, row, COHORT_INDEX_NAME, ROLE_TEXT);
        break;
    case COL_STATUS:
        status_cell(out, rows, row);
        break;
    case COL_WEEK:
        present_text(out, rows, row, COHORT_INDEX_WEEK, ROLE_TEXT);
        break;
    case COL_MEMBERS:
        present_int(out, rows, row, COHORT_INDEX_MEMBERS, ROLE_TEXT);
        break;
    case COL_ACTIVE:
        present_int(out, rows, row, COHORT_INDEX_ACTIVE_7D, ROLE_TEXT);
        break;
    case COL_ENGAGEMENT:
        present_percent(out, rows, row, COHORT_INDEX_ENGAGEMENT);
        break;
    case COL_COACHES:
        present_text(out, rows, row, COHORT_INDEX_COACHES, ROLE_TEXT);
        break;
    case COL_QUESTIONNAIRES:
        if (rowset_null(rows, row, COHORT_INDEX_QUESTIONNAIRE_TOTAL)) {
            *out = (struct cell){.kind = CELL_EMPTY};
            break;
        }
        snprintf(text, sizeof text, "%lld/%lld", (long long)rowset_int(rows, row, COHORT_INDEX_QUESTIONNAIRE_DONE),
                 (long long)rowset_int(rows, row, COHORT_INDEX_QUESTIONNAIRE_TOTAL));
        *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = text};
        break;
    case COL_SCORE:
        present_score(out, rows, row, COHORT_INDEX_SCORE, COHORT_INDEX_BAND);
        break;
    case COL_START:
        present_text(out, rows, row, COHORT_INDEX_START_DATE, ROLE_TEXT);
        break;
    case COL_END:
        present_text(out, rows, row, COHORT_INDEX_END_DATE, ROLE_TEXT);
        break;
    default:
        present_text(out, rows, row, COHORT_INDEX_FLAGS, ROLE_WARN);
        if (out->kind == CELL_EMPTY)
            *out = (struct cell){.kind = CELL_TEXT, .text = ""};
        break;
    }
}

static const char *list_value(void *ctx, int row, int column)
{
    static const int of[COLUMNS] = {
        [COL_NAME] = COHORT_INDEX_NAME,        [COL_STATUS] = COHORT_INDEX_STATUS,
        [COL_WEEK] = COHORT_INDEX_WEEK,        [COL_MEMBERS] = COHORT_INDEX_MEMBERS,
        [COL_ACTIVE] = COHORT_INDEX_ACTIVE_7D, [COL_ENGAGEMENT] = COHORT_INDEX_ENGAGEMENT,
        [COL_COACHES] = COHORT_INDEX_COACHES,  [COL_QUESTIONNAIRES] = COHORT_INDEX_QUESTIONNAIRE_DONE,
        [COL_SCORE] = COHORT_INDEX_SCORE,      [COL_FLAGS] = COHORT_INDEX_FLAGS,
        [COL_START] = COHORT_INDEX_START_DATE, [COL_END] = COHORT_INDEX_END_DATE,
    };
    const struct rowset *rows = ((struct cohorts *)ctx)->rows;
    return rowset_null(rows, row, of[column]) ? NULL : rowset_text(rows, row, of[column]);
}

static bool list_muted(void *ctx, int row)
{
    return !str_equal(rowset_text(((struct cohorts *)ctx)->rows, row, COHORT_INDEX_STATUS), "ACTIVE");
}

static const char *name_under_cursor(const struct cohorts *self)
{
    int row = list_cursor_row(self->list);
    return row < 0 ? "" : rowset_text(self->rows, row, COHORT_INDEX_NAME);
}

/* ---- Data ---- */

static void ask_heat(void *arg)
{
    struct cohorts *self = arg;
    loop_cancel(app_loop(self->screen.app), self->rest); /* when it is the list's answer that asks */
    self->rest = 0;
    cohort_heat_show(self->heat, table_cursor_key(list_table(self->list)), name_under_cursor(self));
}

static void on_list(void *arg, const struct reply *reply)
{
    struct cohorts *self = arg;
    self->ticket = 0;
    if (!present_take(self->screen.app, list_table(self->list), &self->rows, reply)) {
        app_changed(self->screen.app, REPAINT);
        return;
    }
    list_reload(self->list);
    if (self->wanted_key)
        table_select(list_table(self->list), self->wanted_key);
    self->wanted_key = 0;
    app_loaded(self->screen.app, &self->screen);
    ask_heat(self);
    app_changed(self->screen.app, REPAINT);
}

static void load(struct screen *screen)
{
    struct cohorts *self = (struct cohorts *)screen;
    db_cancel(app_db(screen->app), self->ticket, true);
    const char *params[] = {self->archived ? "t" : "f", self->deleted ? "t" : "f"};
    self->ticket = db_send(app_db(screen->app), &QUERY_COHORT_INDEX, params, on_list, self);
}

static void on_edited(void *owner, int64_t cohort)
{
    struct cohorts *self = owner;
    self->wanted_key = cohort;
    table_unmark_all(list_table(self->list));
    load(&self->screen);
}

/* ---- Screen ---- */

static struct widget *heat_widget(const struct cohorts *self)
{
    return table_widget(cohort_heat_table(self->heat));
}

static struct screen *open_cohorts(struct app *app, const struct route *route)
{
    int64_t cohort = 0;
    if ((route->count > 1 && !route_id(route, 1, &cohort)) || route->count > 2)
        return NULL;
    struct cohorts *self = mem_alloc(sizeof *self);
    self->screen.ops = &cohorts_screen;
    self->screen.app = app;
    self->screen.layout = &self->root;
    self->wanted_key = cohort;
    struct list_source list = {
        .ctx = self, .count = rows_count, .key = list_key, .cell = list_cell, .value = list_value, .muted = list_muted};
    self->list = list_new(app, "cohorts", list_columns, COLUMNS, &list);
    self->edit = cohort_edit_new(app, self, on_edited);
    self->heat = cohort_heat_new(app);
    table_set_empty(list_table(self->list), "You have no cohort yet.");
    self->list_pane =
        (struct layout){.kind = LAYOUT_PANE, .weight = 42, .min_rows = 4, .widget = list_widget(self->list)};
    self->heat_pane = (struct layout){.kind = LAYOUT_PANE,
                                      .weight = 58,
                                      .min_rows = 4,
                                      .widget = heat_widget(self),
                                      .title = cohort_heat_title(self->heat)};
    self->root =
        (struct layout){.kind = LAYOUT_STACKED, .children = {&self->list_pane, &self->heat_pane}, .child_count = 2};
    layout_focus(&self->root, list_widget(self->list));
    return &self->screen;
}

static void close_cohorts(struct screen *screen)
{
    struct cohorts *self = (struct cohorts *)screen;
    db_cancel(app_db(screen->app), self->ticket, true);
    loop_cancel(app_loop(screen->app), self->rest);
    cohort_edit_free(self->edit);
    app_forget_changes(screen->app, self);
    list_free(self->list);
    cohort_heat_free(self->heat);
    rowset_free(self->rows);
    free(self);
}

static void reflow(struct screen *screen, int rows, int cols)
{
    (void)rows;
    cohort_heat_reflow(((struct cohorts *)screen)->heat, cols);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct cohorts *self = (const struct cohorts *)screen;
    int64_t cohort = table_cursor_key(list_table(self->list));
    if (cohort)
        route_format(out, "cohorts/%lld", (long long)cohort);
    else
        route_format(out, "cohorts");
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    const struct cohorts *self = (const struct cohorts *)screen;
    (void)right;
    line_add(left, ROLE_DIM, "Cohorts");
    if (table_cursor(list_table(self->list)) >= 0) {
        line_add(left, ROLE_DIM, " %s ", glyph(GLYPH_CRUMB));
        line_add(left, ROLE_STRONG, "%s", name_under_cursor(self));
    }
}

static void status(const struct screen *screen, struct line *left)
{
    const struct cohorts *self = (const struct cohorts *)screen;
    list_status(self->list, left);
    line_add(left, ROLE_DIM, "   %s%s", self->archived ? "with archived ones" : "archived ones are hidden",
             self->deleted ? " and deleted ones" : "");
    int marked = table_mark_count(cohort_heat_table(self->heat));
    if (marked)
        line_add(left, ROLE_INFO, "   %d member%s marked", marked, marked == 1 ? "" : "s");
}

static bool in_heat(const struct cohorts *self)
{
    return heat_widget(self)->focused;
}

static bool is_admin(const struct cohorts *self)
{
    return app_session(self->screen.app)->person == PERSON_ADMIN;
}

static const char *status_under_cursor(const struct cohorts *self)
{
    int row = list_cursor_row(self->list);
    return row < 0 ? "" : rowset_text(self->rows, row, COHORT_INDEX_STATUS);
}

static bool accepts(const struct screen *screen, enum action action)
{
    const struct cohorts *self = (const struct cohorts *)screen;
    bool any = table_cursor(list_table(self->list)) >= 0,
         there = any && !str_equal(status_under_cursor(self), "DELETED");
    switch (action) {
    case ACTION_OPEN:
        return in_heat(self) ? table_cursor(cohort_heat_table(self->heat)) >= 0 : there;
    case ACTION_TAB:
        return there;
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        return any;
    case ACTION_PERIOD_FORWARD:
        return cohort_heat_is_past(self->heat);
    case ACTION_PAUSE:
        return in_heat(self) && table_cursor(cohort_heat_table(self->heat)) >= 0 &&
               !str_equal(status_under_cursor(self), "COMPLETED");
    case ACTION_ADD:
        return is_admin(self) && !in_heat(self);
    case ACTION_EDIT:
        return is_admin(self) && !in_heat(self) && there;
    case ACTION_DELETE:
        return is_admin(self) && !in_heat(self) && any;
    case ACTION_PERIOD_BACK:
    case ACTION_PERIOD_TODAY:
    case ACTION_PERIOD_DATE:
    case ACTION_MODE:
    case ACTION_CHOICES:
    case ACTION_DETAIL:
        return true;
    default:
        return list_accepts(self->list, action);
    }
}

static void open_member(struct cohorts *self)
{
    int count;
    int64_t *ids = cohort_heat_members(self->heat, &count), member = table_cursor_key(cohort_heat_table(self->heat));
    app_set_records(self->screen.app, ids, count, member);
    free(ids);
    app_open(self->screen.app, "member/%lld", (long long)member);
}

static unsigned show_until(struct cohorts *self, int day)
{
    cohort_heat_until(self->heat, day);
    return REPAINT;
}

static void open_cohort(struct cohorts *self, int tab)
{
    static const char *const tabs[] = {"members", "coaches", "questionnaires", "prompts", "statistics"};
    if (tab < 1 || tab > (int)(sizeof tabs / sizeof tabs[0]))
        return;
    int count;
    int64_t *ids = list_keys(self->list, &count), cohort = table_cursor_key(list_table(self->list));
    app_set_records(self->screen.app, ids, count, cohort);
    free(ids);
    app_open(self->screen.app, "cohort/%lld/%s", (long long)cohort, tabs[tab - 1]);
}

static int row_of(const struct cohorts *self, int64_t cohort)
{
    int row = rowset_count(self->rows) - 1;
    while (row >= 0 && rowset_int(self->rows, row, COHORT_INDEX_ID) != cohort)
        row--;
    return row;
}

/* What becomes of the marked cohorts, else of the one under the cursor. Marked ones that are not there any more are left out. */
static void set_state(struct cohorts *self, const char *state)
{
    const struct table *table = list_table(self->list);
    int marked = table_mark_count(table), count = 0, most = marked ? marked : 1;
    int64_t *ids = mem_array((size_t)most, sizeof *ids);
    const char **names = mem_array((size_t)most, sizeof *names);
    for (int i = 0; i < most; i++) {
        int row = marked ? row_of(self, table_marks(table)[i]) : list_cursor_row(self->list);
        if (row < 0)
            continue;
        ids[count] = list_key(self, row);
        names[count++] = rowset_text(self->rows, row, COHORT_INDEX_NAME);
    }
    if (count)
        cohort_edit_set(self->edit, ids, names, count, state);
    free(names);
    free(ids);
}

enum {
    CHOICE_EDIT,
    CHOICE_CLONE,
    CHOICE_ACTIVE,
    CHOICE_COMPLETED,
    CHOICE_ARCHIVED,
    CHOICE_DELETE,
    CHOICE_RESTORE,
    CHOICE_SHOW_ARCHIVED,
    CHOICE_SHOW_DELETED
};

static void chosen(void *owner, int64_t choice)
{
    static const char *const states[] = {[CHOICE_ACTIVE] = "ACTIVE",
                                         [CHOICE_COMPLETED] = "COMPLETED",
                                         [CHOICE_ARCHIVED] = "ARCHIVED",
                                         [CHOICE_DELETE] = "DELETED",
                                         [CHOICE_RESTORE] = "RESTORED"};
    struct cohorts *self = owner;
    switch (choice) {
    case CHOICE_EDIT:
        cohort_edit_open(self->edit, table_cursor_key(list_table(self->list)));
        break;
    case CHOICE_CLONE:
        cohort_edit_clone(self->edit, table_cursor_key(list_table(self->list)));
        break;
    case CHOICE_SHOW_ARCHIVED:
        self->archived = !self->archived;
        load(&self->screen);
        break;
    case CHOICE_SHOW_DELETED:
        self->deleted = !self->deleted;
        load(&self->screen);
        break;
    default:
        set_state(self, states[choice]);
        break;
    }
}

static void choices(struct cohorts *self)
{
    bool any = table_cursor(list_table(self->list)) >= 0, gone = str_equal(status_under_cursor(self), "DELETED");
    const struct menu_item archived = {.text = self->archived ? "Hide archived cohorts" : "Show archived cohorts too",
                                       .letter = 'h',
                                       .value = CHOICE_SHOW_ARCHIVED};
    const struct menu_item items[] = {
        {.text = "Edit", .letter = 'e', .off = !any || gone, .value = CHOICE_EDIT},
        {.text = "Clone", .remark = "one like it", .letter = 'c', .off = !any || gone, .value = CHOICE_CLONE},
        {.text = "Make active", .letter = 'a', .off = !any || gone, .value = CHOICE_ACTIVE},
        {.text = "Complete", .remark = "read only", .letter = 'o', .off = !any || gone, .value = CHOICE_COMPLETED},
        {.text = "Archive", .remark = "hidden", .letter = 'r', .off = !any || gone, .value = CHOICE_ARCHIVED},
        {.text = "Delete", .remark = "can be restored", .letter = 'd', .off = !any || gone, .value = CHOICE_DELETE},
        {.text = "Restore", .letter = 's', .off = !any || !gone, .value = CHOICE_RESTORE},
        archived,
        {.text = self->deleted ? "Hide deleted cohorts" : "Show deleted cohorts too",
         .letter = 'l',
         .value = CHOICE_SHOW_DELETED},
    };
    char title[100];
    snprintf(title, sizeof title, "%.60s", any ? name_under_cursor(self) : "Cohorts");
    if (is_admin(self))
        app_menu(self->screen.app, title, NULL, items, sizeof items / sizeof items[0], chosen, self);
    else
        app_menu(self->screen.app, "Cohorts", NULL, &archived, 1, chosen, self);
}

static void on_paused(void *owner, int64_t key, const struct change_reply *reply)
{
    struct cohorts *self = owner;
    (void)key;
    if (reply->outcome == CHANGE_SAVED) {
        table_unmark_all(cohort_heat_table(self->heat));
        load(&self->screen);
    }
}

/* Sets a state and never toggles a mixed lot: who is not paused gets paused; all paused ones come back. */
static void pause_members(struct cohorts *self)
{
    int count, running;
    int64_t *ids = cohort_heat_chosen(self->heat, &count, &running);
    char cohort[24], what[80], *users = cohort_ids(ids, count);
    snprintf(cohort, sizeof cohort, "%lld", (long long)cohort_heat_cohort(self->heat));
    snprintf(what, sizeof what, "%s %d member%s", running ? "Pausing" : "Resuming", count, count == 1 ? "" : "s");
    const char *params[] = {cohort, users, running ? "PAUSED" : "ACTIVE"};
    if (count)
        app_change(self->screen.app, &QUERY_MEMBERSHIP_SET, params, what, self, 0, on_paused);
    free(users);
    free(ids);
}

static void answer(struct screen *screen, const char *text)
{
    struct cohorts *self = (struct cohorts *)screen;
    int day;
    if (!self->asking) {
        list_answer(self->list, text);
        return;
    }
    if (!date_parse(text, &day)) {
        app_ask_error(screen->app, "a date reads 2026-01-16");
        return;
    }
    self->asking = false;
    show_until(self, day);
}

static void typed(struct screen *screen, const char *text)
{
    struct cohorts *self = (struct cohorts *)screen;
    if (!self->asking)
        list_typed(self->list, text);
    else if (!text)
        self->asking = false;
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct cohorts *self = (struct cohorts *)screen;
    int steps = times ? times : 1;
    switch (action) {
    case ACTION_OPEN:
        if (in_heat(self))
            open_member(self);
        else
            open_cohort(self, 1);
        return REPAINT;
    case ACTION_TAB:
        open_cohort(self, times);
        return TAKEN;
    case ACTION_ADD:
        cohort_edit_open(self->edit, 0);
        return REPAINT;
    case ACTION_EDIT:
        chosen(self, CHOICE_EDIT);
        return REPAINT;
    case ACTION_DELETE:
        set_state(self, str_equal(status_under_cursor(self), "DELETED") ? "RESTORED" : "DELETED");
        return REPAINT;
    case ACTION_CHOICES:
        choices(self);
        return REPAINT;
    case ACTION_PAUSE:
        pause_members(self);
        return REPAINT;
    case ACTION_MODE:
        if (!cohort_heat_next_length(self->heat))
            app_say(screen->app, ROLE_DIM, "No longer period fits this width.");
        return REPAINT;
    case ACTION_PERIOD_DATE: {
        char day[DATE_TEXT_MAX];
        self->asking = true;
        app_ask(screen->app, "Heat-map up to", date_iso(cohort_heat_last_day(self->heat), day));
        return REPAINT;
    }
    case ACTION_NEXT_RECORD:
        return table_move(list_table(self->list), steps);
    case ACTION_PREVIOUS_RECORD:
        return table_move(list_table(self->list), -steps);
    case ACTION_PERIOD_BACK:
        return show_until(self, cohort_heat_last_day(self->heat) - 7 * steps);
    case ACTION_PERIOD_FORWARD:
        return show_until(self, cohort_heat_last_day(self->heat) + 7 * steps);
    case ACTION_PERIOD_TODAY:
        return show_until(self, app_session(screen->app)->today);
    case ACTION_DETAIL:
        self->heat_pane.hidden = !self->heat_pane.hidden;
        return REFLOW;
    default:
        self->asking = false;
        return list_act(self->list, action, times);
    }
}

/* The heat-map follows the list's cursor once that rests. */
static void moved(struct screen *screen)
{
    struct cohorts *self = (struct cohorts *)screen;
    loop_cancel(app_loop(screen->app), self->rest);
    self->rest = 0;
    if (table_cursor_key(list_table(self->list)) != cohort_heat_asked(self->heat))
        self->rest = loop_after(app_loop(screen->app), REST_MS, ask_heat, self);
}

static bool restless(const struct screen *screen)
{
    return ((const struct cohorts *)screen)->rest != 0;
}

static const enum action hints[] = {ACTION_OPEN,        ACTION_TAB,         ACTION_ADD,
                                    ACTION_EDIT,        ACTION_PAUSE,       ACTION_CHOICES,
                                    ACTION_FILTER,      ACTION_NEXT_RECORD, ACTION_PREVIOUS_RECORD,
                                    ACTION_PERIOD_BACK, ACTION_MODE,        ACTION_NEXT_PANE,
                                    ACTION_ZOOM,        ACTION_PALETTE,     ACTION_HELP,
                                    ACTION_BACK};

const struct screen_ops cohorts_screen = {
    .id = "cohorts",
    .title = "cohorts",
    .palette = "cohorts",
    .people = PERSON_COACH | PERSON_ADMIN,
    .open = open_cohorts,
    .close = close_cohorts,
    .load = load,
    .route = route_of,
    .reflow = reflow,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .moved = moved,
    .restless = restless,
    .answer = answer,
    .typed = typed,
    .shows = "coach_cohort_memberships cohort_memberships cohorts entries questionnaire_bundles "
             "weekly_questionnaire_responses",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
