#include "centurion/term/role.h"

#include <string.h>

static const struct {
    const char *name;
    enum role parent;
} roles[ROLE_COUNT] = {
#define ROLE(id, name, parent) [ROLE_##id] = {name, ROLE_##parent},
    ROLES(ROLE)
#undef ROLE
};

static const char *const grounds[GROUND_COUNT] = {
    [GROUND_PLAIN] = "plain",     [GROUND_BAR] = "bar",     [GROUND_SELECTED] = "selected",
    [GROUND_PASSIVE] = "passive", [GROUND_POPUP] = "popup",
};

const char *role_name(enum role role)
{
    return roles[role].name;
}

const char *ground_name(enum ground ground)
{
    return grounds[ground];
}

enum role role_parent(enum role role)
{
    return roles[role].parent;
}

int role_find(const char *name)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (strcmp(roles[i].name, name) == 0)
            return i;
    return -1;
}

int ground_find(const char *name)
{
    for (int i = 0; i < GROUND_COUNT; i++)
        if (strcmp(grounds[i], name) == 0)
            return i;
    return -1;
}
