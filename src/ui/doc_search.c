/* Search in a document. */
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"
#include "doc_private.h"

/* Bytes of text that pattern matches at its beginning; 0 when it does not. */
static size_t match_here(const char *text, size_t length, const char *pattern, size_t pattern_length)
{
    size_t at = 0, in_pattern = 0;
    while (in_pattern < pattern_length) {
        wchar_t a, b;
        size_t used = utf8_decode(text + at, length - at, &a);
        size_t pattern_used = utf8_decode(pattern + in_pattern, pattern_length - in_pattern, &b);
        if (!used || !pattern_used || towlower((wint_t)a) != towlower((wint_t)b))
            return 0;
        at += used;
        in_pattern += pattern_used;
    }
    return at;
}

const char *doc_find(const char *text, const char *pattern, size_t *length)
{
    size_t text_length = strlen(text), pattern_length = strlen(pattern);
    for (size_t at = 0, used; at < text_length; at += used) {
        wchar_t code;
        used = utf8_decode(text + at, text_length - at, &code);
        *length = match_here(text + at, text_length - at, pattern, pattern_length);
        if (*length)
            return text + at;
        if (!used)
            break;
    }
    return NULL;
}

static bool line_matches(const struct doc *doc, int line)
{
    size_t length;
    for (int i = 0; i < doc->item_count; i++)
        if (doc->items[i].line == line && doc_find(doc->text.text + doc->items[i].text, doc->pattern, &length))
            return true;
    return false;
}

bool doc_search(struct doc *doc, const char *pattern, int direction)
{
    int step = direction < 0 ? -1 : 1;
    if (!str_equal(pattern, doc->pattern)) {
        free(doc->pattern);
        doc->pattern = pattern && *pattern ? mem_strdup(pattern) : NULL;
        doc->match = -1;
    }
    if (!doc->pattern)
        return false;
    int start = doc->match >= 0 ? doc->match : doc->top - step;
    for (int i = 1; i <= doc->lines; i++) {
        int line = ((start + step * i) % doc->lines + doc->lines) % doc->lines;
        if (!line_matches(doc, line))
            continue;
        doc->match = line;
        if (line < doc->top || line >= doc->top + doc->widget.rows)
            doc_scroll_to(doc, line - doc->widget.rows / 3);
        return true;
    }
    doc->match = -1;
    return false;
}
