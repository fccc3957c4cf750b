-- step: keeping the books
-- What administrators see: settings, insights, the audit log, and the web application's accounts, sessions and tokens, whose
-- secrets are no secrets.

INSERT INTO public.system_settings (id, key, value, "updatedAt")
SELECT row_number() OVER (), key, value::jsonb, (today - 200) + time '10:00'
FROM demo, (VALUES ('defaultCheckInFrequencyDays', '1'), ('currency', '"GBP"'), ('minDailyCalories', '1200'),
                   ('notificationTimeUtc', '"09:00"')) AS s (key, value);

INSERT INTO public.admin_insights (id, "cohortId", title, description, priority, status, "createdAt", "updatedAt")
SELECT row_number() OVER (ORDER BY ago DESC, title), cohort, title, description, priority::public."InsightPriority",
       status::public."InsightStatus", made, made + make_interval(hours => CASE WHEN status = 'ACTIVE' THEN 0 ELSE 27 END)
FROM demo,
     (SELECT count(*) AS unmarked, sum(fee) AS worth FROM public.appointments, demo
      WHERE status = 'NOT_ATTENDED' AND "startTime" < today AND "startTime" >= today - 35) AS open,
     LATERAL (VALUES
         (1, NULL, unmarked || ' past sessions not marked',
          'They are neither attended nor missed, so they cannot be billed. Value if attended: ' || worth || '.',
          'URGENT', 'ACTIVE'),
         (3, 1, 'Inactive client: Amy Byrne', 'No check-in for more than a week, stress high before that.', 'HIGH', 'ACTIVE'),
         (6, 8, 'Empty cohort', 'Starts in a few weeks and has neither members nor a coach.', 'MEDIUM', 'ACTIVE'),
         (9, NULL, 'Coach without an active cohort: Bryn Llewellyn', 'The only cohort assigned is archived.', 'LOW', 'ACTIVE'),
         (12, 5, 'Questionnaires answered late', 'Half of the answers come in on Sunday night.', 'LOW', 'DISMISSED'),
         (20, 3, 'Inactive client: Grace Mbeki', 'No check-in for 14 days.', 'MEDIUM', 'RESOLVED'),
         (34, NULL, 'Uninvoiced sessions older than 35 days', 'Two sessions had been marked after the month was billed.',
          'HIGH', 'RESOLVED'),
         (41, 6, 'Completion above 90 %', 'The best rate of any challenge so far.', 'LOW', 'DISMISSED')
     ) AS i (ago, cohort, title, description, priority, status),
     LATERAL (SELECT (today - ago) + time '06:00' AS made) AS m;

-- What was done lately, and by whom.
INSERT INTO public.audit_logs (id, "userId", action, target, metadata, "createdAt")
SELECT row_number() OVER (ORDER BY moment, target, action), actor, action, target, metadata || jsonb_build_object('via', via),
       moment
