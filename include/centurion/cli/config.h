/* centurion.conf: read once, checked whole, never written. */
#ifndef CENTURION_CLI_CONFIG_H
#define CENTURION_CLI_CONFIG_H

#include <stdbool.h>

#include "centurion/base/error.h"

enum setting {
#define SETTING(id, name, type, value, allowed, help) SETTING_##id,
#include "centurion/cli/settings.def"
#undef SETTING
    SETTING_COUNT
};

enum setting_type { VALUE_TEXT, VALUE_BOOL, VALUE_CHOICE, VALUE_PAIRS, VALUE_SETS };

struct setting_info {
    const char *name;
    enum setting_type type;
    const char *value, *allowed, *help;
};

const struct setting_info *setting_info(enum setting setting);

/* One line of a group. set is the name of the group around it where there are several (key-sets), else "". */
struct config_pair {
    enum setting setting;
    const char *set, *name, *value;
    int line;
};

struct config;

/* file: the one to read; NULL: $XDG_CONFIG_HOME/centurion/centurion.conf, else /etc/centurion/centurion.conf, else the
 * defaults. STATUS_USAGE with "FILE:LINE: what" and the allowed values for anything unknown or wrong. */
enum status config_load(const char *file, struct config **config, struct error *error);
void config_free(struct config *config);

const char *config_file(const struct config *config);    /* NULL when there is none */
const char *config_warning(const struct config *config); /* one sentence for the user, or NULL */

/* Values are valid as long as config. */
const char *config_text(const struct config *config, enum setting setting);
bool config_bool(const struct config *config, enum setting setting);
int config_choice(const struct config *config, enum setting setting); /* index among the allowed words */

/* The pairs of a group, in the order of the file; set NULL: of any set. */
int config_pair_count(const struct config *config);
const struct config_pair *config_pair(const struct config *config, int index);
const char *config_find(const struct config *config, enum setting group,
                        const char *name); /* NULL when there is none */

#endif
