#include <stdio.h>

#include "verbs.h"

int verb_server_stop(const struct cli *cli)
{
    struct error error = {0};
    enum server_kind kind;
    enum status status = cli_server_kind(cli, &kind, &error);
    if (status == STATUS_OK)
        status = server_stop(kind, &error);
    if (status != STATUS_OK)
        return cli_fail(&error);
    printf("%s is stopped\n", server_kind_name(kind));
    return STATUS_OK;
}
