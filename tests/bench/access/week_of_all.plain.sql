WITH z AS MATERIALIZED (
    SELECT timezone AS zone, centurion.utc_time($1::timestamp, timezone) AS since, centurion.utc_time(($1 + $2)::timestamp, timezone) AS until
    FROM centurion.settings
)
(SELECT 'session', p.id, p."userId", u.name, NULL, centurion.local_time(p."startTime", z.zone), centurion.local_time(p."endTime", z.zone),
        centurion.session_state(p.status, p."endTime", now() AT TIME ZONE 'UTC'), p.fee, p."invoiceId" IS NOT NULL, NULL::integer, NULL::integer,
        p.notes, p.xmin::text
 FROM z CROSS JOIN public.appointments AS p JOIN public.users AS u ON u.id = p."userId" AND u."deletedAt" IS NULL
 WHERE p."startTime" >= z.since AND p."startTime" < z.until
 ORDER BY p."startTime", p.id)
UNION ALL
(SELECT 'bootcamp', b.id, NULL, b.name, b.location, centurion.local_time(b."startTime", z.zone), centurion.local_time(b."endTime", z.zone),
        NULL, NULL, NULL, b.capacity, n.taken, b.description, b.xmin::text
 FROM z CROSS JOIN public.bootcamps AS b
      CROSS JOIN LATERAL (SELECT count(*)::integer AS taken FROM public.bootcamp_attendees AS a WHERE a."bootcampId" = b.id) AS n
 WHERE b."startTime" >= z.since AND b."startTime" < z.until
 ORDER BY b."startTime", b.id);
