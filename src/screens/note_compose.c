#include "note_compose.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/app.h"
#include "centurion/ui/form.h"
#include "draft.h"
#include "figures.h"

enum { TEXT, WEEK, FIELDS };
enum { WINDOW_COLS = 72, TEXT_ROWS = 9, CHARACTERS_MOST = 5000, WEEK_MOST = 9999 };
enum { KEEP_MINE = 1, TAKE_THEIRS, KEEP_BOTH };

/* A note being written, or on its way. */
struct note {
    struct note *next; /* of those on their way */
    struct note_compose *compose;
    struct figures *figures;
    struct draft *draft;
    int64_t number, id, member; /* id 0: a new one */
    char *name, *text, *week, *version;
    char *theirs; /* after a conflict */
    int their_week;
    bool waiting; /* to be sent once its week is known */
};

struct note_compose {
    struct app *app;
    void *owner;
    note_saved_fn *saved;
    struct form *form; /* of the last window: it may still be on the way back from a key when the window goes */
    struct note *open; /* in the window; NULL: none is shown */
    struct note *sent;
    struct note *disputed; /* in conflict, while it is asked how to go on */
    int64_t numbers;
};

static const enum action hints[] = {ACTION_SAVE, ACTION_SNIPPET, ACTION_EDITOR, ACTION_NEXT_PANE, ACTION_CANCEL};

static void note_free(struct note *note)
{
    if (!note)
        return;
    figures_free(note->figures);
    draft_leave(note->draft);
    free(note->name);
    free(note->text);
    free(note->week);
    free(note->version);
    free(note->theirs);
    free(note);
}

static void set_text(char **at, const char *text)
{
    char *copy = mem_strdup(text ? text : "");
    free(*at);
    *at = copy;
}

/* What is written in the window, so that it outlives it. */
static void take_typed(struct note_compose *self)
{
    set_text(&self->open->text, form_text(self->form, TEXT));
    set_text(&self->open->week, form_text(self->form, WEEK));
}

/* ---- The window ---- */

static void check(void *ctx, int field, const char *value, struct form_verdict *out)
{
    (void)ctx;
    int characters = 0;
    for (const char *at = value ? value : ""; field == TEXT && *at; at++)
        characters += ((unsigned char)*at & 0xc0) != 0x80;
    if (characters > CHARACTERS_MOST)
        snprintf(out->error, sizeof out->error, "%d characters are more than %d", characters, CHARACTERS_MOST);
}

static void changed(void *ctx, int field)
{
    struct note_compose *self = ctx;
    if (self->open)
        draft_put(self->open->draft, field == TEXT ? "text" : "week", form_text(self->form, field));
}

static void take_draft(void *owner, const char *field, const char *text)
{
    struct note_compose *self = owner;
    bool is_text = str_equal(field, "text");
    if (self->open && (is_text || str_equal(field, "week")))
        form_put(self->form, is_text ? TEXT : WEEK, text);
}

static void put_snippet(void *owner, int64_t at)
{
    struct note_compose *self = owner;
    const struct app_options *options = app_options(self->app);
    if (!self->open || at >= options->snippet_count)
        return;
    char *text = figures_text(self->open->figures, options->snippets[at].text);
    form_focus(self->form, TEXT);
    if (*text)
        widget_paste(form_widget(self->form), text);
    else
        app_say(self->app, ROLE_WARN, "\"%s\" has nothing to say about %s: a figure that it needs is missing.",
                options->snippets[at].name, self->open->name);
    free(text);
    app_changed(self->app, REPAINT);
}

static void offer_snippets(void *owner, enum action action)
{
    struct note_compose *self = owner;
    const struct app_options *options = app_options(self->app);
    (void)action;
    if (!options->snippet_count) {
        app_say(self->app, ROLE_DIM,
                "There are no snippets yet: centurion.conf names them, snippets = { knee = \"...\"; };");
        return;
    }
    if (!figures_known(self->open->figures)) {
        app_say(self->app, ROLE_DIM, "What the snippets tell of %s is still being read.", self->open->name);
        return;
    }
    struct menu_item *items = mem_array((size_t)options->snippet_count, sizeof *items);
    char **texts = mem_array((size_t)options->snippet_count, sizeof *texts);
    for (int i = 0; i < options->snippet_count; i++) {
        texts[i] = figures_text(self->open->figures, options->snippets[i].text);
        for (char *at = texts[i]; *at; at++)
            *at = *at == '\n' ? ' ' : *at;
        items[i] = (struct menu_item){.text = options->snippets[i].name,
                                      .remark = *texts[i] ? texts[i] : "a figure that it needs is missing",
                                      .off = !*texts[i],
                                      .value = i};
    }
    app_menu(self->app, "Snippets", NULL, items, options->snippet_count, put_snippet, self);
    for (int i = 0; i < options->snippet_count; i++)
        free(texts[i]);
    free(texts);
    free(items);
}

