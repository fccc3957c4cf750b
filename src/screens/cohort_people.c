/* Members and coaches of a cohort. */
#include "cohort_people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/ui/table.h"
#include "cohort_edit.h"
#include "present.h"

enum { CANDIDATES_MOST = 40 };

struct cohort_people {
    struct app *app;
    int64_t cohort;
    bool coaches, closed;
    void *owner;
    cohort_changed_fn *changed;
    struct table *table;
    struct rowset *rows, *left; /* left: members only */
    struct rowset *candidates;
    db_ticket ticket, left_ticket, candidates_ticket;
    bool asking;         /* for whom to add */
    char *users, *what;  /* of a question that is being asked */
    const char *becomes; /* the status of members */
};

/* ---- Rows: those who are in it, then those who left ---- */

static int row_count(void *ctx)
{
    const struct cohort_people *self = ctx;
    return rowset_count(self->rows) + rowset_count(self->left);
}

static bool is_left(const struct cohort_people *self, int *row)
{
    if (*row < rowset_count(self->rows))
        return false;
    *row -= rowset_count(self->rows);
    return true;
}

static int64_t row_key(void *ctx, int row)
{
    const struct cohort_people *self = ctx;
    if (is_left(self, &row))
        return rowset_int(self->left, row, COHORT_LEFT_USER_ID);
    return rowset_int(self->rows, row, self->coaches ? COHORT_COACHES_USER_ID : COHORT_OVERVIEW_USER_ID);
}

static const char *row_name(const struct cohort_people *self, int row)
{
    if (is_left(self, &row))
        return rowset_text(self->left, row, COHORT_LEFT_NAME);
    return rowset_text(self->rows, row, self->coaches ? COHORT_COACHES_NAME : COHORT_OVERVIEW_NAME);
}

static const char *row_status(const struct cohort_people *self, int row)
{
    if (is_left(self, &row))
        return "INACTIVE";
    return self->coaches ? "ACTIVE" : rowset_text(self->rows, row, COHORT_OVERVIEW_STATUS);
}

static bool row_muted(void *ctx, int row)
{
    return !str_equal(row_status(ctx, row), "ACTIVE");
}

enum {
    MEMBER_NAME,
    MEMBER_STATUS,
    MEMBER_SCORE,
    MEMBER_LAST,
    MEMBER_7D,
    MEMBER_30D,
    MEMBER_WEIGHT,
    MEMBER_CHANGE,
    MEMBER_STEPS,
    MEMBER_CALORIES,
    MEMBER_SLEEP,
    MEMBER_STRESS,
    MEMBER_STREAK
};

static const struct table_column member_columns[] = {
    [MEMBER_NAME] = {.id = "member", .title = "Member", .cols = 16, .max_cols = 30, .flexible = true},
    [MEMBER_STATUS] = {.id = "status", .title = "Status", .cols = 11, .rank = 2},
    [MEMBER_SCORE] = {.id = "score", .title = "Score", .cols = 5, .right = true},
    [MEMBER_LAST] = {.id = "last", .title = "Last", .cols = 5, .rank = 1, .right = true},
    [MEMBER_7D] = {.id = "rate7", .title = "7d", .cols = 4, .right = true},
    [MEMBER_30D] = {.id = "rate30", .title = "30d", .cols = 4, .rank = 3, .right = true},
    [MEMBER_WEIGHT] = {.id = "weight", .title = "Wt", .cols = 5, .rank = 4, .right = true},
    [MEMBER_CHANGE] = {.id = "change14", .title = "14d", .cols = 5, .rank = 5, .right = true},
    [MEMBER_STEPS] = {.id = "steps", .title = "Steps", .cols = 5, .rank = 6, .right = true},
    [MEMBER_CALORIES] = {.id = "calories", .title = "kcal", .cols = 5, .rank = 9, .right = true},
    [MEMBER_SLEEP] = {.id = "sleep", .title = "Sleep", .cols = 5, .rank = 8, .right = true},
    [MEMBER_STRESS] = {.id = "stress", .title = "Strs", .cols = 4, .rank = 7, .right = true},
    [MEMBER_STREAK] = {.id = "streak", .title = "streak", .cols = 6, .rank = 8, .right = true},
};

