/* Backups by PostgreSQL's own programs, pg_dump and pg_restore, of the server's major version or a newer one. They get to the server
 * through their environment; no password is ever among their arguments. While they run the loop turns. */
#ifndef CENTURION_JOBS_BACKUP_H
#define CENTURION_JOBS_BACKUP_H

#include <stdbool.h>

#include "centurion/base/error.h"
#include "centurion/data/db.h"
#include "centurion/loop/loop.h"

struct backup {
    struct loop *loop;
    struct db *db;       /* READY */
    const char *file;    /* in pg_dump's custom format */
    const bool *stopped; /* becomes true when it is to end; NULL: never */
};

/* Writes the whole database to file, readable by its owner only. It is written beside it (FILE.partial), read again to its end, made durable,
 * and only then gets its name; on failure nothing is left. A file that is there is replaced only with force. As the tables' owner. */
enum status backup_write(const struct backup *backup, bool force, struct error *error);

/* Restores file into an empty database: all of it or nothing. What is wrong with the file is found before the database is touched. check_only:
 * goes no further than that. What no dump brings (roles, rights on the database) is made as the migrations make it. */
enum status backup_restore(const struct backup *backup, bool check_only, struct error *error);

/* $XDG_STATE_HOME/centurion/backups/NAME-YYYYMMDDTHHMMSS.dump (UTC), heap; the folders are made, for their owner only. NULL and error. */
char *backup_default_file(struct db *db, struct error *error);

#endif
