/* What the files of the document share. */
#ifndef CENTURION_UI_DOC_PRIVATE_H
#define CENTURION_UI_DOC_PRIVATE_H

#include "centurion/base/str.h"
#include "centurion/ui/doc.h"

/* A piece of text (or a rule with a title) at a place. */
struct doc_item {
    int line, col;
    size_t text; /* offset in doc->text, NUL-terminated there */
    enum role role;
    bool rule;
};

struct doc {
    struct widget widget;
    doc_build_fn *build;
    void *ctx;
    struct doc_item *items;
    int item_count, item_capacity;
    struct str text;
    int lines;
    int pen; /* column of the next span */
    int top; /* first line shown */
    bool dim;
    char *pattern; /* searched for; NULL none */
    int match;     /* line of the last match, -1 none */
};

/* First place of pattern in text, ignoring case; NULL none. *length gets the bytes of text that match. */
const char *doc_find(const char *text, const char *pattern, size_t *length);

void doc_scroll_to(struct doc *doc, int top);

#endif
