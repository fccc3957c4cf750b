#include "present.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/term/term.h"
#include "centurion/ui/bars.h"

enum role present_band_role(const char *band)
{
    return str_equal(band, "red") ? ROLE_BAD : str_equal(band, "amber") ? ROLE_WARN : ROLE_GOOD;
}

const char *present_band_glyph(const char *band)
{
    return glyph(str_equal(band, "red")     ? GLYPH_BAND_RED
                 : str_equal(band, "amber") ? GLYPH_BAND_AMBER
                                            : GLYPH_BAND_GREEN);
}

char *present_compact(double value, char out[PRESENT_MAX])
{
    if (fabs(value) < 1000)
        snprintf(out, PRESENT_MAX, "%.0f", value);
    else
        snprintf(out, PRESENT_MAX, "%.1fk", value / 1000);
    return out;
}

enum role present_rate_role(int64_t percent)
{
    return percent < 30 ? ROLE_BAD : percent < 60 ? ROLE_WARN : ROLE_TEXT;
}

void present_text(struct cell *cell, const struct rowset *rows, int row, int column, enum role role)
{
    const char *text = rowset_text(rows, row, column);
    *cell = (struct cell){.kind = *text ? CELL_TEXT : CELL_EMPTY, .role = role, .text = text};
}

void present_int(struct cell *cell, const struct rowset *rows, int row, int column, enum role role)
{
    *cell = (struct cell){.kind = rowset_null(rows, row, column) ? CELL_EMPTY : CELL_INT,
                          .role = role,
                          .number = rowset_int(rows, row, column)};
}

void present_percent(struct cell *cell, const struct rowset *rows, int row, int column)
{
    int64_t percent = rowset_int(rows, row, column);
    *cell = (struct cell){.kind = rowset_null(rows, row, column) ? CELL_EMPTY : CELL_PERCENT,
                          .role = present_rate_role(percent),
                          .number = percent};
}

void present_score(struct cell *cell, const struct rowset *rows, int row, int score_column, int band_column)
{
    if (rowset_null(rows, row, score_column)) {
        *cell = (struct cell){.kind = CELL_EMPTY};
        return;
    }
    const char *band = rowset_text(rows, row, band_column);
    *cell = (struct cell){.kind = CELL_SCORE,
                          .role = present_band_role(band),
                          .text = present_band_glyph(band),
                          .number = rowset_int(rows, row, score_column)};
}

void present_last(struct cell *cell, const struct rowset *rows, int row, int column)
{
    static char text[PRESENT_MAX];
    if (rowset_null(rows, row, column)) {
        *cell = (struct cell){.kind = CELL_TEXT, .role = ROLE_BAD, .text = "never"};
        return;
    }
    int64_t days = rowset_int(rows, row, column);
    snprintf(text, sizeof text, "%lldd", (long long)days);
    *cell = (struct cell){.kind = CELL_TEXT, .role = days >= 7 ? ROLE_BAD : ROLE_TEXT, .text = text};
}

char *present_moment(const struct rowset *rows, int row, int column, char out[PRESENT_MAX])
{
    enum { CLOCK_AT = 11, CLOCK_LENGTH = 5 }; /* "2026-01-16 17:30:00" */
    char date[DATE_TEXT_MAX];
    const char *text = rowset_text(rows, row, column);
    if (rowset_null(rows, row, column))
        snprintf(out, PRESENT_MAX, "%s", glyph(GLYPH_ABSENT));
    else
        snprintf(out, PRESENT_MAX, "%s %.*s", date_short(rowset_date(rows, row, column), date), CLOCK_LENGTH,
                 strlen(text) > CLOCK_AT ? text + CLOCK_AT : "");
    return out;
}

double *present_series(const struct rowset *rows, int column, int *count)
{
    *count = rowset_count(rows);
    double *series = mem_array((size_t)*count + 1, sizeof *series);
    for (int i = 0; i < *count; i++)
        series[i] = rowset_null(rows, i, column) ? NAN : rowset_double(rows, i, column);
    return series;
}

void present_week(struct line *line, int monday)
{
    char first[DATE_TEXT_MAX], last[DATE_TEXT_MAX];
    int year, first_month, last_month, day;
    date_to_civil(monday, &year, &first_month, &day);
    date_to_civil(monday + 6, &year, &last_month, &(int){0});
    if (first_month == last_month)
        snprintf(first, sizeof first, "%d", day);
    else
        date_day_month(monday, first);
    line_add(line, ROLE_DIM, " %s ", glyph(GLYPH_CRUMB));
    line_add(line, ROLE_TEXT, "week %d ", date_iso_week(monday, &year));
    line_add(line, ROLE_DIM, "%s%s%s", first, term_ascii() ? "-" : "–", date_day_month(monday + 6, last));
}

bool present_take(struct app *app, struct table *table, struct rowset **rows, const struct reply *reply)
{
    if (reply->status != STATUS_OK) {
        app_fault(app, reply->error);
        table_set_state(table, *rows ? TABLE_STALE : TABLE_FAILED, reply->error->text);
        return false;
    }
    rowset_free(*rows);
    *rows = rowset_keep(reply->rows);
    table_set_state(table, TABLE_READY, NULL);
    return true;
}

bool present_take_in_place(struct app *app, struct table *table, struct rowset **rows, int key_column,
                           const struct reply *reply)
{
    struct rowset *before = app_in_place(app) ? rowset_keep(*rows) : NULL;
    bool taken = present_take(app, table, rows, reply);
    if (taken)
        rowset_follow(*rows, before, key_column);
    rowset_free(before);
    return taken;
}
