#include "centurion/base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*exhausted_hook)(void);

void mem_on_exhausted(void (*hook)(void))
{
    exhausted_hook = hook;
}

static _Noreturn void exhausted(void)
{
    void (*hook)(void) = exhausted_hook;
    exhausted_hook = NULL;
    if (hook)
        hook();
    fputs("centurion: out of memory\n", stderr);
    exit(1);
}

/* At least 1, so that NULL always means that there is no memory. */
static size_t product(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        exhausted();
    return count && size ? count * size : 1;
}

void *mem_alloc(size_t size)
{
    return mem_array(size, 1);
}

void *mem_array(size_t count, size_t size)
{
    void *memory = calloc(product(count, size), 1);
    if (!memory)
        exhausted();
    return memory;
}

void *mem_resize(void *old, size_t count, size_t size)
{
    void *memory = realloc(old, product(count, size));
    if (!memory)
        exhausted();
    return memory;
}

char *mem_strdup(const char *text)
{
    return text ? mem_strndup(text, strlen(text)) : NULL;
}

char *mem_strndup(const char *text, size_t length)
{
    length = strnlen(text, length);
    char *copy = mem_array(length + 1, 1);
    memcpy(copy, text, length);
    return copy;
}

char *mem_printf(const char *format, ...)
{
    va_list args;
    char *text;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    if (length < 0)
        exhausted();
    return text;
}

void mem_wipe(void *secret, size_t size)
{
    if (secret)
        explicit_bzero(secret, size);
}
