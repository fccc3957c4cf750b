/* What a client sees first: the streak, today's check-in, the week, what is to do and what is coming. No scores. Route: client. */
#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/doc.h"
#include "present.h"

enum part { PART_HOME, PART_WEEK, PART_TODO, PART_UPCOMING, PART_COUNT };
enum { VALUE_COL = 12, DAY_COLS = 6, UPCOMING_ROWS = 10 };

struct client;

struct slot {
    struct client *client;
    enum part part;
};

struct client {
    struct screen screen;
    struct layout pane;
    struct doc *doc;
    struct slot slots[PART_COUNT];
    struct rowset *rows[PART_COUNT];
    db_ticket tickets[PART_COUNT];
};

static void title(struct doc *doc, const char *words)
{
    doc_blank(doc);
    doc_line(doc);
    doc_text(doc, ROLE_HEADER, words);
}

static void label(struct doc *doc, const char *words)
{
    doc_line(doc);
    doc_at(doc, 1);
    doc_text(doc, ROLE_DIM, words);
    doc_at(doc, VALUE_COL);
}

/* ---- Today ---- */

static void streak(const struct app *app, struct doc *doc, const struct rowset *rows)
{
    char due[DATE_TEXT_MAX];
    int64_t days = rowset_int(rows, 0, CLIENT_HOME_STREAK);
    doc_line(doc);
    doc_text(doc, ROLE_DIM, "streak ");
    doc_span(doc, ROLE_STRONG, "%lld day%s", (long long)days, days == 1 ? "" : "s");
    if (rowset_bool(rows, 0, CLIENT_HOME_CHECKED_IN))
        doc_span(doc, ROLE_GOOD, "  %s today is in", glyph(GLYPH_CHECK));
    else
        doc_span(doc, ROLE_WARN, "  %s today is still to come", glyph(GLYPH_PENDING));
    doc_span(doc, ROLE_DIM, "   best %lld", (long long)rowset_int(rows, 0, CLIENT_HOME_BEST_STREAK));
    if (!rowset_null(rows, 0, CLIENT_HOME_NEXT_MILESTONE))
        doc_span(doc, ROLE_DIM, ", next mark %lld", (long long)rowset_int(rows, 0, CLIENT_HOME_NEXT_MILESTONE));
    int next = rowset_date(rows, 0, CLIENT_HOME_NEXT_DUE);
    doc_line(doc);
    doc_text(doc, ROLE_DIM, "next check-in due ");
    doc_text(doc, ROLE_TEXT, next <= app_session(app)->today ? "today" : date_short(next, due));
}

static void number(struct doc *doc, const struct rowset *rows, const char *words, int column)
{
    label(doc, words);
    if (rowset_null(rows, 0, column))
        doc_text(doc, ROLE_DIM, glyph(GLYPH_ABSENT));
    else
        doc_span(doc, ROLE_STRONG, "%lld", (long long)rowset_int(rows, 0, column));
}

static void today(const struct app *app, struct doc *doc, const struct rowset *rows)
{
    title(doc, "Today");
    label(doc, "Weight");
    if (rowset_null(rows, 0, CLIENT_HOME_WEIGHT))
        doc_text(doc, ROLE_DIM, glyph(GLYPH_ABSENT));
    else
        doc_span(doc, ROLE_STRONG, "%.1f %s", app_weight(app, rowset_double(rows, 0, CLIENT_HOME_WEIGHT)),
                 app_weight_unit(app));
    number(doc, rows, "Steps", CLIENT_HOME_STEPS);
    number(doc, rows, "Calories", CLIENT_HOME_CALORIES);
    number(doc, rows, "Sleep", CLIENT_HOME_SLEEP);
    number(doc, rows, "Stress", CLIENT_HOME_STRESS);
    if (*rowset_text(rows, 0, CLIENT_HOME_NOTES)) {
        label(doc, "Notes");
        doc_wrap(doc, VALUE_COL, ROLE_TEXT, rowset_text(rows, 0, CLIENT_HOME_NOTES));
    }
}

/* ---- The last seven days ---- */

static void week_row(const struct app *app, struct doc *doc, const struct rowset *rows, const char *words, int column)
{
    doc_line(doc);
    doc_at(doc, 1);
    doc_text(doc, ROLE_DIM, words);
    for (int i = 0; i < rowset_count(rows); i++) {
        char text[PRESENT_MAX];
        int end = VALUE_COL + (i + 1) * DAY_COLS;
        if (rowset_null(rows, i, column))
            doc_right(doc, ROLE_DIM, glyph(GLYPH_DOT), end);
        else if (column == CLIENT_WEEK_WEIGHT)
            doc_right(doc, ROLE_TEXT,
                      (snprintf(text, sizeof text, "%.1f", app_weight(app, rowset_double(rows, i, column))), text),
                      end);
        else
            doc_right(doc, ROLE_TEXT, present_compact(rowset_double(rows, i, column), text), end);
    }
}

