/* Drafts: what was typed into forms, texts and grids and is not saved yet, kept on disk while it is typed, so that a lost link, a
 * hang-up, a kill or a power cut takes nothing away. Clients' data: the folder is 0700, the files 0600.
 *
 * A file for each draft, JSON:
 *   {"version": 1, "where": "/run/x/studio", "login": "gav", "key": "note/214", "title": "Note on Sam O'Neill",
 *    "saved_at": 1768554120, "change": "uuid", "fields": {"text": "..."}}
 * saved_at are seconds since 1970. change is the UUID of a change that was sent and not answered: what became of it can be asked
 * (data_change_outcome()). A file is replaced as a whole or not at all.
 *
 * Programs that run at once do not touch each other's files: each has names of its own, and holds a lock for as long as it runs, by
 * which the others see that its drafts are open. What a program has left behind is offered to the next that asks.
 * What cannot be read is left alone. */
#ifndef CENTURION_JOBS_DRAFTS_H
#define CENTURION_JOBS_DRAFTS_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/base/error.h"
#include "centurion/loop/loop.h"

enum {
    DRAFTS_PAUSE_MS = 300,     /* after the last key */
    DRAFT_BYTES_MAX = 1 << 20, /* of all fields of a draft; more is not kept, and that is said */
    DRAFTS_LISTED_MAX = 1000,
    DRAFT_CHANGE_MAX = 37, /* a UUID in text, with its NUL */
};

struct drafts;
struct draft_file;

/* Told of what goes wrong with keeping and reading, each fault once until it is another one. Never called inside of drafts_new(). */
typedef void drafts_fault_fn(void *arg, const struct error *error);

/* folder NULL: drafts in the state folder; made when the first draft is written. */
struct drafts *drafts_new(struct loop *loop, const char *folder, drafts_fault_fn *fault, void *arg);
void drafts_free(struct drafts *drafts); /* writes what waits; the files stay */

/* Whose drafts: database and login, as db_where() and db_user() say. Drafts that are open keep theirs. */
void drafts_set_owner(struct drafts *drafts, const char *where, const char *login);

/* Writes what waits, now, and returns when it is on the disk. */
void drafts_flush(struct drafts *drafts);

/* A new draft under a key of the screen's choice ("note/214"). The file is there once something was put into it. */
struct draft_file *draft_file_new(struct drafts *drafts, const char *key, const char *title);

/* text NULL: the field goes. Written DRAFTS_PAUSE_MS after the last call, by a child, so that no key waits for the disk. */
void draft_file_put(struct draft_file *draft, const char *field, const char *text);

/* A change is about to be sent: on the disk before this returns. id NULL: it was answered, and something still waits to be saved. */
void draft_file_sent(struct draft_file *draft, const char *id);

void draft_file_drop(struct draft_file *draft);  /* saved or discarded: the file goes */
void draft_file_leave(struct draft_file *draft); /* for another time: the file stays */

/* One that is on the disk. */
struct draft_found {
    char *name; /* of its file */
    char *key, *title;
    int64_t saved_at;
    char change[DRAFT_CHANGE_MAX]; /* "": none is open */
    bool open;                     /* somebody types in it just now, here or in another program */
    int count;
    char **fields, **texts;
};

/* The drafts of the owner, the newest first; key NULL: all. *count gets their number. draft_found_free() takes it back. */
struct draft_found *drafts_find(struct drafts *drafts, const char *key, int *count);
void draft_found_free(struct draft_found *found, int count);
const char *draft_found_text(const struct draft_found *found, const char *field); /* NULL: it has none */

/* Goes on with one that was found: its fields and change are the new draft's, and its file is this program's from now on. NULL if it
 * is gone or somebody else's by now. */
struct draft_file *draft_file_take(struct drafts *drafts, const struct draft_found *found);

/* Removes the file of one that was found and is not open; false if it is open by now. */
bool drafts_discard(struct drafts *drafts, const struct draft_found *found);

/* Files in the folder that are no drafts of this version, as of the last drafts_find(); their names were told as a fault. */
int drafts_damaged(const struct drafts *drafts);

#endif
