-- The views for people who leave the program aside: which there are, of what, and how they are made. What rows they show is told
-- in the tests of visibility.
CREATE TEMP TABLE result ("case" text, expected text, actual text);

-- Every shared table for every kind of person: the view, or none and why, in the words of the table "who may do what".
CREATE TEMP TABLE meant (name text, admin text, coach text, client text, left_out text, why text);
INSERT INTO meant VALUES
    ('users', 'admin_users', 'coach_users', 'client_users', 'deletedAt password', 'coach: of own cohorts; client: self'),
    ('accounts', 'admin_accounts', 'none', 'none', 'access_token id_token refresh_token session_state', 'admins see them, never their secret values'),
    ('sessions', 'admin_sessions', 'none', 'none', 'sessionToken', 'admins see them, never their secret values'),
    ('verification_tokens', 'admin_verification_tokens', 'none', 'none', 'token', 'admins see them, never their secret values'),
    ('appointments', 'admin_appointments', 'coach_appointments', 'client_appointments', NULL, 'coach: of own clients; client: own'),
    ('bootcamps', 'bootcamps', 'bootcamps', 'bootcamps', NULL, 'all, and clients register themselves'),
    ('bootcamp_attendees', 'admin_bootcamp_attendees', 'coach_bootcamp_attendees', 'client_bootcamp_attendees', NULL, 'coach: all; client: self'),
    ('workouts', 'admin_workouts', 'coach_workouts', 'client_workouts', NULL, 'coach: of own clients; client: own'),
    ('invoices', 'admin_invoices', 'none', 'client_invoices', NULL, 'coach: none; client: own'),
    ('cohorts', 'admin_cohorts', 'coach_cohorts', 'client_cohorts', 'deletedAt', 'own'),
    ('cohort_memberships', 'admin_cohort_memberships', 'coach_cohort_memberships', 'client_cohort_memberships', NULL, 'own'),
    ('coach_cohort_memberships', 'admin_coach_cohort_memberships', 'coach_coach_cohort_memberships', 'client_coach_cohort_memberships', NULL, 'own cohorts'''),
    ('entries', 'admin_entries', 'coach_entries', 'client_entries', NULL, 'coach: of own cohorts; client: own'),
    ('questionnaire_bundles', 'admin_questionnaire_bundles', 'coach_questionnaire_bundles', 'client_questionnaire_bundles', NULL, 'own cohorts'''),
    ('weekly_questionnaire_responses', 'admin_weekly_questionnaire_responses', 'coach_weekly_questionnaire_responses',
     'client_weekly_questionnaire_responses', NULL, 'coach: of own clients; client: own'),
    ('cohort_check_in_configs', 'admin_cohort_check_in_configs', 'coach_cohort_check_in_configs', 'client_cohort_check_in_configs', NULL, 'own cohorts'''),
    ('coach_notes', 'admin_coach_notes', 'coach_coach_notes', 'none', NULL, 'coach: of own clients; client: none'),
    ('admin_insights', 'admin_admin_insights', 'coach_admin_insights', 'none', NULL, 'coach: own cohorts, read; client: none'),
    ('healthkit_workouts', 'admin_healthkit_workouts', 'coach_healthkit_workouts', 'client_healthkit_workouts', NULL, 'coach: of own cohorts; client: own'),
    ('sleep_records', 'admin_sleep_records', 'coach_sleep_records', 'client_sleep_records', NULL, 'coach: of own cohorts; client: own'),
    ('system_settings', 'admin_system_settings', 'none', 'none', NULL, 'admin only; what is in force is in "settings" for all'),
    ('audit_logs', 'admin_audit_logs', 'coach_audit_logs', 'none', NULL, 'coach: own actions'),
    -- what the shared tables have no place for
    ('logins', 'admin_logins', 'none', 'none', NULL, 'admin only'),
    ('reviews', 'admin_reviews', 'coach_reviews', 'none', NULL, 'coach: own'),
    ('cohort_frequencies', 'admin_cohort_frequencies', 'coach_cohort_frequencies', 'client_cohort_frequencies', NULL, 'own cohorts'''),
    ('member_frequencies', 'admin_member_frequencies', 'coach_member_frequencies', 'client_member_frequencies', NULL, 'coach: of own clients; client: own'),
    ('payments', 'admin_payments', 'none', 'client_payments', NULL, 'coach: none; client: own');

