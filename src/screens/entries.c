/* Typing in check-ins: members by metrics for a day, members by days for one metric, days by metrics for a member.
 * Routes: entries[/COHORT[/DATE[/METRIC]]], entries/member/ID[/DATE]. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/term/term.h"
#include "draft.h"
#include "entry_page.h"
#include "present.h"

enum mode { MODE_DAY, MODE_METRIC, MODE_MEMBER };
enum { WEEK = 7, SPAN = 14 /* days read for one metric, and shown of a member */, SUMS = 4, CHOICES = 50 };

struct entries {
    struct screen screen;
    struct layout pane;
    struct sheet *sheet;
    struct entry_page page;
    enum mode mode;
    int64_t cohort, member;
    int day, metric;
    char cohort_name[160];
    db_ticket limits_ticket, prompts_ticket, grid_ticket, cohorts_ticket;
    bool discard_asked, asked_cohort;
    struct draft *draft;
};

static int64_t last_cohort; /* of whoever sits at this program */

/* ---- Where things are ---- */

static int first_day(const struct entries *self)
{
    return self->mode == MODE_DAY      ? self->day
           : self->mode == MODE_METRIC ? date_monday(self->day) - WEEK
                                       : self->day - SPAN + 1;
}

static int days_read(const struct entries *self)
{
    return self->mode == MODE_DAY ? 1 : SPAN;
}

static int metric_at(const struct entries *self, int column)
{
    int prompts = self->page.metric_count - ENTRY_PROMPT;
    if (self->mode == MODE_METRIC)
        return self->metric;
    return column <= ENTRY_STRESS           ? column
           : column - ENTRY_NOTES < prompts ? ENTRY_PROMPT + column - ENTRY_NOTES
                                            : ENTRY_NOTES; /* last, where there is room for words */
}

/* The row of the page, or -1 for a column that sums up. */
static int row_at(const struct entries *self, int row, int column)
{
    if (self->mode != MODE_METRIC)
        return row;
    return column < WEEK ? row * SPAN + WEEK + column : -1;
}

static int count(void *ctx)
{
    const struct entries *self = ctx;
    int rows = rowset_count(self->page.rows);
    return self->mode == MODE_METRIC ? rows / SPAN : rows;
}

static int64_t key(void *ctx, int row)
{
    const struct entries *self = ctx;
    return self->mode == MODE_MEMBER
               ? rowset_date(self->page.rows, row, ENTRY_GRID_DAY)
               : rowset_int(self->page.rows, self->mode == MODE_METRIC ? row * SPAN : row, ENTRY_GRID_USER_ID);
}

static const char *name(void *ctx, int row, bool *muted)
{
    static char text[DATE_TEXT_MAX];
    const struct entries *self = ctx;
    if (self->mode == MODE_MEMBER)
        return date_short(rowset_date(self->page.rows, row, ENTRY_GRID_DAY), text);
    row = self->mode == MODE_METRIC ? row * SPAN : row;
    *muted = str_equal(rowset_text(self->page.rows, row, ENTRY_GRID_STATUS), "PAUSED");
    return rowset_text(self->page.rows, row, ENTRY_GRID_NAME);
}

/* ---- Sums of a week of one metric ---- */

static double mean_of(const struct entries *self, int from, int days, int *found)
{
    double sum = 0;
    *found = 0;
    for (int i = 0; i < days; i++) {
        const char *text = entry_page_value(&self->page, from + i, self->metric);
        if (*text) {
            sum += atof(text);
            (*found)++;
        }
    }
    return *found ? sum / *found : NAN;
}

static const char *trend(const struct entries *self, int row)
{
    static char text[SPAN * 4 + 1];
    double least = INFINITY, greatest = -INFINITY, values[SPAN];
    text[0] = '\0';
    for (int i = 0; i < SPAN; i++) {
        const char *value = entry_page_value(&self->page, row * SPAN + i, self->metric);
        values[i] = *value ? atof(value) : NAN;
        least = fmin(least, values[i]);
        greatest = fmax(greatest, values[i]);
    }
    for (int i = 0; i < SPAN; i++) {
        int level = isnan(values[i])   ? 0
                    : greatest > least ? 1 + (int)lround((values[i] - least) / (greatest - least) * 7)
                                       : 4;
        strcat(text, glyph_level(level));
    }
    return text;
}

