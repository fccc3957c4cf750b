/* How the program writes. A change is one call of a function in the database that checks, writes, audits and answers, and it carries
 * a UUID that the database keeps with what was saved. So a change whose answer was lost is sent again, as often as it takes: the
 * server waits for the end of the earlier try and does not do it twice.
 *
 * Nothing is said before it is sure. "Saved" means that the server has said so. What the server refuses after an answer was lost is
 * taken back first (request_withdraw), so that an earlier try that is still on its way comes to nothing, and only then told. */
#ifndef CENTURION_DATA_CHANGE_H
#define CENTURION_DATA_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/data/db.h"

/* A random UUID (version 4) in text, with its NUL. A draft may keep it, so that a later run of the program can find out what became
 * of the change. A UUID stands for one change with its parameters: after CHANGE_REFUSED or CHANGE_CONFLICT the next try takes a new
 * one. */
enum { CHANGE_ID_MAX = 37 };
void change_new_id(char out[CHANGE_ID_MAX]);

/* The columns that every changing query returns: outcome text, key text?, version text?, record jsonb?, audit int4?. One row for each
 * row that was to be changed. */
enum change_column {
    CHANGE_COLUMN_OUTCOME, /* saved, repeated, conflict; of several also refused */
    CHANGE_COLUMN_KEY,     /* of the row */
    CHANGE_COLUMN_VERSION, /* to hand back with the next change of it */
    CHANGE_COLUMN_RECORD,  /* as it stands now, in JSON */
    CHANGE_COLUMN_AUDIT,   /* the row in the audit log */
    CHANGE_COLUMNS
};

enum change_outcome {
    CHANGE_SAVED,
    CHANGE_CONFLICT, /* at least one row is not as its caller saw it, and was left alone; record says how it stands */
    CHANGE_PARTLY,   /* some rows were refused, each with why as its key; others may be saved, or in conflict */
    CHANGE_REFUSED,  /* nothing was done, and will not be; error says why */
    CHANGE_UNKNOWN, /* nobody can say for now: the connection was closed, or the server refuses to talk, while the outcome was open */
};

/* What came of it. key, version, record and audit are those of the first row, of a conflict the first row in conflict; NULL and 0 where
 * there is none, and record and version may be missing from what was repeated. rows is NULL for REFUSED and UNKNOWN; their error and
 * sqlstate are as in struct reply. Valid during the call (see rowset_keep). */
struct change_reply {
    enum change_outcome outcome;
    bool repeated; /* SAVED by an earlier try, whose answer was lost */
    const char *id;
    const char *key, *version, *record;
    int audit;
    const struct rowset *rows;
    const struct error *error;
    const char *sqlstate;
};
typedef void change_reply_fn(void *arg, const struct change_reply *reply);

/* Identifies a change until it is answered; 0 is none. */
typedef uint64_t change_ticket;

/* Makes a change. query is one whose first parameter is a uuid and that returns the columns above; params are its other parameters, as
 * for db_send(). id: NULL, or a UUID that was never sent. done is called once, never before data_change() returned, unless the interest
 * is given up; it may be NULL.
 * Without a session it waits for one; in a read-only session it is refused without being sent. */
change_ticket data_change(struct db *db, const struct query *query, const char *const *params, const char *id,
                          change_reply_fn *done, void *arg);

/* The same for a change that may have been sent before, by this run of the program or an earlier one: its outcome is open from the
 * start. params are those of then. */
change_ticket data_change_again(struct db *db, const struct query *query, const char *const *params, const char *id,
                                change_reply_fn *done, void *arg);

/* What became of a change that an earlier run has sent, by its UUID alone: CHANGE_SAVED (without a record), or CHANGE_REFUSED: it was not
 * saved, and will not be any more. */
change_ticket data_change_outcome(struct db *db, const char *id, change_reply_fn *done, void *arg);

/* done is not called any more. The change itself goes on: it was asked for. 0 and answered tickets are ignored. */
void data_change_cancel(struct db *db, change_ticket ticket);

/* What can truthfully be said about it right now. */
enum change_state {
    CHANGE_ENDED,   /* answered, or never there */
    CHANGE_WAITING, /* not sent yet: there is no session, or its turn has not come */
    CHANGE_SENDING, /* sent, and not answered yet */
    CHANGE_OPEN,   /* the answer was lost; it is sent again as soon as that makes sense, mostly when the link is back */
    CHANGE_ASKING, /* sent again, and not answered yet */
};
enum change_state data_change_state(const struct db *db, change_ticket ticket);

/* How many are not answered yet, those that nobody is interested in any more too. Whoever ends the program waits for them, or says that
 * their outcome is open. */
int data_changes_open(const struct db *db);

/* For verbs without a screen: turns the loop until it is answered. STATUS_OK when it is saved; a conflict is STATUS_FAILED in words; rows
 * (may be NULL) is the caller's to free, NULL unless saved or in conflict. With the link lost it gives up while nothing was sent yet,
 * else it goes on until the outcome is known or loop_stop(). */
enum status data_change_run(struct db *db, const struct query *query, const char *const *params, struct rowset **rows,
                            struct error *error);

#endif
