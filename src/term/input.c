#include "centurion/term/input.h"

#include <stdio.h>
#include <string.h>

#include "centurion/base/utf8.h"

static const struct {
    int key;
    const char *name, *label, *ascii;
} named[] = {
    {KEYCODE_ENTER, "enter", "↵", "Enter"},
    {KEYCODE_TAB, "tab", "Tab", "Tab"},
    {KEYCODE_BACKTAB, "backtab", "S-Tab", "S-Tab"},
    {KEYCODE_ESCAPE, "escape", "Esc", "Esc"},
    {KEYCODE_BACKSPACE, "backspace", "⌫", "BkSp"},
    {KEYCODE_UP, "up", "↑", "Up"},
    {KEYCODE_DOWN, "down", "↓", "Down"},
    {KEYCODE_LEFT, "left", "←", "Left"},
    {KEYCODE_RIGHT, "right", "→", "Right"},
    {KEYCODE_HOME, "home", "Home", "Home"},
    {KEYCODE_END, "end", "End", "End"},
    {KEYCODE_PAGE_UP, "page-up", "PgUp", "PgUp"},
    {KEYCODE_PAGE_DOWN, "page-down", "PgDn", "PgDn"},
    {KEYCODE_INSERT, "insert", "Ins", "Ins"},
    {KEYCODE_DELETE, "delete", "Del", "Del"},
    {' ', "space", "␣", "Space"},
};
enum { NAMED_COUNT = sizeof named / sizeof named[0] };

static int key_named(int key)
{
    for (int i = 0; i < NAMED_COUNT; i++)
        if (named[i].key == key)
            return i;
    return -1;
}

static void key_spell(int key, char *out, size_t size)
{
    char character[5] = {0};
    if (key >= KEYCODE_F1 && key <= KEYCODE_F12)
        snprintf(out, size, "f%d", key - KEYCODE_F1 + 1);
    else {
        character[utf8_encode((wchar_t)key, character)] = '\0';
        snprintf(out, size, "%s", character);
    }
}

char *key_name(int key, char out[KEY_NAME_MAX])
{
    int base = key & ~(KEYCODE_CTRL | KEYCODE_ALT), at = key_named(base);
    snprintf(out, KEY_NAME_MAX, "%s%s", key & KEYCODE_CTRL ? "ctrl-" : "", key & KEYCODE_ALT ? "alt-" : "");
    size_t used = strlen(out);
    if (at >= 0)
        snprintf(out + used, KEY_NAME_MAX - used, "%s", named[at].name);
    else if (base != KEYCODE_NONE)
        key_spell(base, out + used, KEY_NAME_MAX - used);
    return out;
}

char *key_label(int key, bool ascii, char out[KEY_NAME_MAX])
{
    int base = key & ~(KEYCODE_CTRL | KEYCODE_ALT), at = key_named(base);
    snprintf(out, KEY_NAME_MAX, "%s%s", key & KEYCODE_ALT ? "M-" : "", key & KEYCODE_CTRL ? "^" : "");
    size_t used = strlen(out);
    if (at >= 0)
        snprintf(out + used, KEY_NAME_MAX - used, "%s", ascii ? named[at].ascii : named[at].label);
    else if (base != KEYCODE_NONE) {
        key_spell(base, out + used, KEY_NAME_MAX - used);
        /* Capitals where the keyboard's caps have them: F5, ^D. */
        bool cap = key & KEYCODE_CTRL || (base >= KEYCODE_F1 && base <= KEYCODE_F12);
        if (cap && out[used] >= 'a' && out[used] <= 'z')
            out[used] = (char)(out[used] - 'a' + 'A');
    }
    return out;
}

/* The key that exactly the length bytes at text spell, without modifiers; KEYCODE_NONE when it is none. */
static int key_read(const char *text, size_t length)
{
    for (int i = 0; i < NAMED_COUNT; i++)
        if (strlen(named[i].name) == length && memcmp(named[i].name, text, length) == 0)
            return named[i].key;
    if (length >= 2 && length <= 3 && text[0] == 'f' && text[1] >= '1' && text[1] <= '9') {
        int number = text[1] - '0';
        if (length == 3)
            number = text[2] >= '0' && text[2] <= '9' ? number * 10 + text[2] - '0' : 0;
        return number >= 1 && number <= 12 ? KEYCODE_F1 + number - 1 : KEYCODE_NONE;
    }
    wchar_t code;
    size_t taken = utf8_decode(text, length, &code);
    if (taken == 0 || taken != length || !utf8_valid(text, length) || code <= ' ' || code == 0x7f)
        return KEYCODE_NONE;
    return (int)code;
}

size_t key_parse(const char *text, int *key)
{
    size_t length = strcspn(text, " \t\n"), start = 0;
    int modifiers = 0;
    *key = KEYCODE_NONE;
    for (;;) {
        if (length - start > 5 && memcmp(text + start, "ctrl-", 5) == 0 && !(modifiers & KEYCODE_CTRL)) {
            modifiers |= KEYCODE_CTRL;
            start += 5;
        } else if (length - start > 4 && memcmp(text + start, "alt-", 4) == 0 && !(modifiers & KEYCODE_ALT)) {
            modifiers |= KEYCODE_ALT;
            start += 4;
        } else
            break;
    }
    int base = key_read(text + start, length - start);
    if (base == KEYCODE_NONE)
        return 0;
    *key = base | modifiers;
    return length;
}
