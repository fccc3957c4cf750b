-- Logins for the bench, beside those of the demonstration: a coach of exactly 100 members, one of 30 % of all, and a client whose changes do not
-- wait for the disk. And an entry of today for none of the clients who save one.
CREATE ROLE bench_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE bench_many LOGIN IN ROLE centurion_coach;
CREATE ROLE bench_client LOGIN IN ROLE centurion_client;
ALTER ROLE bench_client SET synchronous_commit = off;

INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId")
SELECT c.id, 1000 FROM public.cohorts AS c WHERE c.id BETWEEN 400 AND 699
ON CONFLICT DO NOTHING;

INSERT INTO centurion.logins (rolname, "userId", role)
SELECT 'bench_coach', min(k."coachId"), 'COACH'::public."Role"
FROM public.coach_cohort_memberships AS k
WHERE k."cohortId" = (SELECT min(m.id)
                      FROM (SELECT m."cohortId" AS id FROM public.cohort_memberships AS m
                            WHERE m.status IN ('ACTIVE', 'PAUSED') AND m."cohortId" BETWEEN 10 AND 399
                            GROUP BY m."cohortId" HAVING count(*) = 100) AS m)
UNION ALL SELECT 'bench_many', 1000, 'COACH'
UNION ALL SELECT 'bench_client', 10, 'CLIENT';
DELETE FROM public.entries WHERE "userId" IN (9, 10) AND date >= centurion.today();
ANALYZE public.coach_cohort_memberships;
