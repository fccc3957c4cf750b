/* Errors in words for people: what, where and what to do. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "centurion/base/mem.h"
#include "centurion/base/utf8.h"
#include "db_private.h"

void db_clean_text(struct str *out, const char *text, size_t length)
{
    while (length && isspace((unsigned char)text[length - 1]))
        length--;
    for (size_t at = 0; at < length;) {
        wchar_t code;
        char bytes[4];
        at += utf8_decode(text + at, length - at, &code);
        if (code < 0x20 || code == 0x7F)
            code = ' ';
        str_add_bytes(out, bytes, utf8_encode(code, bytes));
    }
}

static char *clean(const char *text)
{
    struct str out = {0};
    db_clean_text(&out, text ? text : "", text ? strlen(text) : 0);
    return str_steal(&out);
}

static bool is_sqlstate(const char *text)
{
    for (int i = 0; i < 5; i++)
        if (!isupper((unsigned char)text[i]) && !isdigit((unsigned char)text[i]))
            return false;
    return text[5] == ':' || text[5] == '\n' || !text[5];
}

/* "FATAL:  28P01: password authentication failed". Of several hosts the last one counts. Where the words begin, or NULL. */
static const char *find_sqlstate(const char *message, char out[6])
{
    const char *words = NULL;
    out[0] = '\0';
    for (const char *at = message; (at = strstr(at, ":  ")); at += 3)
        if (strlen(at) >= 8 && is_sqlstate(at + 3)) {
            memcpy(out, at + 3, 5);
            out[5] = '\0';
            words = at[8] == ':' ? at + 9 : at + 8;
            words += *words == ' ';
        }
    return words;
}

void db_find_sqlstate(const char *message, char out[6])
{
    find_sqlstate(message, out);
}

/* What libpq says of the last address that it tried, without the address. */
static char *reason(const char *message, const char *server_words)
{
    const char *from = server_words ? server_words : message;
    for (const char *at = from; !server_words && (at = strstr(at, "failed: ")); at += 8)
        from = at + 8;
    struct str out = {0};
    db_clean_text(&out, from, strcspn(from, "\n"));
    while (out.length && out.text[out.length - 1] == '.')
        str_cut(&out, out.length - 1);
    return str_steal(&out);
}

static bool here(const struct db *db)
{
    return db->place && db->place[0] == '/';
}

struct explanation {
    const char *sqlstate; /* a class when it has two letters */
    enum status status;
    const char *text; /* of a connection: %s is where; NULL: the server's words */
    const char *hint;
};

static const struct explanation *explain(const struct explanation *list, size_t count, const char *sqlstate)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(sqlstate, list[i].sqlstate, strlen(list[i].sqlstate)) == 0)
            return &list[i];
    return NULL;
}

static const struct explanation refusals[] = {
    {"28P01", STATUS_DENIED, "did not accept the password", "Check login and password."},
    {"28", STATUS_DENIED, "does not let this login in",
     "Its pg_hba.conf says who may connect from where; is the login right?"},
    {"3D000", STATUS_NO_CONNECTION, "has no such database", "psql -l lists the databases of a server."},
    {"42501", STATUS_DENIED, "does not let this login into the database",
     "The database's owner can: GRANT CONNECT ON DATABASE ..."},
    {"55000", STATUS_NO_CONNECTION, "takes no connections to this database", ""},
    {"53300", STATUS_NO_CONNECTION, "has no connection left",
     "It is tried again. Its administrator can raise max_connections."},
    {"57P03", STATUS_NO_CONNECTION, "is not ready yet", "It is tried again."},
    {"08P01", STATUS_NO_CONNECTION, "does not understand what this program asks for",
     "A connection pooler needs: ignore_startup_parameters = extra_float_digits,options"},
};

