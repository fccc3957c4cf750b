/* The program's log: a file in the state folder, made on first use, 0600 in folders of 0700. Never personal data, never SQL
 * parameters. A log that cannot be written is given up silently: it must not stop the program. */
#ifndef CENTURION_BASE_LOG_H
#define CENTURION_BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* path NULL: nothing is written (the default). Lines above level are dropped. */
void log_open(const char *path, enum log_level level);
void log_close(void);

/* One line, with the time in UTC and the level; control characters become blanks. errno stays as it was, and %m works. */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
