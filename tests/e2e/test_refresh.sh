#!/bin/sh
# Two programs at once: what one changes comes to be shown by the other, which nobody touches; cursor, order and marks stay, and while
# nothing changes nothing is asked.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"

demo_home

terminal_open 120 36
say "$CENTURION_PROGRAM demo --today 2026-01-16"
send Enter
wait_for 'need you' 90
say ':review/2025-11-17'
send Enter
wait_for 'week 47'
other_open 100 30
other_say "$CENTURION_PROGRAM demo --today 2026-01-16"
other_send Enter
other_wait 'need you' 30

# The other's queue is in one order; the cursor goes to its second client.
send j
wait_for '^›'
names() {
    screen | sed -n '5,34s/^[› ][^A-Z│]*\([A-Z][^ ]* [^ ]*\).*/\1/p'
}
before=$(names)
check 'clients are shown' test -n "$before"
under=$(screen | sed -n 's/^›[^A-Z│]*\([A-Z][^ ]* [^ ]*\).*/\1/p')
check 'a cursor stands on somebody' test -n "$under"

# One of another cohort writes; what is shown says so without a key.
checkins() {
    screen | grep -o '[0-9]*%' | tr '\n' ' '
}
was=$(checkins)
other_say ':entries/2/2025-11-20'
other_send Enter
other_wait '11 rows, nothing changed'
row=0
while [ "$row" -lt 11 ]; do
    other_say '81.5'
    other_send Down
    row=$((row + 1))
done
other_wait 'cells changed in 1'
other_send C-s
other_wait 'check-ins saved'
# shellcheck disable=SC2317 # called by until_true
differs() {
    [ "$(checkins)" != "$was" ]
}
until_true 20 differs
report $? 'the first shows the new check-ins by itself'
check 'its clients stand in the order that they had' test "$(names)" = "$before"
check 'its cursor stands on the same client' test "$(screen | sed -n 's/^›[^A-Z│]*\([A-Z][^ ]* [^ ]*\).*/\1/p')" = "$under"

# Marks and a list's order.
say gm
wait_for 'Members › [A-Z]'
send Space
send Space
wait_for '2 marked'
other_say 'gc'
other_wait 'Cohorts'
other_say ':entries/2/2025-11-21'
other_send Enter
other_wait 'Fri 21 Nov'
other_wait '11 rows, nothing changed'
other_say '80.5'
other_send Tab
other_send C-s
other_wait '1 check-in saved'
wait_for '2 marked'

# Nobody does anything: the first is not even woken, let alone that it asks the server.
pid=$(program_pid)
# shellcheck disable=SC2317 # called by rests
woken() {
    grep ctxt_switches "/proc/$pid/status"
}
# shellcheck disable=SC2317 # called by until_true
rests() {
    one=$(woken)
    sleep 1
    [ -n "$one" ] && [ "$(woken)" = "$one" ]
}
until_true 5 rests
report $? 'an idle program rests'
finish
