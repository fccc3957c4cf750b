/* Texts in the user's own editor. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app_private.h"
#include "centurion/base/file.h"
#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "centurion/base/str.h"

enum { EDITED_MAX = 1 << 20, WORDS_MAX = 16 };

struct editor {
    char *path;
    app_edited_fn *fn;
    void *owner;
    struct screen *screen; /* whose text it is */
    struct widget *widget; /* app_edit_widget(): where it goes back to */
};

bool app_restricted(const struct app *app)
{
    return app->options->restricted;
}

static const char *command(const struct app *app)
{
    if (app->options->editor && *app->options->editor)
        return app->options->editor;
    if (app_restricted(app))
        return NULL;
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
    return visual && *visual ? visual : editor && *editor ? editor : "vi";
}

/* The folder is private, the file as well; both in the state folder, so that the text is there if the machine goes down. */
static int make_file(const char *suffix, char **path)
{
    char *state = path_state(NULL), *folder = path_state("edit");
    for (char *at = strchr(state + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        mkdir(state, 0700);
        *at = '/';
    }
    mkdir(state, 0700);
    mkdir(folder, 0700);
    *path = mem_printf("%s/XXXXXX%s", folder, suffix);
    int fd = mkstemps(*path, (int)strlen(suffix));
    free(folder);
    free(state);
    return fd;
}

/* NULL: it cannot be read, or is no text of ours. */
static char *read_all(const char *path)
{
    FILE *file = fopen(path, "r");
    struct str text = {0};
    char bytes[4096];
    size_t got;
    if (!file)
        return NULL;
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0 && text.length <= EDITED_MAX)
        str_add_bytes(&text, bytes, got);
    bool good = !ferror(file) && text.length <= EDITED_MAX && strlen(str_text(&text)) == text.length;
    fclose(file);
    if (text.length && text.text[text.length - 1] == '\n') /* which editors add */
        str_cut(&text, text.length - 1);
    if (good)
        return str_steal(&text);
    str_fini(&text);
    return NULL;
}

static void forget(struct editor *editor, bool remove)
{
    if (remove)
        unlink(editor->path);
    free(editor->path);
    free(editor);
}

/* Its file stays where what is in it went nowhere else, and where the program ends before the editor. */
static void ended(struct app *app, void *owner, int code)
{
    struct editor *editor = owner;
    char *text = code == 0 ? read_all(editor->path) : NULL;
    bool placed = text && editor->screen == app->screen;
    if (code == LENT_NOT_FOUND)
        app_say(app, ROLE_ERROR, "The editor \"%s\" cannot be started: the text is as it was. Set EDITOR.",
                command(app));
    else if (code != 0 && code != LENT_LEFT)
        app_say(app, ROLE_ERROR, "The editor \"%s\" failed: the text is as it was. What it wrote is in %s",
                command(app), editor->path);
    else if (code == 0 && !text)
        app_say(app, ROLE_ERROR, "What the editor wrote is no text, or too long: it stays in %s", editor->path);
    else if (text && !placed)
        app_say(app, ROLE_WARN, "The text's place has closed: it stays in %s", editor->path);
    if (placed && editor->fn)
        editor->fn(editor->owner, text);
    else if (placed && app_widget_shown(app, editor->widget))
        widget_put(editor->widget, text);
    free(text);
    forget(editor, placed || code == LENT_NOT_FOUND);
}

/* A restricted login gets no shell: the words of the command are taken as they stand. */
static int lend(struct app *app, const char *what, struct editor *editor)
{
    if (!app_restricted(app)) {
        char *script = mem_printf("%s \"$1\"", what);
        int failure = app_lend(app, (char *[]){"sh", "-c", script, "sh", editor->path, NULL}, -1, ended, editor);
        free(script);
        return failure;
    }
    char *argv[WORDS_MAX + 2], *words = mem_strdup(what), *rest = NULL;
    int count = 0;
    for (char *word = strtok_r(words, " ", &rest); word && count < WORDS_MAX; word = strtok_r(NULL, " ", &rest))
        argv[count++] = word;
    argv[count++] = editor->path;
    argv[count] = NULL;
    int failure = app_lend(app, argv, -1, ended, editor);
    free(words);
    return failure;
}

static void start(struct app *app, const char *text, const char *suffix, struct editor from)
{
    if (app_lent(app))
        return;
    if (!command(app)) {
        app_say(app, ROLE_WARN,
                "This login has no editor: write it here. The setting \"editor\" of centurion.conf gives one.");
        return;
    }
    struct editor *editor = mem_alloc(sizeof *editor);
    *editor = from;
    editor->screen = app->screen;
    int fd = make_file(suffix ? suffix : ".txt", &editor->path);
    int failure = fd < 0 ? errno : file_fill(fd, text);
    if (fd >= 0)
        close(fd);
    if (failure)
        app_say(app, ROLE_ERROR, "%s cannot be written: %s. The text is as it was.", editor->path, strerror(failure));
    else if ((failure = lend(app, command(app), editor)))
        app_say(app, ROLE_ERROR, "\"%.60s\" cannot be started: %s. The text is as it was.", command(app),
                strerror(failure));
    if (failure)
        forget(editor, fd >= 0);
}

void app_edit_text(struct app *app, const char *text, const char *suffix, app_edited_fn *fn, void *owner)
{
    start(app, text, suffix, (struct editor){.fn = fn, .owner = owner});
}

void app_edit_widget(struct app *app, struct widget *widget)
{
    const char *text = widget_text(widget);
    if (text)
        start(app, text, NULL, (struct editor){.widget = widget});
}
