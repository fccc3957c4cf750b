/* What lies over a screen: help, messages, palette, and the prompts at the foot. One at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_private.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/ui/help.h"
#include "centurion/ui/theme.h"
#include "centurion/ui/window.h"

/* What a palette entry stands for: a kind in the high half, a number in the low one. */
enum choice {
    CHOICE_ACTION = 1,
    CHOICE_SCREEN,
    CHOICE_THEME,
    CHOICE_MEMBER,
    CHOICE_COHORT,
    CHOICE_AS,
    CHOICE_ROUTE,
    CHOICE_GREP
};
enum { THEMES_MAX = 32, FOUND_MAX = 8 };

static int64_t choice(enum choice kind, int64_t number)
{
    return (int64_t)kind << 32 | number;
}

static bool screen_open_to(const struct app *app, const struct screen_ops *ops)
{
    return app->signed_in && (ops->people & app->session.person) && ops->palette;
}

struct theme_names {
    struct app *app;
    int64_t wanted, at; /* wanted -1: add each to the palette; else load that one */
    bool found;
};

static void each_theme(void *arg, const char *name, const char *description)
{
    struct theme_names *themes = arg;
    if (themes->wanted < 0) {
        char *text = mem_printf("theme %s", name);
        palette_add(themes->app->palette, text, description, "", choice(CHOICE_THEME, themes->at));
        free(text);
    } else if (themes->at == themes->wanted) {
        struct styles styles;
        struct error error;
        if (theme_load(name, &styles, &error) == STATUS_OK) {
            term_set_styles(&styles);
            term_redraw_all();
        } else {
            app_fault(themes->app, &error);
        }
    }
    themes->at++;
}

static void add_commands(struct app *app)
{
    for (int i = 0; screens_all[i]; i++)
        if (screen_open_to(app, screens_all[i]))
            palette_add(app->palette, screens_all[i]->palette, screens_all[i]->title, "", choice(CHOICE_SCREEN, i));
    for (int action = 1; action < ACTION_COUNT; action++) {
        const struct action_info *info = action_info(action);
        if ((info->flags & ACTION_MOTION) || action == ACTION_PALETTE || !app_accepts(app, action))
            continue;
        struct str key = {0};
        keymap_label(app->keymap, action, false, &key);
        palette_add(app->palette, info->name, info->help, str_text(&key), choice(CHOICE_ACTION, action));
        str_fini(&key);
    }
    struct theme_names themes = {app, -1, 0, false};
    theme_list(each_theme, &themes);
}

/* The name behind "as ", with which administrators look at the queue of another coach; else NULL. */
static const char *as_coach(const struct app *app, const char *text)
{
    bool as = app->session.person == PERSON_ADMIN && !strncmp(text, "as ", 3);
    return as ? text + 3 : NULL;
}

/* What the notes are to be searched for, behind "grep "; else NULL. */
static const char *grep_words(const struct app *app, const char *text)
{
    return screen_open_to(app, &notes_screen) && !strncmp(text, "grep ", 5) ? text + 5 : NULL;
}

/* Of the people found, those who have a queue: the remark begins with what they are. */
static void add_coach(struct app *app, const struct rowset *rows, int row)
{
    const char *remark = rowset_text(rows, row, PALETTE_FIND_REMARK);
    if (strncmp(remark, "coach, ", 7) != 0 && strncmp(remark, "admin, ", 7) != 0)
        return;
    struct str words = {0};
    str_addf(&words, "as %s", rowset_text(rows, row, PALETTE_FIND_NAME));
    palette_add(app->palette, str_text(&words), "queue, read-only, in the audit log", "",
                choice(CHOICE_AS, rowset_int(rows, row, PALETTE_FIND_ID)));
    str_fini(&words);
}

