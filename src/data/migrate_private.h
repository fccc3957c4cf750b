/* What migrating and adopting share. Private to src/data. */
#ifndef CENTURION_DATA_MIGRATE_PRIVATE_H
#define CENTURION_DATA_MIGRATE_PRIVATE_H

#include <stdbool.h>

#include "centurion/data/embedded.h"
#include "centurion/data/migrate.h"

struct migrate_facts {
    bool recorded, empty, may_create;
};
enum status migrate_facts(struct db *db, struct migrate_facts *facts, struct error *error);

/* What of ours there is already; it comes with different migrations. */
struct migrate_has {
    bool maintenance, counts, inventory, adoption;
    bool adopted; /* the database was the web application's before */
};
enum status migrate_has(struct db *db, struct migrate_has *has, struct error *error);

/* Nobody else migrates this database in between, with this program or with the web application's tool. */
enum status migrate_lock(struct db *db, migrate_progress_fn *progress, void *arg, struct error *error);
void migrate_unlock(struct db *db);

enum status migrate_make_record(struct db *db, struct error *error); /* centurion.migrations */

/* A migration and its record. Without MIGRATE_TEXT only the record: what it makes stands already. */
enum { MIGRATE_BEGIN = 1, MIGRATE_TEXT = 2, MIGRATE_COMMIT = 4 };
enum status migrate_apply_text(struct db *db, const struct embedded_migration *migration, unsigned parts,
                               struct error *error);

/* JSON texts, heap; what was there before is freed. */
enum status migrate_inventory(struct db *db, char **items, struct error *error);
enum status migrate_counts(struct db *db, char **counts, struct error *error);

/* Keeps for `db verify` what stands now, and how many rows there were before ("{}": nobody counted) and are now. Nothing where the tables
 * for that are not there yet. */
enum status migrate_keep(struct db *db, const char *work, const char *before, struct error *error);

#endif
