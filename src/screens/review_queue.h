/* What a review queue shows: its clients, their sums, the weeks that wait and the cohorts that it is made of. Private to src/screens. */
#ifndef CENTURION_SCREENS_REVIEW_QUEUE_H
#define CENTURION_SCREENS_REVIEW_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/base/str.h"
#include "centurion/data/rowset.h"
#include "centurion/screens/screen.h"

/* The rows of QUERY_REVIEW_QUEUE, QUERY_REVIEW_SUMMARY, QUERY_REVIEW_BACKLOG and QUERY_REVIEW_COHORTS; NULL until they are answered. */
struct review_queue {
    struct app *app;
    struct rowset *rows, *summary, *backlog, *cohorts;
    int64_t coach;     /* whose queue it is; 0: one's own */
    int monday;        /* of the week that is asked for; DATE_NONE: the one that holds today */
    struct str chosen; /* "{3,7}": the cohorts that it is about; "": all of them */
    struct str names;  /* theirs */
    void *owner;
    void (*answered)(void *owner, const struct reply *reply); /* QUERY_REVIEW_QUEUE: the owner takes its rows */
    db_ticket queue_ticket, summary_ticket, backlog_ticket, cohorts_ticket;
};

void review_queue_load(struct review_queue *queue);      /* all of it */
void review_queue_load_sums(struct review_queue *queue); /* what a mark changes */
void review_queue_fini(struct review_queue *queue);

int review_queue_monday(const struct review_queue *queue); /* of the week that is shown */

/* The latest earlier week that waits, from the one that is shown; behind the last of them comes the first again. */
int review_queue_waiting_week(const struct review_queue *queue);

#endif
