/* What can be said of any screen, whatever is on it. Texts and roles are as term_snapshot() gives them. */
#ifndef CENTURION_TESTS_MONKEY_SCREEN_H
#define CENTURION_TESTS_MONKEY_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

/* False, and in why the first line that differs. */
bool screen_compare(const char *before, const char *after, char *why, size_t size);

/* The bars are where they belong, no row is wider than the terminal, and with ascii no glyph of ours is shown. */
bool screen_in_place(const char *text, const char *roles, int cols, int rows, bool ascii, char *why, size_t size);

/* True when the screen shows what only a mistake of the program can make the server say; why gets it. */
bool screen_bad_words(char *why, size_t size);

#endif
