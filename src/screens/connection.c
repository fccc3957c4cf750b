/* From a connection to a signed-in person, and back to one when the link was lost. */
#include <stdio.h>
#include <string.h>

#include "app_private.h"
#include "centurion/base/date.h"
#include "centurion/base/str.h"
#include "centurion/data/migrate.h"
#include "centurion/data/queries.gen.h"
#include "centurion/jobs/drafts.h"

enum { TICK_MS = 1000 };

bool app_troubled(const struct app *app)
{
    return app->begun && db_state(app->db) != DB_READY && db_state(app->db) != DB_IDLE;
}

/* How the connection comes about has changed: what tells of it is made anew. */
void app_progress(struct app *app)
{
    if (app->screen && app->screen->ops == &connect_screen)
        app_reflow(app);
    loop_dirty(app->loop);
}

static void tick(void *arg)
{
    struct app *app = arg;
    app->ticker = 0;
    app_progress(app);
}

/* Keeps ages and countdowns true while something is awaited; an idle program has no ticker. */
void app_tick_soon(struct app *app)
{
    if (app->ticker || !app->begun)
        return;
    int64_t since = db_waiting_since(app->db);
    bool fresh = since && loop_now(app->loop) - since < PATIENCE_MS;
    if (fresh)
        app->ticker = loop_after(app->loop, PATIENCE_MS, tick, app);
    else if (since || app_troubled(app))
        app->ticker = loop_after(app->loop, TICK_MS, tick, app);
}

/* The session cannot be used: says why on the screen of the connection. */
static void refuse(struct app *app)
{
    app->signed_in = false;
    app_close_screen(app);
    app->screen = connect_screen.open(app, NULL);
    app_reflow(app);
}

static bool know_person(struct app *app, const char *role)
{
    static const struct {
        const char *name;
        enum person person;
    } people[] = {{"ADMIN", PERSON_ADMIN}, {"COACH", PERSON_COACH}, {"CLIENT", PERSON_CLIENT}};
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        if (str_equal(people[i].name, role)) {
            app->session.person = people[i].person;
            return true;
        }
    return false;
}

static enum status check_version(struct app *app, int version)
{
    struct error *error = &app->refusal;
    if (version == migrate_latest())
        return STATUS_OK;
    if (version > migrate_latest()) {
        error_set(error, STATUS_FAILED,
                  "The database %s is newer than this program: it has schema %d, this program knows %d.",
                  db_where(app->db), version, migrate_latest());
        error_hint(error, "Install the newer Centurion, then start again.");
    } else {
        error_set(error, STATUS_FAILED, "The database %s has schema %d; this program needs %d.", db_where(app->db),
                  version, migrate_latest());
        error_hint(error, "Its owner brings it up to date with: centurion db migrate");
    }
    return error->status;
}

static void on_maintenance(void *arg, const struct reply *reply)
{
    struct app *app = arg;
    bool before = *app->maintenance;
    app->maintained = 0;
    if (reply->status != STATUS_OK)
        return;
    app->maintenance[0] = '\0';
    if (rowset_count(reply->rows))
        snprintf(app->maintenance, sizeof app->maintenance,
                 "The database is being maintained, nothing can be changed: %s",
                 rowset_text(reply->rows, 0, SESSION_MAINTENANCE_REASON));
    else if (before) /* it may be another one now */
        app_refresh(app);
    loop_dirty(app->loop);
}

static void ask_maintenance(struct app *app)
{
    if (!app->maintained)
        app->maintained = db_send(app->db, &QUERY_SESSION_MAINTENANCE, NULL, on_maintenance, app);
}

