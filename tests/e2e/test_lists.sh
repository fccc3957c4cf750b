#!/bin/sh
# Lists leave the program in a real terminal: to a file that only its owner may read, into a command, and each time into the log.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"
demo_home
cd "$CENTURION_SERVER_HOME" || exit 1

# What the log says of lists that left, the latest first.
exports() {
    "$PG_BINDIR/psql" "$("$CENTURION_PROGRAM" server conninfo demo --as admin)" -AtXqc \
        "SELECT count(*) FROM centurion.admin_changes(50) WHERE action = 'EXPORT_LIST' AND target = 'List:members'"
}

terminal_open 80 24
say "umask 000; $CENTURION_PROGRAM demo --as coach --today 2026-01-16"
send Enter
wait_for 'need you' 90
say gm
wait_for '[1-9][0-9]* in view'
say '/dec'
wait_for 'Filter: dec'
send Enter
wait_for 'filter: dec'
say E
wait_for 'that pass the filter'
passing=$(screen | sed -n 's/.*Rows *\([0-9]*\) that pass.*/\1/p')
send C-s
wait_for 'which only you can read'
file=$(find "$CENTURION_SERVER_HOME" -name 'members-*.csv')
check 'only its owner may read the file' test "$(stat -c %a "$file")" = 600
check 'its first line names the columns' test "$(head -n 1 "$file" | tr -d '\r')" = 'name,email,cohort,status,last,weight'
check 'it has the rows of the view' test "$(wc -l <"$file")" -eq $((passing + 1))
check 'and those only' test "$(grep -ci 'december' "$file")" -eq "$passing"
check 'the log knows' test "$(exports)" = 1

# What is there stays there, unless somebody says otherwise. Marked rows only, in the order on the screen.
echo 'mine' >"$file"
say ' '
wait_for '1 marked'
say E
wait_for 'Rows *1 marked'
send C-s
wait_for 'is there already'
say n
wait_gone 'is there already'
check 'it was left alone' test "$(cat "$file")" = mine
send C-s
wait_for 'is there already'
say y
wait_for '1 row written'
check 'it was replaced' test "$(wc -l <"$file")" -eq 2
check 'and is private' test "$(stat -c %a "$file")" = 600
check 'the log knows of that, too' test "$(exports)" = 2

# A command has the terminal until Enter.
say E
wait_for 'Export this view'
send Right Tab
wait_for 'TSV'
send Right Right Tab
wait_for 'Command'
say "tr '[:lower:]' '[:upper:]'"
send C-s
wait_for 'NAME.*EMAIL.*COHORT'
wait_for '\[Enter\]'
send Enter
wait_for 'has read it'
check 'the log knows of commands' test "$(exports)" = 3

# Ctrl-C is the command's.
say E
wait_for 'Export this view'
send Tab Right Right Tab
wait_for 'Command'
say "sleep 6$$"
send C-s
until_true 10 pgrep -fx "sleep 6$$" >/dev/null
report $? 'the command runs'
send C-c
wait_for 'failed: it was ended'
check 'the log knows of that, too' test "$(exports)" = 4
say Q
wait_gone 'CENTURION'

# A login that is forced into the program has the clipboard only.
say "SSH_ORIGINAL_COMMAND=scp $CENTURION_PROGRAM demo --as coach"
send Enter
wait_for 'need you\|week' 60
say gm
wait_for '[1-9][0-9]* in view'
say E
wait_for 'the clipboard'
check 'there is no file to name' shows_not 'File'
send Right C-s
wait_for 'Copied "name'
check 'nothing was written' test "$(find "$CENTURION_SERVER_HOME" -name 'members-*' | wc -l)" -eq 1
say Q
wait_for 'shell>'
finish
