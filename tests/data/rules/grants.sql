-- What the catalogs say about privileges. A list where nothing is expected names what is wrong.
SELECT name AS "case", expected, actual
FROM (
    SELECT 'tables that a login may read or change' AS name, NULL AS expected,
           string_agg(format('%s by %s', c.oid::regclass, g.who), ', ') AS actual
    FROM pg_class AS c, unnest(ARRAY['centurion_admin', 'centurion_coach', 'centurion_client']) AS g (who)
    WHERE c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND c.relkind IN ('r', 'p', 'm', 'S')
          AND c.relname <> 'maintenance' -- anybody may know of it
          AND (c.relkind <> 'S' AND (has_any_column_privilege(g.who, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
                                     OR has_table_privilege(g.who, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'))
               OR c.relkind = 'S' AND has_sequence_privilege(g.who, c.oid, 'USAGE, SELECT, UPDATE'))
    UNION ALL
    -- Beside those that bear the name of its role, which the rules about views list table by table.
    SELECT 'views that a login may read',
           'bootcamps by admin, bootcamps by client, bootcamps by coach, profile by admin, profile by client, profile by coach, '
           'setting_kinds by admin, setting_kinds by client, setting_kinds by coach, settings by admin, settings by client, settings by coach',
           string_agg(format('%s by %s', c.relname, g.who), ', ' ORDER BY c.relname, g.who)
    FROM pg_class AS c, unnest(ARRAY['admin', 'coach', 'client']) AS g (who)
    WHERE c.relnamespace = 'centurion'::regnamespace AND c.relkind = 'v' AND has_table_privilege('centurion_' || g.who, c.oid, 'SELECT')
          AND NOT starts_with(c.relname, g.who || '_')
    UNION ALL
    SELECT 'views that a login may write to', NULL, string_agg(format('%s by %s', c.relname, g.who), ', ')
    FROM pg_class AS c, unnest(ARRAY['admin', 'coach', 'client']) AS g (who)
    WHERE c.relnamespace = 'centurion'::regnamespace AND c.relkind = 'v'
          AND (has_any_column_privilege('centurion_' || g.who, c.oid, 'INSERT, UPDATE, REFERENCES')
               OR has_table_privilege('centurion_' || g.who, c.oid, 'DELETE, TRUNCATE, TRIGGER'))
    UNION ALL
    SELECT 'functions that anybody may call', NULL, string_agg(p.oid::regprocedure::text, ', ')
    FROM pg_proc AS p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
    WHERE p.pronamespace = 'centurion'::regnamespace AND a.grantee = 0
    UNION ALL
    -- Every function with its owner's rights, and who may call it: a line each, so that a new one is a decision.
    SELECT 'who may call ' || coalesce(w.name, f.name), w.who, f.who
    FROM (VALUES
        ('whoami', 'admin client coach'),
        ('palette_find', 'admin coach'),
        ('review_queue', 'admin coach'),
        ('review_summary', 'admin coach'),
        ('review_reasons', 'admin coach'),
        ('review_week_strip', 'admin coach'),
        ('review_trends', 'admin coach'),
        ('review_notes', 'admin coach'),
        ('review_changes', 'admin coach'),
        ('cohort_list', 'admin coach'),
        ('cohort_heat', 'admin coach'),
        ('member_overview', 'admin coach'),
        ('member_entries', 'admin coach'),
        ('admin_home', 'admin'),
        ('admin_cohorts', 'admin'),
        ('admin_coaches', 'admin'),
        ('admin_changes', 'admin'),
        ('client_home', 'client'),
        ('client_week', 'client'),
        ('client_todo', 'client'),
        ('client_upcoming', 'client'),
        -- lists and the calendar
        ('member_list', 'admin coach'),
        ('member_count', 'admin coach'),
        ('cohort_overview', 'admin coach'),
        ('calendar_week', 'admin coach'),
        -- changes
        ('change_begin', ''),
        ('request_target', ''),
        ('request_end', ''),
        ('audit', ''),
        -- entries
        ('entry_save', 'admin client coach'),
        ('entry_delete', 'admin client coach'),
        -- undo
        ('undo', 'admin client coach'),
        ('undo_preview', 'admin client coach'),
        ('request_withdraw', 'admin client coach'),
        -- coaching
        ('note_save', 'admin coach'),
        ('note_delete', 'admin coach'),
        ('review_set', 'admin coach'),
        ('review_set_all', 'admin coach'),
        ('review_marks', 'admin coach'),
        ('prompts_save', 'admin coach'),
        ('cohort_frequency_set', 'admin coach'),
        ('member_frequency_set', 'admin coach'),
        ('insight_save', 'admin'),
        ('insight_triage', 'admin'),
        ('setting_save', 'admin'),
        ('setting_reset', 'admin'),
        ('questionnaire_save', 'admin coach'),
        ('questionnaire_delete', 'admin coach'),
        ('questionnaire_copy', 'admin coach'),
        ('response_save', 'client'),
        ('response_reopen', 'admin coach'),
        ('health_workouts_import', 'admin client coach'),
        ('sleep_import', 'admin client coach'),
        ('steps_import', 'admin client coach'),
        -- appointments, bootcamps, workouts
        ('appointment_save', 'admin coach'),
        ('appointment_series', 'admin coach'),
        ('appointment_series_preview', 'admin coach'),
        ('appointment_mark', 'admin coach'),
        ('appointment_delete', 'admin coach'),
        ('appointment_cancel', 'client'),
        ('bootcamp_save', 'admin coach'),
        ('bootcamp_delete', 'admin coach'),
        ('attendance_add', 'admin coach'),
        ('attendance_remove', 'admin coach'),
        ('bootcamp_register', 'client'),
        ('bootcamp_unregister', 'client'),
        ('workout_assign', 'admin coach'),
        ('workout_save', 'admin coach'),
        ('workout_delete', 'admin coach'),
        ('workout_set_status', 'admin client coach'),
        -- cohorts
        ('cohort_save', 'admin'),
        ('cohort_delete', 'admin'),
        ('cohort_restore', 'admin'),
        ('cohort_clone', 'admin'),
        ('membership_set', 'admin coach'),
        ('coach_assign', 'admin'),
        ('coach_unassign', 'admin'),
        -- invoices
        ('invoice_preview', 'admin'),
        ('invoice_run', 'admin'),
        ('invoice_issue', 'admin'),
        ('invoice_mark_sent', 'admin'),
        ('invoice_delete', 'admin'),
        ('invoice_void', 'admin'),
        ('payment_add', 'admin'),
        ('payment_reverse', 'admin'),
        ('invoice_ageing', 'admin'),
        ('revenue_by_month', 'admin'),
        ('invoice_faults', 'admin'),
        -- people and logins
        ('user_list', 'admin'),
        ('user_show', 'admin client coach'),
        ('user_access', 'admin'),
        ('user_save', 'admin client coach'),
        ('user_set_role', 'admin'),
        ('user_delete', 'admin'),
        ('user_restore', 'admin'),
        ('user_set_password', 'admin'),
        ('user_changed', ''),
        ('session_revoke', 'admin'),
        ('session_revoke_all', 'admin'),
        ('login_list', 'admin'),
        ('login_create', 'admin'),
        ('login_map', ''),
        ('login_set_password', 'admin'),
        ('login_disable', 'admin'),
        ('login_enable', 'admin'),
        ('login_end_sessions', 'admin'),
        ('login_changed', ''),
        ('login_ended', ''),
        ('end_sessions', ''),
        ('end_sessions_of', ''),
        ('person_export', 'admin client coach'),
        ('user_erase', 'admin'),
        ('forget_login', ''),
        ('forget_audit', ''),
        -- the grid of check-ins
        ('entry_limits', 'admin coach'),
        ('entry_prompts', 'admin coach'),
        ('entry_grid', 'admin coach'),
        ('entry_grid_member', 'admin coach'),
        ('entries_save', 'admin client coach'),
        -- the record and notes
        ('note_search', 'admin coach'),
        ('note_tags', 'admin coach'),
        ('notes_delete', 'admin coach'),
        ('note_context', 'admin coach'),
        ('log_reading', ''),
        ('member_read', 'admin coach'),
        ('member_series', 'admin coach'),
        ('member_appointments', 'admin coach'),
        ('member_questionnaires', 'admin coach'),
        ('member_invoices', 'admin'),
        ('member_health', 'admin coach'),
        ('member_log', 'admin coach'),
        ('member_show', 'admin coach'),
        ('member_save', 'admin coach'),
        ('member_add', 'admin'),
        ('cohort_index', 'admin coach'),
        ('cohort_record', 'admin coach'),
        ('cohort_left', 'admin coach'),
        ('cohort_coaches', 'admin coach'),
        ('cohort_candidates', 'admin'),
        ('cohort_bundles', 'admin coach'),
        ('cohort_prompts', 'admin coach'),
        ('cohort_weeks', 'admin coach'),
        ('cohort_set_all', 'admin'),
        -- Appointments by their series, and what the calendar reads.
        ('appointments_save', 'admin coach'),
        ('appointments_delete', 'admin coach'),
        ('appointment_repeat', 'admin coach'),
        ('appointment_repeat_preview', 'admin coach'),
        ('appointments_preview', 'admin coach'),
        ('appointment_scope', 'admin coach'),
        ('calendar_days', 'admin coach'),
        ('calendar_totals', 'admin coach'),
        ('appointments_unmarked', 'admin coach'),
        ('calendar_coaches', 'admin coach'),
        -- the review queue's day
        ('audit_look', ''),
        ('review_cohorts', 'admin coach'),
        ('review_backlog', 'admin coach'),
        ('review_figures', 'admin coach'),
        -- lists that leave the program
        ('log_export', ''),
        ('list_exported', 'admin client coach'),
        -- the record's answers, and the document behind an export
        ('member_answers', 'admin coach'),
        ('person_document', '')
    ) AS w (name, who)
    FULL JOIN (
        SELECT p.proname::text AS name, coalesce(string_agg(DISTINCT g.who, ' ' ORDER BY g.who) FILTER (WHERE has_function_privilege('centurion_' || g.who, p.oid, 'EXECUTE')), '') AS who
        FROM pg_proc AS p, unnest(ARRAY['admin', 'coach', 'client']) AS g (who)
        WHERE p.pronamespace = 'centurion'::regnamespace AND p.prosecdef
        GROUP BY p.proname
    ) AS f ON f.name = w.name
    UNION ALL
    SELECT 'functions with their owner''s rights and a search path that can be planted', NULL, string_agg(p.oid::regprocedure::text, ', ')
    FROM pg_proc AS p
    WHERE p.pronamespace = 'centurion'::regnamespace AND p.prosecdef
          AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (p.proconfig), false)
    UNION ALL
    SELECT 'functions with the rights of somebody else than a narrow owner', NULL, string_agg(p.oid::regprocedure::text, ', ')
    FROM pg_proc AS p JOIN pg_roles AS r ON r.oid = p.proowner
    WHERE p.pronamespace = 'centurion'::regnamespace AND p.prosecdef
          AND r.rolname NOT IN ('centurion_gate', 'centurion_writer', 'centurion_biller', 'centurion_auditor', 'centurion_registrar')
    UNION ALL
    SELECT 'views with the rights of somebody else than a narrow owner', NULL, string_agg(c.relname, ', ')
    FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner
    WHERE c.relnamespace = 'centurion'::regnamespace AND c.relkind = 'v'
          AND r.rolname NOT IN ('centurion_guard', 'centurion_gate', 'centurion_views_admin', 'centurion_views_coach', 'centurion_views_client')
    UNION ALL
    SELECT 'roles that may do more than they should', NULL, string_agg(r.rolname, ', ')
    FROM pg_roles AS r
    WHERE r.rolname LIKE 'centurion\_%' AND r.rolname <> 'centurion_owner'
          AND (r.rolcanlogin OR r.rolsuper OR r.rolbypassrls OR r.rolcreaterole <> (r.rolname = 'centurion_registrar') OR r.rolcreatedb OR r.rolreplication)
    UNION ALL
    SELECT 'tables without row security, but for those about no person', NULL, string_agg(c.oid::regclass::text, ', ')
    FROM pg_class AS c
    WHERE c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
          AND c.relname NOT IN ('migrations', 'maintenance')
    UNION ALL
    SELECT 'tables whose row security holds for their owner too', NULL, string_agg(c.oid::regclass::text, ', ')
    FROM pg_class AS c WHERE c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND c.relforcerowsecurity
    UNION ALL
    SELECT 'secrets that an owner of functions may read', NULL, string_agg(format('%s.%s', a.attrelid::regclass, a.attname), ', ')
    FROM pg_attribute AS a, (SELECT r.rolname FROM pg_roles AS r WHERE r.rolname LIKE 'centurion\_%') AS g (who)
    WHERE (a.attrelid, a.attname) IN (('public.users'::regclass, 'password'), ('public.sessions'::regclass, 'sessionToken'),
                                      ('public.verification_tokens'::regclass, 'token'), ('public.accounts'::regclass, 'refresh_token'),
                                      ('public.accounts'::regclass, 'access_token'), ('public.accounts'::regclass, 'id_token'),
                                      ('public.accounts'::regclass, 'session_state'))
          AND has_column_privilege(g.who, a.attrelid, a.attnum, 'SELECT')
    UNION ALL
    SELECT 'places where a login may create', NULL, string_agg(place, ', ')
    FROM unnest(ARRAY['centurion_admin', 'centurion_coach', 'centurion_client']) AS g (who),
         LATERAL (SELECT n.nspname::text AS place FROM pg_namespace AS n
                  WHERE n.nspname IN ('public', 'centurion') AND has_schema_privilege(g.who, n.oid, 'CREATE')
                  UNION ALL
                  SELECT 'database' WHERE has_database_privilege(g.who, current_database(), 'CREATE, TEMPORARY')) AS p
) AS checks;
