#!/bin/sh
# What a private server must live through. As root everything is tried twice: through the account "postgres", and as an ordinary user.
set -u
: "${CENTURION_PROGRAM:?}" "${PG_BINDIR:?}"

passed=0 failed=0
folder=$(mktemp -d /tmp/centurion-survives.XXXXXX) || exit 1
chmod 755 "$folder"
cp "$CENTURION_PROGRAM" "$folder/centurion" || exit 1 # where every account can run it
out=$folder/out err=$folder/err
home='' run_as='' owner=''

cleanup() {
    for kind in demo local; do
        for made in "$folder"/*/"$kind"/data*/postmaster.pid; do
            [ -f "$made" ] && kill -QUIT "$(head -n 1 "$made")" 2>/dev/null
        done
    done
    umount "$folder/full" 2>/dev/null
    rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 129' HUP INT TERM

centurion() {
    # shellcheck disable=SC2086 # words
    $run_as env CENTURION_SERVER_HOME="$home" $sanitizers "$folder/centurion" "$@"
}

# as_owner COMMAND...: as the account that the server runs as
as_owner() {
    # shellcheck disable=SC2086
    $as_owner "$@"
}

# check WORDS COMMAND...: one test
check() {
    words=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED (%s): %s\n' "$owner" "$words"
        cat "$out" "$err"
        tail -n 5 "$home"/*/server.log 2>/dev/null
    fi
}

# gives STATUS VERB...: the program ends with that status; what it says is in $out and $err.
gives() {
    wanted=$1
    shift
    centurion "$@" >"$out" 2>"$err"
    [ $? -eq "$wanted" ]
}

says() {
    cat "$out" "$err" | grep -q -e "$1"
}

answers() {
    "$PG_BINDIR/psql" "$(centurion server conninfo "$1")" -AtXqc 'SELECT count(*) > 0 FROM centurion.migrations' 2>&1 | grep -qx t
}

until_true() {
    limit=600
    while ! "$@"; do
        limit=$((limit - 1))
        [ "$limit" -gt 0 ] || return 1
        sleep 0.05
    done
}

postmaster() {
    head -n 1 "$home/local/data/postmaster.pid"
}

gone() {
    ! kill -0 "$1" 2>/dev/null
}

nobody_works_in() {
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/cwd")" = "$1" ] && return 1
    done
    return 0
}

life() {
    check 'nothing is there at first' gives 3 server status local
    check 'stopping nothing is fine' gives 0 server stop local
    check 'local is made and started' gives 0 server start local
    check 'it answers' answers local
    check 'its status' gives 0 server status local --format csv
    check 'its status says so' says "^local,running,$(postmaster),$home/local,"
    check 'its folder is closed' [ "$(stat -c %a "$home/local")" = 700 ]
    check 'it listens to the network nowhere' [ -z "$(as_owner sed -n 6p "$home/local/data/postmaster.pid" | tr -d '*')" ]
    check 'starting it again changes nothing' gives 0 server start local
    check 'pages have checksums' sh -c "LC_ALL=C '$PG_BINDIR/pg_controldata' '$home/local/data' | grep -q 'checksum version: *1'"
    check 'it stops' gives 0 server stop local
    check 'then it does not answer' sh -c "! $PG_BINDIR/psql '$(centurion server conninfo local)' -c 'SELECT 1' >/dev/null 2>&1"
    check 'stopped is a status of its own' gives 3 server status local
}

crashes() {
    gives 0 server start local
    pid=$(postmaster)
    kill -9 "$pid"
    until_true gone "$pid"
    check 'a killed server is not taken for a running one' gives 3 server status local
    check 'a killed server is started again' gives 0 server start local
    check 'and answers' answers local

    # A pid file whose number belongs to another process of the same account now.
    gives 0 server stop local
    # shellcheck disable=SC2086
    $as_owner sleep 600 &
    other=$!
    until_true sh -c "grep -q sleep /proc/$other/comm"
    printf '%s\n%s\n1\n5432\n%s\n\n 1 1\nready\n' "$other" "$home/local/data" "$home/local" |
        as_owner tee "$home/local/data/postmaster.pid" "$home/local/.s.PGSQL.5432.lock" >/dev/null
    check 'the process of a stale pid file is not the server' gives 3 server status local
    check 'a stale pid file does not hinder' gives 0 server start local
    check 'it answers then' answers local
    check 'the other process was left alone' kill -0 "$other"
    kill "$other"

    # Held, as a debugger would hold it.
    kill -STOP "$(postmaster)"
    check 'a held server is stopped' gives 0 server stop local
}

interrupted() {
    for signal in KILL TERM; do
        rm -rf "${home:?}/demo"
        # shellcheck disable=SC2086
        $run_as env CENTURION_SERVER_HOME="$home" $sanitizers "$folder/centurion" server start demo --progress >"$out" 2>"$err" &
        program=$!
        until_true grep -q '^demonstration data' "$out"
        kill -s "$signal" "$program"
        wait "$program"
        check "after $signal half way there is nothing to be used" gives 3 server status demo
        until_true nobody_works_in "$home/demo/data.making"
        check "after $signal half way no server is left over" nobody_works_in "$home/demo/data.making"
    done
    check 'what was left half done does not hinder' gives 0 server start demo
    check 'it is whole' answers demo
    check 'nothing is left of the half' [ ! -e "$home/demo/data.making" ]
    check 'the coach can come in' [ "$("$PG_BINDIR/psql" "$(centurion server conninfo demo --as coach)" -AtXqc 'SELECT session_user')" = coach ]
    check 'another size than it has is refused' gives 2 server start demo --size large
    check 'and says how' says 'reset'
    gives 0 server stop demo
    rm -rf "${home:?}/demo"
}

two_at_once() {
    rm -rf "${home:?}/local"
    centurion server start local --progress >"$folder/first" 2>&1 &
    first=$!
    centurion server start local --progress >"$folder/second" 2>&1 &
    second=$!
    wait "$first"
    check 'of two at once one succeeds' [ $? -eq 0 ]
    wait "$second"
    check 'of two at once the other succeeds' [ $? -eq 0 ]
    check 'one of them made it' [ "$(cat "$folder/first" "$folder/second" | grep -c '^making')" = 1 ]
    check 'it answers both' answers local
    gives 0 server stop local
}

refusals() {
    as_owner sh -c "echo 14 >'$home/local/data/PG_VERSION'"
    check 'data of another version are not started' gives 1 server start local
    check 'it says how to upgrade' says 'pg_upgrade -U centurion_superuser -d data -D data.new'
    check 'status knows it' gives 1 server status local
    check 'status says how to upgrade' says 'apt-get install postgresql-14'
    as_owner sh -c "echo ${PG_VERSION_HERE} >'$home/local/data/PG_VERSION'"

    chmod 755 "$home/local"
    check 'a folder that others can enter is refused' gives 1 server start local
    check 'it says what to do' says "chmod 700 '$home/local'"
    chmod 700 "$home/local"
    chmod 777 "$home/local/data"
    check 'data that others can read are refused' gives 1 server start local
    check 'it says what to do about the data' says "chmod 700 '$home/local/data'"
    chmod 700 "$home/local/data"
    if [ "$(id -u)" -eq 0 ]; then
        chown daemon "$home/local"
        check 'a folder of somebody else is refused' gives 1 server start local
        check 'it says whose it is' says 'belongs to daemon'
        chown "$owner" "$home/local"
    fi
    check 'all that mended, it starts' gives 0 server start local
    gives 0 server stop local

    whole=$home home=$folder/nowhere
    mkdir "$home"
    touch "$home/local"
    check 'a file in the way is refused' gives 1 server start local
    rm -r "$home"
    home=$whole
    sanitizers="$sanitizers CENTURION_SERVER_BIN=/nonexistent"
    check 'without a server package a running program is not needed to say no' gives 1 server start local
    check 'it says which package' says "apt-get install postgresql"
    sanitizers=${sanitizers% *}
}

long_path() {
    whole=$home
    home=$home/$(printf '%0100d' 0)/"it's long"
    check 'a path too long for a socket will do' gives 0 server start local
    check 'it answers there' answers local
    socket=$(centurion server conninfo local | sed 's/host=\([^ ]*\) .*/\1/')
    check 'the socket is elsewhere' [ "${socket#/tmp/centurion-}" != "$socket" ]
    check 'in a closed folder' [ "$(stat -c %a "$socket")" = 700 ]
    check 'it stops there' gives 0 server stop local
    check 'nothing is left elsewhere' [ ! -e "$socket" ]
    as_owner mkdir -m 755 "$socket"
    check 'a socket folder that others can enter is refused' gives 1 server start local
    as_owner rmdir "$socket"
    home=$whole
}

full_disk() {
    whole=$home home=$folder/full
    mkdir "$home"
    if ! mount -t tmpfs -o size=20m,mode=0755 none "$home" 2>/dev/null; then
        echo 'not tried here: a full disk (needs the right to mount)'
        home=$whole
        return
    fi
    chown "$owner" "$home"
    check 'a disk too small is refused' gives 1 server start local
    check 'it says where and how much' says "$home/local needs [0-9]* MB of free space and has [0-9]* MB"
    mount -o remount,size=400m "$home"
    check 'with room it is made' gives 0 server start local
    gives 0 server stop local
    head -c 500M /dev/zero >"$home/fill" 2>/dev/null
    check 'on a full disk it does not start' gives 1 server start local
    check 'it says so' says 'The disk is full'
    rm "$home/fill"
    mount -o remount,ro "$home"
    check 'a read-only disk is refused' gives 1 server start local
    check 'it says that too' says 'Read-only file system'
    umount "$home"
    rmdir "$home"
    home=$whole
}

no_account() {
    grep -v '^postgres:' /etc/passwd >"$folder/passwd"
    if ! unshare -m mount --bind "$folder/passwd" /etc/passwd 2>/dev/null; then
        echo 'not tried here: a missing account (needs the right to mount)'
        return
    fi
    unshare -m sh -c "mount --bind '$folder/passwd' /etc/passwd && CENTURION_SERVER_HOME='$home' '$folder/centurion' server start local" \
        >"$out" 2>"$err"
    check 'a missing account is a failure' [ $? -eq 1 ]
    check 'it says which' says 'no account "postgres"'
}

all() {
    life
    crashes
    interrupted
    two_at_once
    refusals
    long_path
    [ "$(id -u)" -ne 0 ] || full_disk
}

PG_VERSION_HERE=$("$PG_BINDIR/postgres" -V | sed 's/[^0-9]*\([0-9]*\).*/\1/')
sanitizers=''
if [ "$(id -u)" -eq 0 ]; then
    owner=postgres as_owner='setpriv --reuid postgres --regid postgres --clear-groups'
    home=$folder/root
    all
    no_account
    # Reports of sanitizers go where nobody may not write; then they go to stderr and to the exit status.
    sanitizers='ASAN_OPTIONS= UBSAN_OPTIONS=halt_on_error=1'
    owner=nobody run_as='setpriv --reuid nobody --regid nogroup --clear-groups' as_owner=$run_as
    home=$folder/ordinary
    install -d -o nobody -g nogroup "$home"
    all
else
    owner=$(id -un) as_owner=''
    home=$folder/ordinary
    all
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
