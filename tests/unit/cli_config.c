#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/cli/config.h"
#include "centurion/cli/embedded_config.h"

static char folder[256], path[300];

static void setup(void)
{
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/config.XXXXXX", temporary ? temporary : "/tmp");
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/centurion.conf", folder);
}

static void teardown(void)
{
    unlink(path);
    rmdir(folder);
}

TestSuite(cli_config, .init = setup, .fini = teardown);

static void put(const char *text, size_t length)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(text, 1, length, file), length);
    fclose(file);
    chmod(path, 0600);
}

static struct config *load(const char *text)
{
    struct config *config = NULL;
    struct error error = {0};
    put(text, strlen(text));
    enum status status = config_load(path, &config, &error);
    cr_assert_eq(status, STATUS_OK, "%s", error.text);
    return config;
}

Test(cli_config, without_a_file_the_defaults_hold)
{
    struct config *config = NULL;
    setenv("XDG_CONFIG_HOME", folder, 1);
    cr_assert_eq(config_load(NULL, &config, NULL), STATUS_OK);
    cr_expect_str_eq(config_text(config, SETTING_THEME), "default");
    cr_expect(config_bool(config, SETTING_MOUSE));
    cr_expect_not(config_bool(config, SETTING_ASCII));
    cr_expect_eq(config_choice(config, SETTING_COLORS), 0);
    config_free(config);
}

/* The file that people copy and the table that the program goes by say the same. */
Test(cli_config, the_shipped_file_is_the_table)
{
    struct config *config = load(embedded_config);
    cr_expect_eq(config_pair_count(config), 0);
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting_info *info = setting_info((enum setting)i);
        cr_expect_str_eq(config_text(config, (enum setting)i), info->value, "%s", info->name);
        char *line = mem_printf("\n%s = ", info->name);
        cr_expect(strstr(embedded_config, line), "%s is not in centurion.conf", info->name);
        free(line);
    }
    cr_expect_null(config_warning(config));
    config_free(config);
}

/* The examples that stand in it behind # are right too. */
Test(cli_config, the_shipped_examples_are_right)
{
    struct str text = {0};
    for (const char *at = embedded_config; *at;) {
        size_t length = strcspn(at, "\n");
        bool example = strncmp(at, "    # ", 6) == 0;
        str_add_bytes(&text, example ? at + 6 : at, example ? length - 6 : length);
        str_add_char(&text, '\n');
        at += length + (at[length] == '\n');
    }
    struct config *config = load(str_text(&text));
    cr_expect_geq(config_pair_count(config), 5);
    cr_expect_not_null(config_find(config, SETTING_PROFILES, "studio"));
    cr_expect_str_eq(config_find(config, SETTING_KEYS, "next-record"), "J, ctrl-n");
    config_free(config);
    str_fini(&text);
}

Test(cli_config, values_and_groups)
{
    struct config *config =
        load("theme = \"light\"; ascii = true;\nmouse = false; colors = 256; log = \"debug\";\n"
             "profiles = { studio = \"dbname=a\";\n home = \"dbname=b\"; };\nprofile = \"home\";\n"
             "keys = { quit = \"ctrl-q\"; };\nkey-sets = { mine = { back = \"x\"; }; other = { back = \"y\"; }; };\n");
    cr_expect_str_eq(config_file(config), path);
    cr_expect_str_eq(config_text(config, SETTING_THEME), "light");
    cr_expect(config_bool(config, SETTING_ASCII));
    cr_expect_not(config_bool(config, SETTING_MOUSE));
    cr_expect_eq(config_choice(config, SETTING_COLORS), 3);
    cr_expect_eq(config_choice(config, SETTING_LOG), 4);
    cr_expect_str_eq(config_text(config, SETTING_PROFILE), "home");
    cr_expect_str_eq(config_find(config, SETTING_PROFILES, "home"), "dbname=b");
    cr_expect_null(config_find(config, SETTING_PROFILES, "quit"));
    cr_assert_eq(config_pair_count(config), 5);
    cr_expect_eq(config_pair(config, 1)->line, 4);
    cr_expect_str_eq(config_pair(config, 3)->set, "mine");
    cr_expect_str_eq(config_pair(config, 4)->set, "other");
    cr_expect_str_eq(config_pair(config, 4)->value, "y");
    config_free(config);
}

