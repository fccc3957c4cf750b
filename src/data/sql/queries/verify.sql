-- Whether a database that was migrated is as it has to be, beside what schema_faults says of the shared tables. Each row is a fault.

-- The walls, from the catalogs alone: what no login may have, and what the owners of views and functions may not be.
-- query: verify_access
-- result: relation text, what text
WITH logins AS (
    SELECT r.oid, r.rolname FROM pg_roles AS r WHERE r.rolname IN ('centurion_admin', 'centurion_coach', 'centurion_client')
    UNION ALL
    SELECT 0, 'PUBLIC'
), spaces AS (
    SELECT n.oid, n.nspname, n.nspacl, n.nspowner FROM pg_namespace AS n WHERE n.nspname IN ('public', 'centurion')
), relations AS (
    SELECT c.*, format('%I.%I', n.nspname, c.relname) AS name, n.nspname FROM pg_class AS c JOIN spaces AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm', 'S', 'v')
          AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
), functions AS (
    SELECT p.*, p.oid::regprocedure::text AS name FROM pg_proc AS p JOIN spaces AS n ON n.oid = p.pronamespace AND n.nspname = 'centurion'
)
SELECT r.name AS relation, format('%s may %s it', l.rolname, string_agg(DISTINCT a.privilege_type, ', ')) AS what
FROM relations AS r
     CROSS JOIN LATERAL (SELECT x.* FROM aclexplode(r.relacl) AS x
                         UNION ALL
                         SELECT x.* FROM pg_attribute AS t CROSS JOIN LATERAL aclexplode(t.attacl) AS x WHERE t.attrelid = r.oid AND NOT t.attisdropped) AS a
     JOIN logins AS l ON l.oid = a.grantee
WHERE (r.relkind <> 'v' OR r.nspname = 'public') AND NOT (r.name = 'centurion.maintenance' AND a.privilege_type = 'SELECT')
      -- Other tables of the web application's are not ours to close.
      AND (l.oid <> 0 OR r.nspname = 'centurion'
           OR EXISTS (SELECT FROM pg_policy AS p
                      WHERE p.polname LIKE 'centurion\_%'
                            AND p.polrelid IN (r.oid, (SELECT d.refobjid FROM pg_depend AS d
                                                       WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype = 'a' AND r.relkind = 'S'))))
GROUP BY r.name, l.rolname
UNION ALL
SELECT r.name, 'row security is off' FROM relations AS r
WHERE r.relkind IN ('r', 'p') AND NOT r.relrowsecurity
      AND (r.nspname = 'centurion' AND r.relname NOT IN ('migrations', 'maintenance')
           OR EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = r.oid AND p.polname LIKE 'centurion\_%'))
UNION ALL
SELECT r.name, 'row security holds for its owner too' FROM relations AS r WHERE r.relforcerowsecurity
UNION ALL
SELECT r.name, format('the trigger %s is disabled', t.tgname) FROM relations AS r JOIN pg_trigger AS t ON t.tgrelid = r.oid AND t.tgenabled = 'D'
UNION ALL
SELECT f.name, 'anybody may call it' FROM functions AS f, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS a WHERE a.grantee = 0
UNION ALL
SELECT f.name, 'it runs with its owner''s rights, and its search_path is not pinned' FROM functions AS f
WHERE f.prosecdef AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (f.proconfig), false)
UNION ALL
SELECT f.name, format('it runs with the rights of %s, who is no narrow role', o.rolname) FROM functions AS f JOIN pg_roles AS o ON o.oid = f.proowner
WHERE f.prosecdef AND (o.rolcanlogin OR o.rolname NOT LIKE 'centurion\_%')
UNION ALL
SELECT r.name, format('it shows what %s may see, who is no narrow role', o.rolname) FROM relations AS r JOIN pg_roles AS o ON o.oid = r.relowner
WHERE r.relkind = 'v' AND r.nspname = 'centurion' AND (o.rolcanlogin OR o.rolname NOT LIKE 'centurion\_%')
      AND NOT coalesce('security_invoker=true' = ANY (r.reloptions), false)
UNION ALL
SELECT o.rolname, 'the role may do more than it should'
FROM pg_roles AS o
WHERE (o.rolname IN ('centurion_admin', 'centurion_coach', 'centurion_client') OR o.oid IN (SELECT f.proowner FROM functions AS f WHERE f.prosecdef)
       OR o.oid IN (SELECT r.relowner FROM relations AS r WHERE r.relkind = 'v' AND r.nspname = 'centurion'))
      AND o.rolname LIKE 'centurion\_%'
      AND (o.rolcanlogin OR o.rolsuper OR o.rolbypassrls OR o.rolcreatedb OR o.rolreplication OR o.rolcreaterole AND o.rolname <> 'centurion_registrar')
