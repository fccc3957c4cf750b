/* Host names are looked up in a child process: getaddrinfo(3) waits as long as name servers please, and libpq would call it
 * in the middle of connecting. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include "db_private.h"

enum { ADDRESSES_MAX = 16, ANSWER_MAX = 64 * 1024 };

bool endpoint_is_name(const struct endpoint *endpoint)
{
    unsigned char address[sizeof(struct in6_addr)];
    const char *host = endpoint->host;
    return !*endpoint->hostaddr && *host && *host != '/' && *host != '@' && inet_pton(AF_INET, host, address) != 1 &&
           inet_pton(AF_INET6, host, address) != 1;
}

/* In the child. */
static void look_up(int index, const struct endpoint *endpoint, int fd)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC}, *list = NULL;
    int error = getaddrinfo(endpoint->host, NULL, &hints, &list);
    if (error)
        dprintf(fd, "%d !%s\n", index, error == EAI_SYSTEM ? strerror(errno) : gai_strerror(error));
    int count = 0;
    for (struct addrinfo *each = list; !error && each && count < ADDRESSES_MAX; each = each->ai_next, count++) {
        char address[NI_MAXHOST];
        if (getnameinfo(each->ai_addr, each->ai_addrlen, address, sizeof address, NULL, 0, NI_NUMERICHOST) == 0)
            dprintf(fd, "%d %s\n", index, address);
    }
    if (list)
        freeaddrinfo(list);
}

static void read_answer(void *arg, int fd, unsigned events)
{
    struct resolver *resolver = arg;
    char bytes[1024];
    (void)events;
    ssize_t got = read(fd, bytes, sizeof bytes);
    if (got > 0 && resolver->answer.length < ANSWER_MAX) {
        str_add_bytes(&resolver->answer, bytes, (size_t)got);
        return;
    }
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    loop_cancel(resolver->loop, resolver->watch);
    close(fd);
    resolver->watch = 0;
    resolver->fd = -1;
    resolver->done(resolver->arg);
}

bool resolver_start(struct resolver *resolver, struct loop *loop, const struct endpoint *endpoints, int count,
                    int timeout_ms, loop_fn *done, void *arg)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return false;
    int pid = db_fork(loop, ends[1], (unsigned)timeout_ms / 1000 + 1);
    if (pid == 0) {
        for (int i = 0; i < count; i++)
            if (endpoint_is_name(&endpoints[i]))
                look_up(i, &endpoints[i], ends[1]);
        _exit(0);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    str_clear(&resolver->answer);
    resolver->loop = loop;
    resolver->done = done;
    resolver->arg = arg;
    resolver->fd = ends[0];
    resolver->watch = loop_watch(loop, resolver->fd, LOOP_READ, read_answer, resolver);
    return true;
}

/* The child, should it still wait, ends when it writes or when its time is up. */
void resolver_stop(struct resolver *resolver)
{
    if (resolver->fd >= 0) {
        loop_cancel(resolver->loop, resolver->watch);
        close(resolver->fd);
    }
    resolver->fd = -1;
    resolver->watch = 0;
    str_fini(&resolver->answer);
}
