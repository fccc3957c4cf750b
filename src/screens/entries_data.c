/* What the grids of check-ins read and save, and the drafts of what is typed into them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/data/queries.gen.h"
#include "entries_private.h"

enum { CHOICES = 50 };

/* ---- Drafts ---- */

/* What is typed into a cell, as a draft has it: the value that it lies over, and itself. text NULL: it is not typed any more. */
void entries_keep(struct entries *self, int row, int metric, const char *text)
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
        if (self->mode == MODE_MONTH)
            entries_show_month(self);
    }
    app_changed(self->screen.app, REPAINT);
}

static void begin_draft(struct entries *self)
{
    char key[48];
    bool one = self->mode >= MODE_MEMBER && !self->cohort;
    snprintf(key, sizeof key, one ? "entries/member/%lld" : "entries/%lld",
             (long long)(one ? self->member : self->cohort));
    self->draft =
        draft_open(self->screen.app, key, one ? "Check-ins of a member" : "Check-ins of a cohort", self, take_draft);
}

/* Throws away what is typed, and what is kept of it. */
void entries_discard(struct entries *self)
{
    entry_page_discard(&self->page);
    sheet_forget_undo(self->sheet);
    if (self->page.typed_count) /* on its way: the file goes when it is saved */
        return;
    draft_done(self->draft);
    begin_draft(self);
}

/* ---- Reading ---- */

static int first_day(const struct entries *self)
{
    return self->mode == MODE_DAY      ? self->day
           : self->mode == MODE_METRIC ? date_monday(self->day) - WEEK
           : self->mode == MODE_MONTH  ? month_first(self->month)
                                       : self->day - SPAN + 1;
}

static int days_read(const struct entries *self)
{
    return self->mode == MODE_DAY ? 1 : self->mode == MODE_MONTH ? MONTH_DAYS : SPAN;
}

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
        entries_set_columns(self);
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
        sheet_go(self->sheet, entries_count(self) - 1, 0);
    if (self->mode == MODE_MONTH)
        entries_show_month(self);
    app_loaded(self->screen.app, &self->screen);
    if (!self->draft)
        begin_draft(self);
    if (self->resolving)
        entries_resolve(self);
    self->resolving = false;
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

void entries_load(struct entries *self)
{
    struct db *db = app_db(self->screen.app);
    char cohort[24], member[24], first[DATE_TEXT_MAX], last[DATE_TEXT_MAX];
    snprintf(cohort, sizeof cohort, "%lld", (long long)self->cohort);
    snprintf(member, sizeof member, "%lld", (long long)self->member);
    bool one = self->mode >= MODE_MEMBER;
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
    if (self->mode == MODE_MONTH)
        entries_load_rhythm(self);
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
    self->resolving = conflicts > 0;
    entries_load(self);
}

void entries_save(struct entries *self)
{
    int rows = 0, cells, typed_rows, errors, warnings;
    char what[64];
    entry_page_counts(&self->page, &cells, &typed_rows, &errors, &warnings);
    char *items = self->page.sent_count ? NULL : entry_page_items(&self->page, &rows);
    if (!items && !self->page.sent_count && entries_resolve(self))
        return;
    if (!items) {
        app_say(self->screen.app, errors ? ROLE_WARN : ROLE_DIM,
                errors ? "Nothing can be saved before what is marked ! is mended." : "There is nothing to save.");
        return;
    }
    snprintf(what, sizeof what, "%d check-in%s", rows, rows == 1 ? "" : "s");
    const char *params[] = {items};
    draft_change(self->draft, &QUERY_ENTRIES_SAVE, params, what, 0, saved);
    free(items);
}
