#include "tests/fuzz/monkey_play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/loop/loop.h"
#include "centurion/screens/app.h"
#include "centurion/screens/screen.h"
#include "centurion/term/term.h"
#include "tests/fuzz/monkey_screen.h"

enum {
    TURN_MS = 20,
    STEP_MS = 50,        /* of the clock that stands still, while only time is awaited */
    PATIENCE_MS = 30000, /* of the real one, for the server */
    STEPS_MAX = 200,
    ESCAPES_MAX = 25,
    PROBE_COLS = 80,
    PROBE_ROWS = 24
};

struct play {
    struct play_options options;
    struct app_options app_options;
    struct loop *loop;
    struct app *app;
    int64_t clock;
    int cols, rows, starts;
    bool over; /* the program was left */
    char fault[2000];
};

__attribute__((format(printf, 2, 3))) static const char *wrong(struct play *play, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(play->fault, sizeof play->fault, format, args);
    va_end(args);
    return play->fault;
}

static void start(struct play *play)
{
    struct error error = {0};
    play->over = false;
    play->starts++;
    play->loop = loop_new();
    loop_pin(play->loop, play->clock);
    play->app_options = (struct app_options){.conninfo = play->options.conninfo,
                                             .route = play->starts == 1 ? play->options.route : NULL,
                                             .place = "studio",
                                             .clock = "09:14",
                                             .read_only = play->options.read_only,
                                             .term = {.ascii = play->options.ascii}};
    bool on = term_start_headless(play->cols, play->rows, &play->app_options.term, &error) == STATUS_OK;
    play->app = on ? app_new(play->loop, &play->app_options, &error) : NULL;
    if (!play->app) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
    app_begin(play->app);
}

static void stop(struct play *play)
{
    app_free(play->app);
    term_stop();
    loop_free(play->loop);
    play->app = NULL;
    play->loop = NULL;
}

struct play *play_new(const struct play_options *options)
{
    struct play *play = mem_alloc(sizeof *play);
    play->options = *options;
    play->cols = options->cols;
    play->rows = options->rows;
    play->clock = 1000000;
    start(play);
    return play;
}

void play_free(struct play *play)
{
    if (play->app)
        stop(play);
    free(play);
}

int play_starts(const struct play *play)
{
    return play->starts;
}

void play_show(struct str *out)
{
    term_snapshot(out, NULL);
}

static void turn(struct play *play, int timeout_ms)
{
    if (!play->over && !loop_turn(play->loop, timeout_ms))
        play->over = true;
}

static void pass(struct play *play, int milliseconds)
{
    play->clock += milliseconds;
    loop_pin(play->loop, play->clock);
}

/* Whatever the server says comes before the clock moves on, so that it does not matter how fast it is. */
static const char *settle(struct play *play)
{
    int waited = 0, steps = 0;
    turn(play, 0);
    while (!play->over && !app_settled(play->app)) {
        bool server = db_waiting_since(app_db(play->app)) || db_state(app_db(play->app)) != DB_READY;
        if (!server && steps++ % 2 == 1)
            pass(play, STEP_MS);
        waited += server ? TURN_MS : 0;
        if (waited > PATIENCE_MS || steps > STEPS_MAX)
            return wrong(play, "the screen does not come to rest: %s",
                         server ? "the server is awaited" : "time is awaited");
        turn(play, server ? TURN_MS : 0);
    }
    turn(play, 0); /* the frame of what came last */
    if (play->over) {
        stop(play);
        start(play);
        return settle(play);
    }
    return screen_bad_words(play->fault, sizeof play->fault) ? play->fault : NULL;
}

static void input(struct play *play, const struct input *input)
{
    if (!play->over)
        app_input(play->app, input);
}

const char *play_event(struct play *play, const struct monkey_event *event)
{
    struct input what = {0};
    switch (event->kind) {
    case MONKEY_KEY:
        what = (struct input){.type = INPUT_KEY, .key = event->key};
        break;
    case MONKEY_PASTE:
        what = (struct input){.type = INPUT_PASTE, .text = event->text, .length = strlen(event->text)};
        break;
    case MONKEY_MOUSE:
        what = (struct input){.type = INPUT_MOUSE,
                              .button = event->button,
                              .row = event->row,
                              .col = event->col,
                              .double_click = event->twice};
        break;
    case MONKEY_SIZE:
        play->cols = event->col;
        play->rows = event->row;
        if (!play->over)
            term_resize_headless(event->col, event->row);
        what = (struct input){.type = INPUT_RESIZE};
        break;
    case MONKEY_FOCUS:
        what = (struct input){.type = INPUT_FOCUS, .focused = event->focused};
        break;
    case MONKEY_HANG_UP:
        what = (struct input){.type = INPUT_END};
        break;
    case MONKEY_PASS:
        pass(play, event->milliseconds);
        turn(play, 0);
        return NULL;
    case MONKEY_SETTLE:
        return settle(play);
    }
    input(play, &what);
    return NULL;
}

