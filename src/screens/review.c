/* The review queue: a coach's clients of a week in the order in which they need attention, and beside it the one under the
 * cursor. Route: review[/MONDAY[/CLIENT]]; for administrators as/COACH[/MONDAY[/CLIENT]], another coach's, which they only read. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "centurion/term/term.h"
#include "centurion/ui/table.h"
#include "present.h"
#include "review_choice.h"
#include "review_detail.h"
#include "review_marks.h"

enum { WIDE_COLS = 100 };

struct review {
    struct screen screen;
    struct layout root, list_pane, detail_pane;
    struct table *table;
    struct review_detail *detail;
    struct review_marks *marks;
    struct rowset *rows, *summary, *backlog, *cohorts;
    db_ticket queue_ticket, summary_ticket, backlog_ticket, cohorts_ticket;
    int64_t coach;       /* whose queue it is; 0: one's own */
    struct str chosen;   /* "{3,7}": the cohorts that it is about; "": all of them */
    struct str names;    /* theirs */
    bool asking_cohorts; /* the prompt asks for cohorts, else for a date */
    int monday;          /* of the week that is asked for; DATE_NONE: the one that holds today */
    int64_t wanted_key;  /* from the route: the client to stand on once loaded */
};

/* ---- Table ---- */

enum {
    COL_CLIENT,
    COL_COHORT,
    COL_WEEK,
    COL_SCORE,
    COL_CHECKINS,
    COL_RATE_7,
    COL_RATE_30,
    COL_DELTA,
    COL_QUESTIONNAIRE,
    COL_LAST
};

static const struct table_column columns[] = {
    [COL_CLIENT] = {.id = "client", .title = "Client", .cols = 14, .max_cols = 26, .flexible = true},
    [COL_COHORT] = {.id = "cohort", .title = "Cohort", .cols = 12, .max_cols = 18, .rank = 4, .flexible = true},
    [COL_WEEK] = {.id = "week", .title = "Wk", .cols = 4, .rank = 6, .right = true},
    [COL_SCORE] = {.id = "score", .title = "Score", .cols = 6, .right = true},
    [COL_CHECKINS] = {.id = "checkins", .title = "Chk", .cols = 4, .rank = 8, .right = true},
    [COL_RATE_7] = {.id = "rate7", .title = "7d", .cols = 4, .rank = 1, .right = true},
    [COL_RATE_30] = {.id = "rate30", .title = "30d", .cols = 4, .rank = 5, .right = true},
    [COL_DELTA] = {.id = "delta", .title = "+/-", .cols = 4, .rank = 7, .right = true},
    [COL_QUESTIONNAIRE] = {.id = "questionnaire", .title = "Quest", .cols = 5, .rank = 3, .right = true},
    [COL_LAST] = {.id = "last", .title = "Last", .cols = 5, .rank = 2, .right = true},
};

static int count(void *ctx)
{
    return rowset_count(((struct review *)ctx)->rows);
}

static int64_t key(void *ctx, int row)
{
    return rowset_int(((struct review *)ctx)->rows, row, REVIEW_QUEUE_USER_ID);
}

static void questionnaire(struct cell *cell, const struct rowset *rows, int row)
{
    static char text[PRESENT_MAX];
    const char *status = rowset_text(rows, row, REVIEW_QUEUE_QUESTIONNAIRE);
    if (str_equal(status, "completed")) {
        *cell = (struct cell){.kind = CELL_TEXT, .role = ROLE_GOOD, .text = glyph(GLYPH_CHECK)};
    } else if (str_equal(status, "in_progress")) {
        int64_t hours = rowset_int(rows, row, REVIEW_QUEUE_QUESTIONNAIRE_HOURS);
        if (rowset_null(rows, row, REVIEW_QUEUE_QUESTIONNAIRE_HOURS))
            snprintf(text, sizeof text, "%s", glyph(GLYPH_BAND_AMBER));
        else if (hours < 48)
            snprintf(text, sizeof text, "%s%lldh", glyph(GLYPH_BAND_AMBER), (long long)hours);
        else
            snprintf(text, sizeof text, "%s%lldd", glyph(GLYPH_BAND_AMBER), (long long)hours / 24);
        *cell = (struct cell){.kind = CELL_TEXT, .role = ROLE_WARN, .text = text};
    } else if (str_equal(status, "not_started")) {
        *cell = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = glyph(GLYPH_BAND_GREEN)};
    } else {
        *cell = (struct cell){.kind = CELL_EMPTY};
    }
}

