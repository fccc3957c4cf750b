/* Runs PostgreSQL's programs: once to their end, or as the server of a data folder. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "server_private.h"

enum {
    POLL_MS = 2,
    START_LIMIT_MS = 300000, /* recovery after a crash may take its time */
    RECOVERY_WORDS_MS = 1500,
    STOP_LIMIT_MS = 60000,
    ORPHANS_LIMIT_MS = 10000,
    LOG_ROTATE_BYTES = 1 << 20,
    RUN_NEED_MB = 64, /* what a server wants to find free to start: some segments of its log */
};

static int64_t now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void pause_ms(int milliseconds)
{
    struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

/* ---- programs ---- */

/* The environment without what would settle something for the server: PGPORT, PGOPTIONS, LC_MESSAGES and their kin. */
static char **server_environment(void)
{
    size_t count = 0, kept = 0;
    while (environ[count])
        count++;
    char **out = mem_array(count + 2, sizeof *out);
    for (size_t i = 0; i < count; i++)
        if (!str_starts(environ[i], "PG") && !str_starts(environ[i], "LC_") && !str_starts(environ[i], "LANG"))
            out[kept++] = environ[i];
    out[kept] = (char *)"LC_ALL=C.UTF-8";
    return out;
}

/* In the child: nothing of ours goes along. Only async-signal-safe calls. */
static _Noreturn void become(const struct server_spec *spec, char *const *environment, int out, pid_t parent)
{
    sigset_t none;
    setsid();
    if (spec->dies_with_us && (prctl(PR_SET_PDEATHSIG, SIGQUIT) != 0 || getppid() != parent))
        _exit(127);
    for (int number = 1; number < 32; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    umask(077);
    int null = open("/dev/null", O_RDWR);
    if (null < 0 || chdir("/") != 0)
        _exit(127);
    int log = spec->log ? open(spec->log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600) : null;
    dup2(null, STDIN_FILENO);
    dup2(out >= 0 ? out : log >= 0 ? log : null, STDOUT_FILENO);
    dup2(log >= 0 ? log : null, STDERR_FILENO);
    if (close_range(3, ~0U, 0) != 0)
        for (int fd = 3; fd < 1024; fd++)
            close(fd);
    execvpe(spec->argv[0], (char *const *)spec->argv, environment);
    _exit(127);
}

static pid_t start_child(const struct server_spec *spec, int out, struct error *error)
{
    char **environment = server_environment();
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        become(spec, environment, out, parent);
    free(environment);
    if (pid < 0)
        error_set(error, STATUS_FAILED, "Cannot start %s: %s", spec->argv[0], strerror(errno));
    return pid;
}

enum status server_spawn(const struct server_spec *spec, pid_t *pid, struct error *error)
{
    *pid = start_child(spec, -1, error);
    return *pid < 0 ? STATUS_FAILED : STATUS_OK;
}

static int wait_for(pid_t pid)
{
    int how = 0;
    while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
        ;
    return how;
}

static enum status judge(const char *program, int how, struct error *error)
{
    if (WIFEXITED(how) && WEXITSTATUS(how) == 0)
        return STATUS_OK;
    if (WIFSIGNALED(how))
        return error_set(error, STATUS_FAILED, "%s was ended by signal %d", program, WTERMSIG(how));
    if (WEXITSTATUS(how) == 127)
        return error_set(error, STATUS_FAILED, "%s could not be run", program);
    return error_set(error, STATUS_FAILED, "%s failed", program);
}

enum status server_run(const struct server_spec *spec, struct error *error)
{
    int64_t before = server_log_size(spec->log);
    pid_t pid;
    if (server_spawn(spec, &pid, error) != STATUS_OK)
        return STATUS_FAILED;
    enum status status = judge(spec->argv[0], wait_for(pid), error);
    struct str says = {0};
    if (status != STATUS_OK && server_log_last(spec->log, before, &says))
        error_set(error, status, "%s failed: %s", spec->argv[0], str_text(&says));
    str_fini(&says);
    return status;
}

enum status server_capture(const char *const *argv, struct str *out, struct error *error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return error_set(error, STATUS_FAILED, "Cannot run %s: %s", argv[0], strerror(errno));
    struct server_spec spec = {.argv = argv, .dies_with_us = true};
    pid_t pid = start_child(&spec, ends[1], error);
    close(ends[1]);
    char bytes[256];
    for (ssize_t got; pid > 0 && ((got = read(ends[0], bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR));)
        if (got > 0)
            str_add_bytes(out, bytes, (size_t)got);
    close(ends[0]);
    while (out->length && out->text[out->length - 1] == '\n')
        str_cut(out, out->length - 1);
    return pid > 0 ? judge(argv[0], wait_for(pid), error) : STATUS_FAILED;
}

/* ---- the log ---- */

int64_t server_log_size(const char *log)
{
    struct stat there;
    return log && stat(log, &there) == 0 ? (int64_t)there.st_size : 0;
}

bool server_log_last(const char *log, int64_t offset, struct str *out)
{
    FILE *file = log ? fopen(log, "re") : NULL;
    if (!file)
        return false;
    char *line = NULL;
    size_t room = 0;
    bool fatal = false;
    fseeko(file, (off_t)offset, SEEK_SET);
    while (getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        const char *grave = strstr(line, "FATAL:");
        grave = grave ? grave : strstr(line, "PANIC:");
        if (!*line || (fatal && !grave))
            continue;
        fatal = grave != NULL;
        str_clear(out);
        str_add(out, grave ? grave + strlen("FATAL:") + strspn(grave + strlen("FATAL:"), " ") : line);
    }
    free(line);
    fclose(file);
    return out->length > 0;
}

static void rotate_log(const char *log)
{
    if (server_log_size(log) <= LOG_ROTATE_BYTES)
        return;
    char *old = mem_printf("%s.1", log);
    rename(log, old);
    free(old);
}

/* ---- the postmaster ---- */

struct pidfile {
    long pid;
    bool ready;
};

/* Line 1 is the process, line 8 what it is doing (miscadmin.h). */
static bool read_pidfile(const char *data, struct pidfile *out)
{
    char *path = path_join(data, "postmaster.pid"), line[1200];
    FILE *file = fopen(path, "re");
    free(path);
    *out = (struct pidfile){0};
    if (!file)
        return false;
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        if (number == 1)
            out->pid = strtol(line, NULL, 10);
        if (number == 8)
            out->ready = str_starts(line, "ready");
    }
    fclose(file);
    return true;
}

/* Does process pid run postgres in the folder data? PostgreSQL stays in that folder; a process number alone proves
 * nothing, since numbers are given out again. */
static bool serves(long pid, const char *data)
{
    char path[64], program[512];
    struct stat here, there;
    snprintf(path, sizeof path, "/proc/%ld/cwd", pid);
    if (pid <= 0 || stat(path, &here) != 0 || stat(data, &there) != 0 || here.st_dev != there.st_dev ||
        here.st_ino != there.st_ino)
        return false;
    snprintf(path, sizeof path, "/proc/%ld/exe", pid);
    ssize_t length = readlink(path, program, sizeof program - 1);
    if (length <= 0)
        return false;
    program[length] = '\0';
    const char *name = strrchr(program, '/');
    return name && str_starts(name, "/postgres");
}

pid_t server_postmaster(const char *data)
{
    struct pidfile file;
    return read_pidfile(data, &file) && serves(file.pid, data) ? (pid_t)file.pid : 0;
}

/* Backends outlive a killed postmaster for a moment. */
static long find_orphan(const char *data)
{
    DIR *processes = opendir("/proc");
    long found = 0;
    for (struct dirent *entry; processes && !found && (entry = readdir(processes));) {
        long pid = strtol(entry->d_name, NULL, 10);
        if (pid > 0 && serves(pid, data))
            found = pid;
    }
    if (processes)
        closedir(processes);
    return found;
}

/* PostgreSQL refuses to start when the process of a left-over pid file is alive, even if that number belongs to another
 * program now. So it goes, once it is certain that nobody works on the data any more. */
static enum status clear_traces(const struct server_launch *launch, struct error *error)
{
    struct pidfile file;
    enum status status = STATUS_OK;
    if (read_pidfile(launch->data, &file)) {
        long orphan;
        int64_t began = now_ms();
        while ((orphan = find_orphan(launch->data)) && now_ms() - began < ORPHANS_LIMIT_MS)
            pause_ms(POLL_MS);
        if (orphan) {
            error_set(error, STATUS_FAILED, "A server that was killed left process %ld at work in %s", orphan,
                      launch->data);
            error_hint(error, "kill %ld, then start again.", orphan);
            return STATUS_FAILED;
        }
        char *path = path_join(launch->data, "postmaster.pid");
        if (unlink(path) != 0 && errno != ENOENT)
            status = error_set(error, STATUS_FAILED, "Cannot remove %s: %s", path, strerror(errno));
        free(path);
    }
    for (int lock = 0; lock < 2; lock++) {
        char *path = mem_printf("%s/.s.PGSQL.%d%s", launch->place->socket, launch->port, lock ? ".lock" : "");
        unlink(path);
        free(path);
    }
    return status;
}

static void explain(const struct server_launch *launch, int64_t log_before, struct error *error)
{
    struct str says = {0};
    const char *log = launch->place->log;
    if (!server_log_last(log, log_before, &says)) {
        error_set(error, STATUS_FAILED, "The server ended while it was starting, without a word in %s", log);
    } else if (strstr(str_text(&says), "No space left on device") || strstr(str_text(&says), "Disk quota exceeded")) {
        server_disk_full(launch->place->folder, RUN_NEED_MB, error);
    } else {
        error_set(error, STATUS_FAILED, "The server ended while it was starting: %s", str_text(&says));
        if (strstr(str_text(&says), "wrong ownership"))
            error_hint(error, "Give the folder back: sudo chown -R --reference='%s' '%s'", launch->place->folder,
                       launch->data);
        else if (strstr(str_text(&says), "invalid permissions"))
            error_hint(error, "chmod 700 '%s'", launch->data);
        else
            error_hint(error, "More is in %s", log);
    }
    str_fini(&says);
}

static enum status wait_ready(const struct server_launch *launch, pid_t pid, int64_t log_before, struct error *error)
{
    int64_t began = now_ms(), waited;
    bool told = !launch->progress;
    while ((waited = now_ms() - began) < START_LIMIT_MS) {
        struct pidfile file;
        if (read_pidfile(launch->data, &file) && file.pid == (long)pid && file.ready)
            return STATUS_OK;
        if (waitpid(pid, NULL, WNOHANG) == pid) {
            explain(launch, log_before, error);
            return STATUS_FAILED;
        }
        if (!told && waited >= RECOVERY_WORDS_MS) {
            launch->progress(launch->arg, "waiting for the server to recover what it had in hand");
            told = true;
        }
        pause_ms(POLL_MS);
    }
    error_set(error, STATUS_FAILED, "The server (process %d) is not ready after %d minutes", (int)pid,
              START_LIMIT_MS / 60000);
    error_hint(error, "What it is doing is in %s", launch->place->log);
    return STATUS_FAILED;
}

/* A list of folders to PostgreSQL, where " quotes. */
static char *quote_folder(const char *folder)
{
    struct str out = {0};
    str_add(&out, "unix_socket_directories=\"");
    for (; *folder; folder++) {
        if (*folder == '"')
            str_add_char(&out, '"');
        str_add_char(&out, *folder);
    }
    str_add_char(&out, '"');
    return str_steal(&out);
}

enum status server_launch(const struct server_launch *launch, struct error *error)
{
    enum { ARGV_MAX = 64 };
    const char *argv[ARGV_MAX];
    int count = 0;
    enum status status = clear_traces(launch, error);
    if (status != STATUS_OK)
        return status;
    char *program = path_join(launch->programs->bindir, "postgres");
    char *socket = quote_folder(launch->place->socket);
    char *port = mem_printf("port=%d", launch->port);
    char *name = mem_printf("cluster_name=centurion-%s", server_kind_name(launch->place->kind));
    const char *const fixed[] = {
        program, "-D", launch->data, "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", socket,
        "-c",    port, "-c",         name};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        argv[count++] = fixed[i];
    for (const char *const *setting = launch->settings; setting && *setting && count < ARGV_MAX - 2; setting++) {
        argv[count++] = "-c";
        argv[count++] = *setting;
    }
    argv[count] = NULL;

    rotate_log(launch->place->log);
    int64_t log_before = server_log_size(launch->place->log);
    struct server_spec spec = {.argv = argv, .log = launch->place->log, .dies_with_us = launch->dies_with_us};
    pid_t pid;
    status = server_spawn(&spec, &pid, error);
    if (status == STATUS_OK)
        status = wait_ready(launch, pid, log_before, error);
    free(program);
    free(socket);
    free(port);
    free(name);
    return status;
}

enum status server_shut_down(const char *data, int signal_number, struct error *error)
{
    pid_t pid = server_postmaster(data);
    if (!pid)
        return STATUS_OK;
    if (kill(pid, signal_number) != 0 && errno != ESRCH)
        return error_set(error, STATUS_FAILED, "Cannot stop the server (process %d): %s", (int)pid, strerror(errno));
    kill(pid, SIGCONT); /* it may be held */
    for (int64_t began = now_ms(); now_ms() - began < STOP_LIMIT_MS;) {
        waitpid(pid, NULL, WNOHANG); /* perhaps it is ours */
        if (!serves(pid, data))
            return STATUS_OK;
        pause_ms(POLL_MS);
    }
    error_set(error, STATUS_FAILED, "The server (process %d) has not stopped after %d seconds", (int)pid,
              STOP_LIMIT_MS / 1000);
    error_hint(error, "kill -QUIT %d ends it at once; it recovers when it starts again.", (int)pid);
    return STATUS_FAILED;
}
