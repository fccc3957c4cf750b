/* The terminal is given back as it was found: on every way out, when it is refused, and while the program is stopped. */
#include <criterion/criterion.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "term_session.h"

TestSuite(term_ways_out, .timeout = 60);

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

Test(term_ways_out, the_ordinary_way_out)
{
    check_way_out("q", 0);
}

Test(term_ways_out, exit_in_the_middle)
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

Test(term_ways_out, a_crash)
{
    skip_under_valgrind();
    check_way_out("S", SIGSEGV);
}

Test(term_ways_out, an_abort)
{
    skip_under_valgrind();
    check_way_out("A", SIGABRT);
}

Test(term_ways_out, a_hang_up)
{
    struct session session;
    start(&session);
    kill(session.pid, SIGHUP);
    cr_assert_eq(session_end(&session, true), 5 << 8);
}

/* The other side of the terminal goes away without a word. */
Test(term_ways_out, the_end_of_input)
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

Test(term_ways_out, a_child_leaves_the_terminal_alone)
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
Test(term_ways_out, a_terminal_that_takes_nothing)
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
Test(term_ways_out, a_slow_terminal_catches_up)
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

Test(term_ways_out, a_dumb_terminal_is_refused)
{
    check_refusal(run_dumb, "failed a terminal of the kind \"dumb\"");
}

Test(term_ways_out, an_unknown_terminal_is_refused)
{
    check_refusal(run_unknown, "failed a terminal of the kind \"no-such-terminal\"");
}

Test(term_ways_out, no_terminal_is_refused)
{
    check_refusal(run_piped, "standard output is none");
}

/* ---- Suspending ---- */

Test(term_ways_out, given_to_an_editor_and_taken_back)
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

/* A shell with job control: runs the program in a process group of its own, sees it stop, and continues it: at once, or when
 * something is typed to it. */
static int shell(bool waits)
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
        struct termios line;
        char typed;
        tcgetattr(0, &line);
        report("stopped %s\n", line.c_lflag & ICANON ? "cooked" : "raw");
        tcsetpgrp(0, getpgrp());
        if (waits && read(0, &typed, 1) != 1)
            return 1;
        tcsetpgrp(0, pid);
        kill(-pid, SIGCONT);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

static int run_waiting_shell(void)
{
    return shell(true);
}

static int run_hasty_shell(void)
{
    return shell(false);
}

Test(term_ways_out, suspended_and_continued)
{
    struct session session;
    skip_under_valgrind();
    session_open(&session, run_waiting_shell, 80, 24);
    expect_screen(&session, "row 23 of");
    for (int i = 0; i < 2; i++) {
        type(&session, "\x1a");
        expect_report(&session, "stopped cooked\n");
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

/* A stop from outside is seen, and everything painted again after it. */
static void check_stop(int signal_number)
{
    struct session session;
    session_open(&session, run_hasty_shell, 80, 24);
    expect_report(&session, "pid ");
    pid_t pid = (pid_t)strtol(session.reports.text + session.reports_at, NULL, 10);
    expect_screen(&session, "row 23 of");
    kill(pid, signal_number);
    expect_report(&session, "stopped ");
    expect_screen(&session, "\033[?1049h"); /* everything again */
    expect_screen(&session, "row 23 of");
    type(&session, "q");
    cr_assert_eq(session_end(&session, true), 0);
}

Test(term_ways_out, stopped_from_outside)
{
    skip_under_valgrind();
    check_stop(SIGTSTP);
}

Test(term_ways_out, stopped_without_a_chance_to_prepare)
{
    check_stop(SIGSTOP);
}

/* Where nobody could continue it, ^Z does not stop it. */
Test(term_ways_out, an_orphan_is_not_stopped)
{
    struct session session;
    start(&session);
    type(&session, "\x1a");
    expect_report(&session, "key ctrl-z\n");
    type(&session, "q");
    cr_assert_eq(session_end(&session, true), 0);
}
