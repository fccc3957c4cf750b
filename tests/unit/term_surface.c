/* Surfaces, drawn headless and read back from curses. */
#include <criterion/criterion.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/term/surface.h"
#include "centurion/term/term.h"

static void start(int cols, int rows, bool ascii)
{
    struct term_options options = {.ascii = ascii};
    struct error error = {0};
    cr_assert_eq(term_start_headless(cols, rows, &options, &error), STATUS_OK, "%s", error.text);
}

static void setup(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    start(12, 4, false);
}

TestSuite(term_surface, .init = setup, .fini = term_stop);

static void check_text(const char *expected)
{
    struct str text = {0};
    term_show();
    term_snapshot(&text, NULL);
    cr_expect_str_eq(text.text, expected, "got\n%s", text.text);
    str_fini(&text);
}

static void check_roles(const char *expected)
{
    struct str roles = {0};
    term_show();
    term_snapshot(NULL, &roles);
    cr_expect_str_eq(roles.text, expected, "got\n%s", roles.text);
    str_fini(&roles);
}

Test(term_surface, text_is_cut_at_the_edge)
{
    struct surface screen = term_surface(), part = surface_sub(&screen, 1, 2, 2, 6);
    cr_assert_eq(surface_text(&part, 0, 0, ROLE_TEXT, "abcdef", -1), 6);
    cr_assert_eq(surface_text(&part, 1, 0, ROLE_TEXT, "abcdefg", -1), 6);
    cr_assert_eq(surface_text(&part, 2, 0, ROLE_TEXT, "below", -1), 0);
    cr_assert_eq(surface_text(&part, -1, 0, ROLE_TEXT, "above", -1), 0);
    cr_assert_eq(surface_text(&part, 0, 6, ROLE_TEXT, "beside", -1), 0);
    check_text("\n  abcdef\n  abcde…\n\n");
}

Test(term_surface, text_in_so_many_columns)
{
    struct surface screen = term_surface();
    cr_assert_eq(surface_text(&screen, 0, 0, ROLE_TEXT, "abcdef", 4), 4);
    cr_assert_eq(surface_text(&screen, 1, 0, ROLE_TEXT, "abcd", 4), 4);
    cr_assert_eq(surface_text(&screen, 2, 0, ROLE_TEXT, "abcd", 1), 1);
    cr_assert_eq(surface_text(&screen, 3, 0, ROLE_TEXT, "abcd", 0), 0);
    cr_assert_eq(surface_text(&screen, 3, 0, ROLE_TEXT, NULL, 9), 0);
    check_text("abc…\nabcd\n…\n\n");
}

Test(term_surface, left_of_the_edge)
{
    struct surface screen = term_surface(), part = surface_sub(&screen, 0, 3, 4, 6);
    cr_assert_eq(surface_text(&part, 0, -2, ROLE_TEXT, "abcd", -1), 4);
    surface_text(&part, 1, -1, ROLE_TEXT, "王x", -1); /* half of it would show */
    surface_text(&part, 2, -9, ROLE_TEXT, "abcd", -1);
    surface_text(&part, 3, -3, ROLE_TEXT, "abcdefghijklm", -1);
    check_text("   cd\n    x\n\n   defgh…\n");
}

Test(term_surface, wide_characters_are_whole)
{
    struct surface screen = term_surface(), part = surface_sub(&screen, 0, 0, 4, 5);
    cr_assert_eq(surface_text(&part, 0, 0, ROLE_TEXT, "王小x", -1), 5);
    cr_assert_eq(surface_text(&part, 1, 0, ROLE_TEXT, "王小明", -1), 5);  /* two and the ellipsis */
    cr_assert_eq(surface_text(&part, 2, 0, ROLE_TEXT, "x王小明", -1), 4); /* one fits beside the ellipsis */
    surface_text(&part, 3, 0, ROLE_TEXT, "a王", 2);
    check_text("王小x\n王小…\nx王…\na…\n");
}

Test(term_surface, a_later_draw_takes_half_of_a_wide_character)
{
    struct surface screen = term_surface();
    for (int row = 0; row < 4; row++)
        surface_text(&screen, row, 0, ROLE_TEXT, "王小明", -1);
    term_show();
    surface_text(&screen, 0, 1, ROLE_TEXT, "x", -1);  /* the right half of the first */
    surface_text(&screen, 1, 2, ROLE_TEXT, "x", -1);  /* the left half of the second */
    surface_text(&screen, 2, 1, ROLE_TEXT, "明", -1); /* across two */
    surface_text(&screen, 3, 1, ROLE_TEXT, "abcd", -1);
    check_text(" x小明\n王x 明\n 明 明\n abcd\n");
}

