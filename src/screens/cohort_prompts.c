/* The editor of check-in prompts. */
#include "cohort_prompts.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/ui/doc.h"
#include "centurion/ui/form.h"
#include "centurion/ui/table.h"
#include "draft.h"
#include "present.h"

/* Rows: the names of prompts that are switched on, the one custom prompt, then the questions. */
enum { ROW_ENABLED, ROW_CUSTOM, ROW_QUESTIONS, QUESTIONS_MOST = 10, FORM_COLS = 62 };
enum { ID, LABEL, TYPE, MIN, MAX, FIELDS };
enum { ENABLED_NAMES = 0, CUSTOM_TEXT = 0, CUSTOM_TYPE = 1 };

static const char *const types[] = {"boolean", "number", "scale", "text", NULL};
static const char *const type_words[] = {"yes or no", "number", "scale", "text", NULL};

struct cohort_prompts {
    struct app *app;
    int64_t cohort;
    bool closed;
    struct layout root, list_pane, preview_pane;
    struct table *table;
    struct doc *preview;
    json_t *prompts; /* as the server has them; an object */
    char *version;   /* NULL: nothing was said yet */
    db_ticket ticket;
    struct form *form;
    struct draft *draft;
    int editing; /* the row that the form is for; one behind the last: a new question */
};

static json_t *questions(const struct cohort_prompts *self)
{
    return json_object_get(self->prompts, "questions"); /* NULL counts as empty */
}

static int row_count(void *ctx)
{
    const struct cohort_prompts *self = ctx;
    return self->prompts ? ROW_QUESTIONS + (int)json_array_size(questions(self)) : 0;
}

