/* Golden screens: what each place shows, to the cell, with the roles of colour, at 80x24 and 120x36, on the demonstration's
 * data of 2026-01-16. CENTURION_GOLDEN=write makes them anew; look at the difference before you commit it. */
#include <criterion/criterion.h>
#include <criterion/hooks.h>
#include <criterion/parameterized.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/loop/loop.h"
#include "centurion/screens/app.h"
#include "centurion/term/input.h"
#include "centurion/term/term.h"
#include "tests/support/database.h"

enum { TURN_MS = 50, LONGEST_MS = 20000, PASS_TURNS = 4 };

static const struct app_snippet snippets[] = {
    {"knee", "Knee sore, swap runs for the bike. #injury"},
    {"week", "Week {week}: {checkins}/{days} check-ins, weight {weight} {unit}{weight_trend}."},
};

static const char *const database = "centurion_golden";

/* keys: names separated by blanks; each is sent once everything before it has come to rest. */
struct scenario {
    const char *name, *login, *route, *keys;
    bool ascii;
    int only; /* the one size that it is shown at, from 1: what it changes would be there at the next */
};

static const struct scenario scenarios[] = {
    {"review", "coach", NULL, "", false, 0},
    {"review-ascii", "coach", NULL, "", true, 0},
    {"review-next", "coach", NULL, "j j", false, 0},
    {"review-detail-focus", "coach", NULL, "tab J", false, 0},
    {"review-last-week", "coach", NULL, "<", false, 0},
    {"review-zoom", "coach", NULL, "tab z", false, 0},
    {"review-no-detail", "coach", NULL, "p", false, 0},
    {"review-ask-week", "coach", NULL, "= 2 0", false, 0},
    {"calendar-week", "coach", NULL, "g a", false, 0},
    {"calendar-week-ascii", "coach", "calendar/2026-01-16", "", true, 0},
    {"calendar-month", "coach", "calendar/2026-01-16/month", "", false, 0},
    {"calendar-agenda", "coach", "calendar/2026-01-16/agenda", "", false, 0},
    {"calendar-unmarked", "coach", "calendar/unmarked", "", false, 0},
    {"calendar-preview", "coach", "calendar/2026-01-14", "* +", false, 0},
    {"calendar-invoiced", "coach", "calendar/2025-11-12", "D", false, 0},
    {"calendar-series", "coach", "calendar/2026-01-14", "W 4 enter", false, 0},
    {"review-filter", "coach", NULL, "/ c o h o r t : o n g o enter", false, 0},
    {"review-cohorts-ask", "coach", NULL, "x c o n", false, 0},
    {"review-cohorts", "coach", NULL, "x c o n g o i n g enter", false, 0},
    {"review-menu", "coach", NULL, "x", false, 0},
    {"review-note", "coach", NULL, "j n K n e e space # i n j u r y", false, 0},
    {"review-note-ascii", "coach", NULL, "n", true, 0},
    {"review-note-snippets", "coach", NULL, "j n ctrl-t", false, 0},
    {"review-note-snippet", "coach", NULL, "j n ctrl-t w", false, 0},
    {"review-message", "coach", NULL, "j m", false, 0},
    {"review-mark-all", "coach", NULL, "space space space r", false, 0},
    {"review-sorted", "coach", NULL, "l l l o", false, 0},
    {"review-unreviewed", "coach", NULL, "w", false, 0},
    {"review-as-palette", "admin", NULL, ": a s space g a v", false, 0},
    {"help", "coach", NULL, "?", false, 0},
    {"help-search-given-up", "coach", NULL, "? n escape", false, 0},
    {"help-search", "coach", NULL, "? / w e e k enter", false, 0},
    {"palette", "coach", NULL, ": c o h", false, 0},
    {"palette-people", "coach", NULL, ": a n a", false, 0},
    {"pending", "coach", NULL, "g", false, 0},
    {"cohorts", "coach", NULL, "g c", false, 0},
    {"cohorts-heat", "coach", NULL, "g c tab j", false, 0},
    {"cohorts-left-at-once", "coach", NULL, "g c j& f5 escape pass", false, 0},
    {"cohorts-menu", "admin", NULL, "g c x", false, 0},
    {"cohorts-archived", "admin", NULL, "g c x h", false, 0},
    {"cohort-edit", "admin", "cohorts/1", "e", false, 0},
    {"cohort-new", "admin", "cohorts", "a", false, 0},
    {"cohort-clone", "admin", "cohort/1", "x c", false, 0},
    {"cohort-members", "coach", "cohort/1", "", false, 0},
    {"cohort-members-ascii", "coach", "cohort/1", "", true, 0},
    {"cohort-coaches", "admin", "cohort/1/coaches", "", false, 0},
    {"cohort-questionnaires", "coach", "cohort/1/questionnaires", "", false, 0},
    {"cohort-prompts", "coach", "cohort/1/prompts", "", false, 0},
    {"cohort-prompts-edit", "admin", "cohort/1/prompts", "j j enter", false, 0},
    {"cohort-statistics", "coach", "cohort/1/statistics", "", false, 0},
    {"cohort-completed", "admin", "cohort/6/prompts", "", false, 0},
    {"cohort-unknown", "coach", "cohort/4", "", false, 0},
    {"checkin", "coach", "checkin/9/2026-01-15", "", false, 0},
    {"checkin-ascii", "coach", "checkin/9/2026-01-15", "tab 9 9 9 9 9 tab", true, 0},
    {"checkin-wrong", "coach", "checkin/11/2026-01-16", "9 9 9 tab 7 0 0 0 0 tab 1 0 0 tab 6", false, 0},
    {"entries-day", "coach", "entries/1/2026-01-15", "", false, 0},
    {"entries-ascii", "coach", "entries/1/2026-01-15", "9 tab", true, 0},
    {"entries-typing", "coach", "entries/1/2026-01-16", "2 0 0 tab 6 1 0 0 0 tab 2 5 0 0 0 tab 7", false, 0},
    {"entries-metric", "coach", "entries/1/2026-01-16", "v", false, 0},
    {"entries-member", "coach", "entries/1/2026-01-16", "v v", false, 0},
    {"entries-month", "coach", "entries/month/12/2026-01-11", "", false, 0},
    {"entries-month-ascii", "coach", "entries/1/2026-01-15", "9 0 tab v v v", true, 0},
    {"member", "coach", NULL, "enter", false, 0},
    {"member-entries", "coach", NULL, "enter 2", false, 0},
    {"member-ascii", "coach", NULL, "enter", true, 0},
    {"member-charts", "coach", NULL, "enter ctrl-d", false, 0},
    {"member-charts-period", "coach", NULL, "enter v <", false, 0},
    {"member-notes", "coach", "member/12/notes", "", false, 0},
    {"member-questionnaires", "coach", "member/12/questionnaires", "G", false, 0},
    {"member-questionnaires-ascii", "coach", "member/12/questionnaires", "G", true, 0},
    {"member-appointments", "coach", "member/12/appointments", "", false, 0},
    {"member-billing", "admin", "member/12/billing", "", false, 0},
    {"member-billing-coach", "coach", "member/12", "6", false, 0},
    {"member-health", "coach", "member/12/health", "", false, 0},
    {"member-log", "admin", "member/20/log", "", false, 1},
    {"member-log-wide", "admin", "member/21/log", "", false, 2},
    {"member-next", "coach", NULL, "enter J", false, 0},
    {"member-pounds", "coach", NULL, "enter U 2", false, 0},
    {"members", "coach", NULL, "g m", false, 0},
    {"members-ascii", "coach", NULL, "g m l l l l o l o space space", true, 0},
    {"members-filter", "coach", NULL, "g m / c o h o r t : d e c space l a s t : > = 1 enter", false, 0},
    {"members-filter-wrong", "coach", NULL, "g m / c o l o u r : r e d enter", false, 0},
    {"members-marked", "coach", NULL, "g m space space V", false, 0},
    {"members-order-kept", "coach", NULL, "g m l o escape g m", false, 0},
    {"members-left-at-once", "coach", NULL, "g m j& p escape pass", false, 0},
    {"members-copy", "coach", NULL, "g m j l y", false, 0},
    {"members-raw", "coach", NULL, "g m j i", false, 0},
    {"members-raw-ascii", "coach", NULL, "g m j i j j y", true, 0},
    {"members-columns", "coach", NULL, "g m , ctrl-u n a m e space w e i g h t enter", false, 0},
    {"members-views", "coach", NULL, "g m / d e c enter l o F D e c enter f", false, 1},
    {"members-export", "coach", NULL, "g m / d e c enter E", false, 0},
    {"notes", "coach", NULL, "g n", false, 0},
    {"notes-ascii", "coach", "notes/grep/knee|sleep", "", true, 0},
    {"notes-grep-ask", "coach", NULL, "g / k n e e | s l e e p", false, 0},
    {"notes-grep", "coach", NULL, "g / k n e e | s l e e p enter j", false, 0},
    {"notes-nothing-found", "coach", NULL, "g / z e b r a enter", false, 0},
    {"notes-tags", "coach", NULL, "g n #", false, 0},
    {"notes-tag", "coach", "notes/grep/#injury knee", "", false, 0},
    {"notes-menu", "coach", NULL, "g n j x", false, 0},
    {"notes-edit", "coach", NULL, "g n e", false, 0},
    {"notes-edit-other", "coach", NULL, "g n j e", false, 0},
    {"notes-delete", "coach", NULL, "g n space space space D", false, 0},
    {"members-export-command", "coach", NULL, "g m space space E right tab right right", true, 0},
    {"member-unknown", "coach", "member/999999", "", false, 0},
    {"locked", "coach", NULL, ": l o c k enter", false, 0},
    {"locked-ascii", "coach", NULL, ": l o c k enter", true, 0},
    {"locked-and-back", "coach", "entries/1/2026-01-16", "2 0 0 tab : l o c k enter Q", false, 0},
    {"no-such-place", "coach", "nowhere", "", false, 0},
    {"admin", "admin", NULL, "", false, 0},
    {"admin-cohorts", "admin", NULL, "g c", false, 0},
    {"client", "client", NULL, "", false, 0},
    {"client-ascii", "client", NULL, "", true, 0},
    {"nobody", "golden_nobody", NULL, "", false, 0},
    {"review-marked", "coach2", "review/2026-01-05", "r S r K R", false, 1},
    {"review-as", "admin", "as/3", "j", false, 0},
};
enum { SCENARIOS = sizeof scenarios / sizeof scenarios[0] };

