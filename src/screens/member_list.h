/* A list of what there is about a member, or about all of them: the rows of one query, read page after page until all are there, and beside
 * them the whole of the one under the cursor where a row does not say everything. What differs is a struct member_list_kind. */
#ifndef CENTURION_SCREENS_MEMBER_LIST_H
#define CENTURION_SCREENS_MEMBER_LIST_H

#include "centurion/screens/screen.h"
#include "centurion/ui/doc.h"
#include "list.h"

enum { MEMBER_PAGE = 500 };

/* What a query is asked with: the member, then what the kind puts there. words, tag: what is searched for; NULL: nothing. */
struct member_ask {
    int64_t member; /* 0: all */
    const char *words, *tag;
    char id[24], page[12], text[3][32];
    const char *params[8];
};

/* Those after value may be NULL. Results of value and cell are valid until the next call for the column.
 *   name     under which filter, order and columns are kept
 *   id       the result's column that identifies a row
 *   paged    page after page, each asked for with the last row of the one before
 *   ask      fills params from the second on; last: the page before, NULL for the first
 *   ask_further  the same for the further query, which goes by the member otherwise
 *   key      where id does not do it
 *   detail   builds what is shown beside the list; further: all rows of the further query, or NULL while they are on their way */
struct member_list_kind {
    const char *name, *empty;
    const struct query *query, *further;
    int id;
    bool paged;
    const struct list_column *columns;
    int column_count;
    void (*ask)(struct member_ask *ask, const struct rowset *last, int last_day, int days);
    void (*ask_further)(struct member_ask *ask);
    void (*cell)(const struct app *app, const struct rowset *rows, int row, int column, struct cell *out);
    const char *(*value)(const struct app *app, const struct rowset *rows, int row, int column);
    int64_t (*key)(const struct rowset *rows, int row);
    bool (*muted)(const struct rowset *rows, int row);
    void (*detail)(const struct app *app, struct doc *doc, const struct rowset *rows, int row,
                   const struct rowset *further);
};

extern const struct member_list_kind member_entries_kind, member_notes_kind, member_questionnaires_kind,
    member_sessions_kind, member_invoices_kind, member_health_kind, member_log_kind, notes_kind;

struct member_list;

struct member_list *member_list_new(struct screen *screen, int64_t member, const struct member_list_kind *kind);
void member_list_free(struct member_list *list); /* NULL is fine */
struct table *member_list_table(struct member_list *list);
struct layout *member_list_layout(struct member_list *list);
void member_list_focus(struct member_list *list);

/* Reads it (again). last, days: the period, for kinds that have one. */
void member_list_load(struct member_list *list, int last, int days);

/* What is searched for by kinds that do: before it is read. "": nothing. */
void member_list_search(struct member_list *list, const char *words, const char *tag);

/* Puts the cursor on a row, once it is there. */
void member_list_want(struct member_list *list, int64_t key);

/* The answer to the further query; NULL while it is on its way. */
const struct rowset *member_list_further(const struct member_list *list);

/* The row of a key: its rowset and the number in it; false when it is not there. */
bool member_list_find(const struct member_list *list, int64_t key, const struct rowset **rows, int *row);

/* The row under the cursor: its rowset and the number in it; false when there is none. */
bool member_list_cursor(const struct member_list *list, const struct rowset **rows, int *row);

void member_list_reflow(struct member_list *list, int cols);
void member_list_moved(struct member_list *list);
void member_list_status(const struct member_list *list, struct line *left);
bool member_list_accepts(const struct member_list *list, enum action action);
unsigned member_list_act(struct member_list *list, enum action action, int count);
void member_list_answer(struct member_list *list, const char *text);
void member_list_typed(struct member_list *list, const char *text);

#endif
