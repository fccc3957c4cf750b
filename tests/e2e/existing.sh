#!/bin/sh
# A database that the web application made: looked over, taken on, used by both, backed up, restored, migrated, given back.
set -u
: "${CENTURION_PROGRAM:?}" "${CENTURION_SRCDIR:?}" "${CENTURION_TEST_CONNINFO:?}" "${PG_BINDIR:?}" "${TMPDIR:?}"

passed=0 failed=0
server=$CENTURION_TEST_CONNINFO
host=${server%% *}
tag=ex$$
owner=${tag}_webapp login=${tag}_gav
work=$(mktemp -d /tmp/centurion-existing.XXXXXX) || exit 1
out=$work/out err=$work/err
unset CENTURION_SERVER_BIN

psql_as() { # USER DATABASE, then psql's words
    user=$1 name=$2
    shift 2
    "$PG_BINDIR/psql" "$host dbname=$name user=$user" -AtXq -v ON_ERROR_STOP=1 "$@" 2>"$work/psql"
}

cleanup() {
    for name in $("$PG_BINDIR/psql" "$server" -AtXc "SELECT datname FROM pg_database WHERE datname LIKE '${tag}\\_%' ORDER BY datname DESC"); do
        "$PG_BINDIR/psql" "$server" -AtXqc "ALTER DATABASE $name IS_TEMPLATE false" -c "DROP DATABASE $name WITH (FORCE)" >/dev/null 2>&1
    done
    "$PG_BINDIR/psql" "$server" -AtXqc "DROP ROLE IF EXISTS $login" -c "DROP ROLE IF EXISTS ${tag}_reader" >/dev/null 2>&1
    "$PG_BINDIR/psql" "$server" -AtXqc "DROP OWNED BY $owner" -c "DROP ROLE IF EXISTS $owner" >/dev/null 2>&1
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 129' HUP INT TERM

ok() { # NAME STATUS: one test
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1"
        head -n 40 "$out" "$err" "$work/psql" 2>/dev/null
    fi
}

gives() { # STATUS WORD...: one test, that the program ends so
    wanted=$1
    shift
    "$CENTURION_PROGRAM" "$@" >"$out" 2>"$err" </dev/null
    status=$?
    [ "$status" -eq "$wanted" ]
    ok "centurion $*: $status, not $wanted" $?
}

says() { # out|err PATTERN
    file=$out
    [ "$1" = out ] || file=$err
    grep -q -e "$2" "$file"
    ok "$1 does not say \"$2\"" $?
}

same() { # NAME ONE OTHER
    [ "$2" = "$3" ]
    ok "$1: \"$2\" is not \"$3\"" $?
}

until_ok() { # COMMAND...: waits for it to succeed, half a minute at most; what it was waited for is tested afterwards
    for _ in $(seq 150); do
        "$@" && return
        sleep 0.2
    done
}

is() { # ANSWER DATABASE QUERY, as the owner
    [ "$(ask "$2" "$3")" = "$1" ]
}

as_owner() { # DATABASE: the conninfo of its owner
    echo "$host dbname=${tag}_$1 user=$owner"
}

make_database() { # NAME [TEMPLATE]
    psql_as postgres postgres -c "CREATE DATABASE ${tag}_$1 OWNER $owner TEMPLATE ${2:+${tag}_}${2:-template0}" || ok "making $1" 1
}

run_sql() { # DATABASE STATEMENTS, as the owner
    psql_as "$owner" "${tag}_$1" -c "$2"
    ok "$2" $?
}

ask() { # DATABASE QUERY, as the owner
    psql_as "$owner" "${tag}_$1" -c "$2"
}

dump() { # DATABASE FILE WORD...: without the two lines that hold a random key
    name=$1 file=$2
    shift 2
    "$PG_BINDIR/pg_dump" "$@" "$host dbname=${tag}_$name user=postgres" | grep -v '^\\\(un\)\?restrict ' >"$file"
}

psql_as postgres postgres -c "CREATE ROLE $owner LOGIN CREATEROLE" -c "CREATE ROLE ${tag}_reader NOLOGIN" || exit 1
make_database prisma
psql_as "$owner" "${tag}_prisma" -f "$CENTURION_SRCDIR/tests/data/prisma/migration.sql" >/dev/null || {
    cat "$work/psql"
    exit 1
}
# A right that somebody gave, on the database and on a table, is to be there afterwards.
psql_as "$owner" "${tag}_prisma" -c "GRANT SELECT ON cohorts TO ${tag}_reader WITH GRANT OPTION" -c "GRANT SELECT (id, name) ON users TO ${tag}_reader"

# ---- words ----
for verb in check adopt release verify; do
    gives 2 db $verb
    says err 'not said which database'
    gives 2 db $verb "$(as_owner prisma)" another
    gives 3 db $verb "host=$work dbname=nowhere connect_timeout=1"
    gives 2 db $verb -P nowhere
done
gives 2 db backup
gives 2 db restore
gives 2 db backup --format json "$work/x" "$(as_owner prisma)"
gives 2 db check --force "$(as_owner prisma)"
gives 2 db check --dry-run "$(as_owner prisma)"
gives 2 db migrate --no-backup --backup-file x "$(as_owner prisma)"
says err 'Both --no-backup and --backup-file'
gives 3 db backup "$work/x" "host=$work dbname=nowhere connect_timeout=1"
gives 3 db restore "$work/x" "host=$work dbname=nowhere connect_timeout=1"

# ---- one that is in order ----
dump prisma "$work/before" --schema-only
gives 0 db check "$(as_owner prisma)"
gives 0 db check --format json "$(as_owner prisma)"
says out '^\[\]$'
gives 0 db adopt --dry-run "$(as_owner prisma)"
dump prisma "$work/after" --schema-only
cmp "$work/before" "$work/after"
ok 'looking changes nothing' $?
gives 1 db verify "$(as_owner prisma)"
says err 'no schema centurion'
gives 1 db backup "$work/x" "$(as_owner prisma)"
says err "is not Centurion's"
gives 1 db migrate "$(as_owner prisma)"
says err 'centurion db adopt'
gives 1 db release "$(as_owner prisma)"
says err 'was not adopted'
gives 1 db init "$(as_owner prisma)"

# ---- faults, each in a copy: statement, kind, table, what is said (a pattern), ids ----
psql_as postgres postgres -c "ALTER DATABASE ${tag}_prisma IS_TEMPLATE true"
number=0
while IFS='~' read -r statement kind table what ids; do
    [ -n "$statement" ] || continue
    number=$((number + 1))
    make_database "fault$number" prisma
    run_sql "fault$number" "$statement"
    wanted=0
    [ "$kind" = remark ] || wanted=1
    gives "$wanted" db check --format csv "$(as_owner "fault$number")"
    says out "^$kind,$table,\"\\?$what.*$ids"
    if [ "$kind" = fault ] || [ "$table" = appointments ]; then # one remark stands for all: they hinder nothing
        gives "$wanted" db adopt "$(as_owner "fault$number")"
    fi
    if [ "$kind" = fault ]; then
        says err 'cannot be adopted as it is'
        same 'nothing of ours is there' "$(ask "fault$number" "SELECT to_regclass('centurion.migrations') IS NULL AND NOT EXISTS (SELECT FROM pg_policy)")" t
    fi
    psql_as postgres postgres -c "DROP DATABASE ${tag}_fault$number WITH (FORCE)"
done <<'CASES'
DROP INDEX users_email_key; UPDATE users SET email = 'kim@example.org' WHERE id = 4~fault~users~groups of rows with the same email~3, 4
DROP INDEX users_email_key~fault~users~missing: UNIQUE (email)~CREATE UNIQUE INDEX users_email_key ON public.users (email)
UPDATE users SET email = 'KIM@example.org' WHERE id = 4~fault~users~groups of people whose e-mail differs only in case~3, 4
UPDATE users SET email = 'Kim2@example.org' WHERE id = 4~remark~users~people whose e-mail is not in lower case~4
DROP INDEX verification_tokens_token_key; UPDATE verification_tokens SET token = 'verify-1'~fault~verification_tokens~groups of rows with the same token~(0,
ALTER TABLE entries DROP CONSTRAINT entries_pkey; UPDATE entries SET id = 1 WHERE id = 2~fault~entries~groups of rows with the same id~1, 1
DROP INDEX "entries_userId_date_key"; UPDATE entries SET date = '2026-01-05'~fault~entries~groups of rows with the same userId, date~1, 2
DROP INDEX "accounts_provider_providerAccountId_key"~fault~accounts~missing: UNIQUE (provider,providerAccountId)~CREATE UNIQUE INDEX
ALTER TABLE entries DROP CONSTRAINT "entries_userId_fkey"; INSERT INTO entries (id, "userId", date, "updatedAt") SELECT 200 + n, 999, '2026-01-01'::date + n, now() FROM generate_series(1, 12) AS n~fault~entries~rows whose userId is not in users~201, .* and 2 more
ALTER TABLE accounts DROP CONSTRAINT "accounts_userId_fkey", ADD CONSTRAINT "accounts_userId_fkey" FOREIGN KEY ("userId") REFERENCES users (id) ON DELETE CASCADE NOT VALID~fault~accounts~missing: FOREIGN KEY (userId)~VALIDATE CONSTRAINT
ALTER TABLE accounts DROP CONSTRAINT "accounts_userId_fkey"; ALTER TABLE accounts ADD CONSTRAINT "accounts_userId_fkey" FOREIGN KEY ("userId") REFERENCES users (id)~fault~accounts~missing: FOREIGN KEY.*there is: .*ON DELETE NO ACTION~DROP CONSTRAINT
ALTER TABLE entries ALTER COLUMN steps TYPE text~fault~entries~missing: steps integer; there is: steps text~
ALTER TABLE entries ALTER COLUMN steps TYPE text; UPDATE entries SET steps = 'many' WHERE id = 2~fault~entries~rows whose steps does not read as integer~2
ALTER TABLE coach_notes ALTER COLUMN notes DROP NOT NULL; UPDATE coach_notes SET notes = NULL WHERE id = 2~fault~coach_notes~rows whose notes does not read as text NOT NULL~2
ALTER TABLE cohorts DROP COLUMN "endDate"~fault~cohorts~missing: endDate timestamp(3)~ADD COLUMN ""endDate""
DROP TABLE sleep_records~fault~sleep_records~the table is missing~prisma migrate deploy
DROP INDEX users_role_idx~fault~users~missing: INDEX (role)~CREATE INDEX users_role_idx ON public.users (role)
ALTER TYPE "InsightStatus" ADD VALUE 'SNOOZED'~fault~InsightStatus~missing: ENUM (ACTIVE, RESOLVED, DISMISSED); there is~RENAME VALUE
ALTER TABLE users ADD COLUMN "deletedAt" boolean NOT NULL DEFAULT false~fault~users~the column deletedAt is boolean NOT NULL~
CREATE SCHEMA centurion~fault~centurion~the schema centurion is there~
CREATE INDEX centurion_users_name_id_idx ON users (name)~fault~users~the index centurion_users_name_id_idx is there~
UPDATE invoices SET "userId" = 3~fault~invoices~groups of invoices of the same client and month~1, 2
UPDATE invoices SET month = '2025-12-05' WHERE id = 2~remark~invoices~invoices whose month is not the first of one~2
UPDATE cohorts SET name = 'January'~remark~cohorts~groups of cohorts of the same name~1, 2
UPDATE cohorts SET name = '' WHERE id = 2~remark~cohorts~cohorts whose name is not 1 to 255 letters~2
UPDATE cohorts SET "endDate" = '2026-01-01' WHERE id = 1~remark~cohorts~cohorts that end before they begin~1
UPDATE entries SET weight = 455 WHERE id = 1~remark~entries~entries whose weight is not above 0 and at most 454~1
UPDATE entries SET "perceivedStress" = 11 WHERE id = 3~remark~entries~entries whose stress is not 1 to 10~3
UPDATE entries SET date = current_date + 7 WHERE id = 2~remark~entries~entries of a day in the future~2
UPDATE entries SET notes = repeat('x', 2001) WHERE id = 2~remark~entries~entries whose notes have more than 2000 letters~2
UPDATE appointments SET "startTime" = '2025-12-08 09:30', "endTime" = '2025-12-08 10:30' WHERE id = 2~remark~appointments~appointments that overlap the one before~2
CASES
make_database other
gives 1 db check "$(as_owner other)"
says err 'holds none of the tables'
gives 1 db adopt "$(as_owner other)"
says err 'is empty'
run_sql other 'CREATE TABLE recipes (id integer PRIMARY KEY, users integer)'
gives 1 db check "$(as_owner other)"
says err 'It is another database'
gives 1 db adopt "$(as_owner other)"

# Somebody who is not the owner
gives 4 db check "$host dbname=${tag}_prisma user=${tag}_nobody"
psql_as postgres postgres -c "CREATE ROLE $login LOGIN"
gives 4 db check "$host dbname=${tag}_prisma user=$login"
gives 4 db adopt "$host dbname=${tag}_prisma user=$login"

# An owner who may not make roles
make_database roles prisma
psql_as postgres postgres -c "ALTER ROLE $owner NOCREATEROLE"
gives 4 db adopt "$(as_owner roles)"
says err 'the right to make roles'
same 'nothing stands' "$(ask roles "SELECT to_regnamespace('centurion') IS NULL")" t
psql_as postgres postgres -c "ALTER ROLE $owner CREATEROLE"

# A name that is taken on the way: nothing stands
make_database taken prisma
run_sql taken 'CREATE TABLE public.centurion_users_name_id_idx (id integer)'
gives 1 db adopt "$(as_owner taken)"
same 'all of it or nothing' "$(ask taken "SELECT to_regnamespace('centurion') IS NULL AND NOT EXISTS (SELECT FROM pg_policy)")" t

# ---- taken on ----
make_database studio prisma
psql_as "$owner" "${tag}_studio" -c 'GRANT CREATE ON SCHEMA public TO PUBLIC'
dump studio "$work/before" --schema-only --create
dump studio "$work/rows-before" --data-only
gives 0 db adopt "$(as_owner studio)"
says out '^adopted, at version'
gives 1 db adopt "$(as_owner studio)"
says err "is Centurion's already"
gives 0 db verify "$(as_owner studio)"
says out 'public.entries  *adopt  *3  *3  *3'
gives 0 db status "$(as_owner studio)"
gives 0 db check "$(as_owner studio)"
gives 0 db migrate "$(as_owner studio)"
says out 'nothing was pending'
same 'its own tables are as they were' "$(ask studio 'SELECT count(*), (SELECT enabled FROM public.feature_flags) FROM public._prisma_migrations')" '2|t'
same 'nobody makes tables in public' "$(ask studio "SELECT has_schema_privilege('centurion_admin', 'public', 'CREATE')")" f

# The web application goes on: every table, inserted, updated, deleted.
while IFS='~' read -r table insert update; do
    [ -n "$table" ] || continue
    psql_as "$owner" "${tag}_studio" -c "BEGIN; INSERT INTO $table $insert; UPDATE $table SET $update; DELETE FROM $table; ROLLBACK"
    ok "the owner writes $table" $?
done <<'TABLES'
users~(email, "updatedAt") VALUES ('new@example.org', now())~name = 'Renamed'
accounts~("userId", type, provider, "providerAccountId") VALUES (1, 'oauth', 'github', '7')~scope = 'mail'
sessions~("sessionToken", "userId", expires) VALUES ('token-9', 1, now())~expires = now()
verification_tokens~VALUES ('new@example.org', 'verify-9', now())~expires = now()
appointments~("userId", "startTime", "endTime", fee, "updatedAt") VALUES (3, '2026-01-01', '2026-01-02', 5, now())~fee = -1
bootcamps~(name, "startTime", "endTime", "updatedAt") VALUES ('', now(), now(), now())~capacity = 0
bootcamp_attendees~("bootcampId", "userId") VALUES (1, 1)~"createdAt" = now()
workouts~("userId", title, "updatedAt") VALUES (3, '', now())~status = 'COMPLETED'
invoices~("userId", month, "totalAmount", "updatedAt") VALUES (3, '2026-01-01', 5, now())~"emailSent" = true
cohorts~(name, "startDate", "updatedAt") VALUES ('January', now(), now())~status = 'ARCHIVED'
cohort_memberships~("cohortId", "userId") VALUES (1, 4)~status = 'PAUSED'
coach_cohort_memberships~("cohortId", "coachId") VALUES (1, 1)~"createdAt" = now()
entries~("userId", date, steps, "updatedAt") VALUES (4, '2030-01-01', 300000, now())~steps = -1
questionnaire_bundles~("cohortId", "weekNumber", questions, "updatedAt") VALUES (1, 9, '{}', now())~"isActive" = false
weekly_questionnaire_responses~("userId", "bundleId", "weekNumber", responses, "updatedAt") VALUES (4, 1, 1, '{}', now())~responses = '[]'
cohort_check_in_configs~("cohortId", prompts, "updatedAt") SELECT max(id), '{}', now() FROM cohorts WHERE false HAVING false~prompts = '[]'
coach_notes~("userId", "coachId", "weekNumber", notes, "updatedAt") VALUES (3, 2, 0, '', now())~"weekNumber" = -1
admin_insights~(title, description, "updatedAt") VALUES ('', '', now())~priority = 'URGENT'
healthkit_workouts~("userId", "workoutType", "startTime", "endTime", duration) VALUES (3, '', now(), now(), 0)~duration = -1
sleep_records~("userId", "startTime", "endTime", "totalSleep", "inBedTime") VALUES (3, now(), now(), 0, 0)~"totalSleep" = -1
system_settings~(key, value, "updatedAt") VALUES ('color', '1', now())~value = '2'
audit_logs~(action) VALUES ('LOGIN')~target = 'x'
TABLES

# What verify notices
while IFS='~' read -r statement part what undo; do
    [ -n "$statement" ] || continue
    psql_as postgres "${tag}_studio" -c "$statement"
    ok "$statement" $?
    gives 1 db verify --format csv "$(as_owner studio)"
    says out "^fault,$part,.*$what"
    psql_as postgres "${tag}_studio" -c "$undo"
    ok "$undo" $?
done <<'CASES'
ALTER TABLE public.entries DISABLE ROW LEVEL SECURITY~access~row security~ALTER TABLE public.entries ENABLE ROW LEVEL SECURITY
GRANT SELECT ON public.users TO centurion_coach~access~centurion_coach may SELECT it~REVOKE SELECT ON public.users FROM centurion_coach
GRANT UPDATE (fee) ON public.appointments TO PUBLIC~access~PUBLIC may UPDATE it~REVOKE UPDATE (fee) ON public.appointments FROM PUBLIC
GRANT USAGE ON SEQUENCE public.users_id_seq TO centurion_client~access~centurion_client may USAGE it~REVOKE USAGE ON SEQUENCE public.users_id_seq FROM centurion_client
CREATE POLICY open ON public.users USING (true)~access~policy open was not there~DROP POLICY open ON public.users
ALTER POLICY centurion_client ON public.entries RENAME TO other~access~policy centurion_client is gone~ALTER POLICY other ON public.entries RENAME TO centurion_client
ALTER TABLE public.users DISABLE TRIGGER centurion_stamp_updated~access~centurion_stamp_updated is disabled~ALTER TABLE public.users ENABLE TRIGGER centurion_stamp_updated
GRANT EXECUTE ON FUNCTION centurion.whoami() TO PUBLIC~access~anybody may call it~REVOKE EXECUTE ON FUNCTION centurion.whoami() FROM PUBLIC
ALTER FUNCTION centurion.whoami() RESET search_path~access~search_path is not pinned~ALTER FUNCTION centurion.whoami() SET search_path = pg_catalog, pg_temp
DROP INDEX public.users_role_idx~schema~missing: INDEX (role)~CREATE INDEX users_role_idx ON public.users (role)
ALTER TABLE public.users DISABLE TRIGGER ALL~access~is disabled~ALTER TABLE public.users ENABLE TRIGGER ALL
INSERT INTO centurion.row_counts (run, work, phase, relation, rows) VALUES (99, 'migrate', 'before', 'public.entries', 5), (99, 'migrate', 'after', 'public.entries', 4)~rows~rows were lost~DELETE FROM centurion.row_counts WHERE run = 99
CASES
gives 0 db verify "$(as_owner studio)"

# ---- backed up and restored ----
psql_as postgres "${tag}_studio" -c "GRANT centurion_coach TO $login" -c "INSERT INTO centurion.logins VALUES ('$login', 2, 'COACH'), ('${tag}_absent', 3, 'CLIENT')"
same 'the login is somebody' "$(psql_as "$login" "${tag}_studio" -c 'SELECT name FROM centurion.whoami()')" 'Cai Coach'
gives 0 db backup "$work/studio.dump" "$(as_owner studio)"
says out 'written and verified'
same 'only its owner reads it' "$(stat -c %a "$work/studio.dump")" 600
gives 1 db backup "$work/studio.dump" "$(as_owner studio)"
says err 'is there already'
gives 0 db backup --force "$work/studio.dump" "$(as_owner studio)"
gives 1 db backup "$work/nowhere/studio.dump" "$(as_owner studio)"
says err 'No such file or directory'
gives 4 db backup "$work/theirs.dump" "$host dbname=${tag}_studio user=$login"
gives 0 db backup --dry-run "$work/theirs.dump" "$(as_owner studio)"
same 'nothing half done is left' "$(cd "$work" && ls -- *.dump* *.partial 2>/dev/null)" studio.dump

gives 1 db restore "$work/studio.dump" "$(as_owner studio)"
says err 'is not empty'
make_database copy
printf 'SELECT 1;\n' >"$work/text"
gives 1 db restore "$work/text" "$(as_owner copy)"
says err "not in pg_dump's custom format"
gives 1 db restore "$work/missing" "$(as_owner copy)"
says err 'Cannot read'
gives 1 db restore "$work" "$(as_owner copy)"
says err 'it is no file'
"$PG_BINDIR/pg_dump" -Fc -f "$work/other.dump" "$(as_owner other)"
gives 1 db restore "$work/other.dump" "$(as_owner copy)"
says err 'is no backup of a Centurion database'
"$PG_BINDIR/pg_dump" -Fc -f "$work/prisma.dump" "$(as_owner prisma)"
gives 1 db restore "$work/prisma.dump" "$(as_owner copy)"
says err 'there is no schema centurion in it'
"$PG_BINDIR/pg_dump" -Fc -T public.entries -f "$work/partly.dump" "$host dbname=${tag}_studio user=postgres"
gives 1 db restore "$work/partly.dump" "$(as_owner copy)"
says err 'the rows of entries are not in it'
size=$(stat -c %s "$work/studio.dump")
head -c $((size - 2000)) "$work/studio.dump" >"$work/cut.dump"
gives 1 db restore "$work/cut.dump" "$(as_owner copy)"
says err 'pg_restore: '
gives 4 db restore "$work/studio.dump" "$host dbname=${tag}_copy user=$login"
same 'nothing was touched' "$(ask copy "SELECT to_regnamespace('centurion') IS NULL AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)")" t
gives 0 db restore --dry-run "$work/studio.dump" "$(as_owner copy)"
gives 0 db restore "$work/studio.dump" "$(as_owner copy)"
says out "login  *${tag}_absent  *has no role on this server"
says out 'public.entries  *restore  *3  *3'
dump studio "$work/rows" --data-only --exclude-table-data=centurion.row_counts
dump copy "$work/rows-copy" --data-only --exclude-table-data=centurion.row_counts
cmp "$work/rows" "$work/rows-copy"
ok 'the same rows' $?
dump studio "$work/schema" --schema-only
dump copy "$work/schema-copy" --schema-only
cmp "$work/schema" "$work/schema-copy"
ok 'the same schema, owners and rights' $?
gives 0 db verify "$(as_owner copy)"
same 'the login is somebody there too' "$(psql_as "$login" "${tag}_copy" -c 'SELECT name FROM centurion.whoami()')" 'Cai Coach'
same 'and makes no temporary tables' "$(ask copy "SELECT has_database_privilege('$login', current_database(), 'TEMPORARY')")" f
gives 1 db restore "$work/studio.dump" "$(as_owner copy)"
says err 'is not empty'

# A dump of a newer program, and one that gives rights to a role that is not there: nothing of it stays
run_sql copy "INSERT INTO centurion.migrations (version, name, sha256) VALUES (9999, 'later', '')"
gives 0 db backup "$work/newer.dump" "$(as_owner copy)"
make_database empty
gives 1 db restore "$work/newer.dump" "$(as_owner empty)"
says err 'newer than this program'
psql_as postgres postgres -c "CREATE ROLE ${tag}_gone"
run_sql copy "DELETE FROM centurion.migrations WHERE version = 9999; GRANT SELECT ON public.feature_flags TO ${tag}_gone"
gives 0 db backup "$work/gone.dump" "$(as_owner copy)"
run_sql copy "REVOKE SELECT ON public.feature_flags FROM ${tag}_gone"
psql_as postgres postgres -c "DROP ROLE ${tag}_gone"
gives 1 db restore "$work/gone.dump" "$(as_owner empty)"
says err "role \"${tag}_gone\" does not exist"
same 'all of it or nothing' "$(ask empty "SELECT to_regnamespace('centurion') IS NULL AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)")" t
gives 0 db restore "$work/studio.dump" "$(as_owner empty)"

