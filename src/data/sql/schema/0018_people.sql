-- People and their logins: who may add, change and disable whom, and what a login's role on the server is kept in step with.
--
-- centurion.logins says whose login is whose; a trigger on it is the one place that gives a role its group and takes it away, that
-- opens and closes it, and that ends its sessions. users.role stays the authority: a trigger there carries it into centurion.logins, so
-- that a demotion made by the web application counts at once too.

-- When a login's password was last set by a function of ours. What it is only the server knows.
ALTER TABLE centurion.logins ADD COLUMN "passwordAt" timestamp(3);

-- The registrar acts for administrators, and for whoever changes a person's role: the triggers need every login.
GRANT SELECT (xmin, id, email, name, image, role, "createdAt", "deletedAt"), UPDATE (password, "updatedAt") ON public.users TO centurion_registrar;
GRANT SELECT, INSERT, UPDATE, DELETE ON centurion.logins TO centurion_registrar;
GRANT SELECT (id, metadata) ON public.audit_logs TO centurion_registrar;
CREATE POLICY centurion_registrar_read ON public.users FOR SELECT TO centurion_registrar USING (true);
CREATE POLICY centurion_registrar_update ON public.users FOR UPDATE TO centurion_registrar USING ((SELECT centurion.acts_as_admin()));
CREATE POLICY centurion_registrar ON centurion.logins TO centurion_registrar USING (true);
CREATE POLICY centurion_registrar_read ON public.audit_logs FOR SELECT TO centurion_registrar USING (true);

-- What the lists of people and logins show. Of sessions, accounts and tokens: that they are there, never what they are.
GRANT SELECT ON centurion.logins TO centurion_gate;
GRANT SELECT (image, "emailVerified", "updatedAt", xmin) ON public.users TO centurion_gate;
GRANT SELECT (id, "userId", expires) ON public.sessions TO centurion_gate;
GRANT SELECT (id, "userId", type, provider, "providerAccountId", scope, expires_at) ON public.accounts TO centurion_gate;
GRANT SELECT (identifier, expires) ON public.verification_tokens TO centurion_gate;
CREATE POLICY centurion_gate ON centurion.logins FOR SELECT TO centurion_gate USING (true);
CREATE POLICY centurion_gate ON public.sessions FOR SELECT TO centurion_gate USING (true);
CREATE POLICY centurion_gate ON public.accounts FOR SELECT TO centurion_gate USING (true);
CREATE POLICY centurion_gate ON public.verification_tokens FOR SELECT TO centurion_gate USING (true);

GRANT SELECT (xmin) ON public.sessions TO centurion_writer;

-- The web application compares addresses as they are; ours are lower case, and none may differ from another by case alone.
CREATE INDEX centurion_users_email_lower_idx ON public.users (lower(email));

-- ---- The server's side of a login ----

-- Whether a role is a person's only, and so ours to open and close: never the tables' owner or a superuser, even where one is mapped.
CREATE FUNCTION centurion.is_persons_role(login name) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM pg_roles AS r
                  WHERE r.rolname = login AND NOT r.rolsuper
                        AND NOT pg_has_role(r.oid, (SELECT c.relowner FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                                                    WHERE c.relname = 'users' AND n.nspname = 'public'), 'USAGE')) $$;

-- Ends a login's sessions, all but the one that asks; how many there were. Only members of a role may end its sessions, so the
-- registrar becomes one for the moment.
CREATE FUNCTION centurion.end_sessions(login name) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    -- Since PostgreSQL 16 a membership says what it is good for, and each has a grantor of its own.
    grantors constant boolean := current_setting('server_version_num')::integer >= 160000;
    lent  boolean;
    ended integer;
BEGIN
    IF NOT centurion.is_persons_role(login)
       OR NOT EXISTS (SELECT FROM pg_stat_activity AS a WHERE a.usename = login AND a.pid <> pg_backend_pid()) THEN
        RETURN 0;
    END IF;
    lent := NOT pg_has_role(current_user, login, 'USAGE');
    IF lent THEN
        EXECUTE format('GRANT %I TO centurion_registrar', login) || CASE WHEN grantors THEN ' WITH INHERIT TRUE, SET FALSE GRANTED BY centurion_registrar' ELSE '' END;
    END IF;
    SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid)) INTO ended FROM pg_stat_activity AS a WHERE a.usename = login AND a.pid <> pg_backend_pid();
    IF lent THEN
        EXECUTE format('REVOKE %I FROM centurion_registrar', login) || CASE WHEN grantors THEN ' GRANTED BY centurion_registrar' ELSE '' END;
    END IF;
    RETURN ended;
EXCEPTION
    WHEN OTHERS THEN
        RAISE WARNING 'The sessions of the login "%" could not be ended: %', login, SQLERRM
            USING HINT = format('An administrator of the server does it: SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %L', login);
        RETURN 0;
