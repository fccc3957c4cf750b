/* What the files of the table share. */
#ifndef CENTURION_UI_TABLE_PRIVATE_H
#define CENTURION_UI_TABLE_PRIVATE_H

#include "centurion/ui/table.h"

enum {
    TABLE_PREFIX = 3, /* cursor, flag, a blank; with marks one more, beside the cursor */
    CELL_TEXT_MAX = 64,
};

struct table_place {
    int column, col, cols;
};

struct table {
    struct widget widget;
    struct table_column *columns;
    int column_count;
    struct table_source source;
    enum table_state state;
    char *words, *empty;
    bool header;

    int count;       /* rows of the source, as of the last reload */
    int cursor, top; /* indices; cursor -1: empty */
    int64_t key;     /* of the row under the cursor; 0: not loaded yet */
    int want_first, want_count;

    struct table_place *places; /* the columns shown, left to right */
    int place_count;
    int *order; /* the columns that may be shown */
    int order_count;
    int scrolled; /* 0: columns by rank; n: the first one, then those after the n-th of the others */
    bool hides;   /* columns that are not shown lie to the right */
    bool column_cursor;
    int column_at; /* where it stands, in order */
    struct table_sort sorts[TABLE_SORTS_MAX];
    int sort_count;

    bool marking;
    int64_t *marks; /* ascending */
    int mark_count, mark_room;
    int64_t mark_last; /* the row marked last, where a range begins; 0: none */
};

int table_prefix(const struct table *table);

/* table_marks.c: the actions of marking. */
bool table_marks_accept(const struct table *table, enum action action);
unsigned table_marks_act(struct table *table, enum action action, int count);

/* table_columns.c: chooses the columns that are shown and their widths. */
void table_place_columns(struct table *table);
bool table_column_shown(const struct table *table, int column);
unsigned table_step_column(struct table *table, int step); /* of the cursor among the columns */

/* table_paint.c */
int table_header_rows(const struct table *table);
int table_page(const struct table *table); /* rows of the source that fit */
void table_paint(const struct widget *widget, const struct surface *surface);

/* cell.c: the cell as text; out is used if it has to be made. NULL: a picture (heat, spark), or nothing. */
const char *cell_text(const struct cell *cell, char out[CELL_TEXT_MAX]);

#endif
