/* Help, made from the action table and the keymap: what works on this screen first, then the rest, unbound ones too. */
#ifndef CENTURION_UI_HELP_H
#define CENTURION_UI_HELP_H

#include "centurion/ui/doc.h"
#include "centurion/ui/keymap.h"

/* Fills doc. accepts tells which actions work here. */
void help_build(struct doc *doc, const struct keymap *keymap, const char *screen_title, keymap_accepts_fn *accepts,
                void *arg);

/* The small window of what may follow a pending sequence; drawn at the bottom right of the surface. */
void help_paint_pending(const struct surface *surface, const struct keymap *keymap, keymap_accepts_fn *accepts,
                        void *arg);

#endif
