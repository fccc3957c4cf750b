/* A member's record: invoices, and the log of what was done to it. */
#include <stdio.h>

#include "centurion/base/date.h"
#include "centurion/base/money.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "member_list.h"
#include "present.h"

/* ---- Invoices ---- */

enum { BILL_NUMBER, BILL_MONTH, BILL_TOTAL, BILL_PAID, BILL_OPEN, BILL_STATE, BILL_ISSUED, BILL_COLUMNS };

static const struct list_column bill_columns[BILL_COLUMNS] = {
    [BILL_NUMBER] = {.table = {.id = "number", .title = "No.", .cols = 13}},
    [BILL_MONTH] = {.table = {.id = "month", .title = "Month", .cols = 8}, .type = LIST_DATE},
    [BILL_TOTAL] = {.table = {.id = "total", .title = "Total", .cols = 10, .right = true}, .type = LIST_NUMBER},
    [BILL_PAID] = {.table = {.id = "paid", .title = "Paid", .cols = 10, .rank = 1, .right = true}, .type = LIST_NUMBER},
    [BILL_OPEN] = {.table = {.id = "open", .title = "Open", .cols = 10, .right = true}, .type = LIST_NUMBER},
    [BILL_STATE] = {.table = {.id = "state", .title = "State", .cols = 6}},
    [BILL_ISSUED] = {.table = {.id = "issued", .title = "Issued", .cols = 10, .rank = 2}, .type = LIST_DATE},
};

/* What is voided is owed by nobody. */
static int64_t bill_open(const struct rowset *rows, int row)
{
    return str_equal(rowset_text(rows, row, MEMBER_INVOICES_STATE), "void")
               ? 0
               : rowset_cents(rows, row, MEMBER_INVOICES_TOTAL) - rowset_cents(rows, row, MEMBER_INVOICES_PAID);
}

static const char *bill_value(const struct app *app, const struct rowset *rows, int row, int column)
{
    static const int of[BILL_COLUMNS] = {
        [BILL_NUMBER] = MEMBER_INVOICES_NUMBER, [BILL_MONTH] = MEMBER_INVOICES_MONTH,
        [BILL_TOTAL] = MEMBER_INVOICES_TOTAL,   [BILL_PAID] = MEMBER_INVOICES_PAID,
        [BILL_STATE] = MEMBER_INVOICES_STATE,   [BILL_ISSUED] = MEMBER_INVOICES_ISSUED,
    };
    static char open[MONEY_TEXT_MAX];
    (void)app;
    if (column == BILL_OPEN)
        return money_iso(bill_open(rows, row), open);
    return rowset_null(rows, row, of[column]) ? NULL : rowset_text(rows, row, of[column]);
}

static void bill_cell(const struct app *app, const struct rowset *rows, int row, int column, struct cell *out)
{
    static char text[BILL_COLUMNS][PRESENT_MAX];
    char date[DATE_TEXT_MAX];
    const char *value = bill_value(app, rows, row, column);
    int day, month, year;
    *out =
        value ? (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = value} : (struct cell){.kind = CELL_EMPTY};
    switch (column) {
    case BILL_MONTH:
        date_to_civil(rowset_date(rows, row, MEMBER_INVOICES_MONTH), &year, &month, &day);
        snprintf(text[column], PRESENT_MAX, "%s %d", date_month_name(month), year);
        out->text = text[column];
        break;
    case BILL_TOTAL:
        *out = (struct cell){
            .kind = CELL_MONEY, .role = ROLE_TEXT, .number = rowset_cents(rows, row, MEMBER_INVOICES_TOTAL)};
        break;
    case BILL_PAID:
        *out = (struct cell){
            .kind = CELL_MONEY, .role = ROLE_TEXT, .number = rowset_cents(rows, row, MEMBER_INVOICES_PAID)};
        break;
    case BILL_OPEN:
        *out = (struct cell){.kind = CELL_MONEY,
                             .role = bill_open(rows, row) > 0 ? ROLE_WARN : ROLE_TEXT,
                             .number = bill_open(rows, row)};
        break;
    case BILL_ISSUED:
        if (!value)
            break;
        snprintf(text[column], PRESENT_MAX, "%s", date_short(rowset_date(rows, row, MEMBER_INVOICES_ISSUED), date));
        out->text = text[column];
        break;
    default:
        break;
    }
}