# The password goes by the environment, never by the arguments.
mkdir "$work/bin"
for program in pg_dump pg_restore; do
    # shellcheck disable=SC2016
    printf '#!/bin/sh\n[ "$1" = --version ] || { echo "$0 $*" >>%s/calls; echo "password=$PGPASSWORD" >>%s/calls; }\nexec %s/%s "$@"\n' \
        "$work" "$work" "$PG_BINDIR" "$program" >"$work/bin/$program"
    chmod 755 "$work/bin/$program"
done
CENTURION_SERVER_BIN=$work/bin
export CENTURION_SERVER_BIN
gives 0 db backup "$work/secret.dump" "$(as_owner studio) password=open-sesame"
same 'pg_dump gets it' "$(sed -n 's/^password=//p' "$work/calls" | sort -u)" open-sesame
same 'and nobody sees it' "$(grep -c 'bin/.*sesame' "$work/calls")" 0
# shellcheck disable=SC2016
printf '#!/bin/sh\n[ "$1" = --version ] && exec %s/pg_dump --version\necho half >"${3#--file=}"\nexec sleep 60\n' "$PG_BINDIR" >"$work/bin/pg_dump"
"$CENTURION_PROGRAM" db backup "$work/slow.dump" "$(as_owner studio)" >"$out" 2>"$err" </dev/null &
slow=$!
until_ok test -s "$work/slow.dump.partial"
kill -TERM "$slow"
wait "$slow"
same 'stopped' $? 1
says err 'Stopped on request'
same 'nothing is left of it' "$(ls "$work"/slow.dump* 2>/dev/null)" ''
rm "$work/bin/pg_restore"
gives 1 db backup "$work/none.dump" "$(as_owner studio)"
says err 'are not installed'
unset CENTURION_SERVER_BIN

