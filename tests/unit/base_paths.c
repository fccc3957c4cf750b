#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/paths.h"

TestSuite(base_paths);

static void check(char *path, const char *expected)
{
    cr_assert_str_eq(path, expected);
    free(path);
}

static void unset(void)
{
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_STATE_HOME");
    unsetenv("XDG_DATA_HOME");
    setenv("HOME", "/home/ann", 1);
}

Test(base_paths, joining_puts_one_slash_between)
{
    check(path_join("/a", "b"), "/a/b");
    check(path_join("/a/", "b"), "/a/b");
    check(path_join("/a//", NULL), "/a");
    check(path_join("/a", NULL), "/a");
    check(path_join("a", "b.conf"), "a/b.conf");
    check(path_join("/", "b"), "/b");
    check(path_join("/", NULL), "/");
}

Test(base_paths, variables_say_where, .init = unset)
{
    setenv("XDG_CONFIG_HOME", "/c", 1);
    setenv("XDG_STATE_HOME", "/s/", 1);
    setenv("XDG_DATA_HOME", "/d d", 1);
    check(path_config("centurion.conf"), "/c/centurion/centurion.conf");
    check(path_state("centurion.log"), "/s/centurion/centurion.log");
    check(path_data(NULL), "/d d/centurion");
}

Test(base_paths, unset_empty_and_relative_mean_the_standard_ones, .init = unset)
{
    setenv("XDG_STATE_HOME", "", 1);
    setenv("XDG_DATA_HOME", "here", 1);
    check(path_config("x"), "/home/ann/.config/centurion/x");
    check(path_state("x"), "/home/ann/.local/state/centurion/x");
    check(path_data("x"), "/home/ann/.local/share/centurion/x");
    setenv("HOME", "/home/ann/", 1);
    check(path_config(NULL), "/home/ann/.config/centurion");
    setenv("HOME", "/", 1);
    check(path_config(NULL), "/.config/centurion");
}

/* The account's own home, whatever it is on this machine. */
Test(base_paths, without_a_home_the_account_knows, .init = unset)
{
    unsetenv("HOME");
    char *path = path_config(NULL);
    cr_assert_eq(path[0], '/');
    cr_assert_not_null(strstr(path, "/.config/centurion"));
    free(path);
    setenv("HOME", "relative", 1);
    path = path_config(NULL);
    cr_assert_eq(path[0], '/');
    free(path);
}
