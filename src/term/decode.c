#include "decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/utf8.h"

enum { ESCAPE_MS = 25, SEQUENCE_MS = 250, PASTE_STALL_MS = 1000, DOUBLE_CLICK_MS = 400 };

static const char paste_marker[] = "\033[201~";

void decode_init(struct decoder *decoder, input_fn *fn, void *arg)
{
    *decoder = (struct decoder){.fn = fn, .arg = arg, .click_row = -1};
}

void decode_fini(struct decoder *decoder)
{
    str_fini(&decoder->paste);
}

void decode_add_key(struct decoder *decoder, const char *bytes, int key)
{
    if (bytes[0] != '\033' || strlen(bytes) < 2 || strlen(bytes) >= DECODE_KEY_BYTES ||
        decoder->key_count == DECODE_KEYS_MAX)
        return;
    snprintf(decoder->keys[decoder->key_count].bytes, DECODE_KEY_BYTES, "%s", bytes);
    decoder->keys[decoder->key_count++].key = key;
}

static void emit_key(struct decoder *decoder, int key)
{
    struct input input = {.type = INPUT_KEY, .key = key};
    if (key != KEYCODE_NONE)
        decoder->fn(decoder->arg, &input);
}

/* What one byte below 128 means by itself. */
static int plain_key(unsigned char byte)
{
    switch (byte) {
    case '\r':
        return KEYCODE_ENTER;
    case '\t':
        return KEYCODE_TAB;
    case '\b':
    case 0x7f:
        return KEYCODE_BACKSPACE;
    case 0x1b:
        return KEYCODE_ESCAPE;
    case 0:
        return KEYCODE_CTRL | ' ';
    default:
        break;
    }
    if (byte > 0 && byte <= 26)
        return KEYCODE_CTRL | (byte + 'a' - 1);
    if (byte < ' ')
        return KEYCODE_CTRL | (byte + '@');
    return byte;
}

/* The key of a sequence that terminfo knows, or KEYCODE_NONE. */
static int known_key(const struct decoder *decoder)
{
    for (int i = 0; i < decoder->key_count; i++)
        if (strlen(decoder->keys[i].bytes) == decoder->length &&
            memcmp(decoder->keys[i].bytes, decoder->raw, decoder->length) == 0)
            return decoder->keys[i].key;
    return KEYCODE_NONE;
}

/* The modifiers that xterm's parameter says: 1 + (1 shift, 2 alt, 4 control, 8 meta). */
static int modifier_bits(int parameter)
{
    int bits = parameter > 1 ? parameter - 1 : 0;
    return (bits & (2 | 8) ? KEYCODE_ALT : 0) | (bits & 4 ? KEYCODE_CTRL : 0);
}

static int letter_key(char final)
{
    switch (final) {
    case 'A':
    case 'a': /* rxvt's shifted arrows */
        return KEYCODE_UP;
    case 'B':
    case 'b':
        return KEYCODE_DOWN;
    case 'C':
    case 'c':
        return KEYCODE_RIGHT;
    case 'D':
    case 'd':
        return KEYCODE_LEFT;
    case 'H':
        return KEYCODE_HOME;
    case 'F':
        return KEYCODE_END;
    case 'P':
    case 'Q':
    case 'R':
    case 'S':
        return KEYCODE_F1 + (final - 'P');
    case 'Z':
        return KEYCODE_BACKTAB;
    default:
        return KEYCODE_NONE;
    }
}

