/* The review queue: a coach's clients of a week in the order in which they need attention, and beside it the one under the
 * cursor. Route: review[/MONDAY[/CLIENT]]; for administrators as/COACH[/MONDAY[/CLIENT]], another coach's, which they only read. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "note_compose.h"
#include "present.h"
#include "review_choice.h"
#include "review_detail.h"
#include "review_marks.h"
#include "review_message.h"
#include "review_queue.h"
#include "review_table.h"

enum { WIDE_COLS = 100 };
enum asked { ASKED_NOTHING, ASKED_DATE, ASKED_COHORTS };

struct review {
    struct screen screen;
    struct layout root, list_pane, detail_pane;
    struct review_queue queue;
    struct review_table columns;
    struct list *list;
    struct review_detail *detail;
    struct review_marks *marks;
    struct note_compose *notes;
    struct review_message *message;
    enum asked asked;
    int64_t wanted_key; /* from the route: the client to stand on once loaded */
};

static struct table *table_of(const struct review *self)
{
    return list_table(self->list);
}

static int shown_monday(const struct review *self)
{
    return review_queue_monday(&self->queue);
}

/* ---- Data ---- */

static void point(struct review *self)
{
    int row = list_cursor_row(self->list);
    struct review_subject subject = {0};
    if (row >= 0) {
        subject.user_id = rowset_int(self->queue.rows, row, REVIEW_QUEUE_USER_ID);
        subject.monday = shown_monday(self);
        subject.coach = self->queue.coach;
        subject.score = (int)rowset_int(self->queue.rows, row, REVIEW_QUEUE_SCORE);
        static const int rates[] = {REVIEW_QUEUE_RATE_7D, REVIEW_QUEUE_RATE_30D, REVIEW_QUEUE_RATE_90D};
        static const int means[] = {REVIEW_QUEUE_WEIGHT, REVIEW_QUEUE_STEPS, REVIEW_QUEUE_CALORIES, REVIEW_QUEUE_SLEEP,
                                    REVIEW_QUEUE_STRESS};
        for (int i = 0; i < 3; i++)
            subject.rates[i] = (int)rowset_int(self->queue.rows, row, rates[i]);
        for (int i = 0; i < REVIEW_MEANS; i++)
            subject.means[i] =
                rowset_null(self->queue.rows, row, means[i]) ? NAN : rowset_double(self->queue.rows, row, means[i]);
        snprintf(subject.name, sizeof subject.name, "%s", rowset_text(self->queue.rows, row, REVIEW_QUEUE_NAME));
        snprintf(subject.cohort, sizeof subject.cohort, "%s", rowset_text(self->queue.rows, row, REVIEW_QUEUE_COHORT));
        snprintf(subject.week, sizeof subject.week, "%s", rowset_text(self->queue.rows, row, REVIEW_QUEUE_COHORT_WEEK));
        snprintf(subject.band, sizeof subject.band, "%s", rowset_text(self->queue.rows, row, REVIEW_QUEUE_BAND));
    }
    review_detail_point(self->detail, &subject);
}

static void on_queue(void *owner, const struct reply *reply)
{
    struct review *self = owner;
    if (!present_take_in_place(self->screen.app, table_of(self), &self->queue.rows, REVIEW_QUEUE_USER_ID, reply)) {
        app_changed(self->screen.app, REPAINT);
        return;
    }
    list_reload(self->list);
    if (self->wanted_key)
        table_select(table_of(self), self->wanted_key);
    self->wanted_key = 0;
    review_detail_forget(self->detail);
    app_loaded(self->screen.app, &self->screen);
    point(self);
    app_changed(self->screen.app, REPAINT);
}

static void load(struct screen *screen)
{
    struct review *self = (struct review *)screen;
    review_queue_load(&self->queue);
    review_marks_load(self->marks, shown_monday(self), self->queue.coach);
}