static void cell(void *ctx, int row, int column, struct cell *out)
{
    static char text[PRESENT_MAX];
    const struct rowset *rows = ((struct review *)ctx)->rows;
    switch (column) {
    case COL_CLIENT:
        present_text(out, rows, row, REVIEW_QUEUE_NAME, ROLE_TEXT);
        break;
    case COL_COHORT:
        present_text(out, rows, row, REVIEW_QUEUE_COHORT, ROLE_TEXT);
        break;
    case COL_WEEK:
        present_text(out, rows, row, REVIEW_QUEUE_COHORT_WEEK, ROLE_TEXT);
        break;
    case COL_SCORE:
        present_score(out, rows, row, REVIEW_QUEUE_SCORE, REVIEW_QUEUE_BAND);
        break;
    case COL_CHECKINS:
        snprintf(text, sizeof text, "%lld/%lld", (long long)rowset_int(rows, row, REVIEW_QUEUE_CHECKINS),
                 (long long)rowset_int(rows, row, REVIEW_QUEUE_EXPECTED));
        *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = text};
        break;
    case COL_RATE_7:
        present_percent(out, rows, row, REVIEW_QUEUE_RATE_7D);
        break;
    case COL_RATE_30:
        present_percent(out, rows, row, REVIEW_QUEUE_RATE_30D);
        break;
    case COL_DELTA:
        present_int(out, rows, row, REVIEW_QUEUE_DELTA, ROLE_TEXT);
        if (out->kind == CELL_INT) {
            out->kind = CELL_DELTA;
            out->role = out->number <= -10 ? ROLE_BAD : out->number >= 10 ? ROLE_GOOD : ROLE_TEXT;
        }
        break;
    case COL_QUESTIONNAIRE:
        questionnaire(out, rows, row);
        break;
    default:
        present_last(out, rows, row, REVIEW_QUEUE_LAST_DAYS);
        break;
    }
}

static bool muted(void *ctx, int row)
{
    return review_marks_get(((struct review *)ctx)->marks, key(ctx, row)) != REVIEW_PENDING;
}

/* A mark shows as one when the server has it; until then it is under way. */
static const char *flag(void *ctx, int row, enum role *role)
{
    const struct review *self = ctx;
    int64_t client = key(ctx, row);
    if (review_marks_under_way(self->marks, client)) {
        *role = ROLE_WARN;
        return glyph(GLYPH_ELLIPSIS);
    }
    switch (review_marks_get(self->marks, client)) {
    case REVIEW_DONE:
        *role = ROLE_GOOD;
        return glyph(GLYPH_CHECK);
    case REVIEW_SKIPPED:
        *role = ROLE_DIM;
        return glyph(GLYPH_ABSENT);
    case REVIEW_PENDING:
        break;
    }
    *role = ROLE_BAD;
    return str_equal(rowset_text(self->rows, row, REVIEW_QUEUE_BAND), "red") ? glyph(GLYPH_WARNING) : NULL;
}

/* ---- Data ---- */

static int shown_monday(const struct review *self)
{
    return self->monday == DATE_NONE ? date_monday(app_session(self->screen.app)->today) : self->monday;
}

