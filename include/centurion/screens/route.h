/* Routes: every place has an address, "review/2026-11-16/214". Parts are split at '/', never empty. */
#ifndef CENTURION_SCREENS_ROUTE_H
#define CENTURION_SCREENS_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

enum { ROUTE_PARTS = 4, ROUTE_PART = 96, ROUTE_TEXT = ROUTE_PARTS * ROUTE_PART };

struct route {
    char text[ROUTE_TEXT]; /* normalised */
    char parts[ROUTE_PARTS][ROUTE_PART];
    int count;
};

/* False when it is empty, too long or has too many parts. */
bool route_parse(const char *text, struct route *out);
void route_format(struct route *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool route_id(const struct route *route, int part, int64_t *id); /* a positive number */
bool route_date(const struct route *route, int part, int *date); /* an ISO date */

/* Any text as a part of a route, and back. False when it is too long, or empty. */
bool route_escape(const char *text, char out[ROUTE_PART]);
void route_unescape(const char *part, char out[ROUTE_PART]);

#endif
