#!/bin/sh
# The whole way in a real terminal: the demonstration's server is made, a coach reviews, and every way out restores the terminal.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"

demo_home
today=2026-01-16

terminal_open 80 24
say "$CENTURION_PROGRAM demo --today $today"
send Enter
wait_for 'private server'
wait_for 'making\|bringing\|demonstration' 60
wait_for 'Review' 60
wait_for 'need you' 60
wait_for 'why'

# Next member, member page, back.
first=$(screen | grep '›' | sed -n 2p)
send j
until_true 10 sh -c "[ \"\$(tmux -S '$tmux_socket' capture-pane -p -t main | grep '›' | sed -n 2p)\" != '$first' ]"
report $? 'j moves to another client'
send Enter
wait_for '1 Over'
send 2
wait_for 'Src'
send 1
wait_for 'Check-ins'
say J
say q
wait_for 'need you'

# A mark is told once the server has it, and can be taken back.
say r
wait_for ' 1/22'
say S
wait_for ' 2/22'
say K
say R
wait_for ' 1/22'

# What was saved is taken back after it was shown, and done again.
say u
wait_for 'Take it back'
send Enter # the answer that stands there is no
wait_gone 'Take it back'
say u
wait_for 'undo: .* reopened'
say y
wait_for 'Taken back: .* reopened'
wait_for ' 2/22'
send C-r
wait_for 'Do it again'
say y
wait_for 'Done again: .* reopened'
wait_for ' 1/22'

# Cohorts, help, palette.
say gc
wait_for 'archived ones are hidden'
wait_for 'complete'
say '?'
wait_for 'Help'
send Escape
wait_gone 'Help'
say ':queue'
send Enter
wait_for 'need you'

# A storm of sizes ends in a whole screen.
for size in 120x36 60x15 200x50 40x10 81x25 100x30 80x24; do
    terminal_size "${size%x*}" "${size#*x}"
done
wait_for 'CENTURION' 10
wait_for 'need you'
terminal_size 40 10
wait_for 'too small'
terminal_size 120 36
wait_for 'need you'
wait_for 'why'

# Suspend and come back.
send C-z
wait_for 'shell>'
say 'fg'
send Enter
wait_for 'need you'

# The server stops answering: keys still do, and the screen says so; then it comes back by itself.
server_freeze
send F5
wait_for 'no answer' 15
send C-l
say '?'
wait_for 'Help'
say 'q'
say r
wait_for '1 change not saved yet'
wait_for ' 1/22' # nothing is said before it is sure
server_thaw
wait_gone 'no answer' 15
wait_for ' 2/22' 15
kill -KILL "$(postmaster)"
wait_for 'link lost' 15
say j # on to one that is not marked
say r
wait_for '1 change not saved yet'
say Q
wait_for 'Leaving once 1 change is saved'
"$CENTURION_PROGRAM" server start demo >/dev/null 2>&1
wait_for 'shell>' 30
say "clear; $CENTURION_PROGRAM demo"
send Enter
wait_for ' 3/22' 30

# Leaving restores the terminal.
say Q
wait_for 'shell>'
wait_gone 'CENTURION'
say 'stty -a | grep -o -e "[-]*echo " -e "[-]*icanon" | tr "\n" " "; echo done'
send Enter
wait_for 'icanon echo *done'

# A second start takes the server as it is.
say "clear; $CENTURION_PROGRAM demo --as client"
send Enter
wait_for 'my day' 10
check 'one program runs' test -n "$(program_pid)"
kill -TERM "$(program_pid)"
wait_for 'shell>' 10
wait_gone 'CENTURION'
say "clear; $CENTURION_PROGRAM demo --as admin"
send Enter
wait_for 'operations' 10
pid=$(program_pid)
tmux_do kill-session -t main
until_true 10 sh -c "! kill -0 $pid 2>/dev/null"
report $? 'a hang-up ends the program'
finish