static int64_t row_key(void *ctx, int row)
{
    (void)ctx;
    return row + 1;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static char *number_of(const json_t *object, const char *key, char out[32])
{
    const json_t *value = json_object_get(object, key);
    *out = '\0';
    if (json_is_number(value))
        snprintf(out, 32, "%g", json_number_value(value));
    return out;
}

static const char *type_in_words(const char *type)
{
    for (int i = 0; types[i]; i++)
        if (str_equal(types[i], type))
            return type_words[i];
    return type;
}

/* "mood, energy". Heap. */
static char *enabled_names(const struct cohort_prompts *self)
{
    struct str text = {0};
    size_t i;
    const json_t *name;
    json_array_foreach(json_object_get(self->prompts, "enabledPrompts"), i, name)
        str_addf(&text, "%s%s", i ? ", " : "", json_string_value(name) ? json_string_value(name) : "");
    return str_steal(&text);
}

enum { COL_NUMBER, COL_LABEL, COL_TYPE, COL_RANGE, COL_ID };

static const struct table_column columns[] = {
    [COL_NUMBER] = {.id = "number", .title = "", .cols = 7},
    [COL_LABEL] = {.id = "label", .title = "What is asked", .cols = 24, .flexible = true},
    [COL_TYPE] = {.id = "type", .title = "Answer", .cols = 9},
    [COL_RANGE] = {.id = "range", .title = "From to", .cols = 10, .rank = 1},
    [COL_ID] = {.id = "id", .title = "Kept as", .cols = 14, .rank = 2},
};

static void cell(void *ctx, int row, int column, struct cell *out)
{
    static char text[512];
    char least[32], most[32];
    const struct cohort_prompts *self = ctx;
    const json_t *question = json_array_get(questions(self), (size_t)(row - ROW_QUESTIONS));
    *text = '\0';
    *out = (struct cell){.kind = CELL_TEXT, .role = row < ROW_QUESTIONS ? ROLE_DIM : ROLE_TEXT, .text = text};
    if (row == ROW_ENABLED) {
        char *names = enabled_names(self);
        snprintf(text, sizeof text, "%s",
                 column == COL_NUMBER  ? "on"
                 : column == COL_LABEL ? *names ? names : "none"
                                       : "");
        free(names);
    } else if (row == ROW_CUSTOM) {
        const char *custom = text_of(self->prompts, "customPrompt1");
        snprintf(text, sizeof text, "%s",
                 column == COL_NUMBER  ? "custom"
                 : column == COL_LABEL ? *custom ? custom : "none"
                 : column == COL_TYPE  ? *custom ? type_in_words(text_of(self->prompts, "customPrompt1Type")) : ""
                                       : "");
    } else if (column == COL_NUMBER) {
        snprintf(text, sizeof text, "%d", row - ROW_QUESTIONS + 1);
    } else if (column == COL_RANGE) {
        number_of(question, "min", least);
        number_of(question, "max", most);
        if (*least || *most)
            snprintf(text, sizeof text, "%s to %s", *least ? least : "any", *most ? most : "any");
    } else {
        snprintf(text, sizeof text, "%s",
                 column == COL_LABEL  ? text_of(question, "label")
                 : column == COL_TYPE ? type_in_words(text_of(question, "type"))
                                      : text_of(question, "id"));
    }
}

/* ---- How the form will ask ---- */

static void preview_field(struct doc *doc, const char *label, const char *type, const char *range)
{
    doc_line(doc);
    doc_span(doc, ROLE_DIM, "%-28.28s ", label);
    doc_at(doc, 30);
    if (str_equal(type, "boolean"))
        doc_text(doc, ROLE_DIM, "( ) yes  ( ) no");
    else if (str_equal(type, "scale"))
        doc_span(doc, ROLE_DIM, "%s", "1 2 3 4 5 6 7 8 9 10");
    else
        doc_text(doc, ROLE_DIM, str_equal(type, "number") ? "[      ]" : "[                    ]");
    if (*range)
        doc_span(doc, ROLE_DIM, "  %s", range);
}

static void build(void *ctx, struct doc *doc, int cols, int rows)
{
    static const char *const always[] = {"Weight", "Steps", "Calories", "Stress"};
    const struct cohort_prompts *self = ctx;
    (void)cols;
    (void)rows;
    if (!self->prompts)
        return;
    for (int i = 0; i < (int)(sizeof always / sizeof always[0]); i++)
        preview_field(doc, always[i], i == 3 ? "scale" : "number", "always asked");
    size_t i;
    const json_t *item;
    json_array_foreach(json_object_get(self->prompts, "enabledPrompts"), i, item)
    {
        const char *name = json_string_value(item);
        bool asked = !name;
        for (int k = 0; !asked && k < (int)(sizeof always / sizeof always[0]); k++)
            asked = !strcasecmp(always[k], name);
        if (!asked)
            preview_field(doc, name, "text", "switched on");
    }
    if (*text_of(self->prompts, "customPrompt1"))
        preview_field(doc, text_of(self->prompts, "customPrompt1"), text_of(self->prompts, "customPrompt1Type"), "");
    json_array_foreach(questions(self), i, item)
    {
        char least[32], most[32], range[80] = "";
        number_of(item, "min", least);
        number_of(item, "max", most);
        if (*least || *most)
            snprintf(range, sizeof range, "%s to %s", *least ? least : "any", *most ? most : "any");
        preview_field(doc, text_of(item, "label"), text_of(item, "type"), range);
    }
}

/* ---- Data ---- */

static void keep(struct cohort_prompts *self, const char *text, const char *version)
{
    json_decref(self->prompts);
    self->prompts = json_loads(text && *text ? text : "{}", JSON_DECODE_ANY, NULL);
    if (!json_is_object(self->prompts)) {
        json_decref(self->prompts);
        self->prompts = json_object();
    }
    free(self->version);
    self->version = version && *version ? mem_strdup(version) : NULL;
    table_set_state(self->table, TABLE_READY, NULL);
    table_reload(self->table);
    doc_rebuild(self->preview);
}

static void on_prompts(void *arg, const struct reply *reply)
{
    struct cohort_prompts *self = arg;
    self->ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(self->app, reply->error);
        table_set_state(self->table, self->prompts ? TABLE_STALE : TABLE_FAILED, reply->error->text);
    } else if (rowset_count(reply->rows)) {
        keep(self, rowset_text(reply->rows, 0, COHORT_PROMPTS_PROMPTS),
             rowset_text(reply->rows, 0, COHORT_PROMPTS_VERSION));
    }
    app_changed(self->app, REPAINT);
}

