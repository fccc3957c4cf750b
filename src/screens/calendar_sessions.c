#include "calendar_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/term/term.h"

enum { MONTH_DAYS = 42, PAGE = 200 };
static const char page_text[] = "200", month_text[] = "42";

/* ---- Sessions ---- */

static const struct calendar_session *find_session(const struct calendar *self, int64_t id)
{
    for (int i = 0; i < self->count; i++)
        if (!self->sessions[i].bootcamp && self->sessions[i].id == id)
            return &self->sessions[i];
    return NULL;
}

/* Keys of blocks: appointments as they are, bootcamps below zero. */
static int64_t key_of(const struct calendar_session *session)
{
    return session->bootcamp ? -session->id : session->id;
}

const struct calendar_session *calendar_current(const struct calendar *self)
{
    int64_t key = 0;
    if (calendar_plan_moving(self->plan))
        key = calendar_plan_moving(self->plan);
    else if (self->mode == MODE_WEEK)
        key = week_key(self->week);
    else if (self->mode != MODE_MONTH)
        key = table_cursor_key(self->table);
    for (int i = 0; key && i < self->count; i++)
        if (key_of(&self->sessions[i]) == key)
            return &self->sessions[i];
    return NULL;
}

int calendar_current_day(const struct calendar *self)
{
    const struct calendar_session *session = calendar_current(self);
    int day = self->day, minute;
    if (self->mode == MODE_WEEK)
        week_slot(self->week, &day, &minute);
    else if (self->mode == MODE_MONTH)
        day = month_day(self->month);
    else if (session)
        day = session->day;
    return day;
}

bool calendar_is_marked(const struct calendar *self, int64_t id)
{
    for (int i = 0; i < self->mark_count; i++)
        if (self->marks[i] == id)
            return true;
    return false;
}

void calendar_set_mark(struct calendar *self, int64_t id, bool marked)
{
    if (calendar_is_marked(self, id) == marked)
        return;
    if (marked) {
        self->marks = mem_resize(self->marks, (size_t)self->mark_count + 1, sizeof *self->marks);
        self->marks[self->mark_count++] = id;
    } else {
        int kept = 0;
        for (int i = 0; i < self->mark_count; i++)
            if (self->marks[i] != id)
                self->marks[kept++] = self->marks[i];
        self->mark_count = kept;
    }
    week_mark(self->week, id, marked);
}

void calendar_mark_none(struct calendar *self)
{
    self->mark_count = 0;
    week_mark_none(self->week);
}

const char *calendar_state(const struct calendar_session *session, enum role *role)
{
    if (session->invoice[0]) {
        *role = ROLE_DIM;
        return term_ascii() ? "$" : "£";
    }
    if (str_equal(session->state, "attended")) {
        *role = ROLE_GOOD;
        return glyph(GLYPH_CHECK);
    }
    if (str_equal(session->state, "unmarked")) {
        *role = ROLE_WARN;
        return "?";
    }
    *role = ROLE_TEXT;
    return session->bootcamp ? "" : glyph(GLYPH_PENDING);
}

char *calendar_places(const struct calendar_session *session, char out[PRESENT_MAX])
{
    if (session->places)
        snprintf(out, PRESENT_MAX, "%d/%d", session->taken, session->places);
    else
        snprintf(out, PRESENT_MAX, "%d/%s", session->taken, glyph(GLYPH_ABSENT));
    return out;
}

/* ---- Table of the agenda and of what is unmarked ---- */

enum { COL_DAY, COL_TIME, COL_WHO, COL_FEE, COL_STATE, COL_NOTES };
static const struct table_column columns[] = {
    [COL_DAY] = {.id = "day", .title = "Day", .cols = 10},
    [COL_TIME] = {.id = "time", .title = "Time", .cols = 11},
    [COL_WHO] = {.id = "who", .title = "Client", .cols = 14, .max_cols = 26, .flexible = true},
    [COL_FEE] = {.id = "fee", .title = "Fee", .cols = 8, .right = true, .rank = 1},
    [COL_STATE] = {.id = "state", .title = "State", .cols = 12, .rank = 2},
    [COL_NOTES] = {.id = "notes", .title = "Notes", .cols = 10, .flexible = true, .rank = 3},
};

