/* What is known of a member and a week, as words: it fills the {placeholders} of snippets and messages (see config/centurion.conf).
 * Private to src/screens. */
#ifndef CENTURION_SCREENS_FIGURES_H
#define CENTURION_SCREENS_FIGURES_H

#include <stdint.h>

#include "centurion/screens/screen.h"

/* Looks a placeholder up: words ("" counts as known), or NULL: known by name, but nothing to say. *unknown is set for a name that is none.
 * Valid until the next call. */
typedef const char *figures_word_fn(void *ctx, const char *name, bool *unknown);

/* text with its {placeholders} filled in. A line with one that there is nothing to say for is left out; braces around anything else stay
 * as they are. Heap; the caller frees. */
char *figures_fill(const char *text, figures_word_fn *word, void *ctx);

struct figures;

/* ready is told once both answers are there, or that they failed (which the app has told by then); it may be NULL. */
typedef void figures_ready_fn(void *owner, bool known);
struct figures *figures_new(struct app *app, void *owner, figures_ready_fn *ready);
void figures_free(struct figures *figures);

/* Asks for a member's in the week of monday, DATE_NONE: of today; what was asked for before is forgotten. */
void figures_ask(struct figures *figures, int64_t member, int monday);
bool figures_known(const struct figures *figures);

/* Of what is known: the week of the cohort that a note is filed under (0: not known), the member's name and address ("": not known), and
 * a text filled in (heap). */
int figures_week(const struct figures *figures);
const char *figures_name(const struct figures *figures);
const char *figures_email(const struct figures *figures);
char *figures_text(const struct figures *figures, const char *text);

#endif
