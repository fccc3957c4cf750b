/* The forms of cohorts. What the server refuses or finds in conflict leaves the form open with all that was typed. */
#include "cohort_edit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/ui/form.h"
#include "conflict.h"
#include "draft.h"

enum { NAME, DESCRIPTION, START, END, STATUS, FREQUENCY, QUESTIONNAIRES, EDIT_FIELDS };
enum { CLONE_NAME, CLONE_START, CLONE_END, CLONE_PARTS, CLONE_FIELDS = CLONE_PARTS + 4 };
enum { NAME_BYTES = 255 * 4, FORM_COLS = 76, LABEL_COLS = 8 };

static const char *const keys[EDIT_FIELDS] = {"name",   "description",   "startDate",     "endDate",
                                              "status", "frequencyDays", "questionnaires"};
static const char *const labels[EDIT_FIELDS] = {"Name",   "Description",    "Start",         "End",
                                                "Status", "Check-in every", "Questionnaires"};
static const char *const parts[] = {"prompts", "questionnaires", "coaches", "members"};

struct cohort_edit {
    struct app *app;
    void *owner;
    cohort_saved_fn *saved;
    struct form *form;
    struct draft *draft;
    struct rowset *record;
    db_ticket ticket;
    int64_t cohort; /* that is edited or cloned; 0: a new one */
    bool cloning, for_clone;
    char *version;
    char *ids, *what; /* of a question that is being asked */
    const char *state;
    char *before[EDIT_FIELDS]; /* what stood in fields that both changed, until it is decided */
    int asked;                 /* the field that is asked about */
};

static void forget_conflicts(struct cohort_edit *self)
{
    for (int i = 0; i < EDIT_FIELDS; i++) {
        free(self->before[i]);
        self->before[i] = NULL;
    }
}

static void drop_form(struct cohort_edit *self)
{
    if (!self->form)
        return;
    app_popup_close(self->app, form_widget(self->form));
    form_free(self->form);
    self->form = NULL;
    forget_conflicts(self);
}

struct cohort_edit *cohort_edit_new(struct app *app, void *owner, cohort_saved_fn *saved)
{
    struct cohort_edit *self = mem_alloc(sizeof *self);
    *self = (struct cohort_edit){.app = app, .owner = owner, .saved = saved};
    return self;
}

void cohort_edit_free(struct cohort_edit *self)
{
    db_cancel(app_db(self->app), self->ticket, true);
    app_forget_changes(self->app, self);
    draft_leave(self->draft);
    drop_form(self);
    rowset_free(self->record);
    free(self->version);
    free(self->ids);
    free(self->what);
    free(self);
}

char *cohort_ids(const int64_t *ids, int count)
{
    struct str text = {0};
    str_add(&text, "{");
    for (int i = 0; i < count; i++)
        str_addf(&text, "%s%lld", i ? "," : "", (long long)ids[i]);
    str_add(&text, "}");
    return str_steal(&text);
}

/* ---- Saving ---- */

static void changed(void *ctx, int field)
{
    struct cohort_edit *self = ctx;
    char name[8];
    snprintf(name, sizeof name, "%d", field);
    const char *text = form_text(self->form, field), *value = form_value(self->form, field);
    draft_put(self->draft, name, !self->cloning && field == STATUS ? value : text);
}

static json_t *value_of(const struct form *form, int field, bool number)
{
    const char *value = form_value(form, field);
    if (!value)
        return json_null();
    return number ? json_integer(atoi(value)) : json_string(value);
}

/* Of a choice its value, of the rest what is typed. */
static const char *typed_in(const struct cohort_edit *self, int field)
{
    const char *text = field == STATUS ? form_value(self->form, field) : form_text(self->form, field);
    return text ? text : "";
}

static const char *original_of(const struct cohort_edit *self, int field)
{
    const char *text = form_original(self->form, field);
    return text ? text : "";
}

static void ask_conflict(struct cohort_edit *self);

