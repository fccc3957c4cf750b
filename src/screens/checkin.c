/* The check-in of one member and day as a form: what is always asked, what the member's cohorts ask beside it, and what health data
 * suggests. A blank field keeps what is stored. Route: checkin/MEMBER[/DATE]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/term/term.h"
#include "centurion/ui/form.h"
#include "draft.h"
#include "entry_page.h"

#define FIELD_HEALTH "healthkit" /* of drafts: the sleep was taken from health data */

struct checkin {
    struct screen screen;
    struct layout pane;
    struct form *form; /* a field a metric of the page, in its order */
    int fields;
    struct entry_page page;
    int64_t member;
    int day;
    bool health, to_next, discard_asked;
    struct draft *draft;
    struct rowset *hints;
    db_ticket limits_ticket, prompts_ticket, grid_ticket, hints_ticket;
};

static bool is_read(const struct checkin *self)
{
    return rowset_count(self->page.rows) > 0;
}

/* ---- Between the form and the page ---- */

/* As a form has it: yes and no are words there. */
static const char *for_form(const struct checkin *self, int metric, const char *text)
{
    if (self->page.metrics[metric].kind != SHEET_YESNO)
        return text;
    return str_equal(text, "y") ? "true" : str_equal(text, "n") ? "false" : "";
}

static const char *from_form(const struct checkin *self, int metric)
{
    const char *value = form_value(self->form, metric);
    if (self->page.metrics[metric].kind != SHEET_YESNO)
        return form_text(self->form, metric);
    return !value ? "" : str_equal(value, "true") ? "y" : "n";
}

static void changed(void *ctx, int metric)
{
    struct checkin *self = ctx;
    const char *text = from_form(self, metric);
    self->discard_asked = false;
    if (metric == ENTRY_SLEEP)
        self->health = form_took(self->form, metric);
    if (!is_read(self)) /* it is taken over when it is */
        return;
    entry_page_put(&self->page, 0, metric, *text || form_cleared(self->form, metric) ? text : NULL);
    const struct entry_typed *typed = entry_page_typed(&self->page, 0, metric);
    char *both = typed ? mem_printf("%s\x1f%s", typed->base, typed->text) : NULL;
    draft_put(self->draft, self->page.metrics[metric].id, both);
    draft_put(self->draft, FIELD_HEALTH, self->health ? "1" : NULL);
    free(both);
}

static void check(void *ctx, int metric, const char *value, struct form_verdict *out)
{
    const struct checkin *self = ctx;
    char words[200];
    if (!value || !is_read(self) || self->page.metrics[metric].kind == SHEET_YESNO)
        return;
    bool right = entry_page_judge(&self->page, 0, metric, value, words, sizeof words);
    snprintf(right ? out->warning : out->error, sizeof out->error, "%.110s", words);
}

static void build(struct checkin *self)
{
    struct form_field fields[ENTRY_METRICS_MAX];
    struct form *old = self->form;
    int count = self->page.metric_count;
    memset(fields, 0, sizeof fields);
    for (int i = 0; i < count; i++) {
        const struct entry_metric *metric = &self->page.metrics[i];
        bool ten =
            i == ENTRY_SLEEP || i == ENTRY_STRESS || (metric->whole && metric->minimum == 1 && metric->maximum == 10);
        fields[i] = (struct form_field){.label = metric->title,
                                        .kind = i == ENTRY_NOTES              ? FORM_AREA
                                                : metric->kind == SHEET_YESNO ? FORM_YESNO
                                                : metric->kind == SHEET_WORDS ? FORM_TEXT
                                                : ten && i >= ENTRY_SLEEP     ? FORM_SCALE
                                                                              : FORM_NUMBER,
                                        .unit = i == ENTRY_WEIGHT ? app_weight_unit(self->screen.app) : NULL,
                                        .decimals = metric->whole       ? 0
                                                    : i == ENTRY_WEIGHT ? 1
                                                                        : 2,
                                        .limit = i == ENTRY_NOTES ? 1000 : 0,
                                        .cols = metric->kind == SHEET_NUMBER ? 7 : 0,
                                        .rows = 3};
    }
    self->form = form_new(fields, count);
    form_set_clearing(self->form, true);
    form_set_next(self->form, true);
    form_on_check(self->form, check, self);
    form_on_changed(self->form, changed, self);
    for (int i = 0; old && i < count && i < self->fields; i++)
        if (form_field_dirty(old, i))
            form_put(self->form, i, self->page.metrics[i].kind == SHEET_YESNO ? form_value(old, i) : form_text(old, i));
    if (old)
        form_focus(self->form, form_focused(old) < count ? form_focused(old) : 0);
    self->fields = count;
    self->pane = (struct layout){.kind = LAYOUT_PANE, .widget = form_widget(self->form)};
    layout_focus(&self->pane, self->pane.widget);
    if (self->screen.zoomed)
        self->screen.zoomed = self->pane.widget;
    form_free(old);
}

