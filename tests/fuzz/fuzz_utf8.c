/* Whatever the bytes, what is shown is safe and adds up. With libFuzzer: clang -fsanitize=fuzzer,address,undefined
 * -DFUZZ_WITH_LIBFUZZER. Without, a program that tries random texts, the same ones each time unless FUZZ_COUNT and
 * FUZZ_SEED say otherwise. */
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"

#define CHECK(condition) ((condition) ? (void)0 : fail(#condition, __LINE__))

static _Noreturn void fail(const char *condition, int line)
{
    fprintf(stderr, "fuzz_utf8:%d: %s\n", line, condition);
    abort();
}

/* Code points that a terminal would not simply draw. */
static bool harmful(wchar_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200B || code == 0xFEFF;
}

static int check_clusters(const char *text, size_t length)
{
    struct utf8_cluster cluster;
    int width = 0;
    size_t at = 0;
    for (; utf8_next(text + at, length - at, &cluster); at += cluster.bytes) {
        CHECK(cluster.bytes > 0 && cluster.bytes <= length - at);
        CHECK(cluster.chars[0] != 0 && wcslen(cluster.chars) <= UTF8_CLUSTER_MAX);
        CHECK(cluster.width == wcwidth(cluster.chars[0]) && cluster.width > 0);
        CHECK(!harmful(cluster.chars[0]));
        for (int i = 1; cluster.chars[i]; i++)
            CHECK(!harmful(cluster.chars[i]) && wcwidth(cluster.chars[i]) == 0);
        width += cluster.width;
    }
    CHECK(at == length);
    return width;
}

static void check_decoding(const char *text, size_t length)
{
    bool valid = true;
    for (size_t at = 0; at < length;) {
        wchar_t code;
        char back[4];
        size_t size = utf8_decode(text + at, length - at, &code);
        CHECK(size >= 1 && size <= 4 && size <= length - at);
        bool same = utf8_encode(code, back) == size && memcmp(back, text + at, size) == 0;
        CHECK(same || (code == 0xFFFD && size == 1));
        valid = valid && same;
        at += size;
    }
    CHECK(utf8_valid(text, length) == valid);
}

/* The functions that take terminated text. */
static void check_text(char *text)
{
    size_t length = strlen(text);
    int width = check_clusters(text, length);
    CHECK(utf8_width(text) == width);
    for (int max = -1; max <= width + 1 && max < 40; max++) {
        int cols;
        size_t bytes = utf8_fit(text, max, &cols);
        CHECK(bytes <= length && cols <= (max > 0 ? max : 0));
        CHECK(max >= width ? bytes == length && cols == width : cols >= max - 1);
    }
    for (size_t at = 0; at < length;) {
        size_t after = utf8_after(text, at);
        CHECK(after > at && after <= length);
        CHECK(utf8_before(text, after) == at);
        at = after;
    }
    CHECK(utf8_after(text, length) == length && utf8_before(text, 0) == 0);
    bool valid = utf8_valid(text, length);
    for (size_t cut = 0; cut < 4 && cut < length && valid; cut++) {
        text[length - cut] = '\0';
        utf8_trim(text);
        CHECK(utf8_valid(text, strlen(text)) && strlen(text) + 4 > length - cut);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;
    if (!ready && !setlocale(LC_CTYPE, "C.UTF-8"))
        fail("no locale C.UTF-8", __LINE__);
    ready = true;
    /* Of exactly this size, so that a sanitizer sees a step beyond. */
    char *bytes = mem_alloc(size), *text = mem_strndup((const char *)data, size);
    memcpy(bytes, data, size);
    check_clusters(bytes, size);
    check_decoding(bytes, size);
    check_text(text);
    free(bytes);
    free(text);
    return 0;
}

#ifndef FUZZ_WITH_LIBFUZZER

static uint64_t state;

static unsigned next(unsigned below) /* xorshift64* */
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (unsigned)((state * 0x2545F4914F6CDD1DULL) >> 33) % below;
}

/* Random bytes hardly ever make a character, so pieces with a meaning come between them. */
static size_t add_piece(char *out)
{
    static const wchar_t telling[] = {L' ',    L'a',   0x301,  0x200D, 0x200C, 0xFE0F, 0x1F469, 0x1F3FD, 0x1F3F4,
                                      0xE0067, 0x20E3, 0x6F22, 0x1100, 0x1161, 0x202E, 0x2066,  0xFEFF,  0xFFFD,
                                      0x9B,    0x1B,   0x3164, 0x0E35, 0x0915, 0x094D, 0x10FFFF};
    switch (next(5)) {
    case 0:
        out[0] = (char)next(256);
        return 1;
    case 1:
        out[0] = (char)(' ' + next(95));
        return 1;
    case 2:
        return utf8_encode((wchar_t)next(0x110000), out);
    case 3: /* cut short */
        return utf8_encode((wchar_t)next(0x110000), out) > 1 ? 1 + next(2) : 1;
    default:
        return utf8_encode(telling[next(sizeof telling / sizeof telling[0])], out);
    }
}

static unsigned long number(const char *variable, unsigned long otherwise)
{
    const char *set = getenv(variable);
    return set ? strtoul(set, NULL, 10) : otherwise;
}

int main(void)
{
    unsigned long count = number("FUZZ_COUNT", 20000);
    state = number("FUZZ_SEED", 0) + 1;
    for (unsigned long i = 0; i < count; i++) {
        char text[160];
        size_t length = 0;
        for (unsigned pieces = next(32); pieces > 0; pieces--)
            length += add_piece(text + length);
        LLVMFuzzerTestOneInput((const uint8_t *)text, length);
    }
    printf("%d passed, 0 failed\n", count > 0);
    return 0;
}

#endif
