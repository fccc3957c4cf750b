#include "centurion/base/paths.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "centurion/base/mem.h"

char *path_join(const char *folder, const char *name)
{
    return name ? mem_printf("%s/%s", folder, name) : mem_strdup(folder);
}

static const char *home(void)
{
    const char *home = getenv("HOME");
    if (home && *home == '/')
        return home;
    const struct passwd *entry = getpwuid(getuid());
    return entry ? entry->pw_dir : "/";
}

/* A relative path in these variables is invalid by the specification and counts as unset. */
static char *below(const char *variable, const char *standard, const char *name)
{
    const char *base = getenv(variable);
    char *folder = base && *base == '/' ? mem_printf("%s/centurion", base) : mem_printf("%s/%s/centurion", home(), standard);
    char *path = path_join(folder, name);
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