END
$$;

-- Makes a role a member of this group and of no other of ours, and opens it; with NULL of none, and closes it. What the server does not let
-- the registrar do (since PostgreSQL 16: with roles that somebody else made) is said and fails nothing: the rights are closed by
-- centurion.logins anyway.
CREATE FUNCTION centurion.place_login(login name, wanted text) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    grantors constant boolean := current_setting('server_version_num')::integer >= 160000;
    undone text;
    step   text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = login) THEN
        IF wanted IS NOT NULL THEN
            RAISE WARNING 'There is no role "%" on this server', login
                USING HINT = format('An administrator of the server makes it: CREATE ROLE %I LOGIN IN ROLE %I', login, wanted);
        END IF;
        RETURN;
    END IF;
    FOR step IN
        SELECT format('REVOKE %I FROM %I', g.rolname, login) || CASE WHEN grantors THEN format(' GRANTED BY %I', b.rolname) ELSE '' END
        FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid JOIN pg_roles AS p ON p.oid = m.member
             LEFT JOIN pg_roles AS b ON b.oid = m.grantor
        WHERE p.rolname = login AND g.rolname IN ('centurion_admin', 'centurion_coach', 'centurion_client') AND g.rolname IS DISTINCT FROM wanted
        UNION ALL
        SELECT format('GRANT %I TO %I', wanted, login)
        WHERE wanted IS NOT NULL
              AND NOT EXISTS (SELECT FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid JOIN pg_roles AS p ON p.oid = m.member
                              WHERE p.rolname = login AND g.rolname = wanted)
        UNION ALL
        SELECT format('ALTER ROLE %I %s', login, CASE WHEN wanted IS NULL THEN 'NOLOGIN' ELSE 'LOGIN' END)
        FROM pg_roles AS r
        WHERE r.rolname = login AND r.rolcanlogin = (wanted IS NULL) AND centurion.is_persons_role(login)
    LOOP
        BEGIN
            EXECUTE step;
        EXCEPTION
            WHEN OTHERS THEN undone := concat_ws('; ', undone, step);
        END;
    END LOOP;
    IF undone IS NOT NULL THEN
        RAISE WARNING 'The role "%" could not be brought into step with its login', login
            USING HINT = 'An administrator of the server does it: ' || undone;
    END IF;
END
$$;

-- A login that is disabled, of a deleted person, or that says another role than the person has, is nobody's: it loses its group.
CREATE FUNCTION centurion.login_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND OLD.rolname <> NEW.rolname THEN
        PERFORM centurion.place_login(OLD.rolname, NULL);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM centurion.place_login(NEW.rolname, (SELECT 'centurion_' || lower(u.role::text) FROM public.users AS u
                                                    WHERE u.id = NEW."userId" AND u."deletedAt" IS NULL AND u.role = NEW.role AND NEW.enabled));
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER centurion_login_changed AFTER INSERT OR UPDATE OR DELETE ON centurion.logins
    FOR EACH ROW EXECUTE FUNCTION centurion.login_changed();

-- An open transaction keeps the rights that it began with, so sessions end with them. At the very end of the transaction that takes
-- the rights away: a program that comes back at once finds them gone, and nobody is thrown out for a change that fails.
CREATE FUNCTION centurion.login_ended() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.rolname, OLD."userId", OLD.role) = (NEW.rolname, NEW."userId", NEW.role) AND NEW.enabled
           AND EXISTS (SELECT FROM public.users AS u WHERE u.id = NEW."userId" AND u."deletedAt" IS NULL) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM centurion.end_sessions(OLD.rolname);
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER centurion_login_ended AFTER UPDATE OR DELETE ON centurion.logins DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION centurion.login_ended();

-- Whoever changes a person's role, or deletes or restores somebody: the login follows.
CREATE FUNCTION centurion.user_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    UPDATE centurion.logins AS l SET role = NEW.role WHERE l."userId" = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER centurion_user_changed AFTER UPDATE ON public.users
    FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD."deletedAt" IS DISTINCT FROM NEW."deletedAt") EXECUTE FUNCTION centurion.user_changed();

-- ---- What holds for people, whoever of us writes them ----

-- How many administrators there are beside this person. They are locked in one order, so that two who remove each other at
-- once come one after the other; the second one finds what the first one left.
CREATE FUNCTION centurion.other_admins(person integer) RETURNS integer
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS
$$ SELECT count(*) FILTER (WHERE a.id <> person)::integer
   FROM (SELECT u.id FROM public.users AS u WHERE u.role = 'ADMIN' AND u."deletedAt" IS NULL ORDER BY u.id FOR UPDATE) AS a $$;

