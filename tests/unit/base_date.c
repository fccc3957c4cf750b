#include <criterion/criterion.h>

#include "centurion/base/date.h"

TestSuite(base_date);

Test(base_date, days_and_civil_dates_are_each_others_inverse)
{
    int year, month, day;
    cr_assert_eq(date_from_civil(1970, 1, 1), 0);
    cr_assert_eq(date_from_civil(1969, 12, 31), -1);
    cr_assert_eq(date_from_civil(2000, 3, 1), 11017);
    cr_assert_eq(date_from_civil(1, 1, 1), -719162);
    for (int date = date_from_civil(1, 1, 1), last = date_from_civil(9999, 12, 31), before = 0; date <= last; date++) {
        date_to_civil(date, &year, &month, &day);
        cr_assert(date_valid(year, month, day), "%d", date);
        cr_assert_eq(date_from_civil(year, month, day), date);
        int order = (year * 12 + month) * 31 + day;
        cr_assert_gt(order, before, "%d", date);
        before = order;
    }
}

Test(base_date, valid_days)
{
    static const struct {
        int year, month, day;
        bool valid;
    } cases[] = {
        {2026, 1, 1, true},   {2026, 12, 31, true}, {2026, 2, 28, true},  {2026, 2, 29, false}, {2024, 2, 29, true},
        {2000, 2, 29, true},  {1900, 2, 29, false}, {2026, 4, 31, false}, {2026, 0, 1, false},  {2026, 13, 1, false},
        {2026, 1, 0, false},  {2026, 1, 32, false}, {0, 1, 1, false},     {1, 1, 1, true},      {9999, 12, 31, true},
        {10000, 1, 1, false}, {-1, 1, 1, false},    {2026, -1, 1, false}, {2026, 1, -1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_assert_eq(date_valid(cases[i].year, cases[i].month, cases[i].day), cases[i].valid, "%d-%d-%d", cases[i].year,
                     cases[i].month, cases[i].day);
}

Test(base_date, text_is_read)
{
    static const struct {
        const char *text, *date; /* NULL: it is none */
    } cases[] = {
        {"2026-01-16", "2026-01-16"},
        {"2026-01-16 23:59:59.5+00", "2026-01-16"},
        {"2026-01-16T08:00:00Z", "2026-01-16"},
        {"2024-02-29", "2024-02-29"},
        {"0001-01-01", "0001-01-01"},
        {"9999-12-31", "9999-12-31"},
        {"", NULL},
        {"2026", NULL},
        {"2026-01", NULL},
        {"2026-01-", NULL},
        {"2026-01-1", NULL},
        {"2026-1-16", NULL},
        {"2026-01-166", NULL},
        {"2026/01/16", NULL},
        {"2026-02-29", NULL},
        {"2026-01-16x", NULL},
        {"2026-01-16 BC", NULL},
        {"2026-01-16T", NULL},
        {" 2026-01-16", NULL},
        {"-026-01-16", NULL},
        {"10000-01-01", NULL},
        {"infinity", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int date = 1;
        char text[DATE_TEXT_MAX];
        cr_assert_eq(date_parse(cases[i].text, &date), cases[i].date != NULL, "%s", cases[i].text);
        cr_assert_str_eq(date_iso(date, text), cases[i].date ? cases[i].date : "", "%s", cases[i].text);
        cr_assert(cases[i].date || date == DATE_NONE);
    }
}

Test(base_date, weeks_begin_on_monday)
{
    int monday = date_from_civil(2026, 1, 12);
    for (int i = 0; i < 7; i++) {
        cr_assert_eq(date_weekday(monday + i), i + 1);
        cr_assert_eq(date_monday(monday + i), monday);
    }
    cr_assert_eq(date_weekday(date_from_civil(1969, 12, 29)), 1);
    cr_assert_eq(date_weekday(date_from_civil(1, 1, 1)), 1);
    cr_assert_eq(date_monday(DATE_NONE), DATE_NONE);
}

Test(base_date, weeks_are_numbered_as_iso_says)
{
    static const struct {
        int year, month, day, week, of_year;
    } cases[] = {
        {2026, 1, 1, 1, 2026},   {2025, 12, 29, 1, 2026}, {2025, 12, 28, 52, 2025}, {2020, 12, 31, 53, 2020},
        {2021, 1, 3, 53, 2020},  {2021, 1, 4, 1, 2021},   {2027, 1, 1, 53, 2026},   {2024, 12, 30, 1, 2025},
        {2026, 7, 15, 29, 2026}, {1969, 12, 31, 1, 1970},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int year, week = date_iso_week(date_from_civil(cases[i].year, cases[i].month, cases[i].day), &year);
        cr_assert_eq(week, cases[i].week, "case %zu: %d", i, week);
        cr_assert_eq(year, cases[i].of_year, "case %zu: %d", i, year);
    }
}

Test(base_date, months_are_added_within_their_length)
{
    static const struct {
        const char *from;
        int months;
        const char *to;
    } cases[] = {
        {"2026-01-16", 1, "2026-02-16"},  {"2026-01-31", 1, "2026-02-28"},  {"2024-01-31", 1, "2024-02-29"},
        {"2026-03-31", -1, "2026-02-28"}, {"2026-01-31", -1, "2025-12-31"}, {"2026-12-15", 1, "2027-01-15"},
        {"2026-05-31", 0, "2026-05-31"},  {"2026-01-31", 13, "2027-02-28"}, {"2026-01-31", -24, "2024-01-31"},
        {"2024-02-29", 12, "2025-02-28"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int date;
        char text[DATE_TEXT_MAX];
        cr_assert(date_parse(cases[i].from, &date));
        cr_assert_str_eq(date_iso(date_add_months(date, cases[i].months), text), cases[i].to);
    }
    cr_assert_eq(date_add_months(DATE_NONE, 3), DATE_NONE);
}

Test(base_date, is_written_in_several_ways)
{
    char text[DATE_TEXT_MAX] = "x";
    int date = date_from_civil(2026, 1, 6);
    cr_assert_str_eq(date_iso(date, text), "2026-01-06");
    cr_assert_str_eq(date_short(date, text), "Tue 6 Jan");
    cr_assert_str_eq(date_day_month(date, text), "6 Jan");
    cr_assert_str_eq(date_short(date_from_civil(2026, 12, 20), text), "Sun 20 Dec");
    cr_assert_str_eq(date_iso(DATE_NONE, text), "");
    cr_assert_str_eq(date_short(DATE_NONE, text), "");
    cr_assert_str_eq(date_day_month(DATE_NONE, text), "");
    cr_assert_str_eq(date_iso(date_from_civil(7, 1, 6), text), "0007-01-06");
}

Test(base_date, names)
{
    cr_assert_str_eq(date_weekday_name(1), "Mon");
    cr_assert_str_eq(date_weekday_name(7), "Sun");
    cr_assert_str_eq(date_weekday_name(0), "");
    cr_assert_str_eq(date_weekday_name(8), "");
    cr_assert_str_eq(date_month_name(1), "Jan");
    cr_assert_str_eq(date_month_name(12), "Dec");
    cr_assert_str_eq(date_month_name(0), "");
    cr_assert_str_eq(date_month_name(13), "");
}
