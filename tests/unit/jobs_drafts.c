#include <criterion/criterion.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "centurion/jobs/drafts.h"

static char root[64], folder[96];
static struct loop *loop;
static struct drafts *drafts;
static struct error fault;
static int faults;

static void on_fault(void *arg, const struct error *error)
{
    (void)arg;
    fault = *error;
    faults++;
}

static struct drafts *another(const char *login)
{
    struct drafts *other = drafts_new(loop, folder, on_fault, NULL);
    drafts_set_owner(other, "host:5432/studio", login);
    return other;
}

static void setup(void)
{
    snprintf(root, sizeof root, "/tmp/drafts-XXXXXX");
    cr_assert_not_null(mkdtemp(root));
    snprintf(folder, sizeof folder, "%s/state/drafts", root);
    loop = loop_new();
    drafts = another("gav");
    faults = 0;
}

static int wipe(const char *path, const struct stat *stat, int kind, struct FTW *where)
{
    (void)stat;
    (void)kind;
    (void)where;
    return remove(path);
}

static void teardown(void)
{
    drafts_free(drafts);
    loop_free(loop);
    nftw(root, wipe, 8, FTW_DEPTH | FTW_PHYS);
}

TestSuite(jobs_drafts, .init = setup, .fini = teardown, .timeout = 60);

/* The only draft under the key, or NULL. */
static struct draft_found *only(struct drafts *whose, const char *key)
{
    int count;
    struct draft_found *found = drafts_find(whose, key, &count);
    cr_expect_leq(count, 1);
    if (count == 1)
        return found;
    draft_found_free(found, count);
    return NULL;
}

static int count_of(struct drafts *whose, const char *key)
{
    int count;
    struct draft_found *found = drafts_find(whose, key, &count);
    draft_found_free(found, count);
    return count;
}

static char *path_of(const struct draft_found *found)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, found->name);
    return path;
}

Test(jobs_drafts, what_was_left_is_there_for_the_next_run)
{
    struct draft_file *draft = draft_file_new(drafts, "note/214", "Note on Sam O'Neill");
    cr_expect_neq(access(folder, F_OK), 0, "nothing typed, nothing made");
    draft_file_put(draft, "text", "Knee again; swap \"planks\".\nSecond line, Zoë.");
    draft_file_put(draft, "tags", "knee");
    draft_file_put(draft, "gone", "x");
    draft_file_put(draft, "gone", NULL);
    draft_file_leave(draft);

    struct stat there;
    cr_assert_eq(stat(folder, &there), 0);
    cr_expect_eq(there.st_mode & 0777, 0700);
    struct drafts *next = another("gav");
    struct draft_found *found = only(next, "note/214");
    cr_assert_not_null(found);
    cr_assert_eq(stat(path_of(found), &there), 0);
    cr_expect_eq(there.st_mode & 0777, 0600);
    cr_expect_str_eq(found->title, "Note on Sam O'Neill");
    cr_expect_str_eq(draft_found_text(found, "text"), "Knee again; swap \"planks\".\nSecond line, Zoë.");
    cr_expect_str_eq(draft_found_text(found, "tags"), "knee");
    cr_expect_null(draft_found_text(found, "gone"));
    cr_expect_str_empty(found->change);
    cr_expect(labs((long)(found->saved_at - time(NULL))) < 30);
    draft_found_free(found, 1);
    cr_expect_eq(count_of(next, "note/215"), 0);
    cr_expect_eq(count_of(next, NULL), 1);
    drafts_set_owner(next, "host:5432/studio", "dana");
    cr_expect_eq(count_of(next, NULL), 0, "another login's");
    drafts_set_owner(next, "host:5432/other", "gav");
    cr_expect_eq(count_of(next, NULL), 0, "another database's");
    drafts_free(next);
    cr_expect_eq(faults, 0);
}

Test(jobs_drafts, is_written_a_moment_after_the_last_key_and_without_waiting)
{
    struct draft_file *draft = draft_file_new(drafts, "note/1", "Note");
    draft_file_put(draft, "text", "a");
    cr_expect_eq(count_of(drafts, NULL), 0);
    for (int i = 0; i < 200 && !count_of(drafts, NULL); i++)
        loop_turn(loop, 20);
    struct draft_found *found = only(drafts, "note/1");
    cr_assert_not_null(found);
    cr_expect(found->open, "it is being typed");
    cr_expect_str_eq(draft_found_text(found, "text"), "a");
    cr_expect_not(drafts_discard(drafts, found), "not under somebody's hands");
    cr_expect_null(draft_file_take(drafts, found));
    draft_found_free(found, 1);
    draft_file_drop(draft);
    cr_expect_eq(count_of(drafts, NULL), 0);
}

