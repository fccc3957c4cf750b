#include "centurion/term/term.h"

#include <wchar.h>

#include "centurion/base/utf8.h"
#include "curses_wide.h"
#include "grid.h"

static const char role_letters[ROLE_COUNT] = {
    [ROLE_TEXT] = 't',   [ROLE_STRONG] = 's', [ROLE_DIM] = 'd',  [ROLE_ACCENT] = 'a', [ROLE_GOOD] = 'g',
    [ROLE_WARN] = 'w',   [ROLE_BAD] = 'b',    [ROLE_INFO] = 'i', [ROLE_NOTE] = 'n',   [ROLE_RULE] = 'r',
    [ROLE_HEADER] = 'h', [ROLE_CHART] = 'c',  [ROLE_KEY] = 'k',  [ROLE_MATCH] = 'm',  [ROLE_INPUT] = 'f',
    [ROLE_ERROR] = 'e',  [ROLE_APP] = 'p',
};

/* Ends a line: blanks at its end are cut, down to where it began. */
static void end_line(struct str *out, size_t start)
{
    size_t length = out->length;
    while (length > start && out->text[length - 1] == ' ')
        length--;
    str_cut(out, length);
    str_add_char(out, '\n');
}

/* A row as curses has it. */
static void snapshot_text(struct str *out, int row)
{
    size_t start = out->length;
    for (int col = 0; col < grid_cols();) {
        cchar_t cell;
        wchar_t chars[CCHARW_MAX + 1] = {0};
        attr_t attrs;
        short pair;
        char encoded[4];
        if (mvwin_wch(stdscr, row, col, &cell) == ERR || getcchar(&cell, chars, &attrs, &pair, NULL) == ERR)
            break;
        for (int i = 0; i < CCHARW_MAX && chars[i]; i++)
            str_add_bytes(out, encoded, utf8_encode(chars[i], encoded));
        col += wcwidth(chars[0]) == 2 ? 2 : 1;
    }
    end_line(out, start);
}

static void snapshot_roles(struct str *out, int row)
{
    size_t start = out->length;
    const struct cell *cells = grid_row(row);
    for (int col = 0; col < grid_cols(); col++) {
        bool blank = cells[col].chars[0] == L' ' && cells[col].chars[1] == 0;
        str_add_char(out, blank ? ' ' : role_letters[cells[col].role]);
    }
    end_line(out, start);
}

/* " bar 0-119" for each run of a ground that is not plain. */
static void row_grounds(struct str *out, int row)
{
    const struct cell *cells = grid_row(row);
    for (int col = 0; col < grid_cols();) {
        int first = col;
        enum ground ground = cells[col].ground;
        while (col < grid_cols() && cells[col].ground == ground)
            col++;
        if (ground != GROUND_PLAIN)
            str_addf(out, "  %s %d-%d", ground_name(ground), first, col - 1);
    }
}

/* "3-7  popup 20-59": rows whose grounds are alike share a line. */
static void snapshot_grounds(struct str *out)
{
    struct str runs = {0}, next = {0};
    int first = 0;
    for (int row = 0; row <= grid_rows(); row++) {
        str_clear(&next);
        if (row < grid_rows())
            row_grounds(&next, row);
        if (row > 0 && row < grid_rows() && str_equal(str_text(&runs), str_text(&next)))
            continue;
        if (row > 0 && runs.length > 0) {
            if (first < row - 1)
                str_addf(out, "%d-%d%s\n", first, row - 1, runs.text);
            else
                str_addf(out, "%d%s\n", first, runs.text);
        }
        first = row;
        str_clear(&runs);
        str_add(&runs, str_text(&next));
    }
    str_fini(&runs);
    str_fini(&next);
}

void term_snapshot(struct str *text, struct str *roles)
{
    for (int row = 0; row < grid_rows(); row++) {
        if (text)
            snapshot_text(text, row);
        if (roles)
            snapshot_roles(roles, row);
    }
    if (roles)
        snapshot_grounds(roles);
}
