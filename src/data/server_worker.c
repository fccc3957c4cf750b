/* Work on a private server happens in a child process. It can become the account that the server runs as, so root never
 * touches files that another account could have planted; and a server that it starts is left to init when it ends. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server_private.h"

/* What comes through the pipe: this, then `length` bytes of words, or for the end, a struct error. */
struct message {
    uint32_t end, length;
};

enum { WORDS_MAX = 400 };

static bool send_all(int fd, const void *bytes, size_t length)
{
    for (size_t sent = 0; sent < length;) {
        ssize_t wrote = write(fd, (const char *)bytes + sent, length - sent);
        if (wrote < 0 && errno != EINTR)
            return false;
        sent += wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

static bool receive_all(int fd, void *bytes, size_t length)
{
    for (size_t got = 0; got < length;) {
        ssize_t piece = read(fd, (char *)bytes + got, length - got);
        if (piece == 0 || (piece < 0 && errno != EINTR))
            return false;
        got += piece > 0 ? (size_t)piece : 0;
    }
    return true;
}

static void send_words(void *arg, const char *words)
{
    const int *fd = arg;
    struct message message = {.length = (uint32_t)strnlen(words, WORDS_MAX)};
    if (!send_all(*fd, &message, sizeof message) || !send_all(*fd, words, message.length))
        _exit(STATUS_FAILED); /* nobody is left who wants this */
}

static _Noreturn void work(const struct server_place *place, const struct server_options *options, server_work_fn *fn,
                           int fd, pid_t parent)
{
    struct error error = {0};
    sigset_t none;
    for (int number = 1; number < 32; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    enum status status = server_place_become(&error);
    /* After the change of account, which forgets it. */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(STATUS_FAILED);
    struct server_options own = *options;
    own.progress = send_words;
    own.arg = &fd;
    if (status == STATUS_OK)
        status = fn(place, &own, &error);
    error.status = status;
    struct message message = {.end = 1, .length = sizeof error};
    send_all(fd, &message, sizeof message);
    send_all(fd, &error, sizeof error);
    _exit(status);
}

enum status server_worker(const struct server_place *place, const struct server_options *options, server_work_fn *fn,
                          struct error *error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return error_set(error, STATUS_FAILED, "Cannot make a pipe: %s", strerror(errno));
    pid_t parent = getpid(), child = fork();
    if (child == 0)
        work(place, options, fn, ends[1], parent);
    close(ends[1]);
    struct message message;
    struct error told = {0};
    bool ended = false;
    while (child > 0 && !ended && receive_all(ends[0], &message, sizeof message)) {
        char words[WORDS_MAX + 1];
        if (message.end) {
            ended = message.length == sizeof told && receive_all(ends[0], &told, sizeof told);
            break;
        }
        if (message.length > WORDS_MAX || !receive_all(ends[0], words, message.length))
            break;
        words[message.length] = '\0';
        if (options->progress)
            options->progress(options->arg, words);
    }
    close(ends[0]);
    if (child < 0)
        return error_set(error, STATUS_FAILED, "Cannot start a process: %s", strerror(errno));
    int how = 0;
    while (waitpid(child, &how, 0) < 0 && errno == EINTR)
        ;
    if (ended) {
        if (error)
            *error = told;
        return told.status;
    }
    return error_set(error, STATUS_FAILED, "The process that works on the private server was ended%s",
                     WIFSIGNALED(how) ? " by a signal" : "");
}
