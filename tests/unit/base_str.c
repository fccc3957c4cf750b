#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/str.h"

TestSuite(base_str);

Test(base_str, grows_and_stays_terminated)
{
    struct str str = {0};
    cr_assert_str_eq(str_text(&str), "");
    str_add(&str, "");
    cr_assert_str_eq(str_text(&str), "");
    for (int i = 0; i < 1000; i++) {
        str_add(&str, "ab");
        str_add_char(&str, 'c');
        str_add_bytes(&str, "def", 2);
        cr_assert_eq(str.length, (size_t)(i + 1) * 5);
        cr_assert_eq(strlen(str.text), str.length);
        cr_assert_lt(str.length, str.capacity);
    }
    cr_assert_eq(strncmp(str.text + 4990, "abcdeabcde", 11), 0);
    str_fini(&str);
    cr_assert_str_eq(str_text(&str), "");
}

Test(base_str, fills_exactly_and_beyond)
{
    for (size_t length = 0; length < 200; length++) {
        struct str str = {0};
        char bytes[200];
        memset(bytes, 'x', sizeof bytes);
        str_add_bytes(&str, bytes, length);
        str_add_bytes(&str, bytes, length);
        cr_assert_eq(str.length, 2 * length);
        cr_assert_eq(strlen(str.text), 2 * length);
        str_fini(&str);
    }
}

Test(base_str, takes_any_byte)
{
    struct str str = {0};
    str_add_bytes(&str, "a\0b", 3);
    str_add_char(&str, '\0');
    cr_assert_eq(str.length, 4);
    cr_assert_eq(memcmp(str.text, "a\0b\0", 5), 0);
    str_fini(&str);
}

static void add_list(struct str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add_list(struct str *str, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_vaddf(str, format, args);
    va_end(args);
}

Test(base_str, prints)
{
    struct str str = {0};
    str_addf(&str, "%s=%d", "a", 1);
    str_addf(&str, "%s", "");
    add_list(&str, ", %s=%d", "b", 2);
    cr_assert_str_eq(str_text(&str), "a=1, b=2");
    str_addf(&str, "%500s", "x");
    cr_assert_eq(str.length, 508);
    str_fini(&str);
}

Test(base_str, is_cut_and_cleared_but_keeps_its_memory)
{
    struct str str = {0};
    str_clear(&str);
    str_cut(&str, 5);
    str_add(&str, "abcdef");
    size_t capacity = str.capacity;
    str_cut(&str, 10);
    cr_assert_str_eq(str_text(&str), "abcdef");
    str_cut(&str, 2);
    cr_assert_str_eq(str_text(&str), "ab");
    str_clear(&str);
    cr_assert_str_eq(str_text(&str), "");
    cr_assert_eq(str.capacity, capacity);
    str_add(&str, "again");
    cr_assert_str_eq(str_text(&str), "again");
    str_fini(&str);
}

Test(base_str, can_be_taken_away)
{
    struct str str = {0};
    char *empty = str_steal(&str);
    str_add(&str, "mine");
    char *text = str_steal(&str);
    cr_assert_str_eq(empty, "");
    cr_assert_str_eq(text, "mine");
    cr_assert_str_eq(str_text(&str), "");
    str_add(&str, "new");
    cr_assert_str_eq(text, "mine");
    free(empty);
    free(text);
    str_fini(&str);
}

Test(base_str, compares)
{
    cr_assert(str_equal("a", "a"));
    cr_assert_not(str_equal("a", "b"));
    cr_assert_not(str_equal("a", "ab"));
    cr_assert_not(str_equal("a", NULL));
    cr_assert_not(str_equal(NULL, "a"));
    cr_assert(str_equal(NULL, NULL));
    cr_assert(str_starts("abc", "ab"));
    cr_assert(str_starts("abc", ""));
    cr_assert(str_starts("abc", "abc"));
    cr_assert_not(str_starts("ab", "abc"));
    cr_assert_not(str_starts("abc", "b"));
}

Test(base_str, fuzzy_finds_letters_in_order)
{
    static const struct {
        const char *pattern, *text;
        bool found;
    } cases[] = {
        {"", "anything", true},
        {"", "", true},
        {"a", "", false},
        {"  ", "x", true},
        {"rvq", "review queue", true},
        {"RVQ", "review queue", true},
        {"rvq", "Review Queue", true},
        {"qr", "review queue", false},
        {"review queue", "review queue", true},
        {"queue x", "review queue", false},
        {"é", "café", true},
        {"É", "café", false},
        {"aa", "a", false},
        {"aa", "banana", true},
        {"[", "{", false},
        {"@", "`", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_assert_eq(str_fuzzy(cases[i].pattern, cases[i].text) > 0, cases[i].found, "%s in %s", cases[i].pattern,
                     cases[i].text);
}

Test(base_str, fuzzy_prefers_what_people_mean)
{
    static const struct {
        const char *pattern, *better, *worse;
    } cases[] = {
        {"rq", "review-queue", "request"},            /* starts of words */
        {"coh", "cohorts", "coach who helps"},        /* a run */
        {"member", "member list", "the member list"}, /* early */
        {"ent", "my entries", "client"},              /* a start of a word before a run within one */
        {"list", "a list", "plaist"},
        {"ab", "x a-b", "xaxbx"},
        {"que", "xq xu que", "xq xu xe"}, /* the best placement counts, not the first */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_assert_gt(str_fuzzy(cases[i].pattern, cases[i].better), str_fuzzy(cases[i].pattern, cases[i].worse),
                     "%s: %s, %s", cases[i].pattern, cases[i].better, cases[i].worse);
}

Test(base_str, fuzzy_has_no_bad_cases)
{
    char pattern[STR_FUZZY_MAX + 2], text[2000];
    memset(pattern, 'a', sizeof pattern);
    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = i % 2 ? '-' : 'a';
    text[sizeof text - 1] = '\0';
    pattern[STR_FUZZY_MAX + 1] = '\0';
    cr_assert_eq(str_fuzzy(pattern, text), 0, "longer than the most");
    pattern[STR_FUZZY_MAX] = '\0';
    cr_assert_gt(str_fuzzy(pattern, text), 0);
    pattern[STR_FUZZY_MAX - 1] = 'b';
    cr_assert_eq(str_fuzzy(pattern, text), 0);
}
