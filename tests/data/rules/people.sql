-- Who may add, change and disable whom; what becomes of the server's roles; what is refused and leaves nothing behind.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
-- Made by the registrar, as login_create() does: since PostgreSQL 16 only who made a role may change it.
SET LOCAL ROLE centurion_registrar;
CREATE ROLE rules_people_admin LOGIN;
CREATE ROLE rules_people_second LOGIN;
CREATE ROLE rules_people_coach LOGIN;
CREATE ROLE rules_people_client LOGIN;
CREATE ROLE rules_people_mapped NOLOGIN;
RESET ROLE;
CREATE ROLE rules_people_strong CREATEDB;

-- What came of a statement: the first column, or the error's code.
CREATE FUNCTION pg_temp.attempt(statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    value text;
BEGIN
    EXECUTE statement INTO value;
    RETURN coalesce(value, 'nothing');
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;
-- The same for a change: "saved" and what of the record is asked for. {v} is the version of the person, {u} a new UUID.
CREATE FUNCTION pg_temp.version(person integer) RETURNS text LANGUAGE sql AS $$ SELECT version FROM centurion.user_show(person) $$;
CREATE FUNCTION pg_temp.change(call text, columns text) RETURNS text LANGUAGE plpgsql AS
$$
BEGIN
    RETURN pg_temp.attempt(format('SELECT concat_ws('' '', c.outcome, %s) FROM centurion.%s AS c', columns, replace(call, '{u}', quote_literal(gen_random_uuid()) || '::uuid')));
END
$$;
CREATE FUNCTION pg_temp.stands(login name) RETURNS text LANGUAGE sql AS
$$ SELECT concat_ws(' ', CASE WHEN r.rolcanlogin THEN 'open' ELSE 'closed' END,
                    (SELECT string_agg(substr(g.rolname, 11), ' ' ORDER BY g.rolname) FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid
                     WHERE m.member = r.oid), CASE WHEN l.enabled THEN 'enabled' WHEN NOT l.enabled THEN 'disabled' END, l.role)
   FROM pg_roles AS r LEFT JOIN centurion.logins AS l ON l.rolname = r.rolname WHERE r.rolname = login $$;

INSERT INTO public.users (id, email, name, role) VALUES
    (9100, 'admin@rules.example', 'Admin', 'ADMIN'), (9101, 'second@rules.example', 'Second', 'ADMIN'), (9102, 'coach@rules.example', 'Coach', 'COACH'),
    (9001, 'mine@rules.example', 'Mine', 'CLIENT'), (9002, 'Theirs@Rules.Example', 'Theirs', 'CLIENT'), (9003, 'third@rules.example', 'Third', 'CLIENT');
INSERT INTO centurion.logins VALUES ('rules_people_admin', 9100, 'ADMIN'), ('rules_people_second', 9101, 'ADMIN'), ('rules_people_coach', 9102, 'COACH'),
    ('rules_people_client', 9001, 'CLIENT');
INSERT INTO public.cohorts (id, name, "startDate") VALUES (9001, 'Mine', '2026-01-05');
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9102);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES (9001, 9001, 'ACTIVE');
INSERT INTO public.sessions (id, "sessionToken", "userId", expires) VALUES (9001, 'a', 9001, now() + interval '1 day'), (9002, 'b', 9001, now() + interval '1 day'),
    (9003, 'c', 9003, now() + interval '1 day');
INSERT INTO result SELECT 'a mapped login has the group of its person', 'open coach enabled COACH', pg_temp.stands('rules_people_coach');

-- ---- People, as an administrator ----

SET LOCAL SESSION AUTHORIZATION rules_people_admin;
INSERT INTO result
SELECT 'admin: adds a client', 'saved  Ana Silva ana@rules.example CLIENT',
       pg_temp.change($c$user_save({u}, NULL, NULL, '{"name": "  Ana Silva ", "email": " ANA@Rules.Example"}')$c$, $c$'', record ->> 'name', record ->> 'email', record ->> 'role'$c$)
