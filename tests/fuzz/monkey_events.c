#include "tests/fuzz/monkey_events.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/utf8.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/action.h"

unsigned dice_roll(struct monkey_dice *dice, unsigned sides)
{
    dice->state += 0x9e3779b97f4a7c15; /* splitmix64 */
    uint64_t z = dice->state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (unsigned)((z ^ (z >> 31)) % sides);
}

bool dice_chance(struct monkey_dice *dice, unsigned percent)
{
    return dice_roll(dice, 100) < percent;
}

/* ---- Habits ---- */

static void add(struct monkey_mind *mind, int key)
{
    if (mind->count < (int)(sizeof mind->keys / sizeof mind->keys[0]))
        mind->keys[mind->count++] = key;
}

static void add_text(struct monkey_mind *mind, const char *text)
{
    for (; *text; text++)
        add(mind, (unsigned char)*text);
}

static void add_times(struct monkey_mind *mind, int key, unsigned times)
{
    for (; times > 0; times--)
        add(mind, key);
}

/* Keys as actions.def has them: alternatives are split by ", ", the keys of a sequence by a blank. */
static void add_action(struct monkey_mind *mind, enum action action)
{
    const char *keys = action_info(action)->keys;
    unsigned alternatives = 1;
    for (const char *at = keys; (at = strstr(at, ", ")); at += 2)
        alternatives++;
    for (unsigned skip = dice_roll(&mind->dice, alternatives); skip > 0; skip--)
        keys = strstr(keys, ", ") + 2;
    while (*keys) {
        char name[KEY_NAME_MAX];
        size_t length = strcspn(keys, " ");
        bool last = length > 1 && keys[length - 1] == ',' && keys[length] == ' ';
        int key;
        snprintf(name, sizeof name, "%.*s", (int)(length - last), keys);
        if (key_parse(name, &key))
            add(mind, key);
        if (last)
            break;
        keys += length + strspn(keys + length, " ");
    }
}

/* Days around the one that the demonstration is made for. */
static const char *some_day(struct monkey_mind *mind, char out[DATE_TEXT_MAX])
{
    int today;
    date_parse("2026-01-16", &today);
    int reach = dice_chance(&mind->dice, 70) ? 14 : 900;
    date_iso(today - reach + (int)dice_roll(&mind->dice, (unsigned)(2 * reach)), out);
    return out;
}

static void add_some_part(struct monkey_mind *mind)
{
    static const char *const words[] = {
        "month",   "agenda",   "unmarked", "week", "members", "coaches", "prompts",    "statistics", "questionnaires",
        "entries", "overview", "notes",    "new",  "metric",  "0",       "2026-02-30", "9999999",    "-1"};
    char text[24];
    switch (dice_roll(&mind->dice, 8)) {
    case 0:
    case 1:
        add_text(mind, some_day(mind, text));
        break;
    case 2:
        add_text(mind, words[dice_roll(&mind->dice, sizeof words / sizeof words[0])]);
        break;
    case 3:
        snprintf(text, sizeof text, "%u", dice_roll(&mind->dice, 200));
        add_text(mind, text);
        break;
    default:
        snprintf(text, sizeof text, "%u", 1 + dice_roll(&mind->dice, 12));
        add_text(mind, text);
        break;
    }
}

static void go_somewhere(struct monkey_mind *mind)
{
    unsigned screens = 0;
    while (screens_all[screens])
        screens++;
    add(mind, ':');
    add_text(mind, screens_all[dice_roll(&mind->dice, screens)]->id);
    for (unsigned parts = dice_roll(&mind->dice, 4); parts > 0; parts--) {
        add(mind, '/');
        add_some_part(mind);
    }
    add(mind, KEYCODE_ENTER);
}

static void add_figure(struct monkey_mind *mind)
{
    static const unsigned sizes[] = {10, 100, 300, 20000, 1000000000};
    char text[24];
    snprintf(text, sizeof text, "%u", dice_roll(&mind->dice, sizes[dice_roll(&mind->dice, 5)]));
    add_text(mind, text);
    if (dice_chance(&mind->dice, 20))
        add_text(mind, ".5");
}

static void fill_in(struct monkey_mind *mind)
{
    char day[DATE_TEXT_MAX];
    static const char *const words[] = {"Amy",     "note #knee", "13:30", "PT",        "-",
                                        "Jan 6WC", "ongoing",    "45",    "Zo\xc3\xab"};
    for (unsigned fields = 1 + dice_roll(&mind->dice, 5); fields > 0; fields--) {
        if (dice_chance(&mind->dice, 60))
            add_figure(mind);
        else if (dice_chance(&mind->dice, 30))
            add_text(mind, some_day(mind, day));
        else
            add_text(mind, words[dice_roll(&mind->dice, 8)]);
        add(mind, dice_chance(&mind->dice, 80) ? KEYCODE_TAB : KEYCODE_ENTER);
    }
    if (dice_chance(&mind->dice, 70))
        add(mind, KEYCODE_CTRL | 's');
}

