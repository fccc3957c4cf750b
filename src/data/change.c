/* Changes: sent, sent again while their outcome is open, answered when it is sure.
 *
 *                    answered
 *   sent ------------------------------------> told
 *    |  ^                                       ^
 *    |  | sent again                            | saved, or withdrawn
 *    v  |              refused                  |
 *   open -------> asked again -------> withdraw-+
 */
#include "centurion/data/change.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "centurion/base/log.h"
#include "centurion/base/mem.h"
#include "centurion/data/queries.gen.h"
#include "db_private.h"

enum {
    PAUSE_FIRST_MS = 100, /* before the same is asked again in the same session; doubles */
    PAUSE_MAX_MS = 10000,
    UNREADABLE_MAX = 3, /* answers that are no answers */
};

struct change {
    struct change *next;
    struct db *db;
    change_ticket ticket;
    const struct query *query;
    char **params; /* with the UUID as their first; one block with its strings */
    char id[CHANGE_ID_MAX];
    change_reply_fn *done; /* NULL: nobody is interested */
    void *arg;
    db_ticket request; /* 0: not with the connection just now */
    loop_id pause;
    int tries, unreadable;
    bool open; /* an earlier try may have been done, or still be */
    /* Turned down while open: asked is whether it was done after all. What to say if not: */
    bool withdrawing;
    struct rowset *conflict;
    struct error refusal;
    char sqlstate[6];
};

void change_new_id(char out[CHANGE_ID_MAX])
{
    unsigned char bytes[16];
    size_t got = 0;
    while (got < sizeof bytes) {
        ssize_t more = getrandom(bytes + got, sizeof bytes - got, 0);
        if (more < 0 && errno != EINTR)
            abort(); /* no randomness, no identity */
        got += more > 0 ? (size_t)more : 0;
    }
    bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);
    for (size_t i = 0, at = 0; i < sizeof bytes; i++, at += 2) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out[at++] = '-';
        snprintf(out + at, 3, "%02x", bytes[i]);
    }
}

/* ---- The list ---- */

static struct change *find(const struct db *db, change_ticket ticket)
{
    struct change *change = db->changes;
    while (change && change->ticket != ticket)
        change = change->next;
    return change;
}

static void add(struct change *change)
{
    struct change **end = &change->db->changes;
    while (*end)
        end = &(*end)->next;
    *end = change;
}

static void take_out(struct change *change)
{
    struct change **at = &change->db->changes;
    while (*at != change)
        at = &(*at)->next;
    *at = change->next;
}

static void free_change(struct change *change)
{
    db_cancel(change->db, change->request, false);
    loop_cancel(change->db->loop, change->pause);
    rowset_free(change->conflict);
    free(change->params);
    free(change);
}

void db_free_changes(struct db *db)
{
    struct change *change;
    while ((change = db->changes)) {
        db->changes = change->next;
        free_change(change);
    }
}

int data_changes_open(const struct db *db)
{
    int count = 0;
    for (const struct change *change = db->changes; change; change = change->next)
        count++;
    return count;
}

/* ---- Telling ---- */

static void tell(struct change *change, struct change_reply *reply)
{
    reply->id = change->id;
    take_out(change);
    if (change->done)
        change->done(change->arg, reply);
    free_change(change);
}

/* The outcome in words is the database's. */
static bool row_is(const struct rowset *rows, int row, const char *outcome)
{
    return strcmp(rowset_text(rows, row, CHANGE_COLUMN_OUTCOME), outcome) == 0;
}

static const char *cell(const struct rowset *rows, int row, int column)
{
    return rowset_null(rows, row, column) ? NULL : rowset_text(rows, row, column);
}

static void tell_rows(struct change *change, enum change_outcome outcome, const struct rowset *rows)
{
    struct error none = {0};
    struct change_reply reply = {.outcome = outcome, .rows = rows, .error = &none, .sqlstate = ""};
    int shown = 0, count = rowset_count(rows);
    for (int row = 0; row < count; row++)
        reply.repeated |= row_is(rows, row, "repeated");
    while (outcome == CHANGE_CONFLICT && !row_is(rows, shown, "conflict"))
        shown++;
    if (count) {
        reply.key = cell(rows, shown, CHANGE_COLUMN_KEY);
        reply.version = cell(rows, shown, CHANGE_COLUMN_VERSION);
        reply.record = cell(rows, shown, CHANGE_COLUMN_RECORD);
        reply.audit = (int)rowset_int(rows, shown, CHANGE_COLUMN_AUDIT);
    }
    tell(change, &reply);
}

