/* The idle lock: when nobody has touched a key for a while, or by hand, nothing of the data is on the screen until whoever sits there shows
 * who it is. The session goes on below, with all that was typed. The password is the one that the login has given; of a login that
 * signs in without one the program knows nothing to ask for, and says so. */
#include <stdio.h>
#include <string.h>

#include "app_private.h"
#include "centurion/jobs/drafts.h"
#include "centurion/term/term.h"

enum { PROMPT_COLS = 60, MS = 1000 };

static bool can_lock(const struct app *app)
{
    return app->signed_in && !app->locked && !app_lent(app);
}

static void new_prompt(struct app *app, const char *error)
{
    prompt_free(app->lock_prompt);
    app->lock_prompt = prompt_new("Password", "", true);
    prompt_set_error(app->lock_prompt, error);
    lock_reflow(app);
}

static void arm(struct app *app, int64_t ms);

static void on_time(void *arg)
{
    struct app *app = arg;
    int64_t rest = app->touched_at + (int64_t)app->options->lock_seconds * MS - loop_now(app->loop);
    app->locking = 0;
    if (rest > 0 || !can_lock(app)) {
        arm(app, rest > 0 ? rest : (int64_t)app->options->lock_seconds * MS);
        return;
    }
    lock_now(app);
}

static void arm(struct app *app, int64_t ms)
{
    if (app->options->lock_seconds && !app->locking)
        app->locking = loop_after(app->loop, (int)ms, on_time, app);
}

void lock_touched(struct app *app)
{
    app->touched_at = loop_now(app->loop);
    if (!app->locked)
        arm(app, (int64_t)app->options->lock_seconds * MS);
}

void lock_now(struct app *app)
{
    if (!can_lock(app))
        return;
    drafts_flush(app->drafts);
    app->locked = true;
    if (app->needs_password)
        new_prompt(app, NULL);
    loop_dirty(app->loop);
}

static void unlock(struct app *app)
{
    prompt_free(app->lock_prompt); /* wipes what was typed */
    app->lock_prompt = NULL;
    app->locked = false;
    lock_touched(app);
    app_reflow(app);
}

static void try_password(struct app *app)
{
    if (db_password_is(app->db, prompt_text(app->lock_prompt)))
        unlock(app);
    else
        new_prompt(app, db_has_password(app->db) ? "that is not the password"
                                                 : "the link is lost; it can be tried when it is back");
}

void lock_input(struct app *app, const struct input *input)
{
    struct widget *prompt = app->lock_prompt ? prompt_widget(app->lock_prompt) : NULL;
    unsigned consequence = NOT_TAKEN;
    if (!prompt) {
        if (input->type == INPUT_KEY)
            unlock(app);
        return;
    }
    if (input->type == INPUT_KEY)
        consequence = widget_key(prompt, input->key);
    else if (input->type == INPUT_PASTE)
        consequence = widget_paste(prompt, input->text);
    if (consequence & ACCEPT)
        try_password(app);
    else if (consequence & CLOSE)
        new_prompt(app, NULL);
    loop_dirty(app->loop);
}

void lock_reflow(struct app *app)
{
    int cols = term_cols() - 2;
    if (app->lock_prompt)
        widget_resize(prompt_widget(app->lock_prompt), 1, cols < PROMPT_COLS ? cols : PROMPT_COLS);
}

/* Neither names nor places: who passes by learns nothing but whose program it is. */
void lock_paint(const struct app *app, const struct surface *all)
{
    int row = (all->rows - 3) / 2, col = 0;
    struct widget *prompt = app->lock_prompt ? prompt_widget(app->lock_prompt) : NULL;
    char words[160];
    snprintf(words, sizeof words, "Centurion is locked. %s is signed in.", db_user(app->db));
    surface_field(all, row, 0, all->cols, ROLE_STRONG, words, FIT_CENTER);
    surface_field(all, row + 1, 0, all->cols, ROLE_DIM, "What was typed is kept.", FIT_CENTER);
    if (!prompt) {
        surface_field(all, row + 3, 0, all->cols, ROLE_TEXT,
                      "Any key shows it again: this login signs in without a password.", FIT_CENTER);
        return;
    }
    int left = (all->cols - prompt->cols) / 2, cursor_row;
    struct surface field = surface_sub(all, row + 3, left, 1, prompt->cols);
    widget_paint(prompt, &field);
    if (widget_cursor(prompt, &cursor_row, &col))
        term_cursor(row + 3, left + col);
}

void lock_end(struct app *app)
{
    loop_cancel(app->loop, app->locking);
    prompt_free(app->lock_prompt);
}