static void real(struct cell *out, const struct rowset *rows, int row, int column, double factor, int decimals)
{
    *out = (struct cell){.kind = CELL_EMPTY};
    if (!rowset_null(rows, row, column))
        *out = (struct cell){.kind = CELL_REAL,
                             .role = ROLE_TEXT,
                             .real = factor * rowset_double(rows, row, column),
                             .decimals = decimals};
}

static void compact(struct cell *out, const struct rowset *rows, int row, int column)
{
    static char text[PRESENT_MAX];
    *out = (struct cell){.kind = CELL_EMPTY};
    if (!rowset_null(rows, row, column))
        *out = (struct cell){
            .kind = CELL_TEXT, .role = ROLE_TEXT, .text = present_compact(rowset_double(rows, row, column), text)};
}

static void left_cell(const struct cohort_people *self, int row, int column, struct cell *out)
{
    *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_DIM, .text = ""};
    if (column == MEMBER_NAME)
        present_text(out, self->left, row, COHORT_LEFT_NAME, ROLE_DIM);
    if (column == MEMBER_STATUS) {
        static char text[48];
        char day[DATE_TEXT_MAX];
        snprintf(text, sizeof text, "left %s", date_day_month(rowset_date(self->left, row, COHORT_LEFT_LEFT_ON), day));
        out->text = text;
    }
}

static void member_cell(void *ctx, int row, int column, struct cell *out)
{
    const struct cohort_people *self = ctx;
    const struct rowset *rows = self->rows;
    if (is_left(self, &row)) {
        left_cell(self, row, column, out);
        return;
    }
    double unit = app_weight(self->app, 1);
    switch (column) {
    case MEMBER_NAME:
        present_text(out, rows, row, COHORT_OVERVIEW_NAME, ROLE_TEXT);
        break;
    case MEMBER_STATUS:
        *out = (struct cell){.kind = CELL_TEXT,
                             .role = ROLE_TEXT,
                             .text = str_equal(row_status(self, row), "PAUSED") ? "paused" : "active"};
        break;
    case MEMBER_SCORE:
        present_score(out, rows, row, COHORT_OVERVIEW_SCORE, COHORT_OVERVIEW_BAND);
        break;
    case MEMBER_LAST:
        *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_DIM, .text = "never"};
        if (!rowset_null(rows, row, COHORT_OVERVIEW_LAST_CHECKIN)) {
            static char text[24];
            snprintf(text, sizeof text, "%dd",
                     app_session(self->app)->today - rowset_date(rows, row, COHORT_OVERVIEW_LAST_CHECKIN));
            *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = text};
        }
        break;
    case MEMBER_7D:
        present_percent(out, rows, row, COHORT_OVERVIEW_RATE_7D);
        break;
    case MEMBER_30D:
        present_percent(out, rows, row, COHORT_OVERVIEW_RATE_30D);
        break;
    case MEMBER_WEIGHT:
        real(out, rows, row, COHORT_OVERVIEW_WEIGHT_7D, unit, 1);
        break;
    case MEMBER_CHANGE:
        real(out, rows, row, COHORT_OVERVIEW_WEIGHT_CHANGE_14D, unit, 1);
        break;
    case MEMBER_STEPS:
        compact(out, rows, row, COHORT_OVERVIEW_STEPS_7D);
        break;
    case MEMBER_CALORIES:
        compact(out, rows, row, COHORT_OVERVIEW_CALORIES_7D);
        break;
    case MEMBER_SLEEP:
        real(out, rows, row, COHORT_OVERVIEW_SLEEP_7D, 1, 1);
        break;
    case MEMBER_STRESS:
        real(out, rows, row, COHORT_OVERVIEW_STRESS_7D, 1, 1);
        break;
    default:
        present_int(out, rows, row, COHORT_OVERVIEW_STREAK, ROLE_TEXT);
        break;
    }
}

