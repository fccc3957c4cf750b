/* The contract of a screen: it joins queries to widgets and holds no SQL and no drawing. One screen a file; a screen opens
 * another by route, never by call. */
#ifndef CENTURION_SCREENS_SCREEN_H
#define CENTURION_SCREENS_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/data/change.h"
#include "centurion/data/db.h"
#include "centurion/screens/route.h"
#include "centurion/ui/bars.h"
#include "centurion/ui/layout.h"
#include "centurion/ui/menu.h"

struct app;
struct app_options; /* centurion/screens/app.h */
struct screen;

/* What the signed-in person is; a set says who may open a screen. The database decides what they then see. */
enum person { PERSON_ADMIN = 1, PERSON_COACH = 2, PERSON_CLIENT = 4, PERSON_ANY = 7 };

/* Who is signed in and the settings that the screens show values by; answered by the server on every connection. */
struct session {
    int user_id;
    enum person person;
    char name[160];
    int today; /* days; the date in the studio's time zone */
    char timezone[64], currency[8];
    bool pounds; /* weights are stored in lb, else kg */
};

struct screen_ops {
    const char *id;      /* the first part of its routes */
    const char *title;   /* in the app bar and in help */
    const char *palette; /* the command that opens it; NULL: not without a record */
    unsigned people;     /* enum person bits */
    struct screen *(*open)(struct app *app, const struct route *route);
    void (*close)(struct screen *screen); /* frees it; its tickets are cancelled */
    void (*load)(struct screen *screen);  /* asks the server (again); what is shown stays until the answer */
    void (*route)(const struct screen *screen, struct route *out); /* where it is now, to come back to */
    void (*reflow)(struct screen *screen, int rows, int cols);     /* before panes are arranged; may be NULL */
    void (*crumbs)(const struct screen *screen, struct line *left, struct line *right);
    void (*status)(const struct screen *screen, struct line *left); /* after the age of the data; may be NULL */
    bool (*accepts)(const struct screen *screen, enum action action);
    unsigned (*act)(struct screen *screen, enum action action, int count);
    /* A form or text in a pane that was saved comes as ACTION_SAVE, one that was closed as ACTION_CANCEL (without it: back). */
    void (*moved)(struct screen *screen);    /* the cursor of a pane stands on another row; may be NULL */
    int (*tab)(const struct screen *screen); /* the tab that is shown, from 1; NULL: it has none */
    void (*answer)(struct screen *screen, const char *text); /* what was typed at app_ask(); may be NULL */
    void (*typed)(struct screen *screen,
                  const char *text);               /* after each key of app_ask(); NULL text: given up. May be NULL */
    bool (*restless)(const struct screen *screen); /* does it wait for the cursor to rest? NULL: never */
    /* The tables that it shows, separated by blanks ("entries reviews"): when somebody else changed one of them, load() is called, though
     * never under a window, a prompt or a half-typed key. Cursor, marks and what is typed must survive that, and the order of rows
     * (app_in_place()). NULL: only F5 reads it anew. */
    const char *shows;
    const enum action *hints;
    int hint_count;
};

/* The head of every screen: `struct review { struct screen screen; ... }`. */
struct screen {
    const struct screen_ops *ops;
    struct app *app;
    struct layout *layout;
    int64_t loaded_at;    /* loop_now() of the last answer; 0: nothing yet. The frame shows its age */
    char loaded_clock[6]; /* the same as "09:14" on the user's clock */
    struct widget *zoomed;
    bool in_place; /* the load under way was not asked for by the person who looks */
};

/* Every screen, NULL at the end: screens.c. */
extern const struct screen_ops review_screen, review_as_screen, calendar_screen, checkin_screen, cohort_screen,
    cohorts_screen, member_screen, members_screen, admin_screen, client_screen, entries_screen, notes_screen;
extern const struct screen_ops *const screens_all[];

/* What the app offers to screens. */
struct db *app_db(struct app *app);
struct loop *app_loop(struct app *app);
const struct session *app_session(const struct app *app);
const struct app_options *app_options(const struct app *app);
void app_open(struct app *app, const char *route_format, ...)
    __attribute__((format(printf, 2, 3))); /* later in this turn */
void app_replace(struct app *app, const char *route_format, ...)
    __attribute__((format(printf, 2, 3))); /* without history */
void app_say(struct app *app, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));                          /* status line */
void app_fault(struct app *app, const struct error *error);         /* status line and :messages */
void app_ask(struct app *app, const char *label, const char *text); /* the answer comes to ops->answer */
void app_ask_error(struct app *app, const char *words);  /* from ops->answer: keeps the prompt open and says why */
void app_changed(struct app *app, unsigned consequence); /* outside a handler: replies and timers report here */
void app_loaded(struct app *app, struct screen *screen); /* stamps the age of the data; after the rows were taken */

