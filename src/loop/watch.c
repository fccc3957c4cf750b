/* Descriptors. */
#include "loop_private.h"

#include "centurion/base/mem.h"

loop_id loop_watch(struct loop *loop, int fd, unsigned events, loop_fd_fn *fn, void *arg)
{
    loop->watches = loop_grow(loop->watches, loop->watch_count, &loop->watch_room, sizeof *loop->watches);
    loop->watches[loop->watch_count++] = (struct loop_watch){++loop->last_id, fd, events, fn, arg};
    return loop->last_id;
}

static struct loop_watch *find(struct loop *loop, loop_id id)
{
    for (int i = 0; i < loop->watch_count; i++)
        if (loop->watches[i].id == id)
            return &loop->watches[i];
    return NULL;
}

void loop_rewatch(struct loop *loop, loop_id id, unsigned events)
{
    struct loop_watch *watch = id ? find(loop, id) : NULL;
    if (watch)
        watch->events = events;
}

bool loop_cancel_watch(struct loop *loop, loop_id id)
{
    struct loop_watch *watch = find(loop, id);
    if (watch)
        watch->id = 0;
    return watch != NULL;
}

int loop_fill_polls(struct loop *loop)
{
    int count = 0;
    if (loop->poll_room < loop->watch_count + 1) {
        loop->poll_room = loop->watch_room + 1;
        loop->polls = mem_resize(loop->polls, (size_t)loop->poll_room, sizeof *loop->polls);
    }
    loop->polls[0] = (struct pollfd){.fd = loop->wake_fd, .events = POLLIN};
    for (int i = 0; i < loop->watch_count; i++) {
        struct loop_watch watch = loop->watches[i];
        if (!watch.id)
            continue;
        int events = (watch.events & LOOP_READ ? POLLIN : 0) | (watch.events & LOOP_WRITE ? POLLOUT : 0);
        loop->watches[count++] = watch;
        loop->polls[count] = (struct pollfd){.fd = watch.fd, .events = (short)events};
    }
    loop->watch_count = count;
    return count;
}

void loop_dispatch_watches(struct loop *loop, int count)
{
    for (int i = 0; i < count; i++) {
        struct loop_watch watch = loop->watches[i];
        int got = loop->polls[i + 1].revents;
        unsigned events = (got & POLLIN ? LOOP_READ : 0) | (got & POLLOUT ? LOOP_WRITE : 0) |
                          (got & (POLLHUP | POLLERR | POLLNVAL) ? LOOP_HANGUP : 0);
        events &= watch.events | LOOP_HANGUP; /* they may have changed since the poll */
        if (watch.id && events)
            watch.fn(watch.arg, watch.fd, events);
    }
}
