/* What a coach has marked of a review week, and the marks under way. Private to src/screens. */
#ifndef CENTURION_SCREENS_REVIEW_MARKS_H
#define CENTURION_SCREENS_REVIEW_MARKS_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/screens/screen.h"

struct review_marks;

/* Called when marks were answered; saved says whether they stand, count how many were asked for at once. */
typedef void review_marked_fn(void *ctx, bool saved, int count);
struct review_marks *review_marks_new(struct app *app, review_marked_fn *changed, void *ctx);
void review_marks_free(struct review_marks *marks);                            /* marks under way go on */
void review_marks_load(struct review_marks *marks, int monday, int64_t coach); /* coach 0: the caller's own */

/* What is known for sure: REVIEW_DONE only once the server has said so. */
enum review_mark { REVIEW_PENDING, REVIEW_DONE, REVIEW_SKIPPED };
enum review_mark review_marks_get(const struct review_marks *marks, int64_t client);
bool review_marks_under_way(const struct review_marks *marks, int64_t client);

/* Asks for a mark. what: the client's name, for messages. Nothing happens where one is under way, or where it stands already. */
void review_marks_set(struct review_marks *marks, int64_t client, const char *what, enum review_mark mark);

/* The same for several, in one change: all or none. None of them is under way. */
void review_marks_set_all(struct review_marks *marks, const int64_t *clients, int count, enum review_mark mark);

#endif
