/* Runs another program to its end while the loop goes on turning. Private to src/jobs. */
#ifndef CENTURION_JOBS_PROGRAM_H
#define CENTURION_JOBS_PROGRAM_H

#include <stdbool.h>

#include "centurion/base/error.h"
#include "centurion/base/str.h"
#include "centurion/loop/loop.h"

struct program {
    const char *const *argv; /* argv[0]: its path */
    char *const *environment;
    const bool *stopped; /* once it is true the program is ended; NULL: never */
    struct str *out;     /* what it prints, or NULL: nobody wants it */
    struct str *said;    /* the end of what it says on stderr */
};

/* OK when its exit status is 0. Otherwise the error says how it ended; what it said is in program->said. It ends with us. */
enum status program_run(struct loop *loop, const struct program *program, struct error *error);

#endif
