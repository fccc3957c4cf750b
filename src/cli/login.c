/* What the verbs about logins have in common. */
#include <stdio.h>

#include "centurion/data/change.h"
#include "centurion/data/queries.gen.h"
#include "verbs.h"

enum status cli_find_login(const struct cli *cli, const struct cli_session *session, const char *login,
                           struct cli_login *out, struct error *error)
{
    const char *user = cli->given[OPTION_USER];
    struct rowset *rows = NULL;
    *out = (struct cli_login){0};
    enum status status = db_run(session->db, &QUERY_LOGIN_LIST, NULL, &rows, error);
    for (int row = 0; row < rowset_count(rows) && !*out->login; row++) {
        if (!(login ? str_equal(login, rowset_text(rows, row, LOGIN_LIST_LOGIN))
                    : str_equal(user, rowset_text(rows, row, LOGIN_LIST_USER_ID))))
            continue;
        snprintf(out->login, sizeof out->login, "%s", rowset_text(rows, row, LOGIN_LIST_LOGIN));
        snprintf(out->user, sizeof out->user, "%s", rowset_text(rows, row, LOGIN_LIST_USER_ID));
        snprintf(out->state, sizeof out->state, "%s", rowset_text(rows, row, LOGIN_LIST_STATE));
    }
    rowset_free(rows);
    if (status == STATUS_OK && !*out->login)
        status = login ? error_set(error, STATUS_FAILED, "There is no login \"%s\"", login)
                       : error_set(error, STATUS_FAILED, "There is no person %s with a login", user);
    return status;
}

/* Which login is meant, and with which connection: NAME [CONNINFO], or --user ID [CONNINFO]. */
static enum status take_words(const struct cli *cli, const char **login, const char **conninfo, struct error *error)
{
    bool by_person = cli->given[OPTION_USER] != NULL;
    *login = by_person ? NULL : cli_argument(cli, 0);
    *conninfo = cli_argument(cli, by_person ? 0 : 1);
    if (by_person)
        return cli_check_number(cli->given[OPTION_USER], "the number of a person", error);
    if (!*login)
        return error_set(error, STATUS_USAGE, "It wants the NAME of a login, or --user ID");
    return STATUS_OK;
}

int cli_switch_login(const struct cli *cli, const struct query *query, const char *would)
{
    struct cli_session session = {0};
    struct cli_login found;
    struct error error = {0};
    const char *login, *conninfo;
    enum status status = take_words(cli, &login, &conninfo, &error);
    if (status == STATUS_OK)
        status = cli_connect(cli, conninfo, &session, &error);
    if (status == STATUS_OK)
        status = cli_find_login(cli, &session, login, &found, &error);
    if (status == STATUS_OK && cli->given[OPTION_DRY_RUN]) {
        printf("would %s the login \"%s\"\n", would, found.login);
    } else if (status == STATUS_OK) {
        status = data_change_run(session.db, query, (const char *const[]){found.login}, NULL, &error);
        if (status == STATUS_OK)
            status = db_run(session.db, &QUERY_LOGIN_END_SESSIONS, (const char *const[]){found.user}, NULL, &error);
        if (status == STATUS_OK)
            status = cli_find_login(cli, &session, login, &found, &error);
        if (status == STATUS_OK)
            printf("the login \"%s\" is %s\n", found.login, found.state);
    }
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
