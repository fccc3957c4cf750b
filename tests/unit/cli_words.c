#include <criterion/criterion.h>

#include "src/cli/words.h"

TestSuite(cli_words);

Test(cli_words, distance_counts_typing_mistakes)
{
    static const struct {
        const char *a, *b;
        int distance;
    } cases[] = {
        {"", "", 0},          {"", "demo", 4},          {"demo", "", 4},     {"demo", "demo", 0},   {"dmeo", "demo", 1},
        {"dem", "demo", 1},   {"demos", "demo", 1},     {"damo", "demo", 1}, {"strat", "start", 1}, {"ca", "abc", 3},
        {"local", "demo", 5}, {"kitten", "sitting", 3}, {"abcd", "badc", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(words_distance(cases[i].a, cases[i].b), cases[i].distance, "%s, %s", cases[i].a, cases[i].b);
        cr_expect_eq(words_distance(cases[i].b, cases[i].a), cases[i].distance, "%s, %s", cases[i].b, cases[i].a);
    }
}

Test(cli_words, near_means_about_one_letter_in_three)
{
    cr_expect(words_near("dmeo", "demo"));
    cr_expect(words_near("server strat", "server start"));
    cr_expect_not(words_near("x", "demo"));
    cr_expect_not(words_near("coaching", "config"));
    cr_expect_not(words_near("ab", "cd"));
}

Test(cli_words, index_finds_whole_words_only)
{
    cr_expect_eq(words_index("auto, none, 16, 256, rgb", ", ", "auto"), 0);
    cr_expect_eq(words_index("auto, none, 16, 256, rgb", ", ", "rgb"), 4);
    cr_expect_eq(words_index("auto, none, 16, 256, rgb", ", ", "25"), -1);
    cr_expect_eq(words_index("small|large", "|", "large"), 1);
    cr_expect_eq(words_index("small|large", "|", "small|large"), -1);
    cr_expect_eq(words_index("small|large", "|", ""), -1);
    cr_expect_eq(words_index("", "|", "x"), -1);
}
