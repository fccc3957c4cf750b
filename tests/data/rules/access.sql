-- Who sees whom: through the functions behind the screens, and below them, where a privilege was given by mistake, through
-- row security. The same for logins that are disabled, deleted, demoted or unknown.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_access_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_access_other LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_access_client LOGIN IN ROLE centurion_client;
CREATE ROLE rules_access_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_access_nobody LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_access_stranger LOGIN;

-- Runs a statement and says what came of it: its value, or the error's code.
CREATE FUNCTION pg_temp.attempt(statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    value text;
BEGIN
    EXECUTE statement INTO value;
    RETURN coalesce(value, 'nothing');
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;

INSERT INTO public.users (id, email, name, role) VALUES
    (9100, 'coach@rules.example', 'Coach', 'COACH'), (9101, 'other@rules.example', 'Other', 'COACH'), (9102, 'admin@rules.example', 'Admin', 'ADMIN'),
    (9001, '1@rules.example', 'Mine', 'CLIENT'), (9002, '2@rules.example', 'Mine, paused', 'CLIENT'),
    (9003, '3@rules.example', 'Left', 'CLIENT'), (9004, '4@rules.example', 'Theirs', 'CLIENT'), (9005, '5@rules.example', 'Deleted cohort', 'CLIENT'),
    (9006, '6@rules.example', 'Deleted', 'CLIENT');
UPDATE public.users SET "deletedAt" = now() WHERE id = 9006;
INSERT INTO centurion.logins VALUES ('rules_access_coach', 9100, 'COACH'), ('rules_access_other', 9101, 'COACH'),
    ('rules_access_admin', 9102, 'ADMIN'), ('rules_access_client', 9001, 'CLIENT');
INSERT INTO public.cohorts (id, name, "startDate") VALUES (9001, 'Mine', '2026-01-05'), (9002, 'Theirs', '2026-01-05'), (9003, 'Deleted', '2026-01-05');
UPDATE public.cohorts SET "deletedAt" = now() WHERE id = 9003;
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9100), (9002, 9101), (9003, 9100);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES
    (9001, 9001, 'ACTIVE'), (9001, 9002, 'PAUSED'), (9001, 9003, 'INACTIVE'), (9002, 9004, 'ACTIVE'), (9003, 9005, 'ACTIVE'), (9001, 9006, 'ACTIVE');
INSERT INTO public.entries ("userId", date, "perceivedStress") SELECT n, centurion.today() - 1, 5 FROM generate_series(9001, 9006) AS n;
INSERT INTO public.coach_notes ("userId", "coachId", "weekNumber", notes) SELECT n, 9101, 1, 'about ' || n FROM generate_series(9001, 9006) AS n;
INSERT INTO public.appointments ("userId", "startTime", "endTime", fee, status)
SELECT n, centurion.today() - 2, centurion.today() - 2 + interval '1 hour', 45, 'ATTENDED' FROM generate_series(9001, 9006) AS n;
INSERT INTO public.invoices (id, "userId", month, "totalAmount") SELECT n, n, '2026-01-01', 45 FROM generate_series(9001, 9006) AS n;
INSERT INTO centurion.payments ("invoiceId", amount, method, "paidOn") SELECT n, 45, 'cash', '2026-02-01' FROM generate_series(9001, 9006) AS n;
INSERT INTO centurion.reviews VALUES (9100, 9001, '2026-01-05', 'pending'), (9101, 9004, '2026-01-05', 'pending');
INSERT INTO public.audit_logs ("userId", action) VALUES (9100, 'A'), (9101, 'B'), (9001, 'C');
INSERT INTO public.system_settings (key, value) VALUES ('secret', '"x"');

-- ---- Through the functions ----

