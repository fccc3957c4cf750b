/* The sheet: typing, moving, undo, filling down, pasting, what is drawn. */
#include "ui_screen.h"

#include <stdio.h>
#include <stdlib.h>

#include "centurion/term/input.h"
#include "centurion/ui/sheet.h"

enum { ROWS = 3, COLUMNS = 3 };

/* stored: as on the server; typed: what lies over it. */
static struct {
    const char *stored[ROWS][COLUMNS];
    char typed[ROWS][COLUMNS][64];
    bool is_typed[ROWS][COLUMNS];
    char block[64];
    int count, blocks;
} source;

static int source_count(void *ctx)
{
    (void)ctx;
    return source.count;
}

static int64_t source_key(void *ctx, int row)
{
    (void)ctx;
    return 10 + row;
}

static const char *source_name(void *ctx, int row, bool *muted)
{
    static const char *const names[ROWS] = {"Ana", "Ben", "Zoë"};
    (void)ctx;
    *muted = row == 2;
    return names[row];
}

static bool source_judge(void *ctx, int row, int column, const char *text, char *words, size_t size)
{
    (void)ctx;
    (void)row;
    if (column == 0 && atoi(text) > 200) {
        snprintf(words, size, "Too much.");
        return false;
    }
    if (column == 0 && atoi(text) > 100)
        snprintf(words, size, "Much.");
    return true;
}

static void source_cell(void *ctx, int row, int column, struct sheet_cell *out)
{
    char words[64] = "";
    bool typed = source.is_typed[row][column];
    *out =
        (struct sheet_cell){.role = ROLE_TEXT, .text = typed ? source.typed[row][column] : source.stored[row][column]};
    if (typed)
        out->mark = !source_judge(ctx, row, column, out->text, words, sizeof words) ? SHEET_WRONG
                    : *words                                                        ? SHEET_ODD
                                                                                    : SHEET_CHANGED;
    else if (out->text && column == 0)
        out->remark = "m";
}

static void source_put(void *ctx, int row, int column, const char *text)
{
    (void)ctx;
    source.is_typed[row][column] = text != NULL;
    snprintf(source.typed[row][column], sizeof source.typed[row][column], "%s", text ? text : "");
}

static const char *source_typed(void *ctx, int row, int column)
{
    (void)ctx;
    return source.is_typed[row][column] ? source.typed[row][column] : NULL;
}

static const char *source_before(void *ctx, int row, int column)
{
    (void)ctx;
    return column == 0 && row == 0 ? "79" : NULL;
}

static const char *source_mean(void *ctx, int column)
{
    (void)ctx;
    return column == 0 ? "80" : NULL;
}

static const char *source_about(void *ctx, int row, int column, enum role *role)
{
    static char text[32];
    (void)ctx;
    *role = ROLE_DIM;
    snprintf(text, sizeof text, "about %d/%d", row, column);
    return text;
}

static void source_block(void *ctx, const char *text)
{
    (void)ctx;
    snprintf(source.block, sizeof source.block, "%s", text);
    source.blocks++;
}

static struct sheet *make(void)
{
    static const struct sheet_column columns[COLUMNS] = {
        {"Weight", SHEET_NUMBER, 6}, {"Water", SHEET_YESNO, 5}, {"Notes", SHEET_WORDS, 10}};
    struct sheet_source made = {.count = source_count,
                                .key = source_key,
                                .name = source_name,
                                .cell = source_cell,
                                .put = source_put,
                                .typed = source_typed,
                                .judge = source_judge,
                                .before = source_before,
                                .mean = source_mean,
                                .about = source_about,
                                .block = source_block};
    memset(&source, 0, sizeof source);
    source.count = ROWS;
    source.stored[0][0] = "80.5";
    screen_start(50, 7, false);
    struct sheet *sheet = sheet_new(&made);
    sheet_set_columns(sheet, "Client", columns, COLUMNS);
    sheet_reload(sheet);
    sheet_widget(sheet)->focused = true;
    screen_show(sheet_widget(sheet));
    return sheet;
}

