/* All members that one may see, and an overview of the one under the cursor. Route: members[/MEMBER]. The rows come page after page, by key,
 * so that the first are there at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "list.h"
#include "member_overview.h"
#include "present.h"

enum {
    PAGE = 500,
    FIRST_PAGE = 100,
    MOST_ROWS = 5000, /* that are kept at most: memory has a limit, however many members there are */
    REST_MS = 60
};

/* The pages that were read, each but the last ones full. */
struct pages {
    struct rowset **rowsets;
    int *firsts; /* the number of each one's first row */
    int count, rows;
};

struct members {
    struct screen screen;
    struct layout root, list_pane, detail_pane;
    struct list *list;
    struct doc *detail;
    struct pages shown, next;
    bool reading; /* next is being filled */
    bool more;    /* there are others beyond the most that are kept */
    struct rowset *overview;
    db_ticket ticket, overview_ticket;
    loop_id rest;
    int64_t wanted_key;
    bool detail_hidden;
};

enum { COL_NAME, COL_EMAIL, COL_COHORTS, COL_STATUS, COL_LAST, COL_WEIGHT, COLUMNS };

static const struct list_column columns[] = {
    [COL_NAME] = {.table = {.id = "name", .title = "Name", .cols = 16, .max_cols = 30, .flexible = true}},
    [COL_EMAIL] =
        {.table = {.id = "email", .title = "E-mail", .cols = 20, .max_cols = 34, .rank = 3, .flexible = true}},
    [COL_COHORTS] =
        {.table = {.id = "cohort", .title = "Cohorts", .cols = 14, .max_cols = 36, .rank = 1, .flexible = true}},
    [COL_STATUS] = {.table = {.id = "status", .title = "Status", .cols = 8, .rank = 4}},
    [COL_LAST] = {.table = {.id = "last", .title = "Last", .cols = 5, .rank = 1, .right = true}, .type = LIST_NUMBER},
    [COL_WEIGHT] = {.table = {.id = "weight", .title = "Wt", .cols = 6, .rank = 2, .right = true}, .type = LIST_NUMBER},
};

/* ---- Rows ---- */

static const struct rowset *rowset_of(const struct pages *pages, int *row)
{
    int at = pages->count - 1;
    while (at > 0 && pages->firsts[at] > *row)
        at--;
    *row -= pages->firsts[at];
    return pages->rowsets[at];
}

static void pages_free(struct pages *pages)
{
    for (int i = 0; i < pages->count; i++)
        rowset_free(pages->rowsets[i]);
    free(pages->rowsets);
    free(pages->firsts);
    *pages = (struct pages){0};
}

static void pages_add(struct pages *pages, const struct rowset *rows)
{
    pages->rowsets = mem_resize(pages->rowsets, (size_t)pages->count + 1, sizeof *pages->rowsets);
    pages->firsts = mem_resize(pages->firsts, (size_t)pages->count + 1, sizeof *pages->firsts);
    pages->firsts[pages->count] = pages->rows;
    pages->rowsets[pages->count++] = rowset_keep(rows);
    pages->rows += rowset_count(rows);
}

static int count_rows(void *ctx)
{
    return ((struct members *)ctx)->shown.rows;
}

static int64_t key_of(void *ctx, int row)
{
    const struct rowset *rows = rowset_of(&((struct members *)ctx)->shown, &row);
    return rowset_int(rows, row, MEMBER_LIST_ID);
}

static const char *status_words(const struct rowset *rows, int row)
{
    const char *state = rowset_text(rows, row, MEMBER_LIST_STATUS);
    return str_equal(state, "ACTIVE")     ? "active"
           : str_equal(state, "PAUSED")   ? "paused"
           : str_equal(state, "INACTIVE") ? "left"
                                          : "none";
}

static bool days_ago(const struct members *self, const struct rowset *rows, int row, int *days)
{
    if (rowset_null(rows, row, MEMBER_LIST_LAST_CHECKIN))
        return false;
    *days = app_session(self->screen.app)->today - rowset_date(rows, row, MEMBER_LIST_LAST_CHECKIN);
    return true;
}

