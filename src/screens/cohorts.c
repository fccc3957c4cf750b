/* The cohorts, and the heat-map of the one under the cursor: a row a member, a cell a day. Route: cohorts[/COHORT]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/table.h"
#include "present.h"

enum {
    REST_MS = 60,
    LEAST_DAYS = 21,
    MOST_DAYS = 84,
    HEAT_FIXED_COLS = 40 /* what the other columns of the heat-map take */
};

struct cohorts {
    struct screen screen;
    struct layout root, list_pane, heat_pane;
    struct table *list, *heat;
    struct rowset *rows, *heat_rows;
    db_ticket list_ticket, heat_ticket;
    loop_id rest;
    int64_t wanted_key;
    int64_t heat_cohort;                             /* whose heat-map is shown; 0: none yet */
    int days;                                        /* of the heat-map: what fits */
    int last_day;                                    /* its last day; DATE_NONE: today */
    char heat_title[160], heat_scale[MOST_DAYS + 1]; /* the rule above the heat-map; day numbers above its days */
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
    COL_FLAGS
};

static const struct table_column list_columns[] = {
    [COL_NAME] = {.id = "cohort", .title = "Cohort", .cols = 14, .max_cols = 32, .flexible = true},
    [COL_STATUS] = {.id = "status", .title = "Status", .cols = 9, .rank = 5},
    [COL_WEEK] = {.id = "week", .title = "Wk", .cols = 5, .rank = 2, .right = true},
    [COL_MEMBERS] = {.id = "members", .title = "Mem", .cols = 4, .right = true},
    [COL_ACTIVE] = {.id = "active", .title = "Act7", .cols = 4, .rank = 3, .right = true},
    [COL_ENGAGEMENT] = {.id = "engagement", .title = "Eng%", .cols = 4, .rank = 1, .right = true},
    [COL_COACHES] = {.id = "coaches", .title = "Coaches", .cols = 16, .rank = 6},
    [COL_QUESTIONNAIRES] = {.id = "questionnaires", .title = "Quest", .cols = 7, .rank = 4, .right = true},
    [COL_SCORE] = {.id = "score", .title = "Score", .cols = 5, .rank = 1, .right = true},
    [COL_FLAGS] = {.id = "flags", .title = "", .cols = 18, .rank = 7},
};

static int list_count(void *ctx)
{
    return rowset_count(((struct cohorts *)ctx)->rows);
}

static int64_t list_key(void *ctx, int row)
{
    return rowset_int(((struct cohorts *)ctx)->rows, row, COHORT_LIST_ID);
}

static void status_cell(struct cell *out, const struct rowset *rows, int row)
{
    static const struct {
        const char *name, *words;
    } statuses[] = {{"ACTIVE", "active"}, {"COMPLETED", "completed"}, {"ARCHIVED", "archived"}};
    present_text(out, rows, row, COHORT_LIST_STATUS, ROLE_TEXT);
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
        present_text(out, rows, row, COHORT_LIST_NAME, ROLE_TEXT);
        break;
    case COL_STATUS:
        status_cell(out, rows, row);
        break;
    case COL_WEEK:
        present_text(out, rows, row, COHORT_LIST_WEEK, ROLE_TEXT);
        break;
    case COL_MEMBERS:
        present_int(out, rows, row, COHORT_LIST_MEMBERS, ROLE_TEXT);
        break;
    case COL_ACTIVE:
        present_int(out, rows, row, COHORT_LIST_ACTIVE_7D, ROLE_TEXT);
        break;
    case COL_ENGAGEMENT:
        present_percent(out, rows, row, COHORT_LIST_ENGAGEMENT);
        break;
    case COL_COACHES:
        present_text(out, rows, row, COHORT_LIST_COACHES, ROLE_TEXT);
        break;
    case COL_QUESTIONNAIRES:
        if (rowset_null(rows, row, COHORT_LIST_QUESTIONNAIRE_TOTAL)) {
            *out = (struct cell){.kind = CELL_EMPTY};
            break;
        }
        snprintf(text, sizeof text, "%lld/%lld", (long long)rowset_int(rows, row, COHORT_LIST_QUESTIONNAIRE_DONE),
                 (long long)rowset_int(rows, row, COHORT_LIST_QUESTIONNAIRE_TOTAL));
        *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = text};
        break;
    case COL_SCORE:
        present_score(out, rows, row, COHORT_LIST_SCORE, COHORT_LIST_BAND);
        break;
    default:
        present_text(out, rows, row, COHORT_LIST_FLAGS, ROLE_WARN);
        if (out->kind == CELL_EMPTY)
            *out = (struct cell){.kind = CELL_TEXT, .text = ""};
        break;
    }
}

