/* Takes on a database that the web application made, and gives it back. Both are one transaction: all of it or nothing. */
#ifndef CENTURION_DATA_ADOPT_H
#define CENTURION_DATA_ADOPT_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/data/check.h"
#include "centurion/data/migrate.h"

/* Checks first, and refuses while there are faults (sum says how many; found is told of all findings). Then the shared tables count as
 * migration 1, and the others are applied; what they change outside of the schema centurion is recorded. Other tables are left alone. As the
 * tables' owner. check_only: goes no further than the check. */
struct adopt_options {
    bool check_only;
    int to; /* the last migration that is applied; 0: all; at least the one that keeps the record (27) */
    migrate_progress_fn *progress;
    check_fn *found;
    void *arg; /* of both */
};
enum status adopt_database(struct db *db, const struct adopt_options *options, struct check_sum *sum,
                           struct error *error);

/* What giving it back would bring back or lose. sample: names of the first ten, or "". */
typedef void release_loss_fn(void *arg, const char *what, int64_t rows, const char *sample);
/* A role that stays on the server, and why. */
typedef void release_left_fn(void *arg, const char *role, const char *why);

struct release_options {
    bool force;      /* whatever it loses */
    bool check_only; /* only what it would lose */
    release_loss_fn *loss;
    release_left_fn *left;
    void *arg; /* of both */
};

/* Only of an adopted database. Refuses where something would be lost, unless forced. *losses counts the kinds of losses. */
enum status release_database(struct db *db, const struct release_options *options, int *losses, struct error *error);

#endif
