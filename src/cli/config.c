#include "centurion/cli/config.h"

#include <errno.h>
#include <libconfig.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "centurion/base/str.h"
#include "centurion/data/db.h"
#include "words.h"

#define SYSTEM_FILE "/etc/centurion/centurion.conf"

enum { FILE_MAX = 1 << 20 };

struct config {
    char *file, *warning;
    config_t source; /* owns the texts */
    const char *values[SETTING_COUNT];
    char numbers[SETTING_COUNT][16]; /* a choice that was written as a number */
    struct config_pair *pairs;
    int pair_count;
};

static const struct setting_info infos[SETTING_COUNT] = {
#define SETTING(id, name, type, value, allowed, help) [SETTING_##id] = {name, VALUE_##type, value, allowed, help},
#include "centurion/cli/settings.def"
#undef SETTING
};

const struct setting_info *setting_info(enum setting setting)
{
    return &infos[setting];
}

/* ---- faults ---- */

static enum status fault(const struct config *config, const config_setting_t *at, struct error *error, const char *what)
{
    const char *file = config_setting_source_file(at);
    error_set(error, STATUS_USAGE, "%s:%u: %s", file ? file : config->file, config_setting_source_line(at), what);
    return STATUS_USAGE;
}

static enum status unknown(const struct config *config, const config_setting_t *at, struct error *error)
{
    const char *name = config_setting_name(at);
    char *what = mem_printf("there is no setting \"%s\"", name);
    struct str known = {0};
    enum status status = fault(config, at, error, what);
    for (int i = 0; i < SETTING_COUNT; i++) {
        if (words_near(name, infos[i].name)) {
            str_clear(&known);
            str_addf(&known, "Did you mean \"%s\"?", infos[i].name);
            break;
        }
        str_addf(&known, "%s%s", i ? ", " : "The settings are ", infos[i].name);
    }
    error_hint(error, "%s", str_text(&known));
    str_fini(&known);
    free(what);
    return status;
}

static enum status wrong(const struct config *config, const config_setting_t *at, const struct setting_info *info,
                         struct error *error)
{
    char *what = mem_printf("%s: not a value that it can have", info->name);
    enum status status = fault(config, at, error, what);
    error_hint(error, "%s: %s.", info->name, info->allowed);
    free(what);
    return status;
}

/* ---- values ---- */

static enum status check_conninfo(const struct config *config, const config_setting_t *at, const char *value,
                                  struct error *error)
{
    const char *const nothing[] = {NULL};
    struct error found = {0};
    char *checked = db_conninfo_with(value, nothing, &found);
    if (checked) {
        mem_wipe(checked, strlen(checked));
        free(checked);
        return STATUS_OK;
    }
    char *what = mem_printf("profile %s: %s", config_setting_name(at), found.text);
    fault(config, at, error, what);
    error_hint(error, "%s: %s.", infos[SETTING_PROFILES].name, infos[SETTING_PROFILES].allowed);
    free(what);
    return STATUS_USAGE;
}

static enum status take_pair(struct config *config, enum setting setting, const char *set, const config_setting_t *at,
                             struct error *error)
{
    const char *value = config_setting_type(at) == CONFIG_TYPE_STRING ? config_setting_get_string(at) : NULL;
    if (!value || !config_setting_name(at))
        return wrong(config, at, &infos[setting], error);
    if (setting == SETTING_PROFILES && check_conninfo(config, at, value, error) != STATUS_OK)
        return STATUS_USAGE;
    config->pairs = mem_resize(config->pairs, (size_t)config->pair_count + 1, sizeof *config->pairs);
    config->pairs[config->pair_count++] = (struct config_pair){.setting = setting,
                                                               .set = set,
                                                               .name = config_setting_name(at),
                                                               .value = value,
                                                               .line = (int)config_setting_source_line(at)};
    return STATUS_OK;
}

