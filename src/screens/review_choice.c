#include "review_choice.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "centurion/data/queries.gen.h"

static bool holds(const char *name, const char *part, size_t length)
{
    for (; strlen(name) >= length; name++)
        if (!strncasecmp(name, part, length))
            return true;
    return false;
}

/* A part between commas without the blanks around it; text goes on behind it. */
static const char *next_part(const char **text, size_t *length)
{
    const char *part = *text + strspn(*text, " ,");
    *length = strcspn(part, ",");
    *text = part + *length;
    while (*length && part[*length - 1] == ' ')
        (*length)--;
    return part;
}

bool review_choice(const struct rowset *cohorts, const char *text, struct str *ids, struct str *names,
                   char wrong[PRESENT_MAX])
{
    size_t length;
    for (const char *rest = text, *part = next_part(&rest, &length); length; part = next_part(&rest, &length)) {
        bool any = false;
        for (int row = 0; row < rowset_count(cohorts); row++)
            any = any || holds(rowset_text(cohorts, row, REVIEW_COHORTS_NAME), part, length);
        if (!any) {
            snprintf(wrong, PRESENT_MAX, "%.*s", (int)length, part);
            return false;
        }
    }
    str_clear(ids);
    str_clear(names);
    for (int row = 0; row < rowset_count(cohorts); row++) {
        const char *name = rowset_text(cohorts, row, REVIEW_COHORTS_NAME);
        bool meant = false;
        for (const char *rest = text, *part = next_part(&rest, &length); length && !meant;
             part = next_part(&rest, &length))
            meant = holds(name, part, length);
        if (!meant)
            continue;
        str_addf(ids, "%s%lld", ids->length ? "," : "{", (long long)rowset_int(cohorts, row, REVIEW_COHORTS_ID));
        str_addf(names, "%s%s", names->length ? ", " : "", name);
    }
    if (ids->length)
        str_add(ids, "}");
    return true;
}
