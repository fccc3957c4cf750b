#include "centurion/ui/month.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/term/input.h"
#include "centurion/term/term.h"

enum { WEEKS = 6, DAYS = 42, LARGE_COLS = 9, LARGE_ROWS = 2, LEAST_COLS = 3, SMALL_COLS = 6 };

struct month {
    struct widget widget;
    int cursor, today;
    struct month_day days[DAYS]; /* of those that are shown; day is DATE_NONE for one without */
};

static int first_of(int day)
{
    int year, month, date;
    date_to_civil(day, &year, &month, &date);
    return date_from_civil(year, month, 1);
}

int month_first(const struct month *month)
{
    return date_monday(first_of(month->cursor));
}

int month_day(const struct month *month)
{
    return month->cursor;
}

void month_go(struct month *month, int day)
{
    if (first_of(day) != first_of(month->cursor))
        for (int i = 0; i < DAYS; i++)
            month->days[i] = (struct month_day){.day = DATE_NONE};
    month->cursor = day;
}

void month_set(struct month *month, int today, const struct month_day *days, int count)
{
    int first = month_first(month);
    month->today = today;
    for (int i = 0; i < DAYS; i++)
        month->days[i] = (struct month_day){.day = DATE_NONE};
    for (int i = 0; i < count; i++)
        if (days[i].day >= first && days[i].day < first + DAYS)
            month->days[days[i].day - first] = days[i];
}

/* Rows of a week; 1 where there is room for the number only. */
static int week_rows(const struct month *month)
{
    int rows = (month->widget.rows - 2) / WEEKS;
    return rows < LARGE_ROWS || month->widget.cols / 7 < LARGE_COLS ? 1 : rows > 4 ? 4 : rows;
}

static int day_cols(const struct month *month)
{
    int cols = (month->widget.cols - 1) / 7;
    return week_rows(month) == 1 && cols > SMALL_COLS ? SMALL_COLS : cols;
}

static int shown_weeks(const struct month *month)
{
    return (first_of(date_add_months(first_of(month->cursor), 1)) - month_first(month) + 6) / 7;
}

static void paint_day(const struct month *month, const struct surface *surface, int index, int left, int top, int cols)
{
    int day = month_first(month) + index, year, number, date, rows = week_rows(month);
    const struct month_day *has = &month->days[index];
    date_to_civil(day, &year, &number, &date);
    struct surface cell = surface_sub(surface, top, left, rows, cols);
    struct surface head = surface_sub(&cell, 0, 0, 1, cols);
    if (day == month->cursor) {
        head = surface_on(&head, month->widget.focused ? GROUND_SELECTED : GROUND_PASSIVE);
        surface_clear(&head);
    }
    enum role role = day == month->today                        ? ROLE_ACCENT
                     : first_of(day) != first_of(month->cursor) ? ROLE_DIM
                                                                : ROLE_TEXT;
    surface_textf(&head, 0, 0, role, day == month->today ? "[%2d]" : " %2d ", date);
    bool known = has->day != DATE_NONE;
    if (rows == 1) {
        if (known && has->mark && cols >= 4)
            surface_text(&head, 0, 3, day == month->today ? ROLE_ACCENT : has->role,
                         day == month->today ? "]" : has->mark, 1);
        return;
    }
    for (int line = 0; known && line < 2 && line + 1 < rows; line++)
        surface_text(&cell, line + 1, 1, line ? ROLE_DIM : has->role, has->words[line], cols - 2);
    if (known && rows == 2)
        surface_text(&head, 0, 5, ROLE_DIM, has->words[1], cols - 6);
}

static void paint(const struct widget *widget, const struct surface *surface)
{
    const struct month *month = (const struct month *)widget;
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    int year, number, date, cols = day_cols(month), rows = week_rows(month);
    if (cols < LEAST_COLS)
        return;
    date_to_civil(month->cursor, &year, &number, &date);
    surface_textf(surface, 0, 1, ROLE_STRONG, "%s %d", names[number - 1], year);
    for (int day = 0; day < 7; day++)
        surface_textf(surface, 1, 2 + day * cols, ROLE_HEADER, "%.2s", date_weekday_name(day + 1));
    for (int i = 0; i < shown_weeks(month) * 7; i++)
        paint_day(month, surface, i, 1 + i % 7 * cols, 2 + i / 7 * rows, cols);
}

static bool accepts(const struct widget *widget, enum action action)
{
    (void)widget;
    return action == ACTION_UP || action == ACTION_DOWN || action == ACTION_LEFT || action == ACTION_RIGHT;
}

static unsigned act(struct widget *widget, enum action action, int count)
{
    struct month *month = (struct month *)widget;
    int steps = count ? count : 1;
    int step = action == ACTION_UP ? -7 : action == ACTION_DOWN ? 7 : action == ACTION_LEFT ? -1 : 1;
    if (!accepts(widget, action))
        return NOT_TAKEN;
    month_go(month, month->cursor + step * steps);
    return REPAINT | MOVED;
}

static unsigned mouse(struct widget *widget, const struct input *input)
{
    struct month *month = (struct month *)widget;
    int cols = day_cols(month), row = input->row - 2, col = input->col - 1;
    if (!widget->focused || input->button != MOUSE_LEFT || row < 0 || col < 0 || cols < LEAST_COLS || col >= 7 * cols ||
        row >= shown_weeks(month) * week_rows(month))
        return NOT_TAKEN;
    month_go(month, month_first(month) + row / week_rows(month) * 7 + col / cols);
    return REPAINT | MOVED | (input->double_click ? ACCEPT : 0);
}

static const struct widget_ops ops = {.paint = paint, .accepts = accepts, .act = act, .mouse = mouse};

struct month *month_new(void)
{
    struct month *month = mem_alloc(sizeof *month);
    month->widget.ops = &ops;
    month->today = DATE_NONE;
    month_set(month, DATE_NONE, NULL, 0);
    return month;
}

void month_free(struct month *month)
{
    free(month);
}

struct widget *month_widget(struct month *month)
{
    return &month->widget;
}