/* Marks were answered; count: how many were asked for at once. */
static void marked(void *ctx, bool saved, int count)
{
    struct review *self = ctx;
    if (saved)
        review_queue_load_sums(&self->queue);
    if (saved && count > 1)
        table_unmark_all(table_of(self));
    app_changed(self->screen.app, REPAINT);
}

static void noted(void *owner, int64_t member)
{
    struct review *self = owner;
    (void)member;
    review_detail_forget(self->detail);
    point(self);
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
    self->screen.app = app;
    self->screen.layout = &self->root;
    self->queue = (struct review_queue){.app = app,
                                        .coach = coach,
                                        .monday = monday == DATE_NONE ? DATE_NONE : date_monday(monday),
                                        .owner = self,
                                        .answered = on_queue};
    self->wanted_key = client;
    self->marks = review_marks_new(app, marked, self);
    self->list = review_table_list(&self->columns, app, &self->queue, self->marks);
    self->detail = review_detail_new(app);
    self->notes = note_compose_new(app, self, noted);
    self->message = review_message_new(app);
    self->list_pane =
        (struct layout){.kind = LAYOUT_PANE, .weight = 58, .min_cols = 40, .widget = list_widget(self->list)};
    self->detail_pane = (struct layout){
        .kind = LAYOUT_PANE, .weight = 42, .min_cols = 36, .min_rows = 5, .widget = review_detail_widget(self->detail)};
    self->root =
        (struct layout){.kind = LAYOUT_STACKED, .children = {&self->list_pane, &self->detail_pane}, .child_count = 2};
    layout_focus(&self->root, list_widget(self->list));
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
    review_detail_free(self->detail);
    review_marks_free(self->marks);
    note_compose_free(self->notes);
    review_message_free(self->message);
    list_free(self->list);
    review_queue_fini(&self->queue);
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
    int64_t client = table_cursor_key(table_of(self));
    char whose[32], stands_on[32] = "";
    snprintf(whose, sizeof whose, self->queue.coach ? "as/%lld" : "review", (long long)self->queue.coach);
    if (client)
        snprintf(stands_on, sizeof stands_on, "/%lld", (long long)client);
    route_format(out, "%s/%s%s", whose, monday, stands_on);
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    const struct review *self = (const struct review *)screen;
    const struct rowset *sums = self->queue.summary;
    line_add(left, ROLE_DIM, "Review");
    if (self->queue.coach)
        line_add(left, ROLE_WARN, " as %s, read-only",
                 rowset_count(sums) ? rowset_text(sums, 0, REVIEW_SUMMARY_COACH_NAME) : "another coach");
    present_week(left, shown_monday(self));
    if (self->queue.chosen.length)
        line_add(left, ROLE_STRONG, "  %s", str_text(&self->queue.names));
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
        line_add(left, ROLE_DIM, "%s", self->queue.coach || self->queue.chosen.length ? "" : bands[i].words);
        line_add(left, ROLE_DIM, "  ");
    }
    line_add(right, ROLE_DIM, "reviewed ");
    line_add(right, ROLE_TEXT, "%lld/%lld", (long long)rowset_int(sums, 0, REVIEW_SUMMARY_REVIEWED),
             (long long)rowset_int(sums, 0, REVIEW_SUMMARY_TOTAL));
}

static void status(const struct screen *screen, struct line *left)
{
    const struct review *self = (const struct review *)screen;
    if (self->queue.rows)
        list_status(self->list, left);
    if (!rowset_count(self->queue.summary))
        return;
    int64_t today = rowset_int(self->queue.summary, 0, REVIEW_SUMMARY_SESSIONS_TODAY);
    int64_t unmarked = rowset_int(self->queue.summary, 0, REVIEW_SUMMARY_UNMARKED);
    line_add(left, ROLE_DIM, "   today ");
    line_add(left, ROLE_TEXT, "%lld session%s", (long long)today, today == 1 ? "" : "s");
    if (unmarked)
        line_add(left, ROLE_WARN, ", %lld unmarked", (long long)unmarked);
    int weeks = rowset_count(self->queue.backlog);
    int64_t pending = 0;
    for (int i = 0; i < weeks; i++)
        pending += rowset_int(self->queue.backlog, i, REVIEW_BACKLOG_PENDING);
    if (weeks)
        line_add(left, ROLE_WARN, "   %lld pending in %d earlier week%s", (long long)pending, weeks,
                 weeks == 1 ? "" : "s");
}

