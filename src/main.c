/* The program: settles what the command line, the configuration and the locale ask for, then a verb or the screens.
 * Nothing slow happens here: the first frame is painted before there is a connection or a server. */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/log.h"
#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "centurion/cli/cli.h"
#include "centurion/cli/config.h"
#include "centurion/cli/offer.h"
#include "centurion/data/server.h"
#include "centurion/screens/app.h"
#include "centurion/ui/keymap.h"
#include "config.h"

enum { STARTER_MAX = 24 };

/* What app_options points to. */
struct screens {
    struct app_options options;
    struct cli_target target;
    const char *starter[STARTER_MAX];
    char program[4096];
    struct keymap_change *keys;
    struct app_snippet *snippets;
    struct keymap *tried;
};

/* Text needs UTF-8 to be measured even where it cannot be shown; then only ASCII is drawn. */
static bool settle_locale(void)
{
    setlocale(LC_CTYPE, "");
    if (str_equal(nl_langinfo(CODESET), "UTF-8"))
        return true;
    setlocale(LC_CTYPE, "C.UTF-8");
    return false;
}

static void open_log(const struct config *config)
{
    int level = config_choice(config, SETTING_LOG); /* "off" comes first, then as in enum log_level */
    if (level == 0)
        return;
    char *path = path_state("centurion.log");
    log_open(path, (enum log_level)(level - 1));
    free(path);
}

/* ---- keys ---- */

/* Does the setting count: the keys, and those of the set that was asked for? */
static bool counts(const struct config_pair *pair, const char *set)
{
    return pair->setting == SETTING_KEYS || (set && pair->setting == SETTING_KEY_SETS && str_equal(pair->set, set));
}

/* The fault of an action's keys, which the error names first in quotes, gets the line where they stand. */
static enum status locate(const struct cli *cli, struct error *error)
{
    const char *name = strchr(error->text, '"');
    size_t length = name ? strcspn(++name, "\"") : 0;
    int line = 0;
    for (int i = 0; i < config_pair_count(cli->config); i++) {
        const struct config_pair *pair = config_pair(cli->config, i);
        if (name && counts(pair, cli->given[OPTION_KEYS]) && strlen(pair->name) == length &&
            strncmp(pair->name, name, length) == 0)
            line = pair->line;
    }
    if (line)
        error_within(error, "%s:%d", config_file(cli->config), line);
    else
        error_within(error, "%s", config_file(cli->config));
    return error->status = STATUS_USAGE;
}

static enum status take_keys(struct screens *screens, const struct cli *cli, struct error *error)
{
    const char *set = cli->given[OPTION_KEYS];
    bool found = !set;
    int count = config_pair_count(cli->config);
    screens->keys = mem_array((size_t)count + 1, sizeof *screens->keys);
    screens->options.keys = screens->keys;
    for (int i = 0; i < count; i++) {
        const struct config_pair *pair = config_pair(cli->config, i);
        if (!counts(pair, set))
            continue;
        found = found || pair->setting == SETTING_KEY_SETS;
        screens->keys[screens->options.key_count++] = (struct keymap_change){.action = pair->name, .keys = pair->value};
    }
    if (!found) {
        error_set(error, STATUS_USAGE, "There is no key set \"%s\"", set);
        error_hint(error, "Key sets are named in centurion.conf: key-sets = { %s = { next-record = \"ctrl-n\"; }; };",
                   set);
        return STATUS_USAGE;
    }
    screens->tried = keymap_new();
    if (keymap_bind_all(screens->tried, screens->keys, screens->options.key_count, error) != STATUS_OK)
        return locate(cli, error);
    return STATUS_OK;
}

static void take_texts(struct screens *screens, const struct config *config)
{
    screens->snippets = mem_array((size_t)config_pair_count(config) + 1, sizeof *screens->snippets);
    screens->options.snippets = screens->snippets;
    screens->options.message = config_text(config, SETTING_MESSAGE);
    screens->options.mailer = config_text(config, SETTING_MAILER);
    for (int i = 0; i < config_pair_count(config); i++) {
        const struct config_pair *pair = config_pair(config, i);
        if (pair->setting == SETTING_SNIPPETS)
            screens->snippets[screens->options.snippet_count++] = (struct app_snippet){pair->name, pair->value};
    }
}

/* ---- where to ---- */

static void use_server(struct screens *screens, const struct cli *cli, enum server_kind kind)
{
    static const enum cli_option passed_on[] = {OPTION_CONFIG, OPTION_RESET, OPTION_SIZE, OPTION_TODAY, OPTION_AS};
    static const char *const words[] = {"--config", "--reset", "--size", "--today", "--as"};
    char *person = cli->given[OPTION_AS] ? mem_strdup(cli->given[OPTION_AS]) : server_default_person(kind);
    screens->target.conninfo = server_conninfo(kind, person);
    screens->target.place = mem_strdup(server_kind_name(kind));
    free(person);

    ssize_t length = readlink("/proc/self/exe", screens->program, sizeof screens->program - 1);
    screens->program[length > 0 ? length : 0] = '\0';
    if (access(screens->program, X_OK) != 0) /* replaced while it runs */
        snprintf(screens->program, sizeof screens->program, "/proc/self/exe");
    const char **word = screens->starter;
    *word++ = screens->program;
    *word++ = "server";
    *word++ = "start";
    *word++ = server_kind_name(kind);
    *word++ = "--progress";
    for (size_t i = 0; i < sizeof passed_on / sizeof *passed_on; i++) {
        const char *value = cli->given[passed_on[i]];
        if (!value || (passed_on[i] == OPTION_AS && kind == SERVER_DEMO))
            continue;
        *word++ = words[i];
        if (*value)
            *word++ = value;
    }
    screens->options.starter = screens->starter;
}

