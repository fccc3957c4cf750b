#include "centurion/data/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/embedded.h"
#include "centurion/data/queries.gen.h"

int migrate_latest(void)
{
    return embedded_migrations_count ? embedded_migrations[embedded_migrations_count - 1].version : 0;
}

/* ---- What stands ---- */

struct facts {
    bool recorded, empty, may_create;
};

static enum status read_facts(struct db *db, struct facts *facts, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_MIGRATIONS_FACTS, NULL, &rows, error);
    if (status == STATUS_OK) {
        facts->recorded = rowset_bool(rows, 0, MIGRATIONS_FACTS_RECORDED);
        facts->empty = rowset_bool(rows, 0, MIGRATIONS_FACTS_EMPTY);
        facts->may_create = rowset_bool(rows, 0, MIGRATIONS_FACTS_OWNER);
        const char *encoding = rowset_text(rows, 0, MIGRATIONS_FACTS_ENCODING);
        if (strcmp(encoding, "UTF8") != 0) {
            status = error_set(error, STATUS_FAILED, "The database %s has the encoding %s; names of people need UTF8.",
                               db_where(db), encoding);
            error_hint(error, "Make one with: createdb --encoding=UTF8 --template=template0 NAME");
        }
    }
    rowset_free(rows);
    return status;
}

/* The server's sha256(), as 64 hexadecimal digits. */
static enum status checksum(struct db *db, const char *sql, char out[65], struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_MIGRATIONS_SHA256, &sql, &rows, error);
    if (status == STATUS_OK)
        snprintf(out, 65, "%s", rowset_text(rows, 0, MIGRATIONS_SHA256_SHA256));
    rowset_free(rows);
    return status;
}

static struct migration_state *find(struct migration_state *states, int version)
{
    for (int i = 0; i < embedded_migrations_count; i++)
        if (states[i].version == version)
            return &states[i];
    return NULL;
}

/* states has an element for each embedded migration. */
static enum status read_applied(struct db *db, struct migration_state *states, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_MIGRATIONS_APPLIED, NULL, &rows, error);
    for (int row = 0; status == STATUS_OK && row < rowset_count(rows); row++) {
        int version = (int)rowset_int(rows, row, MIGRATIONS_APPLIED_VERSION);
        struct migration_state *state = find(states, version);
        char sha256[65];
        if (!state) {
            status =
                error_set(error, STATUS_FAILED,
                          "The database %s has migration %d (%s): it is newer than this program, which knows %d.",
                          db_where(db), version, rowset_text(rows, row, MIGRATIONS_APPLIED_NAME), migrate_latest());
            error_hint(error, "Install the Centurion that made it, or a newer one.");
            break;
        }
        state->applied = true;
        snprintf(state->applied_at, sizeof state->applied_at, "%s",
                 rowset_text(rows, row, MIGRATIONS_APPLIED_APPLIED_AT));
        status = checksum(db, embedded_migrations[state - states].sql, sha256, error);
        state->changed = status == STATUS_OK && strcmp(sha256, rowset_text(rows, row, MIGRATIONS_APPLIED_SHA256)) != 0;
    }
    rowset_free(rows);
    return status;
}

enum status migrate_status(struct db *db, struct migration_state **states, int *count, struct error *error)
{
    struct facts facts;
    *count = embedded_migrations_count;
    *states = mem_array((size_t)*count + 1, sizeof **states);
    for (int i = 0; i < *count; i++) {
        (*states)[i].version = embedded_migrations[i].version;
        (*states)[i].name = embedded_migrations[i].name;
    }
    enum status status = read_facts(db, &facts, error);
    if (status == STATUS_OK && facts.recorded)
        status = read_applied(db, *states, error);
    if (status != STATUS_OK) {
        free(*states);
        *states = NULL;
        *count = 0;
    }
    return status;
}

/* ---- Applying ---- */

static enum status lock(struct db *db, migrate_progress_fn *progress, void *arg, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_MIGRATIONS_TRY_LOCK, NULL, &rows, error);
    bool locked = status == STATUS_OK && rowset_bool(rows, 0, MIGRATIONS_TRY_LOCK_LOCKED);
    rowset_free(rows);
    if (status != STATUS_OK || locked)
        return status;
    if (progress)
        progress(arg, 0, "waiting for another program that migrates this database");
    return db_run(db, &QUERY_MIGRATIONS_LOCK, NULL, NULL, error);
}

static enum status check_facts(struct db *db, bool init, const struct facts *facts, struct error *error)
{
    if (init && !facts->empty) {
        error_set(error, STATUS_FAILED, "The database %s is not empty.", db_where(db));
        error_hint(error, facts->recorded ? "It was made already; bring it up to date with: centurion db migrate"
                                          : "Make an empty one with: createdb --encoding=UTF8 NAME");
        return STATUS_FAILED;
    }
    if (!facts->recorded && !facts->empty) {
        error_set(error, STATUS_FAILED, "The database %s was not made by Centurion.", db_where(db));
        error_hint(error, "centurion db init fills an empty one.");
        return STATUS_FAILED;
    }
    if (!facts->may_create) {
        error_set(error, STATUS_DENIED, "The login \"%s\" may not change the database %s.", db_user(db), db_where(db));
        error_hint(error, "Connect as its owner.");
        return STATUS_DENIED;
    }
    return STATUS_OK;
}

static const char record_sql[] =
    "CREATE SCHEMA IF NOT EXISTS centurion;"
    "CREATE TABLE IF NOT EXISTS centurion.migrations ("
    " version integer NOT NULL,"
    " name text NOT NULL,"
    " sha256 text NOT NULL,"
    " \"appliedAt\" timestamp(3) NOT NULL DEFAULT (statement_timestamp() AT TIME ZONE 'UTC'),"
    " CONSTRAINT migrations_pkey PRIMARY KEY (version))";

