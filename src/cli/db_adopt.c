#include <stdio.h>

#include "centurion/data/adopt.h"
#include "verbs.h"

struct report {
    struct cli_list *list;
};

static void tell(void *arg, int version, const char *name)
{
    (void)arg;
    fprintf(stderr, "%04d %s\n", version, name);
}

static void found(void *arg, const struct check_finding *finding)
{
    const struct report *report = arg;
    cli_findings_add(report->list, finding);
}

int verb_db_adopt(const struct cli *cli)
{
    struct cli_session session;
    struct error error = {0};
    struct check_sum sum = {0};
    struct report report = {.list = cli_findings_new()};
    const struct adopt_options options = {
        .check_only = cli->given[OPTION_DRY_RUN] != NULL, .progress = tell, .found = found, .arg = &report};
    enum status status = cli_connect(cli, cli_argument(cli, 0), &session, &error);
    if (status == STATUS_OK)
        status = adopt_database(session.db, &options, &sum, &error);
    if (sum.faults || (status == STATUS_OK && options.check_only))
        cli_list_print(report.list, cli->given[OPTION_FORMAT], stdout);
    else if (status == STATUS_OK)
        printf("adopted, at version %d\n", migrate_latest());
    if (status == STATUS_OK && sum.remarks && !options.check_only)
        fprintf(stderr, "centurion: %d remark%s; centurion db check lists them\n", sum.remarks,
                sum.remarks == 1 ? "" : "s");
    cli_list_free(report.list);
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
