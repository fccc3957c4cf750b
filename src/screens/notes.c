/* Notes about everybody whom one may see, the newest first, or those that a search finds. Route: notes[/NOTE] or notes/grep/TEXT[/NOTE], where
 * TEXT is what is searched for: words, or a #tag and perhaps words after it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/screens/screen.h"
#include "member_list.h"
#include "note_compose.h"

enum { SOUGHT_MAX = 2 * ROUTE_PART + 1 }; /* "#", a tag, a blank, words */

struct notes {
    struct screen screen;
    struct member_list *list;
    struct note_compose *compose;
    char tag[ROUTE_PART], words[ROUTE_PART]; /* "": none */
    char *doomed, *versions;                 /* what is to be deleted once that is confirmed: arrays */
    int doomed_count;
};

/* ---- Data ---- */

static void load(struct screen *screen)
{
    member_list_load(((struct notes *)screen)->list, 0, 0);
}

static void saved(void *owner, int64_t member)
{
    (void)member;
    load(owner);
}

static bool under_cursor(const struct notes *self, const struct rowset **rows, int *row)
{
    return member_list_cursor(self->list, rows, row);
}

/* ---- Screen ---- */

/* A tag that the text begins with, and what follows it. */
static void take_text(struct notes *self, const char *text)
{
    text += strspn(text, " ");
    if (text[0] == '#' && text[1]) {
        size_t length = strcspn(text + 1, " ");
        snprintf(self->tag, sizeof self->tag, "%.*s", (int)length, text + 1);
        text += 1 + length;
    }
    snprintf(self->words, sizeof self->words, "%s", text + strspn(text, " "));
}

static struct screen *open_notes(struct app *app, const struct route *route)
{
    bool search = route->count > 2 && str_equal(route->parts[1], "grep");
    int id_at = search ? 3 : 1;
    int64_t note = 0;
    if (route->count > id_at + 1 || (route->count > id_at && !route_id(route, id_at, &note)))
        return NULL;
    struct notes *self = mem_alloc(sizeof *self);
    self->screen.ops = &notes_screen;
    self->screen.app = app;
    if (search) {
        char text[ROUTE_PART];
        route_unescape(route->parts[2], text);
        take_text(self, text);
    }
    self->list = member_list_new(&self->screen, 0, &notes_kind);
    member_list_search(self->list, self->words, self->tag);
    member_list_want(self->list, note);
    self->compose = note_compose_new(app, self, saved);
    self->screen.layout = member_list_layout(self->list);
    return &self->screen;
}

static void close_notes(struct screen *screen)
{
    struct notes *self = (struct notes *)screen;
    app_forget_changes(screen->app, self);
    note_compose_free(self->compose);
    member_list_free(self->list);
    free(self->doomed);
    free(self->versions);
    free(self);
}

/* What is searched for, as it is typed. */
static void sought(const struct notes *self, const char *tag, char out[SOUGHT_MAX])
{
    snprintf(out, SOUGHT_MAX, "%s%s%s%s", *tag ? "#" : "", tag, *tag && *self->words ? " " : "", self->words);
}

static void route_of(const struct screen *screen, struct route *out)
{
    const struct notes *self = (const struct notes *)screen;
    char text[SOUGHT_MAX], part[ROUTE_PART], note[32] = "";
    int64_t key = table_cursor_key(member_list_table(self->list));
    if (key)
        snprintf(note, sizeof note, "/%lld", (long long)key);
    sought(self, self->tag, text);
    if (*text && route_escape(text, part))
        route_format(out, "notes/grep/%s%s", part, note);
    else
        route_format(out, "notes%s", note);
}

static void reflow(struct screen *screen, int rows, int cols)
{
    (void)rows;
    member_list_reflow(((struct notes *)screen)->list, cols);
}

