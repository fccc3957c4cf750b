#include "centurion/data/check.h"

#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/str.h"
#include "centurion/data/queries.gen.h"

/* What every query of check.sql answers. */
enum { FOUND_KIND, FOUND_RELATION, FOUND_WHAT, FOUND_ROWS, FOUND_SAMPLE, FOUND_REMEDY };

struct check {
    struct db *db;
    check_fn *found;
    void *arg;
    struct check_sum *sum;
    struct rowset *structure; /* the faults of schema_faults */
};

static void tell(const struct check *check, const struct check_finding *finding)
{
    *(finding->fault ? &check->sum->faults : &check->sum->remarks) += 1;
    if (check->found)
        check->found(check->arg, finding);
}

static enum status ask(const struct check *check, const struct query *query, const char *const *params,
                       struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(check->db, query, params, &rows, error);
    for (int row = 0; row < rowset_count(rows); row++) {
        const struct check_finding finding = {
            .fault = str_equal(rowset_text(rows, row, FOUND_KIND), "fault"),
            .relation = rowset_text(rows, row, FOUND_RELATION),
            .what = rowset_text(rows, row, FOUND_WHAT),
            .rows = rowset_null(rows, row, FOUND_ROWS) ? -1 : rowset_int(rows, row, FOUND_ROWS),
            .sample = rowset_text(rows, row, FOUND_SAMPLE),
            .remedy = rowset_text(rows, row, FOUND_REMEDY),
        };
        tell(check, &finding);
    }
    rowset_free(rows);
    return status;
}

/* ---- Structure ---- */

static const char *cell(const struct check *check, int row, int column)
{
    return rowset_text(check->structure, row, column);
}

static size_t type_length(const char *column)
{
    const char *end = strstr(column, " NOT NULL");
    end = end ? end : strstr(column, " DEFAULT ");
    return end ? (size_t)(end - column) : strlen(column);
}

/* May a query use the column: is it there, and of the right type? "weight double precision" against what stands. */
static bool column_fits(const struct check *check, int row)
{
    const char *wanted = cell(check, row, SCHEMA_FAULTS_MISSING), *there = cell(check, row, SCHEMA_FAULTS_STANDING);
    return type_length(wanted) == type_length(there) && strncmp(wanted, there, type_length(wanted)) == 0;
}

enum demand { IS_THERE, FITS };

/* words: columns of the relation, separated by commas or blanks. */
static bool columns_stand(const struct check *check, const char *relation, const char *words, enum demand demand)
{
    for (int row = 0; row < rowset_count(check->structure); row++) {
        if (!str_equal(cell(check, row, SCHEMA_FAULTS_RELATION), relation))
            continue;
        if (!rowset_bool(check->structure, row, SCHEMA_FAULTS_PRESENT))
            return false;
        if (!str_equal(cell(check, row, SCHEMA_FAULTS_KIND), "COLUMN") ||
            (demand == IS_THERE && !rowset_null(check->structure, row, SCHEMA_FAULTS_STANDING)) ||
            column_fits(check, row))
            continue;
        const char *column = cell(check, row, SCHEMA_FAULTS_COLUMNS);
        size_t length = strlen(column);
        for (const char *at = words; *at; at += strspn(at, ", ")) {
            size_t size = strcspn(at, ", ");
            if (size == length && strncmp(at, column, size) == 0)
                return false;
            at += size;
        }
    }
    return true;
}

/* One line for a table that is not there at all, instead of one for each of its columns. */
static bool told_before(const struct check *check, int row)
{
    return !rowset_bool(check->structure, row, SCHEMA_FAULTS_PRESENT) && row > 0 &&
           str_equal(cell(check, row, SCHEMA_FAULTS_RELATION), cell(check, row - 1, SCHEMA_FAULTS_RELATION));
}

static void tell_structure(const struct check *check, int row)
{
    struct str what = {0};
    if (!rowset_bool(check->structure, row, SCHEMA_FAULTS_PRESENT)) {
        str_add(&what, "the table is missing");
    } else {
        str_addf(&what, "missing: %s", cell(check, row, SCHEMA_FAULTS_MISSING));
        if (!rowset_null(check->structure, row, SCHEMA_FAULTS_STANDING))
            str_addf(&what, "; there is: %s", cell(check, row, SCHEMA_FAULTS_STANDING));
    }
    const struct check_finding finding = {
        .fault = true,
        .relation = cell(check, row, SCHEMA_FAULTS_RELATION),
        .what = str_text(&what),
        .rows = -1,
        .sample = "",
        .remedy = cell(check, row, SCHEMA_FAULTS_REMEDY),
    };
    tell(check, &finding);
    str_fini(&what);
}

