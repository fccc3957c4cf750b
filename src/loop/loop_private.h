/* What the parts of the loop share. A callback may call anything but loop_turn(), loop_run() and loop_free(), so every
 * dispatch reads its list anew after each call, and what a callback adds waits until its list comes round again. */
#ifndef CENTURION_SRC_LOOP_PRIVATE_H
#define CENTURION_SRC_LOOP_PRIVATE_H

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "centurion/loop/loop.h"

enum { LOOP_SIGNALS = 65 };

struct loop_watch {
    loop_id id; /* 0: ended, swept before the next poll */
    int fd;
    unsigned events;
    loop_fd_fn *fn;
    void *arg;
};

struct loop_timer {
    loop_id id;
    int64_t due;
    loop_fn *fn;
    void *arg;
};

struct loop_call {
    loop_id id; /* 0: ended */
    loop_fn *fn;
    void *arg;
};

struct loop_child {
    loop_id id;
    int pid;
    loop_child_fn *fn;
    void *arg;
};

struct loop {
    loop_id last_id;
    int64_t now, pinned; /* pinned: -1 unless a test holds the time */
    bool turning, dirty, stopped;
    int code;
    loop_fn *frame;
    void *frame_arg;

    struct loop_watch *watches;
    struct pollfd *polls; /* wake_fd, then one for each watch */
    int watch_count, watch_room, poll_room;

    struct loop_timer *timers; /* a heap: the first is due first */
    int timer_count, timer_room;

    struct loop_call *calls; /* deferred, in order */
    int call_count, call_room;

    struct loop_child *children;
    int child_count, child_room;
    bool reaps; /* SIGCHLD is ours whether or not a callback wants it */

    /* A signal's handler marks it here and writes to wake_fd, an eventfd, which ends the poll. */
    int wake_fd;
    volatile sig_atomic_t wanted[LOOP_SIGNALS], arrived[LOOP_SIGNALS];
    struct {
        loop_signal_fn *fn;
        void *arg;
    } on_signal[LOOP_SIGNALS];
    struct loop *next; /* of all loops; for the handler */
};

/* Room for one more of `size` bytes in an array of count; returns the array, which may have moved. */
void *loop_grow(void *array, int count, int *room, size_t size);

int64_t loop_clock(const struct loop *loop); /* now, or the pinned time */

/* Each gives true when it ended what has this id. */
bool loop_cancel_watch(struct loop *loop, loop_id id);
bool loop_cancel_timer(struct loop *loop, loop_id id);
bool loop_cancel_call(struct loop *loop, loop_id id);
bool loop_cancel_child(struct loop *loop, loop_id id);

int loop_fill_polls(struct loop *loop); /* sweeps; returns how many watches polls now holds, from polls[1] on */
void loop_dispatch_watches(struct loop *loop, int count);
void loop_dispatch_timers(struct loop *loop);
void loop_dispatch_calls(struct loop *loop);

void loop_open_signals(struct loop *loop);
void loop_close_signals(struct loop *loop);
void loop_dispatch_signals(struct loop *loop);

#endif
