/* The lines around every screen, and windows over it. */
#include "ui_screen.h"

#include "centurion/ui/bars.h"
#include "centurion/ui/window.h"

static void setup(void)
{
    screen_start(30, 1, false);
}

TestSuite(ui_bars, .init = setup, .fini = term_stop);

static void pair(const char *last_left, int cols)
{
    struct surface all = term_surface(), part = surface_sub(&all, 0, 0, 1, cols);
    struct line left, right;
    surface_clear(&all);
    line_clear(&left);
    line_clear(&right);
    line_add(&left, ROLE_APP, "APP");
    line_add(&left, ROLE_DIM, "  %s", last_left);
    line_add(&right, ROLE_DIM, "coach ");
    line_add(&right, ROLE_TEXT, "Gav");
    line_add(&right, ROLE_DIM, "  %s  ", glyph(GLYPH_DIVIDER));
    line_add(&right, ROLE_TEXT, "09:14");
    bars_pair(&part, 0, &left, &right);
}

Test(ui_bars, left_and_right)
{
    term_resize_headless(40, 1);
    pair("review", 40);
    screen_expect(" APP  review        coach Gav  │  09:14\n");
    screen_expect_roles(" ppp  dddddd        ddddd ttt  d  ttttt\n");
}

Test(ui_bars, the_end_of_the_right_one_stays_longest)
{
    pair("review", 24);
    screen_expect(" APP  review      09:14\n");
    pair("review", 17);
    screen_expect(" APP  review\n");
    pair("a long name that is cut", 17);
    screen_expect(" APP\n");
}

Test(ui_bars, one_span_alone_is_cut)
{
    struct surface all = term_surface();
    struct line line;
    line_clear(&line);
    line_add(&line, ROLE_ERROR, "connection to the server was lost");
    line_paint(&line, &all, 0, 1, 12);
    screen_expect(" connection …\n");
    cr_expect_eq(line_width(&line), 33);
}

Test(ui_bars, text_is_cut_between_characters)
{
    struct line line;
    char text[200] = "x";
    for (int i = 0; i < 60; i++)
        strcat(text, "é");
    line_clear(&line);
    line_add(&line, ROLE_TEXT, "%s", text);
    cr_expect_eq(line_width(&line), 48, "an x and 47 whole letters fit in 96 bytes");
    for (int i = 0; i < LINE_SPANS_MAX + 3; i++)
        line_add(&line, ROLE_TEXT, "y");
    cr_expect_eq(line.count, LINE_SPANS_MAX);
}

static bool accepts(void *arg, enum action action)
{
    return action != *(const enum action *)arg;
}

static void hints(int cols, enum action not_now)
{
    static const enum action actions[] = {ACTION_OPEN,    ACTION_NEXT_RECORD, ACTION_PREVIOUS_RECORD,
                                          ACTION_ZOOM,    ACTION_PERIOD_BACK, ACTION_PERIOD_FORWARD,
                                          ACTION_MESSAGES};
    struct keymap *keymap = keymap_new();
    struct surface all = term_surface(), part = surface_sub(&all, 0, 0, 1, cols);
    surface_clear(&all);
    bars_hints(&part, 0, keymap, actions, 7, accepts, &not_now);
    keymap_free(keymap);
}

Test(ui_bars, hints_share_words_and_keep_the_way_out)
{
    term_resize_headless(60, 1);
    hints(60, ACTION_NONE);
    screen_expect(" ↵ open  J K next  z zoom  < > week  ? help  q back\n");
    screen_expect_roles(" k dddd  k k dddd  k dddd  k k dddd  k dddd  k dddd\n");
    hints(52, ACTION_ZOOM);
    screen_expect(" ↵ open  J K next  < > week  ? help  q back\n");
    hints(40, ACTION_NONE);
    screen_expect(" ↵ open  J K next  ? help  q back\n");
    hints(18, ACTION_NONE);
    screen_expect(" ? help  q back\n");
    hints(5, ACTION_NONE);
    screen_expect(" ? …\n");
}

Test(ui_bars, hints_follow_the_keymap)
{
    static const enum action actions[] = {ACTION_REFRESH, ACTION_BACK};
    term_resize_headless(60, 1);
    struct keymap *keymap = keymap_new();
    struct error error = {0};
    cr_assert_eq(keymap_bind(keymap, "back", "", &error), STATUS_OK, "%s", error.text);
    struct surface all = term_surface();
    bars_hints(&all, 0, keymap, actions, 2, NULL, NULL);
    screen_expect(" ? help\n");
    keymap_free(keymap);
}

Test(ui_bars, windows)
{
    term_resize_headless(16, 5);
    struct surface all = term_surface();
    surface_fill(&all, 0, 0, 5, 16, ROLE_TEXT, L'x');
    struct surface inside = window_open(&all, 3, 14, "Help");
    surface_text(&inside, 0, 0, ROLE_TEXT, "0123456789", -1);
    cr_expect_eq(inside.cols, 10);
    screen_expect("xxxxxxxxxxxxxxxx\n"
                  "x┌─ Help ─────┐x\n"
                  "x│ 0123456789 │x\n"
                  "x└────────────┘x\n"
                  "xxxxxxxxxxxxxxxx\n");
    inside = window_open(&all, 99, 99, NULL);
    cr_expect_eq(inside.rows, 3);
    cr_expect_eq(inside.cols, 12);
    for (int rows = 0; rows < 5; rows++)
        for (int cols = 0; cols < 9; cols++)
            window_open(&all, rows, cols, "A title");
}
