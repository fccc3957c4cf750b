/* A framed window over the panes. */
#ifndef CENTURION_UI_WINDOW_H
#define CENTURION_UI_WINDOW_H

#include "centurion/term/surface.h"

/* Draws a window of the size (frame included, cut to the surface), centred, titled (or NULL), on GROUND_POPUP; returns
 * its inside, a blank column within the frame. */
struct surface window_open(const struct surface *surface, int rows, int cols, const char *title);

/* The same at a place of the surface. */
struct surface window_open_at(const struct surface *surface, int top, int left, int rows, int cols, const char *title);

#endif
