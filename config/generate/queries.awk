# Turns named queries (src/data/sql/queries/*.sql) into C, as centurion/data/query.h declares them.
# part=h writes include/centurion/data/queries.gen.h: QUERY_NAME and the columns NAME_COLUMN of each; part=c the constants themselves. A query:
#
#   -- query: review_queue
#   -- params: week date, coach int4?            '?': may be NULL; a list that ends with a comma goes on in the next line
#   -- result: user_id int4, score int4?
#   -- timeout: 5000                             milliseconds; 10000 unless given
#   -- write                                     changes data; read-only unless given
#   SELECT ...;
#
# Other lines that hold only a comment are left out of the program.

BEGIN {
    print "/* Made by config/generate/queries.awk from src/data/sql/queries. */"
    if (part == "h") print "#ifndef CENTURION_DATA_QUERIES_GEN_H\n#define CENTURION_DATA_QUERIES_GEN_H\n\n#include \"centurion/data/query.h\""
    else print "#include \"centurion/data/queries.gen.h\"\n\n#include <stddef.h>"
}

/^-- query:/ {
    finish()
    name = words(9)
    if (name !~ /^[a-z][a-z0-9_]*$/) fail("a query's name is lower case with underscores: \"" name "\"")
    if (name in seen) fail("there is another query " name " in " seen[name])
    seen[name] = FILENAME
    params = result = sql = open = ""
    timeout = 10000
    write = "false"
    next
}

/^--/ && open != "" { add(open, words(2)); next }
/^-- params:/       { add("params", words(10)); next }
/^-- result:/       { add("result", words(10)); next }
/^-- write[ ]*$/    { write = "true"; next }
/^-- timeout:/      {
    timeout = words(11)
    if (timeout !~ /^[1-9][0-9]*$/) fail("a timeout is a number of milliseconds")
    next
}
/^[ ]*--/ || /^[ ]*$/ { next }

{
    if (name == "") fail("SQL before the first \"-- query:\"")
    sub(/[ ]+$/, "")
    sql = sql "\n        \"" escape($0) "\\n\""
}

END {
    if (failed) exit 1
    finish()
    if (part == "h") print "\n#endif"
    else {
        print "\nconst struct query *const queries_all[] = {"
        for (i = 1; i <= count; i++) print "    &QUERY_" toupper(names[i]) ","
        print "    NULL,\n};\n\nconst int queries_count = " count + 0 ";"
    }
}

# Writes the query that was read, if there is one.
function finish() {
    if (name == "") return
    if (sql == "") fail("query " name " has no SQL")
    if (open != "") fail("query " name ": the list of " open " ends with a comma")
    names[++count] = name
    if (part == "h") header()
    else source()
    name = ""
}

function header(    list, n, i) {
    print "\nextern const struct query QUERY_" toupper(name) ";"
    n = split(result, list, /,/)
    if (n == 0) return
    print "enum {"
    for (i = 1; i <= n; i++) print "    " toupper(name) "_" toupper(column_name(list[i])) ","
    print "};"
}

function source(    has_params, has_result) {
    has_params = columns(name "_params", params)
    has_result = columns(name "_columns", result)
    # Without the ; at the end, so that a query can be put into EXPLAIN or a pipeline as it is.
    sub(/;\\n"$/, "\"", sql)
    print "\nconst struct query QUERY_" toupper(name) " = {"
    print "    .name = \"" name "\","
    print "    .sql =" sql ","
    if (has_params) print "    .params = " name "_params,\n    .param_count = " has_params ","
    if (has_result) print "    .columns = " name "_columns,\n    .column_count = " has_result ","
    print "    .write = " write ",\n    .timeout_ms = " timeout ",\n};"
}

# Writes a list of "name type?" as an array, and returns its length.
function columns(array, text,    list, n, i) {
    n = split(text, list, /,/)
    if (n == 0) return 0
    print "\nstatic const struct query_column " array "[] = {"
    for (i = 1; i <= n; i++)
        print "    {\"" column_name(list[i]) "\", " column_type(list[i]) ", " (list[i] ~ /\?/ ? "true" : "false") "},"
    print "};"
    return n
}

function column_name(text,    part) {
    if (text !~ /^[ ]*[a-z_][a-z0-9_]* [ ]*[a-z0-9]+(\[\])?\??[ ]*$/) fail("query " name ": want \"name type\" or \"name type?\", not \"" text "\"")
    split(text, part)
    return part[1]
}

# int4 -> TYPE_INT4, int4[] -> TYPE_INT4_ARRAY; a type that query.h does not know does not compile.
function column_type(text,    part) {
    split(text, part)
    sub(/\?/, "", part[2])
    sub(/\[\]/, "_array", part[2])
    return "TYPE_" toupper(part[2])
}

function add(list, text) {
    if (list == "params") params = params text
    else result = result text
    open = text ~ /,$/ ? list : ""
}

# The line from a position on, without blanks around.
function words(from,    text) {
    text = substr($0, from + 1)
    gsub(/^[ ]+|[ ]+$/, "", text)
    return text
}

# ? is escaped against trigraphs.
function escape(text) {
    gsub(/\\/, "&&", text)
    gsub(/"/, "\\\"", text)
    gsub(/\?/, "\\?", text)
    gsub(/\t/, "\\t", text)
    return text
}

function fail(why) {
    print FILENAME ":" FNR ": " why > "/dev/stderr"
    failed = 1
    exit 1
}
