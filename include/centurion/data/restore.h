/* The database's part in backing up and restoring; the programs that do it are run by the jobs. */
#ifndef CENTURION_DATA_RESTORE_H
#define CENTURION_DATA_RESTORE_H

#include "centurion/base/error.h"
#include "centurion/data/db.h"
#include "centurion/data/rowset.h"

/* The tables that a backup of the database has to hold: "public users". One that is not Centurion's is an error. */
enum status backup_tables(struct db *db, struct rowset **tables, struct error *error);
const char *backup_table(const struct rowset *tables, int row);

/* Is the database empty, and may a dump whose tables belonged to `owner` be restored into it? */
enum status restore_allowed(struct db *db, const char *owner, struct error *error);
/* The shared tables by name ("users"), which a dump must hold. */
enum status restore_tables(struct db *db, struct rowset **tables, struct error *error);
const char *restore_table(const struct rowset *tables, int row); /* NULL: not a table */

/* Makes what a dump does not bring: the roles and the rights on the database, as the migrations make them; and the schema centurion, empty,
 * where the owners of its views and functions may create. restore_undo() makes the database empty again; roles stay. */
enum status restore_prepare(struct db *db, struct error *error);
void restore_undo(struct db *db);

/* Keeps the rows that came, for `db verify`. */
enum status restore_finish(struct db *db, struct error *error);

#endif
