/* UTF-8 text as terminal columns. Widths are wcwidth()'s, so that they agree with curses and the terminal; the caller has
 * set a UTF-8 LC_CTYPE, once, before. What is shown is safe: nothing in a text can move the cursor, reorder other text, hide itself, or
 * take other columns than were counted. So
 *   - invalid bytes, unassigned code points and C1 controls read as U+FFFD, C0 controls and DEL as their pictures (U+2400..);
 *   - characters that are not seen but change how others are read (directional marks, overrides and isolates, zero width
 *     spaces, byte order marks, tags, fillers) read as U+FFFD, one each: two names that differ look different;
 *   - joiners, variation selectors and skin tones of emoji are taken with their base, but not shown: terminals disagree about
 *     the columns of the result. A family shows as its members side by side, each two columns wide, everywhere.
 * Joiners between letters stay, scripts need them. */
#ifndef CENTURION_BASE_UTF8_H
#define CENTURION_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

enum { UTF8_CLUSTER_MAX = 5 }; /* code points kept of one cell: a base and four combining marks (curses' own limit) */

/* What one cell (or two, for wide characters) shows. */
struct utf8_cluster {
    wchar_t chars[UTF8_CLUSTER_MAX + 1]; /* NUL-terminated */
    int width;                           /* columns: 1 or 2 */
    size_t bytes;                        /* how much of the source it took */
};

/* Decodes one code point; returns the bytes taken (at least 1 unless at the end: 0, and out is untouched). Anything that is
 * not UTF-8 (also overlong forms, surrogates, what is cut short) gives U+FFFD and takes 1 byte. */
size_t utf8_decode(const char *text, size_t length, wchar_t *out);

/* Encodes one code point (U+FFFD for one that is none); returns the bytes written (1..4), not terminated. */
size_t utf8_encode(wchar_t code_point, char out[4]);

/* The next cluster of text: a base and the zero-width characters that follow it. Marks without a base get a blank to stand
 * on; marks beyond UTF8_CLUSTER_MAX are taken but not kept. False, and out is untouched, at the end of the text. */
bool utf8_next(const char *text, size_t length, struct utf8_cluster *out);

/* Columns that the text takes when shown through utf8_next(). */
int utf8_width(const char *text);

/* Bytes of the longest prefix of whole clusters that takes at most max_cols columns; *cols (may be NULL) gets the columns
 * taken. */
size_t utf8_fit(const char *text, int max_cols, int *cols);

/* Byte offset of the cluster after / before offset, for cursors in text fields. At most the text's length; at least 0. */
size_t utf8_after(const char *text, size_t offset);
size_t utf8_before(const char *text, size_t offset);

/* True when the bytes are valid UTF-8. */
bool utf8_valid(const char *text, size_t length);

/* Drops the piece of a character that remains at the end of a text that was cut at a byte. */
void utf8_trim(char *text);

#endif
