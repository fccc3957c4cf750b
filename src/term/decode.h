/* From the terminal's bytes to events. Pure: no curses, no clock, no descriptor.
 *
 * curses' own getch() is not used: in no-delay mode it loses a UTF-8 character that arrives in two pieces, waits for the
 * rest of a key while nothing else can run, cannot tell the end of the terminal from silence, and hands out the tail of a
 * sequence it does not know as typed text. */
#ifndef CENTURION_TERM_DECODE_H
#define CENTURION_TERM_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "centurion/base/str.h"
#include "centurion/term/input.h"

enum decode_state {
    DECODE_PLAIN,
    DECODE_CHARACTER, /* within UTF-8 */
    DECODE_ESCAPE,    /* after ESC */
    DECODE_CSI,       /* after ESC [ */
    DECODE_SS3,       /* after ESC O */
    DECODE_LINUX,     /* after ESC [ [ */
    DECODE_MOUSE,     /* after ESC [ M */
    DECODE_STRING,    /* after ESC ] and the like: up to BEL or ESC \ */
    DECODE_PASTE,
};

enum { DECODE_SEQUENCE_MAX = 64, DECODE_KEYS_MAX = 64, DECODE_KEY_BYTES = 12 };

struct decoder {
    input_fn *fn;
    void *arg;
    bool paused;         /* set by fn: decode_feed() returns after this event */
    const wchar_t *high; /* what bytes 128..255 mean; NULL: UTF-8 */
    struct {
        char bytes[DECODE_KEY_BYTES];
        int key;
    } keys[DECODE_KEYS_MAX];
    int key_count;

    enum decode_state state;
    int modifiers;                 /* KEYCODE_ALT after ESC ESC, or before a character */
    char raw[DECODE_SEQUENCE_MAX]; /* the sequence so far, with its ESC; what is beyond is dropped */
    size_t length;                 /* may be beyond DECODE_SEQUENCE_MAX */
    size_t needed;                 /* bytes still missing of a character or of a mouse report */
    bool string_escape;            /* the last byte of a string was ESC */

    struct str paste;
    bool paste_cut;
    size_t paste_end;   /* how much of the end marker has been seen */
    bool paste_stalled; /* nothing came for a while */

    int64_t click_time;
    int click_row, click_col;
};

void decode_init(struct decoder *decoder, input_fn *fn, void *arg);
void decode_fini(struct decoder *decoder);

/* A key's bytes as terminfo has them; only sequences that begin with ESC count. */
void decode_add_key(struct decoder *decoder, const char *bytes, int key);

/* Decodes bytes that arrived at now (milliseconds); the bytes taken: all of them unless fn paused it. */
size_t decode_feed(struct decoder *decoder, const char *bytes, size_t length, int64_t now);

/* Milliseconds of silence after which decode_timeout() is to be called; -1: not at all. */
int decode_wait(const struct decoder *decoder);
void decode_timeout(struct decoder *decoder);

#endif
