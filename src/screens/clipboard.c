/* What was copied: on the clipboard of the user's terminal, and kept for pasting inside. */
#include <stdlib.h>
#include <string.h>

#include "app_private.h"
#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"
#include "centurion/term/term.h"

enum { COPIED_SHOWN = 40 };

void app_copy(struct app *app, const char *text)
{
    char *copy = mem_strdup(text);
    free(app->copied);
    app->copied = copy;
    size_t shown = strcspn(copy, "\r\n");
    if (utf8_width(copy) > COPIED_SHOWN || copy[shown])
        shown = utf8_fit(copy, COPIED_SHOWN, NULL) < shown ? utf8_fit(copy, COPIED_SHOWN, NULL) : shown;
    if (term_clipboard(copy))
        app_say(app, ROLE_GOOD, "Copied \"%.*s%s\"", (int)shown, copy, copy[shown] ? glyph(GLYPH_ELLIPSIS) : "");
    else
        app_say(app, ROLE_WARN, "Copied within Centurion only: %zu bytes are more than terminals take.", strlen(copy));
}

const char *app_copied(const struct app *app)
{
    return app->copied ? app->copied : "";
}
