#include <criterion/criterion.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "centurion/base/utf8.h"

static void use_utf8(void)
{
    cr_assert_not_null(setlocale(LC_CTYPE, "C.UTF-8"));
}

TestSuite(base_utf8, .init = use_utf8);

#define BAD "\xEF\xBF\xBD" /* U+FFFD */

/* What is not UTF-8 has no code here: U+FFFD, one byte. */
static const struct {
    const char *bytes;
    size_t size;
    wchar_t code;
} decodings[] = {
    {"a", 1, 'a'},
    {"\x7F", 1, 0x7F},
    {"\xC2\x80", 2, 0x80},
    {"\xDF\xBF", 2, 0x7FF},
    {"\xE0\xA0\x80", 3, 0x800},
    {"\xED\x9F\xBF", 3, 0xD7FF},
    {"\xEE\x80\x80", 3, 0xE000},
    {BAD, 3, 0xFFFD},
    {"\xEF\xBF\xBF", 3, 0xFFFF},
    {"\xF0\x90\x80\x80", 4, 0x10000},
    {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF},
    {"\x80", 1, 0},             /* continuation alone */
    {"\xBF", 1, 0},             /* continuation alone */
    {"\xC0\x80", 1, 0},         /* overlong NUL */
    {"\xC1\xBF", 1, 0},         /* overlong */
    {"\xE0\x80\x80", 1, 0},     /* overlong */
    {"\xE0\x9F\xBF", 1, 0},     /* overlong */
    {"\xF0\x80\x80\x80", 1, 0}, /* overlong */
    {"\xF0\x8F\xBF\xBF", 1, 0}, /* overlong */
    {"\xED\xA0\x80", 1, 0},     /* first surrogate */
    {"\xED\xBF\xBF", 1, 0},     /* last surrogate */
    {"\xF4\x90\x80\x80", 1, 0}, /* beyond the last code point */
    {"\xF5\x80\x80\x80", 1, 0}, /* beyond */
    {"\xFE", 1, 0},             /* never used */
    {"\xFF", 1, 0},             /* never used */
    {"\xC2", 1, 0},             /* cut short */
    {"\xE2\x82", 1, 0},         /* cut short */
    {"\xF0\x9F\x98", 1, 0},     /* cut short */
    {"\xC2"
     "A",
     1, 0},                 /* another begins */
    {"\xE2\x82z", 1, 0},    /* another begins */
    {"\xE2\xC2\xA9", 1, 0}, /* another begins */
};
enum { DECODINGS = sizeof decodings / sizeof decodings[0] };

Test(base_utf8, decodes)
{
    for (size_t i = 0; i < DECODINGS; i++) {
        wchar_t code = 1;
        cr_assert_eq(utf8_decode(decodings[i].bytes, strlen(decodings[i].bytes), &code), decodings[i].size, "case %zu",
                     i);
        cr_assert_eq(code, decodings[i].code ? decodings[i].code : 0xFFFD, "case %zu: %lx", i, (unsigned long)code);
    }
    wchar_t code = 5;
    cr_assert_eq(utf8_decode("a", 0, &code), 0);
    cr_assert_eq(code, 5);
    cr_assert_eq(utf8_decode("\xC3\xA9", 1, &code), 1, "the length counts, not the NUL");
    cr_assert_eq(code, 0xFFFD);
    cr_assert_eq(utf8_decode("\0", 1, &code), 1);
    cr_assert_eq(code, 0);
}

Test(base_utf8, knows_what_is_valid)
{
    for (size_t i = 0; i < DECODINGS; i++)
        cr_assert_eq(utf8_valid(decodings[i].bytes, strlen(decodings[i].bytes)), decodings[i].code != 0, "case %zu", i);
    cr_assert(utf8_valid("", 0));
    cr_assert(utf8_valid("a\0b", 3));
    cr_assert(utf8_valid("żółć 日本 😀", strlen("żółć 日本 😀")));
    cr_assert_not(utf8_valid("aé", 2));
    cr_assert_not(utf8_valid("a\xFF", 2));
}

Test(base_utf8, encodes_every_code_point_so_that_it_decodes)
{
    char bytes[4];
    for (wchar_t code = 0; code <= 0x10FFFF; code++) {
        wchar_t back;
        size_t size = utf8_encode(code, bytes);
        bool surrogate = code >= 0xD800 && code <= 0xDFFF;
        cr_assert_eq(utf8_decode(bytes, size, &back), size);
        cr_assert_eq(back, surrogate ? 0xFFFD : code, "%lx", (unsigned long)code);
    }
    cr_assert_eq(utf8_encode(0x110000, bytes), 3);
    cr_assert_eq(memcmp(bytes, BAD, 3), 0);
    cr_assert_eq(utf8_encode(-1, bytes), 3);
    cr_assert_eq(memcmp(bytes, BAD, 3), 0);
}