static void signed_in(struct app *app, const struct rowset *rows)
{
    struct session *session = &app->session;
    struct error *error = &app->refusal;
    error_clear(error);
    if (!rowset_count(rows)) {
        error_set(error, STATUS_DENIED, "The login \"%s\" stands for no person in %s.", db_user(app->db),
                  db_where(app->db));
        error_hint(
            error,
            "The database's owner maps it, in psql: INSERT INTO centurion.logins VALUES ('%s', PERSON, 'COACH', true)",
            db_user(app->db));
        refuse(app);
        return;
    }
    if (check_version(app, (int)rowset_int(rows, 0, SESSION_WHOAMI_SCHEMA_VERSION)) != STATUS_OK) {
        refuse(app);
        return;
    }
    struct session before = *session;
    *session = (struct session){
        .user_id = (int)rowset_int(rows, 0, SESSION_WHOAMI_USER_ID),
        .today = rowset_date(rows, 0, SESSION_WHOAMI_TODAY),
        .pounds = str_equal(rowset_text(rows, 0, SESSION_WHOAMI_WEIGHT_UNIT), "lb"),
    };
    snprintf(session->name, sizeof session->name, "%s", rowset_text(rows, 0, SESSION_WHOAMI_NAME));
    snprintf(session->timezone, sizeof session->timezone, "%s", rowset_text(rows, 0, SESSION_WHOAMI_TIMEZONE));
    snprintf(session->currency, sizeof session->currency, "%s", rowset_text(rows, 0, SESSION_WHOAMI_CURRENCY));
    if (!know_person(app, rowset_text(rows, 0, SESSION_WHOAMI_ROLE))) {
        error_set(error, STATUS_DENIED, "The login \"%s\" has the role \"%s\", which this program does not know.",
                  db_user(app->db), rowset_text(rows, 0, SESSION_WHOAMI_ROLE));
        refuse(app);
        return;
    }
    ask_maintenance(app);
    if (before.user_id != session->user_id)
        undo_forget(app); /* somebody else's */
    drafts_set_owner(app->drafts, db_where(app->db), db_user(app->db));
    drafts_tell(app);
    bool again = app->screen && app->screen->ops != &connect_screen && before.user_id == session->user_id &&
                 before.person == session->person;
    app->signed_in = true;
    if (!before.user_id)
        app->pounds = session->pounds;
    if (again) { /* the link was lost and is back, or a refresh found another day: the same place, read anew */
        if (!app->refreshing || before.today != session->today) {
            app->screen->in_place = !app->refreshing;
            app->screen->ops->load(app->screen);
        }
        app->refreshing = false;
        return;
    }
    struct route landing, route;
    app_landing(app, &landing);
    app->history_count = app->history_at = 0;
    bool direct = app->options->route && route_parse(app->options->route, &route);
    app_navigate(app, direct ? &route : &landing, direct && strcmp(route.text, landing.text) != 0, false);
    if (!app->history_count) /* the address was no good; the message says so */
        app_navigate(app, &landing, 0, false);
}

static void on_whoami(void *arg, const struct reply *reply)
{
    struct app *app = arg;
    app->whoami = 0;
    if (reply->status == STATUS_OK) {
        signed_in(app, reply->rows);
    } else if (app->refreshing && reply->status == STATUS_FAILED && !*reply->sqlstate) { /* stopped: the place stays */
        app->refreshing = false;
        app_fault(app, reply->error);
    } else if (reply->status != STATUS_NO_CONNECTION) {
        app->refusal = *reply->error;
        static const char *const missing[] = {"3F000", "42P01", "42883"}; /* schema, table, function */
        for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++)
            if (str_equal(reply->sqlstate, missing[i])) {
                error_set(&app->refusal, STATUS_FAILED,
                          "The database %s was not made for Centurion yet: it has no schema \"centurion\".",
                          db_where(app->db));
                error_hint(&app->refusal, "Its owner makes it, if it is empty, with: centurion db init");
            }
        if (str_equal(reply->sqlstate, "42501")) {
            error_set(&app->refusal, STATUS_DENIED, "The login \"%s\" may not use the schema \"centurion\" in %s.",
                      db_user(app->db), db_where(app->db));
            error_hint(&app->refusal, "The database's owner lets it in, in psql: GRANT centurion_coach TO \"%s\"",
                       db_user(app->db));
        }
        refuse(app);
    }
    loop_dirty(app->loop);
}

