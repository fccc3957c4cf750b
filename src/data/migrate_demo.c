/* The demonstration data: embedded steps in one transaction. */
#include <string.h>

#include "centurion/base/date.h"
#include "centurion/data/embedded.h"
#include "centurion/data/migrate.h"
#include "centurion/data/queries.gen.h"

static enum status check_demo(struct db *db, const char *size, const char *today, struct error *error)
{
    int date;
    if (strcmp(size, "small") != 0 && strcmp(size, "large") != 0)
        return error_set(error, STATUS_USAGE, "The demonstration data is \"small\" or \"large\", not \"%s\".", size);
    if (!date_parse(today, &date))
        return error_set(error, STATUS_USAGE, "\"%s\" is no date; wanted: YYYY-MM-DD.", today);
    struct rowset *rows = NULL;
    enum status status = db_run(db, &QUERY_DEMO_FREE, NULL, &rows, error);
    if (status == STATUS_OK && !rowset_bool(rows, 0, DEMO_FREE_FREE)) {
        status =
            error_set(error, STATUS_FAILED,
                      "The database %s holds people already; demonstration data goes into an empty one.", db_where(db));
    }
    rowset_free(rows);
    return status;
}

enum status migrate_load_demo(struct db *db, const char *size, const char *today, migrate_progress_fn *progress,
                              void *arg, struct error *error)
{
    const char *params[] = {today, size};
    enum status status = check_demo(db, size, today, error);
    if (status == STATUS_OK)
        status = db_run_script(db, "demonstration data", "BEGIN", error);
    if (status == STATUS_OK)
        status = db_run(db, &QUERY_DEMO_ANNOUNCE, params, NULL, error);
    for (int i = 0; status == STATUS_OK && i < embedded_steps_count; i++) {
        if (progress)
            progress(arg, i + 1, embedded_steps[i].step);
        status = db_run_script(db, embedded_steps[i].step, embedded_steps[i].sql, error);
    }
    if (status == STATUS_OK)
        status = db_run_script(db, "demonstration data", "COMMIT", error);
    else
        db_run_script(db, "demonstration data", "ROLLBACK", NULL);
    /* The steps set up the session for themselves. */
    if (status == STATUS_OK)
        status = db_run_script(db, "demonstration data", "RESET ALL; DISCARD TEMP", error);
    if (status == STATUS_OK && progress)
        progress(arg, embedded_steps_count + 1, "tidying up");
    if (status == STATUS_OK)
        status = db_run_script(db, "demonstration data", "VACUUM", error);
    return status;
}