static void point(struct review *self)
{
    int row = table_cursor(self->table);
    struct review_subject subject = {0};
    if (row >= 0) {
        subject.user_id = rowset_int(self->rows, row, REVIEW_QUEUE_USER_ID);
        subject.monday = shown_monday(self);
        subject.coach = self->coach;
        subject.score = (int)rowset_int(self->rows, row, REVIEW_QUEUE_SCORE);
        static const int rates[] = {REVIEW_QUEUE_RATE_7D, REVIEW_QUEUE_RATE_30D, REVIEW_QUEUE_RATE_90D};
        static const int means[] = {REVIEW_QUEUE_WEIGHT, REVIEW_QUEUE_STEPS, REVIEW_QUEUE_CALORIES, REVIEW_QUEUE_SLEEP,
                                    REVIEW_QUEUE_STRESS};
        for (int i = 0; i < 3; i++)
            subject.rates[i] = (int)rowset_int(self->rows, row, rates[i]);
        for (int i = 0; i < REVIEW_MEANS; i++)
            subject.means[i] = rowset_null(self->rows, row, means[i]) ? NAN : rowset_double(self->rows, row, means[i]);
        snprintf(subject.name, sizeof subject.name, "%s", rowset_text(self->rows, row, REVIEW_QUEUE_NAME));
        snprintf(subject.cohort, sizeof subject.cohort, "%s", rowset_text(self->rows, row, REVIEW_QUEUE_COHORT));
        snprintf(subject.week, sizeof subject.week, "%s", rowset_text(self->rows, row, REVIEW_QUEUE_COHORT_WEEK));
        snprintf(subject.band, sizeof subject.band, "%s", rowset_text(self->rows, row, REVIEW_QUEUE_BAND));
    }
    review_detail_point(self->detail, &subject);
}

static void on_queue(void *arg, const struct reply *reply)
{
    struct review *self = arg;
    self->queue_ticket = 0;
    if (!present_take_in_place(self->screen.app, self->table, &self->rows, REVIEW_QUEUE_USER_ID, reply)) {
        app_changed(self->screen.app, REPAINT);
        return;
    }
    table_reload(self->table);
    if (self->wanted_key)
        table_select(self->table, self->wanted_key);
    self->wanted_key = 0;
    review_detail_forget(self->detail);
    app_loaded(self->screen.app, &self->screen);
    point(self);
    app_changed(self->screen.app, REPAINT);
}

static void on_summary(void *arg, const struct reply *reply)
{
    struct review *self = arg;
    self->summary_ticket = 0;
    if (reply->status != STATUS_OK)
        return; /* the queue's own answer says what is wrong */
    rowset_free(self->summary);
    self->summary = rowset_keep(reply->rows);
    app_changed(self->screen.app, REPAINT);
}

static void on_backlog(void *arg, const struct reply *reply)
{
    struct review *self = arg;
    self->backlog_ticket = 0;
    if (reply->status != STATUS_OK)
        return;
    rowset_free(self->backlog);
    self->backlog = rowset_keep(reply->rows);
    app_changed(self->screen.app, REPAINT);
}

static void on_cohorts(void *arg, const struct reply *reply)
{
    struct review *self = arg;
    self->cohorts_ticket = 0;
    if (reply->status != STATUS_OK)
        return;
    rowset_free(self->cohorts);
    self->cohorts = rowset_keep(reply->rows);
}

/* What all of its queries take. */
struct scope {
    char monday[DATE_TEXT_MAX], number[24];
    const char *coach, *cohorts;
};

static void scope_of(const struct review *self, struct scope *out)
{
    date_iso(shown_monday(self), out->monday);
    snprintf(out->number, sizeof out->number, "%lld", (long long)self->coach);
    out->coach = self->coach ? out->number : NULL;
    out->cohorts = self->chosen.length ? str_text(&self->chosen) : NULL;
}

/* The figures that a mark changes. */
static void load_summary(struct review *self)
{
    struct db *db = app_db(self->screen.app);
    struct scope scope;
    scope_of(self, &scope);
    const char *params[] = {scope.monday, scope.coach, scope.cohorts};
    db_cancel(db, self->summary_ticket, true);
    db_cancel(db, self->backlog_ticket, true);
    self->summary_ticket = db_send(db, &QUERY_REVIEW_SUMMARY, params, on_summary, self);
    self->backlog_ticket = db_send(db, &QUERY_REVIEW_BACKLOG, params + 1, on_backlog, self);
}

