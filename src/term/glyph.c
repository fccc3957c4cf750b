#include "glyphs.h"

#include "centurion/base/utf8.h"
#include "centurion/term/surface.h"
#include "centurion/term/term.h"

static struct {
    bool ascii, plain_text;
} set;

static const struct {
    const char *utf8, *ascii;
} glyphs[GLYPH_COUNT] = {
    [GLYPH_BAND_RED] = {"●", "#"}, [GLYPH_BAND_AMBER] = {"◐", "+"}, [GLYPH_BAND_GREEN] = {"○", "."},
    [GLYPH_CURSOR] = {"›", ">"},   [GLYPH_CRUMB] = {"›", ">"},      [GLYPH_UP] = {"▲", "^"},
    [GLYPH_DOWN] = {"▼", "v"},     [GLYPH_CHECK] = {"✓", "y"},      [GLYPH_CROSS] = {"✗", "x"},
    [GLYPH_ABSENT] = {"–", "-"},   [GLYPH_DOT] = {"·", "."},        [GLYPH_ELLIPSIS] = {"…", "~"},
    [GLYPH_ARROW] = {"→", ">"},    [GLYPH_ENTER] = {"↵", "Enter"},  [GLYPH_SPACE] = {"␣", "Space"},
    [GLYPH_PENDING] = {"◌", "o"},  [GLYPH_FULL] = {"█", "#"},       [GLYPH_PARTIAL] = {"▒", "+"},
    [GLYPH_WARNING] = {"!", "!"},  [GLYPH_DIVIDER] = {"│", "|"},    [GLYPH_MARK] = {"◆", "*"},
};

static const struct {
    const char *utf8, *ascii;
} levels[9] = {{" ", " "}, {"▁", "_"}, {"▂", "."}, {"▃", "-"}, {"▄", "="},
               {"▅", "+"}, {"▆", "*"}, {"▇", "%"}, {"█", "#"}};

const char *glyph(enum glyph which)
{
    return set.ascii ? glyphs[which].ascii : glyphs[which].utf8;
}

const char *glyph_level(int eighths)
{
    int level = eighths < 0 ? 0 : eighths > 8 ? 8 : eighths;
    return set.ascii ? levels[level].ascii : levels[level].utf8;
}

void glyphs_choose(bool ascii, bool plain_text)
{
    set.ascii = ascii;
    set.plain_text = plain_text;
}

bool term_ascii(void)
{
    return set.ascii;
}

bool glyphs_plain_text(void)
{
    return set.plain_text;
}

/* The ASCII stand-in of a character that one of ours begins with. */
static wchar_t ascii_for(const char *utf8, const char *ascii, wchar_t character)
{
    wchar_t first;
    utf8_decode(utf8, 4, &first);
    return first == character ? (wchar_t)ascii[0] : 0;
}

wchar_t glyphs_in_set(wchar_t character)
{
    if (!set.ascii || character < 0x7f)
        return character;
    wchar_t found = character == L'─' ? L'-' : 0;
    for (int i = 0; i < GLYPH_COUNT && !found; i++)
        found = ascii_for(glyphs[i].utf8, glyphs[i].ascii, character);
    for (int i = 0; i < 9 && !found; i++)
        found = ascii_for(levels[i].utf8, levels[i].ascii, character);
    return found ? found : L'?';
}