static void on_people(void *arg, const struct reply *reply)
{
    struct app *app = arg;
    app->people = 0;
    if (reply->status != STATUS_OK || app->overlay != OVERLAY_PALETTE)
        return;
    bool as = as_coach(app, palette_text(app->palette)) != NULL;
    for (int i = 0; i < rowset_count(reply->rows); i++) {
        if (as) {
            add_coach(app, reply->rows, i);
            continue;
        }
        bool cohort = str_equal(rowset_text(reply->rows, i, PALETTE_FIND_KIND), "cohort");
        palette_add(app->palette, rowset_text(reply->rows, i, PALETTE_FIND_NAME),
                    rowset_text(reply->rows, i, PALETTE_FIND_REMARK), "",
                    choice(cohort ? CHOICE_COHORT : CHOICE_MEMBER, rowset_int(reply->rows, i, PALETTE_FIND_ID)));
    }
    loop_dirty(app->loop);
}

/* People and cohorts come from the server, for the newest text only. */
static void on_text(void *arg, struct palette *palette, const char *text)
{
    struct app *app = arg;
    struct route route;
    palette_clear(palette);
    db_cancel(app->db, app->people, false);
    app->people = 0;
    if (grep_words(app, text)) {
        palette_add(palette, text, "searches all notes", "", choice(CHOICE_GREP, 0));
        return;
    }
    add_commands(app);
    if (strchr(text, '/') && route_parse(text, &route))
        palette_add(palette, text, "address", "", choice(CHOICE_ROUTE, 0));
    if (strlen(text) >= 2 && app->signed_in && app->session.person != PERSON_CLIENT && db_state(app->db) == DB_READY) {
        char limit[12];
        snprintf(limit, sizeof limit, "%d", FOUND_MAX);
        const char *name = as_coach(app, text);
        const char *params[] = {name ? name : text, limit};
        app->people = db_send(app->db, &QUERY_PALETTE_FIND, params, on_people, app);
    }
}

static void build_messages(void *ctx, struct doc *doc, int cols, int rows)
{
    const struct app *app = ctx;
    (void)cols;
    (void)rows;
    if (!app->message_count) {
        doc_line(doc);
        doc_text(doc, ROLE_DIM, "Nothing was said in this run.");
    }
    for (int i = app->message_count - 1; i >= 0; i--) {
        doc_line(doc);
        doc_span(doc, ROLE_DIM, "%s", app->messages[i].clock);
        doc_at(doc, 7);
        doc_wrap(doc, 7, app->messages[i].role, app->messages[i].text);
    }
}

/* Help is about the screen below, so it asks what works there, not in this window. */
static bool accepts_below(void *arg, enum action action)
{
    struct app below = *(struct app *)arg;
    below.overlay = OVERLAY_NONE;
    return app_accepts(&below, action);
}

static void build_help(void *ctx, struct doc *doc, int cols, int rows)
{
    struct app *app = ctx;
    (void)cols;
    (void)rows;
    help_build(doc, app->keymap, app->screen ? app->screen->ops->title : "", accepts_below, app);
}

void overlay_open(struct app *app, enum overlay overlay)
{
    overlay_close(app);
    app->overlay = overlay;
    switch (overlay) {
    case OVERLAY_HELP:
    case OVERLAY_MESSAGES:
        app->doc = doc_new();
        doc_on_build(app->doc, overlay == OVERLAY_HELP ? build_help : build_messages, app);
        break;
    case OVERLAY_PALETTE:
        app->palette = palette_new();
        palette_on_changed(app->palette, on_text, app);
        add_commands(app);
        break;
    case OVERLAY_PASSWORD: {
        char *label = mem_printf("Password of %s at %s", db_user(app->db), db_where(app->db));
        app->prompt = prompt_new(label, "", true);
        free(label);
        break;
    }
    case OVERLAY_SEARCH: /* lies over help, which stays */
    case OVERLAY_ASK:    /* app_ask() makes its prompt */
    case OVERLAY_NONE:
        break;
    }
    app_reflow(app);
}

void overlay_close(struct app *app)
{
    doc_free(app->doc);
    palette_free(app->palette);
    prompt_free(app->prompt);
    app->doc = NULL;
    app->palette = NULL;
    app->prompt = NULL;
    app->overlay = OVERLAY_NONE;
    db_cancel(app->db, app->people, false);
    app->people = 0;
    loop_dirty(app->loop);
}

