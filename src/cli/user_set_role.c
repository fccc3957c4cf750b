#include <stdio.h>

#include "centurion/data/queries.gen.h"
#include "verbs.h"

int verb_user_set_role(const struct cli *cli)
{
    const char *typed = cli_argument(cli, 1), *role = cli_role(typed);
    struct error error = {0};
    char would[40];
    if (!role) {
        error_set(&error, STATUS_USAGE, "There is no role \"%s\"", typed);
        error_hint(&error, "It is one of: admin, coach, client");
        return cli_fail(&error);
    }
    snprintf(would, sizeof would, "make %s of", role);
    return cli_change_person(cli, &QUERY_USER_SET_ROLE, role, cli_argument(cli, 2), would, role);
}
