/* Reading theme files, with a message for everything that is not as it should be. */
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "theme_private.h"

static const char *const color_names[16] = {
    "black",       "red",          "green",      "yellow",       "blue",          "magenta",     "cyan",
    "white",       "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta",
    "bright-cyan", "bright-white",
};

static const struct attr_name {
    const char *name;
    unsigned attr;
} attr_names[] = {
    {"bold", STYLE_BOLD},       {"dim", STYLE_DIM},       {"underline", STYLE_UNDERLINE},
    {"reverse", STYLE_REVERSE}, {"italic", STYLE_ITALIC},
};

/* "FILE:LINE: words", from wherever it is noticed. */
struct parser {
    struct theme *theme;
    struct error *error;
};

static enum status wrong(const struct parser *parser, const config_setting_t *setting, const char *words,
                         const char *what)
{
    return error_set(parser->error, STATUS_FAILED, "%s:%d: \"%s\" %s", parser->theme->where,
                     (int)config_setting_source_line(setting), what, words);
}

/* ---- Colours ---- */

static struct color indexed_color(int index)
{
    int rgb = color_of_256(index);
    return (struct color){rgb, index, index < 16 ? index : color_nearest_16(rgb)};
}

/* Digits only, no sign, no blanks. */
static bool parse_number(const char *text, const char *digits, int base, size_t least, size_t most, int *out)
{
    size_t length = strspn(text, digits);
    if (length < least || length > most || text[length])
        return false;
    *out = (int)strtol(text, NULL, base);
    return true;
}

bool theme_color_parse(const struct theme *theme, const char *text, struct color *out)
{
    int number;
    for (; theme; theme = theme->base)
        for (int i = 0; i < theme->palette_count; i++)
            if (str_equal(theme->palette[i].name, text)) {
                *out = theme->palette[i].color;
                return true;
            }
    if (str_equal(text, "default")) {
        *out = (struct color){COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT};
        return true;
    }
    for (int i = 0; i < 16; i++)
        if (str_equal(text, color_names[i])) {
            *out = indexed_color(i);
            return true;
        }
    if (text[0] == '#' && parse_number(text + 1, "0123456789abcdefABCDEF", 16, 6, 6, &number)) {
        *out = (struct color){number, color_nearest_256(number), color_nearest_16(number)};
        return true;
    }
    if (str_starts(text, "color") && parse_number(text + 5, "0123456789", 10, 1, 3, &number) && number < 256) {
        *out = indexed_color(number);
        return true;
    }
    return false;
}

static enum status bad_color(const struct parser *parser, const config_setting_t *setting, const char *text)
{
    struct str names = {0};
    wrong(parser, setting, "is no colour", text);
    for (const struct theme *theme = parser->theme; theme; theme = theme->base)
        for (int i = 0; i < theme->palette_count && names.length < 160; i++)
            str_addf(&names, "%s, ", theme->palette[i].name);
    error_hint(parser->error, "Colours: %s#rrggbb, color0 to color255, default, black, red, ... bright-white.",
               str_text(&names));
    str_fini(&names);
    return STATUS_FAILED;
}

/* One colour for all terminals, or three: for those with all, with 256, and with 16 colours. */
static enum status parse_color(const struct parser *parser, const config_setting_t *setting,
                               const struct theme *palette, struct color *out)
{
    const char *text = config_setting_get_string(setting);
    if (text)
        return theme_color_parse(palette, text, out) ? STATUS_OK : bad_color(parser, setting, text);
    struct color parts[3];
    bool several = config_setting_is_list(setting) || config_setting_is_array(setting);
    if (!several || config_setting_length(setting) != 3)
        return wrong(parser, setting, "takes a colour, or a list of three: rgb, of 256, of 16",
                     config_setting_name(setting));
    for (int i = 0; i < 3; i++) {
        text = config_setting_get_string_elem(setting, i);
        if (!text)
            return wrong(parser, setting, "holds something that is no colour", config_setting_name(setting));
        if (!theme_color_parse(palette, text, &parts[i]))
            return bad_color(parser, setting, text);
    }
    *out = (struct color){parts[0].rgb, parts[1].indexed, parts[2].basic};
    return STATUS_OK;
}

static enum status parse_palette(const struct parser *parser, const config_setting_t *group)
{
    struct theme *theme = parser->theme;
    int count = config_setting_length(group);
    theme->palette = mem_array((size_t)count + 1, sizeof *theme->palette);
    enum status status = STATUS_OK;
    for (int i = 0; i < count && !status; i++) {
        const config_setting_t *setting = config_setting_get_elem(group, (unsigned)i);
        /* Here a name that is also a basic colour's means that one; those of the palette are not known yet. */
        status = parse_color(parser, setting, NULL, &theme->palette[i].color);
        if (!status)
            theme->palette[theme->palette_count++].name = mem_strdup(config_setting_name(setting));
    }
    return status;
}