/* What stands beside a field: where it came from and what it was the day before; in a conflict, what somebody else put there. */
static void remark(struct checkin *self, int metric)
{
    const struct entry_typed *typed = entry_page_typed(&self->page, 0, metric);
    const char *before = entry_page_before(&self->page, 0, metric);
    struct sheet_cell cell;
    char words[200] = "";
    if (typed && typed->conflict) {
        const char *theirs = entry_page_stored(&self->page, 0, metric);
        snprintf(words, sizeof words, "now: %.100s, by %.60s", *theirs ? theirs : "nothing",
                 rowset_null(self->page.rows, 0, ENTRY_GRID_CHANGED_BY)
                     ? "somebody"
                     : rowset_text(self->page.rows, 0, ENTRY_GRID_CHANGED_BY));
        form_remark(self->form, metric, ROLE_BAD, words);
        return;
    }
    entry_page_cell(&self->page, 0, metric, &cell);
    if (cell.remark && *entry_page_stored(&self->page, 0, metric))
        snprintf(words, sizeof words, "%c  ", *cell.remark);
    if (before && metric != ENTRY_NOTES)
        snprintf(words + strlen(words), sizeof words - strlen(words), "yesterday %.60s", before);
    form_remark(self->form, metric, ROLE_DIM, *words ? words : NULL);
}

static void suggest(struct checkin *self)
{
    if (rowset_count(self->hints))
        form_suggest(self->form, ENTRY_SLEEP, rowset_text(self->hints, 0, CHECKIN_SUGGESTIONS_VALUE),
                     rowset_text(self->hints, 0, CHECKIN_SUGGESTIONS_WORDS));
}

/* Shows the page as it is now. What is typed and not saved lies over what is stored. */
static void show(struct checkin *self)
{
    for (int i = 0; i < self->fields && is_read(self); i++) {
        const struct entry_typed *typed = entry_page_typed(&self->page, 0, i);
        const char *stored = for_form(self, i, entry_page_stored(&self->page, 0, i));
        if (typed || form_dirty(self->form) || !str_equal(stored, form_original(self->form, i)))
            form_set(self->form, i, stored);
        if (typed && *typed->text)
            form_put(self->form, i, for_form(self, i, typed->text));
        else if (typed)
            form_clear(self->form, i);
        remark(self, i);
        if (typed && typed->refused)
            form_set_error(self->form, i, typed->words);
    }
    app_changed(self->screen.app, REFLOW);
}

/* ---- Drafts ---- */

static void take_draft(void *owner, const char *field, const char *text)
{
    struct checkin *self = owner;
    const char *divider = strchr(text, '\x1f');
    if (str_equal(field, FIELD_HEALTH))
        self->health = true;
    if (!divider || !is_read(self))
        return;
    char *base = mem_strndup(text, (size_t)(divider - text));
    struct rowset *rows = rowset_keep(self->page.rows);
    entry_page_restore(&self->page, self->member, self->day, field, divider + 1, base);
    entry_page_rows(&self->page, rows); /* held against what stands there now */
    rowset_free(rows);
    free(base);
    show(self);
}

static void begin_draft(struct checkin *self)
{
    char key[64], title[160], day[DATE_TEXT_MAX];
    snprintf(key, sizeof key, "checkin/%lld/%s", (long long)self->member, date_iso(self->day, day));
    snprintf(title, sizeof title, "Check-in of %.80s, %s", rowset_text(self->page.rows, 0, ENTRY_GRID_NAME), day);
    self->draft = draft_open(self->screen.app, key, title, self, take_draft);
}

/* ---- Reading ---- */

static bool answered(struct checkin *self, db_ticket *ticket, const struct reply *reply)
{
    *ticket = 0;
    if (reply->status != STATUS_OK)
        app_fault(self->screen.app, reply->error);
    app_changed(self->screen.app, REPAINT);
    return reply->status == STATUS_OK;
}

static void on_limits(void *arg, const struct reply *reply)
{
    struct checkin *self = arg;
    if (answered(self, &self->limits_ticket, reply))
        entry_page_limits(&self->page, reply->rows);
}

static void on_prompts(void *arg, const struct reply *reply)
{
    struct checkin *self = arg;
    int known = self->page.metric_count;
    if (!answered(self, &self->prompts_ticket, reply))
        return;
    entry_page_prompts(&self->page, reply->rows);
    if (self->page.metric_count != known) {
        build(self);
        suggest(self);
        app_changed(self->screen.app, REFLOW);
    }
}

