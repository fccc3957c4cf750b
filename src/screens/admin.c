/* What an admin sees first: what is to do, the month's money, cohorts, coaches and the latest changes. Route: admin. */
#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/money.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/doc.h"
#include "centurion/ui/table.h"
#include "present.h"

enum part { PART_HOME, PART_COHORTS, PART_COACHES, PART_CHANGES, PART_COUNT };
enum { SECOND_COL = 40, PAGE_ROWS = 50, SUMMARY_ROWS = 6, ALL_PANES_ROWS = 24 };

struct admin;

struct slot {
    struct admin *admin;
    enum part part;
};

struct admin {
    struct screen screen;
    struct layout root, summary_pane, cohorts_pane, coaches_pane, changes_pane;
    struct doc *summary, *changes;
    struct table *cohorts, *coaches;
    struct slot slots[PART_COUNT];
    struct rowset *rows[PART_COUNT];
    db_ticket tickets[PART_COUNT];
};

/* ---- To do and money ---- */

static void todo(struct doc *doc, const struct rowset *rows, int column, const char *one, const char *many)
{
    int64_t number = rowset_int(rows, 0, column);
    doc_line(doc);
    doc_at(doc, 1);
    doc_text(doc, number ? ROLE_WARN : ROLE_GOOD, number ? glyph(GLYPH_BAND_AMBER) : glyph(GLYPH_BAND_GREEN));
    doc_at(doc, 3);
    doc_span(doc, number ? ROLE_STRONG : ROLE_DIM, "%lld", (long long)number);
    doc_span(doc, number ? ROLE_TEXT : ROLE_DIM, " %s", number == 1 ? one : many);
}

static void money(const struct admin *self, struct doc *doc, const char *words, int column, int count_column,
                  const char *one, const char *many)
{
    const struct rowset *rows = self->rows[PART_HOME];
    char amount[MONEY_TEXT_MAX], text[MONEY_TEXT_MAX + 8];
    snprintf(text, sizeof text, "%s%s", money_symbol(app_session(self->screen.app)->currency),
             money_format(rowset_cents(rows, 0, column), amount));
    doc_at(doc, SECOND_COL);
    doc_text(doc, ROLE_DIM, words);
    doc_right(doc, ROLE_STRONG, text, SECOND_COL + 23);
    int64_t count = rowset_int(rows, 0, count_column);
    doc_span(doc, ROLE_DIM, "  %lld %s", (long long)count, count == 1 ? one : many);
}

static void build_summary(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct admin *self = ctx;
    const struct rowset *home = self->rows[PART_HOME];
    (void)cols;
    (void)rows;
    if (!rowset_count(home)) {
        doc_line(doc);
        doc_text(doc, ROLE_DIM, "reading");
        return;
    }
    int year, month, day;
    date_to_civil(rowset_date(home, 0, ADMIN_HOME_MONTH), &year, &month, &day);
    doc_line(doc);
    doc_text(doc, ROLE_HEADER, "To do");
    doc_at(doc, SECOND_COL);
    doc_span(doc, ROLE_HEADER, "%s %d", date_month_name(month), year);
    todo(doc, home, ADMIN_HOME_UNMARKED, "past session not marked", "past sessions not marked");
    money(self, doc, "Issued", ADMIN_HOME_ISSUED, ADMIN_HOME_ISSUED_COUNT, "invoice", "invoices");
    todo(doc, home, ADMIN_HOME_UNSENT, "invoice not sent", "invoices not sent");
    money(self, doc, "Paid", ADMIN_HOME_PAID, ADMIN_HOME_PAID_COUNT, "payment", "payments");
    todo(doc, home, ADMIN_HOME_OVERDUE, "invoice past due", "invoices past due");
    money(self, doc, "Open", ADMIN_HOME_OPEN, ADMIN_HOME_OPEN_COUNT, "invoice", "invoices");
    char many[64];
    snprintf(many, sizeof many, "coaches over %lld clients", (long long)rowset_int(home, 0, ADMIN_HOME_MAX_CLIENTS));
    char one[64];
    snprintf(one, sizeof one, "coach over %lld clients", (long long)rowset_int(home, 0, ADMIN_HOME_MAX_CLIENTS));
    todo(doc, home, ADMIN_HOME_COACHES_OVER, one, many);
    money(self, doc, "Uninvoiced", ADMIN_HOME_UNINVOICED, ADMIN_HOME_UNINVOICED_COUNT, "session", "sessions");
    todo(doc, home, ADMIN_HOME_INSIGHTS, "insight active", "insights active");
    doc_at(doc, SECOND_COL);
    doc_text(doc, ROLE_DIM, "New members");
    char members[PRESENT_MAX];
    snprintf(members, sizeof members, "%lld", (long long)rowset_int(home, 0, ADMIN_HOME_NEW_MEMBERS));
    doc_right(doc, ROLE_STRONG, members, SECOND_COL + 23);
    doc_span(doc, ROLE_DIM, "  after %lld", (long long)rowset_int(home, 0, ADMIN_HOME_NEW_MEMBERS_BEFORE));
}