/* The clusters of a text, each as "shown:width", joined by '|'. */
static const char *shown(const char *text, size_t length)
{
    static char out[1000];
    char *to = out;
    struct utf8_cluster cluster;
    for (size_t at = 0; utf8_next(text + at, length - at, &cluster); at += cluster.bytes) {
        cr_assert(cluster.bytes > 0 && at + cluster.bytes <= length);
        to += to > out ? sprintf(to, "|") : 0;
        for (int i = 0; cluster.chars[i]; i++)
            to += utf8_encode(cluster.chars[i], to);
        to += sprintf(to, ":%d", cluster.width);
    }
    *to = '\0';
    return out;
}

static const struct {
    const char *what, *text, *shown;
    int width;
} texts[] = {
    {"nothing", "", "", 0},
    {"ASCII", "a b~", "a:1| :1|b:1|~:1", 4},
    {"precomposed", "é", "é:1", 1},
    {"ASCII and a mark", "ae\u0301b", "a:1|e\u0301:1|b:1", 3},
    {"four marks", "a\u0301\u0302\u0303\u0304b", "a\u0301\u0302\u0303\u0304:1|b:1", 2},
    {"marks beyond the fourth", "a\u0301\u0302\u0303\u0304\u0305\u0306b", "a\u0301\u0302\u0303\u0304:1|b:1", 2},
    {"a mark without a base", "\u0301a", " \u0301:1|a:1", 2},
    {"many marks without a base", "\u0301\u0302\u0303\u0304\u0305", " \u0301\u0302\u0303\u0304:1", 1},
    {"Chinese", "漢字", "漢:2|字:2", 4},
    {"Japanese with a dakuten", "か\u3099", "か\u3099:2", 2},
    {"Hangul", "한글", "한:2|글:2", 4},
    {"Hangul letters", "\u1112\u1161\u11AB\u1100", "\u1112\u1161\u11AB:2|\u1100:2", 4},
    {"Thai", "ที่นี่", "ที่:1|นี่:1", 2},
    {"Devanagari", "क्ष", "क्:1|ष:1", 2},
    {"Devanagari with a joiner", "क्\u200Dष", "क्\u200D:1|ष:1", 2},
    {"Persian with a non-joiner", "می\u200Cش", "م:1|ی\u200C:1|ش:1", 3},
    {"Arabic with vowels", "بُ", "بُ:1", 1},
    {"emoji", "😀!", "😀:2|!:1", 3},
    {"emoji style", "❤\uFE0Fx", "❤:1|x:1", 2},
    {"text style", "⌚\uFE0E", "⌚:2", 2},
    {"keycap", "1\uFE0F\u20E3", "1\u20E3:1", 1},
    {"a family", "👩\u200D👩\u200D👧", "👩:2|👩:2|👧:2", 6},
    {"a rainbow flag", "🏳\uFE0F\u200D🌈", "🏳:1|🌈:2", 3},
    {"a skin tone", "👍🏽👍", "👍:2|👍:2", 4},
    {"a skin tone of text style", "✌🏿", "✌:1", 1},
    {"a skin tone alone", "a🏽", "a:1|🏽:2", 3},
    {"a flag", "🇩🇪", "🇩:1|🇪:1", 2},
    {"the flag of a region", "🏴\U000E0067\U000E0062\U000E007F!", "🏴:2|!:1", 3},
    {"tags elsewhere", "a\U000E0067", "a:1|" BAD ":1", 2},
    {"a variation selector alone", "\uFE0F", " :1", 1},
    {"control characters", "\t\n\x1B[\x7F", "␉:1|␊:1|␛:1|[:1|␡:1", 5},
    {"a C1 control", "\xC2\x9Bm", BAD ":1|m:1", 2},
    {"invalid bytes", "\xE2\x82z\xFF", BAD ":1|" BAD ":1|z:1|" BAD ":1", 4},
    {"an invalid byte with a mark", "\xFF\u0301", BAD "\u0301:1", 1},
    {"an override", "a\u202Eb\u202C", "a:1|" BAD ":1|b:1|" BAD ":1", 4},
    {"isolates", "\u2066a\u2069", BAD ":1|a:1|" BAD ":1", 3},
    {"directional marks", "\u200E\u200F\u061C", BAD ":1|" BAD ":1|" BAD ":1", 3},
    {"zero width space", "a\u200Bb", "a:1|" BAD ":1|b:1", 3},
    {"byte order mark", "\uFEFFa", BAD ":1|a:1", 2},
    {"soft hyphen", "a\u00ADb", "a:1|" BAD ":1|b:1", 3},
    {"word joiner", "a\u2060", "a:1|" BAD ":1", 2},
    {"line separator", "\u2028", BAD ":1", 1},
    {"Hangul filler", "\u3164", BAD ":1", 1},
    {"unassigned", "\u0378", BAD ":1", 1},
    {"not a character", "\uFFFE", BAD ":1", 1},
    {"full width", "Ａ\u3000", "Ａ:2|\u3000:2", 4},
};
enum { TEXTS = sizeof texts / sizeof texts[0] };

Test(base_utf8, shows)
{
    for (size_t i = 0; i < TEXTS; i++)
        cr_assert_str_eq(shown(texts[i].text, strlen(texts[i].text)), texts[i].shown, "%s: %s", texts[i].what,
                         shown(texts[i].text, strlen(texts[i].text)));
    cr_assert_str_eq(shown("a\0b", 3), "a:1|␀:1|b:1");
    cr_assert_str_eq(shown("aé", 2), "a:1|" BAD ":1");
}

