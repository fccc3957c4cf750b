#include "list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/order.h"
#include "centurion/base/str.h"
#include "list_private.h"

/* ---- What the table asks ---- */

static int shown_count(void *ctx)
{
    return ((struct list *)ctx)->count;
}

static int64_t shown_key(void *ctx, int index)
{
    const struct list *list = ctx;
    return list->source.key(list->source.ctx, list->rows[index]);
}

static void shown_cell(void *ctx, int index, int column, struct cell *out)
{
    const struct list *list = ctx;
    list->source.cell(list->source.ctx, list->rows[index], column, out);
}

static bool shown_muted(void *ctx, int index)
{
    const struct list *list = ctx;
    return list->source.muted(list->source.ctx, list->rows[index]);
}

static const char *shown_flag(void *ctx, int index, enum role *role)
{
    const struct list *list = ctx;
    return list->source.flag(list->source.ctx, list->rows[index], role);
}

static int shown_find(void *ctx, int64_t key)
{
    const struct list *list = ctx;
    for (int i = 0; i < list->count; i++)
        if (shown_key(ctx, i) == key)
            return i;
    return -1;
}

/* ---- Filter and order ---- */

/* By one key: whoever has no value comes last, whichever way it goes. */
static int compare_by(const struct list *list, const struct table_sort *sort, int a, int b)
{
    const struct list_source *source = &list->source;
    char *left = mem_strdup(source->value(source->ctx, a, sort->column));
    const char *right = source->value(source->ctx, b, sort->column);
    bool no_left = !left || !*left, no_right = !right || !*right;
    int order;
    if (no_left || no_right) {
        order = no_left - no_right;
    } else {
        double difference = list->columns[sort->column].type == LIST_NUMBER ? strtod(left, NULL) - strtod(right, NULL)
                                                                            : (double)strcasecmp(left, right);
        order = difference < 0 ? -1 : difference > 0;
        order = sort->descending ? -order : order;
    }
    free(left);
    return order;
}

static int compare(const void *a, const void *b, void *ctx)
{
    const struct list *list = ctx;
    int left = *(const int *)a, right = *(const int *)b, order = 0;
    for (int i = 0; i < list->sort_count && !order; i++)
        order = compare_by(list, &list->sorts[i], left, right);
    return order ? order : left - right;
}

/* Whoever reads sees rows where they were, whatever their values are by now. */
static void stay(struct list *list, int known)
{
    int64_t *keys = mem_array((size_t)list->count + 1, sizeof *keys);
    int *order = mem_array((size_t)list->count + 1, sizeof *order);
    for (int i = 0; i < list->count; i++)
        keys[i] = list->source.key(list->source.ctx, list->rows[i]);
    order_follow(list->keys, known, keys, list->count, order);
    for (int i = 0; i < list->count; i++)
        order[i] = list->rows[order[i]];
    if (list->count)
        memcpy(list->rows, order, (size_t)list->count * sizeof *order);
    free(keys);
    free(order);
}

void list_arrange(struct list *list, bool in_place)
{
    int count = list->source.count(list->source.ctx), known = list->count;
    if (count > list->room) {
        list->rows = mem_resize(list->rows, (size_t)count, sizeof *list->rows);
        list->keys = mem_resize(list->keys, (size_t)count, sizeof *list->keys);
        list->room = count;
    }
    list->count = 0;
    for (int row = 0; row < count; row++)
        if (!list->filter || list_filter_passes(list->filter, &list->source, row))
            list->rows[list->count++] = row;
    if (list->sort_count && list->count)
        qsort_r(list->rows, (size_t)list->count, sizeof *list->rows, compare, list);
    if (in_place)
        stay(list, known);
    for (int i = 0; i < list->count; i++)
        list->keys[i] = list->source.key(list->source.ctx, list->rows[i]);
    table_reload(list->table);
}

void list_reload(struct list *list)
{
    list_arrange(list, app_in_place(list->app));
}

/* ---- Making one ---- */

struct list *list_new(struct app *app, const char *name, const struct list_column *columns, int count,
                      const struct list_source *source)
{
    struct list *list = mem_alloc(sizeof *list);
    list->app = app;
    list->name = mem_strdup(name);
    list->columns = columns;
    list->column_count = count;
    list->source = *source;
    list->filter_text = mem_strdup("");
    struct table_source shown = {.ctx = list,
                                 .count = shown_count,
                                 .key = shown_key,
                                 .cell = shown_cell,
                                 .muted = source->muted ? shown_muted : NULL,
                                 .flag = source->flag ? shown_flag : NULL,
                                 .find = shown_find};
    struct table_column *own = mem_array((size_t)count, sizeof *own);
    int *order = mem_array((size_t)count, sizeof *order), shown_columns = 0;
    for (int i = 0; i < count; i++) {
        own[i] = columns[i].table;
        if (!columns[i].hidden)
            order[shown_columns++] = i;
    }
    list->table = table_new(own, count, &shown);
    table_set_columns(list->table, order, shown_columns);
    table_set_marking(list->table, true);
    table_set_column_cursor(list->table, true);
    free(own);
    free(order);
    list_recall(list);
    return list;
}

void list_free(struct list *list)
{
    if (!list)
        return;
    list_copy_fini(list);
    list_export_fini(list);
    list_views_fini(list);
    table_free(list->table);
    list_filter_free(list->filter);
    free(list->filter_text);
    free(list->filter_before);
    free(list->rows);
    free(list->keys);
    free(list->name);
    free(list);
}

