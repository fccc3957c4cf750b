/* Which columns of a table are shown, and how wide: fixed ones first, the slack goes to gaps and flexible ones. */
#include "table_private.h"

static int least_width(const struct table *table, int gap)
{
    int width = 0;
    for (int i = 0; i < table->place_count; i++)
        width += table->columns[table->places[i].column].cols + (i ? gap : 0);
    return width;
}

static void remove_place(struct table *table, int at)
{
    table->place_count--;
    for (int i = at; i < table->place_count; i++)
        table->places[i] = table->places[i + 1];
}

/* The column to go first when it is narrow: the highest rank, of equals the last; -1: only such as never go. */
static int most_dispensable(const struct table *table)
{
    int found = -1, rank = 0;
    for (int i = 0; i < table->place_count; i++) {
        int own = table->columns[table->places[i].column].rank;
        if (own > 0 && own >= rank) {
            rank = own;
            found = i;
        }
    }
    return found;
}

static void choose(struct table *table, int room)
{
    table->place_count = 0;
    for (int i = 0; i < table->column_count; i++)
        if (i == 0 || i > table->scrolled)
            table->places[table->place_count++] = (struct table_place){i, 0, table->columns[i].cols};
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
    int room = table->widget.cols - TABLE_PREFIX - 1, gap = 1; /* the last column is the thumb's */
    if (table->scrolled > table->column_count - 2)
        table->scrolled = table->column_count > 2 ? table->column_count - 2 : 0;
    choose(table, room);
    if (least_width(table, 2) <= room)
        gap = 2;
    if (table->place_count == 1 && table->places[0].cols > room)
        table->places[0].cols = room > 1 ? room : 1;
    stretch(table, room - least_width(table, gap));
    for (int i = 0, col = TABLE_PREFIX; i < table->place_count; i++) {
        table->places[i].col = col;
        col += table->places[i].cols + gap;
    }
    int last = table->place_count ? table->places[table->place_count - 1].column : -1;
    table->hides = table->scrolled ? last < table->column_count - 1 : table->place_count < table->column_count;
}