static void decided(void *owner, int64_t choice)
{
    struct cohort_edit *self = owner;
    int field = self->asked;
    if (!self->form || !self->before[field])
        return;
    if (choice == CONFLICT_EDIT) {
        form_focus(self->form, field);
        forget_conflicts(self); /* the others are told beside their fields */
    } else {
        if (choice == CONFLICT_THEIRS) {
            char *theirs = mem_strdup(original_of(self, field));
            form_put(self->form, field, theirs);
            free(theirs);
            changed(self, field);
        }
        free(self->before[field]);
        self->before[field] = NULL;
        ask_conflict(self);
    }
    app_changed(self->app, REPAINT);
}

/* Field by field, those that both changed. */
static void ask_conflict(struct cohort_edit *self)
{
    int left = 0;
    self->asked = -1;
    for (int i = 0; i < EDIT_FIELDS; i++)
        if (self->before[i] && self->asked < 0)
            self->asked = i;
        else
            left += self->before[i] != NULL;
    if (self->asked < 0) {
        app_say(self->app, ROLE_WARN,
                "Somebody changed it meanwhile: their values stand beside yours. Save again to keep yours.");
        return;
    }
    const struct conflict conflict = {.title = labels[self->asked],
                                      .before = self->before[self->asked],
                                      .mine = typed_in(self, self->asked),
                                      .theirs = original_of(self, self->asked),
                                      .left = left};
    conflict_show(self->app, &conflict, decided, self);
}

/* What stands there now beside what is typed: whoever saves again has seen both. */
static void show_theirs(struct cohort_edit *self, const struct change_reply *reply)
{
    json_t *record = json_loads(reply->record ? reply->record : "{}", 0, NULL);
    forget_conflicts(self);
    for (int i = NAME; i <= FREQUENCY; i++) {
        const json_t *now = json_object_get(record, keys[i]);
        const char *text = json_string_value(now);
        char theirs[NAME_BYTES + 1], remark[120];
        if (json_is_integer(now))
            snprintf(theirs, sizeof theirs, "%lld", (long long)json_integer_value(now));
        else /* dates come as moments */
            snprintf(theirs, sizeof theirs, "%.*s", i == START || i == END ? 10 : NAME_BYTES, text ? text : "");
        if (str_equal(theirs, original_of(self, i)))
            continue;
        snprintf(remark, sizeof remark, "now: %.100s", *theirs ? theirs : "empty");
        char *before = mem_strdup(original_of(self, i)), *mine = mem_strdup(typed_in(self, i));
        bool both = form_field_dirty(self->form, i);
        form_set(self->form, i, theirs);
        if (both)
            form_put(self->form, i, mine);
        form_remark(self->form, i, ROLE_WARN, remark);
        if (both && form_field_dirty(self->form, i)) {
            self->before[i] = before;
            before = NULL;
        }
        free(before);
        free(mine);
    }
    json_decref(record);
    free(self->version);
    self->version = mem_strdup(reply->version ? reply->version : "");
    ask_conflict(self);
}

static void on_saved(void *owner, int64_t key, const struct change_reply *reply)
{
    struct cohort_edit *self = owner;
    (void)key;
    if (reply->outcome == CHANGE_CONFLICT && self->form && !self->cloning)
        show_theirs(self, reply);
    if (reply->outcome != CHANGE_SAVED)
        return;
    int64_t cohort = reply->key ? strtoll(reply->key, NULL, 10) : self->cohort;
    app_say(self->app, ROLE_GOOD, "%s saved.", self->form ? form_text(self->form, NAME) : "The cohort is");
    draft_done(self->draft);
    self->draft = NULL;
    drop_form(self);
    self->saved(self->owner, cohort);
}

