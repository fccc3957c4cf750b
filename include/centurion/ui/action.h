/* Actions: what a person can ask for, declared once in actions.def. */
#ifndef CENTURION_UI_ACTION_H
#define CENTURION_UI_ACTION_H

#include <stdbool.h>

enum action {
    ACTION_NONE,
#define ACTION(id, name, group, keys, hint, help, flags) ACTION_##id,
#include "centurion/ui/actions.def"
#undef ACTION
    ACTION_COUNT
};

enum action_flag { ACTION_MOTION = 1, ACTION_ROW = 2, ACTION_LOCAL = 4 };
enum action_group { GROUP_MOVE, GROUP_PLACE, GROUP_WORK, GROUP_PERIOD, GROUP_VIEW, GROUP_PROGRAM, GROUP_COUNT };

struct action_info {
    const char *name, *keys, *hint, *help;
    enum action_group group;
    unsigned flags;
};

const struct action_info *action_info(enum action action);
enum action action_find(const char *name); /* ACTION_NONE when there is none */
const char *action_group_title(enum action_group group);

/* What handling an action, a key or a click calls for. A handler reports it and never draws. */
enum consequence {
    NOT_TAKEN = 0, /* not mine: ask the next one */
    TAKEN = 1,
    REPAINT = 2, /* how it looks changed */
    RECALC = 4,  /* what it shows changed: call recalc, then paint */
    REFLOW = 8,  /* panes changed: arrange, recalc, paint */
    CLOSE = 16,  /* a window is done */
    MOVED = 32,  /* another row is under the cursor */
    ACCEPT = 64, /* Enter in a prompt, palette or menu, or a text or form that is to be saved: ask it what was chosen */
    EDIT = 128,  /* the widget's text is to be opened in $EDITOR */
};

#endif
