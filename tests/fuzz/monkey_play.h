/* The program under the monkey's hands: in this process, without a terminal, on a clock that stands still unless it is moved. */
#ifndef CENTURION_TESTS_MONKEY_PLAY_H
#define CENTURION_TESTS_MONKEY_PLAY_H

#include "centurion/base/str.h"
#include "tests/fuzz/monkey_events.h"

struct play_options {
    const char *conninfo, *route;
    bool ascii, read_only;
    int cols, rows;
};

struct play;

/* Each of these that returns text says what is wrong, or NULL. It is valid until the next one. */
struct play *play_new(const struct play_options *options);
void play_free(struct play *play);

const char *play_event(struct play *play, const struct monkey_event *event); /* SETTLE too */
/* What is on the screen is what would be painted anew, before and after the panes are arranged again; every line is in its place. */
const char *play_check_screen(struct play *play);
/* Escape leads home, help opens and closes there, and nothing is awaited for ever. */
const char *play_check_home(struct play *play);
const char *play_end(struct play *play); /* leaves the program, as a hang-up would */

/* The screen as it is shown, added to out. */
void play_show(struct str *out);

/* The program was left (Q, a hang-up) and started anew so often. */
int play_starts(const struct play *play);

#endif
