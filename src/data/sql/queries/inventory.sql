-- What stands in a database that migrations change: compared before and after adopting it, and with what the last migration left.

-- A list of [kind, object, name, detail], the first three of which say what is meant. A grant is [grant, "TABLE public.users", grantee,
-- "SELECT (id)"]; what an object's owner may do is left out, so that the same database of another owner is the same. Of the rights on
-- functions of the server's only those on large objects are here.
-- query: inventory
-- result: items jsonb
-- timeout: 600000
WITH relations AS (
    SELECT c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity, n.nspname, format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'centurion') AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
          AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
), functions AS (
    SELECT p.*, p.oid::regprocedure::text AS name, n.nspname
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname = 'centurion' OR n.nspname = 'pg_catalog' AND (p.proname LIKE 'lo\_%' OR p.proname IN ('loread', 'lowrite'))
), grants AS (
    SELECT CASE r.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || r.name AS object, r.relowner AS owner, a.grantee, a.privilege_type AS privilege,
           '' AS columns, a.is_grantable
    FROM relations AS r CROSS JOIN LATERAL aclexplode(coalesce(r.relacl, acldefault(CASE r.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", r.relowner))) AS a
    UNION ALL
    SELECT 'TABLE ' || r.name, r.relowner, a.grantee, a.privilege_type, format(' (%I)', t.attname), a.is_grantable
    FROM relations AS r JOIN pg_attribute AS t ON t.attrelid = r.oid AND t.attacl IS NOT NULL AND NOT t.attisdropped CROSS JOIN LATERAL aclexplode(t.attacl) AS a
    UNION ALL
    SELECT format('SCHEMA %I', n.nspname), n.nspowner, a.grantee, a.privilege_type, '', a.is_grantable
    FROM pg_namespace AS n CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) AS a
    WHERE n.nspname IN ('public', 'centurion')
    UNION ALL
    SELECT 'DATABASE', d.datdba, a.grantee, a.privilege_type, '', a.is_grantable
    FROM pg_database AS d CROSS JOIN LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a
    WHERE d.datname = current_database()
    UNION ALL
    SELECT 'FUNCTION ' || f.name, f.proowner, a.grantee, a.privilege_type, '', a.is_grantable
    FROM functions AS f CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS a
), defaults AS ( -- of the one who is connected; without a row of their own the server's hold
    SELECT quote_ident(current_user)::regrole::oid AS role, 0::oid AS space, t.letter::"char" AS letter,
           coalesce((SELECT d.defaclacl FROM pg_default_acl AS d
                     WHERE d.defaclrole = quote_ident(current_user)::regrole AND d.defaclnamespace = 0 AND d.defaclobjtype = t.letter::"char"),
                    acldefault(CASE t.letter WHEN 'S' THEN 's' ELSE t.letter END::"char", quote_ident(current_user)::regrole)) AS acl
    FROM unnest(ARRAY['r', 'S', 'f', 'T', 'n']) AS t (letter)
    UNION ALL
    SELECT d.defaclrole, d.defaclnamespace, d.defaclobjtype, d.defaclacl
    FROM pg_default_acl AS d WHERE d.defaclrole = quote_ident(current_user)::regrole AND d.defaclnamespace <> 0
), items (kind, object, name, detail) AS (
    SELECT 'relation', r.name, '', concat_ws(' ', r.relkind, CASE WHEN u.relowner IS DISTINCT FROM r.relowner THEN r.relowner::regrole END)
    FROM relations AS r LEFT JOIN relations AS u ON u.name = 'public.users'
    UNION ALL
    SELECT 'column', r.name, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
    FROM relations AS r JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE r.relkind IN ('r', 'p')
    UNION ALL
    SELECT 'index', format('%I.%I', r.nspname, c.relname), '', pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END
    FROM relations AS r JOIN pg_index AS i ON i.indrelid = r.oid JOIN pg_class AS c ON c.oid = i.indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
    UNION ALL
    SELECT 'constraint', r.name, quote_ident(k.conname), pg_get_constraintdef(k.oid)
    FROM relations AS r JOIN pg_constraint AS k ON k.conrelid = r.oid WHERE k.contype <> 't' AND k.conparentid = 0
    UNION ALL
    SELECT 'trigger', r.name, quote_ident(t.tgname), pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' WHEN 'D' THEN ' (disabled)' ELSE ' ' || t.tgenabled::text END
    FROM relations AS r JOIN pg_trigger AS t ON t.tgrelid = r.oid AND NOT t.tgisinternal
    UNION ALL
    SELECT 'policy', r.name, quote_ident(p.polname),
           concat_ws(' ', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END, p.polcmd,
                     'to', (SELECT string_agg(CASE WHEN o.role = 0 THEN 'public' ELSE o.role::regrole::text END, ', ' ORDER BY o.role::regrole::text)
                            FROM unnest(p.polroles) AS o (role)),
                     'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))
    FROM relations AS r JOIN pg_policy AS p ON p.polrelid = r.oid
    UNION ALL
    SELECT 'row security', r.name, '', CASE WHEN r.relforcerowsecurity THEN 'forced' ELSE 'on' END FROM relations AS r WHERE r.relrowsecurity
    UNION ALL
    SELECT 'function', f.name, '', concat_ws(' ', CASE WHEN f.prosecdef THEN 'definer' END,
                                             CASE WHEN u.relowner IS DISTINCT FROM f.proowner THEN f.proowner::regrole END,
                                             array_to_string(f.proconfig, ' '), md5(f.prosrc))
    FROM functions AS f LEFT JOIN relations AS u ON u.name = 'public.users' WHERE f.nspname = 'centurion'
    UNION ALL
    SELECT 'extension', '', quote_ident(e.extname), '' FROM pg_extension AS e
    UNION ALL
    SELECT 'grant', g.object, CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END,
           g.privilege || g.columns || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    FROM grants AS g WHERE g.grantee <> g.owner
    UNION ALL
    SELECT 'default', format('FOR ROLE %s%s', d.role::regrole, CASE WHEN d.space <> 0 THEN format(' IN SCHEMA %s', d.space::regnamespace) ELSE '' END),
           CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
           a.privilege_type || CASE d.letter WHEN 'r' THEN ' ON TABLES' WHEN 'S' THEN ' ON SEQUENCES' WHEN 'f' THEN ' ON FUNCTIONS' WHEN 'T' THEN ' ON TYPES'
                                             ELSE ' ON SCHEMAS' END
    FROM defaults AS d CROSS JOIN LATERAL aclexplode(d.acl) AS a
    UNION ALL
    SELECT 'membership', m.roleid::regrole::text, m.member::regrole::text, ''
    FROM pg_auth_members AS m
    WHERE m.member = quote_ident(current_user)::regrole AND m.grantor = quote_ident(current_user)::regrole AND m.roleid::regrole::text LIKE 'centurion\_%'
)
SELECT coalesce(jsonb_agg(jsonb_build_array(kind, object, name, detail) ORDER BY kind, object, name, detail), '[]') AS items FROM items;

-- Keeps what stands now for the next verify.
-- query: inventory_keep
-- params: items jsonb
-- write
-- timeout: 600000
WITH gone AS (DELETE FROM centurion.inventory)
INSERT INTO centurion.inventory (kind, object, name, detail)
SELECT i.item ->> 0, i.item ->> 1, i.item ->> 2, i.item ->> 3 FROM jsonb_array_elements($1) AS i (item);

-- What changed outside of the schema centurion between two inventories of an adopted database.
-- query: adoption_record
-- params: before jsonb, after jsonb
-- write
-- timeout: 600000
WITH b AS (SELECT i.item FROM jsonb_array_elements($1) AS i (item)), a AS (SELECT i.item FROM jsonb_array_elements($2) AS i (item)),
changes AS (
    SELECT d.item, d.added
    FROM (SELECT e.item, true FROM (SELECT item FROM a EXCEPT SELECT item FROM b) AS e
          UNION ALL
          SELECT e.item, false FROM (SELECT item FROM b EXCEPT SELECT item FROM a) AS e) AS d (item, added)
)
INSERT INTO centurion.adoption_changes (kind, object, name, detail, added)
SELECT item ->> 0, item ->> 1, item ->> 2, item ->> 3, added
FROM changes WHERE item ->> 1 !~ '^((TABLE|SEQUENCE|FUNCTION) centurion\.|centurion\.|SCHEMA centurion$)'
ORDER BY added, item;

-- query: adoption_begin
-- write
INSERT INTO centurion.adoption DEFAULT VALUES;

-- query: adoption_stands
-- result: adopted bool
SELECT EXISTS (SELECT FROM centurion.adoption) AS adopted;

-- Rows of every table, one by one: an estimate would not notice one that is missing.
-- query: count_rows
-- result: counts jsonb
-- timeout: 3600000
SELECT coalesce(jsonb_object_agg(t.name, (regexp_match(query_to_xml(format('SELECT count(*) AS n FROM %s', t.name), false, true, '')::text, '<n>(\d+)</n>'))[1]::bigint),
                '{}') AS counts
FROM (SELECT c.oid::regclass::text AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('public', 'centurion') AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT')
            AND c.relname NOT IN ('row_counts', 'inventory', 'migrations', 'maintenance', 'adoption', 'adoption_changes')) AS t;

-- query: count_keep
-- params: work text, before jsonb, after jsonb
-- write
INSERT INTO centurion.row_counts (run, work, phase, relation, rows)
SELECT (SELECT coalesce(max(c.run), 0) + 1 FROM centurion.row_counts AS c), $1, p.phase, e.key, e.value::bigint
FROM (VALUES ('before', $2), ('after', $3)) AS p (phase, counts) CROSS JOIN LATERAL jsonb_each_text(p.counts) AS e;
