/* A PostgreSQL server of the program's own: made with initdb, run like pg_ctl does, reached over a Unix socket in a private folder only.
 *
 * It lives in $XDG_DATA_HOME/centurion/{demo,local}, or for root, as the "postgres" account, in /var/lib/centurion/{demo,local}:
 *   data/            the database cluster; while it is being made, data.making/
 *   server.log       what the server says; server.log.1 is the one before
 *   lock             held while somebody makes, starts or stops it
 *   .s.PGSQL.5432    the socket; where that path would be too long, in /tmp/centurion-HASH, which is 0700 too
 * The environment may say otherwise: CENTURION_SERVER_HOME is used instead of $XDG_DATA_HOME/centurion or /var/lib/centurion,
 * CENTURION_SERVER_BIN is the only folder in which PostgreSQL's programs are looked for.
 *
 * The database "centurion" belongs to the login "centurion_owner", who may make roles but is no superuser. Nobody but the
 * owner of the folder can reach the socket, so the server trusts who comes through it. */
#ifndef CENTURION_DATA_SERVER_H
#define CENTURION_DATA_SERVER_H

#include <stdbool.h>

#include "centurion/base/error.h"

enum server_kind { SERVER_DEMO, SERVER_LOCAL };

/* What progress there is, in words for people: "making the database folder", "loading demonstration data: entries". */
typedef void server_progress_fn(void *arg, const char *words);

struct server_options {
    bool reset;         /* demo only: make it anew; what was there stays until the new one is complete */
    const char *size;   /* demo only: "small" or "large"; NULL: as it is, "small" when it is made */
    const char *today;  /* demo only, when it is made: ISO date of the data; NULL: today, UTC */
    const char *person; /* local only, when it is made: login of the first administrator; NULL: the OS user's name */
    server_progress_fn *progress;
    void *arg;
};

enum server_state {
    SERVER_ABSENT,
    SERVER_STOPPED,
    SERVER_RUNNING,
    SERVER_FOREIGN /* data of a major version that is not installed */
};

/* Blocking; for the command line and for a child process, never under a screen. Starts it if it is not running, makes it first if there is none
 * (folder, cluster, database, migrations, for demo the data, for local the first administrator), and applies migrations that an
 * older program left pending. Two callers at once: one works, the other waits. Asking for another size than the demo has is STATUS_USAGE. */
enum status server_start(enum server_kind kind, const struct server_options *options, struct error *error);

/* Fast shutdown: running statements are ended, nothing committed is lost. Fine when it is not running. */
enum status server_stop(enum server_kind kind, struct error *error);

/* pid (0 unless running) and folder (heap, the caller frees) may be NULL. */
enum server_state server_state(enum server_kind kind, int *pid, char **folder);

/* A conninfo for psql and any libpq program. as: a login ("coach"), or NULL for the owner. Heap; the caller frees. Works whether it runs or not. */
char *server_conninfo(enum server_kind kind, const char *as);

/* The login that `centurion demo` and `centurion local` use unless told otherwise: "coach", the OS user's name. Heap. */
char *server_default_person(enum server_kind kind);

/* The commands that bring data of another major version to the newest installed one, a line each. Heap; NULL when the data needs none. */
char *server_upgrade_recipe(enum server_kind kind);

/* The folder of pg_dump and pg_restore of the least major version that is installed and not older than `least`. Heap; NULL and error when there
 * is none. */
char *server_client_programs(int least, struct error *error);

bool server_kind_parse(const char *word, enum server_kind *kind);
const char *server_kind_name(enum server_kind kind);

#endif
