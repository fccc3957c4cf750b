/* The calendar: appointments and bootcamps as a week, a month, an agenda, and the past ones that nobody marked yet. Routes:
 * calendar[/DATE[/week|month|agenda]], calendar/unmarked, calendar/new/MEMBER. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar_private.h"
#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/money.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/data/queries.gen.h"
#include "centurion/term/term.h"

enum { WIDE_COLS = 100, STATE_COLS = 24 /* a fee and how it stands */ };

static const char *const mode_names[] = {"week", "month", "agenda", "unmarked"};

/* ---- Detail ---- */

static void build(void *ctx, struct doc *doc, int cols, int rows)
{
    struct calendar *self = ctx;
    const struct calendar_session *one = calendar_current(self);
    char text[DATE_TEXT_MAX], fee[MONEY_TEXT_MAX], words[80] = "";
    (void)cols;
    (void)rows;
    if (calendar_plan_kind(self->plan) != PLAN_NONE) {
        calendar_plan_build(self->plan, doc);
        return;
    }
    if (self->mode == MODE_MONTH) {
        doc_line(doc);
        doc_span(doc, ROLE_DIM, "Enter shows the week of %s.", date_short(month_day(self->month), text));
        return;
    }
    doc_line(doc);
    if (!one) {
        int day, minute;
        week_slot(self->week, &day, &minute);
        if (self->mode == MODE_WEEK && self->loaded)
            snprintf(words, sizeof words, "%s %02d:%02d is free. Enter books it.", date_short(day, text), minute / 60,
                     minute % 60);
        doc_wrap(doc, 0, ROLE_DIM, words);
        return;
    }
    doc_span(doc, ROLE_TEXT, "%s %02d:%02d-%02d:%02d  ", date_short(one->day, text), one->start / 60, one->start % 60,
             one->end / 60 % 24, one->end % 60);
    doc_room(doc, utf8_width(one->title), 0);
    doc_span(doc, ROLE_STRONG, "%s", one->title);
    if (one->bootcamp) {
        doc_span(doc, ROLE_TEXT, "  %s places", calendar_places(one, words));
    } else {
        enum role role;
        const char *state = calendar_state(one, &role);
        doc_room(doc, STATE_COLS, 0);
        doc_span(doc, ROLE_TEXT, "  %s%s  ", money_symbol(app_session(self->screen.app)->currency),
                 money_format(one->fee, fee));
        doc_span(doc, role, "%s %s", state, one->state);
        if (one->invoice[0]) {
            doc_line(doc);
            doc_span(doc, ROLE_DIM, "on the invoice %s, and locked", one->invoice);
        }
    }
    if (one->notes[0]) {
        doc_line(doc);
        doc_wrap(doc, 0, ROLE_TEXT, one->notes);
    }
    snprintf(words, sizeof words, "%s attended  ? unmarked  %s scheduled  %s invoiced", glyph(GLYPH_CHECK),
             glyph(GLYPH_PENDING), term_ascii() ? "$" : "£");
    doc_line(doc);
    doc_wrap(doc, 0, ROLE_DIM, words);
}

static void planned(void *ctx, bool saved)
{
    struct calendar *self = ctx;
    int days, minutes;
    calendar_plan_shifted(self->plan, &days, &minutes);
    week_shift(self->week, calendar_plan_moving(self->plan), days, minutes);
    if (saved) {
        calendar_mark_none(self);
        calendar_load(&self->screen);
    }
    doc_rebuild(self->detail);
    app_changed(self->screen.app, REPAINT);
}

/* ---- Screen ---- */

static struct widget *main_widget(struct calendar *self)
{
    return self->mode == MODE_WEEK    ? week_widget(self->week)
           : self->mode == MODE_MONTH ? month_widget(self->month)
                                      : table_widget(self->table);
}

static void set_mode(struct calendar *self, enum mode mode)
{
    self->mode = mode;
    self->main_pane.widget = main_widget(self);
    calendar_clear(self);
    layout_focus(&self->root, self->main_pane.widget);
}

