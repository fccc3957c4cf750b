/* The columns of a review queue, over its rows and what is marked of them. Private to src/screens. */
#ifndef CENTURION_SCREENS_REVIEW_TABLE_H
#define CENTURION_SCREENS_REVIEW_TABLE_H

#include "list.h"
#include "review_marks.h"
#include "review_queue.h"

enum { REVIEW_COLUMNS = 10 };

/* Lives in its owner, as the list goes by its columns. */
struct review_table {
    const struct review_queue *queue;
    const struct review_marks *marks;
    struct list_column columns[REVIEW_COLUMNS];
};

/* The list of a queue: unsorted it stands in the queue's own order. */
struct list *review_table_list(struct review_table *table, struct app *app, const struct review_queue *queue,
                               const struct review_marks *marks);

#endif