enum { COACH_NAME, COACH_ROLE, COACH_COHORTS, COACH_CLIENTS, COACH_GUIDE };

static const struct table_column coach_columns[] = {
    [COACH_NAME] = {.id = "coach", .title = "Coach", .cols = 18, .max_cols = 36, .flexible = true},
    [COACH_ROLE] = {.id = "role", .title = "Role", .cols = 7, .rank = 1},
    [COACH_COHORTS] = {.id = "cohorts", .title = "Cohorts", .cols = 7, .right = true},
    [COACH_CLIENTS] = {.id = "clients", .title = "Clients", .cols = 7, .right = true},
    [COACH_GUIDE] = {.id = "guide", .title = "Guide", .cols = 24, .rank = 2},
};

/* "10 to 50", and whether somebody is outside of it. */
static const char *guide(const struct rowset *rows, int row, char *text, size_t size, enum role *role)
{
    long long clients = rowset_int(rows, row, COHORT_COACHES_CLIENTS),
              fewest = rowset_int(rows, row, COHORT_COACHES_FEWEST), most = rowset_int(rows, row, COHORT_COACHES_MOST);
    bool known = !rowset_null(rows, row, COHORT_COACHES_CLIENTS);
    const char *words = !known ? "" : clients > most ? "! over" : clients < fewest ? "under" : "within";
    *role = known && clients > most ? ROLE_WARN : ROLE_DIM;
    snprintf(text, size, "%s %lld to %lld", words, fewest, most);
    return *words ? text : text + 1;
}

static void coach_cell(void *ctx, int row, int column, struct cell *out)
{
    static char text[80];
    const struct rowset *rows = ((struct cohort_people *)ctx)->rows;
    enum role role;
    switch (column) {
    case COACH_NAME:
        present_text(out, rows, row, COHORT_COACHES_NAME, ROLE_TEXT);
        break;
    case COACH_ROLE:
        *out =
            (struct cell){.kind = CELL_TEXT,
                          .role = ROLE_TEXT,
                          .text = str_equal(rowset_text(rows, row, COHORT_COACHES_ROLE), "ADMIN") ? "admin" : "coach"};
        break;
    case COACH_COHORTS:
        present_int(out, rows, row, COHORT_COACHES_COHORTS, ROLE_TEXT);
        break;
    case COACH_CLIENTS:
        present_int(out, rows, row, COHORT_COACHES_CLIENTS, ROLE_TEXT);
        break;
    default: {
        const char *words = guide(rows, row, text, sizeof text, &role);
        *out = (struct cell){.kind = CELL_TEXT, .role = role, .text = words};
        break;
    }
    }
}

/* ---- Data ---- */

static void on_rows(struct cohort_people *self, const struct reply *reply, struct rowset **rows)
{
    if (reply->status != STATUS_OK) {
        app_fault(self->app, reply->error);
        table_set_state(self->table, self->rows ? TABLE_STALE : TABLE_FAILED, reply->error->text);
    } else {
        rowset_free(*rows);
        *rows = rowset_keep(reply->rows);
        if (self->rows)
            table_set_state(self->table, TABLE_READY, NULL);
        table_reload(self->table);
    }
    app_changed(self->app, REPAINT);
}

static void on_people(void *arg, const struct reply *reply)
{
    struct cohort_people *self = arg;
    self->ticket = 0;
    on_rows(self, reply, &self->rows);
}

static void on_left(void *arg, const struct reply *reply)
{
    struct cohort_people *self = arg;
    self->left_ticket = 0;
    on_rows(self, reply, &self->left);
}

void cohort_people_load(struct cohort_people *self)
{
    struct db *db = app_db(self->app);
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)self->cohort);
    const char *params[] = {id, self->coaches ? "t" : NULL};
    db_cancel(db, self->ticket, true);
    db_cancel(db, self->left_ticket, true);
    self->ticket = db_send(db, self->coaches ? &QUERY_COHORT_COACHES : &QUERY_COHORT_OVERVIEW, params, on_people, self);
    self->left_ticket = self->coaches ? 0 : db_send(db, &QUERY_COHORT_LEFT, params, on_left, self);
}