-- What there is: the views that read a table and are named after it.
CREATE TEMP VIEW made AS
SELECT t.relname AS name, g.who, v.oid, v.relname AS view,
       (SELECT string_agg(a.attname, ' ' ORDER BY a.attname COLLATE "C") FROM pg_attribute AS a
        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
              AND NOT EXISTS (SELECT FROM pg_attribute AS b WHERE b.attrelid = v.oid AND b.attname = a.attname)) AS left_out
FROM pg_class AS t
     CROSS JOIN unnest(ARRAY['admin', 'coach', 'client']) AS g (who)
     LEFT JOIN pg_class AS v
         ON v.relnamespace = 'centurion'::regnamespace AND v.relkind = 'v' AND v.relname IN (t.relname, g.who || '_' || t.relname)
            AND has_table_privilege('centurion_' || g.who, v.oid, 'SELECT')
            AND EXISTS (SELECT FROM pg_rewrite AS r JOIN pg_depend AS d ON d.objid = r.oid WHERE r.ev_class = v.oid AND d.refobjid = t.oid)
WHERE t.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND t.relkind IN ('r', 'p');

INSERT INTO result
SELECT format('%s for %s (%s)', m.name, made.who, m.why), CASE made.who WHEN 'admin' THEN m.admin WHEN 'coach' THEN m.coach ELSE m.client END,
       coalesce(made.view, 'none')
FROM meant AS m LEFT JOIN made USING (name);
INSERT INTO result
SELECT format('columns of %s that %s does not show', name, view), m.left_out, made.left_out
FROM meant AS m JOIN made USING (name) WHERE made.view IS NOT NULL;

INSERT INTO result
SELECT 'the shared tables', '22', count(*)::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
UNION ALL
SELECT 'shared tables that nobody decided about', NULL, string_agg(c.relname, ', ')
FROM pg_class AS c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND c.relname NOT IN (SELECT name FROM meant)
UNION ALL
SELECT 'views that nobody decided about', NULL, string_agg(c.relname, ', ')
FROM pg_class AS c
WHERE c.relnamespace = 'centurion'::regnamespace AND c.relkind = 'v' AND c.relname ~ '^(admin|coach|client)_'
      AND c.relname NOT IN (SELECT view FROM made WHERE view IS NOT NULL) AND c.relname <> 'admin_deleted'
UNION ALL
SELECT 'views of coaches and clients without a fence', NULL, string_agg(c.relname, ', ')
FROM pg_class AS c
WHERE c.relnamespace = 'centurion'::regnamespace AND c.relkind = 'v' AND c.relname NOT IN ('settings', 'setting_kinds')
      AND (has_table_privilege('centurion_coach', c.oid, 'SELECT') OR has_table_privilege('centurion_client', c.oid, 'SELECT'))
      AND NOT (coalesce('security_barrier=true' = ANY (c.reloptions), false) AND pg_get_viewdef(c.oid) ~ '\sOFFSET 0;$')
UNION ALL
SELECT 'views that do not ask who is connected', NULL, string_agg(c.relname, ', ')
FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner
WHERE c.relkind = 'v' AND starts_with(r.rolname, 'centurion_views_')
      AND pg_get_viewdef(c.oid) !~ CASE WHEN c.relname IN ('bootcamps', 'profile') THEN 'EXISTS \( SELECT\s+FROM centurion.me\)'
                                        ELSE format('EXISTS \( SELECT\s+FROM centurion.me\s+WHERE \(?me.role = ''%s''', upper(split_part(c.relname, '_', 1))) END
UNION ALL
SELECT 'views that take their rights from another role', NULL, string_agg(c.relname, ', ')
FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner
WHERE c.relkind = 'v' AND c.relnamespace = 'centurion'::regnamespace AND c.relname ~ '^(admin|coach|client)_'
      AND r.rolname <> 'centurion_views_' || split_part(c.relname, '_', 1)
