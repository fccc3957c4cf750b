/* Allocation that never returns NULL: out of memory runs the hook (which restores the terminal) and ends the program. */
#ifndef CENTURION_BASE_MEM_H
#define CENTURION_BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size);                           /* zeroed; free() */
void *mem_array(size_t count, size_t size);             /* zeroed; overflow counts as out of memory */
void *mem_resize(void *old, size_t count, size_t size); /* realloc; new bytes are not zeroed */
char *mem_strdup(const char *text);                     /* NULL gives NULL */
char *mem_strndup(const char *text, size_t length);
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
void mem_wipe(void *secret, size_t size); /* zeroes; not optimised away */

/* Called once, before the message and exit(1). */
void mem_on_exhausted(void (*hook)(void));

#endif
