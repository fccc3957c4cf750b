/* A line of text being edited: the field of prompts and of the palette. */
#ifndef CENTURION_UI_EDIT_H
#define CENTURION_UI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "centurion/term/surface.h"

enum { EDIT_MAX = 1024 }; /* bytes, the terminating NUL included */

struct edit {
    char text[EDIT_MAX]; /* bytes that were deleted are wiped */
    size_t length, cursor;
    size_t first; /* first byte shown */
    int cols;     /* of the field */
    bool secret;  /* dots are shown */
};

void edit_set(struct edit *edit, const char *text); /* cursor at the end */
void edit_resize(struct edit *edit, int cols);
void edit_fini(struct edit *edit);

/* enum consequence: TAKEN, REPAINT when something moved, RECALC too when the text changed. */
unsigned edit_key(struct edit *edit, int key);
unsigned edit_paste(struct edit *edit, const char *text); /* line breaks and tabs become blanks */

void edit_paint(const struct edit *edit, const struct surface *surface, int row, int col);
int edit_cursor_col(const struct edit *edit);
int edit_shown_cols(const struct edit *edit); /* of the text as it is shown */

/* Shared with texts of several lines: columns of the bytes from .. to, places of words, whether a key is text. */
int edit_cols(const char *text, size_t from, size_t to);
size_t edit_word_before(const char *text, size_t at);
size_t edit_word_after(const char *text, size_t at);
bool edit_printable(int key);

#endif
