-- Behind lists of members, a cohort's overview and the calendar: for admins everybody's, for coaches their own clients'.
--
-- Each function finds once which cohorts are the caller's and which of the ways below is the cheap one, and then reads without further filters.
-- A coach may have a handful of clients or a third of all members: few are looked up one by one, many are met on the way through everybody
-- in the order asked for, each held against the caller's cohorts by an index.

-- What words are looked for: at the beginning of a name or address, or anywhere in a name. Less than three letters are looked for at
-- the beginning of words only: that is what trigrams can find.
CREATE FUNCTION centurion.search_patterns(words text) RETURNS TABLE (starts text, holds text) LANGUAGE sql IMMUTABLE ROWS 1 AS
$$ SELECT p.starts, CASE WHEN length(words) < 3 THEN '% ' ELSE '%' END || p.starts
   FROM (SELECT regexp_replace(words, '([\\%_])', '\\\1', 'g') || '%' AS starts) AS p $$;

-- Whether somebody is meant by them. A single expression, so that it is put where it is called and the trigrams are used.
CREATE FUNCTION centurion.is_meant(name text, email text, starts text, holds text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT name ILIKE holds OR name ILIKE starts OR email ILIKE starts $$;

-- Whether a row of a list by name and id comes after another one. Whoever has no name comes last: after_id without after_name is one of
-- those, neither is the beginning.
CREATE FUNCTION centurion.comes_after(name text, id integer, after_name text, after_id integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN after_name IS NOT NULL THEN name IS NULL OR name > after_name OR name = after_name AND id > coalesce(after_id, 0)
               WHEN after_id IS NOT NULL THEN name IS NULL AND id > after_id
               ELSE true END $$;

-- The clients of some cohorts, as in centurion.my_clients, at most so many of them. Somebody in two cohorts is there twice. It and the
-- next are asked in FROM, where the planner takes them in: elsewhere they would be planned at each call.
CREATE FUNCTION centurion.clients_of(cohorts integer[], most integer) RETURNS TABLE (user_id integer) LANGUAGE sql STABLE AS
$$ SELECT m."userId" FROM public.cohort_memberships AS m
   WHERE m."cohortId" = ANY (cohorts) AND m.status IN ('ACTIVE', 'PAUSED')
         AND NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = m."userId" AND u."deletedAt" IS NOT NULL)
   LIMIT most $$;

-- Rows if somebody is a client of one of some cohorts.
CREATE FUNCTION centurion.client_of(member integer, cohorts integer[]) RETURNS TABLE (cohort integer) LANGUAGE sql STABLE AS
$$ SELECT m."cohortId" FROM public.cohort_memberships AS m
   WHERE m."userId" = member AND m.status IN ('ACTIVE', 'PAUSED') AND m."cohortId" = ANY (cohorts) $$;

-- From how many clients on it is cheaper to walk through everybody than to look them up: so many look-ups cost as much as finding
-- a page of a coach's with two members in a hundred.
CREATE FUNCTION centurion.many_clients() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 2000 $$;

CREATE FUNCTION centurion.member_list(words text, after_name text, after_id integer, page integer)
    RETURNS TABLE (id integer, name text, email text, cohorts text, status text, last_checkin date, last_weight double precision)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person  centurion.me := centurion.require_me();
    all_of  boolean := person.role = 'ADMIN';
    day     date := centurion.today();
    wanted  integer := least(page, 1000);
    mine    integer[];
    own     integer[];
    listed  integer[];
    starts  text;
    holds   text;
BEGIN
    IF NOT all_of THEN
        mine := ARRAY(SELECT c."cohortId" FROM centurion.my_cohorts AS c);
        own := ARRAY(SELECT c.user_id FROM centurion.clients_of(mine, centurion.many_clients() + 1) AS c);
    END IF;
    IF words <> '' THEN
        SELECT p.starts, p.holds INTO starts, holds FROM centurion.search_patterns(words) AS p;
    END IF;

    -- Which rows, in order: first the ids alone. A constant limit within lets the planner know that little is asked for.
    IF cardinality(own) <= centurion.many_clients() THEN
        listed := ARRAY(SELECT u.id FROM public.users AS u
                        WHERE u.id = ANY (own) AND centurion.comes_after(u.name, u.id, after_name, after_id)
                              AND (words = '' OR words IS NULL OR centurion.is_meant(u.name, u.email, starts, holds))
                        ORDER BY u.name, u.id LIMIT wanted);
    ELSIF words <> '' THEN
        listed := ARRAY(SELECT u.id
                        FROM (SELECT u.id, u.name FROM public.users AS u
                              WHERE centurion.is_meant(u.name, u.email, starts, holds) AND u."deletedAt" IS NULL
                                    AND CASE WHEN all_of THEN u.role = 'CLIENT' ELSE EXISTS (SELECT FROM centurion.client_of(u.id, mine)) END
                              OFFSET 0) AS u
                        WHERE centurion.comes_after(u.name, u.id, after_name, after_id)
                        ORDER BY u.name, u.id LIMIT wanted);
    ELSE
        IF after_name IS NOT NULL OR after_id IS NULL THEN
            listed := ARRAY(SELECT u.id
                            FROM (SELECT u.id FROM public.users AS u
                                  WHERE (u.name, u.id) > (coalesce(after_name, ''), coalesce(after_id, 0)) AND u."deletedAt" IS NULL
                                        AND CASE WHEN all_of THEN u.role = 'CLIENT' ELSE EXISTS (SELECT FROM centurion.client_of(u.id, mine)) END
                                  ORDER BY u.name, u.id LIMIT 1000) AS u
                            LIMIT wanted);
        END IF;
        IF coalesce(cardinality(listed), 0) < wanted THEN
            listed := listed || ARRAY(SELECT u.id FROM public.users AS u
                                      WHERE u.name IS NULL AND (after_name IS NOT NULL OR u.id > coalesce(after_id, 0)) AND u."deletedAt" IS NULL
                                            AND CASE WHEN all_of THEN u.role = 'CLIENT' ELSE EXISTS (SELECT FROM centurion.client_of(u.id, mine)) END
                                      ORDER BY u.id LIMIT wanted - coalesce(cardinality(listed), 0));
        END IF;
    END IF;

    RETURN QUERY
    SELECT u.id, u.name, u.email, coalesce(c.cohorts, ''), coalesce(c.status, 'NONE'), e.date, w.weight
    FROM unnest(listed) WITH ORDINALITY AS l (id, nth)
         JOIN public.users AS u ON u.id = l.id
         CROSS JOIN LATERAL (
             -- Of other coaches' cohorts a coach learns nothing.
             SELECT string_agg(c.name, ', ' ORDER BY c."startDate" DESC, c.id) FILTER (WHERE m.status = 'ACTIVE' AND c.status <> 'ARCHIVED') AS cohorts,
                    min(m.status)::text AS status
             FROM public.cohort_memberships AS m JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL
             WHERE m."userId" = u.id AND (all_of OR c.id = ANY (mine))
         ) AS c
         CROSS JOIN LATERAL (SELECT max(e.date) AS date FROM public.entries AS e WHERE e."userId" = u.id AND e.date <= day) AS e
         LEFT JOIN LATERAL (SELECT e.weight FROM public.entries AS e
                            WHERE e."userId" = u.id AND e.date <= day AND e.weight IS NOT NULL ORDER BY e.date DESC LIMIT 1) AS w ON true
    ORDER BY l.nth;
END
$$;

-- How many rows the list has in all. Beyond 10,000 nobody counts them: "more" says that it stopped there.
CREATE FUNCTION centurion.member_count(words text) RETURNS TABLE (members integer, more boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person  centurion.me := centurion.require_me();
    all_of  boolean := person.role = 'ADMIN';
    mine    integer[];
    own     integer[];
    found   integer;
    starts  text;
    holds   text;
BEGIN
    IF NOT all_of THEN
        mine := ARRAY(SELECT c."cohortId" FROM centurion.my_cohorts AS c);
        own := ARRAY(SELECT c.user_id FROM centurion.clients_of(mine, CASE WHEN words <> '' THEN centurion.many_clients() + 1 END) AS c);
    END IF;
    IF words <> '' THEN
        SELECT p.starts, p.holds INTO starts, holds FROM centurion.search_patterns(words) AS p;
    END IF;

    IF words <> '' AND cardinality(own) <= centurion.many_clients() THEN
        SELECT count(*) INTO found FROM public.users AS u
        WHERE u.id = ANY (own) AND centurion.is_meant(u.name, u.email, starts, holds);
    ELSIF words <> '' THEN
        SELECT count(*) INTO found
        FROM (SELECT FROM public.users AS u
              WHERE centurion.is_meant(u.name, u.email, starts, holds) AND u."deletedAt" IS NULL
                    AND CASE WHEN all_of THEN u.role = 'CLIENT' ELSE EXISTS (SELECT FROM centurion.client_of(u.id, mine)) END
              LIMIT 10001) AS u;
    ELSIF all_of THEN
        SELECT count(*) INTO found FROM (SELECT FROM public.users AS u WHERE u.role = 'CLIENT' AND u."deletedAt" IS NULL LIMIT 10001) AS u;
    ELSE
        SELECT least(count(DISTINCT o.id), 10001) INTO found FROM unnest(own) AS o (id);
    END IF;
    RETURN QUERY SELECT least(found, 10000), found > 10000;
END
$$;

-- The palette's search (migration 8), with what words mean said in one place.
CREATE OR REPLACE FUNCTION centurion.palette_find(words text, page integer) RETURNS TABLE (kind text, id integer, name text, remark text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    starts text;
    holds  text;
BEGIN
    SELECT p.starts, p.holds INTO starts, holds FROM centurion.search_patterns(words) AS p;
    RETURN QUERY
    SELECT found.kind, found.id, found.name, found.remark
    FROM (
        SELECT 'cohort' AS kind, c.id, c.name, lower(c.status::text) AS remark
        FROM public.cohorts AS c
        WHERE centurion.is_meant(c.name, NULL, starts, holds) AND c."deletedAt" IS NULL
              AND (person.role = 'ADMIN' OR c.id IN (SELECT m."cohortId" FROM centurion.my_cohorts AS m))
        UNION ALL
        SELECT 'member', u.id, u.name, CASE u.role WHEN 'CLIENT' THEN u.email ELSE lower(u.role::text) || ', ' || u.email END
        FROM public.users AS u
        WHERE person.role = 'ADMIN' AND centurion.is_meant(u.name, u.email, starts, holds) AND u."deletedAt" IS NULL
        UNION ALL
        SELECT 'member', u.id, u.name, u.email
        FROM (SELECT DISTINCT m."userId" FROM centurion.my_clients AS m WHERE person.role = 'COACH') AS mine
             JOIN public.users AS u ON u.id = mine."userId"
        WHERE centurion.is_meant(u.name, u.email, starts, holds)
    ) AS found
    ORDER BY found.name ILIKE starts DESC, found.name, found.id
    LIMIT least(page, 100);
END
$$;

-- The members of a cohort with their figures as of a day (NULL or to come: today). Who is paused is listed last and has none of the
-- figures that judge.
CREATE FUNCTION centurion.cohort_overview(cohort integer, as_of date)
    RETURNS TABLE (user_id integer, name text, status text, score integer, band text, last_checkin date, checkins_7d integer,
                   checkins_14d integer, checkins_30d integer, rate_7d integer, rate_30d integer, weight_7d double precision,
                   steps_7d double precision, calories_7d double precision, sleep_7d double precision, stress_7d double precision,
                   weight_change_14d double precision, streak integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    today   date := centurion.today();
    day     date := least(as_of, today);
    members integer[];
BEGIN
    IF NOT centurion.may_see_cohort(cohort) THEN
        RETURN;
    END IF;
    members := ARRAY(SELECT c.user_id FROM centurion.clients_of(ARRAY[cohort], NULL) AS c);
    RETURN QUERY
    SELECT u.id, u.name, m.status::text, CASE WHEN m.status = 'ACTIVE' THEN a.score END, CASE WHEN m.status = 'ACTIVE' THEN a.band END,
           day - a.last_days, a.checkins_7, a.checkins_14, a.checkins_30,
           CASE WHEN m.status = 'ACTIVE' THEN centurion.adherence(a.checkins_7, 7, a.frequency) END,
           CASE WHEN m.status = 'ACTIVE' THEN centurion.adherence(a.checkins_30, 30, a.frequency) END,
           e.weight, e.steps, e.calories, e.sleep, e.stress, e.change, CASE WHEN m.status = 'ACTIVE' THEN s.streak END
    FROM centurion.attention(members, day) AS a
         JOIN public.cohort_memberships AS m ON m."cohortId" = cohort AND m."userId" = a.user_id
         JOIN public.users AS u ON u.id = a.user_id
         CROSS JOIN LATERAL centurion.streak(a.user_id, day) AS s
         CROSS JOIN LATERAL (
             SELECT avg(e.weight) FILTER (WHERE e.date > day - 7) AS weight,
                    avg(e.steps) FILTER (WHERE e.date > day - 7)::double precision AS steps,
                    avg(e.calories) FILTER (WHERE e.date > day - 7)::double precision AS calories,
                    avg(e."sleepQuality") FILTER (WHERE e.date > day - 7)::double precision AS sleep,
                    avg(e."perceivedStress") FILTER (WHERE e.date > day - 7)::double precision AS stress,
                    -- last minus first, where there are two
                    CASE WHEN count(e.weight) > 1
                         THEN (array_agg(e.weight ORDER BY e.date DESC) FILTER (WHERE e.weight IS NOT NULL))[1]
                              - (array_agg(e.weight ORDER BY e.date) FILTER (WHERE e.weight IS NOT NULL))[1] END AS change
             FROM public.entries AS e
             WHERE e."userId" = a.user_id AND e.date > day - 14 AND e.date <= day
         ) AS e
    ORDER BY m.status, u.name, u.id;
END
$$;

-- Sessions of some days and everybody's bootcamps, in local time. A day is one of the settings' time zone, with 23 or 25 hours now and
-- then. What runs on past midnight belongs to the day on which it begins.
CREATE FUNCTION centurion.calendar_week(first_day date, days integer)
    RETURNS TABLE (kind text, id integer, user_id integer, title text, location text, starts timestamp, ends timestamp, state text,
                   fee numeric, invoiced boolean, places integer, taken integer, notes text, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    all_of boolean := person.role = 'ADMIN';
    zone   text := (SELECT timezone FROM centurion.settings);
    utc    timestamp := now() AT TIME ZONE 'UTC';
    since  timestamp;
    until  timestamp;
    mine   integer[];
    own    integer[];
BEGIN
    IF days IS NULL OR days NOT BETWEEN 1 AND 42 THEN
        RAISE EXCEPTION 'a calendar shows 1 to 42 days, not %', days USING ERRCODE = 'invalid_parameter_value';
    END IF;
    since := centurion.utc_time(first_day::timestamp, zone);
    until := centurion.utc_time((first_day + days)::timestamp, zone);
    IF NOT all_of THEN
        mine := ARRAY(SELECT c."cohortId" FROM centurion.my_cohorts AS c);
        own := ARRAY(SELECT c.user_id FROM centurion.clients_of(mine, centurion.many_clients() + 1) AS c);
    END IF;
    IF cardinality(own) <= centurion.many_clients() THEN
        RETURN QUERY
        SELECT 'session', p.id, p."userId", u.name, NULL::text, centurion.local_time(p."startTime", zone), centurion.local_time(p."endTime", zone),
               centurion.session_state(p.status, p."endTime", utc), p.fee, p."invoiceId" IS NOT NULL, NULL::integer, NULL::integer, p.notes, p.xmin::text
        FROM public.appointments AS p JOIN public.users AS u ON u.id = p."userId"
        WHERE p."userId" = ANY (own) AND p."startTime" >= since AND p."startTime" < until
        ORDER BY p."startTime", p.id;
    ELSE
        RETURN QUERY
        SELECT 'session', p.id, p."userId", u.name, NULL::text, centurion.local_time(p."startTime", zone), centurion.local_time(p."endTime", zone),
               centurion.session_state(p.status, p."endTime", utc), p.fee, p."invoiceId" IS NOT NULL, NULL::integer, NULL::integer, p.notes, p.xmin::text
        FROM public.appointments AS p JOIN public.users AS u ON u.id = p."userId" AND u."deletedAt" IS NULL
        WHERE (all_of OR EXISTS (SELECT FROM centurion.client_of(p."userId", mine))) AND p."startTime" >= since AND p."startTime" < until
        ORDER BY p."startTime", p.id;
    END IF;
    RETURN QUERY
    SELECT 'bootcamp', b.id, NULL::integer, b.name, b.location, centurion.local_time(b."startTime", zone), centurion.local_time(b."endTime", zone),
           NULL::text, NULL::numeric, NULL::boolean, b.capacity, n.taken, b.description, b.xmin::text
    FROM public.bootcamps AS b
         CROSS JOIN LATERAL (SELECT count(*)::integer AS taken FROM public.bootcamp_attendees AS a WHERE a."bootcampId" = b.id) AS n
    WHERE person.role IN ('ADMIN', 'COACH') AND b."startTime" >= since AND b."startTime" < until
    ORDER BY b."startTime", b.id;
END
$$;

DO $$
DECLARE
    gate text;
BEGIN
    FOREACH gate IN ARRAY ARRAY['member_list(text, text, integer, integer)', 'member_count(text)', 'palette_find(text, integer)',
                                'cohort_overview(integer, date)', 'calendar_week(date, integer)']
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_gate', gate);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', gate);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_admin, centurion_coach', gate);
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.search_patterns(text), centurion.is_meant(text, text, text, text),
                          centurion.comes_after(text, integer, text, integer), centurion.clients_of(integer[], integer),
                          centurion.client_of(integer, integer[]), centurion.many_clients() TO centurion_gate;