Test(term_surface, a_wide_character_at_the_last_column)
{
    struct surface screen = term_surface();
    surface_text(&screen, 0, 11, ROLE_TEXT, "王", -1);
    surface_text(&screen, 1, 10, ROLE_TEXT, "王", -1);
    surface_field(&screen, 2, 11, 1, ROLE_TEXT, "王", FIT_LEFT);
    surface_text(&screen, 3, 10, ROLE_TEXT, "王", -1);
    term_show();
    surface_text(&screen, 3, 11, ROLE_TEXT, "x", -1);
    check_text("           …\n          王\n           …\n           x\n");
}

Test(term_surface, combining_marks_stay_on_their_base)
{
    struct surface screen = term_surface();
    cr_assert_eq(surface_text(&screen, 0, 0, ROLE_TEXT, "e\u0301a\u0323\u0302x", -1), 3);
    cr_assert_eq(surface_text(&screen, 1, 0, ROLE_TEXT, "abcdefghijke\u0301", -1), 12);
    surface_text(&screen, 2, 0, ROLE_TEXT, "abcdefghijkle\u0301", -1);
    surface_text(&screen, 3, 0, ROLE_TEXT, "abc\u0301",
                 3); /* the mark is beyond the third byte, not the third column */
    check_text("e\u0301a\u0323\u0302x\nabcdefghijke\u0301\nabcdefghijk…\nabc\u0301\n");
}

Test(term_surface, controls_are_shown)
{
    struct surface screen = term_surface();
    surface_text(&screen, 0, 0, ROLE_TEXT, "a\033[2Jb", -1);
    surface_text(&screen, 1, 0, ROLE_TEXT, "a\tb\nc\rd\x7f", -1);
    surface_text(&screen, 2, 0, ROLE_TEXT,
                 "a\xc2\x9b"
                 "b\xe2\x80\xae"
                 "c",
                 -1); /* C1, right-to-left override */
    surface_text(&screen, 3, 0, ROLE_TEXT, "a\xff\xc3(b", -1);
    check_text("a␛[2Jb\na␉b␊c␍d␡\na\ufffdb\ufffdc\na\ufffd\ufffd(b\n");
}

Test(term_surface, fields)
{
    struct surface screen = term_surface();
    for (int row = 0; row < 4; row++)
        surface_text(&screen, row, 0, ROLE_TEXT, "############", -1);
    surface_field(&screen, 0, 1, 6, ROLE_TEXT, "abc", FIT_LEFT);
    surface_field(&screen, 1, 1, 6, ROLE_TEXT, "abc", FIT_RIGHT);
    surface_field(&screen, 2, 1, 6, ROLE_TEXT, "abc", FIT_CENTER);
    surface_field(&screen, 3, 1, 6, ROLE_TEXT, "abc", FIT_START);
    check_text("#abc   #####\n#   abc#####\n# abc  #####\n#abc   #####\n");
    surface_field(&screen, 0, 1, 6, ROLE_TEXT, "abcdefg", FIT_LEFT);
    surface_field(&screen, 1, 1, 6, ROLE_TEXT, "abcdefg", FIT_RIGHT);
    surface_field(&screen, 2, 1, 6, ROLE_TEXT, NULL, FIT_CENTER);
    surface_field(&screen, 3, 1, 6, ROLE_TEXT, "abcdefg", FIT_START);
    check_text("#abcde…#####\n#abcde…#####\n#      #####\n#…cdefg#####\n");
    surface_field(&screen, 0, 1, 6, ROLE_TEXT, "王小明", FIT_LEFT);
    surface_field(&screen, 1, 1, 6, ROLE_TEXT, "x王小明", FIT_RIGHT);
    surface_field(&screen, 2, 1, 6, ROLE_TEXT, "王小明x", FIT_LEFT); /* five columns and the ellipsis leave one over */
    surface_field(&screen, 3, 1, 6, ROLE_TEXT, "x王小明", FIT_START);
    check_text("#王小明#####\n#x王小…#####\n#王小… #####\n#…小明 #####\n");
}

