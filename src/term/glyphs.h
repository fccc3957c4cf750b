/* Which characters may be drawn on this terminal. */
#ifndef CENTURION_TERM_GLYPHS_H
#define CENTURION_TERM_GLYPHS_H

#include <stdbool.h>
#include <wchar.h>

/* ascii: our own glyphs from the ASCII set. plain_text: the locale knows ASCII only, so all other text reads "?". */
void glyphs_choose(bool ascii, bool plain_text);
bool glyphs_plain_text(void);

/* The character itself, or what stands for it in the ASCII set when that is chosen. */
wchar_t glyphs_in_set(wchar_t character);

#endif
