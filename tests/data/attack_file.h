/* Attacks as they stand in tests/data/attacks/NAME.sql: blocks of comments that say what must come of a statement, then the statement.
 *
 *   -- attack: what is tried, in words
 *   -- coach coach2: 42501       what comes of it for these logins: the SQLSTATE, else the first cell of the last statement's rows, "nothing"
 *   -- client: nothing           where that is NULL or missing, or the command's tag ("DELETE 0") where there are no rows at all
 *   -- probe: 42 | 9042          the statement is run twice, with each in place of $probe, and all that can be seen of it is compared: "same"
 *                                or "differs"; $probe is taken out of what is seen
 *   -- wall: tables policies     what is taken down to prove that the attack can succeed: names of walls.sql, or SQL. {login} and {group} stand
 *                                for the attacker. May go on in further lines that start the same
 *   -- fallen: 3                 what comes of it then; without this line: no error, and something else than before
 *   -- committed: reason         the wall is taken down for good, in a database and for a login made for it
 *
 * In walls.sql a block is "-- wall: NAME" and SQL. */
#ifndef CENTURION_TESTS_ATTACK_FILE_H
#define CENTURION_TESTS_ATTACK_FILE_H

#include <stdbool.h>
#include <stddef.h>

enum { ATTACK_LOGINS = 4 };

struct attack {
    char *name;
    char *expected[ATTACK_LOGINS]; /* as attack_logins, NULL: not tried by this login */
    char *probe[2];                /* both or none */
    char *wall;                    /* SQL */
    char *fallen;
    bool committed;
    char *sql;
};

struct attacks {
    struct attack *list;
    size_t count;
    char *error; /* NULL, or what cannot be understood */
};

extern const char *const attack_logins[ATTACK_LOGINS];
extern const char *const attack_groups[ATTACK_LOGINS];

/* Names of the files in the folder of attacks that hold such blocks; heap, ended by NULL. */
char **attacks_files(void);

/* What is done to the demonstration data before they begin, given.sql; heap, NULL where it cannot be read. */
char *attacks_given(void);

/* Reads one of them. The caller frees with attacks_free. */
struct attacks attacks_read(const char *name);
void attacks_free(struct attacks *attacks);

/* Text with each occurrence of a word replaced; heap. */
char *attack_replace(const char *text, const char *word, const char *with);

#endif