/* ---- Marking ---- */

/* Could this one be put so now? */
static bool can_mark(const struct review *self, int64_t client, enum review_mark wanted)
{
    enum review_mark stands = review_marks_get(self->marks, client);
    return !review_marks_under_way(self->marks, client) &&
           (wanted == REVIEW_PENDING ? stands != REVIEW_PENDING : stands == REVIEW_PENDING);
}

/* Those of the marked ones that can: rows of the queue. Heap; the caller frees. */
static int *marked_rows(const struct review *self, enum review_mark wanted, int *count)
{
    int all = rowset_count(self->queue.rows), *rows = mem_array((size_t)all + 1, sizeof *rows);
    *count = 0;
    for (int row = 0; row < all; row++) {
        int64_t client = rowset_int(self->queue.rows, row, REVIEW_QUEUE_USER_ID);
        if (table_marked(table_of(self), client) && can_mark(self, client, wanted))
            rows[(*count)++] = row;
    }
    return rows;
}

static bool may_mark(const struct review *self, enum review_mark wanted)
{
    int64_t client = table_cursor_key(table_of(self));
    if (self->queue.coach)
        return false;
    if (!table_mark_count(table_of(self)))
        return client && can_mark(self, client, wanted);
    int count;
    free(marked_rows(self, wanted, &count));
    return count > 0;
}

static void mark_all(void *owner, int64_t wanted)
{
    struct review *self = owner;
    int count, *rows = marked_rows(self, (enum review_mark)wanted, &count);
    int64_t *clients = mem_array((size_t)count + 1, sizeof *clients);
    for (int i = 0; i < count; i++)
        clients[i] = rowset_int(self->queue.rows, rows[i], REVIEW_QUEUE_USER_ID);
    if (count)
        review_marks_set_all(self->marks, clients, count, (enum review_mark)wanted);
    free(clients);
    free(rows);
    app_changed(self->screen.app, REPAINT);
}

static void ask_mark_all(struct review *self, enum review_mark wanted)
{
    static const char *const titles[] = {
        [REVIEW_PENDING] = "Reopen", [REVIEW_DONE] = "Reviewed", [REVIEW_SKIPPED] = "Skip"};
    char words[160], verb[64], monday[DATE_TEXT_MAX];
    int count, *rows = marked_rows(self, wanted, &count), all = table_mark_count(table_of(self));
    const char **names = mem_array((size_t)count + 1, sizeof *names);
    for (int i = 0; i < count; i++)
        names[i] = rowset_text(self->queue.rows, rows[i], REVIEW_QUEUE_NAME);
    int used = snprintf(words, sizeof words, "%d client%s of the week of %s, all at once", count, count == 1 ? "" : "s",
                        date_short(shown_monday(self), monday));
    if (count < all)
        snprintf(words + used, sizeof words - (size_t)used, "; %d marked more stand so already or are not in this week",
                 all - count);
    if (wanted == REVIEW_DONE)
        snprintf(verb, sizeof verb, "Mark %d as reviewed", count);
    else if (wanted == REVIEW_SKIPPED)
        snprintf(verb, sizeof verb, "Leave %d out of this review", count);
    else
        snprintf(verb, sizeof verb, "Put %d back into the queue", count);
    app_confirm(self->screen.app, titles[wanted], words, names, count, verb, mark_all, self, wanted);
    free(names);
    free(rows);
}

