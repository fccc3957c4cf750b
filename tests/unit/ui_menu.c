/* Menus: letters, motions, what cannot be chosen. */
#include "ui_screen.h"

#include "centurion/ui/menu.h"

static struct menu *menu;

static const struct menu_item items[] = {
    {.text = "Attended", .value = 1},
    {.text = "Missed", .remark = "the client pays", .value = 2},
    {.text = "Move", .remark = "it is invoiced", .off = true, .value = 3},
};

static void setup(void)
{
    screen_start(30, 6, false);
    menu = menu_new("What about it?", items, 3);
    screen_show(menu_widget(menu));
}

static void teardown(void)
{
    menu_free(menu);
    term_stop();
}

TestSuite(ui_menu, .init = setup, .fini = teardown);

static int64_t chosen(void)
{
    int64_t value = 0;
    return menu_chosen(menu, &value) ? value : 0;
}

Test(ui_menu, what_it_looks_like)
{
    screen_expect("What about it?\n\n› a Attended\n  m Missed     the client pays\n  o Move       it is invoiced\n\n");
    int rows, cols;
    menu_size(menu, 60, &rows, &cols);
    cr_expect_eq(rows, 5);
    cr_expect_eq(cols, 30);
}

Test(ui_menu, a_letter_chooses)
{
    cr_expect(widget_key(menu_widget(menu), 'm') & ACCEPT);
    cr_expect_eq(chosen(), 2);
    cr_expect_eq(widget_key(menu_widget(menu), 'o') & ACCEPT, 0u, "it is off");
    cr_expect_eq(chosen(), 0);
    cr_expect_eq(widget_key(menu_widget(menu), 'j'), 0u);
}

Test(ui_menu, the_cursor_chooses)
{
    widget_act(menu_widget(menu), ACTION_DOWN, 0);
    cr_expect(widget_act(menu_widget(menu), ACTION_OPEN, 0) & ACCEPT);
    cr_expect_eq(chosen(), 2);
    menu_select(menu, 1);
    cr_expect_eq(chosen(), 1);
    cr_expect(widget_act(menu_widget(menu), ACTION_CANCEL, 0) & CLOSE);
    struct input click = {.type = INPUT_MOUSE, .button = MOUSE_LEFT, .row = 3};
    cr_expect(widget_mouse(menu_widget(menu), &click) & ACCEPT);
    cr_expect_eq(chosen(), 2);
}
