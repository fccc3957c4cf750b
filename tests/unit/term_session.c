#include "term_session.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- The program on the terminal ---- */

/* LeakSanitizer asks: in a forked child that ends by exit(3) it takes the parent's thread for one that it cannot stop. */
static bool in_child;
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
    return in_child;
}

struct app app;

void report(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vdprintf(app.report, format, args);
    va_end(args);
}

static void app_paint(void *arg)
{
    (void)arg;
    struct surface screen = term_surface();
    surface_clear(&screen);
    for (int i = 0; i < screen.rows; i++) {
        struct surface row = surface_sub(&screen, i, 0, 1, screen.cols);
        surface_textf(&row, 0, 0, i == app.selected ? ROLE_BAD : ROLE_TEXT, "row %d of 王小明", i);
    }
    term_cursor(app.cursor ? 0 : -1, app.cursor ? 3 : -1);
    term_show();
}

static void app_key(int key)
{
    char name[KEY_NAME_MAX];
    pid_t pid;
    switch (key) {
    case 'q':
        loop_stop(app.loop, 0);
        break;
    case 'S':
        raise(SIGSEGV);
        break;
    case 'A':
        abort();
    case 'X':
        exit(3);
    case 'F': /* a child that ends by exit(3) has no business with the terminal */
        pid = fork();
        if (pid == 0)
            exit(0);
        waitpid(pid, NULL, 0);
        break;
    case 'j':
        app.selected++;
        break;
    case 'c':
        app.cursor = !app.cursor;
        break;
    case 'y':
        term_clipboard("Zoë");
        break;
    case 'b': /* marks the end of the output so far */
        term_beep();
        break;
    case 'L':
        term_redraw_all();
        break;
    case 'E':
        term_leave();
        term_show(); /* nothing may be sent now */
        report("left\n");
        term_return();
        break;
    case KEYCODE_CTRL | 'z':
        term_suspend();
        break;
    default:
        break;
    }
    report("key %s\n", key_name(key, name));
}

void app_input(void *arg, const struct input *input)
{
    (void)arg;
    if (input->type == INPUT_KEY)
        app_key(input->key);
    else if (input->type == INPUT_PASTE)
        report("paste %s\n", input->text);
    else if (input->type == INPUT_MOUSE)
        report("mouse %d %d,%d\n", input->button, input->row, input->col);
    else if (input->type == INPUT_RESIZE)
        report("resize %dx%d\n", term_cols(), term_rows());
    else if (input->type == INPUT_END)
        loop_stop(app.loop, 4);
    loop_dirty(app.loop);
}

static void app_hangup(void *arg, int signal_number)
{
    (void)arg;
    (void)signal_number;
    loop_stop(app.loop, 5);
}

const struct term_options plain_options = {.mouse = true};

int app_run(const struct term_options *options)
{
    struct error error = {0};
    app.loop = loop_new();
    loop_on_signal(app.loop, SIGHUP, app_hangup, NULL);
    enum status status = term_start(app.loop, options, app_input, NULL, &error);
    if (status != STATUS_OK) {
        report("failed %s\n", error.text);
        loop_free(app.loop);
        return (int)status;
    }
    loop_on_frame(app.loop, app_paint, NULL);
    loop_dirty(app.loop);
    report("started %dx%d\n", term_cols(), term_rows());
    int code = loop_run(app.loop);
    term_stop();
    term_stop(); /* harmless */
    loop_free(app.loop);
    return code;
}

/* ---- The terminal around it ---- */