static const struct {
    int cols, rows;
} sizes[] = {{80, 24}, {120, 36}};
enum { SIZES = sizeof sizes / sizeof sizes[0] };

/* Once for the whole program; each test runs in a process of its own. */
ReportHook(PRE_ALL)(struct criterion_test_set *tests)
{
    (void)tests;
    setlocale(LC_ALL, "C.UTF-8");
    test_database_make(database, true);
    /* The clock of this one database stands still: no rule needs to know of tests. */
    test_database_run(database,
                      "SET allow_system_table_mods = on;"
                      "CREATE OR REPLACE FUNCTION pg_catalog.now() RETURNS timestamptz LANGUAGE sql STABLE AS "
                      "$$ SELECT timestamptz '2026-01-16 09:14:00+00' $$");
    test_database_run(database, "DROP ROLE IF EXISTS golden_nobody");
    test_database_run(database, "CREATE ROLE golden_nobody LOGIN IN ROLE centurion_coach");
}

ReportHook(POST_ALL)(struct criterion_global_stats *stats)
{
    (void)stats;
    test_database_drop(database);
}

static void settle(struct loop *loop, struct app *app)
{
    for (int waited = 0; waited < LONGEST_MS; waited += TURN_MS) {
        loop_turn(loop, app_settled(app) ? 0 : TURN_MS);
        if (app_settled(app)) {
            loop_turn(loop, 0); /* the frame of what came last */
            if (app_settled(app))
                return;
        }
    }
    cr_assert(false, "the screen did not come to rest");
}

