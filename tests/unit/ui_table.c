/* The table: columns, cells, cursor, reloads, states. */
#include "ui_screen.h"

#include <math.h>
#include <stdio.h>

#include "centurion/ui/table.h"

/* A source of `count` rows whose keys are 100, 101, ... shifted by `shift`. */
static struct {
    int count, shift;
    int keys_asked, cells_asked;
    int want_first, want_count, wants;
    bool can_find;
} source;

static int source_count(void *ctx)
{
    (void)ctx;
    return source.count;
}

static int64_t source_key(void *ctx, int index)
{
    (void)ctx;
    source.keys_asked++;
    return 100 + index - source.shift;
}

static int source_find(void *ctx, int64_t key)
{
    (void)ctx;
    int64_t index = key - 100 + source.shift;
    return index >= 0 && index < source.count ? (int)index : -1;
}

static void source_want(void *ctx, int first, int count)
{
    (void)ctx;
    source.want_first = first;
    source.want_count = count;
    source.wants++;
}

static void source_cell(void *ctx, int index, int column, struct cell *out)
{
    static char name[32];
    (void)ctx;
    source.cells_asked++;
    switch (column) {
    case 0:
        snprintf(name, sizeof name, "%s %d", index % 2 ? "Zoë Ångström" : "Amy", index - source.shift);
        out->text = name;
        break;
    case 1:
        *out = (struct cell){.kind = CELL_SCORE, .role = ROLE_BAD, .number = 70, .text = glyph(GLYPH_BAND_RED)};
        break;
    case 2:
        *out = (struct cell){.kind = CELL_DELTA, .role = ROLE_BAD, .number = index - source.shift - 1};
        break;
    default:
        *out = (struct cell){.kind = CELL_EMPTY};
        break;
    }
}

static const char *source_flag(void *ctx, int index, enum role *role)
{
    (void)ctx;
    *role = ROLE_BAD;
    return index == 0 ? "!" : NULL;
}

static bool source_muted(void *ctx, int index)
{
    (void)ctx;
    return index == 2;
}

static const struct table_column columns[] = {
    {.id = "name", .title = "Client", .cols = 8, .flexible = true},
    {.id = "score", .title = "Score", .cols = 5, .rank = 1, .right = true},
    {.id = "delta", .title = "Δ", .cols = 4, .rank = 3, .right = true},
    {.id = "last", .title = "Last", .cols = 4, .rank = 2, .right = true},
};

static struct table *table;

static void make_table(const struct table_column *own, int count)
{
    struct table_source callbacks = {.count = source_count,
                                     .key = source_key,
                                     .cell = source_cell,
                                     .want = source_want,
                                     .muted = source_muted,
                                     .flag = source_flag,
                                     .find = source.can_find ? source_find : NULL};
    table_free(table);
    table = table_new(own, count, &callbacks);
    table_set_state(table, TABLE_READY, NULL);
    table_reload(table);
    table_widget(table)->focused = true;
}

static void setup(void)
{
    screen_start(34, 5, false);
    source.count = 4;
    make_table(columns, 4);
}

static void teardown(void)
{
    table_free(table);
    term_stop();
}

TestSuite(ui_table, .init = setup, .fini = teardown);

static void show(void)
{
    screen_show(table_widget(table));
}

Test(ui_table, rows_columns_flags_and_grounds)
{
    show();
    screen_expect("   Client       Score     Δ  Last\n"
                  "›! Amy 0         70 ●    ▼1     –\n"
                  "   Zoë Ångstr…   70 ●     0     –\n"
                  "   Amy 2         70 ●    ▲1     –\n"
                  "   Zoë Ångstr…   70 ●    ▲2     –\n");
    screen_expect_roles("   hhhhhh       hhhhh     h  hhhh\n"
                        "ab sss s         bb b    bb     d\n"
                        "   ttt ttttttt   bb b     b     d\n"
                        "   ddd d         dd d    dd     d\n"
                        "   ttt ttttttt   bb b    bb     d\n"
                        "1  selected 0-33\n");
    table_widget(table)->focused = false;
    show();
    struct str roles = {0};
    term_show();
    term_snapshot(NULL, &roles);
    cr_expect(strstr(roles.text, "1  passive 0-33"), "%s", roles.text);
    str_fini(&roles);
}

