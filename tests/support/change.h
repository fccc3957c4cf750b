/* Helpers for tests of changes: check-ins as what is saved, answers as values. */
#ifndef CENTURION_TESTS_CHANGE_H
#define CENTURION_TESTS_CHANGE_H

#include <stdbool.h>

#include "centurion/data/change.h"

/* centurion.entry_save(): member, day, version, changes. */
extern const struct query save_entry;

/* What came of one change. */
struct saving {
    int count; /* how often the callback was called */
    enum change_outcome outcome;
    bool repeated;
    char id[CHANGE_ID_MAX], key[32], version[32], record[800], sqlstate[6], text[480], hint[320];
    bool has_record;
    int audit, rows;
    enum status status;
};
void saving_take(void *arg, const struct change_reply *reply); /* arg: struct saving */

/* Asks for a check-in of a member and day with so many steps. version NULL: a new one. */
change_ticket saving_ask(struct db *db, int member, const char *day, const char *version, int steps,
                         struct saving *saving);

#endif