static enum status take_group(struct config *config, enum setting setting, const char *set,
                              const config_setting_t *group, struct error *error)
{
    enum status status = STATUS_OK;
    if (!config_setting_is_group(group))
        return wrong(config, group, &infos[setting], error);
    for (int i = 0; i < config_setting_length(group) && status == STATUS_OK; i++) {
        const config_setting_t *member = config_setting_get_elem(group, (unsigned)i);
        if (infos[setting].type == VALUE_SETS && !set)
            status = take_group(config, setting, config_setting_name(member), member, error);
        else
            status = take_pair(config, setting, set ? set : "", member, error);
    }
    return status;
}

static enum status take_choice(struct config *config, enum setting setting, const config_setting_t *at,
                               struct error *error)
{
    const char *word = config_setting_get_string(at);
    if (config_setting_type(at) == CONFIG_TYPE_INT) {
        snprintf(config->numbers[setting], sizeof config->numbers[setting], "%d", config_setting_get_int(at));
        word = config->numbers[setting];
    }
    if (!word || words_index(infos[setting].allowed, ", ", word) < 0)
        return wrong(config, at, &infos[setting], error);
    config->values[setting] = word;
    return STATUS_OK;
}

static enum status take(struct config *config, enum setting setting, const config_setting_t *at, struct error *error)
{
    const struct setting_info *info = &infos[setting];
    switch (info->type) {
    case VALUE_TEXT:
        if (config_setting_type(at) != CONFIG_TYPE_STRING)
            return wrong(config, at, info, error);
        config->values[setting] = config_setting_get_string(at);
        return STATUS_OK;
    case VALUE_BOOL:
        if (config_setting_type(at) != CONFIG_TYPE_BOOL)
            return wrong(config, at, info, error);
        config->values[setting] = config_setting_get_bool(at) ? "true" : "false";
        return STATUS_OK;
    case VALUE_CHOICE:
        return take_choice(config, setting, at, error);
    case VALUE_PAIRS:
    case VALUE_SETS:
        return take_group(config, setting, NULL, at, error);
    }
    return STATUS_OK;
}

static enum status take_all(struct config *config, struct error *error)
{
    const config_setting_t *root = config_root_setting(&config->source);
    enum status status = STATUS_OK;
    for (int i = 0; i < config_setting_length(root) && status == STATUS_OK; i++) {
        const config_setting_t *at = config_setting_get_elem(root, (unsigned)i);
        int setting = 0;
        while (setting < SETTING_COUNT && !str_equal(infos[setting].name, config_setting_name(at)))
            setting++;
        status = setting < SETTING_COUNT ? take(config, (enum setting)setting, at, error) : unknown(config, at, error);
    }
    const char *profile = config->values[SETTING_PROFILE];
    if (status == STATUS_OK && *profile && !config_find(config, SETTING_PROFILES, profile)) {
        char *what = mem_printf("profile: there is no profile \"%s\"", profile);
        status = fault(config, config_setting_get_member(root, infos[SETTING_PROFILE].name), error, what);
        error_hint(error, "Profiles are given as profiles = { %s = \"host=... dbname=...\"; };", profile);
        free(what);
    }
    return status;
}

/* ---- the file ---- */

static char *find_file(void)
{
    char *own = path_config("centurion.conf");
    if (access(own, F_OK) == 0)
        return own;
    free(own);
    return access(SYSTEM_FILE, F_OK) == 0 ? mem_strdup(SYSTEM_FILE) : NULL;
}

/* The whole text; libconfig's own reading of files ends the program when it meets a folder. */
static enum status read_text(const char *path, struct str *text, mode_t *mode, struct error *error)
{
    struct stat there;
    enum status status = STATUS_OK;
    FILE *file = fopen(path, "re");
    char bytes[4096];
    if (!file || fstat(fileno(file), &there) != 0) {
        status = error_set(error, STATUS_USAGE, "Cannot read the configuration %s: %s", path, strerror(errno));
    } else if (!S_ISREG(there.st_mode) || there.st_size > FILE_MAX) {
        status = error_set(error, STATUS_USAGE, "The configuration %s is %s", path,
                           S_ISREG(there.st_mode) ? "too long" : "no file");
    } else {
        *mode = there.st_mode;
        for (size_t got; (got = fread(bytes, 1, sizeof bytes, file));)
            str_add_bytes(text, bytes, got);
        if (ferror(file))
            status = error_set(error, STATUS_USAGE, "Cannot read the configuration %s: %s", path, strerror(errno));
        else if (text->length && strlen(text->text) != text->length)
            status = error_set(error, STATUS_USAGE, "The configuration %s is not text: it holds a zero byte", path);
    }
    if (file)
        fclose(file);
    return status;
}

