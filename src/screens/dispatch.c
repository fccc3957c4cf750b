/* From input to what it does: overlay, focused pane, screen, app, in that order. */
#include <string.h>

#include "app_private.h"
#include "centurion/term/term.h"

static void act_app(struct app *app, enum action action);

static struct layout *focused(const struct app *app)
{
    return app->screen ? layout_focused(app->screen->layout) : NULL;
}

/* The actions that the app itself knows. */
static bool app_knows(const struct app *app, enum action action)
{
    bool placed = app->signed_in && app->history_count;
    switch (action) {
    case ACTION_QUIT:
    case ACTION_BACK:
    case ACTION_CANCEL:
    case ACTION_HELP:
    case ACTION_PALETTE:
    case ACTION_MESSAGES:
    case ACTION_REFRESH:
    case ACTION_REDRAW:
    case ACTION_SUSPEND:
        return true;
    case ACTION_UNDO:
    case ACTION_REDO:
        return undo_can(app, action == ACTION_REDO);
    case ACTION_DRAFTS:
    case ACTION_LOCK:
        return app->signed_in;
    case ACTION_INTERRUPT:
        return db_waiting_since(app->db) != 0;
    case ACTION_UNITS:
    case ACTION_GO_HOME:
        return placed;
    case ACTION_GO_REVIEW:
    case ACTION_GO_COHORTS:
    case ACTION_GO_ENTRIES:
    case ACTION_GO_MEMBERS:
    case ACTION_GO_CALENDAR:
    case ACTION_GO_NOTES:
    case ACTION_GREP:
        return placed && app->session.person != PERSON_CLIENT;
    case ACTION_HISTORY_BACK:
        return placed && app->history_at > 0;
    case ACTION_HISTORY_FORWARD:
        return placed && app->history_at + 1 < app->history_count;
    case ACTION_LAST_VIEW:
        return placed && app->last_at >= 0;
    case ACTION_NEXT_PANE:
    case ACTION_PREVIOUS_PANE:
    case ACTION_ZOOM:
        return placed && app->screen->layout->kind != LAYOUT_PANE;
    default:
        return false;
    }
}

/* What works over a screen's window too, beside what its widget knows. */
static bool popup_knows(const struct app *app, enum action action)
{
    return popup_owner_takes(app, action) || action == ACTION_CANCEL || action == ACTION_HELP ||
           action == ACTION_REDRAW || action == ACTION_SUSPEND ||
           (action == ACTION_INTERRUPT && app_knows(app, action));
}

bool app_accepts(void *arg, enum action action)
{
    const struct app *app = arg;
    if (app->overlay == OVERLAY_HELP || app->overlay == OVERLAY_MESSAGES) {
        switch (action) {
        case ACTION_SEARCH:
        case ACTION_SEARCH_NEXT:
        case ACTION_SEARCH_PREVIOUS:
            return app->overlay == OVERLAY_HELP;
        case ACTION_BACK:
        case ACTION_CANCEL:
        case ACTION_HELP:
        case ACTION_QUIT:
        case ACTION_REDRAW:
        case ACTION_SUSPEND:
            return true;
        default:
            return widget_accepts(overlay_widget(app), action);
        }
    }
    if (app->popup)
        return widget_accepts(popup_widget(app), action) || popup_knows(app, action);
    const struct layout *pane = focused(app);
    return (pane && widget_accepts(pane->widget, action)) ||
           (app->screen && app->screen->ops->accepts && app->screen->ops->accepts(app->screen, action)) ||
           app_knows(app, action);
}

void app_take(struct app *app, unsigned consequence)
{
    if ((consequence & MOVED) && app->screen && app->screen->ops->moved)
        app->screen->ops->moved(app->screen);
    if (consequence & REFLOW)
        app_reflow(app);
    else if (consequence && app->doc) /* help says what can be done now */
        doc_rebuild(app->doc);
    if (consequence)
        loop_dirty(app->loop);
}

void app_changed(struct app *app, unsigned consequence)
{
    app_take(app, consequence);
}