static void filter(struct monkey_mind *mind)
{
    static const char *const terms[] = {"cohort:dec", "name:a",  "last:>=1", "!paused", "a|b",
                                        "score:>50",  "ongoing", "week:",    "((",      "\\",
                                        "x:y:z",      ">=",      "'",        "%",       "_"};
    add(mind, '/');
    for (unsigned count = 1 + dice_roll(&mind->dice, 2); count > 0; count--) {
        add_text(mind, terms[dice_roll(&mind->dice, sizeof terms / sizeof terms[0])]);
        if (count > 1)
            add(mind, ' ');
    }
    add(mind, KEYCODE_ENTER);
}

static void begin_habit(struct monkey_mind *mind)
{
    static const char places[] = "rcmeaindqbwhsl";
    unsigned action;
    mind->count = mind->at = 0;
    switch (dice_roll(&mind->dice, 10)) {
    case 0:
        go_somewhere(mind);
        break;
    case 1:
        add(mind, 'g');
        add(mind, places[dice_roll(&mind->dice, sizeof places - 1)]);
        break;
    case 2:
        fill_in(mind);
        break;
    case 3: /* a menu */
        add(mind, 'x');
        add_times(mind, KEYCODE_DOWN, dice_roll(&mind->dice, 6));
        add(mind, KEYCODE_ENTER);
        break;
    case 4: /* a question: yes is below no */
        add(mind, dice_chance(&mind->dice, 70) ? KEYCODE_DOWN : KEYCODE_TAB);
        add(mind, KEYCODE_ENTER);
        break;
    case 5:
        filter(mind);
        break;
    case 6: /* marked, and something done to them */
        add_times(mind, ' ', 1 + dice_roll(&mind->dice, 4));
        add_action(mind, 1 + dice_roll(&mind->dice, ACTION_COUNT - 1));
        break;
    case 7: /* by its name */
        action = 1 + dice_roll(&mind->dice, ACTION_COUNT - 1);
        if (action == ACTION_QUIT)
            break;
        add(mind, ':');
        add_text(mind, action_info((enum action)action)->name);
        add(mind, KEYCODE_ENTER);
        break;
    case 8:
        add_times(mind, KEYCODE_ESCAPE, 1 + dice_roll(&mind->dice, 3));
        break;
    default:
        add_times(mind, dice_chance(&mind->dice, 50) ? KEYCODE_TAB : 'j', 1 + dice_roll(&mind->dice, 4));
        add(mind, KEYCODE_ENTER);
        break;
    }
}

/* ---- Single events ---- */

static void some_key(struct monkey_mind *mind, struct monkey_event *out)
{
    static const int frequent[] = {KEYCODE_ENTER,
                                   KEYCODE_ENTER,
                                   KEYCODE_TAB,
                                   KEYCODE_BACKTAB,
                                   KEYCODE_DOWN,
                                   KEYCODE_UP,
                                   KEYCODE_LEFT,
                                   KEYCODE_RIGHT,
                                   KEYCODE_HOME,
                                   KEYCODE_END,
                                   KEYCODE_DELETE,
                                   KEYCODE_PAGE_UP,
                                   KEYCODE_ESCAPE,
                                   ' ',
                                   KEYCODE_PAGE_DOWN,
                                   KEYCODE_BACKSPACE,
                                   'j',
                                   'k',
                                   'l',
                                   'h',
                                   'J',
                                   'K'};
    static const int rare[] = {0xe9, 0x6f22, 0x1f600, 0x301, 0x200d, 0xfffd, 0x202e, KEYCODE_INSERT};
    unsigned chance = dice_roll(&mind->dice, 100);
    if (chance < 30) {
        out->key = frequent[dice_roll(&mind->dice, sizeof frequent / sizeof frequent[0])];
    } else if (chance < 60) { /* an action's */
        mind->count = mind->at = 0;
        add_action(mind, 1 + dice_roll(&mind->dice, ACTION_COUNT - 1));
        out->key = mind->count ? mind->keys[mind->at++] : 'j';
    } else if (chance < 85) {
        out->key = ' ' + (int)dice_roll(&mind->dice, 95);
    } else if (chance < 90) {
        out->key = KEYCODE_CTRL | (int)('a' + dice_roll(&mind->dice, 26));
    } else if (chance < 94) {
        out->key = '0' + (int)dice_roll(&mind->dice, 10);
    } else if (chance < 96) {
        out->key = KEYCODE_F1 + (int)dice_roll(&mind->dice, 12);
    } else if (chance < 98) {
        out->key = KEYCODE_ALT | (int)('a' + dice_roll(&mind->dice, 26));
    } else {
        out->key = rare[dice_roll(&mind->dice, sizeof rare / sizeof rare[0])];
    }
    /* Leaving is tried, but not all the time. */
    if ((out->key == 'Q' || out->key == 'q') && dice_chance(&mind->dice, 80))
        out->key = KEYCODE_DOWN;
}

