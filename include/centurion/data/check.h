/* Looks over the shared tables of a database, whoever made it: before it is adopted, and before it is migrated. Reads only. */
#ifndef CENTURION_DATA_CHECK_H
#define CENTURION_DATA_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/base/error.h"
#include "centurion/data/db.h"

/* Texts are valid during the call. rows -1: not about rows. sample: the ids of the first ten, or "". */
struct check_finding {
    bool fault; /* hinders adoption; otherwise it is a remark, about something that is against the rules only */
    const char *relation, *what;
    int64_t rows;
    const char *sample, *remedy;
};
typedef void check_fn(void *arg, const struct check_finding *finding);

struct check_sum {
    int faults, remarks;
};

/* Structure first, then the data as far as their columns stand. OK whatever was found; an error only where it cannot look, or where there
 * is none of the shared tables at all. found may be NULL. */
enum status check_database(struct db *db, check_fn *found, void *arg, struct check_sum *sum, struct error *error);

#endif
