-- Requests whose answer was lost.

-- query: request_withdraw
-- params: request uuid
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.request_withdraw($1) AS c;