void cohort_prompts_load(struct cohort_prompts *self)
{
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)self->cohort);
    const char *params[] = {id};
    db_cancel(app_db(self->app), self->ticket, true);
    self->ticket = db_send(app_db(self->app), &QUERY_COHORT_PROMPTS, params, on_prompts, self);
}

static void drop_form(struct cohort_prompts *self)
{
    if (!self->form)
        return;
    app_popup_close(self->app, form_widget(self->form));
    form_free(self->form);
    self->form = NULL;
}

/* In conflict what stands there now is shown in the list and beside what is typed. */
static void remark_theirs(struct cohort_prompts *self)
{
    const json_t *now = json_array_get(questions(self), (size_t)(self->editing - ROW_QUESTIONS));
    char least[32], most[32];
    number_of(now, "min", least);
    number_of(now, "max", most);
    const char *theirs[FIELDS] = {text_of(now, "id"), text_of(now, "label"), type_in_words(text_of(now, "type")), least,
                                  most};
    char *names = enabled_names(self);
    if (self->editing == ROW_ENABLED)
        theirs[ENABLED_NAMES] = names;
    if (self->editing == ROW_CUSTOM) {
        theirs[CUSTOM_TEXT] = text_of(self->prompts, "customPrompt1");
        theirs[CUSTOM_TYPE] = type_in_words(text_of(self->prompts, "customPrompt1Type"));
    }
    int fields = self->editing == ROW_ENABLED ? 1 : self->editing == ROW_CUSTOM ? 2 : FIELDS;
    for (int i = 0; i < fields; i++) {
        char remark[80];
        snprintf(remark, sizeof remark, "now: %.60s", *theirs[i] ? theirs[i] : "empty");
        form_remark(self->form, i, ROLE_WARN, remark);
    }
    free(names);
}

static void on_saved(void *owner, int64_t key, const struct change_reply *reply)
{
    struct cohort_prompts *self = owner;
    (void)key;
    if (reply->outcome != CHANGE_SAVED && reply->outcome != CHANGE_CONFLICT)
        return;
    json_t *record = json_loads(reply->record ? reply->record : "{}", 0, NULL);
    char *text = json_dumps(json_object_get(record, "prompts"), JSON_ENCODE_ANY);
    if (text)
        keep(self, text, reply->version);
    else
        cohort_prompts_load(self); /* repeated: its record may be missing */
    free(text);
    json_decref(record);
    if (reply->outcome == CHANGE_CONFLICT) {
        if (self->form)
            remark_theirs(self);
        app_say(self->app, ROLE_BAD,
                "Somebody changed the prompts meanwhile: they are read anew. Save again to keep yours.");
        return;
    }
    draft_done(self->draft);
    self->draft = NULL;
    drop_form(self);
    app_say(self->app, ROLE_GOOD, "Prompts saved.");
}

/* Takes over changes: top-level keys as they shall be. */
static void save(struct cohort_prompts *self, json_t *changes)
{
    char id[24], *text = json_dumps(changes, 0);
    json_decref(changes);
    snprintf(id, sizeof id, "%lld", (long long)self->cohort);
    const char *params[] = {id, self->version, text};
    if (self->draft)
        draft_change(self->draft, &QUERY_PROMPTS_SAVE, params, "The check-in prompts", 0, on_saved);
    else
        app_change(self->app, &QUERY_PROMPTS_SAVE, params, "The check-in prompts", self, 0, on_saved);
    free(text);
}

static void save_questions(struct cohort_prompts *self, json_t *list)
{
    json_t *changes = json_object();
    json_object_set_new(changes, "questions", list);
    save(self, changes);
}

