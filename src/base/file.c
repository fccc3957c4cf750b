#include "centurion/base/file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int file_fill(int fd, const char *text)
{
    size_t length = strlen(text);
    while (length > 0) {
        ssize_t written = write(fd, text, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? errno : EIO;
        text += written;
        length -= (size_t)written;
    }
    return fsync(fd) == 0 ? 0 : errno;
}
