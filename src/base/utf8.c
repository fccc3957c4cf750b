#include "centurion/base/utf8.h"

#include <limits.h>
#include <string.h>

enum { REPLACEMENT = 0xFFFD, CONTROL_PICTURES = 0x2400, DELETE_PICTURE = 0x2421 };

size_t utf8_decode(const char *text, size_t length, wchar_t *out)
{
    if (!length)
        return 0;
    const unsigned char *bytes = (const unsigned char *)text;
    unsigned first = bytes[0];
    if (first < 0x80) {
        *out = (wchar_t)first;
        return 1;
    }
    *out = REPLACEMENT;
    size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length < size)
        return 1;
    unsigned code = first & (0xFFu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 1;
        code = code << 6 | (bytes[i] & 0x3F);
    }
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < least[size] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 1;
    *out = (wchar_t)code;
    return size;
}

size_t utf8_encode(wchar_t wide, char out[4])
{
    unsigned code = (unsigned)wide;
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = REPLACEMENT;
    size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[size] | code);
    return size;
}

/* Characters that are not seen but change how others are read: directional marks, isolates, separators, tags. */
static bool hidden_format(wchar_t code)
{
    return code == 0x00AD || code == 0x061C || code == 0x180E || code == 0x200B || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
           (code >= 0xFFF9 && code <= 0xFFFB) || (code >= 0xE0000 && code <= 0xE007F);
}

/* What is shown for a code point; its width in *width, 0 for a mark that joins the base before it. */
static wchar_t visible(wchar_t code, int *width)
{
    if (code >= 0x20 && code < 0x7F) {
        *width = 1;
        return code;
    }
    *width = 1;
    if (code < 0x20)
        return CONTROL_PICTURES + code;
    if (code == 0x7F)
        return DELETE_PICTURE;
    if (code < 0xA0 || hidden_format(code))
        return REPLACEMENT;
    int columns = wcwidth(code);
    if (columns < 0)
        return REPLACEMENT;
    *width = columns;
    return code;
}

bool utf8_next(const char *text, size_t length, struct utf8_cluster *out)
{
    if (!length)
        return false;
    const unsigned char *bytes = (const unsigned char *)text;
    /* The usual case: ASCII followed by ASCII. */
    if (bytes[0] >= 0x20 && bytes[0] < 0x7F && (length == 1 || bytes[1] < 0x80)) {
        out->chars[0] = bytes[0];
        out->chars[1] = 0;
        out->width = 1;
        out->bytes = 1;
        return true;
    }
    wchar_t code;
    int width, used = 0;
    size_t at = utf8_decode(text, length, &code);
    code = visible(code, &width);
    if (width == 0) { /* a mark without a base gets a blank to stand on */
        out->chars[used++] = L' ';
        width = 1;
    }
    out->chars[used++] = code;
    while (at < length) {
        int columns;
        size_t size = utf8_decode(text + at, length - at, &code);
        code = visible(code, &columns);
        if (columns != 0)
            break;
        if (used < UTF8_CLUSTER_MAX)
            out->chars[used++] = code;
        at += size;
    }
    out->chars[used] = 0;
    out->width = width;
    out->bytes = at;
    return true;
}

size_t utf8_fit(const char *text, int max_cols, int *cols)
{
    size_t length = strlen(text), at = 0;
    int taken = 0;
    struct utf8_cluster cluster;
    while (utf8_next(text + at, length - at, &cluster) && taken + cluster.width <= max_cols) {
        taken += cluster.width;
        at += cluster.bytes;
    }
    if (cols)
        *cols = taken;
    return at;
}

int utf8_width(const char *text)
{
    int cols;
    utf8_fit(text, INT_MAX / 2, &cols);
    return cols;
}

size_t utf8_after(const char *text, size_t offset)
{
    struct utf8_cluster cluster;
    size_t length = strlen(text);
    return offset < length && utf8_next(text + offset, length - offset, &cluster) ? offset + cluster.bytes : length;
}

size_t utf8_before(const char *text, size_t offset)
{
    size_t before = 0;
    for (size_t at = 0; at < offset; at = utf8_after(text, at))
        before = at;
    return before;
}

bool utf8_valid(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        wchar_t code;
        size_t size = utf8_decode(text + at, length - at, &code);
        if (code == REPLACEMENT && size == 1)
            return false;
        at += size;
    }
    return true;
}
