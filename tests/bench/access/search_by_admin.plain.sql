SELECT u.id, u.name, u.email, coalesce(c.cohorts, ''), coalesce(c.status, 'NONE'), e.date, w.weight
FROM (SELECT u.id, u.name, u.email
      FROM public.users AS u
      WHERE u.role = 'CLIENT' AND u."deletedAt" IS NULL AND (u.name ILIKE CASE WHEN length($1) < 3 THEN '% ' ELSE '%' END || $1 || '%' OR u.name ILIKE $1 || '%' OR u.email ILIKE $1 || '%')
      ORDER BY u.name, u.id LIMIT $4) AS u
     CROSS JOIN LATERAL (
         SELECT string_agg(c.name, ', ' ORDER BY c."startDate" DESC, c.id) FILTER (WHERE m.status = 'ACTIVE' AND c.status <> 'ARCHIVED') AS cohorts,
                min(m.status)::text AS status
         FROM public.cohort_memberships AS m JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL
         WHERE m."userId" = u.id
     ) AS c
     CROSS JOIN LATERAL (SELECT max(e.date) AS date FROM public.entries AS e WHERE e."userId" = u.id AND e.date <= (SELECT centurion.today())) AS e
     LEFT JOIN LATERAL (SELECT e.weight FROM public.entries AS e
                        WHERE e."userId" = u.id AND e.date <= (SELECT centurion.today()) AND e.weight IS NOT NULL ORDER BY e.date DESC LIMIT 1) AS w ON true
ORDER BY u.name, u.id;
