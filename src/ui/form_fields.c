/* The kinds of fields: what is typed, what it means, what is wrong with it. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "centurion/base/date.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "form_private.h"

bool field_is_edit(const struct field *field)
{
    return field->kind == FORM_TEXT || field->kind == FORM_NUMBER || field->kind == FORM_DATE ||
           field->kind == FORM_TIME || field->kind == FORM_SCALE || field->kind == FORM_FIXED;
}

const char *field_text(const struct field *field)
{
    if (field->area)
        return textarea_text(field->area);
    if (field->kind == FORM_YESNO)
        return field->choice < 0 ? "" : field->choice ? "true" : "false";
    if (field->kind == FORM_CHOICE)
        return field->choice < 0 ? "" : field->values[field->choice];
    return field->edit.text;
}

void field_put(struct field *field, const char *text)
{
    if (field->area) {
        textarea_set_text(field->area, text);
    } else if (field->kind == FORM_YESNO) {
        field->choice = strcmp(text, "true") == 0 || strcmp(text, "t") == 0    ? 1
                        : strcmp(text, "false") == 0 || strcmp(text, "f") == 0 ? 0
                                                                               : -1;
    } else if (field->kind == FORM_CHOICE) {
        field->choice = -1;
        for (int i = 0; i < field->choice_count; i++)
            if (strcmp(field->values[i], text) == 0)
                field->choice = i;
    } else {
        edit_set(&field->edit, text);
    }
}

const char *field_value(const struct field *field)
{
    const char *text = field_text(field);
    switch (field->kind) {
    case FORM_NUMBER:
    case FORM_SCALE:
    case FORM_DATE:
    case FORM_TIME:
        return *field->value ? field->value : NULL;
    case FORM_TEXT:
    case FORM_AREA:
        return text[strspn(text, " \n")] ? text : NULL;
    default:
        return *text ? text : NULL;
    }
}

/* ---- What was typed, in the words of the server ---- */

/* Blanks around it do not count. */
static void trimmed(const char *text, char out[FORM_VALUE_MAX])
{
    text += strspn(text, " ");
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    snprintf(out, FORM_VALUE_MAX, "%.*s", (int)(length < FORM_VALUE_MAX ? length : FORM_VALUE_MAX - 1), text);
}

static bool digits(const char *text, size_t least, size_t most)
{
    size_t length = strspn(text, "0123456789");
    return length >= least && length <= most && !text[length];
}

static void read_number(struct field *field, char *typed)
{
    char *error = field->verdict.error, *comma = strchr(typed, ',');
    size_t size = sizeof field->verdict.error;
    if (comma)
        *comma = '.';
    const char *at = typed + (*typed == '-' || *typed == '+');
    size_t whole = strspn(at, "0123456789"), fraction = at[whole] == '.' ? strspn(at + whole + 1, "0123456789") : 0;
    if (at[whole + fraction + (at[whole] == '.')] || whole + fraction == 0) {
        snprintf(error, size, "A number, such as %s.", field->decimals ? "82.5" : "12");
        return;
    }
    if ((int)fraction > field->decimals) {
        if (field->decimals)
            snprintf(error, size, "At most %d decimal%s.", field->decimals, field->decimals == 1 ? "" : "s");
        else
            snprintf(error, size, "A whole number.");
        return;
    }
    double number = strtod(typed, NULL);
    if (field->min < field->max && (number < field->min || number > field->max))
        snprintf(error, size, "%g to %g%s%s.", field->min, field->max, field->unit ? " " : "",
                 field->unit ? field->unit : "");
    else
        snprintf(field->value, sizeof field->value, "%s", typed + (*typed == '+'));
}

static void read_date(const struct form *form, struct field *field, const char *typed)
{
    int date = DATE_NONE, year, month, day;
    if (strcasecmp(typed, "today") == 0) {
        date = form->today;
    } else if ((*typed == '+' || *typed == '-') && digits(typed + 1, 1, 4)) {
        date = form->today + atoi(typed);
    } else if (digits(typed, 1, 2)) {
        date_to_civil(form->today, &year, &month, &day);
        if (date_valid(year, month, atoi(typed)))
            date = date_from_civil(year, month, atoi(typed));
    } else if (strlen(typed) != 10 || !date_parse(typed, &date)) {
        date = DATE_NONE;
    }
    if (date == DATE_NONE)
        snprintf(field->verdict.error, sizeof field->verdict.error,
                 "A date: 2026-01-31, today, +1, or a day of the month.");
    else
        date_iso(date, field->value);
}

