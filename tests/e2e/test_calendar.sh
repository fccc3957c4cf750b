#!/bin/sh
# A coach's calendar in a real terminal: a day marked attended with three keys, a clash shown before anything is saved, what is invoiced refused,
# a series moved and taken back.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"

demo_home

terminal_open 80 24
say "$CENTURION_PROGRAM demo --today 2026-01-16"
send Enter
wait_for 'need you' 90

# The demonstration's days are over by the clock of the machine, so those that it has as scheduled are unmarked too.
say ga
wait_for 'Appointments'
say '='
wait_for 'Date'
say '2026-01-14'
send Enter
wait_for '5 unmarked'

# Three keys: all of the day, attended, yes. Nothing is saved before the third.
say '*'
wait_for '1 marked'
say '+'
wait_for 'Mark 1 attended'
wait_for '5 unmarked'
send Enter
wait_for '4 unmarked'

# The worklist is the fourth tab: likewise.
say 4
wait_for 'unmarked.* open'
say '*+'
wait_for 'Mark [0-9]* attended'
send Escape
wait_for 'unmarked.* open'
say '+'
wait_for 'Mark [0-9]* attended'
send Enter
wait_for 'Every past session is marked'

# A clash is shown before it is saved, and saving it is refused.
say 1
wait_for 'week'
say '='
wait_for 'Date'
say '2026-01-17'
send Enter
wait_for 'Sat 17 Jan 07:00'
say W4
send Enter
wait_for 'Repeat for 4'
wait_for 'clash'
send Enter
wait_for 'That time is taken'
send Escape
wait_gone 'Repeat for 4'

# Moved with the arrows: an hour later.
say M
wait_for 'Move this one'
say jj
wait_for '08:00 ok'
send Enter
wait_gone 'Move this one'
wait_for 'Sat 17 Jan 08:00-09:00' # the preview had no end

# Booked by typing into a free half hour.
say k
wait_for 'is free'
say a
wait_for 'client, minutes, fee'
say 'Amy Byrne 30 45'
send Enter
wait_for 'Book Amy Byrne'
wait_for 'ok'
send Enter
wait_for '07:30-08:00  Amy Byrne'

# What is invoiced says so, and stays.
say '='
wait_for 'Date'
say '2025-11-12'
send Enter
wait_for 'on the invoice 2025-11'
say D
wait_for 'must be voided first'
say Q
wait_for 'shell>'
finish
