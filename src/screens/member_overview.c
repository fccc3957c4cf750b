#include "member_overview.h"

#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/money.h"
#include "centurion/base/utf8.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "present.h"

enum { VALUE_COL = 12, SPARK_COLS = 42 };

static void label(struct doc *doc, const char *words)
{
    doc_line(doc);
    doc_text(doc, ROLE_DIM, words);
    doc_at(doc, VALUE_COL);
}

/* A dim word and a bright value on the line that is open. */
static void pair(struct doc *doc, const char *words, enum role role, const char *value)
{
    doc_room(doc, utf8_width(words) + 1 + utf8_width(value), VALUE_COL);
    doc_text(doc, ROLE_DIM, words);
    doc_text(doc, ROLE_DIM, " ");
    doc_text(doc, role, value);
    doc_gap(doc, 3);
}

static void rate(struct doc *doc, const char *words, const struct rowset *rows, int column)
{
    char text[PRESENT_MAX];
    int64_t percent = rowset_int(rows, 0, column);
    snprintf(text, sizeof text, "%lld%%", (long long)percent);
    pair(doc, words, present_rate_role(percent), text);
}

static void checkins(struct doc *doc, const struct rowset *rows)
{
    char text[PRESENT_MAX], date[DATE_TEXT_MAX];
    label(doc, "Check-ins");
    rate(doc, "7d", rows, MEMBER_OVERVIEW_RATE_7D);
    rate(doc, "14d", rows, MEMBER_OVERVIEW_RATE_14D);
    rate(doc, "30d", rows, MEMBER_OVERVIEW_RATE_30D);
    snprintf(text, sizeof text, "%lld (best %lld)", (long long)rowset_int(rows, 0, MEMBER_OVERVIEW_STREAK),
             (long long)rowset_int(rows, 0, MEMBER_OVERVIEW_BEST_STREAK));
    pair(doc, "streak", ROLE_TEXT, text);
    label(doc, "");
    int64_t days = rowset_int(rows, 0, MEMBER_OVERVIEW_FREQUENCY);
    if (days == 1)
        snprintf(text, sizeof text, "day");
    else
        snprintf(text, sizeof text, "%lld days", (long long)days);
    pair(doc, "every", ROLE_TEXT, text);
    bool never = rowset_null(rows, 0, MEMBER_OVERVIEW_LAST_CHECKIN);
    pair(doc, "last", never ? ROLE_BAD : ROLE_TEXT,
         never ? "never" : date_short(rowset_date(rows, 0, MEMBER_OVERVIEW_LAST_CHECKIN), date));
    if (!rowset_null(rows, 0, MEMBER_OVERVIEW_NEXT_DUE))
        pair(doc, "next due", ROLE_TEXT, date_short(rowset_date(rows, 0, MEMBER_OVERVIEW_NEXT_DUE), date));
}

static void mean(struct doc *doc, const char *words, const struct rowset *rows, int column, int decimals)
{
    char text[PRESENT_MAX];
    if (rowset_null(rows, 0, column))
        snprintf(text, sizeof text, "%s", glyph(GLYPH_ABSENT));
    else
        snprintf(text, sizeof text, "%.*f", decimals, rowset_double(rows, 0, column));
    pair(doc, words, ROLE_TEXT, text);
}

static void body(const struct app *app, struct doc *doc, const struct rowset *rows)
{
    char text[PRESENT_MAX];
    label(doc, "Weight");
    if (rowset_null(rows, 0, MEMBER_OVERVIEW_WEIGHT)) {
        doc_text(doc, ROLE_DIM, "not weighed yet");
    } else {
        doc_span(doc, ROLE_STRONG, "%.1f %s", app_weight(app, rowset_double(rows, 0, MEMBER_OVERVIEW_WEIGHT)),
                 app_weight_unit(app));
        if (!rowset_null(rows, 0, MEMBER_OVERVIEW_WEIGHT_CHANGE_14D)) {
            snprintf(text, sizeof text, "%+.1f",
                     app_weight(app, rowset_double(rows, 0, MEMBER_OVERVIEW_WEIGHT_CHANGE_14D)));
            doc_span(doc, ROLE_TEXT, "   %s", text);
            doc_text(doc, ROLE_DIM, " in 14 days");
        }
    }
    label(doc, "Means, 7d");
    mean(doc, "steps", rows, MEMBER_OVERVIEW_STEPS_7D, 0);
    mean(doc, "kcal", rows, MEMBER_OVERVIEW_CALORIES_7D, 0);
    mean(doc, "sleep", rows, MEMBER_OVERVIEW_SLEEP_7D, 1);
    mean(doc, "stress", rows, MEMBER_OVERVIEW_STRESS_7D, 1);
}

