/* db init and db migrate: what is pending, applied or only listed. */
#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/mem.h"
#include "centurion/data/migrate.h"
#include "centurion/jobs/backup.h"
#include "verbs.h"

struct work {
    const struct cli *cli;
    const struct cli_session *session;
};

void cli_tell_migration(void *arg, int version, const char *name)
{
    (void)arg;
    if (version)
        fprintf(stderr, "%04d %s\n", version, name);
    else
        fprintf(stderr, "%s\n", name);
}

/* To --backup-file, or where backups are kept. */
static enum status write_backup(void *arg, struct db *db, struct error *error)
{
    const struct work *work = arg;
    const char *given = work->cli->given[OPTION_BACKUP_FILE];
    char *file = given ? mem_strdup(given) : backup_default_file(db, error);
    if (!file)
        return STATUS_FAILED;
    fprintf(stderr, "backup to %s\n", file);
    const struct backup backup = {work->session->loop, db, file, &work->session->stopped};
    enum status status = backup_write(&backup, false, error);
    if (status != STATUS_OK && !*error->hint)
        error_hint(error, "Nothing was changed. --backup-file names another file; --no-backup goes on without one.");
    free(file);
    return status;
}

static enum status list_pending(const struct cli *cli, struct db *db, bool init, int to, struct error *error)
{
    static const struct cli_column columns[] = {{"version", true}, {"name", false}};
    struct migration_state *states = NULL;
    int count = 0;
    enum status status = migrate_status(db, &states, &count, error);
    for (int i = 0; i < count && init && status == STATUS_OK; i++)
        if (states[i].applied)
            status =
                error_set(error, STATUS_FAILED, "The database is not empty: migration %d stands", states[i].version);
    struct cli_list *list = cli_list_new(columns, 2);
    for (int i = 0; i < count && status == STATUS_OK; i++) {
        char version[16];
        snprintf(version, sizeof version, "%d", states[i].version);
        if (!states[i].applied && (!to || states[i].version <= to))
            cli_list_add(list, (const char *const[]){version, states[i].name});
    }
    if (status == STATUS_OK)
        cli_list_print(list, cli->given[OPTION_FORMAT], stdout);
    cli_list_free(list);
    free(states);
    return status;
}

int cli_migrate(const struct cli *cli, bool init, int to)
{
    struct cli_session session;
    struct error error = {0};
    int applied = 0;
    enum status status = cli_connect(cli, cli_argument(cli, 0), &session, &error);
    if (status == STATUS_OK && cli->given[OPTION_DRY_RUN]) {
        status = list_pending(cli, session.db, init, to, &error);
    } else if (status == STATUS_OK) {
        struct work work = {cli, &session};
        const struct migrate_options options = {.to = to,
                                                .init = init,
                                                .progress = cli_tell_migration,
                                                .backup = init || cli->given[OPTION_NO_BACKUP] ? NULL : write_backup,
                                                .arg = &work};
        status = migrate_upgrade(session.db, &options, &applied, &error);
        if (status == STATUS_OK && applied)
            printf("%d migration%s applied\n", applied, applied == 1 ? "" : "s");
        else if (status == STATUS_OK)
            puts("nothing was pending");
    }
    cli_disconnect(&session);
    return status == STATUS_OK ? STATUS_OK : cli_fail(&error);
}

int verb_db_migrate(const struct cli *cli)
{
    const char *to = cli->given[OPTION_TO];
    struct error error = {0};
    char *end = NULL;
    long version = to ? strtol(to, &end, 10) : 0;
    if (to && (*end || end == to || version < 1 || version > migrate_latest())) {
        error_set(&error, STATUS_USAGE, "--to wants the number of a migration, 1 to %d, not \"%s\"", migrate_latest(),
                  to);
        return cli_fail(&error);
    }
    if (cli->given[OPTION_NO_BACKUP] && cli->given[OPTION_BACKUP_FILE]) {
        error_set(&error, STATUS_USAGE, "Both --no-backup and --backup-file were given");
        return cli_fail(&error);
    }
    return cli_migrate(cli, false, (int)version);
}
