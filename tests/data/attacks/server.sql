-- The server itself: its tables' walls, counters, statistics, files and programs, and other people's sessions.

-- attack: emptying a table
-- admin coach coach2 client: 42501
-- wall: tables
TRUNCATE public.entries CASCADE;

-- attack: locking a table against everybody
-- admin coach coach2 client: 42501
-- wall: owner
LOCK TABLE public.entries IN ACCESS EXCLUSIVE MODE NOWAIT;

-- attack: locking a table against writers
-- admin coach coach2 client: 42501
-- wall: tables
LOCK TABLE public.entries IN SHARE MODE NOWAIT;

-- attack: locking a view and what is below it
-- coach coach2: 42501
-- wall: GRANT UPDATE ON centurion.coach_entries TO {group}; GRANT UPDATE ON public.entries TO centurion_views_coach; GRANT UPDATE ON public.users, public.cohorts, public.cohort_memberships, public.coach_cohort_memberships, centurion.logins TO centurion_guard; GRANT UPDATE ON centurion.me, centurion.my_clients, centurion.gone_users TO centurion_views_coach; GRANT UPDATE ON centurion.me, centurion.my_cohorts TO centurion_guard
LOCK TABLE centurion.coach_entries IN ACCESS EXCLUSIVE MODE NOWAIT;

-- attack: triggers off
-- admin coach coach2 client: 42501
-- wall: owner
ALTER TABLE public.entries DISABLE TRIGGER USER;

-- attack: triggers off for the session
-- admin coach coach2 client: 42501
-- wall: superuser
SET session_replication_role = replica;

-- attack: dropping a policy
-- admin coach coach2 client: 42501
-- wall: owner
DROP POLICY centurion_coach ON public.entries;

-- attack: adding a policy
-- admin coach coach2 client: 42501
-- wall: owner
CREATE POLICY mine ON public.entries USING (true);

-- attack: row security off for a table
-- admin coach coach2 client: 42501
-- wall: owner
ALTER TABLE public.entries DISABLE ROW LEVEL SECURITY;

-- attack: taking a table over
-- admin coach coach2 client: 42501
-- wall: superuser
ALTER TABLE public.entries OWNER TO CURRENT_USER;

-- attack: granting oneself a table
-- admin coach coach2 client: 42501
-- wall: owner
GRANT SELECT ON public.entries TO CURRENT_USER;

-- attack: granting on what one may read, to somebody else
-- coach coach2: f
-- wall: GRANT SELECT ON centurion.coach_users TO {login} WITH GRANT OPTION
GRANT SELECT ON centurion.coach_users TO client;
SELECT has_table_privilege('client', 'centurion.coach_users', 'SELECT');

-- attack: replacing a view
-- coach coach2: 42501
-- wall: owner create
CREATE OR REPLACE VIEW centurion.coach_member_frequencies AS SELECT 1 AS "userId", 1 AS days;

-- attack: replacing who is who
-- admin coach coach2 client: 42501
-- wall: owner create
CREATE OR REPLACE VIEW centurion.me AS SELECT 1 AS "userId", 'ADMIN'::public."Role" AS role, 'x'::text AS name, session_user::name AS rolname;

-- attack: replacing a function
-- admin coach coach2 client: 42501
-- wall: superuser
CREATE OR REPLACE FUNCTION centurion.today() RETURNS date LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';

-- attack: a function's rights taken over
-- admin coach coach2 client: 42501
-- wall: superuser
ALTER FUNCTION centurion.whoami() OWNER TO CURRENT_USER;

-- attack: a function's search path
-- admin coach coach2 client: 42501
-- wall: superuser
ALTER FUNCTION centurion.whoami() SET search_path = public;

-- attack: a number of users burnt
-- admin coach coach2 client: 42501
-- wall: sequences
SELECT nextval('public.users_id_seq') > 0;

-- attack: a number of entries burnt
-- admin coach coach2 client: 42501
-- wall: sequences
SELECT nextval('public.entries_id_seq') > 0;

-- attack: a number of audit_logs burnt
-- admin coach coach2 client: 42501
-- wall: sequences
SELECT nextval('public.audit_logs_id_seq') > 0;

-- attack: numbers set back
-- admin coach coach2 client: 42501
-- wall: sequences
SELECT setval('public.invoices_id_seq', 1);

-- attack: the last number given
-- admin coach coach2 client: 42501
-- wall: sequences
SELECT last_value > 0 FROM public.users_id_seq;

-- attack: the last number given, by its function
-- admin coach coach2 client: nothing
-- wall: sequences
SELECT last_value > 0 FROM pg_catalog.pg_sequences WHERE sequencename = 'users_id_seq';

-- attack: the last number of the session
-- admin coach coach2 client: 42501
-- wall: sequences
-- wall: DO $$ BEGIN PERFORM nextval('public.users_id_seq'); END $$
-- fallen: t
SELECT currval('public.users_id_seq') > 0;

-- attack: what somebody else is asking
-- admin coach coach2 client: <insufficient privilege>
-- wall: GRANT pg_read_all_stats TO {login}
SELECT query FROM pg_catalog.pg_stat_activity WHERE usename = 'postgres' AND datname = current_database() LIMIT 1;

-- attack: from where somebody is connected
-- admin coach coach2 client: nothing
-- wall: GRANT pg_read_all_stats TO {login}
SELECT backend_start FROM pg_catalog.pg_stat_activity WHERE usename = 'postgres' AND datname = current_database() LIMIT 1;

-- attack: stopping what somebody else does
-- admin coach client: 42501
-- wall: GRANT pg_signal_backend TO {login}
SELECT pg_cancel_backend(pid) FROM pg_catalog.pg_stat_activity WHERE usename = 'coach2' AND datname = current_database();