static const char *value_of(void *ctx, int row, int column)
{
    static char text[COLUMNS][24];
    static const int of[] = {
        [COL_NAME] = MEMBER_LIST_NAME, [COL_EMAIL] = MEMBER_LIST_EMAIL, [COL_COHORTS] = MEMBER_LIST_COHORTS};
    const struct members *self = ctx;
    const struct rowset *rows = rowset_of(&self->shown, &row);
    int days;
    switch (column) {
    case COL_STATUS:
        return status_words(rows, row);
    case COL_LAST:
        if (!days_ago(self, rows, row, &days))
            return NULL;
        snprintf(text[column], sizeof text[column], "%d", days);
        return text[column];
    case COL_WEIGHT:
        if (rowset_null(rows, row, MEMBER_LIST_LAST_WEIGHT))
            return NULL;
        snprintf(text[column], sizeof text[column], "%.1f",
                 app_weight(self->screen.app, rowset_double(rows, row, MEMBER_LIST_LAST_WEIGHT)));
        return text[column];
    default:
        return rowset_text(rows, row, of[column]);
    }
}

static void cell_of(void *ctx, int row, int column, struct cell *out)
{
    static char text[24];
    const struct members *self = ctx;
    const char *value = value_of(ctx, row, column);
    int days;
    *out = value && *value ? (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = value}
                           : (struct cell){.kind = CELL_EMPTY};
    const struct rowset *rows = rowset_of(&self->shown, &row);
    if (column == COL_LAST && days_ago(self, rows, row, &days)) {
        snprintf(text, sizeof text, "%dd", days);
        *out = (struct cell){.kind = CELL_TEXT, .role = days >= 7 ? ROLE_WARN : ROLE_TEXT, .text = text};
    }
}

static bool muted(void *ctx, int row)
{
    const struct rowset *rows = rowset_of(&((struct members *)ctx)->shown, &row);
    return !str_equal(rowset_text(rows, row, MEMBER_LIST_STATUS), "ACTIVE");
}

static const char *lacks(void *ctx)
{
    const struct members *self = ctx;
    return self->reading ? "The list is still being read."
           : self->more  ? "Only the first rows by name are here, not all."
                         : NULL;
}

/* ---- Data ---- */

static void build_detail(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct members *self = ctx;
    (void)rows;
    if (self->overview && rowset_count(self->overview))
        member_overview_build(self->screen.app, doc, self->overview, NULL, cols);
}

static void on_overview(void *arg, const struct reply *reply)
{
    struct members *self = arg;
    self->overview_ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
        return;
    }
    rowset_free(self->overview);
    self->overview = rowset_keep(reply->rows);
    widget_recalc(doc_widget(self->detail));
    app_changed(self->screen.app, REPAINT);
}

static void ask_overview(void *arg)
{
    struct members *self = arg;
    loop_cancel(app_loop(self->screen.app), self->rest); /* when it is not the timer that asks */
    self->rest = 0;
    int64_t member = table_cursor_key(list_table(self->list));
    if (!member) {
        rowset_free(self->overview);
        self->overview = NULL;
        widget_recalc(doc_widget(self->detail));
        app_changed(self->screen.app, REPAINT);
    }
    if (!member || self->detail_hidden)
        return;
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)member);
    const char *params[] = {id};
    db_cancel(app_db(self->screen.app), self->overview_ticket, true);
    self->overview_ticket = db_send(app_db(self->screen.app), &QUERY_MEMBER_OVERVIEW, params, on_overview, self);
}

static void ask_page(struct members *self);

static void show_pages(struct members *self)
{
    pages_free(&self->shown);
    for (int i = 0; i < self->next.count; i++)
        pages_add(&self->shown, self->next.rowsets[i]);
    table_set_state(list_table(self->list), TABLE_READY, NULL);
    list_reload(self->list);
    if (self->wanted_key && table_select(list_table(self->list), self->wanted_key))
        self->wanted_key = 0;
    app_loaded(self->screen.app, &self->screen);
    if (!self->overview)
        ask_overview(self);
}

