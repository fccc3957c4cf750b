#!/bin/sh
# A coach's calendar in a real terminal: a day marked attended with three keys, a clash shown before anything is saved, what is invoiced refused,
# a series moved and taken back.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"

demo_home

go_to() {
    say '='
    wait_for 'Date (YYYY'
    say "$1"
    send Enter
    wait_gone 'Date (YYYY'
}

# Half an hour earlier, confirmed while the server does not answer.
move_unanswered() {
    say M
    wait_for 'Move this one'
    server_freeze
    say k
    send Enter
    wait_for 'Saved once nothing clashes'
}

terminal_open 80 24
say "$CENTURION_PROGRAM demo --today 2026-01-16"
send Enter
wait_for 'need you' 90

# The demonstration's days are over by the clock of the machine, so those that it has as scheduled are unmarked too.
say ga
wait_for 'Appointments'
go_to 2026-01-14
wait_for 'Wed 14 Jan 07:00-08:00'
wait_for '5 unmarked'

# Three keys: all of the day, attended, yes. Nothing is saved before the third.
keys=0
key() {
    send "$1"
    keys=$((keys + 1))
}
key '*'
wait_for '1 marked'
key +
wait_for 'Mark 1 attended'
check 'nothing is saved yet' shows '5 unmarked'
key Enter
wait_for '4 unmarked'
check "a day attended with $keys keys" test "$keys" -eq 3

# The worklist is the fourth tab: likewise.
say 4
wait_for '› unmarked.* open'
say '*+'
wait_for 'Mark [0-9]* attended'
send Escape
wait_gone 'Mark [0-9]* attended'
say '+'
wait_for 'Mark [0-9]* attended'
send Enter
wait_for 'Every past session is marked'

# A clash is shown before it is saved, and saving it is refused.
say 1
wait_for '› week'
go_to 2026-01-17
wait_for 'Sat 17 Jan 07:00-08:00'
say W4
send Enter
wait_for 'Repeat for 4'
wait_for 'clash:'
send Enter
wait_for 'That time is taken'
send Escape
wait_for 'Sat 17 Jan 07:00-08:00' # the preview has no end

# Moved with the arrows: an hour later.
say M
wait_for 'Move this one'
say jj
wait_for '08:00 ok'
send Enter
wait_for 'Sat 17 Jan 08:00-09:00'

# Booked by typing into a free half hour. Enter does not wait for the look for a clash, even if that takes long: the booking does.
say k
wait_for '07:30 is free'
say a
wait_for 'client, minutes, fee'
say 'Amy Byrne 30 45'
send Enter
wait_for '07:30 ok'
send Escape
wait_for '07:30 is free'
say a
wait_for 'client, minutes, fee'
say 'Amy Byrne 30 45'
send Enter
wait_for 'Book Amy Byrne'
send Enter
wait_for '07:30-08:00  Amy Byrne'
move_unanswered
server_thaw
wait_for '07:00-07:30  Amy Byrne'

# What is confirmed and waits can still be dropped.
move_unanswered
send Escape
wait_for '07:00-07:30  Amy Byrne'
server_thaw

# What is invoiced says so, and stays.
go_to 2025-11-12
wait_for 'on the invoice 2025-11'
say D
wait_for 'must be voided first'
say Q
wait_for 'shell>'
finish
