/* The screens: everything between the command line and the widgets. */
#ifndef CENTURION_SCREENS_APP_H
#define CENTURION_SCREENS_APP_H

#include <stdbool.h>

#include "centurion/loop/loop.h"
#include "centurion/term/input.h"
#include "centurion/term/term.h"
#include "centurion/ui/keymap.h"

struct app;

/* A piece of text by its name. */
struct app_snippet {
    const char *name, *text;
};

/* What the command line and the configuration settled. Strings outlive the app. */
struct app_options {
    const char *conninfo; /* libpq's; "" leaves it to the environment */
    const char *const
        *starter;      /* argv of a command that starts the private server first, or NULL; what it prints is progress */
    const char *place; /* what to call this connection in the bar: a profile's name, "demo", "local", or NULL */
    const char *route; /* where to open, or NULL: the landing page of the role */
    const char *theme; /* name or path; NULL: "default" */
    struct term_options term;
    bool read_only;
    bool restricted;                  /* no shell, no file of the user's choice, no editor but the one that is set */
    const char *editor;               /* NULL or "": $VISUAL, $EDITOR or vi */
    int lock_seconds;                 /* without a key, after which nothing is shown any more; 0: never */
    const struct keymap_change *keys; /* overrides */
    int key_count;
    const struct app_snippet *snippets; /* for notes, with {placeholders}; see src/screens/figures.h */
    int snippet_count;
    const char *message; /* the draft of a message, with the same; NULL: none */
    const char *mailer;  /* a command that takes a mailto: address; NULL or "": none */
    const char *clock;   /* "09:14" instead of the time of day, so that tests can compare screens; else NULL */
};

/* Runs the screens on the terminal until the user leaves; returns the exit status. Messages for the user that outlive the
 * screens go to stderr. */
int app_run(const struct app_options *options);

/* The same in parts, on a terminal that is already started (or headless): tests drive these. app_new() fails on a theme or
 * key that is no good. app_begin() paints first and connects then; events arrive through app_input() and the loop. */
struct app *app_new(struct loop *loop, const struct app_options *options, struct error *error);
void app_begin(struct app *app);
void app_input(void *app, const struct input *input); /* an input_fn */
bool app_settled(const struct app *app);              /* nothing is awaited and nothing waits for the cursor to rest */
void app_free(struct app *app);

#endif
