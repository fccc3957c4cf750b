#include "centurion/data/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/embedded.h"
#include "centurion/data/queries.gen.h"
#include "migrate_private.h"

int migrate_latest(void)
{
    return embedded_migrations_count ? embedded_migrations[embedded_migrations_count - 1].version : 0;
}

/* ---- What stands ---- */

enum status migrate_facts(struct db *db, struct migrate_facts *facts, struct error *error)
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
    struct migrate_facts facts;
    *count = embedded_migrations_count;
    *states = mem_array((size_t)*count + 1, sizeof **states);
    for (int i = 0; i < *count; i++) {
        (*states)[i].version = embedded_migrations[i].version;
        (*states)[i].name = embedded_migrations[i].name;
    }
    enum status status = migrate_facts(db, &facts, error);
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

enum status migrate_lock(struct db *db, migrate_progress_fn *progress, void *arg, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_MIGRATIONS_TRY_LOCK, NULL, &rows, error);
    bool locked = status == STATUS_OK && rowset_bool(rows, 0, MIGRATIONS_TRY_LOCK_LOCKED);
    rowset_free(rows);
    if (status == STATUS_OK && !locked) {
        if (progress)
            progress(arg, 0, "waiting for another program that migrates this database");
        status = db_run(db, &QUERY_MIGRATIONS_LOCK, NULL, NULL, error);
    }
    if (status == STATUS_OK) {
        status = db_run(db, &QUERY_MIGRATIONS_LOCK_OTHER, NULL, NULL, error);
        if (status == STATUS_FAILED)
            error_hint(error, "The web application is being migrated. Try again when that is over.");
        if (status != STATUS_OK)
            db_run(db, &QUERY_MIGRATIONS_UNLOCK, NULL, NULL, NULL);
    }
    return status;
}

/* With a broken link the session took the locks along. */
void migrate_unlock(struct db *db)
{
    db_run(db, &QUERY_MIGRATIONS_UNLOCK_OTHER, NULL, NULL, NULL);
    db_run(db, &QUERY_MIGRATIONS_UNLOCK, NULL, NULL, NULL);
}

static enum status check_facts(struct db *db, bool init, const struct migrate_facts *facts, struct error *error)
{
    if (init && !facts->empty) {
        error_set(error, STATUS_FAILED, "The database %s is not empty.", db_where(db));
        error_hint(error, facts->recorded ? "It was made already; bring it up to date with: centurion db migrate"
                                          : "Make an empty one with: createdb --encoding=UTF8 NAME");
        return STATUS_FAILED;
    }
    if (!facts->recorded && !facts->empty) {
        error_set(error, STATUS_FAILED, "The database %s was not made by Centurion.", db_where(db));
        error_hint(error, "One that the web application made is taken on by: centurion db adopt. An empty one is "
                          "filled by: centurion db init");
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

enum status migrate_make_record(struct db *db, struct error *error)
{
    return db_run_script(db, "schema centurion", record_sql, error);
}

static const char recording_sql[] = "\n;INSERT INTO centurion.migrations (version, name, sha256) VALUES"
                                    " (current_setting('centurion_migration.version')::integer,"
                                    " current_setting('centurion_migration.name'),"
                                    " current_setting('centurion_migration.sha256'))";

enum status migrate_apply_text(struct db *db, const struct embedded_migration *migration, unsigned parts,
                               struct error *error)
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
    if (parts & MIGRATE_BEGIN)
        str_add(&script, "BEGIN; "); /* on the first line, so that lines in messages are the file's */
    if (parts & MIGRATE_TEXT)
        str_add(&script, migration->sql);
    str_add(&script, recording_sql);
    if (parts & MIGRATE_COMMIT)
        str_add(&script, "; COMMIT");
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

/* ---- Around it ---- */

static enum status ask_json(struct db *db, const struct query *query, char **out, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, query, NULL, &rows, error);
    free(*out);
    *out = status == STATUS_OK ? mem_strdup(rowset_text(rows, 0, 0)) : NULL;
    rowset_free(rows);
    return status;
}

enum status migrate_inventory(struct db *db, char **items, struct error *error)
{
    return ask_json(db, &QUERY_INVENTORY, items, error);
}

enum status migrate_counts(struct db *db, char **counts, struct error *error)
{
    return ask_json(db, &QUERY_COUNT_ROWS, counts, error);
}

enum status migrate_has(struct db *db, struct migrate_has *has, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_MIGRATIONS_HAS, NULL, &rows, error);
    *has = (struct migrate_has){0};
    if (status == STATUS_OK) {
        has->maintenance = rowset_bool(rows, 0, MIGRATIONS_HAS_MAINTENANCE);
        has->counts = rowset_bool(rows, 0, MIGRATIONS_HAS_COUNTS);
        has->inventory = rowset_bool(rows, 0, MIGRATIONS_HAS_INVENTORY);
        has->adoption = rowset_bool(rows, 0, MIGRATIONS_HAS_ADOPTION);
    }
    rowset_free(rows);
    if (status == STATUS_OK && has->adoption) {
        status = db_run(db, &QUERY_ADOPTION_STANDS, NULL, &rows, error);
        has->adopted = status == STATUS_OK && rowset_bool(rows, 0, ADOPTION_STANDS_ADOPTED);
        rowset_free(rows);
    }
    return status;
}

