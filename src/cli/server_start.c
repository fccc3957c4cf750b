#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/date.h"
#include "verbs.h"

static void tell(void *arg, const char *words)
{
    FILE *out = arg;
    fprintf(out, "%s\n", words);
    fflush(out);
}

static enum status check(const struct cli *cli, enum server_kind kind, struct error *error)
{
    int day;
    const char *today = cli->given[OPTION_TODAY];
    if (today && !date_parse(today, &day))
        return error_set(error, STATUS_USAGE, "--today wants a date such as 2026-01-16, not \"%s\"", today);
    if (kind == SERVER_DEMO && cli->given[OPTION_AS])
        return error_set(error, STATUS_USAGE,
                         "--as names the first administrator of local; the people of demo are given");
    return STATUS_OK;
}

int verb_server_start(const struct cli *cli)
{
    bool progress = cli->given[OPTION_PROGRESS] != NULL;
    struct error error = {0};
    enum server_kind kind;
    struct server_options options = {
        .reset = cli->given[OPTION_RESET] != NULL,
        .size = cli->given[OPTION_SIZE],
        .today = cli->given[OPTION_TODAY],
        .person = cli->given[OPTION_AS],
        .progress = tell,
        .arg = progress ? stdout : stderr,
    };
    enum status status = cli_server_kind(cli, &kind, &error);
    if (status == STATUS_OK)
        status = check(cli, kind, &error);
    if (status == STATUS_OK)
        status = server_start(kind, &options, &error);
    if (status == STATUS_OK) {
        if (!progress)
            printf("%s runs\n", server_kind_name(kind));
        return STATUS_OK;
    }
    if (progress) { /* whoever reads the steps takes the last line for the reason */
        printf("%s%s%s\n", error.text, *error.hint ? ". " : "", error.hint);
        return status;
    }
    cli_fail(&error);
    char *recipe = status == STATUS_FAILED ? server_upgrade_recipe(kind) : NULL;
    if (recipe)
        fprintf(stderr, "\n%s", recipe);
    free(recipe);
    return status;
}