Test(ui_table, moving_by_a_row_changes_two_rows)
{
    struct str before = {0}, after = {0};
    source.count = 50;
    make_table(columns, 4);
    show();
    term_show();
    term_snapshot(&before, NULL);
    cr_expect_eq(widget_act(table_widget(table), ACTION_DOWN, 0), TAKEN | REPAINT | MOVED);
    show();
    term_show();
    term_snapshot(&after, NULL);
    int different = 0;
    for (const char *a = before.text, *b = after.text; *a && *b;) {
        size_t a_length = strcspn(a, "\n"), b_length = strcspn(b, "\n");
        different += a_length != b_length || memcmp(a, b, a_length) != 0;
        a += a_length + 1;
        b += b_length + 1;
    }
    cr_expect_eq(different, 2);
    str_fini(&before);
    str_fini(&after);
}

Test(ui_table, columns_go_by_rank)
{
    term_resize_headless(28, 3);
    show();
    screen_expect("   Client   Score    Δ Last\n"
                  "›! Amy 0     70 ●   ▼1    –▐\n"
                  "   Zoë Ång…  70 ●    0    –\n");
    term_resize_headless(26, 3);
    show();
    screen_expect("   Client     Score  Last›\n"
                  "›! Amy 0       70 ●     –▐\n"
                  "   Zoë Ångs…   70 ●     –\n");
    term_resize_headless(18, 3);
    show();
    screen_expect("   Client   Score›\n"
                  "›! Amy 0     70 ●▐\n"
                  "   Zoë Ång…  70 ●\n");
    term_resize_headless(9, 3);
    show();
    screen_expect("   Clie…›\n"
                  "›! Amy 0▐\n"
                  "   Zoë …\n");
}

Test(ui_table, what_does_not_fit_is_scrolled_to_beside_the_first_column)
{
    term_resize_headless(18, 3);
    show();
    struct widget *widget = table_widget(table);
    cr_expect(widget_accepts(widget, ACTION_RIGHT));
    cr_expect_not(widget_accepts(widget, ACTION_LEFT));
    cr_expect_eq(widget_act(widget, ACTION_RIGHT, 0), TAKEN | REPAINT);
    show();
    screen_expect("   Client       Δ›\n"
                  "›! Amy 0       ▼1▐\n"
                  "   Zoë Ång…     0\n");
    cr_expect_eq(widget_act(widget, ACTION_RIGHT, 9), TAKEN | REPAINT);
    show();
    screen_expect("   Client    Last\n"
                  "›! Amy 0        –▐\n"
                  "   Zoë Ång…     –\n");
    cr_expect_not(widget_accepts(widget, ACTION_RIGHT));
    cr_expect_eq(widget_act(widget, ACTION_RIGHT, 0), TAKEN);
    cr_expect_eq(widget_act(widget, ACTION_LEFT, 9), TAKEN | REPAINT);
    cr_expect_not(widget_accepts(widget, ACTION_LEFT));
}

Test(ui_table, a_number_is_never_cut)
{
    static const struct table_column narrow[] = {{.id = "name", .title = "A", .cols = 3},
                                                 {.id = "score", .title = "S", .cols = 2, .right = true}};
    term_resize_headless(12, 2);
    make_table(narrow, 2);
    show();
    screen_expect("›! Am…  ## ▐\n   Zo…  ##\n"); /* two rows are too few for titles */
}

static struct cell given;
static void given_cell(void *ctx, int index, int column, struct cell *out)
{
    (void)ctx;
    (void)index;
    (void)column;
    *out = given;
}

