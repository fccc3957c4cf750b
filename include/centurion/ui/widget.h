/* The contract of everything on the screen. Widgets know cells and callbacks, never members or SQL.
 *
 * Passes, as in a mail client: reflow gives sizes, recalc prepares what is shown, paint draws it (const), cursor places the text cursor.
 * Handlers return enum consequence bits and draw nothing. */
#ifndef CENTURION_UI_WIDGET_H
#define CENTURION_UI_WIDGET_H

#include <stdbool.h>

#include "centurion/term/input.h"
#include "centurion/term/surface.h"
#include "centurion/ui/action.h"

struct widget;

struct widget_ops {
    void (*recalc)(struct widget *widget);                                      /* size or data changed; may be NULL */
    void (*paint)(const struct widget *widget, const struct surface *surface);
    bool (*accepts)(const struct widget *widget, enum action action);           /* would act() take it now? */
    unsigned (*act)(struct widget *widget, enum action action, int count);
    unsigned (*key)(struct widget *widget, int key);                            /* text fields: before the keymap; may be NULL */
    unsigned (*paste)(struct widget *widget, const char *text);                 /* may be NULL */
    unsigned (*mouse)(struct widget *widget, const struct input *input);        /* row, col are the widget's own; may be NULL */
    bool (*cursor)(const struct widget *widget, int *row, int *col);            /* may be NULL: no text cursor */
};

/* The head of every widget: `struct table { struct widget widget; ... }`. */
struct widget {
    const struct widget_ops *ops;
    int rows, cols;  /* given by reflow */
    bool focused;
    bool dirty;      /* wants a recalc */
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

#endif