static void crumbs(const struct screen *screen, struct line *left, struct line *right)
{
    const struct notes *self = (const struct notes *)screen;
    (void)right;
    line_add(left, ROLE_DIM, "Notes");
    if (*self->tag || *self->words)
        line_add(left, ROLE_DIM, " %s ", glyph(GLYPH_CRUMB));
    if (*self->tag)
        line_add(left, ROLE_INFO, "#%s%s", self->tag, *self->words ? " " : "");
    if (*self->words)
        line_add(left, ROLE_STRONG, "search \"%s\"", self->words);
}

static void status(const struct screen *screen, struct line *left)
{
    member_list_status(((const struct notes *)screen)->list, left);
    line_add(left, ROLE_DIM, "   staff only, but in clients' data exports");
}

/* ---- Searching ---- */

/* With another tag, or with none (""). */
static void show_tag(struct notes *self, const char *tag)
{
    char text[SOUGHT_MAX], part[ROUTE_PART];
    sought(self, tag, text);
    if (!*text)
        app_open(self->screen.app, "notes");
    else if (route_escape(text, part))
        app_open(self->screen.app, "notes/grep/%s", part);
    else
        app_say(self->screen.app, ROLE_WARN, "The tag and the words are too long together; search for fewer words.");
}

enum { EVERY_TAG = -1 };

static void tag_chosen(void *owner, int64_t at)
{
    struct notes *self = owner;
    const struct rowset *tags = member_list_further(self->list);
    if (at == EVERY_TAG)
        show_tag(self, "");
    else if (at < rowset_count(tags))
        show_tag(self, rowset_text(tags, (int)at, NOTE_TAGS_TAG));
}

static void choose_tag(struct notes *self)
{
    const struct rowset *tags = member_list_further(self->list);
    int count = rowset_count(tags);
    if (!count) {
        app_say(self->screen.app, ROLE_DIM, "No note here has a tag: a # before a word makes one.");
        return;
    }
    struct menu_item *items = mem_array((size_t)count + 1, sizeof *items);
    char(*texts)[2][ROUTE_PART] = mem_array((size_t)count, sizeof *texts);
    items[0] = (struct menu_item){.text = "Whatever tag", .letter = '#', .off = !*self->tag, .value = EVERY_TAG};
    for (int i = 0; i < count; i++) {
        snprintf(texts[i][0], ROUTE_PART, "#%s", rowset_text(tags, i, NOTE_TAGS_TAG));
        snprintf(texts[i][1], ROUTE_PART, "%lld", (long long)rowset_int(tags, i, NOTE_TAGS_NOTES));
        items[i + 1] = (struct menu_item){.text = texts[i][0], .remark = texts[i][1], .value = i};
    }
    app_menu(self->screen.app, "Tags", NULL, items, count + 1, tag_chosen, self);
    free(texts);
    free(items);
}

/* ---- Changing ---- */

static void edit(struct notes *self)
{
    const struct rowset *rows;
    int row;
    if (!under_cursor(self, &rows, &row))
        return;
    if (!rowset_bool(rows, row, NOTE_SEARCH_MINE)) {
        app_say(self->screen.app, ROLE_WARN, "This note is %s's: its author and administrators can change it.",
                rowset_text(rows, row, NOTE_SEARCH_AUTHOR));
        return;
    }
    struct note_given given = {.note = rowset_int(rows, row, NOTE_SEARCH_ID),
                               .member = rowset_int(rows, row, NOTE_SEARCH_USER_ID),
                               .name = rowset_text(rows, row, NOTE_SEARCH_NAME),
                               .text = rowset_text(rows, row, NOTE_SEARCH_NOTES),
                               .version = rowset_text(rows, row, NOTE_SEARCH_VERSION),
                               .week = (int)rowset_int(rows, row, NOTE_SEARCH_WEEK)};
    note_compose_edit(self->compose, &given);
}

static void on_deleted(void *owner, int64_t key, const struct change_reply *reply)
{
    struct notes *self = owner;
    (void)key;
    if (reply->outcome == CHANGE_SAVED) {
        table_unmark_all(member_list_table(self->list));
        app_say(self->screen.app, ROLE_GOOD, "%d note%s deleted; u takes that back.", self->doomed_count,
                self->doomed_count == 1 ? "" : "s");
    }
    load(&self->screen);
}