static void expect_cell(struct cell cell, const char *expected)
{
    static const struct table_column one[] = {{.id = "value", .title = "Value", .cols = 12, .right = true}};
    struct table_source callbacks = {.count = source_count, .key = source_key, .cell = given_cell};
    given = cell;
    source.count = 1;
    struct table *own = table_new(one, 1, &callbacks);
    table_set_state(own, TABLE_READY, NULL);
    table_reload(own);
    screen_show(table_widget(own));
    screen_expect(expected);
    table_free(own);
}

Test(ui_table, kinds_of_cells)
{
    static const double series[] = {1, 2, NAN, 8};
    term_resize_headless(18, 1);
    expect_cell((struct cell){.kind = CELL_TEXT, .text = "words"}, "›         words\n");
    expect_cell((struct cell){.kind = CELL_TEXT, .text = NULL}, "›\n");
    expect_cell((struct cell){.kind = CELL_INT, .number = 1234567}, "›     1,234,567\n");
    expect_cell((struct cell){.kind = CELL_INT, .number = -999}, "›          -999\n");
    expect_cell((struct cell){.kind = CELL_REAL, .real = 82.449, .decimals = 1}, "›          82.4\n");
    expect_cell((struct cell){.kind = CELL_PERCENT, .number = 43}, "›           43%\n");
    expect_cell((struct cell){.kind = CELL_MONEY, .number = 123450}, "›      1,234.50\n");
    expect_cell((struct cell){.kind = CELL_DATE, .number = 20469}, "›        16 Jan\n");
    expect_cell((struct cell){.kind = CELL_DELTA, .number = -20}, "›           ▼20\n");
    expect_cell((struct cell){.kind = CELL_SCORE, .number = 5, .text = "○"}, "›           5 ○\n");
    expect_cell((struct cell){.kind = CELL_EMPTY}, "›             –\n");
    expect_cell((struct cell){.kind = CELL_HEAT, .text = "2210p 2"}, "›  ██▒·○ █\n");
    expect_cell((struct cell){.kind = CELL_SPARK, .series = series, .count = 4}, "›  ▁▂ █\n");
    expect_cell((struct cell){.kind = CELL_HITS, .text = "a\x02 b\nc\x03"}, "›  a b c\n");
    expect_cell((struct cell){.kind = CELL_HITS, .text = "a line that is long"}, "›  a line that…\n");
    expect_cell((struct cell){.kind = CELL_HITS, .text = "sore is the \x02knee\x03 of hers"}, "›  …the knee o…\n");
}

Test(ui_table, motions)
{
    source.count = 100;
    make_table(columns, 4);
    show(); /* four rows to a page */
    struct widget *widget = table_widget(table);
    static const struct {
        enum action action;
        int count, cursor;
    } steps[] = {{ACTION_DOWN, 0, 1},    {ACTION_DOWN, 5, 6},    {ACTION_UP, 2, 4},         {ACTION_BOTTOM, 0, 99},
                 {ACTION_TOP, 0, 0},     {ACTION_TOP, 10, 9},    {ACTION_PAGE_DOWN, 0, 13}, {ACTION_HALF_DOWN, 0, 15},
                 {ACTION_PAGE_UP, 2, 7}, {ACTION_HALF_UP, 9, 0}, {ACTION_BOTTOM, 50, 49},   {ACTION_DOWN, 99999, 99}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        cr_expect(widget_accepts(widget, steps[i].action));
        cr_expect(widget_act(widget, steps[i].action, steps[i].count) & MOVED, "step %zu", i);
        cr_expect_eq(table_cursor(table), steps[i].cursor, "step %zu: %d", i, table_cursor(table));
    }
    cr_expect_eq(widget_act(widget, ACTION_DOWN, 0), TAKEN, "at the end");
    cr_expect_eq(table_move(table, -1), TAKEN | REPAINT | MOVED);
    cr_expect_eq(widget_act(widget, ACTION_OPEN, 0), NOT_TAKEN);
}