static void tell_error(struct change *change, enum change_outcome outcome, const struct error *error,
                       const char *sqlstate)
{
    struct change_reply reply = {.outcome = outcome, .error = error, .sqlstate = sqlstate};
    struct error unknown = *error;
    if (outcome == CHANGE_UNKNOWN) {
        log_line(LOG_ERROR, "%s %s: outcome unknown: %s", change->query->name, change->id, error->text);
        error_within(&unknown, "Whether this was saved is not known");
        error_hint(&unknown, "When the connection is back, look, or send it again: it is not saved twice.");
        reply.error = &unknown;
    }
    tell(change, &reply);
}

/* ---- Asking ---- */

static db_reply_fn answered;

static void send(struct change *change)
{
    struct db *db = change->db;
    const struct query *query = change->withdrawing ? &QUERY_REQUEST_WITHDRAW : change->query;
    change->tries++;
    change->request = db_send(db, query, (const char *const *)change->params, answered, change);
}

static void send_later(void *arg)
{
    struct change *change = arg;
    change->pause = 0;
    send(change);
}

/* Not at once for ever: a change that the server cannot take, or that takes the server down, must not keep it busy. */
static void send_again(struct change *change)
{
    int doublings = change->tries - 3, pause = PAUSE_MAX_MS;
    if (doublings < 0) {
        send(change);
        return;
    }
    if (doublings < 7)
        pause = PAUSE_FIRST_MS << doublings;
    change->pause = loop_after(change->db->loop, pause, send_later, change);
}

/* Errors that say nothing about the change itself, so that the next try may fare better. */
static bool passes(const char *sqlstate)
{
    static const char *const passing[] = {"08", "25006", "40", "53", "55P03", "57", "58", "XX"};
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++)
        if (strncmp(sqlstate, passing[i], strlen(passing[i])) == 0)
            return true;
    return false;
}

/* It was turned down, but an earlier try may have been done, or still lie somewhere on its way to be done later. */
static void withdraw(struct change *change)
{
    change->withdrawing = true;
    send_again(change);
}

/* No session, and none that comes by itself. */
static bool is_over(const struct db *db)
{
    return !db->open || db->state == DB_REFUSED;
}

static void take_failure(struct change *change, const struct reply *reply)
{
    const struct error *error = reply->error;
    change->open |= reply->open;
    if (!change->open)
        tell_error(change, CHANGE_REFUSED, error, reply->sqlstate);
    else if (is_over(change->db))
        tell_error(change, CHANGE_UNKNOWN, error, reply->sqlstate);
    else if (reply->open && error->status != STATUS_NO_CONNECTION && ++change->unreadable == UNREADABLE_MAX)
        tell_error(change, CHANGE_UNKNOWN, error, reply->sqlstate);
    else if (!*reply->sqlstate || passes(reply->sqlstate))
        send_again(change);
    else if (change->withdrawing)
        tell_error(change, CHANGE_UNKNOWN, error, reply->sqlstate);
    else {
        change->refusal = *error;
        memcpy(change->sqlstate, reply->sqlstate, sizeof change->sqlstate);
        withdraw(change);
    }
}

/* How many rows have this outcome. */
static int count_rows(const struct rowset *rows, const char *outcome)
{
    int found = 0, count = rowset_count(rows);
    for (int row = 0; row < count; row++)
        found += row_is(rows, row, outcome);
    return found;
}

static void answered(void *arg, const struct reply *reply)
{
    struct change *change = arg;
    const struct rowset *rows = reply->rows;
    change->request = 0;
    if (reply->status != STATUS_OK) {
        take_failure(change, reply);
        return;
    }
    int count = rowset_count(rows), refused = count_rows(rows, "refused");
    int conflicts = count_rows(rows, "conflict") + refused;
    if (change->withdrawing && count_rows(rows, "withdrawn")) {
        if (change->conflict)
            tell_rows(change, count_rows(change->conflict, "refused") ? CHANGE_PARTLY : CHANGE_CONFLICT,
                      change->conflict);
        else
            tell_error(change, CHANGE_REFUSED, &change->refusal, change->sqlstate);
    } else if (conflicts + count_rows(rows, "saved") + count_rows(rows, "repeated") < count) {
        struct error error;
        error_set(&error, STATUS_FAILED, "%s answered what this program does not know.", change->query->name);
        tell_error(change, CHANGE_UNKNOWN, &error, "");
    } else if (change->open && conflicts && conflicts == count) {
        change->conflict = rowset_keep(rows);
        withdraw(change);
    } else {
        tell_rows(change, refused ? CHANGE_PARTLY : conflicts ? CHANGE_CONFLICT : CHANGE_SAVED, rows);
    }
}

static void refuse_read_only(void *arg)
{
    struct change *change = arg;
    struct error error;
    change->pause = 0;
    error_set(&error, STATUS_DENIED, "This session is read-only.");
    error_hint(&error, "Nothing was changed.");
    tell_error(change, change->open ? CHANGE_UNKNOWN : CHANGE_REFUSED, &error, "25006");
}

