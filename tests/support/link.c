#include "tests/support/link.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

const char *test_server(void)
{
    const char *conninfo = getenv("CENTURION_TEST_CONNINFO");
    cr_assert(conninfo, "CENTURION_TEST_CONNINFO is not set: run the tests with make check");
    return conninfo;
}

static int answers;

void answer_take(void *arg, const struct reply *reply)
{
    struct answer *answer = arg;
    answer->count++;
    answer->order = ++answers;
    answer->status = reply->status;
    answer->affected = reply->affected;
    answer->rows = rowset_count(reply->rows);
    snprintf(answer->sqlstate, sizeof answer->sqlstate, "%s", reply->sqlstate);
    snprintf(answer->text, sizeof answer->text, "%s", reply->error->text);
    snprintf(answer->hint, sizeof answer->hint, "%s", reply->error->hint);
    snprintf(answer->first, sizeof answer->first, "%s", answer->rows ? rowset_text(reply->rows, 0, 0) : "");
}

db_ticket answer_ask(struct db *db, const struct query *query, const char *param, struct answer *answer)
{
    const char *params[] = {param};
    return db_send(db, query, params, answer_take, answer);
}

struct answer answer_get(struct loop *loop, struct db *db, const struct query *query, const char *param)
{
    struct answer answer = {0};
    answer_ask(db, query, param, &answer);
    UNTIL(loop, answer.count);
    return answer;
}

struct db *test_connect(struct loop *loop, const char *conninfo)
{
    struct error error = {0};
    struct db *db = db_new(loop, conninfo, "centurion test");
    db_open(db);
    cr_assert_eq(db_wait_ready(db, 60000, &error), STATUS_OK, "%s", error.text);
    return db;
}