UNION ALL SELECT 'admin: adds a coach', 'saved COACH', pg_temp.change($c$user_save({u}, NULL, NULL, '{"name": "Bo", "email": "bo@rules.example", "role": "COACH"}')$c$, $c$record ->> 'role'$c$)
UNION ALL SELECT 'admin: adds, ' || what, expected, pg_temp.change(format('user_save({u}, NULL, NULL, %L)', changes), $c$''$c$)
FROM (VALUES ('no name', '23514', '{"email": "x@rules.example"}'), ('a short name', '23514', '{"name": " x ", "email": "x@rules.example"}'),
             ('a name in two lines', '23514', E'{"name": "x\\ny", "email": "x@rules.example"}'), ('no address', '23514', '{"name": "Xy"}'),
             ('an address without a host', '23514', '{"name": "Xy", "email": "x@"}'), ('an address without a dot', '23514', '{"name": "Xy", "email": "x@localhost"}'),
             ('an address with a blank', '23514', '{"name": "Xy", "email": "x y@rules.example"}'), ('two addresses', '23514', '{"name": "Xy", "email": "x@a.example,y@a.example"}'),
             ('an address with a name', '23514', '{"name": "Xy", "email": "Xy <x@a.example>"}'), ('an address with two dots', '23514', '{"name": "Xy", "email": "x..y@a.example"}'),
             ('somebody''s address', '23505', '{"name": "Xy", "email": "mine@rules.example"}'),
             ('somebody''s address in other letters', '23505', '{"name": "Xy", "email": "theirs@rules.example"}'),
             ('a role that is none', '22023', '{"name": "Xy", "email": "x@rules.example", "role": "coach"}'),
             ('a role that hurts', '22023', '{"name": "Xy", "email": "x@rules.example", "role": "ADMIN''; DROP TABLE public.users; --"}'),
             ('a password', '22023', '{"name": "Xy", "email": "x@rules.example", "password": "x"}'), ('a list', '22023', '[]')) AS v (what, expected, changes)
UNION ALL SELECT 'admin: edits anybody', 'saved Mein mein@rules.example',
       pg_temp.change($c$user_save({u}, 9001, pg_temp.version(9001), '{"name": "Mein", "email": "Mein@rules.example"}')$c$, $c$record ->> 'name', record ->> 'email'$c$)
UNION ALL SELECT 'admin: edits on an old version', 'conflict Mein', pg_temp.change($c$user_save({u}, 9001, '1', '{"name": "Other"}')$c$, $c$record ->> 'name'$c$)
UNION ALL SELECT 'admin: edits the own address', 'saved chief@rules.example', pg_temp.change($c$user_save({u}, 9100, pg_temp.version(9100), '{"email": "chief@rules.example"}')$c$, $c$record ->> 'email'$c$)
UNION ALL SELECT 'admin: edits nobody', 'P0002', pg_temp.change($c$user_save({u}, 8888, '1', '{"name": "Other"}')$c$, $c$''$c$)
UNION ALL SELECT 'admin: a role is not edited so', '22023', pg_temp.change($c$user_save({u}, 9001, pg_temp.version(9001), '{"role": "ADMIN"}')$c$, $c$''$c$)
UNION ALL SELECT 'admin: an image', 'saved https://x.example/a.png', pg_temp.change($c$user_save({u}, 9001, pg_temp.version(9001), '{"image": "https://x.example/a.png"}')$c$, $c$record ->> 'image'$c$)
UNION ALL SELECT 'admin: an image that is a script', '23514', pg_temp.change($c$user_save({u}, 9001, pg_temp.version(9001), '{"image": "javascript:alert(1)"}')$c$, $c$''$c$)
UNION ALL SELECT 'admin: the same request twice', 'saved repeated',
       concat_ws(' ', pg_temp.change($c$user_save('00000000-0000-4000-8000-000000009001', NULL, NULL, '{"name": "Once", "email": "once@rules.example"}')$c$, 'NULL'),
                 pg_temp.change($c$user_save('00000000-0000-4000-8000-000000009001', NULL, NULL, '{"name": "Once", "email": "once@rules.example"}')$c$, 'NULL'))