Test(cli_config, what_is_wrong_is_told_with_its_line)
{
    static const struct {
        const char *text;
        int line;
        const char *says, *hints;
    } cases[] = {
        {"\nthem = \"light\";\n", 2, "no setting \"them\"", "Did you mean \"theme\"?"},
        {"xyzzy = 1;", 1, "no setting \"xyzzy\"", "profile, profiles, theme"},
        {"theme = 3;", 1, "theme", "the name of a theme"},
        {"\n\nascii = 1;", 3, "ascii", "true or false"},
        {"ascii = \"yes\";", 1, "ascii", "true or false"},
        {"colors = \"many\";", 1, "colors", "auto, none, 16, 256, rgb"},
        {"colors = 17;", 1, "colors", "auto, none, 16, 256, rgb"},
        {"colors = 1.5;", 1, "colors", "auto, none, 16, 256, rgb"},
        {"log = [ \"debug\" ];", 1, "log", "off, error, warning, info, debug"},
        {"profiles = \"dbname=x\";", 1, "profiles", "name = "},
        {"profiles = {\n a = 1;\n};", 2, "profiles", "name = "},
        {"profiles = ( \"dbname=x\" );", 1, "profiles", ""},
        {"profiles = {\n a = \"host=x\";\n b = \"hots=x\"; };", 3, "profile b: ", "connection string"},
        {"profiles = { a = \"host='x\"; };", 1, "profile a: ", "connection string"},
        {"profiles = { a = \"postgresql://[x\"; };", 1, "profile a: ", "connection string"},
        {"keys = { quit = [ \"q\" ]; };", 1, "keys", "action = "},
        {"key-sets = { mine = \"q\"; };", 1, "key-sets", "name = {"},
        {"\nprofile = \"nowhere\";", 2, "no profile \"nowhere\"", "profiles = {"},
        {"theme = \"a\";\ntheme = \"b\";", 2, "", ""},
        {"theme = \"open;\n", 1, "", "quotes"},
        {"theme \"light\";", 1, "syntax error", "name = value;"},
        {"{{{{", 1, "syntax error", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct config *config = NULL;
        struct error error = {0};
        char *place = mem_printf("%s:%d: ", path, cases[i].line);
        put(cases[i].text, strlen(cases[i].text));
        cr_expect_eq(config_load(path, &config, &error), STATUS_USAGE, "%s", cases[i].text);
        cr_expect_null(config);
        /* for a text that does not end, libconfig counts the line where the file does */
        if (!strstr(cases[i].text, "open"))
            cr_expect(str_starts(error.text, place), "%s -> %s", cases[i].text, error.text);
        cr_expect(strstr(error.text, cases[i].says), "%s -> %s", cases[i].text, error.text);
        cr_expect(strstr(error.hint, cases[i].hints), "%s -> %s", cases[i].text, error.hint);
        config_free(config);
        free(place);
    }
}

Test(cli_config, what_is_no_file_is_refused)
{
    struct config *config = NULL;
    struct error error = {0};
    cr_expect_eq(config_load(path, &config, &error), STATUS_USAGE);
    cr_expect(strstr(error.text, "No such file"), "%s", error.text);
    cr_expect_eq(config_load(folder, &config, &error), STATUS_USAGE);
    cr_expect(strstr(error.text, "no file"), "%s", error.text);
    put("theme = \"a\0b\";", 14);
    cr_expect_eq(config_load(path, &config, &error), STATUS_USAGE);
    cr_expect(strstr(error.text, "zero byte"), "%s", error.text);
}

Test(cli_config, a_password_that_others_can_read_is_a_warning)
{
    static const struct {
        const char *value;
        bool warns;
    } cases[] = {
        {"host=db password=secret", true},     {"postgresql://gav:secret@db/x", true},
        {"postgresql://gav@db:5432/x", false}, {"postgresql://db:5432/x", false},
        {"host=db user=gav", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct config *config = NULL;
        char *text = mem_printf("\nprofiles = { studio = \"%s\"; };", cases[i].value);
        put(text, strlen(text));
        cr_assert_eq(config_load(path, &config, NULL), STATUS_OK);
        cr_expect_null(config_warning(config), "0600: %s", cases[i].value);
        config_free(config);
        chmod(path, 0644);
        cr_assert_eq(config_load(path, &config, NULL), STATUS_OK);
        cr_expect_eq(config_warning(config) != NULL, cases[i].warns, "%s", cases[i].value);
        if (config_warning(config)) {
            cr_expect(strstr(config_warning(config), "line 2"));
            cr_expect_null(strstr(config_warning(config), "secret"));
        }
        config_free(config);
        free(text);
    }
}
