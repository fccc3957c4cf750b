#!/bin/sh
# The check-in form in a real terminal: from the grid, with a mistake mended, a suggestion of health data taken, save and next, a draft
# after a kill, and the same check-in in two hands.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"

demo_home

terminal_open 120 36
say "$CENTURION_PROGRAM demo --today 2026-01-16"
send Enter
wait_for 'need you' 90
say ':entries/1/2026-01-15'
send Enter
wait_for '14 rows, nothing changed' 15
say c
wait_for 'Amy Byrne . Check-in Thu 15 Jan' 15
wait_for 'none yet'

# A mistake is told while it is typed and stops the saving; what is odd does not.
say 999
wait_for 'above 0 to 454'
send C-s
wait_for '1 field changed'
send BSpace
wait_gone 'above 0 to 454'
wait_for '% off the last one'
send Tab
say 4000
wait_for '2 fields changed'
send C-s
wait_for 'Check-in of Amy Byrne saved' 10
wait_for 'last changed by Gav'

# Nothing typed: on to the next of the list. The suggested sleep is taken knowingly, and stays known as taken.
send C-n
wait_for 'Ana Silva . Check-in Thu 15 Jan' 10
wait_for 'Health suggests 8 (7 h 0 m)' 10
send Tab Tab Tab
send C-t
wait_gone 'Health suggests 8'
wait_for '1 field changed'
send C-n
wait_for 'Ben Cole . Check-in Thu 15 Jan' 10
wait_for '77.3' 10

# Typed, killed, and offered again.
send Tab
send C-x
wait_for 'will be emptied'
send Tab
send Tab
wait_for '1 field changed'
until_true 10 sh -c "grep -rqs steps '$HOME'"
program_kill
say "$CENTURION_PROGRAM demo --today 2026-01-16"
send Enter
wait_for 'need you' 30
say ':checkin/10/2026-01-15'
send Enter
wait_for 'A draft of' 15
say t
wait_gone 'A draft of'
wait_for 'will be emptied'
send Escape
wait_for 'Esc again throws away 1 field'
send Escape
wait_for 'Blank keeps a value'
wait_gone 'will be emptied'

# Somebody else saves the same check-in meanwhile: both values stand there, and mine goes over theirs only when it is saved again.
tmux_do new-session -d -x 120 -y 36 -s other "env PS1='shell> ' HISTFILE=/dev/null sh -i"
# shellcheck disable=SC2317 # called by until_true
other_shows() {
    tmux_do capture-pane -p -t other | grep -q -e "$1"
}
until_true 10 other_shows 'shell>'
tmux_do send-keys -t other -l "$CENTURION_PROGRAM open checkin/11/2026-01-14 \"\$($CENTURION_PROGRAM server conninfo demo --as coach)\""
tmux_do send-keys -t other Enter
until_true 30 other_shows 'Amy Byrne . Check-in Wed 14 Jan'
until_true 10 other_shows 'none yet'
send Escape
wait_for 'need you' 10
say ':checkin/11/2026-01-14'
send Enter
wait_for 'Amy Byrne . Check-in Wed 14 Jan' 10
wait_for 'none yet' 10
send Tab
say 7100
wait_for '1 field changed'
tmux_do send-keys -t other Tab
tmux_do send-keys -t other -l 7200
until_true 10 other_shows '1 field changed'
tmux_do send-keys -t other C-s
until_true 10 other_shows 'Check-in of Amy Byrne saved'
report $? 'the first of two saves'
send C-s
wait_for 'now: 7200, by Gav' 15
send C-s
wait_for 'Check-in of Amy Byrne saved' 10
wait_for '7100 *\] *m'

# What was taken from health data says so in the grid.
send Escape
wait_for 'need you' 10
say ':entries/1/2026-01-15'
send Enter
wait_for '14 rows, nothing changed' 15
wait_for 'Ana Silva .* 8h '
wait_for 'Amy Byrne .* 4000m'
finish
