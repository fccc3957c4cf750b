#include "tests/fuzz/monkey_screen.h"

#include <stdio.h>
#include <string.h>

#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/term/term.h"

/* As frame.c has them. */
enum { SMALLEST_COLS = 60, SMALLEST_ROWS = 15, FULL_COLS = 80, FULL_ROWS = 24 };

static size_t line_length(const char *line)
{
    return strcspn(line, "\n");
}

static const char *line_at(const char *text, int row)
{
    for (; row > 0 && *text; row--) {
        text += line_length(text);
        text += *text == '\n';
    }
    return text;
}

bool screen_compare(const char *before, const char *after, char *why, size_t size)
{
    for (int line = 0;; line++) {
        size_t was = line_length(before), is = line_length(after);
        if (was != is || strncmp(before, after, was) != 0) {
            snprintf(why, size, "line %d\n  it was |%.*s|\n  it is  |%.*s|", line, (int)was, before, (int)is, after);
            return false;
        }
        before += was;
        after += is;
        if (!*before || !*after)
            return *before == *after;
        before++;
        after++;
    }
}

/* Rows whose ground is the bar's, from edge to edge, as a list "0 22 "; others that have some of it, too. */
static bool bars_in_place(const char *roles, int cols, int rows, int foot, char *why, size_t size)
{
    char whole[40];
    bool top = false, bottom = false;
    snprintf(whole, sizeof whole, "  bar 0-%d", cols - 1);
    for (const char *line = line_at(roles, rows); *line; line = line_at(line, 1)) {
        int first = 0, last = 0;
        int count = sscanf(line, "%d-%d", &first, &last);
        last = count == 2 ? last : first;
        const char *bar = strstr(line, "  bar "), *end = line + line_length(line);
        if (count < 1 || !bar || bar > end)
            continue;
        size_t length = strlen(whole);
        bool full = strncmp(bar, whole, length) == 0 && bar + length == end;
        for (int row = first; row <= last; row++) {
            top |= full && row == 0;
            bottom |= full && row == foot;
            if (!full || (row != 0 && row != foot)) {
                snprintf(why, size, "row %d has a bar that does not belong there: %.*s", row, (int)line_length(line),
                         line);
                return false;
            }
        }
    }
    if (!top || !bottom)
        snprintf(why, size, "the bar %s is not there", top ? "with the status" : "at the top");
    return top && bottom;
}

static bool glyphs_left_out(const char *text, char *why, size_t size)
{
    static const char *const ours[] = {"●", "◐", "○", "›", "▲", "▼", "✓", "✗", "→", "↵",
                                       "␣", "◌", "█", "▒", "│", "─", "◆", "▏", "▐"};
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        const char *at = strstr(text, ours[i]);
        if (at) {
            while (at > text && at[-1] != '\n')
                at--;
            snprintf(why, size, "\"%s\" is shown where only ASCII is taken: |%.*s|", ours[i], (int)line_length(at), at);
            return false;
        }
    }
    return true;
}

bool screen_in_place(const char *text, const char *roles, int cols, int rows, bool ascii, char *why, size_t size)
{
    int row = 0;
    for (const char *line = text; *line; line = line_at(line, 1), row++) {
        char words[2048];
        snprintf(words, sizeof words, "%.*s", (int)line_length(line), line);
        if (utf8_width(words) > cols) {
            snprintf(why, size, "row %d is wider than the terminal: |%s|", row, words);
            return false;
        }
    }
    if (row != rows) {
        snprintf(why, size, "there are %d rows, not %d", row, rows);
        return false;
    }
    if (ascii && !glyphs_left_out(text, why, size))
        return false;
    if (cols < SMALLEST_COLS || rows < SMALLEST_ROWS) {
        bool said = cols < 24 || strstr(text, "is too small");
        if (!said)
            snprintf(why, size, "nothing says that the terminal is too small");
        return said;
    }
    if (strncmp(text, " CENTURION", 10) != 0) {
        snprintf(why, size, "the program's name is not in the first row: |%.*s|", (int)line_length(text), text);
        return false;
    }
    bool hints = cols >= FULL_COLS && rows >= FULL_ROWS;
    if (!bars_in_place(roles, cols, rows, rows - 1 - hints, why, size))
        return false;
    if (hints && !line_length(line_at(text, rows - 1))) {
        snprintf(why, size, "the line of hints is empty");
        return false;
    }
    return true;
}

bool screen_bad_words(char *why, size_t size)
{
    static const char *const bad[] = {"permission denied", "relation \"",
                                      "function ",         "syntax error",
                                      "violates",          "null value in",
                                      "invalid input",     "is ambiguous",
                                      "division by zero",  "out of range",
                                      "deadlock",          "cannot cast",
                                      "operator does not", "XX000",
                                      "more than one row", "malformed",
                                      "unexpected",        "prepared statement",
                                      "not read as",       "statement timeout",
                                      "protocol",          "cached plan",
                                      "stack depth"};
    struct str text = {0};
    term_snapshot(&text, NULL);
    const char *found = NULL;
    int row = term_rows() - (term_cols() >= FULL_COLS && term_rows() >= FULL_ROWS ? 2 : 1);
    const char *status = line_at(str_text(&text), row > 0 ? row : 0);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0] && !found; i++) {
        found = strstr(status, bad[i]);
        if (found && found > status + line_length(status))
            found = NULL;
    }
    if (found)
        snprintf(why, size, "the status line has what only a mistake brings about: |%.*s|", (int)line_length(status),
                 status);
    str_fini(&text);
    return found != NULL;
}
