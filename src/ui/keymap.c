#include "centurion/ui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/term/input.h"
#include "centurion/term/term.h"

enum { SEQUENCE_MAX = 4, COUNT_MAX = 99999 };

struct binding {
    enum action action;
    int keys[SEQUENCE_MAX];
    int length;
    bool changed; /* by the configuration: may not share its keys */
};

/* Bindings stand in the order of actions.def, the alternatives of one action in the order in which they are written. */
struct keymap {
    struct binding *bindings;
    int count;
    int keys[SEQUENCE_MAX]; /* pending */
    int length;
    int number; /* the count being typed */
};

static void add_binding(struct keymap *keymap, const struct binding *binding)
{
    keymap->bindings = mem_resize(keymap->bindings, (size_t)keymap->count + 1, sizeof *keymap->bindings);
    int at = keymap->count;
    while (at > 0 && keymap->bindings[at - 1].action > binding->action)
        at--;
    memmove(keymap->bindings + at + 1, keymap->bindings + at, (size_t)(keymap->count - at) * sizeof *keymap->bindings);
    keymap->bindings[at] = *binding;
    keymap->count++;
}

static void remove_bindings(struct keymap *keymap, enum action action)
{
    int kept = 0;
    for (int i = 0; i < keymap->count; i++)
        if (keymap->bindings[i].action != action)
            keymap->bindings[kept++] = keymap->bindings[i];
    keymap->count = kept;
}

/* Reads alternatives separated by a comma and a blank, the keys of one by blanks; a comma by itself is the key. */
static enum status parse_keys(struct keymap *keymap, enum action action, const char *keys, bool changed,
                              struct error *error)
{
    const char *name = action_info(action)->name;
    struct binding binding = {.action = action, .changed = changed};
    for (const char *at = keys + strspn(keys, " \t"); *at; at += strspn(at, " \t")) {
        size_t length = strcspn(at, " \t");
        bool last = length > 1 && at[length - 1] == ',';
        char word[KEY_NAME_MAX + 1] = "";
        size_t used = length - last;
        if (used < sizeof word)
            memcpy(word, at, used);
        int key = KEYCODE_NONE;
        if (!*word || key_parse(word, &key) != used) {
            error_set(error, STATUS_USAGE, "keys of \"%s\": there is no key called \"%.*s\"", name, (int)used, at);
            error_hint(error, "Keys are written as in: j, ctrl-d, f5, enter, page-down; a sequence with blanks: g g.");
            return STATUS_USAGE;
        }
        if (binding.length == 0 && key >= '1' && key <= '9')
            return error_set(error, STATUS_USAGE, "keys of \"%s\": \"%s\" begins with a digit, and digits count", name,
                             keys);
        if (binding.length == SEQUENCE_MAX)
            return error_set(error, STATUS_USAGE, "keys of \"%s\": more than %d keys in a row", name, SEQUENCE_MAX);
        binding.keys[binding.length++] = key;
        at += length;
        if (last || !at[strspn(at, " \t")]) {
            add_binding(keymap, &binding);
            binding.length = 0;
        }
    }
    return STATUS_OK;
}

/* True when one is the other or the beginning of it. */
static bool hides(const struct binding *a, const struct binding *b)
{
    int common = a->length < b->length ? a->length : b->length;
    return memcmp(a->keys, b->keys, (size_t)common * sizeof a->keys[0]) == 0;
}

static void add_sequence(struct str *out, const int *keys, int length, bool ascii)
{
    char label[KEY_NAME_MAX];
    for (int i = 0; i < length; i++) {
        str_add(out, i ? " " : "");
        str_add(out, key_label(keys[i], ascii, label));
    }
}

static enum status refuse(const struct binding *new, const struct binding *old, struct error *error)
{
    struct str ours = {0}, theirs = {0};
    add_sequence(&ours, new->keys, new->length, false);
    add_sequence(&theirs, old->keys, old->length, false);
    const char *us = action_info(new->action)->name, *them = action_info(old->action)->name;
    if (new->length == old->length)
        error_set(error, STATUS_USAGE, "keys of \"%s\": %s is already a key of \"%s\"", us, str_text(&ours), them);
    else if (new->length < old->length)
        error_set(error, STATUS_USAGE, "keys of \"%s\": %s would hide %s, a key of \"%s\"", us, str_text(&ours),
                  str_text(&theirs), them);
    else
        error_set(error, STATUS_USAGE, "keys of \"%s\": %s would never be reached behind %s, a key of \"%s\"", us,
                  str_text(&ours), str_text(&theirs), them);
    error_hint(error, "Choose another key, or give \"%s\" another one; \"\" leaves it without.", them);
    str_fini(&ours);
    str_fini(&theirs);
    return STATUS_USAGE;
}

static bool local(const struct binding *binding)
{
    return action_info(binding->action)->flags & ACTION_LOCAL;
}

/* A local action may share a key with one that is not: on its screens it goes first. Else what the configuration binds stands alone. */
static enum status check_conflicts(const struct keymap *keymap, struct error *error)
{
    for (int i = 0; i < keymap->count; i++) {
        const struct binding *new = &keymap->bindings[i];
        for (int k = 0; new->changed &&k < keymap->count; k++) {
            const struct binding *old = &keymap->bindings[k];
            if (k != i && hides(new, old) && local(new) == local(old) &&
                !(new->action == old->action &&new->length == old->length))
                return refuse(new, old, error);
        }
    }
    return STATUS_OK;
}

