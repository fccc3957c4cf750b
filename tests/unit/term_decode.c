/* Bytes to events, with the decoder alone: each stream whole, and byte by byte. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/str.h"
#include "src/term/decode.h"

static struct str events;

static void record(void *arg, const struct input *input)
{
    static const char *const buttons[] = {"left", "middle", "right", "up", "down"};
    char name[KEY_NAME_MAX];
    (void)arg;
    if (events.length)
        str_add_char(&events, ' ');
    if (input->type == INPUT_KEY)
        str_add(&events, key_name(input->key, name));
    else if (input->type == INPUT_PASTE)
        str_addf(&events, "paste(%s)%s", input->text, input->cut ? "cut" : "");
    else if (input->type == INPUT_MOUSE)
        str_addf(&events, "%s@%d,%d%s", buttons[input->button], input->row, input->col,
                 input->double_click ? "double" : "");
    else if (input->type == INPUT_FOCUS)
        str_add(&events, input->focused ? "focus" : "blur");
}

static struct decoder decoder;

static void setup(void)
{
    decode_init(&decoder, record, NULL);
    decode_add_key(&decoder, "\033OA", KEYCODE_UP);
}

static void teardown(void)
{
    decode_fini(&decoder);
    str_fini(&events);
}

TestSuite(term_decode, .init = setup, .fini = teardown);

static const char *take(void)
{
    static char taken[512];
    snprintf(taken, sizeof taken, "%s", str_text(&events));
    str_clear(&events);
    return taken;
}

/* bytes as one piece and as single bytes; then silence if something is open. */
static void check_bytes(const char *bytes, size_t length, const char *expected)
{
    for (int pieces = 0; pieces < 2; pieces++) {
        decoder.click_row = -1;
        if (pieces == 0)
            decode_feed(&decoder, bytes, length, 1000);
        else
            for (size_t i = 0; i < length; i++)
                cr_assert_eq(decode_feed(&decoder, bytes + i, 1, 1000), 1);
        if (decode_wait(&decoder) >= 0)
            decode_timeout(&decoder);
        cr_assert_eq(decode_wait(&decoder), -1);
        cr_assert_eq(decoder.modifiers, 0);
        const char *got = take();
        cr_assert_str_eq(got, expected, "%s: got \"%s\", not \"%s\"", pieces ? "in pieces" : "whole", got, expected);
    }
}

#define CHECK(bytes, expected) check_bytes("" bytes, sizeof bytes - 1, expected)

Test(term_decode, plain_keys)
{
    CHECK("aZ? ~", "a Z ? space ~");
    CHECK("\r\t\b\x7f", "enter tab backspace backspace");
    CHECK("\x03\x13\x11\x1a\x00\x1f", "ctrl-c ctrl-s ctrl-q ctrl-z ctrl-space ctrl-_");
    CHECK("\x1c\x1d\x1e", "ctrl-\\ ctrl-] ctrl-^");
    CHECK("\n", "ctrl-j");
}

Test(term_decode, characters)
{
    CHECK("é€😀", "é € 😀");
    CHECK("a\xc3", "a \xef\xbf\xbd"); /* cut off */
    CHECK("\xc3z", "\xef\xbf\xbd z"); /* the next is not lost */
    CHECK("\xff\x80q", "\xef\xbf\xbd \xef\xbf\xbd q");
    CHECK("\xe2\x82\x1b[A", "\xef\xbf\xbd up"); /* a key within a character */
    CHECK("\xed\xa0\x80", "\xef\xbf\xbd");      /* a surrogate */
}

Test(term_decode, a_locale_of_single_bytes)
{
    static wchar_t high[128];
    high[0xe9 - 0x80] = 0xe9;
    decoder.high = high;
    CHECK("\xe9", "é");
    CHECK("\033[200~caf\xe9\033[201~", "paste(café)");
}

Test(term_decode, escape_and_alt)
{
    CHECK("\033", "escape");
    CHECK("\033\033", "escape escape");
    CHECK("\033x", "alt-x");
    CHECK("\033é", "alt-é");
    CHECK("\033\r", "alt-enter");
    CHECK("\033\x04", "ctrl-alt-d");
    CHECK("\033\033[A", "alt-up");
    CHECK("\033\033x", "escape alt-x");
    CHECK("\033[", "alt-[");
    CHECK("\033O", "alt-O");
    CHECK("\033]", "alt-]");
    CHECK("\033\033\033", "escape escape escape");
}

