/* The filter, the order and the columns of a list as text: kept while the program runs, and saved under names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "list_private.h"

/* ---- As text: names of columns, with "-" before those of the order that go down ---- */

char *list_columns_text(const struct list *list)
{
    struct str text = {0};
    const int *order;
    int count = table_columns(list->table, &order);
    for (int i = 0; i < count; i++)
        str_addf(&text, "%s%s", i ? " " : "", list->columns[order[i]].table.id);
    return str_steal(&text);
}

char *list_sort_text(const struct list *list)
{
    struct str text = {0};
    str_add(&text, "");
    for (int i = 0; i < list->sort_count; i++)
        str_addf(&text, "%s%s%s", i ? " " : "", list->sorts[i].descending ? "-" : "",
                 list->columns[list->sorts[i].column].table.id);
    return str_steal(&text);
}

/* Three lines: filter, order and columns. */
static void keep(const struct list *list)
{
    char *sort = list_sort_text(list), *columns = list_columns_text(list);
    char *text = mem_printf("%s\n%s\n%s", list->filter_text, sort, columns);
    app_keep_state(list->app, list->name, text);
    free(text);
    free(sort);
    free(columns);
}

/* ---- From text ---- */

bool list_apply_filter(struct list *list, const char *text, char error[LIST_FILTER_ERROR])
{
    struct list_filter *filter = list_filter_parse(text, list->columns, list->column_count, error);
    if (!filter)
        return false;
    list_filter_free(list->filter);
    list->filter = filter;
    char *copy = mem_strdup(text);
    free(list->filter_text);
    list->filter_text = copy;
    table_set_empty(list->table, *copy ? "Nothing passes the filter; Escape clears it." : "Nothing here yet.");
    list_arrange(list, false);
    keep(list);
    return true;
}

/* The column that a name of that length means; -1 with what is wrong. */
static int named(const struct list *list, const char *text, size_t length, char error[LIST_FILTER_ERROR])
{
    int column = list_find_column(list->columns, list->column_count, text, length);
    int used = column >= 0 ? LIST_FILTER_ERROR
                           : snprintf(error, LIST_FILTER_ERROR, "no column \"%.*s\", but ",
                                      length < 20 ? (int)length : 20, text);
    for (int i = 0; i < list->column_count && used < LIST_FILTER_ERROR; i++)
        used += snprintf(error + used, (size_t)(LIST_FILTER_ERROR - used), "%s%s", i ? ", " : "",
                         list->columns[i].table.id);
    return column;
}

/* How many there are, each once; 0 with what is wrong. */
static int read_columns(const struct list *list, const char *text, int *order, char error[LIST_FILTER_ERROR])
{
    int count = 0;
    for (text += strspn(text, " ,"); *text; text += strspn(text, " ,")) {
        size_t length = strcspn(text, " ,");
        int column = named(list, text, length, error), at = 0;
        if (column < 0)
            return 0;
        while (at < count && order[at] != column)
            at++;
        if (at == count)
            order[count++] = column;
        text += length;
    }
    if (!count)
        snprintf(error, LIST_FILTER_ERROR, "at least one column is needed");
    return count;
}

bool list_apply_columns(struct list *list, const char *text, char error[LIST_FILTER_ERROR])
{
    int *order = mem_array((size_t)list->column_count, sizeof *order), count = read_columns(list, text, order, error);
    if (count) {
        table_set_columns(list->table, order, count);
        keep(list);
    }
    free(order);
    return count > 0;
}

/* How many keys there are; -1 with what is wrong. */
static int read_sort(const struct list *list, const char *text, struct table_sort *sorts, char error[LIST_FILTER_ERROR])
{
    int count = 0;
    for (text += strspn(text, " "); *text && count < TABLE_SORTS_MAX; text += strspn(text, " ")) {
        bool descending = *text == '-';
        text += descending;
        size_t length = strcspn(text, " ");
        int column = named(list, text, length, error);
        if (column < 0)
            return -1;
        sorts[count++] = (struct table_sort){column, descending};
        text += length;
    }
    return count;
}

void list_set_sort(struct list *list, const struct table_sort *sorts, int count)
{
    list->sort_count = count > TABLE_SORTS_MAX ? TABLE_SORTS_MAX : count;
    if (list->sort_count && sorts != list->sorts)
        memcpy(list->sorts, sorts, (size_t)list->sort_count * sizeof *sorts);
    table_set_sort(list->table, list->sorts, list->sort_count);
    list_arrange(list, false);
    keep(list);
}

bool list_set_filter(struct list *list, const char *text)
{
    char error[LIST_FILTER_ERROR];
    bool sound = list_apply_filter(list, text, error);
    if (!sound)
        app_say(list->app, ROLE_ERROR, "Filter: %s.", error);
    return sound;
}

bool list_apply(struct list *list, const char *filter, const char *sort, const char *columns,
                char error[LIST_FILTER_ERROR])
{
    struct table_sort sorts[TABLE_SORTS_MAX];
    int *order = mem_array((size_t)list->column_count, sizeof *order), count = read_sort(list, sort, sorts, error);
    struct list_filter *parsed = list_filter_parse(filter, list->columns, list->column_count, error);
    bool sound = parsed && count >= 0 && read_columns(list, columns, order, error);
    if (sound) {
        list_apply_columns(list, columns, error);
        list_set_sort(list, sorts, count);
        list_apply_filter(list, filter, error);
    }
    list_filter_free(parsed);
    free(order);
    return sound;
}

void list_recall(struct list *list)
{
    const char *kept = app_kept_state(list->app, list->name);
    char *text = mem_strdup(kept ? kept : ""), *sort = strchr(text, '\n'),
         *columns = sort ? strchr(sort + 1, '\n') : NULL, error[LIST_FILTER_ERROR];
    if (columns) {
        *sort++ = '\0';
        *columns++ = '\0';
        list_apply(list, text, sort, columns, error);
    }
    free(text);
}
