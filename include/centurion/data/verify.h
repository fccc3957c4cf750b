/* Whether a database that was migrated, adopted or restored is as it has to be. Reads only. */
#ifndef CENTURION_DATA_VERIFY_H
#define CENTURION_DATA_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/base/error.h"
#include "centurion/data/db.h"

/* before, after, now: rows of a table, -1 unknown; before and after are of the last time that it was migrated, adopted or restored. */
struct verify_finding {
    bool fault;
    const char *part; /* "schema", "access", "login", "rows" */
    const char *relation, *what;
    int64_t before, after, now;
};
typedef void verify_fn(void *arg, const struct verify_finding *finding);

struct verify_sum {
    int faults, pending; /* migrations that are pending are faults too */
};

/* OK whatever was found; sum counts. Logins without a role are told and are no fault of the database. A database that has no schema
 * centurion is an error. */
enum status verify_database(struct db *db, verify_fn *found, void *arg, struct verify_sum *sum, struct error *error);

#endif
