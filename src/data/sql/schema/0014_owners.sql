-- The owners of everything that writes. Each is narrow: none can log in, is a superuser or passes row security.
--
--   centurion_writer      owns the functions that change something; row security asks whose rows they touch
--   centurion_biller      owns the functions about invoices and payments
--   centurion_auditor     writes the audit log, and nothing else
--   centurion_registrar   makes and ends logins; the only one that may make roles
--   centurion_views_*     own the views for people who leave the program aside, one for each kind of person

DO $$
DECLARE
    narrow constant text[] := ARRAY['centurion_writer', 'centurion_biller', 'centurion_auditor', 'centurion_registrar', 'centurion_views_admin',
                                    'centurion_views_coach', 'centurion_views_client'];
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY narrow
    LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN %s', wanted, CASE wanted WHEN 'centurion_registrar' THEN 'CREATEROLE' END);
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL; -- there already, or made at this moment by another database's migration
        END;
        IF EXISTS (SELECT FROM pg_roles
                   WHERE rolname = wanted AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreatedb OR rolreplication
                                               OR rolcreaterole <> (wanted = 'centurion_registrar'))) THEN
            RAISE EXCEPTION 'the role "%" exists and is not as it should be', wanted
                USING HINT = format('Its name is taken by something else, or: ALTER ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOREPLICATION %s',
                                    wanted, CASE wanted WHEN 'centurion_registrar' THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END);
        END IF;
        -- To hand views and functions to them, an owner that is not a superuser must be a member.
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AND NOT pg_has_role(current_user, wanted, 'USAGE') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
        END IF;
        EXECUTE format('GRANT USAGE, CREATE ON SCHEMA centurion TO %I', wanted);
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', wanted);
        EXECUTE format('GRANT SELECT ON centurion.me TO %I', wanted);
        -- What they make later is closed until it is opened.
        EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC', wanted);
    END LOOP;
    -- Since PostgreSQL 16 the right to make roles is not the right to hand out those that are there.
    IF current_setting('server_version_num')::integer >= 160000 THEN
        EXECUTE 'GRANT centurion_admin, centurion_coach, centurion_client TO centurion_registrar WITH ADMIN TRUE, INHERIT FALSE, SET FALSE';
    END IF;
    FOREACH wanted IN ARRAY ARRAY['centurion_guard', 'centurion_gate']
    LOOP
        EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC', wanted);
    END LOOP;
END
$$;

-- A table that the owner adds later is closed too, whatever was said before.
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM PUBLIC, centurion_admin, centurion_coach, centurion_client;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM PUBLIC, centurion_admin, centurion_coach, centurion_client;
ALTER DEFAULT PRIVILEGES IN SCHEMA centurion REVOKE ALL ON TABLES FROM PUBLIC, centurion_admin, centurion_coach, centurion_client;

-- An invoice that was voided stays, and makes room for another one of its month. No client is billed twice for a month, by
-- whomever: the key holds against the web application too.
ALTER TABLE public.invoices ADD COLUMN IF NOT EXISTS "voidedAt" timestamp(3);
CREATE UNIQUE INDEX centurion_invoices_user_month_key ON public.invoices ("userId", month) WHERE "voidedAt" IS NULL;

-- Everything that a function may need to read, as for the gate.
GRANT SELECT (xmin, id, email, name, image, role, "emailVerified", "createdAt", "updatedAt", "deletedAt") ON public.users TO centurion_writer;
GRANT SELECT (xmin, id, email, name, role, "createdAt", "deletedAt") ON public.users TO centurion_biller;
GRANT SELECT (id, "userId", expires) ON public.sessions TO centurion_writer;
GRANT SELECT ON public.cohorts, public.cohort_memberships, public.coach_cohort_memberships, public.cohort_check_in_configs, public.entries,
                public.questionnaire_bundles, public.weekly_questionnaire_responses, public.coach_notes, public.appointments,
                public.bootcamps, public.bootcamp_attendees, public.workouts, public.invoices, public.admin_insights,
                public.healthkit_workouts, public.sleep_records, public.system_settings, public.audit_logs, centurion.reviews,
                centurion.cohort_frequencies, centurion.member_frequencies, centurion.payments, centurion.my_cohorts, centurion.my_clients,
                centurion.my_memberships TO centurion_writer;
GRANT SELECT ON public.appointments, public.invoices, centurion.payments, public.audit_logs TO centurion_biller;
GRANT SELECT ON centurion.settings, centurion.setting_kinds TO centurion_writer, centurion_biller;

