/* What the files of the app share; screens see centurion/screens/screen.h only. */
#ifndef CENTURION_SCREENS_APP_PRIVATE_H
#define CENTURION_SCREENS_APP_PRIVATE_H

#include "centurion/screens/app.h"
#include "centurion/screens/screen.h"
#include "centurion/ui/doc.h"
#include "centurion/ui/keymap.h"
#include "centurion/ui/palette.h"
#include "centurion/ui/prompt.h"

enum { HISTORY_MAX = 64, MESSAGES_MAX = 100, PATIENCE_MS = 150 /* so long nothing needs to be said */ };

/* A visited place; depth is how far it is from the landing page, which "back" goes by. */
struct place {
    struct route route;
    int depth;
};

/* A change that was saved in this run, or an undo of one, by its UUID. */
enum { UNDO_MAX = 50 };
struct undo_item {
    char id[CHANGE_ID_MAX], what[160];
    int64_t at;
};
struct undo_stack {
    struct undo_item items[UNDO_MAX];
    int count;
};

enum overlay {
    OVERLAY_NONE,
    OVERLAY_HELP,
    OVERLAY_MESSAGES,
    OVERLAY_PALETTE,
    OVERLAY_ASK,
    OVERLAY_SEARCH,
    OVERLAY_PASSWORD
};

struct message {
    enum role role;
    char clock[6];
    char text[256];
};

/* The child that starts the private server and prints its progress. */
struct starter {
    int pid, fd;
    loop_id watch;
    char line[256];
    size_t length;
    char last[256]; /* the newest line of progress */
    bool failed;
};

struct kept_state {
    char *name, *text;
};

struct app {
    const struct app_options *options;
    struct loop *loop;
    struct db *db;
    struct keymap *keymap;
    struct styles styles;
    struct session session;
    bool signed_in, password_given, refreshing;
    bool begun;
    bool session_known;   /* this connection was asked who is signed in */
    struct error refusal; /* why the session cannot be used though the server answers; status OK: it can */

    struct screen *screen;
    struct place history[HISTORY_MAX];
    int history_count, history_at;
    int last_at; /* index of the place before, for "last view"; -1 none */
    struct route next_route;
    int next_depth;
    bool next_replaces;
    loop_id navigating;

    enum overlay overlay;
    struct doc *doc;         /* HELP, MESSAGES */
    struct palette *palette; /* PALETTE */
    struct prompt *prompt;   /* ASK, SEARCH, PASSWORD */
    bool ask_refused;        /* the screen did not like the answer: the prompt stays */
    char search[64];
    struct popup *popup; /* the top one of the screen's windows; they lie below the overlay */
    struct loan *loan;   /* another program has the terminal */
    char *copied;
    db_ticket people; /* the palette's search on the server */

    int provisional_tab; /* the tab before a digit was typed; 0: none */
    bool pounds;         /* show pounds */

    struct message messages[MESSAGES_MAX];
    int message_count;
    bool message_shown;

    struct kept_state *kept; /* by screens */
    int kept_count;

    int64_t *records;
    int record_count, record_at;

    struct app_change *changes; /* not answered yet */
    bool leaving;               /* as soon as they are */
    struct undo_stack done, undone;
    struct undo_item taken; /* what is asked about just now */
    bool redoing;
    db_ticket previewing;
    struct drafts *drafts;
    bool drafts_told;
    int64_t draft_at;      /* which one is looked at, by its time */
    char maintenance[160]; /* why nothing can be changed for now; "" it can */

    bool locked, needs_password; /* the latter: the login has one, which unlocks */
    struct prompt *lock_prompt;  /* while it is locked and there is a password */
    loop_id locking;
    int64_t touched_at;
    bool stale;           /* what is shown was changed since it was read */
    loop_id freshen;      /* when it is read anew */
    int64_t freshened_at; /* when it last was */
    int freshen_pause;    /* ms until it may be again: longer while nobody touches a key */
    loop_id ticker;       /* while something is awaited or wrong: ages and retries on the status line */
    db_ticket whoami, maintained;
    struct starter starter;
    int exit_code;
};

/* navigate.c */
void app_navigate(struct app *app, const struct route *route, int depth, bool replace);
void app_history_step(struct app *app, int step);
void app_back(struct app *app);
/* Carries out now what app_open() put off, so that what is typed ahead meets the screen that it is meant for. */
void app_arrive(struct app *app);
void app_close_screen(struct app *app);
void app_landing(struct app *app, struct route *out);