static const char recording_sql[] = "\n;INSERT INTO centurion.migrations (version, name, sha256) VALUES"
                                    " (current_setting('centurion_migration.version')::integer,"
                                    " current_setting('centurion_migration.name'),"
                                    " current_setting('centurion_migration.sha256'));"
                                    " COMMIT";

/* One transaction, sent as one text: it stands with its record, or nothing of it does. The key of the record keeps it from being
 * applied twice even if the lock was lost with a broken link. */
static enum status apply_one(struct db *db, const struct embedded_migration *migration, struct error *error)
{
    struct str script = {0};
    char sha256[65], version[16];
    char *name = mem_printf("migration %04d_%s", migration->version, migration->name);
    snprintf(version, sizeof version, "%d", migration->version);
    enum status status = checksum(db, migration->sql, sha256, error);
    if (status != STATUS_OK)
        goto done;
    const char *params[] = {version, migration->name, sha256};
    status = db_run(db, &QUERY_MIGRATIONS_ANNOUNCE, params, NULL, error);
    if (status != STATUS_OK)
        goto done;
    str_add(&script, "BEGIN; "); /* on the first line, so that lines in messages are the file's */
    str_add(&script, migration->sql);
    str_add(&script, recording_sql);
    status = db_run_script(db, name, str_text(&script), error);
done:
    str_fini(&script);
    free(name);
    return status;
}

static enum status check_history(const struct migration_state *states, int count, struct error *error)
{
    for (int i = 0; i < count; i++) {
        if (!states[i].changed)
            continue;
        error_set(error, STATUS_FAILED, "Migration %04d_%s was applied with another text than this program has.",
                  states[i].version, states[i].name);
        error_hint(error, "Nothing was changed. Use the Centurion that made this database.");
        return STATUS_FAILED;
    }
    return STATUS_OK;
}

static enum status apply_pending(struct db *db, int to, migrate_progress_fn *progress, void *arg, int *applied,
                                 struct error *error)
{
    struct migration_state *states = NULL;
    int count = 0;
    enum status status = db_run_script(db, "schema centurion", record_sql, error);
    if (status == STATUS_OK)
        status = migrate_status(db, &states, &count, error);
    if (status == STATUS_OK)
        status = check_history(states, count, error);
    for (int i = 0; status == STATUS_OK && i < count; i++) {
        if (states[i].applied || (to && states[i].version > to))
            continue;
        if (progress)
            progress(arg, states[i].version, states[i].name);
        status = apply_one(db, &embedded_migrations[i], error);
        *applied += status == STATUS_OK;
    }
    free(states);
    return status;
}

enum status migrate_apply(struct db *db, int to, bool init, migrate_progress_fn *progress, void *arg, int *applied,
                          struct error *error)
{
    struct facts facts;
    *applied = 0;
    enum status status = lock(db, progress, arg, error);
    if (status != STATUS_OK)
        return status;
    status = read_facts(db, &facts, error);
    if (status == STATUS_OK)
        status = check_facts(db, init, &facts, error);
    if (status == STATUS_OK)
        status = apply_pending(db, to, progress, arg, applied, error);
    db_run(db, &QUERY_MIGRATIONS_UNLOCK, NULL, NULL, NULL); /* with a broken link the session took the lock along */
    return status;
}

/* ---- Demonstration data ---- */

static enum status check_demo(struct db *db, const char *size, const char *today, struct error *error)
{
    int date;
    if (strcmp(size, "small") != 0 && strcmp(size, "large") != 0)
        return error_set(error, STATUS_USAGE, "The demonstration data is \"small\" or \"large\", not \"%s\".", size);
    if (!date_parse(today, &date))
        return error_set(error, STATUS_USAGE, "\"%s\" is no date; wanted: YYYY-MM-DD.", today);
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_DEMO_FREE, NULL, &rows, error);
    if (status == STATUS_OK && !rowset_bool(rows, 0, DEMO_FREE_FREE)) {
        status =
            error_set(error, STATUS_FAILED,
                      "The database %s holds people already; demonstration data goes into an empty one.", db_where(db));
    }
    rowset_free(rows);
    return status;
}

enum status migrate_load_demo(struct db *db, const char *size, const char *today, migrate_progress_fn *progress,
                              void *arg, struct error *error)
{
    const char *params[] = {today, size};
    enum status status = check_demo(db, size, today, error);
    if (status == STATUS_OK)
        status = db_run_script(db, "demonstration data", "BEGIN", error);
    if (status == STATUS_OK)
        status = db_run(db, &QUERY_DEMO_ANNOUNCE, params, NULL, error);
    for (int i = 0; status == STATUS_OK && i < embedded_steps_count; i++) {
        if (progress)
            progress(arg, i + 1, embedded_steps[i].step);
        status = db_run_script(db, embedded_steps[i].step, embedded_steps[i].sql, error);
    }
    if (status == STATUS_OK)
        status = db_run_script(db, "demonstration data", "COMMIT", error);
    else
        db_run_script(db, "demonstration data", "ROLLBACK", NULL);
    /* The steps set up the session for themselves. */
    if (status == STATUS_OK)
        status = db_run_script(db, "demonstration data", "RESET ALL; DISCARD TEMP", error);
    if (status == STATUS_OK && progress)
        progress(arg, embedded_steps_count + 1, "tidying up");
    if (status == STATUS_OK)
        status = db_run_script(db, "demonstration data", "VACUUM", error);
    return status;
}
