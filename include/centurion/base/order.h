/* Orders that outlive what they order. */
#ifndef CENTURION_BASE_ORDER_H
#define CENTURION_BASE_ORDER_H

#include <stdint.h>

/* How rows with these keys are to stand where rows with the keys of `before` stood, so that nothing jumps: those that were there keep their
 * order, and a new one comes after the row that it follows in its own order. order gets count places: at each, which of the keys. Of keys
 * that are there more than once, all stand where the first one stood. */
void order_follow(const int64_t *before, int known, const int64_t *keys, int count, int *order);

#endif
