#include "loop_support.h"

#include <poll.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int last_timeout, last_ready, polls;

/* Stands before the C library's, and calls its parameters what that does. */
int poll(struct pollfd *__fds, nfds_t __nfds, int __timeout)
{
    struct timespec time = {__timeout / 1000, __timeout % 1000 * 1000000L};
    last_timeout = __timeout;
    polls++;
    last_ready = (int)syscall(SYS_ppoll, __fds, __nfds, __timeout < 0 ? NULL : &time, NULL, 0);
    return last_ready;
}

int support_last_timeout(void)
{
    return last_timeout;
}

int support_last_ready(void)
{
    return last_ready;
}

int support_polls(void)
{
    return polls;
}
