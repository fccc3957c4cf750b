/* Typing: the prompt and the palette; and help, which is made of the same tables. */
#include "ui_screen.h"

#include <stdio.h>

#include "centurion/ui/help.h"
#include "centurion/ui/palette.h"
#include "centurion/ui/prompt.h"

static struct prompt *prompt;

static void setup(void)
{
    screen_start(20, 1, false);
}

static void teardown(void)
{
    prompt_free(prompt);
    term_stop();
}

TestSuite(ui_prompt, .init = setup, .fini = teardown);

static void open_prompt(const char *text, bool secret)
{
    prompt = prompt_new("Date", text, secret);
    screen_show(prompt_widget(prompt));
}

static unsigned press(int key)
{
    unsigned consequence = widget_key(prompt_widget(prompt), key);
    screen_show(prompt_widget(prompt));
    return consequence;
}

static void type(const char *ascii)
{
    for (; *ascii; ascii++)
        cr_expect(press((unsigned char)*ascii) & TAKEN);
}

static int cursor_col(void)
{
    int row = -1, col = -1;
    cr_expect(widget_cursor(prompt_widget(prompt), &row, &col));
    cr_expect_eq(row, 0);
    return col;
}

Test(ui_prompt, typing_and_editing)
{
    open_prompt("one", false);
    type(" two");
    screen_expect("Date: one two\n");
    cr_expect_eq(cursor_col(), 13);
    press(KEYCODE_CTRL | 'w');
    cr_expect_str_eq(prompt_text(prompt), "one ");
    press(KEYCODE_HOME);
    press(KEYCODE_DELETE);
    press(KEYCODE_RIGHT);
    type("xy");
    press(KEYCODE_LEFT);
    press(KEYCODE_BACKSPACE);
    cr_expect_str_eq(prompt_text(prompt), "nye ");
    press(KEYCODE_CTRL | 'k');
    cr_expect_str_eq(prompt_text(prompt), "n");
    press(KEYCODE_CTRL | 'e');
    press(KEYCODE_CTRL | 'u');
    cr_expect_str_eq(prompt_text(prompt), "");
    cr_expect_eq(press(KEYCODE_BACKSPACE), TAKEN);
    cr_expect_eq(press(KEYCODE_ENTER), TAKEN | ACCEPT);
    cr_expect_eq(press(KEYCODE_ESCAPE), TAKEN | CLOSE);
    cr_expect_eq(press(KEYCODE_F1), NOT_TAKEN);
    cr_expect_eq(press(KEYCODE_CTRL | 'c'), NOT_TAKEN);
    cr_expect_eq(press(KEYCODE_ALT | 'x'), NOT_TAKEN);
    cr_expect_eq(press(0x9b), NOT_TAKEN, "a control character");
}

Test(ui_prompt, letters_of_several_code_points_move_as_one)
{
    open_prompt("e\xcc\x81"
                "漢",
                false);
    cr_expect_eq(cursor_col(), 9);
    press(KEYCODE_LEFT);
    cr_expect_eq(cursor_col(), 7);
    press(KEYCODE_LEFT);
    cr_expect_eq(cursor_col(), 6);
    press(KEYCODE_DELETE);
    cr_expect_str_eq(prompt_text(prompt), "漢");
    press(0xe9);
    cr_expect_str_eq(prompt_text(prompt), "é漢");
}

Test(ui_prompt, long_text_scrolls)
{
    open_prompt("", false);
    type("0123456789abcdefgh");
    screen_expect("Date: 56789abcdefgh\n");
    cr_expect_eq(cursor_col(), 19);
    press(KEYCODE_HOME);
    screen_expect("Date: 0123456789abcd\n");
    cr_expect_eq(cursor_col(), 6);
    press(KEYCODE_END);
    for (int i = 0; i < 10; i++)
        press(KEYCODE_BACKSPACE);
    screen_expect("Date: 01234567\n");
}

