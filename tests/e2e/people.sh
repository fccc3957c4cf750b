#!/bin/sh
# People and logins from the command line, on a private server: what is done, what is refused, and that nothing of that is left.
set -u
: "${CENTURION_PROGRAM:?}" "${PG_BINDIR:?}" "${TMPDIR:?}"

passed=0 failed=0
CENTURION_SERVER_HOME=$(mktemp -d /tmp/centurion-people.XXXXXX) || exit 1
export CENTURION_SERVER_HOME
chmod 755 "$CENTURION_SERVER_HOME"
out=$TMPDIR/out err=$TMPDIR/err
tmux_server=centurion-people-$$

cleanup() {
    tmux -L "$tmux_server" kill-server >/dev/null 2>&1
    "$CENTURION_PROGRAM" server stop local >/dev/null 2>&1
    rm -rf "$CENTURION_SERVER_HOME" "$out" "$err" "$TMPDIR/secret" "$TMPDIR/session" "$TMPDIR/typed"
}
trap cleanup EXIT
trap 'exit 129' HUP INT TERM

result() {
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $2"
        cat "$out" "$err"
    fi
}

# gives STATUS WORD...: one test, that the program ends so. What it says is in $out and $err.
gives() {
    wanted=$1
    shift
    "$CENTURION_PROGRAM" "$@" >"$out" 2>"$err" </dev/null
    status=$?
    [ "$status" -eq "$wanted" ]
    result $? "centurion $*: $status, not $wanted"
}

# says out|err PATTERN, silent out|err: one test each.
says() {
    file=$out
    [ "$1" = out ] || file=$err
    grep -q -e "$2" "$file"
    result $? "$1 does not say \"$2\":"
}

silent() {
    file=$out
    [ "$1" = out ] || file=$err
    [ ! -s "$file" ]
    result $? "$1 is not silent:"
}

# same WHAT EXPECTED ACTUAL: one test.
same() {
    [ "$2" = "$3" ]
    result $? "$1: \"$3\", not \"$2\""
}

# sql CONNINFO STATEMENTS
sql() {
    "$PG_BINDIR/psql" "$1" -AtXqc "$2"
}

# Words that are wrong need no server
gives 2 user add dbname=x
says err 'wants --name NAME and --email ADDRESS'
gives 2 user add dbname=x --name Ana --email ana@example.org --role boss
says err '\-\-role takes admin|coach|client, not "boss"'
gives 2 user set-role 1 boss dbname=x
says err 'no role "boss"'
gives 2 user set-role 1
gives 2 user disable one dbname=x
says err '"one" is not the number of a person'
gives 2 user disable 0 dbname=x
gives 2 user disable 99999999999 dbname=x
gives 2 user list dbname=x --user 1
says err '\-\-user does not go with "user list"'
gives 2 user erase 1 dbname=x --certainly
says err 'no option --certainly'
gives 2 login create ana dbname=x
says err 'wants --user ID'
gives 2 login create ana --user x dbname=x
gives 2 login create ana --user 1 --no-password --password-file x dbname=x
gives 2 login disable
says err 'NAME of a login, or --user ID'
gives 2 user disabel 1
says err 'Did you mean "user disable"'

"$CENTURION_PROGRAM" server start local --as chief >"$out" 2>"$err" </dev/null
result $? "server start local"
admin=$("$CENTURION_PROGRAM" server conninfo local --as chief)
owner=$("$CENTURION_PROGRAM" server conninfo local)
login() {
    "$CENTURION_PROGRAM" server conninfo local --as "$1"
}