/* How far below the cursor the next one is that is still to be reviewed; past the last of them just one row. */
static int to_next_pending(const struct review *self)
{
    int at = table_cursor(table_of(self)), last = list_count(self->list);
    for (int next = at + 1; next < last; next++) {
        int64_t client = rowset_int(self->queue.rows, list_row(self->list, next), REVIEW_QUEUE_USER_ID);
        if (can_mark(self, client, REVIEW_DONE))
            return next - at;
    }
    return 1;
}

static unsigned mark(struct review *self, enum review_mark wanted)
{
    int row = list_cursor_row(self->list);
    if (table_mark_count(table_of(self))) {
        ask_mark_all(self, wanted);
        return REPAINT;
    }
    review_marks_set(self->marks, table_cursor_key(table_of(self)),
                     rowset_text(self->queue.rows, row, REVIEW_QUEUE_NAME), wanted);
    return REPAINT | (wanted == REVIEW_PENDING ? 0 : table_move(table_of(self), to_next_pending(self)));
}

/* ---- Actions ---- */

static bool accepts(const struct screen *screen, enum action action)
{
    const struct review *self = (const struct review *)screen;
    switch (action) {
    case ACTION_CHECKIN:
    case ACTION_OPEN:
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
    case ACTION_MESSAGE:
        return table_cursor(table_of(self)) >= 0;
    case ACTION_NOTE:
        return !self->queue.coach && table_cursor(table_of(self)) >= 0;
    case ACTION_REVIEWED:
        return may_mark(self, REVIEW_DONE);
    case ACTION_SKIP:
        return may_mark(self, REVIEW_SKIPPED);
    case ACTION_REOPEN:
        return may_mark(self, REVIEW_PENDING);
    case ACTION_PERIOD_UNREVIEWED:
        return rowset_count(self->queue.backlog) > 0;
    case ACTION_PERIOD_FORWARD:
        return shown_monday(self) < date_monday(app_session(screen->app)->today);
    case ACTION_CHOICES:
    case ACTION_PERIOD_BACK:
    case ACTION_PERIOD_TODAY:
    case ACTION_PERIOD_DATE:
    case ACTION_DETAIL:
        return true;
    default:
        return list_accepts(self->list, action);
    }
}

static unsigned go_to_week(struct review *self, int monday)
{
    int latest = date_monday(app_session(self->screen.app)->today);
    monday = date_monday(monday);
    self->queue.monday = monday >= latest ? DATE_NONE : monday;
    self->wanted_key = table_cursor_key(table_of(self));
    load(&self->screen);
    return REPAINT;
}

static void ask_cohorts(struct review *self)
{
    struct str label = {0};
    str_add(&label, "Cohorts, with commas; none: all (");
    for (int i = 0; i < rowset_count(self->queue.cohorts); i++)
        str_addf(&label, "%s%s", i ? ", " : "", rowset_text(self->queue.cohorts, i, REVIEW_COHORTS_NAME));
    str_add(&label, ")");
    self->asked = ASKED_COHORTS;
    app_ask(self->screen.app, str_text(&label), str_text(&self->queue.names));
    str_fini(&label);
}

static void open_record(struct review *self, const char *place)
{
    int count;
    int64_t *keys = list_keys(self->list, &count), client = table_cursor_key(table_of(self));
    app_set_records(self->screen.app, keys, count, client);
    free(keys);
    app_open(self->screen.app, "%s/%lld", place, (long long)client);
}

static const char *cursor_name(const struct review *self)
{
    return rowset_text(self->queue.rows, list_cursor_row(self->list), REVIEW_QUEUE_NAME);
}

enum { CHOOSE_COHORTS = ACTION_COUNT };

static void chosen(void *owner, int64_t value)
{
    struct review *self = owner;
    if (value == CHOOSE_COHORTS)
        ask_cohorts(self);
    else if (self->screen.ops->accepts(&self->screen, (enum action)value))
        app_changed(self->screen.app, self->screen.ops->act(&self->screen, (enum action)value, 0));
}

