-- Weekly questionnaires and the answers to them.

-- A new one (bundle and version NULL), or changes of one: {"cohortId": 1, "weekNumber": 2, "questions": {...}, "isActive": true}.
-- query: questionnaire_save
-- params: request uuid, bundle int4?, version text?, changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.questionnaire_save($1, $2, $3, $4) AS c;

-- query: questionnaire_delete
-- params: request uuid, bundle int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.questionnaire_delete($1, $2, $3) AS c;

-- The same questions for a cohort's week.
-- query: questionnaire_copy
-- params: request uuid, bundle int4, cohort int4, week int4
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.questionnaire_copy($1, $2, $3, $4) AS c;

-- The connected member's own answers: {"wins": "...", "challenges": null}; complete hands them in for good.
-- query: response_save
-- params: request uuid, bundle int4, version text?, changes jsonb, complete bool
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.response_save($1, $2, $3, $4, $5) AS c;

-- query: response_reopen
-- params: request uuid, response int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.response_reopen($1, $2, $3) AS c;
