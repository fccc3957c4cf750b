/* Streams of saves that something breaks in the middle of, and the books that are kept about them: what was acknowledged, what the
 * database holds, what a screen would have said meanwhile. On a server of its own, which may be killed. */
#ifndef CENTURION_TESTS_SAVES_H
#define CENTURION_TESTS_SAVES_H

#include <stdbool.h>

struct world;

enum fault {
    FAULT_NONE,
    FAULT_CUT_REQUESTS, /* the link, after so many bytes to the server */
    FAULT_CUT_ANSWERS,  /* and to the program */
    FAULT_TERMINATE,    /* the backend is told to go, as by pg_terminate_backend() */
    FAULT_KILL_BACKEND, /* it is killed: the server restarts all of them, and recovers */
    FAULT_KILL_SERVER,  /* immediate stop, and start */
};

/* What was found. Everything but the last two must be 0. */
struct tally {
    int missing;  /* acknowledged, and not there with its value */
    int doubled;  /* done more than once */
    int wrong;    /* told to be refused or in conflict, and there; or told another outcome than the rules call for */
    int unknown;  /* its outcome was left open */
    int untrue;   /* a state that was not so when it was shown */
    int reopened; /* saves whose outcome was open for a while */
    int repeated; /* that an earlier try had done */
};

/* unchecked: the database's function saves without looking whether the request was saved before. Aborts the test when it cannot. */
struct world *world_new(unsigned seed, bool unchecked);
void world_free(struct world *world);

/* One stream of saves with one fault at a random point, sometimes a cut after it. */
void world_try(struct world *world, enum fault fault, struct tally *tally);

#endif
