-- Views for people who leave the program aside: admin_*, coach_* and client_*, one for each table that such a person may look at,
-- and one name for all where everybody sees the same. A view reads with the rights of its owner, who may read just the columns
-- that it shows, and whose rows row security decides. So no login has a right on a table, and a slip in a view shows no stranger.
--
-- What is hidden must not be felt either. A condition of the caller's, pushed down to an index, would tell by EXPLAIN ANALYZE
-- whether there is a row that the caller may not see. OFFSET 0 keeps every condition above the view of a coach or client, and
-- security_barrier keeps the planner from estimating with what it knows about all rows. Administrators see everything, and
-- their views are plain and fast.

-- Who and what is deleted, for the owners of the views, who could not see it themselves.
CREATE VIEW centurion.gone_users AS SELECT u.id FROM public.users AS u WHERE u."deletedAt" IS NOT NULL;
CREATE VIEW centurion.gone_cohorts AS SELECT c.id FROM public.cohorts AS c WHERE c."deletedAt" IS NOT NULL;
ALTER VIEW centurion.gone_users OWNER TO centurion_guard;
ALTER VIEW centurion.gone_cohorts OWNER TO centurion_guard;
GRANT SELECT ON centurion.gone_users, centurion.gone_cohorts TO centurion_views_admin, centurion_views_coach, centurion_views_client;

-- The views that say whose clients are whose can be probed like a table, and are for those who own something. A policy asks them
-- with the rights of whoever is subject to it: were a table granted to logins by mistake, they would be refused.
REVOKE ALL ON centurion.me, centurion.my_cohorts, centurion.my_clients, centurion.my_memberships
    FROM centurion_admin, centurion_coach, centurion_client;

DO $$
DECLARE
    no_gone_user   constant text := 'NOT EXISTS (SELECT FROM centurion.gone_users AS g WHERE g.id = $)';
    own_client     constant text := '$ IN (SELECT c."userId" FROM centurion.my_clients AS c)';
    no_gone_cohort constant text := 'NOT EXISTS (SELECT FROM centurion.gone_cohorts AS g WHERE g.id = $)';
    fenced boolean;
    shown record;
