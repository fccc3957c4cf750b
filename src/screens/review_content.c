/* What the detail of the review queue says, from the rows that were read. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "present.h"
#include "review_detail.h"

enum {
    FULL_ROWS = 16, /* fewer rows: the compact form */
    BESIDE_COLS = 76,
};

static void head(struct doc *doc, const struct review_subject *subject)
{
    doc_line(doc);
    doc_text(doc, ROLE_STRONG, subject->name);
    doc_span(doc, ROLE_DIM, "  %s", subject->cohort);
    if (*subject->week)
        doc_span(doc, ROLE_DIM, " %s week %s", glyph(GLYPH_DOT), subject->week);
}

/* How much of what was expected came in 7, 30 and 90 days, each with its change against the longer time. On the line that is there, at its
 * end, or on one of its own. */
static void compliance(struct doc *doc, const struct review_subject *subject, bool beside)
{
    static const char *const labels[] = {"7d", "30d", "90d"};
    struct str words = {0};
    for (int i = 0; i < 3; i++) {
        int change = i < 2 ? subject->rates[i] - subject->rates[i + 1] : 0;
        str_addf(&words, "%s%s %d%%", i ? "   " : "", labels[i], subject->rates[i]);
        if (change)
            str_addf(&words, " %s%d", glyph(change > 0 ? GLYPH_UP : GLYPH_DOWN), abs(change));
    }
    if (beside) {
        doc_right(doc, ROLE_TEXT, str_text(&words), -1);
    } else {
        doc_line(doc);
        doc_text(doc, ROLE_DIM, "in");
        doc_at(doc, 5);
        doc_text(doc, ROLE_TEXT, str_text(&words));
    }
    str_fini(&words);
}

static void why(struct doc *doc, const struct review_subject *subject, const struct rowset *rows)
{
    enum role role = present_band_role(subject->band);
    const char *label = "why";
    for (int i = 0; i < rowset_count(rows); i++) {
        doc_line(doc);
        doc_text(doc, ROLE_DIM, label);
        doc_at(doc, 5);
        if (!rowset_null(rows, i, REVIEW_REASONS_POINTS) && rowset_int(rows, i, REVIEW_REASONS_POINTS) > 0)
            doc_span(doc, role, "%2lld", (long long)rowset_int(rows, i, REVIEW_REASONS_POINTS));
        else
            doc_text(doc, role, " !");
        doc_at(doc, 8);
        doc_wrap(doc, 8, ROLE_TEXT, rowset_text(rows, i, REVIEW_REASONS_REASON));
        label = "";
    }
    if (!rowset_count(rows)) {
        doc_line(doc);
        doc_text(doc, ROLE_DIM, "why");
        doc_at(doc, 5);
        doc_text(doc, ROLE_GOOD, "nothing needs attention");
        return;
    }
    doc_line(doc);
    doc_text(doc, ROLE_DIM, "do");
    bool any = false;
    char said[256] = "";
    for (int i = 0; i < rowset_count(rows); i++) {
        const char *words = rowset_text(rows, i, REVIEW_REASONS_SUGGESTION);
        if (!*words || strstr(said, words))
            continue;
        snprintf(said + strlen(said), sizeof said - strlen(said), "%s%s", any ? "; " : "", words);
        any = true;
    }
    doc_at(doc, 5);
    doc_wrap(doc, 5, ROLE_TEXT, any ? said : "look at the week");
}

