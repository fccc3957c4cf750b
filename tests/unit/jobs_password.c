#include <criterion/criterion.h>
#include <crypt.h>
#include <string.h>

#include "centurion/jobs/password.h"

TestSuite(jobs_password, .timeout = 60);

static bool lets_in(const char *password, const char *hash)
{
    struct crypt_data data = {0};
    return strcmp(crypt_r(password, hash, &data), hash) == 0;
}

Test(jobs_password, lets_in_who_knows_it)
{
    char hash[PASSWORD_HASH_MAX], other[PASSWORD_HASH_MAX];
    struct error error = {0};
    cr_assert_eq(password_hash("Zoë's sesame", hash, &error), STATUS_OK, "%s", error.text);
    cr_expect_eq(strncmp(hash, "$2b$12$", 7), 0, "%s", hash);
    cr_expect_eq(strlen(hash), 60);
    cr_expect(lets_in("Zoë's sesame", hash));
    cr_expect_not(lets_in("Zoe's sesame", hash));
    cr_expect_not(lets_in("", hash));
    cr_assert_eq(password_hash("Zoë's sesame", other, &error), STATUS_OK);
    cr_expect_str_neq(hash, other, "each has its salt");
}

Test(jobs_password, all_of_it_counts)
{
    char hash[PASSWORD_HASH_MAX], password[PASSWORD_MAX + 2];
    struct error error = {0};
    memset(password, 'x', sizeof password);
    password[PASSWORD_MAX + 1] = '\0';
    cr_expect_eq(password_hash(password, hash, &error), STATUS_USAGE);
    cr_expect(strstr(error.text, "longer than 72 bytes"), "%s", error.text);
    cr_expect_str_empty(hash);
    password[PASSWORD_MAX] = '\0';
    cr_assert_eq(password_hash(password, hash, &error), STATUS_OK);
    password[PASSWORD_MAX - 1] = 'y';
    cr_expect_not(lets_in(password, hash));
    cr_expect_eq(password_hash("", hash, &error), STATUS_USAGE);
    cr_expect_str_empty(hash);
}