static void build_changes(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct rowset *changes = ((const struct admin *)ctx)->rows[PART_CHANGES];
    (void)cols;
    (void)rows;
    if (changes && !rowset_count(changes)) {
        doc_line(doc);
        doc_text(doc, ROLE_DIM, "Nothing was changed yet.");
    }
    for (int i = 0; i < rowset_count(changes); i++) {
        char when[PRESENT_MAX];
        doc_line(doc);
        doc_text(doc, ROLE_DIM, present_moment(changes, i, ADMIN_CHANGES_AT, when));
        doc_at(doc, 18);
        doc_text(doc, ROLE_TEXT, rowset_text(changes, i, ADMIN_CHANGES_ACTOR));
        doc_at(doc, 34);
        doc_text(doc, ROLE_STRONG, rowset_text(changes, i, ADMIN_CHANGES_ACTION));
        doc_span(doc, ROLE_DIM, "  %s", rowset_text(changes, i, ADMIN_CHANGES_TARGET));
        doc_span(doc, ROLE_TEXT, "  %s", rowset_text(changes, i, ADMIN_CHANGES_DETAIL));
    }
}

/* ---- Cohorts and coaches ---- */

enum { COL_NAME, COL_MEMBERS, COL_ACTIVE, COL_RATE, COL_SCORE, COL_COACHES, COL_FLAGS };

static const struct table_column cohort_columns[] = {
    [COL_NAME] = {.id = "cohort", .title = "Cohort", .cols = 14, .max_cols = 30, .flexible = true},
    [COL_MEMBERS] = {.id = "members", .title = "Mem", .cols = 4, .right = true},
    [COL_ACTIVE] = {.id = "active", .title = "Act7", .cols = 4, .rank = 3, .right = true},
    [COL_RATE] = {.id = "engagement", .title = "Eng%", .cols = 4, .rank = 1, .right = true},
    [COL_SCORE] = {.id = "score", .title = "Score", .cols = 5, .right = true},
    [COL_COACHES] = {.id = "coaches", .title = "Coaches", .cols = 14, .rank = 4},
    [COL_FLAGS] = {.id = "flags", .title = "Flags", .cols = 16, .rank = 2},
};

static int cohort_count(void *ctx)
{
    return rowset_count(((struct admin *)ctx)->rows[PART_COHORTS]);
}

static int64_t cohort_key(void *ctx, int row)
{
    return rowset_int(((struct admin *)ctx)->rows[PART_COHORTS], row, ADMIN_COHORTS_ID);
}

static void blank_if_empty(struct cell *cell)
{
    if (cell->kind == CELL_EMPTY)
        *cell = (struct cell){.kind = CELL_TEXT, .text = ""};
}

static void cohort_cell(void *ctx, int row, int column, struct cell *out)
{
    const struct rowset *rows = ((struct admin *)ctx)->rows[PART_COHORTS];
    switch (column) {
    case COL_NAME:
        present_text(out, rows, row, ADMIN_COHORTS_NAME, ROLE_TEXT);
        break;
    case COL_MEMBERS:
        present_int(out, rows, row, ADMIN_COHORTS_MEMBERS, ROLE_TEXT);
        break;
    case COL_ACTIVE:
        present_int(out, rows, row, ADMIN_COHORTS_ACTIVE_7D, ROLE_TEXT);
        break;
    case COL_RATE:
        present_percent(out, rows, row, ADMIN_COHORTS_ENGAGEMENT);
        break;
    case COL_SCORE:
        present_score(out, rows, row, ADMIN_COHORTS_SCORE, ADMIN_COHORTS_BAND);
        break;
    case COL_COACHES:
        present_text(out, rows, row, ADMIN_COHORTS_COACHES, ROLE_TEXT);
        break;
    default:
        present_text(out, rows, row, ADMIN_COHORTS_FLAGS, ROLE_WARN);
        blank_if_empty(out);
        break;
    }
}

