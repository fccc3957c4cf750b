#include "centurion/term/term.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "centurion/base/mem.h"
#include "curses_wide.h"
#include "glyphs.h"
#include "grid.h"
#include "keyboard.h"
#include "paint.h"
#include "restore.h"

#include <term.h>

/* Larger windows are real (a wall of screens, a wrong ioctl); what lies beyond stays unused. */
enum { ROWS_MAX = 500, COLS_MAX = 1000, CLIPBOARD_MAX = 74994 /* what terminals take: 100,000 bytes as base64 */ };

static struct {
    bool started, headless;
    bool left;              /* the terminal is given back */
    pid_t owner;
    SCREEN *screen;
    FILE *null_in, *null_out;
    struct loop *loop;
    input_fn *fn;
    void *arg;
    enum term_colors colors;
    loop_id resizing;
    bool redraw;            /* the next frame is sent whole */
    int cursor_row, cursor_col, shown_row, shown_col;
    char modes_on[64], modes_off[64];
    wchar_t high[128];      /* bytes 128..255 of a locale that is not UTF-8 */
} term;

static void term_emit(enum input_type type)
{
    struct input input = {.type = type};
    term.fn(term.arg, &input);
}

/* ------------------------------------------------------------------------------------------------------------ size */

static int clamp(int value, int most)
{
    return value < 1 ? 1 : value > most ? most : value;
}

static void term_set_size(int rows, int cols)
{
    rows = clamp(rows, ROWS_MAX);
    cols = clamp(cols, COLS_MAX);
    resize_term(rows, cols);
    grid_resize(rows, cols);
    paint_forget();
    term.redraw = true;
}

static bool term_read_size(int *rows, int *cols)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
        return false;
    *rows = size.ws_row;
    *cols = size.ws_col;
    return true;
}

/* Even a size that is the same again calls for everything: the terminal may have cut or wrapped what it showed. */
static void term_resize(void *arg)
{
    int rows, cols;
    (void)arg;
    term.resizing = 0;
    if (term.left || !term_read_size(&rows, &cols))
        return;
    term_set_size(rows, cols);
    term_emit(INPUT_RESIZE);
}

/* A storm of signals makes one resize a turn. */
static void term_on_winch(void *arg, int signal_number)
{
    (void)arg;
    (void)signal_number;
    if (!term.resizing)
        term.resizing = loop_defer(term.loop, term_resize, NULL);
}

/* --------------------------------------------------------------------------------------------- giving back and taking */

static void term_on_stop(void *arg, int signal_number);
static void term_on_continue(void *arg, int signal_number);

void term_leave(void)
{
    if (!term.started || term.headless || term.left)
        return;
    term.left = true;
    keyboard_pause();
    putp(term.modes_off);
    endwin();
    restore_arm(false);
}

void term_return(void)
{
    int rows, cols;
    if (!term.started || term.headless || !term.left)
        return;
    term.left = false;
    restore_arm(true);
    bool resized = term_read_size(&rows, &cols) && (rows != term_rows() || cols != term_cols());
    if (resized)
        term_set_size(rows, cols);
    putp(term.modes_on);
    term_redraw_all();
    term_show();
    keyboard_resume();
    if (resized)
        term_emit(INPUT_RESIZE);
}

/* SIGTSTP, not SIGSTOP: where nobody could continue us (a forced command over SSH) the kernel then does not stop us. The
 * whole group, so that a shell script around us stops as well. */
void term_suspend(void)
{
    if (!term.started || term.headless)
        return;
    bool lent = term.left;
    term_leave();
    loop_on_signal(term.loop, SIGTSTP, NULL, NULL);
    loop_on_signal(term.loop, SIGCONT, NULL, NULL);
    kill(lent ? getpid() : 0, SIGTSTP);
    loop_on_signal(term.loop, SIGTSTP, term_on_stop, NULL);
    loop_on_signal(term.loop, SIGCONT, term_on_continue, NULL);
    if (!lent)
        term_return();
}

static void term_on_stop(void *arg, int signal_number)
{
    (void)arg;
    (void)signal_number;
    term_suspend();
}

/* Continued after a stop that nobody announced (SIGSTOP): the shell has since set the terminal to its own liking. */
static void term_on_continue(void *arg, int signal_number)
{
    (void)arg;
    (void)signal_number;
    if (term.left)
        return;
    term_leave();
    term_return();
}

/* ------------------------------------------------------------------------------------------------------- start and stop */

static bool capable(const char *sequence)
{
    return sequence && sequence != (char *)-1 && sequence[0];
}

