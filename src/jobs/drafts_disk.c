/* The folder of the drafts. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "centurion/base/file.h"
#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "drafts_private.h"

void drafts_new_session(char out[SESSION_MAX])
{
    unsigned char bytes[(SESSION_MAX - 1) / 2];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        abort(); /* so few bytes always come at once */
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static int open_lock(const char *folder, const char *session, int flags)
{
    char *path = mem_printf("%s/%s.lock", folder, session);
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
    free(path);
    return fd;
}

int drafts_lock_session(const char *folder, const char *session)
{
    int fd = open_lock(folder, session, O_CREAT);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) { /* a file system without locks: then nobody sees that we run */
        close(fd);
        fd = -1;
    }
    return fd;
}

bool drafts_session_runs(const char *folder, const char *session)
{
    int fd = open_lock(folder, session, 0);
    if (fd < 0)
        return false;
    bool held = flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    close(fd);
    return held;
}

static bool is_text(const json_t *json, const char *name)
{
    return json_is_string(json_object_get(json, name));
}

static bool is_draft(const json_t *json)
{
    const char *field;
    json_t *text, *fields = json_object_get(json, "fields"), *change = json_object_get(json, "change");
    if (!is_text(json, "where") || !is_text(json, "login") || !is_text(json, "key") || !is_text(json, "title") ||
        !json_is_integer(json_object_get(json, "saved_at")) || !json_is_object(fields))
        return false;
    if (change && (!json_is_string(change) || json_string_length(change) != DRAFT_CHANGE_MAX - 1))
        return false;
    json_object_foreach(fields, field, text) if (!json_is_string(text)) return false;
    return true;
}

json_t *drafts_read(const char *folder, const char *name, struct error *error)
{
    char *path = path_join(folder, name);
    struct stat there;
    json_error_t why;
    json_t *json = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &there) != 0) {
        error_set(error, STATUS_FAILED, "The draft %s cannot be read: %s.", path, strerror(errno));
    } else if (!S_ISREG(there.st_mode) || there.st_uid != geteuid()) {
        error_set(error, STATUS_FAILED, "%s is no file of yours, so it is not read as a draft.", path);
    } else if (there.st_size > DRAFT_FILE_MAX) {
        error_set(error, STATUS_FAILED, "%s is too long for a draft.", path);
    } else if (!(json = json_loadfd(fd, JSON_REJECT_DUPLICATES, &why))) {
        error_set(error, STATUS_FAILED, "The draft %s is damaged: line %d, %s.", path, why.line, why.text);
    } else if (json_integer_value(json_object_get(json, "version")) != 1 || !is_draft(json)) {
        error_set(error, STATUS_FAILED, "%s is no draft that this program knows.", path);
        json_decref(json);
        json = NULL;
    }
    if (error->status != STATUS_OK)
        error_hint(error, "It was left as it is. Look into it, or move it away.");
    if (fd >= 0)
        close(fd);
    free(path);
    return json;
}

static bool ends(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length > tail && strcmp(name + length - tail, end) == 0;
}

/* A program that just starts has a lock file before it has the lock. */
static bool is_old(const char *folder, const char *name)
{
    struct stat there;
    char *path = path_join(folder, name);
    bool old = lstat(path, &there) == 0 && there.st_mtime < time(NULL) - 60;
    free(path);
    return old;
}

void drafts_sweep(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        char session[SESSION_MAX] = "";
        bool lock = ends(entry->d_name, ".lock") && strlen(entry->d_name) == SESSION_MAX - 1 + strlen(".lock");
        if (lock)
            sscanf(entry->d_name, "%16[0-9a-f]", session);
        else if (ends(entry->d_name, ".json.new"))
            sscanf(entry->d_name, "%*16[0-9a-f]-%16[0-9a-f]-", session);
        if (*session && is_old(folder, entry->d_name) && !drafts_session_runs(folder, session))
            file_remove(folder, entry->d_name);
    }
    if (dir)
        closedir(dir);
}