Test(ui_table, beside_another_pane_the_page_turns_by_a_third)
{
    term_resize_headless(60, 13);
    source.count = 100;
    make_table(columns, 4);
    widget_resize(table_widget(table), 13, 30); /* a page of 12 */
    table_move(table, 11);
    struct surface all = term_surface(), part = surface_sub(&all, 0, 0, 13, 30);
    widget_paint(table_widget(table), &part);
    cr_expect(screen_has("! Amy 0 ") && screen_has("Amy 10 ") && !screen_has("Amy 12 "));
    table_move(table, 1);
    surface_clear(&all);
    widget_paint(table_widget(table), &part);
    cr_expect(screen_has("   Amy 4 ") && !screen_has("Amy 2 ") && screen_has("›  Amy 12 "), "four rows on");
}

Test(ui_table, a_hundred_thousand_rows_cost_a_screenful)
{
    source.count = 100000;
    source.can_find = true;
    make_table(columns, 4);
    source.keys_asked = source.cells_asked = 0;
    show();
    cr_expect_leq(source.cells_asked, 4 * 4);
    widget_act(table_widget(table), ACTION_BOTTOM, 0);
    show();
    cr_expect_eq(table_cursor(table), 99999);
    cr_expect_eq(source.want_first, 99992, "%d", source.want_first);
    cr_expect_eq(source.want_count, 8, "%d", source.want_count);
    source.shift = 7; /* rows came in above, and the source can say where the old ones are now */
    source.count = 100007;
    table_reload(table);
    cr_expect_eq(table_cursor(table), 100006);
    cr_expect_leq(source.keys_asked, 50);
    cr_expect(table_select(table, 150));
    cr_expect_eq(table_cursor(table), 57);
    cr_expect_leq(source.keys_asked, 100);
    cr_expect_not(table_select(table, -7));
}

Test(ui_table, the_window_is_asked_for_once)
{
    source.count = 100;
    make_table(columns, 4);
    show();
    source.wants = 0;
    table_move(table, 1); /* the page stays */
    cr_expect_eq(source.wants, 0);
    table_move(table, 20);
    cr_expect_eq(source.wants, 1);
    cr_expect_eq(source.want_first, 14, "%d", source.want_first);
    cr_expect_eq(source.want_count, 12);
    table_reload(table);
    cr_expect_eq(source.wants, 2, "the rows may be others");
}

Test(ui_table, the_cursor_stays_on_its_row_across_reloads)
{
    source.count = 20;
    make_table(columns, 4);
    show();
    table_move(table, 9);
    show();
    screen_expect("   Client       Score     Δ  Last\n"
                  "   Amy 6         70 ●    ▲5     –\n"
                  "   Zoë Ångstr…   70 ●    ▲6     –▐\n"
                  "   Amy 8         70 ●    ▲7     –\n"
                  "›  Zoë Ångstr…   70 ●    ▲8     –\n");
    source.shift = 4; /* four new rows above */
    source.count = 24;
    table_reload(table);
    cr_expect_eq(table_cursor_key(table), 109);
    cr_expect_eq(table_cursor(table), 13);
    show();
    screen_expect("   Client       Score     Δ  Last\n"
                  "   Amy 6         70 ●    ▲5     –\n"
                  "   Zoë Ångstr…   70 ●    ▲6     –▐\n"
                  "   Amy 8         70 ●    ▲7     –\n"
                  "›  Zoë Ångstr…   70 ●    ▲8     –\n");
    source.shift = -15; /* the row is gone: the index stays, as far as there is one */
    source.count = 3;
    table_reload(table);
    cr_expect_eq(table_cursor(table), 2);
    cr_expect_eq(table_cursor_key(table), 117);
    source.count = 0;
    table_reload(table);
    cr_expect_eq(table_cursor(table), -1);
    cr_expect_eq(table_cursor_key(table), 0);
    cr_expect_eq(table_move(table, 1), TAKEN);
    source.count = 3;
    table_reload(table);
    cr_expect_eq(table_cursor(table), 0);
}

