/* The private server as a whole: one at a time under a lock; made if there is none, started if it does not run. */
#include "centurion/data/server.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "server_private.h"

static const char *const kind_names[] = {"demo", "local"};

const char *server_kind_name(enum server_kind kind)
{
    return kind_names[kind];
}

bool server_kind_parse(const char *word, enum server_kind *kind)
{
    for (int i = 0; i < 2; i++) {
        if (str_equal(word, kind_names[i])) {
            *kind = (enum server_kind)i;
            return true;
        }
    }
    return false;
}

char *server_default_person(enum server_kind kind)
{
    if (kind == SERVER_DEMO)
        return mem_strdup("coach");
    const struct passwd *account = getpwuid(getuid());
    const char *name = account ? account->pw_name : getenv("USER");
    return mem_strdup(name && *name ? name : "admin");
}

char *server_conninfo(enum server_kind kind, const char *as)
{
    struct server_place place;
    server_place_init(&place, kind);
    char *conninfo = server_place_conninfo(&place, SERVER_PORT, SERVER_DATABASE, as ? as : SERVER_OWNER);
    server_place_fini(&place);
    return conninfo;
}

enum server_state server_state(enum server_kind kind, int *pid, char **folder)
{
    struct server_place place;
    struct server_programs programs = {0};
    server_place_init(&place, kind);
    enum server_state state = SERVER_STOPPED;
    int major = server_data_major(place.data), process = (int)server_postmaster(place.data);
    if (!major)
        state = SERVER_ABSENT;
    else if (process)
        state = SERVER_RUNNING;
    else if (server_find(major, &programs, NULL) != STATUS_OK)
        state = SERVER_FOREIGN;
    free(programs.bindir);
    if (pid)
        *pid = process;
    if (folder)
        *folder = mem_strdup(place.folder);
    server_place_fini(&place);
    return state;
}

