/* From keys to actions: sequences ("g r"), counts ("5j"), overrides from the configuration. */
#ifndef CENTURION_UI_KEYMAP_H
#define CENTURION_UI_KEYMAP_H

#include <stdbool.h>

#include "centurion/base/error.h"
#include "centurion/base/str.h"
#include "centurion/ui/action.h"

struct keymap;

struct keymap *keymap_new(void); /* the default keys of actions.def */
void keymap_free(struct keymap *keymap);

/* Replaces the keys of an action by `keys` (as in actions.def; "" unbinds). Fails on unknown names and keys, and on a
 * sequence that would hide another one, saying which. */
enum status keymap_bind(struct keymap *keymap, const char *action, const char *keys, struct error *error);

enum keymap_result { KEYMAP_NONE, KEYMAP_PENDING, KEYMAP_ACTION };

/* Feeds one key. PENDING: more must follow (or a count is being typed). ACTION: *action and *count (0 when none was typed).
 * NONE: the key means nothing here; the pending state is dropped. accepts says which actions the present focus knows, so
 * that one key may mean different things on different screens; NULL accepts all. */
typedef bool keymap_accepts_fn(void *arg, enum action action);
enum keymap_result keymap_feed(struct keymap *keymap, int key, keymap_accepts_fn *accepts, void *arg, enum action *action, int *count);

/* The digits typed so far, or 0; the keys of the sequence so far. */
int keymap_count(const struct keymap *keymap);
bool keymap_pending(const struct keymap *keymap);
void keymap_reset(struct keymap *keymap);

/* Calls fn for everything that may follow the pending keys: the window that `g` shows. */
typedef void keymap_next_fn(void *arg, int key, enum action action);
void keymap_next(const struct keymap *keymap, keymap_next_fn *fn, void *arg);

/* The action's keys as people read them: the first alternative ("J", "g r", "^D"), or all joined by " ". "" when unbound. */
void keymap_label(const struct keymap *keymap, enum action action, bool all, struct str *out);

#endif