static const char *same_again(struct play *play, const char *when, const struct str *before)
{
    struct str after = {0}, roles = {0};
    char where[500];
    loop_dirty(play->loop);
    term_redraw_all();
    turn(play, 0);
    term_snapshot(&after, &roles);
    str_add(&after, str_text(&roles));
    bool same = screen_compare(str_text(before), str_text(&after), where, sizeof where);
    str_fini(&after);
    str_fini(&roles);
    return same ? NULL : wrong(play, "the screen is another one %s: %s", when, where);
}

const char *play_check_screen(struct play *play)
{
    struct str text = {0}, roles = {0};
    term_snapshot(&text, &roles);
    bool good = screen_in_place(str_text(&text), str_text(&roles), play->cols, play->rows, play->options.ascii,
                                play->fault, sizeof play->fault);
    str_add(&text, str_text(&roles));
    str_fini(&roles);
    const char *fault = good ? NULL : play->fault;
    if (!fault)
        fault = same_again(play, "painted anew", &text);
    if (!fault) {
        struct input resize = {.type = INPUT_RESIZE};
        input(play, &resize);
        fault = same_again(play, "arranged anew at the same size", &text);
    }
    str_fini(&text);
    return fault;
}

static const char *key(struct play *play, int code)
{
    struct input press = {.type = INPUT_KEY, .key = code};
    input(play, &press);
    return settle(play);
}

static bool shows(const char *words, int row)
{
    struct str text = {0};
    term_snapshot(&text, NULL);
    const char *at = str_text(&text);
    for (; row > 0 && *at; row--)
        at += strcspn(at, "\n") + 1;
    const char *found = strstr(at, words);
    bool there = row >= 0 && found && (row != 0 || found < at + strcspn(at, "\n"));
    str_fini(&text);
    return there;
}

static const char *landing(const struct play *play)
{
    enum person person = app_session(play->app)->person;
    const char *id = person == PERSON_COACH ? "review" : person == PERSON_ADMIN ? "admin" : "client";
    for (int i = 0; screens_all[i]; i++)
        if (str_equal(screens_all[i]->id, id))
            return screens_all[i]->title;
    return "";
}

const char *play_check_home(struct play *play)
{
    struct monkey_event size = {.kind = MONKEY_SIZE, .col = PROBE_COLS, .row = PROBE_ROWS};
    const char *fault;
    play_event(play, &size);
    if ((fault = settle(play)))
        return fault;
    if (!app_session(play->app)->user_id) /* refused: there is no home */
        return NULL;
    char title[100];
    snprintf(title, sizeof title, "CENTURION  %s ", landing(play));
    /* Once more than it takes to be there: what lies over the landing page goes as well. */
    int here = 0;
    for (int escapes = 0; here < 8; escapes++) {
        if ((fault = key(play, KEYCODE_ESCAPE)))
            return fault;
        here = shows(title, 0) ? here + 1 : 0;
        if (shows("CENTURION  connecting ", 0) && (fault = key(play, KEYCODE_F1 + 4))) /* signing in was interrupted */
            return fault;
        if (escapes > ESCAPES_MAX)
            return wrong(play, "Escape does not lead home to \"%s\"", landing(play));
    }
    if ((fault = key(play, KEYCODE_F1)))
        return fault;
    if (!shows(" Help ", -1) && !shows(" Help ", 3))
        return wrong(play, "F1 shows no help on the landing page");
    if ((fault = key(play, KEYCODE_ESCAPE)))
        return fault;
    if (shows(" Help ", 3))
        return wrong(play, "Escape does not close help");
    return db_waiting_since(app_db(play->app)) ? wrong(play, "the server is still awaited") : NULL;
}

const char *play_end(struct play *play)
{
    struct input end = {.type = INPUT_END};
    input(play, &end);
    for (int turns = 0; !play->over; turns++) {
        if (turns > PATIENCE_MS / TURN_MS)
            return wrong(play, "the program does not end when the terminal is gone");
        turn(play, TURN_MS);
    }
    return NULL;
}
