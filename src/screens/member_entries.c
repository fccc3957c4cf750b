/* A member's record: what was typed in day by day, and what devices measured. */
#include <stdio.h>

#include "centurion/base/date.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"
#include "member_list.h"
#include "present.h"

/* ---- Check-ins ---- */

enum { DATE, WEIGHT, STEPS, CALORIES, SLEEP, STRESS, SOURCES, NOTES, ENTRY_COLUMNS };

static const struct list_column entry_columns[ENTRY_COLUMNS] = {
    [DATE] = {.table = {.id = "date", .title = "Date", .cols = 10}, .type = LIST_DATE},
    [WEIGHT] = {.table = {.id = "weight", .title = "Weight", .cols = 7, .right = true}, .type = LIST_NUMBER},
    [STEPS] = {.table = {.id = "steps", .title = "Steps", .cols = 7, .right = true}, .type = LIST_NUMBER},
    [CALORIES] = {.table = {.id = "calories", .title = "Kcal", .cols = 6, .rank = 1, .right = true},
                  .type = LIST_NUMBER},
    [SLEEP] = {.table = {.id = "sleep", .title = "Sleep", .cols = 5, .rank = 2, .right = true}, .type = LIST_NUMBER},
    [STRESS] = {.table = {.id = "stress", .title = "Stress", .cols = 6, .rank = 2, .right = true}, .type = LIST_NUMBER},
    [SOURCES] = {.table = {.id = "sources", .title = "Src", .cols = 6, .rank = 4}},
    [NOTES] = {.table = {.id = "notes", .title = "Notes", .cols = 12, .rank = 3, .flexible = true}},
};

static const int entry_of[ENTRY_COLUMNS] = {
    [DATE] = MEMBER_ENTRIES_DATE,         [WEIGHT] = MEMBER_ENTRIES_WEIGHT, [STEPS] = MEMBER_ENTRIES_STEPS,
    [CALORIES] = MEMBER_ENTRIES_CALORIES, [SLEEP] = MEMBER_ENTRIES_SLEEP,   [STRESS] = MEMBER_ENTRIES_STRESS,
    [SOURCES] = MEMBER_ENTRIES_SOURCES,   [NOTES] = MEMBER_ENTRIES_NOTES,
};

static void entry_ask(struct member_ask *ask, const struct rowset *last, int last_day, int days)
{
    (void)last_day;
    (void)days;
    if (last)
        ask->params[1] = date_iso(rowset_date(last, rowset_count(last) - 1, MEMBER_ENTRIES_DATE), ask->text[0]);
    ask->params[2] = ask->page;
}

static const char *entry_value(const struct app *app, const struct rowset *rows, int row, int column)
{
    static char weight[24];
    if (rowset_null(rows, row, entry_of[column]))
        return NULL;
    if (column != WEIGHT)
        return rowset_text(rows, row, entry_of[column]);
    snprintf(weight, sizeof weight, "%.1f", app_weight(app, rowset_double(rows, row, MEMBER_ENTRIES_WEIGHT)));
    return weight;
}

static void entry_cell(const struct app *app, const struct rowset *rows, int row, int column, struct cell *out)
{
    static char date[DATE_TEXT_MAX];
    switch (column) {
    case DATE:
        *out = (struct cell){.kind = CELL_TEXT,
                             .role = ROLE_TEXT,
                             .text = date_short(rowset_date(rows, row, MEMBER_ENTRIES_DATE), date)};
        break;
    case WEIGHT:
        *out = (struct cell){.kind = rowset_null(rows, row, MEMBER_ENTRIES_WEIGHT) ? CELL_EMPTY : CELL_REAL,
                             .role = ROLE_TEXT,
                             .real = app_weight(app, rowset_double(rows, row, MEMBER_ENTRIES_WEIGHT)),
                             .decimals = 1};
        break;
    case STRESS:
        present_int(out, rows, row, MEMBER_ENTRIES_STRESS,
                    rowset_int(rows, row, MEMBER_ENTRIES_STRESS) >= 8 ? ROLE_BAD : ROLE_TEXT);
        break;
    case SOURCES:
        present_text(out, rows, row, MEMBER_ENTRIES_SOURCES, ROLE_DIM);
        break;
    case NOTES:
        *out =
            (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = rowset_text(rows, row, MEMBER_ENTRIES_NOTES)};
        break;
    default:
        present_int(out, rows, row, entry_of[column], ROLE_TEXT);
        break;
    }
}

