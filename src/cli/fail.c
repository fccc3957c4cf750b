#include <stdio.h>

#include "centurion/cli/cli.h"

int cli_fail(const struct error *error)
{
    fflush(stdout);
    fprintf(stderr, "centurion: %s\n", error->text);
    if (*error->hint)
        fprintf(stderr, "  %s\n", error->hint);
    return error->status;
}
