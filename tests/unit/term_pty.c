/* The terminal in use, on a real pseudo-terminal: keys, what is sent, and changes of size. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "term_session.h"

TestSuite(term_pty, .timeout = 60);

/* ---- Keys ---- */

Test(term_pty, keys_of_the_line_discipline_arrive)
{
    struct session session;
    start(&session);
    type(&session, "\x03\x13\x11\x1c\x16\x0f\r");
    expect_report(&session, "key ctrl-c\nkey ctrl-s\nkey ctrl-q\nkey ctrl-\\\nkey ctrl-v\nkey ctrl-o\nkey enter\n");
    type(&session, "q");
    session_end(&session, true);
}

Test(term_pty, input_in_pieces)
{
    struct session session;
    start(&session);
    type(&session, "\033OA");
    expect_report(&session, "key up\n");
    type(&session, "\xc3");
    type(&session, "\xa9");
    expect_report(&session, "key é\n");
    type(&session, "\033");
    expect_report(&session, "key escape\n");
    type(&session, "\033[200~two\rlines");
    type(&session, "\033[20");
    type(&session, "1~x");
    expect_report(&session, "paste two\nlines\nkey x\n");
    type(&session, "\033[<0;10;5M");
    expect_report(&session, "mouse 0 4,9\n");
    type(&session, "q");
    session_end(&session, true);
}

static int run_without_mouse(void)
{
    struct term_options options = {.mouse = false};
    return app_run(&options);
}

Test(term_pty, no_mouse)
{
    struct session session;
    session_open(&session, run_without_mouse, 80, 24);
    expect_screen(&session, "row 23 of");
    type(&session, "q");
    expect_screen(&session, LEAVES_SCREEN);
    cr_assert_null(memmem(session.screen.text, session.screen.length, "?1000", 5));
    cr_assert_eq(session_end(&session, false), 0);
}

/* ---- Output ---- */

Test(term_pty, unchanged_is_silent)
{
    struct session session;
    start(&session);
    cr_assert_eq(bytes_for(&session, "xxxx"), 0);
    cr_assert_leq(bytes_for(&session, "j"), 70);
    size_t whole = bytes_for(&session, "L");
    cr_assert(whole > 400 && whole < 1000, "%zu", whole);
    type(&session, "q");
    session_end(&session, true);
}

Test(term_pty, the_cursor)
{
    struct session session;
    start(&session);
    type(&session, "c");
    expect_screen(&session, "\033[?25h");
    cr_assert_eq(bytes_for(&session, "xx"), 0);
    type(&session, "c");
    expect_screen(&session, "\033[?25l");
    type(&session, "q");
    session_end(&session, true);
}

Test(term_pty, the_clipboard)
{
    struct session session;
    start(&session);
    type(&session, "y");
    expect_screen(&session, "\033]52;c;Wm/Dqw==\a");
    type(&session, "q");
    session_end(&session, true);
}

/* ---- Size ---- */

Test(term_pty, resizes)
{
    static const int sizes[][2] = {{120, 36}, {1, 1}, {500, 200}, {60, 24}, {2, 100}, {100, 2}, {80, 24}};
    struct session session;
    start(&session);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char wanted[32];
        resize(&session, sizes[i][0], sizes[i][1]);
        snprintf(wanted, sizeof wanted, "resize %dx%d\n", sizes[i][0], sizes[i][1]);
        expect_report(&session, wanted);
    }
    expect_screen(&session, "row 23 of");
    type(&session, "q");
    session_end(&session, true);
}

Test(term_pty, a_storm_of_resizes)
{
    struct session session;
    start(&session);
    for (int i = 0; i < 500; i++)
        resize(&session, 1 + i * 7 % 200, 1 + i * 3 % 60);
    resize(&session, 81, 25);
    expect_report(&session, "resize 81x25\n");
    int seen = 0;
    for (const char *at = session.reports.text; (at = strstr(at, "resize")); at++)
        seen++;
    cr_assert_leq(seen, 501);
    type(&session, "q");
    session_end(&session, true);
}

static int run_storm_in_one_turn(void)
{
    setenv("LINES", "7", 1);
    setenv("COLUMNS", "7", 1);
    app.loop = loop_new();
    struct error error = {0};
    if (term_start(app.loop, &plain_options, app_input, NULL, &error) != STATUS_OK)
        return 1;
    report("size %dx%d %s\n", term_cols(), term_rows(), getenv("LINES") ? "LINES stays" : "");
    for (int i = 0; i < 100; i++)
        kill(getpid(), SIGWINCH);
    loop_turn(app.loop, 0);
    loop_turn(app.loop, 0);
    report("done\n");
    term_stop();
    loop_free(app.loop);
    return 0;
}

Test(term_pty, a_storm_makes_one_resize_a_turn)
{
    struct session session;
    session_open(&session, run_storm_in_one_turn, 80, 24);
    expect_report(&session, "size 80x24 \nresize 80x24\ndone\n"); /* and not what LINES said */
    cr_assert_eq(session_end(&session, false), 0);
}
