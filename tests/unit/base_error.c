#include <criterion/criterion.h>
#include <string.h>

#include "centurion/base/error.h"
#include "centurion/base/utf8.h"

TestSuite(base_error);

Test(base_error, says_what_and_what_to_do)
{
    struct error error = {.hint = "left from before"};
    cr_assert_eq(error_set(&error, STATUS_DENIED, "Not for %s, line %d", "coaches", 7), STATUS_DENIED);
    cr_assert_eq(error.status, STATUS_DENIED);
    cr_assert_str_eq(error.text, "Not for coaches, line 7");
    cr_assert_str_eq(error.hint, "");
    error_hint(&error, "Ask %s", "an administrator");
    cr_assert_str_eq(error.hint, "Ask an administrator");
    error_within(&error, "File %d", 3);
    cr_assert_str_eq(error.text, "File 3: Not for coaches, line 7");
    cr_assert_str_eq(error.hint, "Ask an administrator");
    cr_assert_eq(error.status, STATUS_DENIED);
    error_clear(&error);
    cr_assert_eq(error.status, STATUS_OK);
    cr_assert_str_eq(error.text, "");
    cr_assert_str_eq(error.hint, "");
}

Test(base_error, nobody_needs_to_want_it)
{
    cr_assert_eq(error_set(NULL, STATUS_USAGE, "x"), STATUS_USAGE);
    error_hint(NULL, "x");
    error_within(NULL, "x");
    error_clear(NULL);
}

Test(base_error, may_be_told_in_its_own_words)
{
    struct error error;
    error_set(&error, STATUS_FAILED, "first");
    error_set(&error, STATUS_FAILED, "%s, then %s", error.text, "second");
    cr_assert_str_eq(error.text, "first, then second");
    error_within(&error, "%s", error.text);
    cr_assert_str_eq(error.text, "first, then second: first, then second");
}

/* A text of exactly `length` bytes whose last ones are of a character of three. */
static const char *long_text(char *out, size_t length)
{
    memset(out, 'a', length);
    for (size_t i = 0; i < 10; i++)
        memcpy(out + length - 3 * (i + 1), "€", 3);
    out[length] = '\0';
    return out;
}

Test(base_error, is_cut_at_a_character)
{
    for (size_t more = 0; more < 8; more++) {
        struct error error;
        char text[2000];
        error_set(&error, STATUS_FAILED, "%s", long_text(text, sizeof error.text - 1 + more));
        cr_assert(utf8_valid(error.text, strlen(error.text)), "%zu", more);
        cr_assert_geq(strlen(error.text), sizeof error.text - 1 - 2);
        error_hint(&error, "%s", long_text(text, sizeof error.hint - 1 + more));
        cr_assert(utf8_valid(error.hint, strlen(error.hint)), "%zu", more);
        cr_assert_geq(strlen(error.hint), sizeof error.hint - 1 - 2);
        error_set(&error, STATUS_FAILED, "%s", long_text(text, sizeof error.text - 1 - 4 + more));
        error_within(&error, "%s", "é");
        cr_assert(utf8_valid(error.text, strlen(error.text)), "%zu", more);
        cr_assert_eq(strncmp(error.text, "é: a", 5), 0);
        error_within(&error, "%s", long_text(text, sizeof error.text - 1 + more));
        cr_assert(utf8_valid(error.text, strlen(error.text)), "%zu", more);
        cr_assert_lt(strlen(error.text), sizeof error.text);
    }
}
