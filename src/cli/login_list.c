#include "centurion/data/queries.gen.h"
#include "verbs.h"

static const struct cli_column columns[] = {{"login", false},       {"user", true},   {"name", false},
                                            {"role", false},        {"state", false}, {"sessions", true},
                                            {"password_set", false}};
enum { COLUMNS = sizeof columns / sizeof *columns };

int verb_login_list(const struct cli *cli)
{
    static const int cells_of[COLUMNS] = {LOGIN_LIST_LOGIN,       LOGIN_LIST_USER_ID, LOGIN_LIST_NAME,
                                          LOGIN_LIST_ROLE,        LOGIN_LIST_STATE,   LOGIN_LIST_SESSIONS,
                                          LOGIN_LIST_PASSWORD_SET};
    struct cli_session session;
    struct error error = {0};
    struct rowset *rows = NULL;
    enum status status = cli_connect(cli, cli_argument(cli, 0), &session, &error);
    if (status == STATUS_OK)
        status = db_run(session.db, &QUERY_LOGIN_LIST, NULL, &rows, &error);
    if (status == STATUS_OK) {
        struct cli_list *list = cli_list_new(columns, COLUMNS);
        for (int row = 0; row < rowset_count(rows); row++) {
            const char *cells[COLUMNS];
            for (int i = 0; i < COLUMNS; i++)
                cells[i] = rowset_text(rows, row, cells_of[i]);
            cli_list_add(list, cells);
        }
        cli_list_print(list, cli->given[OPTION_FORMAT], stdout);
        cli_list_free(list);
    }
    rowset_free(rows);
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
