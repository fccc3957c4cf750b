#include "verbs.h"

enum status cli_server_kind(const struct cli *cli, enum server_kind *kind, struct error *error)
{
    const char *word = cli_argument(cli, 0);
    if (server_kind_parse(word, kind))
        return STATUS_OK;
    return error_set(error, STATUS_USAGE, "There is a private server \"demo\" and one \"local\", but no \"%s\"", word);
}
