/* Actions and the keys that lead to them. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <locale.h>
#include <string.h>

#include "centurion/term/input.h"
#include "centurion/ui/keymap.h"

static struct keymap *keymap;
static enum action action;
static int count;

static void setup(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    keymap = keymap_new();
}

static void teardown(void)
{
    keymap_free(keymap);
}

TestSuite(ui_keymap, .init = setup, .fini = teardown);

static enum keymap_result feed(const char *keys)
{
    enum keymap_result result = KEYMAP_NONE;
    for (; *keys; keys++)
        result = keymap_feed(keymap, (unsigned char)*keys, NULL, NULL, &action, &count);
    return result;
}

static void expect_action(const char *keys, enum action expected, int times)
{
    cr_expect_eq(feed(keys), KEYMAP_ACTION, "%s", keys);
    cr_expect_eq(action, expected, "%s gave %s", keys, action_info(action)->name);
    cr_expect_eq(count, times, "%s counts %d", keys, count);
    cr_expect_not(keymap_pending(keymap), "%s", keys);
}

Test(ui_keymap, actions_are_described)
{
    for (int id = ACTION_NONE + 1; id < ACTION_COUNT; id++) {
        const struct action_info *info = action_info((enum action)id);
        cr_expect_eq(action_find(info->name), (enum action)id, "%s is there twice", info->name);
        cr_expect_eq(strspn(info->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(info->name), "%s", info->name);
        cr_expect(*info->help && info->help[strlen(info->help) - 1] == '.', "%s: %s", info->name, info->help);
        cr_expect(strlen(info->hint) <= 12, "%s: the hint is long", info->name);
        cr_expect(*action_group_title(info->group), "%s", info->name);
    }
    cr_expect_eq(action_find("no-such-action"), ACTION_NONE);
    cr_expect_str_eq(action_info(ACTION_COUNT)->name, "");
}

/* Binding each action to its own defaults anew looks for conflicts with all others. */
Test(ui_keymap, default_keys_are_keys_and_hide_nothing)
{
    struct keymap_change changes[ACTION_COUNT];
    int changed = 0;
    for (int id = ACTION_NONE + 1; id < ACTION_COUNT; id++)
        changes[changed++] =
            (struct keymap_change){action_info((enum action)id)->name, action_info((enum action)id)->keys};
    struct error error = {0};
    cr_expect_eq(keymap_bind_all(keymap, changes, changed, &error), STATUS_OK, "%s", error.text);
}

Test(ui_keymap, keys_and_sequences)
{
    expect_action("j", ACTION_DOWN, 0);
    expect_action("gg", ACTION_TOP, 0);
    expect_action("gr", ACTION_GO_REVIEW, 0);
    expect_action("G", ACTION_BOTTOM, 0);
    cr_expect_eq(keymap_feed(keymap, KEYCODE_CTRL | 'u', NULL, NULL, &action, &count), KEYMAP_ACTION);
    cr_expect_eq(action, ACTION_HALF_UP);
    cr_expect_eq(keymap_feed(keymap, KEYCODE_PAGE_DOWN, NULL, NULL, &action, &count), KEYMAP_ACTION);
    cr_expect_eq(action, ACTION_PAGE_DOWN);
}

Test(ui_keymap, a_sequence_waits_and_what_does_not_go_on_is_dropped)
{
    cr_expect_eq(feed("g"), KEYMAP_PENDING);
    cr_expect(keymap_pending(keymap));
    cr_expect_eq(feed("~"), KEYMAP_NONE);
    cr_expect_not(keymap_pending(keymap));
    expect_action("j", ACTION_DOWN, 0);
}

Test(ui_keymap, counts)
{
    expect_action("5j", ACTION_DOWN, 5);
    expect_action("12gg", ACTION_TOP, 12);
    expect_action("10k", ACTION_UP, 10);
    expect_action("1234567G", ACTION_BOTTOM, 99999);
    cr_expect_eq(feed("0"), KEYMAP_NONE, "a leading 0 counts nothing");
    cr_expect_eq(feed("42"), KEYMAP_PENDING);
    cr_expect_eq(keymap_count(keymap), 42);
    keymap_reset(keymap);
    cr_expect_eq(keymap_count(keymap), 0);
}

static bool shows_tabs;
static bool accepts(void *arg, enum action asked)
{
    (void)arg;
    return asked == ACTION_CANCEL || asked == ACTION_GO_HOME || (asked == ACTION_TAB && shows_tabs);
}

Test(ui_keymap, escape_drops_what_is_pending)
{
    cr_expect_eq(feed("g"), KEYMAP_PENDING);
    cr_expect_eq(keymap_feed(keymap, KEYCODE_ESCAPE, NULL, NULL, &action, &count), KEYMAP_NONE);
    cr_expect_eq(action, ACTION_NONE);
    cr_expect_not(keymap_pending(keymap));

    shows_tabs = false;
    feed("3");
    cr_expect_eq(keymap_feed(keymap, KEYCODE_ESCAPE, accepts, NULL, &action, &count), KEYMAP_NONE);
    shows_tabs = true;
    feed("3");
    cr_expect_eq(keymap_feed(keymap, KEYCODE_ESCAPE, accepts, NULL, &action, &count), KEYMAP_ACTION);
    cr_expect_eq(action, ACTION_CANCEL);
    cr_expect_eq(count, 0);
}

