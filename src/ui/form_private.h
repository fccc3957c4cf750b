/* What the files of the form share. */
#ifndef CENTURION_UI_FORM_PRIVATE_H
#define CENTURION_UI_FORM_PRIVATE_H

#include "centurion/ui/form.h"
#include "centurion/ui/textarea.h"
#include "edit.h"

enum { FORM_VALUE_MAX = 32, SCALE_MOST = 10, MARK_COLS = 3 /* focus, state, a blank */ };

struct field {
    enum form_kind kind;
    char *label, *unit;
    bool required, hidden;
    int decimals, limit, cols, rows;
    double min, max;
    char **choices, **values;
    int choice_count, choice; /* -1: none */
    struct edit edit;         /* all kinds that take text */
    struct textarea *area;
    char value[FORM_VALUE_MAX]; /* as the server reads it, where it is not the text */
    char *original, *remark, *suggested, *suggestion, *refusal;
    enum role remark_role;
    bool cleared, taken;
    struct form_verdict verdict;
    int top, lines; /* set when it is arranged */
};

struct form {
    struct widget widget;
    struct field *fields;
    int count, focus;
    int label_cols, remark_col; /* set when it is arranged */
    int all_rows, top;
    int today;
    bool clearing, can_next, next, taking;
    form_check_fn *check;
    void *check_ctx;
    form_changed_fn *changed;
    void *changed_ctx;
};

/* form_fields.c: what the kinds are */
bool field_is_edit(const struct field *field); /* is it typed into a line? */
const char *field_text(const struct field *field);
const char *field_value(const struct field *field); /* NULL: blank, or wrong */
void field_put(struct field *field, const char *text);
void field_judge(struct form *form, int at); /* value and verdict anew */
void field_tidy(struct field *field);        /* it is left: dates and times as they were understood */
int field_cols(const struct form *form, const struct field *field);

/* form_keys.c */
extern const struct widget_ops form_ops;
unsigned form_touched(struct form *form); /* the field under the cursor was changed by hand */

/* form_paint.c */
void form_arrange(struct form *form);
void form_reveal(struct form *form);
void form_paint(const struct widget *widget, const struct surface *surface);
bool form_cursor(const struct widget *widget, int *row, int *col);

#endif
