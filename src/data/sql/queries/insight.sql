-- Insights for administrators.

-- A new one (insight and version NULL), or changes of one: {"cohortId": 1, "title": "...", "description": "...", "priority": "HIGH"}.
-- query: insight_save
-- params: request uuid, insight int4?, version text?, changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.insight_save($1, $2, $3, $4) AS c;

-- status: ACTIVE, RESOLVED or DISMISSED.
-- query: insight_triage
-- params: request uuid, insight int4, version text, status text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.insight_triage($1, $2, $3, $4) AS c;