static json_t *copied_questions(const struct cohort_prompts *self)
{
    json_t *list = json_is_array(questions(self)) ? json_deep_copy(questions(self)) : json_array();
    return list;
}

/* ---- The form ---- */

static void set_number(json_t *question, const char *key, const struct form *form, int field)
{
    const char *value = form_value(form, field);
    if (!value)
        json_object_del(question, key);
    else if (strchr(value, '.'))
        json_object_set_new(question, key, json_real(strtod(value, NULL)));
    else
        json_object_set_new(question, key, json_integer(strtoll(value, NULL, 10)));
}

static json_t *text_value(const struct form *form, int field)
{
    const char *value = form_value(form, field);
    return value ? json_string(value) : json_null();
}

static void save_form(struct cohort_prompts *self)
{
    json_t *changes = json_object();
    if (self->editing == ROW_ENABLED) {
        json_t *names = json_array();
        char *text = mem_strdup(form_text(self->form, ENABLED_NAMES)), *rest = text, *name;
        while ((name = strsep(&rest, ","))) {
            name += strspn(name, " ");
            size_t length = strlen(name);
            while (length && name[length - 1] == ' ')
                name[--length] = '\0';
            if (length)
                json_array_append_new(names, json_string(name));
        }
        free(text);
        json_object_set_new(changes, "enabledPrompts", names);
        save(self, changes);
    } else if (self->editing == ROW_CUSTOM) {
        json_object_set_new(changes, "customPrompt1", text_value(self->form, CUSTOM_TEXT));
        json_object_set_new(changes, "customPrompt1Type",
                            form_value(self->form, CUSTOM_TEXT) ? text_value(self->form, CUSTOM_TYPE) : json_null());
        save(self, changes);
    } else {
        json_decref(changes);
        json_t *list = copied_questions(self);
        size_t at = (size_t)(self->editing - ROW_QUESTIONS);
        if (at >= json_array_size(list)) {
            at = json_array_size(list);
            json_array_append_new(list, json_object());
        }
        json_t *question = json_array_get(list, at);
        json_object_set_new(question, "id", text_value(self->form, ID));
        json_object_set_new(question, "label", text_value(self->form, LABEL));
        json_object_set_new(question, "type", text_value(self->form, TYPE));
        set_number(question, "min", self->form, MIN);
        set_number(question, "max", self->form, MAX);
        save_questions(self, list);
    }
}

static void closed(void *owner, bool accepted)
{
    struct cohort_prompts *self = owner;
    if (accepted) {
        save_form(self);
        return;
    }
    if (form_dirty(self->form))
        draft_leave(self->draft);
    else
        draft_done(self->draft);
    self->draft = NULL;
}

static void changed(void *ctx, int field)
{
    struct cohort_prompts *self = ctx;
    char name[8];
    snprintf(name, sizeof name, "%d", field);
    bool choice = self->editing == ROW_CUSTOM ? field == CUSTOM_TYPE : self->editing >= ROW_QUESTIONS && field == TYPE;
    draft_put(self->draft, name, choice ? form_value(self->form, field) : form_text(self->form, field));
}

static void take(void *owner, const char *field, const char *text)
{
    struct cohort_prompts *self = owner;
    int number = atoi(field), fields = self->editing == ROW_ENABLED ? 1 : self->editing == ROW_CUSTOM ? 2 : FIELDS;
    if (self->form && number >= 0 && number < fields)
        form_put(self->form, number, text);
}

static void check(void *ctx, int field, const char *value, struct form_verdict *out)
{
    const struct cohort_prompts *self = ctx;
    if (self->editing < ROW_QUESTIONS || !value || !self->form)
        return;
    size_t i;
    const json_t *item;
    if (field == ID)
        json_array_foreach(questions(self), i,
                           item) if ((int)i != self->editing - ROW_QUESTIONS && str_equal(text_of(item, "id"), value))
            snprintf(out->error, sizeof out->error, "question %d has it", (int)i + 1);
    if (field == MAX && form_value(self->form, MIN) && strtod(form_value(self->form, MIN), NULL) >= strtod(value, NULL))
        snprintf(out->error, sizeof out->error, "above the least");
}

