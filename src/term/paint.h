/* From meaning to curses: looks (attributes and colour pairs) and the rows that differ from what was last painted. */
#ifndef CENTURION_TERM_PAINT_H
#define CENTURION_TERM_PAINT_H

#include <stdbool.h>

#include "centurion/term/style.h"
#include "centurion/term/term.h"

/* After newterm(): takes up colours as far as the terminal has them. Returns what it came to. */
enum term_colors paint_start(enum term_colors wanted);
void paint_stop(void);

void paint_set_styles(const struct styles *styles);

/* Hands the rows that changed to curses; true when there were any. */
bool paint_rows(void);

/* Forgets what was painted: after a resize. */
void paint_forget(void);

/* One look, for tests and headless snapshots: what a role on a ground comes to. */
struct paint_look {
    int foreground, background; /* as given to curses; -1 the terminal's own */
    unsigned attrs;             /* enum style_attr */
};
struct paint_look paint_look_of(enum role role, enum ground ground);

#endif