static int number_key(int number)
{
    static const int keys[] = {
        [1] = KEYCODE_HOME,    [2] = KEYCODE_INSERT,    [3] = KEYCODE_DELETE,   [4] = KEYCODE_END,
        [5] = KEYCODE_PAGE_UP, [6] = KEYCODE_PAGE_DOWN, [7] = KEYCODE_HOME,     [8] = KEYCODE_END,
        [11] = KEYCODE_F1,     [12] = KEYCODE_F1 + 1,   [13] = KEYCODE_F1 + 2,  [14] = KEYCODE_F1 + 3,
        [15] = KEYCODE_F1 + 4, [17] = KEYCODE_F1 + 5,   [18] = KEYCODE_F1 + 6,  [19] = KEYCODE_F1 + 7,
        [20] = KEYCODE_F1 + 8, [21] = KEYCODE_F1 + 9,   [23] = KEYCODE_F1 + 10, [24] = KEYCODE_F1 + 11,
    };
    return number > 0 && number < (int)(sizeof keys / sizeof keys[0]) ? keys[number] : KEYCODE_NONE;
}

/* The keypad in application mode. */
static int keypad_key(char final)
{
    static const char letters[] = "jklmnopqrstuvwxyX", meant[] = "*+,-./0123456789=";
    if (final == 'M')
        return KEYCODE_ENTER;
    if (final == 'I')
        return KEYCODE_TAB;
    const char *at = strchr(letters, final);
    return at && *at ? meant[at - letters] : KEYCODE_NONE;
}

static void decode_mouse(struct decoder *decoder, int code, int col, int row, int64_t now)
{
    static const enum mouse_button buttons[3] = {MOUSE_LEFT, MOUSE_MIDDLE, MOUSE_RIGHT};
    struct input input = {.type = INPUT_MOUSE, .row = row - 1, .col = col - 1};
    code &= ~(4 | 8 | 16); /* shift, meta, control */
    if (row < 1 || col < 1 || code < 0)
        return;
    if (code == 64 || code == 65)
        input.button = code == 64 ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN;
    else if (code < 3)
        input.button = buttons[code];
    else
        return; /* released, moved, or a button that means nothing here */
    if (code == 0) {
        bool again = decoder->click_row == input.row && decoder->click_col == input.col;
        input.double_click = again && now - decoder->click_time <= DOUBLE_CLICK_MS;
        decoder->click_time = now;
        decoder->click_row = input.double_click ? -1 : input.row; /* a third is a first again */
        decoder->click_col = input.col;
    }
    decoder->fn(decoder->arg, &input);
}

/* Up to three decimal parameters, separated by ';'; how many there were, 0 when there is anything else in text. */
static int read_parameters(const char *text, size_t length, int out[3])
{
    int count = 0;
    bool any = false;
    out[0] = out[1] = out[2] = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ';') {
            count++;
        } else if (text[i] >= '0' && text[i] <= '9' && count < 3 && out[count] < 100000) {
            out[count] = out[count] * 10 + text[i] - '0';
            any = true;
        } else {
            return 0;
        }
    }
    return count + (any ? 1 : 0);
}

/* A whole control sequence, ESC [ ... final. What it does not know ends here. */
static void decode_sequence(struct decoder *decoder, int64_t now)
{
    int modifiers = decoder->modifiers, key = known_key(decoder), parameters[3];
    decoder->modifiers = 0;
    if (decoder->length > DECODE_SEQUENCE_MAX)
        return;
    const char *raw = decoder->raw;
    size_t inner = decoder->length - 3;
    char final = raw[decoder->length - 1];
    bool private = inner > 0 && raw[2] >= '<' && raw[2] <= '?';
    int count = read_parameters(raw + 2 + private, inner - private, parameters);
    if (key != KEYCODE_NONE) {
        emit_key(decoder, key | modifiers);
    } else if (private) {
        if (raw[2] == '<' && final == 'M' && count == 3)
            decode_mouse(decoder, parameters[0], parameters[1], parameters[2], now);
    } else if (final == '~' && parameters[0] == 200) {
        decoder->state = DECODE_PASTE;
        decoder->paste_end = 0;
        decoder->paste_cut = decoder->paste_stalled = false;
        str_clear(&decoder->paste);
    } else if (inner == 0 && (final == 'I' || final == 'O')) {
        struct input input = {.type = INPUT_FOCUS, .focused = final == 'I'};
        decoder->fn(decoder->arg, &input);
    } else if (final == '~' || final == '^' || final == '$' || final == '@') { /* rxvt: ^ control, $ shift, @ both */
        key = number_key(parameters[0]);
        if (key != KEYCODE_NONE)
            emit_key(decoder, key | modifiers | modifier_bits(count > 1 ? parameters[1] : 0) |
                                  (final == '^' || final == '@' ? KEYCODE_CTRL : 0));
    } else {
        key = letter_key(final);
        if (key != KEYCODE_NONE)
            emit_key(decoder, key | modifiers | modifier_bits(count > 1 ? parameters[1] : 0));
    }
}

