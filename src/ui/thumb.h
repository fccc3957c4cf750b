/* Where one is in something longer than the screen: a mark at its right edge, which moves rarely and costs little. */
#ifndef CENTURION_UI_THUMB_H
#define CENTURION_UI_THUMB_H

#include <stdbool.h>

/* Is row (0 .. rows - 1) marked when rows of total are shown from first on? Never when all are shown. */
bool thumb_at(int row, int rows, int first, int total);

const char *thumb_glyph(void);

#endif
