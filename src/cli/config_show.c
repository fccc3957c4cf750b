#include <stdio.h>

#include "centurion/cli/embedded_config.h"
#include "verbs.h"

int verb_config_show(const struct cli *cli)
{
    (void)cli;
    fputs(embedded_config, stdout);
    return STATUS_OK;
}