Test(ui_keymap, what_the_focus_does_not_know_is_named)
{
    cr_expect_eq(keymap_feed(keymap, 'j', accepts, NULL, &action, &count), KEYMAP_NONE);
    cr_expect_eq(action, ACTION_DOWN);
    cr_expect_eq(keymap_feed(keymap, 'g', accepts, NULL, &action, &count), KEYMAP_PENDING);
    cr_expect_eq(keymap_feed(keymap, 'd', accepts, NULL, &action, &count), KEYMAP_ACTION);
    cr_expect_eq(action, ACTION_GO_HOME);
}

static void bind(const char *name, const char *keys)
{
    struct error error = {0};
    cr_assert_eq(keymap_bind(keymap, name, keys, &error), STATUS_OK, "%s", error.text);
}

static void refuse(const char *name, const char *keys, const char *words)
{
    struct error error = {0};
    cr_expect_eq(keymap_bind(keymap, name, keys, &error), STATUS_USAGE, "%s = %s", name, keys);
    cr_expect(strstr(error.text, words), "%s", error.text);
    cr_expect_eq(error.status, STATUS_USAGE);
}

Test(ui_keymap, overrides_replace)
{
    bind("refresh", "ctrl-g, f5");
    cr_expect_eq(keymap_feed(keymap, KEYCODE_CTRL | 'g', NULL, NULL, &action, &count), KEYMAP_ACTION);
    cr_expect_eq(action, ACTION_REFRESH);
    bind("quit", "X y");
    cr_expect_eq(feed("Q"), KEYMAP_NONE);
}

Test(ui_keymap, a_comma_is_a_key)
{
    bind("columns", "");
    bind("refresh", ",");
    expect_action(",", ACTION_REFRESH, 0);
    bind("refresh", "X, ,");
    expect_action(",", ACTION_REFRESH, 0);
    expect_action("X", ACTION_REFRESH, 0);
}

static bool knows_no_filter(void *arg, enum action wanted)
{
    (void)arg;
    return wanted != ACTION_FILTER;
}

Test(ui_keymap, a_local_action_goes_first_where_it_is_known)
{
    expect_action("/", ACTION_FILTER, 0);
    cr_expect_eq(keymap_feed(keymap, '/', knows_no_filter, NULL, &action, &count), KEYMAP_ACTION);
    cr_expect_eq(action, ACTION_SEARCH);
    refuse("minus", "/", "already a key of \"filter\"");
    bind("minus", "-");
}

Test(ui_keymap, unbound_and_bound_again)
{
    bind("move-down", "");
    cr_expect_eq(feed("j"), KEYMAP_NONE);
    bind("refresh", "j");
    expect_action("j", ACTION_REFRESH, 0);
}

Test(ui_keymap, overrides_that_are_no_good)
{
    refuse("fly", "x", "no action called \"fly\"");
    refuse("refresh", "hyper-x", "no key called \"hyper-x\"");
    refuse("refresh", "j", "j is already a key of \"move-down\"");
    refuse("refresh", "g", "g would hide g g, a key of \"move-top\"");
    refuse("refresh", "j x", "j x would never be reached behind j, a key of \"move-down\"");
    refuse("refresh", "3", "digit");
    refuse("refresh", "a b c d e", "more than 4 keys");
    expect_action("j", ACTION_DOWN, 0); /* nothing changed */
    cr_expect_eq(keymap_feed(keymap, KEYCODE_F1 + 4, NULL, NULL, &action, &count), KEYMAP_ACTION);
    cr_expect_eq(action, ACTION_REFRESH);
}

Test(ui_keymap, two_actions_exchange_their_keys)
{
    const struct keymap_change changes[] = {{"move-down", "k, down"}, {"move-up", "j, up"}};
    struct error error = {0};
    cr_assert_eq(keymap_bind_all(keymap, changes, 2, &error), STATUS_OK, "%s", error.text);
    expect_action("j", ACTION_UP, 0);
    expect_action("k", ACTION_DOWN, 0);
}

static void expect_label(enum action asked, bool all, const char *expected)
{
    struct str label = {0};
    keymap_label(keymap, asked, all, &label);
    cr_expect_str_eq(str_text(&label), expected);
    str_fini(&label);
}

Test(ui_keymap, labels)
{
    expect_label(ACTION_NEXT_RECORD, false, "J");
    expect_label(ACTION_TOP, false, "g g");
    expect_label(ACTION_TOP, true, "g g, Home");
    expect_label(ACTION_HALF_DOWN, true, "^D");
    expect_label(ACTION_MESSAGES, true, "");
    expect_label(ACTION_TAB, true, "1-9");
    struct str typed = {0};
    feed("5g");
    keymap_typed(keymap, &typed);
    cr_expect_str_eq(str_text(&typed), "5 g");
    str_fini(&typed);
}

static void note(void *arg, int key, enum action follows)
{
    str_addf(arg, "%c:%s ", isprint(key) ? key : '?', action_info(follows)->name);
}

Test(ui_keymap, what_may_follow)
{
    struct str found = {0};
    keymap_next(keymap, note, &found);
    cr_expect_str_eq(str_text(&found), "");
    bind("refresh", "g x y");
    bind("redraw", "g x z");
    feed("g");
    keymap_next(keymap, note, &found);
    cr_expect(strstr(str_text(&found), "g:move-top "), "%s", str_text(&found));
    cr_expect(strstr(str_text(&found), "r:go-review "), "%s", str_text(&found));
    const char *deeper = strstr(str_text(&found), "x: ");
    cr_expect(deeper && !strstr(deeper + 1, "x:"), "%s", str_text(&found));
    str_fini(&found);
}
