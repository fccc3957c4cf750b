-- What the catalogs say about privileges. A list where nothing is expected names what is wrong.
SELECT name AS "case", expected, actual
FROM (
    SELECT 'tables that a login may read or change' AS name, NULL AS expected,
           string_agg(format('%s by %s', c.oid::regclass, g.who), ', ') AS actual
    FROM pg_class AS c, unnest(ARRAY['centurion_admin', 'centurion_coach', 'centurion_client']) AS g (who)
    WHERE c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND c.relkind IN ('r', 'p', 'm', 'S')
          AND (c.relkind <> 'S' AND (has_any_column_privilege(g.who, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
                                     OR has_table_privilege(g.who, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'))
               OR c.relkind = 'S' AND has_sequence_privilege(g.who, c.oid, 'USAGE, SELECT, UPDATE'))
    UNION ALL
    SELECT 'views that a login may read',
           'centurion.me by admin, centurion.me by client, centurion.me by coach, centurion.my_clients by coach, centurion.my_cohorts by coach, '
           'centurion.my_memberships by client, centurion.setting_kinds by admin, centurion.setting_kinds by client, centurion.setting_kinds by coach, '
           'centurion.settings by admin, centurion.settings by client, centurion.settings by coach',
           string_agg(format('centurion.%s by %s', c.relname, g.who), ', ' ORDER BY c.relname, g.who)
    FROM pg_class AS c, unnest(ARRAY['admin', 'coach', 'client']) AS g (who)
    WHERE c.relnamespace = 'centurion'::regnamespace AND c.relkind = 'v' AND has_table_privilege('centurion_' || g.who, c.oid, 'SELECT')
    UNION ALL
    SELECT 'functions that anybody may call', NULL, string_agg(p.oid::regprocedure::text, ', ')
    FROM pg_proc AS p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
    WHERE p.pronamespace = 'centurion'::regnamespace AND a.grantee = 0
    UNION ALL
    SELECT 'functions with their owner''s rights that a ' || g.who || ' may call', g.expected, string_agg(p.proname, ' ' ORDER BY p.proname)
    FROM (VALUES ('coach', 'cohort_heat cohort_list member_entries member_overview palette_find review_changes review_notes review_queue '
                           'review_reasons review_summary review_trends review_week_strip whoami'),
                 ('client', 'client_home client_todo client_upcoming client_week whoami')) AS g (who, expected)
         LEFT JOIN pg_proc AS p ON p.pronamespace = 'centurion'::regnamespace AND p.prosecdef
                                   AND has_function_privilege('centurion_' || g.who, p.oid, 'EXECUTE')
    GROUP BY g.who, g.expected
    UNION ALL
    SELECT 'functions with their owner''s rights and a search path that can be planted', NULL, string_agg(p.oid::regprocedure::text, ', ')
    FROM pg_proc AS p
    WHERE p.pronamespace = 'centurion'::regnamespace AND p.prosecdef
          AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (p.proconfig), false)
    UNION ALL
    SELECT 'functions with the rights of somebody else than the gate', NULL, string_agg(p.oid::regprocedure::text, ', ')
    FROM pg_proc AS p
    WHERE p.pronamespace = 'centurion'::regnamespace AND p.prosecdef AND p.proowner <> 'centurion_gate'::regrole
    UNION ALL
    SELECT 'views with the rights of somebody else than guard and gate', NULL, string_agg(c.relname, ', ')
    FROM pg_class AS c
    WHERE c.relnamespace = 'centurion'::regnamespace AND c.relkind = 'v' AND c.relowner NOT IN ('centurion_guard'::regrole, 'centurion_gate'::regrole)
    UNION ALL
    SELECT 'roles that may do more than they should', NULL, string_agg(r.rolname, ', ')
    FROM pg_roles AS r
    WHERE r.rolname IN ('centurion_admin', 'centurion_coach', 'centurion_client', 'centurion_guard', 'centurion_gate')
          AND (r.rolcanlogin OR r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication)
    UNION ALL
    SELECT 'tables without row security, but for the list of migrations', NULL, string_agg(c.oid::regclass::text, ', ')
    FROM pg_class AS c
    WHERE c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
          AND c.relname <> 'migrations'
    UNION ALL
    SELECT 'tables whose row security holds for their owner too', NULL, string_agg(c.oid::regclass::text, ', ')
    FROM pg_class AS c WHERE c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND c.relforcerowsecurity
    UNION ALL
    SELECT 'secrets that the gate may read', NULL, string_agg(format('%s.%s', a.attrelid::regclass, a.attname), ', ')
    FROM pg_attribute AS a, unnest(ARRAY['centurion_guard', 'centurion_gate']) AS g (who)
    WHERE a.attnum > 0 AND (a.attrelid = 'public.users'::regclass AND a.attname = 'password'
                            OR a.attrelid IN ('public.accounts'::regclass, 'public.sessions'::regclass, 'public.verification_tokens'::regclass))
          AND has_column_privilege(g.who, a.attrelid, a.attnum, 'SELECT')
    UNION ALL
    SELECT 'places where a login may create', NULL, string_agg(place, ', ')
    FROM unnest(ARRAY['centurion_admin', 'centurion_coach', 'centurion_client']) AS g (who),
         LATERAL (SELECT n.nspname::text AS place FROM pg_namespace AS n
                  WHERE n.nspname IN ('public', 'centurion') AND has_schema_privilege(g.who, n.oid, 'CREATE')
                  UNION ALL
                  SELECT 'database' WHERE has_database_privilege(g.who, current_database(), 'CREATE, TEMPORARY')) AS p
) AS checks;
