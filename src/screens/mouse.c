/* The mouse: what lies on top gets it, in its own rows and columns. */
#include "app_private.h"
#include "centurion/term/term.h"

/* Help and messages lie within a frame. */
enum { FRAME_TOP = 1, FRAME_LEFT = 2 };

static void over(struct app *app, struct widget *widget, struct input *body)
{
    if (app->prompt)
        return;
    body->row -= app->doc ? FRAME_TOP : 0;
    body->col -= app->doc ? FRAME_LEFT : 0;
    app_take_over(app, widget_mouse(widget, body));
}

void app_mouse(struct app *app, const struct input *input)
{
    struct input body = *input;
    body.row -= BODY_TOP;
    struct widget *widget = overlay_widget(app);
    if (widget) {
        over(app, widget, &body);
        return;
    }
    if (app->popup) {
        app_take_popup(app, popup_mouse(app, app_body_rows(), term_cols(), &body));
        return;
    }
    struct layout *pane = app->screen ? layout_pane_at(app->screen->layout, body.row, body.col) : NULL;
    if (!pane)
        return;
    body.row -= pane->at.top;
    body.col -= pane->at.left;
    if (input->button == MOUSE_LEFT && !pane->no_focus)
        layout_focus(app->screen->layout, pane->widget);
    app_take_pane(app, pane->widget, widget_mouse(pane->widget, &body) | REPAINT);
}