static struct screen *open_calendar(struct app *app, const struct route *route)
{
    int day = DATE_NONE;
    enum mode mode = MODE_WEEK;
    int64_t member = 0;
    if (route->count > 1 && str_equal(route->parts[1], "unmarked")) {
        mode = MODE_UNMARKED;
        if (route->count > 2)
            return NULL;
    } else if (route->count > 1 && str_equal(route->parts[1], "new")) {
        if (route->count != 3 || !route_id(route, 2, &member))
            return NULL;
    } else if (route->count > 1 && !route_date(route, 1, &day)) {
        return NULL;
    } else if (route->count > 2) {
        for (mode = MODE_WEEK; mode < MODE_UNMARKED && !str_equal(mode_names[mode], route->parts[2]); mode++)
            ;
        if (mode == MODE_UNMARKED || route->count > 3)
            return NULL;
    }
    struct calendar *self = mem_alloc(sizeof *self);
    self->screen = (struct screen){.ops = &calendar_screen, .app = app, .layout = &self->root};
    self->day = day == DATE_NONE && app_session(app) ? app_session(app)->today : day;
    self->member = member;
    self->week = week_new();
    self->month = month_new();
    self->mini = month_new();
    self->table = calendar_table_new(self);
    self->detail = doc_new();
    self->plan = calendar_plan_new(app, planned, self);
    doc_on_build(self->detail, build, self);
    self->main_pane = (struct layout){.kind = LAYOUT_PANE, .weight = 70, .min_cols = 40};
    self->month_pane = (struct layout){
        .kind = LAYOUT_PANE, .weight = 1, .max_rows = 9, .no_focus = true, .widget = month_widget(self->mini)};
    self->detail_pane = (struct layout){
        .kind = LAYOUT_PANE, .weight = 2, .min_rows = 3, .no_focus = true, .widget = doc_widget(self->detail)};
    self->side = (struct layout){
        .kind = LAYOUT_STACKED, .weight = 30, .children = {&self->month_pane, &self->detail_pane}, .child_count = 2};
    self->root = (struct layout){.kind = LAYOUT_STACKED, .children = {&self->main_pane, &self->side}, .child_count = 2};
    set_mode(self, mode);
    return &self->screen;
}

static void close_calendar(struct screen *screen)
{
    struct calendar *self = (struct calendar *)screen;
    db_cancel(app_db(screen->app), self->ticket, true);
    db_cancel(app_db(screen->app), self->totals_ticket, true);
    db_cancel(app_db(screen->app), self->people_ticket, true);
    calendar_plan_free(self->plan);
    week_free(self->week);
    month_free(self->month);
    month_free(self->mini);
    table_free(self->table);
    doc_free(self->detail);
    free(self->sessions);
    free(self->marks);
    free(self);
}

static void reflow(struct screen *screen, int rows, int cols)
{
    struct calendar *self = (struct calendar *)screen;
    (void)rows;
    self->wide = cols >= WIDE_COLS;
    self->root.kind = self->wide ? LAYOUT_BESIDE : LAYOUT_STACKED;
    self->main_pane.weight = self->wide ? 74 : 70;
    self->side.weight = self->wide ? 26 : 30;
    self->month_pane.hidden = !self->wide || self->mode == MODE_MONTH;
    doc_rebuild(self->detail);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct calendar *self = (const struct calendar *)screen;
    char day[DATE_TEXT_MAX];
    if (self->mode == MODE_UNMARKED)
        route_format(out, "calendar/unmarked");
    else
        route_format(out, "calendar/%s/%s", date_iso(calendar_current_day(self), day), mode_names[self->mode]);
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    const struct calendar *self = (const struct calendar *)screen;
    char from[DATE_TEXT_MAX];
    int unmarked = 0;
    int64_t fees = 0;
    for (int i = 0; i < self->count; i++) {
        unmarked += str_equal(self->sessions[i].state, "unmarked");
        fees += self->sessions[i].fee;
    }
    line_add(left, ROLE_DIM, "Appointments");
    if (self->mode == MODE_WEEK)
        present_week(left, date_monday(self->day));
    else if (self->mode == MODE_UNMARKED)
        line_add(left, ROLE_STRONG, " %s unmarked", glyph(GLYPH_CRUMB));
    else
        line_add(left, ROLE_STRONG, " %s %s, %s", glyph(GLYPH_CRUMB), mode_names[self->mode],
                 date_day_month(self->day, from));
    if (unmarked)
        line_add(left, ROLE_WARN, "   %d%s unmarked", unmarked, self->more ? "+" : "");
    if (fees) {
        char text[MONEY_TEXT_MAX];
        line_add(right, ROLE_TEXT, "%s%s", money_symbol(app_session(screen->app)->currency), money_format(fees, text));
        line_add(right, ROLE_DIM, self->mode == MODE_UNMARKED ? " open" : " booked");
    }
}

static void status(const struct screen *screen, struct line *left)
{
    const struct calendar *self = (const struct calendar *)screen;
    if (calendar_plan_kind(self->plan) != PLAN_NONE) {
        calendar_plan_line(self->plan, left);
        return;
    }
    line_add(left, ROLE_TEXT, "%s", mode_names[self->mode]);
    if (self->mark_count)
        line_add(left, ROLE_ACCENT, "   %d marked", self->mark_count);
}

