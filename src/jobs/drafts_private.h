/* What the files of the drafts share. */
#ifndef CENTURION_JOBS_DRAFTS_PRIVATE_H
#define CENTURION_JOBS_DRAFTS_PRIVATE_H

#include <jansson.h>
#include <sys/types.h>

#include "centurion/jobs/drafts.h"

enum { DRAFT_NAME_MAX = 64, SESSION_MAX = 17, DRAFT_FILE_MAX = 8 << 20 /* a file that is longer is none of ours */ };

struct draft_file {
    struct draft_file *next;
    struct drafts *drafts;
    char name[DRAFT_NAME_MAX];
    json_t *json;
    size_t bytes;        /* of its fields */
    bool dirty, writing; /* waits to be written; the child has it in hand */
    bool written;        /* there is a file, or there will be */
};

struct drafts {
    struct loop *loop;
    char *folder;
    drafts_fault_fn *fault;
    void *arg;
    char *where, *login;
    char session[SESSION_MAX]; /* names this program's files */
    int lock;                  /* -1: nothing was written yet */
    unsigned last;
    struct draft_file *open;
    loop_id pause, ended;
    pid_t writer; /* 0: none */
    int damaged;
    char said[480]; /* the last fault */
};

/* drafts.c */
void drafts_say(struct drafts *drafts, const struct error *error);
uint64_t drafts_hash(const struct drafts *drafts, const char *key); /* what names of files begin with */

/* drafts_find.c: does somebody type in it just now? */
bool drafts_name_open(const struct drafts *drafts, const char *name);

/* drafts_disk.c: files, with no knowledge of what is open. Errors are errno's, 0 is none. */
void drafts_new_session(char out[SESSION_MAX]);
int drafts_lock_session(const char *folder, const char *session); /* a descriptor, or -1 */
bool drafts_session_runs(const char *folder, const char *session);
/* The draft in it, or NULL and why. */
json_t *drafts_read(const char *folder, const char *name, struct error *error);
void drafts_sweep(const char *folder); /* locks and half-written files of programs that have ended */

#endif