static void load(struct screen *screen)
{
    struct review *self = (struct review *)screen;
    struct db *db = app_db(screen->app);
    struct scope scope;
    scope_of(self, &scope);
    const char *params[] = {scope.monday, scope.coach, scope.cohorts};
    db_cancel(db, self->queue_ticket, true);
    db_cancel(db, self->cohorts_ticket, true);
    self->queue_ticket = db_send(db, &QUERY_REVIEW_QUEUE, params, on_queue, self);
    review_marks_load(self->marks, shown_monday(self), self->coach);
    self->cohorts_ticket = db_send(db, &QUERY_REVIEW_COHORTS, params, on_cohorts, self);
    load_summary(self);
}

/* A mark was answered. */
static void marked(void *ctx, bool saved)
{
    struct review *self = ctx;
    if (saved)
        load_summary(self);
    app_changed(self->screen.app, REPAINT);
}

/* ---- Screen ---- */

/* skip: the parts of the route before the Monday. */
static struct screen *open_queue(struct app *app, const struct route *route, int skip, int64_t coach)
{
    int monday = DATE_NONE;
    int64_t client = 0;
    if ((route->count > skip && !route_date(route, skip, &monday)) ||
        (route->count > skip + 1 && !route_id(route, skip + 1, &client)) || route->count > skip + 2)
        return NULL;
    struct review *self = mem_alloc(sizeof *self);
    self->screen.ops = coach ? &review_as_screen : &review_screen;
    self->coach = coach;
    self->screen.app = app;
    self->screen.layout = &self->root;
    self->monday = monday == DATE_NONE ? DATE_NONE : date_monday(monday);
    self->wanted_key = client;
    struct table_source source = {.ctx = self, .count = count, .key = key, .cell = cell, .muted = muted, .flag = flag};
    struct table_column titled[sizeof columns / sizeof columns[0]];
    memcpy(titled, columns, sizeof columns);
    if (!term_ascii())
        titled[COL_DELTA].title = "Δ";
    self->table = table_new(titled, sizeof titled / sizeof titled[0], &source);
    table_set_empty(self->table, "No client of yours was active in this week.");
    self->detail = review_detail_new(app);
    self->marks = review_marks_new(app, marked, self);
    self->list_pane =
        (struct layout){.kind = LAYOUT_PANE, .weight = 58, .min_cols = 40, .widget = table_widget(self->table)};
    self->detail_pane = (struct layout){
        .kind = LAYOUT_PANE, .weight = 42, .min_cols = 36, .min_rows = 5, .widget = review_detail_widget(self->detail)};
    self->root =
        (struct layout){.kind = LAYOUT_STACKED, .children = {&self->list_pane, &self->detail_pane}, .child_count = 2};
    layout_focus(&self->root, table_widget(self->table));
    return &self->screen;
}

static struct screen *open_review(struct app *app, const struct route *route)
{
    return open_queue(app, route, 1, 0);
}

static struct screen *open_as(struct app *app, const struct route *route)
{
    int64_t coach;
    return route_id(route, 1, &coach) ? open_queue(app, route, 2, coach) : NULL;
}

static void close_review(struct screen *screen)
{
    struct review *self = (struct review *)screen;
    const db_ticket tickets[] = {self->queue_ticket, self->summary_ticket, self->backlog_ticket, self->cohorts_ticket};
    for (size_t i = 0; i < sizeof tickets / sizeof tickets[0]; i++)
        db_cancel(app_db(screen->app), tickets[i], true);
    review_detail_free(self->detail);
    review_marks_free(self->marks);
    table_free(self->table);
    rowset_free(self->rows);
    rowset_free(self->summary);
    rowset_free(self->backlog);
    rowset_free(self->cohorts);
    str_fini(&self->chosen);
    str_fini(&self->names);
    free(self);
}

