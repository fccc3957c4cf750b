/* A monkey at the keyboard: whatever is typed, pasted and clicked at whatever size, the program does not crash, does not get stuck, shows
 * what it would paint anew, and changes nothing that the audit log does not tell.
 *
 * An episode is one login's, on a database of its own, in a process of its own, and all of it follows from its seed. It is reported by its
 * seed and its last events; CENTURION_MONKEY_SEED=n plays it again, CENTURION_MONKEY_TRACE=1 lists all its events with it.
 * CENTURION_MONKEY_EVENTS is how many events there are in all, CENTURION_MONKEY_FIRST the first seed, CENTURION_MONKEY_JOBS how many play at
 * once. CENTURION_MONKEY_LOGIN and CENTURION_MONKEY_SCRIPT play the words of a script instead, as reports have them. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "tests/fuzz/monkey_cases.h"
#include "tests/fuzz/monkey_data.h"
#include "tests/fuzz/monkey_events.h"
#include "tests/fuzz/monkey_play.h"
#include "tests/support/database.h"

enum {
    SAMPLE = 3000,  /* events, unless told */
    EPISODE = 5000, /* events at most */
    JOBS_MAX = 16,
    LAST = 60,           /* events that a report lists */
    FAILURES_MAX = 6,    /* episodes, then it ends */
    SETTLE_PERCENT = 45, /* after an event */
    CHECK_EVERY = 12,    /* events */
    HOME_EVERY = 150,
    STUCK_S = 120, /* without an event */
};

static const char *const logins[] = {"coach", "admin", "coach2", "client", "admin", "coach", "monkey_nobody"};
enum { LOGINS = sizeof logins / sizeof logins[0] };

/* What a child tells, readable when it has died. */
struct report {
    char login[32], fault[3000], screen[8000];
    int cols, rows, events, changes, starts;
    bool ascii, read_only;
    char last[LAST][MONKEY_WORDS_MAX];
    int count;
};

struct job {
    pid_t pid;
    unsigned long seed;
    const struct monkey_case *given; /* or a case */
    struct report *report;
};

static bool trace;

static unsigned long number(const char *variable, unsigned long otherwise)
{
    const char *set = getenv(variable);
    return set && *set ? strtoul(set, NULL, 10) : otherwise;
}

/* ---- In the child ---- */

static void note(struct report *report, const struct monkey_event *event)
{
    char *words = report->last[report->count++ % LAST];
    monkey_write(event, words);
    report->events += event->kind != MONKEY_SETTLE;
    if (trace)
        fprintf(stderr, "%s\n", words);
}

static const char *play_noted(struct play *play, struct report *report, const struct monkey_event *event)
{
    note(report, event);
    return play_event(play, event);
}

static const struct monkey_event settling = {.kind = MONKEY_SETTLE};

static const char *play_episode(struct play *play, struct report *report, struct monkey_mind *mind, int events)
{
    const char *fault = play_noted(play, report, &settling);
    struct monkey_event event;
    for (int i = 1; i <= events && !fault; i++) {
        alarm(STUCK_S);
        monkey_next(mind, &event);
        fault = play_noted(play, report, &event);
        bool home = i % HOME_EVERY == 0 || i == events, check = home || i % CHECK_EVERY == 0;
        if (!fault && (check || dice_chance(&mind->dice, SETTLE_PERCENT)))
            fault = play_noted(play, report, &settling);
        if (!fault && check)
            fault = play_check_screen(play);
        if (!fault && home)
            fault = play_check_home(play);
    }
    return fault;
}

static const char *play_script(struct play *play, struct report *report, const char *script)
{
    const char *fault = play_noted(play, report, &settling);
    struct monkey_event event;
    alarm(STUCK_S);
    while (*script && !fault) {
        int taken = monkey_read(script, &event);
        if (!taken)
            return "the script has a word that is none";
        fault = play_noted(play, report, &event);
        script += taken;
        script += strspn(script, " ");
        if (!fault && (event.kind == MONKEY_SETTLE || !*script)) {
            fault = play_event(play, &settling);
            fault = fault ? fault : play_check_screen(play);
        }
    }
    return fault ? fault : play_check_home(play);
}

