/* How data of a major version that is no longer installed get to the installed one: PostgreSQL's own tool does it, and
 * wants the programs of both. */
#include <stdlib.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "server_private.h"

static char *recipe(const struct server_place *place, int major, const struct server_programs *new)
{
    const char *as = geteuid() == 0 ? "runuser -u postgres -- " : "";
    struct str out = {0};
    str_addf(&out, "# postgresql-%d comes from apt.postgresql.org where the distribution has it no more\n", major);
    str_addf(&out, "sudo apt-get install postgresql-%d\n", major);
    str_addf(&out, "cd '%s'\n", place->folder);
    str_addf(&out, "%s%s/initdb -D data.new", as, new->bindir);
    server_initdb_words(&out);
    str_addf(&out,
             "\n%s%s/pg_upgrade -U " SERVER_SUPERUSER " -d data -D data.new -b /usr/lib/postgresql/%d/bin -B %s\n", as,
             new->bindir, major, new->bindir);
    str_addf(&out, "%scp data/postgresql.conf data/centurion.made data.new/\n", as);
    str_addf(&out, "%smv data data.%d && %smv data.new data\n", as, major, as);
    str_addf(&out, "centurion server start %s\n", server_kind_name(place->kind));
    return str_steal(&out);
}

char *server_upgrade_recipe(enum server_kind kind)
{
    struct server_place place;
    struct server_programs old = {0}, new = {0};
    char *out = NULL;
    server_place_init(&place, kind);
    int major = server_data_major(place.data);
    if (major && server_find(major, &old, NULL) != STATUS_OK && server_find(0, &new, NULL) == STATUS_OK &&
        new.major > major)
        out = recipe(&place, major, &new);
    free(old.bindir);
    free(new.bindir);
    server_place_fini(&place);
    return out;
}