static void save_edit(struct cohort_edit *self)
{
    json_t *changes = json_object();
    for (int i = NAME; i <= FREQUENCY; i++)
        if (!self->cohort || form_field_dirty(self->form, i))
            json_object_set_new(changes, keys[i], value_of(self->form, i, i == FREQUENCY));
    char id[24], what[120], *text = json_dumps(changes, 0);
    json_decref(changes);
    snprintf(id, sizeof id, "%lld", (long long)self->cohort);
    snprintf(what, sizeof what, "The cohort %.80s", form_text(self->form, NAME));
    bool asked = !self->cohort && str_equal(form_value(self->form, QUESTIONNAIRES), "true");
    const char *params[] = {self->cohort ? id : NULL, self->cohort ? self->version : NULL, text, asked ? "t" : "f"};
    draft_change(self->draft, &QUERY_COHORT_SAVE, params, what, self->cohort, on_saved);
    free(text);
}

static void save_clone(struct cohort_edit *self)
{
    json_t *changes = json_object();
    json_object_set_new(changes, "name", value_of(self->form, CLONE_NAME, false));
    json_object_set_new(changes, "startDate", value_of(self->form, CLONE_START, false));
    json_object_set_new(changes, "endDate", value_of(self->form, CLONE_END, false));
    struct str list = {0};
    str_add(&list, "{");
    for (int i = 0; i < (int)(sizeof parts / sizeof parts[0]); i++)
        if (str_equal(form_value(self->form, CLONE_PARTS + i), "true"))
            str_addf(&list, "%s%s", list.length > 1 ? "," : "", parts[i]);
    str_add(&list, "}");
    char id[24], what[120], *text = json_dumps(changes, 0);
    json_decref(changes);
    snprintf(id, sizeof id, "%lld", (long long)self->cohort);
    snprintf(what, sizeof what, "The cohort %.80s", form_text(self->form, CLONE_NAME));
    const char *params[] = {id, text, str_text(&list)};
    draft_change(self->draft, &QUERY_COHORT_CLONE, params, what, self->cohort, on_saved);
    str_fini(&list);
    free(text);
}

/* ---- The window ---- */

static void closed(void *owner, bool accepted)
{
    struct cohort_edit *self = owner;
    if (accepted) {
        if (self->cloning)
            save_clone(self);
        else if (!self->cohort || form_dirty(self->form))
            save_edit(self);
        else
            app_say(self->app, ROLE_DIM, "Nothing was changed.");
        return;
    }
    if (form_dirty(self->form))
        draft_leave(self->draft);
    else
        draft_done(self->draft);
    self->draft = NULL; /* the form goes with the next one: its widget may still be on the way back from the key */
}

static void take(void *owner, const char *field, const char *text)
{
    struct cohort_edit *self = owner;
    int number = atoi(field);
    if (self->form && number >= 0 && number < (self->cloning ? CLONE_FIELDS : EDIT_FIELDS))
        form_put(self->form, number, text);
}

/* An end before the start is told while it is typed. */
static void check(void *ctx, int field, const char *value, struct form_verdict *out)
{
    struct cohort_edit *self = ctx;
    int from = self->cloning ? CLONE_START : START, to = self->cloning ? CLONE_END : END, first, last;
    if (field != to || !value || !self->form || !form_value(self->form, from))
        return;
    if (date_parse(value, &last) && date_parse(form_value(self->form, from), &first) && last <= first)
        snprintf(out->error, sizeof out->error, "not after the start");
}

static void show(struct cohort_edit *self, const char *title, const char *draft_key)
{
    form_on_check(self->form, check, self);
    form_on_changed(self->form, changed, self);
    struct app_popup popup = {.widget = form_widget(self->form),
                              .title = title,
                              .rows = form_rows(self->form),
                              .cols = FORM_COLS,
                              .stays = true,
                              .owner = self,
                              .done = closed};
    app_popup(self->app, &popup);
    self->draft = draft_open(self->app, draft_key, title, self, take);
    app_changed(self->app, REFLOW);
}