static bool is_change(const struct query *query)
{
    return query->write && query->param_count > 0 && query->params[0].type == TYPE_UUID &&
           query->column_count == CHANGE_COLUMNS;
}

static struct change *start(struct db *db, const struct query *query, const char *const *params, const char *id,
                            bool open, change_reply_fn *done, void *arg)
{
    if (!is_change(query))
        abort(); /* a fault of the program, like a column that is not there */
    struct change *change = mem_alloc(sizeof *change);
    change->db = db;
    change->ticket = ++db->last_change;
    change->query = query;
    change->done = done;
    change->arg = arg;
    change->open = open;
    if (id)
        snprintf(change->id, sizeof change->id, "%s", id);
    else
        change_new_id(change->id);
    const char **all = mem_array((size_t)query->param_count, sizeof *all);
    all[0] = change->id;
    for (int i = 1; i < query->param_count; i++)
        all[i] = params[i - 1];
    change->params = db_copy_params(all, query->param_count);
    free(all);
    add(change);
    if (db->read_only)
        change->pause = loop_defer(db->loop, refuse_read_only, change);
    else
        send(change);
    return change;
}

change_ticket data_change(struct db *db, const struct query *query, const char *const *params, const char *id,
                          change_reply_fn *done, void *arg)
{
    return start(db, query, params, id, false, done, arg)->ticket;
}

change_ticket data_change_again(struct db *db, const struct query *query, const char *const *params, const char *id,
                                change_reply_fn *done, void *arg)
{
    return start(db, query, params, id, true, done, arg)->ticket;
}

change_ticket data_change_outcome(struct db *db, const char *id, change_reply_fn *done, void *arg)
{
    struct change *change = start(db, &QUERY_REQUEST_WITHDRAW, NULL, id, true, done, arg);
    change->withdrawing = true;
    error_set(&change->refusal, STATUS_FAILED, "It was not saved.");
    return change->ticket;
}

void data_change_cancel(struct db *db, change_ticket ticket)
{
    struct change *change = ticket ? find(db, ticket) : NULL;
    if (change)
        change->done = NULL;
}

enum change_state data_change_state(const struct db *db, change_ticket ticket)
{
    const struct change *change = ticket ? find(db, ticket) : NULL;
    if (!change)
        return CHANGE_ENDED;
    if (change->request && requests_find(&db->sent, change->request))
        return change->open ? CHANGE_ASKING : CHANGE_SENDING;
    /* The link may have broken in this very turn. */
    const struct request *ended = change->request ? requests_find(&db->ended, change->request) : NULL;
    return change->open || (ended && ended->open) ? CHANGE_OPEN : CHANGE_WAITING;
}

/* ---- For verbs ---- */

struct outcome {
    bool told;
    enum change_outcome outcome;
    struct error error;
    struct rowset *rows;
};

static void note_outcome(void *arg, const struct change_reply *reply)
{
    struct outcome *outcome = arg;
    outcome->told = true;
    outcome->outcome = reply->outcome;
    outcome->error = *reply->error;
    outcome->rows = rowset_keep(reply->rows);
    if (reply->outcome == CHANGE_PARTLY) {
        error_set(&outcome->error, STATUS_FAILED, "Not all of it was saved.");
    } else if (reply->outcome == CHANGE_CONFLICT) {
        error_set(&outcome->error, STATUS_FAILED, "Somebody else changed it meanwhile.");
        error_hint(&outcome->error, "Nothing was changed. Look at it as it is now, and try again.");
    }
}

/* Nothing was sent, and nobody is there to wait for a session. */
static bool is_hopeless(const struct change *change)
{
    const struct db *db = change->db;
    return (db->state == DB_PASSWORD || db->state == DB_LOST) && !change->open &&
           requests_find(&db->waiting, change->request);
}

enum status data_change_run(struct db *db, const struct query *query, const char *const *params, struct rowset **rows,
                            struct error *error)
{
    struct outcome outcome = {0};
    change_ticket ticket = data_change(db, query, params, NULL, note_outcome, &outcome);
    while (!outcome.told) {
        struct change *change = find(db, ticket);
        if (is_hopeless(change)) {
            outcome.error = db->error;
            take_out(change);
            free_change(change);
            break;
        }
        if (!loop_turn(db->loop, -1) && !outcome.told) {
            bool waiting = data_change_state(db, ticket) == CHANGE_WAITING;
            error_set(&outcome.error, STATUS_FAILED, "Stopped on request.");
            error_hint(&outcome.error, "%s",
                       waiting ? "Nothing was changed."
                               : "Whether it was saved is not known: look before trying again.");
            take_out(change);
            free_change(change);
            break;
        }
    }
    if (rows)
        *rows = outcome.rows;
    else
        rowset_free(outcome.rows);
    if (error)
        *error = outcome.error;
    return outcome.error.status;
}
