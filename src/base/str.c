#include "centurion/base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"

static void reserve(struct str *str, size_t more)
{
    if (more < str->capacity - str->length)
        return;
    size_t needed = more < SIZE_MAX - str->length ? str->length + more + 1 : SIZE_MAX;
    size_t capacity = str->capacity ? str->capacity : 32;
    while (capacity < needed)
        capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
    str->text = mem_resize(str->text, capacity, 1);
    str->capacity = capacity;
}

void str_add_bytes(struct str *str, const char *bytes, size_t length)
{
    reserve(str, length);
    if (length)
        memcpy(str->text + str->length, bytes, length);
    str->length += length;
    str->text[str->length] = '\0';
}

void str_add(struct str *str, const char *text)
{
    str_add_bytes(str, text, strlen(text));
}

void str_add_char(struct str *str, char byte)
{
    str_add_bytes(str, &byte, 1);
}

void str_vaddf(struct str *str, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length > 0) {
        reserve(str, (size_t)length);
        vsnprintf(str->text + str->length, (size_t)length + 1, format, again);
        str->length += (size_t)length;
    }
    va_end(again);
}

void str_addf(struct str *str, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_vaddf(str, format, args);
    va_end(args);
}

void str_cut(struct str *str, size_t length)
{
    if (length < str->length) {
        str->length = length;
        str->text[length] = '\0';
    }
}

void str_clear(struct str *str)
{
    str_cut(str, 0);
}

const char *str_text(const struct str *str)
{
    return str->text ? str->text : "";
}

char *str_steal(struct str *str)
{
    char *text = str->text ? str->text : mem_strdup("");
    *str = (struct str){0};
    return text;
}

void str_fini(struct str *str)
{
    free(str->text);
    *str = (struct str){0};
}

bool str_equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool str_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static int lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte;
}

static bool word_start(const char *text, size_t at)
{
    return at == 0 || strchr(" -_/.:'(", text[at - 1]) != NULL;
}

static int greater(int a, int b)
{
    return a > b ? a : b;
}

/* The best way to place the pattern, by dynamic programming: for each of its letters, the best score of a placement that
 * ends exactly at the text's current letter, and of one that ended anywhere before. */
int str_fuzzy(const char *pattern, const char *text)
{
    enum { EARLY = 8, WORD = 6, RUN = 7 };
    int letters[STR_FUZZY_MAX], here[STR_FUZZY_MAX] = {0}, before[STR_FUZZY_MAX] = {0}, count = 0;
    for (; *pattern; pattern++) {
        if (*pattern == ' ')
            continue;
        if (count == STR_FUZZY_MAX)
            return 0;
        letters[count++] = lower(*pattern);
    }
    if (!count)
        return 1;
    for (size_t at = 0; text[at]; at++) {
        int letter = lower(text[at]), word = word_start(text, at) ? WORD : 0, early = at < EARLY ? EARLY - (int)at : 0;
        /* Backwards: here[i - 1] is still that of the letter before. */
        for (int i = count - 1; i >= 0; i--) {
            int run = i > 0 && here[i - 1] ? here[i - 1] + RUN : 0;
            int from = i == 0 ? 1 + early : greater(run, before[i - 1]);
            before[i] = greater(before[i], here[i]);
            here[i] = letter == letters[i] && from ? from + word : 0;
        }
    }
    return greater(before[count - 1], here[count - 1]);
}
