/* What the files of the list share. */
#ifndef CENTURION_SCREENS_LIST_PRIVATE_H
#define CENTURION_SCREENS_LIST_PRIVATE_H

#include "list.h"
#include "list_filter.h"

enum asked { ASKED_NOTHING, ASKED_FILTER, ASKED_COLUMNS };

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
    struct record_window *record; /* the raw record that is shown; NULL: none */
};

/* list_copy.c: COPY_CELL, COPY_ROW, RAW. */
bool list_copy_accepts(const struct list *list, enum action action);
unsigned list_copy_act(struct list *list, enum action action);
void list_copy_fini(struct list *list);

/* list_export.c: EXPORT. */
bool list_export_accepts(const struct list *list, enum action action);
unsigned list_export_act(struct list *list);
void list_export_fini(struct list *list);

#endif
