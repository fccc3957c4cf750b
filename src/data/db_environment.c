/* How a program of PostgreSQL's gets to the same server: through its environment, which nobody else can read. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "db_private.h"

struct environment {
    char **words;
    size_t count;
};

static void add(struct environment *to, const char *name, const char *value)
{
    if (!name || !value || !*value)
        return;
    to->words = mem_resize(to->words, to->count + 2, sizeof *to->words);
    to->words[to->count++] = mem_printf("%s=%s", name, value);
    to->words[to->count] = NULL;
}

/* Those that this very connection settles, or that say what a session is like. */
static bool settled(const char *keyword)
{
    static const char *const keywords[] = {"host",
                                           "hostaddr",
                                           "port",
                                           "password",
                                           "service",
                                           "options",
                                           "dbname",
                                           "target_session_attrs",
                                           "load_balance_hosts",
                                           "client_encoding",
                                           "application_name"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strcmp(keyword, keywords[i]) == 0)
            return true;
    return false;
}

char **db_environment(const struct db *db)
{
    struct environment out = {0};
    for (char *const *word = environ; *word; word++) {
        if (str_starts(*word, "PG") || str_starts(*word, "LC_") || str_starts(*word, "LANGUAGE="))
            continue;
        out.words = mem_resize(out.words, out.count + 2, sizeof *out.words);
        out.words[out.count++] = mem_strdup(*word);
        out.words[out.count] = NULL;
    }
    PQconninfoOption *options = db->conn ? PQconninfo(db->conn) : NULL;
    for (const PQconninfoOption *each = options; each && each->keyword; each++)
        if (!settled(each->keyword))
            add(&out, each->envvar, each->val);
    PQconninfoFree(options);
    if (db->conn) {
        add(&out, "PGHOST", PQhost(db->conn));
        add(&out, "PGPORT", PQport(db->conn));
        add(&out, "PGDATABASE", PQdb(db->conn));
        add(&out, "PGPASSWORD", PQpass(db->conn));
        const char *host = PQhost(db->conn);
        if (host && *host != '/')
            add(&out, "PGHOSTADDR", PQhostaddr(db->conn));
    }
    add(&out, "LC_ALL", "C.UTF-8"); /* its messages are read here */
    return out.words;
}

void db_environment_free(char **environment)
{
    for (char **word = environment; word && *word; word++) {
        mem_wipe(*word, strlen(*word));
        free(*word);
    }
    free(environment);
}
