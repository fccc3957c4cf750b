-- What the runner of migrations asks. It creates centurion.migrations itself, so these may run before there is one.

-- query: migrations_facts
-- result: recorded bool, empty bool, encoding text, owner bool
SELECT to_regclass('centurion.migrations') IS NOT NULL AS recorded,
       to_regnamespace('centurion') IS NULL
       AND NOT EXISTS (SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                       WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')) AS empty,
       current_setting('server_encoding') AS encoding,
       has_database_privilege(current_database(), 'CREATE') AS owner;

-- query: migrations_applied
-- result: version int4, name text, sha256 text, applied_at text
SELECT version, name, sha256, to_char("appliedAt", 'YYYY-MM-DD HH24:MI:SS') AS applied_at
FROM centurion.migrations ORDER BY version;

-- query: migrations_sha256
-- params: sql text
-- result: sha256 text
SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex') AS sha256;

-- The lock is the session's. "CENTURIO" as a number; write, so that no other session takes it by itself after a lost link.
-- query: migrations_try_lock
-- result: locked bool
-- write
SELECT pg_try_advisory_lock(4847366698049882447) AS locked;

-- query: migrations_lock
-- timeout: 3600000
-- write
SELECT pg_advisory_lock(4847366698049882447);

-- query: migrations_unlock
-- result: unlocked bool
-- write
SELECT pg_advisory_unlock(4847366698049882447) AS unlocked;

-- What the statement behind a migration records, handed to its session.
-- query: migrations_announce
-- params: version text, name text, sha256 text
-- result: version text, name text, sha256 text
-- write
SELECT set_config('centurion_migration.version', $1, false) AS version, set_config('centurion_migration.name', $2, false) AS name,
       set_config('centurion_migration.sha256', $3, false) AS sha256;

-- query: demo_free
-- result: free bool
SELECT NOT EXISTS (SELECT FROM public.users) AS free;

-- query: demo_announce
-- params: today text, size text
-- result: today text, size text
-- write
SELECT set_config('centurion_demo.today', $1, false) AS today, set_config('centurion_demo.size', $2, false) AS size;
