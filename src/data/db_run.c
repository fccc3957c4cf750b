/* Waiting for answers, for verbs without a screen, and building conninfos. */
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "db_private.h"

struct outcome {
    bool done;
    enum status status;
    struct error *error;
    struct rowset *rows;
};

static void take(void *arg, const struct reply *reply)
{
    struct outcome *outcome = arg;
    outcome->done = true;
    outcome->status = reply->status;
    if (outcome->error)
        *outcome->error = *reply->error;
    outcome->rows = rowset_keep(reply->rows);
}

/* Nobody is there to type a password or to wait for a server that may come back. */
static bool hopeless(const struct db *db)
{
    return db->state == DB_PASSWORD || db->state == DB_LOST;
}

static enum status wait_for(struct db *db, db_ticket ticket, struct outcome *outcome)
{
    while (!outcome->done) {
        if (hopeless(db) && !requests_find(&db->ended, ticket)) {
            db_cancel(db, ticket, false);
            if (outcome->error)
                *outcome->error = db->error;
            return db->error.status;
        }
        if (!loop_turn(db->loop, -1) && !outcome->done) {
            db_cancel(db, ticket, true);
            return error_set(outcome->error, STATUS_FAILED, "Stopped on request.");
        }
    }
    return outcome->status;
}

enum status db_run(struct db *db, const struct query *query, const char *const *params, struct rowset **rows,
                   struct error *error)
{
    struct outcome outcome = {.error = error};
    enum status status = wait_for(db, db_send(db, query, params, take, &outcome), &outcome);
    if (rows)
        *rows = outcome.rows;
    else
        rowset_free(outcome.rows);
    return status;
}

enum status db_run_script(struct db *db, const char *name, const char *sql, struct error *error)
{
    struct outcome outcome = {.error = error};
    enum status status = wait_for(db, db_script(db, name, sql, take, &outcome), &outcome);
    rowset_free(outcome.rows);
    return status;
}

/* A server that starts, or that has no connection left just now, is worth waiting for. */
static bool worth_waiting(const struct db *db)
{
    return strcmp(db->sqlstate, "57P03") == 0 || strcmp(db->sqlstate, "53300") == 0;
}

static void nothing(void *arg)
{
    *(bool *)arg = true;
}

enum status db_wait_ready(struct db *db, int timeout_ms, struct error *error)
{
    bool over = false, turning = true;
    loop_id timer = loop_after(db->loop, timeout_ms, nothing, &over);
    enum status status = STATUS_OK;
    if (db->state == DB_IDLE)
        db_open(db);
    while (db->state != DB_READY) {
        bool final =
            db->state == DB_REFUSED || db->state == DB_PASSWORD || (db->state == DB_LOST && !worth_waiting(db));
        if (!final && !over && turning) {
            turning = loop_turn(db->loop, -1);
            continue;
        }
        if (db->error.status != STATUS_OK) {
            status = db->error.status;
            if (error)
                *error = db->error;
        } else {
            status = error_set(error, STATUS_NO_CONNECTION, "The server at %s did not answer within %d s.",
                               db->place ? db->place : "?", timeout_ms / 1000);
        }
        break;
    }
    loop_cancel(db->loop, timer);
    return status;
}

/* ---- Conninfo ---- */

static void add_setting(struct str *out, const char *keyword, const char *value)
{
    str_addf(out, "%s%s='", out->length ? " " : "", keyword);
    for (; *value; value++) {
        if (*value == '\'' || *value == '\\')
            str_add_char(out, '\\');
        str_add_char(out, *value);
    }
    str_add_char(out, '\'');
}

static bool overlaid(const char *const *pairs, const char *keyword)
{
    for (; *pairs; pairs += 2)
        if (strcmp(*pairs, keyword) == 0)
            return true;
    return false;
}

static PQconninfoOption *parse(const char *conninfo, struct error *error)
{
    char *why = NULL;
    PQconninfoOption *options = PQconninfoParse(conninfo, &why);
    if (!options) {
        struct str text = {0};
        db_clean_text(&text, why ? why : "out of memory", why ? strlen(why) : 13);
        error_set(error, STATUS_USAGE, "The connection settings are no good: %s.", str_text(&text));
        error_hint(error, "Settings are keyword=value pairs, a postgresql:// address, or a database's name.");
        str_fini(&text);
    }
    PQfreemem(why);
    return options;
}

char *db_conninfo_with(const char *base, const char *const *pairs, struct error *error)
{
    struct str out = {0};
    base = base ? base : "";
    bool name =
        *base && !strchr(base, '=') && strncmp(base, "postgres://", 11) != 0 && strncmp(base, "postgresql://", 13) != 0;
    PQconninfoOption *options = parse(name ? "" : base, error);
    if (!options)
        return NULL;
    if (name && !overlaid(pairs, "dbname"))
        add_setting(&out, "dbname", base);
    for (const PQconninfoOption *each = options; each->keyword; each++)
        if (each->val && !overlaid(pairs, each->keyword))
            add_setting(&out, each->keyword, each->val);
    PQconninfoFree(options);
    for (const char *const *each = pairs; *each; each += 2)
        if (each[1])
            add_setting(&out, each[0], each[1]);
    options = parse(str_text(&out), error);
    PQconninfoFree(options);
    if (options)
        return str_steal(&out);
    str_fini(&out);
    return NULL;
}
