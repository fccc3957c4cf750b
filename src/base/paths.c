#include "centurion/base/paths.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/mem.h"

char *path_join(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/')
        length--;
    if (name)
        return mem_printf("%.*s/%s", (int)length, folder, name);
    return length ? mem_strndup(folder, length) : mem_strdup("/");
}

static const char *home(void)
{
    const char *set = getenv("HOME");
    if (set && *set == '/')
        return set;
    const struct passwd *entry = getpwuid(getuid());
    return entry ? entry->pw_dir : "/";
}

/* A relative path in these variables is invalid by the specification and counts as unset. */
static char *below(const char *variable, const char *standard, const char *name)
{
    const char *set = getenv(variable);
    char *base = set && *set == '/' ? path_join(set, NULL) : path_join(home(), standard);
    char *folder = path_join(base, "centurion"), *path = path_join(folder, name);
    free(base);
    free(folder);
    return path;
}

char *path_config(const char *name)
{
    return below("XDG_CONFIG_HOME", ".config", name);
}

char *path_state(const char *name)
{
    return below("XDG_STATE_HOME", ".local/state", name);
}

char *path_data(const char *name)
{
    return below("XDG_DATA_HOME", ".local/share", name);
}
