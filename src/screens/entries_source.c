/* The cells of the grids: which member, day and metric each is, and what stands in it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/term/term.h"
#include "entries_private.h"

enum { SUMS = 4 };

/* ---- Where things are ---- */

int entries_metric_at(const struct entries *self, int column)
{
    int prompts = self->page.metric_count - ENTRY_PROMPT;
    if (self->mode == MODE_METRIC)
        return self->metric;
    return column <= ENTRY_STRESS           ? column
           : column - ENTRY_NOTES < prompts ? ENTRY_PROMPT + column - ENTRY_NOTES
                                            : ENTRY_NOTES; /* last, where there is room for words */
}

/* The row of the page, or -1 for a column that sums up. */
int entries_row_at(const struct entries *self, int row, int column)
{
    if (self->mode != MODE_METRIC)
        return row;
    return column < WEEK ? row * SPAN + WEEK + column : -1;
}

int entries_count(const struct entries *self)
{
    int rows = rowset_count(self->page.rows);
    return self->mode == MODE_METRIC ? rows / SPAN : rows;
}

static int64_t key(void *ctx, int row)
{
    const struct entries *self = ctx;
    return self->mode >= MODE_MEMBER
               ? rowset_date(self->page.rows, row, ENTRY_GRID_DAY)
               : rowset_int(self->page.rows, self->mode == MODE_METRIC ? row * SPAN : row, ENTRY_GRID_USER_ID);
}

static const char *name(void *ctx, int row, bool *muted)
{
    static char text[DATE_TEXT_MAX];
    const struct entries *self = ctx;
    if (self->mode >= MODE_MEMBER)
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
    int at = entries_row_at(self, row, column);
    if (at < 0) {
        *out = (struct sheet_cell){.role = ROLE_DIM, .fixed = true, .text = sum_text(self, row, column)};
        return;
    }
    entry_page_cell(&self->page, at, entries_metric_at(self, column), out);
    out->fixed = rowset_date(self->page.rows, at, ENTRY_GRID_DAY) > app_session(self->screen.app)->today;
}

void entries_put(struct entries *self, int row, int column, const char *text)
{
    self->discard_asked = false;
    int at = entries_row_at(self, row, column), metric = entries_metric_at(self, column);
    if (at < 0)
        return;
    entry_page_put(&self->page, at, metric, text);
    entries_keep(self, at, metric,
                 entry_page_typed(&self->page, at, metric) ? entry_page_value(&self->page, at, metric) : NULL);
}

static const char *typed(void *ctx, int row, int column)
{
    const struct entries *self = ctx;
    int at = entries_row_at(self, row, column);
    const struct entry_typed *cell = at < 0 ? NULL : entry_page_typed(&self->page, at, entries_metric_at(self, column));
    return cell ? cell->text : NULL;
}

static bool judge(void *ctx, int row, int column, const char *text, char *words, size_t size)
{
    struct entries *self = ctx;
    int at = entries_row_at(self, row, column), metric = entries_metric_at(self, column);
    if (at >= 0 && sheet_editing(self->sheet)) /* while it is typed, not when it is taken */
        entries_keep(self, at, metric, text);
    return at >= 0 && entry_page_judge(&self->page, at, metric, text, words, size);
}

static const char *before(void *ctx, int row, int column)
{
    const struct entries *self = ctx;
    int at = entries_row_at(self, row, column);
    return at < 0 ? NULL : entry_page_before(&self->page, at, entries_metric_at(self, column));
}

static const char *mean(void *ctx, int column)
{
    static char text[32];
    struct entries *self = ctx;
    int metric = entries_metric_at(self, column), found = 0;
    double sum = 0;
    if (self->page.metrics[metric].kind != SHEET_NUMBER || (self->mode == MODE_METRIC && column >= WEEK))
        return NULL;
    for (int row = 0; row < entries_count(self); row++) {
        char words[ENTRY_TEXT];
        int at = entries_row_at(self, row, column);
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
    int at = entries_row_at(self, row, column);
    return at < 0 ? NULL : entry_page_about(&self->page, at, entries_metric_at(self, column), role);
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

void entries_set_columns(struct entries *self)
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
            int metric = entries_metric_at(self, total);
            snprintf(columns[total].title, sizeof columns[total].title, "%s", self->page.metrics[metric].title);
            columns[total].kind = self->page.metrics[metric].kind;
            columns[total].cols = metric < ENTRY_PROMPT ? widths[metric] : columns[total].kind == SHEET_WORDS ? 12 : 6;
        }
    }
    sheet_set_columns(self->sheet, self->mode >= MODE_MEMBER ? "Day" : "Client", columns, total);
}

static int count(void *ctx)
{
    return entries_count(ctx);
}

static void put(void *ctx, int row, int column, const char *text)
{
    entries_put(ctx, row, column, text);
}

struct sheet *entries_sheet(struct entries *self)
{
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
    return sheet_new(&source);
}
