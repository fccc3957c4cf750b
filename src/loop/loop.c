#include "centurion/loop/loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "centurion/base/mem.h"

enum { SIGNALS = 65 };

struct watch {
    loop_id id; /* 0: ended; swept between turns */
    int fd;
    unsigned events;
    loop_fd_fn *fn;
    void *arg;
};

/* Deferred calls are timers that are due at once. */
struct timer {
    loop_id id;
    int64_t due;
    loop_fn *fn;
    void *arg;
};

struct child {
    int pid;
    loop_child_fn *fn;
    void *arg;
};

struct loop {
    loop_id last_id;
    int64_t now;

    struct watch *watches;
    int watch_count, watch_room;
    struct pollfd *polls;

    struct timer *timers; /* by due time, then by id: few at a time, so a sorted array */
    int timer_count, timer_room;

    struct child *children;
    int child_count, child_room;

    int signal_fd;
    sigset_t signals, signals_before;
    struct {
        loop_signal_fn *fn;
        void *arg;
        struct sigaction before;
    } on_signal[SIGNALS];

    loop_fn *frame;
    void *frame_arg;
    bool dirty, stopped;
    int code;
    struct sigaction pipe_before;
};

static void read_clock(struct loop *loop)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    loop->now = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void *grow(void *array, int count, int *room, size_t size)
{
    if (count < *room)
        return array;
    *room = *room ? *room * 2 : 8;
    return mem_resize(array, (size_t)*room, size);
}

struct loop *loop_new(void)
{
    struct loop *loop = mem_alloc(sizeof *loop);
    loop->signal_fd = -1;
    sigemptyset(&loop->signals);
    sigprocmask(SIG_SETMASK, NULL, &loop->signals_before);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, &loop->pipe_before); /* a broken pipe is an error of write(2), not the end */
    read_clock(loop);
    return loop;
}

void loop_free(struct loop *loop)
{
    if (!loop)
        return;
    if (loop->signal_fd >= 0)
        close(loop->signal_fd);
    for (int i = 1; i < SIGNALS; i++)
        if (loop->on_signal[i].fn)
            sigaction(i, &loop->on_signal[i].before, NULL);
    sigprocmask(SIG_SETMASK, &loop->signals_before, NULL);
    sigaction(SIGPIPE, &loop->pipe_before, NULL);
    free(loop->watches);
    free(loop->polls);
    free(loop->timers);
    free(loop->children);
    free(loop);
}

int64_t loop_now(const struct loop *loop)
{
    return loop->now;
}

/* ---- Descriptors ---- */

loop_id loop_watch(struct loop *loop, int fd, unsigned events, loop_fd_fn *fn, void *arg)
{
    int before = loop->watch_room;
    loop->watches = grow(loop->watches, loop->watch_count, &loop->watch_room, sizeof *loop->watches);
    if (loop->watch_room != before)
        loop->polls = mem_resize(loop->polls, (size_t)loop->watch_room, sizeof *loop->polls);
    loop->watches[loop->watch_count++] = (struct watch){++loop->last_id, fd, events, fn, arg};
    return loop->last_id;
}

void loop_rewatch(struct loop *loop, loop_id id, unsigned events)
{
    for (int i = 0; id && i < loop->watch_count; i++)
        if (loop->watches[i].id == id)
            loop->watches[i].events = events;
}

static void sweep_watches(struct loop *loop)
{
    int kept = 0;
    for (int i = 0; i < loop->watch_count; i++)
        if (loop->watches[i].id)
            loop->watches[kept++] = loop->watches[i];
    loop->watch_count = kept;
}

static void dispatch_watches(struct loop *loop, int count)
{
    for (int i = 0; i < count; i++) {
        short got = loop->polls[i].revents;
        struct watch watch = loop->watches[i]; /* fn may add watches, which moves the array */
        if (!got || !watch.id)
            continue;
        unsigned events = 0;
        if (got & POLLIN)
            events |= LOOP_READ;
        if (got & POLLOUT)
            events |= LOOP_WRITE;
        if (got & (POLLHUP | POLLERR | POLLNVAL))
            events |= LOOP_HANGUP;
        watch.fn(watch.arg, watch.fd, events);
    }
}

/* ---- Timers ---- */

static loop_id add_timer(struct loop *loop, int64_t due, loop_fn *fn, void *arg)
{
    loop->timers = grow(loop->timers, loop->timer_count, &loop->timer_room, sizeof *loop->timers);
    int at = loop->timer_count++;
    while (at > 0 && loop->timers[at - 1].due > due) {
        loop->timers[at] = loop->timers[at - 1];
        at--;
    }
    loop->timers[at] = (struct timer){++loop->last_id, due, fn, arg};
    return loop->last_id;
}

loop_id loop_after(struct loop *loop, int milliseconds, loop_fn *fn, void *arg)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now); /* the turn may have been long: count from here */
    int64_t from = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    return add_timer(loop, from + (milliseconds > 0 ? milliseconds : 0), fn, arg);
}

loop_id loop_defer(struct loop *loop, loop_fn *fn, void *arg)
{
    return add_timer(loop, INT64_MIN, fn, arg);
}

static void remove_timer(struct loop *loop, int at)
{
    loop->timer_count--;
    for (; at < loop->timer_count; at++)
        loop->timers[at] = loop->timers[at + 1];
}

/* Those that are due now; what they add waits for the next turn, so that a call that defers itself does not hold the turn. */
static void dispatch_timers(struct loop *loop)
{
    loop_id last = loop->last_id;
    for (;;) {
        int at = 0;
        while (at < loop->timer_count && loop->timers[at].id > last)
            at++;
        if (at == loop->timer_count || loop->timers[at].due > loop->now)
            return;
        struct timer timer = loop->timers[at];
        remove_timer(loop, at);
        timer.fn(timer.arg);
    }
}