const struct member_list_kind member_entries_kind = {
    .name = "member-entries",
    .empty = "This member has not checked in yet.",
    .query = &QUERY_MEMBER_ENTRIES,
    .id = MEMBER_ENTRIES_ID,
    .paged = true,
    .columns = entry_columns,
    .column_count = ENTRY_COLUMNS,
    .ask = entry_ask,
    .cell = entry_cell,
    .value = entry_value,
};

/* ---- Health data: workouts, nights and days with steps in one list, of a period ---- */

enum { DAY, KIND, TITLE, MINUTES, KM, KCAL, HEART, COUNTED, HEALTH_COLUMNS };

static const struct list_column health_columns[HEALTH_COLUMNS] = {
    [DAY] = {.table = {.id = "date", .title = "Date", .cols = 10}, .type = LIST_DATE},
    [KIND] = {.table = {.id = "kind", .title = "Kind", .cols = 7}},
    [TITLE] = {.table = {.id = "type", .title = "Type", .cols = 10, .max_cols = 24, .rank = 1, .flexible = true}},
    [MINUTES] = {.table = {.id = "time", .title = "Time", .cols = 6, .right = true}, .type = LIST_NUMBER},
    [KM] = {.table = {.id = "km", .title = "km", .cols = 5, .rank = 2, .right = true}, .type = LIST_NUMBER},
    [KCAL] = {.table = {.id = "kcal", .title = "Kcal", .cols = 6, .rank = 2, .right = true}, .type = LIST_NUMBER},
    [HEART] = {.table = {.id = "heart", .title = "HR avg/max", .cols = 10, .rank = 3, .right = true},
               .type = LIST_NUMBER},
    [COUNTED] = {.table = {.id = "steps", .title = "Steps", .cols = 7, .rank = 1, .right = true}, .type = LIST_NUMBER},
};

static const int health_of[HEALTH_COLUMNS] = {
    [DAY] = MEMBER_HEALTH_DAY,         [KIND] = MEMBER_HEALTH_KIND,     [TITLE] = MEMBER_HEALTH_TITLE,
    [MINUTES] = MEMBER_HEALTH_MINUTES, [KM] = MEMBER_HEALTH_KM,         [KCAL] = MEMBER_HEALTH_CALORIES,
    [HEART] = MEMBER_HEALTH_HEART_AVG, [COUNTED] = MEMBER_HEALTH_STEPS,
};

static void health_ask(struct member_ask *ask, const struct rowset *last, int last_day, int days)
{
    (void)last;
    ask->params[1] = date_iso(last_day, ask->text[0]);
    snprintf(ask->text[1], sizeof ask->text[1], "%d", days);
    ask->params[2] = ask->text[1];
}

/* Numbers of three tables. */
static int64_t health_key(const struct rowset *rows, int row)
{
    enum { TABLES = 3 };
    const char *kind = rowset_text(rows, row, MEMBER_HEALTH_KIND);
    return rowset_int(rows, row, MEMBER_HEALTH_ID) * TABLES + (str_equal(kind, "sleep") ? 1 : str_equal(kind, "steps"));
}

static const char *health_value(const struct app *app, const struct rowset *rows, int row, int column)
{
    (void)app;
    return rowset_null(rows, row, health_of[column]) ? NULL : rowset_text(rows, row, health_of[column]);
}

static char *duration(const struct rowset *rows, int row, int column, char out[PRESENT_MAX])
{
    enum { HOUR = 60 };
    long long minutes = rowset_int(rows, row, column);
    snprintf(out, PRESENT_MAX, "%lld:%02lld", minutes / HOUR, minutes % HOUR);
    return out;
}

