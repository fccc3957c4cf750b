/* The event loop: the only poll(2), the only sigaction(2). One thread. Everything else is told, nothing else waits.
 *
 * A turn: wait (not at all if something is deferred), signals, descriptors, timers, deferred calls, and then, once, the frame
 * callback if loop_dirty() was called since the last one. A loop with nothing to do sleeps until something happens.
 *
 * Callbacks may call anything here but loop_turn(), loop_run() and loop_free(). What they add takes its turn: a call deferred
 * by a deferred call, or a timer set by a timer, runs in the next one. */
#ifndef CENTURION_LOOP_LOOP_H
#define CENTURION_LOOP_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/base/error.h"

struct loop;

/* Identifies a watch, timer or deferred call; 0 is never one. Using one that has ended is harmless. */
typedef uint64_t loop_id;

enum loop_event { LOOP_READ = 1, LOOP_WRITE = 2, LOOP_HANGUP = 4 };

typedef void loop_fd_fn(void *arg, int fd, unsigned events);
typedef void loop_fn(void *arg);
typedef void loop_signal_fn(void *arg, int signal_number);

/* While there is a loop, SIGPIPE does nothing: write(2) says EPIPE. */
struct loop *loop_new(void);
void loop_free(struct loop *loop); /* restores the signals it took */

/* Watches fd for events (LOOP_READ | LOOP_WRITE); LOOP_HANGUP (the other end is gone, an error, no descriptor) is always
 * reported, with LOOP_READ while there is something left to read, and each turn until the watch ends. The descriptor stays
 * the caller's, who ends the watch before closing it. */
loop_id loop_watch(struct loop *loop, int fd, unsigned events, loop_fd_fn *fn, void *arg);
void loop_rewatch(struct loop *loop, loop_id id, unsigned events);

/* One-shot timer, milliseconds from now; repeat by calling it again from fn. */
loop_id loop_after(struct loop *loop, int milliseconds, loop_fn *fn, void *arg);

/* Runs fn once, later in this turn or in the next one, without waiting; in the order of the calls. */
loop_id loop_defer(struct loop *loop, loop_fn *fn, void *arg);

/* Ends a watch, a timer, a deferred call or the interest in a child: its fn is not called again, not even in this turn. 0
 * and ended ids are ignored. */
void loop_cancel(struct loop *loop, loop_id id);

/* Handles a signal in loop context. One handler a signal and loop; fn NULL gives the signal back. Signals that come several
 * times before their turn count once. No signal is ever blocked or ignored, so programs that we start find them as usual. */
void loop_on_signal(struct loop *loop, int signal_number, loop_signal_fn *fn, void *arg);

/* Calls fn in SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT, once, on a stack of its own, before the signal's default action
 * ends the program. fn must be async-signal-safe. Needs no loop; NULL gives the signals back. */
void loop_on_crash(void (*fn)(void));

/* Calls fn once, with the exit status (waitpid's; -1 if pid is no child of ours, or somebody else has waited for it) when
 * the child ends, or in the next turn if it has ended already. */
typedef void loop_child_fn(void *arg, int pid, int wait_status);
loop_id loop_on_child(struct loop *loop, int pid, loop_child_fn *fn, void *arg);

/* The painter. Called at most once a turn, last, when loop_dirty() was called; if that was by the painter itself, then once
 * more in the next turn. Not called after loop_stop(). */
void loop_on_frame(struct loop *loop, loop_fn *fn, void *arg);
void loop_dirty(struct loop *loop);

/* Runs turns until loop_stop(), to the end of the turn that it was called in; returns the code given there. */
int loop_run(struct loop *loop);
void loop_stop(struct loop *loop, int code);

/* One turn that waits at most timeout_ms (-1: until something happens). False once loop_stop() was called. */
bool loop_turn(struct loop *loop, int timeout_ms);

/* Milliseconds of CLOCK_MONOTONIC, read once a turn. */
int64_t loop_now(const struct loop *loop);

/* For tests: the time is now, and stands still until the next call; -1 lets it run again. A turn does not wait for timers
 * then. */
void loop_pin(struct loop *loop, int64_t now);

#endif