UNION ALL SELECT 'admin: a role of mine', '42501', pg_temp.change($c$user_set_role({u}, 9100, pg_temp.version(9100), 'CLIENT')$c$, $c$''$c$)
UNION ALL SELECT 'admin: deletes themselves', '42501', pg_temp.change($c$user_delete({u}, 9100, pg_temp.version(9100))$c$, $c$''$c$)
UNION ALL SELECT 'admin: a word that is no role', '22023', pg_temp.change($c$user_set_role({u}, 9102, pg_temp.version(9102), 'Coach')$c$, $c$''$c$)
UNION ALL SELECT 'admin: a role of nobody', 'P0002', pg_temp.change($c$user_set_role({u}, 8888, '1', 'COACH')$c$, $c$''$c$)
UNION ALL SELECT 'admin: a role on an old version', 'conflict', pg_temp.change($c$user_set_role({u}, 9102, '1', 'CLIENT')$c$, 'NULL')
UNION ALL SELECT 'admin: deletes nobody', 'P0002', pg_temp.change($c$user_delete({u}, NULL, '1')$c$, $c$''$c$)
UNION ALL SELECT 'admin: a password of cost 12', 'saved 9001', pg_temp.change(format('user_set_password({u}, 9001, %L)', '$2b$12$' || repeat('a', 53)), 'key')
UNION ALL SELECT 'admin: a password, ' || what, '22023', pg_temp.change(format('user_set_password({u}, 9001, %L)', hash), $c$''$c$)
FROM (VALUES ('as it is', 'secret'), ('none', NULL), ('too cheap', '$2b$10$' || repeat('a', 53)), ('too short', '$2b$12$' || repeat('a', 52)),
             ('with more behind it', '$2b$12$' || repeat('a', 53) || E'\n')) AS v (what, hash)
UNION ALL SELECT 'admin: a password of nobody', 'P0002', pg_temp.change(format('user_set_password({u}, 8888, %L)', '$2b$12$' || repeat('a', 53)), $c$''$c$)
UNION ALL SELECT 'admin: sees sessions', 'session 9001, session 9002', pg_temp.attempt($c$SELECT string_agg(kind || ' ' || id, ', ' ORDER BY id) FROM centurion.user_access(9001)$c$)
UNION ALL SELECT 'admin: ends a web session', 'saved 9001', pg_temp.change('session_revoke({u}, 9001)', 'key')
UNION ALL SELECT 'admin: ends one that is gone', 'P0002', pg_temp.change('session_revoke({u}, 9001)', 'key')
UNION ALL SELECT 'admin: ends all of somebody', 'saved 9001', pg_temp.change('session_revoke_all({u}, 9001)', 'key')
UNION ALL SELECT 'admin: ends all of nobody', 'P0002', pg_temp.change('session_revoke_all({u}, 8888)', 'key')
UNION ALL SELECT 'admin: the list', 'Admin Second', pg_temp.attempt($c$SELECT string_agg(name, ' ' ORDER BY name) FROM centurion.user_list('ADMIN', false)$c$)
UNION ALL SELECT 'admin: a list of no role', '22023', pg_temp.attempt($c$SELECT count(*) FROM centurion.user_list('admin', false)$c$);
RESET SESSION AUTHORIZATION;
INSERT INTO result
SELECT 'the password is stored', '$2b$12$' || repeat('a', 53), password FROM public.users WHERE id = 9001
UNION ALL SELECT 'and in no audit row', '0', count(*)::text FROM public.audit_logs WHERE metadata::text LIKE '%$2b$12$a%'
UNION ALL SELECT 'but that it was set is', '1', count(*)::text FROM public.audit_logs WHERE target = 'User:9001' AND metadata -> 'after' ->> 'password' = 'hidden' AND "userId" = 9100
UNION ALL SELECT 'the request that came twice was done once', '1', count(*)::text FROM public.users WHERE email = 'once@rules.example'
UNION ALL SELECT 'the sessions are gone, others are not', '9003', string_agg(id::text, ' ') FROM public.sessions WHERE id BETWEEN 9001 AND 9009
UNION ALL SELECT 'what was refused is not there', '0', count(*)::text FROM public.users WHERE name IN ('Xy', 'x', 'Other');

