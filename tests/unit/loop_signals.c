/* Signals, children, crashes, and what programs that we start get of it. */
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "centurion/base/str.h"
#include "loop_support.h"

static struct loop *loop;
static struct str story;

static void setup(void)
{
    loop = loop_new();
}

static void teardown(void)
{
    loop_free(loop);
    str_fini(&story);
}

TestSuite(loop_signals, .init = setup, .fini = teardown);

static void tell_signal(void *word, int number)
{
    str_addf(&story, "%s%d ", (char *)word, number == SIGUSR1 ? 1 : number == SIGUSR2 ? 2 : number);
}

static void check_story(const char *expected)
{
    cr_assert_str_eq(str_text(&story), expected);
    str_clear(&story);
}

static bool is_default(int number)
{
    struct sigaction action;
    sigaction(number, NULL, &action);
    return action.sa_handler == SIG_DFL;
}

Test(loop_signals, are_told_in_loop_context)
{
    loop_on_signal(loop, SIGUSR1, tell_signal, "a");
    loop_on_signal(loop, SIGUSR2, tell_signal, "b");
    raise(SIGUSR2);
    raise(SIGUSR1);
    raise(SIGUSR1);
    check_story("");
    loop_turn(loop, -1);
    check_story("a1 b2 ");
    loop_turn(loop, 0);
    check_story("");
    cr_assert_eq(support_last_ready(), 0, "it can sleep again");
    raise(SIGUSR1);
    loop_turn(loop, -1);
    check_story("a1 ");
}

Test(loop_signals, can_change_hands)
{
    loop_on_signal(loop, SIGUSR1, tell_signal, "old");
    raise(SIGUSR1);
    loop_on_signal(loop, SIGUSR1, tell_signal, "new");
    loop_turn(loop, -1);
    check_story("new1 ");
}

Test(loop_signals, are_given_back)
{
    signal(SIGUSR1, SIG_DFL);
    signal(SIGUSR2, SIG_IGN);
    loop_on_signal(loop, SIGUSR1, tell_signal, "a");
    loop_on_signal(loop, SIGUSR2, tell_signal, "b");
    raise(SIGUSR1);
    raise(SIGUSR2);
    loop_on_signal(loop, SIGUSR1, NULL, NULL);
    cr_assert(is_default(SIGUSR1));
    cr_assert_not(is_default(SIGUSR2));
    loop_on_signal(loop, SIGUSR2, NULL, NULL);
    raise(SIGUSR2);
    loop_turn(loop, 0);
    check_story(""); /* also what came before */
    loop_on_signal(loop, SIGUSR1, NULL, NULL);
    loop_on_signal(loop, SIGUSR1, tell_signal, "a");
    raise(SIGUSR1);
    loop_on_signal(loop, SIGUSR1, NULL, NULL);
    loop_on_signal(loop, SIGUSR1, tell_signal, "a");
    loop_turn(loop, 0);
    check_story("");
    loop_free(loop);
    cr_assert(is_default(SIGUSR1));
    loop = loop_new();
}

Test(loop_signals, reach_every_loop_that_wants_them)
{
    struct loop *other = loop_new();
    signal(SIGUSR1, SIG_DFL);
    loop_on_signal(loop, SIGUSR1, tell_signal, "a");
    loop_on_signal(other, SIGUSR1, tell_signal, "b");
    raise(SIGUSR1);
    loop_turn(other, -1);
    check_story("b1 ");
    loop_turn(loop, -1);
    check_story("a1 ");
    loop_on_signal(loop, SIGUSR1, NULL, NULL);
    cr_assert_not(is_default(SIGUSR1));
    raise(SIGUSR1);
    loop_turn(loop, 0);
    loop_turn(other, -1);
    check_story("b1 ");
    loop_free(other);
    cr_assert(is_default(SIGUSR1));
}

static void tell_again(void *arg)
{
    raise(SIGUSR1);
    (void)arg;
}

Test(loop_signals, that_come_within_a_turn_are_told_in_the_next)
{
    loop_on_signal(loop, SIGUSR1, tell_signal, "");
    loop_defer(loop, tell_again, NULL);
    loop_turn(loop, -1);
    check_story("");
    loop_turn(loop, -1);
    check_story("1 ");
}

