/* What the files of the list share. */
#ifndef CENTURION_SCREENS_LIST_PRIVATE_H
#define CENTURION_SCREENS_LIST_PRIVATE_H

#include "list.h"
#include "list_filter.h"

enum asked { ASKED_NOTHING, ASKED_FILTER, ASKED_COLUMNS, ASKED_VIEW_NAME, ASKED_VIEW_RENAMED };

struct list {
    struct app *app;
    char *name;
    const struct list_column *columns;
    int column_count;
    struct list_source source;
    struct table *table;
    struct list_filter *filter;
    char *filter_text;
    char *filter_before; /* while another one is typed: what Escape goes back to */
    struct table_sort sorts[TABLE_SORTS_MAX];
    int sort_count;
    int *rows;     /* what is shown: numbers of the source's rows */
    int64_t *keys; /* theirs, to find them again */
    int count, room;
    enum asked asked;
    struct list_export *export;
    struct list_views *views;     /* NULL: not asked for yet */
    struct record_window *record; /* the raw record that is shown; NULL: none */
};

/* list.c */
void list_arrange(struct list *list, bool in_place);

/* list_state.c: filter, order ("-last name") and columns as text. Those that apply text change nothing where it makes no sense: false, with
 * what is wrong. The texts are heap. */
char *list_columns_text(const struct list *list);
char *list_sort_text(const struct list *list);
bool list_apply_filter(struct list *list, const char *text, char error[LIST_FILTER_ERROR]);
bool list_apply_columns(struct list *list, const char *text, char error[LIST_FILTER_ERROR]);
bool list_apply(struct list *list, const char *filter, const char *sort, const char *columns,
                char error[LIST_FILTER_ERROR]); /* all three or none */
void list_recall(struct list *list);            /* what was kept in this run */

/* list_views.c: VIEWS, SAVE_VIEW. */
bool list_views_accepts(enum action action);
unsigned list_views_act(struct list *list, enum action action);
bool list_views_answer(struct list *list, enum asked asked, const char *text, char error[LIST_FILTER_ERROR]);
void list_views_fini(struct list *list);

/* list_copy.c: COPY_CELL, COPY_ROW, RAW. */
bool list_copy_accepts(const struct list *list, enum action action);
unsigned list_copy_act(struct list *list, enum action action);
void list_copy_fini(struct list *list);

/* list_export.c: EXPORT. */
bool list_export_accepts(const struct list *list, enum action action);
unsigned list_export_act(struct list *list);
void list_export_fini(struct list *list);

#endif