void app_take_over(struct app *app, unsigned consequence)
{
    if (consequence & ACCEPT) {
        consequence |= overlay_accept(app);
    } else if (consequence & CLOSE) {
        bool searching = app->overlay == OVERLAY_SEARCH, asked = app->overlay == OVERLAY_PASSWORD;
        if (searching) { /* back to the help below it */
            prompt_free(app->prompt);
            app->prompt = NULL;
            app->overlay = OVERLAY_HELP;
        } else {
            overlay_close(app);
        }
        if (asked)
            db_close(app->db);
        app_reflow(app);
    }
    app_take(app, consequence & ~(unsigned)(CLOSE | ACCEPT));
}

bool app_widget_shown(const struct app *app, const struct widget *widget)
{
    return app_popup_shown(app, widget) || (app->screen && layout_shown(app->screen->layout, widget));
}

void app_take_popup(struct app *app, unsigned consequence)
{
    if (consequence & EDIT)
        app_edit_widget(app, popup_widget(app));
    if (consequence & (ACCEPT | CLOSE))
        popup_done(app, consequence & ACCEPT);
    app_take(app, consequence);
}

/* What a pane accepts or closes is its screen's business. */
void app_take_pane(struct app *app, struct widget *widget, unsigned consequence)
{
    if (consequence & EDIT)
        app_edit_widget(app, widget);
    const struct screen_ops *ops = app->screen->ops;
    app_take(app, consequence);
    enum action action = consequence & CLOSE                   ? ACTION_CANCEL
                         : !(consequence & ACCEPT)             ? ACTION_NONE
                         : widget_accepts(widget, ACTION_SAVE) ? ACTION_SAVE
                                                               : ACTION_OPEN;
    if (action && ops->accepts && ops->accepts(app->screen, action))
        app_take(app, ops->act(app->screen, action, 0));
    else if (action == ACTION_CANCEL)
        act_app(app, action);
}

static void interrupt(struct app *app)
{
    db_interrupt(app->db);
    app_say(app, ROLE_DIM, "The query was asked to stop.");
}

static void zoom(struct app *app)
{
    struct screen *screen = app->screen;
    const struct layout *pane = focused(app);
    screen->zoomed = screen->zoomed ? NULL : pane ? pane->widget : NULL;
    app_take(app, REFLOW);
}

/* The text to be searched stays below. */
static void ask_search(struct app *app, const char *text)
{
    app->prompt = prompt_new("Search", text, false);
    app->overlay = OVERLAY_SEARCH;
    app_reflow(app);
}

static void search(struct app *app, int direction)
{
    if (!app->search[0])
        ask_search(app, "");
    else if (!doc_search(app->doc, app->search, direction))
        app_say(app, ROLE_WARN, "\"%s\" is not here.", app->search);
    loop_dirty(app->loop);
}

/* The overlay of text (help, messages) has the keyboard. */
static void act_over(struct app *app, enum action action, int count)
{
    switch (action) {
    case ACTION_BACK:
    case ACTION_CANCEL:
    case ACTION_HELP:
        overlay_close(app);
        app_reflow(app);
        break;
    case ACTION_SEARCH:
        ask_search(app, "");
        break;
    case ACTION_SEARCH_NEXT:
        search(app, 1);
        break;
    case ACTION_SEARCH_PREVIOUS:
        search(app, -1);
        break;
    default:
        app_take(app, widget_act(overlay_widget(app), action, count));
        break;
    }
}

static void go_to(struct app *app, const char *route)
{
    app_open(app, "%s", route);
    app->next_depth = 1;
}

