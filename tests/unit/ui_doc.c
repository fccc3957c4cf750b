/* Documents: building, wrapping, scrolling, searching; and the charts in them. */
#include "ui_screen.h"

#include <math.h>

#include "centurion/ui/doc.h"

static struct doc *doc;

static void setup(void)
{
    screen_start(24, 6, false);
    doc = doc_new();
}

static void teardown(void)
{
    doc_free(doc);
    term_stop();
}

TestSuite(ui_doc, .init = setup, .fini = teardown);

static void show(void)
{
    screen_show(doc_widget(doc));
}

static void build_spans(void *ctx, struct doc *built, int cols, int rows)
{
    int *size = ctx;
    size[0] = cols;
    size[1] = rows;
    doc_line(built);
    doc_text(built, ROLE_STRONG, "Sam");
    doc_span(built, ROLE_DIM, "  wk %d/%d", 2, 6);
    doc_rule(built, NULL);
    doc_line(built);
    doc_text(built, ROLE_DIM, "weight");
    doc_at(built, 8);
    doc_text(built, ROLE_BAD, "82.4");
    doc_right(built, ROLE_TEXT, "-1.2", -1);
    doc_line(built);
    doc_right(built, ROLE_HEADER, "Mo", 10);
    doc_right(built, ROLE_HEADER, "Tu", 14);
    doc_line(built);
    doc_text(built, ROLE_TEXT, "longer than");
    doc_at(built, 4);
    doc_text(built, ROLE_TEXT, "there is room");
    doc_rule(built, "notes");
}

Test(ui_doc, spans_columns_and_rules)
{
    int size[2] = {0, 0};
    doc_on_build(doc, build_spans, size);
    doc_rebuild(doc);
    cr_expect_eq(doc_lines(doc), 0, "nothing is built without a size");
    show();
    cr_expect_eq(size[0], 22, "a column on either side stays free");
    cr_expect_eq(size[1], 6);
    screen_expect(" Sam  wk 2/6\n"
                  " ──────────────────────\n"
                  " weight  82.4      -1.2\n"
                  "         Mo  Tu\n"
                  " longer than there is …\n"
                  " ─ notes ──────────────\n");
    screen_expect_roles(" sss  dd ddd\n"
                        " rrrrrrrrrrrrrrrrrrrrrr\n"
                        " dddddd  bbbb      tttt\n"
                        "         hh  hh\n"
                        " tttttt tttt ttttt tt t\n"
                        " r hhhhh rrrrrrrrrrrrrr\n");
    doc_set_dim(doc, true);
    show();
    screen_expect_roles(" ddd  dd ddd\n"
                        " rrrrrrrrrrrrrrrrrrrrrr\n"
                        " dddddd  dddd      dddd\n"
                        "         dd  dd\n"
                        " dddddd dddd ddddd dd d\n"
                        " r ddddd rrrrrrrrrrrrrr\n");
}

static const char *words;

static void build_words(void *ctx, struct doc *built, int cols, int rows)
{
    (void)ctx;
    (void)cols;
    (void)rows;
    doc_line(built);
    doc_text(built, ROLE_NOTE, "wk 1");
    doc_at(built, 6);
    doc_wrap(built, 6, ROLE_TEXT, words);
}

static void show_words(const char *text)
{
    words = text;
    doc_on_build(doc, build_words, NULL);
    show();
}

static void build_room(void *ctx, struct doc *built, int cols, int rows)
{
    (void)ctx;
    (void)cols;
    (void)rows;
    doc_line(built);
    for (int i = 0; i < 4; i++) {
        doc_room(built, 7, 2);
        doc_text(built, ROLE_TEXT, "seven77");
        doc_gap(built, 1);
    }
}

Test(ui_doc, what_has_no_room_goes_into_a_new_line)
{
    doc_on_build(doc, build_room, NULL);
    show();
    screen_expect(" seven77 seven77\n"
                  "   seven77 seven77\n\n\n\n\n");
}