SET LOCAL SESSION AUTHORIZATION rules_access_coach;
INSERT INTO result
SELECT 'coach: member page of ' || name, expected,
       concat_ws(' ', (SELECT count(*) FROM centurion.member_overview(id)), (SELECT count(*) FROM centurion.member_entries(id, NULL, 10)),
                 (SELECT count(*) FROM centurion.review_notes(id, centurion.today())), (SELECT count(*) FROM centurion.review_trends(id, centurion.today())),
                 (SELECT count(*) FROM centurion.review_week_strip(id, centurion.today())), (SELECT count(*) FROM centurion.review_changes(id, centurion.today())),
                 (SELECT count(*) > 0 FROM centurion.review_reasons(id, centurion.today())))
FROM (VALUES (9001, 'an active client', '1 1 1 42 7 1 t'), (9002, 'a paused client', '1 1 1 42 7 1 f'), (9003, 'one who left', '0 0 0 0 0 0 f'),
             (9004, 'another coach''s client', '0 0 0 0 0 0 f'), (9005, 'a deleted cohort''s member', '0 0 0 0 0 0 f'),
             (9006, 'a deleted member', '0 0 0 0 0 0 f'), (9101, 'another coach', '0 0 0 0 0 0 f'), (1, 'nobody', '0 0 0 0 0 0 f')) AS v (id, name, expected);
INSERT INTO result
SELECT 'coach: queue', 'Mine', string_agg(name, ', ') FROM centurion.review_queue(centurion.today())
UNION ALL SELECT 'coach: cohorts', 'Mine', string_agg(name, ', ') FROM centurion.cohort_list()
UNION ALL SELECT 'coach: heat of own cohort', 'Mine, Mine, paused', string_agg(name, ', ' ORDER BY name) FROM centurion.cohort_heat(9001, centurion.today() - 6, centurion.today())
UNION ALL SELECT 'coach: heat of another''s cohort', NULL, string_agg(name, ', ') FROM centurion.cohort_heat(9002, centurion.today() - 6, centurion.today())
UNION ALL SELECT 'coach: heat of a deleted cohort', NULL, string_agg(name, ', ') FROM centurion.cohort_heat(9003, centurion.today() - 6, centurion.today())
UNION ALL SELECT 'coach: finds', 'cohort Mine, member Mine, member Mine, paused', string_agg(kind || ' ' || name, ', ' ORDER BY kind, name)
          FROM centurion.palette_find('mine', 50) WHERE id BETWEEN 9000 AND 9999
UNION ALL SELECT 'coach: finds nobody else', NULL, string_agg(name, ', ') FROM centurion.palette_find('Theirs', 50)
UNION ALL SELECT 'coach: no money of a client', NULL, concat(uninvoiced_amount, open_invoices) FROM centurion.member_overview(9001) WHERE concat(uninvoiced_amount, open_invoices) <> ''
UNION ALL SELECT 'coach: another''s queue', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.review_queue(centurion.today(), 9101)')
UNION ALL SELECT 'coach: another''s summary', '42501', pg_temp.attempt('SELECT total FROM centurion.review_summary(centurion.today(), 9101)')
UNION ALL SELECT 'coach: admin page', '42501', pg_temp.attempt('SELECT unmarked FROM centurion.admin_home()')
UNION ALL SELECT 'coach: admin cohorts', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.admin_cohorts(5)')
UNION ALL SELECT 'coach: admin changes', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.admin_changes(5)')
UNION ALL SELECT 'coach: client page', '42501', pg_temp.attempt('SELECT name FROM centurion.client_home()')
UNION ALL SELECT 'coach: the rules'' own functions', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.attention(ARRAY[9004], centurion.today())')
UNION ALL SELECT 'coach: streak of anybody', '42501', pg_temp.attempt('SELECT streak FROM centurion.streak(9004, centurion.today())')
UNION ALL SELECT 'coach: logins', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.logins')
UNION ALL SELECT 'coach: settings as stored', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.setting_values')
UNION ALL SELECT 'coach: settings', 'UTC', pg_temp.attempt('SELECT timezone FROM centurion.settings')
UNION ALL SELECT 'coach: who I am', '9100 COACH rules_access_coach', concat_ws(' ', user_id, role, login) FROM centurion.whoami()
UNION ALL SELECT 'coach: my clients', '9001 9002', string_agg(id::text, ' ' ORDER BY id) FROM centurion.coach_users
UNION ALL SELECT 'coach: a condition sees no other rows', '9001 9002', pg_temp.attempt('SELECT string_agg(id::text, '' '' ORDER BY id) FROM centurion.coach_users WHERE 1 / (id - 9004) IS NOT NULL')
UNION ALL SELECT 'coach: SET ROLE changes nobody', '9001 9002', pg_temp.attempt('SELECT string_agg(id::text, '' '' ORDER BY id) FROM centurion.coach_users, LATERAL (SELECT set_config(''role'', ''centurion_coach'', true)) AS s')
UNION ALL SELECT 'coach: the view that policies ask', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.my_clients')
UNION ALL SELECT 'coach: a planted search path', '1', pg_temp.attempt('SELECT count(*) FROM centurion.review_queue(centurion.today()), LATERAL (SELECT set_config(''search_path'', ''pg_temp, public'', true)) AS s');
RESET SESSION AUTHORIZATION;
RESET ROLE;