static enum status find_target(struct screens *screens, struct cli *cli, struct error *error)
{
    bool anything = true, asked = true;
    struct offer offer;
    switch (cli->verb) {
    case VERB_DEMO:
        use_server(screens, cli, SERVER_DEMO);
        return STATUS_OK;
    case VERB_LOCAL:
        use_server(screens, cli, SERVER_LOCAL);
        return STATUS_OK;
    case VERB_OPEN:
        screens->options.route = cli_argument(cli, 0);
        return cli_target(cli, cli_argument(cli, 1), &screens->target, NULL, error);
    default:
        break;
    }
    enum status status = cli_target(cli, cli_argument(cli, 0), &screens->target, &anything, error);
    if (anything)
        return status;
    if (!offer_ask(cli->config, &offer, &asked)) {
        if (!asked) {
            struct str usage = {0};
            cli_usage(cli, &usage);
            fputs(str_text(&usage), stderr);
            str_fini(&usage);
        }
        exit(asked ? STATUS_OK : STATUS_USAGE);
    }
    cli->verb = offer.verb;
    cli->given[OPTION_PROFILE] = offer.profile;
    return find_target(screens, cli, error);
}

static int run_screens(struct cli *cli, bool utf8)
{
    static const enum term_colors colors[] = {TERM_COLORS_AUTO, TERM_COLORS_NONE, TERM_COLORS_16, TERM_COLORS_256,
                                              TERM_COLORS_RGB};
    struct screens screens = {0};
    struct error error = {0};
    const struct config *config = cli->config;
    const char *theme = cli->given[OPTION_THEME];
    enum status status = take_keys(&screens, cli, &error);
    if (status == STATUS_OK)
        status = find_target(&screens, cli, &error);
    int code = status;
    if (status == STATUS_OK) {
        screens.options.conninfo = screens.target.conninfo;
        screens.options.place = screens.target.place;
        screens.options.theme = theme ? theme : config_text(config, SETTING_THEME);
        screens.options.restricted = cli->given[OPTION_RESTRICTED] || getenv("SSH_ORIGINAL_COMMAND");
        screens.options.editor = config_text(config, SETTING_EDITOR);
        take_texts(&screens, config);
        screens.options.read_only = cli->given[OPTION_READ_ONLY] != NULL;
        static const int lock_minutes[] = {0, 1, 5, 15, 30, 60}; /* in the order of the setting's words */
        screens.options.lock_seconds = lock_minutes[config_choice(config, SETTING_LOCK)] * 60;
        screens.options.term.mouse = config_bool(config, SETTING_MOUSE) && !cli->given[OPTION_NO_MOUSE];
        screens.options.term.ascii = config_bool(config, SETTING_ASCII) || cli->given[OPTION_ASCII] || !utf8;
        screens.options.term.colors =
            cli->given[OPTION_NO_COLOR] ? TERM_COLORS_NONE : colors[config_choice(config, SETTING_COLORS)];
        code = app_run(&screens.options);
    } else {
        cli_fail(&error);
    }
    keymap_free(screens.tried);
    free(screens.keys);
    free(screens.snippets);
    cli_target_fini(&screens.target);
    return code;
}

static int tell(const struct cli *cli)
{
    struct str text = {0};
    if (cli->given[OPTION_VERSION])
        str_add(&text, "centurion " CENTURION_VERSION "\n");
    else
        cli_usage(cli, &text);
    fputs(str_text(&text), stdout);
    str_fini(&text);
    return STATUS_OK;
}

int main(int argc, char **argv)
{
    struct cli cli;
    struct error error = {0};
    bool utf8 = settle_locale();
    int code;
    if (cli_parse(&cli, argc, argv, &error) != STATUS_OK) {
        code = cli_fail(&error);
    } else if (cli.given[OPTION_HELP] || cli.given[OPTION_VERSION]) {
        code = tell(&cli);
    } else if (config_load(cli.given[OPTION_CONFIG], &cli.config, &error) != STATUS_OK) {
        code = cli_fail(&error);
    } else {
        if (config_warning(cli.config))
            fprintf(stderr, "centurion: %s\n", config_warning(cli.config));
        open_log(cli.config);
        verb_fn *run = verb_info(cli.verb)->run;
        code = run ? run(&cli) : run_screens(&cli, utf8);
        log_close();
    }
    config_free(cli.config);
    cli_fini(&cli);
    if (fflush(stdout) != 0 && code == STATUS_OK) { /* a full disk, a closed pipe */
        perror("centurion: standard output");
        code = STATUS_FAILED;
    }
    return code;
}
