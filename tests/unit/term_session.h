/* A terminal session for tests: a child runs a small program on a pseudo-terminal and reports what happens to it through a
 * pipe. Waiting always has a limit, and is never a sleep. */
#ifndef TESTS_UNIT_TERM_SESSION_H
#define TESTS_UNIT_TERM_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include "centurion/base/str.h"
#include "centurion/loop/loop.h"
#include "centurion/term/term.h"

#define LEAVES_SCREEN "\033[?1049l"
enum { WAIT_MS = 20000 };

/* ---- In the child ---- */

struct app {
    struct loop *loop;
    int report;
    int selected;
    bool cursor;
};
extern struct app app;
extern const struct term_options plain_options; /* with the mouse */

/* Runs the program on the terminal; its exit status. Keys: see app_key(). */
int app_run(const struct term_options *options);
void app_input(void *arg, const struct input *input);
void report(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- In the test ---- */

struct session {
    pid_t pid;
    int master, slave, report;
    struct termios before;
    struct str screen, reports;
    size_t screen_at, reports_at; /* what was expected up to now */
};

typedef int session_fn(void);

/* Runs it in a child on a new terminal, which it controls, in a session of its own. */
void session_open(struct session *session, session_fn *run, int cols, int rows);

/* The same with app_run() at 80x24; returns once it has painted. */
void start(struct session *session);

void type(struct session *session, const char *bytes);

void resize(struct session *session, int cols, int rows); /* sends SIGWINCH */

/* Waits for wanted among the reports, or the bytes sent to the screen, after what was expected before. */
void expect_report(struct session *session, const char *wanted);
void expect_screen(struct session *session, const char *wanted);

/* The number of bytes that keys, each in a turn of its own, bring to the screen. */
size_t bytes_for(struct session *session, const char *keys);

/* Reads what has come from fd; false at its end. */
bool session_read(int fd, struct str *into);

/* Whether the line settings are those from before. */
bool line_restored(const struct session *session);

/* Waits for the end and checks that the terminal is as it was: its line settings and, when given back (restored), its modes.
 * Returns the wait status. */
int session_end(struct session *session, bool restored);

#endif
