/* A record as it is: names and values in a window that scrolls. y copies a value, Y all of them. Long values go on in further lines. */
#ifndef CENTURION_SCREENS_RECORD_WINDOW_H
#define CENTURION_SCREENS_RECORD_WINDOW_H

#include "centurion/screens/screen.h"

struct record_window;

struct record_window *record_window_new(struct app *app);
void record_window_add(struct record_window *window, const char *name,
                       const char *value); /* copied; "" and NULL: none */

/* Puts it up. done is told when it was closed, and may free it; when the screen goes the window is gone without a word. */
void record_window_show(struct record_window *window, void *owner, app_popup_fn *done);
void record_window_free(struct record_window *window);

#endif
