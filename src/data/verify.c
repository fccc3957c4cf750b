#include "centurion/data/verify.h"

#include <stdlib.h>

#include "centurion/base/mem.h"
#include "centurion/data/queries.gen.h"
#include "migrate_private.h"

struct verification {
    struct db *db;
    verify_fn *found;
    void *arg;
    struct verify_sum *sum;
    struct migrate_has has;
};

static void tell(const struct verification *verification, struct verify_finding finding)
{
    verification->sum->faults += finding.fault;
    verification->found(verification->arg, &finding);
}

static struct verify_finding finding_of(const char *part, const char *relation, const char *what)
{
    return (struct verify_finding){
        .fault = true, .part = part, .relation = relation, .what = what, .before = -1, .after = -1, .now = -1};
}

static enum status verify_migrations(struct verification *verification, struct error *error)
{
    struct migrate_facts facts;
    struct migration_state *states = NULL;
    int count = 0;
    enum status status = migrate_facts(verification->db, &facts, error);
    if (status == STATUS_OK && !facts.recorded) {
        status = error_set(error, STATUS_FAILED, "The database %s is not Centurion's: there is no schema centurion.",
                           db_where(verification->db));
        error_hint(error, "centurion db check looks over one that the web application made.");
    }
    if (status == STATUS_OK)
        status = migrate_status(verification->db, &states, &count, error);
    for (int i = 0; i < count && status == STATUS_OK; i++) {
        char *name = mem_printf("%04d %s", states[i].version, states[i].name);
        verification->sum->pending += !states[i].applied;
        if (!states[i].applied)
            tell(verification, finding_of("schema", name, "the migration is pending"));
        else if (states[i].changed)
            tell(verification, finding_of("schema", name, "the migration was applied with another text"));
        free(name);
    }
    free(states);
    return status == STATUS_OK ? migrate_has(verification->db, &verification->has, error) : status;
}

static enum status verify_schema(struct verification *verification, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(verification->db, &QUERY_SCHEMA_FAULTS, NULL, &rows, error);
    for (int row = 0; row < rowset_count(rows); row++) {
        char *what = mem_printf("missing: %s", rowset_text(rows, row, SCHEMA_FAULTS_MISSING));
        tell(verification, finding_of("schema", rowset_text(rows, row, SCHEMA_FAULTS_RELATION), what));
        free(what);
    }
    rowset_free(rows);
    return status;
}

static enum status verify_access(struct verification *verification, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(verification->db, &QUERY_VERIFY_ACCESS, NULL, &rows, error);
    for (int row = 0; row < rowset_count(rows); row++)
        tell(verification, finding_of("access", rowset_text(rows, row, VERIFY_ACCESS_RELATION),
                                      rowset_text(rows, row, VERIFY_ACCESS_WHAT)));
    rowset_free(rows);
    return status;
}

/* What the last migration left. A database that an older program migrated has no record of it. */
static enum status verify_inventory(struct verification *verification, struct error *error)
{
    struct rowset *rows = NULL;
    char *items = NULL;
    if (!verification->has.inventory)
        return STATUS_OK;
    enum status status = migrate_inventory(verification->db, &items, error);
    if (status == STATUS_OK)
        status = db_run(verification->db, &QUERY_VERIFY_INVENTORY, (const char *const[]){items}, &rows, error);
    for (int row = 0; row < rowset_count(rows); row++)
        tell(verification, finding_of("access", rowset_text(rows, row, VERIFY_INVENTORY_RELATION),
                                      rowset_text(rows, row, VERIFY_INVENTORY_WHAT)));
    rowset_free(rows);
    free(items);
    return status;
}

static enum status verify_logins(struct verification *verification, struct error *error)
{
    struct rowset *rows = NULL;
    enum status status = db_run(verification->db, &QUERY_VERIFY_LOGINS, NULL, &rows, error);
    for (int row = 0; row < rowset_count(rows); row++) {
        struct verify_finding finding = finding_of("login", rowset_text(rows, row, VERIFY_LOGINS_LOGIN),
                                                   rowset_text(rows, row, VERIFY_LOGINS_WHAT));
        finding.fault = false;
        tell(verification, finding);
    }
    rowset_free(rows);
    return status;
}

static int64_t count_at(const struct rowset *rows, int row, int column)
{
    return rowset_null(rows, row, column) ? -1 : rowset_int(rows, row, column);
}

static enum status verify_counts(struct verification *verification, struct error *error)
{
    struct rowset *rows = NULL;
    char *counts = NULL;
    if (!verification->has.counts)
        return STATUS_OK;
    enum status status = migrate_counts(verification->db, &counts, error);
    if (status == STATUS_OK)
        status = db_run(verification->db, &QUERY_VERIFY_COUNTS, (const char *const[]){counts}, &rows, error);
    for (int row = 0; row < rowset_count(rows); row++) {
        bool lost = rowset_bool(rows, row, VERIFY_COUNTS_LOST);
        char *what = mem_printf("%s%s", rowset_text(rows, row, VERIFY_COUNTS_WORK), lost ? ": rows were lost" : "");
        tell(verification, (struct verify_finding){.fault = lost,
                                                   .part = "rows",
                                                   .relation = rowset_text(rows, row, VERIFY_COUNTS_RELATION),
                                                   .what = what,
                                                   .before = count_at(rows, row, VERIFY_COUNTS_BEFORE),
                                                   .after = count_at(rows, row, VERIFY_COUNTS_AFTER),
                                                   .now = count_at(rows, row, VERIFY_COUNTS_NOW)});
        free(what);
    }
    rowset_free(rows);
    free(counts);
    return status;
}

enum status verify_database(struct db *db, verify_fn *found, void *arg, struct verify_sum *sum, struct error *error)
{
    typedef enum status part_fn(struct verification * verification, struct error * error);
    static part_fn *const parts[] = {verify_migrations, verify_schema, verify_access,
                                     verify_inventory,  verify_logins, verify_counts};
    struct verification verification = {.db = db, .found = found, .arg = arg, .sum = sum};
    enum status status = STATUS_OK;
    *sum = (struct verify_sum){0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == STATUS_OK; i++)
        status = parts[i](&verification, error);
    return status;
}
