# A real terminal for end-to-end tests: sourced, not run. Each test has a tmux server of its own in its temporary folder; waits are for what
# the screen shows, never for time to pass. The caller's last line is "N passed, N failed".
# shellcheck shell=sh

passed=0 failed=0
: "${TMPDIR:?}" "${CENTURION_PROGRAM:?}"
tmux_socket=$TMPDIR/tmux.sock

tmux_do() {
    tmux -S "$tmux_socket" -f /dev/null "$@"
}

# terminal_open COLS ROWS: a shell in a terminal of that size.
terminal_open() {
    tmux_do new-session -d -x "$1" -y "$2" -s main "env PS1='shell> ' HISTFILE=/dev/null sh -i" || exit 1
    tmux_do set-option -g status off
    tmux_do set-option -g default-terminal xterm-256color
    wait_for 'shell>'
}

terminal_close() {
    tmux_do kill-server 2>/dev/null
    rm -f "$tmux_socket"
}

# A home for private servers that the account that runs them can reach; at the end it is gone, and the terminal closed.
# shellcheck disable=SC2317 # called by the trap
demo_end() {
    [ -z "${frozen:-}" ] || server_thaw
    "$CENTURION_PROGRAM" server stop demo >/dev/null 2>&1
    rm -rf "$CENTURION_SERVER_HOME"
    terminal_close
}

demo_home() {
    chmod 755 "$TMPDIR"
    CENTURION_SERVER_HOME=$(mktemp -d /tmp/centurion-e2e.XXXXXX)
    export CENTURION_SERVER_HOME
    chmod 755 "$CENTURION_SERVER_HOME"
    trap demo_end EXIT
}

# The private server stops answering, and answers again.
postmaster() {
    head -n 1 "$(find "$CENTURION_SERVER_HOME" -name postmaster.pid | head -n 1)"
}

server_freeze() {
    frozen="$(pgrep -P "$(postmaster)") $(postmaster)"
    # shellcheck disable=SC2086 # words
    kill -STOP $frozen
}

server_thaw() {
    # shellcheck disable=SC2086 # words
    kill -CONT $frozen 2>/dev/null
    frozen=
}

# The program that runs in the terminal: other tests run the same one.
program_pid() {
    pgrep -P "$(tmux_do display-message -p -t main '#{pane_pid}')"
}

# The program is killed while it runs; a shell waits in its place.
program_kill() {
    killed=$(program_pid)
    kill -KILL "$killed" && until_true 10 sh -c "! kill -0 $killed 2>/dev/null"
    report $? 'the program was killed'
    tmux_do respawn-pane -k -t main "env PS1='shell> ' HISTFILE=/dev/null sh -i"
    wait_gone 'CENTURION'
    wait_for 'shell>'
}

terminal_size() {
    tmux_do resize-window -t main -x "$1" -y "$2"
}

screen() {
    tmux_do capture-pane -p -t main
}

# send NAME...: keys as tmux names them. say TEXT: characters.
# After Escape wait for what it did: a letter that comes directly after it is Alt with that letter. And wait for what only the last key can
# have brought: what was there before is there at once.
send() {
    tmux_do send-keys -t main "$@"
}

say() {
    tmux_do send-keys -t main -l "$1"
}

# until_true SECONDS COMMAND...: polls; the limit is for a broken program only.
until_true() {
    limit=$(($1 * 20))
    shift
    while ! "$@"; do
        limit=$((limit - 1))
        [ "$limit" -gt 0 ] || return 1
        sleep 0.05
    done
}

shows() {
    screen | grep -q -e "$1"
}

shows_not() {
    ! shows "$1"
}

report() {
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
        echo "ok: $2"
    else
        failed=$((failed + 1))
        echo "FAILED: $2"
        screen
    fi
}

# wait_for PATTERN [SECONDS]: one test, that the screen comes to show it. wait_gone: that it no longer does.
wait_for() {
    until_true "${2:-20}" shows "$1"
    report $? "shows \"$1\""
}

wait_gone() {
    until_true "${2:-20}" shows_not "$1"
    report $? "no longer shows \"$1\""
}

# A second terminal beside the first: other_open COLS ROWS, then the same by other names.
other() {
    tmux_do capture-pane -p -t other
}

other_send() {
    tmux_do send-keys -t other "$@"
}

other_say() {
    tmux_do send-keys -t other -l "$1"
}

other_shows() {
    other | grep -q -e "$1"
}

other_lacks() {
    ! other_shows "$1"
}

# other_wait PATTERN [SECONDS], other_gone: one test each.
other_wait() {
    until_true "${2:-20}" other_shows "$1"
    report_other $? "the other shows \"$1\""
}

other_gone() {
    until_true "${2:-20}" other_lacks "$1"
    report_other $? "the other no longer shows \"$1\""
}

report_other() {
    report "$1" "$2"
    [ "$1" -eq 0 ] || other
}

other_open() {
    tmux_do new-session -d -x "$1" -y "$2" -s other "env PS1='shell> ' HISTFILE=/dev/null sh -i" || exit 1
    other_wait 'shell>'
}

# check WORDS COMMAND...: one test, that the command succeeds now.
check() {
    words=$1
    shift
    "$@"
    report $? "$words"
}

finish() {
    terminal_close
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}
