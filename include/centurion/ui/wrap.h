/* Breaking text into lines of a width, at blanks and between wide characters. */
#ifndef CENTURION_UI_WRAP_H
#define CENTURION_UI_WRAP_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of text that make up a line of at most cols columns; *next gets where the following line starts (the length of
 * the text at the end). A word longer than a line is broken, but with may_wait it is left for the next line: 0 and
 * *next 0. Line breaks in the text end a line. At least one character is taken otherwise. */
size_t wrap_line(const char *text, int cols, bool may_wait, size_t *next);

#endif
