/* Signals and children. The handler only takes note: no signal is ever blocked and every disposition is a handler, so a
 * program that we start, by whatever means, begins with the signals as it expects them. */
#include "loop_private.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

static struct loop *loops;

/* Who wants a signal, and what it did before the first of them. */
static struct {
    int takers;
    struct sigaction before;
} taken[LOOP_SIGNALS];

static void on_any_signal(int number)
{
    int saved = errno;
    for (struct loop *loop = loops; loop; loop = loop->next)
        if (loop->wanted[number]) {
            loop->arrived[number] = 1;
            eventfd_write(loop->wake_fd, 1);
        }
    errno = saved;
}

/* No handler may run while what it reads changes. */
static void hold_signals(sigset_t *before)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, before);
}

static void release_signals(const sigset_t *before)
{
    sigprocmask(SIG_SETMASK, before, NULL);
}

static void take(int number)
{
    if (taken[number].takers++ > 0)
        return;
    struct sigaction action = {.sa_handler = on_any_signal, .sa_flags = SA_RESTART | SA_NOCLDSTOP};
    sigfillset(&action.sa_mask);
    sigaction(number, &action, &taken[number].before);
}

static void give_back(int number)
{
    if (--taken[number].takers == 0)
        sigaction(number, &taken[number].before, NULL);
}

static void want(struct loop *loop, int number, bool wanted)
{
    sigset_t before;
    if (wanted == (loop->wanted[number] != 0))
        return;
    hold_signals(&before);
    loop->wanted[number] = wanted;
    loop->arrived[number] = 0;
    if (wanted)
        take(number);
    else
        give_back(number);
    release_signals(&before);
}

void loop_open_signals(struct loop *loop)
{
    sigset_t before;
    loop->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (loop->wake_fd < 0) {
        fprintf(stderr, "centurion: cannot wait for signals: %s\n", strerror(errno));
        exit(EXIT_FAILURE);
    }
    hold_signals(&before);
    loop->next = loops;
    loops = loop;
    take(SIGPIPE); /* wanted by no one: a broken pipe is an error of write(2), not the end */
    release_signals(&before);
}

void loop_close_signals(struct loop *loop)
{
    sigset_t before;
    for (int number = 1; number < LOOP_SIGNALS; number++)
        want(loop, number, false);
    hold_signals(&before);
    give_back(SIGPIPE);
    struct loop **link = &loops;
    while (*link != loop)
        link = &(*link)->next;
    *link = loop->next;
    release_signals(&before);
    close(loop->wake_fd);
}

void loop_on_signal(struct loop *loop, int signal_number, loop_signal_fn *fn, void *arg)
{
    assert(signal_number > 0 && signal_number < LOOP_SIGNALS);
    loop->on_signal[signal_number].fn = fn;
    loop->on_signal[signal_number].arg = arg;
    want(loop, signal_number, fn || (signal_number == SIGCHLD && loop->reaps));
}

/* ---- Children ---- */

static void remove_child(struct loop *loop, int at)
{
    loop->child_count--;
    memmove(&loop->children[at], &loop->children[at + 1], (size_t)(loop->child_count - at) * sizeof *loop->children);
}

loop_id loop_on_child(struct loop *loop, int pid, loop_child_fn *fn, void *arg)
{
    loop->children = loop_grow(loop->children, loop->child_count, &loop->child_room, sizeof *loop->children);
    loop->children[loop->child_count++] = (struct loop_child){++loop->last_id, pid, fn, arg};
    loop->reaps = true;
    want(loop, SIGCHLD, true);
    /* It may have ended already. */
    loop->arrived[SIGCHLD] = 1;
    eventfd_write(loop->wake_fd, 1);
    return loop->last_id;
}

bool loop_cancel_child(struct loop *loop, loop_id id)
{
    for (int i = 0; i < loop->child_count; i++)
        if (loop->children[i].id == id) {
            remove_child(loop, i);
            return true;
        }
    return false;
}

static void reap(struct loop *loop)
{
    for (int i = 0; i < loop->child_count;) {
        struct loop_child child = loop->children[i];
        int status;
        pid_t ended = waitpid(child.pid, &status, WNOHANG);
        if (ended == 0) {
            i++;
            continue;
        }
        remove_child(loop, i);
        child.fn(child.arg, child.pid, ended < 0 ? -1 : status);
        i = 0; /* the list may be another */
    }
}

void loop_dispatch_signals(struct loop *loop)
{
    eventfd_t count;
    eventfd_read(loop->wake_fd, &count);
    for (int number = 1; number < LOOP_SIGNALS; number++) {
        if (!loop->arrived[number])
            continue;
        loop->arrived[number] = 0;
        if (number == SIGCHLD)
            reap(loop);
        if (loop->on_signal[number].fn)
            loop->on_signal[number].fn(loop->on_signal[number].arg, number);
    }
}
