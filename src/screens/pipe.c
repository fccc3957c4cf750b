/* A text goes into a command that has the terminal meanwhile. The text lies in a file without a name: nothing of it stays behind. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app_private.h"
#include "centurion/base/mem.h"
#include "centurion/term/term.h"

enum { NOT_FOUND = 127 };

struct pipe {
    pid_t pid;
    loop_id child;
    char *command;
};

static void forget(struct app *app)
{
    loop_cancel(app->loop, app->pipe->child);
    free(app->pipe->command);
    free(app->pipe);
    app->pipe = NULL;
}

static void ended(void *arg, int pid, int wait_status)
{
    struct app *app = arg;
    (void)pid;
    app->pipe->child = 0;
    term_return();
    app_reflow(app);
    int code = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
    if (code == NOT_FOUND)
        app_say(app, ROLE_ERROR, "The command \"%.60s\" was not found.", app->pipe->command);
    else if (code)
        app_say(app, ROLE_WARN, "The command \"%.60s\" failed%s.", app->pipe->command,
                code < 0 ? ": it was ended" : "");
    else
        app_say(app, ROLE_GOOD, "The command \"%.60s\" has read it.", app->pipe->command);
    forget(app);
    loop_dirty(app->loop);
}

/* What the command says stays on the terminal until Enter is pressed. */
bool app_pipe(struct app *app, const char *text, const char *command)
{
    if (app_restricted(app)) {
        app_say(app, ROLE_ERROR, "This login starts no commands.");
        return false;
    }
    FILE *file = app->pipe || app->editor ? NULL : tmpfile();
    if (!file || fputs(text, file) < 0 || fflush(file) != 0) {
        app_say(app, ROLE_ERROR, "Nothing went to the command: %s.",
                app->pipe || app->editor ? "another one is running" : strerror(errno));
        if (file)
            fclose(file);
        return false;
    }
    rewind(file);
    struct pipe *pipe = app->pipe = mem_alloc(sizeof *pipe);
    pipe->command = mem_strdup(command);
    char *script =
        mem_printf("(%s\n)\nended=$?\nprintf '\\n[Enter] '\nread -r unused </dev/tty\nexit $ended\n", command);
    char *argv[] = {"sh", "-c", script, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fileno(file), STDIN_FILENO);
    term_leave();
    int refused = posix_spawn(&pipe->pid, "/bin/sh", &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    fclose(file);
    free(script);
    if (refused) {
        term_return();
        app_say(app, ROLE_ERROR, "No shell can be started: %s.", strerror(refused));
        forget(app);
        return false;
    }
    pipe->child = loop_on_child(app->loop, pipe->pid, ended, app);
    return true;
}

void pipe_end(struct app *app)
{
    if (app->pipe)
        forget(app);
}