static const char *sum_text(const struct entries *self, int row, int column)
{
    static char text[32];
    int now, then, places = self->metric == ENTRY_STEPS || self->metric == ENTRY_CALORIES ? 0 : 1;
    double mean = mean_of(self, row * SPAN + WEEK, WEEK, &now), before = mean_of(self, row * SPAN, WEEK, &then);
    text[0] = '\0';
    switch (column - WEEK) {
    case 0:
        if (now)
            snprintf(text, sizeof text, "%.*f", places, mean);
        break;
    case 1:
        if (now && then)
            snprintf(text, sizeof text, "%+.*f", places, mean - before);
        break;
    case 2:
        snprintf(text, sizeof text, "%d/%d", now, WEEK);
        break;
    default:
        return trend(self, row);
    }
    return text;
}

/* ---- The sheet's source ---- */

static void cell(void *ctx, int row, int column, struct sheet_cell *out)
{
    const struct entries *self = ctx;
    int at = row_at(self, row, column);
    if (at < 0) {
        *out = (struct sheet_cell){.role = ROLE_DIM, .fixed = true, .text = sum_text(self, row, column)};
        return;
    }
    entry_page_cell(&self->page, at, metric_at(self, column), out);
    out->fixed = rowset_date(self->page.rows, at, ENTRY_GRID_DAY) > app_session(self->screen.app)->today;
}

/* What is typed into a cell, as a draft has it: the value that it lies over, and itself. text NULL: it is not typed any more. */
static void keep(struct entries *self, int row, int metric, const char *text)
{
    char *field = mem_printf("%lld/%d/%s", (long long)rowset_int(self->page.rows, row, ENTRY_GRID_USER_ID),
                             rowset_date(self->page.rows, row, ENTRY_GRID_DAY), self->page.metrics[metric].id);
    const struct entry_typed *typed = entry_page_typed(&self->page, row, metric);
    char *both =
        text ? mem_printf("%s\x1f%s", typed ? typed->base : entry_page_stored(&self->page, row, metric), text) : NULL;
    if (self->draft)
        draft_put(self->draft, field, both);
    free(field);
    free(both);
}

static void take_draft(void *owner, const char *field, const char *text)
{
    struct entries *self = owner;
    int day, used = 0;
    long long user;
    const char *divider = strchr(text, '\x1f');
    if (!divider || sscanf(field, "%lld/%d/%n", &user, &day, &used) < 2 || !used)
        return;
    char *base = mem_strndup(text, (size_t)(divider - text));
    entry_page_restore(&self->page, user, day, field + used, divider + 1, base);
    free(base);
    if (self->page.rows) {
        struct rowset *rows = rowset_keep(self->page.rows); /* what was typed is held against it again */
        entry_page_rows(&self->page, rows);
        rowset_free(rows);
    }
    app_changed(self->screen.app, REPAINT);
}

static void begin_draft(struct entries *self)
{
    char key[48];
    bool one = self->mode == MODE_MEMBER && !self->cohort;
    snprintf(key, sizeof key, one ? "entries/member/%lld" : "entries/%lld",
             (long long)(one ? self->member : self->cohort));
    self->draft =
        draft_open(self->screen.app, key, one ? "Check-ins of a member" : "Check-ins of a cohort", self, take_draft);
}

static void put(void *ctx, int row, int column, const char *text)
{
    struct entries *self = ctx;
    self->discard_asked = false;
    int at = row_at(self, row, column), metric = metric_at(self, column);
    if (at < 0)
        return;
    entry_page_put(&self->page, at, metric, text);
    keep(self, at, metric,
         entry_page_typed(&self->page, at, metric) ? entry_page_value(&self->page, at, metric) : NULL);
}

static const char *typed(void *ctx, int row, int column)
{
    const struct entries *self = ctx;
    int at = row_at(self, row, column);
    const struct entry_typed *cell = at < 0 ? NULL : entry_page_typed(&self->page, at, metric_at(self, column));
    return cell ? cell->text : NULL;
}

static bool judge(void *ctx, int row, int column, const char *text, char *words, size_t size)
{
    struct entries *self = ctx;
    int at = row_at(self, row, column), metric = metric_at(self, column);
    if (at >= 0 && sheet_editing(self->sheet)) /* while it is typed, not when it is taken */
        keep(self, at, metric, text);
    return at >= 0 && entry_page_judge(&self->page, at, metric, text, words, size);
}