static bool planning(const struct calendar *self, enum action action)
{
    switch (action) {
    case ACTION_UP:
    case ACTION_DOWN:
    case ACTION_LEFT:
    case ACTION_RIGHT:
        return calendar_plan_kind(self->plan) == PLAN_MOVE;
    case ACTION_OPEN:
    case ACTION_CANCEL:
    case ACTION_BACK:
        return true;
    case ACTION_MODE:
        return calendar_plan_kind(self->plan) != PLAN_ATTENDED && calendar_plan_kind(self->plan) != PLAN_MISSED &&
               calendar_plan_kind(self->plan) != PLAN_NEW;
    case ACTION_DELETE:
        return calendar_plan_kind(self->plan) == PLAN_DELETE;
    default:
        return false;
    }
}

static bool accepts(const struct screen *screen, enum action action)
{
    const struct calendar *self = (const struct calendar *)screen;
    const struct calendar_session *one = calendar_current(self);
    bool session = one && !one->bootcamp;
    if (calendar_plan_kind(self->plan) != PLAN_NONE)
        return planning(self, action);
    switch (action) {
    case ACTION_OPEN:
        return self->mode == MODE_WEEK || self->mode == MODE_MONTH || session;
    case ACTION_ADD:
        return self->mode == MODE_WEEK;
    case ACTION_PLUS:
    case ACTION_MINUS:
        return session || self->mark_count;
    case ACTION_MOVE:
        return session && self->mode == MODE_WEEK;
    case ACTION_EDIT:
    case ACTION_DELETE:
    case ACTION_SERIES:
    case ACTION_MARK:
        return session;
    case ACTION_MARK_ALL:
    case ACTION_MARK_NONE:
        return self->mode != MODE_MONTH && self->count > 0;
    case ACTION_MODE:
    case ACTION_PERIOD_BACK:
    case ACTION_PERIOD_FORWARD:
    case ACTION_PERIOD_TODAY:
    case ACTION_PERIOD_DATE:
    case ACTION_DETAIL:
    case ACTION_TAB:
        return true;
    default:
        return false;
    }
}

static unsigned go(struct calendar *self, int day)
{
    bool shown = self->loaded && self->mode == MODE_WEEK && date_monday(day) == date_monday(self->day);
    self->day = day;
    if (shown) {
        calendar_mark_none(self);
        calendar_stand(self);
    } else {
        calendar_clear(self);
    }
    calendar_load(&self->screen);
    return REPAINT;
}

/* The marked ones, else the one under the cursor. */
static void mark_attended(struct calendar *self, bool attended)
{
    struct calendar_session *chosen = mem_array((size_t)self->count + 1, sizeof *chosen);
    const struct calendar_session *one = calendar_current(self);
    int count = 0;
    for (int i = 0; i < self->count; i++)
        if (!self->sessions[i].bootcamp && calendar_is_marked(self, self->sessions[i].id))
            chosen[count++] = self->sessions[i];
    if (!count && one)
        chosen[count++] = *one;
    if (count)
        calendar_plan_mark(self->plan, attended, chosen, count);
    free(chosen);
}

/* All of the cursor's day that can be marked as attended; of the worklist all that was read. */
static void mark_day(struct calendar *self)
{
    int day = calendar_current_day(self);
    for (int i = 0; i < self->count; i++) {
        const struct calendar_session *one = &self->sessions[i];
        if (!one->bootcamp && !one->invoice[0] && !str_equal(one->state, "attended") &&
            (self->mode == MODE_UNMARKED || one->day == day))
            calendar_set_mark(self, one->id, true);
    }
}

static unsigned period(struct calendar *self, int steps)
{
    if (self->mode == MODE_MONTH)
        return go(self, date_add_months(self->day, steps));
    return self->mode == MODE_UNMARKED ? TAKEN
                                       : go(self, self->day + (self->mode == MODE_WEEK ? 7 : AGENDA_DAYS) * steps);
}

static void ask(struct calendar *self, enum question question, const char *label, const char *text)
{
    self->question = question;
    app_ask(self->screen.app, label, text);
}

static void ask_new(struct calendar *self)
{
    char label[96], day[DATE_TEXT_MAX];
    week_slot(self->week, &self->new_day, &self->new_start);
    snprintf(label, sizeof label, "%s %02d:%02d: %sminutes, fee", date_short(self->new_day, day), self->new_start / 60,
             self->new_start % 60, self->member ? "" : "client, ");
    ask(self, ASK_NEW, label, "");
}

