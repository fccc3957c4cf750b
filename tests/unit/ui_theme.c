/* Themes: how colours are found, what is refused, and that the program's own can be read. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "centurion/base/str.h"
#include "centurion/ui/embedded_themes.h"
#include "centurion/ui/theme.h"

static char folder[] = "/tmp/centurion-themes-XXXXXX";

static void path_of(const char *name, char out[256])
{
    snprintf(out, 256, "%s/centurion/themes/%s.theme", folder, name);
}

static void write_theme(const char *name, const char *text)
{
    char path[256];
    path_of(name, path);
    FILE *file = fopen(path, "w");
    cr_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void setup(void)
{
    char path[256];
    cr_assert(mkdtemp(folder));
    setenv("XDG_CONFIG_HOME", folder, 1);
    snprintf(path, sizeof path, "%s/centurion", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/centurion/themes", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
}

static void teardown(void)
{
    static const char *const names[] = {"mine", "other", "mono"};
    char path[256];
    for (int i = 0; i < 3; i++) {
        path_of(names[i], path);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/centurion/themes", folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/centurion", folder);
    rmdir(path);
    cr_expect_eq(rmdir(folder), 0);
}

TestSuite(ui_theme, .init = setup, .fini = teardown);

static struct styles load(const char *name)
{
    struct styles styles = {0};
    struct error error = {0};
    cr_assert_eq(theme_load(name, &styles, &error), STATUS_OK, "%s: %s", name, error.text);
    return styles;
}

static struct styles load_text(const char *text)
{
    write_theme("mine", text);
    return load("mine");
}

static void expect_color(struct color color, int rgb, int indexed, int basic)
{
    cr_expect(color.rgb == rgb && color.indexed == indexed && color.basic == basic, "#%06x color%d color%d",
              (unsigned)color.rgb, color.indexed, color.basic);
}

Test(ui_theme, ways_to_write_a_colour)
{
    struct styles styles = load_text(
        "palette = { mine = \"#102030\"; three = [\"#ffffff\", \"color200\", \"bright-red\"]; };"
        "roles = { text = { fg = \"mine\"; }; good = { fg = \"color130\"; }; warn = { fg = \"bright-blue\"; };"
        " bad = { fg = \"three\"; }; info = { fg = \"default\"; };"
        " note = { fg = (\"mine\", \"default\", \"color3\"); }; };");
    expect_color(styles.foreground[ROLE_TEXT], 0x102030, color_nearest_256(0x102030), color_nearest_16(0x102030));
    expect_color(styles.foreground[ROLE_GOOD], color_of_256(130), 130, color_nearest_16(color_of_256(130)));
    expect_color(styles.foreground[ROLE_WARN], color_of_256(12), 12, 12);
    expect_color(styles.foreground[ROLE_BAD], 0xffffff, 200, 9);
    expect_color(styles.foreground[ROLE_INFO], COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT);
    expect_color(styles.foreground[ROLE_NOTE], 0x102030, COLOR_DEFAULT, 3);
}

Test(ui_theme, roles_look_as_their_parents)
{
    struct styles styles =
        load_text("roles = { accent = { fg = \"#0000ff\"; bold = true; }; dim = { fg = \"#808080\"; };"
                  " key = { bold = false; underline = true; }; header = { parent = \"accent\"; }; };");
    cr_expect_eq(styles.foreground[ROLE_INFO].rgb, 0x0000ff);
    cr_expect_eq(styles.foreground[ROLE_NOTE].rgb, 0x0000ff, "the parent's parent");
    cr_expect_eq(styles.attrs[ROLE_NOTE], (unsigned)STYLE_BOLD);
    cr_expect_eq(styles.foreground[ROLE_KEY].rgb, 0x0000ff);
    cr_expect_eq(styles.attrs[ROLE_KEY], (unsigned)STYLE_UNDERLINE, "each attribute by itself");
    cr_expect_eq(styles.foreground[ROLE_HEADER].rgb, 0x0000ff, "another parent");
    cr_expect_eq(styles.foreground[ROLE_RULE].rgb, 0x808080);
    cr_expect_eq(styles.foreground[ROLE_TEXT].rgb, COLOR_DEFAULT);
    cr_expect_eq(styles.background[GROUND_BAR].rgb, COLOR_DEFAULT);
}

Test(ui_theme, inheritance)
{
    write_theme("other",
                "palette = { hot = \"#ff0000\"; }; roles = { text = { fg = \"#111111\"; }; bad = { fg = \"hot\"; }; "
                "info = { fg = "
                "\"#00ffff\"; }; header = { fg = \"#222222\"; }; }; grounds = { bar = { bg = \"#333333\"; }; };");
    struct styles styles =
        load_text("inherits = \"other\"; roles = { text = { fg = \"#eeeeee\"; }; accent = { fg = \"#0000ff\"; };"
                  " warn = { fg = \"hot\"; }; header = { parent = \"bad\"; }; };");
    cr_expect_eq(styles.foreground[ROLE_TEXT].rgb, 0xeeeeee);
    cr_expect_eq(styles.foreground[ROLE_STRONG].rgb, 0xeeeeee);
    cr_expect_eq(styles.foreground[ROLE_BAD].rgb, 0xff0000, "another text keeps the inherited colours");
    cr_expect_eq(styles.foreground[ROLE_WARN].rgb, 0xff0000, "the inherited palette");
    cr_expect_eq(styles.foreground[ROLE_INFO].rgb, 0x0000ff, "a parent here comes before what is inherited");
    cr_expect_eq(styles.foreground[ROLE_HEADER].rgb, 0xff0000, "the parent named here, as inherited");
    cr_expect_eq(styles.background[GROUND_BAR].rgb, 0x333333);
}

Test(ui_theme, without_colour)
{
    struct styles styles = load_text("roles = { bad = { underline = true; }; warn = { bold = true; }; };"
                                     "grounds = { bar = { bold = true; }; selected = { bg = \"blue\"; }; };"
                                     "mono = { bad = { bold = true; }; selected = { reverse = true; }; };");
    cr_expect_eq(styles.attrs[ROLE_BAD], (unsigned)STYLE_UNDERLINE);
    cr_expect_eq(styles.mono_attrs[ROLE_BAD], (unsigned)(STYLE_UNDERLINE | STYLE_BOLD));
    cr_expect_eq(styles.mono_attrs[ROLE_ERROR], (unsigned)(STYLE_UNDERLINE | STYLE_BOLD));
    cr_expect_eq(styles.mono_attrs[ROLE_WARN], (unsigned)STYLE_BOLD);
    cr_expect_eq(styles.mono_ground_attrs[GROUND_BAR], (unsigned)STYLE_BOLD);
    cr_expect_eq(styles.mono_ground_attrs[GROUND_SELECTED], (unsigned)STYLE_REVERSE);
    cr_expect_eq(styles.ground_attrs[GROUND_SELECTED], 0u);
}

/* where: the line that the message names; hint: what the hint must hold. */
static void refuse(const char *text, const char *where, const char *message, const char *hint)
{
    struct styles styles;
    struct error error = {0};
    write_theme("mine", text);
    cr_expect_eq(theme_load("mine", &styles, &error), STATUS_FAILED, "%s", text);
    cr_expect(strstr(error.text, "mine.theme:") && strstr(error.text, where), "%s", error.text);
    cr_expect(strstr(error.text, message), "%s", error.text);
    cr_expect(strstr(error.hint, hint), "%s: %s", error.text, error.hint);
}