Test(ui_table, states)
{
    term_resize_headless(26, 5);
    table_set_empty(table, "No client of yours was active in this week.");
    table_set_state(table, TABLE_STALE, "The link broke at 09:02.");
    show();
    screen_expect("   Client     Score  Last›\n"
                  "›! Amy 0       70 ●     –▐\n"
                  "   Zoë Ångs…   70 ●     –▐\n"
                  "   Amy 2       70 ●     –\n"
                  "   The link broke at 09:…\n");
    table_set_state(table, TABLE_LOADING, NULL);
    show();
    cr_expect(screen_has("Amy 2") && !screen_has("loading"), "rows stay until there are others");
    table_set_state(table, TABLE_FAILED, "permission denied for table users");
    show();
    screen_expect("   Client     Score  Last›\n   permission denied for\n   table users\n\n\n");
    source.count = 0;
    table_reload(table);
    table_set_state(table, TABLE_LOADING, NULL);
    show();
    screen_expect("   Client     Score  Last›\n   loading…\n\n\n\n");
    table_set_state(table, TABLE_READY, NULL);
    show();
    screen_expect("   Client     Score  Last›\n   No client of yours was\n   active in this week.\n\n\n");
}

static struct input mouse(enum mouse_button button, int row, bool twice)
{
    return (struct input){.type = INPUT_MOUSE, .button = button, .row = row, .col = 4, .double_click = twice};
}

Test(ui_table, mouse)
{
    source.count = 100;
    make_table(columns, 4);
    show();
    struct widget *widget = table_widget(table);
    struct input input = mouse(MOUSE_LEFT, 3, false);
    cr_expect_eq(widget_mouse(widget, &input), TAKEN | REPAINT | MOVED);
    cr_expect_eq(table_cursor(table), 2);
    input = mouse(MOUSE_LEFT, 3, true);
    cr_expect_eq(widget_mouse(widget, &input), TAKEN | MOVED | ACCEPT);
    input = mouse(MOUSE_LEFT, 0, false);
    cr_expect_eq(widget_mouse(widget, &input), TAKEN, "the titles");
    input = mouse(MOUSE_WHEEL_DOWN, 1, false);
    cr_expect(widget_mouse(widget, &input) & REPAINT);
    cr_expect_eq(table_cursor(table), 3, "it stays in sight");
    input = mouse(MOUSE_WHEEL_UP, 1, false);
    cr_expect(widget_mouse(widget, &input) & REPAINT);
    cr_expect_eq(widget_mouse(widget, &input), TAKEN, "at the top");
}

Test(ui_table, every_size_has_a_picture)
{
    source.count = 100;
    make_table(columns, 4);
    for (int rows = 0; rows < 6; rows++) {
        for (int cols = 0; cols < 34; cols++) {
            struct surface all = term_surface(), part = surface_sub(&all, 0, 0, rows, cols);
            widget_resize(table_widget(table), rows, cols);
            widget_act(table_widget(table), ACTION_BOTTOM, 0);
            widget_act(table_widget(table), ACTION_PAGE_UP, 0);
            widget_act(table_widget(table), ACTION_RIGHT, 3);
            widget_paint(table_widget(table), &part);
            widget_act(table_widget(table), ACTION_LEFT, 3);
        }
    }
    cr_expect_geq(table_cursor(table), 0);
}

Test(ui_table, a_column_takes_another_width)
{
    table_set_column_cols(table, 3, 8);
    show();
    screen_expect("   Client     Score    Δ     Last\n"
                  "›! Amy 0       70 ●   ▼1        –\n"
                  "   Zoë Ångst…  70 ●    0        –\n"
                  "   Amy 2       70 ●   ▲1        –\n"
                  "   Zoë Ångst…  70 ●   ▲2        –\n");
}

