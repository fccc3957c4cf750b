/* Timers in a heap, and calls deferred in a queue. */
#include "loop_private.h"

#include <string.h>

/* By time, and at the same time by age: what is added while timers run comes after all that are due. */
static bool before(const struct loop_timer *a, const struct loop_timer *b)
{
    return a->due != b->due ? a->due < b->due : a->id < b->id;
}

static void swap(struct loop_timer *a, struct loop_timer *b)
{
    struct loop_timer kept = *a;
    *a = *b;
    *b = kept;
}

static void rise(struct loop_timer *heap, int at)
{
    for (int above = (at - 1) / 2; at > 0 && before(&heap[at], &heap[above]); at = above, above = (at - 1) / 2)
        swap(&heap[at], &heap[above]);
}

static void sink(struct loop_timer *heap, int count, int at)
{
    for (int below = 2 * at + 1; below < count; at = below, below = 2 * at + 1) {
        if (below + 1 < count && before(&heap[below + 1], &heap[below]))
            below++;
        if (!before(&heap[below], &heap[at]))
            return;
        swap(&heap[below], &heap[at]);
    }
}

static void remove_at(struct loop *loop, int at)
{
    loop->timers[at] = loop->timers[--loop->timer_count];
    if (at < loop->timer_count) {
        rise(loop->timers, at);
        sink(loop->timers, loop->timer_count, at);
    }
}

loop_id loop_after(struct loop *loop, int milliseconds, loop_fn *fn, void *arg)
{
    loop->timers = loop_grow(loop->timers, loop->timer_count, &loop->timer_room, sizeof *loop->timers);
    /* From the moment of the call: the turn may have taken long. */
    int64_t due = loop_clock(loop) + (milliseconds > 0 ? milliseconds : 0);
    loop->timers[loop->timer_count] = (struct loop_timer){++loop->last_id, due, fn, arg};
    rise(loop->timers, loop->timer_count++);
    return loop->last_id;
}

bool loop_cancel_timer(struct loop *loop, loop_id id)
{
    for (int i = 0; i < loop->timer_count; i++)
        if (loop->timers[i].id == id) {
            remove_at(loop, i);
            return true;
        }
    return false;
}

void loop_dispatch_timers(struct loop *loop)
{
    loop_id last = loop->last_id;
    while (loop->timer_count && loop->timers[0].due <= loop->now && loop->timers[0].id <= last) {
        struct loop_timer timer = loop->timers[0];
        remove_at(loop, 0);
        timer.fn(timer.arg);
    }
}

loop_id loop_defer(struct loop *loop, loop_fn *fn, void *arg)
{
    loop->calls = loop_grow(loop->calls, loop->call_count, &loop->call_room, sizeof *loop->calls);
    loop->calls[loop->call_count++] = (struct loop_call){++loop->last_id, fn, arg};
    return loop->last_id;
}

bool loop_cancel_call(struct loop *loop, loop_id id)
{
    for (int i = 0; i < loop->call_count; i++)
        if (loop->calls[i].id == id) {
            loop->calls[i].id = 0;
            return true;
        }
    return false;
}

void loop_dispatch_calls(struct loop *loop)
{
    int count = loop->call_count;
    for (int i = 0; i < count; i++) {
        struct loop_call call = loop->calls[i];
        if (call.id)
            call.fn(call.arg);
    }
    loop->call_count -= count;
    if (loop->call_count)
        memmove(loop->calls, loop->calls + count, (size_t)loop->call_count * sizeof *loop->calls);
}