/* The rows that stand in the way of what is missing. */
static enum status check_rows(const struct check *check, int row, struct error *error)
{
    const char *relation = cell(check, row, SCHEMA_FAULTS_RELATION), *kind = cell(check, row, SCHEMA_FAULTS_KIND),
               *columns = cell(check, row, SCHEMA_FAULTS_COLUMNS), *target = cell(check, row, SCHEMA_FAULTS_TARGET),
               *target_columns = cell(check, row, SCHEMA_FAULTS_TARGET_COLUMNS);
    if (!columns_stand(check, relation, columns, IS_THERE))
        return STATUS_OK;
    if (str_equal(kind, "UNIQUE") || str_equal(kind, "PRIMARY KEY"))
        return ask(check, &QUERY_CHECK_DUPLICATES, (const char *const[]){relation, columns}, error);
    if (str_equal(kind, "FOREIGN KEY") && columns_stand(check, target, target_columns, IS_THERE))
        return ask(check, &QUERY_CHECK_ORPHANS, (const char *const[]){relation, columns, target, target_columns},
                   error);
    if (str_equal(kind, "COLUMN")) {
        const char *wanted = cell(check, row, SCHEMA_FAULTS_MISSING) + strlen(columns) + 1;
        return ask(check, &QUERY_CHECK_VALUES, (const char *const[]){relation, columns, wanted}, error);
    }
    return STATUS_OK;
}

static enum status check_structure(struct check *check, struct error *error)
{
    enum status status = db_run(check->db, &QUERY_SCHEMA_FAULTS, NULL, &check->structure, error);
    int count = rowset_count(check->structure);
    if (status == STATUS_OK && count && rowset_int(check->structure, 0, SCHEMA_FAULTS_TABLES) == 0) {
        error_set(error, STATUS_FAILED, "The database %s holds none of the tables of the coaching application.",
                  db_where(check->db));
        error_hint(error, "It is another database, or an empty one, which is filled by: centurion db init");
        return STATUS_FAILED;
    }
    for (int row = 0; status == STATUS_OK && row < count; row++) {
        if (told_before(check, row))
            continue;
        tell_structure(check, row);
        status = check_rows(check, row, error);
    }
    return status;
}

/* ---- Data ---- */

struct rule {
    const struct query *query;
    struct {
        const char *relation, *columns;
    } needs[2];
};

static const struct rule rules[] = {
    {&QUERY_CHECK_OWN_NAMES, {{0}}},
    {&QUERY_CHECK_OWN_COLUMNS, {{0}}},
    {&QUERY_CHECK_USERS, {{"users", "id email name"}}},
    {&QUERY_CHECK_INVOICES, {{"invoices", "id userId month"}}},
    {&QUERY_CHECK_COHORTS, {{"cohorts", "id name startDate endDate"}}},
    {&QUERY_CHECK_ENTRIES,
     {{"entries", "id date weight steps calories sleepQuality perceivedStress notes"},
      {"system_settings", "key value"}}},
    {&QUERY_CHECK_APPOINTMENTS, {{"appointments", "id userId startTime endTime fee"}}},
};

static bool can_ask(const struct check *check, const struct rule *rule)
{
    for (size_t i = 0; i < sizeof rule->needs / sizeof *rule->needs && rule->needs[i].relation; i++)
        if (!columns_stand(check, rule->needs[i].relation, rule->needs[i].columns, FITS))
            return false;
    return true;
}

enum status check_database(struct db *db, check_fn *found, void *arg, struct check_sum *sum, struct error *error)
{
    struct check check = {.db = db, .found = found, .arg = arg, .sum = sum};
    *sum = (struct check_sum){0};
    enum status status = check_structure(&check, error);
    for (size_t i = 0; i < sizeof rules / sizeof *rules && status == STATUS_OK; i++)
        if (can_ask(&check, &rules[i]))
            status = ask(&check, rules[i].query, NULL, error);
    rowset_free(check.structure);
    return status;
}
