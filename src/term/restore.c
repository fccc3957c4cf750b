#include "restore.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "centurion/loop/loop.h"
#include "curses_wide.h"

#include <term.h>

/* All of it is made before anything can crash; the handler only reads. */
static struct {
    volatile sig_atomic_t armed;
    pid_t owner; /* a child between fork and exec is not the one to restore */
    int fd;
    struct termios line;
    char sequences[512];
    size_t length;
} restore;

static void restore_now(void)
{
    if (!restore.armed || getpid() != restore.owner)
        return;
    restore.armed = 0;
    size_t at = 0;
    while (at < restore.length) {
        ssize_t written = write(restore.fd, restore.sequences + at, restore.length - at);
        if (written <= 0)
            break;
        at += (size_t)written;
    }
    tcsetattr(restore.fd, TCSANOW, &restore.line);
}

enum status restore_remember(int fd, struct error *error)
{
    restore.fd = fd;
    restore.owner = getpid();
    if (tcgetattr(fd, &restore.line) != 0)
        return error_set(error, STATUS_FAILED, "cannot read the settings of the terminal: %s", strerror(errno));
    return STATUS_OK;
}

/* Adds a sequence without terminfo's padding notes, $<5>; all of it or nothing. */
static void restore_add(const char *sequence)
{
    size_t length = 0;
    char *out = restore.sequences + restore.length;
    if (!sequence || sequence == (char *)-1 || strlen(sequence) >= sizeof restore.sequences - restore.length)
        return;
    for (const char *at = sequence; *at;) {
        const char *end = at[0] == '$' && at[1] == '<' ? strchr(at, '>') : NULL;
        if (end)
            at = end + 1;
        else
            out[length++] = *at++;
    }
    restore.length += length;
}

void restore_prepare(const char *modes_off)
{
    restore.length = 0;
    restore_add(modes_off);
    restore_add(tigetstr("sgr0"));
    restore_add(tigetstr("op"));
    restore_add(tigetstr("rmkx"));
    restore_add(tigetstr("cnorm"));
    restore_add(tigetstr("rmcup"));
    loop_on_crash(restore_now);
}

void restore_arm(int armed)
{
    restore.armed = armed;
}

void restore_forget(void)
{
    restore.armed = 0;
    loop_on_crash(NULL);
}
