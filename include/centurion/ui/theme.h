/* Themes: roles and grounds by name, from libconfig files.
 *
 *   description = "...";                   # optional, for the list of themes
 *   inherits = "default";                  # optional
 *   palette = { red = "#ff6c8f"; };        # names for colours
 *   roles   = { bad = { fg = "red"; bold = true; }; header = { parent = "dim"; }; };
 *   grounds = { selected = { bg = "#2a3040"; }; };
 *   mono    = { bad = { bold = true; }; selected = { reverse = true; }; };
 *
 * A colour is a palette name, "#rrggbb", "color0".."color255", one of the sixteen names ("red", "bright-red"),
 * "default", or a list [rgb, indexed, basic] for terminals with less. Resolution, for the colour and for each attribute
 * by itself: role, its parent, the inherited theme, built in (the terminal's own). The parent "text" comes last of all,
 * so that a theme which changes it keeps the colours it inherits. Where mono says nothing, the attributes of roles and
 * grounds hold. */
#ifndef CENTURION_UI_THEME_H
#define CENTURION_UI_THEME_H

#include "centurion/base/error.h"
#include "centurion/term/style.h"

/* name: a theme in $XDG_CONFIG_HOME/centurion/themes, the installed themes or the embedded ones, in that order; or a
 * path with a slash. NULL: "default". Messages about a file begin with "FILE:LINE: ". */
enum status theme_load(const char *name, struct styles *styles, struct error *error);

/* The names that theme_load() finds; calls fn for each once, sorted. */
typedef void theme_list_fn(void *arg, const char *name, const char *description);
void theme_list(theme_list_fn *fn, void *arg);

#endif
