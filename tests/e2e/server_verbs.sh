#!/bin/sh
# The command line as scripts use it: what goes where, and the exit status.
set -u
: "${CENTURION_PROGRAM:?}" "${PG_BINDIR:?}" "${TMPDIR:?}"

passed=0 failed=0
CENTURION_SERVER_HOME=$(mktemp -d /tmp/centurion-verbs.XXXXXX) || exit 1
export CENTURION_SERVER_HOME
chmod 755 "$CENTURION_SERVER_HOME"
out=$TMPDIR/out err=$TMPDIR/err

cleanup() {
    "$CENTURION_PROGRAM" server stop local >/dev/null 2>&1
    rm -rf "$CENTURION_SERVER_HOME" "$out" "$err" "$TMPDIR/centurion.conf"
}
trap cleanup EXIT
trap 'exit 129' HUP INT TERM

# gives STATUS WORD...: one test, that the program ends so. What it says is in $out and $err.
gives() {
    wanted=$1
    shift
    "$CENTURION_PROGRAM" "$@" >"$out" 2>"$err" </dev/null
    status=$?
    if [ "$status" -eq "$wanted" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: centurion $*: $status, not $wanted"
        cat "$out" "$err"
    fi
}

# says out|err PATTERN: one test. silent out|err: another.
says() {
    file=$out
    [ "$1" = out ] || file=$err
    if grep -q -e "$2" "$file"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1 does not say \"$2\":"
        cat "$out" "$err"
    fi
}

silent() {
    file=$out
    [ "$1" = out ] || file=$err
    if [ ! -s "$file" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1 is not silent:"
        cat "$file"
    fi
}

# run_sql CONNINFO STATEMENTS
run_sql() {
    "$PG_BINDIR/psql" "$1" -AtXqc "$2"
}

# Words that are wrong
gives 2
says err 'Usage: centurion'
silent out
gives 2 --sise
says err 'Did you mean --size'
gives 2 server strat demo
says err 'Did you mean "server start"'
gives 2 server start nowhere
says err 'no "nowhere"'
gives 2 server start demo --today yesterday
says err '\-\-today wants a date'
gives 2 server start demo --as coach
gives 2 db migrate --to 0 dbname=x
says err '\-\-to wants the number of a migration'
gives 2 db status -P nowhere
gives 2 db status
says err 'not said which database'
gives 0 --version
says out '^centurion [0-9]'
gives 0 db --help
says out 'db migrate'

# The configuration
printf '\ncolours = "none";\n' >"$TMPDIR/centurion.conf"
gives 2 -c "$TMPDIR/centurion.conf" server status local
says err 'centurion.conf:2: there is no setting "colours"'
gives 2 config check "$TMPDIR/centurion.conf"
gives 0 config show
cp "$out" "$TMPDIR/centurion.conf"
gives 0 config check "$TMPDIR/centurion.conf"
printf 'keys = {\n  jump = "x"; };\n' >"$TMPDIR/centurion.conf"
gives 2 -c "$TMPDIR/centurion.conf" dbname=x
says err 'centurion.conf:2: .*jump'
printf 'keys = { move-up = "j";\n move-down = "k"; back = "no-such-key"; };\n' >"$TMPDIR/centurion.conf"
gives 2 -c "$TMPDIR/centurion.conf" dbname=x
says err 'centurion.conf:2: .*no-such-key'
gives 2 --keys nowhere dbname=x
says err 'no key set "nowhere"'
printf 'profiles = { home = "%s"; };\n' "host=$CENTURION_SERVER_HOME/local" >"$TMPDIR/centurion.conf"
gives 2 -c "$TMPDIR/centurion.conf" -P hom db status
says err 'has: home'

# No server yet
gives 3 server status local --format json
says out '"state": "not made", "process": null'
gives 0 server conninfo local
owner=$(cat "$out")
gives 3 db status "$owner"
says err '^centurion: '
gives 3 db migrate "$owner"
silent out
gives 3 -c "$TMPDIR/centurion.conf" -P home db status

# A database of a private server, and a second one in it
gives 0 server start local
says out '^local runs$'
says err '^making the database folder$'
gives 0 server start local --progress
silent err
gives 0 db status "$owner"
says out '^table  *public.entries '
silent err
gives 0 db status "$owner" --format csv
says out '^part,name,state,rows,bytes'
gives 0 db migrate "$owner"
says out 'nothing was pending'
gives 0 db migrate "$owner" --dry-run --format json
says out '^\[\]$'
gives 1 db init "$owner"
silent out

run_sql "$owner" 'CREATE DATABASE second'
second="$owner dbname=second"
gives 1 db status "$second"
says out '^migration  *0001 shared_tables  *pending'
says out '^fault  *users  *missing: email text NOT NULL'
says err 'pending'
gives 0 db init "$second" --dry-run
says out '^ *1  shared_tables$'
gives 1 db status "$second"
gives 0 db migrate "$second" --to 1
says out '^1 migration applied$'
gives 0 db migrate "$second"
says out 'migrations applied$'
gives 0 db status "$second"
gives 1 db init "$second"
run_sql "$second" 'DROP INDEX public."users_role_idx"; ALTER TABLE public.entries ALTER COLUMN weight SET NOT NULL'
gives 1 db status "$second" --format csv
says out '^fault,users,missing: INDEX (role),,'
says out '^fault,entries,missing: weight '
says err '0 migrations pending, 2 faults'

# Somebody who is not the owner, and somebody who does not exist
person=$(id -un)
gives 0 server conninfo local --as "$person"
as=$(cat "$out")
run_sql "$as" 'SELECT session_user' >"$out" 2>"$err"
says out "^$person\$"
gives 4 db migrate "$as dbname=second" --to 1
gives 4 db status "host=$CENTURION_SERVER_HOME/local dbname=centurion user=nobody_at_all"

gives 0 server stop local
says out '^local is stopped$'
gives 3 db status "$owner"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