CREATE FUNCTION centurion.check_user() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    other integer;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        IF TG_OP = 'DELETE' OR (OLD."deletedAt" IS NULL AND NEW."deletedAt" IS NOT NULL) OR OLD.role <> NEW.role THEN
            IF OLD.id = (SELECT me."userId" FROM centurion.me) THEN
                RAISE EXCEPTION 'Nobody removes or demotes themselves' USING ERRCODE = 'insufficient_privilege', HINT = 'Another administrator can do it.';
            END IF;
            IF OLD.role = 'ADMIN' AND OLD."deletedAt" IS NULL AND centurion.other_admins(OLD.id) = 0 THEN
                RAISE EXCEPTION 'Person % is the last administrator', OLD.id
                    USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Make somebody else an administrator first.';
            END IF;
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
    END IF;
    NEW.name := btrim(NEW.name);
    IF (TG_OP = 'INSERT' OR NEW.name IS DISTINCT FROM OLD.name)
       AND NOT coalesce(length(NEW.name) BETWEEN 2 AND 255 AND NEW.name !~ '[[:cntrl:]]', false) THEN
        RAISE EXCEPTION 'A name has 2 to 255 characters, in one line' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' OR NEW.email IS DISTINCT FROM OLD.email THEN
        NEW.email := lower(btrim(NEW.email));
        IF NOT coalesce(NEW.email ~ '^[^@[:space:][:cntrl:]<>()\[\]\\,;:"]+@([a-z0-9[:alpha:]]([a-z0-9[:alpha:]-]*[a-z0-9[:alpha:]])?\.)+[a-z0-9[:alpha:]-]{2,}$'
                        AND length(NEW.email) <= 254 AND NEW.email !~ '^\.|\.\.|\.@', false) THEN
            RAISE EXCEPTION '"%" is no e-mail address', NEW.email USING ERRCODE = 'check_violation', HINT = 'It looks like: name@example.org';
        END IF;
        other := (SELECT min(u.id) FROM public.users AS u WHERE lower(u.email) = NEW.email AND u.id <> NEW.id);
        IF other IS NOT NULL THEN
            RAISE EXCEPTION 'The e-mail address % is somebody else''s already', NEW.email
                USING ERRCODE = 'unique_violation', HINT = CASE WHEN centurion.acts_as_admin() THEN format('It is that of person %s.', other) ELSE '' END;
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.image IS DISTINCT FROM OLD.image AND NEW.image IS NOT NULL AND NOT (NEW.image ~ '^https?://[^[:space:][:cntrl:]]+$' AND length(NEW.image) <= 2000) THEN
        RAISE EXCEPTION 'An image is the address of one, with https:// or http://' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_user BEFORE INSERT OR UPDATE OR DELETE ON public.users
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_user();

-- ---- People ----

CREATE FUNCTION centurion.require_role(role text) RETURNS public."Role"
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF role IS NULL OR role NOT IN ('ADMIN', 'COACH', 'CLIENT') THEN
        RAISE EXCEPTION 'A role is ADMIN, COACH or CLIENT, not %', coalesce('"' || role || '"', 'empty') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN role::public."Role";
END
$$;