static void open_form(struct cohort_edit *self)
{
    static const char *const states[] = {"active", "completed", "archived", NULL};
    static const char *const values[] = {"ACTIVE", "COMPLETED", "ARCHIVED", NULL};
    const struct rowset *row = self->record;
    bool is_new = !self->cohort, over = !is_new && str_equal(rowset_text(row, 0, COHORT_RECORD_STATUS), "COMPLETED");
    char every[40] = "days", key[48], title[160];
    if (!is_new)
        snprintf(every, sizeof every, "days; blank: %lld", (long long)rowset_int(row, 0, COHORT_RECORD_DEFAULT_DAYS));
    const struct form_field fields[EDIT_FIELDS] = {
        [NAME] = {.label = labels[NAME],
                  .kind = over ? FORM_FIXED : FORM_TEXT,
                  .required = true,
                  .limit = NAME_BYTES,
                  .cols = 28},
        [DESCRIPTION] = {.label = labels[DESCRIPTION], .kind = over ? FORM_FIXED : FORM_AREA, .rows = 3},
        [START] = {.label = labels[START], .kind = over ? FORM_FIXED : FORM_DATE, .required = true},
        [END] = {.label = labels[END], .kind = over ? FORM_FIXED : FORM_DATE, .unit = "blank: open"},
        [STATUS] = {.label = labels[STATUS], .kind = FORM_CHOICE, .choices = states, .values = values},
        [FREQUENCY] =
            {.label = labels[FREQUENCY], .kind = over ? FORM_FIXED : FORM_NUMBER, .unit = every, .min = 1, .max = 90},
        [QUESTIONNAIRES] = {.label = labels[QUESTIONNAIRES], .kind = FORM_YESNO, .unit = "for weeks 1 to 6"},
    };
    drop_form(self);
    self->form = form_new(fields, EDIT_FIELDS);
    form_set_today(self->form, app_session(self->app)->today);
    if (is_new) {
        form_set(self->form, STATUS, "ACTIVE");
        form_set(self->form, QUESTIONNAIRES, "true");
        show(self, "New cohort", "cohort/new");
        return;
    }
    form_show(self->form, QUESTIONNAIRES, false);
    form_set(self->form, NAME, rowset_text(row, 0, COHORT_RECORD_NAME));
    form_set(self->form, DESCRIPTION, rowset_text(row, 0, COHORT_RECORD_DESCRIPTION));
    form_set(self->form, START, rowset_text(row, 0, COHORT_RECORD_START_DATE));
    form_set(self->form, END, rowset_text(row, 0, COHORT_RECORD_END_DATE));
    form_set(self->form, STATUS, rowset_text(row, 0, COHORT_RECORD_STATUS));
    form_set(self->form, FREQUENCY, rowset_text(row, 0, COHORT_RECORD_FREQUENCY_DAYS));
    if (over)
        form_focus(self->form, STATUS);
    free(self->version);
    self->version = mem_strdup(rowset_text(row, 0, COHORT_RECORD_VERSION));
    snprintf(key, sizeof key, "cohort/%lld", (long long)self->cohort);
    snprintf(title, sizeof title, "%.80s%s", rowset_text(row, 0, COHORT_RECORD_NAME),
             over ? " (completed: only its status changes)" : "");
    show(self, title, key);
}