static void on_page(void *arg, const struct reply *reply)
{
    struct members *self = arg;
    self->ticket = 0;
    if (reply->status != STATUS_OK) {
        self->reading = false;
        app_fault(self->screen.app, reply->error);
        table_set_state(list_table(self->list), self->shown.rows ? TABLE_STALE : TABLE_FAILED, reply->error->text);
        app_changed(self->screen.app, REPAINT);
        return;
    }
    bool first = self->shown.rows <= self->next.rows; /* a second reading shows itself when it is whole */
    int wanted = self->next.count ? PAGE : FIRST_PAGE, got = rowset_count(reply->rows);
    pages_add(&self->next, reply->rows);
    self->reading = got == wanted && self->next.rows < MOST_ROWS;
    self->more = got == wanted && !self->reading;
    if (first || !self->reading)
        show_pages(self);
    if (self->reading)
        ask_page(self);
    else
        pages_free(&self->next);
    app_changed(self->screen.app, REPAINT);
}

static void ask_page(struct members *self)
{
    char page[12], id[24] = "";
    const char *name = NULL;
    snprintf(page, sizeof page, "%d", self->next.count ? PAGE : FIRST_PAGE);
    if (self->next.rows) {
        int row = self->next.rows - 1;
        const struct rowset *rows = rowset_of(&self->next, &row);
        snprintf(id, sizeof id, "%lld", (long long)rowset_int(rows, row, MEMBER_LIST_ID));
        name = rowset_null(rows, row, MEMBER_LIST_NAME) ? NULL : rowset_text(rows, row, MEMBER_LIST_NAME);
    }
    const char *params[] = {NULL, name, *id ? id : NULL, page};
    self->ticket = db_send(app_db(self->screen.app), &QUERY_MEMBER_LIST, params, on_page, self);
}

static void load(struct screen *screen)
{
    struct members *self = (struct members *)screen;
    db_cancel(app_db(screen->app), self->ticket, true);
    pages_free(&self->next);
    self->reading = true;
    ask_page(self);
}

/* ---- Screen ---- */

static struct screen *open_members(struct app *app, const struct route *route)
{
    int64_t member = 0;
    if ((route->count > 1 && !route_id(route, 1, &member)) || route->count > 2)
        return NULL;
    struct members *self = mem_alloc(sizeof *self);
    self->screen.ops = &members_screen;
    self->screen.app = app;
    self->screen.layout = &self->root;
    self->wanted_key = member;
    struct list_source source = {.ctx = self,
                                 .count = count_rows,
                                 .key = key_of,
                                 .cell = cell_of,
                                 .value = value_of,
                                 .muted = muted,
                                 .lacks = lacks};
    self->list = list_new(app, "members", columns, COLUMNS, &source);
    self->detail = doc_new();
    doc_on_build(self->detail, build_detail, self);
    self->list_pane =
        (struct layout){.kind = LAYOUT_PANE, .weight = 58, .min_rows = 4, .widget = list_widget(self->list)};
    self->detail_pane =
        (struct layout){.kind = LAYOUT_PANE, .weight = 42, .min_rows = 4, .widget = doc_widget(self->detail)};
    self->root =
        (struct layout){.kind = LAYOUT_STACKED, .children = {&self->list_pane, &self->detail_pane}, .child_count = 2};
    layout_focus(&self->root, list_widget(self->list));
    return &self->screen;
}

static void close_members(struct screen *screen)
{
    struct members *self = (struct members *)screen;
    db_cancel(app_db(screen->app), self->ticket, true);
    db_cancel(app_db(screen->app), self->overview_ticket, true);
    loop_cancel(app_loop(screen->app), self->rest);
    list_free(self->list);
    doc_free(self->detail);
    pages_free(&self->shown);
    pages_free(&self->next);
    rowset_free(self->overview);
    free(self);
}

