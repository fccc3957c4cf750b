#include <criterion/criterion.h>
#include <stdlib.h>

#include "centurion/base/str.h"
#include "src/screens/figures.h"
#include "src/screens/review_message.h"

static const char *word(void *ctx, const char *name, bool *unknown)
{
    (void)ctx;
    if (str_equal(name, "first"))
        return "Sam";
    if (str_equal(name, "trend"))
        return "";
    if (str_equal(name, "weight")) /* known by name, but there is none */
        return NULL;
    *unknown = true;
    return NULL;
}

static void fills(const char *text, const char *expected)
{
    char *filled = figures_fill(text, word, NULL);
    cr_expect_str_eq(filled, expected, "\"%s\" became \"%s\"", text, filled);
    free(filled);
}

Test(figures, placeholders_are_filled_in)
{
    fills("", "");
    fills("Hi {first},{trend} {first}!", "Hi Sam, Sam!");
    fills("plain\n\nlines\n", "plain\n\nlines\n");
}

Test(figures, a_line_with_nothing_to_say_is_left_out)
{
    fills("Hi {first}\nWeight: {weight} kg, {first}\nBye", "Hi Sam\nBye");
    fills("{weight}", "");
    fills("a\n{weight}\n", "a\n");
}

Test(figures, other_braces_stay)
{
    fills("{nobody} {} {First} {first", "{nobody} {} {First} {first");
    fills("{{first}} {a_name_that_is_longer_than_any_of_them_is}", "{Sam} {a_name_that_is_longer_than_any_of_them_is}");
}

Test(review_message, the_address_holds_nothing_that_a_mail_program_could_take_amiss)
{
    char *address = review_message_address("sam&cc=x@example.org", "Your week 12 Jan", "Hi Sam,\nä 50% & more?");
    cr_expect_str_eq(address, "mailto:sam%26cc%3Dx@example.org?subject=Your%20week%2012%20Jan"
                              "&body=Hi%20Sam%2C%0D%0A%C3%A4%2050%25%20%26%20more%3F");
    free(address);
}