-- user NULL adds somebody, which is for administrators: name, email and role (CLIENT unless it is said). Else changes: administrators
-- anybody's name, address and image; coaches name and address of own clients; everybody their own name and image. The own address is the key
-- that the web application lets in by, so only an administrator changes it.
CREATE FUNCTION centurion.user_save(request uuid, "user" integer, version text, changes jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
    itself constant boolean := coalesce(person."userId" = "user", false);
    added  integer;
    seen   record;
BEGIN
    IF "user" IS NULL THEN
        PERFORM centurion.require_admin();
        PERFORM centurion.require_keys(changes, '{name,email,role}');
        IF changes ? 'role' THEN
            PERFORM centurion.require_role(changes ->> 'role');
        END IF;
    ELSE
        IF NOT (person.role = 'ADMIN' OR itself OR person.role = 'COACH' AND centurion.is_theirs(person, "user")) THEN
            RAISE EXCEPTION 'There is no person %', "user" USING ERRCODE = 'no_data_found';
        END IF;
        IF itself AND person.role <> 'ADMIN' AND changes ? 'email' THEN
            RAISE EXCEPTION 'Your own e-mail address is changed by an administrator' USING ERRCODE = 'insufficient_privilege',
                HINT = 'It is what you sign in to the web application with.';
        END IF;
        PERFORM centurion.require_keys(changes, CASE WHEN person.role = 'ADMIN' THEN '{name,email,image}' WHEN itself THEN '{name,image}' ELSE '{name,email}' END::text[]);
    END IF;
    IF NOT centurion.change_begin(request, 'user_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF "user" IS NULL THEN
        INSERT INTO public.users AS u (name, email, role)
        VALUES (changes ->> 'name', changes ->> 'email', coalesce(changes ->> 'role', 'CLIENT')::public."Role")
        RETURNING u.id INTO added;
        RETURN centurion.change_saved(request, 'User', added::text);
    END IF;
    SELECT u.xmin::text AS version, u."deletedAt" INTO seen FROM public.users AS u WHERE u.id = "user" FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no person %', "user" USING ERRCODE = 'no_data_found';
    END IF;
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'User', "user"::text);
    END IF;
    IF seen."deletedAt" IS NOT NULL THEN
        RAISE EXCEPTION 'Person % is disabled', "user" USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Enable the person first.';
    END IF;
    UPDATE public.users AS u
    SET name = CASE WHEN changes ? 'name' THEN changes ->> 'name' ELSE u.name END,
        email = CASE WHEN changes ? 'email' THEN changes ->> 'email' ELSE u.email END,
        image = CASE WHEN changes ? 'image' THEN changes ->> 'image' ELSE u.image END
    WHERE u.id = "user";
    RETURN centurion.change_saved(request, 'User', "user"::text);
END
$$;

-- What changes a person's standing has in common. The sessions go first, because one of them may hold the very row; then all
-- administrators are locked, and who asks is asked again: somebody may have been faster. False: the row is not as it was seen.
CREATE FUNCTION centurion.lock_standing(person integer, version text) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    seen record;
BEGIN
    SELECT u.xmin::text AS version INTO seen FROM public.users AS u WHERE u.id = person;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no person %', coalesce(person::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    IF seen.version = version AND person IS DISTINCT FROM (SELECT me."userId" FROM centurion.me) THEN
        PERFORM centurion.end_sessions_of(person);
    END IF;
    PERFORM centurion.other_admins(person);
    PERFORM centurion.require_admin();
    SELECT u.xmin::text AS version INTO seen FROM public.users AS u WHERE u.id = person FOR UPDATE;
    RETURN coalesce(seen.version = version, false);
END
$$;

CREATE FUNCTION centurion.end_sessions_of(person integer) RETURNS integer
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(sum(centurion.end_sessions(l.rolname)), 0)::integer FROM centurion.logins AS l WHERE l."userId" = person $$;

-- Nothing else of the person is touched: a coach who becomes a client stays assigned to cohorts, which says nothing any more.
CREATE FUNCTION centurion.user_set_role(request uuid, "user" integer, version text, role text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    wanted public."Role" := centurion.require_role(role);
BEGIN
    IF NOT centurion.change_begin(request, 'user_set_role') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF NOT centurion.lock_standing("user", version) THEN
        RETURN centurion.change_conflict(request, 'User', "user"::text);
    END IF;
    IF EXISTS (SELECT FROM public.users AS u WHERE u.id = "user" AND u."deletedAt" IS NOT NULL) THEN
        RAISE EXCEPTION 'Person % is disabled', "user" USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Enable the person first.';
    END IF;
    UPDATE public.users AS u SET role = wanted WHERE u.id = "user";
    RETURN centurion.change_saved(request, 'User', "user"::text);
END
$$;

-- Gone from every list, without a login or a web session, until restored.
CREATE FUNCTION centurion.user_delete(request uuid, "user" integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
BEGIN
    IF NOT centurion.change_begin(request, 'user_delete') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF NOT centurion.lock_standing("user", version) THEN
        RETURN centurion.change_conflict(request, 'User', "user"::text);
    END IF;
    UPDATE public.users AS u SET "deletedAt" = now() AT TIME ZONE 'UTC' WHERE u.id = "user" AND u."deletedAt" IS NULL;
    DELETE FROM public.sessions AS s WHERE s."userId" = "user";
    RETURN centurion.change_saved(request, 'User', "user"::text);
END
$$;

CREATE FUNCTION centurion.user_restore(request uuid, "user" integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    seen   record;
BEGIN
    IF NOT centurion.change_begin(request, 'user_restore') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT u.xmin::text AS version INTO seen FROM public.users AS u WHERE u.id = "user" FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no person %', coalesce("user"::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'User', "user"::text);
    END IF;
    UPDATE public.users AS u SET "deletedAt" = NULL WHERE u.id = "user" AND u."deletedAt" IS NOT NULL;
    RETURN centurion.change_saved(request, 'User', "user"::text);
END
$$;

-- The password of the web application, which comes as its hash: bcrypt of cost 12. It is the registrar's to write, and nobody's to read.
CREATE FUNCTION centurion.user_set_password(request uuid, "user" integer, hash text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
BEGIN
    IF hash IS NULL OR hash !~ '^\$2[aby]\$12\$[./A-Za-z0-9]{53}$' THEN
        RAISE EXCEPTION 'A password is stored as a bcrypt hash of cost 12, and this is none' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT centurion.change_begin(request, 'user_set_password') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    UPDATE public.users AS u SET password = hash WHERE u.id = "user" AND u."deletedAt" IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no person %', coalesce("user"::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    RETURN centurion.change_saved(request, 'User', "user"::text);
END
$$;

-- Ends a session of the web application.
CREATE FUNCTION centurion.session_revoke(request uuid, session integer) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
BEGIN
    IF NOT centurion.change_begin(request, 'session_revoke') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    DELETE FROM public.sessions AS s WHERE s.id = session;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no session %', coalesce(session::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    RETURN centurion.change_saved(request, 'Session', session::text);
END
$$;

CREATE FUNCTION centurion.session_revoke_all(request uuid, "user" integer) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
BEGIN
    IF NOT centurion.change_begin(request, 'session_revoke_all') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = "user") THEN
        RAISE EXCEPTION 'There is no person %', coalesce("user"::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    DELETE FROM public.sessions AS s WHERE s."userId" = "user";
    RETURN centurion.change_saved(request, 'User', "user"::text);
END
$$;

-- ---- Logins ----

-- A name that needs no quotes anywhere and is nobody's yet. Asked before anything else is done with it.
CREATE FUNCTION centurion.require_login_name(login text) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF login IS NULL OR login !~ '^[a-z_][a-z0-9_.-]{0,62}$' THEN
        RAISE EXCEPTION 'That is no name for a login' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'It has 1 to 63 of the letters a to z, digits, and _ . - and begins with a letter or _.';
    END IF;
    IF login ~ '^(pg|centurion)_' OR login IN ('public', 'none') THEN
        RAISE EXCEPTION 'The name "%" is kept for the server''s own roles', login USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Names do not begin with pg_ or centurion_.';
    END IF;
END
$$;

-- The person for whom a login is made, locked against a change of role meanwhile.
CREATE FUNCTION centurion.require_login_person(person integer) RETURNS public."Role"
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    found_role public."Role";
    taken      name;
BEGIN
    SELECT u.role INTO found_role FROM public.users AS u WHERE u.id = person AND u."deletedAt" IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no person %', coalesce(person::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    SELECT l.rolname INTO taken FROM centurion.logins AS l WHERE l."userId" = person;
    IF FOUND THEN
        RAISE EXCEPTION 'Person % has the login "%" already', person, taken USING ERRCODE = 'unique_violation';
    END IF;
    RETURN found_role;
END
$$;

CREATE FUNCTION centurion.require_verifier(verifier text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF verifier IS NULL
       OR verifier !~ '^SCRAM-SHA-256\$[1-9][0-9]{3,6}:(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$' THEN
        RAISE EXCEPTION 'A password reaches the server as a SCRAM-SHA-256 verifier only, and this is none' USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;

-- An error of the statement that carries a verifier would be logged with its text; the one that is raised here is not.
CREATE FUNCTION centurion.put_verifier(login name, verifier text) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    fault text;
    state text;
BEGIN
    BEGIN
        EXECUTE format('ALTER ROLE %I PASSWORD %L', login, verifier);
        RETURN;
    EXCEPTION
        WHEN OTHERS THEN
            fault := replace(SQLERRM, verifier, '...');
            state := SQLSTATE;
    END;
    RAISE EXCEPTION 'The server does not take a password for "%": %', login, fault
        USING ERRCODE = state, HINT = format('An administrator of the server can: \password %I in psql.', login);
END
$$;

-- verifier NULL: a login without a password, for servers that know their people by other means (peer, cert, trust).
CREATE FUNCTION centurion.login_create(request uuid, "user" integer, rolname text, verifier text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    theirs public."Role";
BEGIN
    PERFORM centurion.require_login_name(rolname);
    IF verifier IS NOT NULL THEN
        PERFORM centurion.require_verifier(verifier);
    END IF;
    IF NOT centurion.change_begin(request, 'login_create') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    theirs := centurion.require_login_person("user");
    IF EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = login_create.rolname) THEN
        RAISE EXCEPTION 'There is a role "%" on this server already', rolname USING ERRCODE = 'unique_violation', HINT = 'Choose another name.';
    END IF;
    EXECUTE format('CREATE ROLE %I NOLOGIN', rolname);
    IF verifier IS NOT NULL THEN
        PERFORM centurion.put_verifier(rolname, verifier);
    END IF;
    INSERT INTO centurion.logins (rolname, "userId", role, "passwordAt")
    VALUES (rolname, "user", theirs, CASE WHEN verifier IS NOT NULL THEN now() AT TIME ZONE 'UTC' END);
    RETURN centurion.change_saved(request, 'Login', rolname);
END
$$;

-- A role that is there already becomes somebody's login. For the tables' owner: an administrator of the business has no say over
-- other roles of the server.
CREATE FUNCTION centurion.login_map(request uuid, "user" integer, rolname text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    theirs public."Role";
BEGIN
    IF NOT centurion.is_owner() THEN
        RAISE EXCEPTION 'for the owner of the database only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles AS r
                   WHERE r.rolname = login_map.rolname AND r.rolname !~ '^(pg|centurion)_' AND centurion.is_persons_role(r.rolname)
                         AND NOT (r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls)) THEN
        RAISE EXCEPTION 'There is no role "%" that could be a person''s login', rolname USING ERRCODE = 'invalid_parameter_value',
            HINT = 'It must be there, own nothing of this database and have no rights over the server.';
    END IF;
    IF NOT centurion.change_begin(request, 'login_map') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    theirs := centurion.require_login_person("user");
    INSERT INTO centurion.logins (rolname, "userId", role) VALUES (rolname, "user", theirs);
    RETURN centurion.change_saved(request, 'Login', rolname);
END
$$;

-- Locks a login and says whose it is. Those of administrators are locked together: see other_admins().
CREATE FUNCTION centurion.lock_login(login text) RETURNS centurion.logins
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    found_login centurion.logins;
BEGIN
    PERFORM FROM centurion.logins AS l WHERE l.role = 'ADMIN' ORDER BY l.rolname FOR UPDATE;
    PERFORM centurion.require_admin();
    SELECT l.* INTO found_login FROM centurion.logins AS l WHERE l.rolname = login FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no login "%"', coalesce(login, '') USING ERRCODE = 'no_data_found';
    END IF;
    RETURN found_login;
END
$$;

CREATE FUNCTION centurion.login_set_password(request uuid, rolname text, verifier text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
BEGIN
    PERFORM centurion.require_verifier(verifier);
    IF NOT centurion.change_begin(request, 'login_set_password') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    PERFORM centurion.lock_login(rolname);
    IF NOT centurion.is_persons_role(rolname) THEN
        RAISE EXCEPTION 'The password of "%" is not this database''s to set', rolname USING ERRCODE = 'insufficient_privilege',
            HINT = 'The role has rights over the server, or owns this database.';
    END IF;
    PERFORM centurion.put_verifier(rolname, verifier);
    UPDATE centurion.logins AS l SET "passwordAt" = now() AT TIME ZONE 'UTC' WHERE l.rolname = login_set_password.rolname;
    RETURN centurion.change_saved(request, 'Login', rolname);
END
$$;

-- Only the database login; the person stays.
CREATE FUNCTION centurion.login_disable(request uuid, rolname text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    theirs centurion.logins;
BEGIN
    IF NOT centurion.change_begin(request, 'login_disable') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    theirs := centurion.lock_login(rolname);
    IF theirs.rolname = session_user THEN
        RAISE EXCEPTION 'Nobody disables the login that they are connected with' USING ERRCODE = 'insufficient_privilege', HINT = 'Another administrator can do it.';
    END IF;
    UPDATE centurion.logins AS l SET enabled = false WHERE l.rolname = theirs.rolname;
    RETURN centurion.change_saved(request, 'Login', rolname);
END
$$;

CREATE FUNCTION centurion.login_enable(request uuid, rolname text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    theirs centurion.logins;
BEGIN
    IF NOT centurion.change_begin(request, 'login_enable') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    theirs := centurion.lock_login(rolname);
    IF EXISTS (SELECT FROM public.users AS u WHERE u.id = theirs."userId" AND u."deletedAt" IS NOT NULL) THEN
        RAISE EXCEPTION 'Person %, whose login it is, is disabled', theirs."userId"
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Enable the person first; the login comes back with them.';
    END IF;
    UPDATE centurion.logins AS l SET enabled = true WHERE l.rolname = theirs.rolname;
    RETURN centurion.change_saved(request, 'Login', rolname);
END
$$;

-- Between the end of a login's sessions and the moment that the change counts, a new one may have slipped in. Who takes away rights
-- asks for this afterwards.
CREATE FUNCTION centurion.login_end_sessions("user" integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
BEGIN
    RETURN centurion.end_sessions_of("user");
END
$$;

-- ---- Lists ----

-- Everybody by name; those who are disabled only when asked for. kind: one role, or NULL.
CREATE FUNCTION centurion.user_list(kind text, disabled boolean)
    RETURNS TABLE (id integer, name text, email text, role text, state text, login text, login_enabled boolean, created timestamp)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    zone   text := (SELECT timezone FROM centurion.settings);
BEGIN
    IF kind IS NOT NULL THEN
        PERFORM centurion.require_role(kind);
    END IF;
    RETURN QUERY
    SELECT u.id, u.name, u.email, u.role::text, CASE WHEN u."deletedAt" IS NULL THEN 'enabled' ELSE 'disabled' END, l.rolname::text, l.enabled,
           centurion.local_time(u."createdAt", zone)
    FROM public.users AS u LEFT JOIN centurion.logins AS l ON l."userId" = u.id
    WHERE (kind IS NULL OR u.role::text = kind) AND (disabled OR u."deletedAt" IS NULL)
    ORDER BY u.name, u.id;
END
$$;

-- One person, with what hangs on them: for administrators anybody, for everybody themselves. No row: there is nobody, or one may not look.
CREATE FUNCTION centurion.user_show("user" integer)
    RETURNS TABLE (id integer, version text, name text, email text, image text, role text, state text, login text, login_enabled boolean,
                   cohorts_coached integer, cohorts_joined integer, web_sessions integer, accounts text, created timestamp, disabled_at timestamp)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_actor();
    zone   text := (SELECT timezone FROM centurion.settings);
BEGIN
    RETURN QUERY
    SELECT u.id, u.xmin::text, u.name, u.email, u.image, u.role::text, CASE WHEN u."deletedAt" IS NULL THEN 'enabled' ELSE 'disabled' END,
           l.rolname::text, l.enabled,
           (SELECT count(*)::integer FROM public.coach_cohort_memberships AS k WHERE k."coachId" = u.id),
           (SELECT count(*)::integer FROM public.cohort_memberships AS m WHERE m."userId" = u.id AND m.status IN ('ACTIVE', 'PAUSED')),
           (SELECT count(*)::integer FROM public.sessions AS s WHERE s."userId" = u.id AND s.expires > now() AT TIME ZONE 'UTC'),
           (SELECT string_agg(a.provider, ', ' ORDER BY a.provider) FROM public.accounts AS a WHERE a."userId" = u.id),
           centurion.local_time(u."createdAt", zone), centurion.local_time(u."deletedAt", zone)
    FROM public.users AS u LEFT JOIN centurion.logins AS l ON l."userId" = u.id
    WHERE u.id = "user" AND (person.role = 'ADMIN' OR u.id = person."userId");
END
$$;

-- By what somebody comes into the web application: open sessions, accounts elsewhere, tokens that were sent to them. Never their secrets.
CREATE FUNCTION centurion.user_access("user" integer) RETURNS TABLE (kind text, id integer, name text, expires timestamp)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    zone   text := (SELECT timezone FROM centurion.settings);
BEGIN
    RETURN QUERY
    SELECT 'session', s.id, 'web session', centurion.local_time(s.expires, zone)
    FROM public.sessions AS s WHERE s."userId" = "user" AND s.expires > now() AT TIME ZONE 'UTC'
    UNION ALL
    SELECT 'account', a.id, a.provider, NULL FROM public.accounts AS a WHERE a."userId" = "user"
    UNION ALL
    SELECT 'token', NULL, t.identifier, centurion.local_time(t.expires, zone)
    FROM public.verification_tokens AS t JOIN public.users AS u ON lower(t.identifier) = lower(u.email)
    WHERE u.id = "user" AND t.expires > now() AT TIME ZONE 'UTC'
    ORDER BY 1, 4, 2;
END
$$;

-- The database logins. state says what holds, on the server too: enabled, disabled, person disabled, or what is not as it should be.
CREATE FUNCTION centurion.login_list()
    RETURNS TABLE (login text, user_id integer, name text, role text, state text, sessions integer, password_set timestamp)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    zone   text := (SELECT timezone FROM centurion.settings);
BEGIN
    RETURN QUERY
    SELECT l.rolname::text, u.id, u.name, u.role::text,
           CASE WHEN r.oid IS NULL THEN 'no role on this server'
                WHEN w.wanted AND (l.role <> u.role OR NOT r.rolcanlogin OR g.member_of IS DISTINCT FROM 'centurion_' || lower(u.role::text)) THEN 'enabled, but its role is not'
                WHEN w.wanted THEN 'enabled'
                WHEN r.rolcanlogin OR g.member_of IS NOT NULL THEN 'disabled, but its role is not'
                WHEN l.enabled THEN 'person disabled'
                ELSE 'disabled' END,
           (SELECT count(*)::integer FROM pg_stat_activity AS a WHERE a.usesysid = r.oid AND a.datname = current_database()),
           centurion.local_time(l."passwordAt", zone)
    FROM centurion.logins AS l JOIN public.users AS u ON u.id = l."userId" LEFT JOIN pg_roles AS r ON r.rolname = l.rolname
         CROSS JOIN LATERAL (SELECT l.enabled AND u."deletedAt" IS NULL AS wanted) AS w
         CROSS JOIN LATERAL (SELECT string_agg(DISTINCT p.rolname, ' ') AS member_of
                             FROM pg_auth_members AS m JOIN pg_roles AS p ON p.oid = m.roleid AND p.rolname IN ('centurion_admin', 'centurion_coach', 'centurion_client')
                             WHERE m.member = r.oid) AS g
    ORDER BY l.rolname;
END
$$;

DO $$
DECLARE
    owned record;
BEGIN
    FOR owned IN
        SELECT * FROM (VALUES
            ('user_save(uuid, integer, text, jsonb)', 'centurion_writer', 'centurion_admin, centurion_coach, centurion_client'),
            ('user_set_role(uuid, integer, text, text)', 'centurion_writer', 'centurion_admin'),
            ('user_delete(uuid, integer, text)', 'centurion_writer', 'centurion_admin'),
            ('user_restore(uuid, integer, text)', 'centurion_writer', 'centurion_admin'),
            ('session_revoke(uuid, integer)', 'centurion_writer', 'centurion_admin'),
            ('session_revoke_all(uuid, integer)', 'centurion_writer', 'centurion_admin'),
            ('user_set_password(uuid, integer, text)', 'centurion_registrar', 'centurion_admin'),
            ('login_create(uuid, integer, text, text)', 'centurion_registrar', 'centurion_admin'),
            ('login_map(uuid, integer, text)', 'centurion_registrar', NULL),
            ('login_set_password(uuid, text, text)', 'centurion_registrar', 'centurion_admin'),
            ('login_disable(uuid, text)', 'centurion_registrar', 'centurion_admin'),
            ('login_enable(uuid, text)', 'centurion_registrar', 'centurion_admin'),
            ('login_end_sessions(integer)', 'centurion_registrar', 'centurion_admin'),
            ('end_sessions(name)', 'centurion_registrar', NULL),
            ('end_sessions_of(integer)', 'centurion_registrar', 'centurion_writer'),
            ('login_changed()', 'centurion_registrar', NULL),
            ('login_ended()', 'centurion_registrar', NULL),
            ('user_changed()', 'centurion_registrar', NULL),
            ('user_list(text, boolean)', 'centurion_gate', 'centurion_admin'),
            ('user_show(integer)', 'centurion_gate', 'centurion_admin, centurion_coach, centurion_client'),
            ('user_access(integer)', 'centurion_gate', 'centurion_admin'),
            ('login_list()', 'centurion_gate', 'centurion_admin')
        ) AS f (signature, owner, callers)
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO %I', owned.signature, owned.owner);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', owned.signature);
        IF owned.callers IS NOT NULL THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO %s', owned.signature, owned.callers);
        END IF;
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.other_admins(integer), centurion.lock_standing(integer, text) TO centurion_writer;
GRANT EXECUTE ON FUNCTION centurion.require_role(text) TO centurion_writer, centurion_gate;
GRANT EXECUTE ON FUNCTION centurion.is_persons_role(name), centurion.place_login(name, text), centurion.require_login_name(text),
                          centurion.require_login_person(integer), centurion.require_verifier(text), centurion.put_verifier(name, text),
                          centurion.lock_login(text) TO centurion_registrar;
GRANT EXECUTE ON FUNCTION centurion.require_actor() TO centurion_gate;

-- The logins that are there already. Since PostgreSQL 16 only who was given a role may change it, and only the giver of a membership takes it
-- away; so they are handed to the registrar, by whoever migrates and may.
DO $$
DECLARE
    kept   record;
    undone text;
BEGIN
    IF current_setting('server_version_num')::integer >= 160000 THEN
        FOR kept IN
            SELECT l.rolname, g.rolname AS member_of, b.rolname AS grantor
            FROM centurion.logins AS l JOIN pg_roles AS p ON p.rolname = l.rolname
                 LEFT JOIN (pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid AND g.rolname IN ('centurion_admin', 'centurion_coach', 'centurion_client')
                            JOIN pg_roles AS b ON b.oid = m.grantor) ON m.member = p.oid
            WHERE NOT p.rolsuper
        LOOP
            BEGIN
                EXECUTE format('GRANT %I TO centurion_registrar WITH ADMIN TRUE, INHERIT FALSE, SET FALSE', kept.rolname);
                IF kept.grantor <> 'centurion_registrar' THEN
                    EXECUTE format('GRANT %I TO %I GRANTED BY centurion_registrar', kept.member_of, kept.rolname);
                    EXECUTE format('REVOKE %I FROM %I GRANTED BY %I', kept.member_of, kept.rolname, kept.grantor);
                END IF;
            EXCEPTION
                WHEN insufficient_privilege THEN undone := concat_ws(', ', undone, kept.rolname);
            END;
        END LOOP;
    END IF;
    IF undone IS NOT NULL THEN
        RAISE WARNING 'These logins were made by somebody else and cannot be disabled from here: %', undone
            USING HINT = 'An administrator of the server, for each: GRANT "login" TO centurion_registrar WITH ADMIN TRUE, INHERIT FALSE, SET FALSE';
    END IF;
END
$$;