Test(jobs_drafts, what_is_dropped_stays_gone)
{
    for (int turns = 0; turns < 4; turns++) { /* before, while and after a child writes it */
        struct draft_file *draft = draft_file_new(drafts, "note/1", "Note");
        draft_file_put(draft, "text", "a");
        if (turns) {
            usleep((DRAFTS_PAUSE_MS + 20) * 1000);
            loop_turn(loop, 0);
            for (int i = 1; i < turns; i++)
                loop_turn(loop, 30);
        }
        draft_file_drop(draft);
        usleep(20000);
        cr_expect_eq(count_of(drafts, NULL), 0, "after %d turns", turns);
    }
}

Test(jobs_drafts, a_killed_program_loses_what_was_typed_in_the_last_moment_only)
{
    int ready[2];
    cr_assert_eq(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct drafts *killed = another("gav");
        struct draft_file *draft = draft_file_new(killed, "note/214", "Note");
        draft_file_put(draft, "text", "on the disk");
        drafts_flush(killed);
        draft_file_put(draft, "text", "on the disk, and one more word");
        if (write(ready[1], "", 1) == 1)
            pause();
        _exit(1);
    }
    char byte;
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    struct draft_found *found = only(drafts, "note/214");
    cr_assert_not_null(found);
    cr_expect(found->open, "the other program runs");
    cr_expect_null(draft_file_take(drafts, found));
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    draft_found_free(found, 1);

    found = only(drafts, "note/214");
    cr_assert_not_null(found);
    cr_expect_not(found->open);
    cr_expect_str_eq(draft_found_text(found, "text"), "on the disk");
    struct draft_file *taken = draft_file_take(drafts, found);
    cr_assert_not_null(taken);
    cr_expect_null(draft_file_take(drafts, found), "once");
    draft_found_free(found, 1);
    draft_file_put(taken, "text", "on the disk, and saved");
    draft_file_drop(taken);
    cr_expect_eq(count_of(drafts, NULL), 0);
}

Test(jobs_drafts, programs_at_once_keep_both)
{
    struct drafts *other = another("gav");
    struct draft_file *mine = draft_file_new(drafts, "note/1", "Note"),
                      *theirs = draft_file_new(other, "note/1", "Note");
    draft_file_put(mine, "text", "mine");
    draft_file_put(theirs, "text", "theirs");
    draft_file_leave(mine);
    draft_file_leave(theirs);
    drafts_free(other);
    cr_expect_eq(count_of(drafts, "note/1"), 2);
}

Test(jobs_drafts, knows_the_change_that_was_under_way)
{
    static const char id[] = "01234567-89ab-4def-8123-456789abcdef";
    struct draft_file *draft = draft_file_new(drafts, "note/1", "Note");
    draft_file_put(draft, "text", "sent");
    draft_file_sent(draft, id);
    struct draft_found *found = only(drafts, "note/1");
    cr_assert_not_null(found, "it is on the disk before it is sent");
    cr_expect_str_eq(found->change, id);
    draft_found_free(found, 1);
    draft_file_sent(draft, NULL);
    found = only(drafts, "note/1");
    cr_expect_str_empty(found->change);
    draft_found_free(found, 1);
    draft_file_leave(draft);
}

