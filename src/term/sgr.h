/* Makes curses' output shorter: it sends the background again with every foreground, and resets twice. Follows the colours
 * and attributes that are set (SGR, ECMA-48 8.3.117) and sends only what differs when something is about to be drawn. */
#ifndef CENTURION_TERM_SGR_H
#define CENTURION_TERM_SGR_H

#include <stddef.h>

#include "centurion/base/str.h"

enum { SGR_COLOR_MAX = 32 };

struct sgr_state {
    char foreground[SGR_COLOR_MAX],
        background[SGR_COLOR_MAX]; /* as in the sequence, "38;5;75"; empty: the terminal's own */
    unsigned attrs;                /* bit n: parameter n */
};

/* Zero-initialise where the terminal's attributes are all off. */
struct sgr {
    struct sgr_state sent, wanted;
};

/* Adds to out what does the same as bytes, which hold whole sequences, and leaves all attributes off. Lines scroll one by one. */
void sgr_shorten(struct sgr *sgr, const char *bytes, size_t length, struct str *out);

#endif
