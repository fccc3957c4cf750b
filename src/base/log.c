#include "centurion/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"

enum { LINE_BYTES = 1280 }; /* with the stamp; longer lines are cut */

static struct {
    char *path;
    enum log_level level;
    int fd;
    bool failed; /* not tried again until log_open() */
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
    sink.failed = false;
}

/* The folders above the file, as the XDG specification wants them. */
static void make_folders(const char *path)
{
    char *folder = mem_strdup(path);
    for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(folder, 0700);
        *slash = '/';
    }
    free(folder);
}

static bool opened(void)
{
    if (sink.fd < 0 && !sink.failed) {
        make_folders(sink.path);
        sink.fd = open(sink.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        sink.failed = sink.fd < 0;
    }
    return sink.fd >= 0;
}

void log_line(enum log_level level, const char *format, ...)
{
    static const char *const names[] = {"error", "warning", "info", "debug"};
    int saved = errno;
    if (!sink.path || level > sink.level || !opened())
        goto done;
    char line[LINE_BYTES];
    time_t now = time(NULL);
    struct tm utc;
    size_t length = strftime(line, sizeof line, "%Y-%m-%dT%H:%M:%SZ ", gmtime_r(&now, &utc));
    length += (size_t)snprintf(line + length, sizeof line - length, "%s ", names[level]);
    va_list args;
    va_start(args, format);
    errno = saved; /* for %m */
    vsnprintf(line + length, sizeof line - length, format, args);
    va_end(args);
    utf8_trim(line);
    for (length = 0; line[length]; length++)
        if ((unsigned char)line[length] < ' ' || line[length] == 0x7F)
            line[length] = ' '; /* a server's message can have several lines */
    line[length] = '\n';
    /* One write, so that the lines of several programs do not mix. What cannot be logged must not stop the program. */
    if (write(sink.fd, line, length + 1) < 0)
        sink.failed = true;
done:
    errno = saved;
}
