#include "draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app_private.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/jobs/drafts.h"
#include "centurion/ui/menu.h"

enum choice { CHOICE_TAKE = 1, CHOICE_DISCARD, CHOICE_LEAVE };
enum { SHOWN_MAX = 40 };

struct draft {
    struct app *app;
    char *key, *title;
    struct draft_file *file; /* NULL: nothing was put yet */
    void *owner;
    draft_take_fn *take;
    struct draft_found *found; /* offered */
    int count, at;
    change_ticket asking;
    bool closed, under_way, touched; /* touched: since it was sent */
    app_change_fn *done;
};

static char *moment(int64_t seconds, char out[24])
{
    time_t at = (time_t)seconds;
    struct tm local;
    if (!localtime_r(&at, &local) || !strftime(out, 24, "%d %b %H:%M", &local))
        out[0] = '\0';
    return out;
}

/* ---- The offer ---- */

static void chosen(void *owner, int64_t value)
{
    struct draft *draft = owner;
    const struct draft_found *found = &draft->found[draft->at];
    if (value == CHOICE_DISCARD && !drafts_discard(draft->app->drafts, found))
        app_say(draft->app, ROLE_WARN, "The draft is open in another program.");
    if (value != CHOICE_TAKE)
        return;
    struct draft_file *file = draft_file_take(draft->app->drafts, found);
    if (!file) {
        app_say(draft->app, ROLE_WARN, "The draft is not there any more.");
        return;
    }
    draft_file_drop(draft->file);
    draft->file = file;
    for (int i = 0; i < found->count; i++)
        draft->take(draft->owner, found->fields[i], found->texts[i]);
    app_changed(draft->app, REPAINT);
}

static void offer(struct draft *draft)
{
    static const struct menu_item items[] = {{.text = "Take it", .letter = 't', .value = CHOICE_TAKE},
                                             {.text = "Leave it for later", .letter = 'l', .value = CHOICE_LEAVE},
                                             {.text = "Discard it", .letter = 'd', .value = CHOICE_DISCARD}};
    char when[24], *words = mem_printf("A draft of %s is here: %s", moment(draft->found[draft->at].saved_at, when),
                                       draft->found[draft->at].title);
    app_menu(draft->app, "Draft", words, items, 3, chosen, draft);
    free(words);
}

/* What became of the change that an earlier run sent. */
static void on_outcome(void *arg, const struct change_reply *reply)
{
    struct draft *draft = arg;
    draft->asking = 0;
    if (reply->outcome == CHANGE_SAVED) {
        app_say(draft->app, ROLE_GOOD, "%s: the draft of before was saved.", draft->title);
        drafts_discard(draft->app->drafts, &draft->found[draft->at]);
    } else {
        offer(draft);
    }
}

struct draft *draft_open(struct app *app, const char *key, const char *title, void *owner, draft_take_fn *take)
{
    struct draft *draft = mem_alloc(sizeof *draft);
    *draft =
        (struct draft){.app = app, .key = mem_strdup(key), .title = mem_strdup(title), .owner = owner, .take = take};
    draft->found = drafts_find(app->drafts, key, &draft->count);
    while (draft->at < draft->count && draft->found[draft->at].open)
        draft->at++;
    if (draft->at < draft->count) {
        if (*draft->found[draft->at].change)
            draft->asking = data_change_outcome(app->db, draft->found[draft->at].change, on_outcome, draft);
        else
            offer(draft);
    }
    return draft;
}

/* ---- Typing and saving ---- */

void draft_put(struct draft *draft, const char *field, const char *text)
{
    if (!draft->file)
        draft->file = draft_file_new(draft->app->drafts, draft->key, draft->title);
    draft_file_put(draft->file, field, text);
    draft->touched = true;
}

static void end(struct draft *draft)
{
    data_change_cancel(draft->app->db, draft->asking);
    draft_found_free(draft->found, draft->count);
    free(draft->key);
    free(draft->title);
    free(draft);
}

