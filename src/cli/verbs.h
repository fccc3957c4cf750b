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

/* db init and db migrate: applies, or lists with --dry-run. */
int cli_migrate(const struct cli *cli, bool init, int to);

#endif
