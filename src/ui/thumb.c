#include "thumb.h"

#include "centurion/term/term.h"

bool thumb_at(int row, int rows, int first, int total)
{
    if (total <= rows || rows < 2)
        return false;
    int size = (int)((long)rows * rows / total), free_rows;
    size = size < 1 ? 1 : size;
    free_rows = rows - size;
    int top = (int)((long)first * free_rows / (total - rows));
    if (top == 0 && first > 0 && free_rows > 1) /* its ends mean that there is no more */
        top = 1;
    if (top == free_rows && first < total - rows && free_rows > 1)
        top = free_rows - 1;
    return row >= top && row < top + size;
}

const char *thumb_glyph(void)
{
    return term_ascii() ? "|" : "▐";
}
