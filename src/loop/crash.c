/* The terminal must be restored even when the program crashes: one handler for the signals that mean it. */
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

#include "centurion/loop/loop.h"

enum { STACK_SIZE = 64 * 1024 }; /* the program's own may be what overflowed */

static void (*crash_hook)(void);
static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum { CRASH_SIGNALS = sizeof crash_signals / sizeof crash_signals[0] };
static struct sigaction before[CRASH_SIGNALS];
static char *crash_stack;

static void on_crash(int signal_number)
{
    void (*hook)(void) = crash_hook;
    crash_hook = NULL;
    if (hook)
        hook();
    /* SA_RESETHAND gave the default action back. */
    raise(signal_number);
}

void loop_on_crash(void (*fn)(void))
{
    bool installed = crash_stack != NULL;
    crash_hook = fn;
    if (fn && !installed) {
        crash_stack = malloc(STACK_SIZE);
        if (!crash_stack)
            return;
        stack_t stack = {.ss_sp = crash_stack, .ss_size = STACK_SIZE};
        sigaltstack(&stack, NULL);
        struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK | (int)SA_RESETHAND};
        for (int i = 0; i < CRASH_SIGNALS; i++)
            sigaction(crash_signals[i], &action, &before[i]);
    } else if (!fn && installed) {
        for (int i = 0; i < CRASH_SIGNALS; i++)
            sigaction(crash_signals[i], &before[i], NULL);
        stack_t none = {.ss_flags = SS_DISABLE};
        sigaltstack(&none, NULL);
        free(crash_stack);
        crash_stack = NULL;
    }
}