static void week(const struct app *app, struct doc *doc, const struct rowset *rows)
{
    title(doc, "Last 7 days");
    for (int i = 0; i < rowset_count(rows); i++)
        doc_right(doc, ROLE_HEADER, date_weekday_name(date_weekday(rowset_date(rows, i, CLIENT_WEEK_DATE))),
                  VALUE_COL + (i + 1) * DAY_COLS);
    doc_line(doc);
    doc_at(doc, 1);
    doc_text(doc, ROLE_DIM, "in");
    for (int i = 0; i < rowset_count(rows); i++) {
        bool in = rowset_bool(rows, i, CLIENT_WEEK_CHECKED_IN), last = i + 1 == rowset_count(rows);
        doc_right(doc,
                  in     ? ROLE_GOOD
                  : last ? ROLE_WARN
                         : ROLE_DIM,
                  glyph(in     ? GLYPH_CHECK
                        : last ? GLYPH_PENDING
                               : GLYPH_DOT),
                  VALUE_COL + (i + 1) * DAY_COLS);
    }
    week_row(app, doc, rows, "weight", CLIENT_WEEK_WEIGHT);
    week_row(app, doc, rows, "steps", CLIENT_WEEK_STEPS);
    week_row(app, doc, rows, "kcal", CLIENT_WEEK_CALORIES);
    week_row(app, doc, rows, "sleep", CLIENT_WEEK_SLEEP);
    week_row(app, doc, rows, "stress", CLIENT_WEEK_STRESS);
}

/* ---- To do, coming up ---- */

static void todo(struct doc *doc, const struct rowset *rows)
{
    title(doc, "To do");
    if (!rowset_count(rows)) {
        label(doc, "");
        doc_at(doc, 1);
        doc_text(doc, ROLE_DIM, "nothing is waiting for you");
    }
    for (int i = 0; i < rowset_count(rows); i++) {
        char due[DATE_TEXT_MAX];
        bool questionnaire = str_equal(rowset_text(rows, i, CLIENT_TODO_KIND), "questionnaire");
        doc_line(doc);
        doc_at(doc, 1);
        doc_text(doc, ROLE_WARN, questionnaire ? glyph(GLYPH_WARNING) : glyph(GLYPH_DOT));
        doc_at(doc, 3);
        doc_text(doc, ROLE_TEXT, rowset_text(rows, i, CLIENT_TODO_TITLE));
        if (questionnaire) {
            doc_span(doc, ROLE_STRONG, "  %lld/%lld", (long long)rowset_int(rows, i, CLIENT_TODO_ANSWERED),
                     (long long)rowset_int(rows, i, CLIENT_TODO_TOTAL));
            if (!rowset_null(rows, i, CLIENT_TODO_DUE))
                doc_span(doc, ROLE_DIM, "  due %s", date_short(rowset_date(rows, i, CLIENT_TODO_DUE), due));
        } else {
            doc_text(doc, ROLE_DIM,
                     str_equal(rowset_text(rows, i, CLIENT_TODO_STATE), "in_progress") ? "  in progress"
                                                                                       : "  not started");
        }
    }
}

static void upcoming(struct doc *doc, const struct rowset *rows)
{
    title(doc, "Coming up");
    if (!rowset_count(rows)) {
        label(doc, "");
        doc_at(doc, 1);
        doc_text(doc, ROLE_DIM, "nothing is planned");
    }
    for (int i = 0; i < rowset_count(rows); i++) {
        char when[PRESENT_MAX], until[PRESENT_MAX];
        const char *starts = present_moment(rows, i, CLIENT_UPCOMING_STARTS, when);
        doc_line(doc);
        doc_at(doc, 1);
        doc_span(doc, ROLE_STRONG, "%s", starts);
        doc_at(doc, 20);
        doc_text(doc, ROLE_TEXT, rowset_text(rows, i, CLIENT_UPCOMING_TITLE));
        if (*rowset_text(rows, i, CLIENT_UPCOMING_LOCATION))
            doc_span(doc, ROLE_DIM, ", %s", rowset_text(rows, i, CLIENT_UPCOMING_LOCATION));
        if (str_equal(rowset_text(rows, i, CLIENT_UPCOMING_KIND), "bootcamp")) {
            int64_t left = rowset_int(rows, i, CLIENT_UPCOMING_PLACES_LEFT);
            if (rowset_bool(rows, i, CLIENT_UPCOMING_REGISTERED))
                doc_span(doc, ROLE_GOOD, "  %s you are in", glyph(GLYPH_CHECK));
            else if (rowset_null(rows, i, CLIENT_UPCOMING_PLACES_LEFT))
                doc_text(doc, ROLE_DIM, "  places left");
            else
                doc_span(doc, left ? ROLE_DIM : ROLE_WARN, "  %lld place%s left", (long long)left,
                         left == 1 ? "" : "s");
        } else if (!rowset_null(rows, i, CLIENT_UPCOMING_CANCEL_UNTIL)) {
            doc_span(doc, ROLE_DIM, "  can be cancelled until %s",
                     present_moment(rows, i, CLIENT_UPCOMING_CANCEL_UNTIL, until));
        }
    }
}

