#include <stdio.h>

#include "centurion/base/mem.h"
#include "centurion/data/change.h"
#include "centurion/data/queries.gen.h"
#include "centurion/jobs/password.h"
#include "verbs.h"

int verb_user_set_password(const struct cli *cli)
{
    const char *id = cli_argument(cli, 0);
    struct cli_session session = {0};
    struct cli_person person = {0};
    struct error error = {0};
    char password[CLI_PASSWORD_MAX], hash[PASSWORD_HASH_MAX];
    enum status status = cli_check_number(id, "the number of a person", &error);
    if (status == STATUS_OK)
        status = cli_connect(cli, cli_argument(cli, 1), &session, &error);
    if (status == STATUS_OK)
        status = cli_find_person(&session, id, &person, &error);
    if (status == STATUS_OK && cli->given[OPTION_DRY_RUN]) {
        status = person.there ? STATUS_OK : cli_no_person(id, &error);
        if (status == STATUS_OK)
            printf("would set the web password of %s\n", person.name);
    } else if (status == STATUS_OK) {
        status = cli_new_password(cli, person.name, password, &error);
        if (status == STATUS_OK)
            status = password_hash(password, hash, &error);
        mem_wipe(password, sizeof password);
        if (status == STATUS_OK)
            status =
                data_change_run(session.db, &QUERY_USER_SET_PASSWORD, (const char *const[]){id, hash}, NULL, &error);
        if (status == STATUS_OK)
            printf("%s has a new web password\n", person.name);
    }
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
