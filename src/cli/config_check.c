#include <stdio.h>

#include "verbs.h"

/* The configuration that the program starts with was read already, so it is right; a file that is named is read here.
 */
int verb_config_check(const struct cli *cli)
{
    struct error error = {0};
    struct config *config = NULL;
    const char *file = cli_argument(cli, 0);
    if (file && config_load(file, &config, &error) != STATUS_OK)
        return cli_fail(&error);
    const struct config *checked = file ? config : cli->config;
    if (config_file(checked))
        printf("%s is right\n", config_file(checked));
    else
        puts("There is no centurion.conf; the defaults hold. centurion config show prints them.");
    if (file && config_warning(config))
        fprintf(stderr, "centurion: %s\n", config_warning(config));
    config_free(config);
    return STATUS_OK;
}
