/* The terminal must be restored even when the program crashes: one handler for the signals that mean it. */
#include <signal.h>
#include <stddef.h>

#include "centurion/loop/loop.h"

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum { CRASH_SIGNALS = sizeof crash_signals / sizeof crash_signals[0] };

static void (*volatile crash_hook)(void);
static struct sigaction before[CRASH_SIGNALS];
static stack_t stack_before;
static char stack_memory[64 * 1024]; /* the program's own stack may be what overflowed */

static void on_crash(int signal_number)
{
    void (*hook)(void) = crash_hook;
    crash_hook = NULL;
    if (hook)
        hook();
    raise(signal_number); /* SA_RESETHAND gave the default action back */
}

void loop_on_crash(void (*fn)(void))
{
    static bool installed;
    crash_hook = fn;
    if (installed == (fn != NULL))
        return;
    installed = fn != NULL;
    if (installed) {
        sigaltstack(&(stack_t){.ss_sp = stack_memory, .ss_size = sizeof stack_memory}, &stack_before);
        struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK | (int)SA_RESETHAND};
        for (int i = 0; i < CRASH_SIGNALS; i++)
            sigaction(crash_signals[i], &action, &before[i]);
    } else {
        for (int i = 0; i < CRASH_SIGNALS; i++)
            sigaction(crash_signals[i], &before[i], NULL);
        sigaltstack(&stack_before, NULL);
    }
}
