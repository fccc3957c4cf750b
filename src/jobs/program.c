#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_MS = 100, SAID_MAX = 8192 };

struct stream {
    struct loop *loop;
    int fd;
    loop_id watch;
    struct str *to;
    size_t most; /* only the end of it is kept; 0: all */
};

struct run {
    struct stream out, said;
    bool ended;
    int how;
};

/* In the child. Only async-signal-safe calls. */
static _Noreturn void become(const struct program *program, int out, int said, pid_t parent)
{
    sigset_t none;
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid() != parent)
        _exit(127);
    for (int number = 1; number < 32; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int null = open("/dev/null", O_RDWR);
    if (null < 0)
        _exit(127);
    dup2(null, STDIN_FILENO);
    dup2(out >= 0 ? out : null, STDOUT_FILENO);
    dup2(said, STDERR_FILENO);
    if (close_range(3, ~0U, 0) != 0)
        for (int fd = 3; fd < 1024; fd++)
            close(fd);
    execve(program->argv[0], (char *const *)program->argv, program->environment);
    _exit(127);
}

static void end_stream(struct stream *stream)
{
    loop_cancel(stream->loop, stream->watch);
    if (stream->fd >= 0)
        close(stream->fd);
    stream->fd = -1;
}

/* False when there is nothing more to read now. */
static bool read_piece(struct stream *stream)
{
    char bytes[4096];
    ssize_t got = stream->fd < 0 ? 0 : read(stream->fd, bytes, sizeof bytes);
    if (got < 0 && errno == EINTR)
        return true;
    if (got < 0 && errno == EAGAIN)
        return false;
    if (got <= 0) {
        end_stream(stream);
        return false;
    }
    if (stream->to) {
        str_add_bytes(stream->to, bytes, (size_t)got);
        if (stream->most && stream->to->length > 2 * stream->most) {
            size_t cut = stream->to->length - stream->most;
            memmove(stream->to->text, stream->to->text + cut, stream->most);
            str_cut(stream->to, stream->most);
        }
    }
    return true;
}

static void read_stream(void *arg, int fd, unsigned events)
{
    (void)fd;
    (void)events;
    read_piece(arg);
}

/* What it said is in the pipe. A process that it left behind may hold the other end open, and nobody waits for that one. */
static void drain(struct stream *stream)
{
    while (read_piece(stream))
        ;
    end_stream(stream);
}

static void see_end(void *arg, int pid, int how)
{
    struct run *run = arg;
    (void)pid;
    run->how = how;
    run->ended = true;
}

static enum status judge(const struct program *program, int how, bool stopped, struct error *error)
{
    const char *name = strrchr(program->argv[0], '/');
    name = name ? name + 1 : program->argv[0];
    if (WIFEXITED(how) && WEXITSTATUS(how) == 0)
        return STATUS_OK;
    if (stopped)
        return error_set(error, STATUS_FAILED, "Stopped on request.");
    if (WIFSIGNALED(how))
        return error_set(error, STATUS_FAILED, "%s was ended by signal %d", name, WTERMSIG(how));
    if (WEXITSTATUS(how) == 127)
        return error_set(error, STATUS_FAILED, "%s could not be run", program->argv[0]);
    return error_set(error, STATUS_FAILED, "%s failed", name);
}

static pid_t start(const struct program *program, struct run *run, struct error *error)
{
    int out[2] = {-1, -1}, said[2] = {-1, -1};
    pid_t parent = getpid(), pid = -1;
    if ((!program->out || pipe2(out, O_CLOEXEC) == 0) && pipe2(said, O_CLOEXEC) == 0)
        pid = fork();
    if (pid == 0)
        become(program, out[1], said[1], parent);
    if (pid < 0)
        error_set(error, STATUS_FAILED, "Cannot start %s: %s", program->argv[0], strerror(errno));
    if (out[1] >= 0)
        close(out[1]);
    if (said[1] >= 0)
        close(said[1]);
    run->out.fd = out[0];
    run->said.fd = said[0];
    for (int i = 0; i < 2; i++) {
        int fd = i ? said[0] : out[0];
        if (fd >= 0)
            fcntl(fd, F_SETFL, O_NONBLOCK);
    }
    return pid;
}

enum status program_run(struct loop *loop, const struct program *program, struct error *error)
{
    struct run run = {.out = {.loop = loop, .to = program->out},
                      .said = {.loop = loop, .to = program->said, .most = SAID_MAX}};
    bool told = false;
    pid_t pid = start(program, &run, error);
    if (pid > 0) {
        if (run.out.fd >= 0)
            run.out.watch = loop_watch(loop, run.out.fd, LOOP_READ, read_stream, &run.out);
        run.said.watch = loop_watch(loop, run.said.fd, LOOP_READ, read_stream, &run.said);
        loop_on_child(loop, pid, see_end, &run);
        while (!run.ended) {
            bool stop = !loop_turn(loop, LOOK_MS) || (program->stopped && *program->stopped);
            if (stop && !told && !run.ended) {
                kill(pid, SIGTERM);
                told = true;
            }
        }
    }
    drain(&run.out);
    drain(&run.said);
    return pid > 0 ? judge(program, run.how, told, error) : STATUS_FAILED;
}
