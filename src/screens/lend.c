/* The terminal is lent to another program: an editor, a command. The loop goes on meanwhile; nothing is painted until that program has
 * ended. */
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app_private.h"
#include "centurion/base/mem.h"
#include "centurion/term/term.h"

struct loan {
    loop_id child;
    lent_fn *fn;
    void *owner;
};

static void over(struct app *app, int code)
{
    struct loan loan = *app->loan;
    free(app->loan);
    app->loan = NULL;
    loan.fn(app, loan.owner, code);
}

static void ended(void *arg, int pid, int wait_status)
{
    struct app *app = arg;
    (void)pid;
    term_return();
    app_reflow(app);
    over(app, WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : LENT_KILLED);
    loop_dirty(app->loop);
}

int app_lend(struct app *app, char *const argv[], int input, lent_fn *fn, void *owner)
{
    if (app->loan)
        return EBUSY;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (input >= 0)
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    pid_t pid;
    term_leave();
    int refused = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (refused) {
        term_return();
        return refused;
    }
    app->loan = mem_alloc(sizeof *app->loan);
    *app->loan = (struct loan){.child = loop_on_child(app->loop, pid, ended, app), .fn = fn, .owner = owner};
    return 0;
}

void lend_end(struct app *app)
{
    if (!app->loan)
        return;
    loop_cancel(app->loop, app->loan->child);
    over(app, LENT_LEFT);
}
