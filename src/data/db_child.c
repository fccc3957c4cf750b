/* Work that may wait is done in short-lived children: looking up names, asking the server to stop a query. */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "centurion/base/log.h"
#include "db_private.h"

static void reaped(void *arg, int pid, int wait_status)
{
    (void)arg;
    (void)pid;
    (void)wait_status;
}

/* The parent's terminal and sockets must not stay open for the sake of a child that waits. */
static void leave_parent(int keep)
{
    sigset_t none;
    for (int i = 1; i < NSIG; i++)
        signal(i, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int null = open("/dev/null", O_RDWR);
    for (int i = 0; i < 3 && null >= 0; i++)
        dup2(null, i);
    int last = (int)sysconf(_SC_OPEN_MAX);
    for (int i = 3; i < (last < 1024 ? last : 1024); i++)
        if (i != keep)
            close(i);
}

int db_fork(struct loop *loop, int keep, unsigned seconds)
{
    sigset_t all, before;
    sigfillset(&all);
    /* Handlers of the parent's must not run in the child. */
    sigprocmask(SIG_SETMASK, &all, &before);
    int pid = fork();
    if (pid == 0) {
        leave_parent(keep);
        alarm(seconds);
        return 0;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (pid > 0)
        loop_on_child(loop, pid, reaped, NULL);
    return pid;
}

/* PQcancel() connects anew and waits for the server. */
void db_stop_running(const struct db *db)
{
    int pid = db_fork(db->loop, -1, STOP_SECONDS);
    if (pid == 0) {
        char why[256];
        PGcancel *cancel = PQgetCancel(db->conn);
        int sent = cancel && PQcancel(cancel, why, sizeof why);
        PQfreeCancel(cancel);
        _exit(sent ? 0 : 1);
    }
    if (pid < 0)
        log_line(LOG_WARNING, "no child could be started to stop a query");
}
