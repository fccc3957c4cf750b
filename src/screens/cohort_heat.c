#include "cohort_heat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "present.h"

enum { LEAST_DAYS = 21, MOST_DAYS = 84, FIXED_COLS = 40 /* what the other columns take */ };

struct cohort_heat {
    struct app *app;
    struct table *table;
    struct rowset *rows;
    db_ticket ticket;
    int64_t cohort, asked;
    char name[96];                         /* of the one that is asked for */
    int fits, wanted_days;                 /* days that fit, and that were asked for; 0: all that fit */
    int days;                              /* that are shown */
    int last_day;                          /* DATE_NONE: today */
    char title[160], scale[MOST_DAYS + 1]; /* the rule above; day numbers above the days */
};

enum { COL_NAME, COL_DAYS, COL_RATE, COL_STREAK };

static const struct table_column columns[] = {
    [COL_NAME] = {.id = "member", .title = "Member", .cols = 14, .max_cols = 24, .flexible = true},
    [COL_DAYS] = {.id = "days", .title = "", .cols = LEAST_DAYS},
    [COL_RATE] = {.id = "rate7", .title = "7d", .cols = 6, .rank = 1, .right = true},
    [COL_STREAK] = {.id = "streak", .title = "streak", .cols = 6, .rank = 2, .right = true},
};

static int count(void *ctx)
{
    return rowset_count(((struct cohort_heat *)ctx)->rows);
}

static int64_t key(void *ctx, int row)
{
    return rowset_int(((struct cohort_heat *)ctx)->rows, row, COHORT_HEAT_USER_ID);
}

static bool muted(void *ctx, int row)
{
    return str_equal(rowset_text(((struct cohort_heat *)ctx)->rows, row, COHORT_HEAT_STATUS), "PAUSED");
}

static void cell(void *ctx, int row, int column, struct cell *out)
{
    const struct rowset *rows = ((struct cohort_heat *)ctx)->rows;
    switch (column) {
    case COL_NAME:
        present_text(out, rows, row, COHORT_HEAT_NAME, ROLE_TEXT);
        break;
    case COL_DAYS:
        *out = (struct cell){.kind = CELL_HEAT, .text = rowset_text(rows, row, COHORT_HEAT_DAYS)};
        break;
    case COL_RATE:
        if (muted(ctx, row))
            *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_DIM, .text = "paused"};
        else
            present_percent(out, rows, row, COHORT_HEAT_RATE_7D);
        break;
    default:
        present_int(out, rows, row, COHORT_HEAT_STREAK, ROLE_TEXT);
        break;
    }
}

int cohort_heat_last_day(const struct cohort_heat *heat)
{
    return heat->last_day == DATE_NONE ? app_session(heat->app)->today : heat->last_day;
}

bool cohort_heat_is_past(const struct cohort_heat *heat)
{
    return heat->last_day != DATE_NONE;
}

static void name_it(struct cohort_heat *heat)
{
    char first[DATE_TEXT_MAX], last[DATE_TEXT_MAX];
    int day = cohort_heat_last_day(heat);
    snprintf(heat->title, sizeof heat->title, "%.80s  %s to %s   %s complete  %s partial  %s none  %s paused",
             heat->name, date_day_month(day - heat->days + 1, first), date_day_month(day, last), glyph(GLYPH_FULL),
             glyph(GLYPH_PARTIAL), glyph(GLYPH_DOT), glyph(GLYPH_BAND_GREEN));
}

/* The day of the month above each Monday. */
static void scale_it(struct cohort_heat *heat)
{
    int first = cohort_heat_last_day(heat) - heat->days + 1;
    memset(heat->scale, ' ', (size_t)heat->days);
    heat->scale[heat->days] = '\0';
    for (int i = 0; i + 1 < heat->days; i++) {
        int year, month, day;
        date_to_civil(first + i, &year, &month, &day);
        if (date_weekday(first + i) == 1) {
            heat->scale[i] = (char)(day < 10 ? ' ' : '0' + day / 10);
            heat->scale[i + 1] = (char)('0' + day % 10);
        }
    }
}

static void on_rows(void *arg, const struct reply *reply)
{
    struct cohort_heat *heat = arg;
    heat->ticket = 0;
    if (present_take(heat->app, heat->table, &heat->rows, reply)) {
        if (heat->cohort != heat->asked)
            table_unmark_all(heat->table);
        heat->cohort = heat->asked;
        scale_it(heat);
        name_it(heat);
        table_reload(heat->table);
    }
    app_changed(heat->app, REPAINT);
}

