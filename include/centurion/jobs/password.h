/* Passwords of the web application, as it stores them. */
#ifndef CENTURION_JOBS_PASSWORD_H
#define CENTURION_JOBS_PASSWORD_H

#include "centurion/base/error.h"

enum {
    PASSWORD_MAX = 72,      /* bytes; bcrypt looks at no more */
    PASSWORD_HASH_MAX = 61, /* a hash with its NUL */
};

/* The bcrypt hash of cost 12 ("$2b$12$..."), with a salt of its own. Takes some tenths of a second of the processor, on purpose.
 * STATUS_USAGE for an empty password and for one that is too long, of which the end would not count. The caller wipes the password. */
enum status password_hash(const char *password, char out[PASSWORD_HASH_MAX], struct error *error);

#endif