void loop_cancel(struct loop *loop, loop_id id)
{
    if (!id)
        return;
    for (int i = 0; i < loop->watch_count; i++)
        if (loop->watches[i].id == id)
            loop->watches[i].id = 0;
    for (int i = 0; i < loop->timer_count; i++)
        if (loop->timers[i].id == id) {
            remove_timer(loop, i);
            return;
        }
}

/* ---- Signals and children ---- */

static void on_signal_fd(void *arg, int fd, unsigned events)
{
    struct loop *loop = arg;
    struct signalfd_siginfo info;
    (void)events;
    while (read(fd, &info, sizeof info) == (ssize_t)sizeof info)
        if (info.ssi_signo < SIGNALS && loop->on_signal[info.ssi_signo].fn)
            loop->on_signal[info.ssi_signo].fn(loop->on_signal[info.ssi_signo].arg, (int)info.ssi_signo);
}

/* Never runs, the signal is blocked. But libraries that look for signals nobody handles, curses among them, see that this
 * one is taken. */
static void taken(int signal_number)
{
    (void)signal_number;
}

void loop_on_signal(struct loop *loop, int signal_number, loop_signal_fn *fn, void *arg)
{
    struct sigaction action = {.sa_handler = taken, .sa_flags = SA_RESTART};
    if (fn && !loop->on_signal[signal_number].fn)
        sigaction(signal_number, &action, &loop->on_signal[signal_number].before);
    else if (!fn && loop->on_signal[signal_number].fn)
        sigaction(signal_number, &loop->on_signal[signal_number].before, NULL);
    loop->on_signal[signal_number].fn = fn;
    loop->on_signal[signal_number].arg = arg;
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, signal_number);
    if (fn) {
        sigaddset(&loop->signals, signal_number);
        sigprocmask(SIG_BLOCK, &one, NULL);
    } else {
        sigdelset(&loop->signals, signal_number);
        if (!sigismember(&loop->signals_before, signal_number))
            sigprocmask(SIG_UNBLOCK, &one, NULL);
    }
    bool first = loop->signal_fd < 0;
    int fd = signalfd(loop->signal_fd, &loop->signals, SFD_NONBLOCK | SFD_CLOEXEC);
    if (fd >= 0 && first) {
        loop->signal_fd = fd;
        loop_watch(loop, fd, LOOP_READ, on_signal_fd, loop);
    }
}

static void reap(void *arg)
{
    struct loop *loop = arg;
    for (int i = 0; i < loop->child_count; i++) {
        struct child child = loop->children[i];
        int status;
        pid_t got = waitpid(child.pid, &status, WNOHANG);
        if (got == 0 || (got < 0 && errno == EINTR))
            continue;
        loop->children[i] = loop->children[--loop->child_count];
        child.fn(child.arg, child.pid, got < 0 ? -1 : status);
        i = -1; /* fn may have changed the list */
    }
}

static void on_child_signal(void *arg, int signal_number)
{
    (void)signal_number;
    reap(arg);
}

void loop_on_child(struct loop *loop, int pid, loop_child_fn *fn, void *arg)
{
    loop->children = grow(loop->children, loop->child_count, &loop->child_room, sizeof *loop->children);
    loop->children[loop->child_count++] = (struct child){pid, fn, arg};
    if (!loop->on_signal[SIGCHLD].fn)
        loop_on_signal(loop, SIGCHLD, on_child_signal, loop);
    loop_defer(loop, reap, loop); /* it may have ended already */
}

/* ---- Turns ---- */

void loop_on_frame(struct loop *loop, loop_fn *fn, void *arg)
{
    loop->frame = fn;
    loop->frame_arg = arg;
}

void loop_dirty(struct loop *loop)
{
    loop->dirty = true;
}

void loop_stop(struct loop *loop, int code)
{
    loop->stopped = true;
    loop->code = code;
}

static int wait_time(const struct loop *loop, int timeout_ms)
{
    if (loop->dirty && loop->frame)
        return 0;
    if (!loop->timer_count)
        return timeout_ms;
    int64_t due = loop->timers[0].due, wait = due <= loop->now ? 0 : due - loop->now;
    if (wait > 3600 * 1000)
        wait = 3600 * 1000;
    return timeout_ms >= 0 && timeout_ms < wait ? timeout_ms : (int)wait;
}

bool loop_turn(struct loop *loop, int timeout_ms)
{
    if (loop->stopped)
        return false;
    sweep_watches(loop);
    int count = loop->watch_count;
    for (int i = 0; i < count; i++) {
        unsigned events = loop->watches[i].events;
        loop->polls[i] = (struct pollfd){
            .fd = loop->watches[i].fd,
            .events = (short)((events & LOOP_READ ? POLLIN : 0) | (events & LOOP_WRITE ? POLLOUT : 0)),
        };
    }
    read_clock(loop);
    int ready = poll(loop->polls, (nfds_t)count, wait_time(loop, timeout_ms));
    read_clock(loop);
    if (ready > 0)
        dispatch_watches(loop, count);
    dispatch_timers(loop);
    if (loop->dirty && loop->frame && !loop->stopped) {
        loop->dirty = false;
        loop->frame(loop->frame_arg);
    }
    return !loop->stopped;
}

int loop_run(struct loop *loop)
{
    while (loop_turn(loop, -1))
        ;
    return loop->code;
}
