#!/bin/sh
# What access control costs: what logins read through the functions made for it, beside the same as a superuser, on the large demonstration; see
# access_bench.c. Exits with 1 where a ratio or a time is over its limit. usage: tests/bench/access.sh [ROUNDS]   (make bench-access)
set -eu
: "${CENTURION_PROGRAM:?run it with make bench-access}" "${ACCESS_BENCH:?}"
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/centurion-bench.XXXXXX)
chmod 755 "$work"
CENTURION_SERVER_HOME=$work/server LC_ALL=C.UTF-8
export CENTURION_SERVER_HOME LC_ALL
mkdir -m 755 "$CENTURION_SERVER_HOME"
trap '"$CENTURION_PROGRAM" server stop demo >/dev/null 2>&1; rm -rf "$work"' EXIT
trap 'exit 129' HUP INT TERM

# All on one processor: which of them a server's process is put on would be measured otherwise.
pin="taskset -c $(($(nproc) - 1))"
$pin true 2>/dev/null || pin=
$pin "$CENTURION_PROGRAM" server start demo --size large >&2
$pin "$ACCESS_BENCH" "$("$CENTURION_PROGRAM" server conninfo demo) user=centurion_superuser" "$here/access" "${1:-201}"
