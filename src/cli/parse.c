/* Options by getopt_long, generated from the table; then the verb, then whether the two go together. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/cli/cli.h"
#include "verbs.h"
#include "words.h"

enum { LONG_OPTION = 256 }; /* getopt's value of option i is LONG_OPTION + i */

static const struct option_info options[OPTION_COUNT] = {
#define OPTION(id, letter, name, value, uses, help) [OPTION_##id] = {name, value, help, letter, uses},
#include "centurion/cli/options.def"
#undef OPTION
};

static const struct verb_info verbs[VERB_COUNT] = {
#define VERB(id, words, arguments, least, most, uses, run, summary, description)                                       \
    [VERB_##id] = {words, arguments, summary, description, least, most, uses, run},
#include "centurion/cli/verbs.def"
#undef VERB
};

const struct option_info *option_info(enum cli_option option)
{
    return &options[option];
}

const struct verb_info *verb_info(enum verb verb)
{
    return &verbs[verb];
}

const char *cli_argument(const struct cli *cli, int index)
{
    return index < cli->argument_count ? cli->arguments[index] : NULL;
}

/* ---- options ---- */

static enum status unknown_option(const char *text, struct error *error)
{
    const char *name = text + strspn(text, "-"), *nearest = NULL;
    size_t length = strcspn(name, "=");
    char *word = mem_strndup(name, length);
    int best = 0;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (length < 3 || (!words_near(word, options[i].name) && !str_starts(options[i].name, word)))
            continue;
        int distance = words_distance(word, options[i].name);
        if (!nearest || distance < best) {
            nearest = options[i].name;
            best = distance;
        }
    }
    error_set(error, STATUS_USAGE, "There is no option %.*s", (int)(name - text + (int)length), text);
    if (nearest)
        error_hint(error, "Did you mean --%s?", nearest);
    else
        error_hint(error, "centurion --help lists them.");
    free(word);
    return STATUS_USAGE;
}

static int option_of(int code)
{
    if (code >= LONG_OPTION)
        return code - LONG_OPTION;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (code && options[i].letter == code)
            return i;
    return -1;
}

static enum status take_option(struct cli *cli, int option, const char *value, struct error *error)
{
    const struct option_info *info = &options[option];
    if (strchr(info->value, '|') && words_index(info->value, "|", value) < 0)
        return error_set(error, STATUS_USAGE, "--%s takes %s, not \"%s\"", info->name, info->value, value);
    cli->given[option] = value ? value : "";
    return STATUS_OK;
}

static enum status parse_options(struct cli *cli, int argc, char **argv, struct error *error)
{
    struct option long_options[OPTION_COUNT + 1] = {0};
    char letters[2 * OPTION_COUNT + 2] = ":"; /* a missing value is told apart from an unknown option */
    size_t length = 1;
    for (int i = 0; i < OPTION_COUNT; i++) {
        bool value = *options[i].value;
        long_options[i] = (struct option){.name = options[i].name, .has_arg = value, .val = LONG_OPTION + i};
        if (options[i].letter) {
            letters[length++] = options[i].letter;
            if (value)
                letters[length++] = ':';
        }
    }
    letters[length] = '\0';
    optind = 0; /* begin anew */
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, letters, long_options, NULL)) != -1;) {
        int option = option_of(code == '?' || code == ':' ? optopt : code);
        const char *text = argv[optind - 1];
        if (code == ':')
            return error_set(error, STATUS_USAGE, "--%s wants a value: %s", options[option].name,
                             options[option].value);
        if (code == '?' && option >= 0)
            return error_set(error, STATUS_USAGE, "--%s takes no value", options[option].name);
        if (code == '?' && optopt)
            return unknown_option((const char[]){'-', (char)optopt, '\0'}, error);
        if (code == '?')
            return unknown_option(text, error);
        if (take_option(cli, option, optarg, error) != STATUS_OK)
            return STATUS_USAGE;
    }
    for (int i = optind; i < argc; i++)
        cli->words[i - optind] = argv[i];
    cli->argument_count = argc - optind;
    return STATUS_OK;
}

/* ---- the verb ---- */

/* Is `word` the first of several words of a verb? */
static bool begins(enum verb verb, const char *word)
{
    size_t length = strlen(word);
    return strncmp(verbs[verb].words, word, length) == 0 && verbs[verb].words[length] == ' ';
}

static bool is_group(const char *word)
{
    for (int verb = 0; verb < VERB_COUNT; verb++)
        if (begins((enum verb)verb, word))
            return true;
    return false;
}

static bool is_verb(enum verb verb, const struct cli *cli)
{
    if (!begins(verb, cli->words[0]))
        return str_equal(verbs[verb].words, cli->words[0]);
    return cli->argument_count > 1 && str_equal(verbs[verb].words + strlen(cli->words[0]) + 1, cli->words[1]);
}

/* The verb that `text` was perhaps meant to be; VERB_SCREENS when none is near. */
static enum verb nearest_verb(const char *text)
{
    enum verb nearest = VERB_SCREENS;
    int best = 0;
    for (int verb = VERB_SCREENS + 1; verb < VERB_COUNT; verb++) {
        int distance = words_distance(text, verbs[verb].words);
        if (words_near(text, verbs[verb].words) && (nearest == VERB_SCREENS || distance < best)) {
            nearest = (enum verb)verb;
            best = distance;
        }
    }
    return nearest;
}

