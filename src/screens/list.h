/* What every list can do: a filter, an order of several keys, columns chosen and ordered, marks. A screen describes its columns and hands
 * out values; the list owns the table, and keeps filter, order and columns per screen for as long as the program runs.
 *
 *     self->list = list_new(app, "members", columns, COLUMNS, &source);      widget: list_widget(self->list)
 *     list_reload(self->list);                                               when the rows changed
 *     accepts: return list_accepts(self->list, action) || ...                act: unsigned c = list_act(self->list, action, count);
 *     answer:  if (list_answer(self->list, text)) return;                    typed: list_typed(self->list, text);
 *     status:  list_status(self->list, left); */
#ifndef CENTURION_SCREENS_LIST_H
#define CENTURION_SCREENS_LIST_H

#include "centurion/screens/screen.h"
#include "centurion/ui/table.h"

/* How values compare. DATE: ISO, so as text. */
enum list_type { LIST_TEXT, LIST_NUMBER, LIST_DATE };

struct list_column {
    struct table_column table; /* id is what filter and column chooser call it */
    enum list_type type;
    bool hidden; /* until somebody chooses it */
};

/* Rows are numbered in the order in which the screen has them; the list has its own order above that.
 *   count, key, cell, muted, flag   as in struct table_source; the last two may be NULL
 *   lacks   why not every row is here, or NULL; an export says so and waits. NULL: they always are
 *   value   what filter, order and copies go by: numbers plain, dates ISO; NULL or "": none. Valid until the next call for the column */
struct list_source {
    void *ctx;
    int (*count)(void *ctx);
    int64_t (*key)(void *ctx, int row);
    void (*cell)(void *ctx, int row, int column, struct cell *out);
    const char *(*value)(void *ctx, int row, int column);
    bool (*muted)(void *ctx, int row);
    const char *(*flag)(void *ctx, int row, enum role *role);
    const char *(*lacks)(void *ctx);
};

struct list;

/* name: the screen's, under which its state is kept. columns stays the caller's and must live as long. */
struct list *list_new(struct app *app, const char *name, const struct list_column *columns, int count,
                      const struct list_source *source);
void list_free(struct list *list);
struct table *list_table(struct list *list);
struct widget *list_widget(struct list *list);

/* The rows changed: they are filtered and ordered anew; cursor and marks stay with their rows. While the app reads in place
 * (app_in_place()) the rows stay where they are, too. */
void list_reload(struct list *list);

int list_count(const struct list *list);       /* rows that the filter lets through */
int list_row(const struct list *list, int at); /* the source's number of the row that is shown as the at-th */
int list_cursor_row(const struct list *list);  /* the same of the one under the cursor; -1 none */

/* The keys of what is shown, in its order: for app_set_records(). Heap; the caller frees. */
int64_t *list_keys(const struct list *list, int *count);

/* FILTER, SORT, SORT_REVERSE, COLUMNS, COPY_CELL, COPY_ROW, RAW, EXPORT, VIEWS, SAVE_VIEW, and CANCEL while there is a filter to clear. */
bool list_accepts(const struct list *list, enum action action);
unsigned list_act(struct list *list, enum action action, int count);

/* What came of app_ask(): true if the list asked. list_typed(): while it is typed, for the filter that follows. */
bool list_answer(struct list *list, const char *text);
void list_typed(struct list *list, const char *text);

/* "3 of 52   12 marked   filter: cohort:jan   sorted by score, name" */
void list_status(const struct list *list, struct line *line);

/* Sets them from outside. A filter or column that makes no sense is told and changes nothing: false. */
bool list_set_filter(struct list *list, const char *text);
void list_set_sort(struct list *list, const struct table_sort *sorts, int count);

#endif
