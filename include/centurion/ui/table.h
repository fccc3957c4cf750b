/* The table: typed columns by rank, a windowed source, a cursor that stays on its row by key across reloads. */
#ifndef CENTURION_UI_TABLE_H
#define CENTURION_UI_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/ui/widget.h"

enum cell_kind {
    CELL_TEXT,    /* text */
    CELL_HITS,    /* text with hits (hits.h), as one line; the first hit is shown wherever it stands */
    CELL_INT,     /* number; right-aligned, thousands as "12,345" */
    CELL_REAL,    /* real with `decimals` */
    CELL_PERCENT, /* number, "43%" */
    CELL_MONEY,   /* number: cents */
    CELL_DATE,    /* number: days, shown "16 Jan" */
    CELL_DELTA,   /* number with ▲ ▼; 0 plain */
    CELL_SCORE,   /* number and, in text, a glyph after it: "70 ●" */
    CELL_HEAT,    /* text: one code a day, see chart_heat() */
    CELL_SPARK,   /* series: `count` values (NAN: none) */
    CELL_EMPTY,   /* absent: a dim "–" */
};

struct cell {
    enum cell_kind kind;
    enum role role;
    const char *text; /* valid until the next call of the source */
    int64_t number;
    double real;
    int decimals;
    const double *series;
    int count;
};

struct table_column {
    const char *id, *title;
    int cols;      /* width; for the flexible column its minimum */
    int max_cols;  /* flexible columns only: never wider; 0 no limit */
    int rank;      /* 0 never goes; the highest rank goes first when it is narrow */
    bool flexible; /* takes the slack (names) */
    bool right;    /* numbers: right-aligned, title too */
};

/* Where rows come from. index is 0-based in the source's order. Those after cell may be NULL.
 *   key    identifies a row across reloads; 0 for one that is not loaded yet
 *   cell   what a row shows in a column; a row that is not loaded yet gives CELL_EMPTY cells
 *   want   the window that is shown, with a page more on either side; NULL: everything is loaded
 *   muted  draw the whole row dim?
 *   flag   one glyph before the row ("!"), or NULL
 *   find   the index of a row by its key, -1 none; without it a row is looked for near its old index only */
struct table_source {
    void *ctx;
    int (*count)(void *ctx);
    int64_t (*key)(void *ctx, int index);
    void (*cell)(void *ctx, int index, int column, struct cell *out);
    void (*want)(void *ctx, int first, int count);
    bool (*muted)(void *ctx, int index);
    const char *(*flag)(void *ctx, int index, enum role *role);
    int (*find)(void *ctx, int64_t key);
};

/* LOADING says so only while there are no rows; STALE shows rows and words below them; FAILED shows words instead. */
enum table_state { TABLE_LOADING, TABLE_READY, TABLE_STALE, TABLE_FAILED };

/* A key of the order that the rows stand in; the table shows it above its column and sorts nothing. */
struct table_sort {
    int column;
    bool descending;
};
enum { TABLE_SORTS_MAX = 4 };

struct table; /* starts with struct widget */

struct table *table_new(const struct table_column *columns, int column_count, const struct table_source *source);
void table_free(struct table *table);
struct widget *table_widget(struct table *table);

/* After the source changed: finds the row of the cursor again by its key (else stays at the index), on the same line of
 * the screen. Costs the visible rows and a short search, never the whole source. */
void table_reload(struct table *table);

/* words: for STALE and FAILED. table_set_empty(): what a table without rows says. */
void table_set_state(struct table *table, enum table_state state, const char *words);
void table_set_empty(struct table *table, const char *words);

int table_cursor(const struct table *table);         /* index, -1 when empty */
int64_t table_cursor_key(const struct table *table); /* 0 when empty */
unsigned table_move(struct table *table, int step);  /* REPAINT | MOVED, or TAKEN at an end */

/* Puts the cursor on a row; false when there is none of that key (that find or a short search would see). */
bool table_select(struct table *table, int64_t key);

/* Another width for a column (its minimum, if it is flexible). */
void table_set_column_cols(struct table *table, int column, int cols);

/* Which columns are shown, in this order; the first one stays where it is when the others scroll. All by default. */
void table_set_columns(struct table *table, const int *order, int count);
int table_columns(const struct table *table, const int **order); /* returns how many; valid until the next change */

/* What the rows are sorted by, for the titles: "Score ▼1". */
void table_set_sort(struct table *table, const struct table_sort *sorts, int count);

/* With a cursor among the columns, left and right move it instead of scrolling. Default false. */
void table_set_column_cursor(struct table *table, bool on);
int table_column(const struct table *table); /* where it stands; without one the first column that is shown */

/* Marks. With marking on, a column beside the cursor's shows them, and the table takes the actions of marking: those of
 * everything (all, invert) only while its source has every row (no want). Marks are kept by key, also of rows that are gone from the
 * source, until they are taken away. Default false. */
void table_set_marking(struct table *table, bool on);
bool table_marked(const struct table *table, int64_t key);
void table_mark(struct table *table, int64_t key, bool on);
void table_unmark_all(struct table *table);
int table_mark_count(const struct table *table);
const int64_t *table_marks(const struct table *table); /* ascending; valid until the next change */

/* Show the column titles? Default true. */
void table_set_title(struct table *table, bool header);

#endif
