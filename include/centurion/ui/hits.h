/* What a search hit, in text: the hits stand between two characters that no text holds. They take no column, and what is between them is drawn
 * as ROLE_MATCH: by doc_wrap(), and in a table by a cell of CELL_HITS. */
#ifndef CENTURION_UI_HITS_H
#define CENTURION_UI_HITS_H

#include <stdbool.h>
#include <stddef.h>

enum { HIT_START = 2, HIT_END = 3 };

static inline bool hits_sign(char byte)
{
    return byte == HIT_START || byte == HIT_END;
}

#endif