static bool list_muted(void *ctx, int row)
{
    return !str_equal(rowset_text(((struct cohorts *)ctx)->rows, row, COHORT_LIST_STATUS), "ACTIVE");
}

/* ---- The heat-map ---- */

enum { HEAT_NAME, HEAT_DAYS, HEAT_RATE, HEAT_STREAK };

static const struct table_column heat_columns[] = {
    [HEAT_NAME] = {.id = "member", .title = "Member", .cols = 14, .max_cols = 24, .flexible = true},
    [HEAT_DAYS] = {.id = "days", .title = "", .cols = LEAST_DAYS},
    [HEAT_RATE] = {.id = "rate7", .title = "7d", .cols = 6, .rank = 1, .right = true},
    [HEAT_STREAK] = {.id = "streak", .title = "streak", .cols = 6, .rank = 2, .right = true},
};

static int heat_count(void *ctx)
{
    return rowset_count(((struct cohorts *)ctx)->heat_rows);
}

static int64_t heat_key(void *ctx, int row)
{
    return rowset_int(((struct cohorts *)ctx)->heat_rows, row, COHORT_HEAT_USER_ID);
}

static bool paused(const struct rowset *rows, int row)
{
    return str_equal(rowset_text(rows, row, COHORT_HEAT_STATUS), "PAUSED");
}

static void heat_cell(void *ctx, int row, int column, struct cell *out)
{
    const struct rowset *rows = ((struct cohorts *)ctx)->heat_rows;
    switch (column) {
    case HEAT_NAME:
        present_text(out, rows, row, COHORT_HEAT_NAME, ROLE_TEXT);
        break;
    case HEAT_DAYS:
        *out = (struct cell){.kind = CELL_HEAT, .text = rowset_text(rows, row, COHORT_HEAT_DAYS)};
        break;
    case HEAT_RATE:
        if (paused(rows, row))
            *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_DIM, .text = "paused"};
        else
            present_percent(out, rows, row, COHORT_HEAT_RATE_7D);
        break;
    default:
        present_int(out, rows, row, COHORT_HEAT_STREAK, ROLE_TEXT);
        break;
    }
}

static bool heat_muted(void *ctx, int row)
{
    return paused(((struct cohorts *)ctx)->heat_rows, row);
}

static int last_day(const struct cohorts *self)
{
    return self->last_day == DATE_NONE ? app_session(self->screen.app)->today : self->last_day;
}

static void name_heat(struct cohorts *self, const char *cohort)
{
    char first[DATE_TEXT_MAX], last[DATE_TEXT_MAX];
    snprintf(self->heat_title, sizeof self->heat_title, "%.80s  %s to %s   %s complete  %s partial  %s none  %s paused",
             cohort, date_day_month(last_day(self) - self->days + 1, first), date_day_month(last_day(self), last),
             glyph(GLYPH_FULL), glyph(GLYPH_PARTIAL), glyph(GLYPH_DOT), glyph(GLYPH_BAND_GREEN));
}

/* The day of the month above each Monday. */
static void scale_heat(struct cohorts *self)
{
    int first = last_day(self) - self->days + 1;
    memset(self->heat_scale, ' ', (size_t)self->days);
    self->heat_scale[self->days] = '\0';
    for (int i = 0; i + 1 < self->days; i++) {
        int year, month, day;
        date_to_civil(first + i, &year, &month, &day);
        if (date_weekday(first + i) == 1) {
            self->heat_scale[i] = (char)(day < 10 ? ' ' : '0' + day / 10);
            self->heat_scale[i + 1] = (char)('0' + day % 10);
        }
    }
}

/* ---- Data ---- */

