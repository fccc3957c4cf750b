#include "conflict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/str.h"

static const char *or_nothing(const char *text)
{
    return text && *text ? text : "nothing";
}

static bool is_number(const char *text, double *value)
{
    char *end;
    *value = strtod(text, &end);
    return *text && !*end;
}

/* Inside of a character, where no text is cut. */
static bool is_inside(const char *at)
{
    return ((unsigned char)*at & 0xc0) == 0x80;
}

/* Of numbers how much, of texts the parts that are not the same. */
static void add_difference(struct str *words, const char *mine, const char *theirs)
{
    enum { SHOWN = 100 };
    double left, right;
    if (is_number(mine, &left) && is_number(theirs, &right)) {
        str_addf(words, "theirs is %.10g %s", right > left ? right - left : left - right,
                 right > left ? "more" : "less");
        return;
    }
    size_t mine_length = strlen(mine), theirs_length = strlen(theirs), head = 0, tail = 0;
    while (mine[head] && mine[head] == theirs[head])
        head++;
    while (head && (is_inside(mine + head) || is_inside(theirs + head)))
        head--;
    while (tail < mine_length - head && tail < theirs_length - head &&
           mine[mine_length - 1 - tail] == theirs[theirs_length - 1 - tail])
        tail++;
    while (tail && is_inside(mine + mine_length - tail))
        tail--;
    int mine_part = (int)(mine_length - head - tail), theirs_part = (int)(theirs_length - head - tail);
    if (theirs_part)
        str_addf(words, "theirs has \"%.*s%s\"", theirs_part < SHOWN ? theirs_part : SHOWN, theirs + head,
                 theirs_part < SHOWN ? "" : "...");
    else
        str_addf(words, "theirs lacks \"%.*s%s\"", mine_part < SHOWN ? mine_part : SHOWN, mine + head,
                 mine_part < SHOWN ? "" : "...");
    if (theirs_part && mine_part)
        str_addf(words, " for \"%.*s%s\"", mine_part < SHOWN ? mine_part : SHOWN, mine + head,
                 mine_part < SHOWN ? "" : "...");
}

void conflict_show(struct app *app, const struct conflict *conflict, app_chosen_fn *fn, void *owner)
{
    enum { SHOWN = 400 };
    static const struct menu_item items[] = {
        {.text = "Keep theirs", .letter = 't', .remark = "what I typed goes", .value = CONFLICT_THEIRS},
        {.text = "Put mine", .letter = 'm', .remark = "over theirs, when it is saved", .value = CONFLICT_MINE},
        {.text = "Edit", .letter = 'e', .remark = "write what shall stand there", .value = CONFLICT_EDIT}};
    struct str words = {0};
    str_addf(&words, "%s\n", conflict->title);
    if (conflict->before)
        str_addf(&words, "before:      %.*s\n", SHOWN, or_nothing(conflict->before));
    str_addf(&words, "mine:        %.*s\n", SHOWN, or_nothing(conflict->mine));
    str_addf(&words, "theirs:      %.*s\n", SHOWN, or_nothing(conflict->theirs));
    str_add(&words, "difference:  ");
    add_difference(&words, conflict->mine, conflict->theirs);
    str_addf(&words, "\nchanged by %s", conflict->by && *conflict->by ? conflict->by : "somebody else");
    if (conflict->left)
        str_addf(&words, "\n%d more after this one", conflict->left);
    app_menu(app, "Changed by two", str_text(&words), items, sizeof items / sizeof items[0], fn, owner);
    str_fini(&words);
}
