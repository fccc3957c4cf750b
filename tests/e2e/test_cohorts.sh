#!/bin/sh
# Cohorts in a real terminal: an administrator creates, clones, assigns, pauses and archives; two of them edit the same one; a coach pauses.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"

demo_home
today=2026-01-16

# The second program, in a terminal of its own.
other() {
    tmux_do send-keys -t other "$@"
}
# shellcheck disable=SC2317 # called by until_true
other_shows() {
    tmux_do capture-pane -p -t other | grep -q -e "$1"
}
wait_other() {
    until_true 20 other_shows "$1"
    report $? "the other one shows \"$1\""
}

terminal_open 120 36
say "$CENTURION_PROGRAM demo --as admin --today $today"
send Enter
wait_for 'operations' 90

# A new one, with its questionnaires.
say gc
wait_for 'archived ones are hidden'
say a
wait_for 'New cohort'
say 'Spring 6WC'
send Tab Tab
say '2026-03-02'
send Tab
say '2026-03-01'
wait_for 'not after the st'
send BSpace BSpace BSpace BSpace BSpace
say '04-12'
wait_gone 'not after the st'
send C-s
wait_for 'Spring 6WC saved'
wait_for '› *Spring 6WC'
send Enter
wait_for 'no members yet'
say 3
wait_for 'Week 6'
say q
wait_for 'archived ones are hidden'

# Another one like it, which a coach gets.
say x
wait_for 'one like it'
say c
wait_for 'Another one like Spring 6WC'
say 'Summer 6WC'
send C-s
wait_for 'Summer 6WC saved'
wait_for '› *Summer 6WC'
send Enter
wait_for 'no members yet'
say 2
wait_for 'Nobody coaches this cohort yet'
say a
wait_for 'Assign a coach'
send Enter
wait_for 'Add .*: saved'
wait_for 'under 10 to 50'
say 4
wait_for '0 of 10 questions'
say a
wait_for 'Kept as'
say 'mood'
send Tab
say 'How are you?'
send C-s
wait_for 'Prompts saved'
wait_for 'How are you?'
say j
wait_for '1 of 10 questions'
say q
wait_for 'archived ones are hidden'

# Archived: gone from the list until it is asked for. The answer that Enter gives first is no.
say x
wait_for 'one like it'
say r
wait_for 'Archive 1 cohort'
send Enter
wait_gone 'Archive 1 cohort'
wait_for '› *Summer 6WC'
say x
wait_for 'one like it'
say r
wait_for 'Archive 1 cohort'
say y
wait_gone 'Summer 6WC'
say x
wait_for 'one like it'
say h
wait_for 'Summer 6WC *archived'

# Two programs edit the same cohort: whoever comes second sees both values and loses nothing.
tmux_do new-session -d -x 120 -y 36 -s other "env PS1='shell> ' HISTFILE=/dev/null sh -i"
other -l "$CENTURION_PROGRAM demo --as admin --today $today"
other Enter
wait_other 'operations'
other -l gc
wait_other '› *Barbell Basics *active'
other -l j
wait_other '› *December 6WC'
say ggj
wait_for '› *December 6WC'
say e
wait_for 'Check-in every'
say ' mine'
other -l e
wait_other 'Check-in every'
other -l ' theirs'
other C-s
wait_other 'December 6WC theirs saved'
send C-s
wait_for 'Changed by two'
say m
wait_for 'Save again to keep yours'
wait_for 'December 6WC mine'
wait_for 'now: December 6WC theirs'
send C-s
wait_for 'December 6WC mine saved'
other F5
wait_other 'December 6WC mine'
other -l Q

# Members by marks: two paused in one question, and back.
send Enter
wait_for '13 active'
send Space Space
wait_for '2 marked'
say P
wait_for 'Pause 2 members'
say y
wait_for 'Pause 2 members: saved'
say k
wait_for '11 active'
say Q
wait_for 'shell>'

# A coach pauses and resumes, and is offered nothing else.
say "clear; $CENTURION_PROGRAM demo --as coach --today $today"
send Enter
wait_for 'need you'
say gc
wait_for '› *December 6WC mine *active'
send Enter
wait_for '11 active'
say P
wait_for 'Pause .*: saved'
say k
wait_for '10 active'
say a
say D
say x
say e
wait_for '"edit" has nothing to do here now'
check 'a coach is offered no form' shows_not 'Check-in every'
say Q
wait_for 'shell>'
finish
