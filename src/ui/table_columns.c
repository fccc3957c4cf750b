/* Which columns of a table are shown, and how wide: fixed ones first, the slack goes to gaps and flexible ones. */
#include <string.h>

#include "centurion/base/utf8.h"
#include "table_private.h"

int table_prefix(const struct table *table)
{
    return TABLE_PREFIX + table->marking;
}

bool table_column_shown(const struct table *table, int column)
{
    for (int i = 0; i < table->place_count; i++)
        if (table->places[i].column == column)
            return true;
    return false;
}

/* A sorted column is wide enough for its title and the sign of it. */
static int least_cols(const struct table *table, int column)
{
    const struct table_column *own = &table->columns[column];
    for (int i = 0; i < table->sort_count; i++)
        if (table->sorts[i].column == column) {
            int cols = utf8_width(own->title ? own->title : "") + (table->sort_count > 1 ? 2 : 1);
            return cols > own->cols ? cols : own->cols;
        }
    return own->cols;
}

static int least_width(const struct table *table, int gap)
{
    int width = 0;
    for (int i = 0; i < table->place_count; i++)
        width += least_cols(table, table->places[i].column) + (i ? gap : 0);
    return width;
}

static void remove_place(struct table *table, int at)
{
    table->place_count--;
    for (int i = at; i < table->place_count; i++)
        table->places[i] = table->places[i + 1];
}

/* The column to go first when it is narrow: the highest rank, of equals the last; -1: only such as never go, to which the one under the
 * cursor belongs. */
static int most_dispensable(const struct table *table)
{
    int found = -1, rank = 0;
    for (int i = 0; i < table->place_count; i++) {
        int own = table->columns[table->places[i].column].rank;
        if (own > 0 && own >= rank && !(table->column_cursor && table->places[i].column == table_column(table))) {
            rank = own;
            found = i;
        }
    }
    return found;
}

static void choose(struct table *table, int room)
{
    table->place_count = 0;
    for (int i = 0; i < table->order_count; i++)
        if (i == 0 || i > table->scrolled)
            table->places[table->place_count++] =
                (struct table_place){table->order[i], 0, least_cols(table, table->order[i])};
    for (int at; !table->scrolled && least_width(table, 1) > room && (at = most_dispensable(table)) > 0;)
        remove_place(table, at);
    while (table->place_count > 1 && least_width(table, 1) > room)
        table->place_count--;
}

/* Gives slack to the flexible columns, a cell each in turn, up to their limits; returns what nobody takes. */
static int stretch(struct table *table, int slack)
{
    for (bool grown = true; grown && slack > 0;) {
        grown = false;
        for (int i = 0; i < table->place_count && slack > 0; i++) {
            struct table_place *place = &table->places[i];
            const struct table_column *column = &table->columns[place->column];
            if (column->flexible && (!column->max_cols || place->cols < column->max_cols)) {
                place->cols++;
                slack--;
                grown = true;
            }
        }
    }
    return slack;
}

void table_place_columns(struct table *table)
{
    int prefix = table_prefix(table), room = table->widget.cols - prefix - 1,
        gap = 1; /* the last column is the thumb's */
    if (table->scrolled > table->order_count - 2)
        table->scrolled = table->order_count > 2 ? table->order_count - 2 : 0;
    choose(table, room);
    if (least_width(table, 2) <= room)
        gap = 2;
    if (table->place_count == 1 && table->places[0].cols > room)
        table->places[0].cols = room > 1 ? room : 1;
    stretch(table, room - least_width(table, gap));
    for (int i = 0, col = prefix; i < table->place_count; i++) {
        table->places[i].col = col;
        col += table->places[i].cols + gap;
    }
    int last = table->place_count ? table->places[table->place_count - 1].column : -1;
    table->hides =
        table->scrolled ? last != table->order[table->order_count - 1] : table->place_count < table->order_count;
}

unsigned table_step_column(struct table *table, int step)
{
    int at = table->column_at + step;
    at = at < 0 ? 0 : at >= table->order_count ? table->order_count - 1 : at;
    if (at == table->column_at)
        return TAKEN;
    table->column_at = at;
    if (at <= table->scrolled)
        table->scrolled = at > 1 ? at - 1 : 0;
    table_place_columns(table);
    while (!table_column_shown(table, table->order[at]) && table->scrolled < at - 1) {
        table->scrolled++;
        table_place_columns(table);
    }
    return TAKEN | REPAINT | MOVED;
}

void table_set_columns(struct table *table, const int *order, int count)
{
    int current = table->order_count ? table->order[table->column_at] : -1;
    memcpy(table->order, order, (size_t)count * sizeof *order);
    table->order_count = count;
    table->column_at = table->scrolled = 0;
    for (int i = 0; i < count; i++)
        if (order[i] == current)
            table->column_at = i;
    widget_recalc(&table->widget);
}

int table_columns(const struct table *table, const int **order)
{
    *order = table->order;
    return table->order_count;
}

void table_set_sort(struct table *table, const struct table_sort *sorts, int count)
{
    table->sort_count = count > TABLE_SORTS_MAX ? TABLE_SORTS_MAX : count;
    if (count)
        memcpy(table->sorts, sorts, (size_t)table->sort_count * sizeof *sorts);
    widget_recalc(&table->widget);
}

void table_set_column_cursor(struct table *table, bool on)
{
    table->column_cursor = on;
}

int table_column(const struct table *table)
{
    return table->order[table->column_cursor ? table->column_at : 0];
}
