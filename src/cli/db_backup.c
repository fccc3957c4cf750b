#include <stdio.h>

#include "centurion/jobs/backup.h"
#include "verbs.h"

int verb_db_backup(const struct cli *cli)
{
    struct cli_session session;
    struct error error = {0};
    enum status status = cli_connect(cli, cli_argument(cli, 1), &session, &error);
    if (status == STATUS_OK) {
        const struct backup backup = {session.loop, session.db, cli_argument(cli, 0), &session.stopped};
        if (cli->given[OPTION_DRY_RUN])
            printf("%s would be written to %s\n", db_where(session.db), backup.file);
        else
            status = backup_write(&backup, cli->given[OPTION_FORCE] != NULL, &error);
    }
    if (status == STATUS_OK && !cli->given[OPTION_DRY_RUN])
        printf("written and verified: %s\n", cli_argument(cli, 0));
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
