/* Colours: from a theme's values to what the terminal is told, for each kind of terminal. */
#include <criterion/criterion.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/str.h"
#include "centurion/term/term.h"
#include "src/term/canvas.h"
#include "src/term/glyphs.h"
#include "src/term/grid.h"
#include "src/term/paint.h"

static struct styles styles;

static struct color color_at(int rgb, int indexed, int basic)
{
    return (struct color){rgb, indexed, basic};
}

static void setup(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    unsetenv("NO_COLOR");
    for (int i = 0; i < ROLE_COUNT; i++)
        styles.foreground[i] = color_at(COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT);
    for (int i = 0; i < GROUND_COUNT; i++)
        styles.background[i] = color_at(COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT);
    styles.foreground[ROLE_BAD] = color_at(0xd75f5f, 167, 9);
    styles.foreground[ROLE_GOOD] = color_at(0x000003, 2, 2);
    styles.background[GROUND_SELECTED] = color_at(0x303030, 236, 8);
    styles.attrs[ROLE_STRONG] = STYLE_BOLD;
    styles.mono_attrs[ROLE_BAD] = STYLE_BOLD | STYLE_UNDERLINE;
    styles.mono_attrs[ROLE_MATCH] = STYLE_REVERSE;
    styles.mono_ground_attrs[GROUND_SELECTED] = STYLE_REVERSE;
}

TestSuite(term_style, .init = setup);

/* Starts curses for a kind of terminal, as term_start() does, 12 columns by 3 rows. */
static enum term_colors start(const char *type, enum term_colors wanted)
{
    struct error error = {0};
    cr_assert_eq(canvas_start(type, &error), STATUS_OK, "%s", error.text);
    enum term_colors got = paint_start(wanted);
    paint_set_styles(&styles);
    canvas_resize(3, 12);
    grid_resize(3, 12);
    return got;
}

static void stop(void)
{
    canvas_stop();
    paint_stop();
    grid_resize(0, 0);
}

/* What follows the move to where it is drawn. */
static const char *drawn(const struct str *frame)
{
    const char *at = str_text(frame);
    return str_starts(at, "\033[H") ? at + 3 : at + strspn(at, "\b\r");
}

/* The frame in which role on ground draws an x at the top left of an empty screen. */
static void check_frame(enum role role, enum ground ground, const char *expected)
{
    struct str frame = {0};
    struct cell cell = {.chars = {L'x'}, .width = 1, .role = (uint8_t)role, .ground = (uint8_t)ground};
    canvas_frame(&frame, true, -1, -1);
    grid_put(0, 0, &cell);
    canvas_frame(&frame, false, -1, -1);
    cr_expect_str_eq(drawn(&frame), expected, "%s: %s", role_name(role), drawn(&frame));
    str_fini(&frame);
    cell.chars[0] = L' ';
    cell.role = ROLE_TEXT;
    cell.ground = GROUND_PLAIN;
    grid_put(0, 0, &cell);
}

Test(term_style, colours_256)
{
    cr_assert_eq(start("xterm-256color", TERM_COLORS_AUTO), TERM_COLORS_256);
    check_frame(ROLE_BAD, GROUND_PLAIN, "\033[38;5;167mx\033[m");
    check_frame(ROLE_BAD, GROUND_SELECTED, "\033[38;5;167;48;5;236mx\033[m");
    check_frame(ROLE_GOOD, GROUND_PLAIN, "\033[32mx\033[m");
    check_frame(ROLE_STRONG, GROUND_PLAIN, "\033[1mx\033[m");
    check_frame(ROLE_TEXT, GROUND_PLAIN, "x");
    stop();
}

Test(term_style, colours_16)
{
    cr_assert_eq(start("xterm-256color", TERM_COLORS_16), TERM_COLORS_16);
    check_frame(ROLE_BAD, GROUND_SELECTED, "\033[91;100mx\033[m");
    stop();
}

/* Eight colours: the bright half of text is bold. */
Test(term_style, colours_8)
{
    cr_assert_eq(start("xterm", TERM_COLORS_RGB), TERM_COLORS_16);
    check_frame(ROLE_BAD, GROUND_SELECTED, "\033[1;31;40mx\033[m");
    stop();
}

