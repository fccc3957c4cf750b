#include <criterion/criterion.h>

#include "centurion/base/date.h"
#include "centurion/screens/route.h"

Test(route, splits_and_normalises)
{
    struct route route;
    cr_assert(route_parse("//member//42/entries/", &route));
    cr_assert_eq(route.count, 3);
    cr_assert_str_eq(route.text, "member/42/entries");
    cr_assert_str_eq(route.parts[2], "entries");
}

Test(route, holds_the_longest_parts)
{
    static const char longest[] = "1234567890123456789012345678901/1234567890123456789012345678901/"
                                  "1234567890123456789012345678901/1234567890123456789012345678901";
    struct route route;
    cr_assert(route_parse(longest, &route));
    cr_assert_str_eq(route.text, longest);
}

Test(route, refuses_what_is_no_address)
{
    struct route route;
    static const char *const bad[] = {
        "", "///", "a/b/c/d/e",
        "a-part-that-is-much-longer-than-any-part-of-an-address-however-much-somebody-wants-to-search-the-notes-for/1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_not(route_parse(bad[i], &route), "\"%s\"", bad[i]);
}

Test(route, numbers_are_positive_and_whole)
{
    static const struct {
        const char *text;
        bool good;
    } cases[] = {{"member/42", true},  {"member/0", false}, {"member/-1", false},
                 {"member/4x", false}, {"member", false},   {"member/99999999999999999999", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct route route;
        int64_t id = 0;
        cr_assert(route_parse(cases[i].text, &route));
        cr_assert_eq(route_id(&route, 1, &id), cases[i].good, "%s", cases[i].text);
    }
}

Test(route, dates_are_iso)
{
    struct route route;
    int date;
    route_format(&route, "review/%s/%d", "2026-01-16", 7);
    cr_assert(route_date(&route, 1, &date));
    cr_assert_eq(date, date_from_civil(2026, 1, 16));
    cr_assert_not(route_date(&route, 2, &date));
    cr_assert_not(route_date(&route, 3, &date));
}

Test(route, any_text_fits_into_a_part)
{
    static const char *const texts[] = {"knee", "80/120 %", "%2F", "#injury \"swap runs\"", "日本"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char part[ROUTE_PART], text[ROUTE_PART];
        struct route route;
        cr_assert(route_escape(texts[i], part));
        route_format(&route, "notes/grep/%s/7", part);
        cr_assert_eq(route.count, 4);
        route_unescape(route.parts[2], text);
        cr_assert_str_eq(text, texts[i]);
    }
    char part[ROUTE_PART], longest[ROUTE_PART + 1] = "";
    cr_assert_not(route_escape("", part));
    for (int i = 0; i < ROUTE_PART - 1; i++)
        longest[i] = 'x';
    cr_assert(route_escape(longest, part));
    longest[0] = '/';
    cr_assert_not(route_escape(longest, part), "it takes three bytes");
}
