#include "centurion/data/adopt.h"

#include <stdlib.h>

#include "centurion/data/queries.gen.h"
#include "migrate_private.h"

/* ---- Adopting ---- */

static enum status may_adopt(struct db *db, struct error *error)
{
    struct migrate_facts facts;
    enum status status = migrate_facts(db, &facts, error);
    if (status != STATUS_OK)
        return status;
    if (facts.recorded) {
        error_set(error, STATUS_FAILED, "The database %s is Centurion's already.", db_where(db));
        error_hint(error, "centurion db migrate brings it up to date.");
        return STATUS_FAILED;
    }
    if (facts.empty) {
        error_set(error, STATUS_FAILED, "The database %s is empty.", db_where(db));
        error_hint(error, "centurion db init fills it.");
        return STATUS_FAILED;
    }
    if (!facts.may_create) {
        error_set(error, STATUS_DENIED, "The login \"%s\" may not change the database %s.", db_user(db), db_where(db));
        error_hint(error, "Connect as its owner.");
        return STATUS_DENIED;
    }
    return STATUS_OK;
}

static enum status apply_all(struct db *db, const struct adopt_options *options, struct error *error)
{
    enum status status = migrate_make_record(db, error);
    for (int i = 0; i < embedded_migrations_count && status == STATUS_OK; i++) {
        const struct embedded_migration *migration = &embedded_migrations[i];
        if (options->to && migration->version > options->to)
            break;
        if (options->progress)
            options->progress(options->arg, migration->version, migration->name);
        /* The first makes the shared tables. */
        status = migrate_apply_text(db, migration, migration->version == 1 ? 0 : MIGRATE_TEXT, error);
    }
    return status;
}

static enum status adopt(struct db *db, const struct adopt_options *options, struct error *error)
{
    char *before = NULL, *after = NULL, *counts = NULL;
    enum status status = db_run_script(db, "adoption", "BEGIN", error);
    if (status != STATUS_OK)
        return status;
    status = db_run(db, &QUERY_ADOPT_LOCK, NULL, NULL, error);
    if (status == STATUS_OK)
        status = migrate_inventory(db, &before, error);
    if (status == STATUS_OK)
        status = migrate_counts(db, &counts, error);
    if (status == STATUS_OK)
        status = apply_all(db, options, error);
    if (status == STATUS_OK)
        status = migrate_inventory(db, &after, error);
    if (status == STATUS_OK)
        status = db_run(db, &QUERY_ADOPTION_BEGIN, NULL, NULL, error);
    if (status == STATUS_OK)
        status = db_run(db, &QUERY_ADOPTION_RECORD, (const char *const[]){before, after}, NULL, error);
    if (status == STATUS_OK)
        status = migrate_keep(db, "adopt", counts, error);
    if (status == STATUS_OK)
        status = db_run_script(db, "adoption", "COMMIT", error);
    else
        db_run_script(db, "adoption", "ROLLBACK", NULL);
    if (status == STATUS_DENIED && error && !*error->hint)
        error_hint(error,
                   "Nothing was changed. Connect as the owner of the database and its tables, with the right to make "
                   "roles (ALTER ROLE ... CREATEROLE).");
    free(before);
    free(after);
    free(counts);
    return status;
}

enum status adopt_database(struct db *db, const struct adopt_options *options, struct check_sum *sum,
                           struct error *error)
{
    *sum = (struct check_sum){0};
    enum status status = migrate_lock(db, options->progress, options->arg, error);
    if (status != STATUS_OK)
        return status;
    status = may_adopt(db, error);
    if (status == STATUS_OK)
        status = check_database(db, options->found, options->arg, sum, error);
    if (status == STATUS_OK && sum->faults) {
        error_set(error, STATUS_FAILED, "The database %s cannot be adopted as it is: %d fault%s.", db_where(db),
                  sum->faults, sum->faults == 1 ? "" : "s");
        error_hint(error, "Nothing was changed. Mend them, then try again; centurion db check lists them.");
        status = STATUS_FAILED;
    }
    if (status == STATUS_OK && !options->check_only)
        status = adopt(db, options, error);
    migrate_unlock(db);
    return status;
}

/* ---- Giving it back ---- */

static enum status may_release(struct db *db, struct error *error)
{
    struct migrate_has has;
    enum status status = migrate_has(db, &has, error);
    if (status == STATUS_OK && !has.adopted) {
        status = error_set(error, STATUS_FAILED, "The database %s was not adopted.", db_where(db));
        error_hint(error, "Only one that the web application made can be given back to it. One that db init made is "
                          "removed by: dropdb NAME");
    }
    return status;
}

static enum status tell_losses(struct db *db, const struct release_options *options, int *losses, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_RELEASE_LOSSES, NULL, &rows, error);
    *losses = rowset_count(rows);
    for (int row = 0; row < *losses && options->loss; row++)
        options->loss(options->arg, rowset_text(rows, row, RELEASE_LOSSES_WHAT),
                      rowset_int(rows, row, RELEASE_LOSSES_ROWS), rowset_text(rows, row, RELEASE_LOSSES_SAMPLE));
    rowset_free(rows);
    if (status == STATUS_OK && *losses && !options->force && !options->check_only) {
        status = error_set(error, STATUS_FAILED, "Giving back the database %s would lose what only Centurion keeps.",
                           db_where(db));
        error_hint(error, "Nothing was changed. Keep a copy with centurion db backup FILE; --force gives it back.");
    }
    return status;
}

static enum status release(struct db *db, struct error *error)
{
    enum status status = db_run_script(db, "release", "BEGIN", error);
    if (status != STATUS_OK)
        return status;
    status = db_run(db, &QUERY_ADOPT_LOCK, NULL, NULL, error);
    if (status == STATUS_OK)
        status = db_run(db, &QUERY_RELEASE, NULL, NULL, error);
    if (status == STATUS_OK)
        status = db_run_script(db, "release", "COMMIT", error);
    else
        db_run_script(db, "release", "ROLLBACK", NULL);
    return status;
}

static enum status tell_left(struct db *db, const struct release_options *options, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_RELEASE_LEFT, NULL, &rows, error);
    for (int row = 0; row < rowset_count(rows) && options->left; row++)
        options->left(options->arg, rowset_text(rows, row, RELEASE_LEFT_ROLE),
                      rowset_text(rows, row, RELEASE_LEFT_WHY));
    rowset_free(rows);
    return status;
}

enum status release_database(struct db *db, const struct release_options *options, int *losses, struct error *error)
{
    *losses = 0;
    enum status status = migrate_lock(db, NULL, NULL, error);
    if (status != STATUS_OK)
        return status;
    status = may_release(db, error);
    if (status == STATUS_OK)
        status = tell_losses(db, options, losses, error);
    if (status == STATUS_OK && !options->check_only)
        status = release(db, error);
    if (status == STATUS_OK && !options->check_only)
        status = tell_left(db, options, error);
    migrate_unlock(db);
    return status;
}