struct cohort_people *cohort_people_new(struct app *app, int64_t cohort, bool coaches, void *owner,
                                        cohort_changed_fn *changed)
{
    struct cohort_people *self = mem_alloc(sizeof *self);
    *self =
        (struct cohort_people){.app = app, .cohort = cohort, .coaches = coaches, .owner = owner, .changed = changed};
    struct table_source source = {.ctx = self,
                                  .count = row_count,
                                  .key = row_key,
                                  .cell = coaches ? coach_cell : member_cell,
                                  .muted = row_muted};
    self->table = coaches ? table_new(coach_columns, sizeof coach_columns / sizeof coach_columns[0], &source)
                          : table_new(member_columns, sizeof member_columns / sizeof member_columns[0], &source);
    table_set_marking(self->table, true);
    table_set_empty(self->table, coaches ? "Nobody coaches this cohort yet." : "This cohort has no members yet.");
    return self;
}

void cohort_people_free(struct cohort_people *self)
{
    struct db *db = app_db(self->app);
    db_cancel(db, self->ticket, true);
    db_cancel(db, self->left_ticket, true);
    db_cancel(db, self->candidates_ticket, true);
    app_forget_changes(self->app, self);
    table_free(self->table);
    rowset_free(self->rows);
    rowset_free(self->left);
    rowset_free(self->candidates);
    free(self->users);
    free(self->what);
    free(self);
}

struct widget *cohort_people_widget(struct cohort_people *self)
{
    return table_widget(self->table);
}

void cohort_people_set_closed(struct cohort_people *self, bool closed)
{
    self->closed = closed;
}

void cohort_people_status(const struct cohort_people *self, struct line *line)
{
    int paused = 0;
    for (int i = 0; !self->coaches && i < rowset_count(self->rows); i++)
        paused += str_equal(rowset_text(self->rows, i, COHORT_OVERVIEW_STATUS), "PAUSED");
    if (self->coaches) {
        line_add(line, ROLE_TEXT, "%d coach%s", rowset_count(self->rows), rowset_count(self->rows) == 1 ? "" : "es");
    } else {
        line_add(line, ROLE_TEXT, "%d active", rowset_count(self->rows) - paused);
        line_add(line, ROLE_DIM, "   %d paused   %d left", paused, rowset_count(self->left));
    }
    if (table_mark_count(self->table))
        line_add(line, ROLE_INFO, "   %d marked", table_mark_count(self->table));
}

/* ---- Changes ---- */

static void on_saved(void *owner, int64_t key, const struct change_reply *reply)
{
    struct cohort_people *self = owner;
    (void)key;
    if (reply->outcome != CHANGE_SAVED)
        return;
    table_unmark_all(self->table);
    app_say(self->app, ROLE_GOOD, "%s: saved.", self->what);
    cohort_people_load(self);
    self->changed(self->owner);
}

static void set(void *owner, int64_t assign)
{
    struct cohort_people *self = owner;
    char cohort[24];
    snprintf(cohort, sizeof cohort, "%lld", (long long)self->cohort);
    const char *params[] = {cohort, self->users, self->becomes};
    const struct query *query = !self->coaches ? &QUERY_MEMBERSHIP_SET
                                : assign       ? &QUERY_COACH_ASSIGN
                                               : &QUERY_COACH_UNASSIGN;
    app_change(self->app, query, params, self->what, self, 0, on_saved);
}

