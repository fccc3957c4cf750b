#include <stdio.h>

#include "centurion/base/mem.h"
#include "centurion/data/change.h"
#include "centurion/data/queries.gen.h"
#include "centurion/jobs/password.h"
#include "verbs.h"

static const struct cli_column columns[] = {{"id", true}, {"name", false}, {"email", false}, {"role", false}};

static enum status check(const struct cli *cli, struct error *error)
{
    if (cli->given[OPTION_NAME] && cli->given[OPTION_EMAIL])
        return STATUS_OK;
    return error_set(error, STATUS_USAGE, "\"user add\" wants --name NAME and --email ADDRESS");
}

/* Before anybody is added, so that a file that cannot be read leaves nobody behind. */
static enum status make_hash(const struct cli *cli, char hash[PASSWORD_HASH_MAX], struct error *error)
{
    char password[CLI_PASSWORD_MAX];
    hash[0] = '\0';
    if (!cli->given[OPTION_PASSWORD_FILE])
        return STATUS_OK;
    enum status status = cli_new_password(cli, cli->given[OPTION_NAME], password, error);
    if (status == STATUS_OK)
        status = password_hash(password, hash, error);
    mem_wipe(password, sizeof password);
    return status;
}

static void print(const struct cli *cli, const struct rowset *rows)
{
    struct cli_list *list = cli_list_new(columns, 4);
    cli_list_add(list,
                 (const char *const[]){rowset_text(rows, 0, USER_SHOW_ID), rowset_text(rows, 0, USER_SHOW_NAME),
                                       rowset_text(rows, 0, USER_SHOW_EMAIL), rowset_text(rows, 0, USER_SHOW_ROLE)});
    cli_list_print(list, cli->given[OPTION_FORMAT], stdout);
    cli_list_free(list);
}

static enum status add(const struct cli *cli, struct db *db, const char *role, const char *hash, struct error *error)
{
    struct rowset *added = NULL, *rows = NULL;
    const char *const params[] = {cli->given[OPTION_NAME], cli->given[OPTION_EMAIL], role};
    enum status status = data_change_run(db, &QUERY_USER_ADD, params, &added, error);
    const char *id = status == STATUS_OK ? rowset_text(added, 0, CHANGE_COLUMN_KEY) : NULL;
    if (status == STATUS_OK)
        status = db_run(db, &QUERY_USER_SHOW, (const char *const[]){id}, &rows, error);
    if (status == STATUS_OK)
        print(cli, rows);
    if (status == STATUS_OK && *hash) {
        status = data_change_run(db, &QUERY_USER_SET_PASSWORD, (const char *const[]){id, hash}, NULL, error);
        if (status != STATUS_OK)
            error_within(error, "Person %s is added, but without a password", id);
    }
    rowset_free(added);
    rowset_free(rows);
    return status;
}

int verb_user_add(const struct cli *cli)
{
    const char *given = cli->given[OPTION_ROLE], *role = cli_role(given ? given : "client");
    struct cli_session session = {0};
    struct error error = {0};
    char hash[PASSWORD_HASH_MAX];
    enum status status = check(cli, &error);
    if (status == STATUS_OK)
        status = cli_connect(cli, cli_argument(cli, 0), &session, &error);
    if (status == STATUS_OK)
        status = make_hash(cli, hash, &error);
    if (status == STATUS_OK && cli->given[OPTION_DRY_RUN])
        printf("would add %s, %s, as %s\n", cli->given[OPTION_NAME], cli->given[OPTION_EMAIL], role);
    else if (status == STATUS_OK)
        status = add(cli, session.db, role, hash, &error);
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
