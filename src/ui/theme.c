#include "centurion/ui/theme.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "centurion/base/str.h"
#include "centurion/ui/embedded_themes.h"
#include "theme_private.h"

#ifndef CENTURION_THEMES_FOLDER /* the build says where themes are installed */
#define CENTURION_THEMES_FOLDER "/usr/local/share/centurion/themes"
#endif

static const char suffix[] = ".theme";

/* ---- Finding ---- */

/* The folders in which themes are looked for, best first; the caller frees each. */
enum { FOLDERS = 2 };
static void folders(char *out[FOLDERS])
{
    out[0] = path_config("themes");
    out[1] = mem_strdup(CENTURION_THEMES_FOLDER);
}

static const struct embedded_theme *find_embedded(const char *name)
{
    for (int i = 0; i < embedded_themes_count; i++)
        if (str_equal(embedded_themes[i].name, name))
            return &embedded_themes[i];
    return NULL;
}

/* Where the text of a theme is; where NULL: nowhere. The caller frees where. */
static struct theme_text find_theme(const char *name)
{
    struct theme_text found = {NULL, NULL};
    if (strchr(name, '/')) {
        found.where = mem_strdup(name);
        return found;
    }
    char *paths[FOLDERS];
    folders(paths);
    for (int i = 0; i < FOLDERS; i++) {
        char *path = found.where ? NULL : mem_printf("%s/%s%s", paths[i], name, suffix);
        if (path && access(path, F_OK) == 0)
            found.where = mem_strdup(path);
        free(path);
        free(paths[i]);
    }
    const struct embedded_theme *embedded = found.where ? NULL : find_embedded(name);
    if (embedded) {
        found.where = mem_printf("%s%s", name, suffix);
        found.text = embedded->text;
    }
    return found;
}

/* ---- All names ---- */

struct names {
    char **names;
    int count;
};

static void add_name(struct names *names, const char *name, size_t length)
{
    char *copy = mem_strndup(name, length);
    int at = 0;
    while (at < names->count && strcmp(names->names[at], copy) < 0)
        at++;
    if (at < names->count && strcmp(names->names[at], copy) == 0) {
        free(copy);
        return;
    }
    names->names = mem_resize(names->names, (size_t)names->count + 1, sizeof *names->names);
    memmove(names->names + at + 1, names->names + at, (size_t)(names->count - at) * sizeof *names->names);
    names->names[at] = copy;
    names->count++;
}

static struct names all_names(void)
{
    struct names names = {0};
    char *paths[FOLDERS];
    folders(paths);
    for (int i = 0; i < FOLDERS; i++) {
        DIR *dir = opendir(paths[i]);
        for (const struct dirent *entry; dir && (entry = readdir(dir));) {
            size_t length = strlen(entry->d_name), tail = sizeof suffix - 1;
            if (length > tail && str_equal(entry->d_name + length - tail, suffix))
                add_name(&names, entry->d_name, length - tail);
        }
        if (dir)
            closedir(dir);
        free(paths[i]);
    }
    for (int i = 0; i < embedded_themes_count; i++)
        add_name(&names, embedded_themes[i].name, strlen(embedded_themes[i].name));
    return names;
}

static void names_fini(struct names *names)
{
    for (int i = 0; i < names->count; i++)
        free(names->names[i]);
    free(names->names);
}

/* ---- Loading ---- */

/* The themes on the way from the one asked for to the one being loaded. */
struct chain {
    const char *where;
    const struct chain *heir;
};

static enum status load(const char *name, const struct chain *heir, int line, struct theme *theme, struct error *error);

static enum status inherit(void *arg, const char *name, int line, struct theme **base, struct error *error)
{
    struct theme *theme = mem_alloc(sizeof *theme);
    *base = theme; /* freed with its heir, whatever comes */
    return load(name, arg, line, theme, error);
}

static enum status no_theme(const char *name, const struct chain *heir, int line, struct error *error)
{
    struct str words = {0};
    struct names names = all_names();
    if (heir)
        error_set(error, STATUS_FAILED, "%s:%d: inherits \"%s\", and there is no theme of that name", heir->where, line,
                  name);
    else
        error_set(error, STATUS_USAGE, "there is no theme called \"%s\"", name);
    for (int i = 0; i < names.count; i++)
        str_addf(&words, "%s%s", i ? ", " : "", names.names[i]);
    error_hint(error, "Themes: %s; or the path of a file, with a slash.", str_text(&words));
    names_fini(&names);
    str_fini(&words);
    return heir ? STATUS_FAILED : STATUS_USAGE;
}

