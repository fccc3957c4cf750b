#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, three rows of the table at a time. */
int words_distance(const char *a, const char *b)
{
    size_t wide = strlen(b);
    int *rows = mem_array(3 * (wide + 1), sizeof *rows);
    int *before = rows, *last = rows + wide + 1, *now = last + wide + 1;
    for (size_t j = 0; j <= wide; j++)
        last[j] = (int)j;
    for (size_t i = 1; a[i - 1]; i++) {
        now[0] = (int)i;
        for (size_t j = 1; j <= wide; j++) {
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
        int *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    int distance = last[wide];
    free(rows);
    return distance;
}

bool words_near(const char *word, const char *other)
{
    size_t length = strlen(word);
    return words_distance(word, other) <= (int)(length + 1) / 3;
}

int words_index(const char *list, const char *marks, const char *word)
{
    size_t length = strlen(word);
    int index = 0;
    for (const char *at = list + strspn(list, marks); *at; index++) {
        size_t size = strcspn(at, marks);
        if (size == length && strncmp(at, word, size) == 0)
            return index;
        at += size;
        at += strspn(at, marks);
    }
    return -1;
}
