#include "centurion/ui/prompt.h"

#include <stdlib.h>

#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"
#include "edit.h"

struct prompt {
    struct widget widget;
    struct edit edit;
    char *label, *error;
};

enum { GAP = 2, FIELD_MIN = 8 };

static int label_cols(const struct prompt *prompt)
{
    int cols = utf8_width(prompt->label) + 1, most = prompt->widget.cols - FIELD_MIN;
    return cols < most ? cols : most > 0 ? most : 0;
}

static void prompt_recalc(struct widget *widget)
{
    struct prompt *prompt = (struct prompt *)widget;
    edit_resize(&prompt->edit, widget->cols - label_cols(prompt));
}

static void prompt_paint(const struct widget *widget, const struct surface *surface)
{
    const struct prompt *prompt = (const struct prompt *)widget;
    int label = label_cols(prompt);
    surface_field(surface, 0, 0, label, ROLE_ACCENT, prompt->label, FIT_LEFT);
    edit_paint(&prompt->edit, surface, 0, label);
    if (!prompt->error)
        return;
    /* behind the text, or over its end when there is no room */
    int room = widget->cols - label, cols = utf8_width(prompt->error) + GAP, behind = edit_shown_cols(&prompt->edit);
    int at = behind + cols <= room ? behind : room - cols > 0 ? room - cols : 0;
    surface_fill(surface, 0, label + at, 1, GAP, ROLE_INPUT, L' ');
    surface_text(surface, 0, label + at + GAP, ROLE_ERROR, prompt->error, room - at - GAP);
}

static unsigned prompt_key(struct widget *widget, int key)
{
    struct prompt *prompt = (struct prompt *)widget;
    unsigned cleared = prompt->error ? REPAINT : NOT_TAKEN;
    prompt_set_error(prompt, NULL);
    if (key == KEYCODE_ENTER)
        return TAKEN | ACCEPT | cleared;
    if (key == KEYCODE_ESCAPE)
        return TAKEN | CLOSE | cleared;
    return edit_key(&prompt->edit, key) | cleared;
}

static unsigned prompt_paste(struct widget *widget, const char *text)
{
    struct prompt *prompt = (struct prompt *)widget;
    prompt_set_error(prompt, NULL);
    return edit_paste(&prompt->edit, text) | REPAINT;
}

static bool prompt_cursor(const struct widget *widget, int *row, int *col)
{
    const struct prompt *prompt = (const struct prompt *)widget;
    *row = 0;
    *col = label_cols(prompt) + edit_cursor_col(&prompt->edit);
    return true;
}

static const struct widget_ops prompt_ops = {
    .recalc = prompt_recalc,
    .paint = prompt_paint,
    .key = prompt_key,
    .paste = prompt_paste,
    .cursor = prompt_cursor,
};

struct prompt *prompt_new(const char *label, const char *text, bool secret)
{
    struct prompt *prompt = mem_alloc(sizeof *prompt);
    prompt->widget.ops = &prompt_ops;
    prompt->label = mem_printf("%s:", label);
    prompt->edit.cols = 1;
    prompt->edit.secret = secret;
    edit_set(&prompt->edit, text);
    return prompt;
}

void prompt_free(struct prompt *prompt)
{
    if (!prompt)
        return;
    edit_fini(&prompt->edit);
    free(prompt->label);
    free(prompt->error);
    free(prompt);
}

struct widget *prompt_widget(struct prompt *prompt)
{
    return &prompt->widget;
}

const char *prompt_text(const struct prompt *prompt)
{
    return prompt->edit.text;
}

void prompt_set_error(struct prompt *prompt, const char *words)
{
    char *copy = mem_strdup(words);
    free(prompt->error);
    prompt->error = copy;
}
