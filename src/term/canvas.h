/* Curses without a terminal of its own: it draws into memory, and what it wrote is taken from there a frame at a time. So a
 * frame goes out in one piece, shortened, and a terminal that is slow or stopped holds up nothing. */
#ifndef CENTURION_TERM_CANVAS_H
#define CENTURION_TERM_CANVAS_H

#include <stdbool.h>

#include "centurion/base/error.h"
#include "centurion/base/str.h"

/* type: the kind of terminal, NULL for what TERM says. */
enum status canvas_start(const char *type, struct error *error);
void canvas_stop(void);

void canvas_resize(int rows, int cols);

/* Puts the bytes of the next frame into out (which is emptied); whole: everything is drawn again, after the reset of all
 * attributes. The cursor stands at row, col, or is hidden when row is -1. False: nothing differs, and out is empty. */
bool canvas_frame(struct str *out, bool whole, int row, int col);

/* The terminal is in the state of tty_take() again: empty, attributes off, the cursor hidden. */
void canvas_taken(void);

#endif
