/* Inside the sheet. */
#ifndef UI_SHEET_PRIVATE_H
#define UI_SHEET_PRIVATE_H

#include "centurion/ui/sheet.h"
#include "edit.h"

/* One cell before it was typed into; first: the step begins here. */
struct sheet_undo {
    int64_t key;
    int column;
    char *text; /* NULL: nothing had been typed */
    bool first;
};

enum sheet_change { SHEET_NOTHING, SHEET_SET, SHEET_FILL, SHEET_YESTERDAY, SHEET_CLEAR, SHEET_BLOCK };

struct sheet_paste {
    int row, column;
    char *text;
};

struct sheet {
    struct widget widget;
    struct sheet_source source;
    struct sheet_column *columns;
    int column_count, count;
    char name_title[32];
    char *empty;
    int row, column, top, left; /* left: the first column that is shown */
    int64_t key;
    bool editing, inside; /* inside: the arrows move within the text */
    struct edit edit;
    char words[200]; /* about what is being typed */
    bool wrong;
    bool too_long;          /* the cell that was to be edited holds more than a line takes */
    enum sheet_change last; /* what repeat does again */
    char *last_text;        /* the value that was set, or the block */
    struct sheet_undo *undo;
    int undo_count;
    struct sheet_paste *plan;
    int plan_count;
    char *plan_text; /* what was pasted */
};

enum { SHEET_PREFIX = 2, SHEET_GAP = 1, SHEET_NAME_MIN = 12, SHEET_NAME_MAX = 24 };

int sheet_name_cols(const struct sheet *sheet);
int sheet_page(const struct sheet *sheet);
int sheet_col_of(const struct sheet *sheet, int column); /* where it begins on the screen; -1: it is not shown */
void sheet_paint(const struct widget *widget, const struct surface *surface);
void sheet_put(struct sheet *sheet, int row, int column, const char *text, bool first);
void sheet_remember(struct sheet *sheet, enum sheet_change change, const char *text); /* for repeat; text may be NULL */
void sheet_drop_plan(struct sheet *sheet);

#endif