SET LOCAL SESSION AUTHORIZATION rules_access_client;
INSERT INTO result
SELECT 'client: own page', 'Mine', name FROM centurion.client_home()
UNION ALL SELECT 'client: member page, even the own', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.member_overview(9001)')
UNION ALL SELECT 'client: queue', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.review_queue(centurion.today())')
UNION ALL SELECT 'client: reasons', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.review_reasons(9001, centurion.today())')
UNION ALL SELECT 'client: cohorts', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.cohort_list()')
UNION ALL SELECT 'client: admin page', '42501', pg_temp.attempt('SELECT unmarked FROM centurion.admin_home()')
UNION ALL SELECT 'client: finding people', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.palette_find(''a'', 9)')
UNION ALL SELECT 'client: the coach''s clients', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.coach_users');
RESET SESSION AUTHORIZATION;

SET LOCAL SESSION AUTHORIZATION rules_access_admin;
INSERT INTO result
SELECT 'admin: anybody''s page', '1 1', (SELECT count(*) FROM centurion.member_overview(9001)) || ' ' || (SELECT count(*) FROM centurion.member_overview(9004))
UNION ALL SELECT 'admin: not a deleted one''s', '0', count(*)::text FROM centurion.member_overview(9006)
UNION ALL SELECT 'admin: cohorts that are not deleted', 'Mine, Theirs', string_agg(name, ', ' ORDER BY name) FROM centurion.cohort_list() WHERE id > 9000
UNION ALL SELECT 'admin: money', '45.00', uninvoiced_amount::text FROM centurion.member_overview(9001)
UNION ALL SELECT 'admin: logins are nobody''s to read', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.logins')
UNION ALL SELECT 'admin: passwords', '42501', pg_temp.attempt('SELECT max(password) FROM public.users')
UNION ALL SELECT 'admin: tables', '42501', pg_temp.attempt('SELECT count(*) FROM public.entries')
UNION ALL SELECT 'admin: a temporary table', '42501', pg_temp.attempt('CREATE TEMP TABLE mine (x int)')
UNION ALL SELECT 'admin: a table', '42501', pg_temp.attempt('CREATE TABLE public.mine (x int)')
UNION ALL SELECT 'admin: a large object', '42501', pg_temp.attempt('SELECT pg_catalog.lo_create(0)');
RESET SESSION AUTHORIZATION;

-- Who stands for nobody gets nothing: no row where the program asks who it is, an error where it goes on regardless.
SET LOCAL SESSION AUTHORIZATION rules_access_nobody;
INSERT INTO result SELECT 'not mapped: who I am', '0', count(*)::text FROM centurion.whoami()
UNION ALL SELECT 'not mapped: queue', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.review_queue(centurion.today())')
UNION ALL SELECT 'not mapped: member', '0', pg_temp.attempt('SELECT count(*) FROM centurion.member_entries(9001, NULL, 9)');
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_access_stranger;
INSERT INTO result SELECT 'in no group: schema', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.whoami()')
UNION ALL SELECT 'in no group: tables', '42501', pg_temp.attempt('SELECT count(*) FROM public.users');
RESET SESSION AUTHORIZATION;