UNION ALL
SELECT 'columns that owners of views may read and show nowhere', NULL, string_agg(DISTINCT format('%s.%s by %s', a.attrelid::regclass, a.attname, r.rolname), ', ')
FROM pg_attribute AS a JOIN pg_class AS t ON t.oid = a.attrelid CROSS JOIN pg_roles AS r
WHERE starts_with(r.rolname, 'centurion_views_') AND t.relkind IN ('r', 'p') AND t.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace)
      AND a.attnum > 0 AND has_column_privilege(r.oid, t.oid, a.attnum, 'SELECT')
      AND NOT EXISTS (SELECT FROM pg_class AS v JOIN pg_rewrite AS w ON w.ev_class = v.oid JOIN pg_depend AS d ON d.objid = w.oid
                      WHERE v.relowner = r.oid AND d.refobjid = t.oid AND d.refobjsubid = a.attnum)
UNION ALL
SELECT 'rights of the owners of views beside reading', NULL, string_agg(format('%s on %s', r.rolname, t.relname), ', ')
FROM pg_class AS t CROSS JOIN pg_roles AS r
WHERE starts_with(r.rolname, 'centurion_views_') AND t.relkind IN ('r', 'p') AND t.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace)
      AND (has_any_column_privilege(r.oid, t.oid, 'INSERT, UPDATE, REFERENCES') OR has_table_privilege(r.oid, t.oid, 'SELECT, DELETE, TRUNCATE, TRIGGER'));

-- What psql's \dp shows of the tables: no login, no group of logins, not everybody.
INSERT INTO result
SELECT 'rights on tables, columns and sequences that a login or everybody has', NULL, string_agg(format('%s: %s to %s', name, privilege_type, who), ', ')
FROM (SELECT c.oid::regclass::text AS name, a.privilege_type, coalesce(r.rolname, 'everybody') AS who
      FROM pg_class AS c
           CROSS JOIN LATERAL (SELECT a.* FROM aclexplode(c.relacl) AS a
                               UNION ALL SELECT a.* FROM pg_attribute AS k, aclexplode(k.attacl) AS a WHERE k.attrelid = c.oid) AS a
           LEFT JOIN pg_roles AS r ON r.oid = a.grantee
      WHERE c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND c.relkind IN ('r', 'p', 'm', 'f', 'S')
            AND c.relname <> 'maintenance' -- anybody may know of it
            AND (r.rolname IS NULL OR r.rolcanlogin AND r.oid <> c.relowner OR r.rolname IN ('centurion_admin', 'centurion_coach', 'centurion_client'))) AS found;

-- ---- A table that somebody adds later ----

CREATE ROLE rules_views_owner;
CREATE ROLE rules_views_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_views_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_views_other LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_views_client LOGIN IN ROLE centurion_client;
GRANT CREATE, USAGE ON SCHEMA public TO rules_views_owner;
CREATE TABLE public.later_by_superuser AS SELECT 1 AS x;
SET LOCAL ROLE rules_views_owner;
CREATE TABLE public.later_by_owner AS SELECT 1 AS x;
RESET ROLE;
CREATE MATERIALIZED VIEW public.later_copy AS SELECT * FROM public.users;
CREATE TABLE public.later_parts (x integer) PARTITION BY RANGE (x);
CREATE TABLE public.later_part PARTITION OF public.later_parts FOR VALUES FROM (0) TO (9);

CREATE FUNCTION pg_temp.attempt(login name, statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    superuser constant text := session_user;
    value text;
BEGIN
    PERFORM set_config('session_authorization', login, true);
    EXECUTE statement INTO value;
    PERFORM set_config('session_authorization', superuser, true);
    RETURN coalesce(value, 'nothing');
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;
INSERT INTO result
SELECT format('%s: %s', login, name), '42501', pg_temp.attempt(login, 'SELECT count(*) FROM public.' || name)
FROM unnest(ARRAY['rules_views_admin', 'rules_views_coach', 'rules_views_other', 'rules_views_client']) AS l (login),
     unnest(ARRAY['later_by_superuser', 'later_by_owner', 'later_copy', 'later_parts', 'later_part']) AS t (name);
-- The attempt itself can succeed.
GRANT SELECT ON public.later_by_superuser TO PUBLIC;
INSERT INTO result SELECT 'one that is granted', '1', pg_temp.attempt('rules_views_coach', 'SELECT count(*) FROM public.later_by_superuser');

SELECT * FROM result;