static void on_heat(void *arg, const struct reply *reply)
{
    struct cohorts *self = arg;
    self->heat_ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
        table_set_state(self->heat, self->heat_rows ? TABLE_STALE : TABLE_FAILED, reply->error->text);
    } else {
        rowset_free(self->heat_rows);
        self->heat_rows = rowset_keep(reply->rows);
        self->heat_cohort = table_cursor_key(self->list);
        scale_heat(self);
        name_heat(self, rowset_text(self->rows, table_cursor(self->list), COHORT_LIST_NAME));
        table_set_state(self->heat, TABLE_READY, NULL);
        table_reload(self->heat);
    }
    app_changed(self->screen.app, REPAINT);
}

static void ask_heat(void *arg)
{
    struct cohorts *self = arg;
    self->rest = 0;
    int64_t cohort = table_cursor_key(self->list);
    if (!cohort)
        return;
    char id[24], from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];
    snprintf(id, sizeof id, "%lld", (long long)cohort);
    const char *params[] = {id, date_iso(last_day(self) - self->days + 1, from), date_iso(last_day(self), to)};
    db_cancel(app_db(self->screen.app), self->heat_ticket, true);
    self->heat_ticket = db_send(app_db(self->screen.app), &QUERY_COHORT_HEAT, params, on_heat, self);
}

static void on_list(void *arg, const struct reply *reply)
{
    struct cohorts *self = arg;
    self->list_ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
        table_set_state(self->list, self->rows ? TABLE_STALE : TABLE_FAILED, reply->error->text);
        app_changed(self->screen.app, REPAINT);
        return;
    }
    rowset_free(self->rows);
    self->rows = rowset_keep(reply->rows);
    table_set_state(self->list, TABLE_READY, NULL);
    table_reload(self->list);
    if (self->wanted_key)
        table_select(self->list, self->wanted_key);
    self->wanted_key = 0;
    app_loaded(self->screen.app, &self->screen);
    ask_heat(self);
    app_changed(self->screen.app, REPAINT);
}

static void load(struct screen *screen)
{
    struct cohorts *self = (struct cohorts *)screen;
    db_cancel(app_db(screen->app), self->list_ticket, true);
    self->list_ticket = db_send(app_db(screen->app), &QUERY_COHORT_LIST, NULL, on_list, self);
}

/* ---- Screen ---- */

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
    self->last_day = DATE_NONE;
    self->days = LEAST_DAYS;
    struct table_source list = {
        .ctx = self, .count = list_count, .key = list_key, .cell = list_cell, .muted = list_muted};
    struct table_source heat = {
        .ctx = self, .count = heat_count, .key = heat_key, .cell = heat_cell, .muted = heat_muted};
    self->list = table_new(list_columns, sizeof list_columns / sizeof list_columns[0], &list);
    struct table_column days[sizeof heat_columns / sizeof heat_columns[0]];
    memcpy(days, heat_columns, sizeof heat_columns);
    days[HEAT_DAYS].title = self->heat_scale;
    self->heat = table_new(days, sizeof days / sizeof days[0], &heat);
    table_set_empty(self->list, "You have no cohort yet.");
    table_set_empty(self->heat, "This cohort has no members.");
    self->list_pane =
        (struct layout){.kind = LAYOUT_PANE, .weight = 42, .min_rows = 4, .widget = table_widget(self->list)};
    self->heat_pane = (struct layout){.kind = LAYOUT_PANE,
                                      .weight = 58,
                                      .min_rows = 4,
                                      .widget = table_widget(self->heat),
                                      .title = self->heat_title};
    self->root =
        (struct layout){.kind = LAYOUT_STACKED, .children = {&self->list_pane, &self->heat_pane}, .child_count = 2};
    layout_focus(&self->root, table_widget(self->list));
    return &self->screen;
}

static void close_cohorts(struct screen *screen)
{
    struct cohorts *self = (struct cohorts *)screen;
    db_cancel(app_db(screen->app), self->list_ticket, true);
    db_cancel(app_db(screen->app), self->heat_ticket, true);
    loop_cancel(app_loop(screen->app), self->rest);
    table_free(self->list);
    table_free(self->heat);
    rowset_free(self->rows);
    rowset_free(self->heat_rows);
    free(self);
}

