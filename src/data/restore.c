#include "centurion/data/restore.h"

#include <stdlib.h>

#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "migrate_private.h"

enum status backup_tables(struct db *db, struct rowset **tables, struct error *error)
{
    struct migrate_facts facts;
    enum status status = migrate_facts(db, &facts, error);
    if (status == STATUS_OK && !facts.recorded) {
        status = error_set(error, STATUS_FAILED, "The database %s is not Centurion's: there is no schema centurion.",
                           db_where(db));
        error_hint(error, "pg_dump makes a backup of any other.");
    }
    return status == STATUS_OK ? db_run(db, &QUERY_BACKUP_TABLES, NULL, tables, error) : status;
}

const char *backup_table(const struct rowset *tables, int row)
{
    return rowset_text(tables, row, BACKUP_TABLES_ENTRY);
}

enum status restore_allowed(struct db *db, const char *owner, struct error *error)
{
    struct migrate_facts facts;
    struct rowset *rows = NULL;
    enum status status = migrate_facts(db, &facts, error);
    if (status != STATUS_OK)
        return status;
    if (!facts.empty) {
        error_set(error, STATUS_FAILED, "The database %s is not empty.", db_where(db));
        error_hint(error, "Nothing was changed. Make an empty one with: createdb --encoding=UTF8 NAME");
        return STATUS_FAILED;
    }
    if (!facts.may_create) {
        error_set(error, STATUS_DENIED, "The login \"%s\" may not change the database %s.", db_user(db), db_where(db));
        error_hint(error, "Connect as its owner.");
        return STATUS_DENIED;
    }
    const char *const params[] = {owner};
    status = db_run(db, &QUERY_RESTORE_OWNER, params, &rows, error);
    if (status == STATUS_OK && !rowset_bool(rows, 0, RESTORE_OWNER_PRESENT)) {
        status = error_set(error, STATUS_FAILED,
                           "The tables in the backup belong to the role \"%s\", which this server "
                           "does not have.",
                           owner);
        error_hint(error, "Nothing was changed. Make it: CREATE ROLE \"%s\" LOGIN CREATEROLE, and connect as it.",
                   owner);
    } else if (status == STATUS_OK && !rowset_bool(rows, 0, RESTORE_OWNER_MINE)) {
        status = error_set(error, STATUS_DENIED, "The tables in the backup belong to \"%s\"; \"%s\" may not make such.",
                           owner, rowset_text(rows, 0, RESTORE_OWNER_LOGIN));
        error_hint(error, "Nothing was changed. Connect as \"%s\".", owner);
    }
    rowset_free(rows);
    return status;
}

enum status restore_tables(struct db *db, struct rowset **tables, struct error *error)
{
    return db_run(db, &QUERY_SCHEMA_FAULTS, NULL, tables, error); /* in an empty database each of them is missing */
}

const char *restore_table(const struct rowset *tables, int row)
{
    return str_equal(rowset_text(tables, row, SCHEMA_FAULTS_KIND), "ENUM")
               ? NULL
               : rowset_text(tables, row, SCHEMA_FAULTS_RELATION);
}

enum status restore_prepare(struct db *db, struct error *error)
{
    enum status status = migrate_lock(db, NULL, NULL, error);
    if (status == STATUS_OK)
        status = db_run_script(db, "restore", "BEGIN", error);
    if (status != STATUS_OK)
        return status;
    status = migrate_make_record(db, error);
    for (int i = 0; i < embedded_migrations_count && status == STATUS_OK; i++)
        status = migrate_apply_text(db, &embedded_migrations[i], MIGRATE_TEXT, error);
    if (status == STATUS_OK)
        status = db_run(db, &QUERY_RESTORE_CLEAR, NULL, NULL, error);
    if (status == STATUS_OK)
        status = db_run_script(db, "restore", "COMMIT", error);
    else
        db_run_script(db, "restore", "ROLLBACK", NULL);
    migrate_unlock(db);
    return status;
}

void restore_undo(struct db *db)
{
    db_run(db, &QUERY_RESTORE_UNDO, NULL, NULL, NULL);
}

enum status restore_finish(struct db *db, struct error *error)
{
    struct migrate_has has;
    char *counts = NULL;
    enum status status = migrate_has(db, &has, error);
    if (status == STATUS_OK && has.counts)
        status = migrate_counts(db, &counts, error);
    if (status == STATUS_OK && has.maintenance) /* the backup before a migration may hold a row */
        status = db_run(db, &QUERY_MAINTENANCE_END, NULL, NULL, error);
    if (status == STATUS_OK && has.counts)
        status = db_run(db, &QUERY_COUNT_KEEP, (const char *const[]){"restore", "{}", counts}, NULL, error);
    free(counts);
    return status;
}
