#!/bin/sh
# The idle lock: nothing of the data is on the screen, by hand at once and by itself after a minute without a key; what was typed is there again
# afterwards, and the key that unlocks does nothing else.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"

demo_home
mkdir -p "$HOME/.config/centurion"
echo 'lock = 1;' >"$HOME/.config/centurion/centurion.conf"

terminal_open 120 36
say "$CENTURION_PROGRAM demo --today 2026-01-16"
send Enter
wait_for 'need you' 90
say ':entries/1/2025-11-20'
send Enter
wait_for '14 rows, nothing changed'
say '81.1'
send Tab
wait_for '1 cell changed'
say '97'
wait_for '97'

# By itself, in the middle of a figure.
wait_for 'Centurion is locked' 120
check 'no name is on it' shows_not 'Amy Byrne'
check 'no figure is on it' shows_not '81.1'
check 'not even the cohort' shows_not 'December'
say Q
wait_for '1 cell\|2 cells'
wait_for 'Amy Byrne'
wait_for '97'
send Tab
wait_for '2 cells changed'

# By hand, on the smallest and a large terminal.
say ':lock'
send Enter
wait_for 'Centurion is locked'
wait_gone 'Amy Byrne'
terminal_size 80 24
wait_for 'What was typed is kept'
check 'nor after another size' shows_not 'Amy Byrne'
send Enter
wait_for 'Amy Byrne'
finish
