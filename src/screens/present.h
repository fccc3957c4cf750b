/* How screens word values: bands, ages, amounts. The same value reads the same everywhere. */
#ifndef CENTURION_SCREENS_PRESENT_H
#define CENTURION_SCREENS_PRESENT_H

#include <stdint.h>

#include "centurion/data/rowset.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/bars.h"
#include "centurion/ui/doc.h"
#include "centurion/ui/table.h"

enum { PRESENT_MAX = 48 };

/* A band as the server words it: "red", "amber", "green". */
enum role present_band_role(const char *band);
const char *present_band_glyph(const char *band);

/* 950 -> "950", 7234 -> "7.2k", 12345 -> "12.3k". */
char *present_compact(double value, char out[PRESENT_MAX]);

/* A rate in percent: what is low needs attention. */
enum role present_rate_role(int64_t percent);

/* Cells of a table from a column of rows; NULL is CELL_EMPTY. */
void present_text(struct cell *cell, const struct rowset *rows, int row, int column, enum role role);
void present_int(struct cell *cell, const struct rowset *rows, int row, int column, enum role role);
void present_percent(struct cell *cell, const struct rowset *rows, int row, int column);
void present_score(struct cell *cell, const struct rowset *rows, int row, int score_column, int band_column);

/* Days since the last check-in, "9d"; long ago stands out. NULL (never) reads "never". */
void present_last(struct cell *cell, const struct rowset *rows, int row, int column);

/* Rows that were answered take the place of those kept, and the table is ready; else it says why it is stale or failed, and the app tells it.
 * True: the rows are new, and whatever shows them is to be reloaded. */
bool present_take(struct app *app, struct table *table, struct rowset **rows, const struct reply *reply);

/* The same for rows whose order changes with their values: while the app reads in place (app_in_place()), rows stay where they are, by the key
 * in the column. */
bool present_take_in_place(struct app *app, struct table *table, struct rowset **rows, int key_column,
                           const struct reply *reply);

/* A moment of the server's local time: "Fri 16 Jan 17:30"; NULL reads as the sign for absence. Returns out. */
char *present_moment(const struct rowset *rows, int row, int column, char out[PRESENT_MAX]);

/* A column of numbers as a series, NAN where NULL. Heap; the caller frees. *count gets its length. */
double *present_series(const struct rowset *rows, int column, int *count);

/* "week 3 12–18 Jan" of the week that starts on this Monday. */
void present_week(struct line *line, int monday);

#endif
