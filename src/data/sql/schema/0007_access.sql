-- Who is connected, whose clients are whose, and the wall below everything: row security.
--
-- Identity is the session user, looked up in centurion.logins. SET ROLE and definer functions change the current user and
-- custom settings can be set by anybody; only a superuser changes the session user. A login that is disabled, belongs to a
-- deleted person or says another role than the person has stands for nobody.

-- Barriers keep a condition of the caller's from looking at rows that are not the caller's. OFFSET 0 keeps the planner from
-- merging its way through all users to find one.
CREATE VIEW centurion.me WITH (security_barrier) AS
SELECT u.id AS "userId", u.role, u.name, l.rolname
FROM centurion.logins AS l
     CROSS JOIN LATERAL (SELECT u.id, u.role, u.name FROM public.users AS u WHERE u.id = l."userId" AND u."deletedAt" IS NULL OFFSET 0) AS u
WHERE l.rolname = session_user AND l.enabled AND u.role = l.role;

-- The cohorts that the connected coach is assigned to.
CREATE VIEW centurion.my_cohorts WITH (security_barrier) AS
SELECT a."cohortId"
FROM centurion.me
     JOIN public.coach_cohort_memberships AS a ON a."coachId" = me."userId"
     JOIN public.cohorts AS c ON c.id = a."cohortId" AND c."deletedAt" IS NULL
WHERE me.role IN ('COACH', 'ADMIN');

-- The connected coach's clients: active or paused in one of those. A client of two cohorts is there twice.
CREATE VIEW centurion.my_clients WITH (security_barrier) AS
SELECT m."userId"
FROM centurion.my_cohorts AS c
     JOIN public.cohort_memberships AS m ON m."cohortId" = c."cohortId" AND m.status IN ('ACTIVE', 'PAUSED')
     JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL;

-- The cohorts that the connected person is a member of.
CREATE VIEW centurion.my_memberships WITH (security_barrier) AS
SELECT m."cohortId"
FROM centurion.me
     JOIN public.cohort_memberships AS m ON m."userId" = me."userId" AND m.status IN ('ACTIVE', 'PAUSED')
     JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL;

ALTER VIEW centurion.me OWNER TO centurion_guard;
ALTER VIEW centurion.my_cohorts OWNER TO centurion_guard;
ALTER VIEW centurion.my_clients OWNER TO centurion_guard;
ALTER VIEW centurion.my_memberships OWNER TO centurion_guard;
GRANT SELECT ON centurion.me TO centurion_gate, centurion_admin, centurion_coach, centurion_client;
GRANT SELECT ON centurion.my_cohorts, centurion.my_clients TO centurion_gate, centurion_coach;
GRANT SELECT ON centurion.my_memberships TO centurion_gate, centurion_client;

-- Row security. One policy a table and role, so that each is as simple as it can be; no policy means no row. Beneath stand
-- the privileges: no login has any on these tables, so that these policies matter where a privilege was given by mistake.
-- The tables' owner (the web application) is not subject to any of this.
DO $$
DECLARE
    all_rows   constant text := 'true';
    my_client  constant text := 'EXISTS (SELECT FROM centurion.my_clients AS v WHERE v."userId" = %s)';
    my_cohort  constant text := 'EXISTS (SELECT FROM centurion.my_cohorts AS v WHERE v."cohortId" = %s)';
    membership constant text := 'EXISTS (SELECT FROM centurion.my_memberships AS v WHERE v."cohortId" = %s)';
    myself     constant text := '%s = (SELECT me."userId" FROM centurion.me)';
    rule record;
