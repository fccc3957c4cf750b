-- People and their logins.

-- kind: ADMIN, COACH, CLIENT, or NULL for everybody; disabled: those too.
-- query: user_list
-- params: kind text, disabled bool
-- result: id int4, name text?, email text, role text, state text, login text?, login_enabled bool?, created timestamp
-- timeout: 60000
SELECT id, name, email, role, state, login, login_enabled, created FROM centurion.user_list($1, $2);

-- No row: there is nobody, or one may not look. version goes with the next change of the person.
-- query: user_show
-- params: user_id int4
-- result: id int4, version text, name text?, email text, image text?, role text, state text, login text?, login_enabled bool?,
--         cohorts_coached int4, cohorts_joined int4, web_sessions int4, accounts text?, created timestamp, disabled_at timestamp?
SELECT id, version, name, email, image, role, state, login, login_enabled, cohorts_coached, cohorts_joined, web_sessions, accounts, created,
       disabled_at
FROM centurion.user_show($1);

-- kind: session, account or token.
-- query: user_access
-- params: user_id int4
-- result: kind text, id int4?, name text, expires timestamp?
SELECT kind, id, name, expires FROM centurion.user_access($1);

-- user_id NULL adds somebody.
-- query: user_save
-- params: request uuid, user_id int4, version text, changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.user_save($1, $2, $3, $4) AS c;

-- query: user_add
-- params: request uuid, name text, email text, role text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.user_save($1, NULL, NULL, pg_catalog.jsonb_build_object('name', $2, 'email', $3, 'role', coalesce($4, 'CLIENT'))) AS c;

-- query: user_set_role
-- params: request uuid, user_id int4, version text, role text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.user_set_role($1, $2, $3, $4) AS c;

-- query: user_delete
-- params: request uuid, user_id int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.user_delete($1, $2, $3) AS c;

-- query: user_restore
-- params: request uuid, user_id int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.user_restore($1, $2, $3) AS c;

-- query: user_set_password
-- params: request uuid, user_id int4, hash text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.user_set_password($1, $2, $3) AS c;

-- query: session_revoke
-- params: request uuid, session_id int4
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.session_revoke($1, $2) AS c;

-- query: session_revoke_all
-- params: request uuid, user_id int4
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.session_revoke_all($1, $2) AS c;

-- Everything about a person, as JSON in lines. The log says that it was asked for, unless the server only reads.
-- query: person_export
-- params: user_id int4
-- result: document text
-- timeout: 300000
SELECT pg_catalog.jsonb_pretty(centurion.person_export($1)) AS document;

-- The answer's record is NULL where the person is gone, else what is left without a name.
-- query: user_erase
-- params: request uuid, user_id int4, email text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
-- timeout: 300000
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.user_erase($1, $2, $3) AS c;

-- ---- Logins ----

-- query: login_list
-- result: login text, user_id int4, name text?, role text, state text, sessions int4, password_set timestamp?
SELECT login, user_id, name, role, state, sessions, password_set FROM centurion.login_list();

-- verifier NULL: without a password.
-- query: login_create
-- params: request uuid, user_id int4, login text, verifier text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.login_create($1, $2, $3, $4) AS c;

-- query: login_set_password
-- params: request uuid, login text, verifier text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.login_set_password($1, $2, $3) AS c;

-- query: login_disable
-- params: request uuid, login text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.login_disable($1, $2) AS c;

-- query: login_enable
-- params: request uuid, login text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit
FROM centurion.login_enable($1, $2) AS c;

-- Ends what sessions a person's login still has; how many. Asked after rights were taken away.
-- query: login_end_sessions
-- params: user_id int4
-- result: ended int4
-- write
SELECT centurion.login_end_sessions($1) AS ended;
