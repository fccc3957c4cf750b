#!/bin/sh
# Every #include keeps to the rooms: each room includes itself and what the table allows, curses stays in term, libpq in data.
set -u
root=${CENTURION_SRCDIR:-$(dirname "$0")/../..}

# Prints each #include below $1 that breaks a rule.
# shellcheck disable=SC2016 # the $ in it are awk's
check() {
    (cd "$1" && find src include -name '*.[ch]' | sort | xargs awk '
        BEGIN {
            allowed["base"] = ""
            allowed["loop"] = "base"
            allowed["term"] = "base loop"
            allowed["ui"] = "base loop term"
            allowed["data"] = "base loop"
            allowed["jobs"] = "base loop data"
            allowed["screens"] = "base loop term ui data jobs"
            allowed["cli"] = "base loop data jobs"
            allowed["main"] = "base loop term ui data jobs screens cli"
        }
        # src/ui/table.c and include/centurion/ui/table.h -> ui; src/main.c -> main
        function room_of(path) {
            sub(/^(src|include\/centurion|centurion)\//, "", path)
            return path ~ /\// ? substr(path, 1, index(path, "/") - 1) : "main"
        }
        FNR == 1 { room = room_of(FILENAME); if (!(room in allowed)) print FILENAME ":1: no such room: " room }
        /^[ \t]*#[ \t]*include[ \t]*[<"]/ {
            target = $0
            gsub(/^[^<"]*[<"]|[>"].*$/, "", target)
            bad = ""
            if (target ~ /^(ncurses[a-z]*\/)?(curses|ncurses|ncurses_dll|panel|term|unctrl|menu|form)\.h$/ && room != "term") bad = "curses belongs to term"
            if (target ~ /(^|\/)(libpq-fe|libpq-events|postgres_ext|pg_config)\.h$/ && room != "data") bad = "libpq belongs to data"
            if (target ~ /^\.\.?\//) bad = "name the room"
            if (target ~ /^(src|centurion)\//) {
                other = room_of(target)
                if (other != room && index(" " allowed[room] " ", " " other " ") == 0) bad = room " must not include " other
                if (target ~ /^src\// && other != room && target !~ /\.gen\.h$/) bad = "private to " other
            }
            if (bad != "") print FILENAME ":" FNR ": " $0 ": " bad
        }
    ')
}

passed=0 failed=0
expect_nothing() { # expect_nothing NAME FOUND
    if [ -z "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s:\n%s\n' "$1" "$2"
    fi
}

expect_nothing "the tree keeps to its rooms" "$(check "$root")"

# The check can fail: each of these lines, planted in a copy, is found.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
plant() { # plant FILE LINE
    rm -rf "${copy:?}"/*
    mkdir -p "$copy/src" "$copy/include" "$copy/$(dirname "$1")"
    echo "$2" >"$copy/$1"
    case $(check "$copy") in
    "$1:1: "*) expect_nothing "a planted breach" "" ;;
    *) expect_nothing "a planted breach" "not found: $2 in $1" ;;
    esac
}
plant src/base/str.c '#include "centurion/loop/loop.h"'
plant src/loop/loop.c '#include <curses.h>'
plant src/ui/table.c '#  include <ncursesw/curses.h> /* why not */'
plant src/ui/table.c '#include "centurion/data/db.h"'
plant include/centurion/ui/table.h '#include "centurion/data/rowset.h"'
plant src/data/db.c '#include "centurion/term/term.h"'
plant src/screens/app.c '#include <postgresql/libpq-fe.h>'
plant src/screens/app.c '#include "src/ui/private.h"'
plant src/cli/verbs.c '#include "centurion/screens/app.h"'
plant src/jobs/mail.c '#include "centurion/ui/table.h"'
plant src/main.c '#include <libpq-fe.h>'
plant src/attic/old.c '#include <stdio.h>'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
