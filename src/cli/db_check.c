#include <inttypes.h>
#include <stdio.h>

#include "centurion/base/str.h"
#include "centurion/data/check.h"
#include "verbs.h"

enum { SAMPLE_MAX = 10 };

static const struct cli_column columns[] = {
    {"kind", false}, {"table", false}, {"what", false}, {"rows", true}, {"ids", false}, {"do", false},
};

struct cli_list *cli_findings_new(void)
{
    return cli_list_new(columns, sizeof columns / sizeof *columns);
}

void cli_findings_add(void *list, const struct check_finding *finding)
{
    char rows[24] = "";
    struct str sample = {0};
    str_add(&sample, finding->sample);
    if (finding->rows >= 0)
        snprintf(rows, sizeof rows, "%" PRId64, finding->rows);
    if (finding->rows > SAMPLE_MAX)
        str_addf(&sample, " and %" PRId64 " more", finding->rows - SAMPLE_MAX);
    cli_list_add(list, (const char *const[]){finding->fault ? "fault" : "remark", finding->relation, finding->what,
                                             rows, str_text(&sample), finding->remedy});
    str_fini(&sample);
}

int cli_count_fail(const char *words, int count)
{
    fflush(stdout);
    fprintf(stderr, "centurion: %d %s%s\n", count, words, count == 1 ? "" : "s");
    return STATUS_FAILED;
}

int verb_db_check(const struct cli *cli)
{
    struct cli_session session;
    struct error error = {0};
    struct check_sum sum = {0};
    struct cli_list *list = cli_findings_new();
    enum status status = cli_connect_reading(cli, cli_argument(cli, 0), &session, &error);
    if (status == STATUS_OK)
        status = check_database(session.db, cli_findings_add, list, &sum, &error);
    if (status == STATUS_OK)
        cli_list_print(list, cli->given[OPTION_FORMAT], stdout);
    cli_list_free(list);
    cli_disconnect(&session);
    if (status != STATUS_OK)
        return cli_fail(&error);
    return sum.faults ? cli_count_fail("fault", sum.faults) : STATUS_OK;
}
