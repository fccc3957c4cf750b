#include "centurion/data/queries.gen.h"
#include "verbs.h"

int verb_user_enable(const struct cli *cli)
{
    return cli_change_person(cli, &QUERY_USER_RESTORE, NULL, cli_argument(cli, 1), "enable", "enabled");
}
