/* Keys, text, pastes and the mouse as values. */
#ifndef CENTURION_TERM_INPUT_H
#define CENTURION_TERM_INPUT_H

#include <stdbool.h>
#include <stddef.h>

/* A key: a Unicode code point, or one of these, perhaps with KEY_MOD_*. */
enum {
    KEYCODE_NONE = 0,
    KEYCODE_ENTER = 0x110000, /* beyond Unicode */
    KEYCODE_TAB,
    KEYCODE_BACKTAB,
    KEYCODE_ESCAPE,
    KEYCODE_BACKSPACE,
    KEYCODE_UP,
    KEYCODE_DOWN,
    KEYCODE_LEFT,
    KEYCODE_RIGHT,
    KEYCODE_HOME,
    KEYCODE_END,
    KEYCODE_PAGE_UP,
    KEYCODE_PAGE_DOWN,
    KEYCODE_INSERT,
    KEYCODE_DELETE,
    KEYCODE_F1, /* F1..F12 follow one another */
    KEYCODE_F12 = KEYCODE_F1 + 11,
    KEYCODE_CTRL = 1 << 22, /* added to the lower-case letter: KEYCODE_CTRL | 'd' */
    KEYCODE_ALT = 1 << 23,
};

enum input_type {
    INPUT_KEY,
    INPUT_PASTE,
    INPUT_MOUSE,
    INPUT_RESIZE,
    INPUT_FOCUS,
    INPUT_END /* the terminal hung up */
};

enum mouse_button { MOUSE_LEFT, MOUSE_MIDDLE, MOUSE_RIGHT, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct input {
    enum input_type type;
    int key;          /* INPUT_KEY */
    const char *text; /* INPUT_PASTE: valid UTF-8 (bad bytes replaced), lines end in \n; valid during the call */
    size_t length;
    bool cut;                 /* INPUT_PASTE: longer than INPUT_PASTE_MAX, the rest was dropped: say so */
    bool focused;             /* INPUT_FOCUS: the terminal's window got (or lost) the focus */
    enum mouse_button button; /* INPUT_MOUSE: pressed, or the wheel moved */
    int row, col;
    bool double_click;
};

enum { INPUT_PASTE_MAX = 1 << 20 }; /* bytes */

typedef void input_fn(void *arg, const struct input *input);

enum { KEY_NAME_MAX = 24 };

/* "ctrl-d", "enter", "f5", "g", "space", "?", "alt-x", "ctrl-alt-up". Returns out; key_parse() reads every one of them. */
char *key_name(int key, char out[KEY_NAME_MAX]);
/* As the hints show it: "^D", "↵" (or "Enter"), "F5", "g", "␣". */
char *key_label(int key, bool ascii, char out[KEY_NAME_MAX]);
/* Reads one name, in lower case, up to a blank or the end; the bytes taken, or 0 when it is none. */
size_t key_parse(const char *text, int *key);

#endif