-- As on a server that does not let the role's group be taken away: row security and the functions stand by themselves.
SET LOCAL session_replication_role = replica;
UPDATE centurion.logins SET enabled = false;
SET LOCAL SESSION AUTHORIZATION rules_access_coach;
INSERT INTO result SELECT 'disabled coach: who I am', '0', count(*)::text FROM centurion.whoami()
UNION ALL SELECT 'disabled coach: queue', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.review_queue(centurion.today())')
UNION ALL SELECT 'disabled coach: member', '0', count(*)::text FROM centurion.member_entries(9001, NULL, 9)
UNION ALL SELECT 'disabled coach: heat', '0', count(*)::text FROM centurion.cohort_heat(9001, centurion.today(), centurion.today())
UNION ALL SELECT 'disabled coach: clients', '0', count(*)::text FROM centurion.coach_users;
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_access_admin;
INSERT INTO result SELECT 'disabled admin: page', '42501', pg_temp.attempt('SELECT unmarked FROM centurion.admin_home()')
UNION ALL SELECT 'disabled admin: member', '0', count(*)::text FROM centurion.member_entries(9001, NULL, 9)
UNION ALL SELECT 'disabled admin: cohorts', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.cohort_list()');
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_access_client;
INSERT INTO result SELECT 'disabled client: page', '42501', pg_temp.attempt('SELECT name FROM centurion.client_home()');
RESET SESSION AUTHORIZATION;

UPDATE centurion.logins SET enabled = true;
UPDATE public.users SET role = 'CLIENT' WHERE id IN (9100, 9102);
SET LOCAL SESSION AUTHORIZATION rules_access_admin;
INSERT INTO result SELECT 'demoted admin: page', '42501', pg_temp.attempt('SELECT unmarked FROM centurion.admin_home()');
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_access_coach;
INSERT INTO result SELECT 'demoted coach: queue', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.review_queue(centurion.today())')
UNION ALL SELECT 'demoted coach: member', '0', count(*)::text FROM centurion.member_entries(9001, NULL, 9);
RESET SESSION AUTHORIZATION;
UPDATE public.users SET role = CASE id WHEN 9100 THEN 'COACH' ELSE 'ADMIN' END::public."Role" WHERE id IN (9100, 9102);
UPDATE public.users SET "deletedAt" = now() WHERE id IN (9100, 9001);
SET LOCAL SESSION AUTHORIZATION rules_access_coach;
INSERT INTO result SELECT 'deleted coach: who I am', '0', count(*)::text FROM centurion.whoami();
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_access_client;
INSERT INTO result SELECT 'deleted client: page', '42501', pg_temp.attempt('SELECT name FROM centurion.client_home()');
RESET SESSION AUTHORIZATION;
UPDATE public.users SET "deletedAt" = NULL WHERE id IN (9100, 9001);
SET LOCAL session_replication_role = origin;

-- ---- The wall below: as if everything had been granted ----

GRANT SELECT ON ALL TABLES IN SCHEMA public, centurion TO centurion_admin, centurion_coach, centurion_client;
CREATE TEMP TABLE shown (name text, coach text, client text);
INSERT INTO shown VALUES
    ('public.users', '9001 9002', '9001'), ('public.entries', '9001 9002', '9001'), ('public.coach_notes', '9001 9002', NULL),
    ('public.appointments', '9001 9002', '9001'), ('public.invoices', NULL, '9001'), ('public.cohorts', '9001', '9001'),
    ('public.cohort_memberships', '9001 9001 9001 9001', '9001'), ('public.coach_cohort_memberships', '9001', '9001'),
    ('public.audit_logs', '9100', NULL), ('public.system_settings', NULL, NULL), ('centurion.logins', NULL, NULL),
    ('centurion.reviews', '9100', NULL), ('centurion.payments', NULL, '9001'), ('public.accounts', NULL, NULL), ('public.sessions', NULL, NULL),
    ('public.verification_tokens', NULL, NULL);
