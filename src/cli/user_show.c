#include <string.h>

#include "centurion/data/queries.gen.h"
#include "verbs.h"

static const struct cli_column columns[] = {{"field", false}, {"value", false}};

static void add(struct cli_list *list, const char *field, const char *value)
{
    if (*value)
        cli_list_add(list, (const char *const[]){field, value});
}

static void add_person(struct cli_list *list, const struct rowset *rows)
{
    static const struct {
        const char *field;
        int column;
    } fields[] = {{"id", USER_SHOW_ID},
                  {"name", USER_SHOW_NAME},
                  {"email", USER_SHOW_EMAIL},
                  {"role", USER_SHOW_ROLE},
                  {"state", USER_SHOW_STATE},
                  {"disabled", USER_SHOW_DISABLED_AT},
                  {"created", USER_SHOW_CREATED},
                  {"image", USER_SHOW_IMAGE},
                  {"cohorts coached", USER_SHOW_COHORTS_COACHED},
                  {"cohorts joined", USER_SHOW_COHORTS_JOINED},
                  {"login", USER_SHOW_LOGIN}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        add(list, fields[i].field, rowset_text(rows, 0, fields[i].column));
    if (!rowset_null(rows, 0, USER_SHOW_LOGIN) && !rowset_bool(rows, 0, USER_SHOW_LOGIN_ENABLED))
        add(list, "login state", "disabled");
}

/* What lets somebody into the web application, for administrators. */
static void add_access(struct cli_list *list, const struct rowset *rows)
{
    for (int row = 0; row < rowset_count(rows); row++) {
        char value[400];
        const char *expires = rowset_text(rows, row, USER_ACCESS_EXPIRES);
        snprintf(value, sizeof value, "%s%s%s%s%s", rowset_text(rows, row, USER_ACCESS_ID),
                 rowset_null(rows, row, USER_ACCESS_ID) ? "" : ", ", rowset_text(rows, row, USER_ACCESS_NAME),
                 *expires ? ", until " : "", expires);
        add(list, rowset_text(rows, row, USER_ACCESS_KIND), value);
    }
}

int verb_user_show(const struct cli *cli)
{
    const char *id = cli_argument(cli, 0);
    struct cli_session session = {0};
    struct error error = {0}, ignored = {0};
    struct rowset *rows = NULL, *access = NULL;
    enum status status = cli_check_number(id, "the number of a person", &error);
    if (status == STATUS_OK)
        status = cli_connect(cli, cli_argument(cli, 1), &session, &error);
    if (status == STATUS_OK)
        status = db_run(session.db, &QUERY_USER_SHOW, (const char *const[]){id}, &rows, &error);
    if (status == STATUS_OK && rowset_count(rows) == 0)
        status = cli_no_person(id, &error);
    if (status == STATUS_OK &&
        db_run(session.db, &QUERY_USER_ACCESS, (const char *const[]){id}, &access, &ignored) != STATUS_OK &&
        ignored.status != STATUS_DENIED) {
        status = ignored.status;
        error = ignored;
    }
    if (status == STATUS_OK) {
        struct cli_list *list = cli_list_new(columns, 2);
        add_person(list, rows);
        add_access(list, access);
        cli_list_print(list, cli->given[OPTION_FORMAT], stdout);
        cli_list_free(list);
    }
    rowset_free(rows);
    rowset_free(access);
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}
