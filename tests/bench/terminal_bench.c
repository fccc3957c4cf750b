/* Measures a program in a pseudo-terminal: time to the first byte and to a word, milliseconds and bytes a key, resident memory, and what it
 * does while idle. usage: terminal_bench COLSxROWS WORD KEY COUNT IDLE_SECONDS COMMAND...
 * Prints one line: first_ms ready_ms key_ms key_bytes resident_kib idle_bytes idle_wakeups */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_MS = 40, PATIENCE_MS = 15000, KEYS_MAX = 2000 };

static int terminal;
static char recent[1 << 20]; /* what came since the last key, for the word */
static size_t recent_length;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* What comes within wait_ms; 0 for nothing, -1 at the end. */
static ssize_t take(int wait_ms)
{
    struct pollfd ready = {.fd = terminal, .events = POLLIN};
    if (poll(&ready, 1, wait_ms) <= 0)
        return 0;
    if (recent_length > sizeof recent / 2)
        recent_length = 0;
    ssize_t got = read(terminal, recent + recent_length, sizeof recent - recent_length);
    if (got <= 0)
        return -1;
    recent_length += (size_t)got;
    return got;
}

/* Reads until quiet; the time of the last byte since start, and how many bytes. */
static void settle(double start, double *last, size_t *bytes)
{
    *last = 0;
    *bytes = 0;
    ssize_t got;
    while ((got = take(*bytes ? QUIET_MS : 250)) > 0) {
        *last = now_ms() - start;
        *bytes += (size_t)got;
    }
}

static bool read_number(pid_t pid, const char *label, long *sum)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    bool found = false;
    *sum = 0;
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, label, strlen(label)) == 0) {
            *sum = strtol(line + strlen(label), NULL, 10);
            found = true;
        }
    if (file)
        fclose(file);
    return found;
}

static int compare(const void *a, const void *b)
{
    double difference = *(const double *)a - *(const double *)b;
    return difference < 0 ? -1 : difference > 0;
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return count ? values[count / 2] : 0;
}

int main(int argc, char **argv)
{
    struct winsize size = {0};
    if (argc < 7 || sscanf(argv[1], "%hux%hu", &size.ws_col, &size.ws_row) != 2) {
        fputs("usage: terminal_bench COLSxROWS WORD KEY COUNT IDLE_SECONDS COMMAND...\n", stderr);
        return 2;
    }
    const char *word = argv[2], *key = argv[3];
    int count = atoi(argv[4]), idle_seconds = atoi(argv[5]);
    count = count > KEYS_MAX ? KEYS_MAX : count;
    double start = now_ms(), first = 0, ready = 0;
    pid_t pid = forkpty(&terminal, NULL, NULL, &size);
    if (pid == 0) {
        execvp(argv[6], argv + 6);
        perror(argv[6]);
        _exit(127);
    }
    while (!ready && now_ms() - start < PATIENCE_MS) {
        ssize_t got = take(100);
        if (got < 0)
            break;
        if (got > 0 && !first)
            first = now_ms() - start;
        if (memmem(recent, recent_length, word, strlen(word)))
            ready = now_ms() - start;
    }
    if (!ready) {
        fprintf(stderr, "%s never showed \"%s\"\n", argv[6], word);
        kill(pid, SIGKILL);
        return 1;
    }
    double last, *times = calloc((size_t)count + 1, sizeof *times), *sizes = calloc((size_t)count + 1, sizeof *sizes);
    size_t bytes;
    settle(now_ms(), &last, &bytes);
    int answered = 0;
    for (int i = 0; i < count; i++) {
        double sent = now_ms();
        if (write(terminal, key, strlen(key)) < 0)
            break;
        settle(sent, &last, &bytes);
        if (bytes) {
            times[answered] = last;
            sizes[answered++] = (double)bytes;
        }
    }
    struct timespec rest = {1, 0};
    nanosleep(&rest, NULL); /* what follows the last key is not idleness */
    settle(now_ms(), &last, &bytes);
    long resident, before, after;
    read_number(pid, "VmRSS:", &resident);
    read_number(pid, "voluntary_ctxt_switches:", &before);
    size_t idle_bytes = 0;
    double idle_from = now_ms();
    while (now_ms() - idle_from < idle_seconds * 1e3) {
        ssize_t got = take(200);
        if (got < 0)
            break;
        idle_bytes += (size_t)got;
    }
    read_number(pid, "voluntary_ctxt_switches:", &after);
    printf("%.2f %.2f %.2f %.0f %ld %zu %ld\n", first, ready, median(times, answered), median(sizes, answered),
           resident, idle_bytes, after - before);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    free(times);
    free(sizes);
    return answered == count ? 0 : 1;
}
