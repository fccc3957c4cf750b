/* The figures behind the grids of check-ins: rows as the server has them, cells that were typed and are not saved, what is asked and
 * within which limits. A cell is one member's figure of one day. */
#ifndef SCREENS_ENTRY_PAGE_H
#define SCREENS_ENTRY_PAGE_H

#include "centurion/screens/screen.h"
#include "centurion/ui/sheet.h"

enum {
    ENTRY_WEIGHT,
    ENTRY_STEPS,
    ENTRY_CALORIES,
    ENTRY_SLEEP,
    ENTRY_STRESS,
    ENTRY_NOTES,
    ENTRY_PROMPT /* and those after it */
};
enum { ENTRY_PROMPTS_MAX = 20, ENTRY_METRICS_MAX = ENTRY_PROMPT + ENTRY_PROMPTS_MAX, ENTRY_TEXT = 1024 };

/* One cell that was typed. base: what stood there when it was; shown once the server has something else. */
struct entry_typed {
    int64_t user;
    int day;
    char id[64]; /* of the metric: other cohorts ask other things */
    char *text, *base;
    char words[200]; /* why it was refused */
    bool refused, pending, conflict;
    bool health; /* taken from health data, not typed */
};

struct entry_metric {
    char id[64], title[32];
    enum sheet_kind kind;
    double minimum, maximum, low, high; /* NAN: none */
    bool whole;
};

struct entry_page {
    struct app *app;
    struct rowset *rows; /* of entry_grid or entry_grid_member */
    struct entry_metric metrics[ENTRY_METRICS_MAX];
    int metric_count;
    struct entry_typed *typed;
    int typed_count;
    int64_t *sent_users; /* of the save under way, in its order */
    int *sent_days;
    int sent_count;
};

void entry_page_init(struct entry_page *page, struct app *app);
void entry_page_fini(struct entry_page *page);

void entry_page_limits(struct entry_page *page, const struct rowset *rows);
void entry_page_prompts(struct entry_page *page, const struct rowset *rows);
void entry_page_rows(struct entry_page *page, const struct rowset *rows); /* newly read: what was typed stays */

/* row: of the rows. The text is as people read it, valid until the next calls. */
const char *entry_page_stored(const struct entry_page *page, int row, int metric);
const char *entry_page_value(const struct entry_page *page, int row, int metric); /* typed, else stored */
const char *entry_page_before(const struct entry_page *page, int row, int metric);
struct entry_typed *entry_page_typed(const struct entry_page *page, int row, int metric);
void entry_page_put(struct entry_page *page, int row, int metric, const char *text);
void entry_page_keep(struct entry_page *page,
                     struct entry_typed *typed); /* mine: over what stands there now, knowingly */
void entry_page_discard(struct entry_page *page);

/* As if it had been typed, from a draft; the server's value is compared with base once it is read. */
void entry_page_restore(struct entry_page *page, int64_t user, int day, const char *id, const char *text,
                        const char *base);

/* False and words: a mistake. True and words: odd. */
bool entry_page_judge(const struct entry_page *page, int row, int metric, const char *text, char *words, size_t size);
void entry_page_cell(const struct entry_page *page, int row, int metric, struct sheet_cell *out);
const char *entry_page_about(const struct entry_page *page, int row, int metric, enum role *role);
void entry_page_counts(const struct entry_page *page, int *cells, int *rows, int *errors, int *warnings);

/* All rows that have no mistake and no conflict, as one change; NULL: there is nothing to send. The caller frees it. */
char *entry_page_items(struct entry_page *page, int *rows);
void entry_page_answer(struct entry_page *page, const struct change_reply *reply, int *saved, int *conflicts,
                       int *refused);

#endif