# Adding people
gives 0 user add "$admin" --name ' Ana Silva ' --email ' ANA@Example.org ' --format csv --dry-run
says out 'would add'
gives 0 user add "$admin" --name ' Ana Silva ' --email ' ANA@Example.org ' --format csv
says out '^[0-9]*,Ana Silva,ana@example.org,CLIENT'
ana=$(sed -n 's/^\([0-9]*\),Ana.*/\1/p' "$out")
gives 0 user add "$admin" --name 'Bo Cole' --email bo@example.org --role coach --format csv
bo=$(sed -n 's/^\([0-9]*\),Bo.*/\1/p' "$out")
before=$(sql "$owner" 'SELECT count(*) FROM public.users')
gives 1 user add "$admin" --name Twin --email ana@EXAMPLE.org
says err "ana@example.org is somebody else's already"
says err "It is that of person $ana"
silent out
gives 1 user add "$admin" --name X --email x@example.org
says err 'A name has 2 to 255 characters'
gives 1 user add "$admin" --name "$(printf 'X\nY')" --email x@example.org
gives 1 user add "$admin" --name Xavier --email nowhere
says err '"nowhere" is no e-mail address'
gives 1 user add "$admin" --name "Robert'); DROP TABLE public.users; --" --email "x'; DROP TABLE public.users; --@example.org"
gives 2 user add "$admin" --name Xavier --email x@example.org --password-file "$TMPDIR/nowhere"
says err 'nowhere cannot be read: No such file'
: >"$TMPDIR/secret"
gives 2 user add "$admin" --name Xavier --email x@example.org --password-file "$TMPDIR/secret"
says err 'The first line of .* is empty'
head -c 2000 /dev/zero | tr '\0' x >"$TMPDIR/secret"
gives 2 user add "$admin" --name Xavier --email x@example.org --password-file "$TMPDIR/secret"
says err 'is no password'
head -c 73 /dev/zero | tr '\0' x >"$TMPDIR/secret"
gives 2 user add "$admin" --name Xavier --email x@example.org --password-file "$TMPDIR/secret"
says err 'longer than 72 bytes'
same 'people after what was refused' "$before" "$(sql "$owner" 'SELECT count(*) FROM public.users')"
printf 'open sesame\nmore\n' >"$TMPDIR/secret"
chmod 644 "$TMPDIR/secret"
gives 0 user add "$admin" --name 'Cy Doe' --email cy@example.org --password-file "$TMPDIR/secret"
says err 'others can read the password'
cy=$(sql "$owner" "SELECT id FROM public.users WHERE email = 'cy@example.org'")
chmod 600 "$TMPDIR/secret"
gives 0 user set-password "$ana" "$admin" --password-file "$TMPDIR/secret"
silent err
same 'hashes' '2' "$(sql "$owner" "SELECT count(DISTINCT password) FROM public.users WHERE password ~ '^[\$]2b[\$]12[\$].{53}\$'")"
gives 2 user set-password "$ana" "$admin"
says err 'no terminal to ask for the password'
gives 1 user set-password 4711 "$admin" --password-file "$TMPDIR/secret"
says err 'There is no person 4711'

# Logins
gives 0 login create bo "$admin" --user "$bo" --no-password --dry-run
says out "would make the login \"bo\" for person $bo, Bo Cole"
same 'roles after a dry run' '0' "$(sql "$owner" "SELECT count(*) FROM pg_roles WHERE rolname = 'bo'")"
gives 0 login create bo "$admin" --user "$bo" --no-password
gives 0 login create ana "$admin" --user "$ana" --password-file "$TMPDIR/secret"
same 'who comes in' "$bo COACH bo" "$(sql "$(login bo)" "SELECT concat_ws(' ', user_id, role, login) FROM centurion.whoami()")"
sql "$owner" 'CREATE ROLE taken'
before=$(sql "$owner" 'SELECT count(*) FROM pg_roles')
for name in '' Ana "o'brien" 'a"b' 'x; DROP ROLE bo' 'zoë' 'a b' pg_x centurion_admin public "$(printf 'a\nb')" \
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; do
    gives 1 login create "$name" "$admin" --user "$cy" --no-password
    says err '^centurion: \(That is no name for a login\|The name "[a-z_]*" is kept\)'
