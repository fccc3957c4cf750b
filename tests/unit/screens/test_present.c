#include <criterion/criterion.h>

#include "src/screens/present.h"

Test(present, compact_numbers)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0, "0"},       {950, "950"},     {999.4, "999"},    {1000, "1.0k"},
                 {7234, "7.2k"}, {12345, "12.3k"}, {200000, "200.0k"}};
    char text[PRESENT_MAX];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_assert_str_eq(present_compact(cases[i].value, text), cases[i].text);
}

Test(present, bands_have_roles)
{
    cr_assert_eq(present_band_role("red"), ROLE_BAD);
    cr_assert_eq(present_band_role("amber"), ROLE_WARN);
    cr_assert_eq(present_band_role("green"), ROLE_GOOD);
}

Test(present, rates_stand_out_when_low)
{
    cr_assert_eq(present_rate_role(0), ROLE_BAD);
    cr_assert_eq(present_rate_role(30), ROLE_WARN);
    cr_assert_eq(present_rate_role(60), ROLE_TEXT);
}
