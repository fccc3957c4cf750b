#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "centurion/data/change.h"
#include "centurion/data/queries.gen.h"
#include "verbs.h"

enum { ADDRESS_MAX = 320 };

/* Typed, because nothing brings the person back. */
static enum status confirm(const struct cli *cli, const struct cli_person *person, char address[ADDRESS_MAX],
                           struct error *error)
{
    if (cli->given[OPTION_EMAIL]) {
        snprintf(address, ADDRESS_MAX, "%s", cli->given[OPTION_EMAIL]);
        return STATUS_OK;
    }
    if (!isatty(STDIN_FILENO)) {
        error_set(error, STATUS_USAGE, "There is no terminal to confirm it.");
        error_hint(error, "Erasing %s wants their e-mail address: --email ADDRESS", person->name);
        return STATUS_USAGE;
    }
    fprintf(stderr, "Nothing brings back %s. Type their e-mail address to erase them: ", person->name);
    if (!fgets(address, ADDRESS_MAX, stdin))
        address[0] = '\0';
    address[strcspn(address, "\n")] = '\0';
    return *address ? STATUS_OK : error_set(error, STATUS_USAGE, "Nothing was typed, and nothing was changed.");
}

static enum status erase(const struct cli_session *session, const char *id, const char *address, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status =
        data_change_run(session->db, &QUERY_USER_ERASE, (const char *const[]){id, address}, &rows, error);
    if (status == STATUS_OK)
        printf(
            rowset_null(rows, 0, CHANGE_COLUMN_RECORD)
                ? "person %s is erased\n"
                : "person %s is erased; a row without a name stays for invoices, or for what they wrote about others\n",
            id);
    rowset_free(rows);
    return status;
}

int verb_user_erase(const struct cli *cli)
{
    const char *id = cli_argument(cli, 0);
    struct cli_session session = {0};
    struct cli_person person = {0};
    struct error error = {0};
    char address[ADDRESS_MAX];
    enum status status = cli_check_number(id, "the number of a person", &error);
    if (status == STATUS_OK)
        status = cli_connect(cli, cli_argument(cli, 1), &session, &error);
    if (status == STATUS_OK)
        status = cli_find_person(&session, id, &person, &error);
    if (status == STATUS_OK && cli->given[OPTION_DRY_RUN]) {
        status = person.there ? STATUS_OK : cli_no_person(id, &error);
        if (status == STATUS_OK)
            printf("would erase %s\n", person.name);
    } else if (status == STATUS_OK) {
        status = confirm(cli, &person, address, &error);
        if (status == STATUS_OK)
            status = erase(&session, id, address, &error);
    }
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