-- What they may change. Of people: no password, which the registrar writes.
GRANT INSERT (email, name, role, "emailVerified", "updatedAt"), UPDATE (email, name, image, role, "emailVerified", "deletedAt", "updatedAt"), DELETE
    ON public.users TO centurion_writer;
GRANT INSERT, UPDATE, DELETE ON public.cohorts, public.cohort_memberships, public.coach_cohort_memberships, public.cohort_check_in_configs, public.entries,
    public.questionnaire_bundles, public.weekly_questionnaire_responses, public.coach_notes, public.bootcamps, public.bootcamp_attendees,
    public.workouts, public.admin_insights, public.healthkit_workouts, public.sleep_records, public.system_settings,
    centurion.reviews, centurion.cohort_frequencies, centurion.member_frequencies TO centurion_writer;
GRANT INSERT, DELETE, UPDATE ("userId", "startTime", "endTime", fee, status, notes, "updatedAt") ON public.appointments TO centurion_writer;
GRANT DELETE ON public.sessions TO centurion_writer;
GRANT UPDATE ("invoiceId", "updatedAt") ON public.appointments TO centurion_biller;
GRANT INSERT, UPDATE, DELETE ON public.invoices, centurion.payments TO centurion_biller;
GRANT INSERT ON public.audit_logs TO centurion_auditor;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO centurion_writer, centurion_biller, centurion_auditor;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA centurion TO centurion_biller;

-- ---- Row security for those who write ----

-- Whether the connected person is an administrator, or the tables' owner, who is subject to nothing.
CREATE FUNCTION centurion.is_owner() RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN (SELECT pg_has_role(session_user, c.relowner, 'USAGE')
            FROM pg_class AS c WHERE c.relname = 'users' AND c.relnamespace = (SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = 'public'));
END
$$;

CREATE FUNCTION centurion.acts_as_admin() RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN EXISTS (SELECT FROM centurion.me WHERE me.role = 'ADMIN') OR centurion.is_owner();
END
$$;

CREATE FUNCTION centurion.acts_as_staff() RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN EXISTS (SELECT FROM centurion.me WHERE me.role IN ('ADMIN', 'COACH')) OR centurion.is_owner();
END
$$;

REVOKE ALL ON FUNCTION centurion.is_owner(), centurion.acts_as_admin(), centurion.acts_as_staff() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.is_owner(), centurion.acts_as_admin(), centurion.acts_as_staff()
    TO centurion_writer, centurion_biller, centurion_registrar, centurion_auditor, centurion_gate;

-- A function reads what it needs; what it writes must be the connected person's to write, whatever its text says. May read is
-- asked of all rows, so that a clash with somebody else's row is seen.
DO $$
DECLARE
    admins   constant text := '(SELECT centurion.acts_as_admin())';
    staff    constant text := '(SELECT centurion.acts_as_staff())';
    person   constant text := '(SELECT centurion.acts_as_admin()) OR EXISTS (SELECT FROM centurion.my_clients AS v WHERE v."userId" = %1$s)';
    -- In the order of what it costs: for clients the first is enough.
    anybody  constant text := '%1$s = (SELECT me."userId" FROM centurion.me) OR (SELECT centurion.acts_as_admin())'
                              ' OR EXISTS (SELECT FROM centurion.my_clients AS v WHERE v."userId" = %1$s)';
    cohort   constant text := '(SELECT centurion.acts_as_admin()) OR EXISTS (SELECT FROM centurion.my_cohorts AS v WHERE v."cohortId" = %1$s)';
    attendee constant text := '(SELECT centurion.acts_as_staff()) OR %1$s = (SELECT me."userId" FROM centurion.me)';
    author   constant text := '(SELECT centurion.acts_as_admin()) OR %1$s = (SELECT me."userId" FROM centurion.me)';
    mine     constant text := '%1$s = (SELECT me."userId" FROM centurion.me)';
    rule record;