static void decode_ss3(struct decoder *decoder)
{
    int key = known_key(decoder), modifiers = decoder->modifiers;
    decoder->modifiers = 0;
    if (decoder->length > DECODE_SEQUENCE_MAX)
        return;
    char final = decoder->raw[decoder->length - 1];
    if (key == KEYCODE_NONE) {
        key = letter_key(final);
        if (key != KEYCODE_NONE && final >= 'a' && final <= 'd')
            key |= KEYCODE_CTRL; /* rxvt */
    }
    if (key == KEYCODE_NONE)
        key = keypad_key(final);
    if (key != KEYCODE_NONE)
        emit_key(decoder, key | modifiers);
}

/* Adds to the sequence; what is too long is only counted. */
static void remember(struct decoder *decoder, char byte)
{
    if (decoder->length < DECODE_SEQUENCE_MAX)
        decoder->raw[decoder->length] = byte;
    if (decoder->length <= DECODE_SEQUENCE_MAX)
        decoder->length++;
}

static void begin(struct decoder *decoder, enum decode_state state, char byte)
{
    decoder->state = state;
    decoder->length = 0;
    remember(decoder, byte);
}

static void on_plain(struct decoder *decoder, unsigned char byte)
{
    int modifiers = decoder->modifiers;
    if (byte == 0x1b) {
        begin(decoder, DECODE_ESCAPE, (char)byte);
        return;
    }
    decoder->modifiers = 0;
    if (byte < 0x80) {
        emit_key(decoder, plain_key(byte) | modifiers);
    } else if (decoder->high) {
        emit_key(decoder, (int)decoder->high[byte - 0x80] | modifiers);
    } else if (byte < 0xc2 || byte > 0xf4) {
        emit_key(decoder, 0xfffd | modifiers);
    } else {
        begin(decoder, DECODE_CHARACTER, (char)byte);
        decoder->needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
        decoder->modifiers = modifiers;
    }
}

/* True when the byte was taken. */
static bool on_character(struct decoder *decoder, unsigned char byte)
{
    bool belongs = (byte & 0xc0) == 0x80;
    wchar_t code = 0xfffd;
    if (belongs) {
        remember(decoder, (char)byte);
        if (--decoder->needed > 0)
            return true;
        if (utf8_decode(decoder->raw, decoder->length, &code) != decoder->length)
            code = 0xfffd;
    }
    int modifiers = decoder->modifiers;
    decoder->modifiers = 0;
    decoder->state = DECODE_PLAIN;
    emit_key(decoder, (int)code | modifiers);
    return belongs;
}

static void on_escape(struct decoder *decoder, unsigned char byte)
{
    remember(decoder, (char)byte);
    int key = known_key(decoder);
    if (key != KEYCODE_NONE) {
        int modifiers = decoder->modifiers;
        decoder->state = DECODE_PLAIN;
        decoder->modifiers = 0;
        emit_key(decoder, key | modifiers);
        return;
    }
    switch (byte) {
    case '[':
        decoder->state = DECODE_CSI;
        return;
    case 'O':
        decoder->state = DECODE_SS3;
        return;
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
        decoder->state = DECODE_STRING;
        decoder->string_escape = false;
        return;
    default:
        break;
    }
    /* ESC ESC: either Escape twice, or Alt with a key that is itself a sequence. */
    bool before = decoder->modifiers & KEYCODE_ALT;
    if (before)
        emit_key(decoder, KEYCODE_ESCAPE);
    decoder->modifiers = KEYCODE_ALT;
    if (byte == 0x1b) {
        begin(decoder, DECODE_ESCAPE, (char)byte);
        return;
    }
    decoder->state = DECODE_PLAIN;
    on_plain(decoder, byte);
}

