/* A member's record: questionnaires with their answers, sessions. */
#include <stdio.h>

#include "centurion/base/date.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "member_list.h"
#include "present.h"

/* ---- Questionnaires ---- */

enum { QUEST_WEEK, QUEST_COHORT, QUEST_OPENS, QUEST_STATE, QUEST_ANSWERED, QUEST_SAVED, QUEST_COLUMNS };

static const struct list_column quest_columns[QUEST_COLUMNS] = {
    [QUEST_WEEK] = {.table = {.id = "week", .title = "Wk", .cols = 3, .right = true}, .type = LIST_NUMBER},
    [QUEST_COHORT] = {.table = {.id = "cohort", .title = "Cohort", .cols = 14, .max_cols = 30, .flexible = true}},
    [QUEST_OPENS] = {.table = {.id = "opens", .title = "Open", .cols = 16, .rank = 2}, .type = LIST_DATE},
    [QUEST_STATE] = {.table = {.id = "state", .title = "State", .cols = 10}},
    [QUEST_ANSWERED] = {.table = {.id = "answered", .title = "Answered", .cols = 8, .rank = 1, .right = true},
                        .type = LIST_NUMBER},
    [QUEST_SAVED] = {.table = {.id = "saved", .title = "Saved", .cols = 16, .rank = 3}, .type = LIST_DATE},
};

static const int quest_of[QUEST_COLUMNS] = {
    [QUEST_WEEK] = MEMBER_QUESTIONNAIRES_WEEK,         [QUEST_COHORT] = MEMBER_QUESTIONNAIRES_COHORT,
    [QUEST_OPENS] = MEMBER_QUESTIONNAIRES_OPENS,       [QUEST_STATE] = MEMBER_QUESTIONNAIRES_STATE,
    [QUEST_ANSWERED] = MEMBER_QUESTIONNAIRES_ANSWERED, [QUEST_SAVED] = MEMBER_QUESTIONNAIRES_SAVED,
};

static const char *quest_value(const struct app *app, const struct rowset *rows, int row, int column)
{
    (void)app;
    return rowset_null(rows, row, quest_of[column]) ? NULL : rowset_text(rows, row, quest_of[column]);
}

/* A word and a sign, so that a state is told without colour. */
static void quest_state(const char *state, struct cell *out)
{
    static char text[PRESENT_MAX];
    bool done = str_equal(state, "done"), started = str_equal(state, "started"), missing = str_equal(state, "missing");
    out->role = done ? ROLE_GOOD : started ? ROLE_WARN : missing ? ROLE_BAD : ROLE_DIM;
    snprintf(text, sizeof text, "%s %s",
             glyph(done      ? GLYPH_CHECK
                   : started ? GLYPH_BAND_AMBER
                   : missing ? GLYPH_BAND_GREEN
                             : GLYPH_ABSENT),
             state);
    out->text = text;
}

static char *open_days(const struct rowset *rows, int row, char out[PRESENT_MAX])
{
    char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];
    snprintf(out, PRESENT_MAX, "%s to %s", date_day_month(rowset_date(rows, row, MEMBER_QUESTIONNAIRES_OPENS), from),
             date_day_month(rowset_date(rows, row, MEMBER_QUESTIONNAIRES_CLOSES), to));
    return out;
}

static void quest_cell(const struct app *app, const struct rowset *rows, int row, int column, struct cell *out)
{
    static char text[QUEST_COLUMNS][PRESENT_MAX];
    (void)app;
    *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = text[column]};
    switch (column) {
    case QUEST_WEEK:
        present_int(out, rows, row, MEMBER_QUESTIONNAIRES_WEEK, ROLE_TEXT);
        break;
    case QUEST_OPENS:
        open_days(rows, row, text[column]);
        break;
    case QUEST_STATE:
        quest_state(rowset_text(rows, row, MEMBER_QUESTIONNAIRES_STATE), out);
        break;
    case QUEST_ANSWERED:
        snprintf(text[column], PRESENT_MAX, "%lld/%lld",
                 (long long)rowset_int(rows, row, MEMBER_QUESTIONNAIRES_ANSWERED),
                 (long long)rowset_int(rows, row, MEMBER_QUESTIONNAIRES_TOTAL));
        break;
    case QUEST_SAVED:
        present_moment(rows, row, MEMBER_QUESTIONNAIRES_SAVED, text[column]);
        break;
    default:
        present_text(out, rows, row, quest_of[column], ROLE_TEXT);
        break;
    }
}