Test(term_style, no_colours)
{
    cr_assert_eq(start("vt100", TERM_COLORS_AUTO), TERM_COLORS_NONE);
    struct paint_look bad = paint_look_of(ROLE_BAD, GROUND_PLAIN);
    cr_assert(bad.foreground == COLOR_DEFAULT && bad.attrs == (STYLE_BOLD | STYLE_UNDERLINE));
    stop();
    cr_assert_eq(start("xterm-256color", TERM_COLORS_NONE), TERM_COLORS_NONE);
    check_frame(ROLE_BAD, GROUND_PLAIN, "\033[1;4mx\033[m");
    check_frame(ROLE_BAD, GROUND_SELECTED, "\033[1;4;7mx\033[m");
    check_frame(ROLE_STRONG, GROUND_PLAIN, "x");   /* its attributes are those of mono */
    check_frame(ROLE_MATCH, GROUND_SELECTED, "x"); /* reverse on reverse stands out by being neither */
    stop();
}

Test(term_style, no_color_in_the_environment)
{
    setenv("NO_COLOR", "", 1);
    cr_assert_eq(start("xterm-256color", TERM_COLORS_AUTO), TERM_COLORS_256);
    stop();
    setenv("NO_COLOR", "1", 1);
    cr_assert_eq(start("xterm-256color", TERM_COLORS_AUTO), TERM_COLORS_NONE);
    stop();
    cr_assert_eq(start("xterm-256color", TERM_COLORS_256), TERM_COLORS_256); /* asked for by name */
    stop();
}

/* Looks that are equal cost nothing: curses sees the same pair. */
Test(term_style, equal_looks_are_one)
{
    struct str frame = {0};
    struct cell cell = {.chars = {L'x'}, .width = 1, .role = ROLE_BAD};
    styles.foreground[ROLE_ERROR] = styles.foreground[ROLE_BAD];
    start("xterm-256color", TERM_COLORS_AUTO);
    grid_put(0, 0, &cell);
    canvas_frame(&frame, true, -1, -1);
    cell.role = ROLE_ERROR;
    grid_put(0, 0, &cell);
    cr_assert_not(canvas_frame(&frame, false, -1, -1));
    cr_assert_eq(frame.length, 0);
    stop();
    str_fini(&frame);
}

/* A new theme shows without anything being drawn again. */
Test(term_style, new_styles_repaint)
{
    struct str frame = {0};
    struct cell cell = {.chars = {L'x'}, .width = 1, .role = ROLE_BAD};
    start("xterm-256color", TERM_COLORS_AUTO);
    grid_put(0, 0, &cell);
    canvas_frame(&frame, true, -1, -1);
    styles.foreground[ROLE_BAD] = color_at(0, 5, 5);
    paint_set_styles(&styles);
    cr_assert(canvas_frame(&frame, false, -1, -1));
    cr_assert_str_eq(drawn(&frame), "\033[35mx\033[m");
    stop();
    str_fini(&frame);
}

/* More looks than a small terminal has pairs: the ground is kept, so that a selection stays visible. */
Test(term_style, too_few_pairs)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        styles.foreground[i] = color_at(0, i, i % 8);
    for (int i = 1; i < GROUND_COUNT; i++)
        styles.background[i] = color_at(0, i, i);
    struct str frame = {0};
    start("xterm", TERM_COLORS_AUTO);
    canvas_resize(ROLE_COUNT, GROUND_COUNT);
    grid_resize(ROLE_COUNT, GROUND_COUNT);
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int ground = 0; ground < GROUND_COUNT; ground++) {
            struct cell cell = {.chars = {L'x'}, .width = 1, .role = (uint8_t)role, .ground = (uint8_t)ground};
            grid_put(role, ground, &cell);
        }
    cr_assert(canvas_frame(&frame, true, -1, -1));
    int selected = 0;
    for (const char *at = frame.text; (at = strstr(at, "42m")); at++)
        selected++;
    cr_assert_eq(selected, ROLE_COUNT);
    stop();
    str_fini(&frame);
}

Test(term_style, nearest_colours)
{
    cr_assert_eq(color_nearest_256(0x000000), 16);
    cr_assert_eq(color_nearest_256(0xffffff), 231);
    cr_assert_eq(color_nearest_256(0x303030), 236);
    cr_assert_eq(color_nearest_256(0xd75f5f), 167);
    cr_assert_eq(color_nearest_16(0xf00808), 9);
    cr_assert_eq(color_nearest_16(0x00c000), 2);
    cr_assert_eq(color_nearest_16(0x000000), 0);
    cr_assert_eq(color_nearest_256(COLOR_DEFAULT), COLOR_DEFAULT);
    cr_assert_eq(color_nearest_16(COLOR_DEFAULT), COLOR_DEFAULT);
    for (int i = 16; i < 256; i++)
        cr_assert_eq(color_of_256(color_nearest_256(color_of_256(i))), color_of_256(i));
}