static void health_cell(const struct app *app, const struct rowset *rows, int row, int column, struct cell *out)
{
    static char text[HEALTH_COLUMNS][PRESENT_MAX];
    char date[DATE_TEXT_MAX];
    if (rowset_null(rows, row, health_of[column])) {
        *out = (struct cell){.kind = CELL_TEXT, .text = ""};
        return;
    }
    *out = (struct cell){.kind = CELL_TEXT, .role = ROLE_TEXT, .text = text[column]};
    switch (column) {
    case DAY:
        snprintf(text[column], PRESENT_MAX, "%s", date_short(rowset_date(rows, row, MEMBER_HEALTH_DAY), date));
        break;
    case MINUTES:
        duration(rows, row, MEMBER_HEALTH_MINUTES, text[column]);
        break;
    case KM:
        *out = (struct cell){
            .kind = CELL_REAL, .role = ROLE_TEXT, .real = rowset_double(rows, row, MEMBER_HEALTH_KM), .decimals = 1};
        break;
    case KCAL:
        *out = (struct cell){
            .kind = CELL_REAL, .role = ROLE_TEXT, .real = rowset_double(rows, row, MEMBER_HEALTH_CALORIES)};
        break;
    case HEART:
        snprintf(text[column], PRESENT_MAX, "%lld/%lld", (long long)rowset_int(rows, row, MEMBER_HEALTH_HEART_AVG),
                 (long long)rowset_int(rows, row, MEMBER_HEALTH_HEART_MAX));
        break;
    case COUNTED:
        present_int(out, rows, row, MEMBER_HEALTH_STEPS, ROLE_TEXT);
        break;
    default:
        out->text = health_value(app, rows, row, column);
        break;
    }
}

static void detail_line(struct doc *doc, const char *label, const char *value)
{
    enum { VALUE_COL = 12 };
    doc_line(doc);
    doc_text(doc, ROLE_DIM, label);
    doc_at(doc, VALUE_COL);
    doc_text(doc, ROLE_TEXT, value);
}

/* The parts of a night; of everything else the row says all. */
static void health_detail(const struct app *app, struct doc *doc, const struct rowset *rows, int row,
                          const struct rowset *further)
{
    static const struct {
        const char *label;
        int column;
    } parts[] = {{"In bed", MEMBER_HEALTH_IN_BED},
                 {"Asleep", MEMBER_HEALTH_MINUTES},
                 {"Deep", MEMBER_HEALTH_DEEP},
                 {"REM", MEMBER_HEALTH_REM},
                 {"Core", MEMBER_HEALTH_CORE}};
    char text[PRESENT_MAX], date[DATE_TEXT_MAX];
    (void)app;
    (void)further;
    doc_line(doc);
    doc_text(doc, ROLE_STRONG, rowset_text(rows, row, MEMBER_HEALTH_TITLE));
    doc_span(doc, ROLE_DIM, "  %s", date_short(rowset_date(rows, row, MEMBER_HEALTH_DAY), date));
    bool night = str_equal(rowset_text(rows, row, MEMBER_HEALTH_KIND), "sleep");
    for (size_t i = 0; night && i < sizeof parts / sizeof parts[0]; i++)
        if (!rowset_null(rows, row, parts[i].column))
            detail_line(doc, parts[i].label, duration(rows, row, parts[i].column, text));
    if (!night && !rowset_null(rows, row, MEMBER_HEALTH_MINUTES))
        detail_line(doc, "Time", duration(rows, row, MEMBER_HEALTH_MINUTES, text));
    if (!rowset_null(rows, row, MEMBER_HEALTH_KM)) {
        snprintf(text, sizeof text, "%.2f km", rowset_double(rows, row, MEMBER_HEALTH_KM));
        detail_line(doc, "Distance", text);
    }
    if (!rowset_null(rows, row, MEMBER_HEALTH_CALORIES)) {
        snprintf(text, sizeof text, "%.0f kcal", rowset_double(rows, row, MEMBER_HEALTH_CALORIES));
        detail_line(doc, "Energy", text);
    }
    if (!rowset_null(rows, row, MEMBER_HEALTH_HEART_AVG)) {
        snprintf(text, sizeof text, "%lld, at most %lld", (long long)rowset_int(rows, row, MEMBER_HEALTH_HEART_AVG),
                 (long long)rowset_int(rows, row, MEMBER_HEALTH_HEART_MAX));
        detail_line(doc, "Heart rate", text);
    }
    if (!rowset_null(rows, row, MEMBER_HEALTH_STEPS))
        detail_line(doc, "Steps", rowset_text(rows, row, MEMBER_HEALTH_STEPS));
}

const struct member_list_kind member_health_kind = {
    .name = "member-health",
    .empty = "No health data in this period; < and > show others.",
    .query = &QUERY_MEMBER_HEALTH,
    .id = MEMBER_HEALTH_ID,
    .columns = health_columns,
    .column_count = HEALTH_COLUMNS,
    .ask = health_ask,
    .cell = health_cell,
    .value = health_value,
    .key = health_key,
    .detail = health_detail,
};
