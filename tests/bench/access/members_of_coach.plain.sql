SELECT u.id, u.name, u.email, coalesce(c.cohorts, ''), coalesce(c.status, 'NONE'), e.date, w.weight
FROM (SELECT u.id, u.name, u.email
      FROM public.users AS u
      WHERE u."deletedAt" IS NULL AND ($2 IS NULL OR (u.name, u.id) > ($2, $3))
            AND u.id IN (SELECT m."userId"
                         FROM public.coach_cohort_memberships AS k
                              JOIN public.cohorts AS c ON c.id = k."cohortId" AND c."deletedAt" IS NULL
                              JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m.status IN ('ACTIVE', 'PAUSED')
                         WHERE k."coachId" = $5)
      ORDER BY u.name, u.id LIMIT $4) AS u
     CROSS JOIN LATERAL (
         SELECT string_agg(c.name, ', ' ORDER BY c."startDate" DESC, c.id) FILTER (WHERE m.status = 'ACTIVE' AND c.status <> 'ARCHIVED') AS cohorts,
                min(m.status)::text AS status
         FROM public.cohort_memberships AS m JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL
         WHERE m."userId" = u.id
               AND EXISTS (SELECT FROM public.coach_cohort_memberships AS k WHERE k."coachId" = $5 AND k."cohortId" = c.id)
     ) AS c
     CROSS JOIN LATERAL (SELECT max(e.date) AS date FROM public.entries AS e WHERE e."userId" = u.id AND e.date <= (SELECT centurion.today())) AS e
     LEFT JOIN LATERAL (SELECT e.weight FROM public.entries AS e
                        WHERE e."userId" = u.id AND e.date <= (SELECT centurion.today()) AND e.weight IS NOT NULL ORDER BY e.date DESC LIMIT 1) AS w ON true
ORDER BY u.name, u.id;
