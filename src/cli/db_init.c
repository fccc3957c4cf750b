#include "verbs.h"

int verb_db_init(const struct cli *cli)
{
    return cli_migrate(cli, true, 0);
}