/* Collects the marked rows, else the one under the cursor, that are of this kind. Returns how many; names lie in the rows. */
static int collect(struct cohort_people *self, bool left, const char **names)
{
    int count = 0, rows = row_count(self);
    int64_t *ids = mem_array((size_t)rows + 1, sizeof *ids);
    for (int i = 0; i < rows; i++) {
        bool meant = table_mark_count(self->table) ? table_marked(self->table, row_key(self, i))
                                                   : i == table_cursor(self->table);
        if (meant && left == str_equal(row_status(self, i), "INACTIVE")) {
            ids[count] = row_key(self, i);
            names[count++] = row_name(self, i);
        }
    }
    free(self->users);
    self->users = cohort_ids(ids, count);
    free(ids);
    return count;
}

static void describe(struct cohort_people *self, const char *verb, const char *const *names, int count)
{
    free(self->what);
    self->what = count == 1 ? mem_printf("%s %s", verb, names[0])
                            : mem_printf("%s %d %s", verb, count, self->coaches ? "coaches" : "members");
}

static void remove_people(struct cohort_people *self)
{
    const char **names = mem_array((size_t)row_count(self) + 1, sizeof *names);
    int count = collect(self, false, names);
    self->becomes = "INACTIVE";
    if (count) {
        describe(self, "Remove", names, count);
        app_confirm(self->app, self->coaches ? "Unassign" : "Leave the cohort",
                    self->coaches ? "They see this cohort and its members no longer."
                                  : "What they entered stays, and they can come back.",
                    names, count, self->what, set, self, 0);
    }
    free(names);
}

/* Sets a state and never toggles a mixed lot: as long as one runs, they are paused. */
static void pause_people(struct cohort_people *self)
{
    const char **names = mem_array((size_t)row_count(self) + 1, sizeof *names);
    int count = collect(self, false, names), running = 0;
    for (int i = 0; i < row_count(self); i++)
        if (table_mark_count(self->table) ? table_marked(self->table, row_key(self, i))
                                          : i == table_cursor(self->table))
            running += str_equal(row_status(self, i), "ACTIVE");
    self->becomes = running ? "PAUSED" : "ACTIVE";
    if (count) {
        describe(self, running ? "Pause" : "Resume", names, count);
        if (count == 1)
            set(self, 0);
        else
            app_confirm(self->app, running ? "Pause" : "Resume",
                        running ? "Who is paused is in no count and no queue." : "They count again.", names, count,
                        self->what, set, self, 0);
    }
    free(names);
}

static bool rejoin(struct cohort_people *self)
{
    const char **names = mem_array((size_t)row_count(self) + 1, sizeof *names);
    int count = self->coaches ? 0 : collect(self, true, names);
    self->becomes = "ACTIVE";
    if (count) {
        describe(self, "Take back", names, count);
        app_confirm(self->app, "Come back", "They are active members again from now.", names, count, self->what, set,
                    self, 0);
    }
    free(names);
    return count > 0;
}

static void add_one(void *owner, int64_t user)
{
    struct cohort_people *self = owner;
    int column = self->coaches ? COHORT_COACHES_USER_ID : COHORT_CANDIDATES_USER_ID;
    const char *name = "";
    for (int i = 0; i < rowset_count(self->candidates); i++)
        if (rowset_int(self->candidates, i, column) == user)
            name = rowset_text(self->candidates, i, self->coaches ? COHORT_COACHES_NAME : COHORT_CANDIDATES_NAME);
    free(self->users);
    self->users = cohort_ids(&user, 1);
    self->becomes = self->coaches ? NULL : "ACTIVE";
    describe(self, "Add", &name, 1);
    set(self, 1);
}

