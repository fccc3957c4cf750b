/* Turns: what runs in which order, how long a loop sleeps, and what callbacks may do to each other. */
#include <criterion/criterion.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/str.h"
#include "loop_support.h"

static struct loop *loop;
static struct str story;
static int ends[2], others[2];

static void setup(void)
{
    loop = loop_new();
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(pipe(others), 0);
}

static void teardown(void)
{
    loop_free(loop);
    str_fini(&story);
    for (int i = 0; i < 2; i++) {
        close(ends[i]);
        close(others[i]);
    }
}

TestSuite(loop_turns, .init = setup, .fini = teardown);

static void tell(void *word)
{
    str_add(&story, word);
}

static void tell_events(void *word, int fd, unsigned events)
{
    str_addf(&story, "%s%s%s%s", (char *)word, events & LOOP_READ ? "r" : "", events & LOOP_WRITE ? "w" : "",
             events & LOOP_HANGUP ? "h" : "");
    (void)fd;
}

static void tell_signal(void *word, int number)
{
    tell(word);
    (void)number;
}

static void check_story(const char *expected)
{
    cr_assert_str_eq(str_text(&story), expected);
    str_clear(&story);
}

static void feed(const int pipe_ends[2])
{
    cr_assert_eq(write(pipe_ends[1], "x", 1), 1);
}

static void drain(void *word, int fd, unsigned events)
{
    char byte;
    tell_events(word, fd, events);
    cr_assert_eq(read(fd, &byte, 1), 1);
}

Test(loop_turns, go_through_signals_descriptors_timers_deferred_calls_and_the_frame)
{
    loop_on_frame(loop, tell, "frame");
    loop_dirty(loop);
    loop_defer(loop, tell, "deferred ");
    loop_after(loop, 0, tell, "timer ");
    loop_watch(loop, ends[0], LOOP_READ, drain, "fd:");
    loop_on_signal(loop, SIGUSR1, tell_signal, "signal ");
    feed(ends);
    raise(SIGUSR1);
    cr_assert(loop_turn(loop, -1));
    check_story("signal fd:rtimer deferred frame");
    cr_assert(loop_turn(loop, 0));
    check_story("");
}

/* ---- Sleeping ---- */

Test(loop_turns, with_nothing_to_do_sleep_until_something_happens)
{
    feed(ends);
    loop_watch(loop, ends[0], LOOP_READ, drain, "");
    loop_turn(loop, -1);
    cr_assert_eq(support_last_timeout(), -1);
    check_story("r");
}

static void stop(void *arg)
{
    (void)arg;
    loop_stop(loop, 7);
}