BEGIN
    FOR shown IN
        SELECT t.relation, role.name AS role, concat_ws('_', role.name, split_part(t.relation, '.', 2)) AS name,
               'centurion_views_' || coalesce(role.name, 'client') AS owner, list.granted, list.selected,
               concat_ws(' AND ', concat('EXISTS (SELECT FROM centurion.me', ' WHERE me.role = ' || quote_literal(upper(role.name)), ')'),
                         CASE WHEN role.name = 'coach' AND policy.about_clients THEN replace(own_client, '$', t.person) END,
                         replace(no_gone_user, '$', t.person), replace(no_gone_cohort, '$', t.cohort)) AS condition
        FROM (VALUES
            -- relation, for whom, the person and the cohort that it is about, columns
            ('public.users', 'admin coach client', 't.id', NULL, 'id email name image emailVerified role createdAt updatedAt'),
            ('public.accounts', 'admin', 't."userId"', NULL, 'id userId type provider providerAccountId expires_at token_type scope'),
            ('public.sessions', 'admin', 't."userId"', NULL, 'id userId expires'),
            ('public.verification_tokens', 'admin', NULL, NULL, 'identifier expires'),
            ('public.appointments', 'admin coach client', 't."userId"', NULL,
             'id userId startTime endTime fee status notes googleEventId invoiceId createdAt updatedAt'),
            ('public.bootcamps', '', NULL, NULL, 'id name startTime endTime location capacity description createdAt updatedAt'),
            ('public.bootcamp_attendees', 'admin coach client', 't."userId"', NULL, 'id bootcampId userId createdAt'),
            ('public.workouts', 'admin coach client', 't."userId"', NULL, 'id userId title description status createdAt updatedAt'),
            ('public.invoices', 'admin client', 't."userId"', NULL,
             'id userId month totalAmount emailSent emailSentAt voidedAt createdAt updatedAt'),
            ('public.cohorts', 'admin coach client', NULL, 't.id', 'id name description startDate endDate status createdAt updatedAt'),
            ('public.cohort_memberships', 'admin coach client', 't."userId"', 't."cohortId"', 'id cohortId userId status joinedAt leftAt'),
            ('public.coach_cohort_memberships', 'admin coach client', 't."coachId"', 't."cohortId"', 'id cohortId coachId createdAt'),
            ('public.entries', 'admin coach client', 't."userId"', NULL,
             'id userId date weight steps calories sleepQuality perceivedStress notes customResponses dataSources createdAt updatedAt'),
            ('public.questionnaire_bundles', 'admin coach client', NULL, 't."cohortId"',
             'id cohortId weekNumber questions isActive createdAt updatedAt'),
            ('public.weekly_questionnaire_responses', 'admin coach client', 't."userId"', NULL,
             'id userId bundleId weekNumber responses status createdAt updatedAt'),
            ('public.cohort_check_in_configs', 'admin coach client', NULL, 't."cohortId"', 'id cohortId prompts createdAt updatedAt'),
            ('public.coach_notes', 'admin coach', 't."userId"', NULL, 'id userId coachId weekNumber notes createdAt updatedAt'),
            ('public.admin_insights', 'admin coach', NULL, 't."cohortId"',
             'id cohortId title description priority status createdAt updatedAt'),
            ('public.healthkit_workouts', 'admin coach client', 't."userId"', NULL,
             'id userId workoutType startTime endTime duration calories distance heartRate metadata createdAt'),
            ('public.sleep_records', 'admin coach client', 't."userId"', NULL,
             'id userId startTime endTime totalSleep inBedTime deepSleep remSleep coreSleep sourceDevice createdAt'),
            ('public.system_settings', 'admin', NULL, NULL, 'id key value updatedAt'),
            ('public.audit_logs', 'admin coach', NULL, NULL, 'id userId action target metadata createdAt'),
            ('centurion.logins', 'admin', 't."userId"', NULL, 'rolname userId role enabled passwordAt'),
            ('centurion.reviews', 'admin coach', 't."clientId"', NULL, 'coachId clientId week status byId at'),
            ('centurion.cohort_frequencies', 'admin coach client', NULL, 't."cohortId"', 'cohortId days'),
            ('centurion.member_frequencies', 'admin coach client', 't."userId"', NULL, 'userId days'),
            ('centurion.payments', 'admin client', '(SELECT i."userId" FROM public.invoices AS i WHERE i.id = t."invoiceId")', NULL,
             'id invoiceId amount method reference paidOn reversesId')
        ) AS t (relation, roles, person, cohort, columns)
        CROSS JOIN LATERAL (SELECT string_agg(format('%I', c), ', ') AS granted, string_agg(format('t.%I', c), ', ') AS selected
                            FROM unnest(string_to_array(t.columns, ' ')) AS c) AS list
        -- Where row security asks for own clients, the view begins with them: a hundred are looked up rather than millions of rows
        -- held against them.
        CROSS JOIN LATERAL (SELECT coalesce(bool_or(pg_get_expr(p.polqual, p.polrelid) LIKE '%my_clients%'), false) AS about_clients
                            FROM pg_policy AS p WHERE p.polrelid = t.relation::regclass AND p.polname = 'centurion_coach') AS policy
        -- No role named: one view for all, with the rights of those who may do least.
        CROSS JOIN LATERAL (SELECT nullif(r, '') AS name FROM regexp_split_to_table(t.roles, ' ') AS r) AS role
    LOOP
        fenced := shown.role IS DISTINCT FROM 'admin';
        EXECUTE format('GRANT SELECT (%s) ON %s TO %s', shown.granted, shown.relation, shown.owner);
        EXECUTE format('CREATE VIEW centurion.%s %s AS SELECT %s FROM %s AS t WHERE %s %s',
                       shown.name, CASE WHEN fenced THEN 'WITH (security_barrier)' END, shown.selected, shown.relation, shown.condition,
                       CASE WHEN fenced THEN 'OFFSET 0' END);
        EXECUTE format('ALTER VIEW centurion.%s OWNER TO %s', shown.name, shown.owner);
        EXECUTE format('GRANT SELECT ON centurion.%s TO %s', shown.name,
                       coalesce('centurion_' || shown.role, 'centurion_admin, centurion_coach, centurion_client'));
    END LOOP;
END
$$;

-- What row security says nothing of yet, as only an administrator's views show it; the columns with secrets are granted to nobody.
CREATE POLICY centurion_views_admin ON public.accounts FOR SELECT TO centurion_views_admin USING (true);
CREATE POLICY centurion_views_admin ON public.sessions FOR SELECT TO centurion_views_admin USING (true);
CREATE POLICY centurion_views_admin ON public.verification_tokens FOR SELECT TO centurion_views_admin USING (true);
CREATE POLICY centurion_views_admin ON centurion.logins FOR SELECT TO centurion_views_admin USING (true);

-- Whoever is connected, as the web application knows them.
CREATE VIEW centurion.profile WITH (security_barrier) AS
SELECT t.id, t.email, t.name, t.image, t."emailVerified", t.role, t."createdAt", t."updatedAt"
FROM public.users AS t
WHERE EXISTS (SELECT FROM centurion.me) OFFSET 0;
ALTER VIEW centurion.profile OWNER TO centurion_views_client;
GRANT SELECT ON centurion.profile TO centurion_admin, centurion_coach, centurion_client;

-- Who and what can be restored.
CREATE VIEW centurion.admin_deleted AS
SELECT 'User' AS entity, t.id, t.name, t.email, t."deletedAt" FROM public.users AS t
WHERE t."deletedAt" IS NOT NULL AND EXISTS (SELECT FROM centurion.me WHERE me.role = 'ADMIN')
UNION ALL
SELECT 'Cohort', t.id, t.name, NULL, t."deletedAt" FROM public.cohorts AS t
WHERE t."deletedAt" IS NOT NULL AND EXISTS (SELECT FROM centurion.me WHERE me.role = 'ADMIN');
GRANT SELECT ("deletedAt") ON public.users, public.cohorts TO centurion_views_admin;
ALTER VIEW centurion.admin_deleted OWNER TO centurion_views_admin;
GRANT SELECT ON centurion.admin_deleted TO centurion_admin;