Test(ui_prompt, pastes_become_one_line)
{
    open_prompt("", false);
    widget_paste(prompt_widget(prompt), "a\nb\tc");
    cr_expect_str_eq(prompt_text(prompt), "a b c");
    char large[3000];
    memset(large, 'x', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    memcpy(large + 1017, "é", 2); /* where the room ends */
    widget_paste(prompt_widget(prompt), large);
    cr_expect_eq(strlen(prompt_text(prompt)), 5 + 1017, "cut before the letter: %zu", strlen(prompt_text(prompt)));
}

Test(ui_prompt, secrets_show_dots)
{
    open_prompt("", true);
    type("sesam");
    press(0x6f22);
    screen_expect("Date: ••••••\n");
    cr_expect_eq(cursor_col(), 12);
    press(KEYCODE_BACKSPACE);
    press(KEYCODE_BACKSPACE);
    const char *text = prompt_text(prompt);
    cr_expect_str_eq(text, "sesa");
    cr_expect_eq(text[4] | text[5] | text[6] | text[7], 0, "what was deleted is wiped");
}

Test(ui_prompt, errors_last_until_the_next_key)
{
    open_prompt("x", false);
    prompt_set_error(prompt, "no date");
    screen_show(prompt_widget(prompt));
    screen_expect("Date: x  no date\n");
    screen_expect_roles("aaaaa f  ee eeee\n");
    cr_expect(press('y') & REPAINT);
    screen_expect("Date: xy\n");
    type("0123456789");
    prompt_set_error(prompt, "no date");
    screen_show(prompt_widget(prompt));
    screen_expect("Date: xy012  no date\n");
}

/* ---- Palette ---- */

static struct palette *palette;
static char changed_to[64];

static void changed(void *arg, struct palette *which, const char *text)
{
    (void)arg;
    snprintf(changed_to, sizeof changed_to, "%s", text);
    if (str_equal(text, "zo"))
        palette_add(which, "Zoë Ångström", "member", NULL, 99);
}

static void palette_setup(void)
{
    screen_start(40, 10, false);
    palette = palette_new();
    palette_on_changed(palette, changed, NULL);
    palette_add(palette, "go-review", "Goes to the review queue.", "g r", 1);
    palette_add(palette, "go-cohorts", "Goes to the cohorts.", "g c", 2);
    palette_add(palette, "refresh", "Reads the data again.", "F5", 3);
    palette_add(palette, "messages", "", "", 4);
    screen_show(palette_widget(palette));
}

static void palette_teardown(void)
{
    palette_free(palette);
    term_stop();
}

TestSuite(ui_palette, .init = palette_setup, .fini = palette_teardown);

static unsigned palette_press(int key)
{
    unsigned consequence = widget_key(palette_widget(palette), key);
    screen_show(palette_widget(palette));
    return consequence;
}

static int64_t chosen(void)
{
    int64_t value;
    return palette_chosen(palette, &value) ? value : -1;
}

Test(ui_palette, lists_everything_first)
{
    screen_expect("┌──────────────────────────────────────┐\n"
                  "│ :                                  4 │\n"
                  "│ ──────────────────────────────────── │\n"
                  "│ › go-review         Goes to t…  g r  │\n"
                  "│   go-cohorts        Goes to t…  g c  │\n"
                  "│   refresh           Reads the …  F5  │\n"
                  "│   messages                           │\n"
                  "│                                      │\n"
                  "│                                      │\n"
                  "└──────────────────────────────────────┘\n");
    cr_expect_eq(chosen(), 1);
    int row, col;
    cr_expect(widget_cursor(palette_widget(palette), &row, &col));
    cr_expect_eq(row, 1);
    cr_expect_eq(col, 4);
}

Test(ui_palette, a_few_letters_find)
{
    for (const char *c = "gc"; *c; c++)
        palette_press(*c);
    cr_expect_str_eq(changed_to, "gc");
    cr_expect_str_eq(palette_text(palette), "gc");
    cr_expect_eq(chosen(), 2);
    cr_expect_not(screen_has("go-review"));
    palette_press('~');
    cr_expect_eq(chosen(), -1);
    cr_expect(screen_has("Nothing is called that."));
    cr_expect_eq(palette_press(KEYCODE_ENTER), TAKEN | ACCEPT);
}

Test(ui_palette, moving)
{
    palette_press(KEYCODE_DOWN);
    palette_press(KEYCODE_CTRL | 'n');
    cr_expect_eq(chosen(), 3);
    palette_press(KEYCODE_CTRL | 'p');
    cr_expect_eq(chosen(), 2);
    palette_press(KEYCODE_PAGE_DOWN);
    cr_expect_eq(chosen(), 4);
    cr_expect_eq(palette_press(KEYCODE_DOWN), TAKEN, "at the end");
    palette_press(KEYCODE_PAGE_UP);
    cr_expect_eq(chosen(), 1);
    cr_expect_eq(palette_press(KEYCODE_ESCAPE), TAKEN | CLOSE);
    struct input click = {.type = INPUT_MOUSE, .button = MOUSE_LEFT, .row = 5, .col = 6};
    cr_expect(widget_mouse(palette_widget(palette), &click) & ACCEPT);
    cr_expect_eq(chosen(), 3);
}

Test(ui_palette, the_owner_adds_what_it_finds)
{
    palette_press('z');
    cr_expect_eq(chosen(), -1);
    palette_press('o');
    cr_expect_eq(chosen(), 99);
    cr_expect(screen_has("Zoë Ångström"));
    palette_clear(palette);
    cr_expect_eq(chosen(), -1);
    for (int i = 0; i < 200; i++)
        palette_add(palette, "zone", NULL, NULL, i);
    cr_expect_eq(chosen(), 0, "of equals the first");
    palette_press(KEYCODE_PAGE_DOWN);
    cr_expect_eq(chosen(), 6);
    cr_expect(screen_has("▐"));
}

Test(ui_palette, every_size_has_a_picture)
{
    for (int rows = 0; rows < 10; rows++)
        for (int cols = 0; cols < 40; cols++) {
            struct surface all = term_surface(), part = surface_sub(&all, 0, 0, rows, cols);
            widget_resize(palette_widget(palette), rows, cols);
            widget_key(palette_widget(palette), KEYCODE_DOWN);
            widget_paint(palette_widget(palette), &part);
        }
    cr_expect_eq(chosen(), 4);
}

/* ---- Help ---- */

static bool moves_only(void *arg, enum action action)
{
    (void)arg;
    return action_info(action)->group == GROUP_MOVE || action == ACTION_GO_HOME;
}

static void build_help(void *ctx, struct doc *doc, int cols, int rows)
{
    (void)cols;
    (void)rows;
    help_build(doc, ctx, "review", moves_only, NULL);
}

static void help_setup(void)
{
    screen_start(80, 160, false);
}

TestSuite(ui_help, .init = help_setup, .fini = term_stop);

Test(ui_help, lists_every_action_once_those_that_work_first)
{
    struct keymap *keymap = keymap_new();
    struct doc *doc = doc_new();
    doc_on_build(doc, build_help, keymap);
    screen_show(doc_widget(doc));
    struct str text = {0};
    term_show();
    term_snapshot(&text, NULL);
    const char *elsewhere = strstr(text.text, "Elsewhere");
    cr_assert(elsewhere);
    for (int id = ACTION_NONE + 1; id < ACTION_COUNT; id++) {
        enum action action = (enum action)id;
        char start[24];
        snprintf(start, sizeof start, " %.20s", action_info(action)->help);
        const char *at = strstr(text.text, start);
        cr_expect(at && (at < elsewhere) == moves_only(NULL, action), "%s", action_info(action)->name);
    }
    cr_expect(strstr(text.text, "g g, Home"));
    cr_expect(strstr(text.text, ":messages"), "without a key the palette has it");
    str_fini(&text);
    doc_free(doc);
    keymap_free(keymap);
}

Test(ui_help, what_may_follow_a_key)
{
    struct keymap *keymap = keymap_new();
    term_resize_headless(40, 5);
    struct surface all = term_surface();
    enum action action;
    int count;
    help_paint_pending(&all, keymap, moves_only, NULL);
    screen_expect("\n\n\n\n\n");
    cr_expect_eq(keymap_feed(keymap, 'g', moves_only, NULL, &action, &count), KEYMAP_PENDING);
    help_paint_pending(&all, keymap, moves_only, NULL);
    screen_expect("\n"
                  "        ┌─ g ──────────────────────────┐\n"
                  "        │ g  Goes to the first row.    │\n"
                  "        │ d  Goes to the landing page. │\n"
                  "        └──────────────────────────────┘\n");
    keymap_free(keymap);
}
