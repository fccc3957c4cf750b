#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/mem.h"
#include "verbs.h"

static const struct cli_column columns[] = {
    {"server", false}, {"state", false}, {"process", true}, {"folder", false}, {"conninfo", false},
};
static const char *const states[] = {
    [SERVER_ABSENT] = "not made",
    [SERVER_STOPPED] = "stopped",
    [SERVER_RUNNING] = "running",
    [SERVER_FOREIGN] = "of a PostgreSQL that is not installed",
};

int verb_server_status(const struct cli *cli)
{
    struct error error = {0};
    enum server_kind kind;
    if (cli_server_kind(cli, &kind, &error) != STATUS_OK)
        return cli_fail(&error);
    int pid;
    char *folder, *conninfo = server_conninfo(kind, NULL);
    enum server_state state = server_state(kind, &pid, &folder);
    char *process = pid ? mem_printf("%d", pid) : NULL;
    struct cli_list *list = cli_list_new(columns, sizeof columns / sizeof *columns);
    cli_list_add(list, (const char *const[]){server_kind_name(kind), states[state], process, folder, conninfo});
    cli_list_print(list, cli->given[OPTION_FORMAT], stdout);
    cli_list_free(list);
    free(process);
    free(folder);
    free(conninfo);
    char *recipe = state == SERVER_FOREIGN ? server_upgrade_recipe(kind) : NULL;
    if (recipe)
        fprintf(stderr, "\nThese commands move the data to the installed version:\n\n%s", recipe);
    free(recipe);
    return state == SERVER_RUNNING ? STATUS_OK : state == SERVER_FOREIGN ? STATUS_FAILED : STATUS_NO_CONNECTION;
}