/* The app's own actions. */
static void act_app(struct app *app, enum action action)
{
    switch (action) {
    case ACTION_QUIT:
        app_leave(app, true);
        break;
    case ACTION_BACK:
    case ACTION_CANCEL:
        if (app->screen && app->screen->zoomed)
            zoom(app);
        else if (app->history_count && app->history[app->history_at].depth > 0)
            app_back(app);
        else if (action == ACTION_BACK)
            app_leave(app, true);
        else if (db_waiting_since(app->db))
            interrupt(app);
        break;
    case ACTION_HELP:
        overlay_open(app, OVERLAY_HELP);
        break;
    case ACTION_MESSAGES:
        overlay_open(app, OVERLAY_MESSAGES);
        break;
    case ACTION_PALETTE:
        overlay_open(app, OVERLAY_PALETTE);
        break;
    case ACTION_REFRESH:
        app_refresh(app);
        break;
    case ACTION_REDRAW:
        term_redraw_all();
        break;
    case ACTION_SUSPEND:
        term_suspend();
        break;
    case ACTION_UNDO:
    case ACTION_REDO:
        undo_ask(app, action == ACTION_REDO);
        break;
    case ACTION_DRAFTS:
        drafts_show(app);
        break;
    case ACTION_LOCK:
        lock_now(app);
        break;
    case ACTION_INTERRUPT:
        interrupt(app);
        break;
    case ACTION_UNITS:
        app->pounds = !app->pounds;
        app_take(app, REFLOW);
        break;
    case ACTION_GO_HOME: {
        struct route landing;
        app_landing(app, &landing);
        app_open(app, "%s", landing.text);
        app->next_depth = 0;
        break;
    }
    case ACTION_GO_REVIEW:
        go_to(app, "review");
        break;
    case ACTION_GO_COHORTS:
        go_to(app, "cohorts");
        break;
    case ACTION_GO_ENTRIES:
        go_to(app, "entries");
        break;
    case ACTION_GO_MEMBERS:
        go_to(app, "members");
        break;
    case ACTION_GO_CALENDAR:
        go_to(app, "calendar");
        break;
    case ACTION_GO_NOTES:
        go_to(app, "notes");
        break;
    case ACTION_GREP:
        app_grep(app);
        break;
    case ACTION_HISTORY_BACK:
        app_history_step(app, -1);
        break;
    case ACTION_HISTORY_FORWARD:
        app_history_step(app, 1);
        break;
    case ACTION_LAST_VIEW:
        app_history_step(app, 0);
        break;
    case ACTION_NEXT_PANE:
    case ACTION_PREVIOUS_PANE:
        if (layout_focus_next(app->screen->layout, action == ACTION_NEXT_PANE ? 1 : -1))
            app_take(app, REPAINT);
        break;
    case ACTION_ZOOM:
        zoom(app);
        break;
    default:
        break;
    }
}

/* Why an action cannot run. */
static void cannot(struct app *app, enum action action)
{
    const struct action_info *info = action_info(action);
    if (app->signed_in)
        app_say(app, ROLE_DIM, "\"%s\" has nothing to do here now. %s", info->name, info->help);
    else
        app_say(app, ROLE_DIM, "\"%s\" works once somebody is signed in.", info->name);
}

static void act_popup(struct app *app, enum action action, int count)
{
    struct widget *widget = popup_widget(app);
    unsigned consequence = widget_accepts(widget, action) ? widget_act(widget, action, count) : NOT_TAKEN;
    if (consequence)
        app_take_popup(app, consequence);
    else if (action == ACTION_CANCEL)
        app_take_popup(app, CLOSE);
    else if (popup_owner_takes(app, action))
        popup_owner_act(app, action);
    else if (popup_knows(app, action))
        act_app(app, action);
    else
        cannot(app, action);
    loop_dirty(app->loop);
}

void app_act(struct app *app, enum action action, int count)
{
    if (app->doc && app->overlay != OVERLAY_NONE && action != ACTION_QUIT && action != ACTION_REDRAW &&
        action != ACTION_SUSPEND) {
        act_over(app, action, count);
        return;
    }
    if (app->popup) {
        act_popup(app, action, count);
        return;
    }
    struct layout *pane = focused(app);
    unsigned consequence = NOT_TAKEN;
    if (pane && widget_accepts(pane->widget, action))
        consequence = widget_act(pane->widget, action, count);
    if (consequence & (ACCEPT | CLOSE | EDIT)) {
        app_take_pane(app, pane->widget, consequence);
        return;
    }
    if (!consequence && app->screen && app->screen->ops->accepts && app->screen->ops->accepts(app->screen, action))
        consequence = app->screen->ops->act(app->screen, action, count);
    if (consequence)
        app_take(app, consequence);
    else if (app_knows(app, action))
        act_app(app, action);
    else
        cannot(app, action);
    loop_dirty(app->loop);
}