static void reflow(struct screen *screen, int rows, int cols)
{
    struct review *self = (struct review *)screen;
    (void)rows;
    bool wide = cols >= WIDE_COLS;
    self->root.kind = wide ? LAYOUT_BESIDE : LAYOUT_STACKED;
    self->list_pane.weight = wide ? 60 : 50;
    self->detail_pane.weight = wide ? 40 : 50;
    review_detail_rebuild(self->detail);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct review *self = (const struct review *)screen;
    char monday[DATE_TEXT_MAX];
    date_iso(shown_monday(self), monday);
    int64_t client = table_cursor_key(self->table);
    char whose[32], stands_on[32] = "";
    snprintf(whose, sizeof whose, self->coach ? "as/%lld" : "review", (long long)self->coach);
    if (client)
        snprintf(stands_on, sizeof stands_on, "/%lld", (long long)client);
    route_format(out, "%s/%s%s", whose, monday, stands_on);
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    const struct review *self = (const struct review *)screen;
    const struct rowset *sums = self->summary;
    line_add(left, ROLE_DIM, "Review");
    if (self->coach)
        line_add(left, ROLE_WARN, " as %s, read-only",
                 rowset_count(sums) ? rowset_text(sums, 0, REVIEW_SUMMARY_COACH_NAME) : "another coach");
    present_week(left, shown_monday(self));
    if (self->chosen.length)
        line_add(left, ROLE_STRONG, "  %s", str_text(&self->names));
    if (!rowset_count(sums))
        return;
    static const struct {
        enum role role;
        enum glyph glyph;
        int column;
        const char *words;
    } bands[] = {
        {ROLE_BAD, GLYPH_BAND_RED, REVIEW_SUMMARY_RED, "need you"},
        {ROLE_WARN, GLYPH_BAND_AMBER, REVIEW_SUMMARY_AMBER, "watch"},
        {ROLE_GOOD, GLYPH_BAND_GREEN, REVIEW_SUMMARY_GREEN, "fine"},
    };
    line_add(left, ROLE_TEXT, "   ");
    for (size_t i = 0; i < sizeof bands / sizeof bands[0]; i++) {
        line_add(left, bands[i].role, "%s ", glyph(bands[i].glyph));
        line_add(left, ROLE_STRONG, "%lld ", (long long)rowset_int(sums, 0, bands[i].column));
        line_add(left, ROLE_DIM, "%s", self->coach || self->chosen.length ? "" : bands[i].words);
        line_add(left, ROLE_DIM, "  ");
    }
    line_add(right, ROLE_DIM, "reviewed ");
    line_add(right, ROLE_TEXT, "%lld/%lld", (long long)rowset_int(sums, 0, REVIEW_SUMMARY_REVIEWED),
             (long long)rowset_int(sums, 0, REVIEW_SUMMARY_TOTAL));
}

static void status(const struct screen *screen, struct line *left)
{
    const struct review *self = (const struct review *)screen;
    if (self->rows)
        line_add(left, ROLE_TEXT, "%d in view", rowset_count(self->rows));
    if (!rowset_count(self->summary))
        return;
    int64_t today = rowset_int(self->summary, 0, REVIEW_SUMMARY_SESSIONS_TODAY);
    int64_t unmarked = rowset_int(self->summary, 0, REVIEW_SUMMARY_UNMARKED);
    line_add(left, ROLE_DIM, "   today ");
    line_add(left, ROLE_TEXT, "%lld session%s", (long long)today, today == 1 ? "" : "s");
    if (unmarked)
        line_add(left, ROLE_WARN, ", %lld unmarked", (long long)unmarked);
    int weeks = rowset_count(self->backlog);
    int64_t pending = 0;
    for (int i = 0; i < weeks; i++)
        pending += rowset_int(self->backlog, i, REVIEW_BACKLOG_PENDING);
    if (weeks)
        line_add(left, ROLE_WARN, "   %lld pending in %d earlier week%s", (long long)pending, weeks,
                 weeks == 1 ? "" : "s");
    else
        line_add(left, ROLE_DIM, "   sorted by band, score");
}