/* Curses and the widths need a UTF-8 locale, whatever the terminal can show. What bytes mean is looked up before. */
static const wchar_t *term_choose_locale(bool ascii)
{
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) {
        glyphs_choose(ascii, false);
        return NULL;
    }
    for (int i = 0; i < 128; i++) {
        wint_t meant = btowc(i + 128);
        term.high[i] = meant == WEOF ? 0xfffd : (wchar_t)meant;
    }
    setlocale(LC_CTYPE, "C.UTF-8");
    glyphs_choose(true, true);
    return term.high;
}

static void term_setup(const struct term_options *options)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    typeahead(-1); /* a frame is sent whole even while keys are held down */
    scrollok(stdscr, FALSE);
    term.colors = paint_start(options->colors);
    term.cursor_row = term.cursor_col = term.shown_row = term.shown_col = -1;
    leaveok(stdscr, TRUE);
    curs_set(0);
}

/* Modes that terminfo has no names for. A terminal that does not speak ECMA-48 gets none. */
static void term_choose_modes(bool mouse)
{
    const char *move = tigetstr("cup");
    if (strncmp(move, "\033[", 2) != 0)
        return;
    mouse = mouse && capable(tigetstr("kmous"));
    snprintf(term.modes_on, sizeof term.modes_on, "\033[?2004h\033[?1004h%s", mouse ? "\033[?1000h\033[?1006h" : "");
    snprintf(term.modes_off, sizeof term.modes_off, "%s\033[?1004l\033[?2004l",
             mouse ? "\033[?1006l\033[?1000l" : "");
}

static enum status term_check(struct error *error)
{
    const char *type = getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        error_set(error, STATUS_USAGE, "the screens need a terminal, and standard %s is none",
                  isatty(STDIN_FILENO) ? "output" : "input");
        return STATUS_USAGE;
    }
    if (!type || !type[0]) {
        error_set(error, STATUS_USAGE, "TERM is not set, so the kind of terminal is unknown");
        error_hint(error, "export TERM=xterm-256color");
        return STATUS_USAGE;
    }
    return STATUS_OK;
}

static void term_release(void)
{
    keyboard_stop();
    loop_cancel(term.loop, term.resizing);
    loop_on_signal(term.loop, SIGWINCH, NULL, NULL);
    loop_on_signal(term.loop, SIGTSTP, NULL, NULL);
    loop_on_signal(term.loop, SIGCONT, NULL, NULL);
}

static void term_free(void)
{
    if (term.screen)
        delscreen(term.screen);
    if (term.null_in)
        fclose(term.null_in);
    if (term.null_out)
        fclose(term.null_out);
    paint_stop();
    grid_resize(0, 0);
    memset(&term, 0, sizeof term);
}

void term_stop(void)
{
    if (!term.started || getpid() != term.owner)
        return;
    term_leave();
    if (term.headless) {
        endwin();
    } else {
        term_release();
        restore_forget();
    }
    term_free();
}

enum status term_start(struct loop *loop, const struct term_options *options, input_fn *on_input, void *arg,
                       struct error *error)
{
    static bool at_exit;
    enum status status = term_check(error);
    if (status != STATUS_OK)
        return status;
    status = restore_remember(STDOUT_FILENO, error);
    if (status != STATUS_OK)
        return status;
    const wchar_t *high = term_choose_locale(options->ascii);
    term.loop = loop;
    term.fn = on_input;
    term.arg = arg;
    term.owner = getpid();
    /* Before newterm(), which takes signals that nobody has. */
    loop_on_signal(loop, SIGWINCH, term_on_winch, NULL);
    loop_on_signal(loop, SIGTSTP, term_on_stop, NULL);
    loop_on_signal(loop, SIGCONT, term_on_continue, NULL);
    use_env(FALSE); /* LINES and COLUMNS of a shell go stale; the terminal itself is asked */
    use_tioctl(TRUE);
    term.screen = newterm(NULL, stdout, stdin);
    if (!term.screen || !capable(tigetstr("cup"))) {
        status = error_set(error, STATUS_USAGE, "a terminal of the kind \"%s\" %s", getenv("TERM"),
                           term.screen ? "cannot show the screens: it has no cursor addressing" : "is not known here");
        error_hint(error, "set TERM to what your terminal is, e.g. TERM=xterm-256color, or install its terminfo entry");
        if (term.screen)
            endwin();
        term_release();
        term_free();
        return status;
    }
    term.started = true;
    if (!at_exit)
        atexit(term_stop);
    at_exit = true;
    term_setup(options);
    term_choose_modes(options->mouse);
    restore_prepare(term.modes_off);
    restore_arm(true);
    putp(term.modes_on);
    term_set_size(getmaxy(stdscr), getmaxx(stdscr));
    keyboard_start(loop, STDIN_FILENO, high, on_input, arg);
    return STATUS_OK;
}

