#include "centurion/base/order.h"

#include <stdlib.h>

#include "centurion/base/mem.h"

struct place {
    int64_t key;
    int at;    /* in the old order: its own, or for a new one that of the row before it, -1 if there is none */
    int after; /* how many new ones stand between; 0: it is an old one */
    int index;
};

static int by_key(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    int order = (left->key > right->key) - (left->key < right->key);
    return order ? order : left->at - right->at;
}

static int by_place(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    int order = left->at != right->at ? left->at - right->at : left->after - right->after;
    return order ? order : left->index - right->index;
}

/* Of the first one with that key, -1 none. */
static int place_of(const struct place *olds, int known, int64_t key)
{
    int low = 0, high = known;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (olds[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < known && olds[low].key == key ? olds[low].at : -1;
}

void order_follow(const int64_t *before, int known, const int64_t *keys, int count, int *order)
{
    struct place *olds = mem_array((size_t)known + 1, sizeof *olds),
                 *places = mem_array((size_t)count + 1, sizeof *places);
    int last = -1, after = 0;
    for (int i = 0; i < known; i++)
        olds[i] = (struct place){.key = before[i], .at = i};
    qsort(olds, (size_t)known, sizeof *olds, by_key);
    for (int i = 0; i < count; i++) {
        int old = place_of(olds, known, keys[i]);
        last = old < 0 ? last : old;
        after = old < 0 ? after + 1 : 0;
        places[i] = (struct place){.at = last, .after = after, .index = i};
    }
    qsort(places, (size_t)count, sizeof *places, by_place);
    for (int i = 0; i < count; i++)
        order[i] = places[i].index;
    free(olds);
    free(places);
}
