#include "capability.h"

#include <string.h>

#include "curses_wide.h"

#include <term.h>

const char *capability(const char *name)
{
    const char *value = tigetstr(name);
    return value && value != (char *)-1 ? value : "";
}

void capability_add(struct str *out, const char *name)
{
    for (const char *at = capability(name); *at;) {
        const char *end = at[0] == '$' && at[1] == '<' ? strchr(at, '>') : NULL;
        if (end)
            at = end + 1;
        else
            str_add_char(out, *at++);
    }
}
