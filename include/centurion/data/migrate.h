/* Brings a database to the schema that this program knows: embedded numbered migrations, in order, each in a transaction, under an
 * advisory lock, with the SHA-256 of each recorded in centurion.migrations. */
#ifndef CENTURION_DATA_MIGRATE_H
#define CENTURION_DATA_MIGRATE_H

#include <stdbool.h>

#include "centurion/base/error.h"
#include "centurion/data/db.h"

struct migration_state {
    int version;
    const char *name;
    bool applied;
    bool changed;        /* applied, but with another checksum: somebody changed history */
    char applied_at[40]; /* "" when pending */
};

/* What stands and what is pending. *states is an array of *count that the caller frees. An applied version that this program does not know is an error
 * ("newer than this program"). */
enum status migrate_status(struct db *db, struct migration_state **states, int *count, struct error *error);

/* version 0: name says in words what is waited for. Of demonstration data: the number of the step and its words. */
typedef void migrate_progress_fn(void *arg, int version, const char *name);

/* Called under the lock once something is pending, before anything is changed. Failing ends it there. */
typedef enum status migrate_backup_fn(void *arg, struct db *db, struct error *error);

struct migrate_options {
    int to;    /* the last version to apply; 0: all */
    bool init; /* the database must be empty */
    migrate_progress_fn *progress;
    migrate_backup_fn *backup; /* NULL: none */
    void *arg;                 /* of both */
};

/* Applies what is pending. While it does, centurion.maintenance has a row, and nobody changes anything; "centurion_maintenance" is notified
 * at both ends. A row that is left over from a program that was killed is removed, whether something is pending or not. */
enum status migrate_upgrade(struct db *db, const struct migrate_options *options, int *applied, struct error *error);

/* The same in short, without a backup: applies what is pending up to version `to` (0: all). `init` demands an empty database (no tables in public, no schema centurion);
 * without it, a database that holds something but has no centurion.migrations is refused. *applied counts those that stand, also
 * when a later one failed. Two programs at once: one works, the other waits, and then finds it done. */
enum status migrate_apply(struct db *db, int to, bool init, migrate_progress_fn *progress, void *arg, int *applied,
                          struct error *error);

/* Loads the demonstration data (embedded steps) into a migrated, otherwise empty database. size "small" or "large"; today ISO. All
 * of it stands or nothing. */
enum status migrate_load_demo(struct db *db, const char *size, const char *today, migrate_progress_fn *progress,
                              void *arg, struct error *error);

/* The newest version that this program brings. */
int migrate_latest(void);

#endif
