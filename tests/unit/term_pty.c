/* The terminal in a real pseudo-terminal: taken, used, and given back on every way out. A child runs a small program on the
 * terminal and reports what happens to it through a pipe; waiting always has a limit, and is never a sleep. */
#include <criterion/criterion.h>
#include <errno.h>
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
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "centurion/base/str.h"
#include "centurion/loop/loop.h"
#include "centurion/term/term.h"

#define LEAVES_SCREEN "\033[?1049l"
enum { WAIT_MS = 20000 };

/* ---- The program on the terminal ---- */

/* LeakSanitizer asks: in a forked child that ends by exit(3) it takes the parent's thread for one that it cannot stop. */
static bool in_child;
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
    return in_child;
}

static struct {
    struct loop *loop;
    int report;
    int selected, resizes;
    bool cursor;
} app;

static void report(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void report(const char *format, ...)
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

static void app_input(void *arg, const struct input *input)
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

static const struct term_options plain_options = {.mouse = true};

static int app_run(const struct term_options *options)
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

struct session {
    pid_t pid;
    int master, slave, report;
    struct termios before;
    struct str screen, reports;
    size_t screen_at, reports_at; /* what was expected up to now */
};

typedef int session_fn(void);

static void session_open(struct session *session, session_fn *run, int cols, int rows)
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

/* Reads what has come from fd; false at its end. */
static bool session_read(int fd, struct str *into)
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

static void expect_report(struct session *session, const char *wanted)
{
    session_expect(session, &session->reports, &session->reports_at, wanted);
}

static void expect_screen(struct session *session, const char *wanted)
{
    session_expect(session, &session->screen, &session->screen_at, wanted);
}

static void type(struct session *session, const char *bytes)
{
    cr_assert_eq(write(session->master, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

/* The number of bytes that keys, each in a turn of its own, bring to the screen. */
static size_t bytes_for(struct session *session, const char *keys)
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

static bool line_restored(const struct session *session)
{
    struct termios now;
    tcgetattr(session->slave, &now);
    return now.c_iflag == session->before.c_iflag && now.c_oflag == session->before.c_oflag &&
           now.c_lflag == session->before.c_lflag && now.c_cflag == session->before.c_cflag &&
           memcmp(now.c_cc, session->before.c_cc, sizeof now.c_cc) == 0;
}

/* Waits for the end, which its reports tell, and checks that the terminal is as it was. Returns the wait status. */
static int session_end(struct session *session, bool restored)
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

static void start(struct session *session)
{
    session_open(session, run_plain, 80, 24);
    expect_report(session, "started 80x24");
    expect_screen(session, "row 23 of");
}

TestSuite(term_pty, .timeout = 60);

/* ---- Ways out ---- */

static void check_way_out(const char *keys, int status)
{
    struct session session;
    start(&session);
    cr_assert_not(line_restored(&session));
    type(&session, keys);
    int got = session_end(&session, true);
    cr_assert_eq(got, status, "wait status %x", (unsigned)got);
}

Test(term_pty, the_ordinary_way_out)
{
    check_way_out("q", 0);
}

Test(term_pty, exit_in_the_middle)
{
    check_way_out("X", 3 << 8);
}

/* Valgrind reports every crash, a wanted one too, and does not stop for SIGTSTP. */
static void skip_under_valgrind(void)
{
    const char *preload = getenv("LD_PRELOAD");
    if (preload && strstr(preload, "vgpreload"))
        cr_skip_test("not under valgrind");
}

Test(term_pty, a_crash)
{
    skip_under_valgrind();
    check_way_out("S", SIGSEGV);
}

Test(term_pty, an_abort)
{
    skip_under_valgrind();
    check_way_out("A", SIGABRT);
}

Test(term_pty, a_hang_up)
{
    struct session session;
    start(&session);
    kill(session.pid, SIGHUP);
    cr_assert_eq(session_end(&session, true), 5 << 8);
}

/* The other side of the terminal goes away without a word. */
Test(term_pty, the_end_of_input)
{
    struct session session;
    int status;
    start(&session);
    close(session.slave);
    close(session.master);
    cr_assert_eq(waitpid(session.pid, &status, 0), session.pid);
    cr_assert(WIFEXITED(status) && (WEXITSTATUS(status) == 4 || WEXITSTATUS(status) == 5), "%x", (unsigned)status);
    close(session.report);
    str_fini(&session.screen);
    str_fini(&session.reports);
}

Test(term_pty, a_child_leaves_the_terminal_alone)
{
    struct session session;
    start(&session);
    type(&session, "F");
    expect_report(&session, "key F");
    cr_assert_not(line_restored(&session));
    size_t sent = session.screen.length;
    type(&session, "b");
    expect_screen(&session, "\a");
    cr_assert_null(
        memmem(session.screen.text + sent, session.screen.length - sent, LEAVES_SCREEN, strlen(LEAVES_SCREEN)));
    type(&session, "q");
    session_end(&session, true);
}

/* Nothing reads the terminal (^S in the emulator, a dead link): keys still answer, and the way out is still the way out. */
Test(term_pty, a_terminal_that_takes_nothing)
{
    struct session session;
    char stuck[] = "jL";
    start(&session);
    for (int i = 0; i < 300; i++) {
        type(&session, stuck);
        struct pollfd fd = {.fd = session.report, .events = POLLIN};
        for (int keys = 0; keys < 2; keys++) { /* the master is not read, the reports are */
            size_t wanted = session.reports_at;
            while (!strchr(session.reports.text + wanted, '\n')) {
                cr_assert_gt(poll(&fd, 1, WAIT_MS), 0, "key %d was not answered", i);
                cr_assert(session_read(session.report, &session.reports));
            }
            session.reports_at = (size_t)(strchr(session.reports.text + wanted, '\n') - session.reports.text) + 1;
        }
    }
    type(&session, "q");
    int status;
    cr_assert_eq(waitpid(session.pid, &status, 0), session.pid);
    session.pid = fork(); /* for session_end() */
    if (session.pid == 0)
        _exit(0);
    session_end(&session, true);
    cr_assert_eq(status, 0);
}

/* Once it takes bytes again, the newest frame arrives. */
Test(term_pty, a_slow_terminal_catches_up)
{
    struct session session;
    start(&session);
    for (int i = 0; i < 100; i++)
        type(&session, "jL");
    type(&session, "c"); /* only the last frame shows the cursor */
    expect_screen(&session, "\033[?25h");
    type(&session, "q");
    session_end(&session, true);
}

/* ---- Refusals ---- */

static int run_dumb(void)
{
    setenv("TERM", "dumb", 1);
    return app_run(&plain_options);
}

static int run_unknown(void)
{
    setenv("TERM", "no-such-terminal", 1);
    return app_run(&plain_options);
}

static int run_piped(void)
{
    dup2(app.report, 1);
    return app_run(&plain_options);
}

static void check_refusal(session_fn *run, const char *text)
{
    struct session session;
    session_open(&session, run, 80, 24);
    expect_report(&session, text);
    cr_assert_eq(session_end(&session, false), STATUS_USAGE << 8);
}

Test(term_pty, a_dumb_terminal_is_refused)
{
    check_refusal(run_dumb, "failed a terminal of the kind \"dumb\"");
}

Test(term_pty, an_unknown_terminal_is_refused)
{
    check_refusal(run_unknown, "failed a terminal of the kind \"no-such-terminal\"");
}

Test(term_pty, no_terminal_is_refused)
{
    check_refusal(run_piped, "standard output is none");
}

/* ---- Keys ---- */

Test(term_pty, keys_of_the_line_discipline_arrive)
{
    struct session session;
    start(&session);
    type(&session, "\x03\x13\x11\x1c\x16\x0f\r");
    expect_report(&session, "key ctrl-c\nkey ctrl-s\nkey ctrl-q\nkey ctrl-\\\nkey ctrl-v\nkey ctrl-o\nkey enter\n");
    type(&session, "q");
    session_end(&session, true);
}

Test(term_pty, input_in_pieces)
{
    struct session session;
    start(&session);
    type(&session, "\033OA");
    expect_report(&session, "key up\n");
    type(&session, "\xc3");
    type(&session, "\xa9");
    expect_report(&session, "key é\n");
    type(&session, "\033");
    expect_report(&session, "key escape\n");
    type(&session, "\033[200~two\rlines");
    type(&session, "\033[20");
    type(&session, "1~x");
    expect_report(&session, "paste two\nlines\nkey x\n");
    type(&session, "\033[<0;10;5M");
    expect_report(&session, "mouse 0 4,9\n");
    type(&session, "q");
    session_end(&session, true);
}

static int run_without_mouse(void)
{
    struct term_options options = {.mouse = false};
    return app_run(&options);
}

Test(term_pty, no_mouse)
{
    struct session session;
    session_open(&session, run_without_mouse, 80, 24);
    expect_screen(&session, "row 23 of");
    type(&session, "q");
    expect_screen(&session, LEAVES_SCREEN);
    cr_assert_null(memmem(session.screen.text, session.screen.length, "?1000", 5));
    cr_assert_eq(session_end(&session, false), 0);
}

/* ---- Output ---- */

Test(term_pty, unchanged_is_silent)
{
    struct session session;
    start(&session);
    cr_assert_eq(bytes_for(&session, "xxxx"), 0);
    cr_assert_leq(bytes_for(&session, "j"), 70);
    size_t whole = bytes_for(&session, "L");
    cr_assert(whole > 400 && whole < 1000, "%zu", whole);
    type(&session, "q");
    session_end(&session, true);
}

Test(term_pty, the_cursor)
{
    struct session session;
    start(&session);
    type(&session, "c");
    expect_screen(&session, "\033[?25h");
    cr_assert_eq(bytes_for(&session, "xx"), 0);
    type(&session, "c");
    expect_screen(&session, "\033[?25l");
    type(&session, "q");
    session_end(&session, true);
}

Test(term_pty, the_clipboard)
{
    struct session session;
    start(&session);
    type(&session, "y");
    expect_screen(&session, "\033]52;c;Wm/Dqw==\a");
    type(&session, "q");
    session_end(&session, true);
}

/* ---- Size ---- */

static void resize(struct session *session, int cols, int rows)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    cr_assert_eq(ioctl(session->master, TIOCSWINSZ, &size), 0); /* sends SIGWINCH */
}

Test(term_pty, resizes)
{
    static const int sizes[][2] = {{120, 36}, {1, 1}, {500, 200}, {60, 24}, {2, 100}, {100, 2}, {80, 24}};
    struct session session;
    start(&session);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char wanted[32];
        resize(&session, sizes[i][0], sizes[i][1]);
        snprintf(wanted, sizeof wanted, "resize %dx%d\n", sizes[i][0], sizes[i][1]);
        expect_report(&session, wanted);
    }
    expect_screen(&session, "row 23 of");
    type(&session, "q");
    session_end(&session, true);
}

Test(term_pty, a_storm_of_resizes)
{
    struct session session;
    start(&session);
    for (int i = 0; i < 500; i++)
        resize(&session, 1 + i * 7 % 200, 1 + i * 3 % 60);
    resize(&session, 81, 25);
    expect_report(&session, "resize 81x25\n");
    int seen = 0;
    for (const char *at = session.reports.text; (at = strstr(at, "resize")); at++)
        seen++;
    cr_assert_leq(seen, 501);
    type(&session, "q");
    session_end(&session, true);
}

static int run_storm_in_one_turn(void)
{
    setenv("LINES", "7", 1);
    setenv("COLUMNS", "7", 1);
    app.loop = loop_new();
    struct error error = {0};
    if (term_start(app.loop, &plain_options, app_input, NULL, &error) != STATUS_OK)
        return 1;
    report("size %dx%d %s\n", term_cols(), term_rows(), getenv("LINES") ? "LINES stays" : "");
    for (int i = 0; i < 100; i++)
        kill(getpid(), SIGWINCH);
    loop_turn(app.loop, 0);
    loop_turn(app.loop, 0);
    report("done\n");
    term_stop();
    loop_free(app.loop);
    return 0;
}

Test(term_pty, a_storm_makes_one_resize_a_turn)
{
    struct session session;
    session_open(&session, run_storm_in_one_turn, 80, 24);
    expect_report(&session, "size 80x24 \nresize 80x24\ndone\n"); /* and not what LINES said */
    cr_assert_eq(session_end(&session, false), 0);
}

/* ---- Suspending ---- */

Test(term_pty, given_to_an_editor_and_taken_back)
{
    struct session session;
    start(&session);
    type(&session, "E");
    expect_report(&session, "left\nkey E\n");
    expect_screen(&session, LEAVES_SCREEN "\033[23;0;0t\033[?1049h"); /* and nothing between */
    expect_screen(&session, "row 23 of");
    type(&session, "q");
    session_end(&session, true);
}

/* A shell with job control: runs the program in a process group of its own, sees it stop, and continues it. */
static int run_shell(void)
{
    int status;
    signal(SIGTTOU, SIG_IGN);
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setpgid(0, 0);
        tcsetpgrp(0, getpid());
        signal(SIGTTOU, SIG_DFL);
        _exit(app_run(&plain_options));
    }
    setpgid(pid, pid);
    while (waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status)) {
        struct termios line;
        tcgetattr(0, &line);
        report("stopped %d %s\n", WSTOPSIG(status) == SIGTSTP ? 1 : 0, line.c_lflag & ICANON ? "cooked" : "raw");
        tcsetpgrp(0, getpgrp());
        char go;
        if (read(0, &go, 1) != 1)
            return 1;
        tcsetpgrp(0, pid);
        kill(-pid, SIGCONT);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

Test(term_pty, suspended_and_continued)
{
    struct session session;
    skip_under_valgrind();
    session_open(&session, run_shell, 80, 24);
    expect_screen(&session, "row 23 of");
    for (int i = 0; i < 2; i++) {
        type(&session, "\x1a");
        expect_report(&session, "stopped 1 cooked\n");
        expect_screen(&session, LEAVES_SCREEN);
        if (i == 1)
            resize(&session, 90, 30); /* while it sleeps */
        type(&session, "\n");
        if (i == 1)
            expect_report(&session, "resize 90x30\n");
        expect_screen(&session, "\033[?1049h");
        expect_screen(&session, i == 1 ? "row 29 of" : "row 23 of");
        expect_report(&session, "key ctrl-z\n");
    }
    cr_assert_not(line_restored(&session));
    type(&session, "q");
    cr_assert_eq(session_end(&session, true), 0);
}

/* SIGTSTP from outside takes the same way; the key after it still arrives. */
static int run_stopping_shell(void)
{
    int status;
    signal(SIGTTOU, SIG_IGN);
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setpgid(0, 0);
        tcsetpgrp(0, getpid());
        signal(SIGTTOU, SIG_DFL);
        _exit(app_run(&plain_options));
    }
    setpgid(pid, pid);
    report("pid %d\n", (int)pid);
    while (waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status)) {
        report("stopped\n");
        kill(-pid, SIGCONT);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

static void check_stop(int signal_number)
{
    struct session session;
    session_open(&session, run_stopping_shell, 80, 24);
    expect_report(&session, "pid ");
    pid_t pid = (pid_t)strtol(session.reports.text + session.reports_at, NULL, 10);
    expect_screen(&session, "row 23 of");
    kill(pid, signal_number);
    expect_report(&session, "stopped\n");
    expect_screen(&session, "\033[?1049h"); /* everything again */
    expect_screen(&session, "row 23 of");
    type(&session, "q");
    cr_assert_eq(session_end(&session, true), 0);
}

Test(term_pty, stopped_from_outside)
{
    skip_under_valgrind();
    check_stop(SIGTSTP);
}

Test(term_pty, stopped_without_a_chance_to_prepare)
{
    check_stop(SIGSTOP);
}

/* Where nobody could continue it, ^Z does not stop it. */
Test(term_pty, an_orphan_is_not_stopped)
{
    struct session session;
    start(&session);
    type(&session, "\x1a");
    expect_report(&session, "key ctrl-z\n");
    type(&session, "q");
    cr_assert_eq(session_end(&session, true), 0);
}
