/* The palette: a field and a list below it; a few letters find any command, place or person. */
#ifndef CENTURION_UI_PALETTE_H
#define CENTURION_UI_PALETTE_H

#include <stdint.h>

#include "centurion/ui/keymap.h"
#include "centurion/ui/widget.h"

struct palette; /* starts with struct widget; paints itself as a window in the middle top of its surface */

struct palette *palette_new(void);
void palette_free(struct palette *palette);
struct widget *palette_widget(struct palette *palette);

/* An entry: what is shown, a dim remark and the key that does it (either may be NULL), and what the owner gets back.
 * Copied. Order breaks ties. */
void palette_add(struct palette *palette, const char *text, const char *remark, const char *key, int64_t value);
void palette_clear(struct palette *palette);

/* Told after each change of the text, so that the owner can add people found by the server. */
typedef void palette_changed_fn(void *arg, struct palette *palette, const char *text);
void palette_on_changed(struct palette *palette, palette_changed_fn *fn, void *arg);

const char *palette_text(const struct palette *palette);
bool palette_chosen(const struct palette *palette, int64_t *value); /* false: nothing matches */

#endif