/* Is what is being answered read because somebody else changed it? Then rows stay in their order. */
bool app_in_place(const struct app *app);

/* A window over the screen: a widget of the owner's (a form, a textarea, a menu), who frees it, or that of the screen when it
 * closes: then the window is gone without a word. rows, cols: of the widget, cut to what there is; 0: all there is. done (may be
 * NULL) is told when the widget was accepted or closed; the window has gone by then, unless it stays when it was accepted, as
 * a form does that the server has yet to take: app_popup_close() takes it down then. hints NULL: the usual ones. */
typedef void app_popup_fn(void *owner, bool accepted);
typedef void app_popup_act_fn(void *owner, enum action action);
struct app_popup {
    struct widget *widget;
    const char *title;
    int rows, cols;
    bool stays;
    const enum action *hints;
    int hint_count;
    void *owner;
    app_popup_fn *done;
    enum action actions[2]; /* that the owner takes beside those of the widget: act is told. ACTION_NONE: none */
    app_popup_act_fn *act;
};
void app_popup(struct app *app, const struct app_popup *popup); /* copied, but for the hints */
void app_popup_close(struct app *app, const struct widget *widget);
bool app_popup_shown(const struct app *app, const struct widget *widget);

/* Asks before something that cannot be taken back at once. The answer that the cursor stands on is no. words say what will
 * happen; names say to whom: the first 8 of count are read, the rest is a number. verb: "Delete 12 notes". fn is called
 * after yes only. */
typedef void app_confirm_fn(void *owner, int64_t key);
void app_confirm(struct app *app, const char *title, const char *words, const char *const *names, int count,
                 const char *verb, app_confirm_fn *fn, void *owner, int64_t key);

/* Asks what to search all notes for, in the palette. */
void app_grep(struct app *app);

/* A list to choose from; fn gets the value of the item that was chosen, and nothing is said when none was. words: above it, or
 * NULL. */
typedef void app_chosen_fn(void *owner, int64_t value);
void app_menu(struct app *app, const char *title, const char *words, const struct menu_item *items, int count,
              app_chosen_fn *fn, void *owner);

/* Opens text in $VISUAL or $EDITOR (else vi), on a private file with that suffix (NULL: ".txt"). fn gets what was written when it
 * ended well and the screen is still there; else nothing changes, and the app says why and where the file is. Textareas and
 * the areas of forms do this by themselves. */
typedef void app_edited_fn(void *owner, const char *text);
void app_edit_text(struct app *app, const char *text, const char *suffix, app_edited_fn *fn, void *owner);

/* Is the login forced into this program? Then nothing may start a shell or write a file that the user names. */
bool app_restricted(const struct app *app);

/* Gives text to a shell's command, which has the terminal until it has ended and Enter was pressed. false: it was not started. How it ended
 * is said. */
bool app_pipe(struct app *app, const char *text, const char *command);

/* Runs a command of the configuration, through the shell, with one further argument, and lends it the terminal while it runs. Why it did
 * not work out is told. */
void app_run_command(struct app *app, const char *command, const char *argument);

/* Puts text on the clipboard of the user's terminal (OSC 52) and keeps it for pasting inside; says so. */
void app_copy(struct app *app, const char *text);
const char *app_copied(const struct app *app); /* "": nothing yet */

/* Makes a change: query and params as for data_change(), what in words for messages ("Sam O'Neill reviewed"). The app says what was
 * refused, in conflict or stays unknown, wherever the person is by then. done (may be NULL) is told of every outcome, with owner and
 * key as given here, until app_forget_changes(owner); a screen that closes calls that. */
typedef void app_change_fn(void *owner, int64_t key, const struct change_reply *reply);
void app_change(struct app *app, const struct query *query, const char *const *params, const char *what, void *owner,
                int64_t key, app_change_fn *done);
void app_forget_changes(struct app *app, const void *owner);

/* The list that a record was opened from, so that next and previous work inside it. ids are copied. */
void app_set_records(struct app *app, const int64_t *ids, int count, int64_t current);
bool app_step_record(struct app *app, int step, int64_t *id); /* false at an end */

/* What a screen wants to find again when it is opened anew in this run, as text under a name of its own; copied. */
void app_keep_state(struct app *app, const char *name, const char *text);
const char *app_kept_state(const struct app *app, const char *name); /* NULL: none */

/* Weight as the user wants to see it now: converts from the stored unit; unit gets "kg" or "lb". */
double app_weight(const struct app *app, double stored);
const char *app_weight_unit(const struct app *app);

#endif