static void open_form(struct cohort_prompts *self, int row)
{
    static const struct form_field question_fields[FIELDS] = {
        [ID] = {.label = "Kept as", .kind = FORM_TEXT, .required = true, .limit = 60, .cols = 20},
        [LABEL] = {.label = "Question", .kind = FORM_TEXT, .required = true, .limit = 400, .cols = 36},
        [TYPE] = {.label = "Answer", .kind = FORM_CHOICE, .choices = type_words, .values = types},
        [MIN] = {.label = "From", .kind = FORM_NUMBER, .decimals = 2},
        [MAX] = {.label = "To", .kind = FORM_NUMBER, .decimals = 2},
    };
    static const struct form_field custom_fields[] = {
        [CUSTOM_TEXT] = {.label = "Question", .kind = FORM_TEXT, .limit = 400, .cols = 36},
        [CUSTOM_TYPE] = {.label = "Answer", .kind = FORM_CHOICE, .choices = type_words, .values = types},
    };
    static const struct form_field enabled_fields[] = {
        [ENABLED_NAMES] = {.label = "Switched on", .kind = FORM_TEXT, .limit = 400, .cols = 36},
    };
    char key[64], least[32], most[32];
    const char *title = row == ROW_ENABLED  ? "Prompts that are on, joined by commas"
                        : row == ROW_CUSTOM ? "Custom prompt"
                                            : "Question";
    drop_form(self);
    self->editing = row;
    if (row == ROW_ENABLED) {
        char *names = enabled_names(self);
        self->form = form_new(enabled_fields, 1);
        form_set(self->form, ENABLED_NAMES, names);
        free(names);
    } else if (row == ROW_CUSTOM) {
        const char *type = text_of(self->prompts, "customPrompt1Type");
        self->form = form_new(custom_fields, 2);
        form_set(self->form, CUSTOM_TEXT, text_of(self->prompts, "customPrompt1"));
        form_set(self->form, CUSTOM_TYPE, *type ? type : "text");
    } else {
        const json_t *question = json_array_get(questions(self), (size_t)(row - ROW_QUESTIONS));
        self->form = form_new(question_fields, FIELDS);
        form_set(self->form, ID, text_of(question, "id"));
        form_set(self->form, LABEL, text_of(question, "label"));
        form_set(self->form, TYPE, question ? text_of(question, "type") : "text");
        form_set(self->form, MIN, number_of(question, "min", least));
        form_set(self->form, MAX, number_of(question, "max", most));
    }
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
    snprintf(key, sizeof key, "prompts/%lld/%d", (long long)self->cohort, row);
    self->draft = draft_open(self->app, key, title, self, take);
}

/* ---- Actions ---- */

static void delete_question(void *owner, int64_t at)
{
    struct cohort_prompts *self = owner;
    json_t *list = copied_questions(self);
    json_array_remove(list, (size_t)at);
    save_questions(self, list);
}

static void move_question(void *owner, int64_t to)
{
    struct cohort_prompts *self = owner;
    size_t at = (size_t)(table_cursor(self->table) - ROW_QUESTIONS);
    json_t *list = copied_questions(self), *question = json_incref(json_array_get(list, at));
    json_array_remove(list, at);
    json_array_insert_new(list, (size_t)to, question);
    table_select(self->table, to + ROW_QUESTIONS + 1);
    save_questions(self, list);
}

static void ask_place(struct cohort_prompts *self)
{
    struct menu_item items[QUESTIONS_MOST];
    char texts[QUESTIONS_MOST][80];
    int count = (int)json_array_size(questions(self)), at = table_cursor(self->table) - ROW_QUESTIONS;
    count = count > QUESTIONS_MOST ? QUESTIONS_MOST : count;
    for (int i = 0; i < count; i++) {
        snprintf(texts[i], sizeof texts[i], "%d  %.60s", i + 1,
                 text_of(json_array_get(questions(self), (size_t)i), "label"));
        items[i] = (struct menu_item){.text = texts[i],
                                      .letter = (char)(i < 9 ? '1' + i : '0'),
                                      .off = i == at,
                                      .value = i,
                                      .remark = i == at ? "is here" : NULL};
    }
    app_menu(self->app, "Move it to the place of", NULL, items, count, move_question, self);
}

