-- Becoming somebody else, or persuading the database that one is.

-- attack: becoming centurion_guard
-- admin coach coach2 client: 42501
-- wall: GRANT centurion_guard TO {login}
SET ROLE centurion_guard;

-- attack: becoming centurion_gate
-- admin coach coach2 client: 42501
-- wall: GRANT centurion_gate TO {login}
SET ROLE centurion_gate;

-- attack: becoming centurion_writer
-- admin coach coach2 client: 42501
-- wall: GRANT centurion_writer TO {login}
SET ROLE centurion_writer;

-- attack: becoming centurion_biller
-- admin coach coach2 client: 42501
-- wall: GRANT centurion_biller TO {login}
SET ROLE centurion_biller;

-- attack: becoming centurion_auditor
-- admin coach coach2 client: 42501
-- wall: GRANT centurion_auditor TO {login}
SET ROLE centurion_auditor;

-- attack: becoming centurion_registrar
-- admin coach coach2 client: 42501
-- wall: GRANT centurion_registrar TO {login}
SET ROLE centurion_registrar;

-- attack: becoming centurion_views_admin
-- admin coach coach2 client: 42501
-- wall: GRANT centurion_views_admin TO {login}
SET ROLE centurion_views_admin;

-- attack: becoming the owner
-- admin coach coach2 client: 42501
-- wall: superuser
SET ROLE postgres;

-- attack: becoming an administrator
-- coach coach2 client: 42501
-- wall: GRANT centurion_admin TO {login}
SET ROLE centurion_admin;

-- attack: an administrator's views after a group was given by mistake
-- coach coach2 client: 42501
-- wall: GRANT centurion_admin TO {login}
-- fallen: 0
SET ROLE centurion_admin;
SELECT count(*) FROM centurion.admin_users;

-- attack: own group instead of own login
-- coach: 22
-- coach2: 37
-- wall: CREATE OR REPLACE VIEW centurion.me WITH (security_barrier) AS SELECT u.id AS "userId", u.role, u.name, l.rolname FROM centurion.logins AS l JOIN public.users AS u ON u.id = l."userId" WHERE l.rolname = current_user
SET ROLE centurion_coach;
SELECT count(*) FROM centurion.coach_users;

-- attack: another one's session
-- admin coach client: 42501
-- wall: superuser
-- fallen: coach2
-- committed: only who connected as a superuser may, so nobody can be impersonated for it
SET SESSION AUTHORIZATION coach2;
SELECT session_user;

-- attack: a setting that says who one is
-- coach: 22
-- wall: identity
SET app.user_id = '4';
SELECT count(*) FROM centurion.coach_users;

-- attack: a setting that says who one is, within the statement
-- coach: 22
-- wall: identity
-- fallen: 37
SELECT count(*) FROM centurion.coach_users, (SELECT set_config('app.user_id', '4', true), set_config('centurion.user_id', '4', true), set_config('request.jwt.claims', '{"sub": 4}', true)) AS s;

-- attack: row security off
-- coach coach2: 42501
-- wall: ALTER ROLE centurion_views_coach BYPASSRLS; ALTER ROLE centurion_guard BYPASSRLS
SET row_security = off;
SELECT count(*) FROM centurion.coach_entries;

-- attack: row security off, by a client
-- client: 42501
-- wall: ALTER ROLE centurion_views_client BYPASSRLS; ALTER ROLE centurion_guard BYPASSRLS
SET row_security = off;
SELECT count(*) FROM centurion.client_entries;

-- attack: row security off for oneself
-- admin coach coach2 client: 42501
-- wall: superuser
ALTER ROLE CURRENT_USER BYPASSRLS;

-- attack: making oneself a superuser
-- admin coach coach2 client: 42501
-- wall: superuser
ALTER ROLE CURRENT_USER SUPERUSER;

-- attack: giving oneself another group
-- coach coach2 client: 42501
-- wall: GRANT centurion_admin TO {login} WITH ADMIN OPTION
GRANT centurion_admin TO coach2;

-- attack: making a login
-- admin coach coach2 client: 42501
-- wall: ALTER ROLE {login} CREATEROLE
CREATE ROLE attacks_made LOGIN IN ROLE centurion_client;

-- attack: another one's password
-- coach client: 42501
-- wall: ALTER ROLE {login} CREATEROLE
ALTER ROLE coach2 PASSWORD NULL;

-- attack: standing for another person
-- admin coach coach2 client: 42501
-- wall: tables policies
UPDATE centurion.logins SET "userId" = 2 WHERE rolname = session_user;

-- attack: standing for one who has no login
-- admin coach coach2 client: 42501
-- wall: tables policies
INSERT INTO centurion.logins VALUES ('attacks_made', 2, 'ADMIN');

-- attack: settings for everybody
-- admin coach coach2 client: 42501
-- wall: superuser
ALTER ROLE ALL SET app.user_id = '4';

-- attack: a search path that leads to planted functions
-- coach: 22
-- wall: CREATE FUNCTION centurion.planted() RETURNS integer LANGUAGE sql AS 'SELECT 4'; CREATE OR REPLACE VIEW centurion.me WITH (security_barrier) AS SELECT u.id AS "userId", u.role, u.name, session_user AS rolname FROM public.users AS u WHERE u.id = centurion.planted(); GRANT EXECUTE ON FUNCTION centurion.planted() TO PUBLIC
SET search_path = public, centurion, pg_catalog;
SELECT count(*) FROM coach_users;

-- attack: planting a function
-- admin coach coach2 client: 42501
-- wall: create
CREATE FUNCTION public.today() RETURNS date LANGUAGE sql AS 'SELECT NULL::date';

-- attack: planting a function among ours
-- admin coach coach2 client: 42501
-- wall: create
CREATE FUNCTION centurion.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz';

-- attack: planting an operator
-- admin coach coach2 client: 42501
-- wall: create
CREATE OPERATOR public.= (FUNCTION = pg_catalog.int4ne, LEFTARG = integer, RIGHTARG = integer);

-- attack: planting a cast or type
-- admin coach coach2 client: 42501
-- wall: create
-- fallen: 42710
CREATE TYPE public."Role" AS ENUM ('ADMIN');

-- attack: planting a temporary table
-- admin coach coach2 client: 42501
-- wall: database
CREATE TEMP TABLE users AS SELECT 1 AS id;

-- attack: planting a temporary function
-- admin coach coach2 client: 42501
-- wall: database
CREATE FUNCTION pg_temp.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz';

-- attack: planting a temporary view
-- admin coach coach2 client: 42501
-- wall: database
CREATE TEMP VIEW users AS SELECT 1 AS id;

-- attack: planting a schema
-- admin coach coach2 client: 42501
-- wall: database
CREATE SCHEMA coach;

-- attack: a table of one's own
-- admin coach coach2 client: 42501
-- wall: create
CREATE TABLE public.mine (x integer);

-- attack: a trigger on a view
-- coach coach2: 42501
-- wall: owner
CREATE TRIGGER mine INSTEAD OF INSERT ON centurion.coach_users FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();

-- attack: a rule on a view
-- coach coach2: 42501
-- wall: owner
CREATE RULE mine AS ON INSERT TO centurion.coach_users DO INSTEAD NOTHING;