static void some_paste(struct monkey_mind *mind, struct monkey_event *out)
{
    static const char *const pieces[] = {"80.5\t8000\t2100\t7\t3\n",
                                         "Amy Byrne\t80\n",
                                         "member\tweight\tsteps\n",
                                         "12,5;7\n",
                                         "a",
                                         "0",
                                         "\n",
                                         "\t",
                                         "#knee ",
                                         "-1",
                                         "1e9",
                                         "9999999999999999999",
                                         "' OR 1=1 --",
                                         "\xe6\xbc\xa2\xe5\xad\x97",
                                         "\xf0\x9f\x98\x80",
                                         "e\xcc\x81",
                                         "\xe2\x80\xae",
                                         "\x1b[31m",
                                         "\x01",
                                         "   "};
    out->kind = MONKEY_PASTE;
    size_t length = 0, most = dice_chance(&mind->dice, 90) ? 120 : MONKEY_PASTE_MAX;
    for (unsigned count = 1 + dice_roll(&mind->dice, 12); count > 0; count--) {
        const char *piece = pieces[dice_roll(&mind->dice, sizeof pieces / sizeof pieces[0])];
        unsigned times = dice_chance(&mind->dice, 90) ? 1 : 1 + dice_roll(&mind->dice, 100);
        for (; times > 0 && length + strlen(piece) <= most; times--) {
            memcpy(out->text + length, piece, strlen(piece));
            length += strlen(piece);
        }
    }
    out->text[length] = '\0';
}

static void some_size(struct monkey_mind *mind, struct monkey_event *out)
{
    static const int usual[][2] = {{80, 24}, {120, 36}, {80, 24}, {100, 30}, {60, 15},
                                   {59, 14}, {160, 50}, {79, 23}, {99, 40},  {132, 25}};
    unsigned chance = dice_roll(&mind->dice, 100);
    out->kind = MONKEY_SIZE;
    if (chance < 60) {
        unsigned at = dice_roll(&mind->dice, sizeof usual / sizeof usual[0]);
        out->col = usual[at][0];
        out->row = usual[at][1];
    } else if (chance < 97) {
        out->col = 1 + (int)dice_roll(&mind->dice, 160);
        out->row = 1 + (int)dice_roll(&mind->dice, 60);
    } else {
        out->col = 1 + (int)dice_roll(&mind->dice, MONKEY_COLS_MAX);
        out->row = 1 + (int)dice_roll(&mind->dice, MONKEY_ROWS_MAX);
    }
    mind->screen_cols = out->col;
    mind->screen_rows = out->row;
}

static void some_mouse(struct monkey_mind *mind, struct monkey_event *out)
{
    out->kind = MONKEY_MOUSE;
    out->button = dice_chance(&mind->dice, 60) ? MOUSE_LEFT : (enum mouse_button)dice_roll(&mind->dice, 5);
    out->row = (int)dice_roll(&mind->dice, (unsigned)mind->screen_rows + 1);
    out->col = (int)dice_roll(&mind->dice, (unsigned)mind->screen_cols + 1);
    out->twice = out->button == MOUSE_LEFT && dice_chance(&mind->dice, 20);
}

void monkey_next(struct monkey_mind *mind, struct monkey_event *out)
{
    memset(out, 0, offsetof(struct monkey_event, text) + 1);
    if (mind->at < mind->count && !dice_chance(&mind->dice, 3)) {
        out->key = mind->keys[mind->at++];
        return;
    }
    unsigned chance = dice_roll(&mind->dice, 1000);
    if (chance < 60) {
        begin_habit(mind);
        out->key = mind->count ? mind->keys[mind->at++] : 'j';
    } else if (chance < 85) {
        some_paste(mind, out);
    } else if (chance < 185) {
        some_mouse(mind, out);
    } else if (chance < 200) {
        some_size(mind, out);
    } else if (chance < 205) {
        out->kind = MONKEY_FOCUS;
        out->focused = dice_chance(&mind->dice, 50);
    } else if (chance < 250) {
        out->kind = MONKEY_PASS;
        out->milliseconds = (int)dice_roll(&mind->dice, dice_chance(&mind->dice, 90) ? 700 : 20000);
    } else if (chance < 251 && dice_chance(&mind->dice, 30)) {
        out->kind = MONKEY_HANG_UP;
    } else {
        some_key(mind, out);
    }
}

