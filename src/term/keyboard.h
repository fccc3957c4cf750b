/* Reads the terminal: bytes from the descriptor through the decoder, with the timers that Escape needs. */
#ifndef CENTURION_TERM_KEYBOARD_H
#define CENTURION_TERM_KEYBOARD_H

#include <wchar.h>

#include "centurion/loop/loop.h"
#include "centurion/term/input.h"

/* After newterm(). high: what bytes 128..255 mean where the locale is not UTF-8, or NULL. */
void keyboard_start(struct loop *loop, int fd, const wchar_t *high, input_fn *fn, void *arg);
void keyboard_stop(void);

/* While a child has the terminal: nothing is read, and what was read but not yet delivered is kept. */
void keyboard_pause(void);
void keyboard_resume(void);

#endif