/* ---- Roles and grounds ---- */

static enum status unknown(const struct parser *parser, const config_setting_t *setting, const char *kind, bool roles,
                           bool grounds)
{
    struct str names = {0};
    for (int i = 0; roles && i < ROLE_COUNT; i++)
        str_addf(&names, "%s%s", names.length ? ", " : "", role_name((enum role)i));
    for (int i = 0; grounds && i < GROUND_COUNT; i++)
        str_addf(&names, "%s%s", names.length ? ", " : "", ground_name((enum ground)i));
    wrong(parser, setting, kind, config_setting_name(setting));
    error_hint(parser->error, "There are: %s.", str_text(&names));
    str_fini(&names);
    return STATUS_FAILED;
}

/* Takes one of the attributes; false when the setting is none of them. */
static bool parse_attr(const struct parser *parser, const config_setting_t *setting, struct theme_spec *spec,
                       enum status *status)
{
    const char *name = config_setting_name(setting);
    for (size_t i = 0; i < sizeof attr_names / sizeof attr_names[0]; i++) {
        if (!str_equal(name, attr_names[i].name))
            continue;
        if (config_setting_type(setting) != CONFIG_TYPE_BOOL) {
            *status = wrong(parser, setting, "is true or false", name);
            return true;
        }
        spec->attr_mask |= attr_names[i].attr;
        if (config_setting_get_bool(setting))
            spec->attrs |= attr_names[i].attr;
        return true;
    }
    return false;
}

static enum status parse_parent(const struct parser *parser, const config_setting_t *setting, struct theme_spec *spec)
{
    const char *text = config_setting_get_string(setting);
    spec->parent = text ? role_find(text) : -1;
    if (spec->parent >= 0)
        return STATUS_OK;
    wrong(parser, setting, text ? "is no role that can be a parent" : "takes the name of a role",
          text ? text : "parent");
    return STATUS_FAILED;
}

/* color: "fg" or "bg", or NULL where there is none; parents: may it say one? */
static enum status parse_spec(const struct parser *parser, const config_setting_t *group, const char *color,
                              bool parents, struct theme_spec *spec)
{
    enum status status = STATUS_OK;
    if (!config_setting_is_group(group))
        return wrong(parser, group, "takes a group, as in { bold = true; }", config_setting_name(group));
    spec->line = (int)config_setting_source_line(group);
    for (int i = 0; i < config_setting_length(group) && !status; i++) {
        const config_setting_t *setting = config_setting_get_elem(group, (unsigned)i);
        const char *name = config_setting_name(setting);
        if (color && str_equal(name, color)) {
            status = parse_color(parser, setting, parser->theme, &spec->color);
            spec->has_color = true;
        } else if (parents && str_equal(name, "parent")) {
            status = parse_parent(parser, setting, spec);
        } else if (!parse_attr(parser, setting, spec, &status)) {
            status = wrong(parser, setting, "means nothing here", name);
            error_hint(parser->error, "There are: %s%s%sbold, dim, underline, reverse, italic.", color ? color : "",
                       color ? ", " : "", parents ? "parent, " : "");
        }
    }
    return status;
}

static enum status parse_roles(const struct parser *parser, const config_setting_t *setting)
{
    int role = role_find(config_setting_name(setting));
    if (role < 0)
        return unknown(parser, setting, "is no role", true, false);
    return parse_spec(parser, setting, "fg", true, &parser->theme->roles[role]);
}

static enum status parse_grounds(const struct parser *parser, const config_setting_t *setting)
{
    int ground = ground_find(config_setting_name(setting));
    if (ground < 0)
        return unknown(parser, setting, "is no ground", false, true);
    return parse_spec(parser, setting, "bg", false, &parser->theme->grounds[ground]);
}

static enum status parse_mono(const struct parser *parser, const config_setting_t *setting)
{
    int role = role_find(config_setting_name(setting)), ground = ground_find(config_setting_name(setting));
    if (role < 0 && ground < 0)
        return unknown(parser, setting, "is neither a role nor a ground", true, true);
    return parse_spec(parser, setting, NULL, false,
                      role >= 0 ? &parser->theme->mono_roles[role] : &parser->theme->mono_grounds[ground]);
}

typedef enum status section_fn(const struct parser *parser, const config_setting_t *setting);

