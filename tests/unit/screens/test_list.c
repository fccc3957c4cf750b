/* The language of filters. */
#include <criterion/criterion.h>
#include <string.h>

#include "src/screens/list_filter.h"

static const struct list_column columns[] = {
    {.table = {.id = "name"}},
    {.table = {.id = "cohort"}},
    {.table = {.id = "score"}, .type = LIST_NUMBER},
    {.table = {.id = "since"}, .type = LIST_DATE},
};
static const char *const rows[][4] = {
    {"Amy Byrne", "Jan 6WC", "70", "2026-01-05"},
    {"Joe Mills", "Ongoing", "5", "2025-06-01"},
    {"Sam O'Neill", "", NULL, "2025-12-31"},
};
enum { ROWS = 3 };

static const char *value(void *ctx, int row, int column)
{
    (void)ctx;
    return rows[row][column];
}

static void expect(const char *text, const char *passing)
{
    static const struct list_source source = {.value = value};
    char error[LIST_FILTER_ERROR] = "", got[ROWS + 1] = "";
    struct list_filter *filter = list_filter_parse(text, columns, 4, error);
    cr_assert(filter, "%s: %s", text, error);
    for (int i = 0; i < ROWS; i++)
        got[i] = list_filter_passes(filter, &source, i) ? 'y' : '-';
    cr_expect_str_eq(got, passing, "%s: %s", text, got);
    list_filter_free(filter);
}

static void refuse(const char *text, const char *words)
{
    char error[LIST_FILTER_ERROR] = "";
    cr_expect_null(list_filter_parse(text, columns, 4, error), "%s", text);
    cr_expect(strstr(error, words), "%s: %s", text, error);
}

Test(list_filter, terms)
{
    expect("", "yyy");
    expect("  ", "yyy");
    expect("MILLS", "-y-");
    expect("jan", "y--");
    expect("cohort:jan|ongoing", "yy-");
    expect("!jan", "-yy");
    expect("!jan joe", "-y-");
    expect("\"amy byrne\"|sam", "y-y");
    expect("name:o", "-yy");
}

Test(list_filter, comparisons)
{
    expect("score:>=5", "yy-");
    expect("score:>5", "y--");
    expect("score:<70", "-y-");
    expect("score:<=70%", "yy-");
    expect("score:5", "-y-");
    expect("!score:>=5", "--y");
    expect("since:>=2025-12-31", "y-y");
    expect("since:<2025-12-31", "-y-");
    expect("cohort:=", "--y");
    expect("name:=amy|=\"joe mills\"", "-y-");
}

Test(list_filter, what_makes_no_sense_is_said)
{
    refuse("colour:red", "no column \"colour\", but name, cohort, score, since");
    refuse("s:1", "no column \"s\"");
    refuse("score:>=many", "\"many\" is no number");
    expect("sc:70", "y--");
}