enum status migrate_keep(struct db *db, const char *work, const char *before, struct error *error)
{
    struct migrate_has has;
    char *items = NULL, *counts = NULL;
    enum status status = migrate_has(db, &has, error);
    if (status == STATUS_OK && has.inventory) {
        status = migrate_inventory(db, &items, error);
        if (status == STATUS_OK)
            status = db_run(db, &QUERY_INVENTORY_KEEP, (const char *const[]){items}, NULL, error);
    }
    if (status == STATUS_OK && has.counts) {
        status = migrate_counts(db, &counts, error);
        if (status == STATUS_OK)
            status = db_run(db, &QUERY_COUNT_KEEP, (const char *const[]){work, before, counts}, NULL, error);
    }
    free(items);
    free(counts);
    return status;
}

/* Of an adopted database each migration stands together with the record of what it did to the tables of others. *items: what stood
 * before, then after it. */
static enum status apply_adopted(struct db *db, const struct embedded_migration *migration, char **items,
                                 struct error *error)
{
    char *after = NULL;
    enum status status = migrate_apply_text(db, migration, MIGRATE_BEGIN | MIGRATE_TEXT, error);
    if (status == STATUS_OK)
        status = migrate_inventory(db, &after, error);
    if (status == STATUS_OK)
        status = db_run(db, &QUERY_ADOPTION_RECORD, (const char *const[]){*items, after}, NULL, error);
    if (status == STATUS_OK)
        status = db_run_script(db, "migration", "COMMIT", error);
    else
        db_run_script(db, "migration", "ROLLBACK", NULL);
    free(*items);
    *items = after;
    return status;
}

/* One transaction each, sent as one text: it stands with its record, or nothing of it does. The key of the record keeps it from being
 * applied twice even if the lock was lost with a broken link. */
static enum status apply_each(struct db *db, const struct migrate_options *options,
                              const struct migration_state *states, int count, int *applied, struct error *error)
{
    struct migrate_has has;
    char *items = NULL;
    enum status status = migrate_has(db, &has, error);
    if (status == STATUS_OK && has.adopted)
        status = migrate_inventory(db, &items, error);
    for (int i = 0; status == STATUS_OK && i < count; i++) {
        if (states[i].applied || (options->to && states[i].version > options->to))
            continue;
        if (options->progress)
            options->progress(options->arg, states[i].version, states[i].name);
        status = has.adopted ? apply_adopted(db, &embedded_migrations[i], &items, error)
                             : migrate_apply_text(db, &embedded_migrations[i],
                                                  MIGRATE_BEGIN | MIGRATE_TEXT | MIGRATE_COMMIT, error);
        *applied += status == STATUS_OK;
    }
    free(items);
    return status;
}

static enum status apply_pending(struct db *db, const struct migrate_options *options,
                                 const struct migration_state *states, int count, int *applied, struct error *error)
{
    struct migrate_has has;
    char *before = NULL;
    const char *const reason[] = {"it is being brought to a newer version"};
    enum status status = STATUS_OK;
    if (options->backup)
        status = options->backup(options->arg, db, error);
    if (status == STATUS_OK)
        status = migrate_has(db, &has, error);
    if (status != STATUS_OK)
        return status;
    if (has.maintenance)
        status = db_run(db, &QUERY_MAINTENANCE_BEGIN, reason, NULL, error);
    if (status == STATUS_OK)
        status = options->init ? STATUS_OK : migrate_counts(db, &before, error);
    if (status == STATUS_OK)
        status = apply_each(db, options, states, count, applied, error);
    if (status == STATUS_OK)
        status = migrate_keep(db, options->init ? "init" : "migrate", before ? before : "{}", error);
    if (has.maintenance) {
        enum status ended = db_run(db, &QUERY_MAINTENANCE_END, NULL, NULL, status == STATUS_OK ? error : NULL);
        status = status == STATUS_OK ? ended : status;
    }
    free(before);
    return status;
}

static enum status upgrade(struct db *db, const struct migrate_options *options, int *applied, struct error *error)
{
    struct migrate_has has;
    struct migration_state *states = NULL;
    int count = 0, pending = 0;
    enum status status = migrate_has(db, &has, error);
    if (status == STATUS_OK && has.maintenance) /* what a killed program left */
        status = db_run(db, &QUERY_MAINTENANCE_END, NULL, NULL, error);
    if (status == STATUS_OK)
        status = migrate_make_record(db, error);
    if (status == STATUS_OK)
        status = migrate_status(db, &states, &count, error);
    if (status == STATUS_OK)
        status = check_history(states, count, error);
    for (int i = 0; status == STATUS_OK && i < count; i++)
        pending += !states[i].applied && (!options->to || states[i].version <= options->to);
    if (status == STATUS_OK && pending)
        status = apply_pending(db, options, states, count, applied, error);
    free(states);
    return status;
}

enum status migrate_upgrade(struct db *db, const struct migrate_options *options, int *applied, struct error *error)
{
    struct migrate_facts facts;
    *applied = 0;
    enum status status = migrate_lock(db, options->progress, options->arg, error);
    if (status != STATUS_OK)
        return status;
    status = migrate_facts(db, &facts, error);
    if (status == STATUS_OK)
        status = check_facts(db, options->init, &facts, error);
    if (status == STATUS_OK)
        status = upgrade(db, options, applied, error);
    migrate_unlock(db);
    return status;
}

enum status migrate_apply(struct db *db, int to, bool init, migrate_progress_fn *progress, void *arg, int *applied,
                          struct error *error)
{
    const struct migrate_options options = {.to = to, .init = init, .progress = progress, .arg = arg};
    return migrate_upgrade(db, &options, applied, error);
}
