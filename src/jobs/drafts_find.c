/* What earlier runs of the program, and others that run now, have left in the folder. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "drafts_private.h"

/* "HASH-SESSION-N.json"; anything else in the folder is nothing to us. */
static bool read_name(const char *name, unsigned long long *hash, char session[SESSION_MAX])
{
    unsigned number;
    int end = 0;
    return strlen(name) < DRAFT_NAME_MAX &&
           sscanf(name, "%16llx-%16[0-9a-f]-%u.json%n", hash, session, &number, &end) == 3 && end > 0 && !name[end] &&
           strlen(session) == SESSION_MAX - 1;
}

bool drafts_name_open(const struct drafts *drafts, const char *name)
{
    unsigned long long hash;
    char session[SESSION_MAX];
    if (!read_name(name, &hash, session))
        return false;
    if (!str_equal(session, drafts->session))
        return drafts_session_runs(drafts->folder, session);
    for (const struct draft_file *draft = drafts->open; draft; draft = draft->next)
        if (str_equal(draft->name, name))
            return true;
    return false;
}

static const char *text_in(const json_t *json, const char *name)
{
    return json_string_value(json_object_get(json, name));
}

static void fill(struct draft_found *found, const char *name, const json_t *json)
{
    const char *field, *change = text_in(json, "change");
    json_t *text, *fields = json_object_get(json, "fields");
    found->name = mem_strdup(name);
    found->key = mem_strdup(text_in(json, "key"));
    found->title = mem_strdup(text_in(json, "title"));
    found->saved_at = json_integer_value(json_object_get(json, "saved_at"));
    snprintf(found->change, sizeof found->change, "%s", change ? change : "");
    found->fields = mem_array(json_object_size(fields) + 1, sizeof *found->fields);
    found->texts = mem_array(json_object_size(fields) + 1, sizeof *found->texts);
    json_object_foreach(fields, field, text)
    {
        found->fields[found->count] = mem_strdup(field);
        found->texts[found->count++] = mem_strdup(json_string_value(text));
    }
}

/* Adds the file's draft if it is the owner's and has the key. */
static bool consider(struct drafts *drafts, const char *name, const char *key, struct draft_found *found)
{
    struct error error = {0};
    json_t *json = drafts_read(drafts->folder, name, &error);
    if (!json) {
        drafts->damaged++;
        drafts_say(drafts, &error);
        return false;
    }
    bool wanted = str_equal(text_in(json, "where"), drafts->where) &&
                  str_equal(text_in(json, "login"), drafts->login) && (!key || str_equal(text_in(json, "key"), key));
    if (wanted) {
        fill(found, name, json);
        found->open = drafts_name_open(drafts, name);
    }
    json_decref(json);
    return wanted;
}

static int newest_first(const void *a, const void *b)
{
    const struct draft_found *left = a, *right = b;
    if (left->saved_at != right->saved_at)
        return left->saved_at < right->saved_at ? 1 : -1;
    return strcmp(left->name, right->name);
}

struct draft_found *drafts_find(struct drafts *drafts, const char *key, int *count)
{
    struct draft_found *list = NULL;
    DIR *dir = opendir(drafts->folder);
    const struct dirent *entry;
    unsigned long long hash, wanted = key ? drafts_hash(drafts, key) : 0;
    char session[SESSION_MAX];
    *count = 0;
    drafts->damaged = 0;
    while (dir && *count < DRAFTS_LISTED_MAX && (entry = readdir(dir))) {
        if (!read_name(entry->d_name, &hash, session) || (key && hash != wanted))
            continue;
        list = mem_resize(list, (size_t)*count + 1, sizeof *list);
        memset(&list[*count], 0, sizeof *list);
        *count += consider(drafts, entry->d_name, key, &list[*count]);
    }
    if (dir)
        closedir(dir);
    if (*count > 1)
        qsort(list, (size_t)*count, sizeof *list, newest_first);
    return list;
}

void draft_found_free(struct draft_found *found, int count)
{
    for (int i = 0; i < count; i++) {
        for (int field = 0; field < found[i].count; field++) {
            free(found[i].fields[field]);
            free(found[i].texts[field]);
        }
        free(found[i].fields);
        free(found[i].texts);
        free(found[i].name);
        free(found[i].key);
        free(found[i].title);
    }
    free(found);
}

const char *draft_found_text(const struct draft_found *found, const char *field)
{
    for (int i = 0; i < found->count; i++)
        if (str_equal(found->fields[i], field))
            return found->texts[i];
    return NULL;
}