static enum status unknown_verb(const char *text, enum verb nearest, bool could_be_database, struct error *error)
{
    error_set(error, STATUS_USAGE, "There is no verb \"%s\"", text);
    if (nearest != VERB_SCREENS && could_be_database)
        error_hint(error, "Did you mean \"%s\"? A database of that name is dbname=%s", verbs[nearest].words, text);
    else if (nearest != VERB_SCREENS)
        error_hint(error, "Did you mean \"%s\"?", verbs[nearest].words);
    else
        error_hint(error, "centurion --help lists them.");
    return STATUS_USAGE;
}

static enum status unknown_in_group(struct cli *cli, struct error *error)
{
    const char *group = cli->words[0];
    struct str text = {0}, known = {0};
    str_add(&text, group);
    if (cli->argument_count > 1)
        str_addf(&text, " %s", cli->words[1]);
    enum verb nearest = nearest_verb(str_text(&text));
    if (nearest != VERB_SCREENS && cli->argument_count > 1) {
        unknown_verb(str_text(&text), nearest, false, error);
    } else {
        for (int verb = 0; verb < VERB_COUNT; verb++)
            if (begins((enum verb)verb, group))
                str_addf(&known, "%s%s", known.length ? ", " : "", verbs[verb].words + strlen(group) + 1);
        error_set(error, STATUS_USAGE,
                  cli->argument_count > 1 ? "There is no verb \"%s\"" : "\"%s\" wants another word", str_text(&text));
        error_hint(error, "After %s comes one of: %s", group, str_text(&known));
    }
    str_fini(&text);
    str_fini(&known);
    return STATUS_USAGE;
}

/* "servr start" is near a verb only as a whole, "servr" only alone. */
static enum status find_verb(struct cli *cli, struct error *error)
{
    cli->arguments = cli->words;
    if (cli->argument_count == 0)
        return STATUS_OK;
    for (int verb = VERB_SCREENS + 1; verb < VERB_COUNT; verb++) {
        if (!is_verb((enum verb)verb, cli))
            continue;
        int count = strchr(verbs[verb].words, ' ') ? 2 : 1;
        cli->verb = (enum verb)verb;
        cli->arguments += count;
        cli->argument_count -= count;
        return STATUS_OK;
    }
    const char *first = cli->words[0];
    if (is_group(first)) {
        cli->group_help = cli->given[OPTION_HELP] != NULL;
        return cli->group_help ? STATUS_OK : unknown_in_group(cli, error);
    }
    if (strpbrk(first, "=:/ ")) /* a conninfo or URI */
        return STATUS_OK;
    enum verb nearest = nearest_verb(first);
    for (int verb = VERB_SCREENS + 1; verb < VERB_COUNT && nearest == VERB_SCREENS; verb++) {
        size_t length = strcspn(verbs[verb].words, " ");
        char *word = mem_strndup(verbs[verb].words, length);
        if (verbs[verb].words[length] && words_near(first, word))
            nearest = (enum verb)verb;
        free(word);
    }
    if (nearest != VERB_SCREENS || cli->argument_count > 1)
        return unknown_verb(first, nearest, cli->argument_count == 1, error);
    return STATUS_OK;
}

static enum status check(const struct cli *cli, struct error *error)
{
    const struct verb_info *verb = &verbs[cli->verb];
    const char *name = *verb->words ? verb->words : "centurion";
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!cli->given[i] || options[i].uses & (FOR_ANY | verb->uses))
            continue;
        error_set(error, STATUS_USAGE, "--%s does not go with \"%s\"", options[i].name, name);
        error_hint(error, "centurion%s%s --help lists what does.", *verb->words ? " " : "", verb->words);
        return STATUS_USAGE;
    }
    if (cli->argument_count < verb->least || cli->argument_count > verb->most) {
        error_set(error, STATUS_USAGE,
                  cli->argument_count < verb->least ? "\"%s\" wants more" : "\"%s\" does not want that much", name);
        if (cli->argument_count > verb->most)
            error_within(error, "\"%s\"", cli->arguments[verb->most]);
        error_hint(error, "centurion%s%s%s%s", *verb->words ? " " : "", verb->words, *verb->arguments ? " " : "",
                   verb->arguments);
        return STATUS_USAGE;
    }
    return STATUS_OK;
}

enum status cli_parse(struct cli *cli, int argc, char *const *argv, struct error *error)
{
    *cli = (struct cli){.words = mem_array((size_t)argc + 1, sizeof *cli->words)};
    cli->arguments = cli->words;
    char **own = mem_array((size_t)argc + 1, sizeof *own); /* getopt puts it into another order */
    memcpy(own, argv, (size_t)argc * sizeof *own);
    enum status status = parse_options(cli, argc, own, error);
    bool only_told = cli->given[OPTION_HELP] || cli->given[OPTION_VERSION];
    if (status == STATUS_OK) {
        status = find_verb(cli, error);
        if (status == STATUS_OK && !only_told)
            status = check(cli, error);
    }
    free(own);
    return status;
}

void cli_fini(struct cli *cli)
{
    free(cli->words);
    cli->words = NULL;
}