static const char *before(void *ctx, int row, int column)
{
    const struct entries *self = ctx;
    int at = row_at(self, row, column);
    return at < 0 ? NULL : entry_page_before(&self->page, at, metric_at(self, column));
}

static const char *mean(void *ctx, int column)
{
    static char text[32];
    struct entries *self = ctx;
    int metric = metric_at(self, column), found = 0;
    double sum = 0;
    if (self->page.metrics[metric].kind != SHEET_NUMBER || (self->mode == MODE_METRIC && column >= WEEK))
        return NULL;
    for (int row = 0; row < count(self); row++) {
        char words[ENTRY_TEXT];
        int at = row_at(self, row, column);
        const char *value = entry_page_value(&self->page, at, metric);
        if (*value && entry_page_judge(&self->page, at, metric, value, words, sizeof words)) { /* no mistakes in it */
            sum += atof(value);
            found++;
        }
    }
    snprintf(text, sizeof text, "%.*f", metric == ENTRY_STEPS || metric == ENTRY_CALORIES ? 0 : 1,
             found ? sum / found : 0);
    return found ? text : NULL;
}

static const char *about(void *ctx, int row, int column, enum role *role)
{
    const struct entries *self = ctx;
    int at = row_at(self, row, column);
    return at < 0 ? NULL : entry_page_about(&self->page, at, metric_at(self, column), role);
}

static void take_block(void *owner, int64_t key)
{
    struct entries *self = owner;
    (void)key;
    sheet_take(self->sheet);
    app_changed(self->screen.app, REPAINT);
}

static void block(void *ctx, const char *text)
{
    enum { SHOWN = 9 };
    struct entries *self = ctx;
    struct str plan = {0};
    const char *lines[SHOWN];
    char verb[48];
    int cells = sheet_plan(self->sheet, text, &plan), shown = 0;
    if (!cells) {
        app_say(self->screen.app, ROLE_WARN, "Nothing of what was pasted belongs into a cell here.");
        str_fini(&plan);
        return;
    }
    char *save = NULL;
    for (char *line = strtok_r(plan.text, "\n", &save); line && shown < SHOWN; line = strtok_r(NULL, "\n", &save))
        lines[shown++] = line;
    while (shown < SHOWN && shown < cells)
        lines[shown++] = "";
    snprintf(verb, sizeof verb, "Put %d cell%s", cells, cells == 1 ? "" : "s");
    app_confirm(self->screen.app, "Pasted block", "This is what goes where. Nothing is saved before you save.", lines,
                cells, verb, take_block, self, 0);
    str_fini(&plan);
}

static void set_columns(struct entries *self)
{
    struct sheet_column columns[ENTRY_METRICS_MAX + WEEK];
    static const int widths[] = {6, 6, 5, 5, 6, 24};
    static const char *const sums[SUMS] = {"avg", "+/-wk", "in", "trend 14d"};
    static const int sum_cols[SUMS] = {7, 6, 4, SPAN};
    int total = 0;
    memset(columns, 0, sizeof columns);
    if (self->mode == MODE_METRIC) {
        for (int i = 0; i < WEEK; i++) {
            char day[DATE_TEXT_MAX];
            snprintf(columns[i].title, sizeof columns[i].title, "%.6s", date_short(date_monday(self->day) + i, day));
            columns[i].kind = self->page.metrics[self->metric].kind;
            columns[i].cols = columns[i].kind == SHEET_WORDS ? 10 : 6;
        }
        total = WEEK;
        for (int i = 0; self->page.metrics[self->metric].kind == SHEET_NUMBER && i < SUMS; i++, total++) {
            snprintf(columns[total].title, sizeof columns[total].title, "%s", sums[i]);
            columns[total].cols = sum_cols[i];
            columns[total].kind = i == SUMS - 1 ? SHEET_WORDS : SHEET_NUMBER;
        }
    } else {
        for (total = 0; total < self->page.metric_count; total++) {
            int metric = metric_at(self, total);
            snprintf(columns[total].title, sizeof columns[total].title, "%s", self->page.metrics[metric].title);
            columns[total].kind = self->page.metrics[metric].kind;
            columns[total].cols = metric < ENTRY_PROMPT ? widths[metric] : columns[total].kind == SHEET_WORDS ? 12 : 6;
        }
    }
    sheet_set_columns(self->sheet, self->mode == MODE_MEMBER ? "Day" : "Client", columns, total);
}

/* ---- Data ---- */

