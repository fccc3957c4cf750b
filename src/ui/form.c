/* The form as its owner sees it. */
#include "centurion/ui/form.h"

#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "form_private.h"

static char **copy_all(const char *const *words, int count)
{
    char **copies = mem_array((size_t)count + 1, sizeof *copies);
    for (int i = 0; words && i < count; i++)
        copies[i] = mem_strdup(words[i]);
    return copies;
}

static void declare(struct field *field, const struct form_field *from)
{
    field->kind = from->kind;
    field->label = mem_strdup(from->label);
    field->unit = mem_strdup(from->unit);
    field->required = from->required;
    field->decimals = from->decimals;
    field->limit = from->limit;
    field->cols = from->cols;
    field->rows = from->rows > 0 ? from->rows : 4;
    field->min = from->min;
    field->max = from->max;
    field->edit.cols = 1;
    field->choice = -1;
    field->original = mem_strdup("");
    while (from->choices && from->choices[field->choice_count])
        field->choice_count++;
    if (field->choice_count) {
        field->choices = copy_all(from->choices, field->choice_count);
        field->values = copy_all(from->values ? from->values : from->choices, field->choice_count);
    }
    if (field->kind == FORM_AREA)
        field->area = textarea_new("", (size_t)(from->limit > 0 ? from->limit : 0));
}

static void area_changed(void *ctx)
{
    form_touched(ctx);
}

struct form *form_new(const struct form_field *fields, int count)
{
    struct form *form = mem_alloc(sizeof *form);
    form->widget.ops = &form_ops;
    form->fields = mem_array((size_t)count + 1, sizeof *form->fields);
    form->count = count;
    for (int i = 0; i < count; i++) {
        declare(&form->fields[i], &fields[i]);
        if (form->fields[i].area)
            textarea_on_changed(form->fields[i].area, area_changed, form);
        field_judge(form, i);
    }
    form_focus(form, 0);
    return form;
}

static void free_all(char **words, int count)
{
    for (int i = 0; i < count; i++)
        free(words[i]);
    free(words);
}

void form_free(struct form *form)
{
    if (!form)
        return;
    for (int i = 0; i < form->count; i++) {
        struct field *field = &form->fields[i];
        edit_fini(&field->edit);
        textarea_free(field->area);
        free_all(field->choices, field->choice_count);
        free_all(field->values, field->choice_count);
        free(field->label);
        free(field->unit);
        free(field->original);
        free(field->remark);
        free(field->suggested);
        free(field->suggestion);
        free(field->refusal);
    }
    free(form->fields);
    free(form);
}

struct widget *form_widget(struct form *form)
{
    return &form->widget;
}

void form_on_check(struct form *form, form_check_fn *fn, void *ctx)
{
    form->check = fn;
    form->check_ctx = ctx;
    for (int i = 0; i < form->count; i++)
        field_judge(form, i);
}

void form_on_changed(struct form *form, form_changed_fn *fn, void *ctx)
{
    form->changed = fn;
    form->changed_ctx = ctx;
}

void form_set_today(struct form *form, int today)
{
    form->today = today;
    for (int i = 0; i < form->count; i++)
        field_judge(form, i);
}

void form_set_clearing(struct form *form, bool clearing)
{
    form->clearing = clearing;
}

static void replace(char **text, const char *with)
{
    char *copy = mem_strdup(with);
    free(*text);
    *text = copy;
}

void form_put(struct form *form, int field, const char *text)
{
    struct field *self = &form->fields[field];
    self->cleared = false;
    field_put(self, text ? text : "");
    field_judge(form, field);
}

void form_set(struct form *form, int field, const char *text)
{
    form_put(form, field, text);
    replace(&form->fields[field].original, field_text(&form->fields[field]));
}

const char *form_text(const struct form *form, int field)
{
    return field_text(&form->fields[field]);
}

const char *form_value(const struct form *form, int field)
{
    return field_value(&form->fields[field]);
}

const char *form_original(const struct form *form, int field)
{
    return form->fields[field].original;
}

bool form_cleared(const struct form *form, int field)
{
    return form->fields[field].cleared;
}

void form_clear(struct form *form, int field)
{
    form_put(form, field, "");
    form->fields[field].cleared = form->clearing;
    field_judge(form, field);
}

bool form_field_dirty(const struct form *form, int field)
{
    const struct field *self = &form->fields[field];
    return self->cleared || !str_equal(field_text(self), self->original);
}

bool form_dirty(const struct form *form)
{
    for (int i = 0; i < form->count; i++)
        if (form_field_dirty(form, i))
            return true;
    return false;
}

void form_settle(struct form *form)
{
    for (int i = 0; i < form->count; i++) {
        field_tidy(&form->fields[i]);
        replace(&form->fields[i].original, field_text(&form->fields[i]));
        replace(&form->fields[i].refusal, NULL);
        form->fields[i].cleared = false;
    }
}

void form_remark(struct form *form, int field, enum role role, const char *words)
{
    form->fields[field].remark_role = role;
    replace(&form->fields[field].remark, words);
}

bool form_took(const struct form *form, int field)
{
    return form->fields[field].taken;
}

void form_suggest(struct form *form, int field, const char *text, const char *words)
{
    replace(&form->fields[field].suggested, text);
    replace(&form->fields[field].suggestion, words);
}

void form_set_error(struct form *form, int field, const char *words)
{
    replace(&form->fields[field].refusal, words);
}

void form_show(struct form *form, int field, bool shown)
{
    form->fields[field].hidden = !shown;
    if (form->focus == field && !shown)
        form_focus(form, field);
    form_arrange(form);
}

static bool enterable(const struct form *form, int field)
{
    return !form->fields[field].hidden && form->fields[field].kind != FORM_FIXED;
}

/* The field itself, or the next one that can be entered. */
void form_focus(struct form *form, int field)
{
    for (int i = 0; i < form->count; i++) {
        int at = (field + i) % form->count;
        if (enterable(form, at)) {
            form->focus = at;
            break;
        }
    }
    form_arrange(form);
}

int form_focused(const struct form *form)
{
    return form->focus;
}

const char *form_mistake(struct form *form, int *field)
{
    for (int i = 0; i < form->count; i++) {
        if (form->fields[i].hidden)
            continue;
        field_judge(form, i);
        if (*form->fields[i].verdict.error) {
            if (field)
                *field = i;
            return form->fields[i].verdict.error;
        }
    }
    return NULL;
}

void form_set_next(struct form *form, bool can)
{
    form->can_next = can;
}

bool form_wants_next(const struct form *form)
{
    return form->next;
}

int form_rows(const struct form *form)
{
    int rows = 0;
    for (int i = 0; i < form->count; i++)
        if (!form->fields[i].hidden)
            rows += form->fields[i].kind == FORM_AREA ? form->fields[i].rows + 1 : 1;
    return rows;
}
