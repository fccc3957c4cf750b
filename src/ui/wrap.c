#include "centurion/ui/wrap.h"

#include <string.h>

#include "centurion/base/utf8.h"
#include "centurion/ui/hits.h"

static size_t skip_blanks(const char *text, size_t at)
{
    return at + strspn(text + at, " ");
}

/* Bytes of the line break here; text from web forms ends lines with both. */
static size_t line_break(const char *text)
{
    return text[0] == '\n' ? 1 : text[0] == '\r' && text[1] == '\n' ? 2 : 0;
}

size_t wrap_line(const char *text, int cols, bool may_wait, size_t *next)
{
    size_t length = strlen(text), at = 0, end = 0;
    int used = 0;
    struct utf8_cluster cluster;
    while (text[at] != '\0' && !line_break(text + at) && utf8_next(text + at, length - at, &cluster)) {
        int width = hits_sign(text[at]) ? 0 : cluster.width;
        if (text[at] == ' ' || cluster.width == 2)
            end = at ? at : end;
        if (used + width > cols) {
            if (end == 0 && may_wait) {
                *next = 0;
                return 0;
            }
            if (end == 0)
                end = at ? at : cluster.bytes;
            *next = skip_blanks(text, end);
            return end;
        }
        used += width;
        at += cluster.bytes;
    }
    *next = at + line_break(text + at);
    return at;
}