static int row_count(void *ctx)
{
    return ((struct calendar *)ctx)->count;
}

static int64_t row_key(void *ctx, int row)
{
    return key_of(&((struct calendar *)ctx)->sessions[row]);
}

static void row_cell(void *ctx, int row, int column, struct cell *out)
{
    static char text[96];
    const struct calendar_session *one = &((struct calendar *)ctx)->sessions[row];
    enum role role = ROLE_TEXT;
    const char *state = calendar_state(one, &role);
    *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = text};
    switch (column) {
    case COL_DAY:
        date_short(one->day, text);
        break;
    case COL_TIME:
        snprintf(text, sizeof text, "%02d:%02d-%02d:%02d", one->start / 60, one->start % 60, one->end / 60 % 24,
                 one->end % 60);
        break;
    case COL_WHO:
        out->text = one->title;
        break;
    case COL_FEE:
        *out = (struct cell){.kind = one->bootcamp ? CELL_EMPTY : CELL_MONEY, .number = one->fee};
        break;
    case COL_STATE:
        out->role = role;
        if (one->bootcamp)
            calendar_places(one, text);
        else
            snprintf(text, sizeof text, "%s %s", state, one->invoice[0] ? "invoiced" : one->state);
        break;
    default:
        out->text = one->notes;
        out->role = ROLE_DIM;
        break;
    }
}

static const char *row_flag(void *ctx, int row, enum role *role)
{
    const struct calendar *self = ctx;
    *role = ROLE_ACCENT;
    return !self->sessions[row].bootcamp && calendar_is_marked(self, self->sessions[row].id) ? glyph(GLYPH_MARK) : NULL;
}

struct table *calendar_table_new(struct calendar *self)
{
    struct table_source source = {.ctx = self, .count = row_count, .key = row_key, .cell = row_cell, .flag = row_flag};
    return table_new(columns, sizeof columns / sizeof columns[0], &source);
}

/* ---- Data ---- */

static void minutes_of(const struct rowset *rows, int row, int starts, int ends, struct calendar_session *out)
{
    int hour = 0, minute = 0;
    const char *start = rowset_text(rows, row, starts), *end = rowset_text(rows, row, ends);
    out->day = rowset_date(rows, row, starts);
    if (strlen(start) > 15 && sscanf(start + 11, "%d:%d", &hour, &minute) == 2)
        out->start = hour * 60 + minute;
    if (strlen(end) > 15 && sscanf(end + 11, "%d:%d", &hour, &minute) == 2)
        out->end = hour * 60 + minute + 1440 * (rowset_date(rows, row, ends) - out->day);
}

static void show(struct calendar *self)
{
    int first = date_monday(self->day), today = app_session(self->screen.app)->today;
    char places[PRESENT_MAX];
    if (self->mode == MODE_WEEK) {
        struct week_block *blocks = mem_array((size_t)self->count + 1, sizeof *blocks);
        for (int i = 0; i < self->count; i++) {
            const struct calendar_session *one = &self->sessions[i];
            struct week_block *block = &blocks[i];
            *block = (struct week_block){.key = key_of(one), .day = one->day, .start = one->start, .end = one->end};
            block->state = calendar_state(one, &block->role);
            block->muted = one->invoice[0] != '\0';
            if (one->bootcamp)
                snprintf(block->title, sizeof block->title, "%.20s %s", one->title, calendar_places(one, places));
            else
                snprintf(block->title, sizeof block->title, "%.40s", one->title);
        }
        week_set(self->week, first, 7, today, blocks, self->count);
        for (int i = 0; i < self->mark_count; i++)
            week_mark(self->week, self->marks[i], true);
        free(blocks);
    } else if (self->mode != MODE_MONTH) {
        table_set_state(self->table, TABLE_READY, NULL);
        table_set_empty(self->table,
                        self->mode == MODE_UNMARKED ? "Every past session is marked." : "Nothing in these weeks.");
        table_reload(self->table);
    }
    doc_rebuild(self->detail);
}

static void add_session(struct calendar *self, const struct calendar_session *one)
{
    self->sessions = mem_resize(self->sessions, (size_t)self->count + 1, sizeof *self->sessions);
    self->sessions[self->count++] = *one;
}

