#include "centurion/data/rowset.h"

#include <libpq-fe.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "centurion/base/log.h"
#include "centurion/base/mem.h"
#include "centurion/base/money.h"
#include "centurion/base/order.h"
#include "db_private.h"

struct rowset {
    PGresult *result; /* NULL: no rows */
    int holders;
    int *order; /* the result's rows in the order in which they are shown; NULL: its own */
};

struct rowset *rowset_new(PGresult *result)
{
    struct rowset *rows = mem_alloc(sizeof *rows);
    rows->result = result;
    rows->holders = 1;
    return rows;
}

struct rowset *rowset_keep(const struct rowset *rows)
{
    struct rowset *kept = (struct rowset *)rows;
    if (kept)
        kept->holders++;
    return kept;
}

void rowset_free(struct rowset *rows)
{
    if (!rows || --rows->holders > 0)
        return;
    PQclear(rows->result);
    free(rows->order);
    free(rows);
}

int rowset_count(const struct rowset *rows)
{
    return rows ? PQntuples(rows->result) : 0;
}

/* libpq would only warn on stderr, in the middle of a screen. */
static void check(const struct rowset *rows, int row, int column)
{
    if (row < 0 || row >= rowset_count(rows) || column < 0 || column >= PQnfields(rows->result))
        abort();
}

bool rowset_null(const struct rowset *rows, int row, int column)
{
    check(rows, row, column);
    return PQgetisnull(rows->result, rows->order ? rows->order[row] : row, column);
}

const char *rowset_text(const struct rowset *rows, int row, int column)
{
    check(rows, row, column);
    return PQgetvalue(rows->result, rows->order ? rows->order[row] : row, column);
}

int64_t rowset_int(const struct rowset *rows, int row, int column)
{
    return strtoll(rowset_text(rows, row, column), NULL, 10);
}

double rowset_double(const struct rowset *rows, int row, int column)
{
    return strtod(rowset_text(rows, row, column), NULL);
}

bool rowset_bool(const struct rowset *rows, int row, int column)
{
    return rowset_text(rows, row, column)[0] == 't';
}

int rowset_date(const struct rowset *rows, int row, int column)
{
    int date;
    return date_parse(rowset_text(rows, row, column), &date) ? date : DATE_NONE;
}

int64_t rowset_cents(const struct rowset *rows, int row, int column)
{
    int64_t cents = 0;
    if (!rowset_null(rows, row, column) && !money_parse(rowset_text(rows, row, column), &cents))
        log_line(LOG_ERROR, "column %s holds no amount of money with two decimals", PQfname(rows->result, column));
    return cents;
}

/* ---- Rows that stay where they were ---- */

static int64_t *keys_of(const struct rowset *rows, int column)
{
    int64_t *keys = mem_array((size_t)rowset_count(rows) + 1, sizeof *keys);
    for (int i = 0; i < rowset_count(rows); i++)
        keys[i] = rowset_int(rows, i, column);
    return keys;
}

void rowset_follow(struct rowset *rows, const struct rowset *before, int column)
{
    int count = rowset_count(rows), known = rowset_count(before);
    if (!count || !known)
        return;
    int64_t *olds = keys_of(before, column), *keys = keys_of(rows, column);
    int *order = mem_array((size_t)count, sizeof *order);
    order_follow(olds, known, keys, count, order);
    for (int i = 0; i < count && rows->order; i++)
        order[i] = rows->order[order[i]];
    free(rows->order);
    rows->order = order;
    free(olds);
    free(keys);
}
