#include "centurion/screens/route.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"

bool route_parse(const char *text, struct route *out)
{
    *out = (struct route){0};
    while (*text == '/')
        text++;
    while (*text) {
        size_t length = strcspn(text, "/");
        if (out->count == ROUTE_PARTS || length >= sizeof out->parts[0])
            return false;
        memcpy(out->parts[out->count++], text, length);
        text += length;
        text += strspn(text, "/");
    }
    char *end = out->text;
    for (int i = 0; i < out->count; i++) {
        size_t length = strlen(out->parts[i]);
        if (i)
            *end++ = '/';
        memcpy(end, out->parts[i], length);
        end += length;
    }
    return out->count > 0;
}

void route_format(struct route *out, const char *format, ...)
{
    char text[ROUTE_TEXT * 2];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    route_parse(text, out);
}

/* Of what a part cannot hold, and what marks that. */
static const struct {
    char byte;
    const char *escape;
} escapes[] = {{'/', "%2F"}, {'%', "%25"}};

bool route_escape(const char *text, char out[ROUTE_PART])
{
    size_t used = 0;
    for (; *text; text++) {
        char plain[] = {*text, '\0'};
        const char *piece = *text == escapes[0].byte   ? escapes[0].escape
                            : *text == escapes[1].byte ? escapes[1].escape
                                                       : plain;
        size_t length = strlen(piece);
        if (used + length >= ROUTE_PART)
            return false;
        memcpy(out + used, piece, length);
        used += length;
    }
    out[used] = '\0';
    return used > 0;
}

void route_unescape(const char *part, char out[ROUTE_PART])
{
    size_t used = 0;
    while (*part && used + 1 < ROUTE_PART) {
        char byte = *part;
        size_t length = 1;
        for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++)
            if (!strncmp(part, escapes[i].escape, 3)) {
                byte = escapes[i].byte;
                length = 3;
            }
        out[used++] = byte;
        part += length;
    }
    out[used] = '\0';
}

bool route_id(const struct route *route, int part, int64_t *id)
{
    if (part >= route->count)
        return false;
    char *end;
    long long value = strtoll(route->parts[part], &end, 10);
    if (*end || value <= 0 || value > INT32_MAX)
        return false;
    *id = value;
    return true;
}

bool route_date(const struct route *route, int part, int *date)
{
    return part < route->count && date_parse(route->parts[part], date);
}
