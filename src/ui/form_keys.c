/* Keys, pastes and the mouse in a form. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "centurion/base/mem.h"
#include "form_private.h"

static struct field *focused(const struct form *form)
{
    return &form->fields[form->focus];
}

static bool enterable(const struct form *form, int at)
{
    return !form->fields[at].hidden && form->fields[at].kind != FORM_FIXED;
}

static int enterable_count(const struct form *form)
{
    int count = 0;
    for (int i = 0; i < form->count; i++)
        count += enterable(form, i);
    return count;
}

/* round: from the last to the first. */
static unsigned step_field(struct form *form, int step, bool round)
{
    int at = form->focus;
    do {
        at += step;
        if (at < 0 || at >= form->count) {
            if (!round)
                return TAKEN;
            at = at < 0 ? form->count - 1 : 0;
        }
    } while (!enterable(form, at) && at != form->focus);
    field_tidy(focused(form));
    form->focus = at;
    form_reveal(form);
    return TAKEN | REPAINT;
}

/* The field under the cursor was changed by hand. */
unsigned form_touched(struct form *form)
{
    struct field *field = focused(form);
    free(field->refusal);
    field->refusal = NULL;
    field->cleared = false;
    field->taken = form->taking;
    field_judge(form, form->focus);
    if (form->changed)
        form->changed(form->changed_ctx, form->focus);
    return TAKEN | REPAINT;
}

/* From a part of the field: RECALC says that its text changed. */
static unsigned after(struct form *form, unsigned consequence)
{
    return consequence & RECALC ? form_touched(form) : consequence;
}

static unsigned choose(struct form *form, int choice)
{
    struct field *field = focused(form);
    if (field->choice == choice)
        return TAKEN;
    field->choice = choice;
    return form_touched(form);
}

static unsigned choice_key(struct form *form, int key)
{
    struct field *field = focused(form);
    int count = field->choice_count;
    switch (key) {
    case ' ':
    case KEYCODE_RIGHT:
        return count ? choose(form, (field->choice + 1) % count) : TAKEN;
    case KEYCODE_LEFT:
        return count ? choose(form, field->choice > 0 ? field->choice - 1 : count - 1) : TAKEN;
    case KEYCODE_BACKSPACE:
    case KEYCODE_DELETE:
        return choose(form, -1);
    default:
        break;
    }
    if (!edit_printable(key))
        return NOT_TAKEN;
    for (int i = 1; i <= count && key < 128; i++) {
        int at = (field->choice + i) % count;
        at = at < 0 ? 0 : at;
        if (tolower((unsigned char)field->choices[at][0]) == tolower(key))
            return choose(form, at);
    }
    return TAKEN;
}

static unsigned yesno_key(struct form *form, int key)
{
    switch (key) {
    case ' ':
        return choose(form, focused(form)->choice != 1);
    case 'y':
    case 'Y':
    case KEYCODE_LEFT:
        return choose(form, 1);
    case 'n':
    case 'N':
    case KEYCODE_RIGHT:
        return choose(form, 0);
    case KEYCODE_BACKSPACE:
    case KEYCODE_DELETE:
        return choose(form, -1);
    default:
        return edit_printable(key) ? TAKEN : NOT_TAKEN;
    }
}

static unsigned scale_key(struct form *form, int key)
{
    struct field *field = focused(form);
    if (key == KEYCODE_LEFT || key == KEYCODE_RIGHT) {
        char text[8];
        int number = atoi(field->value) + (key == KEYCODE_RIGHT ? 1 : -1);
        if (number < 1 || number > SCALE_MOST)
            return TAKEN;
        snprintf(text, sizeof text, "%d", number);
        edit_set(&field->edit, text);
        return form_touched(form);
    }
    /* Nothing but a 0 can follow a digit, so the next digit is meant instead of it. */
    if (key >= '1' && key <= '9' && field->edit.length == 1)
        edit_fini(&field->edit);
    return after(form, edit_key(&field->edit, key));
}

static unsigned field_key(struct form *form, int key)
{
    struct field *field = focused(form);
    switch (field->kind) {
    case FORM_AREA:
        if ((key == KEYCODE_UP && textarea_at_edge(field->area, -1)) ||
            (key == KEYCODE_DOWN && textarea_at_edge(field->area, 1)))
            return NOT_TAKEN;
        return widget_key(textarea_widget(field->area), key);
    case FORM_CHOICE:
        return choice_key(form, key);
    case FORM_YESNO:
        return yesno_key(form, key);
    case FORM_SCALE:
        return scale_key(form, key);
    case FORM_FIXED:
        return NOT_TAKEN;
    default:
        return key == (KEYCODE_CTRL | 'd') ? NOT_TAKEN : after(form, edit_key(&field->edit, key));
    }
}

bool form_ready(struct form *form)
{
    int at;
    field_tidy(focused(form));
    if (!form_mistake(form, &at))
        return true;
    struct field *field = &form->fields[at];
    form->focus = at;
    if (!field->refusal) /* it is red from now on, though nothing was typed */
        field->refusal = mem_strdup(field->verdict.error);
    form_reveal(form);
    return false;
}

