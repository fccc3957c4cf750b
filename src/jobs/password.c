#include "centurion/jobs/password.h"

#include <crypt.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"

enum { COST = 12 };

enum status password_hash(const char *password, char out[PASSWORD_HASH_MAX], struct error *error)
{
    out[0] = '\0';
    if (!*password)
        return error_set(error, STATUS_USAGE, "The password is empty.");
    if (strlen(password) > PASSWORD_MAX) {
        error_set(error, STATUS_USAGE, "The password is longer than %d bytes.", PASSWORD_MAX);
        error_hint(error, "The web application would not look at the rest.");
        return STATUS_USAGE;
    }
    struct crypt_data *data = mem_alloc(sizeof *data); /* 32 KB */
    char salt[CRYPT_GENSALT_OUTPUT_SIZE];
    const char *made = crypt_gensalt_rn("$2b$", COST, NULL, 0, salt, sizeof salt);
    if (made)
        made = crypt_r(password, salt, data);
    enum status status = STATUS_OK;
    if (!made || strlen(made) != PASSWORD_HASH_MAX - 1)
        status = error_set(error, STATUS_FAILED, "libcrypt makes no bcrypt hash: %s.", strerror(errno));
    else
        snprintf(out, PASSWORD_HASH_MAX, "%s", made);
    mem_wipe(data, sizeof *data);
    free(data);
    return status;
}
