#include "centurion/ui/help.h"

#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/term/input.h"
#include "centurion/term/term.h"
#include "centurion/ui/window.h"

enum { KEYS_COL = 1, WORDS_COL = 20, PENDING_MAX = 40 };

static void add_action(struct doc *doc, const struct keymap *keymap, enum action action, enum role words)
{
    const struct action_info *info = action_info(action);
    struct str keys = {0};
    keymap_label(keymap, action, true, &keys);
    doc_line(doc);
    doc_at(doc, KEYS_COL);
    if (keys.length)
        doc_text(doc, words == ROLE_DIM ? ROLE_DIM : ROLE_KEY, str_text(&keys));
    else /* without keys it is found in the palette, by its name */
        doc_span(doc, ROLE_DIM, ":%s", info->name);
    doc_at(doc, WORDS_COL);
    doc_wrap(doc, WORDS_COL, words, info->help);
    str_fini(&keys);
}

static void add_group(struct doc *doc, const struct keymap *keymap, enum action_group group, bool here,
                      keymap_accepts_fn *accepts, void *arg)
{
    bool any = false;
    for (int id = ACTION_NONE + 1; id < ACTION_COUNT; id++) {
        enum action action = (enum action)id;
        if (action_info(action)->group != group || (!accepts || accepts(arg, action)) != here)
            continue;
        if (!any && here)
            doc_rule(doc, action_group_title(group));
        any = true;
        add_action(doc, keymap, action, here ? ROLE_TEXT : ROLE_DIM);
    }
    if (any && here)
        doc_blank(doc);
}

void help_build(struct doc *doc, const struct keymap *keymap, const char *screen_title, keymap_accepts_fn *accepts,
                void *arg)
{
    doc_line(doc);
    doc_text(doc, ROLE_STRONG, "Keys");
    if (screen_title && *screen_title)
        doc_span(doc, ROLE_DIM, "  that work now in: %s", screen_title);
    doc_blank(doc);
    for (int group = 0; group < GROUP_COUNT; group++)
        add_group(doc, keymap, (enum action_group)group, true, accepts, arg);
    doc_rule(doc, "Elsewhere, or not now");
    for (int group = 0; group < GROUP_COUNT; group++)
        add_group(doc, keymap, (enum action_group)group, false, accepts, arg);
}

/* ---- What may follow ---- */

struct following {
    keymap_accepts_fn *accepts;
    void *arg;
    struct {
        int key;
        enum action action;
    } rows[PENDING_MAX];
    int count;
};

static void add_following(void *arg, int key, enum action action)
{
    struct following *following = arg;
    bool accepted = action == ACTION_NONE || !following->accepts || following->accepts(following->arg, action);
    if (!accepted || following->count == PENDING_MAX)
        return;
    following->rows[following->count].key = key;
    following->rows[following->count++].action = action;
}

void help_paint_pending(const struct surface *surface, const struct keymap *keymap, keymap_accepts_fn *accepts,
                        void *arg)
{
    struct following following = {.accepts = accepts, .arg = arg};
    keymap_next(keymap, add_following, &following);
    if (following.count == 0)
        return;
    int key_cols = 1, word_cols = 0;
    char label[KEY_NAME_MAX];
    for (int i = 0; i < following.count; i++) {
        int key = utf8_width(key_label(following.rows[i].key, term_ascii(), label));
        int words = utf8_width(action_info(following.rows[i].action)->help);
        key_cols = key > key_cols ? key : key_cols;
        word_cols = words > word_cols ? words : word_cols;
    }
    int rows = following.count + 2, cols = key_cols + 2 + word_cols + 4;
    rows = rows < surface->rows ? rows : surface->rows;
    cols = cols < surface->cols ? cols : surface->cols;
    struct str typed = {0};
    keymap_typed(keymap, &typed);
    struct surface inside =
        window_open_at(surface, surface->rows - rows, surface->cols - cols, rows, cols, str_text(&typed));
    str_fini(&typed);
    for (int i = 0; i < following.count; i++) {
        enum action action = following.rows[i].action;
        surface_text(&inside, i, 0, ROLE_KEY, key_label(following.rows[i].key, term_ascii(), label), -1);
        surface_text(&inside, i, key_cols + 2, ROLE_TEXT, action ? action_info(action)->help : glyph(GLYPH_ELLIPSIS),
                     -1);
    }
}
