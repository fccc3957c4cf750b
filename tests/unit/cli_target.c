#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/cli/cli.h"

static char path[300];
static struct cli cli;

static void setup(void)
{
    static const char *const names[] = {"PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    const char *temporary = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/target.XXXXXX", temporary ? temporary : "/tmp");
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    const char text[] = "profiles = { studio = \"dbname=a\"; home = \"dbname=b\"; };";
    cr_assert_eq(write(fd, text, sizeof text - 1), (ssize_t)sizeof text - 1);
    close(fd);
    cli = (struct cli){0};
    cr_assert_eq(config_load(path, &cli.config, NULL), STATUS_OK);
}

static void teardown(void)
{
    config_free(cli.config);
    unlink(path);
}

TestSuite(cli_target, .init = setup, .fini = teardown);

static void expect(const char *argument, const char *conninfo, const char *place)
{
    struct cli_target target = {0};
    struct error error = {0};
    bool anything = false;
    cr_expect_eq(cli_target(&cli, argument, &target, &anything, &error), STATUS_OK, "%s", error.text);
    cr_expect(anything);
    cr_expect(str_equal(target.conninfo, conninfo), "%s", target.conninfo);
    cr_expect(str_equal(target.place, place), "%s", target.place);
    cli_target_fini(&target);
}

Test(cli_target, the_nearest_word_counts)
{
    expect("dbname=x", "dbname=x", NULL);
    cli.given[OPTION_PROFILE] = "home";
    expect(NULL, "dbname=b", "home");
    cli.given[OPTION_PROFILE] = NULL;
    setenv("PGSERVICE", "studio", 1);
    expect(NULL, "", NULL);
    expect("x", "x", NULL);
    cli.given[OPTION_PROFILE] = "studio";
    expect(NULL, "dbname=a", "studio");
}

Test(cli_target, the_profile_of_the_configuration_is_last)
{
    FILE *file = fopen(path, "a");
    fputs("\nprofile = \"studio\";\n", file);
    fclose(file);
    config_free(cli.config);
    cr_assert_eq(config_load(path, &cli.config, NULL), STATUS_OK);
    expect(NULL, "dbname=a", "studio");
    setenv("PGHOST", "/tmp", 1);
    expect(NULL, "", NULL);
}

Test(cli_target, nothing_said_and_too_much_said)
{
    struct cli_target target = {0};
    struct error error = {0};
    bool anything = true;
    setenv("PGPASSWORD", "x", 1); /* says how, not where */
    cr_expect_eq(cli_target(&cli, NULL, &target, &anything, &error), STATUS_USAGE);
    cr_expect_not(anything);
    unsetenv("PGPASSWORD");
    cli.given[OPTION_PROFILE] = "stdio";
    cr_expect_eq(cli_target(&cli, NULL, &target, &anything, &error), STATUS_USAGE);
    cr_expect(strstr(error.text, "no profile \"stdio\""), "%s", error.text);
    cr_expect(strstr(error.hint, "studio, home"), "%s", error.hint);
    cli.given[OPTION_PROFILE] = "studio";
    cr_expect_eq(cli_target(&cli, "dbname=x", &target, &anything, &error), STATUS_USAGE);
    cr_expect(strstr(error.text, "Both"), "%s", error.text);
}
