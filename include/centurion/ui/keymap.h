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
 * sequence that would hide another one or be hidden by it, saying which; the keymap is then as before. */
enum status keymap_bind(struct keymap *keymap, const char *action, const char *keys, struct error *error);

/* The same for several at once, so that two can exchange their keys: conflicts are looked for when all are in. */
struct keymap_change {
    const char *action, *keys;
};
enum status keymap_bind_all(struct keymap *keymap, const struct keymap_change *changes, int count, struct error *error);

enum keymap_result { KEYMAP_NONE, KEYMAP_PENDING, KEYMAP_ACTION };

/* Feeds one key. PENDING: more must follow (or a count is being typed). ACTION: *action and *count (0 when none was
 * typed). NONE: the key means nothing here; the pending state is dropped, and *action is what the key would do
 * elsewhere, so that it can be said (or ACTION_NONE). accepts says which actions the present focus knows, so that one
 * key may mean different things on different screens; NULL accepts all. Escape drops the keys pending and means nothing
 * else then, but where tabs are shown (ACTION_TAB is accepted) a digit alone has been taken as a tab and does not
 * swallow it. */
typedef bool keymap_accepts_fn(void *arg, enum action action);
enum keymap_result keymap_feed(struct keymap *keymap, int key, keymap_accepts_fn *accepts, void *arg,
                               enum action *action, int *count);

int keymap_count(const struct keymap *keymap);    /* the digits typed so far, or 0 */
bool keymap_pending(const struct keymap *keymap); /* is a count or a sequence begun? */
void keymap_reset(struct keymap *keymap);
void keymap_typed(const struct keymap *keymap, struct str *out); /* what is pending, as people read it: "5 g" */

/* Calls fn for everything that may follow the pending keys, in the order of actions.def: the window that `g` shows. An
 * action with more than one key to go comes as ACTION_NONE, once a key. */
typedef void keymap_next_fn(void *arg, int key, enum action action);
void keymap_next(const struct keymap *keymap, keymap_next_fn *fn, void *arg);

/* The action's keys as people read them: the first alternative ("J", "g r", "^D"), or all joined by ", ". Appends
 * nothing when it has none. */
void keymap_label(const struct keymap *keymap, enum action action, bool all, struct str *out);

#endif