enum { COL_COACH, COL_CLIENTS, COL_COHORTS, COL_RATE_14, COL_COACH_SCORE, COL_COACH_FLAGS };

static const struct table_column coach_columns[] = {
    [COL_COACH] = {.id = "coach", .title = "Coach", .cols = 14, .max_cols = 30, .flexible = true},
    [COL_CLIENTS] = {.id = "clients", .title = "Clients", .cols = 7, .right = true},
    [COL_COHORTS] = {.id = "cohorts", .title = "Cohorts", .cols = 7, .rank = 2, .right = true},
    [COL_RATE_14] = {.id = "rate14", .title = "14d", .cols = 4, .rank = 1, .right = true},
    [COL_COACH_SCORE] = {.id = "score", .title = "Score", .cols = 5, .right = true},
    [COL_COACH_FLAGS] = {.id = "flags", .title = "Flags", .cols = 16, .rank = 3},
};

static int coach_count(void *ctx)
{
    return rowset_count(((struct admin *)ctx)->rows[PART_COACHES]);
}

static int64_t coach_key(void *ctx, int row)
{
    return rowset_int(((struct admin *)ctx)->rows[PART_COACHES], row, ADMIN_COACHES_ID);
}

static void coach_cell(void *ctx, int row, int column, struct cell *out)
{
    const struct rowset *rows = ((struct admin *)ctx)->rows[PART_COACHES];
    switch (column) {
    case COL_COACH:
        present_text(out, rows, row, ADMIN_COACHES_NAME, ROLE_TEXT);
        break;
    case COL_CLIENTS:
        present_int(out, rows, row, ADMIN_COACHES_CLIENTS, ROLE_TEXT);
        break;
    case COL_COHORTS:
        present_int(out, rows, row, ADMIN_COACHES_COHORTS, ROLE_TEXT);
        break;
    case COL_RATE_14:
        present_percent(out, rows, row, ADMIN_COACHES_RATE_14D);
        break;
    case COL_COACH_SCORE:
        present_score(out, rows, row, ADMIN_COACHES_SCORE, ADMIN_COACHES_BAND);
        break;
    default:
        present_text(out, rows, row, ADMIN_COACHES_FLAGS, ROLE_WARN);
        blank_if_empty(out);
        break;
    }
}

/* ---- Data ---- */

static void on_rows(void *arg, const struct reply *reply)
{
    struct slot *slot = arg;
    struct admin *self = slot->admin;
    struct table *table = slot->part == PART_COHORTS   ? self->cohorts
                          : slot->part == PART_COACHES ? self->coaches
                                                       : NULL;
    self->tickets[slot->part] = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
        if (table)
            table_set_state(table, self->rows[slot->part] ? TABLE_STALE : TABLE_FAILED, reply->error->text);
    } else {
        rowset_free(self->rows[slot->part]);
        self->rows[slot->part] = rowset_keep(reply->rows);
        app_loaded(self->screen.app, &self->screen);
        if (table) {
            table_set_state(table, TABLE_READY, NULL);
            table_reload(table);
        } else {
            doc_rebuild(slot->part == PART_HOME ? self->summary : self->changes);
        }
    }
    app_changed(self->screen.app, REPAINT);
}

static void load(struct screen *screen)
{
    static const struct query *const queries[PART_COUNT] = {&QUERY_ADMIN_HOME, &QUERY_ADMIN_COHORTS,
                                                            &QUERY_ADMIN_COACHES, &QUERY_ADMIN_CHANGES};
    struct admin *self = (struct admin *)screen;
    char page[12];
    snprintf(page, sizeof page, "%d", PAGE_ROWS);
    const char *params[] = {page};
    for (int i = 0; i < PART_COUNT; i++) {
        db_cancel(app_db(screen->app), self->tickets[i], true);
        self->tickets[i] = db_send(app_db(screen->app), queries[i], params, on_rows, &self->slots[i]);
    }
}

/* ---- Screen ---- */

