#include <criterion/criterion.h>
#include <locale.h>
#include <string.h>

#include "centurion/term/input.h"

TestSuite(term_keys);

/* Every key with every modifier: what key_name() says, key_parse() reads. */
Test(term_keys, names_round_trip)
{
    static const int modifiers[] = {0, KEYCODE_CTRL, KEYCODE_ALT, KEYCODE_CTRL | KEYCODE_ALT};
    char name[KEY_NAME_MAX];
    int keys = 0;
    for (int base = 1; base <= KEYCODE_F12; base++) {
        if (base == 0x7f || base < ' ' || (base > 0x17f && base < KEYCODE_ENTER && base != 0x1f600))
            continue;
        for (int i = 0; i < 4; i++) {
            int key = base | modifiers[i], read = -1;
            key_name(key, name);
            size_t taken = key_parse(name, &read);
            cr_assert_eq(taken, strlen(name), "%s: %zu bytes read", name, taken);
            cr_assert_eq(read, key, "%s: %x became %x", name, (unsigned)key, (unsigned)read);
            keys++;
        }
    }
    cr_assert_gt(keys, 1000);
}

Test(term_keys, names_are_the_documented_ones)
{
    static const struct {
        int key;
        const char *name;
    } known[] = {{KEYCODE_CTRL | 'd', "ctrl-d"},
                 {KEYCODE_ENTER, "enter"},
                 {KEYCODE_F1 + 4, "f5"},
                 {KEYCODE_F12, "f12"},
                 {'g', "g"},
                 {'G', "G"},
                 {'f', "f"},
                 {' ', "space"},
                 {'?', "?"},
                 {'-', "-"},
                 {KEYCODE_ALT | 'x', "alt-x"},
                 {KEYCODE_CTRL | KEYCODE_ALT | KEYCODE_UP, "ctrl-alt-up"},
                 {0xe9, "é"}};
    char name[KEY_NAME_MAX];
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        cr_assert_str_eq(key_name(known[i].key, name), known[i].name);
}

Test(term_keys, only_names_are_read)
{
    static const char *const wrong[] = {"",   " ",           "ctrl-",  "alt-",  "f0",       "f13",
                                        "gg", "fx",          "enterr", "Enter", "ctrl-gg",  "\xff",
                                        "\t", "ctrl-ctrl-d", "\x01",   "f1x",   "\xc3\x28", "\x7f"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int key;
        cr_assert_eq(key_parse(wrong[i], &key), 0, "\"%s\" was read", wrong[i]);
        cr_assert_eq(key, KEYCODE_NONE);
    }
}

Test(term_keys, a_name_ends_at_a_blank)
{
    int key;
    cr_assert_eq(key_parse("ctrl-d ctrl-u", &key), 6);
    cr_assert_eq(key, KEYCODE_CTRL | 'd');
}

Test(term_keys, labels)
{
    char label[KEY_NAME_MAX];
    cr_assert_str_eq(key_label(KEYCODE_CTRL | 'd', false, label), "^D");
    cr_assert_str_eq(key_label(KEYCODE_ENTER, false, label), "↵");
    cr_assert_str_eq(key_label(KEYCODE_ENTER, true, label), "Enter");
    cr_assert_str_eq(key_label(KEYCODE_F1 + 4, false, label), "F5");
    cr_assert_str_eq(key_label('g', false, label), "g");
    cr_assert_str_eq(key_label(' ', false, label), "␣");
    cr_assert_str_eq(key_label(KEYCODE_ALT | 'x', false, label), "M-x");
}

/* The ASCII labels are ASCII. */
Test(term_keys, ascii_labels)
{
    char label[KEY_NAME_MAX];
    for (int key = KEYCODE_ENTER; key <= KEYCODE_F12; key++)
        for (const char *at = key_label(key, true, label); *at; at++)
            cr_assert(*at > ' ' && *at <= '~', "%s", label);
}
