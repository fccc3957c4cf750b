/* Several lines of text. */
#include "ui_screen.h"

#include "centurion/ui/textarea.h"

static struct textarea *area;

static void teardown(void)
{
    textarea_free(area);
    term_stop();
}

TestSuite(ui_textarea, .fini = teardown);

static void open_area(const char *text, size_t limit)
{
    screen_start(12, 4, false);
    area = textarea_new(text, limit);
    screen_show(textarea_widget(area));
}

static unsigned press(int key)
{
    unsigned consequence = widget_key(textarea_widget(area), key);
    screen_show(textarea_widget(area));
    return consequence;
}

static void expect_cursor(int row, int col)
{
    int at_row = -1, at_col = -1;
    cr_expect(widget_cursor(textarea_widget(area), &at_row, &at_col));
    cr_expect(at_row == row && at_col == col, "the cursor is at %d %d, not %d %d", at_row, at_col, row, col);
}

Test(ui_textarea, wraps_and_moves)
{
    open_area("one two three\nfour\n", 0);
    screen_expect("one two\nthree\nfour\n\n");
    expect_cursor(3, 0);
    press(KEYCODE_UP);
    expect_cursor(2, 0);
    press(KEYCODE_END);
    expect_cursor(2, 4);
    press(KEYCODE_UP);
    expect_cursor(1, 4);
    press(KEYCODE_CTRL | KEYCODE_HOME);
    expect_cursor(0, 0);
    press(KEYCODE_ALT | 'f');
    expect_cursor(0, 3);
    press(KEYCODE_ALT | 'd');
    cr_expect_str_eq(textarea_text(area), "one three\nfour\n");
    press(KEYCODE_CTRL | 'k');
    cr_expect_str_eq(textarea_text(area), "one\nfour\n");
    press(KEYCODE_CTRL | 'k');
    cr_expect_str_eq(textarea_text(area), "onefour\n");
    press(KEYCODE_CTRL | 'u');
    cr_expect_str_eq(textarea_text(area), "four\n");
}

Test(ui_textarea, characters_stay_whole)
{
    open_area("", 7);
    widget_paste(textarea_widget(area), "a\tb");
    cr_expect_str_eq(textarea_text(area), "a    b");
    press(0xe9); /* two bytes, room for one */
    cr_expect_str_eq(textarea_text(area), "a    b");
    screen_show(textarea_widget(area));
    cr_expect(screen_has("6/7"));
    press(KEYCODE_BACKSPACE);
    press(0xe9);
    cr_expect_str_eq(textarea_text(area), "a    \xc3\xa9");
    press(KEYCODE_BACKSPACE);
    cr_expect_str_eq(textarea_text(area), "a    ");
}

Test(ui_textarea, pastes_keep_their_lines)
{
    open_area("", 0);
    widget_paste(textarea_widget(area), "one\r\ntwo\rthree");
    cr_expect_str_eq(textarea_text(area), "one\ntwo\nthree");
    press(KEYCODE_ENTER);
    cr_expect_str_eq(textarea_text(area), "one\ntwo\nthree\n");
    cr_expect_eq(press(KEYCODE_CTRL | 'e'), 0u, "that key belongs to the editor");
    cr_expect(widget_act(textarea_widget(area), ACTION_EDITOR, 0) & EDIT);
    cr_expect(widget_act(textarea_widget(area), ACTION_SAVE, 0) & ACCEPT);
    widget_put(textarea_widget(area), "new");
    cr_expect_str_eq(widget_text(textarea_widget(area)), "new");
    widget_put(textarea_widget(area), "");
    cr_expect_str_eq(textarea_text(area), "");
}

Test(ui_textarea, any_size_will_do)
{
    open_area("a word verylongwithoutablank   \n\n end", 50);
    for (int cols = 1; cols < 30; cols++) {
        term_resize_headless(cols, 1 + cols % 4);
        screen_show(textarea_widget(area));
        press(cols % 2 ? KEYCODE_UP : KEYCODE_LEFT);
        press('x');
        press(KEYCODE_DOWN);
        int row, col;
        cr_expect(widget_cursor(textarea_widget(area), &row, &col));
        cr_expect(row >= 0 && row < 1 + cols % 4 && col >= 0 && col < cols, "%d: %d %d", cols, row, col);
    }
}