Test(ui_table, marks_stay_with_their_rows)
{
    source.count = 6;
    make_table(columns, 4);
    struct widget *widget = table_widget(table);
    cr_expect_not(widget_accepts(widget, ACTION_MARK));
    table_set_marking(table, true);
    widget_act(widget, ACTION_MARK, 0);
    widget_act(widget, ACTION_DOWN, 0);
    widget_act(widget, ACTION_MARK, 2);
    cr_expect_eq(table_mark_count(table), 3);
    cr_expect(table_marked(table, 100) && !table_marked(table, 101) && table_marked(table, 102) &&
              table_marked(table, 103));
    show();
    cr_expect(screen_has("\n ◆  Zoë Ångst"));
    source.shift = 1; /* every key is one row further down */
    table_reload(table);
    cr_expect(table_marked(table, 102));
    widget_act(widget, ACTION_MARK_NONE, 0);
    cr_expect_eq(table_mark_count(table), 0);
    cr_expect_not(widget_accepts(widget, ACTION_MARK_NONE));
    source.shift = 0;
}

Test(ui_table, a_range_of_marks_and_their_opposite)
{
    struct table_source all = {.count = source_count, .key = source_key, .cell = source_cell};
    source.count = 6;
    table_free(table);
    table = table_new(columns, 4, &all);
    table_set_state(table, TABLE_READY, NULL);
    table_reload(table);
    table_set_marking(table, true);
    struct widget *widget = table_widget(table);
    screen_show(widget);
    widget_act(widget, ACTION_DOWN, 0);
    widget_act(widget, ACTION_MARK_RANGE, 0);
    widget_act(widget, ACTION_DOWN, 3);
    widget_act(widget, ACTION_MARK_RANGE, 0);
    cr_expect_eq(table_mark_count(table), 4);
    cr_expect_eq(table_marks(table)[0], 101);
    widget_act(widget, ACTION_MARK_INVERT, 0);
    cr_expect_eq(table_mark_count(table), 2);
    cr_expect(table_marked(table, 100) && table_marked(table, 105));
    widget_act(widget, ACTION_MARK_ALL, 0);
    cr_expect_eq(table_mark_count(table), 6);
}

Test(ui_table, columns_are_chosen_and_the_order_is_shown)
{
    struct table_sort sorts[] = {{.column = 3, .descending = true}, {.column = 0}};
    table_set_columns(table, (int[]){0, 3, 1}, 3);
    table_set_sort(table, sorts, 2);
    show();
    cr_expect(screen_has("   Client▲2 "));
    cr_expect(screen_has("Last▼1  Score\n"));
    table_set_sort(table, sorts, 1);
    table_set_column_cursor(table, true);
    cr_expect_eq(table_column(table), 0);
    cr_expect_not(widget_accepts(table_widget(table), ACTION_LEFT));
    widget_act(table_widget(table), ACTION_RIGHT, 0);
    cr_expect_eq(table_column(table), 3);
    widget_act(table_widget(table), ACTION_RIGHT, 9);
    cr_expect_eq(table_column(table), 1);
    table_set_columns(table, (int[]){0, 1}, 2);
    cr_expect_eq(table_column(table), 1);
    const int *order;
    cr_expect_eq(table_columns(table, &order), 2);
    show();
    cr_expect_not(screen_has("Last"));
}

Test(ui_table, the_column_under_the_cursor_is_always_shown)
{
    static const char *const titles[] = {"Client", "Score", "Δ", "Last"};
    table_set_column_cursor(table, true);
    for (int cols = 12; cols <= 34; cols++) {
        term_resize_headless(cols, 4);
        show();
        for (int i = 1; i < 4; i++) {
            widget_act(table_widget(table), ACTION_RIGHT, 0);
            show();
            cr_expect(cols < 20 || screen_has(titles[i]), "%d columns: %s", cols, titles[i]);
        }
        widget_act(table_widget(table), ACTION_LEFT, 9);
        cr_expect_eq(table_column(table), 0);
    }
}
