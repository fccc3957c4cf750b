/* Which database a verb or the screens are to work on. */
#include <stdlib.h>

#include "centurion/base/mem.h"
#include "centurion/cli/cli.h"
#include "words.h"

/* What says where to connect; PGPASSWORD, PGSSLMODE and others only say how. */
static bool environment_says(void)
{
    static const char *const names[] = {"PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return true;
    }
    return false;
}

static enum status unknown_profile(const struct cli *cli, const char *name, struct error *error)
{
    struct str known = {0};
    for (int i = 0; i < config_pair_count(cli->config); i++) {
        const struct config_pair *pair = config_pair(cli->config, i);
        if (pair->setting == SETTING_PROFILES)
            str_addf(&known, "%s%s", known.length ? ", " : "", pair->name);
    }
    error_set(error, STATUS_USAGE, "There is no profile \"%s\"", name);
    if (known.length)
        error_hint(error, "%s has: %s", config_file(cli->config), str_text(&known));
    else
        error_hint(error, "Profiles are named in centurion.conf: profiles = { %s = \"host=... dbname=...\"; };", name);
    str_fini(&known);
    return STATUS_USAGE;
}

enum status cli_target(const struct cli *cli, const char *argument, struct cli_target *target, bool *anything,
                       struct error *error)
{
    const char *profile = cli->given[OPTION_PROFILE], *conninfo = argument;
    bool found = true;
    if (argument && profile)
        return error_set(error, STATUS_USAGE, "Both --profile %s and \"%s\" say where to connect", profile, argument);
    if (profile) {
        conninfo = config_find(cli->config, SETTING_PROFILES, profile);
        if (!conninfo)
            return unknown_profile(cli, profile, error);
    } else if (!argument && environment_says()) {
        conninfo = "";
    } else if (!argument) {
        profile = config_text(cli->config, SETTING_PROFILE);
        conninfo = config_find(cli->config, SETTING_PROFILES, profile);
        found = conninfo != NULL;
    }
    if (anything)
        *anything = found;
    if (!found) {
        error_set(error, STATUS_USAGE, "It is not said which database is meant");
        error_hint(error, "Give a connection string, -P PROFILE, or PG* variables. A private server has one: "
                          "\"$(centurion server conninfo local)\"");
        return STATUS_USAGE;
    }
    target->conninfo = mem_strdup(conninfo);
    target->place = mem_strdup(profile);
    return STATUS_OK;
}

void cli_target_fini(struct cli_target *target)
{
    free(target->conninfo);
    free(target->place);
}