void cohort_heat_show(struct cohort_heat *heat, int64_t cohort, const char *name)
{
    char id[24], from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];
    int day = cohort_heat_last_day(heat);
    if (!cohort)
        return;
    heat->asked = cohort;
    snprintf(heat->name, sizeof heat->name, "%s", name);
    snprintf(id, sizeof id, "%lld", (long long)cohort);
    const char *params[] = {id, date_iso(day - heat->days + 1, from), date_iso(day, to)};
    db_cancel(app_db(heat->app), heat->ticket, true);
    heat->ticket = db_send(app_db(heat->app), &QUERY_COHORT_HEAT, params, on_rows, heat);
}

static void show_again(struct cohort_heat *heat)
{
    char name[sizeof heat->name];
    snprintf(name, sizeof name, "%s", heat->name);
    cohort_heat_show(heat, heat->asked, name);
}

int64_t cohort_heat_cohort(const struct cohort_heat *heat)
{
    return heat->cohort;
}

int64_t cohort_heat_asked(const struct cohort_heat *heat)
{
    return heat->asked;
}

void cohort_heat_until(struct cohort_heat *heat, int day)
{
    heat->last_day = day >= app_session(heat->app)->today ? DATE_NONE : day;
    show_again(heat);
}

static bool show_days(struct cohort_heat *heat)
{
    int days = heat->wanted_days && heat->wanted_days < heat->fits ? heat->wanted_days : heat->fits;
    if (days == heat->days)
        return false;
    heat->days = days;
    table_set_column_cols(heat->table, COL_DAYS, days < LEAST_DAYS ? LEAST_DAYS : days);
    show_again(heat);
    return true;
}

void cohort_heat_reflow(struct cohort_heat *heat, int cols)
{
    int days = cols - FIXED_COLS;
    heat->fits = days < LEAST_DAYS ? LEAST_DAYS : days > MOST_DAYS ? MOST_DAYS : days - days % 7;
    show_days(heat);
}

bool cohort_heat_next_length(struct cohort_heat *heat)
{
    static const int lengths[] = {7, 14, 21, 42, 84};
    int most = (int)(sizeof lengths / sizeof lengths[0]), at = 0;
    while (at < most && lengths[at] <= (heat->wanted_days ? heat->wanted_days : MOST_DAYS))
        at++;
    heat->wanted_days = at < most && lengths[at] < heat->fits ? lengths[at] : heat->wanted_days ? 0 : lengths[0];
    return show_days(heat);
}

int64_t *cohort_heat_members(const struct cohort_heat *heat, int *found)
{
    *found = rowset_count(heat->rows);
    int64_t *ids = mem_array((size_t)*found, sizeof *ids);
    for (int row = 0; row < *found; row++)
        ids[row] = rowset_int(heat->rows, row, COHORT_HEAT_USER_ID);
    return ids;
}

int64_t *cohort_heat_chosen(const struct cohort_heat *heat, int *found, int *running)
{
    int all, marked = table_mark_count(heat->table);
    int64_t *ids = cohort_heat_members(heat, &all);
    *found = *running = 0;
    for (int row = 0; row < all; row++)
        if (marked ? table_marked(heat->table, ids[row]) : ids[row] == table_cursor_key(heat->table)) {
            ids[(*found)++] = ids[row];
            *running += !muted((void *)heat, row);
        }
    return ids;
}

struct table *cohort_heat_table(struct cohort_heat *heat)
{
    return heat->table;
}

const char *cohort_heat_title(const struct cohort_heat *heat)
{
    return heat->title;
}

struct cohort_heat *cohort_heat_new(struct app *app)
{
    struct cohort_heat *heat = mem_alloc(sizeof *heat);
    *heat = (struct cohort_heat){.app = app, .last_day = DATE_NONE, .days = LEAST_DAYS, .fits = LEAST_DAYS};
    struct table_source source = {.ctx = heat, .count = count, .key = key, .cell = cell, .muted = muted};
    struct table_column titled[sizeof columns / sizeof columns[0]];
    memcpy(titled, columns, sizeof columns);
    titled[COL_DAYS].title = heat->scale;
    heat->table = table_new(titled, sizeof titled / sizeof titled[0], &source);
    table_set_empty(heat->table, "This cohort has no members.");
    table_set_marking(heat->table, true);
    return heat;
}

void cohort_heat_free(struct cohort_heat *heat)
{
    db_cancel(app_db(heat->app), heat->ticket, true);
    table_free(heat->table);
    rowset_free(heat->rows);
    free(heat);
}
