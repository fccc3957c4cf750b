/* The question at the start, when nothing says which database is meant. */
#ifndef CENTURION_CLI_OFFER_H
#define CENTURION_CLI_OFFER_H

#include <stdbool.h>

#include "centurion/cli/cli.h"

/* What was chosen: VERB_DEMO, VERB_LOCAL, or VERB_SCREENS with a profile of the configuration. */
struct offer {
    enum verb verb;
    const char *profile;
};

/* Asks on the terminal. False: there is no terminal to ask on (*asked false), or the answer was to leave. */
bool offer_ask(const struct config *config, struct offer *out, bool *asked);

#endif
