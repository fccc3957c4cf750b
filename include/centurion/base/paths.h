/* Where files live: the XDG base folders, https://specifications.freedesktop.org/basedir-spec/ . Nothing is created here.
 * Without a variable: .config, .local/state and .local/share in $HOME, or in the account's home where HOME is unset. */
#ifndef CENTURION_BASE_PATHS_H
#define CENTURION_BASE_PATHS_H

/* Each result is heap memory that the caller frees, without a trailing slash. name is appended ("centurion.conf"), or NULL. */
char *path_config(const char *name);                   /* $XDG_CONFIG_HOME/centurion/name */
char *path_state(const char *name);                    /* $XDG_STATE_HOME/centurion/name */
char *path_data(const char *name);                     /* $XDG_DATA_HOME/centurion/name */
char *path_join(const char *folder, const char *name); /* one slash between, whatever folder ends with */

#endif
