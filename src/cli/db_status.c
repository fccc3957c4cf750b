#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "centurion/data/migrate.h"
#include "centurion/data/queries.gen.h"
#include "verbs.h"

static const struct cli_column columns[] = {
    {"part", false}, {"name", false}, {"state", false}, {"rows", true}, {"bytes", true},
};

struct report {
    struct cli_list *list;
    int pending, faults;
};

static enum status add_database(struct report *report, struct db *db, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_SCHEMA_DATABASE, NULL, &rows, error);
    if (status == STATUS_OK)
        cli_list_add(report->list, (const char *const[]){"database", rowset_text(rows, 0, SCHEMA_DATABASE_NAME),
                                                         rowset_text(rows, 0, SCHEMA_DATABASE_VERSION), NULL,
                                                         rowset_text(rows, 0, SCHEMA_DATABASE_BYTES)});
    rowset_free(rows);
    return status;
}

static enum status add_migrations(struct report *report, struct db *db, struct error *error)
{
    struct migration_state *states = NULL;
    int count = 0;
    enum status status = migrate_status(db, &states, &count, error);
    for (int i = 0; i < count && status == STATUS_OK; i++) {
        const struct migration_state *at = &states[i];
        char name[96], state[96];
        snprintf(name, sizeof name, "%04d %s", at->version, at->name);
        snprintf(state, sizeof state, "%s%s%s", at->applied ? "applied " : "pending", at->applied_at,
                 at->changed ? ", but not as this program has it" : "");
        report->pending += !at->applied;
        report->faults += at->changed;
        cli_list_add(report->list, (const char *const[]){"migration", name, state, NULL, NULL});
    }
    free(states);
    return status;
}

static enum status add_faults(struct report *report, struct db *db, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_SCHEMA_FAULTS, NULL, &rows, error);
    for (int row = 0; row < rowset_count(rows); row++) {
        char state[256];
        snprintf(state, sizeof state, "missing: %s", rowset_text(rows, row, SCHEMA_FAULTS_MISSING));
        cli_list_add(report->list,
                     (const char *const[]){"fault", rowset_text(rows, row, SCHEMA_FAULTS_RELATION), state, NULL, NULL});
        report->faults++;
    }
    rowset_free(rows);
    return status;
}

static enum status add_sizes(struct report *report, struct db *db, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_SCHEMA_SIZES, NULL, &rows, error);
    for (int row = 0; row < rowset_count(rows); row++)
        cli_list_add(report->list, (const char *const[]){"table", rowset_text(rows, row, SCHEMA_SIZES_RELATION), NULL,
                                                         rowset_text(rows, row, SCHEMA_SIZES_ROWS),
                                                         rowset_text(rows, row, SCHEMA_SIZES_BYTES)});
    rowset_free(rows);
    return status;
}

int verb_db_status(const struct cli *cli)
{
    typedef enum status part_fn(struct report * report, struct db * db, struct error * error);
    static part_fn *const parts[] = {add_database, add_migrations, add_faults, add_sizes};
    struct report report = {.list = cli_list_new(columns, sizeof columns / sizeof *columns)};
    struct cli_session session;
    struct error error = {0};
    enum status status = cli_connect(cli, cli_argument(cli, 0), &session, &error);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == STATUS_OK; i++)
        status = parts[i](&report, session.db, &error);
    if (status == STATUS_OK)
        cli_list_print(report.list, cli->given[OPTION_FORMAT], stdout);
    cli_list_free(report.list);
    cli_disconnect(&session);
    if (status != STATUS_OK)
        return cli_fail(&error);
    if (report.pending || report.faults) {
        fflush(stdout);
        fprintf(stderr, "centurion: %d migration%s pending, %d fault%s\n", report.pending,
                report.pending == 1 ? "" : "s", report.faults, report.faults == 1 ? "" : "s");
        return STATUS_FAILED;
    }
    return STATUS_OK;
}
