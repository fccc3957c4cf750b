/* The command line: options and verbs, as the tables options.def and verbs.def say. */
#ifndef CENTURION_CLI_CLI_H
#define CENTURION_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "centurion/base/error.h"
#include "centurion/base/str.h"
#include "centurion/cli/config.h"

enum cli_option {
#define OPTION(id, letter, name, value, uses, help) OPTION_##id,
#include "centurion/cli/options.def"
#undef OPTION
    OPTION_COUNT
};

enum verb {
#define VERB(id, words, arguments, least, most, uses, run, summary, description) VERB_##id,
#include "centurion/cli/verbs.def"
#undef VERB
    VERB_COUNT
};

enum option_use {
    FOR_SCREENS = 1,
    FOR_CONNECTION = 2,
    FOR_PERSON = 4,
    FOR_DEMO = 8,
    FOR_PROGRESS = 16,
    FOR_LIST = 32,
    FOR_CHANGE = 64,
    FOR_VERSION = 128,
    FOR_ANY = 256,
    FOR_FORCE = 512,
    FOR_BACKUP = 1024,
    FOR_ADDITION = 2048, /* somebody new */
    FOR_EMAIL = 4096,
    FOR_ROLE = 8192,
    FOR_EVERYBODY = 16384,
    FOR_USER = 32768,     /* somebody's login */
    FOR_PASSWORD = 65536, /* a new one */
    FOR_NO_PASSWORD = 131072,
};

struct option_info {
    const char *name, *value, *help;
    char letter;
    unsigned uses;
};

struct cli;
typedef int verb_fn(const struct cli *cli); /* returns the exit status */

struct verb_info {
    const char *words, *arguments, *summary, *description;
    int least, most;
    unsigned uses;
    verb_fn *run;
};

/* What was asked for. Texts belong to argv. */
struct cli {
    enum verb verb;
    bool group_help;                 /* --help after the first word of several verbs; words[0] is that word */
    const char *given[OPTION_COUNT]; /* the value, "" for an option without one, NULL when it was not given */
    const char **words;              /* the verb's words, then its arguments */
    const char **arguments;
    int argument_count;
    struct config *config; /* set by the caller once it is read */
};

const struct option_info *option_info(enum cli_option option);
const struct verb_info *verb_info(enum verb verb);

/* STATUS_USAGE with the nearest name as hint for anything that is not known or does not fit. With --help or --version
 * only the options need to be right. cli_fini() after either outcome. */
enum status cli_parse(struct cli *cli, int argc, char *const *argv, struct error *error);
void cli_fini(struct cli *cli);

/* The argument at index, or NULL. */
const char *cli_argument(const struct cli *cli, int index);

/* What --help prints: of the verb, of the group, or of the whole program. */
void cli_usage(const struct cli *cli, struct str *out);

/* "centurion: text" and the hint on stderr; returns the exit status. */
int cli_fail(const struct error *error);

/* Which database is meant: the argument, -P, PG* variables, the profile of the configuration, in that order. conninfo
 * (heap) is "" for the environment, place (heap or NULL) the profile's name. Nothing configured is STATUS_USAGE with
 * *anything false. */
struct cli_target {
    char *conninfo, *place;
};
enum status cli_target(const struct cli *cli, const char *argument, struct cli_target *target, bool *anything,
                       struct error *error);
void cli_target_fini(struct cli_target *target);

#endif