enum status term_start_headless(int cols, int rows, const struct term_options *options, struct error *error)
{
    static const char *const types[] = {"xterm-256color", "xterm", "linux", "vt100", "ansi", "dumb"};
    term.null_out = fopen("/dev/null", "w");
    term.null_in = fopen("/dev/null", "r");
    term_choose_locale(options->ascii);
    use_env(FALSE);
    use_tioctl(FALSE);
    for (size_t i = 0; i < sizeof types / sizeof types[0] && !term.screen && term.null_in && term.null_out; i++)
        term.screen = newterm(types[i], term.null_out, term.null_in);
    if (!term.screen) {
        term_free();
        return error_set(error, STATUS_FAILED, "cannot start curses without a terminal: no terminfo entry for xterm");
    }
    term.started = term.headless = true;
    term.owner = getpid();
    term_setup(options);
    term_set_size(rows, cols);
    return STATUS_OK;
}

void term_resize_headless(int cols, int rows)
{
    if (term.started && term.headless)
        term_set_size(rows, cols);
}

/* ------------------------------------------------------------------------------------------------------------- frames */

enum term_colors term_colors(void)
{
    return term.colors;
}

int term_cols(void)
{
    return grid_cols();
}

int term_rows(void)
{
    return grid_rows();
}

void term_set_styles(const struct styles *styles)
{
    if (term.started)
        paint_set_styles(styles);
}

struct surface term_surface(void)
{
    return (struct surface){.rows = grid_rows(), .cols = grid_cols(), .ground = GROUND_PLAIN};
}

void term_cursor(int row, int col)
{
    bool inside = row >= 0 && col >= 0 && row < grid_rows() && col < grid_cols();
    term.cursor_row = inside ? row : -1;
    term.cursor_col = inside ? col : -1;
}

void term_redraw_all(void)
{
    term.redraw = true;
}

void term_show(void)
{
    if (!term.started || term.left)
        return;
    bool changed = paint_rows();
    bool moved = term.cursor_row != term.shown_row || term.cursor_col != term.shown_col;
    if (!changed && !moved && !term.redraw)
        return;
    bool visible = term.cursor_row >= 0;
    if (visible)
        wmove(stdscr, term.cursor_row, term.cursor_col);
    leaveok(stdscr, !visible);
    if (moved && !visible)
        curs_set(0);
    if (term.redraw)
        clearok(curscr, TRUE);
    wnoutrefresh(stdscr);
    doupdate();
    if (moved && visible)
        curs_set(1);
    term.shown_row = term.cursor_row;
    term.shown_col = term.cursor_col;
    term.redraw = false;
}

void term_beep(void)
{
    if (term.started && !term.left && !term.headless)
        beep();
}

/* ---------------------------------------------------------------------------------------------------------- clipboard */

static void add_base64(struct str *out, const unsigned char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        unsigned group = (unsigned)bytes[i] << 16;
        if (i + 1 < length)
            group |= (unsigned)bytes[i + 1] << 8;
        if (i + 2 < length)
            group |= bytes[i + 2];
        str_add_char(out, digits[group >> 18 & 63]);
        str_add_char(out, digits[group >> 12 & 63]);
        str_add_char(out, i + 1 < length ? digits[group >> 6 & 63] : '=');
        str_add_char(out, i + 2 < length ? digits[group & 63] : '=');
    }
}

bool term_clipboard(const char *text)
{
    size_t length = strlen(text), at = 0;
    if (length > CLIPBOARD_MAX)
        return false;
    if (!term.started || term.left || term.headless || !term.modes_on[0])
        return true;
    struct str sequence = {0};
    str_add(&sequence, "\033]52;c;");
    add_base64(&sequence, (const unsigned char *)text, length);
    str_add(&sequence, "\a");
    /* Past curses, whose buffer is empty between frames: doupdate() sends all of it. */
    while (at < sequence.length) {
        ssize_t written = write(STDOUT_FILENO, sequence.text + at, sequence.length - at);
        if (written < 0 && errno != EINTR)
            break;
        at += written > 0 ? (size_t)written : 0;
    }
    str_fini(&sequence);
    return true;
}
