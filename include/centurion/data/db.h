/* A connection to PostgreSQL that never blocks: connecting, queries in pipelines, notifications and recovery are events of
 * the loop. One struct db is one database session that is brought back by itself when it is lost.
 *
 * Settings are libpq's in full: connection strings and URIs, PG* variables, service files, ~/.pgpass, sslmode, several hosts with
 * target_session_attrs, Unix sockets. Host names are looked up in a child process and handed on as addresses beside their names, so
 * that certificates and the password file still see the name. connect_timeout counts for each address, 10 s unless it says otherwise.
 * What libpq reads from local files (certificates, service and password file) it reads at once, and there are two things that it may
 * wait for inside of one call: a Kerberos server, where credentials are there and the server wants them, and an LDAP server, where the
 * service file names one.
 *
 * Sessions are set up while connecting, without a round trip: UTF-8, TimeZone UTC, ISO dates, search_path pg_catalog and pg_temp (all
 * queries name their schemas), no JIT. db_new() takes PGTZ and PGDATESTYLE out of the environment, which libpq would let win. A
 * pooler in between must pass the startup parameter "options" on.
 *
 * Callbacks run in loop context, never inside of a call to these functions. They may call everything here but db_free() and the
 * functions that turn the loop. */
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
    DB_REFUSED, /* the server said no for good (no such database or role, settings that make no sense, ...): db_retry() tries again */
};

enum { DB_SILENT_MS = 2000, DB_BACKOFF_FIRST_MS = 100, DB_BACKOFF_MAX_MS = 10000 };

typedef void db_state_fn(void *arg, enum db_state state);
typedef void db_notify_fn(void *arg, const char *channel, const char *payload, bool own); /* own: by this session */

/* conninfo: anything libpq takes (keywords, URI, database name, empty for the environment). Nothing happens before db_open(). */
struct db *db_new(struct loop *loop, const char *conninfo, const char *application_name);
void db_free(struct db *db); /* tickets end without their callbacks */

void db_on_state(struct db *db, db_state_fn *fn, void *arg); /* told in loop context after each change */
void db_on_notify(struct db *db, db_notify_fn *fn, void *arg);

/* Sessions are read-only from the start: the server refuses every write. Before db_open(). */
void db_set_read_only(struct db *db, bool read_only);

void db_open(struct db *db);
void db_close(struct db *db); /* queries under way are answered with STATUS_NO_CONNECTION; the password is forgotten */
void db_retry(struct db *db); /* now, whatever the backoff; LOST and REFUSED only */

enum db_state db_state(const struct db *db);
const struct error *
db_error(const struct db
             *db); /* why it is LOST, REFUSED or wants a PASSWORD: what, where and what to do; stays until READY */
int64_t db_retry_at(const struct db *db); /* loop_now() milliseconds; LOST only */
int64_t
db_last_answer_at(const struct db *db); /* loop_now() milliseconds of the last byte from the server; 0 none yet */
int64_t
db_waiting_since(const struct db *db); /* when db_send() got the oldest query that somebody still waits for; 0: none */
const char *db_user(const struct db *db);   /* the login, once connecting; "" before */
const char *db_where(const struct db *db);  /* "host:port/database" or "socket/database", for people */
int db_server_version(const struct db *db); /* 150004; 0 before READY */

/* The password that was asked for; in any other state than PASSWORD nothing happens. The copy is kept for as long as the link is
 * wanted, so that it can come back by itself, and wiped when the server does not take it, by db_close() and by db_free(). The caller
 * wipes its own. */
void db_password(struct db *db, const char *password);

/* Whether the login of this session gave a password, typed or from where libpq found one; false while the link is lost and libpq had it. And
 * whether it is this one. */
bool db_has_password(const struct db *db);
bool db_password_is(const struct db *db, const char *password);

/* The answer to one query. status OK: rows (never NULL, perhaps empty), affected as in the command tag. Otherwise error says
 * what happened and sqlstate is the five letters, or "" when it was not the server that said so. Valid during the call (see
 * rowset_keep). */
