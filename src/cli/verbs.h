/* The verbs' functions, one a file, and what they share. */
#ifndef CENTURION_CLI_VERBS_H
#define CENTURION_CLI_VERBS_H

#include "centurion/cli/cli.h"
#include "centurion/data/db.h"
#include "centurion/data/server.h"

verb_fn verb_server_start, verb_server_stop, verb_server_status, verb_server_conninfo;
verb_fn verb_db_init, verb_db_migrate, verb_db_status, verb_db_check, verb_db_adopt, verb_db_release, verb_db_verify,
    verb_db_backup, verb_db_restore;
verb_fn verb_config_show, verb_config_check;
verb_fn verb_user_list, verb_user_show, verb_user_add, verb_user_set_role, verb_user_set_password, verb_user_disable,
    verb_user_enable, verb_user_export, verb_user_erase;
verb_fn verb_login_list, verb_login_create, verb_login_set_password, verb_login_disable, verb_login_enable;

/* The first argument as a private server. */
enum status cli_server_kind(const struct cli *cli, enum server_kind *kind, struct error *error);

/* A connection that is ready; the password is asked for on the terminal if there is one. argument: a conninfo, or NULL.
 */
struct cli_session {
    struct loop *loop;
    struct db *db;
    bool stopped; /* SIGINT or SIGTERM came: the query under way was stopped too */
};
enum status cli_connect(const struct cli *cli, const char *argument, struct cli_session *session, struct error *error);
enum status cli_connect_reading(const struct cli *cli, const char *argument, struct cli_session *session,
                                struct error *error); /* the server refuses every change */
void cli_disconnect(struct cli_session *session);

/* A list on stdout as --format says: columns that line up, CSV (RFC 4180), or a JSON array of objects. */
struct cli_column {
    const char *name;
    bool number; /* to the right; without quotes in JSON, where an empty one is null */
};
struct cli_list;
struct cli_list *cli_list_new(const struct cli_column *columns, int count);
void cli_list_add(struct cli_list *list, const char *const *cells); /* one a column; copied; NULL is empty */
void cli_list_print(const struct cli_list *list, const char *format, FILE *out); /* format NULL: text */
void cli_list_free(struct cli_list *list);

/* What db check finds, as a list; cli_findings_add is a check_fn whose arg is the list. */
struct check_finding;
struct cli_list *cli_findings_new(void);
void cli_findings_add(void *list, const struct check_finding *finding);
/* "centurion: 3 faults" on stderr, after what stdout holds; returns the exit status. */
int cli_count_fail(const char *words, int count);

/* What db verify finds, as a list on stdout. */
struct verify_sum;
enum status cli_verify(const struct cli *cli, struct db *db, struct verify_sum *sum, struct error *error);

/* A migrate_progress_fn: a line on stderr for each migration. */
void cli_tell_migration(void *arg, int version, const char *name);
/* A line that is not shown, from the terminal; the caller wipes it. False without a terminal, or when nothing was typed. */
enum { CLI_PASSWORD_MAX = 1024 };
bool cli_ask_hidden(const char *question, char out[CLI_PASSWORD_MAX]);

/* A new password: the first line of --password-file ("-": standard input), else typed twice on the terminal; without one it is
 * STATUS_USAGE. The caller wipes it. */
enum status cli_new_password(const struct cli *cli, const char *whose, char out[CLI_PASSWORD_MAX], struct error *error);

/* A positive number such as a person's, as it was typed; STATUS_USAGE for anything else. what: "a person's number". */
enum status cli_check_number(const char *text, const char *what, struct error *error);

/* ADMIN, COACH or CLIENT of a word in any letters; NULL of another one. */
const char *cli_role(const char *word);

/* A person with the version for the next change, as user_show() says. Whoever may not be seen is not there, and has "0" as
 * version: what asks for a change then is told whether it may at all. name is for messages: "person 7, Ana Silva". */
struct cli_person {
    const char *id;
    char version[16], name[320], login[64];
    bool there;
    int coached, joined; /* cohorts */
    char role[8];
};
enum status cli_find_person(const struct cli_session *session, const char *id, struct cli_person *person,
                            struct error *error);

/* Says on stderr that there is no such person; for --dry-run, which asks for no change. */
enum status cli_no_person(const char *id, struct error *error);

/* user set-role, disable and enable: the change, and the end of sessions that a new one may have slipped past. value: what the query
 * takes behind the version, or NULL. would and done: "disable", "disabled". */
int cli_change_person(const struct cli *cli, const struct query *query, const char *value, const char *conninfo,
                      const char *would, const char *done);

/* A login by its name, or with --user by its person's number. state: as login_list() says. */
struct cli_login {
    char login[64], user[16], state[64];
};
enum status cli_find_login(const struct cli *cli, const struct cli_session *session, const char *login,
                           struct cli_login *out, struct error *error);

/* login disable and enable: the same for both. With --user the first argument is the connection. */
int cli_switch_login(const struct cli *cli, const struct query *query, const char *would);

/* db init and db migrate: applies, or lists with --dry-run. */
int cli_migrate(const struct cli *cli, bool init, int to);

#endif