Test(ui_doc, paragraphs_hang)
{
    show_words("Knee sore, swap runs for a bike. #injury");
    screen_expect(" wk 1  Knee sore, swap\n"
                  "       runs for a bike.\n"
                  "       #injury\n\n\n\n");
    screen_expect_roles(" nn n  tttt ttttt tttt\n"
                        "       tttt ttt t ttttt\n"
                        "       iiiiiii\n\n\n\n");
    show_words("no#tag # 1 #one, #two");
    screen_expect_roles(" nn n  tttttt t t iiiit\n"
                        "       iiii\n\n\n\n\n");
}

/* Signs of hits take no column, also where a line is full to the last one. */
Test(ui_doc, hits_stand_out)
{
    show_words("\x02knee\x03 sore #\x02injury\x03 #a");
    screen_expect(" wk 1  knee sore\n"
                  "       #injury #a\n\n\n\n\n");
    screen_expect_roles(" nn n  mmmm tttt\n"
                        "       immmmmm ii\n\n\n\n\n");
    show_words("\x02"
               "abcdefgh\x03 \x02ijklmno\x03 p");
    screen_expect(" wk 1  abcdefgh ijklmno\n"
                  "       p\n\n\n\n\n");
}

Test(ui_doc, paragraphs_keep_lines_and_break_what_has_no_blanks)
{
    show_words("one\r\ntwo\n\nabcdefghijklmnopqrstuvwxyz");
    screen_expect(" wk 1  one\n"
                  "       two\n\n"
                  "       abcdefghijklmnop\n"
                  "       qrstuvwxyz\n\n");
    show_words("漢字漢字漢字漢字漢字e\xcc\x81");
    screen_expect(" wk 1  漢字漢字漢字漢字\n"
                  "       漢字e\xcc\x81\n\n\n\n\n");
    show_words("");
    screen_expect(" wk 1\n\n\n\n\n\n");
}

static void build_long(void *ctx, struct doc *built, int cols, int rows)
{
    (void)cols;
    (void)rows;
    for (int i = 0; i < *(const int *)ctx; i++) {
        doc_line(built);
        doc_span(built, ROLE_TEXT, "line %d%s", i, i % 10 == 7 ? " Zoë" : "");
    }
}

Test(ui_doc, scrolling)
{
    static int lines = 20;
    doc_on_build(doc, build_long, &lines);
    show();
    struct widget *widget = doc_widget(doc);
    screen_expect(" line 0                ▐\n line 1\n line 2\n line 3\n line 4\n line 5\n");
    static const struct {
        enum action action;
        int count;
        const char *first;
    } steps[] = {{ACTION_DOWN, 0, " line 1\n"},       {ACTION_DOWN, 4, " line 5\n"},
                 {ACTION_UP, 2, " line 3\n"},         {ACTION_HALF_DOWN, 0, " line 6\n"},
                 {ACTION_PAGE_DOWN, 0, " line 11\n"}, {ACTION_HALF_UP, 0, " line 8\n"},
                 {ACTION_PAGE_UP, 0, " line 3\n"},    {ACTION_BOTTOM, 0, " line 14\n"},
                 {ACTION_TOP, 5, " line 4\n"},        {ACTION_TOP, 0, " line 0 "}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        cr_expect(widget_accepts(widget, steps[i].action));
        cr_expect_eq(widget_act(widget, steps[i].action, steps[i].count), TAKEN | REPAINT, "step %zu", i);
        show();
        struct str text = {0};
        term_show();
        term_snapshot(&text, NULL);
        cr_expect(str_starts(text.text, steps[i].first), "step %zu: %s", i, text.text);
        str_fini(&text);
    }
    cr_expect_eq(widget_act(widget, ACTION_UP, 0), TAKEN, "at the top");
    cr_expect_eq(widget_act(widget, ACTION_OPEN, 0), NOT_TAKEN);
    widget_act(widget, ACTION_DOWN, 10);
    lines = 8;
    doc_rebuild(doc);
    show();
    cr_expect(screen_has("line 7 Zoë") && screen_has("line 2") && !screen_has("line 1"),
              "the scroll is kept as far as it goes");
    doc_scroll_top(doc);
    show();
    cr_expect(screen_has(" line 0"));
    struct input wheel = {.type = INPUT_MOUSE, .button = MOUSE_WHEEL_DOWN};
    cr_expect_eq(widget_mouse(widget, &wheel), TAKEN | REPAINT);
    cr_expect_eq(widget_mouse(widget, &wheel), TAKEN);
}