static bool answered(struct entries *self, db_ticket *ticket, const struct reply *reply)
{
    *ticket = 0;
    if (reply->status != STATUS_OK)
        app_fault(self->screen.app, reply->error);
    app_changed(self->screen.app, REPAINT);
    return reply->status == STATUS_OK;
}

static void on_limits(void *arg, const struct reply *reply)
{
    struct entries *self = arg;
    if (answered(self, &self->limits_ticket, reply))
        entry_page_limits(&self->page, reply->rows);
}

static void on_prompts(void *arg, const struct reply *reply)
{
    struct entries *self = arg;
    int known = self->page.metric_count;
    if (!answered(self, &self->prompts_ticket, reply))
        return;
    entry_page_prompts(&self->page, reply->rows);
    if (self->page.metric_count != known) /* else a cell that is being edited stays so */
        set_columns(self);
}

static void on_grid(void *arg, const struct reply *reply)
{
    struct entries *self = arg;
    if (!answered(self, &self->grid_ticket, reply))
        return;
    entry_page_rows(&self->page, reply->rows);
    sheet_set_empty(self->sheet, "Nobody here is active or paused, or you may not see it.");
    bool first = sheet_row(self->sheet) < 0;
    sheet_reload(self->sheet);
    if (first && self->mode == MODE_MEMBER)
        sheet_go(self->sheet, count(self) - 1, 0);
    app_loaded(self->screen.app, &self->screen);
    if (!self->draft)
        begin_draft(self);
}

static void choose(void *owner, int64_t cohort)
{
    struct entries *self = owner;
    app_replace(self->screen.app, "entries/%lld", (long long)cohort);
}

static void on_cohorts(void *arg, const struct reply *reply)
{
    struct entries *self = arg;
    struct menu_item items[CHOICES];
    int found = 0;
    if (!answered(self, &self->cohorts_ticket, reply))
        return;
    for (int row = 0; row < rowset_count(reply->rows); row++) {
        if (rowset_int(reply->rows, row, COHORT_LIST_ID) == self->cohort)
            snprintf(self->cohort_name, sizeof self->cohort_name, "%s",
                     rowset_text(reply->rows, row, COHORT_LIST_NAME));
        if (found < CHOICES)
            items[found++] = (struct menu_item){.text = rowset_text(reply->rows, row, COHORT_LIST_NAME),
                                                .remark = rowset_text(reply->rows, row, COHORT_LIST_STATUS),
                                                .value = rowset_int(reply->rows, row, COHORT_LIST_ID)};
    }
    if (self->cohort || self->member || self->asked_cohort)
        return;
    self->asked_cohort = true;
    if (found == 1)
        choose(self, items[0].value);
    else if (found)
        app_menu(self->screen.app, "Whose check-ins?", NULL, items, found, choose, self);
    else
        app_say(self->screen.app, ROLE_DIM, "There is no cohort of yours to type for.");
}

static void load(struct screen *screen)
{
    struct entries *self = (struct entries *)screen;
    struct db *db = app_db(screen->app);
    char cohort[24], member[24], first[DATE_TEXT_MAX], last[DATE_TEXT_MAX];
    snprintf(cohort, sizeof cohort, "%lld", (long long)self->cohort);
    snprintf(member, sizeof member, "%lld", (long long)self->member);
    bool one = self->mode == MODE_MEMBER;
    const char *asked[] = {one ? NULL : cohort, one ? member : NULL};
    const char *params[] = {one ? member : cohort, date_iso(first_day(self), first),
                            date_iso(first_day(self) + days_read(self) - 1, last)};
    db_cancel(db, self->cohorts_ticket, true);
    self->cohorts_ticket = db_send(db, &QUERY_COHORT_LIST, NULL, on_cohorts, self);
    if (!self->cohort && !self->member)
        return;
    db_cancel(db, self->limits_ticket, true);
    db_cancel(db, self->prompts_ticket, true);
    db_cancel(db, self->grid_ticket, true);
    self->limits_ticket = db_send(db, &QUERY_ENTRY_LIMITS, NULL, on_limits, self);
    self->prompts_ticket = db_send(db, &QUERY_ENTRY_PROMPTS, asked, on_prompts, self);
    self->grid_ticket = db_send(db, one ? &QUERY_ENTRY_GRID_MEMBER : &QUERY_ENTRY_GRID, params, on_grid, self);
}