static void route_of(const struct screen *screen, struct route *out)
{
    int64_t member = table_cursor_key(list_table(((const struct members *)screen)->list));
    if (member)
        route_format(out, "members/%lld", (long long)member);
    else
        route_format(out, "members");
}

static void reflow(struct screen *screen, int rows, int cols)
{
    enum { SIDE_BY_SIDE_COLS = 100 };
    struct members *self = (struct members *)screen;
    (void)rows;
    self->root.kind = cols >= SIDE_BY_SIDE_COLS ? LAYOUT_BESIDE : LAYOUT_STACKED;
    self->root.child_count = self->detail_hidden ? 1 : 2;
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    struct members *self = (struct members *)screen;
    int row = list_cursor_row(self->list);
    (void)right;
    line_add(left, ROLE_DIM, "Members");
    if (row >= 0) {
        line_add(left, ROLE_DIM, " %s ", glyph(GLYPH_CRUMB));
        line_add(left, ROLE_STRONG, "%s", value_of(self, row, COL_NAME));
    }
}

static void status(const struct screen *screen, struct line *left)
{
    const struct members *self = (const struct members *)screen;
    list_status(self->list, left);
    if (self->more)
        line_add(left, ROLE_WARN, "   the first %d by name; : finds the others", self->shown.rows);
    if (self->reading)
        line_add(left, ROLE_DIM, "   reading on%s", glyph(GLYPH_ELLIPSIS));
}

static bool accepts(const struct screen *screen, enum action action)
{
    const struct members *self = (const struct members *)screen;
    switch (action) {
    case ACTION_CHECKIN:
    case ACTION_OPEN:
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        return table_cursor(list_table(self->list)) >= 0;
    case ACTION_DETAIL:
        return true;
    default:
        return list_accepts(self->list, action);
    }
}

static unsigned act(struct screen *screen, enum action action, int count)
{
    struct members *self = (struct members *)screen;
    switch (action) {
    case ACTION_CHECKIN:
    case ACTION_OPEN: {
        int records;
        int64_t *keys = list_keys(self->list, &records), member = table_cursor_key(list_table(self->list));
        app_set_records(screen->app, keys, records, member);
        free(keys);
        app_open(screen->app, action == ACTION_CHECKIN ? "checkin/%lld" : "member/%lld", (long long)member);
        return TAKEN;
    }
    case ACTION_NEXT_RECORD:
        return table_move(list_table(self->list), count > 0 ? count : 1);
    case ACTION_PREVIOUS_RECORD:
        return table_move(list_table(self->list), count > 0 ? -count : -1);
    case ACTION_DETAIL:
        self->detail_hidden = !self->detail_hidden;
        layout_focus(&self->root, list_widget(self->list));
        ask_overview(self);
        return TAKEN | REFLOW;
    default:
        return list_act(self->list, action, count);
    }
}

/* The overview follows once the cursor rests. */
static void moved(struct screen *screen)
{
    struct members *self = (struct members *)screen;
    loop_cancel(app_loop(screen->app), self->rest);
    self->rest = loop_after(app_loop(screen->app), REST_MS, ask_overview, self);
}

static bool restless(const struct screen *screen)
{
    return ((const struct members *)screen)->rest != 0;
}

static void answer(struct screen *screen, const char *text)
{
    list_answer(((struct members *)screen)->list, text);
}

static void typed(struct screen *screen, const char *text)
{
    list_typed(((struct members *)screen)->list, text);
}

static const enum action hints[] = {ACTION_OPEN,    ACTION_FILTER,      ACTION_SORT,
                                    ACTION_MARK,    ACTION_NEXT_RECORD, ACTION_PREVIOUS_RECORD,
                                    ACTION_PALETTE, ACTION_HELP,        ACTION_BACK};

const struct screen_ops members_screen = {
    .id = "members",
    .title = "members",
    .palette = "members",
    .people = PERSON_COACH | PERSON_ADMIN,
    .open = open_members,
    .close = close_members,
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
    .restless = restless,
    .shows = "cohort_memberships cohorts entries users",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