/* A child sends the signal when it sees us sleep, so the sleep itself is interrupted. */
Test(loop_signals, wake_a_loop_that_sleeps)
{
    int parent = getpid(), pid = fork();
    if (pid == 0) {
        char path[64], state = 0;
        snprintf(path, sizeof path, "/proc/%d/stat", parent);
        while (state != 'S') {
            FILE *file = fopen(path, "re");
            if (!file || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
                _exit(1);
            fclose(file);
        }
        kill(parent, SIGUSR1);
        _exit(0);
    }
    loop_on_signal(loop, SIGUSR1, tell_signal, "woken");
    loop_turn(loop, -1);
    check_story("woken1 ");
    cr_assert_eq(waitpid(pid, NULL, 0), pid);
}

Test(loop_signals, a_broken_pipe_is_an_error_of_write)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    close(ends[0]);
    errno = 0;
    cr_assert_eq(write(ends[1], "x", 1), -1);
    cr_assert_eq(errno, EPIPE);
    close(ends[1]);
    signal(SIGPIPE, SIG_DFL);
    loop_free(loop_new());
    cr_assert(is_default(SIGPIPE));
}

/* ---- Children ---- */

static void tell_child(void *arg, int pid, int wait_status)
{
    const int *expected = arg;
    cr_assert_eq(pid, *expected);
    if (wait_status == -1)
        str_add(&story, "unknown ");
    else if (WIFEXITED(wait_status))
        str_addf(&story, "exit %d ", WEXITSTATUS(wait_status));
    else
        str_addf(&story, "signal %d ", WTERMSIG(wait_status));
}

/* Ends with `code` once the returned descriptor is closed; without `held`, it has ended already. */
static int start_child(int code, int *held)
{
    int ends[2], pid;
    char byte;
    cr_assert_eq(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        close(ends[1]);
        while (held && read(ends[0], &byte, 1) > 0)
            ;
        _exit(code);
    }
    close(ends[0]);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    if (held) {
        *held = ends[1];
        return pid;
    }
    siginfo_t info;
    close(ends[1]);
    cr_assert_eq(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
    return pid;
}

Test(loop_signals, children_that_end_are_told)
{
    int held, pid = start_child(3, &held);
    loop_on_child(loop, pid, tell_child, &pid);
    loop_turn(loop, 0);
    check_story("");
    close(held);
    while (!story.length)
        loop_turn(loop, -1);
    check_story("exit 3 ");
    cr_assert_eq(waitpid(pid, NULL, 0), -1, "nothing is left of it");
}

Test(loop_signals, children_that_had_ended_before_are_told)
{
    int pid = start_child(4, NULL);
    loop_on_child(loop, pid, tell_child, &pid);
    loop_turn(loop, -1);
    check_story("exit 4 ");
    loop_turn(loop, 0);
    check_story("");
}

Test(loop_signals, children_that_are_killed_are_told)
{
    int held, pid = start_child(0, &held);
    loop_on_child(loop, pid, tell_child, &pid);
    kill(pid, SIGKILL);
    while (!story.length)
        loop_turn(loop, -1);
    check_story("signal 9 ");
    close(held);
}

Test(loop_signals, children_of_others_are_not_waited_for)
{
    int parent = getppid();
    loop_on_child(loop, parent, tell_child, &parent);
    loop_turn(loop, -1);
    check_story("unknown ");
}

Test(loop_signals, several_children_end_in_one_turn)
{
    int pids[5];
    for (int i = 0; i < 5; i++) {
        pids[i] = start_child(i, NULL);
        loop_on_child(loop, pids[i], tell_child, &pids[i]);
    }
    loop_turn(loop, -1);
    check_story("exit 0 exit 1 exit 2 exit 3 exit 4 ");
}

static struct {
    int pid;
    loop_id id;
} next_child;

static void exchange_children(void *arg, int pid, int wait_status)
{
    tell_child(arg, pid, wait_status);
    loop_cancel(loop, next_child.id);
    next_child.pid = start_child(7, NULL);
    loop_on_child(loop, next_child.pid, tell_child, &next_child.pid);
}

Test(loop_signals, the_interest_in_a_child_can_end)
{
    int pid = start_child(1, NULL), ended = start_child(2, NULL);
    loop_on_child(loop, pid, exchange_children, &pid);
    next_child.id = loop_on_child(loop, ended, tell_child, &ended);
    loop_turn(loop, -1);
    loop_turn(loop, 0);
    check_story("exit 1 exit 7 ");
    cr_assert_eq(waitpid(ended, NULL, 0), ended, "it is the caller's again");
}

static void forget_child(void *arg, int pid, int wait_status)
{
    tell_child(arg, pid, wait_status);
    loop_cancel(loop, next_child.id);
}

Test(loop_signals, ending_the_interest_in_one_child_loses_no_other)
{
    int held, running = start_child(0, &held), first = start_child(1, NULL), second = start_child(2, NULL);
    next_child.id = loop_on_child(loop, running, tell_child, &running);
    loop_on_child(loop, first, forget_child, &first);
    loop_on_child(loop, second, tell_child, &second);
    loop_turn(loop, -1);
    check_story("exit 1 exit 2 ");
    close(held);
    cr_assert_eq(waitpid(running, NULL, 0), running);
}

Test(loop_signals, a_handler_of_its_own_does_not_keep_children_from_being_told)
{
    int held, pid = start_child(5, &held);
    loop_on_signal(loop, SIGCHLD, tell_signal, "chld");
    loop_on_child(loop, pid, tell_child, &pid);
    loop_turn(loop, 0);
    str_clear(&story);
    close(held);
    while (!story.length)
        loop_turn(loop, -1);
    char expected[32];
    snprintf(expected, sizeof expected, "exit 5 chld%d ", SIGCHLD);
    check_story(expected);
    pid = start_child(6, &held);
    loop_on_child(loop, pid, tell_child, &pid);
    loop_turn(loop, 0);
    str_clear(&story);
    loop_on_signal(loop, SIGCHLD, NULL, NULL);
    close(held);
    while (!story.length)
        loop_turn(loop, -1);
    check_story("exit 6 ");
}

/* ---- What a program that we start gets ---- */

struct signal_state {
    unsigned long long blocked, ignored; /* a bit a signal */
};

static struct signal_state state_of_program(void)
{
    struct signal_state state = {~0ULL, ~0ULL};
    char line[256];
    int ends[2], status;
    cr_assert_eq(pipe(ends), 0);
    int pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/cat", "cat", "/proc/self/status", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    FILE *lines = fdopen(ends[0], "r");
    while (fgets(line, sizeof line, lines)) {
        if (strncmp(line, "SigBlk:", 7) == 0)
            state.blocked = strtoull(line + 7, NULL, 16);
        if (strncmp(line, "SigIgn:", 7) == 0)
            state.ignored = strtoull(line + 7, NULL, 16);
    }
    fclose(lines);
    cr_assert_eq(waitpid(pid, &status, 0), pid);
    cr_assert_eq(status, 0);
    return state;
}

Test(loop_signals, programs_begin_with_signals_as_usual)
{
    static const int numbers[] = {SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH, SIGUSR1, SIGCHLD};
    signal(SIGPIPE, SIG_DFL);
    loop_free(loop);
    struct signal_state before = state_of_program();
    loop = loop_new();
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        loop_on_signal(loop, numbers[i], tell_signal, "");
    struct signal_state now = state_of_program();
    cr_assert_eq(now.blocked, before.blocked);
    cr_assert_eq(now.ignored & ~before.ignored, 0);
    cr_assert_eq(now.ignored >> (SIGPIPE - 1) & 1, 0);
}

/* ---- Crashes ---- */

static int report_fd;

static void report(void)
{
    if (write(report_fd, "restored", 8) != 8)
        _exit(99);
}

static void crash(int number)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    signal(number, SIG_DFL);
    loop_on_crash(report);
    if (number == SIGABRT)
        abort();
    raise(number);
}

