/* What the monkey does to the program: keys, text, pastes, the mouse, sizes and the passing of time, each as a value that can be written
 * down and read again, so that what failed can be played anew. */
#ifndef CENTURION_TESTS_MONKEY_EVENTS_H
#define CENTURION_TESTS_MONKEY_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/term/input.h"

enum { MONKEY_PASTE_MAX = 2000, MONKEY_WORDS_MAX = 160, MONKEY_COLS_MAX = 500, MONKEY_ROWS_MAX = 200 };

enum monkey_kind {
    MONKEY_KEY,
    MONKEY_PASTE,
    MONKEY_MOUSE,
    MONKEY_SIZE,
    MONKEY_FOCUS,
    MONKEY_HANG_UP, /* the terminal goes away: the program ends, and starts anew */
    MONKEY_PASS,    /* time passes */
    MONKEY_SETTLE,  /* the program comes to rest; what is not followed by this comes in one turn with the next */
};

struct monkey_event {
    enum monkey_kind kind;
    int key;
    enum mouse_button button;
    int row, col;        /* MOUSE; of SIZE how many */
    bool twice, focused; /* MOUSE, FOCUS */
    int milliseconds;    /* PASS */
    char text[MONKEY_PASTE_MAX + 1];
};

/* The same numbers for the same seed, everywhere. */
struct monkey_dice {
    uint64_t state;
};
unsigned dice_roll(struct monkey_dice *dice, unsigned sides); /* 0 to sides - 1 */
bool dice_chance(struct monkey_dice *dice, unsigned percent);

/* Makes events without end: single ones, and short habits of people (going to a place, filling in a form, a menu). */
struct monkey_mind {
    struct monkey_dice dice;
    int keys[64]; /* of the habit that is under way */
    int count, at;
    int screen_rows, screen_cols; /* as last told, for the mouse */
    bool ascii;                   /* no glyphs of ours in what is pasted */
};
void monkey_next(struct monkey_mind *mind, struct monkey_event *out);

/* As words of a script: "ctrl-s", "size:120x36", "mouse:left:3,4:twice", "paste:...", "pass:400", "focus:in", "hangup", "settle". */
void monkey_write(const struct monkey_event *event, char out[MONKEY_WORDS_MAX]);
/* Reads one word up to a blank or the end; how much it took, 0 when it is none. Of a paste "\\t", "\\n" and "\\s" are tab, line end and
 * blank. */
int monkey_read(const char *text, struct monkey_event *out);

#endif
