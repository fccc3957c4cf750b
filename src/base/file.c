#include "centurion/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/paths.h"

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

int file_folder(const char *folder)
{
    struct stat there;
    if (stat(folder, &there) == 0 && S_ISDIR(there.st_mode))
        return (there.st_mode & 077) && chmod(folder, 0700) != 0 ? errno : 0;
    char *path = mem_strdup(folder);
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    free(path);
    return mkdir(folder, 0700) == 0 || errno == EEXIST ? 0 : errno;
}

static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd); /* some file systems cannot; the file itself is there */
    close(fd);
}

int file_replace(const char *folder, const char *name, const char *text)
{
    char *path = path_join(folder, name), *beside = mem_printf("%s/%s.new", folder, name);
    int fd, fault;
    unlink(beside);
    fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    fault = fd < 0 ? errno : file_fill(fd, text);
    if (fd >= 0 && close(fd) != 0 && !fault)
        fault = errno;
    if (!fault && rename(beside, path) != 0)
        fault = errno;
    if (fault && fd >= 0)
        unlink(beside);
    else
        sync_folder(folder);
    free(path);
    free(beside);
    return fault;
}

int file_remove(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    int fault = unlink(path) == 0 || errno == ENOENT ? 0 : errno;
    sync_folder(folder);
    free(path);
    return fault;
}
