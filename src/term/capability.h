/* What terminfo says about the terminal, after newterm(). */
#ifndef CENTURION_TERM_CAPABILITY_H
#define CENTURION_TERM_CAPABILITY_H

#include "centurion/base/str.h"

/* The value of a string capability by its terminfo name; "" when the terminal has none. */
const char *capability(const char *name);

/* Adds it without the padding notes, $<5>, that curses would follow. */
void capability_add(struct str *out, const char *name);

#endif
