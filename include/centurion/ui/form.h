/* A form: fields declared in a table, one under the other, checked while they are typed. A mistake never stops the typing, it
 * stops the saving. Tab, Shift-Tab, up, down and Enter go from field to field. */
#ifndef CENTURION_UI_FORM_H
#define CENTURION_UI_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "centurion/ui/widget.h"

enum form_kind {
    FORM_TEXT,   /* one line */
    FORM_NUMBER, /* "82.5", "82,5" */
    FORM_DATE,   /* "2026-01-16", "16" (of this month), "today", "+1", "-7"; its value is ISO */
    FORM_TIME,   /* "17:30", "1730", "9"; its value is HH:MM */
    FORM_CHOICE, /* one of a list: blank, left and right step, a letter goes to the next that begins with it */
    FORM_YESNO,  /* its value is "true" or "false" */
    FORM_SCALE,  /* a whole number of 1 to 10, drawn as dots; left and right step */
    FORM_AREA,   /* several lines; Enter begins one */
    FORM_FIXED,  /* shown, not changed */
};

/* What is declared is copied. */
struct form_field {
    const char *label;
    enum form_kind kind;
    const char *unit;           /* shown behind the field; may be NULL */
    bool required;              /* may not be blank when it is saved */
    int decimals;               /* NUMBER: at most */
    double min, max;            /* NUMBER: limits, when they differ */
    int limit;                  /* TEXT, AREA: bytes; 0: as the widget has */
    int cols;                   /* of the field; 0: as the kind needs, -1: to the right edge, without a remark */
    int rows;                   /* AREA: of text; 0: 4 */
    const char *const *choices; /* CHOICE: what is shown, NULL at the end */
    const char *const *values;  /* CHOICE: what each stands for; NULL: what is shown */
};

struct form; /* starts with struct widget */

struct form *form_new(const struct form_field *fields, int count);
void form_free(struct form *form);
struct widget *form_widget(struct form *form);
int form_rows(const struct form *form); /* that show all of it; it scrolls where it has less */

/* Saving reports ACCEPT when nothing is wrong, else it goes to the first mistake; cancelling reports CLOSE; the action for
 * $EDITOR in an area EDIT. Enter in the only field saves. */

/* Called with the field's value (see form_value) whenever it changed and before it is saved. What is written into error stops
 * the saving, what is written into warning is only shown. Both are empty before. */
struct form_verdict {
    char error[120], warning[120];
};
typedef void form_check_fn(void *ctx, int field, const char *value, struct form_verdict *out);
void form_on_check(struct form *form, form_check_fn *fn, void *ctx);

/* Told after a field was changed by whoever sits there, so that remarks can follow and a draft be kept. */
typedef void form_changed_fn(void *ctx, int field);
void form_on_changed(struct form *form, form_changed_fn *fn, void *ctx);

void form_set_today(struct form *form, int today); /* days; what "today" and "+1" go by. Dates need it */

/* Clearing: a blank field keeps what is stored, and the action "clear-field" empties it for good (form_cleared). Without it
 * (the default) blank is blank. */
void form_set_clearing(struct form *form, bool clearing);

/* text as it is typed, dates ISO, yes/no "true" and "false", choices by value; NULL or "" is blank. form_set() makes it the
 * original too; form_put() is as if it were typed, but tells nobody. */
void form_set(struct form *form, int field, const char *text);
void form_put(struct form *form, int field, const char *text);

/* Valid until the next change of the field. form_text(): as it was typed, to keep as a draft. form_value(): as a parameter for
 * the server; NULL when it is blank or wrong. form_original(): as form_set() left it. */
const char *form_text(const struct form *form, int field);
const char *form_value(const struct form *form, int field);
const char *form_original(const struct form *form, int field);

bool form_cleared(const struct form *form, int field);
void form_clear(struct form *form, int field); /* as the action does */
bool form_field_dirty(const struct form *form, int field);
bool form_dirty(const struct form *form);
void form_settle(struct form *form); /* saved: what is there now is the original */

/* To the right of the field, until it is set again; NULL takes it away. A mistake, a warning and a suggestion go first. */
void form_remark(struct form *form, int field, enum role role, const char *words);

/* A value that "take-suggestion" puts into the field; words: "Health suggests 3 (4 h 40 m)". NULL takes it away. */
void form_suggest(struct form *form, int field, const char *text, const char *words);

bool form_took(const struct form *form, int field); /* what stands there was suggested and taken, not typed */

/* What the server said about the field; it goes with the next change of the field and does not stop the saving. */
void form_set_error(struct form *form, int field, const char *words);

/* A hidden field is neither shown nor checked. */
void form_show(struct form *form, int field, bool shown);
void form_focus(struct form *form, int field);
int form_focused(const struct form *form);

/* As before saving: true when nothing is wrong, else the cursor goes to the first mistake. */
bool form_ready(struct form *form);

/* Forms after which another one follows take the action "save-next" too; after ACCEPT form_wants_next() says which it was. */
void form_set_next(struct form *form, bool can);
bool form_wants_next(const struct form *form);

/* The first mistake of all fields, or NULL; *field (may be NULL) gets where. */
const char *form_mistake(struct form *form, int *field);

#endif