static enum status parse_section(const struct parser *parser, const config_t *config, const char *name,
                                 section_fn *each)
{
    const config_setting_t *group = config_lookup(config, name);
    enum status status = STATUS_OK;
    if (group && !config_setting_is_group(group))
        return wrong(parser, group, "takes a group", name);
    for (int i = 0; group && i < config_setting_length(group) && !status; i++)
        status = each(parser, config_setting_get_elem(group, (unsigned)i));
    return status;
}

/* ---- The file ---- */

/* A role whose parents come back to it looks like nothing. */
static enum status check_parents(const struct parser *parser)
{
    const struct theme *theme = parser->theme;
    for (int role = 0; role < ROLE_COUNT; role++) {
        int at = role;
        for (int steps = 0; at != ROLE_TEXT || theme->roles[at].parent >= 0; steps++) {
            int parent = theme->roles[at].parent;
            at = parent >= 0 ? parent : (int)role_parent((enum role)at);
            if (steps <= ROLE_COUNT)
                continue;
            int line = theme->roles[role].line ? theme->roles[role].line : theme->roles[at].line;
            error_set(parser->error, STATUS_FAILED, "%s:%d: the parents of role \"%s\" go round in a circle",
                      theme->where, line, role_name((enum role)role));
            error_hint(parser->error, "One of them must not name a parent.");
            return STATUS_FAILED;
        }
    }
    return STATUS_OK;
}

static enum status check_settings(const struct parser *parser, const config_t *config)
{
    const config_setting_t *root = config_root_setting(config);
    for (int i = 0; i < config_setting_length(root); i++) {
        const config_setting_t *setting = config_setting_get_elem(root, (unsigned)i);
        const char *name = config_setting_name(setting);
        bool text = str_equal(name, "inherits") || str_equal(name, "description");
        if (!text && !str_equal(name, "palette") && !str_equal(name, "roles") && !str_equal(name, "grounds") &&
            !str_equal(name, "mono")) {
            wrong(parser, setting, "is no part of a theme", name);
            error_hint(parser->error, "There are: inherits, description, palette, roles, grounds, mono.");
            return STATUS_FAILED;
        }
        if (text && config_setting_type(setting) != CONFIG_TYPE_STRING)
            return wrong(parser, setting, "takes a text", name);
        if (!text && !config_setting_is_group(setting))
            return wrong(parser, setting, "takes a group, as in { ... }", name);
    }
    return STATUS_OK;
}

static enum status parse(const struct parser *parser, const config_t *config, theme_inherit_fn *inherit, void *arg)
{
    struct theme *theme = parser->theme;
    const config_setting_t *inherits = config_lookup(config, "inherits"), *palette = config_lookup(config, "palette");
    const char *description;
    enum status status = check_settings(parser, config);
    if (!status && config_lookup_string(config, "description", &description))
        theme->description = mem_strdup(description);
    if (!status && inherits)
        status = inherit(arg, config_setting_get_string(inherits), (int)config_setting_source_line(inherits),
                         &theme->base, parser->error);
    if (!status && palette)
        status = parse_palette(parser, palette);
    if (!status)
        status = parse_section(parser, config, "roles", parse_roles);
    if (!status)
        status = parse_section(parser, config, "grounds", parse_grounds);
    if (!status)
        status = parse_section(parser, config, "mono", parse_mono);
    return status ? status : check_parents(parser);
}

enum status theme_parse(const struct theme_text *text, theme_inherit_fn *inherit, void *arg, struct theme *theme,
                        struct error *error)
{
    struct parser parser = {theme, error};
    theme->where = mem_strdup(text->where);
    for (int i = 0; i < ROLE_COUNT; i++)
        theme->roles[i].parent = -1;
    config_t config;
    config_init(&config);
    enum status status;
    int read = text->text ? config_read_string(&config, text->text) : config_read_file(&config, text->where);
    if (read)
        status = parse(&parser, &config, inherit, arg);
    else if (config_error_type(&config) == CONFIG_ERR_FILE_IO)
        status = error_set(error, STATUS_FAILED, "%s: the file cannot be read", text->where);
    else
        status = error_set(error, STATUS_FAILED, "%s:%d: %s", text->where, config_error_line(&config),
                           config_error_text(&config));
    config_destroy(&config);
    return status;
}

void theme_fini(struct theme *theme)
{
    for (int i = 0; i < theme->palette_count; i++)
        free(theme->palette[i].name);
    free(theme->palette);
    free(theme->where);
    free(theme->description);
    if (theme->base)
        theme_fini(theme->base);
    free(theme->base);
}
