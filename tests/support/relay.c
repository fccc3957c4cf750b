#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "tests/support/link.h"

enum { PAIRS_MAX = 256 };

struct pair {
    struct relay *relay;
    int program, server;
    loop_id program_watch, server_watch;
    struct str answers; /* held back */
    struct str asked;   /* an incomplete message of the program's */
    bool started;       /* its first message, which has no type, is through */
    long left;          /* bytes of answers before the cut; -1: no end */
};

struct relay {
    struct loop *loop;
    char folder[64];
    struct sockaddr_un server;
    int listener;
    loop_id watch, pump;
    struct pair *pairs[PAIRS_MAX];
    bool hold, muted;
    long cut_after;
    size_t trickle;
    struct str mute;
    int accepted, asked[256];
    long passed[2]; /* bytes, by way */
    struct trip {
        loop_fn *fn;
        void *arg;
        long left;
    } trips[2];
};

static void pump_soon(struct relay *relay);

static void end_pair(struct pair *pair)
{
    struct relay *relay = pair->relay;
    loop_cancel(relay->loop, pair->program_watch);
    loop_cancel(relay->loop, pair->server_watch);
    close(pair->program);
    if (pair->server >= 0)
        close(pair->server);
    str_fini(&pair->answers);
    str_fini(&pair->asked);
    for (int i = 0; i < PAIRS_MAX; i++)
        if (relay->pairs[i] == pair)
            relay->pairs[i] = NULL;
    free(pair);
}

static bool is_there(const struct relay *relay, const struct pair *pair)
{
    for (int i = 0; i < PAIRS_MAX; i++)
        if (relay->pairs[i] == pair)
            return true;
    return false;
}

/* No more than up to the point where something is to happen. */
static size_t up_to_trip(const struct relay *relay, enum relay_way way, size_t size)
{
    const struct trip *trip = &relay->trips[way];
    return trip->fn && (long)size > trip->left ? (size_t)trip->left : size;
}

/* So much was handed on. False when what happens at this point was the end of the pair. */
static bool pass(struct pair *pair, enum relay_way way, size_t size)
{
    struct relay *relay = pair->relay;
    struct trip trip = relay->trips[way];
    relay->passed[way] += (long)size;
    if (!trip.fn)
        return true;
    relay->trips[way].left -= (long)size;
    if (relay->trips[way].left > 0)
        return true;
    relay->trips[way].fn = NULL;
    trip.fn(trip.arg);
    return is_there(relay, pair);
}

/* Hands on what may go. False when that was the end of the pair. */
static bool pump_pair(struct pair *pair)
{
    struct relay *relay = pair->relay;
    size_t size = pair->answers.length;
    if (relay->hold)
        return true;
    if (relay->trickle && size > relay->trickle)
        size = relay->trickle;
    if (pair->left >= 0 && (long)size > pair->left)
        size = (size_t)pair->left;
    size = up_to_trip(relay, RELAY_ANSWERS, size);
    ssize_t sent = size ? send(pair->program, pair->answers.text, size, MSG_NOSIGNAL | MSG_DONTWAIT) : 0;
    if (sent > 0) {
        memmove(pair->answers.text, pair->answers.text + sent, pair->answers.length - (size_t)sent);
        str_cut(&pair->answers, pair->answers.length - (size_t)sent);
        if (pair->left > 0)
            pair->left -= sent;
        if (!pass(pair, RELAY_ANSWERS, (size_t)sent))
            return false;
    }
    if (pair->left == 0) {
        end_pair(pair);
        return false;
    }
    if (pair->answers.length)
        pump_soon(relay);
    return true;
}

static void pump(void *arg)
{
    struct relay *relay = arg;
    relay->pump = 0;
    for (int i = 0; i < PAIRS_MAX; i++)
        if (relay->pairs[i])
            pump_pair(relay->pairs[i]);
}

static void pump_soon(struct relay *relay)
{
    if (!relay->pump)
        relay->pump = loop_after(relay->loop, relay->trickle ? 0 : 1, pump, relay);
}

static void from_server(void *arg, int fd, unsigned events)
{
    struct pair *pair = arg;
    char bytes[65536];
    (void)events;
    ssize_t got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got > 0)
        str_add_bytes(&pair->answers, bytes, (size_t)got);
    if (pump_pair(pair) && got <= 0)
        end_pair(pair);
}

static void count_messages(struct pair *pair, const char *bytes, size_t size)
{
    struct str *asked = &pair->asked;
    size_t at = 0;
    str_add_bytes(asked, bytes, size);
    for (;;) {
        size_t head = pair->started ? 1 : 0;
        uint32_t length;
        if (asked->length < at + head + 4)
            break;
        memcpy(&length, asked->text + at + head, 4);
        length = ntohl(length);
        if (asked->length < at + head + length)
            break;
        if (pair->started)
            pair->relay->asked[(unsigned char)asked->text[at]]++;
        /* An offer of encryption is answered before the first message proper. */
        pair->started = pair->started || length > 8;
        at += head + length;
    }
    if (at) {
        memmove(asked->text, asked->text + at, asked->length - at);
        str_cut(asked, asked->length - at);
    }
}

