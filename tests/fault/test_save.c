/* Nothing lost, nothing doubled: saves by a coach while the link is cut, backends end and the server is killed, at random points.
 * CENTURION_FAULT_TRIALS says how often, CENTURION_FAULT_SEED where the random points come from. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/fault/saves.h"

enum {
    TRIALS = 25,
    SEED = 20260116,
    ENOUGH = 15 /* that some fault falls between a commit and its answer */
};

TestSuite(save, .timeout = 1200);

static int number(const char *name, int otherwise)
{
    const char *text = getenv(name);
    return text && atoi(text) > 0 ? atoi(text) : otherwise;
}

/* Goes through the faults in turn, and stops at the first trial that shows something. */
static void run_trials(const enum fault *faults, int fault_count, int trials)
{
    unsigned seed = (unsigned)number("CENTURION_FAULT_SEED", SEED);
    struct world *world = world_new(seed, false);
    struct tally tally = {0};
    for (int i = 0; i < trials; i++) {
        world_try(world, faults[i % fault_count], &tally);
        cr_assert_eq(tally.missing + tally.doubled + tally.wrong + tally.unknown + tally.untrue, 0,
                     "trial %d with seed %u, fault %d: %d missing, %d doubled, %d wrong, %d unknown, %d untrue", i,
                     seed, faults[i % fault_count], tally.missing, tally.doubled, tally.wrong, tally.unknown,
                     tally.untrue);
    }
    /* The faults hit. */
    cr_expect_geq(tally.reopened, trials / 3, "only %d outcomes of %d trials were open", tally.reopened, trials);
    if (trials >= ENOUGH)
        cr_expect_gt(tally.repeated, 0);
    world_free(world);
}

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

Test(save, links_that_are_cut)
{
    static const enum fault cuts[] = {FAULT_CUT_REQUESTS, FAULT_CUT_ANSWERS};
    run_trials(cuts, COUNT(cuts), number("CENTURION_FAULT_TRIALS", TRIALS) * 7 / 10);
}

Test(save, backends_and_servers_that_are_killed)
{
    static const enum fault kills[] = {FAULT_TERMINATE, FAULT_KILL_BACKEND, FAULT_TERMINATE, FAULT_TERMINATE,
                                       FAULT_TERMINATE, FAULT_KILL_SERVER,  FAULT_TERMINATE, FAULT_KILL_BACKEND,
                                       FAULT_TERMINATE, FAULT_TERMINATE};
    int trials = number("CENTURION_FAULT_TRIALS", TRIALS);
    run_trials(kills, COUNT(kills), trials - trials * 7 / 10);
}

/* That the above can fail. */
Test(save, without_the_check_of_requests_doubles_are_found)
{
    struct world *world = world_new(SEED, true);
    struct tally tally = {0};
    for (int i = 0; i < TRIALS; i++)
        world_try(world, FAULT_CUT_ANSWERS, &tally);
    cr_expect_gt(tally.doubled, 0);
    cr_expect_eq(tally.missing + tally.unknown + tally.untrue, 0, "%d missing, %d unknown, %d untrue", tally.missing,
                 tally.unknown, tally.untrue);
    world_free(world);
}