Test(ui_theme, what_is_wrong_is_said)
{
    refuse("roles = {\n bda = { fg = \"red\"; }; };", ":2: ", "\"bda\" is no role", "bad");
    refuse("grounds = { roof = { bg = \"red\"; }; };", ":1: ", "\"roof\" is no ground", "selected");
    refuse("mono = { roof = { bold = true; }; };", ":1: ", "\"roof\" is neither", "popup");
    refuse("palette = { leaf = \"#00ff00\"; };\n\nroles = { bad = { fg = \"reed\"; }; };",
           ":3: ", "\"reed\" is no colour", "leaf");
    refuse("roles = { bad = { fg = \"#12345\"; }; };", ":1: ", "is no colour", "#rrggbb");
    refuse("roles = { bad = { fg = \"#+12345\"; }; };", ":1: ", "is no colour", "#rrggbb");
    refuse("roles = { bad = { fg = \"color256\"; }; };", ":1: ", "is no colour", "color255");
    refuse("roles = { bad = { fg = [\"red\", \"red\"]; }; };", ":1: ", "list of three", "");
    refuse("roles = { bad = { fg = (\"red\", 1, \"red\"); }; };", ":1: ", "no colour", "");
    refuse("palette = { leaf = \"#00ff00\";\n other = \"reed\"; };", ":2: ", "\"reed\" is no colour", "leaf");
    refuse("palette = { x = 7; };", ":1: ", "takes a colour", "");
    refuse("roles = { bad = { bg = \"red\"; }; };", ":1: ", "\"bg\" means nothing here", "fg, parent, bold");
    refuse("grounds = { bar = { fg = \"red\"; }; };", ":1: ", "\"fg\" means nothing here", "bg, bold");
    refuse("mono = { bad = { fg = \"red\"; }; };", ":1: ", "\"fg\" means nothing here", "bold");
    refuse("roles = { bad = { bold = \"yes\"; }; };", ":1: ", "true or false", "");
    refuse("roles = { bad = { parent = \"roof\"; }; };", ":1: ", "\"roof\" is no role", "");
    refuse("roles = { bad = \"red\"; };", ":1: ", "takes a group", "");
    refuse("roles = \"red\";", ":1: ", "takes a group", "");
    refuse("colours = { };", ":1: ", "\"colours\" is no part of a theme", "palette");
    refuse("description = 3;", ":1: ", "takes a text", "");
    refuse("roles = {\n {", ":2: ", "syntax error", "");
    refuse("roles = { good = { parent = \"bad\"; };\n bad = { parent = \"good\"; }; };", "mine.theme:", "in a circle",
           "");
    refuse("roles = { text = { parent = \"dim\"; }; };", "mine.theme:", "in a circle", "");
}

