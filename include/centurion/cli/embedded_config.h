/* The commented default configuration, made by the build from config/centurion.conf. */
#ifndef CENTURION_CLI_EMBEDDED_CONFIG_H
#define CENTURION_CLI_EMBEDDED_CONFIG_H

extern const char embedded_config[]; /* the file, byte for byte */

#endif
