-- What holds the attackers off, taken down one by one. {group} is the attacker's group of logins, {login} the attacker.

-- wall: tables
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON ALL TABLES IN SCHEMA public, centurion TO {group};

-- wall: sequences
GRANT ALL ON ALL SEQUENCES IN SCHEMA public, centurion TO {group};

-- wall: policies
DO $$
DECLARE
    guarded record;
BEGIN
    FOR guarded IN SELECT oid::regclass AS name FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND relrowsecurity
    LOOP
        EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', guarded.name);
    END LOOP;
END
$$;

-- wall: functions
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA centurion TO {group};

-- wall: fences
DO $$
DECLARE
    fenced record;
BEGIN
    FOR fenced IN SELECT oid::regclass AS name, regexp_replace(pg_get_viewdef(oid), '\s+OFFSET 0;$', '') AS definition
                  FROM pg_class WHERE relnamespace = 'centurion'::regnamespace AND relkind = 'v' AND pg_get_viewdef(oid) ~ '\sOFFSET 0;$'
    LOOP
        EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', fenced.name, fenced.definition);
    END LOOP;
END
$$;

-- wall: barriers
DO $$
DECLARE
    fenced record;
BEGIN
    FOR fenced IN SELECT oid::regclass AS name
                  FROM pg_class WHERE relnamespace = 'centurion'::regnamespace AND relkind = 'v' AND 'security_barrier=true' = ANY (reloptions)
    LOOP
        EXECUTE format('ALTER VIEW %s RESET (security_barrier)', fenced.name);
    END LOOP;
END
$$;

-- Whose clients are whose.
-- wall: clients
CREATE OR REPLACE VIEW centurion.my_clients WITH (security_barrier) AS SELECT u.id AS "userId" FROM public.users AS u;

-- Identity as many do it: a setting says who somebody is.
-- wall: identity
CREATE OR REPLACE VIEW centurion.me WITH (security_barrier) AS
SELECT u.id AS "userId", u.role, u.name, session_user AS rolname FROM public.users AS u
WHERE u.id = nullif(current_setting('app.user_id', true), '')::integer;

-- wall: promoted
UPDATE public.users SET role = 'ADMIN' WHERE id = (SELECT l."userId" FROM centurion.logins AS l WHERE l.rolname = '{login}');
UPDATE centurion.logins SET role = 'ADMIN' WHERE rolname = '{login}';

-- wall: superuser
ALTER ROLE {login} SUPERUSER;

-- wall: owner
DO $$
DECLARE
    owned record;
BEGIN
    FOR owned IN SELECT oid::regclass AS name FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND relkind IN ('r', 'v')
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO {login}', owned.name);
    END LOOP;
END
$$;

-- wall: create
GRANT CREATE ON SCHEMA public, centurion TO {group};

-- wall: database
DO $$ BEGIN EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO {group}', current_database()); END $$;

-- What the functions behind the screens ask first.
-- wall: gates
CREATE OR REPLACE FUNCTION centurion.may_see_member(member integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OR REPLACE FUNCTION centurion.may_see_cohort(cohort integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OR REPLACE FUNCTION centurion.require_coach(coach integer) RETURNS integer LANGUAGE sql AS 'SELECT coach';
CREATE OR REPLACE FUNCTION centurion.require_calendar(coach integer) RETURNS centurion.me LANGUAGE sql AS 'SELECT m FROM centurion.me AS m';
CREATE OR REPLACE FUNCTION centurion.require_queue(coach integer, monday date, look boolean) RETURNS integer LANGUAGE sql AS 'SELECT coach';

-- What functions that change something ask first.
-- wall: members
CREATE OR REPLACE FUNCTION centurion.is_theirs(person centurion.me, member integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';

-- What row security lets those functions write.
-- wall: writers
DO $$
DECLARE
    policy record;
BEGIN
    FOR policy IN SELECT polname AS name, polrelid::regclass AS relation, polcmd AS command FROM pg_policy WHERE polname LIKE 'centurion\_writer\_%'
    LOOP
        IF policy.command IN ('w', 'd') THEN
            EXECUTE format('ALTER POLICY %I ON %s USING (true)', policy.name, policy.relation);
        END IF;
        IF policy.command IN ('w', 'a') THEN
            EXECUTE format('ALTER POLICY %I ON %s WITH CHECK (true)', policy.name, policy.relation);
        END IF;
    END LOOP;
END
$$;
