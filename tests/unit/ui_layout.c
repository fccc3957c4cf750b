/* Panes: shares, folding, rules and their joints, focus. */
#include "ui_screen.h"

#include "centurion/ui/layout.h"

/* A pane that fills itself with a letter. */
struct letter {
    struct widget widget;
    wchar_t letter;
};

static void paint_letter(const struct widget *widget, const struct surface *surface)
{
    surface_fill(surface, 0, 0, widget->rows, widget->cols, ROLE_TEXT, ((const struct letter *)widget)->letter);
}

static const struct widget_ops letter_ops = {.paint = paint_letter};

static struct letter letters[4];
static struct layout panes[4], outer, inner;

static void setup(void)
{
    for (int i = 0; i < 4; i++) {
        letters[i] = (struct letter){{.ops = &letter_ops}, L'a' + i};
        panes[i] = (struct layout){.kind = LAYOUT_PANE, .widget = &letters[i].widget};
    }
    /* a beside (b over c) */
    inner = (struct layout){.kind = LAYOUT_STACKED, .children = {&panes[1], &panes[2]}, .child_count = 2};
    outer = (struct layout){.kind = LAYOUT_BESIDE, .children = {&panes[0], &inner}, .child_count = 2};
    screen_start(11, 5, false);
}

TestSuite(ui_layout, .init = setup, .fini = term_stop);

static void show(const struct widget *zoomed)
{
    struct surface all = term_surface();
    surface_clear(&all);
    layout_arrange(&outer, all.rows, all.cols, zoomed);
    layout_paint(&outer, &all);
}

Test(ui_layout, rules_join)
{
    show(NULL);
    screen_expect("aaaaa│bbbbb\n"
                  "aaaaa│bbbbb\n"
                  "aaaaa├─────\n"
                  "aaaaa│ccccc\n"
                  "aaaaa│ccccc\n");
    struct surface all = term_surface();
    layout_edge(&outer, &all, 0, false);
    layout_edge(&outer, &all, 4, true);
    screen_expect("─────┬─────\n"
                  "aaaaa│bbbbb\n"
                  "aaaaa├─────\n"
                  "aaaaa│ccccc\n"
                  "─────┴─────\n");
}

Test(ui_layout, rules_cross)
{
    struct layout left = {.kind = LAYOUT_STACKED, .children = {&panes[0], &panes[3]}, .child_count = 2};
    outer.children[0] = &left;
    show(NULL);
    screen_expect("aaaaa│bbbbb\n"
                  "aaaaa│bbbbb\n"
                  "─────┼─────\n"
                  "ddddd│ccccc\n"
                  "ddddd│ccccc\n");
    inner.kind = LAYOUT_BESIDE;
    outer.kind = LAYOUT_STACKED;
    left.kind = LAYOUT_BESIDE;
    panes[0].weight = 2;
    show(NULL);
    screen_expect("aaaaaa│dddd\n"
                  "aaaaaa│dddd\n"
                  "─────┬┴────\n"
                  "bbbbb│ccccc\n"
                  "bbbbb│ccccc\n");
}

Test(ui_layout, plain_set)
{
    term_stop();
    screen_start(11, 5, true);
    show(NULL);
    screen_expect("aaaaa|bbbbb\n"
                  "aaaaa|bbbbb\n"
                  "aaaaa+-----\n"
                  "aaaaa|ccccc\n"
                  "aaaaa|ccccc\n");
}

Test(ui_layout, titles_in_rules)
{
    term_resize_headless(19, 3);
    panes[2].title = "why";
    layout_focus(&outer, panes[2].widget);
    show(NULL);
    screen_expect("aaaaaaaaa│bbbbbbbbb\n"
                  "aaaaaaaaa├─ why ───\n"
                  "aaaaaaaaa│ccccccccc\n");
    screen_expect_roles("tttttttttrttttttttt\n"
                        "tttttttttrr aaa rrr\n"
                        "tttttttttrttttttttt\n");
}