static unsigned save(struct form *form, bool next)
{
    form->next = next;
    return form_ready(form) ? TAKEN | ACCEPT : TAKEN | REPAINT;
}

static unsigned form_key(struct widget *widget, int key)
{
    struct form *form = (struct form *)widget;
    switch (key) {
    case KEYCODE_TAB:
        return step_field(form, 1, true);
    case KEYCODE_BACKTAB:
        return step_field(form, -1, true);
    default:
        break;
    }
    unsigned consequence = field_key(form, key);
    if (consequence) {
        form_reveal(form);
        return consequence;
    }
    switch (key) {
    case KEYCODE_ENTER:
        return enterable_count(form) == 1 ? save(form, false) : step_field(form, 1, false);
    case KEYCODE_DOWN:
        return step_field(form, 1, false);
    case KEYCODE_UP:
        return step_field(form, -1, false);
    case KEYCODE_PAGE_DOWN:
    case KEYCODE_PAGE_UP:
        for (int i = 0; i < widget->rows; i++)
            step_field(form, key == KEYCODE_PAGE_DOWN ? 1 : -1, false);
        return TAKEN | REPAINT;
    default:
        return NOT_TAKEN;
    }
}

static unsigned form_paste(struct widget *widget, const char *text)
{
    struct form *form = (struct form *)widget;
    struct field *field = focused(form);
    if (field->area)
        return widget_paste(textarea_widget(field->area), text);
    if (!field_is_edit(field) || field->kind == FORM_FIXED)
        return NOT_TAKEN;
    return after(form, edit_paste(&field->edit, text));
}

static bool form_accepts(const struct widget *widget, enum action action)
{
    const struct form *form = (const struct form *)widget;
    const struct field *field = focused(form);
    switch (action) {
    case ACTION_SAVE:
    case ACTION_CANCEL:
        return true;
    case ACTION_SAVE_NEXT:
        return form->can_next;
    case ACTION_EDITOR:
        return field->area;
    case ACTION_SUGGESTED:
        return field->suggested;
    case ACTION_CLEAR:
        return field->kind != FORM_FIXED;
    default:
        return false;
    }
}

static unsigned form_act(struct widget *widget, enum action action, int count)
{
    struct form *form = (struct form *)widget;
    struct field *field = focused(form);
    (void)count;
    switch (action) {
    case ACTION_SAVE:
    case ACTION_SAVE_NEXT:
        return save(form, action == ACTION_SAVE_NEXT);
    case ACTION_CANCEL:
        return TAKEN | CLOSE;
    case ACTION_EDITOR:
        return field->area ? TAKEN | EDIT : NOT_TAKEN;
    case ACTION_SUGGESTED:
        if (!field->suggested)
            return NOT_TAKEN;
        field_put(field, field->suggested);
        form->taking = true;
        form_touched(form);
        form->taking = false;
        return TAKEN | REPAINT;
    case ACTION_CLEAR:
        form_clear(form, form->focus);
        if (form->changed)
            form->changed(form->changed_ctx, form->focus);
        return TAKEN | REPAINT;
    default:
        return NOT_TAKEN;
    }
}

static unsigned form_mouse(struct widget *widget, const struct input *input)
{
    struct form *form = (struct form *)widget;
    if (input->button == MOUSE_WHEEL_UP || input->button == MOUSE_WHEEL_DOWN)
        return step_field(form, input->button == MOUSE_WHEEL_DOWN ? 1 : -1, false);
    if (input->button != MOUSE_LEFT)
        return TAKEN;
    int row = form->top + input->row;
    for (int i = 0; i < form->count; i++) {
        struct field *field = &form->fields[i];
        if (row < field->top || row >= field->top + field->lines || !enterable(form, i))
            continue;
        bool again = form->focus == i;
        field_tidy(focused(form));
        form->focus = i;
        form_reveal(form);
        int left = MARK_COLS + form->label_cols + 2;
        if (field->area) {
            struct input inside = *input;
            inside.row = row - field->top;
            inside.col -= left;
            return widget_mouse(textarea_widget(field->area), &inside) | REPAINT;
        }
        if (field->kind == FORM_YESNO && input->col >= left)
            return choose(form, input->col < left + 8) | REPAINT;
        if (field->kind == FORM_CHOICE && input->col >= left && again)
            return choice_key(form, ' ') | REPAINT;
        return TAKEN | REPAINT;
    }
    return TAKEN;
}

static void form_recalc(struct widget *widget)
{
    form_arrange((struct form *)widget);
}

static const char *form_get(const struct widget *widget)
{
    return field_text(focused((const struct form *)widget));
}

static void form_edited(struct widget *widget, const char *text)
{
    struct form *form = (struct form *)widget;
    if (focused(form)->area)
        widget_put(textarea_widget(focused(form)->area), text); /* which tells us */
}

const struct widget_ops form_ops = {
    .recalc = form_recalc,
    .paint = form_paint,
    .accepts = form_accepts,
    .act = form_act,
    .key = form_key,
    .paste = form_paste,
    .mouse = form_mouse,
    .cursor = form_cursor,
    .text = form_get,
    .put = form_edited,
};
