/* Every named query, prepared by a real server and held against what is declared of it. */
#include <criterion/criterion.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/data/query.h"
#include "tests/support/database.h"

static const char database[] = "centurion_test_queries";
static PGconn *conn;

ReportHook(PRE_ALL)(struct criterion_test_set *tests)
{
    (void)tests;
    test_database_make(database, false);
}

ReportHook(POST_ALL)(struct criterion_global_stats *stats)
{
    (void)stats;
    test_database_drop(database);
}

/* With the program's search path, read-only. */
static void connect_db(void)
{
    char *conninfo = test_database_conninfo(database, NULL);
    const char *const keywords[] = {"dbname", "options", NULL};
    const char *const values[] = {conninfo, "-c search_path=pg_catalog,pg_temp -c default_transaction_read_only=on",
                                  NULL};
    conn = PQconnectdbParams(keywords, values, 1);
    cr_assert_eq(PQstatus(conn), CONNECTION_OK, "%s", PQerrorMessage(conn));
    free(conninfo);
}

static void disconnect_db(void)
{
    PQfinish(conn);
}

TestSuite(queries, .init = connect_db, .fini = disconnect_db, .timeout = 120);

static PGresult *describe(const struct query *query)
{
    Oid *types = mem_array((size_t)query->param_count + 1, sizeof *types);
    for (int i = 0; i < query->param_count; i++)
        types[i] = query->params[i].type;
    PGresult *result = PQprepare(conn, query->name, query->sql, query->param_count, types);
    free(types);
    bool prepared = PQresultStatus(result) == PGRES_COMMAND_OK;
    cr_expect(prepared, "%s: %s", query->name, PQresultErrorMessage(result));
    PQclear(result);
    return prepared ? PQdescribePrepared(conn, query->name) : NULL;
}

/* False when the column is one of a table, as it stands there, and may be NULL there. For everything else the server cannot tell. */
static bool never_null(Oid table, int column)
{
    char sql[160];
    if (!table)
        return true;
    snprintf(sql, sizeof sql,
             "SELECT FROM pg_attribute WHERE attrelid = %u AND attnum = %d AND NOT attnotnull AND EXISTS "
             "(SELECT FROM pg_class WHERE oid = attrelid AND relkind = 'r')",
             table, column);
    PGresult *result = PQexec(conn, sql);
    cr_assert_eq(PQresultStatus(result), PGRES_TUPLES_OK, "%s", PQresultErrorMessage(result));
    bool never = PQntuples(result) == 0;
    PQclear(result);
    return never;
}

Test(queries, give_what_they_declare)
{
    cr_expect_gt(queries_count, 10);
    for (int i = 0; i < queries_count; i++) {
        const struct query *query = queries_all[i];
        PGresult *result = describe(query);
        if (!result)
            continue;
        cr_expect_eq(PQnparams(result), query->param_count, "%s takes %d parameters, %d are declared", query->name,
                     PQnparams(result), query->param_count);
        /* A function that returns nothing still has a column, which nobody declares. */
        bool nothing = query->column_count == 0 && PQnfields(result) == 1 && PQftype(result, 0) == 2278;
        cr_expect(nothing || PQnfields(result) == query->column_count, "%s returns %d columns, %d are declared",
                  query->name, PQnfields(result), query->column_count);
        for (int c = 0; c < query->column_count && c < PQnfields(result); c++) {
            const struct query_column *column = &query->columns[c];
            cr_expect_str_eq(PQfname(result, c), column->name, "%s: column %d is %s, declared %s", query->name, c + 1,
                             PQfname(result, c), column->name);
            cr_expect_eq(PQftype(result, c), column->type, "%s.%s has type %u, declared %u", query->name, column->name,
                         PQftype(result, c), column->type);
            cr_expect(column->nullable || never_null(PQftable(result, c), PQftablecol(result, c)),
                      "%s.%s may be NULL and is declared not to be", query->name, column->name);
        }
        PQclear(result);
    }
}

/* With NULL for every parameter, on an empty database, in a read-only transaction: what a query calls exists, and it does not write. */
Test(queries, run_and_reads_do_not_write)
{
    for (int i = 0; i < queries_count; i++) {
        const struct query *query = queries_all[i];
        if (query->write)
            continue;
        const char **params = mem_array((size_t)query->param_count + 1, sizeof *params);
        PQclear(describe(query));
        PGresult *result = PQexecPrepared(conn, query->name, query->param_count, params, NULL, NULL, 0);
        const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        /* Faults of the arguments are to be expected, faults of the query are not. */
        bool at_fault = sqlstate && (strncmp(sqlstate, "42", 2) == 0 || strncmp(sqlstate, "25", 2) == 0 ||
                                     strncmp(sqlstate, "XX", 2) == 0 || strncmp(sqlstate, "0A", 2) == 0);
        /* Superusers may do everything, so nothing is denied here but by a check of our own. */
        cr_expect(!at_fault || strcmp(sqlstate, "42501") == 0, "%s: %s", query->name, PQresultErrorMessage(result));
        PQclear(result);
        free(params);
    }
}

Test(queries, have_names_and_limits)
{
    for (int i = 0; i < queries_count; i++) {
        cr_expect_lt(strlen(queries_all[i]->name), 50, "%s: a prepared statement's name is cut at 63 bytes",
                     queries_all[i]->name);
        cr_expect_gt(queries_all[i]->timeout_ms, 0);
        for (int j = 0; j < i; j++)
            cr_expect_str_neq(queries_all[i]->name, queries_all[j]->name);
    }
}