/* On the first session of the day that was gone to. */
void calendar_stand(struct calendar *self)
{
    week_go(self->week, self->day, 0);
    if (!week_key(self->week))
        week_step(self->week, 1);
}

void calendar_clear(struct calendar *self)
{
    const struct session *session = app_session(self->screen.app);
    self->count = 0;
    self->loaded = false;
    calendar_mark_none(self);
    if (session && self->day != DATE_NONE)
        week_set(self->week, date_monday(self->day), WEEK_DAYS_MAX, session->today, NULL, 0);
    table_set_state(self->table, TABLE_LOADING, NULL);
    table_reload(self->table);
    doc_rebuild(self->detail);
}

static void answered(struct calendar *self)
{
    int kept = 0;
    for (int i = 0; i < self->mark_count; i++)
        if (find_session(self, self->marks[i]))
            self->marks[kept++] = self->marks[i];
    self->mark_count = kept;
    app_loaded(self->screen.app, &self->screen);
    show(self);
    if (!self->loaded && self->mode == MODE_WEEK)
        calendar_stand(self);
    self->loaded = true;
    calendar_plan_resolve(self->plan, self->sessions, self->count);
    app_changed(self->screen.app, REPAINT | MOVED);
}

static void set_notes(struct calendar_session *session, const char *notes)
{
    snprintf(session->notes, sizeof session->notes, "%s", notes);
    session->notes_whole = strlen(notes) < sizeof session->notes && !strchr(notes, '\n');
}

static void on_days(void *arg, const struct reply *reply)
{
    struct calendar *self = arg;
    self->ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
        return;
    }
    self->count = 0;
    for (int row = 0; row < rowset_count(reply->rows); row++) {
        struct calendar_session one = {0};
        one.bootcamp = str_equal(rowset_text(reply->rows, row, CALENDAR_DAYS_KIND), "bootcamp");
        one.id = rowset_int(reply->rows, row, CALENDAR_DAYS_ID);
        one.member = rowset_int(reply->rows, row, CALENDAR_DAYS_USER_ID);
        one.places = (int)rowset_int(reply->rows, row, CALENDAR_DAYS_PLACES);
        one.taken = (int)rowset_int(reply->rows, row, CALENDAR_DAYS_TAKEN);
        one.fee = rowset_cents(reply->rows, row, CALENDAR_DAYS_FEE);
        minutes_of(reply->rows, row, CALENDAR_DAYS_STARTS, CALENDAR_DAYS_ENDS, &one);
        snprintf(one.title, sizeof one.title, "%s", rowset_text(reply->rows, row, CALENDAR_DAYS_TITLE));
        snprintf(one.state, sizeof one.state, "%s", rowset_text(reply->rows, row, CALENDAR_DAYS_STATE));
        snprintf(one.invoice, sizeof one.invoice, "%s", rowset_text(reply->rows, row, CALENDAR_DAYS_INVOICE));
        snprintf(one.version, sizeof one.version, "%s", rowset_text(reply->rows, row, CALENDAR_DAYS_VERSION));
        set_notes(&one, rowset_text(reply->rows, row, CALENDAR_DAYS_NOTES));
        add_session(self, &one);
    }
    answered(self);
}

static void on_unmarked(void *arg, const struct reply *reply)
{
    struct calendar *self = arg;
    self->ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->screen.app, reply->error);
        return;
    }
    if (!self->more)
        self->count = 0;
    for (int row = 0; row < rowset_count(reply->rows); row++) {
        struct calendar_session one = {.state = "unmarked"};
        one.id = rowset_int(reply->rows, row, APPOINTMENTS_UNMARKED_ID);
        one.member = rowset_int(reply->rows, row, APPOINTMENTS_UNMARKED_USER_ID);
        one.fee = rowset_cents(reply->rows, row, APPOINTMENTS_UNMARKED_FEE);
        minutes_of(reply->rows, row, APPOINTMENTS_UNMARKED_STARTS, APPOINTMENTS_UNMARKED_ENDS, &one);
        snprintf(one.title, sizeof one.title, "%s", rowset_text(reply->rows, row, APPOINTMENTS_UNMARKED_TITLE));
        snprintf(one.version, sizeof one.version, "%s", rowset_text(reply->rows, row, APPOINTMENTS_UNMARKED_VERSION));
        snprintf(one.ended, sizeof one.ended, "%s", rowset_text(reply->rows, row, APPOINTMENTS_UNMARKED_ENDED));
        set_notes(&one, rowset_text(reply->rows, row, APPOINTMENTS_UNMARKED_NOTES));
        add_session(self, &one);
    }
    self->more = rowset_count(reply->rows) == PAGE;
    answered(self);
}

