#include "centurion/screens/app.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_private.h"
#include "centurion/base/log.h"
#include "centurion/base/mem.h"
#include "centurion/jobs/drafts.h"
#include "centurion/ui/theme.h"

struct db *app_db(struct app *app)
{
    return app->db;
}

struct loop *app_loop(struct app *app)
{
    return app->loop;
}

const struct session *app_session(const struct app *app)
{
    return &app->session;
}

const struct app_options *app_options(const struct app *app)
{
    return app->options;
}

void app_loaded(struct app *app, struct screen *screen)
{
    screen->loaded_at = loop_now(app->loop);
    app_clock(app, screen->loaded_clock);
    screen->in_place = false;
}

void app_say(struct app *app, enum role role, const char *format, ...)
{
    if (app->message_count == MESSAGES_MAX) {
        memmove(app->messages, app->messages + 1, sizeof app->messages - sizeof app->messages[0]);
        app->message_count--;
    }
    struct message *message = &app->messages[app->message_count++];
    message->role = role;
    app_clock(app, message->clock);
    va_list args;
    va_start(args, format);
    vsnprintf(message->text, sizeof message->text, format, args);
    va_end(args);
    app->message_shown = true;
    if (app->overlay == OVERLAY_MESSAGES)
        doc_rebuild(app->doc);
    loop_dirty(app->loop);
}

void app_fault(struct app *app, const struct error *error)
{
    app_say(app, ROLE_ERROR, "%s%s%s", error->text, *error->hint ? " " : "", error->hint);
}

void app_set_records(struct app *app, const int64_t *ids, int count, int64_t current)
{
    free(app->records);
    app->records = count ? mem_array((size_t)count, sizeof *ids) : NULL;
    app->record_count = count;
    app->record_at = -1;
    for (int i = 0; i < count; i++) {
        app->records[i] = ids[i];
        if (ids[i] == current)
            app->record_at = i;
    }
}

bool app_step_record(struct app *app, int step, int64_t *id)
{
    int at = app->record_at + step;
    if (app->record_at < 0 || at < 0 || at >= app->record_count)
        return false;
    app->record_at = at;
    *id = app->records[at];
    return true;
}

void app_keep_state(struct app *app, const char *name, const char *text)
{
    int at = 0;
    while (at < app->kept_count && strcmp(app->kept[at].name, name) != 0)
        at++;
    if (at == app->kept_count) {
        app->kept = mem_resize(app->kept, (size_t)at + 1, sizeof *app->kept);
        app->kept[app->kept_count++] = (struct kept_state){.name = mem_strdup(name)};
    }
    free(app->kept[at].text);
    app->kept[at].text = mem_strdup(text);
}

const char *app_kept_state(const struct app *app, const char *name)
{
    for (int i = 0; i < app->kept_count; i++)
        if (strcmp(app->kept[i].name, name) == 0)
            return app->kept[i].text;
    return NULL;
}

double app_weight(const struct app *app, double stored)
{
    const double kg_per_lb = 0.45359237; /* the international pound, exact */
    if (app->pounds == app->session.pounds)
        return stored;
    return app->pounds ? stored / kg_per_lb : stored * kg_per_lb;
}

const char *app_weight_unit(const struct app *app)
{
    return app->pounds ? "lb" : "kg";
}

struct app *app_new(struct loop *loop, const struct app_options *options, struct error *error)
{
    struct styles styles;
    if (theme_load(options->theme, &styles, error) != STATUS_OK)
        return NULL;
    struct app *app = mem_alloc(sizeof *app);
    app->options = options;
    app->loop = loop;
    app->last_at = -1;
    app->record_at = -1;
    app->starter.fd = -1;
    app->keymap = keymap_new();
    if (keymap_bind_all(app->keymap, options->keys, options->key_count, error) != STATUS_OK)
        goto fail;
    app->db = db_new(loop, options->conninfo, "centurion");
    db_set_read_only(app->db, options->read_only);
    app->styles = styles;
    drafts_begin(app);
    return app;
fail:
    keymap_free(app->keymap);
    free(app);
    return NULL;
}

void app_begin(struct app *app)
{
    term_set_styles(&app->styles);
    loop_on_frame(app->loop, app_frame, app);
    app->screen = connect_screen.open(app, NULL);
    app_reflow(app);
    app_frame(app); /* before anything that takes time */
    app->begun = true;
    lock_touched(app);
    if (app->options->starter)
        starter_start(app);
    else
        app_connect(app);
    app_changed(app, REFLOW);
}

bool app_settled(const struct app *app)
{
    const struct screen *screen = app->screen;
    enum db_state state = db_state(app->db);
    bool known = state == DB_READY || state == DB_PASSWORD || state == DB_LOST || state == DB_REFUSED;
    return known && !app->navigating && !app->whoami && !db_waiting_since(app->db) && !app->starter.pid &&
           !app_lent(app) && !(screen && screen->ops->restless && screen->ops->restless(screen));
}

void app_free(struct app *app)
{
    if (!app)
        return;
    overlay_close(app);
    lock_end(app);
    lend_end(app);
    app_close_screen(app);
    drafts_free(app->drafts);
    db_cancel(app->db, app->previewing, false);
    starter_stop(app);
    loop_cancel(app->loop, app->navigating);
    loop_cancel(app->loop, app->ticker);
    loop_cancel(app->loop, app->freshen);
    loop_on_frame(app->loop, NULL, NULL);
    db_free(app->db);
    app_end_changes(app);
    keymap_free(app->keymap);
    for (int i = 0; i < app->kept_count; i++) {
        free(app->kept[i].name);
        free(app->kept[i].text);
    }
    free(app->kept);
    free(app->records);
    free(app->copied);
    free(app);
}

static void on_signal(void *arg, int signal_number)
{
    struct app *app = arg;
    if (signal_number == SIGINT && app_lent(app)) /* Ctrl-C is for whoever has the terminal */
        return;
    /* As a shell reports a program that a signal ended. A hang-up is a normal way to leave. */
    app->exit_code = signal_number == SIGHUP ? 0 : 128 + signal_number;
    app_leave(app, false);
}

int app_run(const struct app_options *options)
{
    struct error error = {0};
    struct loop *loop = loop_new();
    struct app *app = app_new(loop, options, &error);
    int code;
    if (app && term_start(loop, &options->term, app_input, app, &error) == STATUS_OK) {
        mem_on_exhausted(term_stop);
        loop_on_signal(loop, SIGTERM, on_signal, app);
        loop_on_signal(loop, SIGHUP, on_signal, app);
        loop_on_signal(loop, SIGINT, on_signal, app);
        app_begin(app);
        code = loop_run(loop);
        term_stop(); /* what is still to be said goes to the terminal as it was */
        app_free(app);
        mem_on_exhausted(NULL);
    } else {
        app_free(app);
        fprintf(stderr, "centurion: %s\n", error.text);
        if (*error.hint)
            fprintf(stderr, "%s\n", error.hint);
        code = (int)error.status;
    }
    loop_free(loop);
    return code;
}