static void send_note(struct note *note);

static void closed(void *owner, bool accepted)
{
    struct note_compose *self = owner;
    struct note *note = self->open;
    bool typed = form_field_dirty(self->form, TEXT);
    take_typed(self);
    self->open = NULL;
    if (accepted) {
        note->next = self->sent;
        self->sent = note;
        send_note(note);
        return;
    }
    if (typed) {
        app_say(self->app, ROLE_DIM, "The note on %s is kept as a draft.", note->name);
    } else {
        draft_done(note->draft);
        note->draft = NULL;
    }
    note_free(note);
}

/* original: what stands there already. */
static void show(struct note_compose *self, struct note *note, const char *original)
{
    static const struct form_field fields[FIELDS] = {
        [TEXT] = {.label = "Note", .kind = FORM_AREA, .rows = TEXT_ROWS, .required = true},
        [WEEK] = {.label = "Week", .kind = FORM_NUMBER, .min = 1, .max = WEEK_MOST},
    };
    char key[40], title[200];
    snprintf(title, sizeof title, "Note on %.160s", *note->name ? note->name : "a member");
    form_free(self->form);
    self->form = form_new(fields, FIELDS);
    self->open = note;
    form_set(self->form, TEXT, original);
    form_set(self->form, WEEK, note->week);
    if (!str_equal(note->text, original))
        form_put(self->form, TEXT, note->text);
    form_remark(self->form, WEEK, ROLE_DIM, "staff only, but in the client's data export");
    form_on_check(self->form, check, self);
    form_on_changed(self->form, changed, self);
    struct app_popup popup = {.widget = form_widget(self->form),
                              .title = title,
                              .rows = form_rows(self->form),
                              .cols = WINDOW_COLS,
                              .hints = hints,
                              .hint_count = sizeof hints / sizeof hints[0],
                              .owner = self,
                              .done = closed,
                              .actions = {ACTION_SNIPPET},
                              .act = offer_snippets};
    app_popup(self->app, &popup);
    if (!note->draft) {
        snprintf(key, sizeof key, "note/%s%lld", note->id ? "id/" : "",
                 (long long)(note->id ? note->id : note->member));
        note->draft = draft_open(self->app, key, title, self, take_draft);
    }
    app_changed(self->app, REFLOW);
}

/* ---- Saving ---- */

static void forget_sent(struct note *note)
{
    struct note **at = &note->compose->sent;
    while (*at && *at != note)
        at = &(*at)->next;
    if (*at)
        *at = note->next;
    note->next = NULL;
}

/* What came to nothing is written on, unless another one is being written meanwhile. */
static void back_to_window(struct note *note)
{
    struct note_compose *self = note->compose;
    if (self->open || self->disputed) {
        app_say(self->app, ROLE_BAD, "The note on %s was not saved; n on this client offers it again.", note->name);
        note_free(note);
        return;
    }
    show(self, note, note->theirs && note->id ? note->theirs : "");
}

static void settle(void *owner, int64_t choice)
{
    struct note_compose *self = owner;
    struct note *note = self->disputed;
    self->disputed = NULL;
    if (choice == TAKE_THEIRS)
        set_text(&note->text, note->theirs);
    if (choice == KEEP_BOTH) {
        char *both = mem_printf("%s\n\n%s", note->theirs, note->text);
        free(note->text);
        note->text = both;
    }
    if (choice != KEEP_MINE && note->their_week > 0) {
        free(note->week);
        note->week = mem_printf("%d", note->their_week);
    }
    draft_put(note->draft, "text", note->text);
    back_to_window(note);
}

static void dispute(struct note *note, const struct change_reply *reply)
{
    static const struct menu_item ways[] = {{.text = "Go on with mine", .letter = 'm', .value = KEEP_MINE},
                                            {.text = "Take theirs", .letter = 't', .value = TAKE_THEIRS},
                                            {.text = "Both, theirs first", .letter = 'b', .value = KEEP_BOTH}};
    struct note_compose *self = note->compose;
    json_t *record = json_loads(reply->record ? reply->record : "{}", 0, NULL);
    set_text(&note->theirs, json_string_value(json_object_get(record, "notes")));
    note->their_week = (int)json_integer_value(json_object_get(record, "weekNumber"));
    json_decref(record);
    set_text(&note->version, reply->version);
    if (self->open || self->disputed) {
        back_to_window(note);
        return;
    }
    self->disputed = note;
    char *words = mem_printf("The note on %s was changed meanwhile. It reads now:\n%s\nYours:\n%s", note->name,
                             note->theirs, note->text);
    app_menu(self->app, "Two versions", words, ways, 3, settle, self);
    free(words);
}

