/* What lies under the cursor as text, and the raw record in a window. */
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "list_private.h"
#include "record_window.h"

static const char *value(const struct list *list, int row, int column)
{
    const char *text = list->source.value(list->source.ctx, row, column);
    return text ? text : "";
}

/* The columns that are shown, in their order, with tabs between; what would break the line becomes a blank. Heap. */
static char *row_text(const struct list *list, int row)
{
    struct str text = {0};
    const int *order;
    int count = table_columns(list->table, &order);
    for (int i = 0; i < count; i++) {
        if (i)
            str_add_char(&text, '\t');
        for (const char *at = value(list, row, order[i]); *at; at++)
            str_add_char(&text, *at == '\t' || *at == '\n' || *at == '\r' ? ' ' : *at);
    }
    return str_steal(&text);
}

static void closed(void *owner, bool accepted)
{
    struct list *list = owner;
    (void)accepted;
    record_window_free(list->record);
    list->record = NULL;
}

/* Every column, also those that are hidden, under the names that filter and chooser know. */
static void show_record(struct list *list, int row)
{
    closed(list, false);
    char *key = mem_printf("%lld", (long long)list->source.key(list->source.ctx, row));
    list->record = record_window_new(list->app);
    record_window_add(list->record, "id", key);
    for (int i = 0; i < list->column_count; i++)
        record_window_add(list->record, list->columns[i].table.id, value(list, row, i));
    record_window_show(list->record, list, closed);
    free(key);
}

bool list_copy_accepts(const struct list *list, enum action action)
{
    return (action == ACTION_COPY_CELL || action == ACTION_COPY_ROW || action == ACTION_RAW) &&
           list_cursor_row(list) >= 0;
}

unsigned list_copy_act(struct list *list, enum action action)
{
    int row = list_cursor_row(list);
    if (action == ACTION_RAW) {
        show_record(list, row);
        return TAKEN | REPAINT;
    }
    char *text =
        action == ACTION_COPY_ROW ? row_text(list, row) : mem_strdup(value(list, row, table_column(list->table)));
    if (*text)
        app_copy(list->app, text);
    else
        app_say(list->app, ROLE_DIM, "There is nothing in this cell to copy.");
    free(text);
    return TAKEN | REPAINT;
}

void list_copy_fini(struct list *list)
{
    closed(list, false);
}