done
gives 1 login create taken "$admin" --user "$cy" --no-password
says err 'There is a role "taken" on this server already'
gives 1 login create second "$admin" --user "$bo" --no-password
says err "Person $bo has the login \"bo\" already"
gives 1 login create second "$admin" --user 4711 --no-password
says err 'There is no person 4711'
gives 2 login create second "$admin" --user "$cy"
says err 'no terminal to ask for the password'
same 'roles after what was refused' "$before" "$(sql "$owner" 'SELECT count(*) FROM pg_roles')"
gives 0 login list "$admin" --format csv
says out "^bo,$bo,Bo Cole,COACH,enabled,0,"
says out "^chief,1,chief,ADMIN,enabled,1,"
gives 0 login set-password bo "$admin" --password-file "$TMPDIR/secret"
gives 1 login set-password nobody "$admin" --password-file "$TMPDIR/secret"
says err 'There is no login "nobody"'

# Typed on a terminal: twice the same, or not
typed() {
    rm -f "$TMPDIR/typed"
    tmux -L "$tmux_server" -f /dev/null new-session -d -x 80 -y 24 \
        "'$CENTURION_PROGRAM' login set-password bo '$admin' >'$out' 2>'$err'; echo \$? >'$TMPDIR/typed'"
    for line in "$1" "$2"; do
        sleep 0.3
        until [ -s "$err" ] && { [ "$line" != "$2" ] || [ "$1" = "$2" ] || grep -q 'The same again' "$err"; }; do sleep 0.05; done
        tmux -L "$tmux_server" send-keys "$line" Enter
    done
    until [ -s "$TMPDIR/typed" ]; do sleep 0.05; done
    sleep 0.1
    tmux -L "$tmux_server" kill-server >/dev/null 2>&1
}
: >"$err"
typed 'sesame' 'seseme'
same 'two that differ' 2 "$(cat "$TMPDIR/typed")"
says err 'not the same'
: >"$err"
typed 'sesame' 'sesame'
same 'the same twice' 0 "$(cat "$TMPDIR/typed")"
says out 'the login "bo" has a new password'

# What a coach and a client may
gives 4 user list "$(login bo)"
gives 4 user add "$(login bo)" --name Xavier --email x@example.org
gives 4 user set-role "$bo" admin "$(login bo)"
gives 4 user disable 1 "$(login bo)"
gives 4 user erase "$ana" "$(login bo)" --email ana@example.org
gives 4 login list "$(login bo)"
gives 4 login create second "$(login bo)" --user "$cy" --no-password
gives 4 login disable chief "$(login bo)"
gives 1 user show "$ana" "$(login bo)"
says err "There is no person $ana"
gives 1 user export "$ana" "$(login bo)"
gives 0 user show "$bo" "$(login bo)"
says out 'Bo Cole'
gives 0 user export "$ana" "$(login ana)"
says out '"email": "ana@example.org"'