struct reply {
    enum status status;
    const struct error *error;
    const char *sqlstate;
    const struct rowset *rows;
    int64_t affected;
    bool
        open; /* a write that was sent, and the server did not say what became of it: perhaps it was done, or still will be */
};
typedef void db_reply_fn(void *arg, const struct reply *reply);

/* Identifies a query under way; 0 is none. */
typedef uint64_t db_ticket;

/* Parameters are text in PostgreSQL's input format, NULL for SQL NULL; copied. query is known by its address: a constant. Queries sent
 * in one turn of the loop go to the server as one pipeline: one round trip. Each query is its own transaction; they are
 * answered in their order, but for one that has to be sent again. Sent while the connection is not ready it waits for it;
 * with the connection REFUSED or closed it is answered with that error.
 * What the server says about a statement that is stale (26000, changed result type), about others changing the same rows (40001, 40P01)
 * or about a stop that was meant for its predecessor is mended by sending it again: nothing of it was done. A read that the link
 * breaks under is sent again after reconnecting, three times at most; a write is answered with STATUS_NO_CONNECTION, its outcome open
 * (change.h is how the program writes: it finds out).
 * A query that runs for query->timeout_ms is stopped, which its reply says.
 * done is called exactly once, never before db_send() returned, unless the ticket is cancelled. */
db_ticket db_send(struct db *db, const struct query *query, const char *const *params, db_reply_fn *done, void *arg);

/* SQL text in the simple protocol: several statements, no parameters, no rows (migrations). Not for screens. Alone in its round trip, no
 * time limit. Without BEGIN it is one transaction; a transaction that failed is rolled back. Never sent to another session than it
 * was asked in: a link that breaks, or a try to connect that fails, answers it with STATUS_NO_CONNECTION. name says in errors what it is,
 * along with the line or the number of the statement. */
db_ticket db_script(struct db *db, const char *name, const char *sql, db_reply_fn *done, void *arg);

/* The caller no longer wants the answer: done is never called. If stop is set and the query goes on for more than 100 ms, the server is
 * asked to stop it (from a child process: the request itself may wait). 0 and ended tickets are ignored. */
void db_cancel(struct db *db, db_ticket ticket, bool stop);

/* Stops everything that is under way. Reads are answered with an error in the next turn, whether the server still answers or not; a write
 * that was sent is answered with what became of it, which is the server's to tell. */
void db_interrupt(struct db *db);

/* LISTENs now and after every reconnect. */
void db_listen(struct db *db, const char *channel);

/* How many queries were sent since db_new(), for tests and the idle rule. */
int64_t db_sent_count(const struct db *db);

/* What CREATE ROLE and ALTER ROLE take in place of a password: a SCRAM-SHA-256 verifier, made here, so that the password never leaves the
 * program. Needs a connection, which is not asked anything. verifier: heap; the caller wipes (mem_wipe) and frees it: it is as good as
 * a hash. */
enum status db_scram_verifier(const struct db *db, const char *login, const char *password, char **verifier,
                              struct error *error);

/* For verbs without a screen: turns the loop until the reply is there. rows (may be NULL) is the caller's to free. With the link lost or
 * a password wanted it gives up with that error; after loop_stop() too. */
enum status db_run(struct db *db, const struct query *query, const char *const *params, struct rowset **rows,
                   struct error *error);
enum status db_run_script(struct db *db, const char *name, const char *sql, struct error *error);
/* Opens it if nobody did, and turns the loop until READY, REFUSED or timeout; does not ask for passwords. */
enum status db_wait_ready(struct db *db, int timeout_ms, struct error *error);

/* The environment for a program of PostgreSQL's (pg_dump) that is to work on the same database of the same server as the same login, the
 * password with it: words "NAME=value", NULL at the end; wiped and freed by db_environment_free(). READY only. */
char **db_environment(const struct db *db);
void db_environment_free(char **environment);

/* Builds a conninfo: base (keywords, URI or a database's name, may be "" or NULL) with the given keywords laid over it. Heap, the caller frees; NULL and
 * error when base is malformed. pairs: keyword, value, ..., NULL; a NULL value takes the
 * keyword out. */
char *db_conninfo_with(const char *base, const char *const *pairs, struct error *error);

#endif
