/* What the weeks of a cohort say. */
#include "cohort_weeks.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "present.h"

enum { CHART_ROWS = 6, WIDE_COLS = 96 };

static void chart(struct app *app, struct doc *doc, const struct rowset *weeks, const char *title, int column,
                  bool weight, int decimals)
{
    int count;
    char first[24], last[24];
    double *values = present_series(weeks, column, &count);
    for (int i = 0; weight && i < count; i++)
        values[i] = app_weight(app, values[i]);
    snprintf(first, sizeof first, "week %lld", (long long)rowset_int(weeks, 0, COHORT_WEEKS_WEEK));
    snprintf(last, sizeof last, "week %lld", (long long)rowset_int(weeks, count - 1, COHORT_WEEKS_WEEK));
    struct chart line = {
        .values = values, .count = count, .first_label = first, .last_label = last, .decimals = decimals};
    doc_rule(doc, title);
    doc_chart(doc, &line, CHART_ROWS);
    free(values);
}

static void figure(struct doc *doc, const struct rowset *weeks, int row, int column, double factor, const char *format,
                   int end)
{
    char text[PRESENT_MAX] = "";
    if (rowset_null(weeks, row, column))
        snprintf(text, sizeof text, "%s", glyph(GLYPH_ABSENT));
    else if (!format)
        present_compact(rowset_double(weeks, row, column), text);
    else
        snprintf(text, sizeof text, *format == '+' ? "%+.1f" : "%.1f", factor * rowset_double(weeks, row, column));
    doc_right(doc, rowset_null(weeks, row, column) ? ROLE_DIM : ROLE_TEXT, text, end);
}

static void table(struct app *app, struct doc *doc, const struct rowset *weeks, int cols)
{
    static const char *const titles[] = {"active", "eng%", "quest", "weight", "change",
                                         "steps",  "kcal", "sleep", "stress"};
    enum { FIRST_END = 24, STEP = 7 };
    double unit = app_weight(app, 1);
    int columns = (cols - FIRST_END) / STEP + 1;
    doc_line(doc);
    doc_text(doc, ROLE_DIM, "Week");
    for (int i = 0; i < (int)(sizeof titles / sizeof titles[0]) && i < columns; i++)
        doc_right(doc, ROLE_DIM, titles[i], FIRST_END + STEP * i);
    for (int row = rowset_count(weeks) - 1; row >= 0; row--) {
        char day[DATE_TEXT_MAX], text[PRESENT_MAX];
        int at = 0;
        doc_line(doc);
        doc_span(doc, ROLE_STRONG, "%3lld", (long long)rowset_int(weeks, row, COHORT_WEEKS_WEEK));
        doc_span(doc, ROLE_DIM, "  %s", date_day_month(rowset_date(weeks, row, COHORT_WEEKS_FIRST_DAY), day));
        snprintf(text, sizeof text, "%lld/%lld", (long long)rowset_int(weeks, row, COHORT_WEEKS_CHECKED_IN),
                 (long long)rowset_int(weeks, row, COHORT_WEEKS_MEMBERS));
        doc_right(doc, ROLE_TEXT, text, FIRST_END + STEP * at++);
        bool counted = !rowset_null(weeks, row, COHORT_WEEKS_ENGAGEMENT);
        int64_t engagement = rowset_int(weeks, row, COHORT_WEEKS_ENGAGEMENT);
        snprintf(text, sizeof text, "%lld%%", (long long)engagement);
        doc_right(doc, present_rate_role(engagement), counted ? text : glyph(GLYPH_ABSENT), FIRST_END + STEP * at++);
        bool asked = !rowset_null(weeks, row, COHORT_WEEKS_QUESTIONNAIRE_DONE);
        snprintf(text, sizeof text, "%lld", (long long)rowset_int(weeks, row, COHORT_WEEKS_QUESTIONNAIRE_DONE));
        doc_right(doc, asked ? ROLE_TEXT : ROLE_DIM, asked ? text : glyph(GLYPH_ABSENT), FIRST_END + STEP * at++);
        static const struct {
            int column;
            bool weight;
            const char *format;
        } figures[] = {{COHORT_WEEKS_WEIGHT, true, "1"},  {COHORT_WEEKS_WEIGHT_CHANGE, true, "+1"},
                       {COHORT_WEEKS_STEPS, false, NULL}, {COHORT_WEEKS_CALORIES, false, NULL},
                       {COHORT_WEEKS_SLEEP, false, "1"},  {COHORT_WEEKS_STRESS, false, "1"}};
        for (int i = 0; i < (int)(sizeof figures / sizeof figures[0]) && at < columns; i++)
            figure(doc, weeks, row, figures[i].column, figures[i].weight ? unit : 1, figures[i].format,
                   FIRST_END + STEP * at++);
    }
}

void cohort_weeks_build(struct app *app, struct doc *doc, const struct rowset *weeks, int cols)
{
    if (!rowset_count(weeks)) {
        doc_line(doc);
        doc_text(doc, ROLE_DIM, "It has not begun: there are no weeks to tell of.");
        return;
    }
    char title[80];
    table(app, doc, weeks, cols);
    doc_blank(doc);
    if (rowset_count(weeks) < 2)
        return;
    chart(app, doc, weeks, "Engagement, % of the members of the week", COHORT_WEEKS_ENGAGEMENT, false, 0);
    snprintf(title, sizeof title, "Weight change since each one's first week, %s", app_weight_unit(app));
    chart(app, doc, weeks, title, COHORT_WEEKS_WEIGHT_CHANGE, true, 1);
    chart(app, doc, weeks, "Steps a day", COHORT_WEEKS_STEPS, false, 0);
    chart(app, doc, weeks, "Stress, 1 to 10", COHORT_WEEKS_STRESS, false, 1);
    doc_line(doc);
    doc_wrap(doc, 0, ROLE_DIM,
             "Means over who is an active member now, from the day each joined; paused members are left out.");
}