static unsigned act_planned(struct calendar *self, enum action action, int steps)
{
    bool deleting = calendar_plan_kind(self->plan) == PLAN_DELETE;
    if (action == ACTION_UP || action == ACTION_DOWN)
        calendar_plan_shift(self->plan, 0, (action == ACTION_UP ? -WEEK_SLOT : WEEK_SLOT) * steps);
    else if (action == ACTION_LEFT || action == ACTION_RIGHT)
        calendar_plan_shift(self->plan, (action == ACTION_LEFT ? -1 : 1) * steps, 0);
    else if (action == ACTION_MODE)
        calendar_plan_next_choice(self->plan);
    else if (action == ACTION_DELETE || (action == ACTION_OPEN && !deleting))
        calendar_plan_commit(self->plan);
    else
        calendar_plan_drop(self->plan);
    return REPAINT;
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct calendar *self = (struct calendar *)screen;
    const struct calendar_session *one = calendar_current(self);
    char text[320], fee[MONEY_TEXT_MAX];
    int steps = times ? times : 1;
    if (calendar_plan_kind(self->plan) != PLAN_NONE)
        return act_planned(self, action, steps);
    switch (action) {
    case ACTION_OPEN:
        if (self->mode == MODE_MONTH) {
            self->day = month_day(self->month);
            set_mode(self, MODE_WEEK);
            calendar_load(screen);
            return REFLOW;
        }
        if (one && one->bootcamp)
            return TAKEN;
        if (!one) {
            ask_new(self);
            return REPAINT;
        }
        /* fall through */
    case ACTION_EDIT:
        snprintf(text, sizeof text, "%s%s%s", money_iso(one->fee, fee), one->notes_whole && one->notes[0] ? " " : "",
                 one->notes_whole ? one->notes : "");
        ask(self, ASK_EDIT, one->notes_whole ? "Fee, then notes" : "Fee (the notes are too long for a line)", text);
        return REPAINT;
    case ACTION_ADD:
        ask_new(self);
        return REPAINT;
    case ACTION_PLUS:
    case ACTION_MINUS:
        mark_attended(self, action == ACTION_PLUS);
        return REPAINT;
    case ACTION_MOVE:
        calendar_plan_move(self->plan, one);
        return REPAINT;
    case ACTION_DELETE:
        calendar_plan_delete(self->plan, one);
        return REPAINT;
    case ACTION_SERIES:
        ask(self, ASK_WEEKS, "Repeat weekly, for how many further weeks (1 to 52)", "");
        return REPAINT;
    case ACTION_MARK:
        calendar_set_mark(self, one->id, !calendar_is_marked(self, one->id));
        return REPAINT | (self->mode == MODE_WEEK ? week_step(self->week, 1) : table_move(self->table, 1));
    case ACTION_MARK_ALL:
        mark_day(self);
        return REPAINT;
    case ACTION_MARK_NONE:
        calendar_mark_none(self);
        return REPAINT;
    case ACTION_MODE:
        self->day = calendar_current_day(self);
        set_mode(self, (self->mode + 1) % MODES);
        calendar_load(screen);
        return REFLOW;
    case ACTION_TAB:
        if (times < 1 || times > MODES)
            return NOT_TAKEN;
        self->day = calendar_current_day(self);
        set_mode(self, (enum mode)(times - 1));
        calendar_load(screen);
        return REFLOW;
    case ACTION_PERIOD_BACK:
        return period(self, -steps);
    case ACTION_PERIOD_FORWARD:
        return period(self, steps);
    case ACTION_PERIOD_TODAY:
        return go(self, app_session(screen->app)->today);
    case ACTION_PERIOD_DATE:
        ask(self, ASK_DATE, "Date (YYYY-MM-DD)", "");
        return REPAINT;
    case ACTION_DETAIL:
        self->side.hidden = !self->side.hidden;
        return REFLOW;
    default:
        return NOT_TAKEN;
    }
}

static int tab(const struct screen *screen)
{
    return (int)((const struct calendar *)screen)->mode + 1;
}

static void on_people(void *arg, const struct reply *reply)
{
    struct calendar *self = arg;
    int found = -1, count = 0;
    self->people_ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
        return;
    }
    for (int row = 0; row < rowset_count(reply->rows); row++)
        if (str_equal(rowset_text(reply->rows, row, PALETTE_FIND_KIND), "member")) {
            found = found < 0 ? row : found;
            count++;
        }
    if (count != 1)
        app_say(self->screen.app, ROLE_WARN,
                count ? "%d clients match, among them %s: type more of the name." : "No client of yours has that name.",
                count, count ? rowset_text(reply->rows, found, PALETTE_FIND_NAME) : "");
    else
        calendar_plan_new_session(self->plan, rowset_int(reply->rows, found, PALETTE_FIND_ID),
                                  rowset_text(reply->rows, found, PALETTE_FIND_NAME), self->new_day, self->new_start,
                                  self->minutes, self->fee);
    app_changed(self->screen.app, REPAINT);
}

