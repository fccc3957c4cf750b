#!/bin/sh
# Two programs at the same cell and the same cohort: whoever comes second sees both values and the difference, one by one, and decides; nobody
# overwrites unseen.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"

demo_home
today=2026-01-16

terminal_open 120 36
say "$CENTURION_PROGRAM demo --as admin --today $today"
send Enter
wait_for 'operations' 90
other_open 120 36
other_say "$CENTURION_PROGRAM demo --as admin --today $today"
other_send Enter
other_wait 'operations' 60

# The same two cells.
say ':entries/1/2025-11-20'
send Enter
wait_for '14 rows, nothing changed'
other_say ':entries/1/2025-11-20'
other_send Enter
other_wait '14 rows, nothing changed'
say '81.1'
send Tab
wait_for '1 cell changed'
say '8100'
send Tab
wait_for '2 cells changed'
other_say '82.2'
other_send Tab
other_say '8200'
other_send Tab
other_wait '2 cells changed'
other_send C-s
other_wait '1 check-in saved'
send C-s
wait_for 'Changed by two'
wait_for 'mine: *81.1'
wait_for 'theirs: *82.2'
wait_for 'theirs is 1.1 more'
wait_for '1 more after this one'
check 'theirs stands there still' other_shows '82.2m'

# Mine for the one, theirs for the other; both are there for both.
say m
wait_for 'mine: *8100'
wait_for 'theirs is 100 more'
say t
wait_for 'Both were seen'
send C-s
wait_for '1 check-in saved'
wait_for '81.1m *8200m'
other_wait '81.1m *8200m'


# The same cohort: field by field.
say gc
wait_for '› *Barbell Basics *active'
other_say gc
other_wait '› *Barbell Basics *active'
say j
wait_for '› *December 6WC'
other_say j
other_wait '› *December 6WC'
say e
wait_for 'Check-in every'
say ' mine'
wait_for 'December 6WC mine'
other_say e
other_wait 'Check-in every'
other_say ' theirs'
other_send C-s
other_wait 'December 6WC theirs saved'
send C-s
wait_for 'Changed by two'
wait_for 'before: *December 6WC$\|before: *December 6WC '
wait_for 'theirs has "theirs" for "mine"'
say m
wait_for 'Save again to keep yours'
wait_for 'now: December 6WC theirs'
send C-s
wait_for 'December 6WC mine saved'
other_wait '› *December 6WC mine'

# How often the same cohort is asked: only that is changed, by both.
say e
wait_for 'Check-in every'
for key in Tab Tab Tab Tab Tab; do send "$key"; done
say 5
wait_for 'Check-in every \[5 '
other_say e
other_wait 'Check-in every'
for key in Tab Tab Tab Tab Tab; do other_send "$key"; done
other_say 3
other_wait 'Check-in every \[3 '
other_send C-s
other_wait 'December 6WC mine saved'
send C-s
wait_for 'Changed by two'
wait_for 'mine: *5'
wait_for 'theirs: *3'
say t
wait_gone 'Changed by two'
wait_for 'Check-in every \[3 '
send Escape
wait_gone 'Check-in every'

# The same appointment: planned by one, moved by the other; mine is planned anew upon theirs.
say ':calendar/2026-01-14'
send Enter
wait_for 'Wed 14'
other_say ':calendar/2026-01-14'
other_send Enter
other_wait 'Wed 14'
say +
wait_for 'Mark 1 attended'
other_say '+'
other_wait 'Mark 1 attended'
other_send Escape
other_gone 'Mark 1 attended'
other_send M
other_wait 'Move this one'
other_send Down
other_wait 'Move this one: arrows. *Enter'
other_send Enter
other_gone 'Move this one'
send Enter
wait_for 'Changed by two'
wait_for 'difference:'
say t
wait_gone 'Changed by two'
finish
