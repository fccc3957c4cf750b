/* The terminal device: taken and given back, on every way out, and written to without ever waiting for it. */
#ifndef CENTURION_TERM_TTY_H
#define CENTURION_TERM_TTY_H

#include <stdbool.h>
#include <stddef.h>

#include "centurion/base/error.h"
#include "centurion/loop/loop.h"

/* Checks that standard input and output are a terminal, and remembers how it is set. drained is called in loop context
 * when what a slow terminal had not yet taken is written. */
enum status tty_open(struct loop *loop, loop_fn *drained, void *arg, struct error *error);

/* After newterm(): makes the sequences that take the terminal and give it back. From now on a crash gives it back. */
void tty_prepare(bool mouse);

void tty_take(void); /* line settings and modes; the screen is then empty and all attributes are off */
void tty_give(void); /* the opposite; harmless when it is not taken */
void tty_close(void);

/* Sends bytes in order. What the terminal does not take at once is kept; tty_busy() until all is written. */
void tty_write(const char *bytes, size_t length);
bool tty_busy(void);

bool tty_size(int *rows, int *cols);

#endif