/* Held until the process ends, or closed. */
static int take_lock(const struct server_place *place, const struct server_options *options, struct error *error)
{
    int fd = open(place->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        int reason = errno;
        error_set(error, STATUS_FAILED, "Cannot write in %s: %s", place->folder, strerror(reason));
        if (reason == ENOSPC || reason == EDQUOT)
            server_disk_full(place->folder, 1, error);
        else
            error_hint(
                error,
                "It must be a folder that the server's account can enter and write in; CENTURION_SERVER_HOME=FOLDER "
                "names another place.");
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (errno == EWOULDBLOCK)
        options->progress(options->arg, "waiting for another program that works on this server");
    while (flock(fd, LOCK_EX) != 0) {
        if (errno == EINTR)
            continue;
        error_set(error, STATUS_FAILED, "Cannot lock %s: %s", place->lock, strerror(errno));
        close(fd);
        return -1;
    }
    return fd;
}

/* What a program that was killed half way left behind. */
static void clear_leftovers(const struct server_place *place)
{
    if (access(place->making, F_OK) != 0)
        return;
    server_shut_down(place->making, SIGQUIT, NULL);
    server_remove_tree(place->making);
}

/* The socket's folder, where it is apart: anybody may make things in /tmp, so it must be ours and closed. */
static enum status prepare_socket(const struct server_place *place, struct error *error)
{
    if (str_equal(place->socket, place->folder))
        return STATUS_OK;
    struct stat there;
    if ((mkdir(place->socket, 0700) != 0 && errno != EEXIST) || lstat(place->socket, &there) != 0)
        return error_set(error, STATUS_FAILED, "Cannot make the socket's folder %s: %s", place->socket,
                         strerror(errno));
    if (!S_ISDIR(there.st_mode) || there.st_uid != geteuid() || (there.st_mode & 077)) {
        error_set(error, STATUS_FAILED, "%s is for the server's socket, but it is not a folder that is yours alone",
                  place->socket);
        error_hint(
            error,
            "Remove it. Or name a place with a shorter path in CENTURION_SERVER_HOME, so that it is not needed.");
        return STATUS_FAILED;
    }
    return STATUS_OK;
}

static enum status launch(const struct server_place *place, const struct server_programs *programs,
                          const struct server_options *options, struct error *error)
{
    options->progress(options->arg, "starting the server");
    const struct server_launch with = {.place = place,
                                       .programs = programs,
                                       .data = place->data,
                                       .port = SERVER_PORT,
                                       .progress = options->progress,
                                       .arg = options->arg};
    return server_launch(&with, error);
}

/* Puts what was made where it is used. For the demo that may mean instead of an older one. */
static enum status move_in(const struct server_place *place, struct error *error)
{
    enum status status = server_shut_down(place->data, SIGINT, error);
    if (status != STATUS_OK)
        return status;
    server_remove_tree(place->data);
    if (rename(place->making, place->data) != 0)
        return error_set(error, STATUS_FAILED, "Cannot rename %s to %s: %s", place->making, place->data,
                         strerror(errno));
    int folder = open(place->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    return STATUS_OK;
}

static enum status find_programs(const struct server_place *place, int major, struct server_programs *programs,
                                 struct error *error)
{
    if (server_find(major, programs, error) == STATUS_OK)
        return STATUS_OK;
    if (major) {
        error_within(error, "The data in %s are of PostgreSQL %d", place->data, major);
        char *recipe = server_upgrade_recipe(place->kind);
        if (recipe)
            error_hint(error,
                       "Install its package postgresql-%d. Or move the data to the installed version with the commands "
                       "(pg_upgrade) that `centurion server status %s` prints.",
                       major, server_kind_name(place->kind));
        free(recipe);
    }
    return STATUS_FAILED;
}

static enum status check_size(const struct server_place *place, const char *size, struct error *error)
{
    char *has = server_made_size(place);
    enum status status = STATUS_OK;
    if (size && has && !str_equal(size, has)) {
        status =
            error_set(error, STATUS_USAGE, "The demonstration data is there already, and it is %s, not %s", has, size);
        error_hint(error, "--reset makes it anew.");
    }
    free(has);
    return status;
}

static enum status start(const struct server_place *place, const struct server_options *options, struct error *error)
{
    struct server_programs programs = {0};
    int lock = take_lock(place, options, error);
    if (lock < 0)
        return STATUS_FAILED;
    clear_leftovers(place);
    enum status status = prepare_socket(place, error);
    if (status != STATUS_OK)
        goto done;
    int major = server_data_major(place->data);
    bool running = server_postmaster(place->data) != 0, make = !major || options->reset;
    if (!major && access(place->data, F_OK) == 0) {
        status = error_set(error, STATUS_FAILED, "%s is there, but it is no folder of PostgreSQL that can be read",
                           place->data);
        error_hint(error, "If nothing in it is needed, move it away.");
        goto done;
    }
    if (!make)
        status = check_size(place, options->size, error);
    if (status == STATUS_OK && (make || !running))
        status = find_programs(place, make ? 0 : major, &programs, error);
    if (status == STATUS_OK && make) {
        status = server_make(place, &programs, options, error);
        if (status == STATUS_OK)
            status = move_in(place, error);
        if (status != STATUS_OK)
            clear_leftovers(place);
    }
    if (status == STATUS_OK && (make || !running))
        status = launch(place, &programs, options, error);
    if (status == STATUS_OK && !make)
        status = server_update(place, options, error);
done:
    free(programs.bindir);
    close(lock);
    return status;
}

static enum status stop(const struct server_place *place, const struct server_options *options, struct error *error)
{
    int lock = take_lock(place, options, error);
    if (lock < 0)
        return STATUS_FAILED;
    clear_leftovers(place);
    if (server_postmaster(place->data))
        options->progress(options->arg, "stopping the server");
    enum status status = server_shut_down(place->data, SIGINT, error);
    if (status == STATUS_OK && !str_equal(place->socket, place->folder))
        rmdir(place->socket);
    close(lock);
    return status;
}

enum status server_start(enum server_kind kind, const struct server_options *options, struct error *error)
{
    static const struct server_options none;
    struct server_place place;
    options = options ? options : &none;
    if (kind != SERVER_DEMO && (options->reset || options->size || options->today))
        return error_set(error, STATUS_USAGE, "Only the demonstration can be made anew, or in a size or of a day");
    if (options->size && !str_equal(options->size, "small") && !str_equal(options->size, "large"))
        return error_set(error, STATUS_USAGE, "The demonstration comes in the sizes small and large, not \"%s\"",
                         options->size);
    server_place_init(&place, kind);
    /* Who we are is asked here: for root, the process that does the work is somebody else. */
    char *person = options->person ? mem_strdup(options->person) : server_default_person(kind);
    struct server_options settled = *options;
    settled.person = person;
    enum status status = server_place_prepare(&place, error);
    if (status == STATUS_OK)
        status = server_worker(&place, &settled, start, error);
    free(person);
    server_place_fini(&place);
    return status;
}

enum status server_stop(enum server_kind kind, struct error *error)
{
    static const struct server_options none;
    struct server_place place;
    server_place_init(&place, kind);
    enum status status = STATUS_OK;
    if (access(place.folder, F_OK) == 0)
        status = server_worker(&place, &none, stop, error);
    server_place_fini(&place);
    return status;
}