Test(loop_turns, sleep_until_the_first_timer)
{
    static const struct {
        int after, given, least, most;
    } cases[] = {
        {5000, 0, 0, 0}, {5000, 1, 1, 1},    {0, -1, 0, 0}, {0, 5000, 0, 0},
        {-10, -1, 0, 0}, {INT_MAX, 0, 0, 0}, {3, -1, 0, 3}, {3, 5000, 0, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        loop_id id = loop_after(loop, cases[i].after, tell, "");
        loop_turn(loop, cases[i].given);
        cr_assert_geq(support_last_timeout(), cases[i].least, "case %zu", i);
        cr_assert_leq(support_last_timeout(), cases[i].most, "case %zu", i);
        loop_cancel(loop, id);
    }
    feed(ends);
    loop_watch(loop, ends[0], LOOP_READ, drain, "");
    loop_after(loop, 500000, tell, "");
    loop_turn(loop, -1);
    cr_assert_gt(support_last_timeout(), 400000);
    cr_assert_leq(support_last_timeout(), 500000);
}

Test(loop_turns, do_not_sleep_when_something_is_deferred_or_dirty)
{
    loop_on_frame(loop, tell, "frame");
    loop_defer(loop, tell, "deferred ");
    loop_turn(loop, -1);
    cr_assert_eq(support_last_timeout(), 0);
    loop_dirty(loop);
    loop_turn(loop, -1);
    cr_assert_eq(support_last_timeout(), 0);
    check_story("deferred frame");
}

Test(loop_turns, wake_once_for_a_timer_and_not_again)
{
    int before = support_polls();
    loop_after(loop, 2, stop, NULL);
    cr_assert_eq(loop_run(loop), 7);
    cr_assert_leq(support_polls() - before, 2); /* the second if poll woke within the millisecond before */
}

/* ---- Time ---- */

Test(loop_turns, time_stands_still_when_pinned)
{
    loop_pin(loop, 1000);
    cr_assert_eq(loop_now(loop), 1000);
    loop_after(loop, 50, tell, "b");
    loop_after(loop, 10, tell, "a");
    loop_after(loop, 50, tell, "c");
    loop_after(loop, 51, tell, "d");
    loop_turn(loop, 0);
    check_story("");
    loop_pin(loop, 1010);
    loop_turn(loop, -1);
    check_story("a");
    loop_pin(loop, 1050);
    loop_turn(loop, -1);
    check_story("bc");
    cr_assert_eq(loop_now(loop), 1050);
    loop_turn(loop, 0);
    check_story("");
    loop_pin(loop, -1);
    cr_assert_neq(loop_now(loop), 1050);
}

Test(loop_turns, a_pinned_loop_does_not_wait_for_timers)
{
    loop_pin(loop, 0);
    loop_after(loop, 10, tell, "never");
    feed(ends);
    loop_watch(loop, ends[0], LOOP_READ, drain, "");
    loop_turn(loop, -1);
    cr_assert_eq(support_last_timeout(), -1);
    loop_turn(loop, 0);
    check_story("r");
}

Test(loop_turns, now_does_not_go_back)
{
    int64_t before = loop_now(loop);
    for (int i = 0; i < 100; i++) {
        loop_turn(loop, 0);
        cr_assert_geq(loop_now(loop), before);
        before = loop_now(loop);
    }
}

static const int64_t *last_due;
static int due_count;

/* At the same time, in the order in which they were set. */
static void tell_due(void *arg)
{
    const int64_t *due = arg;
    cr_assert(!last_due || *due > *last_due || (*due == *last_due && due > last_due));
    cr_assert_leq(*due, loop_now(loop));
    last_due = due;
    due_count++;
}

/* A heap of many, with every third taken out again. */
Test(loop_turns, timers_run_in_order_whatever_the_order_they_were_set_in)
{
    enum { COUNT = 500 };
    static int64_t dues[COUNT];
    static loop_id ids[COUNT];
    unsigned random = 12345;
    int expected = 0;
    loop_pin(loop, 0);
    for (int i = 0; i < COUNT; i++) {
        random = random * 1103515245 + 12345;
        dues[i] = random >> 16 & 127;
        ids[i] = loop_after(loop, (int)dues[i], tell_due, &dues[i]);
    }
    for (int i = 0; i < COUNT; i += 3)
        loop_cancel(loop, ids[i]);
    for (int now = 0; now < 128; now += 5) {
        loop_pin(loop, now);
        loop_turn(loop, 0);
        expected = 0;
        for (int i = 0; i < COUNT; i++)
            expected += i % 3 != 0 && dues[i] <= now;
        cr_assert_eq(due_count, expected, "at %d", now);
    }
    cr_assert_gt(expected, 300);
}

/* ---- What callbacks do to each other ---- */

static void again(void *arg)
{
    tell(arg);
    loop_after(loop, 0, again, arg);
    loop_defer(loop, tell, "d");
}

static void defer_again(void *arg)
{
    tell(arg);
    loop_defer(loop, defer_again, arg);
}

Test(loop_turns, what_repeats_itself_gets_one_run_a_turn)
{
    loop_pin(loop, 5);
    loop_after(loop, 0, again, "t");
    loop_turn(loop, -1);
    check_story("td");
    loop_turn(loop, -1);
    check_story("td");
    loop_defer(loop, defer_again, "x");
    loop_turn(loop, -1);
    check_story("txd");
    loop_turn(loop, -1);
    check_story("txd");
}

Test(loop_turns, deferred_calls_keep_their_order)
{
    loop_defer(loop, tell, "a");
    loop_id b = loop_defer(loop, tell, "b");
    loop_defer(loop, defer_again, "c");
    loop_defer(loop, tell, "d");
    loop_cancel(loop, b);
    loop_turn(loop, -1);
    check_story("acd");
    loop_defer(loop, tell, "e");
    loop_turn(loop, -1);
    check_story("ce");
}

static loop_id first, second;

static void end_second(void *word)
{
    tell(word);
    loop_cancel(loop, second);
}

static void end_both(void *word, int fd, unsigned events)
{
    tell_events(word, fd, events);
    loop_cancel(loop, first);
    loop_cancel(loop, second);
}

Test(loop_turns, what_was_ended_does_not_run_even_in_this_turn)
{
    loop_pin(loop, 0);
    loop_after(loop, 0, end_second, "timer");
    second = loop_after(loop, 0, tell, "no");
    loop_turn(loop, 0);
    check_story("timer");
    loop_defer(loop, end_second, "call");
    second = loop_defer(loop, tell, "no");
    loop_turn(loop, 0);
    check_story("call");
    loop_turn(loop, 0);
    feed(ends);
    feed(others);
    first = loop_watch(loop, ends[0], LOOP_READ, end_both, "fd:");
    second = loop_watch(loop, others[0], LOOP_READ, end_both, "fd:");
    loop_turn(loop, 0);
    check_story("fd:r");
    loop_turn(loop, 0);
    check_story("");
}

static void replace_second(void *word, int fd, unsigned events)
{
    tell_events(word, fd, events);
    loop_cancel(loop, first);
    loop_cancel(loop, second);
    for (int i = 0; i < 40; i++) /* the list moves */
        second = loop_watch(loop, others[0], LOOP_READ, tell_events, i == 39 ? "new:" : "");
}

Test(loop_turns, a_new_watch_of_a_descriptor_does_not_inherit_events)
{
    feed(ends);
    feed(others);
    first = loop_watch(loop, ends[0], LOOP_READ, replace_second, "old:");
    second = loop_watch(loop, others[0], LOOP_READ, tell_events, "no");
    loop_turn(loop, 0);
    check_story("old:r");
    loop_turn(loop, 0);
    cr_assert_not_null(strstr(str_text(&story), "new:r"));
}

static void quieten_second(void *word, int fd, unsigned events)
{
    tell_events(word, fd, events);
    loop_rewatch(loop, first, 0);
    loop_rewatch(loop, second, LOOP_READ);
}

Test(loop_turns, only_events_that_are_watched_are_told)
{
    feed(ends);
    first = loop_watch(loop, ends[0], LOOP_READ, quieten_second, "1");
    second = loop_watch(loop, others[1], LOOP_WRITE, tell_events, "2");
    loop_turn(loop, 0);
    check_story("1r");
    loop_turn(loop, 0);
    check_story("");
    loop_rewatch(loop, first, LOOP_READ);
    loop_rewatch(loop, second, LOOP_WRITE | LOOP_READ);
    loop_cancel(loop, first);
    loop_turn(loop, 0);
    check_story("2w");
    loop_rewatch(loop, first, LOOP_READ); /* ended */
    loop_rewatch(loop, 0, LOOP_READ);
    loop_turn(loop, 0);
    check_story("2w");
}

Test(loop_turns, hang_ups_are_always_told)
{
    loop_id id = loop_watch(loop, ends[0], LOOP_READ, drain, "");
    feed(ends);
    close(ends[1]);
    loop_turn(loop, -1);
    check_story("rh");
    loop_cancel(loop, id);
    id = loop_watch(loop, ends[0], 0, tell_events, "");
    loop_turn(loop, -1);
    check_story("h");
    loop_cancel(loop, id);
    close(ends[0]);
    id = loop_watch(loop, ends[0], LOOP_READ, tell_events, "");
    loop_turn(loop, -1);
    check_story("h");
    loop_cancel(loop, id);
    cr_assert_eq(pipe(ends), 0);
}

Test(loop_turns, ids_are_never_used_again)
{
    loop_id last = 0;
    for (int i = 0; i < 100; i++) {
        loop_id ids[] = {loop_defer(loop, tell, ""), loop_after(loop, 0, tell, ""),
                         loop_watch(loop, ends[0], LOOP_READ, tell_events, "")};
        for (int j = 0; j < 3; j++) {
            cr_assert_gt(ids[j], last);
            last = ids[j];
            loop_cancel(loop, ids[j]);
            loop_cancel(loop, ids[j]);
        }
    }
    loop_cancel(loop, 0);
    loop_cancel(loop, last + 1000);
    loop_after(loop, 0, tell, "still here");
    loop_cancel(loop, last);
    loop_turn(loop, -1);
    check_story("still here");
}

/* ---- Frames and the end ---- */

static int frames;

static void frame(void *arg)
{
    tell(arg);
    if (++frames == 1)
        loop_dirty(loop);
}

Test(loop_turns, the_frame_is_painted_once_a_turn_and_only_when_dirty)
{
    loop_dirty(loop);
    loop_turn(loop, 0); /* nobody paints yet */
    loop_on_frame(loop, frame, "f");
    loop_dirty(loop);
    loop_dirty(loop);
    loop_turn(loop, -1);
    check_story("f");
    loop_turn(loop, -1); /* it was dirty again after the first */
    check_story("f");
    loop_turn(loop, 0);
    check_story("");
    loop_dirty(loop);
    loop_on_frame(loop, NULL, NULL);
    loop_turn(loop, 0);
    check_story("");
}

static void defer_stop(void *word)
{
    tell(word);
    loop_defer(loop, stop, NULL);
}

Test(loop_turns, stopping_ends_with_the_turn_and_without_a_frame)
{
    loop_on_frame(loop, tell, "frame");
    loop_dirty(loop);
    loop_defer(loop, stop, NULL);
    loop_defer(loop, tell, "the rest");
    cr_assert_eq(loop_run(loop), 7);
    check_story("the rest");
    cr_assert_not(loop_turn(loop, -1));
    cr_assert_eq(loop_run(loop), 7);
}

Test(loop_turns, running_goes_on_until_it_is_stopped)
{
    loop_after(loop, 1, defer_stop, "last");
    cr_assert_eq(loop_run(loop), 7);
    check_story("last");
}

Test(loop_turns, a_loop_in_use_can_be_freed)
{
    struct loop *other = loop_new();
    loop_watch(other, ends[0], LOOP_READ, tell_events, "");
    loop_after(other, 10, tell, "");
    loop_defer(other, tell, "");
    loop_on_signal(other, SIGUSR1, tell_signal, "");
    loop_free(other);
    loop_free(NULL);
}
