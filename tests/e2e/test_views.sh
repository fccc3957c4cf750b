#!/bin/sh
# Views of a list are saved under names, and the next run has them: picked, renamed, replaced and deleted in a real terminal.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"
demo_home
export XDG_STATE_HOME="$CENTURION_SERVER_HOME/state"
views=$XDG_STATE_HOME/centurion/views.json

enter() {
    say "$CENTURION_PROGRAM demo --as coach --today 2026-01-16"
    send Enter
    wait_for 'need you' 90
    say gm
    wait_for '[1-9][0-9]* in view'
}

terminal_open 80 24
say 'umask 000'
send Enter
enter
say f
wait_for 'No views of this list are saved yet'

# Filter, order and columns, under a name; only its owner may read the file, because a filter names people.
say '/dec'
wait_for 'Filter: dec'
send Enter
wait_for 'filter: dec'
say o
wait_for 'sorted by name'
say ','
wait_for 'Columns, in their order'
send C-u
say 'name weight'
send Enter
wait_gone 'Name.*Cohort'
say F
wait_for 'Save this view as'
send Enter
wait_for 'a name of 1 to 48'
say 'December'
send Enter
wait_for 'Saved this view as "December"'
check 'only its owner may read the file' test "$(stat -c %a "$views")" = 600
say Q
wait_gone 'CENTURION'

# The next run begins as usual, and has it.
enter
check 'nothing is filtered' shows_not 'filter: dec'
check 'the usual columns are shown' shows 'Name.*Cohort'
say f
wait_for 'Saved views of this list'
wait_for 'December.*dec.*sorted by name'
send Enter
wait_for 'filter: dec.*sorted by name'
check 'with its columns' shows_not 'Name.*Cohort'

# A name that is taken is not overwritten unasked.
send Escape
wait_gone 'filter: dec'
say F
wait_for 'Save this view as'
say 'december'
send Enter
wait_for 'There is a view of this name already'
say n
wait_gone 'There is a view of this name already'
check 'it is as it was' grep -q '"filter": "dec"' "$views"
say F
wait_for 'Save this view as'
say 'december'
send Enter
wait_for 'There is a view of this name already'
say y
wait_for 'Saved this view as "december"'
check 'it was replaced' grep -q '"filter": ""' "$views"

# Renamed and deleted in the window. Another list has its own.
say f
wait_for 'Saved views of this list'
say e
wait_for 'New name of the view: december'
send C-u
say 'Everybody'
send Enter
wait_for 'is now called "Everybody"'
say gc
wait_for 'Cohorts'
wait_gone 'is now called'
say f
wait_for 'No views of this list are saved yet'
say gm
wait_for '[1-9][0-9]* in view'
say f
wait_for 'Everybody'
check 'the old name is gone' shows_not 'december'
say D
wait_for 'will be gone, for good'
say n
wait_gone 'will be gone, for good'
check 'it is still there' shows 'Everybody'
say D
wait_for 'will be gone, for good'
say y
wait_for 'The view "Everybody" is deleted'
say f
wait_for 'No views of this list are saved yet'

# A file that somebody damaged is told, and put aside when there is something to save.
echo '{"version": 1, "views": ' >"$views"
say f
wait_for 'damaged'
say F
wait_for 'Save this view as'
say 'again'
send Enter
wait_for 'made no sense'
check 'what was there is kept' test -s "$views.damaged-1"
check 'the new one is there' grep -q '"again"' "$views"
say Q
wait_for 'shell>'
finish