void session_open(struct session *session, session_fn *run, int cols, int rows)
{
    int ends[2];
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    memset(session, 0, sizeof *session);
    session->master = posix_openpt(O_RDWR | O_NOCTTY);
    cr_assert(session->master >= 0 && grantpt(session->master) == 0 && unlockpt(session->master) == 0);
    session->slave = open(ptsname(session->master), O_RDWR | O_NOCTTY);
    cr_assert_geq(session->slave, 0);
    cr_assert_eq(pipe(ends), 0);
    ioctl(session->master, TIOCSWINSZ, &size);
    tcgetattr(session->slave, &session->before);
    session->report = ends[0];
    pid_t parent = getpid();
    session->pid = fork();
    if (session->pid == 0) {
        in_child = true;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1);
        setsid();
        ioctl(session->slave, TIOCSCTTY, 0);
        dup2(session->slave, 0);
        dup2(session->slave, 1);
        close(session->slave);
        close(session->master);
        close(ends[0]);
        app.report = ends[1];
        setlocale(LC_ALL, "C.UTF-8");
        _exit(run());
    }
    close(ends[1]);
}

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool session_read(int fd, struct str *into)
{
    char bytes[4096];
    ssize_t count = read(fd, bytes, sizeof bytes);
    if (count > 0)
        str_add_bytes(into, bytes, (size_t)count);
    return count > 0;
}

/* Reads until wanted stands in what (the screen's bytes or the reports) after what was expected before. */
static void session_expect(struct session *session, struct str *what, size_t *at, const char *wanted)
{
    int64_t end = clock_ms() + WAIT_MS;
    for (;;) {
        const char *found = what->text ? memmem(what->text + *at, what->length - *at, wanted, strlen(wanted)) : NULL;
        if (found) {
            *at = (size_t)(found - what->text) + strlen(wanted);
            return;
        }
        struct pollfd fds[2] = {{.fd = session->master, .events = POLLIN}, {.fd = session->report, .events = POLLIN}};
        cr_assert(clock_ms() < end && poll(fds, 2, WAIT_MS) > 0, "no \"%s\" came. Reports:\n%s", wanted,
                  str_text(&session->reports));
        if (fds[0].revents)
            session_read(session->master, &session->screen);
        if (fds[1].revents && !session_read(session->report, &session->reports) && what == &session->reports)
            cr_assert_fail("ended without \"%s\". Reports:\n%s", wanted, str_text(&session->reports));
    }
}

void expect_report(struct session *session, const char *wanted)
{
    session_expect(session, &session->reports, &session->reports_at, wanted);
}

void expect_screen(struct session *session, const char *wanted)
{
    session_expect(session, &session->screen, &session->screen_at, wanted);
}

void type(struct session *session, const char *bytes)
{
    cr_assert_eq(write(session->master, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

size_t bytes_for(struct session *session, const char *keys)
{
    type(session, "b");
    expect_screen(session, "\a");
    size_t before = session->screen_at;
    expect_report(session, "key b\n");
    for (; *keys; keys++) {
        char key[] = {*keys, '\0'}, wanted[] = {'k', 'e', 'y', ' ', *keys, '\n', '\0'};
        type(session, key);
        expect_report(session, wanted); /* then its frame comes before the next key */
    }
    type(session, "b");
    expect_screen(session, "\a");
    return session->screen_at - before - 1;
}

bool line_restored(const struct session *session)
{
    struct termios now;
    tcgetattr(session->slave, &now);
    return now.c_iflag == session->before.c_iflag && now.c_oflag == session->before.c_oflag &&
           now.c_lflag == session->before.c_lflag && now.c_cflag == session->before.c_cflag &&
           memcmp(now.c_cc, session->before.c_cc, sizeof now.c_cc) == 0;
}

int session_end(struct session *session, bool restored)
{
    int status;
    if (restored) {
        expect_screen(session, "\033[?1000l");
        expect_screen(session, "\033[?2004l");
        expect_screen(session, "\033[?25h");
        expect_screen(session, LEAVES_SCREEN);
    }
    cr_assert_eq(waitpid(session->pid, &status, 0), session->pid);
    cr_assert(line_restored(session));
    close(session->master);
    close(session->slave);
    close(session->report);
    str_fini(&session->screen);
    str_fini(&session->reports);
    return status;
}

static int run_plain(void)
{
    return app_run(&plain_options);
}

void start(struct session *session)
{
    session_open(session, run_plain, 80, 24);
    expect_report(session, "started 80x24");
    expect_screen(session, "row 23 of");
}

void resize(struct session *session, int cols, int rows)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    cr_assert_eq(ioctl(session->master, TIOCSWINSZ, &size), 0); /* sends SIGWINCH */
}