Test(term_style, names_of_roles_and_grounds)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        cr_assert_eq(role_find(role_name((enum role)i)), i);
    for (int i = 0; i < GROUND_COUNT; i++)
        cr_assert_eq(ground_find(ground_name((enum ground)i)), i);
    cr_assert_eq(role_find("no such"), -1);
    cr_assert_eq(ground_find(""), -1);
    for (int i = 0; i < ROLE_COUNT; i++) { /* every line of parents ends at text */
        int role = i;
        for (int steps = 0; role != ROLE_TEXT; steps++) {
            cr_assert_lt(steps, ROLE_COUNT);
            role = (int)role_parent((enum role)role);
        }
    }
}

/* The budget of a key press: a selection moves by a row of ten fields in five colours, 120 columns wide. */
static void paint_list(int selected)
{
    struct surface screen = term_surface();
    surface_clear(&screen);
    for (int i = 0; i < 30; i++) {
        struct surface row = surface_sub(&screen, i + 2, 0, 1, 120);
        if (i == selected) {
            row = surface_on(&row, GROUND_SELECTED);
            surface_clear(&row);
        }
        surface_text(&row, 0, 1, i % 3 ? ROLE_BAD : ROLE_TEXT, i % 3 ? "!" : " ", -1);
        surface_field(&row, 0, 3, 16, ROLE_STRONG, i % 2 ? "Sam O'Neill" : "Zoë Müller", FIT_LEFT);
        surface_field(&row, 0, 20, 12, ROLE_TEXT, "Jan 6WC  2/6", FIT_LEFT);
        surface_field(&row, 0, 33, 4, ROLE_BAD, "70", FIT_RIGHT);
        surface_text(&row, 0, 37, ROLE_BAD, glyph(GLYPH_BAND_RED), -1);
        surface_field(&row, 0, 39, 3, ROLE_TEXT, "3/5", FIT_RIGHT);
        surface_field(&row, 0, 43, 4, ROLE_TEXT, "43%", FIT_RIGHT);
        surface_field(&row, 0, 48, 4, ROLE_TEXT, "63%", FIT_RIGHT);
        surface_text(&row, 0, 53, i % 2 ? ROLE_GOOD : ROLE_WARN, i % 2 ? "▲7" : "▼20", -1);
        surface_text(&row, 0, 58, ROLE_DIM, "◐2h", -1);
        surface_field(&row, 0, 63, 4, ROLE_TEXT, "3d", FIT_RIGHT);
    }
}

static void check_move(const char *type, size_t most)
{
    struct str frame = {0};
    styles.foreground[ROLE_STRONG] = color_at(0xeeeeee, 255, 15);
    styles.foreground[ROLE_DIM] = color_at(0x808080, 244, 8);
    styles.foreground[ROLE_WARN] = color_at(0xd7af5f, 179, 3);
    styles.foreground[ROLE_GOOD] = color_at(0x87d75f, 113, 2);
    styles.attrs[ROLE_STRONG] = 0;
    start(type, TERM_COLORS_AUTO);
    canvas_resize(36, 120);
    grid_resize(36, 120);
    glyphs_choose(false, false);
    paint_list(0);
    canvas_frame(&frame, true, -1, -1);
    for (int i = 1; i < 30; i++) {
        paint_list(i);
        canvas_frame(&frame, false, -1, -1);
        cr_expect_leq(frame.length, most, "%s: %zu bytes to row %d", type, frame.length, i);
        paint_list(i);
        cr_assert_not(canvas_frame(&frame, false, -1, -1));
    }
    stop();
    str_fini(&frame);
}

Test(term_style, a_moved_selection_is_cheap)
{
    check_move("xterm-256color", 350);
    check_move("tmux-256color", 410); /* cannot erase in a colour: the blanks of the row are sent */
    check_move("linux", 310);
    check_move("vt100", 300);
}

/* CSI b, repeat the last character, is in terminfo but not in every terminal of that name. */
Test(term_style, characters_are_not_repeated)
{
    struct str frame = {0};
    start("xterm-256color", TERM_COLORS_AUTO);
    canvas_resize(5, 100);
    grid_resize(5, 100);
    struct surface screen = term_surface();
    surface_fill(&screen, 0, 0, 3, 100, ROLE_TEXT, L'-');
    canvas_frame(&frame, true, -1, -1);
    cr_assert_gt(frame.length, (size_t)300);
    stop();
    str_fini(&frame);
}
