/* Exactly this view for other programs: a window asks in which form and where to, the log is told, and then it goes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "centurion/base/date.h"
#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "centurion/jobs/listing.h"
#include "centurion/ui/form.h"
#include "list_private.h"

enum { ROWS, FORMAT, DESTINATION, FILE_NAME, COMMAND, FIELDS };
enum destination { TO_FILE, TO_CLIPBOARD, TO_COMMAND };
enum { WINDOW_COLS = 64, NAME_BYTES = 1000 };

static const char *const destinations[] = {"file", "clipboard", "command", NULL};

struct list_export {
    struct list *list;
    struct form *form;
    db_ticket ticket; /* the log is being told */
    char *text;       /* what goes out then */
    enum destination to;
    char *where; /* a path, or a command */
    int rows;
    bool replace;
};

/* ---- Which rows, which columns ---- */

/* The marked ones among those that are shown; without marks all that are shown. Heap. */
static int *chosen_rows(const struct list *list, int *count)
{
    int *rows = mem_array((size_t)list->count + 1, sizeof *rows);
    bool all = table_mark_count(list->table) == 0;
    *count = 0;
    for (int i = 0; i < list->count; i++)
        if (all || table_marked(list->table, list->source.key(list->source.ctx, list->rows[i])))
            rows[(*count)++] = list->rows[i];
    return rows;
}

struct view {
    const struct list *list;
    const int *rows, *order;
};

static const char *view_value(void *ctx, int row, int column)
{
    const struct view *view = ctx;
    return view->list->source.value(view->list->source.ctx, view->rows[row], view->order[column]);
}

static char *text_of(const struct list *list, enum listing_format format, int *count)
{
    struct view view = {.list = list};
    int *rows = chosen_rows(list, count), columns = table_columns(list->table, &view.order);
    struct listing_column *names = mem_array((size_t)columns, sizeof *names);
    view.rows = rows;
    for (int i = 0; i < columns; i++)
        names[i] = (struct listing_column){list->columns[view.order[i]].table.id,
                                           list->columns[view.order[i]].type == LIST_NUMBER};
    const struct listing listing = {
        .columns = names, .column_count = columns, .row_count = *count, .value = view_value, .ctx = &view};
    char *text = listing_text(&listing, format);
    free(names);
    free(rows);
    return text;
}

/* ---- Where to ---- */

static enum listing_format format_of(const struct list_export *export)
{
    const char *name = form_value(export->form, FORMAT);
    for (int i = 0; i < LISTING_FORMATS; i++)
        if (str_equal(listing_names[i], name))
            return (enum listing_format)i;
    return LISTING_CSV;
}

static enum destination destination_of(const struct list_export *export)
{
    const char *name = form_value(export->form, DESTINATION);
    return app_restricted(export->list->app)             ? TO_CLIPBOARD
           : str_equal(name, destinations[TO_COMMAND])   ? TO_COMMAND
           : str_equal(name, destinations[TO_CLIPBOARD]) ? TO_CLIPBOARD
                                                         : TO_FILE;
}

static char *path_of(const char *typed)
{
    const char *home = getenv("HOME");
    return home && strncmp(typed, "~/", 2) == 0 ? path_join(home, typed + 2) : mem_strdup(typed);
}

/* The window may be open or gone: what went wrong is said either way. */
static void refuse(struct list_export *export, int field, const char *words)
{
    if (export->form && app_popup_shown(export->list->app, form_widget(export->form)))
        form_set_error(export->form, field, words);
    app_say(export->list->app, ROLE_ERROR, "%s", words);
}

static void close_window(struct list_export *export)
{
    if (export->form)
        app_popup_close(export->list->app, form_widget(export->form));
}

static void deliver(struct list_export *export, bool logged)
{
    struct app *app = export->list->app;
    struct error error = {0};
    const char *unlogged = logged ? "" : " Nothing can be written here, so the log does not know.";
    switch (export->to) {
    case TO_FILE:
        if (listing_write(export->where, export->text, export->replace, &error) != STATUS_OK) {
            refuse(export, FILE_NAME, error.text);
            break;
        }
        close_window(export);
        app_say(app, logged ? ROLE_GOOD : ROLE_WARN, "%d row%s written to %.200s, which only you can read.%s",
                export->rows, export->rows == 1 ? "" : "s", export->where, unlogged);
        break;
    case TO_CLIPBOARD:
        close_window(export);
        app_copy(app, export->text);
        break;
    case TO_COMMAND:
        close_window(export);
        app_pipe(app, export->text, export->where);
        break;
    }
}

static void on_logged(void *arg, const struct reply *reply)
{
    struct list_export *export = arg;
    export->ticket = 0;
    if (reply->status != STATUS_OK) {
        app_fault(export->list->app, reply->error);
        refuse(export, DESTINATION, "not exported: the log could not be told");
    } else {
        deliver(export, rowset_count(reply->rows) && rowset_bool(reply->rows, 0, LIST_EXPORTED_LOGGED));
    }
    app_changed(export->list->app, REPAINT);
}

/* First the log, then the rows: none leaves unseen. */
static void tell_log(struct list_export *export)
{
    struct list *list = export->list;
    struct str columns = {0};
    char rows[12];
    const int *order;
    int count = table_columns(list->table, &order);
    for (int i = 0; i < count; i++)
        str_addf(&columns, "%s%s", i ? " " : "", list->columns[order[i]].table.id);
    snprintf(rows, sizeof rows, "%d", export->rows);
    const char *params[] = {
        list->name, listing_names[format_of(export)], destinations[export->to], list->filter_text, str_text(&columns),
        rows};
    export->ticket = db_send(app_db(list->app), &QUERY_LIST_EXPORTED, params, on_logged, export);
    str_fini(&columns);
}

