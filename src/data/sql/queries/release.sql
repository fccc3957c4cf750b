-- Taking it all back from a database that was adopted.

-- What would come back or be lost: people and cohorts that only our columns say are deleted, and rows of ours about people.
-- query: release_losses
-- result: what text, rows int8, sample text?
-- timeout: 600000
SELECT f.what, count(*) AS rows, string_agg(f.name, ', ' ORDER BY f.nth) FILTER (WHERE f.nth <= 10) AS sample
FROM (SELECT 'deleted people would reappear' AS what, coalesce(u.name, u.email) AS name, row_number() OVER (ORDER BY u.id) AS nth
      FROM public.users AS u
      WHERE u."deletedAt" IS NOT NULL
            AND EXISTS (SELECT FROM centurion.adoption_changes AS c WHERE c.added AND (c.kind, c.object, c.name) = ('column', 'public.users', '"deletedAt"'))
      UNION ALL
      SELECT 'deleted cohorts would reappear', c.name, row_number() OVER (ORDER BY c.id)
      FROM public.cohorts AS c
      WHERE c."deletedAt" IS NOT NULL
            AND EXISTS (SELECT FROM centurion.adoption_changes AS a WHERE a.added AND (a.kind, a.object, a.name) = ('column', 'public.cohorts', '"deletedAt"'))
      UNION ALL
      SELECT 'voided invoices would count again', i.id::text, row_number() OVER (ORDER BY i.id)
      FROM public.invoices AS i
      WHERE i."voidedAt" IS NOT NULL
            AND EXISTS (SELECT FROM centurion.adoption_changes AS a WHERE a.added AND (a.kind, a.object, a.name) = ('column', 'public.invoices', '"voidedAt"'))) AS f
GROUP BY f.what
UNION ALL
SELECT format('rows of %s would be gone', t.name), x.rows, NULL
FROM (SELECT DISTINCT k.conrelid, k.conrelid::regclass::text AS name FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
      WHERE k.contype = 'f' AND c.relnamespace = to_regnamespace('centurion')
            AND k.confrelid IN (SELECT p.oid FROM pg_class AS p WHERE p.relnamespace = to_regnamespace('public'))) AS t
     CROSS JOIN LATERAL (SELECT (regexp_match(query_to_xml(format('SELECT count(*) AS n FROM %s', t.name), false, true, '')::text, '<n>(\d+)</n>'))[1]::bigint AS rows) AS x
WHERE x.rows > 0
ORDER BY what;

-- In one transaction, set around it: what was added goes, what was taken away comes back, then the schema, then roles that nobody else
-- needs. What somebody else removed meanwhile is no fault. What somebody else built on it is: that has to go first, by their own hand.
-- query: release
-- write
-- timeout: 3600000
DO $$
DECLARE
    ours  oid[];
    step  record;
    other text;
    phase integer;
