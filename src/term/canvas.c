#include "canvas.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capability.h"
#include "centurion/base/mem.h"
#include "curses_wide.h"
#include "paint.h"
#include "sgr.h"

#include <term.h>

static struct {
    SCREEN *screen;
    FILE *in, *out;
    char *bytes; /* as curses wrote them */
    size_t room;
    bool shorten;
    struct sgr sgr;
    int row, col; /* where the cursor was last shown; -1: hidden */
} canvas;

/* Reads what curses has written since the last time; its length. */
static size_t canvas_take(void)
{
    int fd = fileno(canvas.out);
    off_t length = lseek(fd, 0, SEEK_CUR);
    if (length <= 0)
        return 0;
    if ((size_t)length > canvas.room) {
        canvas.room = (size_t)length;
        canvas.bytes = mem_resize(canvas.bytes, canvas.room, 1);
    }
    ssize_t count = pread(fd, canvas.bytes, (size_t)length, 0);
    lseek(fd, 0, SEEK_SET);
    return count < 0 ? 0 : (size_t)count;
}

static enum status canvas_open(struct error *error)
{
    int fd = memfd_create("centurion screen", MFD_CLOEXEC);
    canvas.out = fd < 0 ? NULL : fdopen(fd, "w");
    canvas.in = fopen("/dev/null", "re");
    if (canvas.out && canvas.in)
        return STATUS_OK;
    error_set(error, STATUS_FAILED, "cannot make room for the screen: %s", strerror(errno));
    if (fd >= 0 && !canvas.out)
        close(fd);
    return STATUS_FAILED;
}

static const char *kind(const char *type)
{
    const char *environment = getenv("TERM");
    return type ? type : environment ? environment : "";
}

/* Before newterm(), which leaks where it fails. */
static enum status canvas_check(const char *type, struct error *error)
{
    int found;
    bool known = setupterm(kind(type), fileno(canvas.out), &found) == OK, fit = known && capability("cup")[0];
    if (known)
        del_curterm(cur_term);
    if (fit)
        return STATUS_OK;
    error_set(error, STATUS_USAGE, "a terminal of the kind \"%s\" %s", kind(type),
              known ? "cannot show the screens: it has no cursor addressing" : "is not known here");
    error_hint(error, "set TERM to what your terminal is, e.g. TERM=xterm-256color, or install its terminfo entry");
    return STATUS_USAGE;
}

enum status canvas_start(const char *type, struct error *error)
{
    enum status status = canvas_open(error);
    if (status != STATUS_OK)
        goto failed;
    /* canvas_resize() says the size. What a shell exported would be stale, for a child such as the editor as well. */
    unsetenv("LINES");
    unsetenv("COLUMNS");
    status = canvas_check(type, error);
    if (status != STATUS_OK)
        goto failed;
    canvas.screen = newterm(type, canvas.out, canvas.in);
    if (!canvas.screen) {
        status = error_set(error, STATUS_FAILED, "curses does not start on a terminal of the kind \"%s\"", kind(type));
        goto failed;
    }
    nonl();
    keypad(stdscr, TRUE); /* the terminal is told to; reading is not curses' */
    typeahead(-1);        /* a frame is made whole even while keys are held down */
    scrollok(stdscr, FALSE);
    leaveok(stdscr, TRUE);
    curs_set(0);
    doupdate();
    canvas_take(); /* the terminal is set up by tty_take() */
    canvas.shorten = str_starts(capability("cup"), "\033[") && tigetflag("msgr") > 0;
    canvas_taken();
    return STATUS_OK;
failed:
    canvas_stop();
    return status;
}

void canvas_stop(void)
{
    if (canvas.screen) {
        endwin();
        delscreen(canvas.screen);
    }
    if (canvas.in)
        fclose(canvas.in);
    if (canvas.out)
        fclose(canvas.out);
    free(canvas.bytes);
    memset(&canvas, 0, sizeof canvas);
}

void canvas_resize(int rows, int cols)
{
    resize_term(rows, cols);
    paint_forget();
}

void canvas_taken(void)
{
    memset(&canvas.sgr, 0, sizeof canvas.sgr);
    canvas.row = canvas.col = -1;
}

bool canvas_frame(struct str *out, bool whole, int row, int col)
{
    str_clear(out);
    bool changed = paint_rows(), moved = row != canvas.row || col != canvas.col, visible = row >= 0;
    if (!changed && !moved && !whole)
        return false;
    if (visible)
        wmove(stdscr, row, col);
    leaveok(stdscr, !visible);
    if (whole) {
        clearok(curscr, TRUE);
        memset(&canvas.sgr, 0, sizeof canvas.sgr);
        capability_add(out, "sgr0");
    }
    wnoutrefresh(stdscr);
    doupdate();
    size_t length = canvas_take();
    if (canvas.row >= 0 && !visible)
        capability_add(out, "civis");
    if (canvas.shorten)
        sgr_shorten(&canvas.sgr, canvas.bytes, length, out);
    else
        str_add_bytes(out, canvas.bytes, length);
    if (canvas.row < 0 && visible)
        capability_add(out, "cnorm");
    canvas.row = row;
    canvas.col = visible ? col : -1;
    return out->length > 0;
}