Test(ui_layout, weights)
{
    panes[0].weight = 58;
    inner.weight = 42;
    layout_arrange(&outer, 31, 120, NULL);
    cr_expect_eq(panes[0].at.cols, 69);
    cr_expect_eq(inner.at.left, 70);
    cr_expect_eq(inner.at.cols, 50);
    cr_expect_eq(panes[1].at.rows + 1 + panes[2].at.rows, 31);
    cr_expect_eq(panes[2].widget->cols, 50);
}

Test(ui_layout, a_limit_gives_to_the_others)
{
    panes[2].max_rows = 4;
    layout_arrange(&outer, 31, 120, NULL);
    cr_expect_eq(panes[2].at.rows, 4);
    cr_expect_eq(panes[1].at.rows, 26);
}

Test(ui_layout, what_is_too_small_folds)
{
    inner.min_cols = 6; /* it would get 5 */
    show(NULL);
    screen_expect("aaaaaaaaaaa\naaaaaaaaaaa\naaaaaaaaaaa\naaaaaaaaaaa\naaaaaaaaaaa\n");
    cr_expect_not(layout_shown(&outer, panes[1].widget));
    inner.min_cols = 0;
    panes[2].min_rows = 3; /* it would get 2 */
    show(NULL);
    screen_expect("aaaaa│bbbbb\naaaaa│bbbbb\naaaaa│bbbbb\naaaaa│bbbbb\naaaaa│bbbbb\n");
    cr_expect(layout_shown(&outer, panes[1].widget));
}

Test(ui_layout, hidden_and_zoomed)
{
    panes[0].hidden = true;
    show(NULL);
    screen_expect("bbbbbbbbbbb\nbbbbbbbbbbb\n───────────\nccccccccccc\nccccccccccc\n");
    panes[0].hidden = false;
    show(panes[2].widget);
    screen_expect("ccccccccccc\nccccccccccc\nccccccccccc\nccccccccccc\nccccccccccc\n");
    cr_expect_eq(layout_pane_at(&outer, 0, 0), &panes[2]);
    cr_expect(panes[2].widget->focused);
}

Test(ui_layout, focus)
{
    show(NULL);
    cr_expect_eq(layout_focused(&outer), &panes[0]);
    cr_expect(layout_focus_next(&outer, 1));
    cr_expect_eq(layout_focused(&outer), &panes[1]);
    cr_expect(layout_focus_next(&outer, -2));
    cr_expect_eq(layout_focused(&outer), &panes[2]);
    cr_expect(layout_focus_next(&outer, 1), "and round");
    cr_expect_eq(layout_focused(&outer), &panes[0]);
    panes[1].no_focus = true;
    layout_focus_next(&outer, 1);
    cr_expect_eq(layout_focused(&outer), &panes[2]);
    panes[2].hidden = true; /* the first shown one gets it */
    show(NULL);
    cr_expect_eq(layout_focused(&outer), &panes[0]);
    cr_expect_not(panes[2].widget->focused);
    cr_expect_not(layout_focus_next(&outer, 1), "there is only one");
}

Test(ui_layout, the_mouse_finds_panes_not_rules)
{
    show(NULL);
    cr_expect_eq(layout_pane_at(&outer, 0, 0), &panes[0]);
    cr_expect_null(layout_pane_at(&outer, 0, 5));
    cr_expect_null(layout_pane_at(&outer, 2, 7));
    cr_expect_eq(layout_pane_at(&outer, 3, 7), &panes[2]);
    cr_expect_null(layout_pane_at(&outer, 9, 9));
}

Test(ui_layout, every_size_has_a_picture)
{
    for (int rows = 0; rows < 8; rows++) {
        for (int cols = 0; cols < 12; cols++) {
            struct surface all = term_surface(), part = surface_sub(&all, 0, 0, rows, cols);
            layout_arrange(&outer, rows, cols, NULL);
            layout_paint(&outer, &part);
            int cells = 0;
            for (int i = 0; i < 3; i++)
                if (layout_shown(&outer, panes[i].widget))
                    cells += panes[i].at.rows * panes[i].at.cols;
            cr_expect(rows == 0 || cols == 0 ? cells == 0 : cells > 0, "%d x %d", rows, cols);
            cr_expect(cells <= rows * cols);
        }
    }
}