Test(term_decode, special_keys)
{
    CHECK("\033OA\033[A\033OB\033[C\033OD", "up up down right left");
    CHECK("\033[H\033[F\033[1~\033[4~\033[7~\033[8~", "home end home end home end");
    CHECK("\033[2~\033[3~\033[5~\033[6~\033[Z", "insert delete page-up page-down backtab");
    CHECK("\033OP\033OS\033[15~\033[17~\033[21~\033[23~\033[24~", "f1 f4 f5 f6 f10 f11 f12");
    CHECK("\033[[A\033[[E", "f1 f5");
    CHECK("\033OM\033Ok\033Om\033Op", "enter + - 0");
}

Test(term_decode, modified_keys)
{
    CHECK("\033[1;5A\033[1;3B\033[1;7C\033[1;2D", "ctrl-up alt-down ctrl-alt-right left");
    CHECK("\033[5;5~\033[15;2~", "ctrl-page-up f5");
    CHECK("\033[1;5P", "ctrl-f1");
    CHECK("\033Oa\033[a\033[7^\033[7$\033[7@", "ctrl-up up ctrl-home home ctrl-home"); /* rxvt */
}

Test(term_decode, terminfo_comes_first)
{
    decode_add_key(&decoder, "\033[A", KEYCODE_F1 + 6);
    decode_add_key(&decoder, "\033z", KEYCODE_F1 + 7);
    CHECK("\033[A\033z", "f7 f8");
}

Test(term_decode, unknown_sequences_are_swallowed)
{
    CHECK("a\033[?62;1;2cb", "a b");
    CHECK("a\033[99;99Xb", "a b");
    CHECK("a\033[99~b", "a b");
    CHECK("a\033Ovb", "a 6 b");
    CHECK("a\033OKb", "a b");
    CHECK("a\033]0;a title\033\\b", "a b");
    CHECK("a\033]52;c;Zm9v\ab", "a b");
    CHECK("a\033P1$r0m\033\\b", "a b");
    CHECK("a\033_Gi=1;OK\033\\b", "a b");
    CHECK("a\033[?2004;1$yb", "a b");
    CHECK("a\033[12;34Rb", "a f3 b"); /* could be a key: this is what a report of the cursor looks like */
    CHECK("a\033[1;2", "a");
    CHECK("a\033[1\033[Bb", "a down b"); /* broken off by the next */
    CHECK("a\033[1\x18"
          "b",
          "a b");
    CHECK("a\033[11111111111111111111111111111111111111111111111111111111111111111111111111111111111Ab", "a b");
    CHECK("a\033[<35;1;1Mb", "a b"); /* the mouse moved */
}

Test(term_decode, mouse)
{
    CHECK("\033[<0;10;5M\033[<0;10;5m", "left@4,9");
    CHECK("\033[<1;1;1M\033[<2;200;100M", "middle@0,0 right@99,199");
    CHECK("\033[<64;3;4M\033[<65;3;4M\033[<68;3;4M", "up@3,2 down@3,2 up@3,2");
    CHECK("\033[<0;0;0M\033[<0;-1;5M", "");
    CHECK("\033[M !!\033[M#!!\033[M\x01!!", "left@0,0");
}

Test(term_decode, double_click)
{
    static const char click[] = "\033[<0;10;5M\033[<0;10;5m", beside[] = "\033[<0;11;5M\033[<0;11;5m";
    decode_feed(&decoder, click, sizeof click - 1, 1000);
    decode_feed(&decoder, click, sizeof click - 1, 1300);
    cr_assert_str_eq(take(), "left@4,9 left@4,9double");
    decode_feed(&decoder, click, sizeof click - 1, 1400); /* the third begins again */
    decode_feed(&decoder, beside, sizeof beside - 1, 1500);
    decode_feed(&decoder, beside, sizeof beside - 1, 2500); /* too late */
    cr_assert_str_eq(take(), "left@4,9 left@4,10 left@4,10");
}

Test(term_decode, focus)
{
    CHECK("\033[O\033[I", "blur focus");
}