static enum status load(const char *name, const struct chain *heir, int line, struct theme *theme, struct error *error)
{
    struct theme_text text = find_theme(name);
    enum status status;
    if (!text.where)
        return no_theme(name, heir, line, error);
    for (const struct chain *at = heir; at; at = at->heir)
        if (str_equal(at->where, text.where)) {
            status = error_set(error, STATUS_FAILED, "%s:%d: inherits \"%s\", which inherits from this theme in turn",
                               heir->where, line, name);
            error_hint(error, "A theme of your own needs a name of its own to inherit one of the program's.");
            goto end;
        }
    struct chain own = {text.where, heir};
    status = theme_parse(&text, inherit, &own, theme, error);
end:
    free(text.where);
    return status;
}

/* ---- Listing ---- */

void theme_list(theme_list_fn *fn, void *arg)
{
    struct names names = all_names();
    for (int i = 0; i < names.count; i++) {
        struct theme theme = {0};
        struct error error;
        if (load(names.names[i], NULL, 0, &theme, &error) == STATUS_OK)
            fn(arg, names.names[i], theme.description ? theme.description : "");
        else /* one that is no good is listed too, with what is wrong */
            fn(arg, names.names[i], error.text);
        theme_fini(&theme);
    }
    names_fini(&names);
}

/* ---- Resolving ---- */

/* What a property is said by: a colour (attr 0) or one attribute. */
static bool says(const struct theme_spec *spec, unsigned attr)
{
    return attr ? (spec->attr_mask & attr) != 0 : spec->has_color;
}

/* The role, its parents, then the same in the inherited theme. mono: in the specs for terminals without colour; parents
 * are those of the roles there, too. The parent "text" is left to the caller unless a theme names it. */
static const struct theme_spec *find_spec(const struct theme *theme, enum role role, unsigned attr, bool mono)
{
    for (; theme; theme = theme->base) {
        for (enum role at = role;;) {
            const struct theme_spec *spec = mono ? &theme->mono_roles[at] : &theme->roles[at];
            if (says(spec, attr))
                return spec;
            int named = theme->roles[at].parent;
            enum role next = named >= 0 ? (enum role)named : role_parent(at);
            if (named >= 0 && at == role)
                role = next; /* what it is said to look like here holds for what is inherited */
            if (next == at || (next == ROLE_TEXT && named < 0))
                break;
            at = next;
        }
    }
    return NULL;
}

static const struct theme_spec *find_role(const struct theme *theme, enum role role, unsigned attr, bool mono)
{
    const struct theme_spec *spec = find_spec(theme, role, attr, mono);
    return spec || attr ? spec : find_spec(theme, ROLE_TEXT, attr, mono);
}

static const struct theme_spec *find_ground(const struct theme *theme, enum ground ground, unsigned attr, bool mono)
{
    for (; theme; theme = theme->base) {
        const struct theme_spec *spec = mono ? &theme->mono_grounds[ground] : &theme->grounds[ground];
        if (says(spec, attr))
            return spec;
    }
    return NULL;
}

static unsigned attr_of(const struct theme_spec *spec, unsigned attr, unsigned otherwise)
{
    return spec ? spec->attrs & attr : otherwise & attr;
}

static void resolve(const struct theme *theme, struct styles *styles)
{
    static const struct color terminal = {COLOR_DEFAULT, COLOR_DEFAULT, COLOR_DEFAULT};
    static const unsigned attrs[] = {STYLE_BOLD, STYLE_DIM, STYLE_UNDERLINE, STYLE_REVERSE, STYLE_ITALIC};
    *styles = (struct styles){0};
    for (int i = 0; i < ROLE_COUNT; i++) {
        const struct theme_spec *spec = find_role(theme, (enum role)i, 0, false);
        styles->foreground[i] = spec ? spec->color : terminal;
        for (size_t k = 0; k < sizeof attrs / sizeof attrs[0]; k++) {
            unsigned colored = attr_of(find_role(theme, (enum role)i, attrs[k], false), attrs[k], 0);
            styles->attrs[i] |= colored;
            styles->mono_attrs[i] |= attr_of(find_role(theme, (enum role)i, attrs[k], true), attrs[k], colored);
        }
    }
    for (int i = 0; i < GROUND_COUNT; i++) {
        const struct theme_spec *spec = find_ground(theme, (enum ground)i, 0, false);
        styles->background[i] = spec ? spec->color : terminal;
        for (size_t k = 0; k < sizeof attrs / sizeof attrs[0]; k++) {
            unsigned colored = attr_of(find_ground(theme, (enum ground)i, attrs[k], false), attrs[k], 0);
            styles->ground_attrs[i] |= colored;
            styles->mono_ground_attrs[i] |=
                attr_of(find_ground(theme, (enum ground)i, attrs[k], true), attrs[k], colored);
        }
    }
}

enum status theme_load(const char *name, struct styles *styles, struct error *error)
{
    struct theme theme = {0};
    enum status status = load(name ? name : "default", NULL, 0, &theme, error);
    if (!status)
        resolve(&theme, styles);
    theme_fini(&theme);
    return status;
}