static void replaced(void *owner, int64_t key)
{
    struct list_export *export = owner;
    (void)key;
    export->replace = true;
    tell_log(export);
}

static void accepted(struct list_export *export)
{
    struct app *app = export->list->app;
    const char *lacks = export->list->source.lacks ? export->list->source.lacks(export->list->source.ctx) : NULL;
    if (export->ticket)
        return;
    if (lacks) {
        refuse(export, ROWS, lacks);
        return;
    }
    free(export->text);
    free(export->where);
    export->to = destination_of(export);
    export->text = text_of(export->list, format_of(export), &export->rows);
    export->where = export->to == TO_FILE      ? path_of(form_value(export->form, FILE_NAME))
                    : export->to == TO_COMMAND ? mem_strdup(form_value(export->form, COMMAND))
                                               : NULL;
    export->replace = false;
    if (export->to == TO_FILE && access(export->where, F_OK) == 0) {
        char *words = mem_printf("%s is there already.", export->where);
        app_confirm(app, "Replace the file", words, NULL, 0, "Replace it", replaced, export, 0);
        free(words);
    } else {
        tell_log(export);
    }
}

/* ---- The window ---- */

static void done(void *owner, bool yes)
{
    struct list_export *export = owner;
    if (yes) {
        accepted(export);
    } else {
        db_cancel(app_db(export->list->app), export->ticket, true);
        export->ticket = 0;
    }
}

/* The name follows the form as long as it ends as that form's files do. */
static void follow_format(struct list_export *export)
{
    const char *name = form_text(export->form, FILE_NAME);
    size_t length = strlen(name);
    for (int i = 0; i < LISTING_FORMATS; i++) {
        size_t suffix = strlen(listing_suffixes[i]);
        if (length > suffix && str_equal(name + length - suffix, listing_suffixes[i])) {
            char *other = mem_printf("%.*s%s", (int)(length - suffix), name, listing_suffixes[format_of(export)]);
            form_put(export->form, FILE_NAME, other);
            free(other);
            return;
        }
    }
}

static void changed(void *ctx, int field)
{
    struct list_export *export = ctx;
    if (field == FORMAT)
        follow_format(export);
    form_show(export->form, FILE_NAME, destination_of(export) == TO_FILE);
    form_show(export->form, COMMAND, destination_of(export) == TO_COMMAND);
}

static void show(struct list_export *export, int rows)
{
    static const char *const restricted_places[] = {"the clipboard", NULL};
    static const char *const formats[] = {"CSV", "TSV", "JSON", "Markdown", NULL};
    static const char *const places[] = {"a file", "the clipboard", "a command", NULL};
    struct list *list = export->list;
    bool restricted = app_restricted(list->app);
    const struct form_field fields[FIELDS] = {
        [ROWS] = {.label = "Rows", .kind = FORM_FIXED},
        [FORMAT] = {.label = "As", .kind = FORM_CHOICE, .choices = formats, .values = listing_names},
        [DESTINATION] = {.label = "To",
                         .kind = FORM_CHOICE,
                         .choices = restricted ? restricted_places : places,
                         .values = restricted ? destinations + TO_CLIPBOARD : destinations},
        [FILE_NAME] = {.label = "File", .kind = FORM_TEXT, .required = true, .limit = NAME_BYTES, .cols = -1},
        [COMMAND] = {.label = "Command", .kind = FORM_TEXT, .required = true, .limit = NAME_BYTES, .cols = -1},
    };
    char day[DATE_TEXT_MAX], words[120];
    form_free(export->form);
    export->form = form_new(fields, FIELDS);
    if (table_mark_count(list->table))
        snprintf(words, sizeof words, "%d marked", rows);
    else if (*list->filter_text)
        snprintf(words, sizeof words, "%d that pass the filter", rows);
    else
        snprintf(words, sizeof words, "all %d", rows);
    form_set(export->form, ROWS, words);
    form_set(export->form, FORMAT, listing_names[LISTING_CSV]);
    form_set(export->form, DESTINATION, destinations[restricted ? TO_CLIPBOARD : TO_FILE]);
    char *name = mem_printf("%s-%s.csv", list->name, date_iso(app_session(list->app)->today, day));
    for (char *at = name; *at; at++)
        *at = *at == '/' ? '-' : *at;
    form_set(export->form, FILE_NAME, name);
    free(name);
    form_show(export->form, FILE_NAME, !restricted);
    form_show(export->form, COMMAND, false);
    form_on_changed(export->form, changed, export);
    form_focus(export->form, FORMAT);
    struct app_popup popup = {.widget = form_widget(export->form),
                              .title = "Export this view",
                              .rows = FIELDS,
                              .cols = WINDOW_COLS,
                              .stays = true,
                              .owner = export,
                              .done = done};
    app_popup(list->app, &popup);
}

bool list_export_accepts(const struct list *list, enum action action)
{
    return action == ACTION_EXPORT && list->count > 0;
}

unsigned list_export_act(struct list *list)
{
    int count;
    free(chosen_rows(list, &count));
    if (!count) {
        app_say(list->app, ROLE_WARN, "None of the marked rows passes the filter.");
        return TAKEN | REPAINT;
    }
    if (!list->export) {
        list->export = mem_alloc(sizeof *list->export);
        list->export->list = list;
    }
    if (!list->export->ticket)
        show(list->export, count);
    return TAKEN | REPAINT;
}

void list_export_fini(struct list *list)
{
    struct list_export *export = list->export;
    if (!export)
        return;
    close_window(export);
    db_cancel(app_db(list->app), export->ticket, true);
    form_free(export->form);
    free(export->text);
    free(export->where);
    free(export);
    list->export = NULL;
}