static void open_clone(struct cohort_edit *self)
{
    const struct rowset *row = self->record;
    const struct form_field fields[CLONE_FIELDS] = {
        [CLONE_NAME] = {.label = "Name", .kind = FORM_TEXT, .required = true, .limit = NAME_BYTES, .cols = 28},
        [CLONE_START] = {.label = "Start", .kind = FORM_DATE, .required = true},
        [CLONE_END] = {.label = "End", .kind = FORM_DATE, .unit = "blank: open"},
        {.label = "Prompts", .kind = FORM_YESNO},
        {.label = "Questionnaires", .kind = FORM_YESNO},
        {.label = "Coaches", .kind = FORM_YESNO},
        {.label = "Members", .kind = FORM_YESNO},
    };
    char key[48], title[160], text[DATE_TEXT_MAX];
    drop_form(self);
    self->form = form_new(fields, CLONE_FIELDS);
    int monday = date_monday(app_session(self->app)->today) + 7;
    form_set_today(self->form, app_session(self->app)->today);
    form_set(self->form, CLONE_START, date_iso(monday, text));
    if (!rowset_null(row, 0, COHORT_RECORD_END_DATE))
        form_set(self->form, CLONE_END,
                 date_iso(monday + rowset_date(row, 0, COHORT_RECORD_END_DATE) -
                              rowset_date(row, 0, COHORT_RECORD_START_DATE),
                          text));
    for (int i = 0; i < (int)(sizeof parts / sizeof parts[0]); i++)
        form_set(self->form, CLONE_PARTS + i, str_equal(parts[i], "members") ? "false" : "true");
    snprintf(key, sizeof key, "cohort/%lld/clone", (long long)self->cohort);
    snprintf(title, sizeof title, "Another one like %.80s", rowset_text(row, 0, COHORT_RECORD_NAME));
    show(self, title, key);
}

static void on_record(void *arg, const struct reply *reply)
{
    struct cohort_edit *self = arg;
    self->ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->app, reply->error);
        return;
    }
    rowset_free(self->record);
    self->record = rowset_keep(reply->rows);
    self->cloning = self->for_clone;
    if (self->cloning)
        open_clone(self);
    else
        open_form(self);
}

static void ask(struct cohort_edit *self, int64_t cohort, bool cloning)
{
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)cohort);
    const char *params[] = {id};
    self->cohort = cohort;
    self->for_clone = cloning;
    db_cancel(app_db(self->app), self->ticket, true);
    self->ticket = db_send(app_db(self->app), &QUERY_COHORT_RECORD, params, on_record, self);
}

void cohort_edit_open(struct cohort_edit *self, int64_t cohort)
{
    if (cohort) {
        ask(self, cohort, false);
        return;
    }
    self->cohort = 0;
    self->cloning = false;
    open_form(self);
}

void cohort_edit_clone(struct cohort_edit *self, int64_t cohort)
{
    ask(self, cohort, true);
}

/* ---- Several at once ---- */

static void on_set(void *owner, int64_t key, const struct change_reply *reply)
{
    struct cohort_edit *self = owner;
    if (reply->outcome == CHANGE_SAVED)
        self->saved(self->owner, key);
}

static void set(void *owner, int64_t key)
{
    struct cohort_edit *self = owner;
    const char *params[] = {self->ids, self->state};
    app_change(self->app, &QUERY_COHORT_SET_ALL, params, self->what, self, key, on_set);
}

void cohort_edit_set(struct cohort_edit *self, const int64_t *ids, const char *const *names, int count,
                     const char *state)
{
    static const struct {
        const char *state, *words, *verb;
    } states[] = {
        {"ACTIVE", "They can be worked with again.", "Make active"},
        {"COMPLETED", "Completed cohorts can only be read, until they are active again.", "Complete"},
        {"ARCHIVED", "Archived cohorts are hidden from lists unless they are asked for.", "Archive"},
        {"DELETED", "They disappear with everything of them, and can be restored from the list of deleted ones.",
         "Delete"},
        {"RESTORED", "They come back as they were.", "Restore"},
    };
    int at = 0;
    while (!str_equal(states[at].state, state))
        at++;
    free(self->ids);
    free(self->what);
    self->ids = cohort_ids(ids, count);
    self->state = states[at].state;
    char verb[80];
    snprintf(verb, sizeof verb, "%s %d cohort%s", states[at].verb, count, count == 1 ? "" : "s");
    self->what = mem_strdup(verb);
    app_confirm(self->app, states[at].verb, states[at].words, names, count, verb, set, self, ids[0]);
}
