#include <criterion/criterion.h>
#include <string.h>

#include "centurion/cli/cli.h"

TestSuite(cli_parse);

enum { WORDS_MAX = 12 };

/* Splits at single blanks; a blank inside a word is written as ~. */
static int split(const char *line, char *copy, char **argv)
{
    int argc = 0;
    argv[argc++] = strcpy(copy, "centurion");
    copy += strlen(copy) + 1;
    strcpy(copy, line);
    for (char *rest = NULL, *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        for (char *tilde; (tilde = strchr(word, '~'));)
            *tilde = ' ';
        argv[argc++] = word;
    }
    argv[argc] = NULL;
    return argc;
}

struct parsed {
    struct cli cli;
    struct error error;
    enum status status;
    char copy[256];
    char *argv[WORDS_MAX + 1];
};

static void parse(struct parsed *parsed, const char *line)
{
    memset(parsed, 0, sizeof *parsed);
    int argc = split(line, parsed->copy, parsed->argv);
    parsed->status = cli_parse(&parsed->cli, argc, parsed->argv, &parsed->error);
}

Test(cli_parse, verbs_and_their_arguments)
{
    static const struct {
        const char *line;
        enum verb verb;
        const char *first, *second;
    } cases[] = {
        {"", VERB_SCREENS, NULL, NULL},
        {"coaching", VERB_SCREENS, "coaching", NULL},
        {"host=/tmp~dbname=x", VERB_SCREENS, "host=/tmp dbname=x", NULL},
        {"postgresql://gav@db/coaching", VERB_SCREENS, "postgresql://gav@db/coaching", NULL},
        {"dbname=demo", VERB_SCREENS, "dbname=demo", NULL},
        {"open member/42", VERB_OPEN, "member/42", NULL},
        {"open member/42 dbname=x", VERB_OPEN, "member/42", "dbname=x"},
        {"demo", VERB_DEMO, NULL, NULL},
        {"local --as gav", VERB_LOCAL, NULL, NULL},
        {"server start demo", VERB_SERVER_START, "demo", NULL},
        {"server --progress start --size large demo", VERB_SERVER_START, "demo", NULL},
        {"server conninfo local --as gav", VERB_SERVER_CONNINFO, "local", NULL},
        {"db init", VERB_DB_INIT, NULL, NULL},
        {"db migrate --to 3 dbname=x", VERB_DB_MIGRATE, "dbname=x", NULL},
        {"db status -P studio --format json", VERB_DB_STATUS, NULL, NULL},
        {"config check /tmp/x", VERB_CONFIG_CHECK, "/tmp/x", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed parsed;
        parse(&parsed, cases[i].line);
        cr_expect_eq(parsed.status, STATUS_OK, "\"%s\": %s", cases[i].line, parsed.error.text);
        cr_expect_eq(parsed.cli.verb, cases[i].verb, "\"%s\"", cases[i].line);
        cr_expect(str_equal(cli_argument(&parsed.cli, 0), cases[i].first), "\"%s\"", cases[i].line);
        cr_expect(str_equal(cli_argument(&parsed.cli, 1), cases[i].second), "\"%s\"", cases[i].line);
        cli_fini(&parsed.cli);
    }
}

Test(cli_parse, options_and_their_values)
{
    struct parsed parsed;
    parse(&parsed, "-t light --read-only --no-mouse --ascii --no-color --keys=vi -P studio -c /tmp/x");
    cr_assert_eq(parsed.status, STATUS_OK, "%s", parsed.error.text);
    cr_expect_str_eq(parsed.cli.given[OPTION_THEME], "light");
    cr_expect_str_eq(parsed.cli.given[OPTION_KEYS], "vi");
    cr_expect_str_eq(parsed.cli.given[OPTION_PROFILE], "studio");
    cr_expect_str_eq(parsed.cli.given[OPTION_CONFIG], "/tmp/x");
    cr_expect_str_eq(parsed.cli.given[OPTION_READ_ONLY], "");
    cr_expect_str_eq(parsed.cli.given[OPTION_NO_MOUSE], "");
    cr_expect_str_eq(parsed.cli.given[OPTION_ASCII], "");
    cr_expect_str_eq(parsed.cli.given[OPTION_NO_COLOR], "");
    cr_expect_null(parsed.cli.given[OPTION_AS]);
    cli_fini(&parsed.cli);
    parse(&parsed, "demo -- ");
    cr_expect_eq(parsed.status, STATUS_OK);
    cli_fini(&parsed.cli);
}

Test(cli_parse, what_is_wrong_and_what_was_meant)
{
    static const struct {
        const char *line, *text, *hint;
    } cases[] = {
        {"--sise large demo", "no option --sise", "--size"},
        {"--no-colour", "no option --no-colour", "--no-color"},
        {"--themes=x", "no option --themes", "--theme"},
        {"--xyzzy", "no option --xyzzy", "--help"},
        {"-x", "no option -x", "--help"},
        {"demo --size", "--size wants a value", ""},
        {"-P", "--profile wants a value", ""},
        {"--ascii=yes", "--ascii takes no value", ""},
        {"demo --size huge", "--size takes small|large, not \"huge\"", ""},
        {"db status --format xml", "--format takes text|csv|json", ""},
        {"dmeo", "no verb \"dmeo\"", "\"demo\"? A database of that name is dbname=dmeo"},
        {"servr start demo", "no verb \"servr\"", "\"server"},
        {"server strat demo", "no verb \"server strat\"", "\"server start\""},
        {"server", "\"server\" wants another word", "start, stop, status, conninfo"},
        {"server explode demo", "no verb \"server explode\"", "start, stop, status, conninfo"},
        {"frobnicate the database", "no verb \"frobnicate\"", "--help"},
        {"server start", "wants more", "centurion server start demo|local"},
        {"server start demo local", "does not want that much", "centurion server start demo|local"},
        {"demo x", "does not want that much", "centurion demo"},
        {"server stop demo --reset", "--reset does not go with \"server stop\"", "server stop --help"},
        {"--reset", "--reset does not go with \"centurion\"", "--help"},
        {"db init --to 3", "--to does not go with", ""},
        {"local --size large", "--size does not go with \"local\"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed parsed;
        parse(&parsed, cases[i].line);
        cr_expect_eq(parsed.status, STATUS_USAGE, "\"%s\"", cases[i].line);
        cr_expect(strstr(parsed.error.text, cases[i].text), "\"%s\" says: %s", cases[i].line, parsed.error.text);
        cr_expect(strstr(parsed.error.hint, cases[i].hint), "\"%s\" hints: %s", cases[i].line, parsed.error.hint);
        cli_fini(&parsed.cli);
    }
}

Test(cli_parse, help_is_given_for_what_is_not_complete)
{
    static const struct {
        const char *line, *usage;
    } cases[] = {
        {"--help", "Usage: centurion [OPTION]"},
        {"-h", "CENTURION_SERVER_HOME"},
        {"server --help", "centurion server VERB --help"},
        {"server start -h", "Usage: centurion server start demo|local"},
        {"db migrate --help", "--to N"},
        {"open --help", "ROUTE"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed parsed;
        struct str usage = {0};
        parse(&parsed, cases[i].line);
        cr_expect_eq(parsed.status, STATUS_OK, "\"%s\": %s", cases[i].line, parsed.error.text);
        cr_expect_not_null(parsed.cli.given[OPTION_HELP]);
        cli_usage(&parsed.cli, &usage);
        cr_expect(strstr(str_text(&usage), cases[i].usage), "\"%s\": %s", cases[i].line, str_text(&usage));
        str_fini(&usage);
        cli_fini(&parsed.cli);
    }
}

/* Every verb and option is explained, fits a terminal, and is there once. */
Test(cli_parse, help_is_whole_and_narrow)
{
    struct parsed parsed;
    for (int verb = 0; verb < VERB_COUNT; verb++) {
        struct str usage = {0};
        char line[64];
        snprintf(line, sizeof line, "%s --help", verb_info((enum verb)verb)->words);
        parse(&parsed, line);
        cr_expect_eq(parsed.status, STATUS_OK);
        cr_expect_eq((int)parsed.cli.verb, verb, "%s", line);
        cli_usage(&parsed.cli, &usage);
        size_t length;
        for (const char *at = str_text(&usage); *at; at += length + (at[length] == '\n')) {
            length = strcspn(at, "\n");
            cr_expect_leq(length, 80, "%s: %.*s", line, (int)length, at);
        }
        for (int option = 0; option < OPTION_COUNT; option++) {
            const struct option_info *info = option_info((enum cli_option)option);
            char name[40];
            snprintf(name, sizeof name, "--%s ", info->name);
            if (info->uses & (verb_info((enum verb)verb)->uses | FOR_ANY))
                cr_expect(strstr(str_text(&usage), name), "%s: %s", line, name);
        }
        str_fini(&usage);
        cli_fini(&parsed.cli);
    }
    for (int a = 0; a < OPTION_COUNT; a++)
        for (int b = 0; b < a; b++) {
            const struct option_info *one = option_info((enum cli_option)a), *other = option_info((enum cli_option)b);
            cr_expect_str_neq(one->name, other->name);
            cr_expect(!one->letter || one->letter != other->letter);
        }
}
