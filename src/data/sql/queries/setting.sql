-- Settings of the business, for administrators.

-- value is a JSON number or text, as the setting is; version NULL: it had its default.
-- query: setting_save
-- params: request uuid, key text, version text?, value jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.setting_save($1, $2, $3, $4) AS c;

-- Back to the default.
-- query: setting_reset
-- params: request uuid, key text, version text?
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.setting_reset($1, $2, $3) AS c;