-- ---- Logins ----

CREATE FUNCTION pg_temp.verifier() RETURNS text LANGUAGE sql AS
$$ SELECT 'SCRAM-SHA-256$4096:' || encode(repeat('s', 16)::bytea, 'base64') || '$' || encode(repeat('k', 32)::bytea, 'base64') || ':' || encode(repeat('v', 32)::bytea, 'base64') $$;
SET LOCAL SESSION AUTHORIZATION rules_people_admin;
INSERT INTO result
SELECT 'login: with a verifier', 'saved rules_people_new', pg_temp.change(format('login_create({u}, 9003, %L, %L)', 'rules_people_new', pg_temp.verifier()), 'key')
UNION ALL SELECT 'login: a second one of the same person', '23505', pg_temp.change($c$login_create({u}, 9003, 'rules_people_more', NULL)$c$, 'key')
UNION ALL SELECT 'login: without a password', 'saved rules_people_bare', pg_temp.change($c$login_create({u}, 9002, 'rules_people_bare', NULL)$c$, 'key')
UNION ALL SELECT 'login: of nobody', 'P0002', pg_temp.change($c$login_create({u}, 8888, 'rules_people_more', NULL)$c$, 'key')
UNION ALL SELECT 'login: a role that is there', '23505', pg_temp.change($c$login_create({u}, (SELECT id FROM centurion.user_list(NULL, false) WHERE name = 'Bo'), 'rules_people_mapped', NULL)$c$, 'key')
UNION ALL SELECT 'login: named ' || coalesce(quote_literal(name), 'nothing'), '22023',
                 pg_temp.change(format('login_create({u}, (SELECT id FROM centurion.user_list(NULL, false) WHERE name = ''Bo''), %L, NULL)', name), 'key')
FROM (VALUES (NULL), (''), ('Ana'), ('9lives'), ('o''brien'), ('x"y'), ('x; DROP ROLE postgres'), ('zoë'), ('a b'), (E'a\nb'), (E'a\n'), ('-x'), ('.'), (repeat('a', 64)),
             ('pg_read_all_data'), ('pg_x'), ('centurion_admin'), ('centurion_x'), ('public'), ('none')) AS v (name)
UNION ALL SELECT 'login: a verifier that is ' || what, '22023',
                 pg_temp.change(format('login_create({u}, (SELECT id FROM centurion.user_list(NULL, false) WHERE name = ''Bo''), ''rules_people_more'', %L)', verifier), 'key')
