#include "centurion/base/utf8.h"

#include <limits.h>
#include <string.h>

enum {
    CONTROL_PICTURES = 0x2400,
    DELETE_PICTURE = 0x2421,
    REPLACEMENT = 0xFFFD,
    ZERO_WIDTH_JOINER = 0x200D,
    BLACK_FLAG = 0x1F3F4, /* tags after it name a region */
};

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t utf8_decode(const char *text, size_t length, wchar_t *out)
{
    if (!length)
        return 0;
    const unsigned char *bytes = (const unsigned char *)text;
    unsigned first = bytes[0], code;
    if (first < 0x80) {
        *out = (wchar_t)first;
        return 1;
    }
    if (first < 0xE0) {
        if (first >= 0xC2 && length >= 2 && continues(bytes[1])) {
            *out = (wchar_t)((first & 0x1F) << 6 | (bytes[1] & 0x3F));
            return 2;
        }
    } else if (first < 0xF0) {
        if (length >= 3 && continues(bytes[1]) && continues(bytes[2])) {
            code = (first & 0x0F) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
            *out = (wchar_t)code;
            if (code >= 0x800 && (code < 0xD800 || code > 0xDFFF))
                return 3;
        }
    } else if (first < 0xF5) {
        if (length >= 4 && continues(bytes[1]) && continues(bytes[2]) && continues(bytes[3])) {
            code = (first & 0x07) << 18 | (bytes[1] & 0x3Fu) << 12 | (bytes[2] & 0x3Fu) << 6 | (bytes[3] & 0x3Fu);
            *out = (wchar_t)code;
            if (code >= 0x10000 && code <= 0x10FFFF)
                return 4;
        }
    }
    *out = REPLACEMENT;
    return 1;
}

