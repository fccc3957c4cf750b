#!/bin/sh
# The effort of a review: ten clients, each with a note, with at most four keys and the words. The keys are counted as they are sent.
. "${CENTURION_SRCDIR:?}/tests/e2e/terminal.sh"

demo_home
"$CENTURION_PROGRAM" server start demo --today 2026-01-16 >/dev/null 2>&1 || exit 1
conninfo=$("$CENTURION_PROGRAM" server conninfo demo --as coach)
mkdir -p "$XDG_CONFIG_HOME/centurion"
# shellcheck disable=SC2016 # $1 is the script's
printf '#!/bin/sh\nprintf "%%s" "$1" > "%s"\n' "$HOME/mailed" > "$HOME/mailer"
chmod 755 "$HOME/mailer"
cat > "$XDG_CONFIG_HOME/centurion/centurion.conf" <<END
mailer = "'$HOME/mailer'";
snippets = { week = "Week {week}: {checkins} of {days}."; };
END

terminal_open 120 36
say "$CENTURION_PROGRAM open review/2026-01-12 '$conninfo'"
send Enter
wait_for 'need you' 60
wait_for 'reviewed 2/22'
wait_for 'why'

keys=0
press() {
    keys=$((keys + $#))
    send "$@"
}

most=0
for client in 1 2 3 4 5 6 7 8 9 10; do
    before=$keys
    press n
    wait_for 'Note on'
    name=$(screen | sed -n "s/.*─ Note on \([^─]*\) ─.*/\1/p")
    say "Talked about week $client #talk"
    wait_for "week $client #talk"
    press C-s
    wait_for "Note on $name saved"
    press r
    wait_for "reviewed $((client + 2))/22"
    used=$((keys - before))
    [ "$used" -gt "$most" ] && most=$used
done
check "ten clients were reviewed with $keys keys, at most $most each" [ "$most" -le 4 ]

# The same typed without waiting for anything: no key is lost, and none ends in the note.
say 'nTyped ahead of the screen'
send C-s
say 'r'
wait_for 'reviewed 13/22'
say K
wait_for 'Typed ahead of the screen'
check 'nothing was typed behind the text' shows_not 'screenr'
say J

# A snippet is filled in for the client, and the window can be left without a note.
say n
wait_for 'Note on'
wait_for 'Week \[3'
send C-t
wait_for 'Snippets'
say w
wait_for 'Week 3: [0-7] of [57]\.'
send C-s
wait_for 'Note on .* saved'
say n
wait_for 'Note on'
send Escape
wait_gone '─ Note on'

# What was typed and not saved is offered again.
say n
wait_for 'Note on'
say 'half a thought'
wait_for 'half a thought'
send Escape
wait_for 'kept as a draft'
say n
wait_for 'A draft of'
say t
wait_for 'half a thought'
send C-s
wait_for 'Note on .* saved'

# A message goes to the clipboard or to the mail program.
say m
wait_for 'Message to'
wait_for 'your week from 12 Jan to 1'
say c
wait_for 'Copied'
say m
wait_for 'Message to'
say m
until_true 20 [ -s "$HOME/mailed" ]
report $? 'the mail program was given the message'
check 'the message is an address with its text' grep -q '^mailto:[^?]*@[^?]*?subject=Your%20week.*&body=Hi%20' "$HOME/mailed"
wait_for 'need you'

# Several at once: shown by name, one change, and one to take it back.
send Space Space
wait_for '2 marked'
say S
wait_for '2 clients of the week of'
say y
wait_for 'reviewed 15/22'
wait_gone '2 marked'
say u
wait_for 'undo: .*2 clients skipped'
say y
wait_for 'reviewed 13/22'

say Q
wait_for 'shell>'
finish
