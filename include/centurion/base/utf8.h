/* UTF-8 text as terminal columns. Widths are wcwidth()'s, so that they agree with curses and the terminal; the caller has
 * set a UTF-8 LC_CTYPE. Invalid bytes and unassigned or control characters never reach the terminal: they read as U+FFFD
 * or a visible stand-in. */
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

/* Decodes one code point; returns the bytes taken (at least 1 unless at the end: 0). Invalid input gives U+FFFD, 1 byte. */
size_t utf8_decode(const char *text, size_t length, wchar_t *out);

/* Encodes one code point; returns the bytes written (1..4), not terminated. */
size_t utf8_encode(wchar_t code, char out[4]);

/* The next cluster of text: base and following zero-width characters; control characters (C0, DEL, C1), bidi overrides
 * and other invisible format characters become a visible stand-in of width 1. False at the end of the text. */
bool utf8_next(const char *text, size_t length, struct utf8_cluster *out);

/* Columns that the text takes when shown through utf8_next(). */
int utf8_width(const char *text);

/* Bytes of the longest prefix that takes at most max_cols columns; *cols (may be NULL) gets the columns taken. */
size_t utf8_fit(const char *text, int max_cols, int *cols);

/* Byte offset of the cluster after / before offset, for cursors in text fields. */
size_t utf8_after(const char *text, size_t offset);
size_t utf8_before(const char *text, size_t offset);

/* True when the bytes are valid UTF-8. */
bool utf8_valid(const char *text, size_t length);

#endif
