/* A few lines to choose from, each with a letter; perhaps with words above them. */
#ifndef CENTURION_UI_MENU_H
#define CENTURION_UI_MENU_H

#include <stdbool.h>
#include <stdint.h>

#include "centurion/ui/widget.h"

struct menu; /* starts with struct widget */

/* letter: 0 gives it one of its own text, one that is still free. remark: dim, to the right; may be NULL. off: shown, but cannot
 * be chosen; the remark says why. */
struct menu_item {
    const char *text, *remark;
    char letter;
    bool off;
    int64_t value;
};

/* words (may be NULL): a paragraph above the items; line breaks in it count. All is copied. A letter or Enter reports ACCEPT,
 * cancelling CLOSE. */
struct menu *menu_new(const char *words, const struct menu_item *items, int count);
void menu_free(struct menu *menu);
struct widget *menu_widget(struct menu *menu);

bool menu_chosen(const struct menu *menu, int64_t *value); /* after ACCEPT */
void menu_select(struct menu *menu, int64_t value);        /* puts the cursor there */

/* The size that shows all of it, at most so wide. */
void menu_size(const struct menu *menu, int most_cols, int *rows, int *cols);

#endif