/* The week as a small table: a row a metric, a column a day. */
static void week_row(struct doc *doc, const struct app *app, const char *label, const struct rowset *rows, int column,
                     int width, int worst, double mean)
{
    doc_line(doc);
    doc_text(doc, ROLE_DIM, label);
    for (int i = 0; i < rowset_count(rows); i++) {
        char text[PRESENT_MAX];
        enum role role = ROLE_TEXT;
        int end = 8 + (i + 1) * width;
        if (rowset_null(rows, i, column)) {
            doc_right(doc, ROLE_DIM, glyph(GLYPH_DOT), end);
            continue;
        }
        double value = rowset_double(rows, i, column);
        if (column == REVIEW_WEEK_STRIP_WEIGHT)
            snprintf(text, sizeof text, "%.1f", app_weight(app, value));
        else
            present_compact(value, text);
        if ((worst > 0 && value >= worst) || (worst < 0 && value <= -worst))
            role = ROLE_BAD;
        doc_right(doc, role, text, end);
    }
    if (!isnan(mean)) {
        char text[PRESENT_MAX];
        if (column == REVIEW_WEEK_STRIP_WEIGHT)
            snprintf(text, sizeof text, "%.1f", app_weight(app, mean));
        else if (mean < 10)
            snprintf(text, sizeof text, "%.1f", mean);
        else
            present_compact(mean, text);
        doc_right(doc, ROLE_STRONG, text, 8 + 8 * width);
    }
}

enum { STRESS_HIGH = 8, SLEEP_LOW = 4 }; /* the score's own line for stress; poor sleep is shown alike */

static void week_days(struct doc *doc, const struct rowset *rows, int width, bool means)
{
    doc_line(doc);
    for (int i = 0; i < rowset_count(rows); i++) {
        char day[4];
        snprintf(day, sizeof day, "%.2s",
                 date_weekday_name(date_weekday(rowset_date(rows, i, REVIEW_WEEK_STRIP_DATE))));
        doc_right(doc, ROLE_HEADER, day, 8 + (i + 1) * width);
    }
    if (means)
        doc_right(doc, ROLE_HEADER, "avg", 8 + 8 * width);
}

static void week(struct doc *doc, const struct app *app, const struct review_subject *subject,
                 const struct rowset *rows, int cols)
{
    static const struct {
        const char *label;
        int column, worst;
    } lines[REVIEW_MEANS] = {{"weight", REVIEW_WEEK_STRIP_WEIGHT, 0},
                             {"steps", REVIEW_WEEK_STRIP_STEPS, 0},
                             {"kcal", REVIEW_WEEK_STRIP_CALORIES, 0},
                             {"sleep", REVIEW_WEEK_STRIP_SLEEP, -SLEEP_LOW},
                             {"stress", REVIEW_WEEK_STRIP_STRESS, STRESS_HIGH}};
    int width = cols >= 56 ? 6 : 5;
    bool means = 8 + 8 * width <= cols;
    week_days(doc, rows, width, means);
    for (int i = 0; i < REVIEW_MEANS; i++)
        week_row(doc, app, lines[i].label, rows, lines[i].column, width, lines[i].worst,
                 means ? subject->means[i] : NAN);
}

struct ends {
    double first, last;
    int given;
};

static struct ends ends_of(const double *values, int count)
{
    struct ends ends = {NAN, NAN, 0};
    for (int i = 0; i < count; i++)
        if (!isnan(values[i])) {
            if (!ends.given++)
                ends.first = values[i];
            ends.last = values[i];
        }
    return ends;
}

static void weight_chart(struct doc *doc, const struct app *app, const struct rowset *rows, int chart_rows)
{
    int count;
    double *values = present_series(rows, REVIEW_TRENDS_WEIGHT, &count);
    for (int i = 0; i < count; i++)
        values[i] = app_weight(app, values[i]);
    struct ends ends = ends_of(values, count);
    doc_line(doc);
    doc_span(doc, ROLE_DIM, "weight, %d days", count);
    if (ends.given) {
        char text[PRESENT_MAX], last[DATE_TEXT_MAX];
        snprintf(text, sizeof text, "%.1f %s  %+.1f", ends.last, app_weight_unit(app), ends.last - ends.first);
        doc_right(doc, ROLE_STRONG, text, -1);
        date_day_month(rowset_date(rows, count - 1, REVIEW_TRENDS_DATE), last);
        struct chart chart = {.values = values, .count = count, .last_label = last, .decimals = 0};
        if (ends.given > 1)
            doc_chart(doc, &chart, chart_rows);
    } else {
        doc_right(doc, ROLE_DIM, "not weighed", -1);
    }
    free(values);
}

