SELECT u.id, u.name, t.day, s.streak, s.best, n.next, e.id IS NOT NULL, f.days, coalesce(l.date + f.days, t.day), e.weight, e.steps, e.calories,
       e."sleepQuality", e."perceivedStress",
       CASE WHEN e.id IS NOT NULL THEN centurion.source_letters(e.weight, e.steps, e.calories, e."sleepQuality", e."dataSources") END, e.notes
FROM (SELECT centurion.today() AS day OFFSET 0) AS t
     JOIN public.users AS u ON u.id = $1
     CROSS JOIN LATERAL centurion.streak($1, t.day) AS s
     CROSS JOIN LATERAL centurion.streak_milestones(s.streak) AS n
     CROSS JOIN LATERAL centurion.frequency($1) AS f
     CROSS JOIN LATERAL (SELECT max(l.date) AS date FROM public.entries AS l WHERE l."userId" = $1 AND l.date <= t.day) AS l
     LEFT JOIN public.entries AS e ON e."userId" = $1 AND e.date = t.day;
SELECT t.day - d, e.id IS NOT NULL, e.weight, e.steps, e.calories, e."sleepQuality", e."perceivedStress"
FROM (SELECT centurion.today() AS day OFFSET 0) AS t
     CROSS JOIN generate_series(0, 6) AS d LEFT JOIN public.entries AS e ON e."userId" = $1 AND e.date = t.day - d
ORDER BY d DESC;
(SELECT 'questionnaire', b.id, format('%s, week %s questionnaire', c.name, b."weekNumber"),
        CASE WHEN r.id IS NULL THEN 'not_started' ELSE 'in_progress' END, coalesce(centurion.answer_count(r.responses), 0),
        centurion.question_count(b.questions), w.opens + 6 + t.grace
 FROM (SELECT centurion.today() AS day, (SELECT s.questionnaire_grace_days FROM centurion.settings AS s) AS grace OFFSET 0) AS t
      CROSS JOIN public.cohort_memberships AS m
      JOIN public.cohorts AS c ON c.id = m."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
      JOIN public.questionnaire_bundles AS b ON b."cohortId" = c.id AND b."isActive"
      CROSS JOIN LATERAL (SELECT c."startDate"::date + 7 * (b."weekNumber" - 1) AS opens) AS w
      LEFT JOIN public.weekly_questionnaire_responses AS r ON r."bundleId" = b.id AND r."userId" = m."userId"
 WHERE m."userId" = $1 AND m.status = 'ACTIVE' AND t.day BETWEEN w.opens AND w.opens + 6 + t.grace AND r.status IS DISTINCT FROM 'COMPLETED'
 ORDER BY w.opens, b.id)
UNION ALL
(SELECT 'workout', w.id, w.title, lower(w.status::text), NULL, NULL, NULL
 FROM public.workouts AS w
 WHERE w."userId" = $1 AND w.status <> 'COMPLETED'
 ORDER BY w."createdAt", w.id);
SELECT c.kind, c.id, c.title, c.location, centurion.local_time(c.starts, c.zone), centurion.local_time(c.ends, c.zone), c.places_left, c.registered,
       centurion.local_time(c.cancel_until, c.zone)
FROM (
    SELECT 'session' AS kind, p.id, 'Session' AS title, NULL AS location, p."startTime" AS starts, p."endTime" AS ends, NULL::integer AS places_left,
           true AS registered, p."startTime" - interval '24 hours' AS cancel_until, s.timezone AS zone
    FROM (SELECT timezone FROM centurion.settings OFFSET 0) AS s CROSS JOIN public.appointments AS p
    WHERE p."userId" = $1 AND p."startTime" > now() AT TIME ZONE 'UTC'
    UNION ALL
    SELECT 'bootcamp', b.id, b.name, b.location, b."startTime", b."endTime", CASE WHEN b.capacity IS NOT NULL THEN greatest(0, b.capacity - n.taken) END,
           n.mine, NULL, s.timezone
    FROM (SELECT timezone FROM centurion.settings OFFSET 0) AS s CROSS JOIN public.bootcamps AS b
         CROSS JOIN LATERAL (SELECT count(*)::integer AS taken, coalesce(bool_or(a."userId" = $1), false) AS mine
                             FROM public.bootcamp_attendees AS a WHERE a."bootcampId" = b.id) AS n
    WHERE b."startTime" > now() AT TIME ZONE 'UTC'
) AS c
ORDER BY c.starts, c.kind, c.id
LIMIT 20;
