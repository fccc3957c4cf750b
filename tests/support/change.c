#include "tests/support/change.h"

#include <stdio.h>

static const struct query_column takes[] = {{"request", TYPE_UUID, false},
                                            {"member", TYPE_INT4, false},
                                            {"day", TYPE_DATE, false},
                                            {"version", TYPE_TEXT, true},
                                            {"changes", TYPE_JSONB, false}};
static const struct query_column gives[] = {{"outcome", TYPE_TEXT, false},
                                            {"key", TYPE_TEXT, true},
                                            {"version", TYPE_TEXT, true},
                                            {"record", TYPE_JSONB, true},
                                            {"audit", TYPE_INT4, true}};
const struct query save_entry = {.name = "save_entry",
                                 .sql = "SELECT c.outcome, c.key, c.version, c.record, c.audit "
                                        "FROM centurion.entry_save($1, $2, $3, $4, $5) AS c",
                                 .params = takes,
                                 .param_count = 5,
                                 .columns = gives,
                                 .column_count = 5,
                                 .write = true,
                                 .timeout_ms = 60000};

static const char *text(const char *value)
{
    return value ? value : "";
}

void saving_take(void *arg, const struct change_reply *reply)
{
    struct saving *saving = arg;
    saving->count++;
    saving->outcome = reply->outcome;
    saving->repeated = reply->repeated;
    saving->audit = reply->audit;
    saving->rows = rowset_count(reply->rows);
    saving->status = reply->error->status;
    saving->has_record = reply->record;
    snprintf(saving->id, sizeof saving->id, "%s", reply->id);
    snprintf(saving->key, sizeof saving->key, "%s", text(reply->key));
    snprintf(saving->version, sizeof saving->version, "%s", text(reply->version));
    snprintf(saving->record, sizeof saving->record, "%s", text(reply->record));
    snprintf(saving->sqlstate, sizeof saving->sqlstate, "%s", reply->sqlstate);
    snprintf(saving->text, sizeof saving->text, "%s", reply->error->text);
    snprintf(saving->hint, sizeof saving->hint, "%s", reply->error->hint);
}

change_ticket saving_ask(struct db *db, int member, const char *day, const char *version, int steps,
                         struct saving *saving)
{
    char who[16], changes[40];
    snprintf(who, sizeof who, "%d", member);
    snprintf(changes, sizeof changes, "{\"steps\": %d}", steps);
    const char *params[] = {who, day, version, changes};
    return data_change(db, &save_entry, params, NULL, saving_take, saving);
}
