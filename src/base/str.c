#include "centurion/base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"

static void reserve(struct str *str, size_t more)
{
    size_t needed = str->length + more + 1;
    if (needed <= str->capacity)
        return;
    size_t capacity = str->capacity ? str->capacity : 32;
    while (capacity < needed)
        capacity *= 2;
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

static int lower(int byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte;
}

static bool word_start(const char *text, size_t at)
{
    return at == 0 || strchr(" -_/.'", text[at - 1]) != NULL;
}

int str_fuzzy(const char *pattern, const char *text)
{
    enum { HIT = 1, RUN = 4, WORD = 6, FIRST = 8 };
    int score = 1, run = 0;
    size_t at = 0;
    for (; *pattern; pattern++) {
        if (*pattern == ' ')
            continue;
        size_t from = at, found;
        while (text[at] && lower((unsigned char)text[at]) != lower((unsigned char)*pattern))
            at++;
        if (!text[at])
            return 0;
        /* A later start of a word beats an earlier hit in the middle of one, unless the hit continues a run. */
        found = at;
        if (!(run && found == from) && !word_start(text, found))
            for (size_t later = found + 1; text[later]; later++)
                if (word_start(text, later) && lower((unsigned char)text[later]) == lower((unsigned char)*pattern)) {
                    found = later;
                    break;
                }
        /* ... provided that the rest is still there. */
        if (found != at && pattern[1] && !str_fuzzy(pattern + 1, text + found + 1))
            found = at;
        run = found == from && from > 0 ? run + 1 : 0;
        score += HIT + (run ? RUN : 0) + (word_start(text, found) ? WORD : 0) + (found == 0 ? FIRST : 0);
        at = found + 1;
    }
    return score;
}
