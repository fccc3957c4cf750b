/* ncurses with its wide characters. The only way to it in this room: ncurses has a key_name() of its own. */
#ifndef CENTURION_TERM_CURSES_WIDE_H
#define CENTURION_TERM_CURSES_WIDE_H

#define NCURSES_WIDECHAR 1
#define key_name curses_key_name
#include <curses.h>
#undef key_name

#endif
