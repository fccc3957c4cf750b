#include "centurion/ui/week.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"
#include "centurion/term/term.h"

enum { CLOCK_COLS = 6, DAY_MINUTES = 1440 };

struct week {
    struct widget widget;
    int first_day, days, today;
    struct week_block *blocks; /* in order of time */
    bool *marks;
    int count, marked;
    int slots[WEEK_SLOTS]; /* those that are shown, as minutes */
    int slot_count;
    int day, slot, nth; /* the cursor: column, row, and which of several blocks there */
    int top;            /* the first row that is shown */
    int64_t shifted;
    int shift_days, shift_minutes;
};

static struct week_block placed(const struct week *week, int index)
{
    struct week_block block = week->blocks[index];
    if (block.key == week->shifted) {
        block.day += week->shift_days;
        block.start += week->shift_minutes;
        block.end += week->shift_minutes;
    }
    return block;
}

/* How far down the block's column a half hour is: 0 where the block begins, -1 where it is not. */
static int within(const struct week_block *block, int minute)
{
    int start = block->start / WEEK_SLOT * WEEK_SLOT;
    if (minute < start || (minute >= block->end && minute > start))
        return -1;
    return (minute - start) / WEEK_SLOT;
}

/* The nth block at a half hour, -1 none; of how many. */
static int at(const struct week *week, int day, int minute, int nth, int *of)
{
    int found = -1, count = 0;
    for (int i = 0; i < week->count; i++) {
        struct week_block block = placed(week, i);
        if (block.day != day || within(&block, minute) < 0)
            continue;
        if (count++ == nth || found < 0)
            found = i;
    }
    if (of)
        *of = count;
    return found;
}

static int cursor_block(const struct week *week)
{
    return week->slot_count ? at(week, week->first_day + week->day, week->slots[week->slot], week->nth, NULL) : -1;
}

/* ---- Which half hours ---- */

static void choose_slots(struct week *week)
{
    bool used[WEEK_SLOTS] = {false};
    bool any = false;
    for (int i = 0; i < week->count; i++) {
        struct week_block block = placed(week, i);
        int from = block.start / WEEK_SLOT, to = (block.end + WEEK_SLOT - 1) / WEEK_SLOT;
        for (int slot = from - 1; slot <= to; slot++)
            if (slot >= 0 && slot < WEEK_SLOTS)
                used[slot] = any = true;
    }
    for (int slot = 16; !any && slot < 36; slot++) /* 8:00 to 18:00 where there is nothing */
        used[slot] = true;
    int minute = week->slot_count ? week->slots[week->slot] : -1;
    week->slot_count = week->slot = 0;
    for (int slot = 0; slot < WEEK_SLOTS; slot++)
        if (used[slot])
            week->slots[week->slot_count++] = slot * WEEK_SLOT;
    for (int i = 0; i < week->slot_count; i++)
        if (week->slots[i] <= minute)
            week->slot = i;
}

static int body_rows(const struct week *week)
{
    return week->widget.rows > 1 ? week->widget.rows - 1 : 0;
}

static void recalc(struct widget *widget)
{
    struct week *week = (struct week *)widget;
    int rows = body_rows(week);
    if (week->slot < week->top)
        week->top = week->slot;
    if (rows && week->slot >= week->top + rows)
        week->top = week->slot - rows + 1;
    int last = week->slot_count > rows ? week->slot_count - rows : 0;
    if (week->top > last)
        week->top = last;
}

static int in_time(const void *a, const void *b)
{
    const struct week_block *one = a, *two = b;
    if (one->day != two->day)
        return one->day < two->day ? -1 : 1;
    if (one->start != two->start)
        return one->start < two->start ? -1 : 1;
    return one->key < two->key ? -1 : one->key > two->key;
}

void week_set(struct week *week, int first_day, int days, int today, const struct week_block *blocks, int count)
{
    int64_t key = week_key(week);
    int64_t *kept = mem_array((size_t)week->marked + 1, sizeof *kept);
    int kept_count = 0;
    for (int i = 0; i < week->count; i++)
        if (week->marks[i])
            kept[kept_count++] = week->blocks[i].key;
    free(week->blocks);
    free(week->marks);
    week->blocks = mem_array((size_t)count + 1, sizeof *week->blocks);
    week->marks = mem_array((size_t)count + 1, sizeof *week->marks);
    if (count)
        memcpy(week->blocks, blocks, (size_t)count * sizeof *blocks);
    qsort(week->blocks, (size_t)count, sizeof *week->blocks, in_time);
    week->count = count;
    week->marked = 0;
    for (int i = 0; i < kept_count; i++)
        week_mark(week, kept[i], true);
    free(kept);
    week->first_day = first_day;
    week->days = days < 1 ? 1 : days > WEEK_DAYS_MAX ? WEEK_DAYS_MAX : days;
    week->today = today;
    if (week->day >= week->days)
        week->day = week->days - 1;
    choose_slots(week);
    if (key)
        week_select(week, key);
    recalc(&week->widget);
}

/* ---- Cursor ---- */