static enum review_mark stands(const struct review *self)
{
    return review_marks_get(self->marks, table_cursor_key(self->table));
}

static unsigned mark(struct review *self, enum review_mark wanted)
{
    int row = table_cursor(self->table);
    review_marks_set(self->marks, table_cursor_key(self->table), rowset_text(self->rows, row, REVIEW_QUEUE_NAME),
                     wanted);
    return REPAINT | (wanted == REVIEW_PENDING ? 0 : table_move(self->table, 1));
}

static bool accepts(const struct screen *screen, enum action action)
{
    const struct review *self = (const struct review *)screen;
    switch (action) {
    case ACTION_CHECKIN:
    case ACTION_OPEN:
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        return table_cursor(self->table) >= 0;
    case ACTION_REVIEWED:
    case ACTION_SKIP:
        return !self->coach && table_cursor(self->table) >= 0 && stands(self) == REVIEW_PENDING;
    case ACTION_REOPEN:
        return !self->coach && table_cursor(self->table) >= 0 && stands(self) != REVIEW_PENDING;
    case ACTION_PERIOD_UNREVIEWED:
        return rowset_count(self->backlog) > 0;
    case ACTION_FILTER:
        return rowset_count(self->cohorts) > 0;
    case ACTION_PERIOD_FORWARD:
        return shown_monday(self) < date_monday(app_session(screen->app)->today);
    case ACTION_PERIOD_BACK:
    case ACTION_PERIOD_TODAY:
    case ACTION_PERIOD_DATE:
    case ACTION_DETAIL:
        return true;
    default:
        return false;
    }
}

static unsigned go_to_week(struct review *self, int monday)
{
    int latest = date_monday(app_session(self->screen.app)->today);
    monday = date_monday(monday);
    self->monday = monday >= latest ? DATE_NONE : monday;
    self->wanted_key = table_cursor_key(self->table);
    load(&self->screen);
    return REPAINT;
}

/* The latest earlier week that waits, from the one that is shown; behind the last of them comes the first again. */
static unsigned go_to_unreviewed(struct review *self)
{
    int weeks = rowset_count(self->backlog), at = 0;
    while (at < weeks && rowset_date(self->backlog, at, REVIEW_BACKLOG_WEEK) >= shown_monday(self))
        at++;
    return go_to_week(self, rowset_date(self->backlog, at < weeks ? at : 0, REVIEW_BACKLOG_WEEK));
}

static unsigned ask_cohorts(struct review *self)
{
    struct str label = {0};
    str_add(&label, "Cohorts, with commas; none: all (");
    for (int i = 0; i < rowset_count(self->cohorts); i++)
        str_addf(&label, "%s%s", i ? ", " : "", rowset_text(self->cohorts, i, REVIEW_COHORTS_NAME));
    str_add(&label, ")");
    self->asking_cohorts = true;
    app_ask(self->screen.app, str_text(&label), str_text(&self->names));
    str_fini(&label);
    return REPAINT;
}