# An open session ends with the rights that it had: an idle one, and one that holds its person's row
hold() {
    rm -f "$TMPDIR/session"
    (
        printf '%s;\n' "$2"
        printf '\\! echo open >%s\n' "$TMPDIR/session"
        while [ -e "$TMPDIR/session.wait" ]; do sleep 0.1; done
    ) | "$PG_BINDIR/psql" "$1" -AtXq >/dev/null 2>&1 &
    until [ -s "$TMPDIR/session" ]; do sleep 0.05; done
}
sessions() {
    # a session that was told to end does so in its own time
    count=1
    for _ in $(seq 150); do
        count=$(sql "$owner" "SELECT count(*) FROM pg_stat_activity WHERE usename = '$1'")
        [ "$count" -ne 0 ] || break
        sleep 0.1
    done
    echo "$count"
}
: >"$TMPDIR/session.wait"
hold "$(login bo)" 'SELECT 1'
same 'an open session' 1 "$(sql "$owner" "SELECT count(*) FROM pg_stat_activity WHERE usename = 'bo'")"
gives 0 user set-role "$bo" client "$admin" --dry-run
says out "would make CLIENT of person $bo, Bo Cole"
gives 0 user set-role "$bo" client "$admin"
says out "person $bo, Bo Cole is CLIENT"
same 'sessions after a demotion' 0 "$(sessions bo)"
same 'who comes in then' CLIENT "$(sql "$(login bo)" 'SELECT role FROM centurion.whoami()')"
gives 0 user set-role "$bo" coach "$admin"
hold "$(login bo)" "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT outcome FROM centurion.user_save(gen_random_uuid(), $bo, (SELECT version FROM centurion.user_show($bo)), '{\"name\": \"Held\"}')"
gives 0 user disable "$bo" "$admin"
same 'sessions of who is disabled' 0 "$(sessions bo)"
gives 4 user show "$bo" "$(login bo)"
gives 0 login list "$admin" --format csv
says out "^bo,$bo,Bo Cole,COACH,person disabled,0,"
gives 1 login enable bo "$admin"
says err 'Enable the person first'
gives 0 user list "$admin" --format csv
! grep -q Bo "$out"
result $? 'who is disabled is listed'
gives 0 user list "$admin" --all --role coach --format csv
says out "^$bo,Bo Cole,bo@example.org,COACH,disabled,bo,yes"
gives 0 user enable "$bo" "$admin"
same 'who is enabled comes in' COACH "$(sql "$(login bo)" 'SELECT role FROM centurion.whoami()')"
hold "$(login bo)" 'BEGIN; SELECT 1'
gives 0 login disable --user "$bo" "$admin"
says out 'the login "bo" is disabled'
same 'sessions of a disabled login' 0 "$(sessions bo)"
gives 4 user show "$bo" "$(login bo)"
gives 0 login enable bo "$admin"
says out 'the login "bo" is enabled'
# The web application does not know of any of this
hold "$(login bo)" 'BEGIN; SELECT 1'
sql "$owner" "UPDATE public.users SET role = 'CLIENT' WHERE id = $bo"
same 'sessions after a demotion by the web application' 0 "$(sessions bo)"
same 'who comes in after it' CLIENT "$(sql "$(login bo)" 'SELECT role FROM centurion.whoami()')"
rm -f "$TMPDIR/session.wait"
wait

# Nobody locks everybody out
gives 4 user disable 1 "$admin"
says err 'Nobody removes or demotes themselves'
gives 4 login disable chief "$admin"
gives 1 user set-role 1 client "$owner"
says err 'Person 1 is the last administrator'
gives 1 user disable 1 "$owner"
gives 1 user disable 4711 "$admin"
says err 'There is no person 4711'

# The first administrator of a database that is not private, by its owner
gives 0 user add "$owner" --name 'First One' --email first@example.org --role admin --format csv
first=$(sed -n 's/^\([0-9]*\),First.*/\1/p' "$out")
gives 0 login create first "$owner" --user "$first" --no-password
same 'the first administrator' ADMIN "$(sql "$(login first)" 'SELECT role FROM centurion.whoami()')"

# Erasing
gives 0 user export "$ana" "$admin"
says out '"name": "Ana Silva"'
gives 2 user erase "$ana" "$admin"
says err '\-\-email ADDRESS'
gives 1 user erase "$ana" "$admin" --email bo@example.org
says err "not the e-mail address of person $ana"
gives 0 user erase "$ana" "$admin" --email ana@example.org --dry-run
says out "would erase person $ana, Ana Silva"
gives 0 user show "$ana" "$admin" --format json
gives 0 user erase "$ana" "$admin" --email Ana@Example.org
says out "person $ana is erased"
gives 1 user show "$ana" "$admin"
same 'her role' 0 "$(sql "$owner" "SELECT count(*) FROM pg_roles WHERE rolname = 'ana'")"
same 'the log' 0 "$(sql "$owner" "SELECT count(*) FROM public.audit_logs WHERE metadata::text ILIKE '%ana@example%' OR metadata::text LIKE '%Ana Silva%'")"
gives 4 user erase 1 "$admin" --email chief@localhost

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