static void on_hints(void *arg, const struct reply *reply)
{
    struct checkin *self = arg;
    if (!answered(self, &self->hints_ticket, reply))
        return;
    rowset_free(self->hints);
    self->hints = rowset_keep(reply->rows);
    suggest(self);
}

static void on_grid(void *arg, const struct reply *reply)
{
    struct checkin *self = arg;
    bool first = !self->page.rows;
    if (!answered(self, &self->grid_ticket, reply))
        return;
    entry_page_rows(&self->page, reply->rows);
    app_loaded(self->screen.app, &self->screen);
    if (!is_read(self)) {
        app_say(self->screen.app, ROLE_WARN, "No such member, or not one that you may see.");
        return;
    }
    if (!self->draft)
        begin_draft(self);
    for (int i = 0; first && i < self->fields; i++)
        if (form_field_dirty(self->form, i)) /* typed before it was read */
            changed(self, i);
    show(self);
}

static void load(struct screen *screen)
{
    struct checkin *self = (struct checkin *)screen;
    struct db *db = app_db(screen->app);
    char member[24], day[DATE_TEXT_MAX];
    snprintf(member, sizeof member, "%lld", (long long)self->member);
    date_iso(self->day, day);
    const char *asked[] = {NULL, member}, *params[] = {member, day, day};
    db_ticket *tickets[] = {&self->limits_ticket, &self->prompts_ticket, &self->hints_ticket, &self->grid_ticket};
    for (size_t i = 0; i < sizeof tickets / sizeof tickets[0]; i++)
        db_cancel(db, *tickets[i], true);
    self->limits_ticket = db_send(db, &QUERY_ENTRY_LIMITS, NULL, on_limits, self);
    self->prompts_ticket = db_send(db, &QUERY_ENTRY_PROMPTS, asked, on_prompts, self);
    self->hints_ticket = db_send(db, &QUERY_CHECKIN_SUGGESTIONS, params, on_hints, self);
    self->grid_ticket = db_send(db, &QUERY_ENTRY_GRID_MEMBER, params, on_grid, self);
}

/* ---- Saving ---- */

static void go_next(struct checkin *self)
{
    int64_t id;
    char day[DATE_TEXT_MAX];
    if (app_step_record(self->screen.app, 1, &id))
        app_replace(self->screen.app, "checkin/%lld/%s", (long long)id, date_iso(self->day, day));
    else
        app_say(self->screen.app, ROLE_DIM, "There is no next member in the list that this one was opened from.");
}

static void saved(void *owner, int64_t key, const struct change_reply *reply)
{
    struct checkin *self = owner;
    int done, conflicts, refused;
    (void)key;
    entry_page_answer(&self->page, reply, &done, &conflicts, &refused);
    if (done)
        app_say(self->screen.app, ROLE_GOOD, "Check-in of %s saved.", rowset_text(self->page.rows, 0, ENTRY_GRID_NAME));
    else if (conflicts)
        app_say(self->screen.app, ROLE_BAD,
                "Somebody changed it meanwhile: their values stand beside yours. Save again to keep yours.");
    else if (reply->rows)
        app_say(self->screen.app, ROLE_BAD, "It was refused: the field says why.");
    if (done)
        self->health = false;
    if (done && self->to_next && !self->page.typed_count)
        go_next(self);
    else
        load(&self->screen);
}

static void save(struct checkin *self)
{
    int rows = 0;
    char what[120];
    self->to_next = form_wants_next(self->form);
    if (!is_read(self) || self->page.sent_count) {
        app_say(self->screen.app, ROLE_DIM, is_read(self) ? "It is being saved." : "It has not been read yet.");
        return;
    }
    for (int i = 0; i < self->page.typed_count; i++)
        if (self->page.typed[i].conflict) /* both values were seen */
            entry_page_keep(&self->page, &self->page.typed[i]);
    struct entry_typed *sleep = entry_page_typed(&self->page, 0, ENTRY_SLEEP);
    if (sleep)
        sleep->health = self->health;
    char *items = entry_page_items(&self->page, &rows);
    if (!items) {
        if (self->to_next)
            go_next(self);
        else
            app_say(self->screen.app, ROLE_DIM, "There is nothing to save.");
        return;
    }
    snprintf(what, sizeof what, "Check-in of %.80s", rowset_text(self->page.rows, 0, ENTRY_GRID_NAME));
    const char *params[] = {items};
    draft_change(self->draft, &QUERY_ENTRIES_SAVE, params, what, 0, saved);
    free(items);
}

/* ---- The screen ---- */