Test(base_utf8, the_end_leaves_the_cluster_alone)
{
    struct utf8_cluster cluster = {.width = 7};
    cr_assert_not(utf8_next("a", 0, &cluster));
    cr_assert_eq(cluster.width, 7);
}

/* No code point may be shown in other columns than the terminal takes for what is sent. */
Test(base_utf8, counts_what_the_terminal_will)
{
    for (wchar_t code = 1; code <= 0x10FFFF; code++) {
        char bytes[4];
        struct utf8_cluster cluster;
        size_t size = utf8_encode(code, bytes);
        cr_assert(utf8_next(bytes, size, &cluster));
        cr_assert_eq(cluster.bytes, size);
        cr_assert(cluster.width == 1 || cluster.width == 2);
        cr_assert_eq(cluster.width, wcswidth(cluster.chars, UTF8_CLUSTER_MAX), "%lx", (unsigned long)code);
    }
}

Test(base_utf8, width_is_the_sum_of_the_clusters)
{
    for (size_t i = 0; i < TEXTS; i++)
        cr_assert_eq(utf8_width(texts[i].text), texts[i].width, "%s", texts[i].what);
    char long_text[5001];
    memset(long_text, 'x', 5000);
    long_text[5000] = '\0';
    cr_assert_eq(utf8_width(long_text), 5000);
    memcpy(long_text + 2500, "é\u0301日", 7);
    cr_assert_eq(utf8_width(long_text), 5000 - 7 + 3);
}

Test(base_utf8, fits_whole_clusters_only)
{
    static const struct {
        const char *text;
        int max, cols;
        size_t bytes;
    } cases[] = {
        {"abc", 5, 3, 3},  {"abc", 3, 3, 3},       {"abc", 2, 2, 2},       {"abc", 0, 0, 0},
        {"abc", -3, 0, 0}, {"", 3, 0, 0},          {"漢字", 3, 2, 3},      {"漢字", 4, 4, 6},
        {"漢", 1, 0, 0},   {"ae\u0301b", 2, 2, 4}, {"ae\u0301b", 1, 1, 1}, {"a\u0301", 1, 1, 3},
        {"a", 0, 0, 0},    {"\u0301", 0, 0, 0},    {"ab漢", 3, 2, 2},      {"👍🏽x", 2, 2, 8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int cols = -1;
        cr_assert_eq(utf8_fit(cases[i].text, cases[i].max, &cols), cases[i].bytes, "case %zu", i);
        cr_assert_eq(cols, cases[i].cols, "case %zu", i);
        cr_assert_eq(utf8_fit(cases[i].text, cases[i].max, NULL), cases[i].bytes);
    }
}

Test(base_utf8, cursors_step_over_clusters)
{
    for (size_t i = 0; i < TEXTS; i++) {
        const char *text = texts[i].text;
        size_t length = strlen(text), at = 0, steps = 0, stops[100] = {0};
        while (at < length) {
            struct utf8_cluster cluster;
            cr_assert(utf8_next(text + at, length - at, &cluster));
            cr_assert_eq(utf8_after(text, at), at + cluster.bytes, "%s", texts[i].what);
            at += cluster.bytes;
            stops[++steps] = at;
        }
        for (; steps > 0; steps--)
            cr_assert_eq(utf8_before(text, stops[steps]), stops[steps - 1], "%s", texts[i].what);
        cr_assert_eq(utf8_before(text, 0), 0);
        cr_assert_eq(utf8_after(text, length), length);
    }
}

Test(base_utf8, cursors_stay_within_the_text)
{
    cr_assert_eq(utf8_after("abc", 10), 3);
    cr_assert_eq(utf8_before("abc", 10), 2);
    cr_assert_eq(utf8_before("", 10), 0);
    cr_assert_eq(utf8_before("aé", 2), 1, "from within a character, its start");
    cr_assert_eq(utf8_before("ae\u0301", 2), 1, "from within a cluster, its start");
    cr_assert_eq(utf8_before("漢字", 4), 3);
}

Test(base_utf8, trims_what_is_left_of_a_character)
{
    static const struct {
        const char *text, *trimmed;
    } cases[] = {
        {"", ""},           {"abc", "abc"},
        {"aé", "aé"},       {"a€", "a€"},
        {"😀", "😀"},         {"a\xC3", "a"},
        {"a\xE2", "a"},     {"a\xE2\x82", "a"},
        {"a\xF0\x9F", "a"}, {"a\xF0\x9F\x98", "a"},
        {"\xF0", ""},       {"\xE2\x82", ""},
        {"a\x80", "a\x80"}, /* never was a character */
        {"\x80", "\x80"},   {"\x80\x80\x80\x80", "\x80\x80\x80\x80"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[16];
        strcpy(text, cases[i].text);
        utf8_trim(text);
        cr_assert_str_eq(text, cases[i].trimmed, "case %zu", i);
    }
}