static void quest_detail(const struct app *app, struct doc *doc, const struct rowset *rows, int row,
                         const struct rowset *further)
{
    char days[PRESENT_MAX];
    int64_t id = rowset_int(rows, row, MEMBER_QUESTIONNAIRES_ID);
    bool any = false;
    (void)app;
    doc_line(doc);
    doc_span(doc, ROLE_STRONG, "Week %lld", (long long)rowset_int(rows, row, MEMBER_QUESTIONNAIRES_WEEK));
    doc_span(doc, ROLE_DIM, "  %s", open_days(rows, row, days));
    for (int i = 0; i < rowset_count(further); i++) {
        if (rowset_int(further, i, MEMBER_ANSWERS_ID) != id)
            continue;
        any = true;
        doc_line(doc);
        doc_wrap(doc, 0, ROLE_DIM, rowset_text(further, i, MEMBER_ANSWERS_QUESTION));
        doc_line(doc);
        doc_at(doc, 2);
        if (rowset_null(further, i, MEMBER_ANSWERS_ANSWER))
            doc_text(doc, ROLE_DIM, glyph(GLYPH_ABSENT));
        else
            doc_wrap(doc, 2, ROLE_TEXT, rowset_text(further, i, MEMBER_ANSWERS_ANSWER));
    }
    if (any || !further)
        return;
    doc_line(doc);
    doc_text(doc, ROLE_DIM, "Nothing was answered yet.");
}

static bool quest_muted(const struct rowset *rows, int row)
{
    return str_equal(rowset_text(rows, row, MEMBER_QUESTIONNAIRES_STATE), "later");
}

const struct member_list_kind member_questionnaires_kind = {
    .name = "member-questionnaires",
    .empty = "No questionnaire was asked of this member.",
    .query = &QUERY_MEMBER_QUESTIONNAIRES,
    .further = &QUERY_MEMBER_ANSWERS,
    .id = MEMBER_QUESTIONNAIRES_ID,
    .columns = quest_columns,
    .column_count = QUEST_COLUMNS,
    .cell = quest_cell,
    .value = quest_value,
    .muted = quest_muted,
    .detail = quest_detail,
};

/* ---- Sessions ---- */

enum { SESSION_STARTS, SESSION_UNTIL, SESSION_STATE, SESSION_FEE, SESSION_INVOICED, SESSION_NOTES, SESSION_COLUMNS };

static const struct list_column session_columns[SESSION_COLUMNS] = {
    [SESSION_STARTS] = {.table = {.id = "start", .title = "Start", .cols = 16}, .type = LIST_DATE},
    [SESSION_UNTIL] = {.table = {.id = "end", .title = "End", .cols = 5, .rank = 2}, .type = LIST_DATE},
    [SESSION_STATE] = {.table = {.id = "state", .title = "State", .cols = 11}},
    [SESSION_FEE] = {.table = {.id = "fee", .title = "Fee", .cols = 8, .right = true}, .type = LIST_NUMBER},
    [SESSION_INVOICED] = {.table = {.id = "invoiced", .title = "Invoiced", .cols = 8, .rank = 2}},
    [SESSION_NOTES] = {.table = {.id = "notes", .title = "Notes", .cols = 12, .rank = 1, .flexible = true}},
};

static void session_ask(struct member_ask *ask, const struct rowset *last, int last_day, int days)
{
    (void)last_day;
    (void)days;
    if (last) {
        int row = rowset_count(last) - 1;
        ask->params[1] = rowset_text(last, row, MEMBER_APPOINTMENTS_STARTS);
        ask->params[2] = rowset_text(last, row, MEMBER_APPOINTMENTS_ID);
    }
    ask->params[3] = ask->page;
}