bool cohort_prompts_accepts(const struct cohort_prompts *self, enum action action)
{
    int row = table_cursor(self->table);
    if (self->closed || !self->prompts)
        return false;
    switch (action) {
    case ACTION_ADD:
        return json_array_size(questions(self)) < QUESTIONS_MOST;
    case ACTION_OPEN:
    case ACTION_EDIT:
        return row >= 0;
    case ACTION_DELETE:
        return row >= ROW_QUESTIONS;
    case ACTION_MOVE:
        return row >= ROW_QUESTIONS && json_array_size(questions(self)) > 1;
    default:
        return false;
    }
}

unsigned cohort_prompts_act(struct cohort_prompts *self, enum action action, int count)
{
    int row = table_cursor(self->table);
    (void)count;
    switch (action) {
    case ACTION_ADD:
        open_form(self, row_count(self));
        return REFLOW;
    case ACTION_OPEN:
    case ACTION_EDIT:
        open_form(self, row);
        return REFLOW;
    case ACTION_DELETE: {
        const char *name = text_of(json_array_get(questions(self), (size_t)(row - ROW_QUESTIONS)), "label");
        app_confirm(self->app, "Delete the question", "Answers that were given stay with their check-ins.", &name, 1,
                    "Delete it", delete_question, self, row - ROW_QUESTIONS);
        return REPAINT;
    }
    case ACTION_MOVE:
        ask_place(self);
        return REPAINT;
    default:
        return NOT_TAKEN;
    }
}

void cohort_prompts_status(const struct cohort_prompts *self, struct line *line)
{
    if (self->prompts)
        line_add(line, ROLE_TEXT, "%d of %d questions", (int)json_array_size(questions(self)), QUESTIONS_MOST);
    line_add(line, ROLE_DIM, "   weight, steps, calories and stress are always asked");
}

struct cohort_prompts *cohort_prompts_new(struct app *app, int64_t cohort)
{
    struct cohort_prompts *self = mem_alloc(sizeof *self);
    self->app = app;
    self->cohort = cohort;
    struct table_source source = {.ctx = self, .count = row_count, .key = row_key, .cell = cell};
    self->table = table_new(columns, sizeof columns / sizeof columns[0], &source);
    self->preview = doc_new();
    doc_on_build(self->preview, build, self);
    self->list_pane =
        (struct layout){.kind = LAYOUT_PANE, .weight = 50, .min_rows = 4, .widget = table_widget(self->table)};
    self->preview_pane = (struct layout){.kind = LAYOUT_PANE,
                                         .weight = 50,
                                         .min_rows = 3,
                                         .widget = doc_widget(self->preview),
                                         .title = "How the form will ask"};
    self->root =
        (struct layout){.kind = LAYOUT_STACKED, .children = {&self->list_pane, &self->preview_pane}, .child_count = 2};
    return self;
}

void cohort_prompts_free(struct cohort_prompts *self)
{
    db_cancel(app_db(self->app), self->ticket, true);
    app_forget_changes(self->app, self);
    draft_leave(self->draft);
    drop_form(self);
    table_free(self->table);
    doc_free(self->preview);
    json_decref(self->prompts);
    free(self->version);
    free(self);
}

struct layout *cohort_prompts_layout(struct cohort_prompts *self)
{
    return &self->root;
}

void cohort_prompts_focus(struct cohort_prompts *self)
{
    layout_focus(&self->root, table_widget(self->table));
}

void cohort_prompts_set_closed(struct cohort_prompts *self, bool closed)
{
    self->closed = closed;
}
