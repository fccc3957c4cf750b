/* Windows over a screen, questions, menus and the user's editor: the app without a server, on a screen in memory. */
#include <criterion/criterion.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/screens/app.h"
#include "centurion/screens/screen.h"
#include "centurion/term/term.h"
#include "centurion/ui/textarea.h"

enum { TURNS = 400, TURN_MS = 25 };

static struct loop *loop;
static struct app *app;
static struct textarea *area;
static char folder[] = "/tmp/centurion-windows.XXXXXX";
static int accepted, closed;
static int64_t chosen;

static struct app_options options = {.conninfo = "host=/nowhere dbname=none user=nobody"};

static void setup(void)
{
    struct error error = {0};
    setlocale(LC_ALL, "C.UTF-8");
    cr_assert(mkdtemp(folder));
    setenv("XDG_STATE_HOME", folder, 1);
    unsetenv("VISUAL");
    loop = loop_new();
    cr_assert_eq(term_start_headless(80, 24, &options.term, &error), STATUS_OK, "%s", error.text);
    app = app_new(loop, &options, &error);
    cr_assert(app, "%s", error.text);
    app_begin(app);
    area = textarea_new("as it was", 200);
}

static void teardown(void)
{
    app_free(app);
    textarea_free(area);
    loop_free(loop);
    term_stop();
    char *command = mem_printf("rm -rf '%s'", folder);
    cr_expect_eq(system(command), 0);
    free(command);
}

TestSuite(windows, .init = setup, .fini = teardown);

static void press(int key)
{
    struct input input = {.type = INPUT_KEY, .key = key};
    app_input(app, &input);
    loop_turn(loop, 0);
}

static bool shows(const char *words)
{
    struct str shown = {0};
    loop_dirty(loop);
    loop_turn(loop, 0);
    term_snapshot(&shown, NULL);
    bool found = strstr(shown.text, words);
    str_fini(&shown);
    return found;
}

static void done(void *owner, bool yes)
{
    cr_expect_eq(owner, &area);
    accepted += yes;
    closed += !yes;
}

static void open_area(bool stays)
{
    struct app_popup popup = {.widget = textarea_widget(area),
                              .title = "A note",
                              .rows = 5,
                              .cols = 40,
                              .stays = stays,
                              .owner = &area,
                              .done = done};
    app_popup(app, &popup);
}

static void edit_with(const char *script)
{
    setenv("EDITOR", script, 1);
    press(KEYCODE_CTRL | 'e');
}

static bool text_becomes(const char *text)
{
    for (int i = 0; i < TURNS && strcmp(textarea_text(area), text) != 0; i++)
        loop_turn(loop, TURN_MS);
    return strcmp(textarea_text(area), text) == 0;
}

static bool comes_to_show(const char *words)
{
    for (int i = 0; i < TURNS && !shows(words); i++)
        loop_turn(loop, TURN_MS);
    return shows(words);
}

Test(windows, keys_are_text_and_the_window_is_told)
{
    open_area(true);
    cr_expect(shows("A note"));
    press('q');
    press('7');
    press('?');
    cr_expect_str_eq(textarea_text(area), "as it wasq7?");
    press(KEYCODE_CTRL | 's');
    cr_expect(accepted == 1 && app_popup_shown(app, textarea_widget(area)), "it waits for the server");
    press(KEYCODE_F1);
    cr_expect(shows("Help"));
    press(KEYCODE_ESCAPE);
    press(KEYCODE_ESCAPE);
    cr_expect(closed == 1 && !shows("A note"));
}

Test(windows, the_editor_gives_its_text_back)
{
    open_area(false);
    edit_with("test \"$(stat -c %a \"$1\")\" = 600 && printf 'from the\\neditor\\n' >");
    cr_expect(text_becomes("from the\neditor"), "%s", textarea_text(area));
    char *left = mem_printf("ls '%s/centurion/edit' | grep -q .", folder);
    cr_expect_neq(system(left), 0, "the file is gone");
    free(left);
}

Test(windows, an_editor_that_fails_changes_nothing)
{
    open_area(false);
    edit_with("echo lost > /dev/null; false");
    cr_expect(comes_to_show("the text is as it was"));
    cr_expect_str_eq(textarea_text(area), "as it was");
    edit_with("/nowhere/editor");
    cr_expect(comes_to_show("cannot be started"));
    cr_expect_str_eq(textarea_text(area), "as it was");
}

/* A login that is forced into the program gets no shell: not by $EDITOR, not by what stands in the setting, not by a pipe. */
Test(windows, a_restricted_login_starts_no_shell)
{
    options.restricted = true;
    open_area(false);
    edit_with("touch /tmp/centurion-windows-escaped; false");
    cr_expect(shows("This login has no editor"));
    options.editor = "/bin/cp /etc/hostname;touch";
    edit_with("unused");
    cr_expect(comes_to_show("cannot be started") || comes_to_show("failed: the text"));
    cr_expect_str_eq(textarea_text(area), "as it was");
    options.editor = "/usr/bin/truncate -s 2";
    edit_with("unused");
    cr_expect(text_becomes("as"), "%s", textarea_text(area));
    cr_expect_not(app_pipe(app, "text", "touch /tmp/centurion-windows-escaped"));
    cr_expect(shows("starts no commands"));
    cr_expect_neq(access("/tmp/centurion-windows-escaped", F_OK), 0);
}

static void yes(void *owner, int64_t key)
{
    cr_expect_eq(owner, &area);
    chosen = key;
}

Test(windows, a_question_does_nothing_unless_told)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "hh"};
    for (int key = 0; key < 4; key++) {
        static const int keys[] = {KEYCODE_ENTER, KEYCODE_ESCAPE, 'n', 'y'};
        app_confirm(app, "Delete", "Twelve notes go:", names, 12, "Delete 12 notes", yes, &area, 214);
        cr_expect(shows("hh") && shows("+4 more") && shows("Delete 12 notes"));
        press(keys[key]);
        cr_expect_eq(chosen, keys[key] == 'y' ? 214 : 0);
        cr_expect(!shows("+4 more"));
    }
}

Test(windows, a_menu_lies_over_a_window_and_tells_what_was_chosen)
{
    static const struct menu_item items[] = {{.text = "Copy", .value = 5}, {.text = "Mail", .value = 6}};
    open_area(false);
    app_menu(app, "What now", NULL, items, 2, yes, &area);
    press('m');
    cr_expect_eq(chosen, 6);
    press('x');
    cr_expect_str_eq(textarea_text(area), "as it wasx");
    struct input click = {.type = INPUT_MOUSE, .button = MOUSE_LEFT, .row = 11, .col = 20};
    app_input(app, &click);
    app_copy(app, "some words");
    cr_expect_str_eq(app_copied(app), "some words");
    cr_expect(shows("Copied \"some words\""));
}
