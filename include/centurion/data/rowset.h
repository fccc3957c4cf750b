/* The rows that a query returned, as typed cells. Opaque: no PGresult crosses this header. */
#ifndef CENTURION_DATA_ROWSET_H
#define CENTURION_DATA_ROWSET_H

#include <stdbool.h>
#include <stdint.h>

struct rowset;

/* A rowset is handed to a reply callback for the length of the call; keep it with rowset_keep(), then rowset_free(). */
struct rowset *rowset_keep(const struct rowset *rows);
void rowset_free(struct rowset *rows); /* NULL is fine */

int rowset_count(const struct rowset *rows); /* 0 for NULL */

/* Rows keep the order that they had in `before` (NULL: nothing changes), known by the numbers in the column; new ones come after the row
 * that they follow in their own order. For what is read again while somebody looks at it. */
void rowset_follow(struct rowset *rows, const struct rowset *before, int column);

/* Cells by row and column; the column is one of the query's generated constants (REVIEW_QUEUE_NAME). A row or column out of
 * range is a fault of the program and aborts. Text lives as long as the rowset. NULL reads as "", 0, false, DATE_NONE. */
bool rowset_null(const struct rowset *rows, int row, int column);
const char *rowset_text(const struct rowset *rows, int row, int column);
int64_t rowset_int(const struct rowset *rows, int row, int column);
double rowset_double(const struct rowset *rows, int row, int column);
bool rowset_bool(const struct rowset *rows, int row, int column);
int rowset_date(const struct rowset *rows, int row, int column);      /* date or timestamp: days, see base/date.h */
int64_t rowset_cents(const struct rowset *rows, int row, int column); /* numeric(10,2) */

#endif