# ---- migrated from an older version ----
make_database old
gives 0 db init "$(as_owner old)"
psql_as postgres postgres -c "DROP DATABASE ${tag}_old"
make_database old
"$CENTURION_PROGRAM" db migrate --no-backup --to 16 "$(as_owner old)" >"$out" 2>"$err"
ok 'made at version 16' $?
run_sql old "INSERT INTO users (email, \"updatedAt\") VALUES ('ada@example.org', now())"
mkfifo "$work/tell"
"$PG_BINDIR/psql" "$(as_owner old)" -AtXq <"$work/tell" >"$work/heard" 2>&1 &
listener=$!
exec 9>"$work/tell"
echo "LISTEN centurion_maintenance; SELECT 'listening';" >&9
until_ok grep -q listening "$work/heard"
gives 0 db migrate "$(as_owner old)"
says err "backup to $XDG_STATE_HOME/centurion/backups/${tag}_old-"
backup=$(ls "$XDG_STATE_HOME"/centurion/backups/"${tag}"_old-*.dump)
same 'only its owner reads the backup' "$(stat -c %a "$backup")" 600
same 'or its folder' "$(stat -c %a "$XDG_STATE_HOME/centurion/backups")" 700
same 'maintenance is over' "$(ask old 'SELECT count(*) FROM centurion.maintenance')" 0
gives 0 db verify "$(as_owner old)"
echo 'SELECT 1;' >&9
exec 9>&-
wait "$listener"
same 'everybody was told, at both ends' "$(grep -c 'Asynchronous notification "centurion_maintenance" with payload "\(begin\|end\)"' "$work/heard")" 2
make_database again
gives 0 db restore "$backup" "$(as_owner again)"
says err 'migrations are pending'
gives 0 db migrate --no-backup "$(as_owner again)"
same 'the backup is of before' "$(ask again 'SELECT count(*) FROM public.users')" 1
gives 1 db release "$(as_owner old)"
says err 'was not adopted'

