/* The contract of everything on the screen. Widgets know cells and callbacks, never members or SQL.
 *
 * Passes, as in a mail client: reflow gives sizes, recalc prepares what is shown, paint draws it (const), cursor places
 * the text cursor. Handlers return enum consequence bits and draw nothing. */
#ifndef CENTURION_UI_WIDGET_H
#define CENTURION_UI_WIDGET_H

#include <stdbool.h>

#include "centurion/term/input.h"
#include "centurion/term/surface.h"
#include "centurion/ui/action.h"

struct widget;

/* All but paint may be NULL.
 *   recalc   size or data changed
 *   accepts  would act() take it now?
 *   key      text fields: before the keymap; what is not taken goes there
 *   mouse    row and col are the widget's own
 *   cursor   where the text cursor stands; false: nowhere
 *   text     the text under the cursor, for $EDITOR (EDIT), and put gives it back, as if it were typed */
struct widget_ops {
    void (*recalc)(struct widget *widget);
    void (*paint)(const struct widget *widget, const struct surface *surface);
    bool (*accepts)(const struct widget *widget, enum action action);
    unsigned (*act)(struct widget *widget, enum action action, int count);
    unsigned (*key)(struct widget *widget, int key);
    unsigned (*paste)(struct widget *widget, const char *text);
    unsigned (*mouse)(struct widget *widget, const struct input *input);
    bool (*cursor)(const struct widget *widget, int *row, int *col);
    const char *(*text)(const struct widget *widget);
    void (*put)(struct widget *widget, const char *text);
};

/* The head of every widget: `struct table { struct widget widget; ... }`. */
struct widget {
    const struct widget_ops *ops;
    int rows, cols; /* given by reflow */
    bool focused;
};

void widget_resize(struct widget *widget, int rows, int cols); /* reflow: sets the size, then recalc */
void widget_recalc(struct widget *widget);
void widget_paint(const struct widget *widget, const struct surface *surface);
bool widget_accepts(const struct widget *widget, enum action action);
unsigned widget_act(struct widget *widget, enum action action, int count);
unsigned widget_key(struct widget *widget, int key);
unsigned widget_paste(struct widget *widget, const char *text);
unsigned widget_mouse(struct widget *widget, const struct input *input);
bool widget_cursor(const struct widget *widget, int *row, int *col);
const char *widget_text(const struct widget *widget); /* NULL: it has none */
void widget_put(struct widget *widget, const char *text);

#endif
