/* A growing string. Always NUL-terminated once anything was added; zero-initialise to start: `struct str s = {0};`
 * What is added must not lie in the string itself: it may move. */
#ifndef CENTURION_BASE_STR_H
#define CENTURION_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
    char *text;
    size_t length, capacity;
};

void str_add(struct str *str, const char *text);
void str_add_bytes(struct str *str, const char *bytes, size_t length);
void str_add_char(struct str *str, char byte);
void str_addf(struct str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *str, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void str_cut(struct str *str, size_t length); /* shortens to length bytes */
void str_clear(struct str *str);              /* empties, keeps the memory */
const char *str_text(const struct str *str);  /* never NULL */
char *str_steal(struct str *str);             /* the caller frees; str is empty afterwards; never NULL */
void str_fini(struct str *str);

bool str_equal(const char *a, const char *b); /* NULL equals NULL only */
bool str_starts(const char *text, const char *prefix);

/* The letters of a pattern that count; one with more of them matches nothing. */
enum { STR_FUZZY_MAX = 64 };

/* Subsequence match for the palette: 0 no match, higher is better (runs, word starts and an early first hit weigh more).
 * Blanks in the pattern do not count, and an empty one matches everything. Case insensitive for ASCII; other bytes compare
 * as they are. */
int str_fuzzy(const char *pattern, const char *text);

#endif