static void read_time(struct field *field, const char *typed)
{
    int hour = -1, minute = 0;
    const char *colon = strchr(typed, ':');
    if (digits(typed, 1, 2))
        hour = atoi(typed);
    else if (digits(typed, 3, 4))
        hour = atoi(typed) / 100, minute = atoi(typed) % 100;
    else if (colon && colon > typed && colon - typed <= 2 && strspn(typed, "0123456789") == (size_t)(colon - typed) &&
             digits(colon + 1, 2, 2))
        hour = atoi(typed), minute = atoi(colon + 1);
    if (hour < 0 || hour > 23 || minute > 59)
        snprintf(field->verdict.error, sizeof field->verdict.error, "A time: 17:30, 1730 or 9.");
    else
        snprintf(field->value, sizeof field->value, "%02d:%02d", hour, minute);
}

static void read_scale(struct field *field, const char *typed)
{
    int number = digits(typed, 1, 2) ? atoi(typed) : 0;
    if (number < 1 || number > SCALE_MOST)
        snprintf(field->verdict.error, sizeof field->verdict.error, "1 to %d.", SCALE_MOST);
    else
        snprintf(field->value, sizeof field->value, "%d", number);
}

void field_judge(struct form *form, int at)
{
    struct field *field = &form->fields[at];
    char typed[FORM_VALUE_MAX] = "";
    memset(&field->verdict, 0, sizeof field->verdict);
    *field->value = '\0';
    if (field->kind == FORM_FIXED)
        return;
    if (field_is_edit(field) && field->kind != FORM_TEXT)
        trimmed(field->edit.text, typed);
    if (*typed && field->kind == FORM_NUMBER)
        read_number(field, typed);
    else if (*typed && field->kind == FORM_DATE)
        read_date(form, field, typed);
    else if (*typed && field->kind == FORM_TIME)
        read_time(field, typed);
    else if (*typed && field->kind == FORM_SCALE)
        read_scale(field, typed);
    else if (field->kind == FORM_TEXT && field->limit && field->edit.length > (size_t)field->limit)
        snprintf(field->verdict.error, sizeof field->verdict.error, "%zu of at most %d bytes.", field->edit.length,
                 field->limit);
    const char *value = field_value(field);
    if (field->required && !value && !*field->verdict.error)
        snprintf(field->verdict.error, sizeof field->verdict.error, "%s",
                 field->cleared ? "This cannot be empty." : "Needed.");
    if (form->check && !*field->verdict.error)
        form->check(form->check_ctx, at, value, &field->verdict);
}

void field_tidy(struct field *field)
{
    bool understood = field->kind == FORM_DATE || field->kind == FORM_TIME;
    if (understood && *field->value && strcmp(field->value, field->edit.text) != 0)
        edit_set(&field->edit, field->value);
}

static int longest(char *const *words, int count)
{
    int cols = 0;
    for (int i = 0; i < count; i++) {
        int width = utf8_width(words[i]);
        cols = width > cols ? width : cols;
    }
    return cols;
}

int field_cols(const struct form *form, const struct field *field)
{
    int room = form->widget.cols - MARK_COLS - form->label_cols - 4; /* a blank, brackets, and one at the edge */
    int cols = field->cols > 0              ? field->cols
               : field->cols < 0            ? room
               : field->kind == FORM_AREA   ? room
               : field->kind == FORM_DATE   ? 11
               : field->kind == FORM_TIME   ? 6
               : field->kind == FORM_SCALE  ? 3
               : field->kind == FORM_NUMBER ? 8
               : field->kind == FORM_YESNO  ? 14
               : field->kind == FORM_CHOICE ? longest(field->choices, field->choice_count) + 4
                                            : 24;
    return cols < room ? cols : room > 1 ? room : 1;
}
