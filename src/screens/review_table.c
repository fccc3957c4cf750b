#include "review_table.h"

#include <stdio.h>
#include <string.h>

#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/term/term.h"
#include "present.h"

enum {
    COL_CLIENT,
    COL_COHORT,
    COL_WEEK,
    COL_SCORE,
    COL_CHECKINS,
    COL_RATE_7,
    COL_RATE_30,
    COL_DELTA,
    COL_QUESTIONNAIRE,
    COL_LAST
};

static const struct list_column columns[REVIEW_COLUMNS] = {
    [COL_CLIENT] = {.table = {.id = "client", .title = "Client", .cols = 14, .max_cols = 26, .flexible = true}},
    [COL_COHORT] =
        {.table = {.id = "cohort", .title = "Cohort", .cols = 12, .max_cols = 18, .rank = 4, .flexible = true}},
    [COL_WEEK] = {.table = {.id = "week", .title = "Wk", .cols = 4, .rank = 6, .right = true}, .type = LIST_NUMBER},
    [COL_SCORE] = {.table = {.id = "score", .title = "Score", .cols = 6, .right = true}, .type = LIST_NUMBER},
    [COL_CHECKINS] = {.table = {.id = "checkins", .title = "Chk", .cols = 4, .rank = 8, .right = true},
                      .type = LIST_NUMBER},
    [COL_RATE_7] = {.table = {.id = "rate7", .title = "7d", .cols = 4, .rank = 1, .right = true}, .type = LIST_NUMBER},
    [COL_RATE_30] = {.table = {.id = "rate30", .title = "30d", .cols = 4, .rank = 5, .right = true},
                     .type = LIST_NUMBER},
    [COL_DELTA] = {.table = {.id = "delta", .title = "+/-", .cols = 4, .rank = 7, .right = true}, .type = LIST_NUMBER},
    [COL_QUESTIONNAIRE] = {.table = {.id = "questionnaire", .title = "Quest", .cols = 5, .rank = 3, .right = true}},
    [COL_LAST] = {.table = {.id = "last", .title = "Last", .cols = 5, .rank = 2, .right = true}, .type = LIST_NUMBER},
};

static const struct rowset *rows_of(const void *ctx)
{
    return ((const struct review_table *)ctx)->queue->rows;
}

static int count(void *ctx)
{
    return rowset_count(rows_of(ctx));
}

static int64_t key(void *ctx, int row)
{
    return rowset_int(rows_of(ctx), row, REVIEW_QUEUE_USER_ID);
}

static void questionnaire(struct cell *cell, const struct rowset *rows, int row)
{
    static char text[PRESENT_MAX];
    const char *status = rowset_text(rows, row, REVIEW_QUEUE_QUESTIONNAIRE);
    if (str_equal(status, "completed")) {
        *cell = (struct cell){.kind = CELL_TEXT, .role = ROLE_GOOD, .text = glyph(GLYPH_CHECK)};
    } else if (str_equal(status, "in_progress")) {
        int64_t hours = rowset_int(rows, row, REVIEW_QUEUE_QUESTIONNAIRE_HOURS);
        if (rowset_null(rows, row, REVIEW_QUEUE_QUESTIONNAIRE_HOURS))
            snprintf(text, sizeof text, "%s", glyph(GLYPH_BAND_AMBER));
        else if (hours < 48)
            snprintf(text, sizeof text, "%s%lldh", glyph(GLYPH_BAND_AMBER), (long long)hours);
        else
            snprintf(text, sizeof text, "%s%lldd", glyph(GLYPH_BAND_AMBER), (long long)hours / 24);
        *cell = (struct cell){.kind = CELL_TEXT, .role = ROLE_WARN, .text = text};
    } else if (str_equal(status, "not_started")) {
        *cell = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = glyph(GLYPH_BAND_GREEN)};
    } else {
        *cell = (struct cell){.kind = CELL_EMPTY};
    }
}

