-- Reading other people's rows. Member 90 and cohort 5 are none of any attacker's but the administrator's.

-- attack: any table at all
-- admin coach coach2 client: DO
-- wall: tables policies
-- fallen: P0001
DO $$
DECLARE
    tried record;
BEGIN
    FOR tried IN SELECT oid::regclass AS name FROM pg_class
                 WHERE relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND relkind IN ('r', 'p', 'm') AND relname <> 'maintenance'
    LOOP
        BEGIN
            EXECUTE format('SELECT FROM %s', tried.name);
            RAISE EXCEPTION USING ERRCODE = 'P0001', MESSAGE = 'read ' || tried.name;
        EXCEPTION
            WHEN insufficient_privilege THEN NULL;
        END;
    END LOOP;
END
$$;

-- attack: any view that is not theirs
-- coach coach2 client: DO
-- wall: tables
-- fallen: P0001
DO $$
DECLARE
    tried record;
BEGIN
    FOR tried IN SELECT oid::regclass AS name FROM pg_class
                 WHERE relnamespace = 'centurion'::regnamespace AND relkind = 'v'
                       AND NOT relname ~ (SELECT '^(' || substr(r.rolname, 11) || '_|(bootcamps|profile|settings|setting_kinds)$)' FROM pg_roles AS r
                                          WHERE r.rolname IN ('centurion_coach', 'centurion_client') AND pg_has_role(session_user, r.oid, 'USAGE'))
    LOOP
        BEGIN
            EXECUTE format('SELECT FROM %s', tried.name);
            RAISE EXCEPTION USING ERRCODE = 'P0001', MESSAGE = 'read ' || tried.name;
        EXCEPTION
            WHEN insufficient_privilege THEN NULL;
        END;
    END LOOP;
END
$$;

-- attack: rows about a stranger in any view
-- coach coach2 client: DO
-- wall: policies
-- fallen: P0001
DO $$
DECLARE
    tried record;
    found bigint;
BEGIN
    FOR tried IN SELECT c.oid::regclass AS name, a.attname AS key
                 FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname IN ('userId', 'cohortId', 'clientId')
                 WHERE c.relnamespace = 'centurion'::regnamespace AND c.relkind = 'v' AND has_table_privilege(c.oid, 'SELECT')
                       AND c.relname <> 'coach_bootcamp_attendees' -- who attends is every coach's business
    LOOP
        EXECUTE format('SELECT count(*) FROM %s WHERE %I = %s', tried.name, tried.key, CASE tried.key WHEN 'cohortId' THEN 5 ELSE 90 END) INTO found;
        IF found > 0 THEN
            RAISE EXCEPTION USING ERRCODE = 'P0001', MESSAGE = format('%s of %s', found, tried.name);
        END IF;
    END LOOP;
END
$$;

-- attack: directly
-- coach coach2: 0
-- wall: clients
SELECT count(*) FROM centurion.coach_entries WHERE "userId" = 90;

-- attack: directly, by a client
-- client: 0
-- wall: policies
SELECT count(*) FROM centurion.client_entries WHERE "userId" = 90;

-- attack: by a join
-- coach coach2: 0
-- wall: clients
SELECT count(*) FROM generate_series(90, 90) AS g (id) JOIN centurion.coach_users AS u ON u.id = g.id JOIN centurion.coach_entries AS e ON e."userId" = g.id;

-- attack: by a join, by a client
-- client: 0
-- wall: policies
SELECT count(*) FROM generate_series(90, 90) AS g (id) JOIN centurion.client_users AS u ON u.id = g.id JOIN centurion.client_entries AS e ON e."userId" = g.id;

-- attack: by an outer join
-- coach coach2: nothing
-- wall: clients
SELECT e.notes FROM (VALUES (90)) AS v (id) LEFT JOIN centurion.coach_entries AS e ON e."userId" = v.id AND e.id IS NOT NULL ORDER BY e.notes LIMIT 1;

-- attack: by an outer join, by a client
-- client: nothing
-- wall: policies
SELECT e.notes FROM (VALUES (90)) AS v (id) LEFT JOIN centurion.client_entries AS e ON e."userId" = v.id AND e.id IS NOT NULL ORDER BY e.notes LIMIT 1;

-- attack: by a subquery for each row
-- coach coach2: nothing
-- wall: clients
SELECT (SELECT max(u.email) FROM centurion.coach_users AS u WHERE u.id = v.id) FROM (VALUES (90)) AS v (id);

-- attack: by a subquery for each row, by a client
-- client: nothing
-- wall: policies
SELECT (SELECT max(u.email) FROM centurion.client_users AS u WHERE u.id = v.id) FROM (VALUES (90)) AS v (id);

-- attack: by COPY
-- coach coach2: nothing
-- wall: clients
COPY (SELECT email FROM centurion.coach_users WHERE id = 90) TO STDOUT;

-- attack: by COPY, by a client
-- client: nothing
-- wall: policies
COPY (SELECT email FROM centurion.client_users WHERE id = 90) TO STDOUT;

-- attack: by a cursor
-- coach coach2: nothing
-- wall: clients
DECLARE mine SCROLL CURSOR FOR SELECT id FROM centurion.coach_users WHERE id = 90; FETCH LAST FROM mine;

-- attack: by a cursor, by a client
-- client: nothing
-- wall: policies
DECLARE mine SCROLL CURSOR FOR SELECT id FROM centurion.client_users WHERE id = 90; FETCH LAST FROM mine;

-- attack: by a prepared statement
-- coach coach2: nothing
-- wall: clients
PREPARE mine (integer) AS SELECT email FROM centurion.coach_users WHERE id = $1; EXECUTE mine (90);

