SELECT u.id, u.name, m.status::text, CASE WHEN m.status = 'ACTIVE' THEN a.score END, CASE WHEN m.status = 'ACTIVE' THEN a.band END,
       t.day - a.last_days, a.checkins_7, a.checkins_14, a.checkins_30,
       CASE WHEN m.status = 'ACTIVE' THEN centurion.adherence(a.checkins_7, 7, a.frequency) END,
       CASE WHEN m.status = 'ACTIVE' THEN centurion.adherence(a.checkins_30, 30, a.frequency) END,
       e.weight, e.steps, e.calories, e.sleep, e.stress, e.change, CASE WHEN m.status = 'ACTIVE' THEN s.streak END
FROM (SELECT centurion.today() AS day OFFSET 0) AS t
     CROSS JOIN LATERAL centurion.attention(
         ARRAY(SELECT m."userId" FROM public.cohort_memberships AS m
               WHERE m."cohortId" = $1 AND m.status IN ('ACTIVE', 'PAUSED')
                     AND NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = m."userId" AND u."deletedAt" IS NOT NULL)), t.day) AS a
     JOIN public.cohort_memberships AS m ON m."cohortId" = $1 AND m."userId" = a.user_id
     JOIN public.users AS u ON u.id = a.user_id
     CROSS JOIN LATERAL centurion.streak(a.user_id, t.day) AS s
     CROSS JOIN LATERAL (
         SELECT avg(e.weight) FILTER (WHERE e.date > t.day - 7) AS weight,
                avg(e.steps) FILTER (WHERE e.date > t.day - 7)::double precision AS steps,
                avg(e.calories) FILTER (WHERE e.date > t.day - 7)::double precision AS calories,
                avg(e."sleepQuality") FILTER (WHERE e.date > t.day - 7)::double precision AS sleep,
                avg(e."perceivedStress") FILTER (WHERE e.date > t.day - 7)::double precision AS stress,
                CASE WHEN count(e.weight) > 1
                     THEN (array_agg(e.weight ORDER BY e.date DESC) FILTER (WHERE e.weight IS NOT NULL))[1]
                          - (array_agg(e.weight ORDER BY e.date) FILTER (WHERE e.weight IS NOT NULL))[1] END AS change
         FROM public.entries AS e
         WHERE e."userId" = a.user_id AND e.date > t.day - 14 AND e.date <= t.day
     ) AS e
ORDER BY m.status, u.name, u.id;