# What a program that was killed left
run_sql old "INSERT INTO centurion.maintenance (reason) VALUES ('killed')"
gives 0 db migrate "$(as_owner old)"
says out 'nothing was pending'
same 'it is cleared' "$(ask old 'SELECT count(*) FROM centurion.maintenance')" 0

# One that fails on the way, one that is stopped: maintenance ends all the same
for how in fails stops; do
    psql_as postgres postgres -c "DROP DATABASE ${tag}_old"
    make_database old
    "$CENTURION_PROGRAM" db migrate --no-backup --to 16 "$(as_owner old)" >"$out" 2>"$err"
    if [ $how = fails ]; then
        # shellcheck disable=SC2016
        run_sql old 'CREATE FUNCTION centurion.merge_sources(sources jsonb, changes jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT $1 $$'
        gives 1 db migrate --backup-file "$work/fails.dump" "$(as_owner old)"
        says err 'merge_sources'
        same 'the backup is there' "$(ls "$work/fails.dump")" "$work/fails.dump"
    else
        "$PG_BINDIR/psql" "$(as_owner old)" -AtXq -c 'BEGIN; LOCK TABLE public.entries; SELECT pg_sleep(60)' >/dev/null 2>&1 &
        holder=$!
        until_ok is 1 old "SELECT count(*) FROM pg_locks WHERE relation = 'public.entries'::regclass AND mode = 'AccessExclusiveLock' AND granted"
        "$CENTURION_PROGRAM" db migrate --no-backup "$(as_owner old)" >"$out" 2>"$err" </dev/null &
        stopped=$!
        until_ok is 1 old 'SELECT count(*) FROM centurion.maintenance'
        same 'nobody changes anything meanwhile' "$(ask old 'SELECT count(*) FROM centurion.maintenance')" 1
        # The second signal comes while what the first one left to do, ending the maintenance, waits for a lock
        "$PG_BINDIR/psql" "$(as_owner old)" -AtXq -c 'BEGIN; LOCK TABLE centurion.maintenance IN SHARE MODE; SELECT pg_sleep(60)' >/dev/null 2>&1 &
        other=$!
        until_ok is 1 old "SELECT count(*) FROM pg_locks WHERE relation = 'centurion.maintenance'::regclass AND mode = 'ShareLock' AND granted"
        kill -INT "$stopped"
        until_ok is 1 old "SELECT count(*) FROM pg_locks WHERE relation = 'centurion.maintenance'::regclass AND NOT granted"
        kill -TERM "$stopped"
        sleep 0.5
        kill -TERM "$other"
        psql_as postgres postgres -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${tag}_old' AND query LIKE '%LOCK TABLE centurion.maintenance%' AND pid <> pg_backend_pid()" >/dev/null
        wait "$other"
        wait "$stopped"
        same 'stopped' $? 1
        psql_as postgres postgres -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${tag}_old' AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()" >/dev/null
        wait "$holder"
    fi
    same 'maintenance is over' "$(ask old 'SELECT count(*) FROM centurion.maintenance')" 0
