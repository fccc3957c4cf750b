/* A small headless screen for the tests of widgets: drawn, then read back. */
#ifndef TESTS_UNIT_UI_SCREEN_H
#define TESTS_UNIT_UI_SCREEN_H

#include <criterion/criterion.h>
#include <locale.h>

#include "centurion/base/str.h"
#include "centurion/term/term.h"
#include "centurion/ui/widget.h"

static inline void screen_start(int cols, int rows, bool ascii)
{
    struct term_options options = {.ascii = ascii};
    struct error error = {0};
    setlocale(LC_ALL, "C.UTF-8");
    cr_assert_eq(term_start_headless(cols, rows, &options, &error), STATUS_OK, "%s", error.text);
}

/* Sizes the widget to the whole screen and draws it. */
static inline void screen_show(struct widget *widget)
{
    struct surface all = term_surface();
    surface_clear(&all);
    widget_resize(widget, all.rows, all.cols);
    widget_paint(widget, &all);
}

#define screen_expect(expected)                                                                                        \
    do {                                                                                                               \
        struct str shown_ = {0};                                                                                       \
        term_show();                                                                                                   \
        term_snapshot(&shown_, NULL);                                                                                  \
        cr_expect_str_eq(shown_.text, expected, "got\n%s", shown_.text);                                               \
        str_fini(&shown_);                                                                                             \
    } while (0)

#define screen_expect_roles(expected)                                                                                  \
    do {                                                                                                               \
        struct str shown_ = {0};                                                                                       \
        term_show();                                                                                                   \
        term_snapshot(NULL, &shown_);                                                                                  \
        cr_expect_str_eq(shown_.text, expected, "got\n%s", shown_.text);                                               \
        str_fini(&shown_);                                                                                             \
    } while (0)

/* Does the screen show it somewhere? */
static inline bool screen_has(const char *text)
{
    struct str shown = {0};
    term_show();
    term_snapshot(&shown, NULL);
    bool found = strstr(shown.text, text) != NULL;
    str_fini(&shown);
    return found;
}

#endif
