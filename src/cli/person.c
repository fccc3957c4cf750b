/* What the verbs about people have in common. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "centurion/data/change.h"
#include "centurion/data/queries.gen.h"
#include "verbs.h"

enum status cli_check_number(const char *text, const char *what, struct error *error)
{
    size_t length = strspn(text, "0123456789");
    if (text[length] || length == 0 || length > 10 || atol(text) < 1 || atol(text) > INT_MAX)
        return error_set(error, STATUS_USAGE, "\"%s\" is not %s", text, what);
    return STATUS_OK;
}

const char *cli_role(const char *word)
{
    static const char *const roles[] = {"ADMIN", "COACH", "CLIENT"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcasecmp(word, roles[i]) == 0)
            return roles[i];
    return NULL;
}

enum status cli_no_person(const char *id, struct error *error)
{
    return error_set(error, STATUS_FAILED, "There is no person %s", id);
}

enum status cli_find_person(const struct cli_session *session, const char *id, struct cli_person *person,
                            struct error *error)
{
    struct rowset *rows = NULL;
    *person = (struct cli_person){.id = id, .version = "0"};
    snprintf(person->name, sizeof person->name, "person %s", id);
    enum status status = db_run(session->db, &QUERY_USER_SHOW, (const char *const[]){id}, &rows, error);
    if (status == STATUS_OK && rowset_count(rows)) {
        person->there = true;
        snprintf(person->version, sizeof person->version, "%s", rowset_text(rows, 0, USER_SHOW_VERSION));
        snprintf(person->name, sizeof person->name, "person %s, %s", id, rowset_text(rows, 0, USER_SHOW_NAME));
        snprintf(person->login, sizeof person->login, "%s", rowset_text(rows, 0, USER_SHOW_LOGIN));
        snprintf(person->role, sizeof person->role, "%s", rowset_text(rows, 0, USER_SHOW_ROLE));
        person->coached = (int)rowset_int(rows, 0, USER_SHOW_COHORTS_COACHED);
        person->joined = (int)rowset_int(rows, 0, USER_SHOW_COHORTS_JOINED);
    }
    rowset_free(rows);
    return status;
}

/* A role that somebody has no more leaves its assignments behind. */
static void tell_what_is_left(const struct cli_person *person)
{
    if (person->coached && str_equal(person->role, "CLIENT"))
        fprintf(stderr, "still assigned to %d cohort%s as a coach, which says nothing for a client\n", person->coached,
                person->coached == 1 ? "" : "s");
    if (person->joined && !str_equal(person->role, "CLIENT"))
        fprintf(stderr, "still a member of %d cohort%s\n", person->joined, person->joined == 1 ? "" : "s");
}

int cli_change_person(const struct cli *cli, const struct query *query, const char *value, const char *conninfo,
                      const char *would, const char *done)
{
    struct cli_session session = {0};
    struct cli_person person = {0};
    struct error error = {0};
    const char *id = cli_argument(cli, 0);
    enum status status = cli_check_number(id, "the number of a person", &error);
    if (status == STATUS_OK)
        status = cli_connect(cli, conninfo, &session, &error);
    if (status == STATUS_OK)
        status = cli_find_person(&session, id, &person, &error);
    if (status == STATUS_OK && cli->given[OPTION_DRY_RUN]) {
        status = person.there ? STATUS_OK : cli_no_person(id, &error);
        if (status == STATUS_OK)
            printf("would %s %s\n", would, person.name);
    } else if (status == STATUS_OK) {
        status = data_change_run(session.db, query, (const char *const[]){id, person.version, value}, NULL, &error);
        if (status == STATUS_OK)
            status = db_run(session.db, &QUERY_LOGIN_END_SESSIONS, (const char *const[]){id}, NULL, &error);
        if (status == STATUS_OK)
            status = cli_find_person(&session, id, &person, &error);
        if (status == STATUS_OK) {
            printf("%s is %s\n", person.name, done);
            tell_what_is_left(&person);
        }
    }
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
