/* A document: lines of spans, rules, paragraphs and charts, scrolled. Details, overviews and help are made of it. */
#ifndef CENTURION_UI_DOC_H
#define CENTURION_UI_DOC_H

#include <stdbool.h>

#include "centurion/ui/chart.h"
#include "centurion/ui/widget.h"

struct doc; /* starts with struct widget */

struct doc *doc_new(void);
void doc_free(struct doc *doc);
struct widget *doc_widget(struct doc *doc);

/* The owner rebuilds the content here whenever size or data changed: called with the present size after doc_clear(). */
typedef void doc_build_fn(void *ctx, struct doc *doc, int cols, int rows);
void doc_on_build(struct doc *doc, doc_build_fn *build, void *ctx);
void doc_clear(struct doc *doc);
int doc_cols(const struct doc *doc); /* columns of text: a column on either side of the pane stays free */

/* Building, top to bottom. Text and series are copied. doc_line() and doc_blank() start a new line, doc_rule() and
 * doc_chart() take lines of their own. */
void doc_line(struct doc *doc);
void doc_blank(struct doc *doc);
void doc_rule(struct doc *doc, const char *title); /* title may be NULL */
void doc_chart(struct doc *doc, const struct chart *chart, int rows);

/* What follows goes into the line that was started, left to right. */
void doc_span(struct doc *doc, enum role role, const char *format, ...) __attribute__((format(printf, 3, 4)));
void doc_text(struct doc *doc, enum role role, const char *text);
void doc_at(struct doc *doc, int col);   /* the next span starts here (or a blank after the last one) */
void doc_gap(struct doc *doc, int cols); /* the next span starts so much further on */
void doc_spark(struct doc *doc, enum role role, const double *values, int count, int cols);
void doc_heat(struct doc *doc, const char *days);

/* What comes next is cols wide: where the line that was started has no room for it, it goes into a new one, from indent on. */
void doc_room(struct doc *doc, int cols, int indent);

/* Ends at end_col (exclusive; -1: the right edge), or follows what is there already. */
void doc_right(struct doc *doc, enum role role, const char *text, int end_col);

/* Goes on in new lines, indented. #tags get ROLE_INFO, hits (see hits.h) ROLE_MATCH; line breaks in the text are kept. */
void doc_wrap(struct doc *doc, int indent, enum role role, const char *text);

int doc_lines(const struct doc *doc);
void doc_scroll_top(struct doc *doc);
void doc_rebuild(struct doc *doc); /* content changed: builds again, keeps the scroll if it can */

/* Everything dim: it shows another record than the cursor, the new one is on its way. */
void doc_set_dim(struct doc *doc, bool dim);

/* Search in it: highlights pattern (case-insensitive) and scrolls to the next line that holds it after the last match
 * (before it with a negative direction), around the end; false when there is none. NULL or "" ends the search. */
bool doc_search(struct doc *doc, const char *pattern, int direction);

#endif