/* connection.c */
void app_connect(struct app *app);
void app_retry(struct app *app);
void app_refresh(struct app *app);
void app_progress(struct app *app);
void app_tick_soon(struct app *app);
bool app_troubled(const struct app *app);
void app_connection_words(const struct app *app, struct line *line);

/* freshen.c: reads what is shown anew when somebody else changed it */
void app_hint(struct app *app, const char *table); /* NULL: whatever is shown */
void app_freshen(struct app *app); /* if it is time; called when something that was in the way may be gone */
void app_touched(struct app *app); /* somebody is there */

/* lock.c: what to do while app->locked, and when to begin */
void lock_touched(struct app *app); /* somebody is there */
void lock_now(struct app *app);
void lock_input(struct app *app, const struct input *input);
void lock_reflow(struct app *app);
void lock_paint(const struct app *app, const struct surface *all);
void lock_end(struct app *app);

/* changes.c */
int app_changes_open(const struct app *app);
/* app_change() under a UUID (NULL: a new one); undoable: it can be taken back when it is saved. */
void app_change_as(struct app *app, const char *id, bool undoable, const struct query *query, const char *const *params,
                   const char *what, void *owner, int64_t key, app_change_fn *done);
/* Ends the program, with changes under way when they are answered. wait: as long as it takes, until it is called again; else some
 * seconds (nobody is there any more). */
void app_leave(struct app *app, bool wait);
/* Forgets them all, and says so on stderr: the terminal is restored by then. */
void app_end_changes(struct app *app);

/* undo.c */
void undo_note(struct app *app, const char *id, const char *what);
void undo_forget(struct app *app);
bool undo_can(const struct app *app, bool redo);
void undo_ask(struct app *app, bool redo);

/* draft.c */
void drafts_begin(struct app *app);
void drafts_tell(struct app *app); /* once: how many wait from before */
void drafts_show(struct app *app);

/* starter.c */
void starter_start(struct app *app);
void starter_stop(struct app *app);

/* connect.c: the screen shown until somebody is signed in. */
extern const struct screen_ops connect_screen;

/* overlays.c */
void overlay_open(struct app *app, enum overlay overlay);
void overlay_close(struct app *app);
struct widget *overlay_widget(const struct app *app);
unsigned overlay_accept(struct app *app);
void overlay_paint(const struct app *app, const struct surface *surface);

/* popup.c */
struct widget *popup_widget(const struct app *app); /* of the top one; NULL: none */
const enum action *popup_hints(const struct app *app, int *count);
void popup_reflow(struct app *app, int rows, int cols); /* of the body */
void popup_paint(const struct app *app, const struct surface *body);
bool popup_cursor(const struct app *app, int rows, int cols, int *row, int *col);
unsigned popup_mouse(struct app *app, int rows, int cols, const struct input *input);
void popup_done(struct app *app, bool accepted);
bool popup_owner_takes(const struct app *app, enum action action);
void popup_owner_act(struct app *app, enum action action);
void popup_forget_all(struct app *app);

/* dispatch.c */
void app_take(struct app *app, unsigned consequence);
void app_take_over(struct app *app, unsigned consequence); /* from the overlay's widget */
void app_take_popup(struct app *app, unsigned consequence);
void app_take_pane(struct app *app, struct widget *widget, unsigned consequence);
bool app_accepts(void *app, enum action action);
void app_act(struct app *app, enum action action, int count);

bool app_widget_shown(const struct app *app, const struct widget *widget); /* a pane or window of the present screen? */

/* editor.c */
void app_edit_widget(struct app *app, struct widget *widget);

/* lend.c */
enum { LENT_NOT_FOUND = 127, LENT_KILLED = -1, LENT_LEFT = -2 /* the program ends and leaves the other one running */ };
typedef void lent_fn(struct app *app, void *owner, int code); /* code: its exit status, or one of these */

/* Starts argv, on the descriptor input (-1: the terminal), and lends it the terminal; fn is called once when it is over. Returns 0 or errno,
 * EBUSY while another one has the terminal; fn is not called then. */
int app_lend(struct app *app, char *const argv[], int input, lent_fn *fn, void *owner);
void lend_end(struct app *app);
static inline bool app_lent(const struct app *app)
{
    return app->loan;
}

/* mouse.c */
void app_mouse(struct app *app, const struct input *input);

/* frame.c */
enum { BODY_TOP = 3 }; /* the rows above the panes */
int app_body_rows(void);
void app_frame(void *app);
void app_reflow(struct app *app);
void app_clock(const struct app *app, char out[6]);

#endif
