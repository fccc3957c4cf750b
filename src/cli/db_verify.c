#include <inttypes.h>
#include <stdio.h>

#include "centurion/data/verify.h"
#include "verbs.h"

static const struct cli_column columns[] = {
    {"state", false}, {"part", false}, {"name", false}, {"what", false},
    {"before", true}, {"after", true}, {"now", true},
};

static const char *count_words(char out[24], int64_t count)
{
    snprintf(out, 24, "%" PRId64, count);
    return count < 0 ? "" : out;
}

static void found(void *arg, const struct verify_finding *finding)
{
    char before[24], after[24], now[24];
    cli_list_add(arg, (const char *const[]){finding->fault ? "fault" : "", finding->part, finding->relation,
                                            finding->what, count_words(before, finding->before),
                                            count_words(after, finding->after), count_words(now, finding->now)});
}

enum status cli_verify(const struct cli *cli, struct db *db, struct verify_sum *sum, struct error *error)
{
    struct cli_list *list = cli_list_new(columns, sizeof columns / sizeof *columns);
    enum status status = verify_database(db, found, list, sum, error);
    if (status == STATUS_OK)
        cli_list_print(list, cli->given[OPTION_FORMAT], stdout);
    cli_list_free(list);
    return status;
}

int verb_db_verify(const struct cli *cli)
{
    struct cli_session session;
    struct error error = {0};
    struct verify_sum sum = {0};
    enum status status = cli_connect_reading(cli, cli_argument(cli, 0), &session, &error);
    if (status == STATUS_OK)
        status = cli_verify(cli, session.db, &sum, &error);
    cli_disconnect(&session);
    if (status != STATUS_OK)
        return cli_fail(&error);
    return sum.faults ? cli_count_fail("fault", sum.faults) : STATUS_OK;
}
