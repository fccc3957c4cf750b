#!/bin/sh
# What a key costs, beside tig's in the same run: medians of several interleaved rounds, and their ratios. Nothing here is a test; figures of a
# busy machine are worth little. usage: tests/bench/bench.sh [small|large]   (make bench-keys; the large data take some minutes to make)
set -eu
: "${CENTURION_PROGRAM:?run it with make bench-keys}" "${TERMINAL_BENCH:?}"
command -v tig >/dev/null || { echo "bench: tig is missing (package tig)" >&2; exit 1; }
size=${1:-large} rounds=5 keys=60
work=$(mktemp -d /tmp/centurion-bench.XXXXXX)
chmod 755 "$work"
CENTURION_SERVER_HOME=$work/server TERM=xterm-256color LC_ALL=C.UTF-8
export CENTURION_SERVER_HOME TERM LC_ALL
mkdir -m 755 "$CENTURION_SERVER_HOME"
trap '"$CENTURION_PROGRAM" server stop demo >/dev/null 2>&1; rm -rf "$work"' EXIT
trap 'exit 129' HUP INT TERM

"$CENTURION_PROGRAM" server start demo --size "$size" >&2
git init -q -b main "$work/history"
i=0
while [ $i -lt 300 ]; do
    i=$((i + 1))
    printf 'commit refs/heads/main\ncommitter Someone Named <a@example.org> %d +0000\ndata <<E\nChange %d says what was done and a little of why\nE\n\n' \
        $((1700000000 + i * 4000)) $i
done | git -C "$work/history" fast-import --quiet
git -C "$work/history" checkout -q main

# measure NAME SIZE WORD IDLE COMMAND...: adds a line "NAME SIZE first ready ms bytes kib idle_bytes idle_wakeups"
measure() {
    name=$1 cells=$2 word=$3 idle=$4
    shift 4
    echo "$name $cells $("$TERMINAL_BENCH" "$cells" "$word" j "$keys" "$idle" "$@")" >>"$work/figures"
}
for cells in 80x24 120x36; do
    round=0
    while [ $round -lt $rounds ]; do
        round=$((round + 1))
        measure centurion "$cells" 'need you' 5 "$CENTURION_PROGRAM" demo
        (cd "$work/history" && measure tig "$cells" 'Change 300' 1 tig)
    done
done
sort -k1,1 -k2,2 "$work/figures" | awk '
    function median(key, column,    n, i, j, t, v) {
        n = count[key]
        for (i = 1; i <= n; i++) v[i] = value[key, i, column]
        for (i = 1; i < n; i++) for (j = i + 1; j <= n; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
        return v[int((n + 1) / 2)]
    }
    { key = $1 " " $2; keys[key]; n = ++count[key]; for (i = 3; i <= NF; i++) value[key, n, i] = $i }
    END {
        printf "%-18s %9s %9s %9s %9s %9s %6s %6s\n", "medians", "first ms", "ready ms", "key ms", "key bytes", "KiB", "idle B", "wakes"
        for (key in keys)
            printf "%-18s %9.2f %9.2f %9.2f %9d %9d %6d %6d\n", key, median(key, 3), median(key, 4), median(key, 5), median(key, 6),
                median(key, 7), median(key, 8), median(key, 9)
        for (i = split("80x24 120x36", sizes, " "); i; i--)
            printf "centurion/tig %s: %.2f of the time, %.2f of the bytes\n", sizes[i],
                median("centurion " sizes[i], 5) / median("tig " sizes[i], 5), median("centurion " sizes[i], 6) / median("tig " sizes[i], 6)
    }'