static void saved(void *owner, int64_t key, const struct change_reply *reply)
{
    struct entries *self = owner;
    int done, conflicts, refused;
    (void)key;
    entry_page_answer(&self->page, reply, &done, &conflicts, &refused);
    sheet_forget_undo(self->sheet);
    if (reply->rows)
        app_say(self->screen.app, conflicts || refused ? ROLE_BAD : ROLE_GOOD, "%d check-in%s saved%s%s.", done,
                done == 1 ? "" : "s", refused ? ", some refused: see the cells with !" : "",
                conflicts ? ", some changed by somebody else meanwhile: look, then save again" : "");
    load(&self->screen);
}

static unsigned save(struct entries *self)
{
    int rows = 0, cells, typed_rows, errors, warnings;
    char what[64];
    entry_page_counts(&self->page, &cells, &typed_rows, &errors, &warnings);
    char *items = self->page.sent_count ? NULL : entry_page_items(&self->page, &rows);
    if (!items) {
        app_say(self->screen.app, errors ? ROLE_WARN : ROLE_DIM,
                errors ? "Nothing can be saved before what is marked ! is mended." : "There is nothing to save.");
        return TAKEN | REPAINT;
    }
    snprintf(what, sizeof what, "%d check-in%s", rows, rows == 1 ? "" : "s");
    const char *params[] = {items};
    draft_change(self->draft, &QUERY_ENTRIES_SAVE, params, what, 0, saved);
    free(items);
    return TAKEN | REPAINT;
}

/* ---- Screen ---- */

static bool read_route(struct entries *self, const struct route *route)
{
    if (route->count > 1 && str_equal(route->parts[1], "member")) {
        self->mode = MODE_MEMBER;
        return route->count > 2 && route_id(route, 2, &self->member) &&
               (route->count < 4 || route_date(route, 3, &self->day));
    }
    self->cohort = route->count > 1 ? 0 : last_cohort;
    if ((route->count > 1 && !route_id(route, 1, &self->cohort)) ||
        (route->count > 2 && !route_date(route, 2, &self->day)))
        return false;
    for (int i = 0; route->count > 3 && i < ENTRY_PROMPT; i++)
        if (str_equal(route->parts[3], self->page.metrics[i].id)) {
            self->mode = MODE_METRIC;
            self->metric = i;
        }
    return route->count < 4 || self->mode == MODE_METRIC;
}

static struct screen *open_entries(struct app *app, const struct route *route)
{
    struct entries *self = mem_alloc(sizeof *self);
    self->screen = (struct screen){.ops = &entries_screen, .app = app, .layout = &self->pane};
    self->day = app_session(app)->today;
    entry_page_init(&self->page, app);
    if (!read_route(self, route)) {
        free(self);
        return NULL;
    }
    struct sheet_source source = {.ctx = self,
                                  .count = count,
                                  .key = key,
                                  .name = name,
                                  .cell = cell,
                                  .put = put,
                                  .typed = typed,
                                  .judge = judge,
                                  .before = before,
                                  .mean = mean,
                                  .about = about,
                                  .block = block};
    self->sheet = sheet_new(&source);
    if (self->mode != MODE_MEMBER)
        self->member = 0;
    if (self->cohort)
        last_cohort = self->cohort;
    set_columns(self);
    self->pane = (struct layout){.kind = LAYOUT_PANE, .widget = sheet_widget(self->sheet)};
    layout_focus(&self->pane, sheet_widget(self->sheet));
    return &self->screen;
}