-- attack: by a prepared statement, by a client
-- client: nothing
-- wall: policies
PREPARE mine (integer) AS SELECT email FROM centurion.client_users WHERE id = $1; EXECUTE mine (90);

-- attack: as a whole row
-- coach coach2: nothing
-- wall: clients
SELECT u FROM centurion.coach_users AS u WHERE u.id = 90;

-- attack: as a whole row, by a client
-- client: nothing
-- wall: policies
SELECT u FROM centurion.client_users AS u WHERE u.id = 90;

-- attack: as JSON
-- coach coach2: nothing
-- wall: clients
SELECT to_jsonb(u) FROM centurion.coach_users AS u WHERE u.id = 90;

-- attack: as JSON, by a client
-- client: nothing
-- wall: policies
SELECT to_jsonb(u) FROM centurion.client_users AS u WHERE u.id = 90;

-- attack: as XML
-- coach coach2: f
-- wall: clients
SELECT xpath_exists('//email[starts-with(text(), "imogen.frost")]', query_to_xml('SELECT * FROM centurion.coach_users', false, false, ''));

-- attack: as XML, by a client
-- client: f
-- wall: policies
SELECT xpath_exists('//email[starts-with(text(), "imogen.frost")]', query_to_xml('SELECT * FROM centurion.client_users', false, false, ''));

-- attack: in an aggregate over everything
-- coach coach2: f
-- wall: clients
SELECT bool_or(u.email LIKE 'imogen.frost%') FROM centurion.coach_users AS u;

-- attack: in an aggregate over everything, by a client
-- client: f
-- wall: policies
SELECT bool_or(u.email LIKE 'imogen.frost%') FROM centurion.client_users AS u;

-- attack: in a window
-- coach coach2: nothing
-- wall: clients
SELECT string_agg(w.email, ',') FILTER (WHERE w.id = 90) FROM (SELECT id, email, lag(email) OVER (ORDER BY id) FROM centurion.coach_users) AS w;

-- attack: in a window, by a client
-- client: nothing
-- wall: policies
SELECT string_agg(w.email, ',') FILTER (WHERE w.id = 90) FROM (SELECT id, email, lag(email) OVER (ORDER BY id) FROM centurion.client_users) AS w;

-- attack: by a deleted member's number
-- coach: 0
-- wall: DROP VIEW centurion.gone_users CASCADE; CREATE VIEW centurion.coach_entries AS SELECT * FROM public.entries; GRANT SELECT ON centurion.coach_entries TO {group}
SELECT count(*) FROM centurion.coach_entries WHERE "userId" = 32;

-- attack: rows locked on the way
-- coach coach2: 42501
-- wall: GRANT UPDATE ON centurion.coach_users TO {group}; GRANT UPDATE ON public.users TO centurion_views_coach; CREATE POLICY breach ON public.users FOR UPDATE TO centurion_views_coach USING (true)
SELECT count(*) FROM (SELECT FROM centurion.coach_users FOR UPDATE) AS u;

-- attack: a sample of a table
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT count(*) > 0 FROM public.users TABLESAMPLE SYSTEM (100);

-- attack: by a row's place in the table
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT email FROM public.users WHERE ctid = '(0,1)';

-- attack: a row's place through a view
-- coach coach2: 42703
-- wall: DROP VIEW centurion.coach_users; CREATE VIEW centurion.coach_users AS SELECT ctid, * FROM public.users; GRANT SELECT ON centurion.coach_users TO {group}
SELECT email FROM centurion.coach_users WHERE ctid = '(0,1)';

-- attack: a table as XML
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT length(table_to_xml('public.users', false, false, '')::text) > 0;

-- attack: a table only as the start of another
-- admin coach coach2 client: 42501
-- wall: tables policies
SELECT count(*) FROM (TABLE ONLY public.coach_notes) AS n;

-- attack: other coaches' reviews
-- coach coach2: 0
-- wall: policies
SELECT count(*) FROM centurion.coach_reviews WHERE "coachId" NOT IN (SELECT user_id FROM centurion.whoami());

-- attack: what others did
-- coach coach2: 0
-- wall: policies
SELECT count(*) FROM centurion.coach_audit_logs WHERE "userId" IS DISTINCT FROM (SELECT user_id FROM centurion.whoami());

-- attack: notes, by a client
-- client: 42501
-- wall: GRANT SELECT ON centurion.coach_coach_notes TO {group}; ALTER TABLE public.coach_notes DISABLE ROW LEVEL SECURITY; ALTER VIEW centurion.coach_coach_notes OWNER TO postgres; CREATE OR REPLACE VIEW centurion.coach_coach_notes AS SELECT * FROM public.coach_notes
SELECT count(*) FROM centurion.coach_coach_notes;

-- attack: invoices, by a coach
-- coach coach2: 42501
-- wall: GRANT SELECT ON centurion.admin_invoices TO {group}
-- fallen: 0
SELECT count(*) FROM centurion.admin_invoices;

-- attack: an administrator's view that was granted by mistake, by a coach
-- coach coach2: 42501
-- wall: GRANT SELECT ON centurion.admin_users TO {group}; UPDATE public.users SET role = 'ADMIN' WHERE id IN (3, 4); UPDATE centurion.logins SET role = 'ADMIN'
-- fallen: t
SELECT count(*) > 100 FROM centurion.admin_users;

-- attack: writing through a view
-- admin: 42501
-- wall: GRANT UPDATE ON centurion.admin_users TO {group}; GRANT UPDATE ON public.users TO centurion_views_admin; CREATE POLICY breach ON public.users FOR UPDATE TO centurion_views_admin USING (true)
UPDATE centurion.admin_users SET role = 'ADMIN' WHERE id = 90;
