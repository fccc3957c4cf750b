/* Copies a template from standard input to standard output; a line that is just @NAME@ becomes the table of that name.
 * The build makes the manual page and the shells' completions with it, from the same tables that the program itself is
 * made from. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/cli/cli.h"
#include "centurion/ui/action.h"
#include "centurion/ui/embedded_themes.h"

struct verb_row {
    const char *words, *arguments, *summary, *description;
    unsigned uses;
};

static const struct verb_row verbs[] = {
#define VERB(id, words, arguments, least, most, uses, run, summary, description)                                       \
    {words, arguments, summary, description, uses},
#include "centurion/cli/verbs.def"
#undef VERB
};

static const struct option_info options[] = {
#define OPTION(id, letter, name, value, uses, help) {name, value, help, letter, uses},
#include "centurion/cli/options.def"
#undef OPTION
};

static const struct setting_info settings[] = {
#define SETTING(id, name, type, value, allowed, help) {name, VALUE_##type, value, allowed, help},
#include "centurion/cli/settings.def"
#undef SETTING
};

enum {
    VERBS = sizeof verbs / sizeof *verbs,
    OPTIONS = sizeof options / sizeof *options,
    SETTINGS = sizeof settings / sizeof *settings
};

static bool takes(const struct verb_row *verb, const struct option_info *option)
{
    return ((verb->uses | FOR_ANY) & option->uses) != 0;
}

/* ---- manual page ---- */

/* Text as roff takes it literally. */
static void roff(const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    for (; *text; text++) {
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else if (*text == '\n')
            fputs("\\en", stdout);
        else
            putchar(*text);
    }
}

static void paragraph(const char *heading, const char *detail, const char *text)
{
    puts(".TP");
    fputs("\\fB", stdout);
    roff(heading);
    fputs("\\fR", stdout);
    if (*detail) {
        fputs(" \\fI", stdout);
        roff(detail);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    roff(text);
    putchar('\n');
}

static void manual_verbs(void)
{
    for (int i = 0; i < VERBS; i++) {
        char heading[120], text[1200];
        snprintf(heading, sizeof heading, "centurion%s%s", *verbs[i].words ? " " : "", verbs[i].words);
        snprintf(text, sizeof text, "%c%s. %s", toupper((unsigned char)*verbs[i].summary), verbs[i].summary + 1,
                 verbs[i].description);
        paragraph(heading, verbs[i].arguments, text);
        if (verbs[i].uses)
            puts(".br\nTakes");
        for (int k = 0; k < OPTIONS; k++) {
            if ((verbs[i].uses & options[k].uses) == 0)
                continue;
            fputs("\\fB\\-\\-", stdout);
            roff(options[k].name);
            puts("\\fR");
        }
    }
}

static void manual_options(void)
{
    for (int i = 0; i < OPTIONS; i++) {
        char heading[80];
        if (options[i].letter)
            snprintf(heading, sizeof heading, "-%c, --%s", options[i].letter, options[i].name);
        else
            snprintf(heading, sizeof heading, "--%s", options[i].name);
        paragraph(heading, options[i].value, options[i].help);
    }
}

static void manual_settings(void)
{
    for (int i = 0; i < SETTINGS; i++) {
        paragraph(settings[i].name, "", settings[i].help);
        fputs("Allowed: ", stdout);
        roff(settings[i].allowed);
        if (*settings[i].value) {
            fputs(". Default: ", stdout);
            roff(settings[i].value);
        }
        puts(".");
    }
}

static void manual_actions(void)
{
    for (int group = 0; group < GROUP_COUNT; group++) {
        fputs(".SS ", stdout);
        puts(action_group_title((enum action_group)group));
        for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
            const struct action_info *info = action_info((enum action)action);
            if (info->group == (enum action_group)group)
                paragraph(*info->keys ? info->keys : "(no key)", info->name, info->help);
        }
    }
}

/* What a theme says of itself: the text of its line description = "...". */
static void manual_themes(void)
{
    for (int i = 0; i < embedded_themes_count; i++) {
        static const char mark[] = "\ndescription = \"";
        const char *line = strstr(embedded_themes[i].text, mark);
        char words[200] = "";
        if (line != NULL)
            snprintf(words, sizeof words, "%.*s", (int)strcspn(line + strlen(mark), "\""), line + strlen(mark));
        paragraph(embedded_themes[i].name, "", words);
    }
}

/* ---- completions ---- */

/* "a|b" as words; anything else is for people only and has none. */
static void print_words(const char *alternatives)
{
    if (strchr(alternatives, '|') == NULL || strpbrk(alternatives, " [") != NULL)
        return;
    for (; *alternatives; alternatives++)
        putchar(*alternatives == '|' ? ' ' : *alternatives);
    putchar(' ');
}

static void print_theme_names(void)
{
    for (int i = 0; i < embedded_themes_count; i++)
        printf("%s ", embedded_themes[i].name);
}

