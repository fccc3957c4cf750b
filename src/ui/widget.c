#include "centurion/ui/widget.h"

void widget_resize(struct widget *widget, int rows, int cols)
{
    widget->rows = rows > 0 ? rows : 0;
    widget->cols = cols > 0 ? cols : 0;
    widget_recalc(widget);
}

void widget_recalc(struct widget *widget)
{
    if (widget->ops->recalc)
        widget->ops->recalc(widget);
}

void widget_paint(const struct widget *widget, const struct surface *surface)
{
    widget->ops->paint(widget, surface);
}

bool widget_accepts(const struct widget *widget, enum action action)
{
    return widget->ops->accepts && widget->ops->accepts(widget, action);
}

unsigned widget_act(struct widget *widget, enum action action, int count)
{
    return widget->ops->act ? widget->ops->act(widget, action, count) : NOT_TAKEN;
}

unsigned widget_key(struct widget *widget, int key)
{
    return widget->ops->key ? widget->ops->key(widget, key) : NOT_TAKEN;
}

unsigned widget_paste(struct widget *widget, const char *text)
{
    return widget->ops->paste ? widget->ops->paste(widget, text) : NOT_TAKEN;
}

unsigned widget_mouse(struct widget *widget, const struct input *input)
{
    return widget->ops->mouse ? widget->ops->mouse(widget, input) : NOT_TAKEN;
}

bool widget_cursor(const struct widget *widget, int *row, int *col)
{
    return widget->ops->cursor && widget->ops->cursor(widget, row, col);
}

const char *widget_text(const struct widget *widget)
{
    return widget->ops->text ? widget->ops->text(widget) : NULL;
}

void widget_put(struct widget *widget, const char *text)
{
    if (widget->ops->put)
        widget->ops->put(widget, text);
}
