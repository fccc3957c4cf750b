#include <stdio.h>

#include "centurion/data/queries.gen.h"
#include "verbs.h"

int verb_user_export(const struct cli *cli)
{
    const char *id = cli_argument(cli, 0);
    struct cli_session session = {0};
    struct error error = {0};
    struct rowset *rows = NULL;
    enum status status = cli_check_number(id, "the number of a person", &error);
    if (status == STATUS_OK)
        status = cli_connect(cli, cli_argument(cli, 1), &session, &error);
    if (status == STATUS_OK)
        status = db_run(session.db, &QUERY_PERSON_EXPORT, (const char *const[]){id}, &rows, &error);
    if (status == STATUS_OK)
        puts(rowset_text(rows, 0, PERSON_EXPORT_DOCUMENT));
    rowset_free(rows);
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
