/* What backing up and restoring share. Private to src/jobs. */
#ifndef CENTURION_JOBS_BACKUP_PRIVATE_H
#define CENTURION_JOBS_BACKUP_PRIVATE_H

#include "centurion/base/str.h"
#include "centurion/jobs/backup.h"

/* Runs pg_dump or pg_restore, words (NULL at the end) after its name. What it complains of becomes the error. */
enum status backup_program(const struct backup *backup, const char *name, const char *const *words, struct str *out,
                           struct error *error);

/* What pg_restore --list says of a dump: "4; 0 16391 TABLE DATA public users webapp". */
enum status backup_list(const struct backup *backup, const char *file, struct str *list, struct error *error);
/* Does it hold what `entry` names: "TABLE DATA public users"? */
bool backup_holds(const struct str *list, const char *entry);

/* Reads a dump to its end, which is how one finds out that some of it is missing. */
enum status backup_read_all(const struct backup *backup, const char *file, struct error *error);

#endif
