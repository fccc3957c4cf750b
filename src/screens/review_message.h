/* A message to a client about a week: drafted from the configured text, then copied, edited or handed to a mail program. Nothing of it is
 * kept. Private to src/screens. */
#ifndef CENTURION_SCREENS_REVIEW_MESSAGE_H
#define CENTURION_SCREENS_REVIEW_MESSAGE_H

#include <stdint.h>

#include "centurion/screens/screen.h"

struct review_message;

struct review_message *review_message_new(struct app *app);
void review_message_free(struct review_message *message);

/* Reads the figures of the week of monday and shows the draft with what can be done with it. */
void review_message_open(struct review_message *message, int64_t member, const char *name, int monday);

/* "mailto:sam@example.org?subject=...&body=..." (RFC 6068). Heap; the caller frees. */
char *review_message_address(const char *to, const char *subject, const char *body);

#endif