static void build(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct client *self = ctx;
    const struct app *app = self->screen.app;
    (void)cols;
    (void)rows;
    if (!rowset_count(self->rows[PART_HOME])) {
        doc_line(doc);
        doc_text(doc, ROLE_DIM, "reading");
        return;
    }
    streak(app, doc, self->rows[PART_HOME]);
    todo(doc, self->rows[PART_TODO]);
    week(app, doc, self->rows[PART_WEEK]);
    upcoming(doc, self->rows[PART_UPCOMING]);
    today(app, doc, self->rows[PART_HOME]);
}

/* ---- Data ---- */

static void on_rows(void *arg, const struct reply *reply)
{
    struct slot *slot = arg;
    struct client *self = slot->client;
    self->tickets[slot->part] = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
    } else {
        rowset_free(self->rows[slot->part]);
        self->rows[slot->part] = rowset_keep(reply->rows);
        app_loaded(self->screen.app, &self->screen);
        doc_rebuild(self->doc);
    }
    app_changed(self->screen.app, REPAINT);
}

static void load(struct screen *screen)
{
    static const struct query *const queries[PART_COUNT] = {&QUERY_CLIENT_HOME, &QUERY_CLIENT_WEEK, &QUERY_CLIENT_TODO,
                                                            &QUERY_CLIENT_UPCOMING};
    struct client *self = (struct client *)screen;
    char page[12];
    snprintf(page, sizeof page, "%d", UPCOMING_ROWS);
    const char *params[] = {page};
    for (int i = 0; i < PART_COUNT; i++) {
        db_cancel(app_db(screen->app), self->tickets[i], true);
        self->tickets[i] =
            db_send(app_db(screen->app), queries[i], queries[i]->param_count ? params : NULL, on_rows, &self->slots[i]);
    }
}

/* ---- Screen ---- */

static struct screen *open_client(struct app *app, const struct route *route)
{
    if (route->count > 1)
        return NULL;
    struct client *self = mem_alloc(sizeof *self);
    self->screen = (struct screen){.ops = &client_screen, .app = app, .layout = &self->pane};
    for (int i = 0; i < PART_COUNT; i++)
        self->slots[i] = (struct slot){self, (enum part)i};
    self->doc = doc_new();
    doc_on_build(self->doc, build, self);
    self->pane = (struct layout){.kind = LAYOUT_PANE, .widget = doc_widget(self->doc)};
    return &self->screen;
}

static void close_client(struct screen *screen)
{
    struct client *self = (struct client *)screen;
    for (int i = 0; i < PART_COUNT; i++) {
        db_cancel(app_db(screen->app), self->tickets[i], true);
        rowset_free(self->rows[i]);
    }
    doc_free(self->doc);
    free(self);
}

static void route_of(const struct screen *screen, struct route *out)
{
    (void)screen;
    route_format(out, "client");
}

static void reflow(struct screen *screen, int rows, int cols)
{
    (void)rows;
    (void)cols;
    doc_rebuild(((struct client *)screen)->doc);
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    char day[DATE_TEXT_MAX];
    (void)right;
    line_add(left, ROLE_STRONG, "My day");
    line_add(left, ROLE_DIM, " %s %s", glyph(GLYPH_CRUMB), date_short(app_session(screen->app)->today, day));
}

static void status(const struct screen *screen, struct line *left)
{
    line_add(left, ROLE_DIM, "weights in %s", app_weight_unit(screen->app));
}

static const enum action hints[] = {ACTION_UNITS, ACTION_PALETTE, ACTION_HELP, ACTION_BACK};

const struct screen_ops client_screen = {
    .id = "client",
    .title = "my day",
    .palette = "today",
    .people = PERSON_CLIENT,
    .open = open_client,
    .close = close_client,
    .load = load,
    .route = route_of,
    .reflow = reflow,
    .crumbs = crumbs,
    .status = status,
    .shows = "appointments bootcamp_attendees bootcamps cohort_memberships entries invoices questionnaire_bundles "
             "weekly_questionnaire_responses workouts",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