static struct screen *open_checkin(struct app *app, const struct route *route)
{
    int64_t member;
    int today = app_session(app)->today, day = today;
    if (!route_id(route, 1, &member) || route->count > 3 || (route->count == 3 && !route_date(route, 2, &day)))
        return NULL;
    struct checkin *self = mem_alloc(sizeof *self);
    self->screen = (struct screen){.ops = &checkin_screen, .app = app, .layout = &self->pane};
    self->member = member;
    self->day = day > today ? today : day;
    entry_page_init(&self->page, app);
    build(self);
    return &self->screen;
}

static void close_checkin(struct screen *screen)
{
    struct checkin *self = (struct checkin *)screen;
    db_ticket tickets[] = {self->limits_ticket, self->prompts_ticket, self->grid_ticket, self->hints_ticket};
    for (size_t i = 0; i < sizeof tickets / sizeof tickets[0]; i++)
        db_cancel(app_db(screen->app), tickets[i], true);
    if (self->page.typed_count)
        draft_leave(self->draft);
    else
        draft_done(self->draft);
    form_free(self->form);
    rowset_free(self->hints);
    entry_page_fini(&self->page);
    free(self);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct checkin *self = (const struct checkin *)screen;
    char day[DATE_TEXT_MAX];
    route_format(out, "checkin/%lld/%s", (long long)self->member, date_iso(self->day, day));
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    const struct checkin *self = (const struct checkin *)screen;
    const struct rowset *rows = self->page.rows;
    char day[DATE_TEXT_MAX];
    line_add(left, ROLE_DIM, "Members %s ", glyph(GLYPH_CRUMB));
    line_add(left, ROLE_STRONG, "%.80s", is_read(self) ? rowset_text(rows, 0, ENTRY_GRID_NAME) : "");
    line_add(left, ROLE_DIM, " %s ", glyph(GLYPH_CRUMB));
    line_add(left, ROLE_TEXT, "Check-in %s", date_short(self->day, day));
    if (!is_read(self))
        return;
    if (rowset_null(rows, 0, ENTRY_GRID_VERSION))
        line_add(right, ROLE_DIM, "none yet");
    else if (rowset_null(rows, 0, ENTRY_GRID_CHANGED_BY))
        line_add(right, ROLE_DIM, "handed in");
    else
        line_add(right, ROLE_DIM, "last changed by %.40s", rowset_text(rows, 0, ENTRY_GRID_CHANGED_BY));
}

static void status(const struct screen *screen, struct line *left)
{
    const struct checkin *self = (const struct checkin *)screen;
    int count = self->page.typed_count;
    if (count)
        line_add(left, ROLE_ACCENT, "EDIT ");
    if (count)
        line_add(left, ROLE_TEXT, "%d field%s changed", count, count == 1 ? "" : "s");
    else
        line_add(left, ROLE_DIM, "Blank keeps a value, ^X clears it");
}

static bool accepts(const struct screen *screen, enum action action)
{
    const struct checkin *self = (const struct checkin *)screen;
    switch (action) {
    case ACTION_SAVE:
    case ACTION_UNITS:
        return true;
    case ACTION_CANCEL:
        return self->page.typed_count > 0;
    default:
        return false;
    }
}

static unsigned cancel(struct checkin *self)
{
    if (!self->discard_asked) {
        self->discard_asked = true;
        app_say(self->screen.app, ROLE_WARN, "Esc again throws away %d field%s that %s not saved.",
                self->page.typed_count, self->page.typed_count == 1 ? "" : "s",
                self->page.typed_count == 1 ? "is" : "are");
        return TAKEN | REPAINT;
    }
    self->discard_asked = self->health = false;
    entry_page_discard(&self->page);
    if (!self->page.typed_count) { /* else it is on its way: the file goes when it is saved */
        draft_done(self->draft);
        begin_draft(self);
    }
    show(self);
    return TAKEN | REPAINT;
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct checkin *self = (struct checkin *)screen;
    (void)times;
    switch (action) {
    case ACTION_SAVE:
        save(self);
        return TAKEN | REPAINT;
    case ACTION_CANCEL:
        return cancel(self);
    case ACTION_UNITS: /* what is typed would mean something else */
        app_say(screen->app, ROLE_DIM, "Weights are typed in %s here; U changes that in lists.",
                app_weight_unit(screen->app));
        return TAKEN | REPAINT;
    default:
        return NOT_TAKEN;
    }
}

static const enum action hints[] = {ACTION_SAVE,   ACTION_SAVE_NEXT, ACTION_SUGGESTED, ACTION_CLEAR,
                                    ACTION_EDITOR, ACTION_CANCEL,    ACTION_HELP};

const struct screen_ops checkin_screen = {
    .id = "checkin",
    .title = "check-in",
    .people = PERSON_COACH | PERSON_ADMIN,
    .open = open_checkin,
    .close = close_checkin,
    .load = load,
    .route = route_of,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
