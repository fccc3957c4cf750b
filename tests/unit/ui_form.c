/* The form: fields, checks while typing, what is saved. */
#include "ui_screen.h"

#include <stdio.h>

#include "centurion/base/date.h"
#include "centurion/ui/form.h"

enum { WEIGHT, DAY, START, KIND, WELL, STRESS, NOTES, FIXED, COUNT };

static const char *const kinds[] = {"scheduled", "attended", "missed", NULL};
static const char *const codes[] = {"S", "A", "M", NULL};
static const struct form_field fields[COUNT] = {
    [WEIGHT] = {.label = "Weight", .kind = FORM_NUMBER, .unit = "kg", .decimals = 1, .min = 30, .max = 300},
    [DAY] = {.label = "Date", .kind = FORM_DATE, .required = true},
    [START] = {.label = "Start", .kind = FORM_TIME},
    [KIND] = {.label = "State", .kind = FORM_CHOICE, .choices = kinds, .values = codes},
    [WELL] = {.label = "Well", .kind = FORM_YESNO},
    [STRESS] = {.label = "Stress", .kind = FORM_SCALE},
    [NOTES] = {.label = "Notes", .kind = FORM_AREA, .limit = 40, .rows = 2},
    [FIXED] = {.label = "Client", .kind = FORM_FIXED},
};

static struct form *form;

static void setup(void)
{
    screen_start(60, 12, false);
    form = form_new(fields, COUNT);
    form_set_today(form, date_from_civil(2026, 1, 16));
    form_set(form, FIXED, "Ana Lima");
    form_widget(form)->focused = true;
    screen_show(form_widget(form));
}

static void teardown(void)
{
    form_free(form);
    term_stop();
}

TestSuite(ui_form, .init = setup, .fini = teardown);

static unsigned press(int key)
{
    unsigned consequence = widget_key(form_widget(form), key);
    screen_show(form_widget(form));
    return consequence;
}

static void type(int field, const char *ascii)
{
    form_focus(form, field);
    for (; *ascii; ascii++)
        cr_expect(press((unsigned char)*ascii) & TAKEN);
}

static unsigned act(enum action action)
{
    cr_expect(widget_accepts(form_widget(form), action));
    unsigned consequence = widget_act(form_widget(form), action, 0);
    screen_show(form_widget(form));
    return consequence;
}

static void expect_value(int field, const char *typed, const char *value)
{
    form_put(form, field, "");
    type(field, typed);
    const char *got = form_value(form, field);
    cr_expect(value ? got && strcmp(got, value) == 0 : !got, "\"%s\" gave \"%s\"", typed, got ? got : "nothing");
}

Test(ui_form, what_is_typed_becomes_what_the_server_reads)
{
    expect_value(WEIGHT, "82,5", "82.5");
    expect_value(WEIGHT, "82.55", NULL);
    expect_value(WEIGHT, "8", NULL);
    expect_value(WEIGHT, "8x", NULL);
    expect_value(DAY, "+1", "2026-01-17");
    expect_value(DAY, "-16", "2025-12-31");
    expect_value(DAY, "today", "2026-01-16");
    expect_value(DAY, "5", "2026-01-05");
    expect_value(DAY, "31x", NULL);
    expect_value(DAY, "2026-02-30", NULL);
    expect_value(START, "1730", "17:30");
    expect_value(START, "9", "09:00");
    expect_value(START, "7:05", "07:05");
    expect_value(START, "24:00", NULL);
    expect_value(KIND, "m", "M");
    expect_value(KIND, "a", "A");
    expect_value(WELL, "y", "true");
    expect_value(WELL, "n", "false");
    expect_value(STRESS, "10", "10");
    expect_value(STRESS, "37", "7");
    expect_value(NOTES, "Bad night", "Bad night");
}

Test(ui_form, mistakes_stop_the_saving_not_the_typing)
{
    type(WEIGHT, "999");
    cr_expect(screen_has("30 to 300 kg."));
    cr_expect_eq(act(ACTION_SAVE) & ACCEPT, 0u);
    cr_expect_eq(form_focused(form), WEIGHT);
    press(KEYCODE_BACKSPACE);
    cr_expect(!screen_has("30 to 300 kg."));
    cr_expect_eq(act(ACTION_SAVE) & ACCEPT, 0u);
    cr_expect_eq(form_focused(form), DAY, "the date is needed");
    cr_expect(screen_has("Needed."));
    type(DAY, "today");
    cr_expect(act(ACTION_SAVE) & ACCEPT);
    cr_expect_str_eq(form_text(form, DAY), "2026-01-16");
    cr_expect(form_dirty(form));
    form_settle(form);
    cr_expect(!form_dirty(form));
}