Test(ui_theme, what_is_inherited_must_be_there_and_end)
{
    refuse("\ninherits = \"nothing\";", ":2: ", "no theme of that name", "default");
    refuse("inherits = \"mine\";", ":1: ", "in turn", "");
    write_theme("other", "inherits = \"mine\";");
    struct styles styles;
    struct error error = {0};
    write_theme("mine", "inherits = \"other\";");
    cr_expect_eq(theme_load("mine", &styles, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "other.theme:1: inherits \"mine\""), "%s", error.text);
    write_theme("other", "roles = { bad = { fg = \"reed\"; }; };");
    cr_expect_eq(theme_load("mine", &styles, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "other.theme:1: \"reed\""), "%s", error.text);
}

Test(ui_theme, names_and_paths)
{
    struct styles styles;
    struct error error = {0};
    cr_expect_eq(theme_load("no-such-theme", &styles, &error), STATUS_USAGE);
    cr_expect(strstr(error.hint, "default") && strstr(error.hint, "light"), "%s", error.hint);
    char path[256];
    path_of("mine", path);
    cr_expect_eq(theme_load(path, &styles, &error), STATUS_FAILED);
    cr_expect(strstr(error.text, "cannot be read"), "%s", error.text);
    write_theme("mine", "roles = { bad = { fg = \"#123456\"; }; };");
    cr_expect_eq(load(path).foreground[ROLE_BAD].rgb, 0x123456);
    write_theme("mono", "roles = { bad = { fg = \"#654321\"; }; };");
    cr_expect_eq(load("mono").foreground[ROLE_BAD].rgb, 0x654321, "one's own comes first");
}

static void note(void *arg, const char *name, const char *description)
{
    str_addf(arg, "%s|%s\n", name, description);
}

Test(ui_theme, the_list)
{
    struct str list = {0};
    write_theme("mine", "description = \"My own\";");
    write_theme("other", "nonsense");
    theme_list(note, &list);
    const char *mine = strstr(list.text, "mine|My own\n"), *mono = strstr(list.text, "mono|"),
               *other = strstr(list.text, "other|");
    cr_assert(mine && mono && other && mine < mono && mono < other, "%s", list.text);
    cr_expect(strstr(other, "other.theme:1: syntax error"), "a broken one says so: %s", list.text);
    cr_expect(str_starts(list.text, "colorblind|"), "%s", list.text);
    str_fini(&list);
}

/* ---- The program's own ---- */