-- attack: reading a file of the server
-- admin coach coach2 client: 42501
-- wall: GRANT pg_read_server_files TO {login}; GRANT EXECUTE ON FUNCTION pg_read_file(text) TO {login}
SELECT length(pg_read_file('PG_VERSION')) > 0;

-- attack: reading a file of the server as bytes
-- admin coach coach2 client: 42501
-- wall: GRANT pg_read_server_files TO {login}; GRANT EXECUTE ON FUNCTION pg_read_binary_file(text) TO {login}
SELECT length(pg_read_binary_file('PG_VERSION')) > 0;

-- attack: listing the server's files
-- admin coach coach2 client: 42501
-- wall: GRANT pg_read_server_files TO {login}; GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO {login}
SELECT count(*) > 0 FROM pg_ls_dir('.');

-- attack: a file's size and age
-- admin coach coach2 client: 42501
-- wall: GRANT pg_read_server_files TO {login}; GRANT EXECUTE ON FUNCTION pg_stat_file(text) TO {login}
SELECT size > 0 FROM pg_stat_file('PG_VERSION');

-- attack: the server's log
-- admin coach coach2 client: 42501
-- wall: GRANT EXECUTE ON FUNCTION pg_ls_logdir() TO {login}
-- fallen: 58P01
SELECT count(*) >= 0 FROM pg_ls_logdir();

-- attack: where the log is
-- admin coach coach2 client: 42501
-- wall: GRANT EXECUTE ON FUNCTION pg_current_logfile() TO {login}
SELECT pg_current_logfile() IS NULL;

-- attack: who may connect from where
-- admin coach coach2 client: 42501
-- wall: GRANT SELECT ON pg_catalog.pg_hba_file_rules TO {login}; GRANT EXECUTE ON FUNCTION pg_hba_file_rules() TO {login}
SELECT count(*) > 0 FROM pg_catalog.pg_hba_file_rules;

-- attack: the server's settings as they are stored
-- admin coach coach2 client: 42501
-- wall: GRANT SELECT ON pg_catalog.pg_file_settings TO {login}; GRANT EXECUTE ON FUNCTION pg_show_all_file_settings() TO {login}
SELECT count(*) > 0 FROM pg_catalog.pg_file_settings;

-- attack: where the data are
-- admin coach coach2 client: 42501
-- wall: GRANT pg_read_all_settings TO {login}
SELECT length(current_setting('data_directory')) > 0;

-- attack: reading the settings again
-- admin coach coach2 client: 42501
-- wall: GRANT EXECUTE ON FUNCTION pg_reload_conf() TO {login}
SELECT pg_reload_conf();

-- attack: making the server write
-- admin coach coach2 client: 42501
-- wall: GRANT pg_checkpoint TO {login}
CHECKPOINT;

-- attack: a table from a file
-- admin coach coach2 client: 42501
-- wall: superuser
CREATE TABLE public.mine (x text); COPY public.mine FROM '/etc/hostname';

-- attack: a file out of a view
-- admin coach coach2 client: 42501
-- wall: GRANT pg_write_server_files TO {login}
COPY (SELECT 1) TO '/dev/null';

-- attack: a program on the server
-- admin coach coach2 client: 42501
-- wall: GRANT pg_execute_server_program TO {login}
COPY (SELECT 1) TO PROGRAM 'cat >/dev/null';

-- attack: a large object
-- admin coach coach2 client: 42501
-- wall: GRANT EXECUTE ON FUNCTION lo_create(oid) TO {login}
SELECT lo_create(0) > 0;

-- attack: a large object from bytes
-- admin coach coach2 client: 42501
-- wall: GRANT EXECUTE ON FUNCTION lo_from_bytea(oid, bytea) TO {login}
SELECT lo_from_bytea(0, 'x') > 0;

-- attack: a large object from a file
-- admin coach coach2 client: 42501
-- wall: superuser
SELECT lo_import('/etc/hostname') > 0;

-- attack: large objects as they are stored
-- admin coach coach2 client: 42501
-- wall: GRANT SELECT ON pg_catalog.pg_largeobject TO {login}
SELECT count(*) FROM pg_catalog.pg_largeobject;

-- attack: an untrusted function
-- admin coach coach2 client: 42501
-- wall: superuser
CREATE FUNCTION public.mine() RETURNS integer LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';

-- attack: a publication
-- admin coach coach2 client: 42501
-- wall: owner database
CREATE PUBLICATION mine FOR TABLE public.users;

-- attack: a server elsewhere
-- admin coach coach2 client: 42501
-- wall: superuser
CREATE FOREIGN DATA WRAPPER mine;

-- attack: an event trigger
-- admin coach coach2 client: 42501
-- wall: superuser
-- fallen: 42P17
CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION centurion.audit();

-- attack: statistics of one's own
-- admin coach coach2 client: 42501
-- wall: owner create
CREATE STATISTICS public.mine ON email, name FROM public.users;

-- attack: an index with a function
-- admin coach coach2 client: 42501
-- wall: owner create
CREATE INDEX mine ON public.users (lower(email));

-- attack: a copy that refreshes itself
-- admin coach coach2 client: 42501
-- wall: tables policies create
CREATE MATERIALIZED VIEW public.mine AS SELECT * FROM public.users;

-- attack: a part of a table
-- admin coach coach2 client: 42501
-- wall: superuser
-- fallen: 42P17
CREATE TABLE public.mine PARTITION OF public.users DEFAULT;

-- attack: a table that inherits
-- admin coach coach2 client: 42501
-- wall: owner create
CREATE TABLE public.mine () INHERITS (public.users);

-- attack: a reference to a table
-- admin coach coach2 client: 42501
-- wall: create tables
CREATE TABLE public.mine (id integer REFERENCES public.users (id));
