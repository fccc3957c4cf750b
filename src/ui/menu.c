#include "centurion/ui/menu.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"
#include "centurion/ui/wrap.h"
#include "edit.h"
#include "thumb.h"

enum { TEXT_COL = 4, REMARK_GAP = 3, WHEEL = 1 };

struct item {
    char *text, *remark;
    char letter;
    bool off;
    int64_t value;
};

struct menu {
    struct widget widget;
    char *words;
    struct item *items;
    int count, cursor, top;
};

/* ---- Size ---- */

static int words_rows(const struct menu *menu, int cols)
{
    int rows = 0;
    size_t next;
    for (const char *at = menu->words; at && *at && cols > 0; at += next, rows++)
        wrap_line(at, cols, false, &next);
    return rows ? rows + 1 : 0; /* a blank line below */
}

static int text_cols(const struct menu *menu)
{
    int cols = 0;
    for (int i = 0; i < menu->count; i++) {
        int width = utf8_width(menu->items[i].text);
        cols = width > cols ? width : cols;
    }
    return cols;
}

void menu_size(const struct menu *menu, int most_cols, int *rows, int *cols)
{
    int text = text_cols(menu), needed = TEXT_COL + text;
    for (int i = 0; i < menu->count; i++) {
        int width = menu->items[i].remark ? TEXT_COL + text + REMARK_GAP + utf8_width(menu->items[i].remark) : 0;
        needed = width > needed ? width : needed;
    }
    size_t next;
    for (const char *at = menu->words; at && *at; at += next) {
        int width = edit_cols(at, 0, wrap_line(at, most_cols, false, &next));
        needed = width > needed ? width : needed;
    }
    *cols = needed < most_cols ? needed : most_cols;
    *rows = words_rows(menu, *cols) + menu->count;
}

/* Rows above the items; they have the first right to the space. */
static int head_rows(const struct menu *menu)
{
    int rows = words_rows(menu, menu->widget.cols), room = menu->widget.rows - menu->count;
    if (rows <= room)
        return rows;
    room = room > menu->widget.rows / 2 ? room : menu->widget.rows / 2;
    return rows < room ? rows : room;
}

static int list_rows(const struct menu *menu)
{
    return menu->widget.rows - head_rows(menu);
}

/* ---- Handling ---- */

static unsigned move_to(struct menu *menu, int cursor)
{
    int before = menu->cursor, page = list_rows(menu);
    cursor = cursor >= menu->count ? menu->count - 1 : cursor;
    menu->cursor = cursor > 0 ? cursor : 0;
    if (menu->cursor < menu->top)
        menu->top = menu->cursor;
    if (page > 0 && menu->cursor >= menu->top + page)
        menu->top = menu->cursor - page + 1;
    return menu->cursor == before ? TAKEN : TAKEN | REPAINT;
}

static void menu_recalc(struct widget *widget)
{
    struct menu *menu = (struct menu *)widget;
    menu->top = 0;
    move_to(menu, menu->cursor);
}

static unsigned accept(const struct menu *menu)
{
    bool can = menu->cursor < menu->count && !menu->items[menu->cursor].off;
    return can ? TAKEN | ACCEPT : TAKEN;
}

/* Only the items' letters: the rest are motions of the keymap. */
static unsigned menu_key(struct widget *widget, int key)
{
    struct menu *menu = (struct menu *)widget;
    for (int i = 0; i < menu->count; i++)
        if (key == menu->items[i].letter) {
            unsigned moved = move_to(menu, i);
            return moved | accept(menu);
        }
    return NOT_TAKEN;
}

static bool menu_accepts(const struct widget *widget, enum action action)
{
    (void)widget;
    switch (action) {
    case ACTION_DOWN:
    case ACTION_UP:
    case ACTION_TOP:
    case ACTION_BOTTOM:
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
    case ACTION_OPEN:
    case ACTION_CANCEL:
    case ACTION_BACK:
        return true;
    default:
        return false;
    }
}

static unsigned menu_act(struct widget *widget, enum action action, int count)
{
    struct menu *menu = (struct menu *)widget;
    int step = count > 0 ? count : 1, page = list_rows(menu) > 1 ? list_rows(menu) - 1 : 1;
    switch (action) {
    case ACTION_DOWN:
        return move_to(menu, menu->cursor + step);
    case ACTION_UP:
        return move_to(menu, menu->cursor - step);
    case ACTION_TOP:
        return move_to(menu, 0);
    case ACTION_BOTTOM:
        return move_to(menu, menu->count - 1);
    case ACTION_PAGE_DOWN:
        return move_to(menu, menu->cursor + step * page);
    case ACTION_PAGE_UP:
        return move_to(menu, menu->cursor - step * page);
    case ACTION_OPEN:
        return accept(menu);
    case ACTION_CANCEL:
    case ACTION_BACK:
        return TAKEN | CLOSE;
    default:
        return NOT_TAKEN;
    }
}