static void plant(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

Test(jobs_drafts, leaves_alone_what_it_cannot_read)
{
    static const char *const bad[] = {
        "",
        "{",
        "[]",
        "{\"version\": 2}",
        "{\"version\": 1, \"where\": \"host:5432/studio\"}",
        "{\"version\":1,\"where\":\"w\",\"login\":\"l\",\"key\":\"k\",\"title\":\"t\",\"saved_at\":1,\"fields\":{\"a\":"
        "1}}",
        "{\"version\":1,\"where\":\"w\",\"login\":\"l\",\"key\":\"k\",\"title\":\"t\",\"saved_at\":1,\"change\":\"x\","
        "\"fields\":{}}",
    };
    static const char name[] = "0123456789abcdef-0123456789abcdef-1.json";
    char path[256];
    draft_file_leave(draft_file_new(drafts, "note/1", "nothing in it"));
    struct draft_file *draft = draft_file_new(drafts, "note/1", "Note");
    draft_file_put(draft, "text", "good");
    draft_file_leave(draft);
    plant("notes.txt", "somebody's own");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        plant(name, bad[i]);
        faults = 0;
        cr_expect_eq(count_of(drafts, NULL), 1, "%s", bad[i]);
        cr_expect_eq(drafts_damaged(drafts), 1, "%s", bad[i]);
        snprintf(path, sizeof path, "%s/%s", folder, name);
        cr_expect_eq(access(path, F_OK), 0);
        cr_expect(strstr(fault.text, name), "%s", fault.text);
    }
    unlink(path);
    cr_assert_eq(symlink("/etc/passwd", path), 0);
    cr_expect_eq(count_of(drafts, NULL), 1);
    cr_expect_eq(drafts_damaged(drafts), 1);
}

Test(jobs_drafts, says_what_cannot_be_kept)
{
    struct draft_file *draft = draft_file_new(drafts, "note/1", "Note on Sam");
    char *much = malloc(DRAFT_BYTES_MAX + 2);
    memset(much, 'x', DRAFT_BYTES_MAX + 1);
    much[DRAFT_BYTES_MAX + 1] = '\0';
    draft_file_put(draft, "text", "as it was");
    draft_file_put(draft, "text", much);
    cr_expect_eq(faults, 1);
    cr_expect(strstr(fault.text, "Note on Sam"), "%s", fault.text);
    drafts_flush(drafts);
    struct draft_found *found = only(drafts, "note/1");
    cr_assert_not_null(found);
    cr_expect_str_eq(draft_found_text(found, "text"), "as it was");
    draft_found_free(found, 1);
    much[DRAFT_BYTES_MAX] = '\0';
    draft_file_put(draft, "text", much);
    draft_file_put(draft, "more", "y");
    cr_expect_eq(faults, 1, "the same is said once");
    draft_file_drop(draft);
    free(much);
}

Test(jobs_drafts, a_folder_that_cannot_be_made_is_told_and_stops_nothing)
{
    char file[96];
    snprintf(file, sizeof file, "%s/state", root);
    fclose(fopen(file, "w"));
    struct draft_file *draft = draft_file_new(drafts, "note/1", "Note");
    draft_file_put(draft, "text", "a");
    drafts_flush(drafts);
    cr_expect_eq(faults, 1);
    cr_expect(strstr(fault.text, folder), "%s", fault.text);
    draft_file_put(draft, "text", "ab");
    drafts_flush(drafts);
    cr_expect_eq(faults, 1);
    draft_file_drop(draft);
}

Test(jobs_drafts, cleans_up_after_programs_that_have_ended)
{
    char lock[256], half[256];
    snprintf(lock, sizeof lock, "%s/0123456789abcdef.lock", folder);
    snprintf(half, sizeof half, "%s/0123456789abcdef-0123456789abcdef-1.json.new", folder);
    struct drafts *other = another("gav");
    struct draft_file *draft = draft_file_new(other, "note/1", "Note");
    draft_file_put(draft, "text", "a");
    drafts_flush(other);
    plant("0123456789abcdef.lock", "");
    plant("0123456789abcdef-0123456789abcdef-1.json.new", "{");
    struct timespec old[2] = {{.tv_sec = time(NULL) - 3600}, {.tv_sec = time(NULL) - 3600}};
    utimensat(AT_FDCWD, lock, old, 0);
    utimensat(AT_FDCWD, half, old, 0);
    draft_file_put(draft, "text", "b");
    struct draft_file *mine = draft_file_new(drafts, "note/2", "Note");
    draft_file_put(mine, "text", "a");
    drafts_flush(drafts);
    cr_expect_neq(access(lock, F_OK), 0);
    cr_expect_neq(access(half, F_OK), 0);
    struct draft_found *found = only(drafts, "note/1");
    cr_expect(found && found->open, "who runs keeps its lock");
    draft_found_free(found, 1);
    draft_file_drop(mine);
    draft_file_drop(draft);
    drafts_free(other);
}
