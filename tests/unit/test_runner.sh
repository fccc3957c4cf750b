#!/bin/sh
# tests/run counts what passes, and nothing that fails in any way passes.
# shellcheck disable=SC2016 # the $ in the programs' lines are theirs
set -u
passed=0 failed=0
build=$(pwd)
folder=$TMPDIR/runner
mkdir "$folder"
trap 'rm -rf "$folder"' EXIT

# program NAME LINE...: a script; without .sh in its name it passes for one of Criterion's programs.
program() {
    name=$1
    shift
    { echo '#!/bin/sh' && printf '%s\n' "$@"; } >"$folder/$name"
    chmod +x "$folder/$name"
}

# expect FOLDER LAST_LINE STATUS ARG...: the runner's last line and exit status.
expect() {
    in=$1 last_line=$2 status=$3
    shift 3
    said=$(cd "$in" && "$CENTURION_SRCDIR/tests/run" "$@" 2>&1)
    got=$?
    if [ "$(echo "$said" | tail -n 1)" = "$last_line" ] && [ $got -eq "$status" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s: want "%s" and status %s, got status %s and\n%s\n' "$*" "$last_line" "$status" "$got" "$said"
    fi
}

program three.sh 'echo 3 passed, 0 failed'
program quiet.sh 'true'
program criterion 'echo "[====] Synthesis: Tested: 5 | Passing: 5 | Failing: 0 | Crashing: 0 "'
expect "$folder" '9 passed, 0 failed' 0 three.sh quiet.sh criterion

program crashing 'echo "[====] Synthesis: Tested: 5 | Passing: 3 | Failing: 2 | Crashing: 1 "; exit 1'
expect "$folder" '6 passed, 2 failed' 1 three.sh crashing
program failing.sh 'exit 3'
expect "$folder" '0 passed, 1 failed' 1 failing.sh
program contradicts.sh 'echo 2 passed, 0 failed; exit 1'
expect "$folder" '2 passed, 1 failed' 1 contradicts.sh
program empty 'true'
expect "$folder" '0 passed, 1 failed' 1 empty
program leaves.sh 'touch "$TMPDIR/file"'
expect "$folder" '1 passed, 1 failed' 1 leaves.sh
program hangs.sh 'sleep 60'
TEST_TIMEOUT=1 expect "$folder" '0 passed, 1 failed' 1 hangs.sh
program reported.sh 'log=${ASAN_OPTIONS#log_path=}; echo "a leak" >"${log%%:*}.1"'
expect "$folder" '1 passed, 1 failed' 1 reported.sh
expect "$folder" '0 passed, 1 failed' 1 nowhere
expect "$folder" '0 passed, 0 failed' 1

# A real leak in a real test, by what there is to find it with
if [ "${SANITIZE:-}" = yes ]; then
    expect "$build" '1 passed, 1 failed' 1 tests/unit/leak
elif command -v valgrind >/dev/null; then
    expect "$build" '1 passed, 1 failed' 1 --valgrind tests/unit/leak
    expect "$build" '1 passed, 0 failed' 0 tests/unit/leak
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
