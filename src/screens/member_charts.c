#include "member_charts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/data/queries.gen.h"
#include "present.h"

/* ---- The period ---- */

static const char *const state_name = "member-period";
static const int lengths[] = {42, 91, 364, 14}; /* days: whole weeks */
enum { LENGTHS = sizeof lengths / sizeof lengths[0] };

struct member_period member_period_kept(const struct app *app)
{
    const char *kept = app_kept_state(app, state_name);
    struct member_period period = {app_session(app)->today, lengths[0]};
    char *end;
    if (!kept)
        return period;
    period.days = (int)strtol(kept, &end, 10);
    int back = (int)strtol(end, NULL, 10);
    period.last -= back;
    return period;
}

static void keep(struct app *app, const struct member_period *period)
{
    char text[48];
    snprintf(text, sizeof text, "%d %d", period->days, app_session(app)->today - period->last);
    app_keep_state(app, state_name, text);
}

void member_period_set_last(struct app *app, struct member_period *period, int last)
{
    enum { OLDEST_YEARS = 100, MONTHS = 12 };
    int today = app_session(app)->today, first = date_add_months(today, -OLDEST_YEARS * MONTHS);
    period->last = last > today ? today : last < first ? first : last;
    keep(app, period);
}

void member_period_longer(struct app *app, struct member_period *period)
{
    int at = 0;
    while (at < LENGTHS - 1 && lengths[at] != period->days)
        at++;
    period->days = lengths[(at + 1) % LENGTHS];
    keep(app, period);
}

/* With its year when it is long ago. */
static char *day_text(const struct app *app, int date, char out[PRESENT_MAX])
{
    enum { LONG_AGO = 300 };
    char text[DATE_TEXT_MAX];
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    if (app_session(app)->today - date > LONG_AGO)
        snprintf(out, PRESENT_MAX, "%s %d", date_day_month(date, text), year);
    else
        snprintf(out, PRESENT_MAX, "%s", date_day_month(date, text));
    return out;
}

void member_period_line(const struct app *app, const struct member_period *period, struct line *line)
{
    enum { WEEK = 7 };
    char first[PRESENT_MAX], last[PRESENT_MAX];
    line_add(line, ROLE_TEXT, "%d weeks", period->days / WEEK);
    line_add(line, ROLE_DIM, "  %s to %s", day_text(app, period->last - period->days + 1, first),
             day_text(app, period->last, last));
}

/* ---- The charts ---- */

enum { LABEL_COLS = 6, HEAD_ROWS = 2 /* legend, dates */, LEAST_ROWS = 4, MOST_ROWS = 9, USUAL_ROWS = 5 };

static const struct metric {
    const char *name;
    int column, decimals;
} metrics[] = {
    {"Weight", MEMBER_SERIES_WEIGHT, 1},
    {"Steps", MEMBER_SERIES_STEPS, 0},
    {"Sleep", MEMBER_SERIES_SLEEP, 0},
    {"Stress", MEMBER_SERIES_STRESS, 0},
};
enum { METRICS = sizeof metrics / sizeof metrics[0] };

/* A digit a day, as the chart takes them. */
static char *marks_of(const struct rowset *series, bool *any)
{
    int count = rowset_count(series);
    char *marks = mem_array((size_t)count + 1, 1);
    for (int i = 0; i < count; i++) {
        int set = (rowset_int(series, i, MEMBER_SERIES_NOTES) ? CHART_MARK_NOTE : 0) |
                  (rowset_int(series, i, MEMBER_SERIES_SESSIONS) ? CHART_MARK_SESSION : 0);
        marks[i] = (char)('0' + set);
        *any = *any || set;
    }
    return marks;
}

static void legend(struct doc *doc)
{
    static const struct {
        int marks;
        const char *words;
    } signs[] = {
        {CHART_MARK_NOTE, "note"}, {CHART_MARK_SESSION, "session"}, {CHART_MARK_NOTE | CHART_MARK_SESSION, "both"}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        doc_text(doc, signs[i].marks & CHART_MARK_NOTE ? ROLE_NOTE : ROLE_INFO, chart_mark_glyph(signs[i].marks));
        doc_span(doc, ROLE_DIM, " %s", signs[i].words);
        doc_gap(doc, 2);
    }
}

/* Name, the last value, the way from the first to it, the mean. False when there is no value at all. */
static bool heading(const struct app *app, struct doc *doc, const struct metric *metric, const double *values,
                    int count)
{
    enum { NAME_COLS = 8 };
    int first = -1, last = -1, known = 0;
    double sum = 0;
    for (int i = 0; i < count; i++) {
        if (!isfinite(values[i]))
            continue;
        first = first < 0 ? i : first;
        last = i;
        sum += values[i];
        known++;
    }
    doc_line(doc);
    doc_text(doc, ROLE_DIM, metric->name);
    doc_at(doc, NAME_COLS);
    if (!known) {
        doc_text(doc, ROLE_DIM, "nothing in this period");
        return false;
    }
    doc_span(doc, ROLE_STRONG, "%.*f", metric->decimals, values[last]);
    if (metric->column == MEMBER_SERIES_WEIGHT)
        doc_span(doc, ROLE_TEXT, " %s", app_weight_unit(app));
    doc_gap(doc, 2);
    doc_span(doc, ROLE_TEXT, "%+.*f", metric->decimals, values[last] - values[first]);
    doc_gap(doc, 2);
    doc_text(doc, ROLE_DIM, "mean ");
    doc_span(doc, ROLE_TEXT, "%.*f", metric->column == MEMBER_SERIES_STEPS ? 0 : 1, sum / known);
    doc_span(doc, ROLE_DIM, " of %d day%s", known, known == 1 ? "" : "s");
    return true;
}

static void dates(const struct app *app, struct doc *doc, const struct rowset *series, int count)
{
    char text[PRESENT_MAX];
    doc_line(doc);
    doc_at(doc, LABEL_COLS + 2);
    doc_text(doc, ROLE_DIM, day_text(app, rowset_date(series, 0, MEMBER_SERIES_DATE), text));
    doc_right(doc, ROLE_DIM, day_text(app, rowset_date(series, count - 1, MEMBER_SERIES_DATE), text), -1);
}

void member_charts_build(const struct app *app, struct doc *doc, const struct rowset *series, int rows)
{
    int count = rowset_count(series), each = rows ? (rows - HEAD_ROWS) / METRICS - 1 : USUAL_ROWS;
    bool any_marks = false;
    doc_line(doc);
    if (!count) {
        doc_text(doc, ROLE_DIM, series ? "There is nothing to draw." : "reading");
        return;
    }
    each = each < LEAST_ROWS ? LEAST_ROWS : each > MOST_ROWS ? MOST_ROWS : each;
    char *marks = marks_of(series, &any_marks);
    if (any_marks)
        legend(doc);
    else
        doc_text(doc, ROLE_DIM, "no notes and no sessions in this period");
    for (int i = 0; i < METRICS; i++) {
        int length;
        double *values = present_series(series, metrics[i].column, &length);
        for (int day = 0; day < length && metrics[i].column == MEMBER_SERIES_WEIGHT; day++)
            values[day] = app_weight(app, values[day]);
        if (heading(app, doc, &metrics[i], values, length)) {
            struct chart chart = {.values = values,
                                  .count = length,
                                  .decimals = metrics[i].decimals,
                                  .label_cols = LABEL_COLS,
                                  .marks = marks};
            doc_chart(doc, &chart, each);
        }
        free(values);
    }
    dates(app, doc, series, count);
    free(marks);
}