static const char *session_value(const struct app *app, const struct rowset *rows, int row, int column)
{
    static const int of[SESSION_COLUMNS] = {
        [SESSION_STARTS] = MEMBER_APPOINTMENTS_STARTS, [SESSION_UNTIL] = MEMBER_APPOINTMENTS_ENDS,
        [SESSION_STATE] = MEMBER_APPOINTMENTS_STATE,   [SESSION_FEE] = MEMBER_APPOINTMENTS_FEE,
        [SESSION_NOTES] = MEMBER_APPOINTMENTS_NOTES,
    };
    (void)app;
    if (column == SESSION_INVOICED)
        return rowset_bool(rows, row, MEMBER_APPOINTMENTS_INVOICED) ? "yes" : "no";
    return rowset_null(rows, row, of[column]) ? NULL : rowset_text(rows, row, of[column]);
}

static enum role session_role(const char *state)
{
    return str_equal(state, "unmarked") ? ROLE_WARN : str_equal(state, "attended") ? ROLE_GOOD : ROLE_TEXT;
}

static const char *clock_of(const struct rowset *rows, int row, int column, char out[PRESENT_MAX])
{
    enum { CLOCK_AT = 11, CLOCK_LENGTH = 5 }; /* "2026-01-16 17:30:00" */
    const char *text = rowset_text(rows, row, column);
    size_t length = 0;
    while (length < CLOCK_AT && text[length])
        length++;
    snprintf(out, PRESENT_MAX, "%.*s", CLOCK_LENGTH, text + length);
    return out;
}

static void session_cell(const struct app *app, const struct rowset *rows, int row, int column, struct cell *out)
{
    static char text[SESSION_COLUMNS][PRESENT_MAX];
    const char *value = session_value(app, rows, row, column);
    *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = value ? value : ""};
    switch (column) {
    case SESSION_STARTS:
        out->text = present_moment(rows, row, MEMBER_APPOINTMENTS_STARTS, text[column]);
        break;
    case SESSION_UNTIL:
        out->text = clock_of(rows, row, MEMBER_APPOINTMENTS_ENDS, text[column]);
        break;
    case SESSION_STATE:
        out->role = session_role(value);
        break;
    case SESSION_FEE:
        *out = (struct cell){
            .kind = CELL_MONEY, .role = ROLE_TEXT, .number = rowset_cents(rows, row, MEMBER_APPOINTMENTS_FEE)};
        break;
    case SESSION_INVOICED:
        out->text = rowset_bool(rows, row, MEMBER_APPOINTMENTS_INVOICED) ? "invoiced" : "";
        break;
    default:
        break;
    }
}

static void session_detail(const struct app *app, struct doc *doc, const struct rowset *rows, int row,
                           const struct rowset *further)
{
    char starts[PRESENT_MAX], ends[PRESENT_MAX];
    const char *state = rowset_text(rows, row, MEMBER_APPOINTMENTS_STATE);
    (void)app;
    (void)further;
    doc_line(doc);
    doc_span(doc, ROLE_STRONG, "%s to %s", present_moment(rows, row, MEMBER_APPOINTMENTS_STARTS, starts),
             clock_of(rows, row, MEMBER_APPOINTMENTS_ENDS, ends));
    doc_gap(doc, 2);
    doc_text(doc, session_role(state), state);
    if (rowset_bool(rows, row, MEMBER_APPOINTMENTS_INVOICED))
        doc_text(doc, ROLE_DIM, ", invoiced");
    doc_line(doc);
    doc_wrap(doc, 0, ROLE_NOTE, rowset_text(rows, row, MEMBER_APPOINTMENTS_NOTES));
}

const struct member_list_kind member_sessions_kind = {
    .name = "member-sessions",
    .empty = "This member has no appointments.",
    .query = &QUERY_MEMBER_APPOINTMENTS,
    .id = MEMBER_APPOINTMENTS_ID,
    .paged = true,
    .columns = session_columns,
    .column_count = SESSION_COLUMNS,
    .ask = session_ask,
    .cell = session_cell,
    .value = session_value,
    .detail = session_detail,
};