static void press(struct loop *loop, struct app *app, const char *keys)
{
    while (*keys) {
        char name[KEY_NAME_MAX];
        size_t length = strcspn(keys, " ");
        snprintf(name, sizeof name, "%.*s", (int)length, keys);
        keys += length + strspn(keys + length, " ");
        if (strcmp(name, "pass") == 0) { /* time: whatever still waits for it does its work */
            for (int turn = 0; turn < PASS_TURNS; turn++)
                loop_turn(loop, TURN_MS);
            continue;
        }
        bool at_once = length > 1 && name[length - 1] == '&'; /* the next one does not wait for this one's answer */
        if (at_once)
            name[length - 1] = '\0';
        struct input input = {.type = INPUT_KEY};
        cr_assert(key_parse(name, &input.key), "no key \"%s\"", name);
        app_input(app, &input);
        if (!at_once)
            settle(loop, app);
    }
}

/* The server's folder has another name in every run. */
static void mask(char *text)
{
    static const char *const prefix = "/centurion-pg.";
    for (char *at = text; (at = strstr(at, prefix)); at += strlen(prefix))
        memset(at + strlen(prefix), 'X', 6);
}

static char *show(const struct scenario *scenario, int cols, int rows)
{
    struct error error = {0};
    char *conninfo = test_database_conninfo(database, scenario->login);
    struct app_options options = {.conninfo = conninfo,
                                  .route = scenario->route,
                                  .place = "studio",
                                  .clock = "09:14",
                                  .snippets = snippets,
                                  .snippet_count = sizeof snippets / sizeof snippets[0],
                                  .message =
                                      "Hi {first},\n\nyour week from {from} to {to}: checked in on {checkins} of "
                                      "{days} days.\nWeight: {weight} {unit} on average{weight_trend}.\nSteps: "
                                      "{steps} a day{steps_trend}.\nStress: {stress} of 10{stress_trend}.\n\n{coach}",
                                  .term = {.ascii = scenario->ascii}};
    setlocale(LC_ALL, "C.UTF-8");
    /* What one leaves typed is no draft for the next. */
    const char *home = getenv("HOME");
    char *state = mem_printf("%s/golden-%s-%d", home ? home : ".", scenario->name, cols);
    setenv("XDG_STATE_HOME", state, 1);
    free(state);
    struct loop *loop = loop_new();
    cr_assert_eq(term_start_headless(cols, rows, &options.term, &error), STATUS_OK, "%s", error.text);
    struct app *app = app_new(loop, &options, &error);
    cr_assert(app, "%s", error.text);
    app_begin(app);
    settle(loop, app);
    press(loop, app, scenario->keys);
    struct str text = {0}, roles = {0};
    term_snapshot(&text, &roles);
    str_add(&text, "---\n");
    str_add(&text, str_text(&roles));
    str_fini(&roles);
    mask(text.text);
    app_free(app);
    term_stop();
    loop_free(loop);
    free(conninfo);
    return str_steal(&text);
}