static void close_entries(struct screen *screen)
{
    struct entries *self = (struct entries *)screen;
    db_ticket tickets[] = {self->limits_ticket, self->prompts_ticket, self->grid_ticket, self->cohorts_ticket};
    for (size_t i = 0; i < sizeof tickets / sizeof tickets[0]; i++)
        db_cancel(app_db(screen->app), tickets[i], true);
    sheet_commit(self->sheet);
    if (self->page.typed_count)
        draft_leave(self->draft);
    else
        draft_done(self->draft);
    sheet_free(self->sheet);
    entry_page_fini(&self->page);
    free(self);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct entries *self = (const struct entries *)screen;
    char day[DATE_TEXT_MAX];
    date_iso(self->day, day);
    if (self->mode == MODE_MEMBER)
        route_format(out, "entries/member/%lld/%s", (long long)self->member, day);
    else if (!self->cohort)
        route_format(out, "entries");
    else if (self->mode == MODE_METRIC && self->metric < ENTRY_PROMPT)
        route_format(out, "entries/%lld/%s/%s", (long long)self->cohort, day, self->page.metrics[self->metric].id);
    else
        route_format(out, "entries/%lld/%s", (long long)self->cohort, day);
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    const struct entries *self = (const struct entries *)screen;
    char day[DATE_TEXT_MAX];
    int in = 0, rows = rowset_count(self->page.rows);
    line_add(left, ROLE_DIM, "Entries");
    if (self->mode != MODE_MEMBER && !*self->cohort_name) /* it is being chosen */
        return;
    line_add(left, ROLE_DIM, " %s ", glyph(GLYPH_CRUMB));
    if (self->mode == MODE_MEMBER)
        line_add(left, ROLE_STRONG, "%.80s", rows ? rowset_text(self->page.rows, 0, ENTRY_GRID_NAME) : "member");
    else
        line_add(left, ROLE_STRONG, "%.80s", self->cohort_name);
    if (self->mode == MODE_METRIC) {
        present_week(left, date_monday(self->day));
        line_add(left, ROLE_TEXT, " %s%s%s", self->page.metrics[self->metric].title,
                 self->metric == ENTRY_WEIGHT ? ", " : "",
                 self->metric == ENTRY_WEIGHT ? app_weight_unit(screen->app) : "");
        return;
    }
    line_add(left, ROLE_DIM, " %s ", glyph(GLYPH_CRUMB));
    line_add(left, ROLE_TEXT, "%s%s", self->mode == MODE_MEMBER ? "to " : "", date_short(self->day, day));
    for (int row = 0; row < rows; row++)
        in += !rowset_null(self->page.rows, row, ENTRY_GRID_VERSION);
    line_add(left, ROLE_DIM, "   %d/%d in", in, rows);
    line_add(right, ROLE_DIM, "m typed  h health  %s", app_weight_unit(screen->app));
}

static void status(const struct screen *screen, struct line *left)
{
    const struct entries *self = (const struct entries *)screen;
    int cells, rows, errors, warnings;
    entry_page_counts(&self->page, &cells, &rows, &errors, &warnings);
    if (!cells) {
        line_add(left, ROLE_DIM, "%d rows, nothing changed", count((void *)self));
        return;
    }
    line_add(left, ROLE_ACCENT, "EDIT ");
    line_add(left, ROLE_TEXT, "%d cell%s changed in %d row%s", cells, cells == 1 ? "" : "s", rows,
             rows == 1 ? "" : "s");
    line_add(left, errors ? ROLE_BAD : ROLE_DIM, " %s %d error%s", glyph(GLYPH_DOT), errors, errors == 1 ? "" : "s");
    line_add(left, warnings ? ROLE_WARN : ROLE_DIM, ", %d warning%s", warnings, warnings == 1 ? "" : "s");
}

static struct entry_typed *conflict(const struct entries *self)
{
    int row = sheet_row(self->sheet), column = sheet_column(self->sheet), at = row < 0 ? -1 : row_at(self, row, column);
    struct entry_typed *typed = at < 0 ? NULL : entry_page_typed(&self->page, at, metric_at(self, column));
    return typed && typed->conflict ? typed : NULL;
}

static bool accepts(const struct screen *screen, enum action action)
{
    const struct entries *self = (const struct entries *)screen;
    switch (action) {
    case ACTION_SAVE:
    case ACTION_BACK:
    case ACTION_CANCEL:
        return self->page.typed_count > 0;
    case ACTION_MESSAGE:
        return conflict(self) != NULL;
    case ACTION_MODE:
        return sheet_row(self->sheet) >= 0;
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        return self->mode == MODE_METRIC;
    case ACTION_PERIOD_BACK:
    case ACTION_PERIOD_TODAY:
    case ACTION_PERIOD_DATE:
        return true;
    case ACTION_PERIOD_FORWARD:
        return self->day < app_session(screen->app)->today;
    default:
        return false;
    }
}

static unsigned show(struct entries *self, int day)
{
    int today = app_session(self->screen.app)->today;
    self->day = day > today ? today : day;
    sheet_forget_undo(self->sheet);
    if (self->mode == MODE_METRIC)
        set_columns(self);
    load(&self->screen);
    return TAKEN | REPAINT;
}

