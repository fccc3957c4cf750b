WITH b AS (SELECT opens, ends FROM centurion.billing_month($1)), due AS (
    SELECT p."userId", count(*) FILTER (WHERE p."startTime" < (SELECT b.opens FROM b)) AS older, sum(p.fee) FILTER (WHERE p."startTime" < (SELECT b.opens FROM b)) AS older_total,
           count(*) FILTER (WHERE p."startTime" >= (SELECT b.opens FROM b)) AS sessions, sum(p.fee) FILTER (WHERE p."startTime" >= (SELECT b.opens FROM b)) AS total,
           min(p.fee) FILTER (WHERE p."startTime" >= (SELECT b.opens FROM b)) AS least_fee,
           count(*) FILTER (WHERE p.fee = 0 AND (p."startTime" >= (SELECT b.opens FROM b))) AS zero_fees
    FROM public.appointments AS p
    WHERE p.status = 'ATTENDED' AND p."invoiceId" IS NULL AND p."startTime" < (SELECT b.ends FROM b)
    GROUP BY p."userId"
), forgotten AS (
    SELECT p."userId", count(*) AS unmarked
    FROM public.appointments AS p
    WHERE centurion.is_unmarked(p.status, p."endTime", now() AT TIME ZONE 'UTC') AND p."endTime" > (SELECT b.opens FROM b) -- for the index: a session ends after it starts
          AND p."startTime" >= (SELECT b.opens FROM b) AND p."startTime" < (SELECT b.ends FROM b)
    GROUP BY p."userId"
)
SELECT u.id, coalesce(u.name, u.email), coalesce(d.sessions, 0)::integer, coalesce(d.total, 0), coalesce(d.older, 0)::integer, coalesce(d.older_total, 0),
       coalesce(f.unmarked, 0)::integer, coalesce(d.zero_fees, 0)::integer, o.why IS NULL,
       array_remove(ARRAY[o.why, CASE WHEN f.unmarked > 0 THEN f.unmarked || ' unmarked' END,
                          CASE WHEN d.zero_fees > 0 THEN d.zero_fees || ' at 0.00' END,
                          CASE WHEN d.older > 0 THEN format('%s from earlier months, %s', d.older, d.older_total) END], NULL)
FROM due AS d
     FULL JOIN forgotten AS f ON f."userId" = d."userId"
     -- OFFSET 0: one by one, not by reading all users
     CROSS JOIN LATERAL (SELECT u.id, u.name, u.email, u."deletedAt" FROM public.users AS u WHERE u.id = coalesce(d."userId", f."userId") OFFSET 0) AS u
     LEFT JOIN public.invoices AS i ON i."userId" = u.id AND i.month = $1 AND i."voidedAt" IS NULL
     CROSS JOIN LATERAL (SELECT centurion.billing_obstacle(d.sessions, d.total, d.least_fee, u."deletedAt" IS NOT NULL, i.id IS NOT NULL) AS why) AS o
ORDER BY u.name, u.id;
