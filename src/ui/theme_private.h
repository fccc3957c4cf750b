/* A theme as it stands in its file, before it is resolved. */
#ifndef CENTURION_UI_THEME_PRIVATE_H
#define CENTURION_UI_THEME_PRIVATE_H

#include <stdbool.h>

#include "centurion/base/error.h"
#include "centurion/term/style.h"

/* What is said about one role or ground. */
struct theme_spec {
    bool has_color;
    struct color color;
    unsigned attr_mask, attrs; /* which attributes are said, and which of them are on */
    int parent;                /* a role; -1: none is said */
    int line;
};

struct theme_color {
    char *name;
    struct color color;
};

struct theme {
    char *where, *description; /* file for messages; description may be NULL */
    struct theme *base;        /* the inherited one, or NULL */
    struct theme_color *palette;
    int palette_count;
    struct theme_spec roles[ROLE_COUNT], grounds[GROUND_COUNT];
    struct theme_spec mono_roles[ROLE_COUNT], mono_grounds[GROUND_COUNT];
};

/* Where a theme's text comes from: text if it is embedded, else the file `where`. */
struct theme_text {
    char *where;
    const char *text;
};

/* Parses it into theme, which is zeroed before. inherit loads the theme that it builds on; it is called at most once,
 * before anything that may refer to it, with the line where it is named. */
typedef enum status theme_inherit_fn(void *arg, const char *name, int line, struct theme **base, struct error *error);
enum status theme_parse(const struct theme_text *text, theme_inherit_fn *inherit, void *arg, struct theme *theme,
                        struct error *error);
void theme_fini(struct theme *theme);

/* One colour as it is written; NULL theme: without a palette. False when it is none. */
bool theme_color_parse(const struct theme *theme, const char *text, struct color *out);

#endif