/* Rows of another mode mean something else: they are read before anything is shown of them. */
static unsigned cycle(struct entries *self)
{
    int row = sheet_row(self->sheet), column = sheet_column(self->sheet), at = row_at(self, row, column);
    if (self->mode == MODE_DAY) {
        self->metric = metric_at(self, column);
        self->mode = MODE_METRIC;
    } else if (self->mode == MODE_METRIC) {
        self->member = rowset_int(self->page.rows, row * SPAN, ENTRY_GRID_USER_ID);
        self->mode = MODE_MEMBER;
    } else if (self->cohort) {
        self->day = rowset_date(self->page.rows, at, ENTRY_GRID_DAY);
        self->mode = MODE_DAY;
    } else {
        app_say(self->screen.app, ROLE_DIM, "The other ways show a cohort: g e chooses one.");
        return TAKEN | REPAINT;
    }
    rowset_free(self->page.rows);
    self->page.rows = NULL;
    sheet_forget_undo(self->sheet);
    sheet_reload(self->sheet);
    set_columns(self);
    load(&self->screen);
    return TAKEN | REPAINT;
}

/* Throws away what is typed, and what is kept of it. */
static void discard(struct entries *self)
{
    entry_page_discard(&self->page);
    sheet_forget_undo(self->sheet);
    if (self->page.typed_count) /* on its way: the file goes when it is saved */
        return;
    draft_done(self->draft);
    begin_draft(self);
}

static void leave(void *owner, int64_t key)
{
    struct entries *self = owner;
    (void)key;
    discard(self);
    app_open(self->screen.app, "cohorts");
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct entries *self = (struct entries *)screen;
    int step = self->mode == MODE_DAY ? 1 : self->mode == MODE_METRIC ? WEEK : SPAN;
    char day[DATE_TEXT_MAX];
    (void)times;
    switch (action) {
    case ACTION_SAVE:
        return save(self);
    case ACTION_CANCEL:
        if (!self->discard_asked) {
            self->discard_asked = true;
            app_say(screen->app, ROLE_WARN, "Esc again throws away %d cell%s that %s not saved.",
                    self->page.typed_count, self->page.typed_count == 1 ? "" : "s",
                    self->page.typed_count == 1 ? "is" : "are");
            return TAKEN | REPAINT;
        }
        self->discard_asked = false;
        discard(self);
        return TAKEN | REPAINT;
    case ACTION_BACK:
        app_confirm(screen->app, "Cells that are not saved", "^S saves them. Leaving throws them away.", NULL, 0,
                    "Throw them away", leave, self, 0);
        return TAKEN | REPAINT;
    case ACTION_MESSAGE:
        entry_page_keep(&self->page, conflict(self));
        return TAKEN | REPAINT;
    case ACTION_PERIOD_TODAY:
        if (!conflict(self))
            return show(self, app_session(screen->app)->today);
        put(self, sheet_row(self->sheet), sheet_column(self->sheet), NULL);
        return TAKEN | REPAINT;
    case ACTION_PERIOD_BACK:
        return show(self, self->day - step);
    case ACTION_PERIOD_FORWARD:
        return show(self, self->day + step);
    case ACTION_PERIOD_DATE:
        app_ask(screen->app, "Day", date_iso(self->day, day));
        return TAKEN | REPAINT;
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        self->metric += action == ACTION_NEXT_RECORD ? 1 : self->page.metric_count - 1;
        self->metric %= self->page.metric_count;
        set_columns(self);
        return TAKEN | REPAINT;
    case ACTION_MODE:
        return cycle(self);
    default:
        return NOT_TAKEN;
    }
}

static void answer(struct screen *screen, const char *text)
{
    int day;
    if (!date_parse(text, &day))
        app_ask_error(screen->app, "A day is like 2026-01-16.");
    else
        show((struct entries *)screen, day);
}

static const enum action hints[] = {ACTION_SAVE,      ACTION_MODE,           ACTION_PERIOD_BACK, ACTION_PERIOD_FORWARD,
                                    ACTION_FILL_DOWN, ACTION_COPY_YESTERDAY, ACTION_CLEAR,       ACTION_UNDO,
                                    ACTION_PALETTE,   ACTION_HELP,           ACTION_BACK};

const struct screen_ops entries_screen = {
    .id = "entries",
    .title = "entries",
    .palette = "entries",
    .people = PERSON_ADMIN | PERSON_COACH,
    .open = open_entries,
    .close = close_entries,
    .load = load,
    .route = route_of,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .answer = answer,
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