static void trend(struct doc *doc, const struct rowset *rows, const char *label, int column, int cols, int decimals)
{
    int count;
    double *values = present_series(rows, column, &count);
    struct ends ends = ends_of(values, count);
    doc_line(doc);
    doc_text(doc, ROLE_DIM, label);
    doc_at(doc, 8);
    if (ends.given)
        doc_spark(doc, ROLE_CHART, values, count, cols - 8 - 9);
    char text[PRESENT_MAX];
    if (!ends.given)
        doc_right(doc, ROLE_DIM, glyph(GLYPH_ABSENT), -1);
    else if (decimals)
        doc_right(doc, ROLE_TEXT, (snprintf(text, sizeof text, "%.0f", ends.last), text), -1);
    else
        doc_right(doc, ROLE_TEXT, present_compact(ends.last, text), -1);
    free(values);
}

static void changes(struct doc *doc, const struct rowset *rows)
{
    char since[DATE_TEXT_MAX];
    doc_line(doc);
    if (rowset_count(rows) && !rowset_null(rows, 0, REVIEW_CHANGES_SINCE))
        doc_span(doc, ROLE_DIM, "since your review on %s",
                 date_day_month(rowset_date(rows, 0, REVIEW_CHANGES_SINCE), since));
    else
        doc_text(doc, ROLE_DIM, "you have not reviewed this client yet");
    for (int i = 0; i < rowset_count(rows); i++) {
        const char *kind = rowset_text(rows, i, REVIEW_CHANGES_KIND),
                   *words = rowset_text(rows, i, REVIEW_CHANGES_WORDS);
        if (!*words)
            continue;
        doc_line(doc);
        doc_at(doc, 1);
        doc_text(doc, *kind == '!' ? ROLE_BAD : *kind == '~' ? ROLE_WARN : ROLE_GOOD, kind);
        doc_at(doc, 3);
        doc_wrap(doc, 3, ROLE_TEXT, words);
    }
}

static void notes(struct doc *doc, const struct rowset *rows)
{
    doc_line(doc);
    doc_text(doc, ROLE_DIM, rowset_count(rows) ? "notes" : "no notes yet");
    for (int i = 0; i < rowset_count(rows); i++) {
        doc_line(doc);
        doc_at(doc, 1);
        doc_span(doc, ROLE_NOTE, "wk %lld", (long long)rowset_int(rows, i, REVIEW_NOTES_WEEK));
        doc_at(doc, 7);
        doc_wrap(doc, 7, ROLE_TEXT, rowset_text(rows, i, REVIEW_NOTES_NOTES));
    }
}

static void full(const struct app *app, struct doc *doc, const struct review_subject *subject,
                 struct rowset *const *parts, int cols, int rows)
{
    head(doc, subject);
    compliance(doc, subject, false);
    doc_rule(doc, NULL);
    why(doc, subject, parts[REVIEW_PART_REASONS]);
    doc_blank(doc);
    week(doc, app, subject, parts[REVIEW_PART_WEEK], cols);
    doc_blank(doc);
    weight_chart(doc, app, parts[REVIEW_PART_TRENDS], rows >= 34 ? 5 : 4);
    trend(doc, parts[REVIEW_PART_TRENDS], "steps", REVIEW_TRENDS_STEPS, cols, 0);
    trend(doc, parts[REVIEW_PART_TRENDS], "sleep", REVIEW_TRENDS_SLEEP, cols, 1);
    trend(doc, parts[REVIEW_PART_TRENDS], "stress", REVIEW_TRENDS_STRESS, cols, 1);
    doc_blank(doc);
    changes(doc, parts[REVIEW_PART_CHANGES]);
    doc_blank(doc);
    notes(doc, parts[REVIEW_PART_NOTES]);
}