UNION ALL
SELECT n.nspname, format('%s may create in it', l.rolname) FROM spaces AS n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) AS a
     JOIN logins AS l ON l.oid = a.grantee WHERE a.privilege_type = 'CREATE'
UNION ALL
SELECT d.datname, format('%s may %s', l.rolname, a.privilege_type) FROM pg_database AS d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a
     JOIN logins AS l ON l.oid = a.grantee WHERE d.datname = current_database() AND a.privilege_type IN ('CREATE', 'TEMPORARY')
ORDER BY relation, what;

-- What the last migration left and does not stand any more, or stands otherwise. The shared tables may gain and lose what is not ours:
-- schema_faults looks after the rest of them. Policies that nobody recorded open a door.
-- query: verify_inventory
-- params: items jsonb
-- result: relation text, what text
-- timeout: 600000
WITH now AS (
    SELECT i.item ->> 0 AS kind, i.item ->> 1 AS object, i.item ->> 2 AS name, i.item ->> 3 AS detail FROM jsonb_array_elements($1) AS i (item)
), gone AS (
    SELECT kind, object, name, detail FROM centurion.inventory EXCEPT SELECT kind, object, name, detail FROM now
)
SELECT coalesce(nullif(g.object, ''), g.name) AS relation,
       CASE WHEN g.kind = 'grant' THEN format('the right of %s to %s is gone', g.name, g.detail)
            WHEN EXISTS (SELECT FROM now AS n WHERE (n.kind, n.object, n.name) = (g.kind, g.object, g.name))
            THEN format('%s is not as it was migrated', concat_ws(' ', g.kind, nullif(g.name, '')))
            ELSE format('%s is gone', concat_ws(' ', g.kind, nullif(g.name, ''))) END AS what
FROM gone AS g
WHERE g.kind IN ('policy', 'row security') OR g.object ~ '^((TABLE|SEQUENCE|FUNCTION) )?centurion\.'
      OR g.kind IN ('trigger', 'index') AND concat(g.object, g.name) LIKE '%centurion\_%'
      OR g.kind = 'grant' AND g.name LIKE 'centurion\_%' AND g.object <> 'DATABASE'
UNION ALL
SELECT n.object, format('policy %s was not there when it was migrated', n.name)
FROM now AS n
WHERE n.kind = 'policy' AND NOT EXISTS (SELECT FROM centurion.inventory AS i WHERE (i.kind, i.object, i.name) = (n.kind, n.object, n.name))
ORDER BY relation, what;

-- The last time that it was migrated, adopted or restored: rows before, after and now. Sessions and tokens come and go by themselves.
-- query: verify_counts
-- params: now jsonb
-- result: work text, relation text, before int8?, after int8?, now int8?, lost bool
SELECT c.work, c.relation, c.before, c.after, ($1 ->> c.relation)::bigint AS now,
       c.relation NOT IN ('public.sessions', 'public.verification_tokens') AND c.before IS NOT NULL AND coalesce(c.after, 0) < c.before AS lost
FROM (SELECT r.work, r.relation, max(r.rows) FILTER (WHERE r.phase = 'before') AS before, max(r.rows) FILTER (WHERE r.phase = 'after') AS after
      FROM centurion.row_counts AS r WHERE r.run = (SELECT max(l.run) FROM centurion.row_counts AS l)
      GROUP BY r.work, r.relation) AS c
ORDER BY c.relation;

-- Logins that people have and this server does not, or not in the group that their role asks for.
-- query: verify_logins
-- result: login text, what text
SELECT l.rolname::text AS login,
       CASE WHEN r.oid IS NULL THEN 'has no role on this server' ELSE format('is no member of %s', g.name) END AS what
FROM centurion.logins AS l
     CROSS JOIN LATERAL (SELECT 'centurion_' || lower(l.role::text) AS name) AS g
     LEFT JOIN pg_roles AS r ON r.rolname = l.rolname
WHERE r.oid IS NULL
      OR l.enabled AND NOT EXISTS (SELECT FROM pg_auth_members AS m JOIN pg_roles AS o ON o.oid = m.roleid WHERE m.member = r.oid AND o.rolname = g.name)
ORDER BY l.rolname;
