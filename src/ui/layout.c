#include "centurion/ui/layout.h"

#include <stddef.h>
#include <string.h>

#include "centurion/term/term.h"

enum { CHILDREN_MAX = sizeof((struct layout *)0)->children / sizeof(struct layout *) };

/* ---- Arranging ---- */

static void put_away(struct layout *node)
{
    node->at.shown = false;
    for (int i = 0; i < node->child_count; i++)
        put_away(node->children[i]);
}

static bool wanted(const struct layout *node)
{
    if (node->hidden)
        return false;
    if (node->kind == LAYOUT_PANE)
        return node->widget != NULL;
    for (int i = 0; i < node->child_count; i++)
        if (wanted(node->children[i]))
            return true;
    return false;
}

static int weight_of(const struct layout *node)
{
    return node->weight > 0 ? node->weight : 1;
}

/* Shares space among children by weight; those with a limit give what is beyond it to the others. */
static void share(struct layout *const *children, int count, bool beside, int space, int *sizes)
{
    bool fixed[CHILDREN_MAX] = {false};
    for (bool again = true; again;) {
        int weights = 0, left = space;
        for (int i = 0; i < count; i++) {
            weights += fixed[i] ? 0 : weight_of(children[i]);
            left -= fixed[i] ? sizes[i] : 0;
        }
        again = false;
        for (int i = 0, before = 0; i < count; i++) {
            if (fixed[i])
                continue;
            int after = before + weight_of(children[i]);
            sizes[i] = left * after / weights - left * before / weights;
            before = after;
        }
        for (int i = 0; i < count && !beside; i++) {
            int limit = children[i]->max_rows;
            if (!fixed[i] && limit > 0 && sizes[i] > limit) {
                sizes[i] = limit;
                fixed[i] = again = true;
            }
        }
    }
}

static bool too_small(const struct layout *node, int rows, int cols)
{
    return rows < 1 || cols < 1 || rows < node->min_rows || cols < node->min_cols;
}

/* Fixes the sizes of what stays; folds the last child that would become too small, until none does. */
static int fold(struct layout **children, int count, bool beside, int rows, int cols, int *sizes)
{
    for (;;) {
        int folding = -1;
        share(children, count, beside, (beside ? cols : rows) - (count - 1), sizes);
        for (int i = 0; i < count && count > 1; i++)
            if (too_small(children[i], beside ? rows : sizes[i], beside ? sizes[i] : cols))
                folding = i;
        if (folding < 0)
            return count;
        memmove(children + folding, children + folding + 1, (size_t)(count - folding - 1) * sizeof *children);
        count--;
    }
}

static void arrange(struct layout *node, int top, int left, int rows, int cols)
{
    node->at.top = top;
    node->at.left = left;
    node->at.rows = rows;
    node->at.cols = cols;
    node->at.shown = rows > 0 && cols > 0;
    if (node->kind == LAYOUT_PANE) {
        widget_resize(node->widget, rows, cols);
        return;
    }
    struct layout *children[CHILDREN_MAX] = {NULL};
    int sizes[CHILDREN_MAX] = {0}, count = 0;
    bool beside = node->kind == LAYOUT_BESIDE;
    for (int i = 0; i < node->child_count; i++)
        if (wanted(node->children[i]))
            children[count++] = node->children[i];
    count = fold(children, count, beside, rows, cols, sizes);
    for (int i = 0, at = 0; i < count; at += sizes[i] + 1, i++)
        arrange(children[i], beside ? top : top + at, beside ? left + at : left, beside ? rows : sizes[i],
                beside ? sizes[i] : cols);
}

static struct layout *find_pane(struct layout *node, const struct widget *widget)
{
    if (node->kind == LAYOUT_PANE)
        return node->widget == widget ? node : NULL;
    struct layout *found = NULL;
    for (int i = 0; i < node->child_count && !found; i++)
        found = find_pane(node->children[i], widget);
    return found;
}