size_t utf8_encode(wchar_t code_point, char out[4])
{
    unsigned code = (unsigned)code_point;
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

/* Printable ASCII: a cluster of its own unless marks follow, and marks are not ASCII. */
static bool lone(char byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

/* Not seen, but changes how others are read, or looks like nothing: shown as a stand-in. */
static bool hidden(wchar_t code)
{
    static const struct {
        wchar_t first, last;
    } ranges[] = {
        {0x00AD, 0x00AD},   /* soft hyphen */
        {0x061C, 0x061C},   /* Arabic letter mark */
        {0x17B4, 0x17B5},   /* Khmer inherent vowels */
        {0x180E, 0x180E},   /* Mongolian vowel separator */
        {0x200B, 0x200B},   /* zero width space */
        {0x200E, 0x200F},   /* left-to-right and right-to-left marks */
        {0x2028, 0x202E},   /* line and paragraph separators, embeddings, overrides */
        {0x2060, 0x206F},   /* word joiner, invisible operators, isolates */
        {0x3164, 0x3164},   /* Hangul filler */
        {0xFEFF, 0xFEFF},   /* byte order mark */
        {0xFFA0, 0xFFA0},   /* halfwidth Hangul filler */
        {0xFFF9, 0xFFFB},   /* interlinear annotations */
        {0x13430, 0x13455}, /* hieroglyph joiners and controls */
        {0x1BCA0, 0x1BCA3}, /* shorthand format controls */
        {0x1D173, 0x1D17A}, /* musical format controls */
        {0xE0000, 0xE007F}, /* tags */
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0] && code >= ranges[i].first; i++)
        if (code <= ranges[i].last)
            return true;
    return false;
}

enum kind { KIND_UNKNOWN, KIND_MARK, KIND_NARROW, KIND_WIDE, KIND_HIDDEN };

static enum kind find_kind(wchar_t code)
{
    int width = hidden(code) ? -1 : wcwidth(code);
    return width == 0 ? KIND_MARK : width == 1 ? KIND_NARROW : width == 2 ? KIND_WIDE : KIND_HIDDEN;
}

/* Painting asks for the same few over and over, so what was found is kept. */
static enum kind kind_of(wchar_t code)
{
    static unsigned char kinds[0x20000];
    if (code < 0 || (size_t)code >= sizeof kinds)
        return find_kind(code);
    if (kinds[code] == KIND_UNKNOWN)
        kinds[code] = (unsigned char)find_kind(code);
    return kinds[code];
}

/* What is shown for a code point, and its columns: 0 for a mark that joins the base before it. */
static wchar_t visible(wchar_t code, int *width)
{
    *width = 1;
    if (code < 0x20)
        return CONTROL_PICTURES + code;
    if (code == 0x7F)
        return DELETE_PICTURE;
    enum kind kind = kind_of(code);
    if (kind == KIND_HIDDEN)
        return REPLACEMENT;
    *width = kind == KIND_MARK ? 0 : kind == KIND_WIDE ? 2 : 1;
    return code;
}

static bool between(wchar_t code, wchar_t first, wchar_t last)
{
    return code >= first && code <= last;
}

static bool emoji(wchar_t code)
{
    return between(code, 0x2600, 0x27BF) || between(code, 0x1F000, 0x1FAFF);
}

enum part { PART_OTHER, PART_MARK, PART_UNSEEN };

/* What a code point is to the cluster that it may continue: nothing of it, a mark of it, or taken without being shown. */
static enum part part_of(wchar_t base, wchar_t code)
{
    bool unseen;
    switch (kind_of(code)) {
    case KIND_MARK: /* variation selectors, joiners of emoji */
        unseen = between(code, 0xFE00, 0xFE0F) || (code == ZERO_WIDTH_JOINER && emoji(base));
        return unseen ? PART_UNSEEN : PART_MARK;
    case KIND_WIDE: /* skin tones */
        return between(code, 0x1F3FB, 0x1F3FF) && emoji(base) ? PART_UNSEEN : PART_OTHER;
    case KIND_HIDDEN: /* tags */
        return between(code, 0xE0020, 0xE007F) && base == BLACK_FLAG ? PART_UNSEEN : PART_OTHER;
    default:
        return PART_OTHER;
    }
}

bool utf8_next(const char *text, size_t length, struct utf8_cluster *out)
{
    if (!length)
        return false;
    /* The usual case: ASCII followed by ASCII. */
    if (lone(text[0]) && (length == 1 || (unsigned char)text[1] < 0x80)) {
        out->chars[0] = (unsigned char)text[0];
        out->chars[1] = 0;
        out->width = 1;
        out->bytes = 1;
        return true;
    }
    wchar_t base, code;
    int used = 0;
    size_t at = utf8_decode(text, length, &base);
    code = visible(base, &out->width);
    if (out->width == 0) {
        out->chars[used++] = L' ';
        out->width = 1;
        if (part_of(L' ', base) == PART_MARK)
            out->chars[used++] = code;
    } else {
        out->chars[used++] = code;
    }
    /* What continues a cluster is U+0300 or above, so its first byte is. */
    while (at < length && (unsigned char)text[at] >= 0xCC) {
        size_t size = utf8_decode(text + at, length - at, &code);
        enum part part = part_of(base, code);
        if (part == PART_OTHER)
            break;
        if (part == PART_MARK && used < UTF8_CLUSTER_MAX)
            out->chars[used++] = code;
        at += size;
    }
    out->chars[used] = 0;
    out->bytes = at;
    return true;
}

size_t utf8_fit(const char *text, int max_cols, int *cols)
{
    size_t length = strlen(text), at = 0;
    int taken = 0;
    struct utf8_cluster cluster;
    for (;;) {
        while (taken < max_cols && lone(text[at]) && (unsigned char)text[at + 1] < 0x80) {
            taken++;
            at++;
        }
        if (!utf8_next(text + at, length - at, &cluster) || cluster.width > max_cols - taken)
            break;
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
    utf8_fit(text, INT_MAX, &cols);
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
    struct utf8_cluster cluster;
    size_t length = strlen(text), end = offset < length ? offset : length;
    size_t before = end ? end - 1 : 0;
    while (before > 0 && (unsigned char)text[before] >= 0x80) /* ASCII always begins a cluster */
        before--;
    while (before < end && utf8_next(text + before, length - before, &cluster) && before + cluster.bytes < end)
        before += cluster.bytes;
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

void utf8_trim(char *text)
{
    size_t length = strlen(text), tail = 0; /* of bytes that continue: what is cut short has at most two */
    while (tail < 2 && tail < length && ((unsigned char)text[length - 1 - tail] & 0xC0) == 0x80)
        tail++;
    if (tail == length)
        return;
    unsigned char first = (unsigned char)text[length - 1 - tail];
    size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    if (tail + 1 < size)
        text[length - 1 - tail] = '\0';
}