/* True when the byte was taken. */
static bool on_sequence(struct decoder *decoder, unsigned char byte, int64_t now)
{
    if (byte == 0x1b || byte >= 0x80 || byte == 0x18 || byte == 0x1a) { /* broken off */
        decoder->state = DECODE_PLAIN;
        decoder->modifiers = 0;
        return byte == 0x18 || byte == 0x1a;
    }
    remember(decoder, (char)byte);
    if (decoder->state == DECODE_LINUX) {
        decoder->state = DECODE_PLAIN;
        int key = known_key(decoder), modifiers = decoder->modifiers;
        decoder->modifiers = 0;
        if (key == KEYCODE_NONE && byte >= 'A' && byte <= 'E')
            key = KEYCODE_F1 + (byte - 'A');
        if (key != KEYCODE_NONE)
            emit_key(decoder, key | modifiers);
    } else if (decoder->state == DECODE_SS3) {
        if (byte < '0' || byte > '9') {
            decoder->state = DECODE_PLAIN;
            decode_ss3(decoder);
        }
    } else if (decoder->length == 3 && byte == '[') {
        decoder->state = DECODE_LINUX;
    } else if (decoder->length == 3 && byte == 'M') {
        decoder->state = DECODE_MOUSE;
        decoder->needed = 3;
    } else if (byte >= 0x40 || (byte == '$' && decoder->length <= 5 && decoder->raw[2] <= '9')) {
        decoder->state = DECODE_PLAIN;
        decode_sequence(decoder, now);
    }
    return true;
}

static void on_old_mouse(struct decoder *decoder, unsigned char byte, int64_t now)
{
    remember(decoder, (char)byte);
    if (--decoder->needed > 0)
        return;
    decoder->state = DECODE_PLAIN;
    decoder->modifiers = 0;
    const unsigned char *raw = (const unsigned char *)decoder->raw;
    decode_mouse(decoder, raw[3] - 32, raw[4] - 32, raw[5] - 32, now);
}

static void on_string(struct decoder *decoder, unsigned char byte)
{
    remember(decoder, (char)byte);
    bool ended = byte == 0x07 || byte == 0x18 || byte == 0x1a || (decoder->string_escape && byte == '\\');
    decoder->string_escape = byte == 0x1b;
    if (ended) {
        decoder->state = DECODE_PLAIN;
        decoder->modifiers = 0;
    }
}

/* The gathered bytes as valid UTF-8 with \n at the ends of lines. */
static void emit_paste(struct decoder *decoder)
{
    struct str clean = {0};
    const char *bytes = str_text(&decoder->paste);
    for (size_t i = 0; i < decoder->paste.length;) {
        wchar_t code;
        char encoded[4];
        size_t taken = 1;
        unsigned char byte = (unsigned char)bytes[i];
        if (byte >= 0x80 && decoder->high)
            code = decoder->high[byte - 0x80];
        else
            taken = utf8_decode(bytes + i, decoder->paste.length - i, &code);
        if (code == L'\r') {
            code = L'\n';
            if (i + 1 < decoder->paste.length && bytes[i + 1] == '\n')
                taken = 2;
        } else if (code == 0)
            code = 0xfffd;
        str_add_bytes(&clean, encoded, utf8_encode(code, encoded));
        i += taken ? taken : 1;
    }
    struct input input = {
        .type = INPUT_PASTE, .text = str_text(&clean), .length = clean.length, .cut = decoder->paste_cut};
    str_fini(&decoder->paste);
    decoder->fn(decoder->arg, &input);
    str_fini(&clean);
}

