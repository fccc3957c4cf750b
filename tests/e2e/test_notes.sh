#!/bin/sh
# Notes in a real terminal: all of them, searched, kept to a tag, edited and deleted by their author only, and taken back.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"
demo_home

# The number that the query gives to a login.
count_as() {
    "$PG_BINDIR/psql" "$("$CENTURION_PROGRAM" server conninfo demo --as "$1")" -AtXqc "$2"
}

terminal_open 120 36
say "$CENTURION_PROGRAM demo --as coach --today 2026-01-16"
send Enter
wait_for 'need you' 90
all=$(count_as coach "SELECT count(*) FROM centurion.note_search(NULL, NULL, NULL, NULL, NULL, NULL, 1000)")
found=$(count_as coach "SELECT count(*) FROM centurion.note_search('knee|sleep', NULL, NULL, NULL, NULL, NULL, 1000)")

# Those about own clients, whoever wrote them.
say gn
wait_for "$all in view"
wait_for 'Rory Li'
wait_for 'tags .*#follow-up'

# The search over the server's index: by the key, by the palette, and back.
say g/
wait_for 'searches all notes'
say 'knee|sleep'
send Enter
wait_for 'search "knee|sleep"'
wait_for "$found in view"
wait_for 'Knee brace is fine'
say ':grep "swap runs" #'
wait_for 'grep "swap runs" #'
send Enter
wait_for 'search ""swap runs" #"'
wait_for 'Knee sore, swap runs'
say q
wait_for 'search "knee|sleep"'
say '#'
wait_for '#injury'
say i
wait_for '#injury search "knee|sleep"'
wait_for '2 in view'

# Enter opens the client's notes; back, it is the same search.
send Enter
wait_for '3 Notes'
wait_for 'Knee brace is fine'
say q
wait_for '#injury search "knee|sleep"'

# One's own is edited in place; the search finds what is new.
wait_for '› .*Pat Quinn'
say e
wait_for 'Note on Pat Quinn'
send End
send C-End
say ' Zebra crossing.'
send C-s
wait_for 'Note on Pat Quinn saved'
wait_for '13, edited'
say ':grep zebra'
wait_for 'grep zebra'
send Enter
wait_for 'search "zebra"'
wait_for '1 in view'

# Another coach's is not; nor is it deleted with others.
say ':grep baby'
wait_for 'grep baby'
send Enter
wait_for 'search "baby"'
wait_for '1 in view'
say e
wait_for "This note is Rory Lindqvist's"
say D
wait_for 'Only a note.s author'

# A new one on the client under the cursor, then several deleted at once, and taken back at once.
say n
wait_for "Note on Sam O'Neill"
say 'Zebra again'
send C-s
wait_for "Note on Sam O'Neill saved"
say ':grep zebra'
wait_for 'grep zebra'
send Enter
wait_for '2 in view'
say '*'
wait_for '2 marked'
say D
wait_for 'Delete 2 notes'
wait_for 'Pat Quinn, week 30, by Gav Thorn'
say y
wait_for '2 notes deleted'
wait_for 'No note is like that'
check 'the server has neither' test "$(count_as coach "SELECT count(*) FROM centurion.note_search('zebra', NULL, NULL, NULL, NULL, NULL, 9)")" = 0
say u
wait_for 'Take it back'
say y
wait_for 'Taken back'
wait_for 'Zebra'

# Exactly this view leaves as everywhere.
say E
wait_for '2 that pass\|Rows *all 2\|Rows *2'
send Escape
wait_gone 'Export this view'

# A coach's list has no others' clients, and a client has no such screen.
check 'no stranger is in the list' test "$(count_as coach "SELECT count(*) FROM centurion.note_search(NULL, NULL, NULL, NULL, NULL, NULL, 1000) AS n WHERE NOT EXISTS (SELECT FROM centurion.coach_users AS u WHERE u.id = n.user_id)")" = 0
say Q
wait_for 'shell>'
say "clear; $CENTURION_PROGRAM demo --as client --today 2026-01-16"
send Enter
wait_for 'my check-ins\|Check-in\|check-in' 30
say ':notes'
wait_for 'Nothing is called that'
send Escape
wait_gone 'Nothing is called that'
say ':notes/grep/knee'
wait_for 'address'
send Enter
wait_for '"notes" is not open to you'
say Q
wait_for 'shell>'
finish
