#include "centurion/base/date.h"

#include <stdio.h>

int date_from_civil(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void date_to_civil(int date, int *year, int *month, int *day)
{
    int shifted = date + 719468;
    int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int day_of_era = shifted - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month + (shifted_month < 10 ? 3 : -9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool date_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= month_days(year, month);
}

/* Exactly `digits` digits at *text. */
static bool number(const char **text, int digits, int *out)
{
    *out = 0;
    for (int i = 0; i < digits; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        *out = *out * 10 + (**text - '0');
    }
    return true;
}

bool date_parse(const char *text, int *out)
{
    int year, month, day;
    *out = DATE_NONE;
    if (!number(&text, 4, &year) || *text++ != '-' || !number(&text, 2, &month) || *text++ != '-' ||
        !number(&text, 2, &day))
        return false;
    /* A time follows, and nothing else: "0044-03-15 BC" is another date. */
    bool ends = !*text || ((*text == ' ' || *text == 'T') && text[1] >= '0' && text[1] <= '9');
    if (!ends || !date_valid(year, month, day))
        return false;
    *out = date_from_civil(year, month, day);
    return true;
}

int date_weekday(int date)
{
    int weekday = (date + 3) % 7; /* 1970-01-01 was a Thursday */
    return (weekday < 0 ? weekday + 7 : weekday) + 1;
}

int date_monday(int date)
{
    return date == DATE_NONE ? DATE_NONE : date - date_weekday(date) + 1;
}

int date_iso_week(int date, int *year)
{
    int month, day, thursday = date_monday(date) + 3; /* a week belongs to the year of its Thursday */
    date_to_civil(thursday, year, &month, &day);
    return (thursday - date_from_civil(*year, 1, 1)) / 7 + 1;
}

int date_add_months(int date, int months)
{
    int year, month, day;
    if (date == DATE_NONE)
        return DATE_NONE;
    date_to_civil(date, &year, &month, &day);
    int total = year * 12 + month - 1 + months;
    year = total / 12;
    month = total % 12 + 1;
    int last = month_days(year, month);
    return date_from_civil(year, month, day < last ? day : last);
}

enum style { STYLE_ISO, STYLE_SHORT, STYLE_DAY_MONTH };

static char *format(int date, enum style style, char out[DATE_TEXT_MAX])
{
    int year, month, day;
    out[0] = '\0';
    if (date == DATE_NONE)
        return out;
    date_to_civil(date, &year, &month, &day);
    if (style == STYLE_ISO)
        snprintf(out, DATE_TEXT_MAX, "%04d-%02d-%02d", year, month, day);
    else if (style == STYLE_SHORT)
        snprintf(out, DATE_TEXT_MAX, "%s %d %s", date_weekday_name(date_weekday(date)), day, date_month_name(month));
    else
        snprintf(out, DATE_TEXT_MAX, "%d %s", day, date_month_name(month));
    return out;
}

char *date_iso(int date, char out[DATE_TEXT_MAX])
{
    return format(date, STYLE_ISO, out);
}

char *date_short(int date, char out[DATE_TEXT_MAX])
{
    return format(date, STYLE_SHORT, out);
}

char *date_day_month(int date, char out[DATE_TEXT_MAX])
{
    return format(date, STYLE_DAY_MONTH, out);
}

const char *date_weekday_name(int weekday)
{
    static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return weekday >= 1 && weekday <= 7 ? names[weekday - 1] : "";
}

const char *date_month_name(int month)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return month >= 1 && month <= 12 ? names[month - 1] : "";
}