static int fill_stack(int frames)
{
    volatile char frame[4096];
    frame[0] = (char)frames;
    return frames ? fill_stack(frames - 1) + frame[0] : 0;
}

static const char *crash_report(void (*fn)(int), int number, int *status)
{
    static char said[64];
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    int pid = fork();
    if (pid == 0) {
        report_fd = ends[1];
        fn(number);
        _exit(0);
    }
    close(ends[1]);
    ssize_t length = read(ends[0], said, sizeof said - 1);
    said[length > 0 ? length : 0] = '\0';
    close(ends[0]);
    cr_assert_eq(waitpid(pid, status, 0), pid);
    return said;
}

Test(loop_signals, crashes_run_the_hook_and_end_the_program_by_their_signal)
{
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        int status;
        cr_assert_str_eq(crash_report(crash, numbers[i], &status), "restored");
        cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == numbers[i], "signal %d: %x", numbers[i], (unsigned)status);
    }
}

static void crash_by_overflow(int number)
{
    struct rlimit none = {0, 0}, small = {256 * 1024, 256 * 1024};
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_STACK, &small);
    signal(number, SIG_DFL);
    loop_on_crash(report);
    fill_stack(100000);
}

Test(loop_signals, an_overflown_stack_is_a_crash_as_well)
{
    int status;
    cr_assert_str_eq(crash_report(crash_by_overflow, SIGSEGV, &status), "restored");
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

static void crash_without_hook(int number)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    signal(number, SIG_DFL);
    loop_on_crash(report);
    loop_on_crash(report);
    loop_on_crash(NULL);
    raise(number);
}

Test(loop_signals, crashes_are_given_back)
{
    int status;
    cr_assert_str_eq(crash_report(crash_without_hook, SIGSEGV, &status), "");
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}
