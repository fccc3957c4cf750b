# Turns files into C string constants. kind says what they are:
#   sql     src/data/sql/schema/NNNN_name.sql and src/data/sql/demo/NN_step.sql  -> centurion/data/embedded.h
#   themes  themes/NAME.theme                                                    -> centurion/ui/embedded_themes.h
#   config  config/centurion.conf                                                -> centurion/cli/embedded_config.h
# Arrays end with an empty row, so that they stand even where there is no file.

BEGIN {
    if (kind == "sql") print "#include \"centurion/data/embedded.h\"\n"
    if (kind == "themes") print "#include \"centurion/ui/embedded_themes.h\"\n"
    if (kind == "config") print "#include \"centurion/cli/embedded_config.h\"\n\nconst char embedded_config[] ="
}

FNR == 1 && kind != "config" {
    if (files > 0) print "    ;"
    path[++files] = FILENAME
    print "static const char text_" files "[] ="
}

FNR == 1 && FILENAME ~ /\/sql\/demo\/[^\/]*$/ {
    if ($0 !~ /^-- step: ./) fail("first line must be \"-- step: words\"")
    step[files] = substr($0, length("-- step: ") + 1)
}

{ print "    \"" escape($0) "\\n\"" }

END {
    if (failed) exit 1
    if (kind == "config") print "    \"\";"
    else if (files > 0) print "    ;"
    if (kind == "sql") {
        print "\nconst struct embedded_migration embedded_migrations[] = {"
        for (i = 1; i <= files; i++) if (!(i in step)) print "    " migration(i) ","
        print "    {0},\n};\n\nconst struct embedded_step embedded_steps[] = {"
        for (i = 1; i <= files; i++) if (i in step) print "    {\"" escape(step[i]) "\", text_" i "},"
        print "    {0},\n};\n"
        counts("embedded_migrations")
        counts("embedded_steps")
    }
    if (kind == "themes") {
        print "\nconst struct embedded_theme embedded_themes[] = {"
        for (i = 1; i <= files; i++) print "    {\"" escape(stem(path[i])) "\", text_" i "},"
        print "    {0},\n};\n"
        counts("embedded_themes")
    }
}

# A migration's row; versions must rise, so that no two can be the same.
function migration(i,    name, version) {
    name = stem(path[i])
    version = name + 0
    if (name !~ /^[0-9][0-9][0-9][0-9]_[a-z]/ || version <= last) fail("want NNNN_name.sql, each number once")
    last = version
    return "{" version ", \"" escape(substr(name, 6)) "\", text_" i "}"
}

function counts(array) {
    print "const int " array "_count = sizeof " array " / sizeof " array "[0] - 1;"
}

function stem(file) {
    sub(/.*\//, "", file)
    sub(/\.[a-z]+$/, "", file)
    return file
}

# ? is escaped against trigraphs.
function escape(text) {
    gsub(/\\/, "&&", text)
    gsub(/"/, "\\\"", text)
    gsub(/\?/, "\\?", text)
    gsub(/\t/, "\\t", text)
    gsub(/\r/, "\\r", text)
    return text
}

function fail(why) {
    print FILENAME ": " why > "/dev/stderr"
    failed = 1
    exit 1
}
