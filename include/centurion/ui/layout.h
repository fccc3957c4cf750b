/* Panes: a tree of splits with weights, minima, and a width below which a pane folds away. */
#ifndef CENTURION_UI_LAYOUT_H
#define CENTURION_UI_LAYOUT_H

#include <stdbool.h>

#include "centurion/ui/widget.h"

enum layout_kind { LAYOUT_PANE, LAYOUT_BESIDE /* children left to right */, LAYOUT_STACKED /* top to bottom */ };

/* A node; the tree belongs to the screen, usually as an array of nodes in its struct. Zero-initialise, then fill. */
struct layout {
    enum layout_kind kind;
    int weight;             /* share of the space among the siblings; 0 counts as 1 */
    int min_rows, min_cols; /* below these (of the space it would get) the node folds away */
    int max_rows;           /* 0: no limit */
    bool hidden;            /* put away by the user */
    bool no_focus;          /* Tab passes it by */
    struct widget *widget;  /* LAYOUT_PANE */
    const char *title;      /* LAYOUT_PANE in a stack: shown in the rule above it; NULL: a plain rule */
    struct layout *children[4];
    int child_count;
    /* set by layout_arrange() */
    struct {
        int top, left, rows, cols;
        bool shown;
    } at;
};

/* Arranges the tree in rows x cols, resizes the widgets and keeps a rule of one cell between siblings. zoomed (may be
 * NULL) gets everything. */
void layout_arrange(struct layout *root, int rows, int cols, const struct widget *zoomed);
void layout_paint(const struct layout *root, const struct surface *surface);

/* A rule across row of surface, joined to the upright rules of the layout that begins below it (or, with above, ends
 * above it): for the line between the frame and the panes. */
void layout_edge(const struct layout *root, const struct surface *surface, int row, bool above);

/* The pane that has the focus. If the focused one folded away, the first shown one gets it. */
struct layout *layout_focused(struct layout *root);
void layout_focus(struct layout *root, const struct widget *widget);
bool layout_focus_next(struct layout *root, int step); /* false when there is only one */
bool layout_shown(const struct layout *root, const struct widget *widget);
struct layout *layout_pane_at(struct layout *root, int row, int col); /* for the mouse */

#endif
