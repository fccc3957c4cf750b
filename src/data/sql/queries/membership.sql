-- Who is in a cohort, and who coaches it.

-- ACTIVE: joins, comes back, resumes; PAUSED; INACTIVE: leaves. A row for each of them.
-- query: membership_set
-- write
-- params: request uuid, cohort int4, users int4[], status text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.membership_set($1, $2, $3, $4);

-- query: coach_assign
-- write
-- params: request uuid, cohort int4, coaches int4[]
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.coach_assign($1, $2, $3);

-- query: coach_unassign
-- write
-- params: request uuid, cohort int4, coaches int4[]
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.coach_unassign($1, $2, $3);