void layout_arrange(struct layout *root, int rows, int cols, const struct widget *zoomed)
{
    struct layout *alone = zoomed ? find_pane(root, zoomed) : NULL;
    put_away(root);
    if (alone)
        arrange(alone, 0, 0, rows, cols);
    else if (wanted(root))
        arrange(root, 0, 0, rows, cols);
    layout_focused(root);
}

/* ---- Painting ---- */

/* The shown panes in order. */
static int collect(struct layout *node, struct layout **out, int count, int max)
{
    if (node->kind == LAYOUT_PANE) {
        if (node->at.shown && count < max)
            out[count++] = node;
        return count;
    }
    for (int i = 0; i < node->child_count; i++)
        count = collect(node->children[i], out, count, max);
    return count;
}

static bool inside(const struct layout *node, int row, int col)
{
    return node->at.shown && row >= node->at.top && row < node->at.top + node->at.rows && col >= node->at.left &&
           col < node->at.left + node->at.cols;
}

/* Which rule runs through a cell: '-', '|' or 0. What lies in a shown split but in none of its children is a rule. */
static char rule_at(const struct layout *node, int row, int col)
{
    if (!inside(node, row, col) || node->kind == LAYOUT_PANE)
        return 0;
    for (int i = 0; i < node->child_count; i++)
        if (inside(node->children[i], row, col))
            return rule_at(node->children[i], row, col);
    /* Space that max_rows left over is blank, not a rule: a rule has a child right behind it. */
    bool beside = node->kind == LAYOUT_BESIDE;
    for (int i = 0; i < node->child_count; i++)
        if (inside(node->children[i], row + !beside, col + beside))
            return beside ? '|' : '-';
    return 0;
}

enum { JOIN_UP = 1, JOIN_DOWN = 2, JOIN_LEFT = 4, JOIN_RIGHT = 8 };

static void paint_joint(const struct surface *surface, int row, int col, unsigned arms)
{
    static const char *const joints[16] = {
        [JOIN_LEFT | JOIN_RIGHT | JOIN_UP] = "┴",
        [JOIN_LEFT | JOIN_RIGHT | JOIN_DOWN] = "┬",
        [JOIN_UP | JOIN_DOWN | JOIN_LEFT] = "┤",
        [JOIN_UP | JOIN_DOWN | JOIN_RIGHT] = "├",
        [JOIN_UP | JOIN_DOWN | JOIN_LEFT | JOIN_RIGHT] = "┼",
    };
    if (joints[arms])
        surface_text(surface, row, col, ROLE_RULE, term_ascii() ? "+" : joints[arms], 1);
}

static unsigned arms_at(const struct layout *root, int row, int col)
{
    if (rule_at(root, row, col) == '-')
        return JOIN_LEFT | JOIN_RIGHT | (rule_at(root, row - 1, col) == '|' ? JOIN_UP : 0u) |
               (rule_at(root, row + 1, col) == '|' ? JOIN_DOWN : 0u);
    return JOIN_UP | JOIN_DOWN | (rule_at(root, row, col - 1) == '-' ? JOIN_LEFT : 0u) |
           (rule_at(root, row, col + 1) == '-' ? JOIN_RIGHT : 0u);
}

static void paint_title(const struct layout *pane, const struct surface *surface)
{
    int row = pane->at.top - 1, left = pane->at.left, room = pane->at.cols - 4;
    if (!pane->title || !*pane->title || room < 3)
        return;
    surface_text(surface, row, left + 1, ROLE_RULE, " ", 1);
    int cols = surface_text(surface, row, left + 2, pane->widget && pane->widget->focused ? ROLE_ACCENT : ROLE_HEADER,
                            pane->title, room);
    surface_text(surface, row, left + 2 + cols, ROLE_RULE, " ", 1);
}

