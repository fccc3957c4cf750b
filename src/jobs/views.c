#include "centurion/jobs/views.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "centurion/base/file.h"
#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "centurion/base/str.h"

enum { VERSION = 1, FILE_BYTES_MAX = 4 << 20 };

static const char file_name[] = "views.json";
static const char *const texts[] = {"login", "list", "name", "filter", "sort", "columns"};

/* ---- The file ---- */

/* What is in it now; an empty one if there is none. NULL: it cannot be used. damaged: it makes no sense, so that nothing is lost by putting it
 * aside. */
struct views_file {
    char *folder, *path;
    json_t *json;
    bool damaged;
};

static bool is_line(const char *text)
{
    for (; text && *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return false;
    return text != NULL;
}

/* The number of the first entry that is no view, from 1; 0: all are. */
static size_t unsound(const json_t *json)
{
    size_t at;
    const json_t *view;
    json_array_foreach(json_object_get(json, "views"), at, view)
    {
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            if (!is_line(json_string_value(json_object_get(view, texts[i]))))
                return at + 1;
        if (!*json_string_value(json_object_get(view, "name")))
            return at + 1;
    }
    return 0;
}

static void judge(struct views_file *file, struct error *error)
{
    json_int_t version = json_integer_value(json_object_get(file->json, "version"));
    size_t wrong = unsound(file->json);
    if (version > VERSION) {
        error_set(error, STATUS_FAILED, "%s was written by a newer Centurion.", file->path);
        error_hint(error, "Use that one, or move the file away.");
    } else if (version != VERSION || !json_is_array(json_object_get(file->json, "views"))) {
        file->damaged = true;
        error_set(error, STATUS_FAILED, "%s holds no saved views.", file->path);
    } else if (wrong) {
        file->damaged = true;
        error_set(error, STATUS_FAILED, "%s: its view %zu has no name, or a text is missing or is no text.", file->path,
                  wrong);
    }
    if (error->status == STATUS_OK)
        return;
    json_decref(file->json);
    file->json = NULL;
}

static enum status read_file(struct views_file *file, struct error *error)
{
    struct stat there;
    json_error_t why;
    *file = (struct views_file){.folder = path_state(NULL), .path = path_state(file_name)};
    error_clear(error);
    int fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT) {
        file->json = json_pack("{s:i, s:[]}", "version", VERSION, "views");
    } else if (fd < 0 || fstat(fd, &there) != 0) {
        error_set(error, STATUS_FAILED, "The saved views in %s cannot be read: %s.", file->path, strerror(errno));
    } else if (!S_ISREG(there.st_mode) || there.st_size > FILE_BYTES_MAX) {
        error_set(error, STATUS_FAILED, "%s is no plain file, or too long for saved views.", file->path);
    } else if (!(file->json = json_loadfd(fd, JSON_REJECT_DUPLICATES, &why))) {
        file->damaged = true;
        error_set(error, STATUS_FAILED, "The saved views are damaged, at line %d of %s: %s.", why.line, file->path,
                  why.text);
    } else {
        judge(file, error);
    }
    if (error->status != STATUS_OK && !*error->hint)
        error_hint(error, "The file stays as it is. Mend it, or move it away.");
    if (fd >= 0)
        close(fd);
    return error->status;
}

static void close_file(struct views_file *file)
{
    json_decref(file->json);
    free(file->folder);
    free(file->path);
}

static enum status cannot_write(const struct views_file *file, int fault, struct error *error)
{
    error_set(error, STATUS_FAILED, "The view cannot be kept in %s: %s.", file->path, strerror(fault));
    error_hint(error, "What was kept before is still there.");
    return error->status;
}

/* Waits for whoever changes the file just now: a moment. -1 with errno: not possible. */
static int lock_file(void)
{
    char *folder = path_state(NULL), *path = path_state("views.lock");
    int fault = file_folder(folder), fd = -1;
    if (!fault) {
        fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        fault = fd < 0 ? errno : 0;
    }
    while (fd >= 0 && flock(fd, LOCK_EX) != 0 && errno == EINTR) {
    } /* a file system without locks: as good as it gets */
    free(folder);
    free(path);
    errno = fault;
    return fd;
}

static enum status write_file(const struct views_file *file, struct error *error)
{
    char *text = json_dumps(file->json, JSON_INDENT(1));
    int fault = text ? file_replace(file->folder, file_name, text) : EINVAL;
    free(text);
    return fault ? cannot_write(file, fault, error) : STATUS_OK;
}

/* ---- Views in it ---- */

