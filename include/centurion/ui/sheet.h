/* A grid to type figures into: rows with a name, columns with a title, a cursor on a cell. Typing over a cell starts to edit it; Enter,
 * Tab and the arrows take what was typed and go on. A mistake is shown in the cell and said below it, and never stops the typing. What
 * was typed is the source's to keep; the sheet knows cells and words only. */
#ifndef CENTURION_UI_SHEET_H
#define CENTURION_UI_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "centurion/ui/widget.h"

enum { SHEET_TEXT_MAX = 1024 };

/* What happened to a cell; drawn as a glyph behind it. */
enum sheet_mark {
    SHEET_PLAIN,
    SHEET_CHANGED,  /* *  typed, not saved */
    SHEET_ODD,      /* ?  typed, and worth a second look; it can be saved */
    SHEET_WRONG,    /* !  cannot be saved, or was refused */
    SHEET_CONFLICT, /* ≠  somebody else changed it meanwhile */
    SHEET_PENDING,  /* …  on its way */
};

struct sheet_cell {
    const char *text; /* NULL or "": nothing, a dim dot. Valid until the next call of the source */
    enum sheet_mark mark;
    const char *remark; /* one letter behind a plain cell (where it came from), or NULL */
    bool fixed;         /* shown, not typed */
    enum role role;
};

enum sheet_kind { SHEET_NUMBER, SHEET_YESNO, SHEET_WORDS };

struct sheet_column {
    char title[32];
    enum sheet_kind kind;
    int cols;
};

/* All are called with the source's own numbers of rows and columns. count and columns may change before sheet_reload().
 *   put     what was typed; "" clears the cell. text NULL: as if it had never been typed
 *   typed   what was typed into it and is not saved, or NULL
 *   judge   while it is typed: false and words for a mistake, true and perhaps words for something odd
 *   before  the value of the day before, for "copy yesterday"; NULL: none
 *   mean    what the row below all others shows in a column, or NULL
 *   about   a line of words about the cell under the cursor, or NULL
 *   block   a block was pasted: the owner shows the plan (sheet_plan), and takes it or does not */
struct sheet_source {
    void *ctx;
    int (*count)(void *ctx);
    int64_t (*key)(void *ctx, int row);
    const char *(*name)(void *ctx, int row, bool *muted);
    void (*cell)(void *ctx, int row, int column, struct sheet_cell *out);
    void (*put)(void *ctx, int row, int column, const char *text);
    const char *(*typed)(void *ctx, int row, int column);
    bool (*judge)(void *ctx, int row, int column, const char *text, char *words, size_t size);
    const char *(*before)(void *ctx, int row, int column);
    const char *(*mean)(void *ctx, int column);
    const char *(*about)(void *ctx, int row, int column, enum role *role);
    void (*block)(void *ctx, const char *text);
};

struct sheet; /* starts with struct widget */

struct sheet *sheet_new(const struct sheet_source *source);
void sheet_free(struct sheet *sheet);
struct widget *sheet_widget(struct sheet *sheet);

/* Other columns: copied. The cursor keeps its number where there is one. */
void sheet_set_columns(struct sheet *sheet, const char *name_title, const struct sheet_column *columns, int count);

/* The source has other rows or values: the cursor stays on its row by key, and a cell that is being edited stays so. */
void sheet_reload(struct sheet *sheet);
void sheet_forget_undo(struct sheet *sheet); /* what was typed is saved or thrown away */
void sheet_set_empty(struct sheet *sheet, const char *words);

int sheet_row(const struct sheet *sheet); /* -1: there is none */
int sheet_column(const struct sheet *sheet);
void sheet_go(struct sheet *sheet, int row, int column);
bool sheet_editing(const struct sheet *sheet);
void sheet_commit(struct sheet *sheet); /* takes what is being typed */

/* A block of a spreadsheet, from the cursor on: lines of cells divided by tabs, else by semicolons or commas (a comma between digits is
 * one of a decimal). A first line of names says which columns are meant, and a first column of names which rows. plan says what would go
 * where, a line each; take puts it there as one step for undo. The plan is dropped by the next paste. */
struct str;
int sheet_plan(struct sheet *sheet, const char *text, struct str *words);
void sheet_take(struct sheet *sheet);

#endif