/* A wider terminal shows more days. */
static void reflow(struct screen *screen, int rows, int cols)
{
    struct cohorts *self = (struct cohorts *)screen;
    (void)rows;
    int days = cols - HEAT_FIXED_COLS;
    days = days < LEAST_DAYS ? LEAST_DAYS : days > MOST_DAYS ? MOST_DAYS : days - days % 7;
    if (days == self->days)
        return;
    self->days = days;
    table_set_column_cols(self->heat, HEAT_DAYS, days);
    if (self->rows)
        ask_heat(self);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct cohorts *self = (const struct cohorts *)screen;
    int64_t cohort = table_cursor_key(self->list);
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
    if (table_cursor(self->list) >= 0) {
        line_add(left, ROLE_DIM, " %s ", glyph(GLYPH_CRUMB));
        line_add(left, ROLE_STRONG, "%s", rowset_text(self->rows, table_cursor(self->list), COHORT_LIST_NAME));
    }
}

static void status(const struct screen *screen, struct line *left)
{
    const struct cohorts *self = (const struct cohorts *)screen;
    if (self->rows)
        line_add(left, ROLE_TEXT, "%d cohort%s", rowset_count(self->rows), rowset_count(self->rows) == 1 ? "" : "s");
    line_add(left, ROLE_DIM, "   archived ones are hidden");
}

static bool in_heat(const struct cohorts *self)
{
    return table_widget(self->heat)->focused;
}

static bool accepts(const struct screen *screen, enum action action)
{
    const struct cohorts *self = (const struct cohorts *)screen;
    switch (action) {
    case ACTION_OPEN:
        return in_heat(self) ? table_cursor(self->heat) >= 0 : table_cursor(self->list) >= 0;
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        return table_cursor(self->list) >= 0;
    case ACTION_PERIOD_FORWARD:
        return self->last_day != DATE_NONE;
    case ACTION_PERIOD_BACK:
    case ACTION_PERIOD_TODAY:
    case ACTION_DETAIL:
        return true;
    default:
        return false;
    }
}

static void open_member(struct cohorts *self)
{
    int rows = rowset_count(self->heat_rows);
    int64_t *ids = mem_array((size_t)rows, sizeof *ids);
    for (int i = 0; i < rows; i++)
        ids[i] = heat_key(self, i);
    app_set_records(self->screen.app, ids, rows, table_cursor_key(self->heat));
    free(ids);
    app_open(self->screen.app, "member/%lld", (long long)table_cursor_key(self->heat));
}

static unsigned show_until(struct cohorts *self, int day)
{
    self->last_day = day >= app_session(self->screen.app)->today ? DATE_NONE : day;
    ask_heat(self);
    return REPAINT;
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
            layout_focus(&self->root, table_widget(self->heat));
        return REPAINT;
    case ACTION_NEXT_RECORD:
        return table_move(self->list, steps);
    case ACTION_PREVIOUS_RECORD:
        return table_move(self->list, -steps);
    case ACTION_PERIOD_BACK:
        return show_until(self, last_day(self) - 7 * steps);
    case ACTION_PERIOD_FORWARD:
        return show_until(self, last_day(self) + 7 * steps);
    case ACTION_PERIOD_TODAY:
        return show_until(self, app_session(screen->app)->today);
    case ACTION_DETAIL:
        self->heat_pane.hidden = !self->heat_pane.hidden;
        return REFLOW;
    default:
        return NOT_TAKEN;
    }
}

/* The heat-map follows the list's cursor once that rests. */
static void moved(struct screen *screen)
{
    struct cohorts *self = (struct cohorts *)screen;
    loop_cancel(app_loop(screen->app), self->rest);
    self->rest = 0;
    if (table_cursor_key(self->list) != self->heat_cohort)
        self->rest = loop_after(app_loop(screen->app), REST_MS, ask_heat, self);
}

static bool restless(const struct screen *screen)
{
    return ((const struct cohorts *)screen)->rest != 0;
}

static const enum action hints[] = {
    ACTION_OPEN,      ACTION_NEXT_RECORD, ACTION_PREVIOUS_RECORD, ACTION_PERIOD_BACK, ACTION_PERIOD_FORWARD,
    ACTION_NEXT_PANE, ACTION_ZOOM,        ACTION_PALETTE,         ACTION_HELP,        ACTION_BACK};

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
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