static void cell(void *ctx, int row, int column, struct cell *out)
{
    static char text[PRESENT_MAX];
    const struct rowset *rows = rows_of(ctx);
    switch (column) {
    case COL_CLIENT:
        present_text(out, rows, row, REVIEW_QUEUE_NAME, ROLE_TEXT);
        break;
    case COL_COHORT:
        present_text(out, rows, row, REVIEW_QUEUE_COHORT, ROLE_TEXT);
        break;
    case COL_WEEK:
        present_text(out, rows, row, REVIEW_QUEUE_COHORT_WEEK, ROLE_TEXT);
        break;
    case COL_SCORE:
        present_score(out, rows, row, REVIEW_QUEUE_SCORE, REVIEW_QUEUE_BAND);
        break;
    case COL_CHECKINS:
        snprintf(text, sizeof text, "%lld/%lld", (long long)rowset_int(rows, row, REVIEW_QUEUE_CHECKINS),
                 (long long)rowset_int(rows, row, REVIEW_QUEUE_EXPECTED));
        *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = text};
        break;
    case COL_RATE_7:
        present_percent(out, rows, row, REVIEW_QUEUE_RATE_7D);
        break;
    case COL_RATE_30:
        present_percent(out, rows, row, REVIEW_QUEUE_RATE_30D);
        break;
    case COL_DELTA:
        present_int(out, rows, row, REVIEW_QUEUE_DELTA, ROLE_TEXT);
        if (out->kind == CELL_INT) {
            out->kind = CELL_DELTA;
            out->role = out->number <= -10 ? ROLE_BAD : out->number >= 10 ? ROLE_GOOD : ROLE_TEXT;
        }
        break;
    case COL_QUESTIONNAIRE:
        questionnaire(out, rows, row);
        break;
    default:
        present_last(out, rows, row, REVIEW_QUEUE_LAST_DAYS);
        break;
    }
}

static const char *value(void *ctx, int row, int column)
{
    static const int of[] = {
        [COL_CLIENT] = REVIEW_QUEUE_NAME,
        [COL_COHORT] = REVIEW_QUEUE_COHORT,
        [COL_WEEK] = REVIEW_QUEUE_COHORT_WEEK,
        [COL_SCORE] = REVIEW_QUEUE_SCORE,
        [COL_CHECKINS] = REVIEW_QUEUE_CHECKINS,
        [COL_RATE_7] = REVIEW_QUEUE_RATE_7D,
        [COL_RATE_30] = REVIEW_QUEUE_RATE_30D,
        [COL_DELTA] = REVIEW_QUEUE_DELTA,
        [COL_QUESTIONNAIRE] = REVIEW_QUEUE_QUESTIONNAIRE,
        [COL_LAST] = REVIEW_QUEUE_LAST_DAYS,
    };
    return rowset_null(rows_of(ctx), row, of[column]) ? NULL : rowset_text(rows_of(ctx), row, of[column]);
}

static bool muted(void *ctx, int row)
{
    return review_marks_get(((const struct review_table *)ctx)->marks, key(ctx, row)) != REVIEW_PENDING;
}

/* A mark shows as one when the server has it; until then it is under way. */
static const char *flag(void *ctx, int row, enum role *role)
{
    const struct review_table *self = ctx;
    int64_t client = key(ctx, row);
    if (review_marks_under_way(self->marks, client)) {
        *role = ROLE_WARN;
        return glyph(GLYPH_ELLIPSIS);
    }
    switch (review_marks_get(self->marks, client)) {
    case REVIEW_DONE:
        *role = ROLE_GOOD;
        return glyph(GLYPH_CHECK);
    case REVIEW_SKIPPED:
        *role = ROLE_DIM;
        return glyph(GLYPH_ABSENT);
    case REVIEW_PENDING:
        break;
    }
    *role = ROLE_BAD;
    return str_equal(rowset_text(rows_of(ctx), row, REVIEW_QUEUE_BAND), "red") ? glyph(GLYPH_WARNING) : NULL;
}

struct list *review_table_list(struct review_table *self, struct app *app, const struct review_queue *queue,
                               const struct review_marks *marks)
{
    self->queue = queue;
    self->marks = marks;
    memcpy(self->columns, columns, sizeof columns);
    if (!term_ascii())
        self->columns[COL_DELTA].table.title = "Δ";
    struct list_source source = {
        .ctx = self, .count = count, .key = key, .cell = cell, .value = value, .muted = muted, .flag = flag};
    struct list *list = list_new(app, queue->coach ? "as" : "review", self->columns, REVIEW_COLUMNS, &source);
    table_set_empty(list_table(list), "No client of yours was active in this week.");
    return list;
}
