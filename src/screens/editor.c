/* Texts in the user's own editor, and what was copied. The loop goes on meanwhile; nothing is painted until the editor has ended. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app_private.h"
#include "centurion/base/mem.h"
#include "centurion/base/paths.h"
#include "centurion/base/str.h"
#include "centurion/base/utf8.h"
#include "centurion/term/term.h"

enum { EDITED_MAX = 1 << 20, COPIED_SHOWN = 40, WORDS_MAX = 16, NOT_FOUND = 127 };

struct editor {
    pid_t pid;
    loop_id child;
    char *path; /* NULL: another command than an editor */
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

static bool write_all(int fd, const char *text)
{
    size_t length = strlen(text);
    while (length > 0) {
        ssize_t written = write(fd, text, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text += written;
        length -= (size_t)written;
    }
    return fsync(fd) == 0;
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

static void forget(struct app *app, bool remove)
{
    struct editor *editor = app->editor;
    app->editor = NULL;
    loop_cancel(app->loop, editor->child);
    if (remove && editor->path)
        unlink(editor->path);
    free(editor->path);
    free(editor);
}

static void ended(void *arg, int pid, int wait_status)
{
    struct app *app = arg;
    struct editor *editor = app->editor;
    (void)pid;
    editor->child = 0;
    term_return();
    app_reflow(app);
    bool well = WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0;
    if (!editor->path) {
        if (!well)
            app_say(app, ROLE_ERROR,
                    WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == NOT_FOUND
                        ? "The command cannot be started: see centurion.conf."
                        : "The command failed.");
        forget(app, false);
        return;
    }
    char *text = well ? read_all(editor->path) : NULL;
    if (!well && WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == NOT_FOUND)
        app_say(app, ROLE_ERROR, "The editor \"%s\" cannot be started: the text is as it was. Set EDITOR.",
                command(app));
    else if (!well)
        app_say(app, ROLE_ERROR, "The editor \"%s\" failed: the text is as it was. What it wrote is in %s",
                command(app), editor->path);
    else if (!text)
        app_say(app, ROLE_ERROR, "What the editor wrote is no text, or too long: it stays in %s", editor->path);
    bool keeps = !text && !(WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == NOT_FOUND);
    if (text && editor->screen != app->screen) { /* its place has closed meanwhile */
        app_say(app, ROLE_WARN, "The text's place has closed: it stays in %s", editor->path);
        keeps = true;
    } else if (text) {
        app_edited_fn *fn = editor->fn;
        void *owner = editor->owner;
        struct widget *widget = editor->widget;
        forget(app, true);
        if (fn)
            fn(owner, text);
        else if (app_widget_shown(app, widget))
            widget_put(widget, text);
        free(text);
        loop_dirty(app->loop);
        return;
    }
    free(text);
    forget(app, !keeps);
    loop_dirty(app->loop);
}

/* A restricted login gets no shell: the words of the command are taken as they stand. */
static int spawn(const struct app *app, pid_t *pid, const char *what, char *last)
{
    if (!app_restricted(app)) {
        char *script = mem_printf("%s \"$1\"", what);
        char *argv[] = {"sh", "-c", script, "sh", last, NULL};
        int refused = posix_spawn(pid, "/bin/sh", NULL, NULL, argv, environ);
        free(script);
        return refused;
    }
    char *argv[WORDS_MAX + 2], *words = mem_strdup(what), *rest = NULL;
    int count = 0;
    for (char *word = strtok_r(words, " ", &rest); word && count < WORDS_MAX; word = strtok_r(NULL, " ", &rest))
        argv[count++] = word;
    argv[count++] = last;
    argv[count] = NULL;
    int refused = posix_spawnp(pid, argv[0], NULL, NULL, argv, environ);
    free(words);
    return refused;
}

/* Lends the terminal to a command. */
static void run(struct app *app, const char *what, const char *argument)
{
    char *last = mem_strdup(argument);
    term_leave();
    int refused = spawn(app, &app->editor->pid, what, last);
    free(last);
    if (refused) {
        term_return();
        app_say(app, ROLE_ERROR, "\"%.60s\" cannot be started: %s. The text is as it was.", what, strerror(refused));
        forget(app, true);
        return;
    }
    app->editor->child = loop_on_child(app->loop, app->editor->pid, ended, app);
}

void app_run_command(struct app *app, const char *what, const char *argument)
{
    if (app_restricted(app)) {
        app_say(app, ROLE_ERROR, "This login starts no commands.");
        return;
    }
    if (app->editor || app->pipe)
        return;
    app->editor = mem_alloc(sizeof *app->editor);
    run(app, what, argument);
}

static void start(struct app *app, const char *text, const char *suffix, struct editor *from)
{
    if (app->editor || app->pipe)
        return;
    if (!command(app)) {
        app_say(app, ROLE_WARN,
                "This login has no editor: write it here. The setting \"editor\" of centurion.conf gives one.");
        return;
    }
    char *path = NULL;
    int fd = make_file(suffix ? suffix : ".txt", &path);
    bool written = fd >= 0 && write_all(fd, text);
    int failure = errno;
    if (fd >= 0)
        close(fd);
    if (!written) {
        app_say(app, ROLE_ERROR, "%s cannot be written: %s. The text is as it was.", path, strerror(failure));
        if (fd >= 0)
            unlink(path);
        free(path);
        return;
    }
    struct editor *editor = app->editor = mem_alloc(sizeof *editor);
    *editor = *from;
    editor->path = path;
    editor->screen = app->screen;
    run(app, command(app), editor->path);
}

void app_edit_text(struct app *app, const char *text, const char *suffix, app_edited_fn *fn, void *owner)
{
    start(app, text, suffix, &(struct editor){.fn = fn, .owner = owner});
}

void app_edit_widget(struct app *app, struct widget *widget)
{
    const char *text = widget_text(widget);
    if (text)
        start(app, text, NULL, &(struct editor){.widget = widget});
}

/* The program ends: the editor goes on, and its file stays. */
void editor_end(struct app *app)
{
    if (app->editor)
        forget(app, false);
    free(app->copied);
    app->copied = NULL;
}

void app_copy(struct app *app, const char *text)
{
    char *copy = mem_strdup(text);
    free(app->copied);
    app->copied = copy;
    size_t shown = strcspn(copy, "\r\n");
    if (utf8_width(copy) > COPIED_SHOWN || copy[shown])
        shown = utf8_fit(copy, COPIED_SHOWN, NULL) < shown ? utf8_fit(copy, COPIED_SHOWN, NULL) : shown;
    if (term_clipboard(copy))
        app_say(app, ROLE_GOOD, "Copied \"%.*s%s\"", (int)shown, copy, copy[shown] ? glyph(GLYPH_ELLIPSIS) : "");
    else
        app_say(app, ROLE_WARN, "Copied within Centurion only: %zu bytes are more than terminals take.", strlen(copy));
}

const char *app_copied(const struct app *app)
{
    return app->copied ? app->copied : "";
}
