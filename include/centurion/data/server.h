/* A PostgreSQL server of the program's own: made with initdb, run like pg_ctl does, reached over a Unix socket in a private folder only. */
#ifndef CENTURION_DATA_SERVER_H
#define CENTURION_DATA_SERVER_H

#include <stdbool.h>

#include "centurion/base/error.h"

enum server_kind { SERVER_DEMO, SERVER_LOCAL };

/* What progress there is, in words for people: "making the database folder", "loading demonstration data: entries". */
typedef void server_progress_fn(void *arg, const char *words);

struct server_options {
    bool reset;            /* demo only: make it anew */
    const char *size;      /* demo only: "small" (NULL means that) or "large" */
    const char *today;     /* demo only: ISO date of the data; NULL: today */
    server_progress_fn *progress;
    void *arg;
};

enum server_state { SERVER_ABSENT, SERVER_STOPPED, SERVER_RUNNING, SERVER_FOREIGN /* another major version's data */ };

/* Blocking; for the command line and for a child process, never under a screen. Starts it if it is not running, makes it first if there is none
 * (folder, cluster, database, migrations, for demo the data). Two callers at once: one works, the other waits. */
enum status server_start(enum server_kind kind, const struct server_options *options, struct error *error);
enum status server_stop(enum server_kind kind, struct error *error);
enum server_state server_state(enum server_kind kind, int *pid, char **folder);

/* A conninfo for psql and any libpq program. as: a login ("coach"), or NULL for the owner. Heap; the caller frees. Works whether it runs or not. */
char *server_conninfo(enum server_kind kind, const char *as);

bool server_kind_parse(const char *word, enum server_kind *kind);
const char *server_kind_name(enum server_kind kind);

#endif
