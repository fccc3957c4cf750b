-- params: cohort integer
-- run: coach overview of 100 members | bench_coach | 20 | (SELECT k."cohortId" FROM centurion.logins AS l JOIN public.coach_cohort_memberships AS k ON k."coachId" = l."userId" WHERE l.rolname = 'bench_coach')
SELECT * FROM centurion.cohort_overview($1, NULL);
