/* What the files of the connection share. Private to src/data. */
#ifndef CENTURION_DATA_DB_PRIVATE_H
#define CENTURION_DATA_DB_PRIVATE_H

#include <libpq-fe.h>
#include <stddef.h>

#include "centurion/base/str.h"
#include "centurion/data/db.h"

/* One address to try, in libpq's terms; "" where nothing is said. */
struct endpoint {
    char *host, *hostaddr, *port;
};

struct request {
    struct request *next;
    db_ticket ticket;
    const struct query *query; /* NULL: sql is a script, or one statement of our own */
    char *name, *sql;          /* owned; for those without a query */
    bool script;               /* simple protocol, outside of the pipeline */
    char **params;             /* one block with its strings */
    db_reply_fn *done;         /* NULL: nobody wants the answer any more */
    void *arg;
    int64_t asked_at, head_at; /* head_at: since when the server works on it, as far as we can know */
    int tries;
    int generation;       /* of the prepared statement that it was sent with */
    bool preparing;       /* the answer to its Parse is still to come */
    bool prepare_anew;    /* its statement was stale */
    bool stop;            /* to be cancelled as soon as it has run for STOP_GRACE_MS */
    bool stop_sent, late; /* late: stopped because its time was up */
    bool open;            /* a write that was sent: until the server says otherwise it may have been done */
    int statements;       /* of a script, that succeeded */
    PGresult *result;     /* the first error, or else the last result */
    struct error *error;  /* ended without the server's answer */
};

struct request_list {
    struct request *head, *last;
};

/* A query that this session knows as a prepared statement. generation makes the name when it has to be prepared anew. */
struct prepared {
    const struct query *query;
    int generation;
    bool known;
};

/* A look-up of host names in a child process. */
struct resolver {
    int fd;
    loop_id watch;
    struct loop *loop;
    struct str answer;
    loop_fn *done;
    void *arg;
};

struct db {
    struct loop *loop;
    char *conninfo, *application_name;
    bool read_only, open;

    enum db_state state, told;
    struct error error;
    char sqlstate[6]; /* of the last refusal, "" when it was not the server's */
    db_state_fn *on_state;
    void *on_state_arg;
    db_notify_fn *on_notify;
    void *on_notify_arg;
    loop_id tell, start, retry, patience, flush, silence, head_timer, answer;

    /* Where to. settings are the effective options, after conninfo, environment and service file. */
    char *user, *database, *where, *place, *options;
    char *password;
    struct endpoint *endpoints;
    int endpoint_count, endpoint_first, endpoint_now;
    int connect_timeout_ms;
    bool keepalives_given, user_timeout_given;
    struct resolver resolver;

    PGconn *conn;
    loop_id watch;
    int watch_fd;
    unsigned epoch; /* counts connections, so that loops notice when a callback ended theirs */
    int failures;   /* in a row, for the backoff */
    int64_t retry_at, last_answer_at, sent_since,
        stop_at; /* stop_at: when the server was last asked to stop something */
    int server_version;
    char *last_words; /* why the server ends the session, when it said so */

    struct request_list waiting, sent, ended;
    db_ticket last_ticket;
    struct change *changes; /* that are not answered yet, in the order in which they were asked */
    uint64_t last_change;
    int64_t sent_count;
    struct prepared *prepared;
    int prepared_count, prepared_room;
    char **channels;
    int channel_count;
};

enum {
    STOP_GRACE_MS = 100,
    STOP_SECONDS = 10, /* how long a child may try to have something stopped */
    CONNECT_TIMEOUT_MS = 10000,
    TRIES_MAX = 3,
};

/* db.c */
void db_set_state(struct db *db, enum db_state state);
/* Ends the connection, if there is one, with all that hangs on it but the queries. */
void db_drop_connection(struct db *db);
/* The link broke (error says how): queries go back, the next try is scheduled. */
void db_lose(struct db *db);
/* The server said no for good. */
void db_refuse(struct db *db);
/* The server wants a password, or another one than it got. */
void db_want_password(struct db *db);
/* The connection is up. */
void db_become_ready(struct db *db);
void db_watch(struct db *db, unsigned events, loop_fd_fn *fn);

/* db_connect.c */
void db_connect(struct db *db); /* from the beginning: settings, names, addresses */
void db_forget_target(struct db *db);

/* db_resolve.c: done is called in loop context with lines of "INDEX ADDRESS" or "INDEX !reason" in resolver->answer. False when
 * no child could be started. */
bool resolver_start(struct resolver *resolver, struct loop *loop, const struct endpoint *endpoints, int count,
                    int timeout_ms, loop_fn *done, void *arg);
void resolver_stop(struct resolver *resolver);
/* The host has to be looked up. */
bool endpoint_is_name(const struct endpoint *endpoint);

/* db_child.c */
/* fork(2) for work that may wait: the child has the signals of a fresh process, no descriptor of ours but keep (-1: none), and
 * ends by itself after that many seconds at the latest. It must leave with _exit(). */
int db_fork(struct loop *loop, int keep, unsigned seconds);
/* Asks the server to stop what it runs for this connection. */
void db_stop_running(const struct db *db);

/* db_request.c */
void requests_push(struct request_list *list, struct request *request);
void requests_push_front(struct request_list *list, struct request *request);
void requests_insert(struct request_list *list, struct request *request); /* where it was asked among them */
struct request *requests_pop(struct request_list *list);
struct request *requests_find(const struct request_list *list, db_ticket ticket);
void request_free(struct request *request);
struct request *request_new(struct db *db, db_reply_fn *done, void *arg);
const char *request_name(const struct request *request);
bool request_writes(const struct request *request);
/* Ends a request without the server: it is answered later in this turn. */
void db_end_request(struct db *db, struct request *request, const struct error *error);
void db_end_list(struct db *db, struct request_list *list, const struct error *error);
void db_free_list(struct request_list *list);
/* One block, with the strings in it. */
char **db_copy_params(const char *const *params, int count);

/* db_pipeline.c */
void db_schedule_flush(struct db *db);
void db_pipeline_event(void *arg, int fd, unsigned events);
void db_head_changed(struct db *db); /* arms the timer of the query that runs now */
void db_listen_again(struct db *db);

/* db_error.c */
void db_clean_text(struct str *out, const char *text, size_t length); /* one line of valid UTF-8 */
/* The five letters in a message of PQERRORS_VERBOSE, "" when there are none. */
void db_find_sqlstate(const char *message, char out[6]);
/* Fills db->error and db->sqlstate from libpq's message about a connection that failed. */
void db_connect_error(struct db *db, const char *message);
void db_result_error(const struct db *db, const struct request *request, const PGresult *result, struct error *error);

/* change.c: they end without their callbacks. */
void db_free_changes(struct db *db);

/* rowset.c: takes the result; NULL: no rows. */
struct rowset *rowset_new(PGresult *result);

#endif
