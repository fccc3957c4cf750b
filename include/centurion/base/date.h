/* Civil dates of the proleptic Gregorian calendar, as whole days since 1970-01-01: years 1 to 9999, or DATE_NONE for no
 * date. No time zones here: the server converts. */
#ifndef CENTURION_BASE_DATE_H
#define CENTURION_BASE_DATE_H

#include <stdbool.h>

#define DATE_NONE (-2147483647 - 1)

enum { DATE_TEXT_MAX = 24 };

int date_from_civil(int year, int month, int day); /* Howard Hinnant's days_from_civil; the parts are date_valid() */
void date_to_civil(int date, int *year, int *month, int *day); /* date is not DATE_NONE */
bool date_valid(int year, int month, int day);

/* ISO 8601 "2026-01-16" (a time after the day is ignored); false and DATE_NONE when it is none. */
bool date_parse(const char *text, int *out);

int date_weekday(int date);                /* ISO: 1 Monday .. 7 Sunday; date is not DATE_NONE */
int date_monday(int date);                 /* the Monday of its week; DATE_NONE stays */
int date_iso_week(int date, int *year);    /* ISO 8601: 1..53, and the year that the week belongs to */
int date_add_months(int date, int months); /* the day is cut to the month's length; DATE_NONE stays */

/* As text; DATE_NONE is empty. Each returns out. */
char *date_iso(int date, char out[DATE_TEXT_MAX]);       /* "2026-01-16" */
char *date_short(int date, char out[DATE_TEXT_MAX]);     /* "Fri 16 Jan" */
char *date_day_month(int date, char out[DATE_TEXT_MAX]); /* "16 Jan" */
const char *date_weekday_name(int weekday);              /* "Mon"; empty outside 1..7 */
const char *date_month_name(int month);                  /* "Jan"; empty outside 1..12 */

#endif