/* 1 to 9 show a tab at once; if a motion follows, they were a count, and the tab goes back. */
static bool tab_key(struct app *app, int key)
{
    const struct screen_ops *ops = app->screen ? app->screen->ops : NULL;
    if (app->overlay != OVERLAY_NONE || app->popup || !ops || !ops->tab || key < '1' || key > '9' ||
        keymap_pending(app->keymap) != (app->provisional_tab != 0))
        return false;
    if (!app->provisional_tab)
        app->provisional_tab = ops->tab(app->screen);
    app_take(app, ops->act(app->screen, ACTION_TAB, key - '0'));
    return true;
}

static void resolved(struct app *app, enum action action, int count)
{
    if (app->provisional_tab && (action_info(action)->flags & ACTION_MOTION))
        app_take(app, app->screen->ops->act(app->screen, ACTION_TAB, app->provisional_tab));
    else if (app->provisional_tab)
        count = 0;
    app->provisional_tab = 0;
    app_act(app, action, count);
}

/* A field takes its keys before the keymap does; what is pending there is finished first. */
static bool field_key(struct app *app, int key)
{
    const struct layout *pane = focused(app);
    struct widget *widget = app->popup ? popup_widget(app) : pane ? pane->widget : NULL;
    if (!widget || app->overlay != OVERLAY_NONE || keymap_pending(app->keymap))
        return false;
    unsigned consequence = widget_key(widget, key);
    if (!consequence)
        return false;
    if (app->popup)
        app_take_popup(app, consequence);
    else
        app_take_pane(app, widget, consequence);
    return true;
}

/* What stands in the prompt now, or that it was given up. */
static void tell_typed(struct app *app)
{
    struct screen *screen = app->screen;
    if (screen && screen->ops->typed)
        screen->ops->typed(screen, app->overlay == OVERLAY_ASK ? prompt_text(app->prompt) : NULL);
}

static void on_key(struct app *app, int key)
{
    struct widget *over = overlay_widget(app);
    if (over && over->ops->key) {
        bool asked = app->overlay == OVERLAY_ASK;
        unsigned consequence = widget_key(over, key);
        app_take_over(app, consequence);
        if (asked && consequence && !(consequence & ACCEPT))
            tell_typed(app);
        if (consequence)
            return;
        if (app->overlay != OVERLAY_HELP && app->overlay != OVERLAY_MESSAGES && app->overlay != OVERLAY_NONE)
            return; /* a text field takes all keys */
    }
    if (field_key(app, key))
        return;
    enum action action;
    int count;
    tab_key(app, key);
    switch (keymap_feed(app->keymap, key, app_accepts, app, &action, &count)) {
    case KEYMAP_ACTION:
        resolved(app, action, count);
        break;
    case KEYMAP_PENDING:
        break;
    case KEYMAP_NONE:
        app->provisional_tab = 0;
        if (action != ACTION_NONE)
            cannot(app, action);
        break;
    }
    loop_dirty(app->loop);
}

static void on_paste(struct app *app, const struct input *input)
{
    const struct layout *pane = focused(app);
    struct widget *over = overlay_widget(app), *widget = over         ? over
                                                         : app->popup ? popup_widget(app)
                                                         : pane       ? pane->widget
                                                                      : NULL;
    unsigned consequence = widget ? widget_paste(widget, input->text) : NOT_TAKEN;
    app_take(app, consequence);
    if (!consequence && !over)
        app_say(app, ROLE_DIM, "Nothing here takes pasted text.");
    else if (input->cut)
        app_say(app, ROLE_WARN, "The paste was longer than fits: only its beginning was taken.");
}

void app_input(void *arg, const struct input *input)
{
    struct app *app = arg;
    bool person = input->type == INPUT_KEY || input->type == INPUT_PASTE || input->type == INPUT_MOUSE;
    if (app->locked && person) {
        lock_input(app, input);
        return;
    }
    if (person) {
        app_touched(app);
        lock_touched(app);
    }
    app_arrive(app);
    switch (input->type) {
    case INPUT_KEY:
        if (app->message_shown) {
            app->message_shown = false;
            loop_dirty(app->loop);
        }
        on_key(app, input->key);
        break;
    case INPUT_PASTE:
        on_paste(app, input);
        break;
    case INPUT_MOUSE:
        app_mouse(app, input);
        break;
    case INPUT_RESIZE:
        app_reflow(app);
        break;
    case INPUT_END: /* the terminal is gone */
        app_leave(app, false);
        break;
    case INPUT_FOCUS:
        break;
    }
}
