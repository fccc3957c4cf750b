#include <stdio.h>

#include "centurion/data/verify.h"
#include "centurion/jobs/backup.h"
#include "verbs.h"

/* A backup of an older version is as it should be; it only has to be migrated. */
static int judge(const struct verify_sum *sum)
{
    if (sum->pending) {
        fflush(stdout);
        fprintf(stderr, "centurion: %d migration%s pending: centurion db migrate\n", sum->pending,
                sum->pending == 1 ? " is" : "s are");
    }
    return sum->faults > sum->pending ? cli_count_fail("fault", sum->faults - sum->pending) : STATUS_OK;
}

int verb_db_restore(const struct cli *cli)
{
    struct cli_session session;
    struct error error = {0};
    struct verify_sum sum = {0};
    bool check_only = cli->given[OPTION_DRY_RUN] != NULL;
    enum status status = cli_connect(cli, cli_argument(cli, 1), &session, &error);
    if (status == STATUS_OK) {
        const struct backup backup = {session.loop, session.db, cli_argument(cli, 0), &session.stopped};
        status = backup_restore(&backup, check_only, &error);
    }
    if (status == STATUS_OK && check_only)
        printf("%s can be restored into %s\n", cli_argument(cli, 0), db_where(session.db));
    else if (status == STATUS_OK)
        status = cli_verify(cli, session.db, &sum, &error);
    cli_disconnect(&session);
    return status == STATUS_OK ? judge(&sum) : cli_fail(&error);
}
