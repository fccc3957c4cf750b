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

-- A migration runs between these; a script's BEGIN and COMMIT stand in the script.
-- query: migrations_has
-- result: maintenance bool, counts bool, inventory bool, adoption bool
SELECT to_regclass('centurion.maintenance') IS NOT NULL AS maintenance, to_regclass('centurion.row_counts') IS NOT NULL AS counts,
       to_regclass('centurion.inventory') IS NOT NULL AS inventory, to_regclass('centurion.adoption') IS NOT NULL AS adoption;

-- While it is migrated nobody changes anything. A row that a program left that was killed is replaced: whoever holds the lock is alone.
-- query: maintenance_begin
-- params: reason text
-- write
WITH begun AS (INSERT INTO centurion.maintenance (reason) VALUES ($1)
               ON CONFLICT ((true)) DO UPDATE SET since = excluded.since, reason = excluded.reason RETURNING true)
SELECT pg_notify('centurion_maintenance', 'begin') FROM begun;

-- query: maintenance_end
-- write
WITH ended AS (DELETE FROM centurion.maintenance RETURNING true)
SELECT pg_notify('centurion_maintenance', 'end') FROM ended;

-- The web application's own tool for migrations (Prisma) waits for this lock, so that it does not work at the same time.
-- query: migrations_lock_other
-- timeout: 60000
-- write
SELECT pg_advisory_lock(72707369);

-- query: migrations_unlock_other
-- result: unlocked bool
-- write
SELECT pg_advisory_unlock(72707369) AS unlocked;

-- Nobody writes while somebody else's tables are adopted or given back; reading goes on. In a transaction.
-- query: adopt_lock
-- write
-- timeout: 600000
DO $$
DECLARE
    shared record;
BEGIN
    SET LOCAL lock_timeout = '30s';
    FOR shared IN
        SELECT c.oid::regclass AS name FROM pg_class AS c
        WHERE c.relnamespace = to_regnamespace('public') AND c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE') ORDER BY c.oid
    LOOP
        EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', shared.name);
    END LOOP;
END
$$;