/* WCAG 2: relative luminance and contrast ratio. */
static double luminance(int rgb)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double part = ((rgb >> (16 - 8 * i)) & 0xff) / 255.0;
        sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(int a, int b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

/* What a terminal shows for a colour; own: its default. */
static int shown(struct color color, bool indexed, int own)
{
    if (indexed)
        return color.indexed == COLOR_DEFAULT ? own : color_of_256(color.indexed);
    return color.rgb == COLOR_DEFAULT ? own : color.rgb;
}

/* Every text role on every ground, with all colours and with 256, over the backgrounds such terminals have. */
static void check_contrast(const char *name, const int *backgrounds, int count, int own_text, double least)
{
    struct styles styles = load(name);
    for (int i = 0; i < count; i++)
        for (int indexed = 0; indexed < 2; indexed++)
            for (int role = 0; role < ROLE_COUNT; role++)
                for (int ground = 0; ground < GROUND_COUNT; ground++) {
                    int front = shown(styles.foreground[role], indexed, own_text);
                    int back = shown(styles.background[ground], indexed, backgrounds[i]);
                    double ratio = contrast(front, back);
                    cr_expect(role == ROLE_RULE || ratio >= least, "%s: %s on %s, %s: #%06x on #%06x is %.2f", name,
                              role_name((enum role)role), ground_name((enum ground)ground),
                              indexed ? "256 colours" : "all colours", (unsigned)front, (unsigned)back, ratio);
                }
}

Test(ui_theme, text_can_be_read)
{
    static const int dark[] = {0x000000, 0x121212, 0x1e1e1e, 0x282828}, light[] = {0xffffff, 0xfdf6e3, 0xf2f2f2};
    check_contrast("default", dark, 4, 0xd0d0d0, 4.5);
    check_contrast("colorblind", dark, 4, 0xd0d0d0, 4.5);
    check_contrast("high-contrast", dark, 4, 0xd0d0d0, 7);
    check_contrast("light", light, 3, 0x202020, 4.5);
}

Test(ui_theme, no_grey_text_with_sixteen_colours)
{
    for (int i = 0; i < embedded_themes_count; i++) {
        struct styles styles = load(embedded_themes[i].name);
        for (int role = 0; role < ROLE_COUNT; role++)
            cr_expect_neq(styles.foreground[role].basic, 8, "%s: %s is bright black", embedded_themes[i].name,
                          role_name((enum role)role));
    }
}

Test(ui_theme, without_colour_the_cursor_and_the_bars_still_show)
{
    cr_expect_eq(embedded_themes_count, 5);
    for (int i = 0; i < embedded_themes_count; i++) {
        struct styles styles = load(embedded_themes[i].name);
        cr_expect(styles.mono_ground_attrs[GROUND_SELECTED] & STYLE_REVERSE, "%s", embedded_themes[i].name);
        cr_expect(styles.mono_ground_attrs[GROUND_BAR] & STYLE_REVERSE, "%s", embedded_themes[i].name);
        cr_expect(styles.mono_attrs[ROLE_BAD] != styles.mono_attrs[ROLE_TEXT], "%s", embedded_themes[i].name);
    }
}

Test(ui_theme, mono_has_no_colour)
{
    struct styles styles = load("mono");
    for (int role = 0; role < ROLE_COUNT; role++)
        expect_color(styles.foreground[role], COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT);
    for (int ground = 0; ground < GROUND_COUNT; ground++)
        expect_color(styles.background[ground], COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT);
    cr_expect(styles.ground_attrs[GROUND_SELECTED] & STYLE_REVERSE);
}

/* The states are told apart by people who see no red or no green: simulated by Viénot, Brettel and Mollon, 1999. */
static int without_red_or_green(int rgb, bool red)
{
    double linear[3], seen[3];
    for (int i = 0; i < 3; i++)
        linear[i] = pow(((rgb >> (16 - 8 * i)) & 0xff) / 255.0, 2.2);
    double share = red ? 0.11238 : 0.29275;
    seen[0] = seen[1] = share * linear[0] + (1 - share) * linear[1];
    seen[2] = (red ? 0.00401 : -0.02234) * (linear[0] - linear[1]) + linear[2];
    int out = 0;
    for (int i = 0; i < 3; i++)
        out = out << 8 | (int)(255 * pow(seen[i] < 0 ? 0 : seen[i] > 1 ? 1 : seen[i], 1 / 2.2) + 0.5);
    return out;
}

static double distance(int a, int b)
{
    double sum = 0;
    for (int shift = 0; shift <= 16; shift += 8)
        sum += pow(((a >> shift) & 0xff) - ((b >> shift) & 0xff), 2);
    return sqrt(sum);
}

Test(ui_theme, states_are_apart_for_the_colour_blind)
{
    struct styles styles = load("colorblind");
    static const enum role states[] = {ROLE_GOOD, ROLE_WARN, ROLE_BAD};
    for (int red = 0; red < 2; red++)
        for (int i = 0; i < 3; i++) {
            int a = styles.foreground[states[i]].rgb, b = styles.foreground[states[(i + 1) % 3]].rgb;
            double apart = distance(without_red_or_green(a, red), without_red_or_green(b, red));
            cr_expect_gt(apart, 60, "#%06x and #%06x: %.0f", (unsigned)a, (unsigned)b, apart);
        }
}