static void on_change(void *owner, int64_t key, const struct change_reply *reply)
{
    struct draft *draft = owner;
    bool saved = reply->outcome == CHANGE_SAVED;
    draft->under_way = false;
    if (draft->file && saved && !draft->touched) {
        draft_file_drop(draft->file);
        draft->file = NULL;
    } else if (draft->file && reply->outcome != CHANGE_UNKNOWN) {
        draft_file_sent(draft->file, NULL);
    }
    if (draft->closed) {
        draft_file_leave(draft->file);
        end(draft);
    } else if (draft->done) {
        draft->done(draft->owner, key, reply);
    }
}

void draft_change(struct draft *draft, const struct query *query, const char *const *params, const char *what,
                  int64_t key, app_change_fn *done)
{
    char id[CHANGE_ID_MAX];
    change_new_id(id);
    if (draft->file)
        draft_file_sent(draft->file, id);
    draft->done = done;
    draft->under_way = true;
    draft->touched = false;
    app_change_as(draft->app, id, true, query, params, what, draft, key, on_change);
}

/* A draft that is sent ends with its answer. */
static void close_draft(struct draft *draft)
{
    draft->closed = true;
    if (!draft->under_way) {
        draft_file_leave(draft->file);
        end(draft);
    }
}

void draft_done(struct draft *draft)
{
    if (!draft)
        return;
    draft_file_drop(draft->file);
    draft->file = NULL;
    close_draft(draft);
}

void draft_leave(struct draft *draft)
{
    if (draft)
        close_draft(draft);
}

/* ---- All of them ---- */

static void on_fault(void *arg, const struct error *error)
{
    app_fault(arg, error);
}

void drafts_begin(struct app *app)
{
    app->drafts = drafts_new(app->loop, NULL, on_fault, app);
}

void drafts_tell(struct app *app)
{
    int count, left = 0;
    if (app->drafts_told)
        return;
    app->drafts_told = true;
    struct draft_found *found = drafts_find(app->drafts, NULL, &count);
    for (int i = 0; i < count; i++)
        left += !found[i].open;
    draft_found_free(found, count);
    if (left)
        app_say(app, ROLE_WARN, "%d draft%s of before %s here, typed and not saved; :drafts lists %s.", left,
                left == 1 ? "" : "s", left == 1 ? "is" : "are", left == 1 ? "it" : "them");
}

static void discard(void *owner, int64_t at)
{
    struct app *app = owner;
    int count;
    struct draft_found *found = drafts_find(app->drafts, NULL, &count);
    for (int i = 0; i < count; i++)
        if (found[i].saved_at == app->draft_at && i == at)
            app_say(app, drafts_discard(app->drafts, &found[i]) ? ROLE_DIM : ROLE_WARN, "%s: %s", found[i].title,
                    found[i].open ? "open, so it stays" : "discarded");
    draft_found_free(found, count);
}

static void look(void *owner, int64_t at)
{
    struct app *app = owner;
    int count;
    struct draft_found *found = drafts_find(app->drafts, NULL, &count);
    if (at < count) {
        struct str words = {0};
        str_addf(&words, "%s. Open it where it was typed to go on with it.", found[at].title);
        for (int i = 0; i < found[at].count && i < 8; i++)
            str_addf(&words, "\n%s: %.200s", found[at].fields[i], found[at].texts[i]);
        app->draft_at = found[at].saved_at;
        app_confirm(app, "Draft", str_text(&words), NULL, 0, "Discard it", discard, app, at);
        str_fini(&words);
    }
    draft_found_free(found, count);
}

void drafts_show(struct app *app)
{
    struct menu_item items[SHOWN_MAX];
    char remarks[SHOWN_MAX][40], when[24];
    int count, shown = 0;
    struct draft_found *found = drafts_find(app->drafts, NULL, &count);
    for (; shown < count && shown < SHOWN_MAX; shown++) {
        snprintf(remarks[shown], sizeof remarks[shown], "%s%s", moment(found[shown].saved_at, when),
                 found[shown].open ? ", being typed" : "");
        items[shown] = (struct menu_item){.text = found[shown].title, .remark = remarks[shown], .value = shown};
    }
    if (shown)
        app_menu(app, "Drafts", NULL, items, shown, look, app);
    else
        app_say(app, ROLE_DIM, "There are no drafts: everything typed was saved or discarded.");
    draft_found_free(found, count);
}