static void paste_add(struct decoder *decoder, const char *bytes, size_t length)
{
    size_t room = INPUT_PASTE_MAX - decoder->paste.length;
    if (length > room) {
        length = room;
        decoder->paste_cut = true;
    }
    str_add_bytes(&decoder->paste, bytes, length);
}

/* The bytes taken: up to the end of the paste. */
static size_t on_paste(struct decoder *decoder, const char *bytes, size_t length)
{
    size_t marker = sizeof paste_marker - 1;
    /* A terminal that never ends its paste must not swallow the keyboard: ^C alone, after a silence, ends it. */
    if (decoder->paste_stalled && length == 1 && bytes[0] == 0x03) {
        decoder->state = DECODE_PLAIN;
        emit_paste(decoder);
        return 1;
    }
    decoder->paste_stalled = false;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == paste_marker[decoder->paste_end]) {
            if (++decoder->paste_end == marker) {
                decoder->state = DECODE_PLAIN;
                emit_paste(decoder);
                return i + 1;
            }
            continue;
        }
        paste_add(decoder, paste_marker, decoder->paste_end);
        decoder->paste_end = bytes[i] == 0x1b;
        if (decoder->paste_end)
            continue;
        const char *next = memchr(bytes + i, 0x1b, length - i);
        size_t run = next ? (size_t)(next - (bytes + i)) : length - i;
        paste_add(decoder, bytes + i, run);
        i += run - 1;
    }
    return length;
}

size_t decode_feed(struct decoder *decoder, const char *bytes, size_t length, int64_t now)
{
    size_t at = 0;
    decoder->paused = false;
    while (at < length && !decoder->paused) {
        unsigned char byte = (unsigned char)bytes[at];
        bool taken = true;
        switch (decoder->state) {
        case DECODE_PLAIN:
            on_plain(decoder, byte);
            break;
        case DECODE_CHARACTER:
            taken = on_character(decoder, byte);
            break;
        case DECODE_ESCAPE:
            on_escape(decoder, byte);
            break;
        case DECODE_CSI:
        case DECODE_SS3:
        case DECODE_LINUX:
            taken = on_sequence(decoder, byte, now);
            break;
        case DECODE_MOUSE:
            on_old_mouse(decoder, byte, now);
            break;
        case DECODE_STRING:
            on_string(decoder, byte);
            break;
        case DECODE_PASTE:
            at += on_paste(decoder, bytes + at, length - at);
            continue;
        }
        if (taken)
            at++;
    }
    return at;
}

int decode_wait(const struct decoder *decoder)
{
    switch (decoder->state) {
    case DECODE_PLAIN:
        return -1;
    case DECODE_ESCAPE:
        return ESCAPE_MS;
    case DECODE_PASTE:
        return decoder->paste_stalled ? -1 : PASTE_STALL_MS;
    default:
        return SEQUENCE_MS;
    }
}

void decode_timeout(struct decoder *decoder)
{
    int modifiers = decoder->modifiers;
    enum decode_state state = decoder->state;
    if (state == DECODE_PASTE) {
        decoder->paste_stalled = true;
        return;
    }
    decoder->state = DECODE_PLAIN;
    decoder->modifiers = 0;
    if (state == DECODE_ESCAPE) {
        if (modifiers & KEYCODE_ALT)
            emit_key(decoder, KEYCODE_ESCAPE);
        emit_key(decoder, KEYCODE_ESCAPE);
    } else if (state == DECODE_CHARACTER) {
        emit_key(decoder, 0xfffd | modifiers);
    } else if ((state == DECODE_CSI || state == DECODE_SS3 || state == DECODE_STRING) && decoder->length == 2) {
        emit_key(decoder, decoder->raw[1] | KEYCODE_ALT); /* what began as one was Alt with a bracket */
    }
}
