#include <criterion/criterion.h>

#include "centurion/base/csv.h"

TestSuite(base_csv);

static void expect(const char *text, bool number, const char *wanted)
{
    struct str out = {0};
    csv_add(&out, text, number);
    cr_expect_str_eq(str_text(&out), wanted);
    str_fini(&out);
}

Test(base_csv, cells_are_quoted_where_they_must_be)
{
    expect("", false, "");
    expect("Amy Byrne", false, "Amy Byrne");
    expect("a, b", false, "\"a, b\"");
    expect("a \"b\"", false, "\"a \"\"b\"\"\"");
    expect("two\r\nlines", false, "\"two\r\nlines\"");
}

Test(base_csv, nothing_runs_in_a_spreadsheet)
{
    static const char *const formulas[] = {"=1+1", "+1", "-1", "@sum", "\t=1", "\r=1"};
    for (size_t i = 0; i < sizeof formulas / sizeof formulas[0]; i++)
        cr_expect(csv_is_formula(formulas[i]), "%s", formulas[i]);
    expect("=cmd|' /C calc'!A0", false, "\"'=cmd|' /C calc'!A0\"");
    expect("-12.5", false, "\"'-12.5\"");
    expect("-12.5", true, "-12.5");
    cr_expect_not(csv_is_formula("") || csv_is_formula("1-1") || csv_is_formula(" =1"));
}