done

# ---- given back ----
gives 0 db release --dry-run "$(as_owner studio)"
says out 'rows of centurion.logins would be gone  *2'
run_sql studio "UPDATE users SET \"deletedAt\" = now() WHERE id = 4; UPDATE cohorts SET \"deletedAt\" = now() WHERE id = 2"
gives 1 db release "$(as_owner studio)"
says out 'deleted people would reappear  *1  *Lou Client'
says out 'deleted cohorts would reappear  *1  *Ongoing'
says err 'would lose what only Centurion keeps'
same 'nothing was changed' "$(ask studio "SELECT to_regnamespace('centurion') IS NOT NULL")" t
run_sql studio 'CREATE VIEW public.report AS SELECT "userId" FROM centurion.me'
gives 1 db release --force "$(as_owner studio)"
says err 'something else was built on the schema centurion: .*report'
run_sql studio 'DROP VIEW public.report; UPDATE users SET "deletedAt" = NULL; UPDATE cohorts SET "deletedAt" = NULL'
gives 0 db release --force "$(as_owner studio)"
says err 'the role centurion_coach stays on the server: '
dump studio "$work/after" --schema-only --create
diff "$work/before" "$work/after" >"$out"
ok 'the schema is as it was, byte for byte' $?
same 'so are the rights on the database' "$(ask studio "SELECT has_database_privilege('public', current_database(), 'TEMPORARY')")" t
gives 0 db check "$(as_owner studio)"
gives 0 db adopt "$(as_owner studio)"
gives 0 db verify "$(as_owner studio)"
# The web application goes on with its own migrations, and they stay.
run_sql studio 'CREATE TABLE plans (id integer); ALTER TABLE users ADD COLUMN nickname text; CREATE INDEX users_nickname_idx ON users (nickname)'
gives 0 db verify "$(as_owner studio)"
gives 0 db release "$(as_owner studio)"
same 'what it added stays' "$(ask studio "SELECT count(*) FROM pg_class WHERE relname IN ('plans', 'users_nickname_idx')")" 2

# By a superuser, who takes large objects away from everybody and gives them back
make_database super prisma
dump super "$work/before" --schema-only
gives 0 db adopt "$host dbname=${tag}_super user=postgres"
gives 0 db verify "$host dbname=${tag}_super user=postgres"
run_sql super "INSERT INTO users (email, \"updatedAt\") VALUES ('new@example.org', now()); DELETE FROM users WHERE email = 'new@example.org'"
gives 0 db release "$host dbname=${tag}_super user=postgres"
dump super "$work/after" --schema-only
diff "$work/before" "$work/after" >"$out"
ok 'the schema is as it was after a superuser too' $?
same 'large objects are everybody'"'"'s again' "$(ask super "SELECT has_function_privilege('public', 'lo_creat(integer)', 'EXECUTE')")" t

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