struct table *list_table(struct list *list)
{
    return list->table;
}

struct widget *list_widget(struct list *list)
{
    return table_widget(list->table);
}

int list_count(const struct list *list)
{
    return list->count;
}

int list_row(const struct list *list, int at)
{
    return list->rows[at];
}

int list_cursor_row(const struct list *list)
{
    int at = table_cursor(list->table);
    return at >= 0 && at < list->count ? list->rows[at] : -1;
}

int64_t *list_keys(const struct list *list, int *count)
{
    int64_t *keys = mem_array((size_t)list->count + 1, sizeof *keys);
    for (int i = 0; i < list->count; i++)
        keys[i] = list->source.key(list->source.ctx, list->rows[i]);
    *count = list->count;
    return keys;
}

/* ---- Actions ---- */

bool list_accepts(const struct list *list, enum action action)
{
    switch (action) {
    case ACTION_FILTER:
    case ACTION_SORT:
    case ACTION_COLUMNS:
        return true;
    case ACTION_SORT_REVERSE:
        return list->sort_count > 0;
    case ACTION_CANCEL:
        return *list->filter_text;
    default:
        return list_copy_accepts(list, action) || list_export_accepts(list, action) || list_views_accepts(action);
    }
}

/* A column that has no part in the order becomes its next key, the last key turns around, and after that goes. */
static void sort_by(struct list *list, int column)
{
    int at = 0;
    while (at < list->sort_count && list->sorts[at].column != column)
        at++;
    if (at == list->sort_count && at < TABLE_SORTS_MAX)
        list->sorts[list->sort_count++] = (struct table_sort){.column = column};
    else if (at < list->sort_count && !list->sorts[at].descending)
        list->sorts[at].descending = true;
    else if (at < list->sort_count) {
        memmove(list->sorts + at, list->sorts + at + 1, (size_t)(list->sort_count - at - 1) * sizeof list->sorts[0]);
        list->sort_count--;
    }
    list_set_sort(list, list->sorts, list->sort_count);
}

unsigned list_act(struct list *list, enum action action, int count)
{
    (void)count;
    switch (action) {
    case ACTION_FILTER:
        list->asked = ASKED_FILTER;
        free(list->filter_before);
        list->filter_before = mem_strdup(list->filter_text);
        app_ask(list->app, "Filter", list->filter_text);
        return TAKEN | REPAINT;
    case ACTION_COLUMNS: {
        char *text = list_columns_text(list);
        list->asked = ASKED_COLUMNS;
        app_ask(list->app, "Columns, in their order", text);
        free(text);
        return TAKEN | REPAINT;
    }
    case ACTION_SORT:
        sort_by(list, table_column(list->table));
        return TAKEN | REPAINT | MOVED;
    case ACTION_SORT_REVERSE:
        for (int i = 0; i < list->sort_count; i++)
            list->sorts[i].descending = !list->sorts[i].descending;
        list_set_sort(list, list->sorts, list->sort_count);
        return TAKEN | REPAINT | MOVED;
    case ACTION_CANCEL:
        list_set_filter(list, "");
        return TAKEN | REPAINT | MOVED;
    default:
        if (list_export_accepts(list, action))
            return list_export_act(list);
        if (list_views_accepts(action))
            return list_views_act(list, action);
        return list_copy_accepts(list, action) ? list_copy_act(list, action) : NOT_TAKEN;
    }
}

void list_typed(struct list *list, const char *text)
{
    char error[LIST_FILTER_ERROR];
    if (list->asked == ASKED_FILTER)
        list_apply_filter(list, text ? text : list->filter_before,
                          error); /* what makes no sense yet is told at Enter */
    if (!text)
        list->asked = ASKED_NOTHING;
    app_changed(list->app, REPAINT | MOVED);
}

bool list_answer(struct list *list, const char *text)
{
    char error[LIST_FILTER_ERROR];
    if (list->asked == ASKED_NOTHING)
        return false;
    enum asked asked = list->asked;
    list->asked = ASKED_NOTHING;
    bool sound = asked == ASKED_FILTER    ? list_apply_filter(list, text, error)
                 : asked == ASKED_COLUMNS ? list_apply_columns(list, text, error)
                                          : list_views_answer(list, asked, text, error);
    if (!sound) {
        char unused[LIST_FILTER_ERROR];
        list->asked = asked;
        if (asked == ASKED_FILTER) /* what was typed on the way is no filter that anybody wanted */
            list_apply_filter(list, list->filter_before, unused);
        app_ask_error(list->app, error);
    }
    app_changed(list->app, REPAINT | MOVED);
    return true;
}

void list_status(const struct list *list, struct line *line)
{
    int all = list->source.count(list->source.ctx), marked = table_mark_count(list->table);
    if (*list->filter_text)
        line_add(line, ROLE_TEXT, "%d of %d", list->count, all);
    else
        line_add(line, ROLE_TEXT, "%d in view", all);
    if (marked)
        line_add(line, ROLE_ACCENT, "   %d marked", marked);
    if (*list->filter_text)
        line_add(line, ROLE_TEXT, "   filter: %.60s", list->filter_text);
    for (int i = 0; i < list->sort_count; i++)
        line_add(line, ROLE_DIM, "%s%s", i ? ", " : "   sorted by ", list->columns[list->sorts[i].column].table.id);
}
