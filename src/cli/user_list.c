#include "centurion/data/queries.gen.h"
#include "verbs.h"

static const struct cli_column columns[] = {
    {"id", true},     {"name", false},  {"email", false},        {"role", false},
    {"state", false}, {"login", false}, {"login_enabled", false}};
enum { COLUMNS = sizeof columns / sizeof *columns };

int verb_user_list(const struct cli *cli)
{
    const char *role = cli->given[OPTION_ROLE];
    const char *const params[] = {role ? cli_role(role) : NULL, cli->given[OPTION_ALL] ? "t" : "f"};
    struct cli_session session;
    struct error error = {0};
    struct rowset *rows = NULL;
    enum status status = cli_connect(cli, cli_argument(cli, 0), &session, &error);
    if (status == STATUS_OK)
        status = db_run(session.db, &QUERY_USER_LIST, params, &rows, &error);
    if (status == STATUS_OK) {
        struct cli_list *list = cli_list_new(columns, COLUMNS);
        for (int row = 0; row < rowset_count(rows); row++) {
            bool login = !rowset_null(rows, row, USER_LIST_LOGIN);
            const char *cells[COLUMNS] = {
                rowset_text(rows, row, USER_LIST_ID),
                rowset_text(rows, row, USER_LIST_NAME),
                rowset_text(rows, row, USER_LIST_EMAIL),
                rowset_text(rows, row, USER_LIST_ROLE),
                rowset_text(rows, row, USER_LIST_STATE),
                rowset_text(rows, row, USER_LIST_LOGIN),
                !login                                            ? ""
                : rowset_bool(rows, row, USER_LIST_LOGIN_ENABLED) ? "yes"
                                                                  : "no",
            };
            cli_list_add(list, cells);
        }
        cli_list_print(list, cli->given[OPTION_FORMAT], stdout);
        cli_list_free(list);
    }
    rowset_free(rows);
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