static void from_program(void *arg, int fd, unsigned events)
{
    struct pair *pair = arg;
    char bytes[65536];
    (void)events;
    ssize_t got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0) {
        end_pair(pair);
        return;
    }
    if (pair->server < 0)
        return;
    count_messages(pair, bytes, (size_t)got);
    for (size_t at = 0, size; at < (size_t)got; at += size) {
        size = up_to_trip(pair->relay, RELAY_REQUESTS, (size_t)got - at);
        if (send(pair->server, bytes + at, size, MSG_NOSIGNAL) != (ssize_t)size) {
            end_pair(pair);
            return;
        }
        if (!pass(pair, RELAY_REQUESTS, size))
            return;
    }
}

static void accept_one(void *arg, int fd, unsigned events)
{
    struct relay *relay = arg;
    struct pair *pair = mem_alloc(sizeof *pair);
    int at = 0;
    (void)events;
    pair->relay = relay;
    pair->program = accept4(fd, NULL, NULL, SOCK_CLOEXEC); /* a server that is started here must not keep it open */
    cr_assert_geq(pair->program, 0);
    relay->accepted++;
    pair->left = relay->cut_after;
    pair->server = -1;
    while (relay->pairs[at])
        cr_assert_lt(++at, PAIRS_MAX);
    relay->pairs[at] = pair;
    pair->program_watch = loop_watch(relay->loop, pair->program, LOOP_READ, from_program, pair);
    if (relay->muted) {
        str_add_bytes(&pair->answers, relay->mute.text, relay->mute.length);
        pair->left = (long)relay->mute.length;
        pump_pair(pair);
        return;
    }
    pair->server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(pair->server, (struct sockaddr *)&relay->server, sizeof relay->server) != 0) {
        end_pair(pair);
        return;
    }
    pair->server_watch = loop_watch(relay->loop, pair->server, LOOP_READ, from_server, pair);
}

struct relay *relay_new(struct loop *loop)
{
    char server[100], socket[120];
    cr_assert_eq(sscanf(test_server(), "host=%99s", server), 1, "the server of the tests is not on a Unix socket");
    snprintf(socket, sizeof socket, "%.80s/.s.PGSQL.5432", server);
    return relay_to(loop, socket);
}

struct relay *relay_to(struct loop *loop, const char *server)
{
    struct relay *relay = mem_alloc(sizeof *relay);
    struct sockaddr_un here = {.sun_family = AF_UNIX};
    relay->loop = loop;
    relay->cut_after = -1;
    relay->server.sun_family = AF_UNIX;
    snprintf(relay->server.sun_path, sizeof relay->server.sun_path, "%s", server);
    snprintf(relay->folder, sizeof relay->folder, "/tmp/centurion-relay.XXXXXX");
    cr_assert(mkdtemp(relay->folder));
    snprintf(here.sun_path, sizeof here.sun_path, "%s/.s.PGSQL.5432", relay->folder);
    relay->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert_eq(bind(relay->listener, (struct sockaddr *)&here, sizeof here), 0);
    cr_assert_eq(listen(relay->listener, 64), 0);
    relay->watch = loop_watch(loop, relay->listener, LOOP_READ, accept_one, relay);
    return relay;
}

void relay_cut(struct relay *relay)
{
    for (int i = 0; i < PAIRS_MAX; i++)
        if (relay->pairs[i])
            end_pair(relay->pairs[i]);
}

void relay_free(struct relay *relay)
{
    char *path = mem_printf("%s/.s.PGSQL.5432", relay->folder);
    relay_cut(relay);
    loop_cancel(relay->loop, relay->watch);
    loop_cancel(relay->loop, relay->pump);
    close(relay->listener);
    unlink(path);
    rmdir(relay->folder);
    str_fini(&relay->mute);
    free(path);
    free(relay);
}

char *relay_conninfo(const struct relay *relay)
{
    return mem_printf("host=%s user=postgres dbname=postgres", relay->folder);
}

void relay_hold(struct relay *relay, bool hold)
{
    relay->hold = hold;
    pump_soon(relay);
}

void relay_cut_after(struct relay *relay, long bytes)
{
    relay->cut_after = bytes;
}

/* At no bytes it is now. */
void relay_trip(struct relay *relay, enum relay_way way, long bytes, loop_fn *fn, void *arg)
{
    if (fn && bytes <= 0)
        fn(arg);
    else
        relay->trips[way] = (struct trip){fn, arg, bytes};
}

void relay_trickle(struct relay *relay, size_t bytes)
{
    relay->trickle = bytes;
}

void relay_say(struct relay *relay, const void *bytes, size_t size)
{
    for (int i = 0; i < PAIRS_MAX; i++)
        if (relay->pairs[i]) {
            str_add_bytes(&relay->pairs[i]->answers, bytes, size);
            pump_soon(relay);
        }
}

void relay_mute(struct relay *relay, const void *bytes, size_t size)
{
    str_clear(&relay->mute);
    relay->muted = bytes != NULL;
    if (bytes)
        str_add_bytes(&relay->mute, bytes, size);
}

int relay_accepted(const struct relay *relay)
{
    return relay->accepted;
}

int relay_asked(const struct relay *relay, char type)
{
    return relay->asked[(unsigned char)type];
}

long relay_answered(const struct relay *relay)
{
    return relay->passed[RELAY_ANSWERS];
}

long relay_requested(const struct relay *relay)
{
    return relay->passed[RELAY_REQUESTS];
}