Test(term_decode, paste)
{
    CHECK("\033[200~one\rtwo\r\nthree\n\033[201~x", "paste(one\ntwo\nthree\n) x");
    CHECK("\033[200~\033[201~", "paste()");
    CHECK("\033[200~a\033[Ab\033[20\033[201~", "paste(a\033[Ab\033[20)");
    CHECK("\033[200~caf\xc3\xa9 \xff\xc3\033[201~", "paste(café \xef\xbf\xbd\xef\xbf\xbd)");
}

Test(term_decode, nul_in_a_paste)
{
    CHECK("\033[200~a\0b\033[201~", "paste(a\xef\xbf\xbd"
                                    "b)");
}

static size_t pasted;
static bool pasted_cut;

static void measure(void *arg, const struct input *input)
{
    (void)arg;
    if (input->type == INPUT_PASTE) {
        pasted = input->length;
        pasted_cut = input->cut;
    }
}

Test(term_decode, a_paste_has_a_limit)
{
    decoder.fn = measure;
    char chunk[4096];
    memset(chunk, 'x', sizeof chunk);
    for (int extra = 0; extra < 2; extra++) {
        decode_feed(&decoder, "\033[200~", 6, 0);
        for (size_t i = 0; i < INPUT_PASTE_MAX; i += sizeof chunk)
            decode_feed(&decoder, chunk, sizeof chunk, 0);
        decode_feed(&decoder, chunk, extra ? 1 : 0, 0);
        decode_feed(&decoder, "\033[201~", 6, 0);
        cr_assert_eq(pasted, INPUT_PASTE_MAX);
        cr_assert_eq(pasted_cut, extra == 1);
    }
}

Test(term_decode, a_paste_without_an_end)
{
    decode_feed(&decoder, "\033[200~text", 10, 0);
    cr_assert_gt(decode_wait(&decoder), 0);
    decode_timeout(&decoder);
    cr_assert_eq(decode_wait(&decoder), -1);
    decode_feed(&decoder, "more\x03", 5, 0); /* within a paste ^C is text */
    decode_timeout(&decoder);
    cr_assert_str_eq(take(), "");
    decode_feed(&decoder, "\x03", 1, 0);
    decode_feed(&decoder, "j", 1, 0);
    cr_assert_str_eq(take(), "paste(textmore\x03) j");
}

static void pause_at_q(void *arg, const struct input *input)
{
    record(arg, input);
    decoder.paused = input->key == 'q';
}

Test(term_decode, a_pause_keeps_the_rest)
{
    decoder.fn = pause_at_q;
    cr_assert_eq(decode_feed(&decoder, "aqbc", 4, 0), 2);
    cr_assert_str_eq(take(), "a q");
    cr_assert_eq(decode_feed(&decoder, "bc", 2, 0), 2);
    cr_assert_str_eq(take(), "b c");
}

static void count(void *arg, const struct input *input)
{
    (void)input;
    ++*(int *)arg;
}

/* Nothing that can arrive breaks it or is made more of than it is; and it comes to rest. */
Test(term_decode, any_bytes)
{
    static const char alphabet[] = "\033\033\033\033[[[O]P;;?<M~01259AHm$\\\a\x03\x18\xc3\xa9\xf0\x9f\xff"
                                   "az";
    unsigned long long random = 42;
    int seen = 0;
    decoder.fn = count;
    decoder.arg = &seen;
    for (int round = 0; round < 20000; round++) {
        char bytes[32];
        for (size_t i = 0; i < sizeof bytes; i++) {
            random = random * 6364136223846793005ull + 1442695040888963407ull;
            bytes[i] = alphabet[(random >> 33) % (sizeof alphabet - 1)];
        }
        seen = 0;
        cr_assert_eq(decode_feed(&decoder, bytes, sizeof bytes, round), sizeof bytes);
        cr_assert_leq(seen, (int)sizeof bytes + 2);
        if (decoder.state == DECODE_PASTE)
            decode_feed(&decoder, "\033[201~", 6, round);
        if (decode_wait(&decoder) >= 0)
            decode_timeout(&decoder);
        cr_assert_eq(decoder.state, DECODE_PLAIN);
    }
}