static void open_record(struct review *self, const char *place)
{
    int rows = rowset_count(self->rows);
    int64_t *ids = mem_array((size_t)rows, sizeof *ids);
    for (int i = 0; i < rows; i++)
        ids[i] = key(self, i);
    app_set_records(self->screen.app, ids, rows, table_cursor_key(self->table));
    free(ids);
    app_open(self->screen.app, "%s/%lld", place, (long long)table_cursor_key(self->table));
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct review *self = (struct review *)screen;
    int steps = times ? times : 1;
    switch (action) {
    case ACTION_CHECKIN:
        open_record(self, "checkin");
        return TAKEN;
    case ACTION_OPEN:
        open_record(self, "member");
        return TAKEN;
    case ACTION_NEXT_RECORD:
        return table_move(self->table, steps);
    case ACTION_PREVIOUS_RECORD:
        return table_move(self->table, -steps);
    case ACTION_REVIEWED:
        return mark(self, REVIEW_DONE);
    case ACTION_SKIP:
        return mark(self, REVIEW_SKIPPED);
    case ACTION_REOPEN:
        return mark(self, REVIEW_PENDING);
    case ACTION_PERIOD_BACK:
        return go_to_week(self, shown_monday(self) - 7 * steps);
    case ACTION_PERIOD_FORWARD:
        return go_to_week(self, shown_monday(self) + 7 * steps);
    case ACTION_PERIOD_TODAY:
        return go_to_week(self, app_session(screen->app)->today);
    case ACTION_PERIOD_UNREVIEWED:
        return go_to_unreviewed(self);
    case ACTION_FILTER:
        return ask_cohorts(self);
    case ACTION_PERIOD_DATE:
        self->asking_cohorts = false;
        app_ask(screen->app, "Week that holds (YYYY-MM-DD)", "");
        return REPAINT;
    case ACTION_DETAIL:
        self->detail_pane.hidden = !self->detail_pane.hidden;
        return REFLOW;
    default:
        return NOT_TAKEN;
    }
}

static void answer(struct screen *screen, const char *text)
{
    struct review *self = (struct review *)screen;
    int date;
    if (self->asking_cohorts) {
        char wrong[PRESENT_MAX];
        if (!review_choice(self->cohorts, text, &self->chosen, &self->names, wrong)) {
            struct str words = {0};
            str_addf(&words, "no cohort of this queue is called \"%s\"", wrong);
            app_ask_error(screen->app, str_text(&words));
            str_fini(&words);
            return;
        }
        self->wanted_key = table_cursor_key(self->table);
        load(screen);
        app_changed(screen->app, REPAINT);
        return;
    }
    if (date_parse(text, &date))
        app_changed(screen->app, go_to_week(self, date));
    else
        app_ask_error(screen->app, "no date: write it as 2026-01-16");
}

static void moved(struct screen *screen)
{
    point((struct review *)screen);
}

static bool restless(const struct screen *screen)
{
    return review_detail_restless(((const struct review *)screen)->detail);
}

static const enum action hints[] = {
    ACTION_OPEN,        ACTION_REVIEWED,       ACTION_SKIP,
    ACTION_REOPEN,      ACTION_NEXT_RECORD,    ACTION_PREVIOUS_RECORD,
    ACTION_PERIOD_BACK, ACTION_PERIOD_FORWARD, ACTION_PERIOD_UNREVIEWED,
    ACTION_FILTER,      ACTION_PALETTE,        ACTION_NEXT_PANE,
    ACTION_DETAIL,      ACTION_ZOOM,           ACTION_HELP,
    ACTION_BACK,
};

const struct screen_ops review_screen = {
    .id = "review",
    .title = "review queue",
    .palette = "queue",
    .people = PERSON_COACH | PERSON_ADMIN,
    .open = open_review,
    .close = close_review,
    .load = load,
    .route = route_of,
    .reflow = reflow,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .moved = moved,
    .answer = answer,
    .restless = restless,
    .shows = "appointments coach_cohort_memberships coach_notes cohort_frequencies cohort_memberships cohorts entries "
             "member_frequencies questionnaire_bundles reviews users weekly_questionnaire_responses",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};

/* The same as another coach has it. Nothing can be changed there, and each reading is in the audit log; so it is not refreshed by itself. */
const struct screen_ops review_as_screen = {
    .id = "as",
    .title = "read-only queue",
    .people = PERSON_ADMIN,
    .open = open_as,
    .close = close_review,
    .load = load,
    .route = route_of,
    .reflow = reflow,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .moved = moved,
    .answer = answer,
    .restless = restless,
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
