/* What the data room makes of text without a server: settings laid over each other, libpq's messages taken apart. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/str.h"
#include "centurion/data/db.h"
#include "src/data/db_private.h"

static void expect_laid(const char *base, const char *keyword, const char *value, const char *expected)
{
    struct error error = {0};
    const char *pairs[] = {keyword, value, NULL};
    char *conninfo = db_conninfo_with(base, pairs, &error);
    cr_expect_str_eq(conninfo ? conninfo : error.text, expected);
    free(conninfo);
}

static void expect_refused(const char *base, const char *keyword, const char *words)
{
    struct error error = {0};
    const char *pairs[] = {keyword, "value", NULL};
    cr_expect_null(db_conninfo_with(base, pairs, &error));
    cr_expect_eq(error.status, STATUS_USAGE);
    cr_expect(strstr(error.text, words), "%s", error.text);
    cr_expect_neq(error.hint[0], '\0');
}

Test(data_words, settings_are_laid_over_each_other)
{
    expect_laid("", NULL, NULL, "");
    expect_laid(NULL, "user", "coach", "user='coach'");
    expect_laid("host=a user=b", "user", "c", "host='a' user='c'");
    expect_laid("studio", "user", "c", "dbname='studio' user='c'");
    expect_laid("studio", "dbname", "other", "dbname='other'");
    expect_laid("host=a user=b", "user", NULL, "host='a'");
    expect_laid("postgresql://u:p@h:1/d?sslmode=require", "user", "it's \\ me",
                "password='p' dbname='d' host='h' port='1' sslmode='require' user='it\\'s \\\\ me'");
    /* What is laid once can be laid again. */
    expect_laid("user='it\\'s \\\\ me'", "host", "h", "user='it\\'s \\\\ me' host='h'");
}

Test(data_words, settings_that_make_no_sense_are_refused)
{
    expect_refused("colour=red", "user", "colour");
    expect_refused("host=a", "colour", "colour");
    expect_refused("host='", "user", "unterminated");
    expect_refused("postgresql://[::1", "user", "postgresql://[::1");
}

static void expect_sqlstate(const char *message, const char *expected)
{
    char sqlstate[6];
    db_find_sqlstate(message, sqlstate);
    cr_expect_str_eq(sqlstate, expected, "%s", message);
}

Test(data_words, the_sqlstate_of_a_refusal_is_found)
{
    expect_sqlstate("connection to server on socket \"/tmp/.s.PGSQL.5432\" failed: FATAL:  28P01: password "
                    "authentication failed for user \"x\"\n"
                    "LOCATION:  auth_failed, auth.c:329\n",
                    "28P01");
    expect_sqlstate("connection to server at \"a\" failed: FATAL:  57P03: starting up\nconnection to server at \"b\" "
                    "failed: ФАТАЛЬНО:  3D000: no\n",
                    "3D000");
    expect_sqlstate("FATAL:  53300", "53300");
    expect_sqlstate("connection to server at \"a\" failed: Connection refused\n\tIs the server running?", "");
    expect_sqlstate("NOTE:  abcde: lower case", "");
    expect_sqlstate("NOTE:  1234", "");
    expect_sqlstate("NOTE:  123456: too long", "");
    expect_sqlstate("", "");
}

static void expect_clean(const char *text, const char *expected)
{
    struct str out = {0};
    db_clean_text(&out, text, strlen(text));
    cr_expect_str_eq(str_text(&out), expected);
    str_fini(&out);
}

Test(data_words, words_of_others_are_one_line_of_text)
{
    expect_clean("", "");
    expect_clean(" \n\t", "");
    expect_clean("Zoë 日本\n", "Zoë 日本");
    expect_clean("two\nlines\tand \x1B[2J\x07", "two lines and  [2J ");
    expect_clean("\xC3(\xFF", "\uFFFD(\uFFFD");
}