static void on_totals(void *arg, const struct reply *reply)
{
    struct calendar *self = arg;
    struct month_day days[MONTH_DAYS];
    int count = 0;
    self->totals_ticket = 0;
    if (reply->status != STATUS_OK)
        return; /* the sessions' own answer says what is wrong */
    for (int row = 0; row < rowset_count(reply->rows) && count < MONTH_DAYS; row++) {
        struct month_day *day = &days[count++];
        int64_t sessions = rowset_int(reply->rows, row, CALENDAR_TOTALS_SESSIONS);
        int64_t unmarked = rowset_int(reply->rows, row, CALENDAR_TOTALS_UNMARKED);
        int64_t bootcamps = rowset_int(reply->rows, row, CALENDAR_TOTALS_BOOTCAMPS);
        *day = (struct month_day){.day = rowset_date(reply->rows, row, CALENDAR_TOTALS_DAY),
                                  .mark = glyph(GLYPH_DOT),
                                  .role = unmarked ? ROLE_WARN : ROLE_TEXT};
        if (sessions)
            snprintf(day->words[0], sizeof day->words[0], "%lld%s", (long long)sessions, unmarked ? " ?" : "");
        if (unmarked)
            snprintf(day->words[0], sizeof day->words[0], "%lld, %lld ?", (long long)sessions, (long long)unmarked);
        if (bootcamps)
            snprintf(day->words[1], sizeof day->words[1], "boot");
    }
    month_set(self->month, app_session(self->screen.app)->today, days, count);
    month_set(self->mini, app_session(self->screen.app)->today, days, count);
    app_loaded(self->screen.app, &self->screen);
    app_changed(self->screen.app, REPAINT);
}

void calendar_load_totals(struct calendar *self)
{
    struct db *db = app_db(self->screen.app);
    char day[DATE_TEXT_MAX];
    month_go(self->mini, self->day);
    month_go(self->month, self->day);
    doc_rebuild(self->detail); /* which names the month's day */
    const char *params[] = {date_iso(month_first(self->mini), day), month_text, NULL};
    db_cancel(db, self->totals_ticket, true);
    self->totals_ticket = db_send(db, &QUERY_CALENDAR_TOTALS, params, on_totals, self);
}

void calendar_load_more(struct calendar *self)
{
    const struct calendar_session *last = &self->sessions[self->count - 1];
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)last->id);
    const char *params[] = {last->ended, id, page_text, NULL};
    self->ticket = db_send(app_db(self->screen.app), &QUERY_APPOINTMENTS_UNMARKED, params, on_unmarked, self);
}

void calendar_load(struct screen *screen)
{
    struct calendar *self = (struct calendar *)screen;
    struct db *db = app_db(screen->app);
    char day[DATE_TEXT_MAX], days[8];
    if (self->day == DATE_NONE)
        self->day = app_session(screen->app)->today;
    db_cancel(db, self->ticket, true);
    self->ticket = 0;
    if (self->mode == MODE_UNMARKED) {
        const char *params[] = {NULL, NULL, page_text, NULL};
        self->more = false;
        self->ticket = db_send(db, &QUERY_APPOINTMENTS_UNMARKED, params, on_unmarked, self);
    } else if (self->mode != MODE_MONTH) {
        bool week = self->mode == MODE_WEEK;
        snprintf(days, sizeof days, "%d", week ? 7 : AGENDA_DAYS);
        const char *params[] = {date_iso(week ? date_monday(self->day) : self->day, day), days, NULL};
        self->ticket = db_send(db, &QUERY_CALENDAR_DAYS, params, on_days, self);
    }
    calendar_load_totals(self);
}
