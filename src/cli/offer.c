#include "centurion/cli/offer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ANSWER_MAX = 128, FIRST_PROFILE = 3 };

static const char *profile_at(const struct config *config, int wanted)
{
    for (int i = 0; i < config_pair_count(config); i++)
        if (config_pair(config, i)->setting == SETTING_PROFILES && wanted-- == 0)
            return config_pair(config, i)->name;
    return NULL;
}

static void put_question(const struct config *config)
{
    const char *profile;
    fputs("Which database?\n\n"
          "  1  demo    try it: a private server on this machine with demonstration data\n"
          "  2  local   use it: a private server on this machine, empty\n",
          stderr);
    for (int i = 0; (profile = profile_at(config, i)); i++)
        fprintf(stderr, "  %d  %-7s as the configuration says\n", FIRST_PROFILE + i, profile);
    fputs("\nAny other: centurion \"host=... dbname=...\"; centurion --help says more.\n", stderr);
}

/* A number or a name; what is offered first when nothing was typed. */
static bool understand(const struct config *config, const char *answer, struct offer *out)
{
    char *end;
    long number = *answer ? strtol(answer, &end, 10) : 1;
    bool is_number = !*answer || !*end;
    if ((is_number && number == 1) || str_equal(answer, "demo"))
        out->verb = VERB_DEMO;
    else if ((is_number && number == 2) || str_equal(answer, "local"))
        out->verb = VERB_LOCAL;
    else if (is_number && number >= FIRST_PROFILE && number < 1000)
        out->profile = profile_at(config, (int)number - FIRST_PROFILE);
    else
        for (int i = 0; (out->profile = profile_at(config, i)) && !str_equal(out->profile, answer); i++)
            ;
    return out->verb != VERB_SCREENS || out->profile;
}

bool offer_ask(const struct config *config, struct offer *out, bool *asked)
{
    char answer[ANSWER_MAX];
    *asked = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
    if (!*asked)
        return false;
    put_question(config);
    for (;;) {
        fputs("Number or name, q to leave [1]: ", stderr);
        if (!fgets(answer, sizeof answer, stdin))
            return false;
        answer[strcspn(answer, "\n")] = '\0';
        if (str_equal(answer, "q"))
            return false;
        *out = (struct offer){.verb = VERB_SCREENS};
        if (understand(config, answer, out))
            return true;
    }
}
