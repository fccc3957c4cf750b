#include "loop_support.h"

#include <poll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int last_timeout, polls;

/* Stands before the C library's. */
int poll(struct pollfd *fds, nfds_t count, int timeout)
{
    struct timespec time = {timeout / 1000, timeout % 1000 * 1000000L};
    last_timeout = timeout;
    polls++;
    return (int)syscall(SYS_ppoll, fds, count, timeout < 0 ? NULL : &time, NULL, 0);
}

int support_last_timeout(void)
{
    return last_timeout;
}

int support_polls(void)
{
    return polls;
}