static void on_candidates(void *arg, const struct reply *reply)
{
    struct cohort_people *self = arg;
    self->candidates_ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->app, reply->error);
        return;
    }
    rowset_free(self->candidates);
    self->candidates = rowset_keep(reply->rows);
    const struct rowset *rows = self->candidates;
    int count = rowset_count(rows);
    if (!count) {
        app_say(self->app, ROLE_WARN, "Nobody of that name can be added.");
        app_changed(self->app, REPAINT);
        return;
    }
    count = count > CANDIDATES_MOST ? CANDIDATES_MOST : count;
    struct menu_item *items = mem_array((size_t)count, sizeof *items);
    char(*remarks)[96] = mem_array((size_t)count, sizeof *remarks);
    for (int i = 0; i < count; i++) {
        enum role role;
        char day[DATE_TEXT_MAX], words[64];
        if (self->coaches)
            snprintf(remarks[i], sizeof remarks[i], "%lld clients, %s",
                     (long long)rowset_int(rows, i, COHORT_COACHES_CLIENTS),
                     guide(rows, i, words, sizeof words, &role));
        else if (!rowset_null(rows, i, COHORT_CANDIDATES_LEFT_ON))
            snprintf(remarks[i], sizeof remarks[i], "left %s",
                     date_day_month(rowset_date(rows, i, COHORT_CANDIDATES_LEFT_ON), day));
        else
            snprintf(remarks[i], sizeof remarks[i], "%.60s", rowset_text(rows, i, COHORT_CANDIDATES_COHORTS));
        items[i] = (struct menu_item){
            .text = rowset_text(rows, i, self->coaches ? COHORT_COACHES_NAME : COHORT_CANDIDATES_NAME),
            .remark = remarks[i],
            .value = rowset_int(rows, i, self->coaches ? COHORT_COACHES_USER_ID : COHORT_CANDIDATES_USER_ID)};
    }
    app_menu(self->app, self->coaches ? "Assign a coach" : "Add a member", NULL, items, count, add_one, self);
    free(remarks);
    free(items);
}

static void find(struct cohort_people *self, const char *words)
{
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)self->cohort);
    const char *coach_params[] = {id, "f"}, *member_params[] = {id, words, "40"};
    db_cancel(app_db(self->app), self->candidates_ticket, true);
    self->candidates_ticket =
        self->coaches ? db_send(app_db(self->app), &QUERY_COHORT_COACHES, coach_params, on_candidates, self)
                      : db_send(app_db(self->app), &QUERY_COHORT_CANDIDATES, member_params, on_candidates, self);
}

bool cohort_people_answer(struct cohort_people *self, const char *text)
{
    if (!self->asking)
        return false;
    self->asking = false;
    find(self, text);
    return true;
}

/* ---- Actions ---- */

bool cohort_people_accepts(const struct cohort_people *self, enum action action)
{
    bool admin = app_session(self->app)->person == PERSON_ADMIN, any = table_cursor(self->table) >= 0;
    switch (action) {
    case ACTION_OPEN:
        return !self->coaches && any;
    case ACTION_PAUSE:
        return !self->coaches && !self->closed && any;
    case ACTION_ADD:
    case ACTION_PLUS:
        return admin && (self->coaches || !self->closed);
    case ACTION_DELETE:
    case ACTION_MINUS:
        return admin && any && (self->coaches || !self->closed);
    default:
        return false;
    }
}

static void open_member(struct cohort_people *self)
{
    int rows = row_count(self);
    int64_t *ids = mem_array((size_t)rows, sizeof *ids);
    for (int i = 0; i < rows; i++)
        ids[i] = row_key(self, i);
    app_set_records(self->app, ids, rows, table_cursor_key(self->table));
    free(ids);
    app_open(self->app, "member/%lld", (long long)table_cursor_key(self->table));
}

unsigned cohort_people_act(struct cohort_people *self, enum action action, int count)
{
    (void)count;
    switch (action) {
    case ACTION_OPEN:
        open_member(self);
        return TAKEN;
    case ACTION_PAUSE:
        pause_people(self);
        return REPAINT;
    case ACTION_ADD:
    case ACTION_PLUS:
        if (action == ACTION_PLUS && rejoin(self))
            return REPAINT;
        if (self->coaches) {
            find(self, "");
        } else {
            self->asking = true;
            app_ask(self->app, "Add whom (part of a name; empty: anybody)", "");
        }
        return REPAINT;
    case ACTION_DELETE:
    case ACTION_MINUS:
        remove_people(self);
        return REPAINT;
    default:
        return NOT_TAKEN;
    }
}
