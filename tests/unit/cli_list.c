#include <criterion/criterion.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/cli/verbs.h"

static void setup(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
}

TestSuite(cli_list, .init = setup);

static const struct cli_column columns[] = {{"name", false}, {"rows", true}, {"note", false}};

static void expect(const struct cli_list *list, const char *format, const char *wanted)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    cli_list_print(list, format, out);
    fclose(out);
    cr_expect_str_eq(text, wanted);
    free(text);
}

static struct cli_list *sample(void)
{
    struct cli_list *list = cli_list_new(columns, 3);
    cli_list_add(list, (const char *const[]){"Ångström", "7", "a \"b\", c"});
    cli_list_add(list, (const char *const[]){"=1+1", "-12", NULL});
    cli_list_add(list, (const char *const[]){"日本", NULL, "line\nbreak\x1b"});
    return list;
}

Test(cli_list, text_lines_up_by_width)
{
    struct cli_list *list = sample();
    const char *wanted = "name      rows  note\n"
                         "Ångström     7  a \"b\", c\n"
                         "=1+1       -12\n"
                         "日本            line?break?\n";
    expect(list, NULL, wanted);
    expect(list, "text", wanted);
    cli_list_free(list);
}

/* RFC 4180, and nothing that a spreadsheet would run; a negative number stays one. */
Test(cli_list, csv)
{
    struct cli_list *list = sample();
    expect(list, "csv",
           "name,rows,note\r\n"
           "Ångström,7,\"a \"\"b\"\", c\"\r\n"
           "\"'=1+1\",-12,\r\n"
           "日本,,\"line\nbreak\x1b\"\r\n");
    cli_list_free(list);
}

Test(cli_list, json)
{
    struct cli_list *list = sample();
    expect(list, "json",
           "[\n {\"name\": \"Ångström\", \"rows\": 7, \"note\": \"a \\\"b\\\", c\"},\n"
           " {\"name\": \"=1+1\", \"rows\": -12, \"note\": \"\"},\n"
           " {\"name\": \"日本\", \"rows\": null, \"note\": \"line\\u000abreak\\u001b\"}\n]\n");
    cli_list_free(list);
    list = cli_list_new(columns, 3);
    expect(list, "json", "[]\n");
    expect(list, "csv", "name,rows,note\r\n");
    cli_list_free(list);
}
