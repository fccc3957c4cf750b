#include "centurion/term/term.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "canvas.h"
#include "glyphs.h"
#include "grid.h"
#include "keyboard.h"
#include "paint.h"
#include "tty.h"

/* Larger windows are real (a wall of screens, a wrong ioctl); what lies beyond stays unused. */
enum { ROWS_MAX = 500, COLS_MAX = 1000, CLIPBOARD_MAX = 74994 /* what terminals take: 100,000 bytes as base64 */ };

static struct {
    bool started, headless;
    bool left;   /* the terminal is given back */
    bool redraw; /* the next frame is sent whole */
    bool behind; /* a frame waits until the terminal has taken the last one */
    pid_t owner;
    struct loop *loop;
    input_fn *fn;
    void *arg;
    enum term_colors colors;
    loop_id resizing;
    int cursor_row, cursor_col;
    struct str frame;
    wchar_t high[128]; /* bytes 128..255 of a locale that is not UTF-8 */
} term;

/* ---- Size ---- */

static int clamp(int value, int most)
{
    return value < 1 ? 1 : value > most ? most : value;
}

static void set_size(int rows, int cols)
{
    rows = clamp(rows, ROWS_MAX);
    cols = clamp(cols, COLS_MAX);
    canvas_resize(rows, cols);
    grid_resize(rows, cols);
    term_cursor(-1, -1);
    term.redraw = true;
}

static void emit_resize(void)
{
    struct input input = {.type = INPUT_RESIZE};
    term.fn(term.arg, &input);
}

/* Even a size that is the same again calls for everything: the terminal may have cut or wrapped what it showed. */
static void resize_now(void *arg)
{
    int rows, cols;
    (void)arg;
    term.resizing = 0;
    if (term.left || !tty_size(&rows, &cols))
        return;
    set_size(rows, cols);
    emit_resize();
}

/* A storm of signals makes one resize a turn. */
static void on_winch(void *arg, int signal_number)
{
    (void)arg;
    (void)signal_number;
    if (!term.resizing)
        term.resizing = loop_defer(term.loop, resize_now, NULL);
}

/* ---- Giving the terminal back and taking it again ---- */

static void on_stop(void *arg, int signal_number);
static void on_continue(void *arg, int signal_number);

void term_leave(void)
{
    if (!term.started || term.headless || term.left)
        return;
    term.left = true;
    keyboard_pause();
    tty_give();
}

void term_return(void)
{
    int rows, cols;
    if (!term.started || term.headless || !term.left)
        return;
    term.left = term.behind = false;
    tty_take();
    canvas_taken();
    term.redraw = true;
    keyboard_resume();
    if (tty_size(&rows, &cols) && (rows != term_rows() || cols != term_cols())) {
        set_size(rows, cols);
        emit_resize();
    } else {
        term_show();
    }
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
    loop_on_signal(term.loop, SIGTSTP, on_stop, NULL);
    loop_on_signal(term.loop, SIGCONT, on_continue, NULL);
    if (!lent)
        term_return();
}

static void on_stop(void *arg, int signal_number)
{
    (void)arg;
    (void)signal_number;
    term_suspend();
}

/* Continued after a stop that nobody announced (SIGSTOP): the shell has since set the terminal to its own liking. */
static void on_continue(void *arg, int signal_number)
{
    (void)arg;
    (void)signal_number;
    if (term.left)
        return;
    term_leave();
    term_return();
}

/* ---- Start and stop ---- */

/* Curses and the widths need a UTF-8 locale, whatever the terminal can show. What bytes mean is looked up before. */
static const wchar_t *choose_locale(bool ascii)
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

/* The terminal has taken the last frame. */
static void on_drained(void *arg)
{
    (void)arg;
    if (term.behind)
        term_show();
}

static void release(void)
{
    canvas_stop();
    paint_stop();
    grid_resize(0, 0);
    str_fini(&term.frame);
    memset(&term, 0, sizeof term);
}

