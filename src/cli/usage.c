/* --help, made from the tables of options and verbs. */
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/cli/cli.h"

enum { WIDTH = 80, SUMMARY_COLUMN = 34, OPTION_COLUMN = 26 };

/* Adds text from column `at` on, wrapped to the width, each line indented to `indent`. */
static void wrap(struct str *out, const char *text, int at, int indent)
{
    str_addf(out, "%*s", indent > at ? indent - at : 0, "");
    at = indent > at ? indent : at;
    bool first = true;
    while (*text) {
        size_t word = strcspn(text, " ");
        if (!first && at + 1 + (int)word > WIDTH) {
            str_addf(out, "\n%*s", indent, "");
            at = indent;
            first = true;
        }
        str_add(out, first ? "" : " ");
        str_add_bytes(out, text, word);
        at += (int)word + !first;
        first = false;
        text += word;
        text += strspn(text, " ");
    }
    str_add_char(out, '\n');
}

/* left in two columns' indentation, then text; on a line of its own where left is too long. */
static void row(struct str *out, const char *left, const char *text, int column)
{
    str_addf(out, "  %s", left);
    if ((int)strlen(left) + 4 > column)
        str_addf(out, "\n%*s", column, "");
    wrap(out, text, (int)strlen(left) + 4 > column ? column : (int)strlen(left) + 2, column);
}

static void verb_row(struct str *out, enum verb verb)
{
    const struct verb_info *info = verb_info(verb);
    char *left = mem_printf("%s%s%s", info->words, *info->words && *info->arguments ? " " : "", info->arguments);
    row(out, left, info->summary, SUMMARY_COLUMN);
    free(left);
}

static void option_rows(struct str *out, unsigned uses)
{
    str_add(out, "\nOptions:\n");
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_info *info = option_info((enum cli_option)i);
        if (!(info->uses & uses))
            continue;
        char letter[] = "-x, ";
        letter[1] = info->letter;
        char *left =
            mem_printf("%s--%s%s%s", info->letter ? letter : "    ", info->name, *info->value ? " " : "", info->value);
        row(out, left, info->help, OPTION_COLUMN);
        free(left);
    }
}

static void usage_of_verb(enum verb verb, struct str *out)
{
    const struct verb_info *info = verb_info(verb);
    str_addf(out, "Usage: centurion %s%s%s [OPTION]...\n\n", info->words, *info->arguments ? " " : "", info->arguments);
    char *sentence = mem_printf("%s.", info->summary);
    if (*sentence >= 'a' && *sentence <= 'z')
        *sentence = (char)(*sentence - 'a' + 'A');
    wrap(out, sentence, 0, 0);
    wrap(out, info->description, 0, 0);
    free(sentence);
    option_rows(out, info->uses | FOR_ANY);
}

static void usage_of_group(const char *group, struct str *out)
{
    size_t length = strlen(group);
    str_addf(out, "Usage: centurion %s VERB ...\n\n", group);
    for (int verb = 0; verb < VERB_COUNT; verb++) {
        const char *words = verb_info((enum verb)verb)->words;
        if (strncmp(words, group, length) == 0 && words[length] == ' ')
            verb_row(out, (enum verb)verb);
    }
    str_addf(out, "\ncenturion %s VERB --help says more of each.\n", group);
}

static void usage_of_program(struct str *out)
{
    str_add(out, "Centurion: coaching, from the terminal.\n\nUsage: centurion [OPTION]... [VERB ...]\n\n");
    for (int verb = 0; verb < VERB_COUNT; verb++)
        verb_row(out, (enum verb)verb);
    str_add(out, "\ncenturion VERB --help says more of each.\n");
    option_rows(out, verb_info(VERB_SCREENS)->uses | FOR_ANY);
    str_add(out, "\nFiles:\n");
    row(out, "centurion.conf", "settings, in $XDG_CONFIG_HOME/centurion (~/.config/centurion), else in /etc/centurion",
        OPTION_COLUMN);
    row(out, "demo/, local/",
        "private servers, in $XDG_DATA_HOME/centurion (~/.local/share/centurion); root's in /var/lib/centurion",
        OPTION_COLUMN);
    str_add(out, "\nEnvironment:\n");
    row(out, "PG*", "where to connect, as for every program of PostgreSQL", OPTION_COLUMN);
    row(out, "NO_COLOR", "no colours", OPTION_COLUMN);
    row(out, "CENTURION_SERVER_HOME", "another folder for private servers", OPTION_COLUMN);
    row(out, "CENTURION_SERVER_BIN", "the folder of PostgreSQL's initdb and postgres", OPTION_COLUMN);
    str_add(out, "\nExit status:\n");
    static const char *const meanings[] = {"done", "failed, or found faults", "wrong usage", "no connection",
                                           "not allowed"};
    for (int i = 0; i < 5; i++)
        row(out, (const char[]){(char)('0' + i), '\0'}, meanings[i], OPTION_COLUMN);
}

void cli_usage(const struct cli *cli, struct str *out)
{
    if (cli->group_help)
        usage_of_group(cli->words[0], out);
    else if (cli->verb != VERB_SCREENS)
        usage_of_verb(cli->verb, out);
    else
        usage_of_program(out);
}
