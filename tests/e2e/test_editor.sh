#!/bin/sh
# A text leaves for the user's editor in a real terminal and comes back; an editor that fails loses nothing; what was typed and not saved is
# offered the next time.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"
demo_home

cat >"$CENTURION_SERVER_HOME/editor" <<'EDITOR'
#!/bin/sh
stty sane # it has the terminal to itself
echo 'the editor has it'
read -r line
case $line in
fail) exit 3 ;;
*) echo "$line" >>"$1" ;;
esac
EDITOR
chmod 755 "$CENTURION_SERVER_HOME/editor"
EDITOR=$CENTURION_SERVER_HOME/editor VISUAL=
export EDITOR VISUAL

terminal_open 80 24
say "$CENTURION_PROGRAM demo --as admin --today 2026-01-16"
send Enter
wait_for 'operations' 90
say gc
wait_for 'archived ones are hidden'
say a
wait_for 'New cohort'
say 'Evening class'
send Tab
say 'First words. '
send C-e
wait_for 'the editor has it'
wait_gone 'New cohort'
say 'Written outside.'
send Enter
wait_for 'New cohort'
wait_for 'Written outside'
wait_for 'First words'
wait_for 'Evening class'
wait_gone 'the editor has it'

send C-e
wait_for 'the editor has it'
say 'fail'
send Enter
wait_for 'New cohort'
wait_for 'Written outside'
wait_for 'failed: the text is as it was'

# Killed with the form open, it offers what was typed.
say ' And more'
wait_for 'And more'
until_true 10 sh -c "grep -q 'And more' '${XDG_STATE_HOME:-$HOME/.local/state}'/centurion/drafts/*.json 2>/dev/null"
report $? 'the draft is on disk'
program_kill
say "$CENTURION_PROGRAM demo --as admin"
send Enter
wait_for 'operations' 20
say gc
wait_for 'archived ones are hidden'
say a
wait_for 'A draft of'
say t
wait_for 'And more'
wait_for 'Evening class'
send Escape
wait_gone 'New cohort'
say Q
wait_for 'shell>'
finish
