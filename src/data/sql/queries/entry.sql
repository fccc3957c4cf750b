-- Daily check-ins.

-- A member's check-in of a day; version NULL: nobody had seen one. changes: {"weight": 80.5, "steps": null, "customResponses": {...},
-- "dataSources": {"steps": "healthkit"}}.
-- query: entry_save
-- params: request uuid, user_id int4, day date, version text?, changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.entry_save($1, $2, $3, $4, $5) AS c;

-- query: entry_delete
-- params: request uuid, entry int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.entry_delete($1, $2, $3) AS c;
