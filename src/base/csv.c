#include "centurion/base/csv.h"

#include <string.h>

bool csv_is_formula(const char *text)
{
    return *text && strchr("=+-@\t\r", *text);
}

void csv_add(struct str *out, const char *text, bool number)
{
    bool formula = !number && csv_is_formula(text);
    if (!formula && !text[strcspn(text, ",\"\r\n")]) {
        str_add(out, text);
        return;
    }
    str_add(out, formula ? "\"'" : "\"");
    for (; *text; text++) {
        if (*text == '"')
            str_add_char(out, '"');
        str_add_char(out, *text);
    }
    str_add_char(out, '"');
}
