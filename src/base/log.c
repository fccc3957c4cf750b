#include "centurion/base/log.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "centurion/base/mem.h"

static struct {
    char *path;
    enum log_level level;
    int fd;
} sink = {.fd = -1};

void log_open(const char *path, enum log_level level)
{
    log_close();
    sink.path = mem_strdup(path);
    sink.level = level;
}

void log_close(void)
{
    if (sink.fd >= 0)
        close(sink.fd);
    free(sink.path);
    sink.path = NULL;
    sink.fd = -1;
}

void log_line(enum log_level level, const char *format, ...)
{
    static const char *const names[] = {"error", "warning", "info", "debug"};
    if (!sink.path || level > sink.level)
        return;
    if (sink.fd < 0)
        sink.fd = open(sink.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (sink.fd < 0)
        return; /* a log that cannot be written must not stop the program */
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    char stamp[32];
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
    char words[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    dprintf(sink.fd, "%s %s %s\n", stamp, names[level], words);
}
