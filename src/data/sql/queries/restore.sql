-- Around pg_dump and pg_restore: what a backup has to hold, and what a restored database needs that no dump brings.

-- Tables that a backup of this database holds, as pg_restore --list names them.
-- query: backup_tables
-- result: entry text
SELECT format('%s %s', n.nspname, c.relname) AS entry
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'centurion') AND c.relkind = 'r'
      AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY entry;

-- Whether the role that owned the tables is there, and whether this login may give them to it.
-- query: restore_owner
-- params: owner text
-- result: present bool, mine bool, login text
SELECT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = $1) AS present,
       EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = $1 AND pg_has_role(current_user, r.oid, 'MEMBER')) AS mine, current_user::text AS login;

-- After all migrations in an empty database: everything goes but what a dump does not bring or what it builds on, which are the roles, the
-- rights on the database and the empty schema centurion, where their owners may create. In the transaction of those migrations.
-- query: restore_clear
-- write
-- timeout: 600000
DO $$
DECLARE
    made record;
BEGIN
    FOR made IN
        SELECT format('DROP %s IF EXISTS %I.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
                      n.nspname, c.relname) AS command
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('public', 'centurion') AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
              AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY c.relkind = 'S'
    LOOP
        EXECUTE made.command;
    END LOOP;
    LOOP -- one may have taken others along
        SELECT format('DROP ROUTINE %s CASCADE', p.oid::regprocedure) AS command INTO made
        FROM pg_proc AS p WHERE p.pronamespace = to_regnamespace('centurion') LIMIT 1;
        EXIT WHEN NOT FOUND;
        EXECUTE made.command;
    END LOOP;
    LOOP
        SELECT format('DROP TYPE %s CASCADE', t.oid::regtype) AS command INTO made
        FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace
        WHERE n.nspname IN ('public', 'centurion') AND t.typtype IN ('e', 'c', 'd')
              AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
        LIMIT 1;
        EXIT WHEN NOT FOUND;
        EXECUTE made.command;
    END LOOP;
END
$$;

-- The database is empty again.
-- query: restore_undo
-- write
DROP SCHEMA IF EXISTS centurion CASCADE;
