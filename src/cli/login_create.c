#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/data/change.h"
#include "centurion/data/queries.gen.h"
#include "verbs.h"

static enum status check(const struct cli *cli, struct error *error)
{
    if (!cli->given[OPTION_USER])
        return error_set(error, STATUS_USAGE, "\"login create\" wants --user ID: whose login it is");
    if (cli->given[OPTION_NO_PASSWORD] && cli->given[OPTION_PASSWORD_FILE])
        return error_set(error, STATUS_USAGE, "--no-password and --password-file do not go together");
    return cli_check_number(cli->given[OPTION_USER], "the number of a person", error);
}

/* verifier NULL: none. The password itself goes no further than here. */
static enum status make_verifier(const struct cli *cli, const struct cli_session *session, const char *login,
                                 char **verifier, struct error *error)
{
    char password[CLI_PASSWORD_MAX];
    *verifier = NULL;
    if (cli->given[OPTION_NO_PASSWORD])
        return STATUS_OK;
    enum status status = cli_new_password(cli, login, password, error);
    if (status == STATUS_OK)
        status = db_scram_verifier(session->db, login, password, verifier, error);
    mem_wipe(password, sizeof password);
    return status;
}

int verb_login_create(const struct cli *cli)
{
    const char *login = cli_argument(cli, 0), *user = cli->given[OPTION_USER];
    struct cli_session session = {0};
    struct cli_person person = {0};
    struct error error = {0};
    char *verifier = NULL;
    enum status status = check(cli, &error);
    if (status == STATUS_OK)
        status = cli_connect(cli, cli_argument(cli, 1), &session, &error);
    if (status == STATUS_OK)
        status = cli_find_person(&session, user, &person, &error);
    if (status == STATUS_OK && cli->given[OPTION_DRY_RUN]) {
        status = person.there ? STATUS_OK : cli_no_person(user, &error);
        if (status == STATUS_OK)
            printf("would make the login \"%s\" for %s\n", login, person.name);
    } else if (status == STATUS_OK) {
        status = make_verifier(cli, &session, login, &verifier, &error);
        if (status == STATUS_OK)
            status = data_change_run(session.db, &QUERY_LOGIN_CREATE, (const char *const[]){user, login, verifier},
                                     NULL, &error);
        if (status == STATUS_OK)
            printf("%s has the login \"%s\"\n", person.name, login);
    }
    if (verifier)
        mem_wipe(verifier, strlen(verifier));
    free(verifier);
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
