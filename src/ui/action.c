#include "centurion/ui/action.h"

#include <string.h>

static const struct action_info infos[ACTION_COUNT] = {
    [ACTION_NONE] = {"", "", "", "", GROUP_PROGRAM, 0},
#define ACTION(id, name, group, keys, hint, help, flags) [ACTION_##id] = {name, keys, hint, help, GROUP_##group, flags},
#include "centurion/ui/actions.def"
#undef ACTION
};

const struct action_info *action_info(enum action action)
{
    return &infos[action > ACTION_NONE && action < ACTION_COUNT ? action : ACTION_NONE];
}

enum action action_find(const char *name)
{
    for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
        if (strcmp(infos[action].name, name) == 0)
            return (enum action)action;
    return ACTION_NONE;
}

const char *action_group_title(enum action_group group)
{
    switch (group) {
    case GROUP_MOVE:
        return "Moving";
    case GROUP_PLACE:
        return "Places";
    case GROUP_WORK:
        return "Work";
    case GROUP_PERIOD:
        return "Period";
    case GROUP_VIEW:
        return "View";
    case GROUP_PROGRAM:
        return "Program";
    case GROUP_COUNT:
        break;
    }
    return "";
}