Test(term_surface, fields_are_clipped)
{
    struct surface screen = term_surface();
    surface_field(&screen, 0, 8, 6, ROLE_TEXT, "abc", FIT_RIGHT);
    surface_field(&screen, 1, -2, 6, ROLE_TEXT, "abcdef", FIT_LEFT);
    surface_field(&screen, 2, 3, 0, ROLE_TEXT, "abc", FIT_LEFT);
    surface_field(&screen, 9, 0, 6, ROLE_TEXT, "abc", FIT_LEFT);
    check_text("           a\ncdef\n\n\n");
}

Test(term_surface, subsurfaces_never_grow)
{
    struct surface screen = term_surface(), part = surface_sub(&screen, 1, 2, INT_MAX, INT_MAX);
    cr_assert(part.top == 1 && part.left == 2 && part.rows == 3 && part.cols == 10);
    part = surface_sub(&part, -1, -1, 3, 3);
    cr_assert(part.top == 1 && part.left == 2 && part.rows == 2 && part.cols == 2);
    part = surface_sub(&part, 5, 5, 3, 3);
    cr_assert(part.rows == 0 && part.cols == 0);
    surface_clear(&part);
    surface_text(&part, 0, 0, ROLE_TEXT, "x", -1);
    surface_fill(&part, 0, 0, 5, 5, ROLE_TEXT, L'x');
    check_text("\n\n\n\n");
}

Test(term_surface, rules_and_fills)
{
    struct surface screen = term_surface();
    surface_hline(&screen, 0, 0, 99);
    surface_vline(&screen, 1, 3, 99);
    surface_fill(&screen, 1, 5, 2, 3, ROLE_CHART, L'▒');
    surface_fill(&screen, -1, -1, 2, 2, ROLE_TEXT, L'x');
    surface_textf(&screen, 3, 5, ROLE_KEY, "%d%%", 42);
    check_text("x───────────\n   │ ▒▒▒\n   │ ▒▒▒\n   │ 42%\n");
}

Test(term_surface, long_formatted_text)
{
    struct surface screen = term_surface();
    cr_assert_eq(surface_textf(&screen, 0, 0, ROLE_TEXT, "%0400d", 7), 12);
    check_text("00000000000…\n\n\n\n");
}

Test(term_surface, roles_and_grounds)
{
    struct surface screen = term_surface(), bar = surface_sub(&screen, 0, 0, 1, 12),
                   row = surface_sub(&screen, 2, 0, 1, 8);
    bar = surface_on(&bar, GROUND_BAR);
    surface_clear(&bar);
    surface_text(&bar, 0, 1, ROLE_STRONG, "ab", -1);
    surface_text(&screen, 1, 0, ROLE_BAD, "a b", -1);
    surface_text(&screen, 1, 4, ROLE_GOOD, "王", -1);
    row = surface_on(&row, GROUND_SELECTED);
    surface_clear(&row);
    surface_text(&row, 0, 2, ROLE_DIM, "x", -1);
    check_roles(" ss\nb b gg\n  d\n\n0  bar 0-11\n2  selected 0-7\n");
    row = surface_sub(&screen, 2, 2, 2, 3);
    row = surface_on(&row, GROUND_POPUP);
    surface_clear(&row);
    check_roles(" ss\nb b gg\n\n\n0  bar 0-11\n2  selected 0-1  popup 2-4  selected 5-7\n3  popup 2-4\n");
    surface_clear(&screen);
    row = surface_sub(&screen, 1, 2, 3, 3);
    row = surface_on(&row, GROUND_POPUP);
    surface_clear(&row);
    check_roles("\n\n\n\n1-3  popup 2-4\n");
}

/* Each letter of the legend stands for one role. */
Test(term_surface, letters_of_roles)
{
    char seen[256] = {0};
    struct surface screen = term_surface();
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct str roles = {0};
        surface_text(&screen, 0, 0, (enum role)role, "x", -1);
        term_show();
        term_snapshot(NULL, &roles);
        unsigned char letter = (unsigned char)roles.text[0];
        cr_assert(letter >= 'a' && letter <= 'z' && !seen[letter], "%s", role_name((enum role)role));
        seen[letter] = 1;
        str_fini(&roles);
    }
}

