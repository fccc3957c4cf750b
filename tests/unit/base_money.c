#include <criterion/criterion.h>

#include "centurion/base/money.h"

TestSuite(base_money);

Test(base_money, text_is_read)
{
    static const struct {
        const char *text;
        int64_t cents;
    } cases[] = {
        {"0", 0},
        {"0.00", 0},
        {"-0", 0},
        {"12", 1200},
        {"12.5", 1250},
        {"12.50", 1250},
        {"-1234.5", -123450},
        {"+7", 700},
        {".5", 50},
        {"5.", 500},
        {"-.01", -1},
        {"007", 700},
        {"99999999.99", 9999999999},
        {"92233720368547758.07", INT64_MAX},
        {"-92233720368547758.07", -INT64_MAX},
        {"-92233720368547758.08", INT64_MIN},
        {"92233720368547758.0", 9223372036854775800},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t cents = 42;
        cr_assert(money_parse(cases[i].text, &cents), "%s", cases[i].text);
        cr_assert_eq(cents, cases[i].cents, "%s", cases[i].text);
    }
}

Test(base_money, what_is_no_amount_is_refused_and_changes_nothing)
{
    static const char *const cases[] = {
        "",
        "-",
        "+",
        ".",
        "-.",
        "1.234",
        "1.000",
        "1,5",
        "1 2",
        " 1",
        "1 ",
        "--1",
        "+-1",
        "1-",
        "1e3",
        "NaN",
        "1.2.3",
        "0x10",
        "12a",
        "٣",
        "$5",
        "Infinity",
        "92233720368547758.08",
        "-92233720368547758.09",
        "92233720368547759",
        "99999999999999999999999999",
        "18446744073709551616.00",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t cents = 42;
        cr_assert_not(money_parse(cases[i], &cents), "%s", cases[i]);
        cr_assert_eq(cents, 42, "%s", cases[i]);
    }
}

Test(base_money, is_written_for_people_and_for_the_server)
{
    static const struct {
        int64_t cents;
        const char *format, *iso;
    } cases[] = {
        {0, "0.00", "0.00"},
        {5, "0.05", "0.05"},
        {-5, "-0.05", "-0.05"},
        {99999, "999.99", "999.99"},
        {100000, "1,000.00", "1000.00"},
        {-100000, "-1,000.00", "-1000.00"},
        {-99999, "-999.99", "-999.99"},
        {123456789, "1,234,567.89", "1234567.89"},
        {INT64_MAX, "92,233,720,368,547,758.07", "92233720368547758.07"},
        {INT64_MIN, "-92,233,720,368,547,758.08", "-92233720368547758.08"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[MONEY_TEXT_MAX];
        int64_t cents;
        cr_assert_str_eq(money_format(cases[i].cents, text), cases[i].format);
        cr_assert_str_eq(money_iso(cases[i].cents, text), cases[i].iso);
        cr_assert(money_parse(text, &cents));
        cr_assert_eq(cents, cases[i].cents);
    }
}

Test(base_money, symbols)
{
    cr_assert_str_eq(money_symbol("USD"), "$");
    cr_assert_str_eq(money_symbol("EUR"), "€");
    cr_assert_str_eq(money_symbol("GBP"), "£");
    cr_assert_str_eq(money_symbol("JPY"), "¥");
    cr_assert_str_eq(money_symbol("CHF"), "CHF");
    cr_assert_str_eq(money_symbol(""), "");
}
