#include "centurion/loop/loop.h"

#include <assert.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "centurion/base/mem.h"
#include "loop_private.h"

void *loop_grow(void *array, int count, int *room, size_t size)
{
    if (count < *room)
        return array;
    *room = *room ? *room * 2 : 8;
    return mem_resize(array, (size_t)*room, size);
}

int64_t loop_clock(const struct loop *loop)
{
    struct timespec now;
    if (loop->pinned >= 0)
        return loop->pinned;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct loop *loop_new(void)
{
    struct loop *loop = mem_alloc(sizeof *loop);
    loop->pinned = -1;
    loop->now = loop_clock(loop);
    loop_open_signals(loop);
    return loop;
}

void loop_free(struct loop *loop)
{
    if (!loop)
        return;
    assert(!loop->turning);
    loop_close_signals(loop);
    free(loop->watches);
    free(loop->polls);
    free(loop->timers);
    free(loop->calls);
    free(loop->children);
    free(loop);
}

int64_t loop_now(const struct loop *loop)
{
    return loop->now;
}

void loop_pin(struct loop *loop, int64_t now)
{
    loop->pinned = now;
    loop->now = loop_clock(loop);
}

void loop_cancel(struct loop *loop, loop_id id)
{
    if (id && !loop_cancel_watch(loop, id) && !loop_cancel_timer(loop, id) && !loop_cancel_call(loop, id))
        loop_cancel_child(loop, id);
}

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

/* For poll(2): the caller's, unless something is due before. */
static int wait_time(const struct loop *loop, int timeout_ms)
{
    if (loop->call_count || (loop->dirty && loop->frame))
        return 0;
    if (!loop->timer_count)
        return timeout_ms;
    int64_t wait = loop->timers[0].due - loop_clock(loop);
    if (wait <= 0)
        return 0;
    if (loop->pinned >= 0) /* it will not become due by waiting */
        return timeout_ms;
    if (timeout_ms >= 0 && timeout_ms < wait)
        return timeout_ms;
    return wait < INT_MAX ? (int)wait : INT_MAX;
}

bool loop_turn(struct loop *loop, int timeout_ms)
{
    if (loop->stopped)
        return false;
    assert(!loop->turning);
    loop->turning = true;
    int count = loop_fill_polls(loop);
    int ready = poll(loop->polls, (nfds_t)count + 1, wait_time(loop, timeout_ms));
    loop->now = loop_clock(loop);
    if (ready < 0 || loop->polls[0].revents) /* below 0: a signal came */
        loop_dispatch_signals(loop);
    if (ready > 0)
        loop_dispatch_watches(loop, count);
    loop_dispatch_timers(loop);
    loop_dispatch_calls(loop);
    if (loop->dirty && loop->frame && !loop->stopped) {
        loop->dirty = false;
        loop->frame(loop->frame_arg);
    }
    loop->turning = false;
    return !loop->stopped;
}

int loop_run(struct loop *loop)
{
    while (loop_turn(loop, -1))
        ;
    return loop->code;
}