struct keymap *keymap_new(void)
{
    struct keymap *keymap = mem_alloc(sizeof *keymap);
    for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
        parse_keys(keymap, (enum action)action, action_info((enum action)action)->keys, false, NULL);
    return keymap;
}

void keymap_free(struct keymap *keymap)
{
    if (keymap)
        free(keymap->bindings);
    free(keymap);
}

enum status keymap_bind_all(struct keymap *keymap, const struct keymap_change *changes, int count, struct error *error)
{
    size_t size = (size_t)keymap->count * sizeof *keymap->bindings;
    struct binding *before = mem_array((size_t)keymap->count + 1, sizeof *before);
    int count_before = keymap->count;
    if (size)
        memcpy(before, keymap->bindings, size);

    enum status status = STATUS_OK;
    for (int i = 0; i < count && !status; i++) {
        enum action action = action_find(changes[i].action);
        if (action == ACTION_NONE) {
            status = error_set(error, STATUS_USAGE, "keys: there is no action called \"%s\"", changes[i].action);
            error_hint(error, "\"centurion keys list\" shows the actions and their keys.");
        } else {
            remove_bindings(keymap, action);
            status = parse_keys(keymap, action, changes[i].keys, true, error);
        }
    }
    if (!status)
        status = check_conflicts(keymap, error);
    if (status) {
        free(keymap->bindings);
        keymap->bindings = before;
        keymap->count = count_before;
    } else {
        free(before);
    }
    keymap_reset(keymap);
    return status;
}

enum status keymap_bind(struct keymap *keymap, const char *action, const char *keys, struct error *error)
{
    return keymap_bind_all(keymap, &(struct keymap_change){action, keys}, 1, error);
}

static bool begins_with_pending(const struct keymap *keymap, const struct binding *binding)
{
    return binding->length >= keymap->length &&
           memcmp(binding->keys, keymap->keys, (size_t)keymap->length * sizeof keymap->keys[0]) == 0;
}

enum keymap_result keymap_feed(struct keymap *keymap, int key, keymap_accepts_fn *accepts, void *arg,
                               enum action *action, int *count)
{
    *action = ACTION_NONE;
    *count = 0;
    if (key == KEYCODE_ESCAPE && keymap_pending(keymap)) {
        bool tab = keymap->length == 0 && accepts && accepts(arg, ACTION_TAB);
        keymap_reset(keymap);
        if (!tab)
            return KEYMAP_NONE;
    }
    if (keymap->length == 0 && key >= '0' && key <= '9' && (key > '0' || keymap->number)) {
        int number = keymap->number * 10 + (key - '0');
        keymap->number = number < COUNT_MAX ? number : COUNT_MAX;
        return KEYMAP_PENDING;
    }
    if (keymap->length == SEQUENCE_MAX)
        keymap_reset(keymap);
    keymap->keys[keymap->length++] = key;

    bool more = false;
    enum action elsewhere = ACTION_NONE;
    for (int i = 0; i < 2 * keymap->count; i++) { /* local ones first */
        const struct binding *binding = &keymap->bindings[i % keymap->count];
        if (local(binding) != (i < keymap->count) || !begins_with_pending(keymap, binding))
            continue;
        bool accepted = !accepts || accepts(arg, binding->action);
        if (accepted && binding->length == keymap->length) {
            *action = binding->action;
            *count = keymap->number;
            keymap_reset(keymap);
            return KEYMAP_ACTION;
        }
        if (binding->length == keymap->length && !elsewhere)
            elsewhere = binding->action;
        more = more || (accepted && binding->length > keymap->length);
    }
    if (more)
        return KEYMAP_PENDING;
    *action = elsewhere;
    keymap_reset(keymap);
    return KEYMAP_NONE;
}

int keymap_count(const struct keymap *keymap)
{
    return keymap->number;
}

bool keymap_pending(const struct keymap *keymap)
{
    return keymap->number || keymap->length;
}

void keymap_reset(struct keymap *keymap)
{
    keymap->length = 0;
    keymap->number = 0;
}

void keymap_typed(const struct keymap *keymap, struct str *out)
{
    if (keymap->number)
        str_addf(out, "%d%s", keymap->number, keymap->length ? " " : "");
    add_sequence(out, keymap->keys, keymap->length, term_ascii());
}

void keymap_next(const struct keymap *keymap, keymap_next_fn *fn, void *arg)
{
    for (int i = 0; i < keymap->count && keymap->length; i++) {
        const struct binding *binding = &keymap->bindings[i];
        if (binding->length <= keymap->length || !begins_with_pending(keymap, binding))
            continue;
        int key = binding->keys[keymap->length];
        bool deeper = binding->length > keymap->length + 1, told = false;
        for (int k = 0; deeper && k < i && !told; k++) {
            const struct binding *earlier = &keymap->bindings[k];
            told = begins_with_pending(keymap, earlier) && earlier->length > keymap->length + 1 &&
                   earlier->keys[keymap->length] == key;
        }
        if (!told)
            fn(arg, key, deeper ? ACTION_NONE : binding->action);
    }
}

void keymap_label(const struct keymap *keymap, enum action action, bool all, struct str *out)
{
    bool first = true;
    for (int i = 0; i < keymap->count && (all || first); i++) {
        const struct binding *binding = &keymap->bindings[i];
        if (binding->action != action)
            continue;
        str_add(out, first ? "" : ", ");
        add_sequence(out, binding->keys, binding->length, term_ascii());
        first = false;
    }
    if (first && action == ACTION_TAB) /* digits are counts and tabs by themselves */
        str_add(out, "1-9");
}
