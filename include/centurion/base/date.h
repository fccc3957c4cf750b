/* Civil dates of the proleptic Gregorian calendar, as days since 1970-01-01. No time zones here: the server converts. */
#ifndef CENTURION_BASE_DATE_H
#define CENTURION_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>

#define DATE_NONE (-2147483647 - 1)

enum { DATE_TEXT_MAX = 24 };

int date_from_civil(int year, int month, int day); /* Howard Hinnant's days_from_civil */
void date_to_civil(int date, int *year, int *month, int *day);
bool date_valid(int year, int month, int day);

/* ISO 8601 "2026-01-16" (a time after the day is ignored); false and DATE_NONE when it is none. */
bool date_parse(const char *text, int *out);

int date_weekday(int date);          /* ISO: 1 Monday .. 7 Sunday */
int date_monday(int date);     /* the Monday of its week */
int date_iso_week(int date, int *year);
int date_add_months(int date, int months); /* the day is cut to the month's length */

/* "2026-01-16", "Fri 16 Jan", "16 Jan", "Fri", "January 2026". Returns out. */
char *date_iso(int date, char out[DATE_TEXT_MAX]);
char *date_short(int date, char out[DATE_TEXT_MAX]);
char *date_day_month(int date, char out[DATE_TEXT_MAX]);
const char *date_weekday_name(int weekday);  /* "Mon" */
const char *date_month_name(int month);      /* "Jan" */

#endif