FROM (VALUES ('a password', 'secret'), ('empty', ''), ('an MD5 one', 'md5' || repeat('0', 32)), ('cut', left(pg_temp.verifier(), -3)), ('longer', pg_temp.verifier() || 'x'),
             ('SQL', pg_temp.verifier() || ''' SUPERUSER'), ('without iterations', replace(pg_temp.verifier(), '4096', '0'))) AS v (what, verifier)
UNION ALL SELECT 'login: a password set anew', 'saved t', pg_temp.change(format('login_set_password({u}, ''rules_people_bare'', %L)', pg_temp.verifier()), $c$record ->> 'passwordAt' IS NOT NULL$c$)
UNION ALL SELECT 'login: a password of no login', 'P0002', pg_temp.change(format('login_set_password({u}, ''postgres'', %L)', pg_temp.verifier()), 'key')
UNION ALL SELECT 'login: mapping is the owner''s', '42501', pg_temp.change($c$login_map({u}, 9002, 'rules_people_mapped')$c$, 'key')
UNION ALL SELECT 'login: the own one is not disabled', '42501', pg_temp.change($c$login_disable({u}, 'rules_people_admin')$c$, 'key')
UNION ALL SELECT 'login: none', 'P0002', pg_temp.change($c$login_disable({u}, 'nobody')$c$, 'key')
UNION ALL SELECT 'login: not one that is no person''s', 'P0002', pg_temp.change($c$login_disable({u}, 'postgres')$c$, 'key')
UNION ALL SELECT 'login: disabled', 'saved false', pg_temp.change($c$login_disable({u}, 'rules_people_coach')$c$, $c$record ->> 'enabled'$c$)
UNION ALL SELECT 'login: the list', 'rules_people_admin enabled, rules_people_bare enabled, rules_people_client enabled, rules_people_coach disabled, rules_people_new enabled, rules_people_second enabled',
                 pg_temp.attempt($c$SELECT string_agg(login || ' ' || state, ', ' ORDER BY login) FROM centurion.login_list() WHERE login LIKE 'rules%'$c$);
RESET SESSION AUTHORIZATION;
INSERT INTO result
SELECT 'a new login', 'open client enabled CLIENT', pg_temp.stands('rules_people_new')
UNION ALL SELECT 'its verifier', pg_temp.verifier(), rolpassword FROM pg_authid WHERE rolname = 'rules_people_new'
UNION ALL SELECT 'another one''s', pg_temp.verifier(), rolpassword FROM pg_authid WHERE rolname = 'rules_people_bare'
UNION ALL SELECT 'it may do nothing else', 'f f f f f t', concat_ws(' ', rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolinherit) FROM pg_roles WHERE rolname = 'rules_people_new'
UNION ALL SELECT 'no role was left behind', NULL, string_agg(rolname, ', ') FROM pg_roles WHERE rolname IN ('rules_people_more', 'Ana', '9lives', 'zoë')
UNION ALL SELECT 'a disabled login', 'closed disabled COACH', pg_temp.stands('rules_people_coach')
UNION ALL SELECT 'the registrar has nobody''s rights', NULL, string_agg(rolname, ', ') FROM pg_roles WHERE rolname LIKE 'rules\_people%' AND pg_has_role('centurion_registrar', oid, 'USAGE');
SET LOCAL SESSION AUTHORIZATION rules_people_coach;
INSERT INTO result SELECT 'who is disabled may nothing', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.review_queue(centurion.today())');
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_people_admin;
INSERT INTO result SELECT 'login: enabled', 'saved true', pg_temp.change($c$login_enable({u}, 'rules_people_coach')$c$, $c$record ->> 'enabled'$c$);
RESET SESSION AUTHORIZATION;
INSERT INTO result
SELECT 'an enabled login', 'open coach enabled COACH', pg_temp.stands('rules_people_coach')
UNION ALL SELECT 'owner: maps a role', 'saved rules_people_mapped', pg_temp.change($c$login_map({u}, (SELECT id FROM public.users WHERE name = 'Bo'), 'rules_people_mapped')$c$, 'key')
UNION ALL SELECT 'owner: not one with rights', '22023', pg_temp.change($c$login_map({u}, 9002, 'rules_people_strong')$c$, 'key')
UNION ALL SELECT 'owner: not the owner', '22023', pg_temp.change(format('login_map({u}, 9002, %L)', session_user), 'key')
UNION ALL SELECT 'owner: not one that is not there', '22023', pg_temp.change($c$login_map({u}, 9002, 'rules_people_nobody')$c$, 'key');
INSERT INTO result SELECT 'a mapped role', 'open coach enabled COACH', pg_temp.stands('rules_people_mapped');

-- ---- As a coach, as a client ----

SET LOCAL SESSION AUTHORIZATION rules_people_coach;
INSERT INTO result
SELECT 'coach: ' || what, expected, pg_temp.attempt(statement)
FROM (VALUES
    ('shows themselves', 'Coach', 'SELECT name FROM centurion.user_show(9102)'), ('shows nobody else', 'nothing', 'SELECT name FROM centurion.user_show(9002)'),
    ('lists people', '42501', 'SELECT count(*) FROM centurion.user_list(NULL, true)'), ('lists logins', '42501', 'SELECT count(*) FROM centurion.login_list()'),
    ('sees access', '42501', 'SELECT count(*) FROM centurion.user_access(9001)'),
    ('adds somebody', '42501', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), NULL, NULL, '{"name": "Xy", "email": "xy@rules.example"}')$c$),
    ('edits another coach''s client', 'P0002', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), 9002, '1', '{"name": "Xy"}')$c$),
    ('edits nobody', 'P0002', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), 8888, '1', '{"name": "Xy"}')$c$),
    ('edits an administrator', 'P0002', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), 9100, '1', '{"name": "Xy"}')$c$),
    ('edits a client''s role', '22023', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), 9001, '1', '{"role": "ADMIN"}')$c$),
    ('edits a client''s image', '22023', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), 9001, '1', '{"image": "https://x.example/"}')$c$),
    ('edits the own address', '42501', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), 9102, pg_temp.version(9102), '{"email": "x@rules.example"}')$c$),
    ('edits the own name', 'saved', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), 9102, pg_temp.version(9102), '{"name": "Coach Two"}')$c$),
    ('makes themselves an administrator', '42501', $c$SELECT outcome FROM centurion.user_set_role(gen_random_uuid(), 9102, '1', 'ADMIN')$c$),
    ('makes a login', '42501', $c$SELECT outcome FROM centurion.login_create(gen_random_uuid(), 9001, 'rules_people_own', NULL)$c$),
    ('sets a password', '42501', $c$SELECT outcome FROM centurion.user_set_password(gen_random_uuid(), 9001, '')$c$),
    ('ends sessions', '42501', $c$SELECT centurion.end_sessions('rules_people_admin')$c$), ('ends sessions of', '42501', 'SELECT centurion.end_sessions_of(9100)'),
    ('ends a login''s sessions', '42501', 'SELECT centurion.login_end_sessions(9100)')) AS v (what, expected, statement);
RESET SESSION AUTHORIZATION;
INSERT INTO result SELECT 'coach: edits a client''s contact', 'saved Meine', pg_temp.attempt(format(
    $c$SELECT concat_ws(' ', c.outcome, c.record ->> 'name') FROM (SELECT set_config('role', 'none', true)) AS n, centurion.user_save(gen_random_uuid(), 9001, %L, '{"name": "Meine"}') AS c$c$,
    (SELECT xmin FROM public.users WHERE id = 9001)));
SET LOCAL SESSION AUTHORIZATION rules_people_client;
INSERT INTO result
SELECT 'client: ' || what, expected, pg_temp.attempt(statement)
FROM (VALUES
    ('shows themselves', '9001', 'SELECT id FROM centurion.user_show(9001)'), ('shows nobody else', 'nothing', 'SELECT name FROM centurion.user_show(9102)'),
    ('edits the own name', 'saved', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), 9001, pg_temp.version(9001), '{"name": "I myself"}')$c$),
    ('edits the own address', '42501', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), 9001, pg_temp.version(9001), '{"email": "x@rules.example"}')$c$),
    ('edits the coach', 'P0002', $c$SELECT outcome FROM centurion.user_save(gen_random_uuid(), 9102, '1', '{"name": "Xy"}')$c$),
    ('disables the coach', '42501', $c$SELECT outcome FROM centurion.user_delete(gen_random_uuid(), 9102, '1')$c$),
    ('disables a login', '42501', $c$SELECT outcome FROM centurion.login_disable(gen_random_uuid(), 'rules_people_coach')$c$)) AS v (what, expected, statement);
RESET SESSION AUTHORIZATION;

-- ---- What the web application does counts at once ----

UPDATE public.users SET role = 'CLIENT' WHERE id = 9102;
INSERT INTO result SELECT 'demoted by the web application', 'open client enabled CLIENT', pg_temp.stands('rules_people_coach');
SET LOCAL SESSION AUTHORIZATION rules_people_coach;
INSERT INTO result SELECT 'demoted: the queue', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.review_queue(centurion.today())')
UNION ALL SELECT 'demoted: the client''s page', 'Coach Two', pg_temp.attempt('SELECT name FROM centurion.client_home()');
RESET SESSION AUTHORIZATION;
UPDATE public.users SET role = 'COACH', "deletedAt" = now() WHERE id = 9102;
INSERT INTO result SELECT 'deleted by the web application', 'closed enabled COACH', pg_temp.stands('rules_people_coach');
SET LOCAL SESSION AUTHORIZATION rules_people_admin;
INSERT INTO result SELECT 'a login of somebody deleted is not enabled', '55000', pg_temp.change($c$login_enable({u}, 'rules_people_coach')$c$, 'key')
UNION ALL SELECT 'nor is the person changed', '55000', pg_temp.change($c$user_set_role({u}, 9102, pg_temp.version(9102), 'CLIENT')$c$, 'key')
UNION ALL SELECT 'nor edited', '55000', pg_temp.change($c$user_save({u}, 9102, pg_temp.version(9102), '{"name": "Again"}')$c$, 'key')
UNION ALL SELECT 'but restored', 'saved', pg_temp.change($c$user_restore({u}, 9102, pg_temp.version(9102))$c$, 'NULL');
RESET SESSION AUTHORIZATION;
INSERT INTO result SELECT 'restored', 'open coach enabled COACH', pg_temp.stands('rules_people_coach');
UPDATE centurion.logins SET enabled = false WHERE rolname = 'rules_people_coach';
UPDATE public.users SET "deletedAt" = now() WHERE id = 9102;
UPDATE public.users SET "deletedAt" = NULL WHERE id = 9102;
INSERT INTO result SELECT 'a login that was disabled stays so when its person is restored', 'closed disabled COACH', pg_temp.stands('rules_people_coach');
DELETE FROM public.users WHERE id = 9003;
INSERT INTO result SELECT 'a login whose person is gone', 'closed', pg_temp.stands('rules_people_new');
INSERT INTO result SELECT 'gone from the list', '0', count(*)::text FROM centurion.logins WHERE "userId" = 9003;

-- ---- The last administrator ----

SET LOCAL SESSION AUTHORIZATION rules_people_admin;
INSERT INTO result SELECT 'the second administrator is deleted', 'saved t', pg_temp.change($c$user_delete({u}, 9101, pg_temp.version(9101))$c$, $c$record ->> 'deletedAt' IS NOT NULL$c$);
RESET SESSION AUTHORIZATION;
INSERT INTO result
SELECT 'the owner does not delete the last one by a function', '55000',
       pg_temp.attempt(format($c$SELECT outcome FROM centurion.user_delete(gen_random_uuid(), 9100, %L)$c$, (SELECT xmin FROM public.users WHERE id = 9100)))
UNION ALL
SELECT 'nor demote', '55000',
       pg_temp.attempt(format($c$SELECT outcome FROM centurion.user_set_role(gen_random_uuid(), 9100, %L, 'COACH')$c$, (SELECT xmin FROM public.users WHERE id = 9100)));
UPDATE public.users SET role = 'COACH' WHERE id = 9100;
INSERT INTO result SELECT 'the web application may', 'COACH', role::text FROM public.users WHERE id = 9100;
UPDATE centurion.logins SET rolname = 'rules_people_absent' WHERE "userId" = 9001;
INSERT INTO result SELECT 'the role that it was', 'closed', pg_temp.stands('rules_people_client');

SELECT * FROM result;
