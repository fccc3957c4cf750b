/* Commands of the user that get the terminal: one that reads a text, one of the configuration. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_private.h"
#include "centurion/base/mem.h"

static bool refused_here(struct app *app)
{
    if (app_restricted(app))
        app_say(app, ROLE_ERROR, "This login starts no commands.");
    return app_restricted(app);
}

static void piped(struct app *app, void *owner, int code)
{
    char *command = owner;
    if (code == LENT_NOT_FOUND)
        app_say(app, ROLE_ERROR, "The command \"%.60s\" was not found.", command);
    else if (code == LENT_KILLED)
        app_say(app, ROLE_WARN, "The command \"%.60s\" failed: it was ended.", command);
    else if (code > 0)
        app_say(app, ROLE_WARN, "The command \"%.60s\" failed.", command);
    else if (code == 0)
        app_say(app, ROLE_GOOD, "The command \"%.60s\" has read it.", command);
    free(command);
}

/* The text lies in a file without a name: nothing of it stays behind. What the command says stays on the terminal until Enter is pressed. */
bool app_pipe(struct app *app, const char *text, const char *command)
{
    if (refused_here(app))
        return false;
    FILE *file = tmpfile();
    int failure = !file || fputs(text, file) < 0 || fflush(file) != 0 ? errno : 0;
    if (!failure) {
        char *kept = mem_strdup(command),
             *script =
                 mem_printf("(%s\n)\nended=$?\nprintf '\\n[Enter] '\nread -r unused </dev/tty\nexit $ended\n", command);
        rewind(file);
        failure = app_lend(app, (char *[]){"sh", "-c", script, NULL}, fileno(file), piped, kept);
        free(script);
        if (failure)
            free(kept);
    }
    if (file)
        fclose(file);
    if (failure)
        app_say(app, ROLE_ERROR, "Nothing went to the command: %s.",
                failure == EBUSY ? "another one is running" : strerror(failure));
    return !failure;
}

static void ran(struct app *app, void *owner, int code)
{
    (void)owner;
    if (code == LENT_NOT_FOUND)
        app_say(app, ROLE_ERROR, "The command cannot be started: see centurion.conf.");
    else if (code != 0 && code != LENT_LEFT)
        app_say(app, ROLE_ERROR, "The command failed.");
}

void app_run_command(struct app *app, const char *command, const char *argument)
{
    if (refused_here(app))
        return;
    char *script = mem_printf("%s \"$1\"", command), *last = mem_strdup(argument);
    int failure = app_lend(app, (char *[]){"sh", "-c", script, "sh", last, NULL}, -1, ran, NULL);
    free(last);
    free(script);
    if (failure && failure != EBUSY)
        app_say(app, ROLE_ERROR, "\"%.60s\" cannot be started: %s.", command, strerror(failure));
}
