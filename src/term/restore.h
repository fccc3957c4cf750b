/* The terminal as it was found, for the ways out on which curses can no longer be asked. */
#ifndef CENTURION_TERM_RESTORE_H
#define CENTURION_TERM_RESTORE_H

#include "centurion/base/error.h"

/* Remembers the line settings of the terminal on fd; before newterm(). */
enum status restore_remember(int fd, struct error *error);

/* Remembers terminfo's sequences, and modes_off before them; after newterm(). Registers with the loop room for crashes. */
void restore_prepare(const char *modes_off);

/* Whether a crash has something to restore: not while the terminal is given back. */
void restore_arm(int armed);

/* Gives the crash signals back. */
void restore_forget(void);

#endif
