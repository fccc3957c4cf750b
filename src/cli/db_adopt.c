#include <stdio.h>

#include "centurion/data/adopt.h"
#include "verbs.h"

int verb_db_adopt(const struct cli *cli)
{
    struct cli_session session;
    struct error error = {0};
    struct check_sum sum = {0};
    struct cli_list *list = cli_findings_new();
    const struct adopt_options options = {.check_only = cli->given[OPTION_DRY_RUN] != NULL,
                                          .progress = cli_tell_migration,
                                          .found = cli_findings_add,
                                          .arg = list};
    enum status status = cli_connect(cli, cli_argument(cli, 0), &session, &error);
    if (status == STATUS_OK)
        status = adopt_database(session.db, &options, &sum, &error);
    if (sum.faults || (status == STATUS_OK && options.check_only))
        cli_list_print(list, cli->given[OPTION_FORMAT], stdout);
    else if (status == STATUS_OK)
        printf("adopted, at version %d\n", migrate_latest());
    if (status == STATUS_OK && sum.remarks && !options.check_only)
        fprintf(stderr, "centurion: %d remark%s; centurion db check lists them\n", sum.remarks,
                sum.remarks == 1 ? "" : "s");
    cli_list_free(list);
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