static unsigned menu_mouse(struct widget *widget, const struct input *input)
{
    struct menu *menu = (struct menu *)widget;
    if (input->button == MOUSE_WHEEL_UP || input->button == MOUSE_WHEEL_DOWN)
        return move_to(menu, menu->cursor + (input->button == MOUSE_WHEEL_DOWN ? WHEEL : -WHEEL));
    int row = input->row - head_rows(menu);
    if (input->button != MOUSE_LEFT || row < 0 || row >= list_rows(menu) || menu->top + row >= menu->count)
        return TAKEN;
    unsigned moved = move_to(menu, menu->top + row);
    return moved | accept(menu);
}

/* ---- Showing ---- */

static void paint_item(const struct menu *menu, const struct surface *surface, int row, int at)
{
    const struct item *item = &menu->items[at];
    bool here = at == menu->cursor;
    struct surface line = surface_on(surface, here ? GROUND_SELECTED : surface->ground);
    char letter[2] = {item->letter, '\0'};
    int text = text_cols(menu), remark = TEXT_COL + text + REMARK_GAP;
    surface_fill(&line, row, 0, 1, line.cols, ROLE_TEXT, L' ');
    surface_text(&line, row, 0, ROLE_ACCENT, here ? glyph(GLYPH_CURSOR) : " ", 1);
    surface_text(&line, row, 2, item->off ? ROLE_DIM : ROLE_KEY, letter, 1);
    surface_text(&line, row, TEXT_COL,
                 item->off ? ROLE_DIM
                 : here    ? ROLE_STRONG
                           : ROLE_TEXT,
                 item->text, line.cols - TEXT_COL);
    if (item->remark && remark < line.cols)
        surface_text(&line, row, remark, ROLE_DIM, item->remark, line.cols - remark);
}

static void menu_paint(const struct widget *widget, const struct surface *surface)
{
    const struct menu *menu = (const struct menu *)widget;
    int head = head_rows(menu), rows = list_rows(menu);
    surface_fill(surface, 0, 0, surface->rows, surface->cols, ROLE_TEXT, L' ');
    const char *at = menu->words;
    for (int row = 0; at && *at && row < head - 1; row++) {
        size_t next, length = wrap_line(at, widget->cols, false, &next);
        char *line = mem_strndup(at, length);
        surface_text(surface, row, 0, ROLE_TEXT, line, -1);
        free(line);
        at += next;
    }
    for (int row = 0; row < rows; row++) {
        if (menu->top + row < menu->count)
            paint_item(menu, surface, head + row, menu->top + row);
        if (thumb_at(row, rows, menu->top, menu->count))
            surface_text(surface, head + row, widget->cols - 1, ROLE_ACCENT, thumb_glyph(), 1);
    }
}

static const struct widget_ops menu_ops = {
    .recalc = menu_recalc,
    .paint = menu_paint,
    .accepts = menu_accepts,
    .act = menu_act,
    .key = menu_key,
    .mouse = menu_mouse,
};

/* ---- The widget ---- */

static bool letter_taken(const struct menu *menu, char letter)
{
    if (strchr("jkgGq", letter)) /* motions, and the way out */
        return true;
    for (int i = 0; i < menu->count; i++)
        if (menu->items[i].letter == letter)
            return true;
    return false;
}

/* The first letter of the text that nobody has, else any. */
static char free_letter(const struct menu *menu, const char *text)
{
    for (const char *at = text; *at; at++) {
        char letter = (char)tolower((unsigned char)*at);
        if (letter >= 'a' && letter <= 'z' && !letter_taken(menu, letter))
            return letter;
    }
    for (int letter = 'a'; letter <= 'z'; letter++)
        if (!letter_taken(menu, (char)letter))
            return (char)letter;
    return ' ';
}

struct menu *menu_new(const char *words, const struct menu_item *items, int count)
{
    struct menu *menu = mem_alloc(sizeof *menu);
    menu->widget.ops = &menu_ops;
    menu->words = mem_strdup(words);
    menu->items = mem_array((size_t)count + 1, sizeof *menu->items);
    menu->count = count;
    for (int i = 0; i < count; i++)
        menu->items[i] = (struct item){mem_strdup(items[i].text), mem_strdup(items[i].remark), items[i].letter,
                                       items[i].off, items[i].value};
    for (int i = 0; i < count; i++) /* after those that have one of their own */
        if (!menu->items[i].letter)
            menu->items[i].letter = free_letter(menu, menu->items[i].text);
    return menu;
}

void menu_free(struct menu *menu)
{
    if (!menu)
        return;
    for (int i = 0; i < menu->count; i++) {
        free(menu->items[i].text);
        free(menu->items[i].remark);
    }
    free(menu->items);
    free(menu->words);
    free(menu);
}

struct widget *menu_widget(struct menu *menu)
{
    return &menu->widget;
}

bool menu_chosen(const struct menu *menu, int64_t *value)
{
    if (menu->cursor >= menu->count || menu->items[menu->cursor].off)
        return false;
    *value = menu->items[menu->cursor].value;
    return true;
}

void menu_select(struct menu *menu, int64_t value)
{
    for (int i = 0; i < menu->count; i++)
        if (menu->items[i].value == value)
            move_to(menu, i);
}