/* A password in a connection string or URI. */
static bool holds_password(const char *conninfo)
{
    const char *user = strstr(conninfo, "://"), *host = user ? strchr(user, '@') : NULL;
    const char *colon = user ? strchr(user + 3, ':') : NULL;
    return strstr(conninfo, "password") || (host && colon && colon < host);
}

static void warn(struct config *config, mode_t mode)
{
    if (!(mode & (S_IRGRP | S_IROTH)))
        return;
    for (int i = 0; i < config->pair_count; i++) {
        const struct config_pair *pair = &config->pairs[i];
        if (pair->setting != SETTING_PROFILES || !holds_password(pair->value))
            continue;
        config->warning =
            mem_printf("%s holds a password (line %d) and can be read by others: chmod 600 '%s', or keep the "
                       "password in ~/.pgpass",
                       config->file, pair->line, config->file);
        return;
    }
}

static enum status read_file(struct config *config, struct error *error)
{
    struct str text = {0};
    mode_t mode = 0;
    char *folder = mem_strdup(config->file);
    enum status status = read_text(config->file, &text, &mode, error);
    if (status != STATUS_OK)
        goto done;
    config_set_include_dir(&config->source, dirname(folder)); /* @include names files beside this one */
    if (!config_read_string(&config->source, str_text(&text))) {
        const char *file = config_error_file(&config->source);
        status = error_set(error, STATUS_USAGE, "%s:%d: %s", file ? file : config->file,
                           config_error_line(&config->source), config_error_text(&config->source));
        error_hint(error, "Settings are written name = value; with texts in \"quotes\".");
        goto done;
    }
    status = take_all(config, error);
    if (status == STATUS_OK)
        warn(config, mode);
done:
    free(folder);
    str_fini(&text);
    return status;
}

enum status config_load(const char *file, struct config **out, struct error *error)
{
    struct config *config = mem_alloc(sizeof *config);
    config_init(&config->source);
    for (int i = 0; i < SETTING_COUNT; i++)
        config->values[i] = infos[i].value;
    config->file = file ? mem_strdup(file) : find_file();
    enum status status = config->file ? read_file(config, error) : STATUS_OK;
    if (status != STATUS_OK) {
        config_free(config);
        config = NULL;
    }
    *out = config;
    return status;
}

void config_free(struct config *config)
{
    if (!config)
        return;
    config_destroy(&config->source);
    free(config->file);
    free(config->warning);
    free(config->pairs);
    free(config);
}

/* ---- asking ---- */

const char *config_file(const struct config *config)
{
    return config->file;
}

const char *config_warning(const struct config *config)
{
    return config->warning;
}

const char *config_text(const struct config *config, enum setting setting)
{
    return config->values[setting];
}

bool config_bool(const struct config *config, enum setting setting)
{
    return str_equal(config->values[setting], "true");
}

int config_choice(const struct config *config, enum setting setting)
{
    return words_index(infos[setting].allowed, ", ", config->values[setting]);
}

int config_pair_count(const struct config *config)
{
    return config->pair_count;
}

const struct config_pair *config_pair(const struct config *config, int index)
{
    return &config->pairs[index];
}

const char *config_find(const struct config *config, enum setting group, const char *name)
{
    for (int i = 0; i < config->pair_count; i++)
        if (config->pairs[i].setting == group && str_equal(config->pairs[i].name, name))
            return config->pairs[i].value;
    return NULL;
}