/* A notification says only that there is something to read. */
static void on_notify(void *arg, const char *channel, const char *payload, bool own)
{
    struct app *app = arg;
    if (str_equal(channel, "centurion_maintenance") && app->signed_in)
        ask_maintenance(app);
    if (str_equal(channel, "centurion_changes") && !own) /* who made the change shows what came of it */
        app_hint(app, payload);
}

static void on_state(void *arg, enum db_state state)
{
    struct app *app = arg;
    switch (state) {
    case DB_READY:
        app->password_given = false;
        app->needs_password = db_has_password(app->db);
        if (app->overlay == OVERLAY_PASSWORD)
            overlay_close(app);
        /* READY after SILENT is the same session; after anything else it is a new one. */
        if (!app->whoami && !app->session_known) {
            app->session_known = true;
            app->refreshing = false;
            app->whoami = db_send(app->db, &QUERY_SESSION_WHOAMI, NULL, on_whoami, app);
        }
        break;
    case DB_PASSWORD:
        app->session_known = false;
        if (app->overlay != OVERLAY_PASSWORD)
            overlay_open(app, OVERLAY_PASSWORD);
        if (app->password_given)
            prompt_set_error(app->prompt, "the one before was not accepted");
        break;
    case DB_SILENT:
        break;
    default:
        app->session_known = false;
        db_cancel(app->db, app->whoami, false);
        db_cancel(app->db, app->maintained, false);
        app->whoami = app->maintained = 0;
        drafts_flush(app->drafts); /* who knows what ends next */
        break;
    }
    app_progress(app);
}

void app_connect(struct app *app)
{
    db_on_state(app->db, on_state, app);
    db_on_notify(app->db, on_notify, app);
    db_listen(app->db, "centurion_maintenance");
    db_listen(app->db, "centurion_changes");
    db_open(app->db);
}

void app_retry(struct app *app)
{
    if (app->starter.failed)
        starter_start(app);
    else if (db_state(app->db) == DB_LOST || db_state(app->db) == DB_REFUSED)
        db_retry(app->db);
    else if (app->refusal.status != STATUS_OK && db_state(app->db) == DB_READY && !app->whoami)
        app->whoami = db_send(app->db, &QUERY_SESSION_WHOAMI, NULL, on_whoami, app);
}

/* Reads the place anew, and beside it the session: the day may have changed since. */
void app_refresh(struct app *app)
{
    app_retry(app);
    if (!app->signed_in || !app->screen)
        return;
    app->stale = app->screen->in_place = false;
    app->screen->ops->load(app->screen);
    if (!app->whoami && app->session_known) {
        app->refreshing = true;
        app->whoami = db_send(app->db, &QUERY_SESSION_WHOAMI, NULL, on_whoami, app);
    }
}

/* What the link is doing, in a few words, where it is not simply live. */
void app_connection_words(const struct app *app, struct line *line)
{
    int64_t now = loop_now(app->loop), since = db_waiting_since(app->db);
    int64_t waited = since ? (now - since) / 1000 : 0, due = (db_retry_at(app->db) - now + 999) / 1000;
    switch (db_state(app->db)) {
    case DB_READY:
        if (since && now - since >= PATIENCE_MS)
            line_add(line, ROLE_WARN, waited ? "waiting %lld s" : "waiting", (long long)waited);
        else
            line_add(line, ROLE_GOOD, "live");
        break;
    case DB_SILENT:
        line_add(line, ROLE_BAD, "! no answer for %lld s", (long long)waited);
        break;
    case DB_LOST:
        line_add(line, ROLE_BAD, "! link lost, next try in %lld s", (long long)(due > 0 ? due : 0));
        break;
    case DB_REFUSED:
        line_add(line, ROLE_BAD, "! refused");
        break;
    default:
        line_add(line, ROLE_WARN, app->starter.pid ? "starting" : "connecting");
        break;
    }
}