static char *golden_path(const struct scenario *scenario, int cols, int rows)
{
    const char *srcdir = getenv("CENTURION_SRCDIR");
    return mem_printf("%s/tests/screens/golden/%s-%dx%d.txt", srcdir ? srcdir : ".", scenario->name, cols, rows);
}

static char *read_file(const char *path)
{
    struct str text = {0};
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    char bytes[4096];
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        str_add_bytes(&text, bytes, got);
    fclose(file);
    return str_steal(&text);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert(file, "cannot write %s", path);
    fputs(text, file);
    fclose(file);
}

/* The first line that differs, both ways of it. */
static void compare(const char *path, const char *expected, const char *actual)
{
    for (int line = 1;; line++) {
        size_t wanted = strcspn(expected, "\n"), got = strcspn(actual, "\n");
        cr_assert(wanted == got && strncmp(expected, actual, got) == 0, "%s:%d\n expected |%.*s|\n      got |%.*s|",
                  path, line, (int)wanted, expected, (int)got, actual);
        if (!expected[wanted] && !actual[got])
            return;
        cr_assert(expected[wanted] && actual[got], "%s:%d: one ends here", path, line);
        expected += wanted + 1;
        actual += got + 1;
    }
}

ParameterizedTestParameters(golden, screen)
{
    static int numbers[SCENARIOS * SIZES];
    size_t count = 0;
    for (int i = 0; i < SCENARIOS * SIZES; i++)
        if (!scenarios[i / SIZES].only || scenarios[i / SIZES].only == i % SIZES + 1)
            numbers[count++] = i;
    return cr_make_param_array(int, numbers, count);
}

ParameterizedTest(int *number, golden, screen)
{
    const struct scenario *scenario = &scenarios[*number / SIZES];
    int cols = sizes[*number % SIZES].cols, rows = sizes[*number % SIZES].rows;
    char *path = golden_path(scenario, cols, rows), *actual = show(scenario, cols, rows), *expected = read_file(path);
    if (str_equal(getenv("CENTURION_GOLDEN"), "write"))
        write_file(path, actual);
    else {
        cr_assert(expected, "%s is missing: run with CENTURION_GOLDEN=write and look at it", path);
        compare(path, expected, actual);
    }
    free(expected);
    free(actual);
    free(path);
}