/* What is typed into the program may reach a shell: it finds nothing there but an editor that changes nothing. */
static void settle_in(int slot)
{
    const char *home = getenv("HOME");
    char *folder = mem_printf("%s/monkey-%d", home ? home : ".", slot), *clean = mem_printf("rm -rf '%s'", folder);
    setlocale(LC_ALL, "C.UTF-8");
    if (system(clean) != 0 || mkdir(folder, 0700) != 0 || chdir(folder) != 0) {
        perror(folder);
        exit(1);
    }
    setenv("XDG_STATE_HOME", folder, 1);
    setenv("HOME", folder, 1);
    setenv("EDITOR", ":", 1);
    setenv("PATH", "/nowhere", 1);
    unsetenv("VISUAL");
    unsetenv("TMUX");
    free(clean);
    free(folder);
}

static void say(struct report *report, const char *fault)
{
    struct str screen = {0};
    snprintf(report->fault, sizeof report->fault, "%s", fault);
    play_show(&screen);
    snprintf(report->screen, sizeof report->screen, "%s", str_text(&screen));
    str_fini(&screen);
}

/* An episode, or a case. The exit status says whether it was well. */
static int work(const struct job *job, int slot, int events)
{
    struct report *report = job->report;
    struct monkey_mind mind = {.dice.state = job->seed};
    char *database = mem_printf("centurion_monkey_%d", slot);
    dice_roll(&mind.dice, 1);
    bool small = dice_chance(&mind.dice, 50);
    const char *login = job->given ? job->given->login : logins[job->seed % LOGINS];
    struct play_options options = {.ascii = dice_chance(&mind.dice, 25),
                                   .read_only = dice_chance(&mind.dice, 5),
                                   .cols = small ? 80 : 120,
                                   .rows = small ? 24 : 36};
    if (job->given) {
        options = (struct play_options){.cols = job->given->cols, .rows = job->given->rows, .ascii = job->given->ascii};
        options.route = job->given->route;
    }
    mind.ascii = options.ascii;
    mind.screen_cols = report->cols = options.cols;
    mind.screen_rows = report->rows = options.rows;
    report->ascii = options.ascii;
    report->read_only = options.read_only;
    snprintf(report->login, sizeof report->login, "%s", login);
    alarm(STUCK_S);
    monkey_data_clone(database);
    settle_in(slot);
    char *conninfo = test_database_conninfo(database, login);
    options.conninfo = conninfo;
    struct play *play = play_new(&options);
    const char *fault =
        job->given ? play_script(play, report, job->given->script) : play_episode(play, report, &mind, events);
    if (!fault)
        fault = play_end(play);
    if (fault)
        say(report, fault);
    report->starts = play_starts(play);
    bool failed = fault != NULL;
    play_free(play);
    if (!failed) {
        char *faults = monkey_data_faults(database, login, &report->changes);
        snprintf(report->fault, sizeof report->fault, "%s", faults);
        failed = *faults != '\0';
        free(faults);
    }
    free(conninfo);
    free(database);
    return failed;
}

/* ---- In the parent ---- */

static void print_failure(const struct job *job, int status)
{
    const struct report *report = job->report;
    if (job->given)
        printf("The case \"%s\" ", job->given->name);
    else
        printf("The episode of CENTURION_MONKEY_SEED=%lu ", job->seed);
    printf("(%s, %dx%d%s%s) after %d events: ", report->login, report->cols, report->rows,
           report->ascii ? ", ASCII" : "", report->read_only ? ", read-only" : "", report->events);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        printf("the program does not come back\n");
    else if (WIFSIGNALED(status))
        printf("ended by signal %d\n", WTERMSIG(status));
    else if (!*report->fault)
        printf("exit status %d\n", WEXITSTATUS(status));
    printf("%s\nIts last events:\n ", report->fault);
    for (int i = report->count > LAST ? report->count - LAST : 0; i < report->count; i++)
        printf(" %s", report->last[i % LAST]);
    printf("\nThe screen:\n%s\n", report->screen);
    fflush(stdout);
}

