/* Drafts that are open: what is typed goes into JSON at once and to the disk a moment later, by a child, because a disk can make
 * whoever waits for it wait long. One child at a time, so that what is older never comes after what is newer. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "centurion/base/file.h"
#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "centurion/base/str.h"
#include "drafts_private.h"

struct drafts *drafts_new(struct loop *loop, const char *folder, drafts_fault_fn *fault, void *arg)
{
    struct drafts *drafts = mem_alloc(sizeof *drafts);
    drafts->loop = loop;
    drafts->folder = folder ? mem_strdup(folder) : path_state("drafts");
    drafts->fault = fault;
    drafts->arg = arg;
    drafts->where = mem_strdup("");
    drafts->login = mem_strdup("");
    drafts->lock = -1;
    drafts_new_session(drafts->session);
    return drafts;
}

void drafts_set_owner(struct drafts *drafts, const char *where, const char *login)
{
    free(drafts->where);
    free(drafts->login);
    drafts->where = mem_strdup(where);
    drafts->login = mem_strdup(login);
}

void drafts_say(struct drafts *drafts, const struct error *error)
{
    if (drafts->fault && !str_equal(drafts->said, error->text)) {
        snprintf(drafts->said, sizeof drafts->said, "%s", error->text);
        drafts->fault(drafts->arg, error);
    }
}

static void say_unwritten(struct drafts *drafts, int fault)
{
    struct error error;
    error_set(&error, STATUS_FAILED, "What you type cannot be kept in %s: %s.", drafts->folder, strerror(fault));
    error_hint(&error, "It is in this program only until it is saved.");
    drafts_say(drafts, &error);
}

/* ---- Writing ---- */

static int prepare(struct drafts *drafts)
{
    int fault = drafts->lock < 0 ? file_folder(drafts->folder) : 0;
    if (!fault && drafts->lock < 0) {
        drafts_sweep(drafts->folder);
        drafts->lock = drafts_lock_session(drafts->folder, drafts->session);
    }
    return fault;
}

/* What still runs must not put an older text in the place of a newer one, or of one that is gone. */
static void await_writer(struct drafts *drafts)
{
    if (!drafts->writer)
        return;
    loop_cancel(drafts->loop, drafts->ended);
    while (waitpid(drafts->writer, NULL, 0) < 0 && errno == EINTR) {
    }
    drafts->writer = 0;
    for (struct draft_file *draft = drafts->open; draft; draft = draft->next)
        draft->dirty |= draft->writing;
}

static int write_draft(const struct draft_file *draft)
{
    char *text = json_dumps(draft->json, JSON_INDENT(1));
    int fault = text ? file_replace(draft->drafts->folder, draft->name, text) : EINVAL;
    free(text);
    return fault;
}

/* All that wait, by whoever calls. */
static int write_all(struct drafts *drafts, bool (*which)(const struct draft_file *))
{
    int fault = 0;
    for (const struct draft_file *draft = drafts->open; draft; draft = draft->next) {
        int now = which(draft) ? write_draft(draft) : 0;
        fault = now ? now : fault;
    }
    return fault;
}

static bool is_dirty(const struct draft_file *draft)
{
    return draft->dirty;
}

static bool is_writing(const struct draft_file *draft)
{
    return draft->writing;
}

static void wait_a_moment(struct drafts *drafts);

static void on_written(void *arg, int pid, int wait_status)
{
    struct drafts *drafts = arg;
    (void)pid;
    bool done = WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0;
    bool more = false;
    drafts->writer = 0;
    for (struct draft_file *draft = drafts->open; draft; draft = draft->next) {
        draft->writing = false;
        more |= draft->dirty;
    }
    if (done)
        drafts->said[0] = '\0';
    else
        say_unwritten(drafts, WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : EIO);
    if (more)
        wait_a_moment(drafts);
}

static void write_in_child(void *arg)
{
    struct drafts *drafts = arg;
    sigset_t all, before;
    drafts->pause = 0;
    if (drafts->writer) /* when that is done, these have their turn */
        return;
    int fault = prepare(drafts);
    if (fault) {
        say_unwritten(drafts, fault);
        return;
    }
    for (struct draft_file *draft = drafts->open; draft; draft = draft->next) {
        draft->writing = draft->dirty;
        draft->written |= draft->dirty;
        draft->dirty = false;
    }
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before); /* what the parent does on signals must not be done twice */
    pid_t pid = fork();
    if (pid == 0)
        _exit(write_all(drafts, is_writing));
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (pid < 0) {
        fault = write_all(drafts, is_writing);
        if (fault)
            say_unwritten(drafts, fault);
        return;
    }
    drafts->writer = pid;
    drafts->ended = loop_on_child(drafts->loop, pid, on_written, drafts);
}

static void wait_a_moment(struct drafts *drafts)
{
    loop_cancel(drafts->loop, drafts->pause);
    drafts->pause = loop_after(drafts->loop, DRAFTS_PAUSE_MS, write_in_child, drafts);
}

void drafts_flush(struct drafts *drafts)
{
    bool any = false;
    await_writer(drafts);
    loop_cancel(drafts->loop, drafts->pause);
    drafts->pause = 0;
    for (const struct draft_file *draft = drafts->open; draft; draft = draft->next)
        any |= draft->dirty;
    if (!any)
        return;
    int fault = prepare(drafts);
    fault = fault ? fault : write_all(drafts, is_dirty);
    for (struct draft_file *draft = drafts->open; draft; draft = draft->next) {
        draft->written |= draft->dirty;
        draft->dirty = draft->writing = false;
    }
    if (fault)
        say_unwritten(drafts, fault);
}

/* ---- One draft ---- */

