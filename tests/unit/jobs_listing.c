#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/jobs/listing.h"

TestSuite(jobs_listing);

static const struct listing_column columns[] = {{"name", false}, {"weight", true}, {"note", false}};
static const char *const cells[][3] = {
    {"Ana Šilva", "82.4", "a | \"b\", c"}, {"=1+1", "-12", NULL}, {"日本", NULL, "two\nlines\t<b>"}};

static const char *value(void *ctx, int row, int column)
{
    (void)ctx;
    return cells[row][column];
}

static void expect(enum listing_format format, int rows, const char *wanted)
{
    const struct listing listing = {.columns = columns, .column_count = 3, .row_count = rows, .value = value};
    char *text = listing_text(&listing, format);
    cr_expect_str_eq(text, wanted);
    free(text);
}

Test(jobs_listing, csv)
{
    expect(
        LISTING_CSV, 3,
        "name,weight,note\r\nAna Šilva,82.4,\"a | \"\"b\"\", c\"\r\n\"'=1+1\",-12,\r\n日本,,\"two\nlines\t<b>\"\r\n");
    expect(LISTING_CSV, 0, "name,weight,note\r\n");
}

Test(jobs_listing, tsv)
{
    expect(LISTING_TSV, 3, "name\tweight\tnote\nAna Šilva\t82.4\ta | \"b\", c\n'=1+1\t-12\t\n日本\t\ttwo lines <b>\n");
}

Test(jobs_listing, json)
{
    expect(LISTING_JSON, 3,
           "[\n {\"name\": \"Ana Šilva\", \"weight\": 82.4, \"note\": \"a | \\\"b\\\", c\"},\n"
           " {\"name\": \"=1+1\", \"weight\": -12, \"note\": null},\n"
           " {\"name\": \"日本\", \"weight\": null, \"note\": \"two\\nlines\\t<b>\"}\n]\n");
    expect(LISTING_JSON, 0, "[]\n");
}

Test(jobs_listing, markdown)
{
    expect(LISTING_MARKDOWN, 3,
           "| name | weight | note |\n| --- | ---: | --- |\n| Ana Šilva | 82.4 | a \\| \"b\", c |\n"
           "| =1+1 | -12 |  |\n| 日本 |  | two lines \\<b> |\n");
}

static void expect_file(const char *path, const char *wanted)
{
    char text[64] = "";
    struct stat there;
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    cr_expect_str_eq(text, wanted);
    cr_expect_eq(stat(path, &there), 0);
    cr_expect_eq(there.st_mode & 0777, 0600);
}

Test(jobs_listing, files_are_private_and_replaced_on_purpose_only)
{
    char folder[] = "/tmp/listing-XXXXXX";
    struct error error;
    cr_assert_not_null(mkdtemp(folder));
    umask(0);
    char *path = mem_printf("%s/list.csv", folder);
    cr_expect_eq(listing_write(path, "one", false, &error), STATUS_OK);
    expect_file(path, "one");
    chmod(path, 0644);
    cr_expect_eq(listing_write(path, "two", false, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "there already"));
    cr_expect_eq(listing_write(path, "three", true, &error), STATUS_OK);
    expect_file(path, "three");
    cr_expect_eq(listing_write(folder, "four", true, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "no plain file"), "%s", error.text);
    unlink(path);
    cr_expect_eq(rmdir(folder), 0, "nothing is left beside it");
    cr_expect_eq(listing_write(path, "five", false, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "cannot be written"), "%s", error.text);
    free(path);
}
