#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/jobs/views.h"

static char root[64], path[128];

static void setup(void)
{
    snprintf(root, sizeof root, "/tmp/views-XXXXXX");
    cr_assert_not_null(mkdtemp(root));
    setenv("XDG_STATE_HOME", root, 1);
    snprintf(path, sizeof path, "%s/centurion/views.json", root);
}

static int wipe(const char *name, const struct stat *stat, int kind, struct FTW *where)
{
    (void)stat;
    (void)kind;
    (void)where;
    return remove(name);
}

static void teardown(void)
{
    nftw(root, wipe, 8, FTW_DEPTH | FTW_PHYS);
}

TestSuite(jobs_views, .init = setup, .fini = teardown, .timeout = 60);

static enum status save(const char *login, const char *name, const char *filter, char **aside, struct error *error)
{
    struct saved_view view = {(char *)name, (char *)filter, "-last name", "name last"};
    return views_save(login, "members", &view, aside, error);
}

static void must_save(const char *login, const char *name, const char *filter)
{
    struct error error = {0};
    char *aside;
    cr_assert_eq(save(login, name, filter, &aside, &error), STATUS_OK, "%s", error.text);
    cr_expect_null(aside);
}

/* "name=filter name=filter" */
static void expect(const char *login, const char *list, const char *wanted)
{
    struct error error = {0};
    char got[400] = "";
    int count;
    struct saved_view *views = views_read(login, list, &count, &error);
    cr_expect_eq(error.status, STATUS_OK, "%s", error.text);
    for (int i = 0; i < count; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s=%s", i ? " " : "", views[i].name, views[i].filter);
    cr_expect_str_eq(got, wanted);
    views_free(views, count);
}

static void put(const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

static void holds(const char *name, const char *text)
{
    char got[400] = "";
    FILE *file = fopen(name, "r");
    cr_assert_not_null(file, "%s", name);
    size_t length = fread(got, 1, sizeof got - 1, file);
    got[length] = '\0';
    fclose(file);
    cr_expect_str_eq(got, text);
}

Test(jobs_views, kept_by_login_and_list)
{
    struct stat there;
    expect("gav", "members", "");
    must_save("gav", "zoë", "a|b");
    must_save("gav", "December", "cohort:\"dec 6\"");
    must_save("dana", "hers", "");
    expect("gav", "members", "December=cohort:\"dec 6\" zoë=a|b");
    expect("gav", "cohorts", "");
    expect("dana", "members", "hers=");
    cr_assert_eq(stat(path, &there), 0);
    cr_expect_eq(there.st_mode & 0777, 0600, "filters name people");
}

Test(jobs_views, one_of_a_name)
{
    must_save("gav", "December", "dec");
    must_save("gav", "december", "jan");
    expect("gav", "members", "december=jan");
}

Test(jobs_views, what_is_gone)
{
    struct error error = {0};
    must_save("gav", "a", "");
    must_save("dana", "a", "");
    cr_expect_eq(views_remove("gav", "members", "a", &error), STATUS_OK);
    cr_expect_eq(views_remove("gav", "members", "a", &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "no view \"a\""), "%s", error.text);
    expect("gav", "members", "");
    expect("dana", "members", "a=");
}

static void expect_bad(const char *text, const char *words)
{
    struct error error = {0};
    int count = 7;
    put(text);
    cr_expect_null(views_read("gav", "members", &count, &error));
    cr_expect_eq(count, 0);
    cr_expect_eq(error.status, STATUS_FAILED);
    cr_expect(strstr(error.text, words), "%s: %s", text, error.text);
    cr_expect_eq(views_remove("gav", "members", "a", &error), STATUS_FAILED);
    holds(path, text);
}

Test(jobs_views, a_bad_file_is_said_and_stays)
{
    must_save("gav", "a", "");
    expect_bad("", "damaged");
    expect_bad("{\"version\": 1, \"views\": [", "damaged, at line 1");
    expect_bad("[]", "no saved views");
    expect_bad("{\"version\": 1, \"views\": {}}", "no saved views");
    expect_bad("{\"version\": 1, \"views\": [{\"login\": \"gav\"}]}", "its view 1");
    expect_bad(
        "{\"version\": 1, \"views\": [{\"login\": \"gav\", \"list\": \"members\", \"name\": \"\", \"filter\": \"\", "
        "\"sort\": \"\", \"columns\": \"\"}]}",
        "its view 1");
    expect_bad(
        "{\"version\": 1, \"views\": [{\"login\": \"gav\", \"list\": \"members\", \"name\": \"a\\u0007\", \"filter\": "
        "\"\", \"sort\": \"\", \"columns\": \"\"}]}",
        "its view 1");
    expect_bad("{\"version\": 2, \"views\": []}", "newer");
}

/* Saving goes on, and nothing is lost: the file has another name then. */
Test(jobs_views, a_bad_file_is_put_aside)
{
    struct error error = {0};
    char *first, *second;
    must_save("gav", "a", "");
    put("{ mine");
    cr_assert_eq(save("gav", "b", "", &first, &error), STATUS_OK, "%s", error.text);
    cr_assert_not_null(first);
    holds(first, "{ mine");
    expect("gav", "members", "b=");
    put("more");
    cr_assert_eq(save("gav", "c", "", &second, &error), STATUS_OK, "%s", error.text);
    cr_assert_not_null(second);
    holds(first, "{ mine");
    holds(second, "more");
    free(first);
    free(second);
    put("{\"version\": 2, \"views\": []}");
    cr_expect_eq(save("gav", "d", "", &first, &error), STATUS_FAILED);
    cr_expect_null(first);
    holds(path, "{\"version\": 2, \"views\": []}");
}

Test(jobs_views, no_folder_to_write_in)
{
    struct error error = {0};
    char *aside;
    setenv("XDG_STATE_HOME", "/proc/none", 1);
    cr_expect_eq(save("gav", "a", "", &aside, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "cannot be kept in /proc/none/centurion/views.json"), "%s", error.text);
    cr_expect(*error.hint);
}

/* Programs that run at once. */
Test(jobs_views, together)
{
    enum { PROGRAMS = 4, EACH = 7 };
    for (int i = 0; i < PROGRAMS; i++)
        if (fork() == 0) {
            for (int k = 0; k < EACH; k++) {
                struct error error = {0};
                char name[20], *aside;
                snprintf(name, sizeof name, "%d-%d", i, k);
                if (save("gav", name, "", &aside, &error) != STATUS_OK)
                    _exit(1);
            }
            _exit(0);
        }
    for (int i = 0; i < PROGRAMS; i++) {
        int status = 1;
        wait(&status);
        cr_expect_eq(status, 0);
    }
    struct error error = {0};
    int count;
    struct saved_view *views = views_read("gav", "members", &count, &error);
    cr_expect_eq(count, PROGRAMS * EACH);
    views_free(views, count);
}

Test(jobs_views, there_are_as_many_as_the_window_has_letters_for)
{
    struct error error = {0};
    char name[20], *aside;
    for (int i = 0; i <= VIEWS_MAX; i++) {
        snprintf(name, sizeof name, "%d", i);
        cr_expect_eq(save("gav", name, "", &aside, &error), i < VIEWS_MAX ? STATUS_OK : STATUS_FAILED, "%d", i);
    }
    cr_expect_eq(save("gav", "3", "other", &aside, &error), STATUS_OK); /* one that is there is replaced */
    cr_expect_eq(save("eve", "hers", "", &aside, &error), STATUS_OK);
}
