#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/data/change.h"
#include "centurion/data/queries.gen.h"
#include "verbs.h"

static enum status set(const struct cli *cli, const struct cli_session *session, const char *login, struct error *error)
{
    char password[CLI_PASSWORD_MAX], *verifier = NULL;
    enum status status = cli_new_password(cli, login, password, error);
    if (status == STATUS_OK)
        status = db_scram_verifier(session->db, login, password, &verifier, error);
    mem_wipe(password, sizeof password);
    if (status == STATUS_OK)
        status = data_change_run(session->db, &QUERY_LOGIN_SET_PASSWORD, (const char *const[]){login, verifier}, NULL,
                                 error);
    if (status == STATUS_OK)
        printf("the login \"%s\" has a new password\n", login);
    if (verifier)
        mem_wipe(verifier, strlen(verifier));
    free(verifier);
    return status;
}

int verb_login_set_password(const struct cli *cli)
{
    struct cli_session session;
    struct cli_login found;
    struct error error = {0};
    enum status status = cli_connect(cli, cli_argument(cli, 1), &session, &error);
    if (status == STATUS_OK)
        status = cli_find_login(cli, &session, cli_argument(cli, 0), &found, &error);
    if (status == STATUS_OK && cli->given[OPTION_DRY_RUN])
        printf("would set the password of the login \"%s\"\n", found.login);
    else if (status == STATUS_OK)
        status = set(cli, &session, found.login, &error);
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