static bool bill_muted(const struct rowset *rows, int row)
{
    return str_equal(rowset_text(rows, row, MEMBER_INVOICES_STATE), "void");
}

const struct member_list_kind member_invoices_kind = {
    .name = "member-invoices",
    .empty = "There are no invoices for this member.",
    .query = &QUERY_MEMBER_INVOICES,
    .id = MEMBER_INVOICES_ID,
    .columns = bill_columns,
    .column_count = BILL_COLUMNS,
    .cell = bill_cell,
    .value = bill_value,
    .muted = bill_muted,
};

/* ---- The log ---- */

enum { LOG_AT, LOG_ACTOR, LOG_ACTION, LOG_TARGET, LOG_DETAIL, LOG_COLUMNS };

static const struct list_column log_columns[LOG_COLUMNS] = {
    [LOG_AT] = {.table = {.id = "when", .title = "Time", .cols = 16}, .type = LIST_DATE},
    [LOG_ACTOR] = {.table = {.id = "actor", .title = "Actor", .cols = 8, .max_cols = 18, .rank = 1, .flexible = true}},
    [LOG_ACTION] = {.table = {.id = "action", .title = "Action", .cols = 20}},
    [LOG_TARGET] = {.table = {.id = "target", .title = "Target", .cols = 17, .rank = 2}},
    [LOG_DETAIL] = {.table = {.id = "detail", .title = "Detail", .cols = 12, .rank = 1, .flexible = true}},
};

static const int log_of[LOG_COLUMNS] = {[LOG_AT] = MEMBER_LOG_AT,
                                        [LOG_ACTOR] = MEMBER_LOG_ACTOR,
                                        [LOG_ACTION] = MEMBER_LOG_ACTION,
                                        [LOG_TARGET] = MEMBER_LOG_TARGET,
                                        [LOG_DETAIL] = MEMBER_LOG_DETAIL};

static void log_ask(struct member_ask *ask, const struct rowset *last, int last_day, int days)
{
    (void)last_day;
    (void)days;
    if (last)
        ask->params[1] = rowset_text(last, rowset_count(last) - 1, MEMBER_LOG_ID);
    ask->params[2] = ask->page;
}

static const char *log_value(const struct app *app, const struct rowset *rows, int row, int column)
{
    (void)app;
    return rowset_null(rows, row, log_of[column]) ? NULL : rowset_text(rows, row, log_of[column]);
}

static void log_cell(const struct app *app, const struct rowset *rows, int row, int column, struct cell *out)
{
    static char when[PRESENT_MAX];
    (void)app;
    if (column == LOG_AT)
        *out =
            (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = present_moment(rows, row, MEMBER_LOG_AT, when)};
    else if (column == LOG_DETAIL)
        *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = rowset_text(rows, row, MEMBER_LOG_DETAIL)};
    else
        present_text(out, rows, row, log_of[column], column == LOG_TARGET ? ROLE_DIM : ROLE_TEXT);
}

static void log_detail(const struct app *app, struct doc *doc, const struct rowset *rows, int row,
                       const struct rowset *further)
{
    char when[PRESENT_MAX];
    (void)app;
    (void)further;
    doc_line(doc);
    doc_text(doc, ROLE_STRONG, rowset_text(rows, row, MEMBER_LOG_ACTION));
    doc_span(doc, ROLE_DIM, "  %s", rowset_text(rows, row, MEMBER_LOG_TARGET));
    doc_line(doc);
    doc_span(doc, ROLE_DIM, "%s  ", present_moment(rows, row, MEMBER_LOG_AT, when));
    doc_text(doc, ROLE_TEXT, rowset_text(rows, row, MEMBER_LOG_ACTOR));
    doc_line(doc);
    doc_wrap(doc, 0, ROLE_TEXT, rowset_text(rows, row, MEMBER_LOG_DETAIL));
}

const struct member_list_kind member_log_kind = {
    .name = "member-log",
    .empty = "The log says nothing about this member that you may read.",
    .query = &QUERY_MEMBER_LOG,
    .id = MEMBER_LOG_ID,
    .paged = true,
    .columns = log_columns,
    .column_count = LOG_COLUMNS,
    .ask = log_ask,
    .cell = log_cell,
    .value = log_value,
    .detail = log_detail,
};
