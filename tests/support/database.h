/* A database of a test program's own, on the server that CENTURION_TEST_CONNINFO names. */
#ifndef CENTURION_TESTS_DATABASE_H
#define CENTURION_TESTS_DATABASE_H

#include <stdbool.h>

/* Makes it, migrated; with demo, holding the small demonstration data of 2026-01-16. Aborts with a message when it cannot.
 * Names start with the program's purpose, so that programs can run at once. */
void test_database_make(const char *name, bool demo);
void test_database_drop(const char *name);

/* Runs statements in it as its owner. */
void test_database_run(const char *name, const char *sql);

/* A conninfo for a login of it, NULL: the owner. Heap; the caller frees. */
char *test_database_conninfo(const char *name, const char *login);

#endif