Test(term_surface, a_surface_from_before_a_resize)
{
    struct surface old = term_surface();
    term_resize_headless(5, 2);
    surface_clear(&old);
    surface_text(&old, 0, 0, ROLE_TEXT, "abcdefghijkl", -1);
    surface_text(&old, 0, 4, ROLE_TEXT, "王王王王", -1);
    surface_text(&old, 3, 0, ROLE_TEXT, "gone", -1);
    surface_fill(&old, 0, 9, 9, 9, ROLE_TEXT, L'x');
    check_text("abcd\n\n");
}

Test(term_surface, any_size)
{
    static const int sizes[][2] = {{1, 1}, {2, 1}, {1, 2}, {80, 24}, {500, 200}, {1, 200}, {500, 1}, {3, 3}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        term_resize_headless(sizes[i][0], sizes[i][1]);
        cr_assert_eq(term_cols(), sizes[i][0]);
        cr_assert_eq(term_rows(), sizes[i][1]);
        struct surface screen = term_surface();
        surface_fill(&screen, 0, 0, screen.rows, screen.cols, ROLE_TEXT, L'x');
        surface_text(&screen, screen.rows - 1, screen.cols - 1, ROLE_TEXT, "y", -1);
        surface_text(&screen, 0, 0, ROLE_TEXT, "王e\u0301王", -1);
        term_cursor(screen.rows - 1, screen.cols - 1);
        term_show();
        struct str text = {0};
        term_snapshot(&text, NULL);
        cr_assert_gt(text.length, (size_t)0);
        str_fini(&text);
    }
    term_resize_headless(-3, 0);
    cr_assert(term_cols() == 1 && term_rows() == 1);
    term_resize_headless(INT_MAX, INT_MAX);
    cr_assert(term_cols() >= 500 && term_rows() >= 200);
}

TestSuite(term_ascii);

Test(term_ascii, our_glyphs_are_ascii_and_the_database_is_not_touched)
{
    setlocale(LC_ALL, "C.UTF-8");
    start(12, 4, true);
    struct surface screen = term_surface();
    surface_hline(&screen, 0, 0, 3);
    surface_vline(&screen, 0, 3, 1);
    surface_fill(&screen, 0, 5, 1, 2, ROLE_CHART, L'█');
    surface_fill(&screen, 0, 8, 1, 2, ROLE_CHART, L'☃');
    surface_text(&screen, 1, 0, ROLE_TEXT, "Zoë 王小明 and", -1);
    surface_text(&screen, 2, 0, ROLE_TEXT, glyph(GLYPH_CHECK), -1);
    surface_text(&screen, 2, 2, ROLE_TEXT, glyph_level(8), -1);
    check_text("---| ## ??\nZoë 王小明 ~\ny #\n\n");
    for (int i = 0; i < GLYPH_COUNT; i++)
        for (const char *at = glyph((enum glyph)i); *at; at++)
            cr_assert(*at > ' ' && *at <= '~');
    for (int i = -1; i < 10; i++)
        cr_assert(strlen(glyph_level(i)) == 1 && (unsigned char)glyph_level(i)[0] < 0x7f);
    term_stop();
}

Test(term_ascii, a_locale_without_utf8)
{
    setlocale(LC_ALL, "C");
    start(12, 2, false);
    cr_assert(term_ascii());
    struct surface screen = term_surface();
    surface_text(&screen, 0, 0, ROLE_TEXT, "Zoë 王 e\u0301", -1); /* a mark for each cell */
    surface_text(&screen, 1, 0, ROLE_TEXT, "abcdefghijklmn", -1);
    check_text("Zo? ?? ?\nabcdefghijk~\n");
    term_stop();
}

Test(term_ascii, glyphs_are_one_column_wide)
{
    setlocale(LC_ALL, "C.UTF-8");
    start(12, 2, false);
    for (int i = 0; i < GLYPH_COUNT; i++)
        cr_assert_eq(utf8_width(glyph((enum glyph)i)), 1, "%s", glyph((enum glyph)i));
    for (int i = 0; i <= 8; i++)
        cr_assert_eq(utf8_width(glyph_level(i)), 1);
    term_stop();
}

/* Without a terminal nothing can be drawn, and nothing breaks. */
Test(term_ascii, not_started)
{
    struct surface screen = term_surface();
    cr_assert(screen.rows == 0 && screen.cols == 0);
    surface_clear(&screen);
    surface_text(&screen, 0, 0, ROLE_TEXT, "x", -1);
    term_cursor(0, 0);
    term_show();
    term_beep();
    term_suspend();
    term_leave();
    term_return();
    term_stop();
}
