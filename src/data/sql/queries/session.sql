-- Who is connected, and what every screen needs to know about the business. No row: the login stands for nobody.

-- query: session_whoami
-- result: user_id int4, name text, role text, login text, schema_version int4, today date, timezone text, currency text,
--         weight_unit text, attention_red int4, attention_amber int4, server_time timestamptz
-- timeout: 5000
SELECT user_id, name, role, login, schema_version, today, timezone, currency, weight_unit, attention_red, attention_amber, server_time
FROM centurion.whoami();

-- A row while the database is being migrated: nothing can be changed then.
-- query: session_maintenance
-- result: since timestamptz, reason text
SELECT since, reason FROM centurion.maintenance;
