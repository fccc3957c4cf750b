/* Amounts of one currency as whole cents; never a float. Text is PostgreSQL's numeric(10,2). */
#ifndef CENTURION_BASE_MONEY_H
#define CENTURION_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

enum { MONEY_TEXT_MAX = 40 };

/* "-1234.5", "+12", ".5"; false, and cents as it was, on anything else, on more than two decimals and on overflow. */
bool money_parse(const char *text, int64_t *cents);

char *money_format(int64_t cents, char out[MONEY_TEXT_MAX]); /* "1,234.50"; returns out */
char *money_iso(int64_t cents, char out[MONEY_TEXT_MAX]);    /* "1234.50", as the server reads it; returns out */
const char *money_symbol(const char *currency);              /* "USD" -> "$"; an unknown code is returned as it is */

#endif