void db_connect_error(struct db *db, const char *message)
{
    const char *words = find_sqlstate(message, db->sqlstate);
    char *why = reason(message, words);
    const struct explanation *known =
        *db->sqlstate ? explain(refusals, sizeof refusals / sizeof refusals[0], db->sqlstate) : NULL;
    if (known) {
        error_set(&db->error, known->status, "The server at %s %s: %s.", db->place, known->text, why);
        error_hint(&db->error, "%s", known->hint);
    } else if (*db->sqlstate) {
        error_set(&db->error, STATUS_NO_CONNECTION, "The server at %s refused the connection: %s.", db->place, why);
    } else if (!strstr(message, "connection to server")) {
        error_set(&db->error, STATUS_USAGE, "The connection settings are no good: %s.", why);
        error_hint(&db->error, "They come from the command line, centurion.conf, PG* variables or the service file.");
    } else if (db->state == DB_SECURING) {
        error_set(&db->error, STATUS_NO_CONNECTION, "There is no secure connection to the server at %s: %s.", db->place,
                  why);
        error_hint(&db->error, "sslmode says how much is asked for, sslrootcert whom to trust.");
    } else {
        error_set(&db->error, STATUS_NO_CONNECTION, "The server at %s does not answer: %s.", db->place, why);
        error_hint(&db->error, here(db) ? "Is it running? Try: centurion server start demo"
                                        : "Is it running there, and does the network let you through?");
    }
    free(why);
}

static const struct explanation failures[] = {
    {"42501", STATUS_DENIED, "The server does not allow it", "The login's role decides what it may see and do."},
    {"25006", STATUS_DENIED, "This session is read-only", "Nothing was changed."},
    {"40", STATUS_FAILED, "Somebody else was changing the same rows", "Nothing was changed. Try again."},
    {"55P03", STATUS_FAILED, "Somebody else holds the rows", "Nothing was changed. Try again."},
    {"53100", STATUS_FAILED, "The server's disk is full", "Nothing was changed. Its administrator has to make room."},
    {"53200", STATUS_FAILED, "The server is out of memory", "Nothing was changed. Try again."},
    {"57014", STATUS_FAILED, "The server stopped it", "Try again."},
    {"3F000", STATUS_FAILED, "The database lacks a schema that this program needs",
     "Its owner makes it with: centurion db migrate"},
    {"42P01", STATUS_FAILED, "The database lacks a table that this program needs",
     "Its owner makes it with: centurion db migrate"},
    {"42703", STATUS_FAILED, "The database lacks a column that this program needs",
     "Its owner makes it with: centurion db migrate"},
    {"42883", STATUS_FAILED, "The database lacks a function that this program needs",
     "Its owner makes it with: centurion db migrate"},
};

/* Where in a script: the line of the position, or which statement. */
static void add_place(struct str *text, const struct request *request, const PGresult *result)
{
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    str_addf(text, "%s, ", request->name);
    if (!position) {
        str_addf(text, "statement %d: ", request->statements + 1);
        return;
    }
    int line = 1;
    long left = strtol(position, NULL, 10) - 1; /* in characters */
    for (const char *at = request->sql; *at && left > 0; at++) {
        line += *at == '\n';
        left -= ((unsigned char)at[1] & 0xC0) != 0x80;
    }
    str_addf(text, "line %d: ", line);
}

/* RAISE in PL/pgSQL: our own functions say what is wrong and what to do, in words that are meant for people. */
static bool is_raised(const PGresult *result)
{
    const char *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    return function && strcmp(function, "exec_stmt_raise") == 0;
}

void db_result_error(const struct db *db, const struct request *request, const PGresult *result, struct error *error)
{
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    char *message = clean(words ? words : PQresultErrorMessage(result));
    char *detail = clean(PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
    char *hint = clean(PQresultErrorField(result, PG_DIAG_MESSAGE_HINT));
    const struct explanation *known =
        sqlstate ? explain(failures, sizeof failures / sizeof failures[0], sqlstate) : NULL;
    bool explained = known && !request->script && !is_raised(result);
    struct str text = {0};
    if (request->script)
        add_place(&text, request, result);
    if (request->late) {
        error_set(error, STATUS_FAILED, "%s had no answer within %g s and was stopped.", request_name(request),
                  request->query->timeout_ms / 1000.0);
        error_hint(error, "The server at %s may be busy. Try again.", db->place);
        goto done;
    }
    if (explained)
        str_addf(&text, "%s: ", known->text);
    str_addf(&text, "%s", message);
    if (*detail)
        str_addf(&text, " (%s)", detail);
    error_set(error, known ? known->status : STATUS_FAILED, "%s", str_text(&text));
    if (*hint)
        error_hint(error, "%s", hint);
    else if (explained)
        error_hint(error, "%s", known->hint);
done:
    str_fini(&text);
    free(message);
    free(detail);
    free(hint);
}