static void end(struct sheet *sheet)
{
    sheet_free(sheet);
    term_stop();
}

static void type(struct sheet *sheet, const char *keys)
{
    for (; *keys; keys++)
        widget_key(sheet_widget(sheet), *keys == '\t'   ? KEYCODE_TAB
                                        : *keys == '\n' ? KEYCODE_ENTER
                                        : *keys == '\b' ? KEYCODE_BACKSPACE
                                                        : *keys);
}

Test(ui_sheet, shows_cells_marks_means_and_words)
{
    struct sheet *sheet = make();
    sheet_go(sheet, 1, 0);
    type(sheet, "81\t");
    screen_show(sheet_widget(sheet));
    screen_expect("  Client                Weight  Water  Notes\n"
                  "  Ana                     80.5m ·      ·\n"
                  "› Ben                       81*[·     ]·\n"
                  "  Zoë                        ·  ·      ·\n"
                  "  mean of all rows          80\n"
                  "\n"
                  "  about 1/1\n");
    end(sheet);
}

Test(ui_sheet, a_row_is_typed_without_leaving_digits_tab_and_y_or_n)
{
    struct sheet *sheet = make();
    type(sheet, "82.5\ty");
    cr_expect_eq(sheet_column(sheet), 2);
    type(sheet, "\t83\n");
    cr_expect_str_eq(source.typed[0][0], "82.5");
    cr_expect_str_eq(source.typed[0][1], "y");
    cr_expect_str_eq(source.typed[1][0], "83");
    cr_expect_eq(sheet_row(sheet), 1);
    cr_expect_eq(sheet_column(sheet), 1);
    end(sheet);
}

Test(ui_sheet, letters_that_move_do_not_start_typing)
{
    struct sheet *sheet = make();
    cr_expect_eq(widget_key(sheet_widget(sheet), 'j'), NOT_TAKEN);
    cr_expect_not(sheet_editing(sheet));
    cr_expect_neq(widget_act(sheet_widget(sheet), ACTION_DOWN, 0), NOT_TAKEN);
    cr_expect_eq(sheet_row(sheet), 1);
    end(sheet);
}

Test(ui_sheet, a_mistake_is_said_and_does_not_stop_the_typing)
{
    struct sheet *sheet = make();
    type(sheet, "201");
    screen_show(sheet_widget(sheet));
    cr_expect(screen_has("Too much."));
    type(sheet, "\b\b\b150");
    screen_show(sheet_widget(sheet));
    cr_expect(screen_has("Much."));
    cr_expect_not(screen_has("Too much."));
    type(sheet, "0\t");
    cr_expect_str_eq(source.typed[0][0], "1500");
    screen_show(sheet_widget(sheet));
    cr_expect(screen_has("1500!"));
    end(sheet);
}

