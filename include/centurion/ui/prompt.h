/* One line of input with a label: dates, searches, passwords. Editing keys as in readline. */
#ifndef CENTURION_UI_PROMPT_H
#define CENTURION_UI_PROMPT_H

#include "centurion/ui/widget.h"

struct prompt; /* starts with struct widget */

/* secret: dots are shown, memory is wiped. Enter reports ACCEPT, Escape CLOSE; keys that are neither text nor editing
 * are not taken. Paints the top row of its surface. */
struct prompt *prompt_new(const char *label, const char *text, bool secret);
void prompt_free(struct prompt *prompt);
struct widget *prompt_widget(struct prompt *prompt);
const char *prompt_text(const struct prompt *prompt);

/* Shown behind the text until the next key; NULL clears. */
void prompt_set_error(struct prompt *prompt, const char *words);

#endif
