/* A connection to PostgreSQL that never blocks: connecting, queries in pipelines, notifications and recovery are events of
 * the loop. One struct db is one database session that is brought back by itself when it is lost. */
#ifndef CENTURION_DATA_DB_H
#define CENTURION_DATA_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/base/error.h"
#include "centurion/data/query.h"
#include "centurion/data/rowset.h"
#include "centurion/loop/loop.h"

struct db;

enum db_state {
    DB_IDLE,       /* db_open() was not called, or db_close() was */
    DB_RESOLVING,  /* looking up the host */
    DB_CONNECTING, /* waiting for the server to take the connection */
    DB_SECURING,   /* TLS or GSSAPI */
    DB_SIGNING_IN, /* authentication */
    DB_PASSWORD,   /* the server wants a password: db_password(), or db_close() */
    DB_READY,      /* queries are answered */
    DB_SILENT,     /* connected, but a query has had no answer for DB_SILENT_MS; becomes READY with the next answer */
    DB_LOST,       /* the link broke; the next try is due at db_retry_at() */
    DB_REFUSED,    /* the server said no for good (wrong password, no such database or role, ...): db_retry() tries again */
};

enum { DB_SILENT_MS = 2000, DB_BACKOFF_FIRST_MS = 100, DB_BACKOFF_MAX_MS = 10000 };

typedef void db_state_fn(void *arg, enum db_state state);
typedef void db_notify_fn(void *arg, const char *channel, const char *payload);

/* conninfo: anything libpq takes (keywords, URI, database name, empty for the environment). Nothing happens before db_open(). */
struct db *db_new(struct loop *loop, const char *conninfo, const char *application_name);
void db_free(struct db *db); /* tickets end without their callbacks */

void db_on_state(struct db *db, db_state_fn *fn, void *arg);   /* told in loop context after each change */
void db_on_notify(struct db *db, db_notify_fn *fn, void *arg);

/* Sessions are read-only from the start: the server refuses every write. Before db_open(). */
void db_set_read_only(struct db *db, bool read_only);

void db_open(struct db *db);
void db_close(struct db *db);
void db_retry(struct db *db); /* now, whatever the backoff */

enum db_state db_state(const struct db *db);
const struct error *db_error(const struct db *db); /* why it is LOST or REFUSED: what, where and what to do */
int64_t db_retry_at(const struct db *db);          /* loop_now() milliseconds; LOST only */
int64_t db_last_answer_at(const struct db *db);    /* loop_now() milliseconds of the last byte from the server; 0 none yet */
int64_t db_waiting_since(const struct db *db);     /* when the oldest unanswered query was sent; 0: nothing is awaited */
const char *db_user(const struct db *db);          /* the login, once connecting; "" before */
const char *db_where(const struct db *db);         /* "host:port/database" or "socket/database", for people */
int db_server_version(const struct db *db);        /* 150004; 0 before READY */

/* The password that was asked for. Copied for the attempt and wiped; the caller wipes its own. */
void db_password(struct db *db, const char *password);

/* The answer to one query. status OK: rows (never NULL, perhaps empty), affected as in the command tag. Otherwise error says
 * what happened and sqlstate is the five letters, or "" when the link broke. Valid during the call (see rowset_keep). */
struct reply {
    enum status status;
    const struct error *error;
    const char *sqlstate;
    const struct rowset *rows;
    int64_t affected;
};
typedef void db_reply_fn(void *arg, const struct reply *reply);

/* Identifies a query under way; 0 is none. */
typedef uint64_t db_ticket;

/* Parameters are text in PostgreSQL's input format, NULL for SQL NULL; copied. Queries sent in one turn of the loop go to the
 * server as one pipeline: one round trip. Each query is its own transaction. Sent while the connection is not ready it waits for it.
 * A read that the link breaks under is sent again after reconnecting; a write is answered with STATUS_NO_CONNECTION.
 * done is called exactly once, never before db_send() returned, unless the ticket is cancelled. */
db_ticket db_send(struct db *db, const struct query *query, const char *const *params, db_reply_fn *done, void *arg);

/* SQL text in the simple protocol: several statements, no parameters, no rows (migrations, LISTEN). Not for screens. */
db_ticket db_script(struct db *db, const char *name, const char *sql, db_reply_fn *done, void *arg);

/* The caller no longer wants the answer: done is never called. If stop is set and the query is running, the server is asked to stop it
 * (from a child process: the request itself may wait). 0 and ended tickets are ignored. */
void db_cancel(struct db *db, db_ticket ticket, bool stop);

/* Asks the server to stop whatever is running now; its replies come as errors. */
void db_interrupt(struct db *db);

/* LISTENs now and after every reconnect. */
void db_listen(struct db *db, const char *channel);

/* How many queries were sent since db_new(), for tests and the idle rule. */
int64_t db_sent_count(const struct db *db);

/* For verbs without a screen: turns the loop until the reply is there. rows (may be NULL) is the caller's to free. */
enum status db_run(struct db *db, const struct query *query, const char *const *params, struct rowset **rows, struct error *error);
enum status db_run_script(struct db *db, const char *name, const char *sql, struct error *error);
/* Opens it if nobody did, and turns the loop until READY, REFUSED or timeout; does not ask for passwords. */
enum status db_wait_ready(struct db *db, int timeout_ms, struct error *error);

/* Builds a conninfo: base (keywords or URI, may be "") with the given keywords laid over it. Heap, the caller frees; NULL and
 * error when base is malformed. pairs: keyword, value, ..., NULL. */
char *db_conninfo_with(const char *base, const char *const *pairs, struct error *error);

#endif