Test(ui_sheet, what_a_line_cannot_hold_is_not_edited_in_it)
{
    struct sheet *sheet = make();
    char words[2000];
    memset(words, 'x', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    source.stored[0][2] = words;
    source.stored[1][2] = "one\ntwo";
    for (int row = 0; row < 2; row++) {
        sheet_go(sheet, row, 2);
        type(sheet, "\n");
        screen_show(sheet_widget(sheet));
        cr_expect_not(sheet_editing(sheet));
        cr_expect(screen_has("too long"));
        type(sheet, "\t");
        screen_show(sheet_widget(sheet));
        cr_expect_not(screen_has("too long"));
        cr_expect_not(source.is_typed[row][2]);
    }
    end(sheet);
}

Test(ui_sheet, escape_drops_the_cell_and_undo_takes_steps_back)
{
    struct sheet *sheet = make();
    type(sheet, "9");
    widget_key(sheet_widget(sheet), KEYCODE_ESCAPE);
    cr_expect_not(source.is_typed[0][0]);
    cr_expect_not(widget_accepts(sheet_widget(sheet), ACTION_UNDO));
    type(sheet, "81\t");
    sheet_go(sheet, 0, 0);
    type(sheet, "82\t");
    widget_act(sheet_widget(sheet), ACTION_UNDO, 0);
    cr_expect_str_eq(source.typed[0][0], "81");
    widget_act(sheet_widget(sheet), ACTION_UNDO, 0);
    cr_expect_not(source.is_typed[0][0]);
    cr_expect_not(widget_accepts(sheet_widget(sheet), ACTION_UNDO));
    end(sheet);
}

Test(ui_sheet, fill_down_leaves_what_is_there_and_is_one_step)
{
    struct sheet *sheet = make();
    source.stored[1][0] = "70";
    widget_act(sheet_widget(sheet), ACTION_FILL_DOWN, 0);
    cr_expect_not(source.is_typed[1][0]);
    cr_expect_str_eq(source.typed[2][0], "80.5");
    widget_act(sheet_widget(sheet), ACTION_UNDO, 0);
    cr_expect_not(source.is_typed[2][0]);
    end(sheet);
}

Test(ui_sheet, yesterday_repeat_and_clear)
{
    struct sheet *sheet = make();
    widget_act(sheet_widget(sheet), ACTION_COPY_YESTERDAY, 0);
    cr_expect_str_eq(source.typed[0][0], "79");
    sheet_go(sheet, 1, 0);
    type(sheet, "77\t");
    sheet_go(sheet, 2, 0);
    widget_act(sheet_widget(sheet), ACTION_REPEAT, 0);
    cr_expect_str_eq(source.typed[2][0], "77");
    sheet_go(sheet, 0, 0);
    widget_act(sheet_widget(sheet), ACTION_CLEAR, 0);
    cr_expect(source.is_typed[0][0]);
    cr_expect_str_eq(source.typed[0][0], "");
    end(sheet);
}

static void repeat_at(struct sheet *sheet, int row, int column)
{
    sheet_go(sheet, row, column);
    cr_expect(widget_accepts(sheet_widget(sheet), ACTION_REPEAT));
    widget_act(sheet_widget(sheet), ACTION_REPEAT, 0);
}

Test(ui_sheet, repeat_does_every_kind_of_change_again)
{
    struct sheet *sheet = make();
    struct str plan = {0};
    cr_expect_not(widget_accepts(sheet_widget(sheet), ACTION_REPEAT), "nothing was changed yet");
    widget_act(sheet_widget(sheet), ACTION_CLEAR, 0);
    type(sheet, "77\t");
    repeat_at(sheet, 1, 0);
    cr_expect_str_eq(source.typed[1][0], "77");
    widget_act(sheet_widget(sheet), ACTION_CLEAR, 0);
    repeat_at(sheet, 1, 0);
    cr_expect_str_eq(source.typed[1][0], "", "cleared");
    sheet_go(sheet, 0, 0);
    widget_act(sheet_widget(sheet), ACTION_COPY_YESTERDAY, 0);
    type(sheet, "n");
    sheet_go(sheet, 0, 0);
    widget_act(sheet_widget(sheet), ACTION_COPY_YESTERDAY, 0);
    source_put(NULL, 0, 0, NULL);
    repeat_at(sheet, 0, 0);
    cr_expect_str_eq(source.typed[0][0], "79", "yesterday's");
    sheet_go(sheet, 0, 0);
    widget_act(sheet_widget(sheet), ACTION_FILL_DOWN, 0);
    cr_expect_str_eq(source.typed[2][0], "79");
    sheet_go(sheet, 0, 1);
    type(sheet, "y");
    sheet_go(sheet, 0, 0);
    widget_act(sheet_widget(sheet), ACTION_FILL_DOWN, 0);
    repeat_at(sheet, 0, 1);
    cr_expect_str_eq(source.typed[2][1], "y", "another column filled");
    sheet_plan(sheet, "81\ty\n", &plan);
    sheet_take(sheet);
    repeat_at(sheet, 2, 0);
    cr_expect_eq(source.blocks, 1, "a block is shown before it is put there again");
    cr_expect_str_eq(source.block, "81\ty\n");
    str_fini(&plan);
    end(sheet);
}

Test(ui_sheet, a_reload_keeps_the_cell_that_is_being_edited)
{
    struct sheet *sheet = make();
    sheet_go(sheet, 1, 0);
    type(sheet, "8");
    sheet_reload(sheet);
    cr_expect(sheet_editing(sheet));
    type(sheet, "8\t");
    cr_expect_str_eq(source.typed[1][0], "88");
    end(sheet);
}

static const struct {
    const char *name, *text, *plan;
    int cells;
} pastes[] = {
    {"tabs", "81\ty\n82\tn\n", "Ana, Weight: 81 (was 80.5)\nAna, Water: y\nBen, Weight: 82\nBen, Water: n\n", 4},
    {"decimal commas", "81,5\t\n", "Ana, Weight: 81,5 (was 80.5)\n", 1},
    {"commas and quotes", "81,y,\"late\"\n", "Ana, Weight: 81 (was 80.5)\nAna, Water: y\nAna, Notes: late\n", 3},
    {"names of columns and rows", "name,notes,weight\nZOË,x,70\nBen,,71\n", "Zoë, Weight: 70\nBen, Weight: 71\n", 0},
    {"a mistake", "300\n", "Ana, Weight: 300 (was 80.5)  ! Too much.\n", 1},
    {"more than there is", "1\n2\n3\n4\n5\n", "Ana, Weight: 1 (was 80.5)\nBen, Weight: 2\nZoë, Weight: 3\n", 3},
    {"nothing", "\n\n", "", 0},
};

Test(ui_sheet, a_block_is_planned_before_it_is_taken)
{
    struct sheet *sheet = make();
    for (size_t i = 0; i < sizeof pastes / sizeof pastes[0]; i++) {
        struct str plan = {0};
        int cells = sheet_plan(sheet, pastes[i].text, &plan);
        if (pastes[i].cells || !*pastes[i].plan) {
            cr_expect_str_eq(str_text(&plan), pastes[i].plan, "%s: got\n%s", pastes[i].name, str_text(&plan));
            cr_expect_eq(cells, pastes[i].cells, "%s", pastes[i].name);
        } else { /* by names: letters beyond ASCII are compared as they are */
            cr_expect(strstr(str_text(&plan), "Ben, Weight: 71\n"), "%s: got\n%s", pastes[i].name, str_text(&plan));
        }
        cr_expect_not(source.is_typed[0][0]);
        str_fini(&plan);
    }
    struct str plan = {0};
    sheet_plan(sheet, "81\ty\n82\tn\n", &plan);
    sheet_take(sheet);
    cr_expect_str_eq(source.typed[1][1], "n");
    widget_act(sheet_widget(sheet), ACTION_UNDO, 0);
    cr_expect_not(source.is_typed[0][0]);
    cr_expect_not(source.is_typed[1][1]);
    str_fini(&plan);
    widget_paste(sheet_widget(sheet), "1\t2\n");
    cr_expect_eq(source.blocks, 1);
    end(sheet);
}

Test(ui_sheet, survives_any_size)
{
    struct sheet *sheet = make();
    for (int cols = 1; cols < 60; cols += 7)
        for (int rows = 1; rows < 9; rows++) {
            struct surface all = term_surface();
            widget_resize(sheet_widget(sheet), rows, cols);
            widget_act(sheet_widget(sheet), ACTION_RIGHT, 0);
            widget_act(sheet_widget(sheet), ACTION_DOWN, 0);
            widget_paint(sheet_widget(sheet), &all);
        }
    cr_expect_eq(sheet_row(sheet), ROWS - 1);
    source.count = 0;
    sheet_reload(sheet);
    sheet_set_empty(sheet, "Nobody.");
    screen_show(sheet_widget(sheet));
    cr_expect(screen_has("Nobody."));
    cr_expect_eq(widget_key(sheet_widget(sheet), '5'), NOT_TAKEN);
    end(sheet);
}