FROM demo,
     LATERAL (
         SELECT 1 AS actor, 'CREATE_COHORT' AS action, 'Cohort:' || id AS target,
                jsonb_build_object('before', NULL, 'after', jsonb_build_object('name', name, 'status', 'ACTIVE')) AS metadata,
                'web' AS via, "createdAt" AS moment
         FROM public.cohorts WHERE id <= 8 AND "createdAt" > today - 120
         UNION ALL
         SELECT coach, 'UPDATE_MEMBERSHIP', 'Membership:' || s.id,
                '{"before": {"status": "ACTIVE"}, "after": {"status": "PAUSED"}}', 'tui',
                (today - 13) + time '10:12' + make_interval(mins => s.id)
         FROM public.cohort_memberships AS s JOIN coaching AS k ON k.cohort = s."cohortId" AND k.first
         WHERE s.status = 'PAUSED' AND s."userId" <= 128
         UNION ALL
         SELECT coach, 'UPDATE_MEMBERSHIP', 'Membership:' || s.id,
                '{"before": {"status": "ACTIVE"}, "after": {"status": "INACTIVE"}}', 'web', "leftAt" + interval '3 minutes'
         FROM public.cohort_memberships AS s JOIN coaching AS k ON k.cohort = s."cohortId" AND k.first
         WHERE s.status = 'INACTIVE' AND s."cohortId" <= 5
         UNION ALL
         SELECT "coachId", 'CREATE_NOTE', 'Note:' || id,
                jsonb_build_object('before', NULL, 'after', jsonb_build_object('userId', "userId", 'weekNumber', "weekNumber")),
                'tui', "createdAt"
         FROM public.coach_notes WHERE "userId" <= 128 AND "createdAt" > today - 30
         UNION ALL
         SELECT coach, 'UPDATE_APPOINTMENT', 'Appointment:' || a.id,
                '{"before": {"status": "NOT_ATTENDED"}, "after": {"status": "ATTENDED"}}', 'tui', a."updatedAt"
         FROM public.appointments AS a JOIN person AS p ON p.id = a."userId" JOIN coaching AS k ON k.cohort = p.cohort AND k.first
         WHERE a.status = 'ATTENDED' AND a."userId" <= 128 AND a."startTime" > today - 14
         UNION ALL
         SELECT CASE WHEN e."userId" IN (11, 12) THEN 4 ELSE coach END, 'UPDATE_ENTRY', 'Entry:' || e.id,
                jsonb_build_object('before', jsonb_build_object('weight', round((e.weight - 1.1)::numeric, 1)),
                                   'after', jsonb_build_object('weight', e.weight)), 'web', e."updatedAt"
         FROM public.entries AS e JOIN person AS p ON p.id = e."userId" JOIN coaching AS k ON k.cohort = p.cohort AND k.first
         WHERE e."updatedAt" > e."createdAt" AND e."userId" <= 128 AND e.weight IS NOT NULL AND e.date > today - 45
               AND (e.id % 4 = 0 OR e."userId" IN (11, 12))
         UNION ALL
         SELECT 1, 'CREATE_INVOICE', 'Invoice:' || id,
                jsonb_build_object('before', NULL, 'after', jsonb_build_object('month', month, 'totalAmount', "totalAmount")),
                'web', "createdAt"
         FROM public.invoices WHERE "userId" <= 128 AND "createdAt" > today - 62
         UNION ALL
         SELECT 1, 'SEND_INVOICE', 'Invoice:' || id,
                '{"before": {"emailSent": false}, "after": {"emailSent": true}}', 'web', "emailSentAt"
         FROM public.invoices WHERE "userId" <= 128 AND "emailSentAt" > today - 62
         UNION ALL
         SELECT 2, 'UPDATE_SETTING', 'Setting:defaultCheckInFrequencyDays', '{"before": {"value": 7}, "after": {"value": 1}}',
                'web', (today - 200) + time '10:00'
         UNION ALL
         SELECT NULL, 'LOGIN_FAILED', 'User:11', '{"before": null, "after": null, "attempts": 2}', 'web',
                (today - 8) + time '21:40'
     ) AS happened
ORDER BY moment, target, action;

INSERT INTO public.accounts (id, "userId", type, provider, "providerAccountId", refresh_token, access_token, expires_at,
                             token_type, scope, id_token, session_state)
SELECT row_number() OVER (ORDER BY id), id, 'oauth', provider, 'demo-' || provider || '-' || id,
       'fake-refresh-token-' || id, 'fake-access-token-' || id, extract(epoch FROM today)::integer + 3600, 'bearer',
       'openid email profile', 'fake-id-token-' || id, NULL
FROM demo, person, LATERAL (SELECT CASE WHEN id % 3 = 0 THEN 'apple' ELSE 'google' END AS provider) AS p
WHERE id IN (1, 3, 4, 9, 16, 17, 25, 33, 47, 64, 87, 99)
ORDER BY id;

INSERT INTO public.sessions (id, "sessionToken", "userId", expires)
SELECT row_number() OVER (ORDER BY id), 'fake-session-token-' || id, id,
       pg_temp.between_hours(today + 1 + id % 29, 6, 22, 141, id)
FROM demo, person WHERE id IN (1, 2, 3, 9, 12, 17, 41, 58, 90)
ORDER BY id;

INSERT INTO public.verification_tokens (identifier, token, expires)
SELECT email, 'fake-verification-token-' || id, (today + 1) + time '12:00'
FROM demo, public.users WHERE id IN (29, 125, 128)
ORDER BY id;
