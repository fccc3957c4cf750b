/* What the screen is meant to show: cells of text and meaning. Surfaces write it; paint turns it into curses' cells. */
#ifndef CENTURION_TERM_GRID_H
#define CENTURION_TERM_GRID_H

#include <stdbool.h>
#include <stdint.h>
#include <wchar.h>

#include "centurion/base/utf8.h"

struct cell {
    wchar_t chars[UTF8_CLUSTER_MAX]; /* the character and its marks; zeros after them */
    uint8_t width;                   /* 1, 2; 0: the right half of the wide character before it */
    uint8_t role, ground;            /* enum role, enum ground */
    uint8_t unused;                  /* always 0: cells are compared as bytes */
};

/* Everything becomes blank. 0, 0 frees the memory. */
void grid_resize(int rows, int cols);
int grid_rows(void);
int grid_cols(void);
const struct cell *grid_row(int row);

/* All of it must lie within the grid. A wide character that is half overwritten leaves a blank. */
void grid_put(int row, int col, const struct cell *cell);
void grid_put_ascii(int row, int col, const char *text, int length, uint8_t role, uint8_t ground);
void grid_fill(int row, int col, int length, const struct cell *cell); /* cell of width 1 */

#endif
