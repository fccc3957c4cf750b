/* What stays where it was. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "centurion/base/order.h"

enum { MOST = 12 };

static void follows(const int64_t *before, int known, const int64_t *keys, int count, const int64_t *expected)
{
    int order[MOST];
    order_follow(before, known, keys, count, order);
    for (int i = 0; i < count; i++)
        cr_expect_eq(keys[order[i]], expected[i], "place %d: %lld, not %lld", i, (long long)keys[order[i]],
                     (long long)expected[i]);
}

#define FOLLOWS(before, keys, expected)                                                                                \
    follows(before, sizeof before / sizeof before[0], keys, sizeof keys / sizeof keys[0], expected)

Test(order, rows_that_were_there_stay)
{
    const int64_t before[] = {7, 3, 9, 1}, keys[] = {1, 3, 7, 9}, expected[] = {7, 3, 9, 1};
    FOLLOWS(before, keys, expected);
}

Test(order, a_new_row_comes_after_the_one_that_it_follows)
{
    const int64_t before[] = {7, 3, 9}, keys[] = {5, 9, 6, 8, 3, 7, 4}, expected[] = {5, 7, 4, 3, 9, 6, 8};
    FOLLOWS(before, keys, expected);
}

Test(order, what_is_gone_leaves_no_gap)
{
    const int64_t before[] = {7, 3, 9, 1}, keys[] = {9, 7}, expected[] = {7, 9};
    FOLLOWS(before, keys, expected);
}

Test(order, keys_that_stand_twice_are_all_kept)
{
    const int64_t before[] = {2, 1, 2}, keys[] = {1, 2, 2, 3}, expected[] = {2, 2, 3, 1};
    FOLLOWS(before, keys, expected);
}

Test(order, nothing_before_is_their_own_order)
{
    const int64_t before[] = {0}, keys[] = {5, 4, 6}, expected[] = {5, 4, 6};
    follows(before, 0, keys, 3, expected);
    follows(before, 0, keys, 0, expected);
}

/* Against the plain meaning: old ones in the old order; each new one directly behind its predecessor or another new one. */
Test(order, of_many_random_rows)
{
    srand(7);
    for (int round = 0; round < 2000; round++) {
        int64_t before[MOST], keys[MOST];
        int known = 0, count = 0, order[MOST], last = -1;
        for (int key = 1; key <= MOST; key++) {
            if (rand() % 2)
                before[known++] = key;
            if (rand() % 2)
                keys[count++] = key;
        }
        for (int i = 0; i < known; i++) { /* shuffled */
            int other = rand() % known;
            int64_t was = before[i];
            before[i] = before[other];
            before[other] = was;
        }
        order_follow(before, known, keys, count, order);
        unsigned seen = 0;
        for (int i = 0; i < count; i++) {
            int old = -1;
            seen |= 1U << order[i];
            for (int j = 0; j < known; j++)
                if (before[j] == keys[order[i]])
                    old = j;
            cr_assert(old < 0 || old > last);
            cr_assert(old >= 0 || order[i] == 0 || (i > 0 && order[i - 1] == order[i] - 1));
            last = old < 0 ? last : old;
        }
        cr_assert_eq(seen, (1U << count) - 1);
    }
}
