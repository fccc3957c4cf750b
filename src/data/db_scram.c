/* Verifiers of passwords. */
#include <string.h>

#include "centurion/base/mem.h"
#include "db_private.h"

enum status db_scram_verifier(const struct db *db, const char *login, const char *password, char **verifier,
                              struct error *error)
{
    *verifier = NULL;
    if (!*password) {
        /* A verifier of nothing could be made; the server would never let anybody in with it. */
        error_set(error, STATUS_USAGE, "The password of \"%s\" is empty.", login);
        error_hint(error, "A login without a password needs none set.");
        return STATUS_USAGE;
    }
    if (!db->conn || PQstatus(db->conn) != CONNECTION_OK)
        return error_set(error, STATUS_NO_CONNECTION, "There is no connection to %s.", db_where(db));
    /* Without the algorithm's name libpq would ask the server, and wait. */
    char *made = PQencryptPasswordConn(db->conn, password, login, "scram-sha-256");
    if (!made) {
        struct str why = {0};
        const char *message = PQerrorMessage(db->conn);
        db_clean_text(&why, message, strlen(message));
        error_set(error, STATUS_FAILED, "The password of \"%s\" cannot be kept: %s.", login, str_text(&why));
        str_fini(&why);
        return STATUS_FAILED;
    }
    *verifier = mem_strdup(made);
    mem_wipe(made, strlen(made));
    PQfreemem(made);
    return STATUS_OK;
}
