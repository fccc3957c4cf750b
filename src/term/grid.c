#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/term/role.h"

static struct {
    int rows, cols;
    struct cell *cells;
} grid;

static struct cell *grid_at(int row, int col)
{
    return grid.cells + (size_t)row * (size_t)grid.cols + (size_t)col;
}

void grid_resize(int rows, int cols)
{
    static const struct cell blank = {.chars = {L' '}, .width = 1, .role = ROLE_TEXT, .ground = GROUND_PLAIN};
    free(grid.cells);
    grid.rows = rows;
    grid.cols = cols;
    grid.cells = NULL;
    if (rows == 0 || cols == 0)
        return;
    grid.cells = mem_array((size_t)rows * (size_t)cols, sizeof(struct cell));
    for (int row = 0; row < rows; row++)
        for (int col = 0; col < cols; col++)
            *grid_at(row, col) = blank;
}

int grid_rows(void)
{
    return grid.rows;
}

int grid_cols(void)
{
    return grid.cols;
}

const struct cell *grid_row(int row)
{
    return grid_at(row, 0);
}

static void grid_blank(struct cell *cell)
{
    memset(cell->chars, 0, sizeof cell->chars);
    cell->chars[0] = L' ';
    cell->width = 1;
}

/* Frees length cells for writing: halves of wide characters that stick out on either side become blanks. */
static void grid_claim(int row, int col, int length)
{
    struct cell *first = grid_at(row, col), *last = first + length - 1;
    if (first->width == 0)
        grid_blank(first - 1);
    if (last->width == 2)
        grid_blank(last + 1);
}

void grid_put(int row, int col, const struct cell *cell)
{
    grid_claim(row, col, cell->width);
    struct cell *at = grid_at(row, col);
    *at = *cell;
    if (cell->width == 2)
        at[1] = (struct cell){.role = cell->role, .ground = cell->ground};
}

void grid_put_ascii(int row, int col, const char *text, int length, uint8_t role, uint8_t ground)
{
    if (length <= 0)
        return;
    grid_claim(row, col, length);
    struct cell *at = grid_at(row, col);
    for (int i = 0; i < length; i++)
        at[i] = (struct cell){.chars = {(unsigned char)text[i]}, .width = 1, .role = role, .ground = ground};
}

void grid_fill(int row, int col, int length, const struct cell *cell)
{
    if (length <= 0)
        return;
    grid_claim(row, col, length);
    struct cell *at = grid_at(row, col);
    for (int i = 0; i < length; i++)
        at[i] = *cell;
}