Test(ui_doc, searching)
{
    int lines = 40;
    doc_on_build(doc, build_long, &lines);
    show();
    cr_expect(doc_search(doc, "zOË", 1));
    show();
    cr_expect(screen_has("› line 7") || screen_has("›line 7"));
    struct str roles = {0};
    term_show();
    term_snapshot(NULL, &roles);
    cr_expect(strstr(roles.text, "atttt t mmm\n"), "%s", roles.text);
    str_fini(&roles);
    cr_expect(doc_search(doc, "zOË", 1));
    show();
    cr_expect(screen_has("line 17 Zoë"));
    cr_expect(doc_search(doc, "zOË", -1));
    cr_expect(doc_search(doc, "zOË", -1));
    show();
    cr_expect(screen_has("line 37 Zoë"), "around the end");
    cr_expect_not(doc_search(doc, "nobody", 1));
    cr_expect_not(doc_search(doc, "", 1));
    cr_expect(doc_search(doc, "line 3", 1));
}

static void build_charts(void *ctx, struct doc *built, int cols, int rows)
{
    (void)ctx;
    (void)rows;
    static const double values[] = {1, 2, 3, NAN, 4};
    doc_line(built);
    doc_text(built, ROLE_DIM, "steps");
    doc_at(built, 8);
    doc_spark(built, ROLE_CHART, values, 5, cols - 12);
    doc_right(built, ROLE_TEXT, "6k", -1);
    doc_line(built);
    doc_heat(built, "221");
    doc_text(built, ROLE_TEXT, " days");
    doc_chart(built, &(struct chart){.values = values, .count = 5, .last_label = "Fri"}, 3);
    doc_line(built);
    doc_text(built, ROLE_TEXT, "below");
}

Test(ui_doc, charts_scroll_like_text)
{
    doc_on_build(doc, build_charts, NULL);
    show();
    cr_expect_eq(doc_lines(doc), 6);
    cr_expect(screen_has(" steps   ▁▃▆ █       6k\n ██▒ days\n"));
    cr_expect(screen_has(" below\n"));
    term_resize_headless(24, 3);
    show();
    widget_act(doc_widget(doc), ACTION_BOTTOM, 0);
    show();
    cr_expect(screen_has("└") && screen_has("─ Fri"));
    cr_expect_not(screen_has("steps"));
}

Test(ui_doc, every_size_has_a_picture)
{
    words = "Knee sore, 漢字漢字 swap runs for a bike. #injury";
    doc_on_build(doc, build_words, NULL);
    for (int rows = 0; rows < 5; rows++)
        for (int cols = 0; cols < 24; cols++) {
            struct surface all = term_surface(), part = surface_sub(&all, 0, 0, rows, cols);
            widget_resize(doc_widget(doc), rows, cols);
            widget_paint(doc_widget(doc), &part);
            cr_expect(rows == 0 || cols == 0 || doc_lines(doc) >= 1);
        }
}

TestSuite(ui_chart, .init = setup, .fini = teardown);

static void chart(const double *values, int count, int rows, int cols)
{
    struct surface all = term_surface(), part = surface_sub(&all, 0, 0, rows, cols);
    surface_clear(&all);
    chart_line(
        &part,
        &(struct chart){.values = values, .count = count, .first_label = "1 Jan", .last_label = "9 Jan", .decimals = 1},
        ROLE_CHART);
}

