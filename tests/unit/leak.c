/* A test that passes and leaks. Not one of the tests: test_runner.sh proves with it that a leak is a failure. */
#include <criterion/criterion.h>
#include <stdlib.h>

static void *volatile kept;

Test(leak, passes)
{
    kept = malloc(77);
    kept = NULL;
    cr_assert(kept == NULL);
}