/* "Sam O'Neill 60 45": the last two words are minutes and fee. */
static void answer_new(struct calendar *self, const char *text)
{
    char name[128], *fee, *minutes, *end = NULL;
    snprintf(name, sizeof name, "%s%s", self->member ? "client " : "", text);
    fee = strrchr(name, ' ');
    if (fee)
        *fee++ = '\0';
    minutes = strrchr(name, ' ');
    if (minutes)
        *minutes++ = '\0';
    self->minutes = minutes ? (int)strtol(minutes, &end, 10) : 0;
    if (!fee || !minutes || *end || self->minutes < 1 || self->minutes > 1440 || !money_parse(fee, &self->fee)) {
        app_ask_error(self->screen.app,
                      self->member ? "write minutes and fee: 60 45" : "write client, minutes and fee: Sam 60 45");
        return;
    }
    if (self->member) {
        calendar_plan_new_session(self->plan, self->member, "The client", self->new_day, self->new_start, self->minutes,
                                  self->fee);
        return;
    }
    const char *params[] = {name, "10"};
    db_cancel(app_db(self->screen.app), self->people_ticket, true);
    self->people_ticket = db_send(app_db(self->screen.app), &QUERY_PALETTE_FIND, params, on_people, self);
}

static void answer_edit(struct calendar *self, const char *text)
{
    const struct calendar_session *one = calendar_current(self);
    char fee[MONEY_TEXT_MAX];
    int64_t cents;
    size_t length = strcspn(text, " ");
    snprintf(fee, sizeof fee, "%.*s", (int)(length < sizeof fee ? length : sizeof fee - 1), text);
    if (!money_parse(fee, &cents))
        app_ask_error(self->screen.app, "the fee comes first: 45.00");
    else if (strlen(text) - length > sizeof one->notes)
        app_ask_error(self->screen.app, "notes in a line have 255 bytes at most");
    else if (one)
        calendar_plan_edit(self->plan, one, cents,
                           one->notes_whole ? text + length + strspn(text + length, " ") : NULL);
}

static void answer(struct screen *screen, const char *text)
{
    struct calendar *self = (struct calendar *)screen;
    const struct calendar_session *one = calendar_current(self);
    char *end;
    long weeks = strtol(text, &end, 10);
    int date;
    switch (self->question) {
    case ASK_DATE:
        if (date_parse(text, &date))
            app_changed(screen->app, go(self, date));
        else
            app_ask_error(screen->app, "no date: write it as 2026-01-16");
        break;
    case ASK_NEW:
        answer_new(self, text);
        break;
    case ASK_WEEKS:
        if (end == text || *end || weeks < 1 || weeks > 52)
            app_ask_error(screen->app, "1 to 52");
        else if (one)
            calendar_plan_repeat(self->plan, one, (int)weeks);
        break;
    case ASK_EDIT:
        answer_edit(self, text);
        break;
    }
}

static void moved(struct screen *screen)
{
    struct calendar *self = (struct calendar *)screen;
    if (self->mode == MODE_UNMARKED && self->more && !self->ticket && table_cursor(self->table) > self->count - 50)
        calendar_load_more(self);
    if (self->mode == MODE_MONTH && self->day != month_day(self->month)) {
        self->day = month_day(self->month);
        calendar_load_totals(self);
    }
    if (self->mode == MODE_WEEK && self->loaded)
        month_go(self->mini, calendar_current_day(self));
    doc_rebuild(self->detail);
}

static const enum action hints[] = {
    ACTION_OPEN,   ACTION_PLUS, ACTION_MINUS,       ACTION_MARK,           ACTION_MOVE, ACTION_SERIES,
    ACTION_DELETE, ACTION_MODE, ACTION_PERIOD_BACK, ACTION_PERIOD_FORWARD, ACTION_HELP, ACTION_BACK,
};

const struct screen_ops calendar_screen = {
    .id = "calendar",
    .title = "calendar",
    .palette = "calendar",
    .people = PERSON_COACH | PERSON_ADMIN,
    .open = open_calendar,
    .close = close_calendar,
    .load = calendar_load,
    .route = route_of,
    .reflow = reflow,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .moved = moved,
    .tab = tab,
    .answer = answer,
    .shows = "appointments bootcamp_attendees bootcamps users",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