Test(ui_chart, a_line_from_the_least_to_the_greatest)
{
    static const double rising[] = {80, 81, 82, 83, 84};
    chart(rising, 5, 4, 24);
    screen_expect("84.0 ┤            ⣀⣀⠤⠔⠒⠉\n"
                  "     │     ⣀⡠⠤⠒⠒⠉⠉\n"
                  "80.0 ┤⣀⠤⠒⠊⠉\n"
                  "     └─ 1 Jan ──── 9 Jan\n\n\n");
}

/* Days that share a cell share its mark. */
Test(ui_chart, marks_on_the_axis)
{
    static const double values[] = {80, 81, 82, 83, 84, 85};
    struct surface all = term_surface(), part = surface_sub(&all, 0, 0, 3, 20);
    struct chart marked = {.values = values, .count = 6, .label_cols = 6, .marks = "012300"};
    chart_line(&part, &marked, ROLE_CHART);
    screen_expect("    85 ┤     ⢀⣀⡠⠔⠒⠊⠉\n"
                  "    80 ┤⣀⠤⠤⠒⠉⠁\n"
                  "       └──◆─┴─◈─────\n\n\n\n");
    cr_expect_str_eq(chart_mark_glyph(CHART_MARK_NOTE | CHART_MARK_SESSION), "◈");
    surface_clear(&all);
    marked.marks = "120000";
    part = surface_sub(&all, 0, 0, 3, 11);
    chart_line(&part, &marked, ROLE_CHART);
    screen_expect("    85 ┤ ⢀⠎\n"
                  "    80 ┤⡠⠃\n"
                  "       └◈──\n\n\n\n");
}

Test(ui_chart, gaps_and_level_lines)
{
    static const double level[] = {5, 5, NAN, 5};
    chart(level, 4, 4, 16);
    struct str text = {0};
    term_show();
    term_snapshot(&text, NULL);
    cr_expect(strstr(text.text, "5.0 ┤") && !strstr(strstr(text.text, "5.0 ┤") + 1, "5.0"), "one label: %s", text.text);
    cr_expect(strstr(text.text, "  "), "%s", text.text);
    str_fini(&text);
    static const double nothing[] = {NAN, INFINITY};
    chart(nothing, 2, 4, 16);
    screen_expect(" │\n │\n │\n └──────── 9 Jan\n\n\n");
}

Test(ui_chart, plain_set)
{
    term_stop();
    screen_start(24, 6, true);
    static const double rising[] = {1, 2, 3};
    chart(rising, 3, 4, 12);
    screen_expect("3.0 |      *\n    |   *\n1.0 |*\n    +- 9 Jan\n\n\n");
}

Test(ui_chart, small_ones_draw_nothing_wrong)
{
    static const double values[] = {1, 2, 3};
    for (int rows = 0; rows < 6; rows++)
        for (int cols = 0; cols < 24; cols++)
            chart(values, 3, rows, cols);
    chart(values, 0, 6, 24);
    cr_expect(screen_has("9 Jan"));
}

Test(ui_chart, sparks_show_the_last_ones)
{
    static const double values[] = {100, 1, NAN, 2, 3}, same[] = {4, 4};
    struct surface all = term_surface();
    chart_spark(&all, 0, 0, 4, ROLE_CHART, values, 5);
    chart_spark(&all, 1, 0, 4, ROLE_CHART, same, 2);
    chart_spark(&all, 2, 0, 0, ROLE_CHART, same, 2);
    screen_expect("▁ ▅█\n▄▄\n\n\n\n\n");
}

Test(ui_chart, heat)
{
    struct surface all = term_surface();
    cr_expect_eq(chart_heat(&all, 0, 1, 7, "0022 1p2"), 7);
    cr_expect_eq(chart_heat(&all, 1, 0, 7, ""), 0);
    screen_expect(" ·██ ▒○█\n\n\n\n\n\n");
    screen_expect_roles(" dgg wdg\n\n\n\n\n\n");
}
