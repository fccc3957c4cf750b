/* A month of days: what stands in them small and large, and the day that a key or the mouse goes to. */
#include "ui_screen.h"

#include "centurion/base/date.h"
#include "centurion/term/input.h"
#include "centurion/ui/month.h"

static struct month *month;
static int first; /* of February 2026, which begins on a Sunday: five rows */

static void setup(void)
{
    first = date_from_civil(2026, 2, 1);
    month = month_new();
    month_go(month, first + 9);
    month_widget(month)->focused = true;
}

static void show(int cols, int rows)
{
    struct month_day days[] = {{.day = first + 2, .mark = "#", .role = ROLE_GOOD, .words = {"# 81.2", "8.1k"}},
                               {.day = first + 40, .mark = "#", .words = {"elsewhere"}}};
    screen_start(cols, rows, true);
    month_set(month, first + 4, days, 2);
    screen_show(month_widget(month));
}

static void teardown(void)
{
    month_free(month);
    term_stop();
}

TestSuite(ui_month, .init = setup, .fini = teardown);

Test(ui_month, small_it_has_a_mark_a_day)
{
    show(44, 8);
    screen_expect(" February 2026\n"
                  "  Mo    Tu    We    Th    Fr    Sa    Su\n"
                  "  26    27    28    29    30    31     1\n"
                  "   2     3#    4   [ 5]    6     7     8\n"
                  "   9    10    11    12    13    14    15\n"
                  "  16    17    18    19    20    21    22\n"
                  "  23    24    25    26    27    28     1\n"
                  "\n");
}

Test(ui_month, with_two_rows_a_day_both_words_are_there)
{
    show(71, 14);
    cr_expect(screen_has("   2         3  8.1k"));
    cr_expect(screen_has("            # 81.2"));
    cr_expect_not(screen_has("elsewhere"), "of another month");
}

Test(ui_month, keys_go_on_into_the_next_month)
{
    show(44, 8);
    widget_act(month_widget(month), ACTION_DOWN, 3);
    cr_expect_eq(month_day(month), first + 30);
    cr_expect_eq(month_first(month), date_from_civil(2026, 2, 23));
    widget_act(month_widget(month), ACTION_LEFT, 0);
    cr_expect_eq(month_day(month), first + 29);
}

Test(ui_month, the_mouse_goes_to_a_day)
{
    struct input input = {.type = INPUT_MOUSE, .button = MOUSE_LEFT, .row = 3, .col = 8};
    show(44, 8);
    cr_expect_eq(widget_mouse(month_widget(month), &input), REPAINT | MOVED);
    cr_expect_eq(month_day(month), first + 2);
    input.double_click = true;
    cr_expect_eq(widget_mouse(month_widget(month), &input), REPAINT | MOVED | ACCEPT);
    input.row = 7; /* below the last week */
    cr_expect_eq(widget_mouse(month_widget(month), &input), NOT_TAKEN);
    input.row = 3;
    month_widget(month)->focused = false; /* small beside a calendar it only shows where one is */
    cr_expect_eq(widget_mouse(month_widget(month), &input), NOT_TAKEN);
    cr_expect_eq(month_day(month), first + 2);
}