static void delete_them(void *owner, int64_t count)
{
    struct notes *self = owner;
    char what[64];
    snprintf(what, sizeof what, "Deleting %lld note%s", (long long)count, count == 1 ? "" : "s");
    const char *params[] = {self->doomed, self->versions};
    app_change(self->screen.app, &QUERY_NOTES_DELETE, params, what, self, 0, on_deleted);
}

/* Of the marked ones, else the one under the cursor, those that are the person's to delete. */
static void ask_delete(struct notes *self)
{
    const struct table *table = member_list_table(self->list);
    const int64_t cursor = table_cursor_key(table);
    int marked = table_mark_count(table), most = marked ? marked : 1, count = 0, others = 0;
    char **names = mem_array((size_t)most, sizeof *names), words[160], verb[64];
    struct str ids = {0}, versions = {0};
    for (int i = 0; i < most; i++) {
        const struct rowset *rows;
        int row;
        if (!member_list_find(self->list, marked ? table_marks(table)[i] : cursor, &rows, &row))
            continue;
        if (!rowset_bool(rows, row, NOTE_SEARCH_MINE)) {
            others++;
            continue;
        }
        str_addf(&ids, "%s%s", count ? "," : "{", rowset_text(rows, row, NOTE_SEARCH_ID));
        str_addf(&versions, "%s%s", count ? "," : "{", rowset_text(rows, row, NOTE_SEARCH_VERSION));
        names[count++] =
            mem_printf("%s, week %s, by %s", rowset_text(rows, row, NOTE_SEARCH_NAME),
                       rowset_text(rows, row, NOTE_SEARCH_WEEK), rowset_text(rows, row, NOTE_SEARCH_AUTHOR));
    }
    str_add(&ids, "}");
    str_add(&versions, "}");
    free(self->doomed);
    free(self->versions);
    self->doomed = mem_strdup(str_text(&ids));
    self->versions = mem_strdup(str_text(&versions));
    self->doomed_count = count;
    snprintf(verb, sizeof verb, "Delete %d note%s", count, count == 1 ? "" : "s");
    snprintf(words, sizeof words,
             others ? "%d more marked: their authors and administrators can delete them." : "All at once.", others);
    if (count)
        app_confirm(self->screen.app, "Delete", words, (const char *const *)names, count, verb, delete_them, self,
                    count);
    else
        app_say(self->screen.app, ROLE_WARN, "Only a note's author and administrators can delete it.");
    for (int i = 0; i < count; i++)
        free(names[i]);
    free(names);
    str_fini(&ids);
    str_fini(&versions);
}

/* ---- Actions ---- */

static bool accepts(const struct screen *screen, enum action action)
{
    const struct notes *self = (const struct notes *)screen;
    const struct rowset *rows;
    int row;
    switch (action) {
    case ACTION_OPEN:
    case ACTION_NOTE:
    case ACTION_CHECKIN:
    case ACTION_EDIT:
    case ACTION_DELETE:
    case ACTION_NEXT_RECORD:
    case ACTION_PREVIOUS_RECORD:
        return under_cursor(self, &rows, &row);
    case ACTION_TAGS:
    case ACTION_CHOICES:
        return true;
    default:
        return member_list_accepts(self->list, action);
    }
}

static void chosen(void *owner, int64_t value)
{
    struct notes *self = owner;
    if (value == ACTION_GREP)
        app_grep(self->screen.app);
    else if (value == ACTION_CANCEL)
        app_open(self->screen.app, "notes");
    else
        app_changed(self->screen.app, self->screen.ops->act(&self->screen, (enum action)value, 0));
}

