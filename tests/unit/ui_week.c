/* The calendar of some days: which half hours are there, the cursor on them, blocks, marks, moving. */
#include "ui_screen.h"

#include <string.h>

#include "centurion/ui/week.h"

static struct week *week;

static const struct week_block blocks[] = {
    {.key = 2, .day = 4, .start = 600, .end = 660, .title = "Ben", .state = "o"},
    {.key = 1, .day = 4, .start = 420, .end = 480, .title = "Ana", .state = "y"},
    {.key = 3, .day = 5, .start = 600, .end = 630, .title = "Cara", .state = "?"},
    {.key = 4, .day = 5, .start = 600, .end = 630, .title = "Dev", .state = "?"},
};

static void setup(void)
{
    screen_start(30, 9, true);
    week = week_new();
    week_set(week, 4, 2, 4, blocks, 4);
    widget_resize(week_widget(week), 9, 30);
}

static void teardown(void)
{
    week_free(week);
    term_stop();
}

TestSuite(ui_week, .init = setup, .fini = teardown);

Test(ui_week, only_used_half_hours_and_room_around_them)
{
    int day, minute;
    week_go(week, 4, 0);
    week_slot(week, &day, &minute);
    cr_assert_eq(minute, 390, "half an hour before the first");
    widget_act(week_widget(week), ACTION_BOTTOM, 0);
    week_slot(week, &day, &minute);
    cr_assert_eq(minute, 660, "half an hour after the last");
    widget_act(week_widget(week), ACTION_UP, 3);
    week_slot(week, &day, &minute);
    cr_assert_eq(minute, 570, "what nobody uses is left out between");
    widget_act(week_widget(week), ACTION_UP, 0);
    week_slot(week, &day, &minute);
    cr_assert_eq(minute, 480);
}

Test(ui_week, blocks_in_order_of_time)
{
    cr_assert(week_select(week, 1));
    widget_act(week_widget(week), ACTION_NEXT_RECORD, 0);
    cr_assert_eq(week_key(week), 2);
    widget_act(week_widget(week), ACTION_NEXT_RECORD, 2);
    cr_assert_eq(week_key(week), 4, "the second of two at one time");
    cr_assert_eq(widget_act(week_widget(week), ACTION_NEXT_RECORD, 0), TAKEN, "the last one");
    cr_assert_not(week_select(week, 99));
}

Test(ui_week, an_empty_half_hour_is_no_block)
{
    week_go(week, 5, 420);
    cr_assert_eq(week_key(week), 0);
    widget_act(week_widget(week), ACTION_PREVIOUS_RECORD, 0);
    cr_assert_eq(week_key(week), 2, "the last before it");
}

Test(ui_week, marks_go_with_their_blocks)
{
    week_mark(week, 1, true);
    week_mark(week, 2, true);
    week_mark(week, 2, true);
    cr_assert_eq(week_mark_count(week), 2);
    week_set(week, 4, 2, 4, blocks, 1);
    cr_assert_eq(week_mark_count(week), 1);
    cr_assert(week_marked(week, 2));
    week_mark_none(week);
    cr_assert_eq(week_mark_count(week), 0);
}

Test(ui_week, a_block_that_is_moved_takes_the_cursor_along)
{
    int day, minute;
    week_select(week, 1);
    week_shift(week, 1, 1, 120);
    week_slot(week, &day, &minute);
    cr_assert_eq(day, 5);
    cr_assert_eq(minute, 540);
    cr_assert_not(widget_accepts(week_widget(week), ACTION_DOWN), "keys are the owner's meanwhile");
    week_shift(week, 0, 0, 0);
    cr_assert(widget_accepts(week_widget(week), ACTION_DOWN));
}

Test(ui_week, without_blocks_there_is_a_working_day)
{
    int day, minute;
    week_set(week, 4, 2, 4, NULL, 0);
    week_go(week, 4, 0);
    week_slot(week, &day, &minute);
    cr_assert_eq(minute, 480);
    cr_assert_eq(week_key(week), 0);
    cr_assert_not(widget_accepts(week_widget(week), ACTION_NEXT_RECORD));
}
