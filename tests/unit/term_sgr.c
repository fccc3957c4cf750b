/* Shortened output means the same: checked by examples, and with a small terminal that follows both streams. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/str.h"
#include "src/term/sgr.h"

TestSuite(term_sgr);

static void check(const char *bytes, const char *expected)
{
    struct sgr sgr = {0};
    struct str out = {0};
    sgr_shorten(&sgr, bytes, strlen(bytes), &out);
    cr_assert_str_eq(str_text(&out), expected, "%s", bytes);
    str_fini(&out);
}

Test(term_sgr, the_background_is_not_sent_again)
{
    check("\033[38;5;1m\033[48;5;236ma\033[38;5;2m\033[48;5;236mb\033[39;49m\033[48;5;236mc",
          "\033[38;5;1;48;5;236ma\033[38;5;2mb\033[39mc\033[m");
}

Test(term_sgr, the_default_is_a_reset_where_that_is_shorter)
{
    check("\033[31ma\033[39m\033(B\033[mb", "\033[31ma\033[mb");
    check("\033[1;31ma\033(B\033[mb\033[m", "\033[1;31ma\033[mb");
    check("\033[1;31;44ma\033[0;44mb", "\033[1;31;44ma\033[;44mb\033[m");
}

Test(term_sgr, nothing_for_moves_or_for_what_is_never_drawn)
{
    check("\033[31m\033[5;6H\033[32m\rx\033[m", "\033[5;6H\r\033[32mx\033[m");
    check("x\033[31m\033[m", "x");
    check("\033[39;49m\033(B\033[m\017", "");
}

Test(term_sgr, erasing_counts_as_drawing)
{
    check("\033[44m\033[K\033[m", "\033[44m\033[K\033[m");
    check("\033[44m\033[10X\033[m", "\033[44m\033[10X\033[m");
    check("\033[44m\n\033M", "\033[44m\n\033M\033[m");
}

Test(term_sgr, lines_scroll_one_by_one)
{
    check("\033[44m\033[5;15r\033[5;1H\033[3T\033[1;24r", "\033[44m\033[5;15r\033[5;1H\033M\033M\033M\033[1;24r\033[m");
    check("\033[15;1H\033[2S", "\033[15;1H\n\n");
    check("\033[?2S\033[>1T", "\033[?2S\033[>1T");
}

Test(term_sgr, direct_colours)
{
    check("\033[38;2;1;2;3m\033[48;2;0;0;0ma\033[38;2;1;2;3m\033[48;2;9;0;0mb",
          "\033[38;2;1;2;3;48;2;0;0;0ma\033[48;2;9;0;0mb\033[m");
    check("\033[38:2::1:2:3ma\033[38:2::1:2:3mb", "\033[38:2::1:2:3mab\033[m");
}

Test(term_sgr, other_sequences_pass)
{
    check("\033[?25h\033=\033[1;36r\033[>4;1m", "\033[?25h\033=\033[1;36r\033[>4;1m");
    check("\033[3", "\033[3");
}

/* What a terminal would show: each character with the attributes it is drawn in. */
static void follow(const char *bytes, size_t length, struct str *shown)
{
    char foreground[16] = "", background[16] = "";
    unsigned attrs = 0;
    for (size_t i = 0; i < length;) {
        if (bytes[i] != '\033') {
            if (bytes[i] != '\r')
                str_addf(shown, "%c<%s|%s|%x>", bytes[i], foreground, background, attrs);
            i++;
            continue;
        }
        if (bytes[i + 1] == '(') {
            i += 3;
            continue;
        }
        size_t end = i + 2;
        while (bytes[end] < '@')
            end++;
        if (bytes[end] == 'm') {
            char copy[64], *rest = copy;
            snprintf(copy, sizeof copy, "%.*s", (int)(end - i - 2), bytes + i + 2);
            for (char *word = strsep(&rest, ";"); word; word = strsep(&rest, ";")) {
                int number = atoi(word);
                if (number == 0)
                    attrs = 0, foreground[0] = background[0] = '\0';
                else if (number < 10)
                    attrs |= 1u << number;
                else if (number == 38 || number == 48) {
                    strsep(&rest, ";");
                    snprintf(number == 38 ? foreground : background, 16, "i%s", strsep(&rest, ";"));
                } else if (number == 39 || number == 49)
                    (number == 39 ? foreground : background)[0] = '\0';
                else
                    snprintf(number < 40 ? foreground : background, 16, "%d", number % 10);
            }
        } else if (bytes[end] == 'K' || bytes[end] == 'X') {
            str_addf(shown, "erase<%s|%x>", background, attrs);
        }
        i = end + 1;
    }
}

Test(term_sgr, means_the_same)
{
    static const char *const pieces[] = {
        "\033[31m", "\033[38;5;75m", "\033[48;5;236m", "\033[39;49m", "\033[39m", "\033(B\033[m",
        "\033[1m",  "\033[0;7m",     "\033[44m",       "\033[4;2m",   "abc",      "x",
        "\033[K",   "\033[12X",      "\033[3;4H",      "\r"};
    unsigned long long random = 7;
    struct sgr sgr = {0};
    for (int round = 0; round < 3000; round++) {
        struct str bytes = {0}, out = {0}, before = {0}, after = {0};
        for (int i = 0; i < 40; i++) {
            random = random * 6364136223846793005ull + 1442695040888963407ull;
            str_add(&bytes, pieces[(random >> 33) % (sizeof pieces / sizeof pieces[0])]);
        }
        sgr_shorten(&sgr, bytes.text, bytes.length, &out);
        follow(bytes.text, bytes.length, &before);
        follow(str_text(&out), out.length, &after);
        cr_assert_str_eq(str_text(&after), str_text(&before));
        cr_assert_leq(out.length, bytes.length + 3);
        str_fini(&bytes);
        str_fini(&out);
        str_fini(&before);
        str_fini(&after);
    }
}
