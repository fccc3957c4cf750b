/* What the monkey found once: short scripts of keys that showed a fault, played again with the same checks. */
#ifndef CENTURION_TESTS_MONKEY_CASES_H
#define CENTURION_TESTS_MONKEY_CASES_H

#include <stdbool.h>

struct monkey_case {
    const char *name, *login;
    int cols, rows;
    bool ascii;
    const char *route;  /* NULL: the landing page */
    const char *script; /* words as in monkey_events.h */
};

extern const struct monkey_case monkey_cases[];
extern const int monkey_case_count;

#endif