static void on_saved(void *owner, int64_t number, const struct change_reply *reply)
{
    struct note_compose *self = owner;
    struct note *note = self->sent;
    while (note && note->number != number)
        note = note->next;
    if (!note)
        return;
    forget_sent(note);
    switch (reply->outcome) {
    case CHANGE_SAVED:
        app_say(self->app, ROLE_GOOD, "Note on %s saved.", note->name);
        draft_done(note->draft);
        note->draft = NULL;
        if (self->saved)
            self->saved(self->owner, note->member);
        note_free(note);
        break;
    case CHANGE_CONFLICT:
        dispute(note, reply);
        break;
    case CHANGE_UNKNOWN: /* its draft knows what was sent, and finds out */
        note_free(note);
        break;
    default:
        back_to_window(note);
        break;
    }
}

static void send_note(struct note *note)
{
    if (!*note->week && figures_known(note->figures)) {
        free(note->week);
        note->week = mem_printf("%d", figures_week(note->figures));
    }
    note->waiting = !*note->week;
    if (note->waiting)
        return;
    char id[24], member[24], what[200];
    snprintf(id, sizeof id, "%lld", (long long)note->id);
    snprintf(member, sizeof member, "%lld", (long long)note->member);
    snprintf(what, sizeof what, "Note on %.160s", note->name);
    json_t *changes = json_pack("{s:i,s:s}", "weekNumber", atoi(note->week), "notes", note->text);
    char *text = json_dumps(changes, 0);
    json_decref(changes);
    const char *params[] = {note->id ? id : NULL, note->id ? note->version : NULL, member, text};
    draft_change(note->draft, &QUERY_NOTE_SAVE, params, what, note->number, on_saved);
    free(text);
}

/* Its week is known now, or will not be. */
static void ready(void *owner, bool known)
{
    struct note *note = owner;
    struct note_compose *self = note->compose;
    if (known && !*note->name)
        set_text(&note->name, figures_name(note->figures));
    if (self->open == note && known && !*form_text(self->form, WEEK)) {
        char week[16];
        snprintf(week, sizeof week, "%d", figures_week(note->figures));
        form_set(self->form, WEEK, week);
    } else if (note->waiting && known) {
        send_note(note);
    } else if (note->waiting) {
        note->waiting = false;
        forget_sent(note);
        app_say(self->app, ROLE_BAD, "The note on %s is not saved: its week is not known. Type it.", note->name);
        back_to_window(note);
    }
}

/* ---- Opening ---- */

/* Whether another one can be written; a question that was closed without an answer leaves its draft. */
static bool can_open(struct note_compose *self)
{
    if (self->open)
        return false;
    note_free(self->disputed);
    self->disputed = NULL;
    return true;
}

static struct note *note_new(struct note_compose *self, int64_t id, int64_t member, const char *name)
{
    struct note *note = mem_alloc(sizeof *note);
    *note = (struct note){.compose = self, .number = ++self->numbers, .id = id, .member = member};
    note->name = mem_strdup(name);
    note->text = mem_strdup("");
    note->week = mem_strdup("");
    note->version = mem_strdup("");
    note->figures = figures_new(self->app, note, ready);
    return note;
}

void note_compose_open(struct note_compose *self, int64_t member, const char *name, int monday)
{
    if (!can_open(self))
        return;
    struct note *note = note_new(self, 0, member, name);
    figures_ask(note->figures, member, monday);
    show(self, note, "");
}

void note_compose_edit(struct note_compose *self, const struct note_given *given)
{
    if (!can_open(self))
        return;
    struct note *note = note_new(self, given->note, given->member, given->name);
    free(note->week);
    note->week = mem_printf("%d", given->week);
    set_text(&note->text, given->text);
    set_text(&note->version, given->version);
    figures_ask(note->figures, given->member, DATE_NONE);
    show(self, note, given->text);
}

struct note_compose *note_compose_new(struct app *app, void *owner, note_saved_fn *saved)
{
    struct note_compose *self = mem_alloc(sizeof *self);
    *self = (struct note_compose){.app = app, .owner = owner, .saved = saved};
    return self;
}

void note_compose_free(struct note_compose *self)
{
    if (!self)
        return;
    note_free(self->open);
    note_free(self->disputed);
    while (self->sent) {
        struct note *note = self->sent;
        self->sent = note->next;
        if (note->waiting)
            app_say(self->app, ROLE_WARN, "The note on %s was not sent yet: it is kept as a draft.", note->name);
        note_free(note);
    }
    form_free(self->form);
    free(self);
}
