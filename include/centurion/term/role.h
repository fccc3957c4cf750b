/* Roles of colour: what a piece of text means, never what it looks like. A theme says that. */
#ifndef CENTURION_TERM_ROLE_H
#define CENTURION_TERM_ROLE_H

/* ROLE(id, "theme name", parent): a role that a theme leaves out looks as its parent. */
#define ROLES(ROLE)                                                                                                    \
    ROLE(TEXT, "text", TEXT)     /* values: the terminal's own foreground */                                           \
    ROLE(STRONG, "strong", TEXT) /* names, titles */                                                                   \
    ROLE(DIM, "dim", TEXT)       /* labels, absent values */                                                           \
    ROLE(ACCENT, "accent", TEXT) /* focus, keys, the app's name */                                                     \
    ROLE(APP, "app", ACCENT)     /* the program's name in the bar */                                                   \
    ROLE(GOOD, "good", TEXT)     /* state: fine */                                                                     \
    ROLE(WARN, "warn", TEXT)     /* state: watch */                                                                    \
    ROLE(BAD, "bad", TEXT)       /* state: needs you */                                                                \
    ROLE(INFO, "info", ACCENT)   /* tags, links */                                                                     \
    ROLE(NOTE, "note", INFO)     /* notes' week labels */                                                              \
    ROLE(RULE, "rule", DIM)      /* thin lines */                                                                      \
    ROLE(HEADER, "header", DIM)  /* column titles */                                                                   \
    ROLE(CHART, "chart", ACCENT) /* lines and bars of charts */                                                        \
    ROLE(KEY, "key", ACCENT)     /* keys in hints and help */                                                          \
    ROLE(MATCH, "match", WARN)   /* what a filter or search hit */                                                     \
    ROLE(INPUT, "input", TEXT)   /* a text field's content */                                                          \
    ROLE(ERROR, "error", BAD)    /* messages of failure */

enum role {
#define ROLE(id, name, parent) ROLE_##id,
    ROLES(ROLE)
#undef ROLE
        ROLE_COUNT
};

/* What lies under the text. A role's foreground is combined with a ground's background. */
enum ground {
    GROUND_PLAIN,    /* the terminal's own background */
    GROUND_BAR,      /* the bar above and the one below */
    GROUND_SELECTED, /* the selected row of the focused pane */
    GROUND_PASSIVE,  /* the selected row of a pane without focus */
    GROUND_POPUP,    /* palette, help, menus */
    GROUND_COUNT
};

const char *role_name(enum role role);       /* "text" */
const char *ground_name(enum ground ground); /* "plain" */
enum role role_parent(enum role role);
int role_find(const char *name); /* -1 when there is none */
int ground_find(const char *name);

#endif
