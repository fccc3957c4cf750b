#include "centurion/data/queries.gen.h"
#include "verbs.h"

int verb_login_enable(const struct cli *cli)
{
    return cli_switch_login(cli, &QUERY_LOGIN_ENABLE, "enable");
}
