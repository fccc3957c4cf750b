-- Passwords and tokens: nobody's to see, an administrator's neither.

-- attack: passwords by name
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT count(password) FROM public.users;

-- attack: passwords by *
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT * FROM public.users LIMIT 1;

-- attack: passwords in WHERE
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT count(*) FROM public.users WHERE password IS NOT DISTINCT FROM NULL;

-- attack: passwords in ORDER BY
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT id FROM public.users ORDER BY password LIMIT 1;

-- attack: passwords in a join's condition
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT count(*) > 0 FROM public.users AS a JOIN public.users AS b ON a.password IS NOT DISTINCT FROM b.password;

-- attack: passwords in a whole row
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT to_jsonb(u) ? 'password' FROM public.users AS u LIMIT 1;

-- attack: a password through the view of users, admin
-- admin: 42703
-- wall: DROP VIEW centurion.admin_users; CREATE VIEW centurion.admin_users AS SELECT * FROM public.users; GRANT SELECT ON centurion.admin_users TO {group}
SELECT count(password) FROM centurion.admin_users;

-- attack: a password through the row of a view, admin
-- admin: f
-- wall: DROP VIEW centurion.admin_users; CREATE VIEW centurion.admin_users AS SELECT * FROM public.users; GRANT SELECT ON centurion.admin_users TO {group}
SELECT bool_or(to_jsonb(u) ? 'password') FROM centurion.admin_users AS u;

-- attack: a password through the view of users, coach
-- coach coach2: 42703
-- wall: DROP VIEW centurion.coach_users; CREATE VIEW centurion.coach_users AS SELECT * FROM public.users; GRANT SELECT ON centurion.coach_users TO {group}
SELECT count(password) FROM centurion.coach_users;

-- attack: a password through the row of a view, coach
-- coach coach2: f
-- wall: DROP VIEW centurion.coach_users; CREATE VIEW centurion.coach_users AS SELECT * FROM public.users; GRANT SELECT ON centurion.coach_users TO {group}
SELECT bool_or(to_jsonb(u) ? 'password') FROM centurion.coach_users AS u;

-- attack: a password through the view of users, client
-- client: 42703
-- wall: DROP VIEW centurion.client_users; CREATE VIEW centurion.client_users AS SELECT * FROM public.users; GRANT SELECT ON centurion.client_users TO {group}
SELECT count(password) FROM centurion.client_users;

-- attack: a password through the row of a view, client
-- client: f
-- wall: DROP VIEW centurion.client_users; CREATE VIEW centurion.client_users AS SELECT * FROM public.users; GRANT SELECT ON centurion.client_users TO {group}
SELECT bool_or(to_jsonb(u) ? 'password') FROM centurion.client_users AS u;

-- attack: a password in the own profile
-- admin coach coach2 client: f
-- wall: DROP VIEW centurion.profile; CREATE VIEW centurion.profile AS SELECT * FROM public.users; GRANT SELECT ON centurion.profile TO {group}
SELECT bool_or(to_jsonb(p) ? 'password') FROM centurion.profile AS p;

-- attack: refresh_token through the view of accounts
-- admin: 42703
-- wall: DROP VIEW centurion.admin_accounts; CREATE VIEW centurion.admin_accounts AS SELECT * FROM public.accounts; GRANT SELECT ON centurion.admin_accounts TO {group}
SELECT count(refresh_token) FROM centurion.admin_accounts;

-- attack: access_token through the view of accounts
-- admin: 42703
-- wall: DROP VIEW centurion.admin_accounts; CREATE VIEW centurion.admin_accounts AS SELECT * FROM public.accounts; GRANT SELECT ON centurion.admin_accounts TO {group}
SELECT count(access_token) FROM centurion.admin_accounts;

-- attack: id_token through the view of accounts
-- admin: 42703
-- wall: DROP VIEW centurion.admin_accounts; CREATE VIEW centurion.admin_accounts AS SELECT * FROM public.accounts; GRANT SELECT ON centurion.admin_accounts TO {group}
SELECT count(id_token) FROM centurion.admin_accounts;

-- attack: session_state through the view of accounts
-- admin: 42703
-- wall: DROP VIEW centurion.admin_accounts; CREATE VIEW centurion.admin_accounts AS SELECT * FROM public.accounts; GRANT SELECT ON centurion.admin_accounts TO {group}
SELECT count(session_state) FROM centurion.admin_accounts;

-- attack: a web session's token through its view
-- admin: 42703
-- wall: DROP VIEW centurion.admin_sessions; CREATE VIEW centurion.admin_sessions AS SELECT * FROM public.sessions; GRANT SELECT ON centurion.admin_sessions TO {group}
SELECT count("sessionToken") FROM centurion.admin_sessions;

-- attack: a verification token through its view
-- admin: 42703
-- wall: DROP VIEW centurion.admin_verification_tokens; CREATE VIEW centurion.admin_verification_tokens AS SELECT * FROM public.verification_tokens; GRANT SELECT ON centurion.admin_verification_tokens TO {group}
SELECT count(token) FROM centurion.admin_verification_tokens;

-- attack: sessionToken of sessions
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT max("sessionToken") FROM public.sessions;

-- attack: access_token of accounts
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT max(access_token) FROM public.accounts;

-- attack: token of verification_tokens
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT max(token) FROM public.verification_tokens;

-- attack: who can log in as whom
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT count(*) FROM centurion.logins;

-- attack: the logins' verifiers
-- admin coach coach2 client: 42501
-- wall: GRANT SELECT ON pg_authid TO {login}
SELECT count(*) > 0 FROM pg_catalog.pg_authid WHERE rolpassword IS NOT DISTINCT FROM NULL;

-- attack: the logins' verifiers by the old name
-- admin coach coach2 client: 42501
-- wall: GRANT SELECT ON pg_shadow TO {login}
SELECT count(*) > 0 FROM pg_catalog.pg_shadow;
