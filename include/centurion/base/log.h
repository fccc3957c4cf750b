/* The program's log: a file in the state folder, opened on first use, 0600. Never personal data, never SQL parameters. */
#ifndef CENTURION_BASE_LOG_H
#define CENTURION_BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* path NULL: nothing is written (the default). Lines above level are dropped. */
void log_open(const char *path, enum log_level level);
void log_close(void);
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
