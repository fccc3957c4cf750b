#include "keyboard.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "capability.h"
#include "decode.h"

static struct {
    struct loop *loop;
    int fd;
    loop_id watch, timer, deferred;
    struct decoder decoder;
    char bytes[4096]; /* read; from at on not yet decoded */
    size_t at, length;
} keyboard;

static void keyboard_decode(void);

static void keyboard_silence(void *arg)
{
    (void)arg;
    keyboard.timer = 0;
    decode_timeout(&keyboard.decoder);
    if (keyboard.loop)
        keyboard_decode();
}

/* Decodes what was read; a callback may pause or end everything in the middle of it. */
static void keyboard_decode(void)
{
    loop_cancel(keyboard.loop, keyboard.timer);
    keyboard.timer = 0;
    keyboard.at += decode_feed(&keyboard.decoder, keyboard.bytes + keyboard.at, keyboard.length - keyboard.at,
                               loop_now(keyboard.loop));
    if (!keyboard.loop || keyboard.at < keyboard.length)
        return;
    int wait = decode_wait(&keyboard.decoder);
    if (wait >= 0)
        keyboard.timer = loop_after(keyboard.loop, wait, keyboard_silence, NULL);
}

static void keyboard_readable(void *arg, int fd, unsigned events)
{
    (void)arg;
    (void)events;
    ssize_t count = read(fd, keyboard.bytes, sizeof keyboard.bytes);
    if (count > 0) {
        keyboard.at = 0;
        keyboard.length = (size_t)count;
        keyboard_decode();
    } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
        loop_cancel(keyboard.loop, keyboard.watch);
        keyboard.watch = 0;
        struct input input = {.type = INPUT_END};
        keyboard.decoder.fn(keyboard.decoder.arg, &input);
    }
}

/* Keys as this terminal sends them; what follows xterm's scheme the decoder knows by itself. */
static void keyboard_learn(void)
{
    static const struct {
        const char *name;
        int key;
    } keys[] = {
        {"kcuu1", KEYCODE_UP},      {"kcud1", KEYCODE_DOWN},   {"kcub1", KEYCODE_LEFT},   {"kcuf1", KEYCODE_RIGHT},
        {"khome", KEYCODE_HOME},    {"kend", KEYCODE_END},     {"kpp", KEYCODE_PAGE_UP},  {"knp", KEYCODE_PAGE_DOWN},
        {"kich1", KEYCODE_INSERT},  {"kdch1", KEYCODE_DELETE}, {"kcbt", KEYCODE_BACKTAB}, {"kent", KEYCODE_ENTER},
        {"kbs", KEYCODE_BACKSPACE}, {"kf1", KEYCODE_F1},       {"kf2", KEYCODE_F1 + 1},   {"kf3", KEYCODE_F1 + 2},
        {"kf4", KEYCODE_F1 + 3},    {"kf5", KEYCODE_F1 + 4},   {"kf6", KEYCODE_F1 + 5},   {"kf7", KEYCODE_F1 + 6},
        {"kf8", KEYCODE_F1 + 7},    {"kf9", KEYCODE_F1 + 8},   {"kf10", KEYCODE_F1 + 9},  {"kf11", KEYCODE_F1 + 10},
        {"kf12", KEYCODE_F1 + 11},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        decode_add_key(&keyboard.decoder, capability(keys[i].name), keys[i].key);
}

void keyboard_start(struct loop *loop, int fd, const wchar_t *high, input_fn *fn, void *arg)
{
    memset(&keyboard, 0, sizeof keyboard);
    keyboard.loop = loop;
    keyboard.fd = fd;
    decode_init(&keyboard.decoder, fn, arg);
    keyboard.decoder.high = high;
    keyboard_learn();
    keyboard.watch = loop_watch(loop, fd, LOOP_READ, keyboard_readable, NULL);
}

void keyboard_pause(void)
{
    if (!keyboard.loop)
        return;
    keyboard.decoder.paused = true;
    loop_cancel(keyboard.loop, keyboard.watch);
    loop_cancel(keyboard.loop, keyboard.timer);
    loop_cancel(keyboard.loop, keyboard.deferred);
    keyboard.watch = keyboard.timer = keyboard.deferred = 0;
}

static void keyboard_catch_up(void *arg)
{
    (void)arg;
    keyboard.deferred = 0;
    keyboard_decode();
}

void keyboard_resume(void)
{
    if (!keyboard.loop || keyboard.watch)
        return;
    keyboard.watch = loop_watch(keyboard.loop, keyboard.fd, LOOP_READ, keyboard_readable, NULL);
    keyboard.deferred = loop_defer(keyboard.loop, keyboard_catch_up, NULL);
}

void keyboard_stop(void)
{
    keyboard_pause();
    keyboard.loop = NULL;
    decode_fini(&keyboard.decoder);
}