Test(ui_form, keys_go_from_field_to_field)
{
    form_focus(form, WEIGHT);
    press(KEYCODE_ENTER);
    cr_expect_eq(form_focused(form), DAY);
    press(KEYCODE_DOWN);
    press(KEYCODE_TAB);
    cr_expect_eq(form_focused(form), KIND);
    press(KEYCODE_BACKTAB);
    press(KEYCODE_UP);
    press(KEYCODE_UP);
    cr_expect_eq(form_focused(form), WEIGHT);
    press(KEYCODE_UP);
    cr_expect_eq(form_focused(form), WEIGHT);
    press(KEYCODE_BACKTAB);
    cr_expect_eq(form_focused(form), NOTES, "what is only shown is passed by");
    type(NOTES, "a");
    press(KEYCODE_ENTER);
    type(NOTES, "b");
    cr_expect_str_eq(form_text(form, NOTES), "a\nb");
    press(KEYCODE_UP);
    cr_expect_eq(form_focused(form), NOTES);
    press(KEYCODE_UP);
    cr_expect_eq(form_focused(form), STRESS);
    cr_expect_eq(press(KEYCODE_F1), 0u);
    cr_expect_eq(press(KEYCODE_CTRL | 's'), 0u);
}

Test(ui_form, suggestions_and_clearing)
{
    form_set_clearing(form, true);
    form_set(form, WEIGHT, "80");
    form_suggest(form, WEIGHT, "79.5", "Health has 79.5");
    form_focus(form, WEIGHT);
    screen_show(form_widget(form));
    cr_expect(screen_has("Health has 79.5  ^T"));
    act(ACTION_SUGGESTED);
    cr_expect_str_eq(form_value(form, WEIGHT), "79.5");
    cr_expect(!screen_has("Health has"));
    act(ACTION_CLEAR);
    cr_expect_null(form_value(form, WEIGHT));
    cr_expect(form_cleared(form, WEIGHT));
    cr_expect(screen_has("will be emptied"));
    type(WEIGHT, "81");
    cr_expect(!form_cleared(form, WEIGHT));
    cr_expect_str_eq(form_original(form, WEIGHT), "80");
}

static void check(void *ctx, int field, const char *value, struct form_verdict *out)
{
    (void)ctx;
    if (field == STRESS && value && strcmp(value, "9") == 0)
        snprintf(out->warning, sizeof out->warning, "high");
}

static int told;

static void changed(void *ctx, int field)
{
    (void)ctx;
    told = field;
}

Test(ui_form, the_owner_checks_and_is_told)
{
    form_on_check(form, check, NULL);
    form_on_changed(form, changed, NULL);
    type(STRESS, "9");
    cr_expect_eq(told, STRESS);
    cr_expect(screen_has("high"));
    form_set(form, DAY, "2026-01-16");
    cr_expect(act(ACTION_SAVE) & ACCEPT, "a warning does not stop the saving");
    type(NOTES, "x");
    cr_expect_eq(told, NOTES);
    form_set_error(form, NOTES, "No.");
    screen_show(form_widget(form));
    cr_expect(screen_has("No."));
    press('y');
    cr_expect(!screen_has("No."));
}

Test(ui_form, what_it_looks_like)
{
    form_set(form, WEIGHT, "80");
    form_set(form, DAY, "2026-01-16");
    form_set(form, KIND, "A");
    form_set(form, WELL, "true");
    form_set(form, STRESS, "3");
    form_remark(form, WEIGHT, ROLE_DIM, "yesterday 80.4");
    form_focus(form, WEIGHT);
    screen_show(form_widget(form));
    screen_expect("›  Weight [80      ] kg               yesterday 80.4\n"
                  "   Date   [2026-01-16 ]\n"
                  "   Start  [      ]\n"
                  "   State  [< attended  >]\n"
                  "   Well    (●) yes  ( ) no\n"
                  "   Stress [3  ] ●●●○○○○○○○\n"
                  "   Notes  [                                               ]\n\n"
                  "                                                      0/40\n"
                  "   Client  Ana Lima\n\n\n");
}

Test(ui_form, scrolls_where_it_is_higher_than_its_pane)
{
    term_resize_headless(30, 3);
    screen_show(form_widget(form));
    cr_expect(screen_has("Weight"));
    form_focus(form, NOTES);
    type(NOTES, "hello");
    cr_expect(screen_has("hello"));
    cr_expect(!screen_has("Weight"));
    int row = -1, col = -1;
    cr_expect(widget_cursor(form_widget(form), &row, &col));
    cr_expect(row >= 0 && row < 3);
    for (int cols = 1; cols < 40; cols++) {
        term_resize_headless(cols, 1 + cols % 5);
        screen_show(form_widget(form));
        press(KEYCODE_TAB);
    }
}