static void choices(struct notes *self)
{
    const struct rowset *rows;
    int row;
    bool any = under_cursor(self, &rows, &row), mine = any && rowset_bool(rows, row, NOTE_SEARCH_MINE);
    const char *remark = any && !mine ? rowset_text(rows, row, NOTE_SEARCH_AUTHOR) : NULL;
    const struct menu_item items[] = {
        {.text = "Open the client's notes", .letter = 'o', .off = !any, .value = ACTION_OPEN},
        {.text = "Write a note on this client", .letter = 'n', .off = !any, .value = ACTION_NOTE},
        {.text = "Edit", .letter = 'e', .remark = remark, .off = !mine, .value = ACTION_EDIT},
        {.text = "Delete", .letter = 'd', .off = !any, .value = ACTION_DELETE},
        {.text = "Search all notes", .letter = 's', .value = ACTION_GREP},
        {.text = "Keep to a tag", .letter = 't', .value = ACTION_TAGS},
        {.text = "Show all notes", .letter = 'a', .off = !*self->tag && !*self->words, .value = ACTION_CANCEL},
    };
    app_menu(self->screen.app, "Notes", NULL, items, sizeof items / sizeof items[0], chosen, self);
}

static unsigned act(struct screen *screen, enum action action, int times)
{
    struct notes *self = (struct notes *)screen;
    const struct rowset *rows;
    int row, steps = times > 0 ? times : 1;
    bool any = under_cursor(self, &rows, &row);
    long long member = any ? (long long)rowset_int(rows, row, NOTE_SEARCH_USER_ID) : 0;
    switch (action) {
    case ACTION_OPEN:
        app_set_records(screen->app, NULL, 0, 0);
        app_open(screen->app, "member/%lld/notes", member);
        return TAKEN;
    case ACTION_CHECKIN:
        app_set_records(screen->app, NULL, 0, 0);
        app_open(screen->app, "checkin/%lld", member);
        return TAKEN;
    case ACTION_NOTE:
        if (any)
            note_compose_open(self->compose, member, rowset_text(rows, row, NOTE_SEARCH_NAME), DATE_NONE);
        return TAKEN;
    case ACTION_EDIT:
        edit(self);
        return REPAINT;
    case ACTION_DELETE:
        ask_delete(self);
        return REPAINT;
    case ACTION_TAGS:
        choose_tag(self);
        return REPAINT;
    case ACTION_CHOICES:
        choices(self);
        return REPAINT;
    case ACTION_NEXT_RECORD:
        return table_move(member_list_table(self->list), steps);
    case ACTION_PREVIOUS_RECORD:
        return table_move(member_list_table(self->list), -steps);
    default:
        return member_list_act(self->list, action, times);
    }
}

static void moved(struct screen *screen)
{
    member_list_moved(((struct notes *)screen)->list);
}

static void answer(struct screen *screen, const char *text)
{
    member_list_answer(((struct notes *)screen)->list, text);
}

static void typed(struct screen *screen, const char *text)
{
    member_list_typed(((struct notes *)screen)->list, text);
}

static const enum action hints[] = {
    ACTION_OPEN,      ACTION_NOTE,   ACTION_EDIT,        ACTION_DELETE,          ACTION_TAGS,
    ACTION_GREP,      ACTION_FILTER, ACTION_MARK,        ACTION_EXPORT,          ACTION_CHOICES,
    ACTION_NEXT_PANE, ACTION_DETAIL, ACTION_NEXT_RECORD, ACTION_PREVIOUS_RECORD, ACTION_PALETTE,
    ACTION_HELP,      ACTION_BACK};

const struct screen_ops notes_screen = {
    .id = "notes",
    .title = "notes",
    .palette = "notes",
    .people = PERSON_COACH | PERSON_ADMIN,
    .open = open_notes,
    .close = close_notes,
    .load = load,
    .route = route_of,
    .reflow = reflow,
    .crumbs = crumbs,
    .status = status,
    .accepts = accepts,
    .act = act,
    .moved = moved,
    .answer = answer,
    .typed = typed,
    .shows = "coach_cohort_memberships coach_notes cohort_memberships users",
    .hints = hints,
    .hint_count = sizeof hints / sizeof hints[0],
};
