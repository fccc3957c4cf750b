/* The terminal: the only room that knows curses. Starts and restores it on every way out, reads input, shows frames. */
#ifndef CENTURION_TERM_TERM_H
#define CENTURION_TERM_TERM_H

#include <stdbool.h>

#include "centurion/base/error.h"
#include "centurion/base/str.h"
#include "centurion/loop/loop.h"
#include "centurion/term/input.h"
#include "centurion/term/style.h"
#include "centurion/term/surface.h"

enum term_colors { TERM_COLORS_AUTO, TERM_COLORS_NONE, TERM_COLORS_16, TERM_COLORS_256, TERM_COLORS_RGB };

struct term_options {
    bool mouse;
    bool ascii;              /* glyphs from the ASCII set; also taken when the locale is not UTF-8 */
    enum term_colors colors; /* AUTO: what terminfo and NO_COLOR say */
};

/* Takes over the controlling terminal (stdin, stdout). Registers with the loop: input, resize (SIGWINCH), suspend (SIGTSTP,
 * SIGCONT). on_input gets every event, drained until curses has no more. Restores the terminal on exit(3), and on SIGSEGV,
 * SIGBUS, SIGABRT, SIGFPE, SIGILL before the signal's default action. Fails with a message for a dumb or unknown TERM. */
enum status term_start(struct loop *loop, const struct term_options *options, input_fn *on_input, void *arg,
                       struct error *error);

/* The same drawing without a terminal: curses on a null device, for golden tests. Input comes from the test. */
enum status term_start_headless(int cols, int rows, const struct term_options *options, struct error *error);

void term_stop(void);            /* restores the terminal; harmless when not started */
void term_suspend(void);         /* gives the terminal back and stops the process; returns when it is continued */
void term_leave(void);           /* gives the terminal back for a child ($EDITOR) ... */
void term_return(void);          /* ... and takes it again, everything repainted */

bool term_ascii(void);           /* draw with the ASCII set? */
enum term_colors term_colors(void); /* what the terminal turned out to have */
int term_cols(void);
int term_rows(void);
void term_resize_headless(int cols, int rows);

void term_set_styles(const struct styles *styles);

/* The whole screen, valid until the next resize. Paint, then show: only what differs is sent. */
struct surface term_surface(void);
void term_cursor(int row, int col); /* where the text cursor stands after term_show(); -1, -1 hides it */
void term_show(void);
void term_redraw_all(void);         /* the next term_show() sends everything (Ctrl-L) */
void term_beep(void);

/* OSC 52: puts text on the clipboard of the terminal in front of the user. False when text is too long to be sent. */
bool term_clipboard(const char *text);

/* What the screen shows, read back from curses: a line of text a row, trailing blanks cut; and the roles: a letter a cell
 * (see the golden tests' README in the header of surface.h), for the same cells. Either may be NULL. */
void term_snapshot(struct str *text, struct str *roles);

#endif