GRANT SELECT ON shown TO PUBLIC;
CREATE TEMP VIEW seen AS
SELECT 'public.users' AS name, string_agg(id::text, ' ' ORDER BY id) AS rows FROM public.users WHERE id > 9000
UNION ALL SELECT 'public.entries', string_agg("userId"::text, ' ' ORDER BY "userId") FROM public.entries
UNION ALL SELECT 'public.coach_notes', string_agg("userId"::text, ' ' ORDER BY "userId") FROM public.coach_notes
UNION ALL SELECT 'public.appointments', string_agg("userId"::text, ' ' ORDER BY "userId") FROM public.appointments
UNION ALL SELECT 'public.invoices', string_agg("userId"::text, ' ' ORDER BY "userId") FROM public.invoices
UNION ALL SELECT 'public.cohorts', string_agg(id::text, ' ' ORDER BY id) FROM public.cohorts
UNION ALL SELECT 'public.cohort_memberships', string_agg("cohortId"::text, ' ' ORDER BY "cohortId") FROM public.cohort_memberships
UNION ALL SELECT 'public.coach_cohort_memberships', string_agg("cohortId"::text, ' ' ORDER BY "cohortId") FROM public.coach_cohort_memberships
UNION ALL SELECT 'public.audit_logs', string_agg("userId"::text, ' ') FROM public.audit_logs
UNION ALL SELECT 'public.system_settings', string_agg(key, ' ') FROM public.system_settings
UNION ALL SELECT 'centurion.logins', string_agg(rolname, ' ') FROM centurion.logins
UNION ALL SELECT 'centurion.reviews', string_agg("coachId"::text, ' ') FROM centurion.reviews
UNION ALL SELECT 'centurion.payments', string_agg("invoiceId"::text, ' ') FROM centurion.payments
UNION ALL SELECT 'public.accounts', string_agg(id::text, ' ') FROM public.accounts
UNION ALL SELECT 'public.sessions', string_agg(id::text, ' ') FROM public.sessions
UNION ALL SELECT 'public.verification_tokens', string_agg(token, ' ') FROM public.verification_tokens;
ALTER VIEW seen SET (security_invoker = true);
GRANT SELECT ON seen TO PUBLIC;
INSERT INTO public.accounts ("userId", type, provider, "providerAccountId") VALUES (9001, 'oauth', 'google', 'x');
INSERT INTO public.sessions ("sessionToken", "userId", expires) VALUES ('x', 9001, now());
INSERT INTO public.verification_tokens VALUES ('1@rules.example', 'x', now());

SET LOCAL SESSION AUTHORIZATION rules_access_coach;
INSERT INTO result SELECT 'row security, coach: ' || name, shown.coach, seen.rows FROM shown FULL JOIN seen USING (name);
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_access_client;
INSERT INTO result SELECT 'row security, client: ' || name, shown.client, seen.rows FROM shown FULL JOIN seen USING (name);
RESET SESSION AUTHORIZATION;
SET LOCAL session_replication_role = replica;
UPDATE centurion.logins SET enabled = false;
SET LOCAL session_replication_role = origin;
SET LOCAL SESSION AUTHORIZATION rules_access_coach;
INSERT INTO result SELECT 'row security, disabled coach: ' || name, NULL, seen.rows FROM seen;
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_access_client;
INSERT INTO result SELECT 'row security, disabled client: ' || name, NULL, seen.rows FROM seen;
RESET SESSION AUTHORIZATION;
-- The owner, which is the web application, sees and changes everything as before.
INSERT INTO result SELECT 'owner: all entries', '6', count(*)::text FROM public.entries;

SELECT * FROM result;
