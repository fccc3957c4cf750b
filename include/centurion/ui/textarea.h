/* Several lines of text being written: wrapped, with the motions of readline, kept within a limit of bytes. */
#ifndef CENTURION_UI_TEXTAREA_H
#define CENTURION_UI_TEXTAREA_H

#include <stddef.h>

#include "centurion/ui/widget.h"

struct textarea; /* starts with struct widget */

/* limit: bytes that the text may have; 0: no limit. With one, the last row counts (unless there is only one row). What does not
 * fit is not taken, and the counter says how much that was. Enter begins a line; saving reports ACCEPT, cancelling CLOSE, and
 * the action for $EDITOR reports EDIT. */
struct textarea *textarea_new(const char *text, size_t limit);
void textarea_free(struct textarea *textarea);
struct widget *textarea_widget(struct textarea *textarea);

/* Valid until the next change. Lines end in \n; tabs have become blanks. */
const char *textarea_text(const struct textarea *textarea);

/* The cursor goes to the end. NULL is empty. */
void textarea_set_text(struct textarea *textarea, const char *text);

/* Told after each change of the text, so that the owner can keep a draft. */
typedef void textarea_changed_fn(void *ctx);
void textarea_on_changed(struct textarea *textarea, textarea_changed_fn *fn, void *ctx);

/* For owners that move between fields: does the cursor stand on the first or last line? */
bool textarea_at_edge(const struct textarea *textarea, int step);

#endif
