#include <stdio.h>
#include <stdlib.h>

#include "verbs.h"

int verb_server_conninfo(const struct cli *cli)
{
    struct error error = {0};
    enum server_kind kind;
    if (cli_server_kind(cli, &kind, &error) != STATUS_OK)
        return cli_fail(&error);
    char *conninfo = server_conninfo(kind, cli->given[OPTION_AS]);
    puts(conninfo);
    free(conninfo);
    return STATUS_OK;
}
