/* What roles and grounds look like: resolved values that a theme hands to the terminal. */
#ifndef CENTURION_TERM_STYLE_H
#define CENTURION_TERM_STYLE_H

#include <stdbool.h>

#include "centurion/term/role.h"

enum { COLOR_DEFAULT = -1 }; /* the terminal's own */

enum style_attr {
    STYLE_BOLD = 1,
    STYLE_DIM = 2,
    STYLE_UNDERLINE = 4,
    STYLE_REVERSE = 8,
    STYLE_ITALIC = 16,
};

/* One colour for each kind of terminal: 0xRRGGBB, 0..255, 0..15, each or COLOR_DEFAULT. */
struct color {
    int rgb, indexed, basic;
};

struct styles {
    struct color foreground[ROLE_COUNT];
    unsigned attrs[ROLE_COUNT];
    struct color background[GROUND_COUNT];
    unsigned ground_attrs[GROUND_COUNT];      /* added to the text's, e.g. reverse where there is no colour */
    unsigned mono_attrs[ROLE_COUNT];          /* used instead of attrs where there is no colour */
    unsigned mono_ground_attrs[GROUND_COUNT]; /* with 16 colours too, for a ground whose colour has no basic one */
};

/* The nearest entry of the 256-colour palette (cube and greys, 16..255: the first 16 differ from terminal to terminal) and
 * of the 16 basic colours. Pure; COLOR_DEFAULT stays what it is. */
int color_nearest_256(int rgb);
int color_nearest_16(int rgb);
int color_of_256(int index); /* 0..255 as 0xRRGGBB */

#endif
