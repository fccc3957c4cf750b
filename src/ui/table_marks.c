/* Marks of a table: a set of keys, and the actions that change it. */
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "table_private.h"

/* Where a key is, or would be. */
static int place_of(const struct table *table, int64_t key)
{
    int low = 0, high = table->mark_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (table->marks[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool table_marked(const struct table *table, int64_t key)
{
    int at = place_of(table, key);
    return key && at < table->mark_count && table->marks[at] == key;
}

void table_mark(struct table *table, int64_t key, bool on)
{
    int at = place_of(table, key);
    if (!key || table_marked(table, key) == on)
        return;
    if (on && table->mark_count == table->mark_room) {
        table->mark_room = table->mark_room ? 2 * table->mark_room : 16;
        table->marks = mem_resize(table->marks, (size_t)table->mark_room, sizeof *table->marks);
    }
    memmove(table->marks + at + on, table->marks + at + !on,
            (size_t)(table->mark_count - at - !on) * sizeof *table->marks);
    table->mark_count += on ? 1 : -1;
    if (on)
        table->marks[at] = key;
}

void table_unmark_all(struct table *table)
{
    free(table->marks);
    table->marks = NULL;
    table->mark_count = table->mark_room = 0;
    table->mark_last = 0;
}

int table_mark_count(const struct table *table)
{
    return table->mark_count;
}

const int64_t *table_marks(const struct table *table)
{
    return table->marks;
}

void table_set_marking(struct table *table, bool on)
{
    table->marking = on;
    widget_recalc(&table->widget);
}

bool table_marks_accept(const struct table *table, enum action action)
{
    if (!table->marking)
        return false;
    switch (action) {
    case ACTION_MARK:
    case ACTION_MARK_RANGE:
        return table->cursor >= 0;
    case ACTION_MARK_ALL:
    case ACTION_MARK_INVERT:
        return table->count > 0 && !table->source.want;
    case ACTION_MARK_NONE:
        return table->mark_count > 0;
    default:
        return false;
    }
}

/* From the row that was marked last, or the nearest marked one above, to the cursor. */
static void mark_range(struct table *table)
{
    const struct table_source *source = &table->source;
    int from = table->cursor;
    for (int away = 1; away < table->count && from == table->cursor; away++) {
        int above = table->cursor - away, below = table->cursor + away;
        if (above >= 0 && source->key(source->ctx, above) == table->mark_last)
            from = above;
        else if (below < table->count && source->key(source->ctx, below) == table->mark_last)
            from = below;
    }
    int step = from <= table->cursor ? 1 : -1;
    for (int i = from; i != table->cursor + step; i += step)
        table_mark(table, source->key(source->ctx, i), true);
}

unsigned table_marks_act(struct table *table, enum action action, int count)
{
    const struct table_source *source = &table->source;
    switch (action) {
    case ACTION_MARK:
        for (int i = 0; i < count && table->cursor >= 0; i++) {
            int64_t key = source->key(source->ctx, table->cursor);
            bool on = !table_marked(table, key);
            table_mark(table, key, on);
            table->mark_last = on ? key : 0;
            if (table_move(table, 1) == TAKEN)
                break;
        }
        return TAKEN | REPAINT | MOVED;
    case ACTION_MARK_RANGE:
        if (table->mark_last)
            mark_range(table);
        table_mark(table, table_cursor_key(table), true);
        table->mark_last = table_cursor_key(table);
        return TAKEN | REPAINT;
    case ACTION_MARK_NONE:
        table_unmark_all(table);
        return TAKEN | REPAINT;
    default:
        for (int i = 0; i < table->count; i++) {
            int64_t key = source->key(source->ctx, i);
            table_mark(table, key, action == ACTION_MARK_ALL || !table_marked(table, key));
        }
        return TAKEN | REPAINT;
    }
}
