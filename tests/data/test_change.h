/* What the files of test_change share. */
#ifndef CENTURION_TESTS_TEST_CHANGE_H
#define CENTURION_TESTS_TEST_CHANGE_H

#include "tests/support/change.h"
#include "tests/support/link.h"

#define change_database "centurion_test_change"

static const struct query_column change_takes_text[] = {{"request", TYPE_UUID, false}, {"text", TYPE_TEXT, true}};
static const struct query_column change_columns[] = {{"outcome", TYPE_TEXT, false},
                                                     {"key", TYPE_TEXT, true},
                                                     {"version", TYPE_TEXT, true},
                                                     {"record", TYPE_JSONB, true},
                                                     {"audit", TYPE_INT4, true}};

/* A change with one text as its parameter. */
#define CHANGE_QUERY(id, text, ...)                                                                                    \
    static const struct query id = {.name = #id,                                                                       \
                                    .sql = text,                                                                       \
                                    .params = change_takes_text,                                                       \
                                    .param_count = 2,                                                                  \
                                    .columns = change_columns,                                                         \
                                    .column_count = CHANGE_COLUMNS,                                                    \
                                    .write = true,                                                                     \
                                    .timeout_ms = 60000,                                                               \
                                    __VA_ARGS__}

#endif
