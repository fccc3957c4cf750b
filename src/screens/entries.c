/* Typing in check-ins: members by metrics for a day, members by days for one metric, days by metrics for a member,
 * and the calendar of a member's check-ins. Routes: entries[/COHORT[/DATE[/METRIC]]], entries/member/ID[/DATE], entries/month/ID[/DATE]. */
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/term/term.h"
#include "entries_private.h"
#include "present.h"

/* Of whoever sits at this program: the cohort, and the member of it whom they looked at. */
static int64_t last_cohort, last_member;

static bool read_route(struct entries *self, const struct route *route)
{
    bool month = route->count > 1 && str_equal(route->parts[1], "month");
    if (month || (route->count > 1 && str_equal(route->parts[1], "member"))) {
        self->mode = month ? MODE_MONTH : MODE_MEMBER;
        if (route->count < 3 || !route_id(route, 2, &self->member) ||
            (route->count > 3 && !route_date(route, 3, &self->day)))
            return false;
        self->cohort = self->member == last_member ? last_cohort : 0; /* back from the check-in of a day */
        return true;
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
    self->screen = (struct screen){.ops = &entries_screen, .app = app, .layout = &self->root};
    self->day = app_session(app)->today;
    entry_page_init(&self->page, app);
    if (!read_route(self, route)) {
        free(self);
        return NULL;
    }
    self->sheet = entries_sheet(self);
    entries_month_init(self);
    month_go(self->month, self->day);
    if (self->cohort)
        last_cohort = self->cohort;
    entries_set_columns(self);
    return &self->screen;
}

static void load(struct screen *screen)
{
    entries_load((struct entries *)screen);
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
    entries_month_fini(self);
    sheet_free(self->sheet);
    entry_page_fini(&self->page);
    free(self);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct entries *self = (const struct entries *)screen;
    char day[DATE_TEXT_MAX];
    date_iso(self->day, day);
    if (self->mode >= MODE_MEMBER)
        route_format(out, "entries/%s/%lld/%s", self->mode == MODE_MONTH ? "month" : "member", (long long)self->member,
                     day);
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
    if (self->mode < MODE_MEMBER && !*self->cohort_name) /* it is being chosen */
        return;
    line_add(left, ROLE_DIM, " %s ", glyph(GLYPH_CRUMB));
    if (self->mode >= MODE_MEMBER)
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
    if (self->mode == MODE_MONTH) {
        int complete, days;
        entries_month_counts(self, &in, &complete, &days);
        line_add(left, ROLE_TEXT, "month, %s", date_day_month(self->day, day));
        line_add(left, ROLE_DIM, "   %d/%d in, %d complete", in, days, complete);
        line_add(right, ROLE_DIM, "%s", app_weight_unit(screen->app));
        return;
    }
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
    if (!cells && self->mode == MODE_MONTH) {
        line_add(left, ROLE_DIM, "%s complete  %s partial  %s none  %s still to come today", glyph(GLYPH_FULL),
                 glyph(GLYPH_PARTIAL), glyph(GLYPH_DOT), glyph(GLYPH_PENDING));
        return;
    }
    if (!cells) {
        line_add(left, ROLE_DIM, "%d rows, nothing changed", entries_count(self));
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
    int row = sheet_row(self->sheet), column = sheet_column(self->sheet),
        at = row < 0 ? -1 : entries_row_at(self, row, column);
    struct entry_typed *typed =
        at < 0 || self->mode == MODE_MONTH ? NULL : entry_page_typed(&self->page, at, entries_metric_at(self, column));
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
    case ACTION_CHECKIN:
    case ACTION_MODE:
        return sheet_row(self->sheet) >= 0;
    case ACTION_OPEN:
        return self->mode == MODE_MONTH && sheet_row(self->sheet) >= 0;
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        return self->mode >= MODE_METRIC;
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
    month_go(self->month, self->day);
    doc_rebuild(self->detail);
    if (self->mode == MODE_METRIC)
        entries_set_columns(self);
    entries_load(self);
    return TAKEN | REPAINT;
}

/* Those whose check-ins are shown, for what steps from member to member. */
static void set_records(struct entries *self)
{
    int rows = entries_count(self);
    int64_t *ids = mem_array((size_t)rows + 1, sizeof *ids);
    for (int row = 0; row < rows; row++)
        ids[row] = rowset_int(self->page.rows, entries_row_at(self, row, 0), ENTRY_GRID_USER_ID);
    app_set_records(self->screen.app, ids, rows,
                    rowset_int(self->page.rows, entries_row_at(self, sheet_row(self->sheet), 0), ENTRY_GRID_USER_ID));
    free(ids);
}

/* Rows of another mode or member mean something else: they are read before anything is shown of them. */
static void read_anew(struct entries *self)
{
    int today = app_session(self->screen.app)->today;
    self->day = self->day > today ? today : self->day;
    rowset_free(self->page.rows);
    self->page.rows = NULL;
    rowset_free(self->overview);
    self->overview = NULL;
    month_go(self->month, self->day);
    month_set(self->month, today, NULL, 0);
    doc_rebuild(self->detail);
    sheet_forget_undo(self->sheet);
    sheet_reload(self->sheet);
    entries_set_columns(self);
    entries_load(self);
    last_member = self->cohort ? self->member : 0;
}

static unsigned cycle(struct entries *self)
{
    int row = sheet_row(self->sheet), column = sheet_column(self->sheet), at = entries_row_at(self, row, column);
    if (self->mode == MODE_DAY) {
        self->metric = entries_metric_at(self, column);
        self->mode = MODE_METRIC;
    } else if (self->mode == MODE_METRIC) {
        self->member = rowset_int(self->page.rows, row * SPAN, ENTRY_GRID_USER_ID);
        self->mode = MODE_MEMBER;
        set_records(self);
    } else if (self->mode == MODE_MEMBER) {
        self->day = rowset_date(self->page.rows, at, ENTRY_GRID_DAY);
        self->mode = MODE_MONTH;
    } else {
        self->mode = self->cohort ? MODE_DAY : MODE_MEMBER; /* the other ways show a cohort */
    }
    self->screen.zoomed = NULL;
    read_anew(self);
    return TAKEN | REFLOW;
}

/* The check-ins of the next member of the list. Drafts are kept by member where no cohort was chosen. */
static unsigned step_member(struct entries *self, int steps)
{
    int64_t id;
    if (self->page.typed_count) {
        app_say(self->screen.app, ROLE_WARN, "Save what is typed here first.");
    } else if (!app_step_record(self->screen.app, steps, &id)) {
        app_say(self->screen.app, ROLE_DIM, "There is no further member in the list that this one was opened from.");
    } else {
        self->member = id;
        if (!self->cohort) {
            draft_done(self->draft);
            self->draft = NULL;
        }
        read_anew(self);
    }
    return TAKEN | REPAINT;
}

/* What is typed here has to be saved first: the form would begin from what is stored. */
static unsigned open_checkin(struct entries *self)
{
    char day[DATE_TEXT_MAX];
    int at = self->mode == MODE_MONTH ? month_day(self->month) - month_first(self->month)
                                      : entries_row_at(self, sheet_row(self->sheet), sheet_column(self->sheet));
    if (self->page.typed_count) {
        app_say(self->screen.app, ROLE_WARN, "Save what is typed here first.");
        return TAKEN | REPAINT;
    }
    if (at < 0 || at >= rowset_count(self->page.rows)) /* a column that sums up, or not read yet */
        return TAKEN;
    if (rowset_date(self->page.rows, at, ENTRY_GRID_DAY) > app_session(self->screen.app)->today) {
        app_say(self->screen.app, ROLE_DIM, "That day is still to come.");
        return TAKEN | REPAINT;
    }
    if (self->mode < MODE_MEMBER)
        set_records(self);
    app_open(self->screen.app, "checkin/%lld/%s", (long long)rowset_int(self->page.rows, at, ENTRY_GRID_USER_ID),
             date_iso(rowset_date(self->page.rows, at, ENTRY_GRID_DAY), day));
    return TAKEN;
}

static int another_day(const struct entries *self, int periods)
{
    static const int days[] = {[MODE_DAY] = 1, [MODE_METRIC] = WEEK, [MODE_MEMBER] = SPAN};
    return self->mode == MODE_MONTH ? date_add_months(self->day, periods) : self->day + days[self->mode] * periods;
}

static void leave(void *owner, int64_t key)
{
    struct entries *self = owner;
    (void)key;
    entries_discard(self);
    app_open(self->screen.app, "cohorts");
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct entries *self = (struct entries *)screen;
    char day[DATE_TEXT_MAX];
    int steps = times ? times : 1;
    switch (action) {
    case ACTION_SAVE:
        entries_save(self);
        return TAKEN | REPAINT;
    case ACTION_CANCEL:
        if (!self->discard_asked) {
            self->discard_asked = true;
            app_say(screen->app, ROLE_WARN, "Esc again throws away %d cell%s that %s not saved.",
                    self->page.typed_count, self->page.typed_count == 1 ? "" : "s",
                    self->page.typed_count == 1 ? "is" : "are");
            return TAKEN | REPAINT;
        }
        self->discard_asked = false;
        entries_discard(self);
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
        entries_put(self, sheet_row(self->sheet), sheet_column(self->sheet), NULL);
        return TAKEN | REPAINT;
    case ACTION_PERIOD_BACK:
        return show(self, another_day(self, -steps));
    case ACTION_PERIOD_FORWARD:
        return show(self, another_day(self, steps));
    case ACTION_PERIOD_DATE:
        app_ask(screen->app, "Day", date_iso(self->day, day));
        return TAKEN | REPAINT;
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        if (self->mode >= MODE_MEMBER)
            return step_member(self, action == ACTION_NEXT_RECORD ? steps : -steps);
        self->metric += action == ACTION_NEXT_RECORD ? 1 : self->page.metric_count - 1;
        self->metric %= self->page.metric_count;
        entries_set_columns(self);
        return TAKEN | REPAINT;
    case ACTION_OPEN:
    case ACTION_CHECKIN:
        return open_checkin(self);
    case ACTION_MODE:
        return cycle(self);
    default:
        return NOT_TAKEN;
    }
}

static void reflow(struct screen *screen, int rows, int cols)
{
    (void)rows;
    entries_arrange((struct entries *)screen, cols);
    doc_rebuild(((struct entries *)screen)->detail);
}

static void moved(struct screen *screen)
{
    struct entries *self = (struct entries *)screen;
    if (self->mode != MODE_MONTH)
        return;
    self->day = month_day(self->month);
    if (rowset_count(self->page.rows) && rowset_date(self->page.rows, 0, ENTRY_GRID_DAY) != month_first(self->month))
        entries_load(self);
    doc_rebuild(self->detail);
}

static void answer(struct screen *screen, const char *text)
{
    int day;
    if (!date_parse(text, &day))
        app_ask_error(screen->app, "A day is like 2026-01-16.");
    else
        show((struct entries *)screen, day);
}

static const enum action hints[] = {ACTION_OPEN,
                                    ACTION_SAVE,
                                    ACTION_MODE,
                                    ACTION_PERIOD_BACK,
                                    ACTION_PERIOD_FORWARD,
                                    ACTION_NEXT_RECORD,
                                    ACTION_PREVIOUS_RECORD,
                                    ACTION_FILL_DOWN,
                                    ACTION_COPY_YESTERDAY,
                                    ACTION_CLEAR,
                                    ACTION_UNDO,
                                    ACTION_PALETTE,
                                    ACTION_HELP,
                                    ACTION_BACK};

const struct screen_ops entries_screen = {
    .id = "entries",
    .title = "entries",
    .palette = "entries",
    .people = PERSON_ADMIN | PERSON_COACH,
    .open = open_entries,
    .close = close_entries,
    .load = load,
    .route = route_of,
    .reflow = reflow,
    .moved = moved,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .answer = answer,
    .shows = "cohort_check_in_configs cohort_memberships entries users",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