BEGIN
    FOR rule IN
        SELECT name::regclass AS name, coach, client
        FROM (VALUES
            ('public.users',                          my_client,  myself,     'id'),
            ('public.accounts',                       NULL,       NULL,       NULL),
            ('public.sessions',                       NULL,       NULL,       NULL),
            ('public.verification_tokens',            NULL,       NULL,       NULL),
            ('public.appointments',                   my_client,  myself,     '"userId"'),
            ('public.bootcamps',                      all_rows,   all_rows,   NULL),
            ('public.bootcamp_attendees',             all_rows,   myself,     '"userId"'),
            ('public.workouts',                       my_client,  myself,     '"userId"'),
            ('public.invoices',                       NULL,       myself,     '"userId"'),
            ('public.cohorts',                        my_cohort,  membership, 'id'),
            ('public.cohort_memberships',             my_cohort,  NULL,       '"cohortId"'),
            ('public.coach_cohort_memberships',       my_cohort,  membership, '"cohortId"'),
            ('public.entries',                        my_client,  myself,     '"userId"'),
            ('public.questionnaire_bundles',          my_cohort,  membership, '"cohortId"'),
            ('public.weekly_questionnaire_responses', my_client,  myself,     '"userId"'),
            ('public.cohort_check_in_configs',        my_cohort,  membership, '"cohortId"'),
            ('public.coach_notes',                    my_client,  NULL,       '"userId"'),
            ('public.admin_insights',                 my_cohort,  NULL,       '"cohortId"'),
            ('public.healthkit_workouts',             my_client,  myself,     '"userId"'),
            ('public.sleep_records',                  my_client,  myself,     '"userId"'),
            ('public.system_settings',                NULL,       NULL,       NULL),
            ('public.audit_logs',                     myself,     NULL,       '"userId"'),
            ('centurion.logins',                      NULL,       NULL,       NULL),
            ('centurion.reviews',                     myself,     NULL,       '"coachId"'),
            ('centurion.cohort_frequencies',          my_cohort,  membership, '"cohortId"'),
            ('centurion.member_frequencies',          my_client,  myself,     '"userId"'),
            ('centurion.payments',                    NULL,       NULL,       NULL)
        ) AS t (name, coach_rule, client_rule, key)
        CROSS JOIN LATERAL (SELECT format(coach_rule, format('%s.%s', split_part(name, '.', 2), key)) AS coach,
                                   format(client_rule, format('%s.%s', split_part(name, '.', 2), key)) AS client) AS text
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', rule.name);
        IF rule.name NOT IN ('public.accounts'::regclass, 'public.sessions'::regclass, 'public.verification_tokens'::regclass,
                             'centurion.logins'::regclass) THEN
            EXECUTE format('CREATE POLICY centurion_admin ON %s FOR SELECT TO centurion_admin USING (true)', rule.name);
            EXECUTE format('CREATE POLICY centurion_gate ON %s FOR SELECT TO centurion_gate USING (true)', rule.name);
        END IF;
        IF rule.coach IS NOT NULL THEN
            EXECUTE format('CREATE POLICY centurion_coach ON %s FOR SELECT TO centurion_coach USING (%s)', rule.name, rule.coach);
        END IF;
        IF rule.client IS NOT NULL THEN
            EXECUTE format('CREATE POLICY centurion_client ON %s FOR SELECT TO centurion_client USING (%s)', rule.name, rule.client);
        END IF;
    END LOOP;
END
$$;

-- A client sees own memberships, and own payments by way of own invoices.
CREATE POLICY centurion_client ON public.cohort_memberships FOR SELECT TO centurion_client
    USING ("userId" = (SELECT me."userId" FROM centurion.me));
CREATE POLICY centurion_client ON centurion.payments FOR SELECT TO centurion_client
    USING (EXISTS (SELECT FROM public.invoices AS i WHERE i.id = payments."invoiceId"));

-- The guard answers who is who for everybody.
CREATE POLICY centurion_guard ON public.users FOR SELECT TO centurion_guard USING (true);
CREATE POLICY centurion_guard ON public.cohorts FOR SELECT TO centurion_guard USING (true);
CREATE POLICY centurion_guard ON public.cohort_memberships FOR SELECT TO centurion_guard USING (true);
CREATE POLICY centurion_guard ON public.coach_cohort_memberships FOR SELECT TO centurion_guard USING (true);
CREATE POLICY centurion_guard ON centurion.logins FOR SELECT TO centurion_guard USING (true);

-- What the functions behind the screens ask first.

-- The connected person, or an error where the login stands for nobody.
CREATE FUNCTION centurion.require_me() RETURNS centurion.me
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me;
BEGIN
    SELECT * INTO person FROM centurion.me;
    IF person."userId" IS NULL THEN
        RAISE EXCEPTION 'the login "%" stands for no person', session_user USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN person;
END
$$;

-- Whether the connected person may look at a member, or at a cohort: admins at all, coaches at their own.
CREATE FUNCTION centurion.may_see_member(member integer) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
BEGIN
    IF EXISTS (SELECT FROM centurion.me WHERE me.role = 'ADMIN') THEN
        RETURN EXISTS (SELECT FROM public.users AS u WHERE u.id = member AND u."deletedAt" IS NULL);
    END IF;
    RETURN EXISTS (SELECT FROM centurion.my_clients AS c WHERE c."userId" = member);
END
$$;

CREATE FUNCTION centurion.may_see_cohort(cohort integer) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
BEGIN
    IF EXISTS (SELECT FROM centurion.me WHERE me.role = 'ADMIN') THEN
        RETURN EXISTS (SELECT FROM public.cohorts AS c WHERE c.id = cohort AND c."deletedAt" IS NULL);
    END IF;
    RETURN EXISTS (SELECT FROM centurion.my_cohorts AS c WHERE c."cohortId" = cohort);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.require_me(), centurion.may_see_member(integer), centurion.may_see_cohort(integer)
    TO centurion_gate;
