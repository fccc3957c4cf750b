/* The detail beside the review queue: why, the week, trends, what changed, notes. It follows the cursor once that rests, in
 * one round trip, and keeps what was already read. */
#ifndef CENTURION_SCREENS_REVIEW_DETAIL_H
#define CENTURION_SCREENS_REVIEW_DETAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/data/rowset.h"
#include "centurion/ui/doc.h"

struct app;
struct review_detail;

/* The answers that a detail is made of: one query each. */
enum review_part {
    REVIEW_PART_REASONS,
    REVIEW_PART_WEEK,
    REVIEW_PART_TRENDS,
    REVIEW_PART_CHANGES,
    REVIEW_PART_NOTES,
    REVIEW_PART_COUNT
};

enum { REVIEW_MEANS = 5 };

/* The line of the queue that it is about; texts are copied. user_id 0: nobody. coach: whose queue, where it is not the caller's own. */
struct review_subject {
    int64_t user_id, coach;
    int monday;
    char name[160], cohort[96], week[16], band[8];
    int score, rates[3];        /* per cent of the expected check-ins in 7, 30 and 90 days */
    double means[REVIEW_MEANS]; /* of the week: weight, steps, calories, sleep, stress; NAN: none was given */
};

struct review_detail *review_detail_new(struct app *app);
void review_detail_free(struct review_detail *detail);
struct widget *review_detail_widget(struct review_detail *detail);

void review_detail_point(struct review_detail *detail, const struct review_subject *subject);
void review_detail_forget(struct review_detail *detail); /* what was read may be old now */
void review_detail_rebuild(struct review_detail *detail);
bool review_detail_restless(const struct review_detail *detail);

/* review_content.c: writes the detail into doc, whole where there are rows enough, else in a compact form; and its first line alone. */
void review_content(const struct app *app, struct doc *doc, const struct review_subject *subject,
                    struct rowset *const *parts, int cols, int rows);
void review_content_head(struct doc *doc, const struct review_subject *subject);

#endif
