#include "centurion/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "centurion/base/utf8.h"

/* vsnprintf cuts at a byte; the text must end with a whole character. */
static void cut_at_character(char *text)
{
    size_t length = strlen(text), at = length;
    while (at > 0 && length - at < 4 && ((unsigned char)text[at - 1] & 0xC0) == 0x80)
        at--;
    if (at > 0 && !utf8_valid(text + at - 1, length - at + 1))
        text[at - 1] = '\0';
}

void error_clear(struct error *error)
{
    if (error)
        *error = (struct error){.status = STATUS_OK};
}

enum status error_set(struct error *error, enum status status, const char *format, ...)
{
    if (!error)
        return status;
    char text[sizeof error->text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    cut_at_character(text);
    error->status = status;
    memcpy(error->text, text, sizeof text);
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
    cut_at_character(error->hint);
}

void error_within(struct error *error, const char *format, ...)
{
    if (!error)
        return;
    char context[sizeof error->text], text[sizeof error->text * 2 + 4];
    va_list args;
    va_start(args, format);
    vsnprintf(context, sizeof context, format, args);
    va_end(args);
    snprintf(text, sizeof text, "%s: %s", context, error->text);
    snprintf(error->text, sizeof error->text, "%.*s", (int)sizeof error->text - 1, text);
    cut_at_character(error->text);
}
