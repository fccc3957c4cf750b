/* The screens: everything between the command line and the widgets. */
#ifndef CENTURION_SCREENS_APP_H
#define CENTURION_SCREENS_APP_H

#include <stdbool.h>

#include "centurion/term/term.h"

struct app_key {
    const char *action, *keys;
};

/* What the command line and the configuration settled. Strings outlive app_run(). */
struct app_options {
    const char *conninfo;         /* libpq's; "" leaves it to the environment */
    const char *const *starter;   /* argv of a command that starts the private server first, or NULL; what it prints is progress */
    const char *place;            /* what to call this connection in the bar: a profile's name, "demo", "local", or NULL */
    const char *route;            /* where to open, or NULL: the landing page of the role */
    const char *theme;            /* name or path; NULL: "default" */
    struct term_options term;
    bool read_only;
    const struct app_key *keys;   /* overrides */
    int key_count;
};

/* Runs the screens on the terminal until the user leaves; returns the exit status. Messages for the user that outlive the screens go to stderr. */
int app_run(const struct app_options *options);

#endif