/* The words that follow `before` in some verb, once each. */
static void print_next_words(const char *before)
{
    size_t skip = strlen(before);
    const char *last = "";
    for (int i = 0; i < VERBS; i++) {
        const char *words = verbs[i].words;
        if (strncmp(words, before, skip) != 0 || (skip && words[skip] != ' ') || !*words)
            continue;
        const char *next = words + skip + (skip ? 1 : 0);
        size_t length = strcspn(next, " ");
        if (length == strcspn(last, " ") && strncmp(next, last, length) == 0)
            continue;
        printf("%.*s ", (int)length, next);
        last = next;
    }
}

/* bash and zsh: the branches of "case $words": what may follow the words so far. */
static void shell_verbs(void)
{
    const char *group = "";
    for (int i = 0; i < VERBS; i++) {
        size_t length = strcspn(verbs[i].words, " ");
        if (verbs[i].words[length] == ' ' && strncmp(group, verbs[i].words, length) != 0) {
            group = verbs[i].words;
            char first[40];
            snprintf(first, sizeof first, "%.*s", (int)length, group);
            printf("    '%s') candidates='", first);
            print_next_words(first);
            puts("' ;;");
        }
        printf("    '%s') candidates='", verbs[i].words);
        if (!*verbs[i].words)
            print_next_words("");
        print_words(verbs[i].arguments);
        for (int k = 0; k < OPTIONS; k++)
            if (takes(&verbs[i], &options[k]))
                printf("--%s ", options[k].name);
        puts("' ;;");
    }
}

/* bash and zsh: the branches of "case $previous": what may follow an option. */
static void shell_options(void)
{
    for (int i = 0; i < OPTIONS; i++) {
        if (!*options[i].value)
            continue;
        printf("    --%s", options[i].name);
        if (options[i].letter)
            printf(" | -%c", options[i].letter);
        fputs(") values='", stdout);
        print_words(options[i].value);
        if (strcmp(options[i].name, "theme") == 0)
            print_theme_names();
        printf("' files=%s ;;\n", strcmp(options[i].value, "FILE") == 0 ? "yes" : "");
    }
}

/* Text in single quotes, as bash, zsh and fish read it. */
static void print_quoted(const char *text)
{
    putchar('\'');
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
    }
    putchar('\'');
}

static void fish_verbs(void)
{
    for (int i = 0; i < VERBS; i++) {
        if (!*verbs[i].words)
            continue;
        const char *blank = strchr(verbs[i].words, ' ');
        int length = blank ? (int)(blank - verbs[i].words) : 0;
        if (blank && (i == 0 || strncmp(verbs[i - 1].words, verbs[i].words, (size_t)length + 1) != 0))
            printf("complete -c centurion -n '__centurion_at \"\"' -a %.*s\n", length, verbs[i].words);
        printf("complete -c centurion -n '__centurion_at \"%.*s\"' -a %s -d ", length, verbs[i].words,
               blank ? blank + 1 : verbs[i].words);
        print_quoted(verbs[i].summary);
        putchar('\n');
        if (strchr(verbs[i].arguments, '|') && !strpbrk(verbs[i].arguments, " [")) {
            printf("complete -c centurion -n '__centurion_at \"%s\"' -a '", verbs[i].words);
            print_words(verbs[i].arguments);
            puts("'");
        }
    }
}

static void fish_options(void)
{
    for (int i = 0; i < OPTIONS; i++) {
        fputs("complete -c centurion -n '__centurion_in", stdout);
        for (int k = 0; k < VERBS; k++)
            if (takes(&verbs[k], &options[i]))
                printf(" \"%s\"", verbs[k].words);
        printf("' -l %s", options[i].name);
        if (options[i].letter)
            printf(" -s %c", options[i].letter);
        if (strcmp(options[i].value, "FILE") == 0) {
            fputs(" -rF", stdout);
        } else if (*options[i].value) {
            fputs(" -x -a '", stdout);
            print_words(options[i].value);
            if (strcmp(options[i].name, "theme") == 0)
                print_theme_names();
            putchar('\'');
        }
        fputs(" -d ", stdout);
        print_quoted(options[i].help);
        putchar('\n');
    }
}

int main(void)
{
    static const struct {
        const char *mark;
        void (*print)(void);
    } tables[] = {
        {"@MANUAL_VERBS@\n", manual_verbs},       {"@MANUAL_OPTIONS@\n", manual_options},
        {"@MANUAL_SETTINGS@\n", manual_settings}, {"@MANUAL_ACTIONS@\n", manual_actions},
        {"@MANUAL_THEMES@\n", manual_themes},     {"@SHELL_VERBS@\n", shell_verbs},
        {"@SHELL_OPTIONS@\n", shell_options},     {"@FISH_VERBS@\n", fish_verbs},
        {"@FISH_OPTIONS@\n", fish_options},
    };
    char line[1024];
    while (fgets(line, sizeof line, stdin)) {
        bool copied = true;
        for (size_t i = 0; i < sizeof tables / sizeof *tables && copied; i++) {
            if (strcmp(line, tables[i].mark) == 0) {
                tables[i].print();
                copied = false;
            }
        }
        if (copied)
            fputs(line, stdout);
    }
    return ferror(stdin) || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
