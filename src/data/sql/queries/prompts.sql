-- What is asked at a check-in, and how often one is asked for.

-- Keys that are absent stay; version NULL: the cohort had none yet.
-- query: prompts_save
-- params: request uuid, cohort int4, version text?, prompts jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.prompts_save($1, $2, $3, $4) AS c;

-- days NULL: as everybody.
-- query: cohort_frequency_set
-- params: request uuid, cohort int4, days int4?
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.cohort_frequency_set($1, $2, $3) AS c;

-- query: member_frequency_set
-- params: request uuid, user_id int4, days int4?
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.member_frequency_set($1, $2, $3) AS c;
