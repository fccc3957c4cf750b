-- Functions behind the screens. Each asks once who is connected and what they may see, then reads as centurion_gate without
-- further filters: that is faster than row security, and makes the check at its head the only wall. So they are few, they
-- take only ids and dates, and what somebody may not see comes back as no row, just like what does not exist.
-- Plans are made once and kept; a screen's first question in a session pays for planning, no later one does.

CREATE FUNCTION centurion.whoami()
    RETURNS TABLE (user_id integer, name text, role text, login text, schema_version integer, today date, timezone text,
                   currency text, weight_unit text, attention_red integer, attention_amber integer, server_time timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp AS
$$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT me."userId", coalesce(me.name, me.rolname), me.role::text, me.rolname::text,
           (SELECT max(m.version)::integer FROM centurion.migrations AS m), (now() AT TIME ZONE s.timezone)::date, s.timezone, s.currency,
           s.weight_unit, s.attention_red, s.attention_amber, now()
    FROM centurion.me CROSS JOIN centurion.settings AS s;
END
$$;

-- People and cohorts by a part of their name, or the beginning of the e-mail address of somebody whom one may see.
CREATE FUNCTION centurion.palette_find(words text, page integer) RETURNS TABLE (kind text, id integer, name text, remark text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    exact  text := regexp_replace(words, '([\\%_])', '\\\1', 'g');
    starts text := exact || '%';
    -- Less than three letters are looked for at the beginning of words only: that is what trigrams can find.
    holds  text := CASE WHEN length(words) < 3 THEN '% ' ELSE '%' END || starts;
BEGIN
    RETURN QUERY
    SELECT found.kind, found.id, found.name, found.remark
    FROM (
        SELECT 'cohort' AS kind, c.id, c.name, lower(c.status::text) AS remark
        FROM public.cohorts AS c
        WHERE (c.name ILIKE holds OR c.name ILIKE starts) AND c."deletedAt" IS NULL
              AND (person.role = 'ADMIN' OR c.id IN (SELECT m."cohortId" FROM centurion.my_cohorts AS m))
        UNION ALL
        SELECT 'member', u.id, u.name, CASE u.role WHEN 'CLIENT' THEN u.email ELSE lower(u.role::text) || ', ' || u.email END
        FROM public.users AS u
        WHERE person.role = 'ADMIN' AND (u.name ILIKE holds OR u.name ILIKE starts OR u.email ILIKE starts) AND u."deletedAt" IS NULL
        UNION ALL
        SELECT 'member', u.id, u.name, u.email
        FROM (SELECT DISTINCT m."userId" FROM centurion.my_clients AS m WHERE person.role = 'COACH') AS mine
             JOIN public.users AS u ON u.id = mine."userId"
        WHERE u.name ILIKE holds OR u.name ILIKE starts OR u.email ILIKE starts
    ) AS found
    ORDER BY found.name ILIKE starts DESC, found.name, found.id
    LIMIT least(page, 100);
END
$$;

-- Parts of names are found by their trigrams, where the server has that extension; without it the search reads all names.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
        CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
        EXECUTE format('CREATE INDEX centurion_users_name_trgm_idx ON public.users USING gin (name %1$I.gin_trgm_ops, email %1$I.gin_trgm_ops)',
                       (SELECT n.nspname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm'));
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'pg_trgm may not be installed by %: searching names will be slower', current_user;
END
$$;

ALTER FUNCTION centurion.whoami() OWNER TO centurion_gate;
ALTER FUNCTION centurion.palette_find(text, integer) OWNER TO centurion_gate;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.whoami() TO centurion_admin, centurion_coach, centurion_client;
GRANT EXECUTE ON FUNCTION centurion.palette_find(text, integer) TO centurion_admin, centurion_coach;