BEGIN
    -- The roles that this database has something of.
    SELECT coalesce(array_agg(r.oid), '{}') INTO ours
    FROM pg_roles AS r
    WHERE r.rolname LIKE 'centurion\_%' AND NOT r.rolcanlogin
          AND EXISTS (SELECT FROM pg_shdepend AS d
                      WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid
                            AND d.dbid = (SELECT b.oid FROM pg_database AS b WHERE b.datname = current_database()));

    CREATE TEMP TABLE centurion_release ON COMMIT DROP AS
    SELECT c.kind,
           o.nth AS nth_kind, row_number() OVER (ORDER BY o.nth, c.id) AS nth,
           CASE WHEN c.kind = 'policy' THEN format('DROP POLICY IF EXISTS %s ON %s', c.name, c.object)
                WHEN c.kind = 'trigger' THEN format('DROP TRIGGER IF EXISTS %s ON %s', c.name, c.object)
                WHEN c.kind = 'row security' THEN format('ALTER TABLE IF EXISTS %s DISABLE ROW LEVEL SECURITY', c.object)
                WHEN c.kind = 'index' THEN format('DROP INDEX IF EXISTS %s', c.object)
                WHEN c.kind = 'constraint' THEN format('ALTER TABLE IF EXISTS %s DROP CONSTRAINT IF EXISTS %s', c.object, c.name)
                WHEN c.kind = 'column' THEN format('ALTER TABLE IF EXISTS %s DROP COLUMN IF EXISTS %s', c.object, c.name)
                WHEN c.kind = 'extension' THEN format('DROP EXTENSION IF EXISTS %s', c.name)
                WHEN c.kind = 'membership' THEN format('REVOKE %s FROM %s', c.object, c.name)
                WHEN c.kind = 'default' AND c.added THEN format('ALTER DEFAULT PRIVILEGES %s REVOKE %s FROM %s', c.object, c.detail, c.name)
                WHEN c.kind = 'default' THEN format('ALTER DEFAULT PRIVILEGES %s GRANT %s TO %s', c.object, c.detail, c.name)
                WHEN c.kind = 'grant' AND c.added THEN format('REVOKE %s ON %s FROM %s', replace(c.detail, ' WITH GRANT OPTION', ''), t.object, c.name)
                WHEN c.kind = 'grant' THEN format('GRANT %s ON %s TO %s%s', replace(c.detail, ' WITH GRANT OPTION', ''), t.object, c.name,
                                                  CASE WHEN c.detail LIKE '% WITH GRANT OPTION' THEN ' WITH GRANT OPTION' ELSE '' END) END AS command,
           c.object, c.name
    FROM centurion.adoption_changes AS c
         CROSS JOIN LATERAL (SELECT CASE c.object WHEN 'DATABASE' THEN format('DATABASE %I', current_database()) ELSE c.object END AS object) AS t
         CROSS JOIN LATERAL (SELECT CASE c.kind WHEN 'policy' THEN 1 WHEN 'trigger' THEN 2 WHEN 'row security' THEN 3 WHEN 'grant' THEN 4 WHEN 'default' THEN 5
                                                WHEN 'index' THEN 6 WHEN 'constraint' THEN 7 WHEN 'column' THEN 8 ELSE 9 END AS nth) AS o
    WHERE c.added OR c.kind IN ('grant', 'default');
    -- Nothing of ours is left behind where it was given to our roles otherwise.
    INSERT INTO centurion_release (kind, nth_kind, nth, command)
    SELECT 'default', 0, 0,
           CASE WHEN e.given THEN format('ALTER DEFAULT PRIVILEGES FOR ROLE %s GRANT %s ON %s TO %s', d.defaclrole::regrole, e.privilege, k.kind, e.who)
                ELSE format('ALTER DEFAULT PRIVILEGES FOR ROLE %s REVOKE %s ON %s FROM %s', d.defaclrole::regrole, e.privilege, k.kind, e.who) END
    FROM pg_default_acl AS d
         CROSS JOIN LATERAL (SELECT CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END,
                                    acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)) AS k (kind, acl)
         CROSS JOIN LATERAL (
             SELECT v.given, v.privilege, CASE WHEN v.grantee = 0 THEN 'PUBLIC' ELSE v.grantee::regrole::text END
             FROM (SELECT true, w.grantee, w.privilege_type FROM (SELECT grantee, privilege_type FROM aclexplode(k.acl)
                                                                  EXCEPT SELECT grantee, privilege_type FROM aclexplode(d.defaclacl)) AS w
                   UNION ALL
                   SELECT false, w.grantee, w.privilege_type FROM (SELECT grantee, privilege_type FROM aclexplode(d.defaclacl)
                                                                   EXCEPT SELECT grantee, privilege_type FROM aclexplode(k.acl)) AS w) AS v (given, grantee, privilege)
         ) AS e (given, privilege, who)
    WHERE d.defaclrole = ANY (ours) AND d.defaclnamespace = 0;

    -- What stands on the shared tables, then the schema, then the columns that its views read.
    FOREACH phase IN ARRAY ARRAY[1, 2]
    LOOP
        FOR step IN SELECT command FROM centurion_release WHERE kind <> 'membership' AND command IS NOT NULL AND (nth_kind >= 8) = (phase = 2) ORDER BY nth
        LOOP
            BEGIN
                EXECUTE step.command;
            EXCEPTION
                WHEN undefined_table OR undefined_column OR undefined_object OR undefined_function OR invalid_schema_name THEN NULL;
            END;
        END LOOP;
        CONTINUE WHEN phase = 2;
        SELECT string_agg(DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid), '; ') INTO other
        FROM pg_depend AS d
             LEFT JOIN pg_rewrite AS w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
             LEFT JOIN pg_constraint AS k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
             LEFT JOIN pg_trigger AS g ON d.classid = 'pg_trigger'::regclass AND g.oid = d.objid
             LEFT JOIN pg_policy AS p ON d.classid = 'pg_policy'::regclass AND p.oid = d.objid
             LEFT JOIN pg_class AS c ON c.oid = coalesce(w.ev_class, k.conrelid, g.tgrelid, p.polrelid)
        WHERE d.deptype IN ('n', 'a') AND c.relnamespace <> to_regnamespace('centurion')
              AND (d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT o.oid FROM pg_class AS o WHERE o.relnamespace = to_regnamespace('centurion'))
                   OR d.refclassid = 'pg_proc'::regclass AND d.refobjid IN (SELECT o.oid FROM pg_proc AS o WHERE o.pronamespace = to_regnamespace('centurion')));
        IF other IS NOT NULL THEN
            RAISE EXCEPTION 'something else was built on the schema centurion: %', other
                USING ERRCODE = 'dependent_objects_still_exist', HINT = 'Drop it first; it would not work without.';
        END IF;
        DROP SCHEMA centurion CASCADE;
    END LOOP;

    -- Roles belong to the server. One that another database uses, or that a login is a member of, stays, and so does our membership.
    FOR step IN
        SELECT r.oid, r.rolname, m.commands
        FROM pg_roles AS r
             CROSS JOIN LATERAL (SELECT array_agg(c.command) AS commands FROM centurion_release AS c
                                 WHERE c.kind = 'membership' AND c.object = quote_ident(r.rolname)) AS m
        WHERE r.oid = ANY (ours) AND NOT EXISTS (SELECT FROM pg_shdepend AS d WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid)
              AND NOT EXISTS (SELECT FROM pg_auth_members AS a JOIN pg_roles AS l ON l.oid = a.member
                              WHERE a.roleid = r.oid AND l.rolcanlogin AND l.rolname <> current_user)
        ORDER BY r.rolname DESC
    LOOP
        BEGIN
            EXECUTE format('DROP ROLE %I', step.rolname);
        EXCEPTION
            WHEN insufficient_privilege OR dependent_objects_still_exist THEN
                FOR i IN 1 .. coalesce(array_length(step.commands, 1), 0)
                LOOP
                    EXECUTE step.commands[i];
                END LOOP;
        END;
    END LOOP;
END
$$;

-- Roles that stay on the server, and why.
-- query: release_left
-- result: role text, why text
SELECT r.rolname::text AS role,
       coalesce(nullif(concat_ws('; ', 'used by ' || (SELECT string_agg(DISTINCT b.datname, ', ') FROM pg_shdepend AS d JOIN pg_database AS b ON b.oid = d.dbid
                                                      WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid),
                                 'logins that are members: ' || (SELECT string_agg(l.rolname, ', ' ORDER BY l.rolname)
                                                                 FROM pg_auth_members AS m JOIN pg_roles AS l ON l.oid = m.member
                                                                 WHERE m.roleid = r.oid AND l.rolcanlogin AND l.rolname <> current_user)), ''),
                format('%s may not drop it', current_user)) AS why
FROM pg_roles AS r
WHERE r.rolname LIKE 'centurion\_%' AND NOT r.rolcanlogin
ORDER BY r.rolname;
