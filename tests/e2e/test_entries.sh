#!/bin/sh
# Typing in a class in a real terminal: fourteen members with digits, Tab and Enter, saved in one round trip; the same cell in two programs.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"

demo_home

terminal_open 120 36
say "$CENTURION_PROGRAM demo --today 2026-01-16"
send Enter
wait_for 'need you' 90
say ge
wait_for 'Whose check-ins'
send Escape
wait_gone 'Whose check-ins'
say ':entries/1/2025-11-20'
send Enter
wait_for '14 rows, nothing changed' 15

# A day that nobody has handed in: five figures each. Keys are counted: nothing but digits, the point, Tab and, at the end, ^S.
keys=0
row=0
while [ "$row" -lt 14 ]; do
    for figure in 8$((row % 10)).5 9$((row % 10))00 2100 7 4; do
        say "$figure"
        send Tab
        keys=$((keys + ${#figure} + 1))
    done
    send Tab Tab Tab # two questions of this cohort, and the notes
    keys=$((keys + 3))
    row=$((row + 1))
done
wait_for 'cells changed in 14 rows' 15
check "a class of fourteen in $keys keys, at most twenty-five a member" test "$keys" -le 350
send C-s
wait_for '14 check-ins saved' 15
wait_for '14/14 in'

# A mistake is said, stops nothing else, and stays in its cell.
send Home
say hhhhhhh # from the notes to the weight
say '999'
send Tab
wait_for '1 error'
say j
say '9900'
send Tab
send C-s
wait_for '1 check-in saved' 10
wait_for '999!'
send Escape
wait_for 'Esc again throws away 1 cell'
send Escape
wait_for 'nothing changed'

# Two programs at the same cell: the second sees both values, and nothing is overwritten unseen.
other_open 120 36
other_say "$CENTURION_PROGRAM demo --today 2026-01-16"
other_send Enter
other_wait 'need you' 30
other_say ':entries/1/2025-11-20'
other_send Enter
other_wait '14 rows, nothing changed'
send Home
say hhhhhhh
say '81.1'
send Tab
wait_for '1 cell changed'
other_say '82.2'
other_send Tab
other_send C-s
other_wait '1 check-in saved'
wait_for '81.1≠' # by itself, before anything is saved over it
say h
wait_for 'mine 81.1 . theirs 82.2, by Gav'
send C-s
wait_for 'Changed by two'
say m
wait_for '81.1[?*]'
send C-s
wait_for '1 check-in saved' 10
other_wait '81.1m' # by itself: what was kept knowingly is there for both

# Leaving asks; what is left behind another way is offered again, also after a kill in the middle of a figure.
say '83'
send Tab
say q
wait_for 'Cells that are not saved'
send Escape
wait_gone 'Cells that are not saved'
say gr
wait_for 'need you'
say ':entries/1/2025-11-20'
send Enter
wait_for 'A draft of' 10
say t
wait_for '1 cell changed in 1 row' 10
wait_for '  83[*?]'
send Tab
say '97'
say '00'
until_true 10 sh -c "grep -rqs 9700 '$HOME'"
program_kill
say "$CENTURION_PROGRAM demo --today 2026-01-16"
send Enter
wait_for 'need you' 30
say ':entries/1/2025-11-20'
send Enter
wait_for 'A draft of' 10
say t
wait_for '2 cells changed in 1 row' 10
wait_for '  9700'
send C-s
wait_for '1 check-in saved' 10

# v goes on from the day to a week of one metric, a fortnight of one member, and that member's calendar; Enter opens a day's check-in.
send Home
say v
wait_for 'week 47'
wait_for 'Amy Byrne .*7/7' # what is not read yet has no member to go to
say v
wait_for 'Amy Byrne . to Thu 20 Nov'
wait_for 'Thu 20 Nov .*9700m'
say v
wait_for 'Amy Byrne . month, 20 Nov'
wait_for '9.7k'
wait_for 'Thu 20 Nov .*complete'
wait_for 'streak'
send Enter
wait_for 'Check-in Thu 20 Nov' 10
send Escape
wait_for 'month, 20 Nov' 10
say J
wait_for 'Ana Silva . month, 20 Nov' 10
say '>'
wait_for 'month, 20 Dec' 10
say v
wait_for 'December 6WC . Sat 20 Dec' 10

# A spreadsheet's block, by tabs and names or by commas from the cursor on: shown first, then put there, and again with a dot.
paste() {
    printf '%b' "$1" | tmux_do load-buffer -
    tmux_do paste-buffer -p -t main
}
say ':entries/1/2025-11-17'
send Enter
wait_for '14 rows, nothing changed' 10
send Home
paste 'Name\tSteps\tWeight\nBen Cole\t9100\t77.5\nAmy Byrne\t500000\t71.5\n'
wait_for 'Pasted block'
wait_for 'Ben Cole, Steps: 9100'
wait_for 'Amy Byrne, Steps: 500000 .*Steps is'
say y
wait_for '4 cells changed in 2 rows'
wait_for '1 error'
send Home
send Delete
wait_for 'Amy Byrne .*500000!'
say l. # the steps are emptied too
wait_gone '500000!'
wait_for '4 cells changed in 2 rows . 0 errors'
send Escape
wait_for 'Esc again'
send Escape
wait_for 'nothing changed'
say h
paste '71.5,5000\n77.5,9100\n'
wait_for 'Amy Byrne, Steps: 5000'
send Escape
wait_gone 'Pasted block'
wait_for 'nothing changed'
paste '71.5,5000\n77.5,9100\n'
wait_for 'Ana Silva, Weight: 77.5'
say y
wait_for '4 cells changed in 2 rows'
say jj.
wait_for 'Ben Cole, Weight: 71.5'
say y
wait_for '8 cells changed in 4 rows'
send C-s
wait_for '4 check-ins saved' 10
finish