void term_stop(void)
{
    if (!term.started || getpid() != term.owner)
        return;
    if (!term.headless) {
        keyboard_stop();
        tty_close();
        loop_cancel(term.loop, term.resizing);
        loop_on_signal(term.loop, SIGWINCH, NULL, NULL);
        loop_on_signal(term.loop, SIGTSTP, NULL, NULL);
        loop_on_signal(term.loop, SIGCONT, NULL, NULL);
    }
    release();
}

/* What both kinds of start have in common, once curses runs. */
static void started(const struct term_options *options)
{
    static bool at_exit;
    term.started = true;
    term.owner = getpid();
    term.colors = paint_start(options->colors);
    if (!at_exit)
        atexit(term_stop);
    at_exit = true;
}

enum status term_start(struct loop *loop, const struct term_options *options, input_fn *on_input, void *arg,
                       struct error *error)
{
    int rows = 24, cols = 80;
    enum status status = tty_open(loop, on_drained, NULL, error);
    if (status != STATUS_OK)
        return status;
    term.loop = loop;
    term.fn = on_input;
    term.arg = arg;
    const wchar_t *high = choose_locale(options->ascii);
    /* Before curses starts, which takes signals that nobody has. */
    loop_on_signal(loop, SIGTSTP, on_stop, NULL);
    loop_on_signal(loop, SIGCONT, on_continue, NULL);
    loop_on_signal(loop, SIGWINCH, on_winch, NULL);
    status = canvas_start(NULL, error);
    if (status != STATUS_OK) {
        loop_on_signal(loop, SIGTSTP, NULL, NULL);
        loop_on_signal(loop, SIGCONT, NULL, NULL);
        loop_on_signal(loop, SIGWINCH, NULL, NULL);
        tty_close();
        release();
        return status;
    }
    started(options);
    tty_prepare(options->mouse);
    tty_take();
    tty_size(&rows, &cols);
    set_size(rows, cols);
    keyboard_start(loop, STDIN_FILENO, high, on_input, arg);
    return STATUS_OK;
}

enum status term_start_headless(int cols, int rows, const struct term_options *options, struct error *error)
{
    static const char *const types[] = {"xterm-256color", "xterm", "linux", "vt100", "ansi"};
    enum status status = STATUS_FAILED;
    choose_locale(options->ascii);
    for (size_t i = 0; i < sizeof types / sizeof types[0] && status != STATUS_OK; i++)
        status = canvas_start(types[i], error);
    if (status != STATUS_OK) {
        release();
        return status;
    }
    term.headless = true;
    started(options);
    set_size(rows, cols);
    return STATUS_OK;
}

void term_resize_headless(int cols, int rows)
{
    if (term.started && term.headless)
        set_size(rows, cols);
}

/* ---- Frames ---- */

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
    term.behind = !term.headless && tty_busy();
    if (term.behind)
        return;
    bool changed = canvas_frame(&term.frame, term.redraw, term.cursor_row, term.cursor_col);
    term.redraw = false;
    if (changed && !term.headless)
        tty_write(term.frame.text, term.frame.length);
}

static void write_sequence(const char *bytes, size_t length)
{
    if (term.started && !term.left && !term.headless)
        tty_write(bytes, length);
}

void term_beep(void)
{
    write_sequence("\a", 1);
}

/* ---- Clipboard ---- */

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
    size_t length = strlen(text);
    if (length > CLIPBOARD_MAX)
        return false;
    struct str sequence = {0};
    str_add(&sequence, "\033]52;c;");
    add_base64(&sequence, (const unsigned char *)text, length);
    str_add(&sequence, "\a");
    write_sequence(sequence.text, sequence.length);
    if (getenv("TMUX")) { /* which keeps it to itself by default, but may hand on what is wrapped (allow-passthrough) */
        struct str wrapped = {0};
        str_addf(&wrapped, "\033Ptmux;\033%s\033\\", sequence.text);
        write_sequence(wrapped.text, wrapped.length);
        str_fini(&wrapped);
    }
    str_fini(&sequence);
    return true;
}