static void begin(struct job *job, int slot, int events)
{
    memset(job->report, 0, sizeof *job->report);
    fflush(NULL);
    job->pid = fork();
    if (job->pid == 0)
        exit(work(job, slot, events));
}

/* Where there is nothing to do, with a database of its own for each that works. */
struct plan {
    unsigned long first, episodes;
    const struct monkey_case *cases;
    int case_count, events, jobs;
};

static bool next_job(const struct plan *plan, unsigned long *at, struct job *job)
{
    if (*at >= plan->episodes + (unsigned long)plan->case_count)
        return false;
    bool given = *at < (unsigned long)plan->case_count;
    job->given = given ? &plan->cases[*at] : NULL;
    job->seed = given ? 0 : plan->first + *at - (unsigned long)plan->case_count;
    ++*at;
    return true;
}

static void play_all(const struct plan *plan, int *passed, int *failed)
{
    struct job jobs[JOBS_MAX] = {0};
    unsigned long at = 0;
    long events = 0, changes = 0, starts = 0;
    int running = 0;
    for (int slot = 0; slot < plan->jobs; slot++)
        jobs[slot].report =
            mmap(NULL, sizeof *jobs[slot].report, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (;;) {
        for (int slot = 0; slot < plan->jobs; slot++)
            if (!jobs[slot].pid && *failed < FAILURES_MAX && next_job(plan, &at, &jobs[slot])) {
                begin(&jobs[slot], slot, plan->events);
                running++;
            }
        int status;
        pid_t pid = running ? wait(&status) : -1;
        if (pid < 0)
            break;
        for (int slot = 0; slot < plan->jobs; slot++)
            if (jobs[slot].pid == pid) {
                const struct report *report = jobs[slot].report;
                running--;
                jobs[slot].pid = 0;
                events += report->events;
                changes += report->changes;
                starts += report->starts;
                *(status == 0 ? passed : failed) += 1;
                if (status != 0)
                    print_failure(&jobs[slot], status);
            }
    }
    printf("%ld events, %ld changes in the audit log, %ld starts\n", events, changes, starts);
}

int main(void)
{
    unsigned long total = number("CENTURION_MONKEY_EVENTS", SAMPLE);
    const char *seed = getenv("CENTURION_MONKEY_SEED"), *script = getenv("CENTURION_MONKEY_SCRIPT"),
               *login = getenv("CENTURION_MONKEY_LOGIN");
    struct monkey_case given = {"CENTURION_MONKEY_SCRIPT", login ? login : "coach", 80, 24, false, NULL, script};
    unsigned long episodes = total / EPISODE > LOGINS ? total / EPISODE : LOGINS;
    struct plan plan = {.first = number("CENTURION_MONKEY_FIRST", 1),
                        .episodes = episodes,
                        .cases = monkey_cases,
                        .case_count = monkey_case_count,
                        .events = (int)(total / episodes),
                        .jobs = (int)number("CENTURION_MONKEY_JOBS", 1)};
    int passed = 0, failed = 0;
    trace = number("CENTURION_MONKEY_TRACE", 0);
    if (seed && *seed)
        plan = (struct plan){
            .first = strtoul(seed, NULL, 10), .episodes = 1, .events = (int)number("CENTURION_MONKEY_EVENTS", EPISODE)};
    if (script)
        plan = (struct plan){.cases = &given, .case_count = 1};
    plan.jobs = plan.jobs < 1 ? 1 : plan.jobs > JOBS_MAX ? JOBS_MAX : plan.jobs;
    setlocale(LC_ALL, "C.UTF-8");
    monkey_data_make();
    if (!script)
        printf("Episodes of seed %lu to %lu, %d events each\n", plan.first, plan.first + plan.episodes - 1,
               plan.events);
    play_all(&plan, &passed, &failed);
    for (int slot = 0; slot < plan.jobs; slot++) {
        char *database = mem_printf("centurion_monkey_%d", slot);
        test_database_drop(database);
        free(database);
    }
    monkey_data_drop();
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