static void show_choices(struct review *self)
{
    static const struct {
        const char *text;
        char letter;
        enum action action;
    } ways[] = {{"Reviewed", 'r', ACTION_REVIEWED}, {"Skip this week", 's', ACTION_SKIP},
                {"Reopen", 'o', ACTION_REOPEN},     {"Write a note", 'n', ACTION_NOTE},
                {"Message", 'm', ACTION_MESSAGE},   {"Go to a week that waits", 'w', ACTION_PERIOD_UNREVIEWED}};
    enum { WAYS = sizeof ways / sizeof ways[0] };
    struct menu_item items[WAYS + 1];
    for (int i = 0; i < WAYS; i++)
        items[i] = (struct menu_item){.text = ways[i].text,
                                      .letter = ways[i].letter,
                                      .off = !accepts(&self->screen, ways[i].action),
                                      .value = ways[i].action};
    items[WAYS] = (struct menu_item){.text = "Keep to some cohorts",
                                     .letter = 'c',
                                     .remark = self->queue.chosen.length ? str_text(&self->queue.names) : "all now",
                                     .off = !rowset_count(self->queue.cohorts),
                                     .value = CHOOSE_COHORTS};
    app_menu(self->screen.app, "Review", NULL, items, WAYS + 1, chosen, self);
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
        return table_move(table_of(self), steps);
    case ACTION_PREVIOUS_RECORD:
        return table_move(table_of(self), -steps);
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
        return go_to_week(self, review_queue_waiting_week(&self->queue));
    case ACTION_NOTE:
        note_compose_open(self->notes, table_cursor_key(table_of(self)), cursor_name(self), shown_monday(self));
        return TAKEN;
    case ACTION_MESSAGE:
        review_message_open(self->message, table_cursor_key(table_of(self)), cursor_name(self), shown_monday(self));
        return TAKEN;
    case ACTION_CHOICES:
        show_choices(self);
        return TAKEN;
    case ACTION_PERIOD_DATE:
        self->asked = ASKED_DATE;
        app_ask(screen->app, "Week that holds (YYYY-MM-DD)", "");
        return REPAINT;
    case ACTION_DETAIL:
        self->detail_pane.hidden = !self->detail_pane.hidden;
        return REFLOW;
    default:
        return list_act(self->list, action, times);
    }
}

static void answer(struct screen *screen, const char *text)
{
    struct review *self = (struct review *)screen;
    int date;
    if (list_answer(self->list, text))
        return;
    if (self->asked == ASKED_COHORTS) {
        char wrong[PRESENT_MAX];
        if (!review_choice(self->queue.cohorts, text, &self->queue.chosen, &self->queue.names, wrong)) {
            struct str words = {0};
            str_addf(&words, "no cohort of this queue is called \"%s\"", wrong);
            app_ask_error(screen->app, str_text(&words));
            str_fini(&words);
            return;
        }
        self->wanted_key = table_cursor_key(table_of(self));
        load(screen);
        app_changed(screen->app, REPAINT);
        return;
    }
    if (date_parse(text, &date))
        app_changed(screen->app, go_to_week(self, date));
    else
        app_ask_error(screen->app, "no date: write it as 2026-01-16");
}

static void typed(struct screen *screen, const char *text)
{
    list_typed(((struct review *)screen)->list, text);
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
    ACTION_OPEN,
    ACTION_NOTE,
    ACTION_REVIEWED,
    ACTION_SKIP,
    ACTION_REOPEN,
    ACTION_MARK,
    ACTION_NEXT_RECORD,
    ACTION_PREVIOUS_RECORD,
    ACTION_MESSAGE,
    ACTION_FILTER,
    ACTION_PERIOD_BACK,
    ACTION_PERIOD_FORWARD,
    ACTION_PERIOD_UNREVIEWED,
    ACTION_CHOICES,
    ACTION_PALETTE,
    ACTION_NEXT_PANE,
    ACTION_DETAIL,
    ACTION_ZOOM,
    ACTION_HELP,
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
    .typed = typed,
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
    .typed = typed,
    .restless = restless,
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