int64_t week_key(const struct week *week)
{
    int index = cursor_block(week);
    return index < 0 ? 0 : week->blocks[index].key;
}

void week_slot(const struct week *week, int *day, int *minute)
{
    *day = week->first_day + week->day;
    *minute = week->slot_count ? week->slots[week->slot] : 0;
}

void week_go(struct week *week, int day, int minute)
{
    if (day >= week->first_day && day < week->first_day + week->days)
        week->day = day - week->first_day;
    for (int i = 0; i < week->slot_count; i++)
        if (week->slots[i] <= minute || !i)
            week->slot = i;
    week->nth = 0;
    recalc(&week->widget);
}

static void stand_on(struct week *week, int index)
{
    struct week_block block = placed(week, index);
    int of = 0;
    week_go(week, block.day, block.start);
    at(week, block.day, week->slots[week->slot], 0, &of);
    while (week->nth < of - 1 && cursor_block(week) != index)
        week->nth++;
}

bool week_select(struct week *week, int64_t key)
{
    for (int i = 0; i < week->count; i++) {
        struct week_block block = placed(week, i);
        if (block.key == key && block.day >= week->first_day && block.day < week->first_day + week->days) {
            stand_on(week, i);
            return true;
        }
    }
    return false;
}

unsigned week_step(struct week *week, int step)
{
    int index = cursor_block(week), day, minute;
    week_slot(week, &day, &minute);
    if (index < 0) { /* from an empty half hour: the first block after it, the last before it */
        for (index = 0; index < week->count; index++)
            if (week->blocks[index].day > day ||
                (week->blocks[index].day == day && week->blocks[index].start >= minute))
                break;
        index -= step > 0;
    }
    index += step;
    if (index < 0 || index >= week->count)
        return TAKEN;
    stand_on(week, index);
    return REPAINT | MOVED;
}

int64_t week_step_key(const struct week *week, int index)
{
    return index >= 0 && index < week->count ? week->blocks[index].key : 0;
}

static unsigned move(struct week *week, int days, int slots)
{
    int day = week->day + days, slot = week->slot + slots;
    day = day < 0 ? 0 : day >= week->days ? week->days - 1 : day;
    slot = slot < 0 ? 0 : slot >= week->slot_count ? week->slot_count - 1 : slot;
    if (day == week->day && slot == week->slot)
        return TAKEN;
    week->day = day;
    week->slot = slot;
    week->nth = 0;
    recalc(&week->widget);
    return REPAINT | MOVED;
}

/* ---- Marks ---- */

bool week_marked(const struct week *week, int64_t key)
{
    for (int i = 0; i < week->count; i++)
        if (week->blocks[i].key == key)
            return week->marks[i];
    return false;
}

int week_mark_count(const struct week *week)
{
    return week->marked;
}

void week_mark(struct week *week, int64_t key, bool marked)
{
    for (int i = 0; i < week->count; i++)
        if (week->blocks[i].key == key && week->marks[i] != marked) {
            week->marks[i] = marked;
            week->marked += marked ? 1 : -1;
        }
}

void week_mark_none(struct week *week)
{
    for (int i = 0; i < week->count; i++)
        week->marks[i] = false;
    week->marked = 0;
}

void week_shift(struct week *week, int64_t key, int days, int minutes)
{
    int64_t followed = key ? key : week->shifted;
    week->shifted = key;
    week->shift_days = days;
    week->shift_minutes = minutes;
    choose_slots(week);
    week_select(week, followed);
    recalc(&week->widget);
}

/* ---- Widget ---- */

static int column_left(const struct week *week, int day)
{
    return CLOCK_COLS + 1 + (week->widget.cols - CLOCK_COLS - 1) * day / week->days;
}

static void paint_block(const struct week *week, const struct surface *cell, int day, int minute, bool cursor)
{
    int of = 0;
    int index = at(week, day, minute, cursor ? week->nth : 0, &of);
    if (index < 0)
        return;
    struct week_block block = placed(week, index);
    int line = within(&block, minute), right = cell->cols - 1;
    bool mark = week->marks[index];
    surface_text(cell, 0, 0, ROLE_ACCENT, mark ? glyph(GLYPH_MARK) : " ", 1);
    if (line > 0) {
        surface_text(cell, 0, 1, block.muted ? ROLE_DIM : block.role, term_ascii() ? ":" : "┆", 1);
        return;
    }
    char more[16] = "";
    if (of > 1)
        snprintf(more, sizeof more, "+%d", of - 1);
    int state = right - 2 - (int)strlen(more);
    int room = state - 2 > 1 ? state - 2 : 1;
    if (utf8_width(block.title) > room) /* the first name alone reads better than half of the whole */
        block.title[strcspn(block.title, " ")] = '\0';
    surface_text(cell, 0, 1, block.muted ? ROLE_DIM : ROLE_TEXT, block.title, room);
    surface_text(cell, 0, state < 1 ? 1 : state, block.role, block.state, -1);
    surface_text(cell, 0, right - (int)strlen(more), ROLE_DIM, more, -1);
}

