/* The screen before anybody is signed in: what is going on, what went wrong, and the command that mends it. */
#include <stdlib.h>

#include "app_private.h"
#include "centurion/base/mem.h"

struct connect {
    struct screen screen;
    struct layout layout;
    struct doc *doc;
};

static void step(struct doc *doc, bool done, bool now, const char *words)
{
    doc_line(doc);
    doc_text(doc,
             done  ? ROLE_GOOD
             : now ? ROLE_ACCENT
                   : ROLE_DIM,
             done  ? glyph(GLYPH_CHECK)
             : now ? glyph(GLYPH_CURSOR)
                   : " ");
    doc_at(doc, 4);
    doc_text(doc, done ? ROLE_DIM : now ? ROLE_STRONG : ROLE_DIM, words);
}

static void trouble(struct doc *doc, const char *what, const char *hint)
{
    doc_blank(doc);
    doc_line(doc);
    doc_at(doc, 2);
    doc_wrap(doc, 2, ROLE_BAD, what);
    if (*hint) {
        doc_blank(doc);
        doc_line(doc);
        doc_at(doc, 2);
        doc_wrap(doc, 2, ROLE_TEXT, hint);
    }
}

static void build(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct app *app = ((struct connect *)ctx)->screen.app;
    enum db_state state = db_state(app->db);
    const struct error *error = db_error(app->db);
    (void)cols;
    (void)rows;
    doc_blank(doc);
    if (app->options->starter) {
        bool started = !app->starter.pid && !app->starter.failed && app->begun;
        step(doc, started, !started, "private server");
        if (!started && app->starter.last[0] && !app->starter.failed) {
            doc_line(doc);
            doc_at(doc, 4);
            doc_text(doc, ROLE_DIM, app->starter.last);
        }
        if (app->starter.failed) {
            trouble(doc, app->starter.last[0] ? app->starter.last : "The private server did not start.",
                    "F5 tries again, Q leaves.");
            return;
        }
    }
    static const char *const names[] = {"looking up the host", "connecting", "securing the connection", "signing in"};
    static const enum db_state states[] = {DB_RESOLVING, DB_CONNECTING, DB_SECURING, DB_SIGNING_IN};
    bool up = state == DB_READY || state == DB_SILENT;
    for (int i = 0; i < 4; i++) {
        bool done = up || (state >= DB_RESOLVING && state <= DB_SIGNING_IN && state > states[i]);
        if (i == 1 || i == 3 || state == states[i]) /* the two others happen over a network only */
            step(doc, done, state == states[i] || (i == 3 && state == DB_PASSWORD), names[i]);
    }
    if (*db_where(app->db)) {
        doc_blank(doc);
        doc_line(doc);
        doc_at(doc, 4);
        doc_span(doc, ROLE_DIM, "%s", db_where(app->db));
        if (*db_user(app->db))
            doc_span(doc, ROLE_DIM, " as %s", db_user(app->db));
    }
    if (state == DB_LOST || state == DB_REFUSED)
        trouble(doc, error->text, error->hint);
    else if (app->refusal.status != STATUS_OK)
        trouble(doc, app->refusal.text, app->refusal.hint);
    if (state == DB_LOST || state == DB_REFUSED || app->refusal.status != STATUS_OK) {
        doc_blank(doc);
        doc_line(doc);
        doc_at(doc, 2);
        doc_text(doc, ROLE_KEY, "F5");
        doc_text(doc, ROLE_DIM, " tries again   ");
        doc_text(doc, ROLE_KEY, "Q");
        doc_text(doc, ROLE_DIM, " leaves");
    }
}

static struct screen *open_connect(struct app *app, const struct route *route)
{
    (void)route;
    struct connect *self = mem_alloc(sizeof *self);
    self->doc = doc_new();
    doc_on_build(self->doc, build, self);
    self->layout = (struct layout){.kind = LAYOUT_PANE, .widget = doc_widget(self->doc)};
    self->screen = (struct screen){.ops = &connect_screen, .app = app, .layout = &self->layout};
    return &self->screen;
}

static void close_connect(struct screen *screen)
{
    struct connect *self = (struct connect *)screen;
    doc_free(self->doc);
    free(self);
}

static void load(struct screen *screen)
{
    app_retry(screen->app);
}

static void reflow(struct screen *screen, int rows, int cols)
{
    (void)rows;
    (void)cols;
    doc_rebuild(((struct connect *)screen)->doc);
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    (void)right;
    line_add(left, ROLE_STRONG, "Connecting");
    if (screen->app->options->place)
        line_add(left, ROLE_DIM, " %s %s", glyph(GLYPH_CRUMB), screen->app->options->place);
}

static const enum action hints[] = {ACTION_REFRESH, ACTION_HELP, ACTION_QUIT};

const struct screen_ops connect_screen = {
    .id = "connect",
    .title = "connecting",
    .people = PERSON_ANY,
    .open = open_connect,
    .close = close_connect,
    .load = load,
    .reflow = reflow,
    .crumbs = crumbs,
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
