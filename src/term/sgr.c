#include "sgr.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* The length of the CSI sequence at bytes, 0 when it is none. */
static size_t csi_length(const char *bytes, size_t length)
{
    if (length < 3 || bytes[0] != '\033' || bytes[1] != '[')
        return 0;
    for (size_t i = 2; i < length; i++)
        if (bytes[i] >= 0x40 && bytes[i] <= 0x7e)
            return i + 1;
    return 0;
}

/* Whether the sequence, which is size long, is an SGR of plain parameters. */
static bool is_sgr(const char *sequence, size_t size)
{
    for (size_t i = 2; i < size - 1; i++)
        if (!isdigit((unsigned char)sequence[i]) && sequence[i] != ';' && sequence[i] != ':')
            return false;
    return sequence[size - 1] == 'm';
}

static void set_color(char color[SGR_COLOR_MAX], const char *text, size_t length)
{
    if (length < SGR_COLOR_MAX) {
        memcpy(color, text, length);
        color[length] = '\0';
    }
}

/* How long the parameter at text is, including those that belong to it: 38;5;n and 38;2;r;g;b. */
static size_t parameter_length(const char *text, size_t length)
{
    int parts = 1;
    size_t at = 0;
    if (length > 5 && (memcmp(text, "38;5;", 5) == 0 || memcmp(text, "48;5;", 5) == 0))
        parts = 3;
    else if (length > 5 && (memcmp(text, "38;2;", 5) == 0 || memcmp(text, "48;2;", 5) == 0))
        parts = 5;
    for (; at < length; at++)
        if (text[at] == ';' && --parts == 0)
            break;
    return at;
}

/* Applies the parameters of one SGR to what is wanted. */
static void apply(struct sgr_state *wanted, const char *text, size_t length)
{
    for (size_t at = 0; at <= length;) {
        size_t size = parameter_length(text + at, length - at);
        int number = 0;
        for (size_t i = 0; i < size && isdigit((unsigned char)text[at + i]); i++)
            number = number * 10 + text[at + i] - '0';
        if (number == 0)
            memset(wanted, 0, sizeof *wanted);
        else if (number < 10)
            wanted->attrs |= 1u << number;
        else if (number == 22)
            wanted->attrs &= ~(1u << 1 | 1u << 2);
        else if (number >= 23 && number <= 29)
            wanted->attrs &= ~(1u << (number - 20));
        else if (number == 39)
            wanted->foreground[0] = '\0';
        else if (number == 49)
            wanted->background[0] = '\0';
        else if ((number >= 30 && number <= 38) || (number >= 90 && number <= 97))
            set_color(wanted->foreground, text + at, size);
        else if ((number >= 40 && number <= 48) || (number >= 100 && number <= 107))
            set_color(wanted->background, text + at, size);
        at += size + 1;
    }
}

/* Several lines at once (SU, SD) is what terminals of the kind that they call themselves after do not all know. Curses sends it with the
 * cursor on the edge that lines move away to or come from, where a line feed (IND, RI) scrolls too, and costs little more. */
static bool add_scroll(struct str *out, const char *sequence, size_t size)
{
    char last = sequence[size - 1];
    int lines = 0;
    if (last != 'S' && last != 'T')
        return false;
    for (size_t i = 2; i < size - 1; i++) {
        if (!isdigit((unsigned char)sequence[i]) || lines > 999)
            return false;
        lines = lines * 10 + sequence[i] - '0';
    }
    for (int i = lines ? lines : 1; i > 0; i--)
        str_add(out, last == 'S' ? "\n" : "\033M");
    return true;
}

/* The parameters of one sequence in the making. */
struct parameters {
    char text[2 * SGR_COLOR_MAX + 24];
    size_t length;
};

static void add_parameter(struct parameters *out, const char *parameter, size_t length)
{
    if (out->length)
        out->text[out->length++] = ';';
    memcpy(out->text + out->length, parameter, length);
    out->length += length;
}

static void add_attrs(struct parameters *out, unsigned attrs)
{
    for (int i = 1; attrs >> i; i++)
        if (attrs & 1u << i)
            add_parameter(out, &"0123456789"[i], 1);
}

/* Sends the difference: on top of what is set or after a reset, whichever is shorter. */
static void send_wanted(struct sgr *sgr, struct str *out)
{
    const struct sgr_state *sent = &sgr->sent, *wanted = &sgr->wanted;
    bool foreground = strcmp(sent->foreground, wanted->foreground) != 0;
    bool background = strcmp(sent->background, wanted->background) != 0;
    if (!foreground && !background && sent->attrs == wanted->attrs)
        return;
    struct parameters reset = {.length = 0}, more = {.length = 0};
    size_t of_foreground = strlen(wanted->foreground), of_background = strlen(wanted->background);
    add_attrs(&reset, wanted->attrs);
    if (of_foreground)
        add_parameter(&reset, wanted->foreground, of_foreground);
    if (of_background)
        add_parameter(&reset, wanted->background, of_background);
    add_attrs(&more, wanted->attrs & ~sent->attrs);
    if (foreground)
        add_parameter(&more, of_foreground ? wanted->foreground : "39", of_foreground ? of_foreground : 2);
    if (background)
        add_parameter(&more, of_background ? wanted->background : "49", of_background ? of_background : 2);
    bool must_reset = sent->attrs & ~wanted->attrs;
    str_add_bytes(out, "\033[", 2);
    if (must_reset || reset.length + (reset.length > 0) < more.length) {
        if (reset.length)
            str_add_char(out, ';');
        str_add_bytes(out, reset.text, reset.length);
    } else {
        str_add_bytes(out, more.text, more.length);
    }
    str_add_char(out, 'm');
    sgr->sent = *wanted;
}

void sgr_shorten(struct sgr *sgr, const char *bytes, size_t length, struct str *out)
{
    static const char moves[] = "ABCDGHd"; /* draw nothing, so they need no colours */
    for (size_t at = 0; at < length;) {
        size_t size = csi_length(bytes + at, length - at);
        if (size) {
            if (is_sgr(bytes + at, size)) {
                apply(&sgr->wanted, bytes + at + 2, size - 3);
            } else {
                if (!strchr(moves, bytes[at + size - 1]))
                    send_wanted(sgr, out);
                if (!add_scroll(out, bytes + at, size))
                    str_add_bytes(out, bytes + at, size);
            }
            at += size;
        } else if (bytes[at] == '\033' && length - at >= 3 && bytes[at + 1] == '(' && bytes[at + 2] == 'B') {
            at += 3; /* part of the reset of all attributes: the character set, which nothing here changes */
        } else if (bytes[at] == '\017') {
            at++; /* the same on other terminals */
        } else if (bytes[at] == '\r' || bytes[at] == '\b') {
            str_add_char(out, bytes[at++]);
        } else {
            size_t end = at + 1;
            while (end < length && ((unsigned char)bytes[end] >= ' '))
                end++;
            send_wanted(sgr, out);
            str_add_bytes(out, bytes + at, end - at);
            at = end;
        }
    }
    memset(&sgr->wanted, 0, sizeof sgr->wanted);
    send_wanted(sgr, out);
}