static struct screen *open_admin(struct app *app, const struct route *route)
{
    if (route->count > 1)
        return NULL;
    struct admin *self = mem_alloc(sizeof *self);
    self->screen = (struct screen){.ops = &admin_screen, .app = app, .layout = &self->root};
    for (int i = 0; i < PART_COUNT; i++)
        self->slots[i] = (struct slot){self, (enum part)i};
    self->summary = doc_new();
    self->changes = doc_new();
    doc_on_build(self->summary, build_summary, self);
    doc_on_build(self->changes, build_changes, self);
    struct table_source cohorts = {.ctx = self, .count = cohort_count, .key = cohort_key, .cell = cohort_cell};
    struct table_source coaches = {.ctx = self, .count = coach_count, .key = coach_key, .cell = coach_cell};
    self->cohorts = table_new(cohort_columns, sizeof cohort_columns / sizeof cohort_columns[0], &cohorts);
    self->coaches = table_new(coach_columns, sizeof coach_columns / sizeof coach_columns[0], &coaches);
    table_set_empty(self->cohorts, "There is no cohort yet.");
    table_set_empty(self->coaches, "There is no coach yet.");
    self->summary_pane = (struct layout){.kind = LAYOUT_PANE,
                                         .weight = 8,
                                         .min_rows = SUMMARY_ROWS,
                                         .max_rows = SUMMARY_ROWS,
                                         .no_focus = true,
                                         .widget = doc_widget(self->summary)};
    self->cohorts_pane =
        (struct layout){.kind = LAYOUT_PANE, .weight = 6, .min_rows = 4, .widget = table_widget(self->cohorts)};
    self->coaches_pane =
        (struct layout){.kind = LAYOUT_PANE, .weight = 4, .min_rows = 3, .widget = table_widget(self->coaches)};
    self->changes_pane = (struct layout){.kind = LAYOUT_PANE,
                                         .weight = 4,
                                         .min_rows = 3,
                                         .widget = doc_widget(self->changes),
                                         .title = "Latest changes"};
    self->root = (struct layout){
        .kind = LAYOUT_STACKED,
        .children = {&self->summary_pane, &self->cohorts_pane, &self->coaches_pane, &self->changes_pane},
        .child_count = 4};
    layout_focus(&self->root, table_widget(self->cohorts));
    return &self->screen;
}

static void close_admin(struct screen *screen)
{
    struct admin *self = (struct admin *)screen;
    for (int i = 0; i < PART_COUNT; i++) {
        db_cancel(app_db(screen->app), self->tickets[i], true);
        rowset_free(self->rows[i]);
    }
    table_free(self->cohorts);
    table_free(self->coaches);
    doc_free(self->summary);
    doc_free(self->changes);
    free(self);
}

static void route_of(const struct screen *screen, struct route *out)
{
    (void)screen;
    route_format(out, "admin");
}

static void reflow(struct screen *screen, int rows, int cols)
{
    struct admin *self = (struct admin *)screen;
    (void)cols;
    self->changes_pane.hidden = rows < ALL_PANES_ROWS;
    doc_rebuild(self->summary);
    doc_rebuild(self->changes);
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    const struct admin *self = (const struct admin *)screen;
    (void)right;
    line_add(left, ROLE_STRONG, "Operations");
    if (rowset_count(self->rows[PART_HOME])) {
        char day[DATE_TEXT_MAX];
        line_add(left, ROLE_DIM, " %s %s", glyph(GLYPH_CRUMB),
                 date_short(rowset_date(self->rows[PART_HOME], 0, ADMIN_HOME_TODAY), day));
    }
}

static void status(const struct screen *screen, struct line *left)
{
    const struct admin *self = (const struct admin *)screen;
    line_add(left, ROLE_TEXT, "%d cohorts", rowset_count(self->rows[PART_COHORTS]));
    line_add(left, ROLE_DIM, "   those with the most to do first");
}

static bool on_cohorts(const struct admin *self)
{
    return table_widget(self->cohorts)->focused && table_cursor(self->cohorts) >= 0;
}

static bool accepts(const struct screen *screen, enum action action)
{
    return action == ACTION_OPEN && on_cohorts((const struct admin *)screen);
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct admin *self = (struct admin *)screen;
    (void)times;
    if (action != ACTION_OPEN)
        return NOT_TAKEN;
    app_open(screen->app, "cohorts/%lld", (long long)table_cursor_key(self->cohorts));
    return TAKEN;
}

static const enum action hints[] = {ACTION_OPEN,    ACTION_NEXT_PANE, ACTION_ZOOM,
                                    ACTION_PALETTE, ACTION_HELP,      ACTION_BACK};

const struct screen_ops admin_screen = {
    .id = "admin",
    .title = "operations",
    .palette = "dashboard",
    .people = PERSON_ADMIN,
    .open = open_admin,
    .close = close_admin,
    .load = load,
    .route = route_of,
    .reflow = reflow,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .shows = "admin_insights appointments coach_cohort_memberships cohort_memberships cohorts entries invoices "
             "payments users",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