static void sessions(const struct app *app, struct doc *doc, const struct rowset *rows)
{
    char text[PRESENT_MAX], money[MONEY_TEXT_MAX];
    label(doc, "Sessions");
    pair(doc, "next", ROLE_TEXT, present_moment(rows, 0, MEMBER_OVERVIEW_NEXT_SESSION, text));
    int64_t unmarked = rowset_int(rows, 0, MEMBER_OVERVIEW_UNMARKED);
    snprintf(text, sizeof text, "%lld", (long long)unmarked);
    pair(doc, "unmarked", unmarked ? ROLE_WARN : ROLE_TEXT, text);
    snprintf(text, sizeof text, "%lld", (long long)rowset_int(rows, 0, MEMBER_OVERVIEW_UNINVOICED));
    pair(doc, "uninvoiced", ROLE_TEXT, text);
    if (!rowset_null(rows, 0, MEMBER_OVERVIEW_UNINVOICED_AMOUNT))
        doc_span(doc, ROLE_TEXT, "%s%s", money_symbol(app_session(app)->currency),
                 money_format(rowset_cents(rows, 0, MEMBER_OVERVIEW_UNINVOICED_AMOUNT), money));
    if (!rowset_null(rows, 0, MEMBER_OVERVIEW_OPEN_INVOICES)) {
        label(doc, "Invoices");
        snprintf(text, sizeof text, "%lld", (long long)rowset_int(rows, 0, MEMBER_OVERVIEW_OPEN_INVOICES));
        pair(doc, "open", ROLE_TEXT, text);
    }
}

static void spark(struct doc *doc, const char *words, const struct rowset *series, int column, int cols)
{
    int count;
    double *values = present_series(series, column, &count);
    label(doc, words);
    doc_spark(doc, ROLE_CHART, values, count, cols - VALUE_COL < SPARK_COLS ? cols - VALUE_COL : SPARK_COLS);
    free(values);
}

void member_overview_build(const struct app *app, struct doc *doc, const struct rowset *rows,
                           const struct rowset *series, int cols)
{
    char joined[DATE_TEXT_MAX];
    doc_line(doc);
    doc_text(doc, ROLE_STRONG, rowset_text(rows, 0, MEMBER_OVERVIEW_NAME));
    doc_span(doc, ROLE_DIM, "  %s", rowset_text(rows, 0, MEMBER_OVERVIEW_EMAIL));
    if (!rowset_null(rows, 0, MEMBER_OVERVIEW_SCORE)) {
        char score[PRESENT_MAX];
        const char *band = rowset_text(rows, 0, MEMBER_OVERVIEW_BAND);
        snprintf(score, sizeof score, "score %lld %s", (long long)rowset_int(rows, 0, MEMBER_OVERVIEW_SCORE),
                 present_band_glyph(band));
        doc_right(doc, present_band_role(band), score, -1);
    }
    label(doc, "Joined");
    int day = rowset_date(rows, 0, MEMBER_OVERVIEW_JOINED), year, month, dom;
    date_to_civil(day, &year, &month, &dom);
    doc_span(doc, ROLE_TEXT, "%s %d", date_day_month(day, joined), year);
    label(doc, "Cohorts");
    doc_wrap(doc, VALUE_COL, ROLE_TEXT,
             *rowset_text(rows, 0, MEMBER_OVERVIEW_COHORTS) ? rowset_text(rows, 0, MEMBER_OVERVIEW_COHORTS) : "none");
    label(doc, "Coaches");
    doc_wrap(doc, VALUE_COL, ROLE_TEXT,
             *rowset_text(rows, 0, MEMBER_OVERVIEW_COACHES) ? rowset_text(rows, 0, MEMBER_OVERVIEW_COACHES) : "none");
    doc_blank(doc);
    checkins(doc, rows);
    body(app, doc, rows);
    sessions(app, doc, rows);
    if (!rowset_count(series))
        return;
    doc_blank(doc);
    spark(doc, "Weight", series, MEMBER_SERIES_WEIGHT, cols);
    spark(doc, "Steps", series, MEMBER_SERIES_STEPS, cols);
    spark(doc, "Sleep", series, MEMBER_SERIES_SLEEP, cols);
    spark(doc, "Stress", series, MEMBER_SERIES_STRESS, cols);
}
