/* Cells for spreadsheets. */
#ifndef CENTURION_BASE_CSV_H
#define CENTURION_BASE_CSV_H

#include <stdbool.h>

#include "centurion/base/str.h"

/* Would a spreadsheet run the text instead of showing it? */
bool csv_is_formula(const char *text);

/* Appends a cell as RFC 4180 has it, quoted where it must be; a text that a spreadsheet would run gets an apostrophe before it, a number
 * stays what it is. Separators and line ends (\r\n) are the caller's. */
void csv_add(struct str *out, const char *text, bool number);

#endif
