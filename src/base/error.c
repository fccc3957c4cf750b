#include "centurion/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "centurion/base/utf8.h"

void error_clear(struct error *error)
{
    if (error)
        *error = (struct error){.status = STATUS_OK};
}

enum status error_set(struct error *error, enum status status, const char *format, ...)
{
    if (!error)
        return status;
    char text[sizeof error->text]; /* an argument may be the error's own text */
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    utf8_trim(text);
    error->status = status;
    memcpy(error->text, text, strlen(text) + 1);
    error->hint[0] = '\0';
    return status;
}

void error_hint(struct error *error, const char *format, ...)
{
    if (!error)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(error->hint, sizeof error->hint, format, args);
    va_end(args);
    utf8_trim(error->hint);
}

void error_within(struct error *error, const char *format, ...)
{
    if (!error)
        return;
    char context[sizeof error->text], text[2 * sizeof error->text + sizeof ": "];
    va_list args;
    va_start(args, format);
    vsnprintf(context, sizeof context, format, args);
    va_end(args);
    snprintf(text, sizeof text, "%s: %s", context, error->text);
    text[sizeof error->text - 1] = '\0';
    utf8_trim(text);
    memcpy(error->text, text, strlen(text) + 1);
}
