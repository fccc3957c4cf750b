/* A member's check-ins, newest first, read a page at a time as the cursor comes near the end of what is known. */
#ifndef CENTURION_SCREENS_MEMBER_ENTRIES_H
#define CENTURION_SCREENS_MEMBER_ENTRIES_H

#include <stdint.h>

#include "centurion/ui/bars.h"
#include "centurion/ui/widget.h"

struct app;
struct member_entries;

struct member_entries *member_entries_new(struct app *app, int64_t member);
void member_entries_free(struct member_entries *entries);
struct widget *member_entries_widget(struct member_entries *entries);
void member_entries_load(
    struct member_entries *entries); /* the newest page again; the rest follows when it is looked at */
void member_entries_status(const struct member_entries *entries, struct line *left);

#endif
