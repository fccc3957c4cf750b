SELECT a.user_id, u.name, c.label, c.week, a.score, a.band, w.checkins, greatest(0, t.as_of - t.monday + 1), r.rate_7d, r.rate_30d,
       r.rate_90d, r.rate_7d - r.rate_30d, (ARRAY['none', 'not_started', 'in_progress', 'completed'])[c.asked + 1], c.hours, a.last_days,
       w.weight, w.change, w.steps, w.calories, w.sleep, w.stress, coalesce(v.status, 'pending'), centurion.local_time(v.at, t.zone)
FROM (SELECT centurion.week_monday($1) AS monday, centurion.week_as_of(centurion.week_monday($1), centurion.today()) AS as_of,
             (SELECT timezone FROM centurion.settings) AS zone OFFSET 0) AS t
     CROSS JOIN LATERAL centurion.attention(ARRAY(SELECT q FROM centurion.queue_clients($2, t.monday + 6) AS q), t.as_of) AS a
     JOIN public.users AS u ON u.id = a.user_id
     CROSS JOIN LATERAL (SELECT * FROM centurion.week_means(a.user_id, t.monday, t.as_of) AS w OFFSET 0) AS w
     CROSS JOIN LATERAL (SELECT count(*) AS days FROM public.entries AS e
                         WHERE e."userId" = a.user_id AND e.date > t.as_of - 90 AND e.date <= t.as_of) AS n
     CROSS JOIN LATERAL (SELECT centurion.adherence(a.checkins_7, 7, a.frequency) AS rate_7d,
                                centurion.adherence(a.checkins_30, 30, a.frequency) AS rate_30d,
                                centurion.adherence(n.days, 90, a.frequency) AS rate_90d) AS r
     CROSS JOIN LATERAL (
         SELECT (array_agg(c.name ORDER BY c."startDate" DESC, c.id))[1] || CASE WHEN count(*) > 1 THEN ' +' || count(*) - 1 ELSE '' END AS label,
                (array_agg(centurion.week_label(t.monday + 6, c."startDate"::date, c."endDate"::date) ORDER BY c."startDate" DESC, c.id))[1] AS week,
                coalesce(min(CASE WHEN b.id IS NULL THEN NULL WHEN q.status = 'COMPLETED' THEN 3 WHEN q.id IS NOT NULL THEN 2 ELSE 1 END), 0) AS asked,
                min(greatest(0, floor(extract(epoch FROM now() AT TIME ZONE 'UTC' - q."updatedAt") / 3600)))
                    FILTER (WHERE q.status = 'IN_PROGRESS')::integer AS hours
         FROM public.cohort_memberships AS m
              JOIN public.cohorts AS c ON c.id = m."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                                          AND c."startDate" < (t.monday + 7)::timestamp
              JOIN public.coach_cohort_memberships AS k ON k."cohortId" = c.id AND k."coachId" = $2
              LEFT JOIN public.questionnaire_bundles AS b
                  ON b."cohortId" = c.id AND b."weekNumber" = centurion.cohort_week(t.monday + 6, c."startDate"::date) AND b."isActive"
              LEFT JOIN public.weekly_questionnaire_responses AS q ON q."bundleId" = b.id AND q."userId" = m."userId"
         WHERE m."userId" = a.user_id AND m.status = 'ACTIVE'
     ) AS c
     LEFT JOIN centurion.reviews AS v ON v."coachId" = $2 AND v."clientId" = a.user_id AND v.week = t.monday
ORDER BY array_position(ARRAY['red', 'amber', 'green'], a.band), a.score DESC, r.rate_7d, u.name, a.user_id;
SELECT (SELECT u.name FROM public.users AS u WHERE u.id = $2), f.red, f.amber, f.green, f.reviewed, f.total, coalesce(p.sessions_today, 0), coalesce(p.unmarked, 0)
FROM (SELECT centurion.week_monday($1) AS monday, centurion.today() AS today, (SELECT timezone FROM centurion.settings) AS zone,
             now() AT TIME ZONE 'UTC' AS utc OFFSET 0) AS t
     CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE a.band = 'red')::integer AS red, count(*) FILTER (WHERE a.band = 'amber')::integer AS amber,
                count(*) FILTER (WHERE a.band = 'green')::integer AS green,
                count(*) FILTER (WHERE v.status IN ('done', 'skipped'))::integer AS reviewed, count(*)::integer AS total
         FROM centurion.attention(ARRAY(SELECT q FROM centurion.queue_clients($2, t.monday + 6) AS q), centurion.week_as_of(t.monday, t.today)) AS a
              LEFT JOIN centurion.reviews AS v ON v."coachId" = $2 AND v."clientId" = a.user_id AND v.week = t.monday
     ) AS f
     CROSS JOIN LATERAL (
         SELECT sum(n.today)::integer AS sessions_today, sum(n.unmarked)::integer AS unmarked
         FROM (SELECT DISTINCT m."userId"
               FROM public.coach_cohort_memberships AS k
                    JOIN public.cohorts AS c ON c.id = k."cohortId" AND c."deletedAt" IS NULL
                    JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m.status IN ('ACTIVE', 'PAUSED')
               WHERE k."coachId" = $2) AS own
              CROSS JOIN LATERAL (
                  SELECT count(*) FILTER (WHERE p."startTime" >= centurion.utc_time(t.today::timestamp, t.zone)
                                                AND p."startTime" < centurion.utc_time((t.today + 1)::timestamp, t.zone)) AS today,
                         count(*) FILTER (WHERE centurion.is_unmarked(p.status, p."endTime", t.utc)) AS unmarked
                  FROM public.appointments AS p WHERE p."userId" = own."userId"
              ) AS n
     ) AS p;