/* The rules between the children of a split, joined to those that end at them. */
static void paint_rules(const struct layout *root, const struct surface *surface, const struct layout *node)
{
    bool first = true;
    for (int i = 0; i < node->child_count; i++) {
        const struct layout *child = node->children[i];
        if (!child->at.shown)
            continue;
        int top = child->at.top, left = child->at.left;
        if (!first && node->kind == LAYOUT_BESIDE) {
            surface_vline(surface, top, left - 1, child->at.rows);
            for (int row = top; row < top + child->at.rows; row++)
                paint_joint(surface, row, left - 1, arms_at(root, row, left - 1));
        } else if (!first) {
            surface_hline(surface, top - 1, left, child->at.cols);
            for (int col = left; col < left + child->at.cols; col++)
                paint_joint(surface, top - 1, col, arms_at(root, top - 1, col));
            paint_title(child, surface);
        }
        first = false;
        paint_rules(root, surface, child);
    }
}

static void paint_panes(const struct layout *node, const struct surface *surface)
{
    if (node->kind == LAYOUT_PANE && node->at.shown) {
        struct surface part = surface_sub(surface, node->at.top, node->at.left, node->at.rows, node->at.cols);
        widget_paint(node->widget, &part);
    }
    for (int i = 0; i < node->child_count; i++)
        paint_panes(node->children[i], surface);
}

void layout_paint(const struct layout *root, const struct surface *surface)
{
    if (root->at.shown)
        paint_rules(root, surface, root);
    paint_panes(root, surface);
}

void layout_edge(const struct layout *root, const struct surface *surface, int row, bool above)
{
    surface_hline(surface, row, 0, surface->cols);
    if (!root->at.shown)
        return;
    int neighbour = above ? root->at.top + root->at.rows - 1 : root->at.top;
    for (int col = 0; col < root->at.cols; col++)
        if (rule_at(root, neighbour, col) == '|')
            paint_joint(surface, row, col, JOIN_LEFT | JOIN_RIGHT | (above ? JOIN_UP : JOIN_DOWN));
}

/* ---- Focus ---- */

enum { PANES_MAX = 32 };

static int focusable(struct layout *root, struct layout **panes)
{
    int count = collect(root, panes, 0, PANES_MAX), kept = 0;
    for (int i = 0; i < count; i++)
        if (!panes[i]->no_focus)
            panes[kept++] = panes[i];
    return kept;
}

static void clear_focus(struct layout *node)
{
    if (node->kind == LAYOUT_PANE && node->widget)
        node->widget->focused = false;
    for (int i = 0; i < node->child_count; i++)
        clear_focus(node->children[i]);
}

static int focused_index(struct layout *const *panes, int count)
{
    for (int i = 0; i < count; i++)
        if (panes[i]->widget->focused)
            return i;
    return -1;
}

struct layout *layout_focused(struct layout *root)
{
    struct layout *panes[PANES_MAX];
    int count = focusable(root, panes);
    if (count == 0)
        return NULL;
    int at = focused_index(panes, count);
    if (at < 0) {
        clear_focus(root);
        panes[at = 0]->widget->focused = true;
    }
    return panes[at];
}

void layout_focus(struct layout *root, const struct widget *widget)
{
    struct layout *pane = find_pane(root, widget);
    if (!pane || pane->no_focus)
        return;
    clear_focus(root);
    pane->widget->focused = true;
}

bool layout_focus_next(struct layout *root, int step)
{
    struct layout *panes[PANES_MAX];
    int count = focusable(root, panes), at = focused_index(panes, count);
    if (count < 2)
        return false;
    int next = ((at < 0 ? 0 : at) + step % count + count) % count;
    layout_focus(root, panes[next]->widget);
    return true;
}

bool layout_shown(const struct layout *root, const struct widget *widget)
{
    if (root->kind == LAYOUT_PANE)
        return root->widget == widget && root->at.shown;
    for (int i = 0; i < root->child_count; i++)
        if (layout_shown(root->children[i], widget))
            return true;
    return false;
}

struct layout *layout_pane_at(struct layout *root, int row, int col)
{
    struct layout *panes[PANES_MAX];
    int count = collect(root, panes, 0, PANES_MAX);
    for (int i = 0; i < count; i++)
        if (inside(panes[i], row, col))
            return panes[i];
    return NULL;
}