/* ---- In words ---- */

static const char *const buttons[] = {"left", "middle", "right", "up", "down"};

static void write_paste(const char *text, char out[MONKEY_WORDS_MAX])
{
    size_t length = (size_t)snprintf(out, MONKEY_WORDS_MAX, "paste:");
    for (; *text && length + 8 < MONKEY_WORDS_MAX; text++) {
        const char *as = *text == '\t' ? "\\t" : *text == '\n' ? "\\n" : *text == ' ' ? "\\s" : NULL;
        if (as)
            length += (size_t)snprintf(out + length, MONKEY_WORDS_MAX - length, "%s", as);
        else
            out[length++] = *text;
    }
    out[length] = '\0';
    utf8_trim(out);
}

void monkey_write(const struct monkey_event *event, char out[MONKEY_WORDS_MAX])
{
    char name[KEY_NAME_MAX];
    switch (event->kind) {
    case MONKEY_KEY:
        snprintf(out, MONKEY_WORDS_MAX, "%s", key_name(event->key, name));
        break;
    case MONKEY_PASTE:
        write_paste(event->text, out);
        break;
    case MONKEY_MOUSE:
        snprintf(out, MONKEY_WORDS_MAX, "mouse:%s:%d,%d%s", buttons[event->button], event->row, event->col,
                 event->twice ? ":twice" : "");
        break;
    case MONKEY_SIZE:
        snprintf(out, MONKEY_WORDS_MAX, "size:%dx%d", event->col, event->row);
        break;
    case MONKEY_FOCUS:
        snprintf(out, MONKEY_WORDS_MAX, "focus:%s", event->focused ? "in" : "out");
        break;
    case MONKEY_HANG_UP:
        snprintf(out, MONKEY_WORDS_MAX, "hangup");
        break;
    case MONKEY_PASS:
        snprintf(out, MONKEY_WORDS_MAX, "pass:%d", event->milliseconds);
        break;
    case MONKEY_SETTLE:
        snprintf(out, MONKEY_WORDS_MAX, "settle");
        break;
    }
}

static bool read_mouse(const char *word, struct monkey_event *out)
{
    char button[8], twice[8] = "";
    out->kind = MONKEY_MOUSE;
    if (sscanf(word, "mouse:%7[a-z]:%d,%d:%7s", button, &out->row, &out->col, twice) < 3)
        return false;
    out->twice = strcmp(twice, "twice") == 0;
    for (int i = 0; i < 5; i++)
        if (strcmp(buttons[i], button) == 0) {
            out->button = (enum mouse_button)i;
            return true;
        }
    return false;
}

static void read_paste(const char *text, struct monkey_event *out)
{
    size_t length = 0;
    out->kind = MONKEY_PASTE;
    for (; *text; text++) {
        char byte = *text;
        if (byte == '\\' && text[1] && strchr("tns", text[1])) {
            text++;
            byte = *text == 't' ? '\t' : *text == 'n' ? '\n' : ' ';
        }
        out->text[length++] = byte;
    }
    out->text[length] = '\0';
}

int monkey_read(const char *text, struct monkey_event *out)
{
    char word[MONKEY_WORDS_MAX];
    size_t length = strcspn(text, " ");
    memset(out, 0, sizeof *out);
    if (length >= sizeof word)
        return 0;
    memcpy(word, text, length);
    word[length] = '\0';
    bool good = true;
    if (strcmp(word, "settle") == 0)
        out->kind = MONKEY_SETTLE;
    else if (strcmp(word, "hangup") == 0)
        out->kind = MONKEY_HANG_UP;
    else if (strncmp(word, "focus:", 6) == 0)
        *out = (struct monkey_event){.kind = MONKEY_FOCUS, .focused = word[6] == 'i'};
    else if (sscanf(word, "pass:%d", &out->milliseconds) == 1)
        out->kind = MONKEY_PASS;
    else if (sscanf(word, "size:%dx%d", &out->col, &out->row) == 2)
        out->kind = MONKEY_SIZE;
    else if (strncmp(word, "mouse:", 6) == 0)
        good = read_mouse(word, out);
    else if (strncmp(word, "paste:", 6) == 0)
        read_paste(word + 6, out);
    else
        good = key_parse(word, &out->key) == length;
    return good ? (int)length : 0;
}
