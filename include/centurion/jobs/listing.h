/* A list as text for other programs, and the file it goes to. */
#ifndef CENTURION_JOBS_LISTING_H
#define CENTURION_JOBS_LISTING_H

#include <stdbool.h>

#include "centurion/base/error.h"

enum listing_format { LISTING_CSV, LISTING_TSV, LISTING_JSON, LISTING_MARKDOWN, LISTING_FORMATS };

extern const char *const listing_names[];    /* "csv", "tsv", "json", "markdown"; NULL at the end */
extern const char *const listing_suffixes[]; /* ".csv", ".tsv", ".json", ".md" */

struct listing_column {
    const char *name;
    bool number; /* its values are plain numbers: right-aligned in Markdown, without quotes in JSON */
};

/* value: UTF-8, valid until the next call; "" or NULL: none. */
struct listing {
    const struct listing_column *columns;
    int column_count, row_count;
    const char *(*value)(void *ctx, int row, int column);
    void *ctx;
};

/* All of it, with the names of the columns first. Heap; the caller frees. In CSV and TSV no text runs as a formula; TSV and Markdown have a
 * row on one line, whatever line ends a value has. */
char *listing_text(const struct listing *listing, enum listing_format format);

/* Writes text to a file that only its owner may read. Without replace a file that is there already stays as it is. With it the new one
 * takes the old one's place once it is whole. What is no plain file is never replaced. */
enum status listing_write(const char *path, const char *text, bool replace, struct error *error);

#endif
