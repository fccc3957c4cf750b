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
 * SIGCONT), crashes. on_input gets every event. The terminal is given back on exit(3), and on SIGSEGV, SIGBUS, SIGABRT,
 * SIGFPE, SIGILL before the signal's default action; SIGHUP, SIGTERM and SIGINT are the caller's. setlocale() comes first;
 * where LC_CTYPE is not UTF-8 it is set to C.UTF-8, the ASCII set is taken, and text beyond ASCII reads "?". Removes LINES
 * and COLUMNS from the environment. Fails with a message where there is no terminal, or one that cannot show the screens. */
enum status term_start(struct loop *loop, const struct term_options *options, input_fn *on_input, void *arg,
                       struct error *error);

/* The same drawing without a terminal, for golden tests: curses draws into memory. Input comes from the test. */
enum status term_start_headless(int cols, int rows, const struct term_options *options, struct error *error);

void term_stop(void);    /* restores the terminal; harmless when not started */
void term_suspend(void); /* gives the terminal back and stops the process group; returns when it is continued */
void term_leave(void);   /* gives the terminal back for a child ($EDITOR) ... */
void term_return(void);  /* ... and takes it again, everything repainted */

bool term_ascii(void);              /* draw with the ASCII set? */
enum term_colors term_colors(void); /* what the terminal turned out to have */
int term_cols(void);
int term_rows(void);
void term_resize_headless(int cols, int rows);

/* Once started. What is on the screen takes the new looks with the next term_show(), without being painted again. */
void term_set_styles(const struct styles *styles);

/* The whole screen, valid until the next resize. Paint, then show: only what differs is sent, nothing for nothing. A frame
 * never waits for a slow terminal: while it has not taken the last one, the newest is kept and sent when it has. */
struct surface term_surface(void);
void term_cursor(int row,
                 int col); /* where the text cursor stands after term_show(); -1, -1 hides it. Stays until changed */
void term_show(void);
void term_redraw_all(void); /* the next term_show() sends everything (Ctrl-L) */
void term_beep(void);

/* OSC 52: puts text on the clipboard of the terminal in front of the user. False when text is too long to be sent. */
bool term_clipboard(const char *text);

/* What the last term_show() put on the screen. Either may be NULL; both are added to.
 * text: read back from curses, a line a row, trailing blanks cut.
 * roles: the same cells, a letter each, blank where the cell is:
 *     t text    s strong  d dim    a accent  g good   w warn   b bad    i info
 *     n note    r rule    h header c chart   k key    m match  f input  e error  p app
 * and after them the grounds that are not plain, by rows and columns: "0  bar 0-119" or "4-9  popup 20-59". */
void term_snapshot(struct str *text, struct str *roles);

#endif