/* FNV-1a, so that a draft is found by its name; what is in the file decides. */
static uint64_t hash(uint64_t state, const char *text)
{
    for (size_t i = 0; i <= strlen(text); i++)
        state = (state ^ (unsigned char)text[i]) * 0x100000001b3;
    return state;
}

uint64_t drafts_hash(const struct drafts *drafts, const char *key)
{
    return hash(hash(hash(0xcbf29ce484222325, drafts->where), drafts->login), key);
}

static void touch(struct draft_file *draft)
{
    json_object_set_new(draft->json, "saved_at", json_integer(time(NULL)));
    draft->dirty = true;
}

static struct draft_file *add(struct drafts *drafts, const char *key, json_t *json)
{
    struct draft_file *draft = mem_alloc(sizeof *draft);
    draft->drafts = drafts;
    draft->json = json;
    snprintf(draft->name, sizeof draft->name, "%016llx-%s-%u.json", (unsigned long long)drafts_hash(drafts, key),
             drafts->session, ++drafts->last);
    draft->next = drafts->open;
    drafts->open = draft;
    return draft;
}

/* What a text field holds may be cut in the middle of a character; JSON takes whole ones only. */
static json_t *text_of(const char *text)
{
    json_t *json = json_string(text);
    return json ? json : json_string("");
}

struct draft_file *draft_file_new(struct drafts *drafts, const char *key, const char *title)
{
    json_t *json = json_object();
    json_object_set_new(json, "version", json_integer(1));
    json_object_set_new(json, "where", text_of(drafts->where));
    json_object_set_new(json, "login", text_of(drafts->login));
    json_object_set_new(json, "key", text_of(key));
    json_object_set_new(json, "title", text_of(title));
    json_object_set_new(json, "saved_at", json_integer(0));
    json_object_set_new(json, "fields", json_object());
    return add(drafts, key, json);
}

void draft_file_put(struct draft_file *draft, const char *field, const char *text)
{
    json_t *fields = json_object_get(draft->json, "fields"), *before = json_object_get(fields, field);
    if (text ? str_equal(json_string_value(before), text) : !before)
        return;
    size_t bytes = draft->bytes - json_string_length(before) + (text ? strlen(text) : 0);
    json_t *now = text ? json_string(text) : NULL;
    if (text && (bytes > DRAFT_BYTES_MAX || !now)) {
        struct error error;
        error_set(&error, STATUS_FAILED, "%s: %s, so the draft on disk stays as it was before.",
                  json_string_value(json_object_get(draft->json, "title")),
                  now ? "this is more than 1 MB" : "this is no valid text");
        error_hint(&error, "Save it, or make it shorter.");
        drafts_say(draft->drafts, &error);
        json_decref(now);
        return;
    }
    draft->bytes = bytes;
    if (text)
        json_object_set_new(fields, field, now);
    else
        json_object_del(fields, field);
    touch(draft);
    wait_a_moment(draft->drafts);
}

void draft_file_sent(struct draft_file *draft, const char *id)
{
    if (id)
        json_object_set_new(draft->json, "change", json_string(id));
    else
        json_object_del(draft->json, "change");
    touch(draft);
    drafts_flush(draft->drafts);
}

static void free_file(struct draft_file *draft)
{
    json_decref(draft->json);
    free(draft);
}

static void free_draft(struct draft_file *draft)
{
    struct draft_file **at = &draft->drafts->open;
    while (*at != draft)
        at = &(*at)->next;
    *at = draft->next;
    free_file(draft);
}

void draft_file_drop(struct draft_file *draft)
{
    if (!draft)
        return;
    struct drafts *drafts = draft->drafts;
    await_writer(drafts);
    if (draft->written)
        file_remove(drafts->folder, draft->name);
    free_draft(draft);
    for (struct draft_file *other = drafts->open; other; other = other->next)
        if (other->dirty) {
            wait_a_moment(drafts);
            break;
        }
}

void draft_file_leave(struct draft_file *draft)
{
    if (!draft)
        return;
    drafts_flush(draft->drafts);
    free_draft(draft);
}

struct draft_file *draft_file_take(struct drafts *drafts, const struct draft_found *found)
{
    struct error error = {0};
    char *from, *to;
    if (drafts_name_open(drafts, found->name) || prepare(drafts) != 0)
        return NULL;
    json_t *json = drafts_read(drafts->folder, found->name, &error);
    if (!json)
        return NULL;
    struct draft_file *draft = add(drafts, found->key, json);
    from = path_join(drafts->folder, found->name);
    to = path_join(drafts->folder, draft->name);
    bool mine = rename(from, to) == 0; /* of two who want it, one gets it */
    free(from);
    free(to);
    if (!mine) {
        free_draft(draft);
        return NULL;
    }
    const char *field;
    json_t *text;
    json_object_foreach(json_object_get(json, "fields"), field, text) draft->bytes += json_string_length(text);
    draft->written = true;
    return draft;
}

bool drafts_discard(struct drafts *drafts, const struct draft_found *found)
{
    if (drafts_name_open(drafts, found->name))
        return false;
    return file_remove(drafts->folder, found->name) == 0;
}

int drafts_damaged(const struct drafts *drafts)
{
    return drafts->damaged;
}

void drafts_free(struct drafts *drafts)
{
    if (!drafts)
        return;
    drafts->fault = NULL; /* nobody is there to be told */
    drafts_flush(drafts);
    for (struct draft_file *draft = drafts->open, *next; draft; draft = next) {
        next = draft->next;
        free_file(draft);
    }
    if (drafts->lock >= 0) {
        char *name = mem_printf("%s.lock", drafts->session);
        file_remove(drafts->folder, name);
        free(name);
        close(drafts->lock);
    }
    free(drafts->folder);
    free(drafts->where);
    free(drafts->login);
    free(drafts);
}