static void paint(const struct widget *widget, const struct surface *surface)
{
    const struct week *week = (const struct week *)widget;
    for (int day = 0; day < week->days; day++) {
        char text[DATE_TEXT_MAX];
        int left = column_left(week, day), cols = column_left(week, day + 1) - left, date = week->first_day + day;
        date_short(date, text);
        if (cols < 13)
            text[6] = '\0'; /* "Fri 16" */
        surface_text(surface, 0, left + 1, date == week->today ? ROLE_ACCENT : ROLE_HEADER, text, cols - 2);
    }
    for (int row = 0; row < body_rows(week) && week->top + row < week->slot_count; row++) {
        int slot = week->top + row, minute = week->slots[slot];
        bool gap = slot && week->slots[slot - 1] + WEEK_SLOT != minute;
        surface_textf(surface, row + 1, 0, gap ? ROLE_TEXT : ROLE_DIM, " %02d:%02d", minute / 60, minute % 60);
        for (int day = 0; day < week->days; day++) {
            int left = column_left(week, day), cols = column_left(week, day + 1) - left;
            struct surface cell = surface_sub(surface, row + 1, left, 1, cols);
            bool cursor = day == week->day && slot == week->slot;
            if (cursor) {
                cell = surface_on(&cell, widget->focused ? GROUND_SELECTED : GROUND_PASSIVE);
                surface_clear(&cell);
            }
            paint_block(week, &cell, week->first_day + day, minute, cursor);
            if (cursor && !week_marked(week, week_key(week)))
                surface_text(&cell, 0, 0, ROLE_ACCENT, glyph(GLYPH_CURSOR), 1);
        }
    }
}

static bool accepts(const struct widget *widget, enum action action)
{
    const struct week *week = (const struct week *)widget;
    if (week->shifted) /* its owner moves the block */
        return false;
    switch (action) {
    case ACTION_UP:
    case ACTION_DOWN:
    case ACTION_LEFT:
    case ACTION_RIGHT:
    case ACTION_TOP:
    case ACTION_BOTTOM:
    case ACTION_HALF_UP:
    case ACTION_HALF_DOWN:
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
        return week->slot_count > 0;
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        return week->count > 0;
    default:
        return false;
    }
}

static unsigned act(struct widget *widget, enum action action, int count)
{
    struct week *week = (struct week *)widget;
    int steps = count ? count : 1, page = body_rows(week) > 1 ? body_rows(week) - 1 : 1;
    switch (action) {
    case ACTION_UP:
        return move(week, 0, -steps);
    case ACTION_DOWN: {
        int of = 0;
        if (week->slot_count)
            at(week, week->first_day + week->day, week->slots[week->slot], 0, &of);
        if (!count && week->nth + 1 < of) { /* several at one time: first through them */
            week->nth++;
            return REPAINT | MOVED;
        }
        return move(week, 0, steps);
    }
    case ACTION_LEFT:
        return move(week, -steps, 0);
    case ACTION_RIGHT:
        return move(week, steps, 0);
    case ACTION_TOP:
        return move(week, 0, -WEEK_SLOTS);
    case ACTION_BOTTOM:
        return move(week, 0, WEEK_SLOTS);
    case ACTION_HALF_UP:
        return move(week, 0, -(page + 1) / 2);
    case ACTION_HALF_DOWN:
        return move(week, 0, (page + 1) / 2);
    case ACTION_PAGE_UP:
        return move(week, 0, -page);
    case ACTION_PAGE_DOWN:
        return move(week, 0, page);
    case ACTION_NEXT_RECORD:
        return week_step(week, steps);
    case ACTION_PREVIOUS_RECORD:
        return week_step(week, -steps);
    default:
        return NOT_TAKEN;
    }
}

static unsigned mouse(struct widget *widget, const struct input *input)
{
    struct week *week = (struct week *)widget;
    if (week->shifted)
        return TAKEN;
    if (input->button == MOUSE_WHEEL_UP || input->button == MOUSE_WHEEL_DOWN)
        return move(week, 0, input->button == MOUSE_WHEEL_UP ? -1 : 1);
    int slot = week->top + input->row - 1;
    if (input->button != MOUSE_LEFT || input->row < 1 || slot >= week->slot_count || input->col <= CLOCK_COLS)
        return NOT_TAKEN;
    for (int day = 0; day < week->days; day++)
        if (input->col >= column_left(week, day))
            week->day = day;
    week->slot = slot;
    week->nth = 0;
    recalc(widget);
    return REPAINT | MOVED | (input->double_click ? ACCEPT : 0);
}

static const struct widget_ops ops = {.recalc = recalc, .paint = paint, .accepts = accepts, .act = act, .mouse = mouse};

struct week *week_new(void)
{
    struct week *week = mem_alloc(sizeof *week);
    week->widget.ops = &ops;
    week->days = WEEK_DAYS_MAX;
    week->today = DATE_NONE;
    week_set(week, 0, WEEK_DAYS_MAX, DATE_NONE, NULL, 0);
    return week;
}

void week_free(struct week *week)
{
    if (!week)
        return;
    free(week->blocks);
    free(week->marks);
    free(week);
}

struct widget *week_widget(struct week *week)
{
    return &week->widget;
}
