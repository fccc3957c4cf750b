/* Named queries. They are written in src/data/sql/queries/<entity>.sql with what they take and return declared in comments;
 * the build turns them into constants. A test prepares each one and holds the declaration against the server's answer. */
#ifndef CENTURION_DATA_QUERY_H
#define CENTURION_DATA_QUERY_H

#include <stdbool.h>

/* PostgreSQL's type OIDs that the queries use (pg_type.dat); the generator maps type names to these. */
enum {
    TYPE_BOOL = 16,
    TYPE_INT8 = 20,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_JSON = 114,
    TYPE_FLOAT8 = 701,
    TYPE_INT4_ARRAY = 1007,
    TYPE_TEXT_ARRAY = 1009,
    TYPE_DATE = 1082,
    TYPE_TIMESTAMP = 1114,
    TYPE_TIMESTAMPTZ = 1184,
    TYPE_NUMERIC = 1700,
    TYPE_UUID = 2950,
    TYPE_JSONB = 3802,
};

struct query_column {
    const char *name;
    unsigned type; /* TYPE_* */
    bool nullable;
};

struct query {
    const char *name; /* also the name of the prepared statement, but for one that had to be prepared anew */
    const char *sql;
    const struct query_column *params;
    int param_count;
    const struct query_column *columns;
    int column_count;
    bool write;
    int timeout_ms;
};

/* Every named query, in the order of the files. */
extern const struct query *const queries_all[];
extern const int queries_count;

#endif
