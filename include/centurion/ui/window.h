/* A framed window over the panes, and the list of messages. */
#ifndef CENTURION_UI_WINDOW_H
#define CENTURION_UI_WINDOW_H

#include "centurion/term/surface.h"

/* Draws a window of the size (cut to the surface), centred, titled, on GROUND_POPUP; returns its inside. */
struct surface window_open(const struct surface *surface, int rows, int cols, const char *title);

#endif
