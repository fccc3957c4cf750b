/* The table: typed columns by rank, a windowed source, a cursor that stays on its row by key across reloads. */
#ifndef CENTURION_UI_TABLE_H
#define CENTURION_UI_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/ui/widget.h"

enum cell_kind {
    CELL_TEXT,   /* text */
    CELL_INT,    /* number; right-aligned, thousands as "12,345" */
    CELL_REAL,   /* real with `decimals` */
    CELL_PERCENT,/* number, "43%" */
    CELL_MONEY,  /* number: cents */
    CELL_DATE,   /* number: days, shown "16 Jan" */
    CELL_DELTA,  /* number with ▲ ▼; 0 plain */
    CELL_SCORE,  /* number and, in text, a glyph after it: "70 ●" */
    CELL_HEAT,   /* text: one code a day, see chart_heat() */
    CELL_SPARK,  /* series: `count` values (NAN: none) */
    CELL_EMPTY,  /* absent: a dim "–" */
};

struct cell {
    enum cell_kind kind;
    enum role role;
    const char *text;      /* valid until the next call of the source */
    int64_t number;
    double real;
    int decimals;
    const double *series;
    int count;
};

struct table_column {
    const char *id, *title;
    int cols;              /* width; for the flexible column its minimum */
    int max_cols;          /* flexible columns only: never wider; 0 no limit */
    int rank;              /* 0 never goes; the highest rank goes first when it is narrow */
    bool flexible;         /* takes the slack (names) */
    bool right;            /* numbers: right-aligned, title too */
};

/* Where rows come from. index is 0-based in the source's order. */
struct table_source {
    void *ctx;
    int (*count)(void *ctx);
    int64_t (*key)(void *ctx, int index);            /* identifies a row across reloads */
    void (*cell)(void *ctx, int index, int column, struct cell *out); /* a row that is not loaded yet gives CELL_EMPTY cells */
    void (*want)(void *ctx, int first, int count);   /* the window that is shown, with a margin; may be NULL: everything is loaded */
    bool (*muted)(void *ctx, int index);             /* draw the whole row dim; may be NULL */
    const char *(*flag)(void *ctx, int index, enum role *role); /* one glyph before the row ("!"), NULL none; may be NULL */
    int (*find)(void *ctx, int64_t key);             /* index of a row by key, -1 none; may be NULL: looked for near the old index only */
};

/* LOADING says so only while there are no rows; STALE shows the rows and words below them; FAILED shows words instead. */
enum table_state { TABLE_LOADING, TABLE_READY, TABLE_STALE, TABLE_FAILED };

struct table; /* starts with struct widget */

struct table *table_new(const struct table_column *columns, int column_count, const struct table_source *source);
void table_free(struct table *table);
struct widget *table_widget(struct table *table);

/* After the source changed: finds the row of the cursor again by its key (else stays at the index), on the same line of the
 * screen. Costs the visible rows and a short search, never the whole source. */
void table_reload(struct table *table);

/* state and, for STALE and FAILED, words shown over or instead of the rows. empty_text: what an empty table says. */
void table_set_state(struct table *table, enum table_state state, const char *words);
void table_set_empty(struct table *table, const char *words);

int table_cursor(const struct table *table);        /* index, -1 when empty */
int64_t table_cursor_key(const struct table *table); /* 0 when empty */
bool table_select(struct table *table, int64_t key); /* false when there is no such row (of those that find or a short search see) */
unsigned table_move(struct table *table, int step);  /* REPAINT | MOVED, or TAKEN at an end */
void table_set_column_cols(struct table *table, int column, int cols); /* another width for a column (its minimum, if flexible) */
void table_set_title(struct table *table, bool header); /* show the column titles? default true */

#endif
