/* Finds the programs of a PostgreSQL server: where this program was built with, what pg_config says, where Debian and
 * Ubuntu put them, PATH. */
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "config.h"
#include "server_private.h"

struct search {
    const char *programs[2]; /* that must be there; the first knows its version */
    int wanted;              /* 0: the newest */
    bool newer;              /* a newer one than wanted will do; the oldest of these is the best */
    struct server_programs best;
};

static bool holds(const char *folder, const char *program)
{
    char *path = path_join(folder, program);
    bool runs = access(path, X_OK) == 0;
    free(path);
    return runs;
}

/* "postgres (PostgreSQL) 15.4 (Debian 15.4-1)" */
static int version_of(const char *folder, const char *program)
{
    char *path = path_join(folder, program);
    const char *const argv[] = {path, "--version", NULL};
    struct str says = {0};
    int major = 0;
    if (server_capture(argv, &says, NULL) == STATUS_OK && sscanf(str_text(&says), "%*[^0-9]%d", &major) != 1)
        major = 0;
    str_fini(&says);
    free(path);
    return major;
}

static bool better(const struct search *search, int major)
{
    if (search->newer)
        return major >= search->wanted && (!search->best.major || major < search->best.major);
    return search->wanted ? major == search->wanted : major > search->best.major;
}

/* Is the search over? */
static bool try_folder(struct search *search, const char *folder)
{
    if (*folder != '/' || !holds(folder, search->programs[0]) || !holds(folder, search->programs[1]))
        return false;
    int major = version_of(folder, search->programs[0]);
    if (major >= PG_MAJOR_MINIMUM && better(search, major)) {
        free(search->best.bindir);
        search->best = (struct server_programs){.bindir = mem_strdup(folder), .major = major};
    }
    return search->wanted && search->best.major == search->wanted;
}

static bool try_pattern(struct search *search, const char *pattern)
{
    glob_t found;
    bool over = false;
    if (glob(pattern, 0, NULL, &found) != 0)
        return false;
    for (size_t i = 0; i < found.gl_pathc && !over; i++)
        over = try_folder(search, found.gl_pathv[i]);
    globfree(&found);
    return over;
}

static bool try_path(struct search *search)
{
    const char *path = getenv("PATH");
    char *folders = mem_strdup(path ? path : ""), *rest = NULL;
    bool over = false, pg_config = false;
    for (char *folder = strtok_r(folders, ":", &rest); folder && !over; folder = strtok_r(NULL, ":", &rest)) {
        pg_config = pg_config || holds(folder, "pg_config");
        over = try_folder(search, folder);
    }
    free(folders);
    if (pg_config && !over) {
        const char *const argv[] = {"pg_config", "--bindir", NULL};
        struct str says = {0};
        if (server_capture(argv, &says, NULL) == STATUS_OK)
            over = try_folder(search, str_text(&says));
        str_fini(&says);
    }
    return over;
}

static void run_search(struct search *search)
{
    const char *only = getenv("CENTURION_SERVER_BIN");
    if (only && *only)
        try_folder(search, only);
    else if (!try_folder(search, PG_BINDIR) && !try_pattern(search, "/usr/lib/postgresql/*/bin") &&
             !try_pattern(search, "/usr/pgsql-*/bin"))
        try_path(search);
}

static void only_there(struct error *error)
{
    const char *only = getenv("CENTURION_SERVER_BIN");
    if (only && *only)
        error_within(error, "CENTURION_SERVER_BIN=%s", only);
}

char *server_client_programs(int least, struct error *error)
{
    struct search search = {.programs = {"pg_dump", "pg_restore"}, .wanted = least, .newer = true};
    run_search(&search);
    if (search.best.major)
        return search.best.bindir;
    error_set(error, STATUS_FAILED, "pg_dump and pg_restore of PostgreSQL %d or newer are not installed", least);
    only_there(error);
    error_hint(error,
               "The package is postgresql-client-%d. Debian and Ubuntu: sudo apt-get install postgresql-client-%d",
               least, least);
    return NULL;
}

enum status server_find(int major, struct server_programs *out, struct error *error)
{
    struct search search = {.programs = {"postgres", "initdb"}, .wanted = major};
    run_search(&search);
    if (search.best.major) {
        *out = search.best;
        return STATUS_OK;
    }
    char package[32] = "postgresql";
    if (major) {
        snprintf(package, sizeof package, "postgresql-%d", major);
        error_set(error, STATUS_FAILED, "The programs of PostgreSQL %d are not installed", major);
    } else {
        error_set(error, STATUS_FAILED, "There is no PostgreSQL server, %d or newer, on this machine",
                  PG_MAJOR_MINIMUM);
    }
    only_there(error);
    error_hint(error,
               "The package is %s. Debian and Ubuntu: sudo apt-get install %s   Installed elsewhere: "
               "CENTURION_SERVER_BIN=FOLDER names the folder of initdb and postgres.",
               package, package);
    return STATUS_FAILED;
}
