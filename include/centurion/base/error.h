/* What went wrong, where, and what to do about it. */
#ifndef CENTURION_BASE_ERROR_H
#define CENTURION_BASE_ERROR_H

/* The outcome of a function that can fail. The values are the exit statuses of the command line. */
enum status {
    STATUS_OK = 0,
    STATUS_FAILED = 1,        /* the work failed or found faults */
    STATUS_USAGE = 2,         /* the caller asked for something that makes no sense */
    STATUS_NO_CONNECTION = 3, /* no server, or the link broke */
    STATUS_DENIED = 4,        /* the server said no */
};

/* text: one sentence that says what and where; hint: what to do, or empty. Never longer than shown; cut at a character. */
struct error {
    enum status status;
    char text[480];
    char hint[320];
};

void error_clear(struct error *error);

/* Sets status and text (printf style), clears the hint, and returns status, so that callers can `return error_set(...)`.
 * error may be NULL: then only the status is returned. */
enum status error_set(struct error *error, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds what to do about it (printf style). */
void error_hint(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "context: " before the text, for callers that know more about where. */
void error_within(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
