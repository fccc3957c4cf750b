#include <inttypes.h>
#include <stdio.h>

#include "centurion/data/adopt.h"
#include "verbs.h"

static const struct cli_column columns[] = {{"what", false}, {"rows", true}, {"names", false}};

static void lose(void *arg, const char *what, int64_t rows, const char *sample)
{
    char count[24];
    snprintf(count, sizeof count, "%" PRId64, rows);
    cli_list_add(arg, (const char *const[]){what, count, sample});
}

static void leave(void *arg, const char *role, const char *why)
{
    (void)arg;
    fprintf(stderr, "centurion: the role %s stays on the server: %s\n", role, why);
}

int verb_db_release(const struct cli *cli)
{
    struct cli_session session;
    struct error error = {0};
    int losses = 0;
    struct cli_list *list = cli_list_new(columns, sizeof columns / sizeof *columns);
    const struct release_options options = {.force = cli->given[OPTION_FORCE] != NULL,
                                            .check_only = cli->given[OPTION_DRY_RUN] != NULL,
                                            .loss = lose,
                                            .left = leave,
                                            .arg = list};
    enum status status = cli_connect(cli, cli_argument(cli, 0), &session, &error);
    if (status == STATUS_OK)
        status = release_database(session.db, &options, &losses, &error);
    if ((losses && !options.force) || (status == STATUS_OK && options.check_only))
        cli_list_print(list, cli->given[OPTION_FORMAT], stdout);
    else if (status == STATUS_OK)
        puts("given back: nothing of Centurion is left in the database");
    cli_list_free(list);
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