/* Few rows, as wide as the screen: reasons and changes in a line each, the week beside its trends. */
static void compact_list(struct doc *doc, const char *label, const struct rowset *rows, int text_column,
                         int mark_column, enum role role)
{
    doc_line(doc);
    doc_text(doc, ROLE_DIM, label);
    doc_at(doc, 8);
    struct str words = {0};
    for (int i = 0; i < rowset_count(rows); i++) {
        const char *text = rowset_text(rows, i, text_column);
        if (!*text)
            continue;
        if (words.length)
            str_addf(&words, " %s ", glyph(GLYPH_DOT));
        str_add(&words, text);
        if (mark_column >= 0 && rowset_int(rows, i, mark_column) > 0)
            str_addf(&words, " (%lld)", (long long)rowset_int(rows, i, mark_column));
    }
    doc_wrap(doc, 8, words.length ? role : ROLE_DIM, words.length ? str_text(&words) : "nothing");
    str_fini(&words);
}

/* The week, and beside each row its trend. */
static void compact_week(struct doc *doc, const struct app *app, const struct review_subject *subject,
                         struct rowset *const *parts, int cols)
{
    static const struct {
        const char *label;
        int week, trend, worst, mean;
    } lines[] = {
        {"weight", REVIEW_WEEK_STRIP_WEIGHT, REVIEW_TRENDS_WEIGHT, 0, 0},
        {"steps", REVIEW_WEEK_STRIP_STEPS, REVIEW_TRENDS_STEPS, 0, 1},
        {"sleep", REVIEW_WEEK_STRIP_SLEEP, REVIEW_TRENDS_SLEEP, -SLEEP_LOW, 3},
        {"stress", REVIEW_WEEK_STRIP_STRESS, REVIEW_TRENDS_STRESS, STRESS_HIGH, 4},
    };
    enum { WIDTH = 6, TREND_COL = 8 + 8 * WIDTH + 2 };
    bool means = cols >= TREND_COL;
    week_days(doc, parts[REVIEW_PART_WEEK], WIDTH, means);
    if (cols >= TREND_COL + 12) {
        doc_at(doc, TREND_COL);
        doc_span(doc, ROLE_HEADER, "%d days", rowset_count(parts[REVIEW_PART_TRENDS]));
    }
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        int count;
        week_row(doc, app, lines[i].label, parts[REVIEW_PART_WEEK], lines[i].week, WIDTH, lines[i].worst,
                 means ? subject->means[lines[i].mean] : NAN);
        if (cols < TREND_COL + 12)
            continue;
        double *values = present_series(parts[REVIEW_PART_TRENDS], lines[i].trend, &count);
        doc_at(doc, TREND_COL);
        doc_spark(doc, ROLE_CHART, values, count, cols - TREND_COL - 2 < count ? cols - TREND_COL - 2 : count);
        free(values);
    }
}

static void compact(const struct app *app, struct doc *doc, const struct review_subject *subject,
                    struct rowset *const *parts, int cols)
{
    head(doc, subject);
    if (cols >= BESIDE_COLS)
        compliance(doc, subject, true);
    compact_list(doc, "why", parts[REVIEW_PART_REASONS], REVIEW_REASONS_REASON, REVIEW_REASONS_POINTS, ROLE_TEXT);
    compact_week(doc, app, subject, parts, cols);
    char label[DATE_TEXT_MAX] = "";
    const struct rowset *changed = parts[REVIEW_PART_CHANGES];
    if (rowset_count(changed) && !rowset_null(changed, 0, REVIEW_CHANGES_SINCE))
        date_day_month(rowset_date(changed, 0, REVIEW_CHANGES_SINCE), label);
    char since[DATE_TEXT_MAX + 8];
    snprintf(since, sizeof since, "%s", *label ? label : "new");
    compact_list(doc, since, changed, REVIEW_CHANGES_WORDS, -1, ROLE_TEXT);
    notes(doc, parts[REVIEW_PART_NOTES]);
}

void review_content(const struct app *app, struct doc *doc, const struct review_subject *subject,
                    struct rowset *const *parts, int cols, int rows)
{
    if (rows >= FULL_ROWS)
        full(app, doc, subject, parts, cols, rows);
    else
        compact(app, doc, subject, parts, cols);
}

void review_content_head(struct doc *doc, const struct review_subject *subject)
{
    head(doc, subject);
}