BEGIN
    FOR rule IN
        SELECT name::regclass AS name, format(t.condition, format('%s.%s', split_part(name, '.', 2), key)) AS condition, t.who
        FROM (VALUES
            ('public.users',                          'centurion_writer', anybody,  'id'),
            ('public.sessions',                       'centurion_writer', admins,   NULL),
            ('public.appointments',                   'centurion_writer', anybody,  '"userId"'),
            ('public.bootcamps',                      'centurion_writer', staff,    NULL),
            ('public.bootcamp_attendees',             'centurion_writer', attendee, '"userId"'),
            ('public.workouts',                       'centurion_writer', anybody,  '"userId"'),
            ('public.cohorts',                        'centurion_writer', admins,   NULL),
            ('public.cohort_memberships',             'centurion_writer', cohort,   '"cohortId"'),
            ('public.coach_cohort_memberships',       'centurion_writer', admins,   NULL),
            ('public.entries',                        'centurion_writer', anybody,  '"userId"'),
            ('public.questionnaire_bundles',          'centurion_writer', cohort,   '"cohortId"'),
            ('public.weekly_questionnaire_responses', 'centurion_writer', anybody,  '"userId"'),
            ('public.cohort_check_in_configs',        'centurion_writer', cohort,   '"cohortId"'),
            ('public.coach_notes',                    'centurion_writer', author,   '"coachId"'),
            ('public.admin_insights',                 'centurion_writer', admins,   NULL),
            ('public.healthkit_workouts',             'centurion_writer', anybody,  '"userId"'),
            ('public.sleep_records',                  'centurion_writer', anybody,  '"userId"'),
            ('public.system_settings',                'centurion_writer', admins,   NULL),
            ('centurion.reviews',                     'centurion_writer', mine,     '"coachId"'),
            ('centurion.cohort_frequencies',          'centurion_writer', cohort,   '"cohortId"'),
            ('centurion.member_frequencies',          'centurion_writer', person,   '"userId"'),
            ('public.users',                          'centurion_biller', NULL,     NULL),
            ('public.audit_logs',                     'centurion_writer', NULL,     NULL),
            ('public.audit_logs',                     'centurion_biller', NULL,     NULL),
            ('public.invoices',                       'centurion_writer', NULL,     NULL),
            ('centurion.payments',                    'centurion_writer', NULL,     NULL),
            ('public.appointments',                   'centurion_biller', admins,   NULL),
            ('public.invoices',                       'centurion_biller', admins,   NULL),
            ('centurion.payments',                    'centurion_biller', admins,   NULL)
        ) AS t (name, who, condition, key)
    LOOP
        EXECUTE format('CREATE POLICY %1$s_read ON %2$s FOR SELECT TO %1$s USING (true)', rule.who, rule.name);
        CONTINUE WHEN rule.condition IS NULL;
        EXECUTE format('CREATE POLICY %1$s_insert ON %2$s FOR INSERT TO %1$s WITH CHECK (%3$s)', rule.who, rule.name, rule.condition);
        EXECUTE format('CREATE POLICY %1$s_update ON %2$s FOR UPDATE TO %1$s USING (%3$s) WITH CHECK (%3$s)', rule.who, rule.name, rule.condition);
        EXECUTE format('CREATE POLICY %1$s_delete ON %2$s FOR DELETE TO %1$s USING (%3$s)', rule.who, rule.name, rule.condition);
    END LOOP;
END
$$;

-- A note is written about own clients only; it stays its author's when they are no longer.
ALTER POLICY centurion_writer_insert ON public.coach_notes
    WITH CHECK ((SELECT centurion.acts_as_admin())
                OR "coachId" = (SELECT me."userId" FROM centurion.me)
                   AND EXISTS (SELECT FROM centurion.my_clients AS v WHERE v."userId" = coach_notes."userId"));
-- Only an administrator adds people, or makes them disappear.
ALTER POLICY centurion_writer_insert ON public.users WITH CHECK ((SELECT centurion.acts_as_admin()));
ALTER POLICY centurion_writer_delete ON public.users USING ((SELECT centurion.acts_as_admin()));
CREATE POLICY centurion_auditor_insert ON public.audit_logs FOR INSERT TO centurion_auditor WITH CHECK (true);

-- The views for people show their owners' rows: what row security lets a coach see, it lets the coach's views see.
DO $$
DECLARE
    shown record;
BEGIN
    FOR shown IN
        SELECT p.polname, p.polrelid::regclass AS name, 'centurion_views_' || substr(p.polname, 11) AS owner
        FROM pg_policy AS p WHERE p.polname IN ('centurion_admin', 'centurion_coach', 'centurion_client')
    LOOP
        EXECUTE format('ALTER POLICY %1$s ON %2$s TO %1$s, %3$s', shown.polname, shown.name, shown.owner);
    END LOOP;
END
$$;
GRANT SELECT ON centurion.my_cohorts, centurion.my_clients TO centurion_views_coach;
GRANT SELECT ON centurion.my_memberships TO centurion_views_client;