static const char *text_of(const json_t *view, const char *name)
{
    return json_string_value(json_object_get(view, name));
}

/* The place of the one of a name among all, and how many the list has; -1: there is none. */
static int find(const struct views_file *file, const char *login, const char *list, const char *name, int *count)
{
    size_t at;
    const json_t *view;
    int found = -1;
    *count = 0;
    json_array_foreach(json_object_get(file->json, "views"), at, view)
    {
        if (!str_equal(text_of(view, "login"), login) || !str_equal(text_of(view, "list"), list))
            continue;
        ++*count;
        if (strcasecmp(text_of(view, "name"), name) == 0)
            found = (int)at;
    }
    return found;
}

static int by_name(const void *a, const void *b)
{
    return strcasecmp(((const struct saved_view *)a)->name, ((const struct saved_view *)b)->name);
}

struct saved_view *views_read(const char *login, const char *list, int *count, struct error *error)
{
    struct views_file file;
    struct saved_view *views = NULL;
    size_t at;
    const json_t *view;
    *count = 0;
    if (read_file(&file, error) == STATUS_OK)
        json_array_foreach(json_object_get(file.json, "views"), at, view)
        {
            if (*count == VIEWS_MAX || !str_equal(text_of(view, "login"), login) ||
                !str_equal(text_of(view, "list"), list))
                continue;
            views = mem_resize(views, (size_t)*count + 1, sizeof *views);
            views[(*count)++] =
                (struct saved_view){mem_strdup(text_of(view, "name")), mem_strdup(text_of(view, "filter")),
                                    mem_strdup(text_of(view, "sort")), mem_strdup(text_of(view, "columns"))};
        }
    if (*count)
        qsort(views, (size_t)*count, sizeof *views, by_name);
    close_file(&file);
    return views;
}

void views_free(struct saved_view *views, int count)
{
    for (int i = 0; i < count; i++) {
        free(views[i].name);
        free(views[i].filter);
        free(views[i].sort);
        free(views[i].columns);
    }
    free(views);
}

/* ---- Changes ---- */

/* A place that nothing has yet: what is put aside now must not take the place of what was before. */
static char *put_aside(const struct views_file *file)
{
    for (int number = 1; number < 1000; number++) {
        char *aside = mem_printf("%s.damaged-%d", file->path, number);
        if (link(file->path, aside) == 0)
            return aside;
        bool taken = errno == EEXIST;
        free(aside);
        if (!taken)
            break;
    }
    return NULL;
}

enum status views_save(const char *login, const char *list, const struct saved_view *view, char **aside,
                       struct error *error)
{
    struct views_file file;
    *aside = NULL;
    int lock = lock_file(), fault = errno;
    enum status status = read_file(&file, error);
    if (lock < 0) {
        status = cannot_write(&file, fault, error);
    } else if (status != STATUS_OK && file.damaged && (*aside = put_aside(&file))) {
        error_clear(error);
        status = STATUS_OK;
        file.json = json_pack("{s:i, s:[]}", "version", VERSION, "views");
    }
    if (status == STATUS_OK) {
        json_t *made = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "login", login, "list", list, "name", view->name,
                                 "filter", view->filter, "sort", view->sort, "columns", view->columns);
        json_t *views = json_object_get(file.json, "views");
        int count, at = find(&file, login, list, view->name, &count);
        if (!made)
            status = error_set(error, STATUS_FAILED, "This is no valid text.");
        else if (at >= 0)
            json_array_set_new(views, (size_t)at, made);
        else if (count >= VIEWS_MAX) {
            json_decref(made);
            status = error_set(error, STATUS_FAILED, "This list has %d saved views, as many as there may be.", count);
            error_hint(error, "Delete one first.");
        } else
            json_array_append_new(views, made);
    }
    if (status == STATUS_OK)
        status = write_file(&file, error);
    if (lock >= 0)
        close(lock);
    close_file(&file);
    return status;
}

enum status views_remove(const char *login, const char *list, const char *name, struct error *error)
{
    struct views_file file;
    int count, at = -1, lock = lock_file(), fault = errno;
    enum status status = read_file(&file, error);
    if (lock < 0)
        status = cannot_write(&file, fault, error);
    else if (status == STATUS_OK && (at = find(&file, login, list, name, &count)) < 0)
        status = error_set(error, STATUS_FAILED, "There is no view \"%s\" any more.", name);
    if (status == STATUS_OK) {
        json_array_remove(json_object_get(file.json, "views"), (size_t)at);
        status = write_file(&file, error);
    }
    if (lock >= 0)
        close(lock);
    close_file(&file);
    return status;
}
