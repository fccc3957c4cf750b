/* Values of table cells as text. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/money.h"
#include "table_private.h"

/* 12345 as "12,345". */
static const char *with_thousands(int64_t number, char out[CELL_TEXT_MAX])
{
    char digits[24];
    uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
    int length = snprintf(digits, sizeof digits, "%" PRIu64, size), at = 0;
    if (number < 0)
        out[at++] = '-';
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

const char *cell_text(const struct cell *cell, char out[CELL_TEXT_MAX])
{
    _Static_assert((int)CELL_TEXT_MAX >= (int)MONEY_TEXT_MAX && (int)CELL_TEXT_MAX >= (int)DATE_TEXT_MAX,
                   "room for either");
    switch (cell->kind) {
    case CELL_TEXT:
    case CELL_HITS:
        return cell->text ? cell->text : "";
    case CELL_INT:
        return with_thousands(cell->number, out);
    case CELL_REAL:
        snprintf(out, CELL_TEXT_MAX, "%.*f", cell->decimals, cell->real);
        return out;
    case CELL_PERCENT:
        snprintf(out, CELL_TEXT_MAX, "%" PRId64 "%%", cell->number);
        return out;
    case CELL_MONEY:
        return money_format(cell->number, out);
    case CELL_DATE:
        return date_day_month((int)cell->number, out);
    case CELL_DELTA:
        snprintf(out, CELL_TEXT_MAX, "%s%" PRIu64,
                 cell->number > 0   ? glyph(GLYPH_UP)
                 : cell->number < 0 ? glyph(GLYPH_DOWN)
                                    : "",
                 cell->number < 0 ? -(uint64_t)cell->number : (uint64_t)cell->number);
        return out;
    case CELL_SCORE:
        snprintf(out, CELL_TEXT_MAX, "%" PRId64 " %s", cell->number, cell->text ? cell->text : "");
        return out;
    case CELL_EMPTY:
        return glyph(GLYPH_ABSENT);
    case CELL_HEAT:
    case CELL_SPARK:
        break;
    }
    return NULL;
}