struct widget *overlay_widget(const struct app *app)
{
    return app->doc && !app->prompt ? doc_widget(app->doc)
           : app->palette           ? palette_widget(app->palette)
           : app->prompt            ? prompt_widget(app->prompt)
                                    : NULL;
}

static void open_grep(struct app *app, const char *words)
{
    char part[ROUTE_PART];
    words += strspn(words, " ");
    if (!*words)
        app_open(app, "notes");
    else if (route_escape(words, part))
        app_open(app, "notes/grep/%s", part);
    else
        app_say(app, ROLE_WARN, "That is too much to search for: at most %d characters.", ROUTE_PART - 1);
}

void app_grep(struct app *app)
{
    overlay_open(app, OVERLAY_PALETTE);
    widget_paste(palette_widget(app->palette), "grep ");
}

static void choose(struct app *app, int64_t value, const char *text)
{
    int64_t number = value & 0xffffffff;
    switch ((enum choice)(value >> 32)) {
    case CHOICE_ACTION:
        app_act(app, (enum action)number, 0);
        break;
    case CHOICE_SCREEN:
        app_open(app, "%s", screens_all[number]->id);
        break;
    case CHOICE_THEME: {
        struct theme_names themes = {app, number, 0, false};
        theme_list(each_theme, &themes);
        break;
    }
    case CHOICE_MEMBER:
        app_set_records(app, NULL, 0, 0);
        app_open(app, "member/%lld", (long long)number);
        break;
    case CHOICE_COHORT:
        app_open(app, "cohorts/%lld", (long long)number);
        break;
    case CHOICE_AS:
        app_open(app, "as/%lld", (long long)number);
        break;
    case CHOICE_ROUTE:
        app_open(app, "%s", text);
        break;
    case CHOICE_GREP:
        open_grep(app, grep_words(app, text));
        break;
    }
}

/* Enter was pressed in the palette or a prompt. */
unsigned overlay_accept(struct app *app)
{
    switch (app->overlay) {
    case OVERLAY_PALETTE: {
        int64_t value;
        char text[ROUTE_TEXT];
        snprintf(text, sizeof text, "%s", palette_text(app->palette));
        bool chosen = palette_chosen(app->palette, &value);
        overlay_close(app);
        if (chosen)
            choose(app, value, text);
        else
            app_say(app, ROLE_WARN, "Nothing is called \"%s\".", text);
        return REFLOW;
    }
    case OVERLAY_PASSWORD:
        app->password_given = true;
        db_password(app->db, prompt_text(app->prompt));
        overlay_close(app); /* wipes what was typed */
        return REFLOW;
    case OVERLAY_SEARCH:
        snprintf(app->search, sizeof app->search, "%s", prompt_text(app->prompt));
        prompt_free(app->prompt);
        app->prompt = NULL;
        app->overlay = OVERLAY_HELP;
        app_act(app, ACTION_SEARCH_NEXT, 0);
        return REFLOW;
    case OVERLAY_ASK: {
        char *text = mem_strdup(prompt_text(app->prompt));
        app->ask_refused = false;
        if (app->screen && app->screen->ops->answer)
            app->screen->ops->answer(app->screen, text);
        free(text);
        if (!app->ask_refused)
            overlay_close(app);
        return REFLOW;
    }
    default:
        return TAKEN;
    }
}

void app_ask(struct app *app, const char *label, const char *text)
{
    overlay_open(app, OVERLAY_ASK);
    app->prompt = prompt_new(label, text, false);
    app_reflow(app);
}

void app_ask_error(struct app *app, const char *words)
{
    app->ask_refused = true;
    prompt_set_error(app->prompt, words);
}

void overlay_paint(const struct app *app, const struct surface *surface)
{
    if (app->doc) {
        struct surface inside =
            window_open(surface, surface->rows, surface->cols, app->overlay == OVERLAY_MESSAGES ? "Messages" : "Help");
        widget_paint(doc_widget(app->doc), &inside);
    }
    if (app->palette)
        widget_paint(palette_widget(app->palette), surface);
}
