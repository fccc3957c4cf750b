/* Starts the private server in a child process, so that the keyboard never waits for it; what it prints is progress. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app_private.h"
#include "centurion/base/log.h"

static void line_done(struct starter *starter)
{
    starter->line[starter->length] = '\0';
    if (starter->length)
        snprintf(starter->last, sizeof starter->last, "%s", starter->line);
    starter->length = 0;
}

static void close_pipe(struct app *app)
{
    struct starter *starter = &app->starter;
    loop_cancel(app->loop, starter->watch);
    starter->watch = 0;
    if (starter->fd >= 0)
        close(starter->fd);
    starter->fd = -1;
}

static void read_progress(void *arg, int fd, unsigned events)
{
    struct app *app = arg;
    struct starter *starter = &app->starter;
    char bytes[512];
    ssize_t got = read(fd, bytes, sizeof bytes);
    (void)events;
    for (ssize_t i = 0; i < got; i++) {
        if (bytes[i] == '\n')
            line_done(starter);
        else if (starter->length < sizeof starter->line - 1)
            starter->line[starter->length++] = bytes[i];
    }
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        line_done(starter);
        close_pipe(app);
    }
    app_progress(app);
}

static void ended(void *arg, int pid, int wait_status)
{
    struct app *app = arg;
    (void)pid;
    app->starter.pid = 0;
    while (app->starter.fd >= 0) /* its last words: the write end is closed, so this ends */
        read_progress(app, app->starter.fd, LOOP_READ);
    if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0)
        app_connect(app);
    else
        app->starter.failed = true;
    app_progress(app);
}

static void fail(struct app *app, int error)
{
    app->starter.failed = true;
    snprintf(app->starter.last, sizeof app->starter.last, "Cannot run %s: %s", app->options->starter[0],
             strerror(error));
}

void starter_start(struct app *app)
{
    struct starter *starter = &app->starter;
    int ends[2];
    starter->failed = false;
    starter->last[0] = '\0';
    if (pipe2(ends, O_CLOEXEC) != 0) {
        fail(app, errno);
        return;
    }
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    /* A session of its own: Ctrl-C and a hang-up of this terminal are not for the server. */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
    int error = posix_spawn(&starter->pid, app->options->starter[0], &actions, &attributes,
                            (char *const *)app->options->starter, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (error) {
        close(ends[0]);
        starter->pid = 0;
        fail(app, error);
        return;
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    starter->fd = ends[0];
    starter->watch = loop_watch(app->loop, starter->fd, LOOP_READ, read_progress, app);
    loop_on_child(app->loop, starter->pid, ended, app);
}

void starter_stop(struct app *app)
{
    close_pipe(app);
    if (app->starter.pid > 0)
        kill(app->starter.pid, SIGTERM);
}
