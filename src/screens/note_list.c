/* Notes as lists: those about a member, in the record, and those about everybody whom one may see. */
#include <stdio.h>

#include "centurion/base/utf8.h"
#include "centurion/data/queries.gen.h"
#include "member_list.h"
#include "present.h"

enum { NOTE_WEEK, NOTE_WHEN, NOTE_CLIENT, NOTE_AUTHOR, NOTE_TEXT, NOTE_TAGS, NOTE_COLUMNS };

/* one: all are about the same client. */
#define NOTE_LIST(one)                                                                                                 \
    {                                                                                                                  \
        [NOTE_WEEK] = {{.id = "week", .title = "Wk", .cols = 3, .right = true}, LIST_NUMBER, false},                   \
        [NOTE_WHEN] = {{.id = "when", .title = "When", .cols = 12, .rank = 2}, LIST_DATE, false},                      \
        [NOTE_CLIENT] = {{.id = "client", .title = "Client", .cols = 12, .max_cols = 22, .flexible = true},            \
                         LIST_TEXT,                                                                                    \
                         one},                                                                                         \
        [NOTE_AUTHOR] = {{.id = "coach", .title = "Coach", .cols = 8, .max_cols = 18, .rank = 1, .flexible = true},    \
                         LIST_TEXT,                                                                                    \
                         false},                                                                                       \
        [NOTE_TEXT] = {{.id = "text", .title = "Text", .cols = 24, .flexible = true}, LIST_TEXT, false},               \
        [NOTE_TAGS] = {                                                                                                \
            {.id = "tags", .title = "#", .cols = 8, .max_cols = 20, .rank = 3, .flexible = true}, LIST_TEXT, false},   \
    }

static const struct list_column member_columns[NOTE_COLUMNS] = NOTE_LIST(true),
                                all_columns[NOTE_COLUMNS] = NOTE_LIST(false);

static void note_ask(struct member_ask *ask, const struct rowset *last, int last_day, int days)
{
    enum { WORDS, TAG, MEMBER, BEFORE = 5, PAGE };
    (void)last_day;
    (void)days;
    ask->params[WORDS] = ask->words;
    ask->params[TAG] = ask->tag;
    ask->params[MEMBER] = ask->member ? ask->id : NULL;
    if (last) {
        snprintf(ask->text[0], sizeof ask->text[0], "%lld",
                 (long long)rowset_int(last, rowset_count(last) - 1, NOTE_SEARCH_ID));
        ask->params[BEFORE] = ask->text[0];
    }
    ask->params[PAGE] = ask->page;
}

static void tags_ask(struct member_ask *ask)
{
    enum { WORDS, MEMBER };
    ask->params[WORDS] = ask->words;
    ask->params[MEMBER] = ask->member ? ask->id : NULL;
}

static const char *note_value(const struct app *app, const struct rowset *rows, int row, int column)
{
    static const int of[NOTE_COLUMNS] = {
        [NOTE_WEEK] = NOTE_SEARCH_WEEK,     [NOTE_WHEN] = NOTE_SEARCH_CREATED, [NOTE_CLIENT] = NOTE_SEARCH_NAME,
        [NOTE_AUTHOR] = NOTE_SEARCH_AUTHOR, [NOTE_TEXT] = NOTE_SEARCH_NOTES,   [NOTE_TAGS] = NOTE_SEARCH_TAGS};
    (void)app;
    return rowset_text(rows, row, of[column]);
}

/* The text, with what was found in it if something was searched for. */
static const char *text_of(const struct rowset *rows, int row)
{
    return rowset_text(rows, row, rowset_null(rows, row, NOTE_SEARCH_HITS) ? NOTE_SEARCH_NOTES : NOTE_SEARCH_HITS);
}

static void note_cell(const struct app *app, const struct rowset *rows, int row, int column, struct cell *out)
{
    enum { WEEKDAY_BYTES = 4 }; /* "Fri 16 Jan 17:30": the day of the week stands in the detail */
    static char when[PRESENT_MAX];
    *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = note_value(app, rows, row, column)};
    switch (column) {
    case NOTE_WEEK:
        present_int(out, rows, row, NOTE_SEARCH_WEEK, ROLE_TEXT);
        break;
    case NOTE_WHEN:
        out->text = present_moment(rows, row, NOTE_SEARCH_CREATED, when) + WEEKDAY_BYTES;
        break;
    case NOTE_TEXT:
        out->kind = CELL_HITS;
        out->text = text_of(rows, row);
        break;
    case NOTE_TAGS:
        out->role = ROLE_INFO;
        break;
    default:
        break;
    }
}

static void note_detail(const struct app *app, struct doc *doc, const struct rowset *rows, int row,
                        const struct rowset *further)
{
    char when[PRESENT_MAX];
    (void)app;
    (void)further;
    doc_line(doc);
    doc_text(doc, ROLE_STRONG, rowset_text(rows, row, NOTE_SEARCH_AUTHOR));
    doc_span(doc, ROLE_DIM, "  week %lld  %s%s", (long long)rowset_int(rows, row, NOTE_SEARCH_WEEK),
             present_moment(rows, row, NOTE_SEARCH_CREATED, when),
             rowset_bool(rows, row, NOTE_SEARCH_EDITED) ? ", edited" : "");
    doc_line(doc);
    doc_wrap(doc, 0, ROLE_NOTE, text_of(rows, row));
}

/* The same under the client's name, and which tags there are here. */
static void found_detail(const struct app *app, struct doc *doc, const struct rowset *rows, int row,
                         const struct rowset *further)
{
    enum { INDENT = 6 };
    doc_line(doc);
    doc_text(doc, ROLE_STRONG, rowset_text(rows, row, NOTE_SEARCH_NAME));
    doc_span(doc, ROLE_DIM, "  note %lld", (long long)rowset_int(rows, row, NOTE_SEARCH_ID));
    note_detail(app, doc, rows, row, NULL);
    if (!rowset_count(further))
        return;
    doc_blank(doc);
    doc_line(doc);
    doc_text(doc, ROLE_DIM, "tags");
    for (int i = 0; i < rowset_count(further); i++) {
        const char *tag = rowset_text(further, i, NOTE_TAGS_TAG);
        char many[24];
        int digits = snprintf(many, sizeof many, " %lld", (long long)rowset_int(further, i, NOTE_TAGS_NOTES));
        doc_gap(doc, 2);
        doc_room(doc, 1 + utf8_width(tag) + digits, INDENT);
        doc_span(doc, ROLE_INFO, "#%s", tag);
        doc_text(doc, ROLE_DIM, many);
    }
}

const struct member_list_kind member_notes_kind = {
    .name = "member-notes",
    .empty = "There are no notes on this member yet.",
    .query = &QUERY_NOTE_SEARCH,
    .id = NOTE_SEARCH_ID,
    .paged = true,
    .columns = member_columns,
    .column_count = NOTE_COLUMNS,
    .ask = note_ask,
    .cell = note_cell,
    .value = note_value,
    .detail = note_detail,
};

const struct member_list_kind notes_kind = {
    .name = "notes",
    .empty = "No note is like that.",
    .query = &QUERY_NOTE_SEARCH,
    .further = &QUERY_NOTE_TAGS,
    .id = NOTE_SEARCH_ID,
    .paged = true,
    .columns = all_columns,
    .column_count = NOTE_COLUMNS,
    .ask = note_ask,
    .ask_further = tags_ask,
    .cell = note_cell,
    .value = note_value,
    .detail = found_detail,
};
