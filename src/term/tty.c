#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "capability.h"
#include "centurion/base/str.h"

static struct {
    volatile sig_atomic_t taken;
    pid_t owner; /* a child between fork and exec is not the one to give the terminal back */
    int fd;      /* our own way to the terminal; standard output where that cannot be had */
    struct termios before;
    struct str take, give; /* the sequences */
    struct loop *loop;
    loop_fn *drained;
    void *arg;
    loop_id watch;
    struct str queue; /* not yet written, from at on */
    size_t at;
} tty = {.fd = -1};

/* Writes as much as the terminal takes; the bytes. */
static size_t tty_send(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        ssize_t written = write(tty.fd, bytes + at, length - at);
        if (written > 0)
            at += (size_t)written;
        else if (written < 0 && errno == EINTR)
            continue;
        else if (written < 0 && errno == EAGAIN)
            break;
        else
            return length; /* the terminal is gone, which its reader learns */
    }
    return at;
}

/* The way back, by the book and in a crash: only reads what was made before, and calls only what a signal handler may. A
 * terminal that takes nothing (stopped with ^S) loses what it had not shown, so that it ends up as it was. */
static void tty_restore(void)
{
    if (!tty.taken || getpid() != tty.owner)
        return;
    tty.taken = 0;
    if (tty_send(tty.give.text, tty.give.length) < tty.give.length) {
        tcflush(tty.fd, TCOFLUSH);
        tty_send(tty.give.text, tty.give.length);
    }
    tcsetattr(tty.fd, TCSANOW, &tty.before);
}

/* An open file of our own, so that not waiting for the terminal is not imposed on the shell, which shares standard output. */
static int tty_reopen(void)
{
    const char *name = ttyname(STDOUT_FILENO);
    int flags = O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, fd = name ? open(name, flags) : -1;
    if (fd < 0)
        fd = open("/dev/tty", flags); /* after su(1) the name is another user's */
    return fd < 0 ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3) : fd;
}

enum status tty_open(struct loop *loop, loop_fn *drained, void *arg, struct error *error)
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
    tty.fd = tty_reopen();
    if (tty.fd < 0 || tcgetattr(tty.fd, &tty.before) != 0) {
        error_set(error, STATUS_FAILED, "cannot open the terminal: %s", strerror(errno));
        tty_close();
        return STATUS_FAILED;
    }
    tty.owner = getpid();
    tty.loop = loop;
    tty.drained = drained;
    tty.arg = arg;
    return STATUS_OK;
}

void tty_close(void)
{
    tty_give();
    loop_on_crash(NULL);
    if (tty.watch)
        loop_cancel(tty.loop, tty.watch);
    if (tty.fd >= 0)
        close(tty.fd);
    str_fini(&tty.take);
    str_fini(&tty.give);
    str_fini(&tty.queue);
    memset(&tty, 0, sizeof tty);
    tty.fd = -1;
}

void tty_prepare(bool mouse)
{
    static const char *const take[] = {"smcup", "sgr0", "rmir", "smam", "smkx", "civis", "clear"};
    static const char *const give[] = {"sgr0", "op", "rmkx", "cnorm", "rmcup"};
    /* Pastes and the focus of the window as events; a terminal that does not speak ECMA-48 is not asked. */
    bool ecma = str_starts(capability("cup"), "\033[");
    mouse = mouse && ecma && capability("kmous")[0];
    for (size_t i = 0; i < sizeof take / sizeof take[0]; i++)
        capability_add(&tty.take, take[i]);
    str_add(&tty.take, ecma ? "\033[?2004h\033[?1004h" : "");
    str_add(&tty.take, mouse ? "\033[?1000h\033[?1006h" : "");
    str_add(&tty.give, ecma ? "\030" : ""); /* ends a sequence that was cut off */
    str_add(&tty.give, mouse ? "\033[?1006l\033[?1000l" : "");
    str_add(&tty.give, ecma ? "\033[?1004l\033[?2004l" : "");
    for (size_t i = 0; i < sizeof give / sizeof give[0]; i++)
        capability_add(&tty.give, give[i]);
    if (ecma && !capability("rmcup")[0])
        str_add(&tty.give, "\033[999;1H\r\n"); /* no screen to go back to: below ours */
    loop_on_crash(tty_restore);
}

void tty_take(void)
{
    struct termios line = tty.before;
    line.c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON | IXOFF | INPCK);
    line.c_oflag &= ~(tcflag_t)OPOST;
    line.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    line.c_cc[VMIN] = 1;
    line.c_cc[VTIME] = 0;
    tcsetattr(tty.fd, TCSANOW, &line);
    tty.taken = 1;
    tty_write(tty.take.text, tty.take.length);
}

void tty_give(void)
{
    if (tty.watch)
        loop_cancel(tty.loop, tty.watch);
    tty.watch = 0;
    str_clear(&tty.queue); /* of a frame that nobody will see */
    tty.at = 0;
    tty_restore();
}

static void tty_writable(void *arg, int fd, unsigned events)
{
    (void)arg;
    (void)fd;
    (void)events;
    tty.at += tty_send(tty.queue.text + tty.at, tty.queue.length - tty.at);
    if (tty.at < tty.queue.length)
        return;
    str_clear(&tty.queue);
    tty.at = 0;
    loop_cancel(tty.loop, tty.watch);
    tty.watch = 0;
    tty.drained(tty.arg);
}

void tty_write(const char *bytes, size_t length)
{
    size_t sent = tty_busy() ? 0 : tty_send(bytes, length);
    if (sent == length)
        return;
    str_add_bytes(&tty.queue, bytes + sent, length - sent);
    if (!tty.watch)
        tty.watch = loop_watch(tty.loop, tty.fd, LOOP_WRITE, tty_writable, NULL);
}

bool tty_busy(void)
{
    return tty.queue.length > 0;
}

bool tty_size(int *rows, int *cols)
{
    struct winsize size;
    if (ioctl(tty.fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
        return false;
    *rows = size.ws_row;
    *cols = size.ws_col;
    return true;
}
