-- step: counting
-- Rows were numbered by hand: let the sequences go on after them, and the planner know what is there.

DO $$
DECLARE
    numbered record;
BEGIN
    FOR numbered IN
        SELECT a.attrelid::regclass AS name, pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) AS counter
        FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
        WHERE c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND c.relkind IN ('r', 'p')
              AND a.attname = 'id' AND pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) IS NOT NULL
    LOOP
        EXECUTE format('SELECT setval(%L, max(id)) FROM %s HAVING max(id) IS NOT NULL', numbered.counter, numbered.name);
    END LOOP;
    FOR numbered IN
        SELECT oid::regclass AS name FROM pg_class
        WHERE relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND relkind IN ('r', 'p')
    LOOP
        EXECUTE format('ANALYZE %s', numbered.name);
    END LOOP;
END
$$;

DISCARD TEMP;
RESET session_replication_role;
RESET client_min_messages;
RESET synchronous_commit;
RESET work_mem;
RESET maintenance_work_mem;
RESET jit;
