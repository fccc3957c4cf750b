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
