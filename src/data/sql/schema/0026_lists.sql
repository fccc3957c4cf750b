-- Behind lists of members, a cohort's overview and the calendar: for admins everybody's, for coaches their own clients'.
--
-- Each function asks once who the caller is and takes the cheap way for them. A coach may have a handful of clients or a third of all members:
-- few are looked up one by one, many are met on the way through everybody in the order asked for, each held against the coach's cohorts.

-- What words are looked for: holds anywhere in a name, starts at the beginning of an address. Less than three letters are looked for at the
-- beginning of words only, since that is what trigrams can find; so begins is for the beginning of a name, and NULL where holds finds that too.
CREATE FUNCTION centurion.search_patterns(words text) RETURNS TABLE (starts text, holds text, begins text) LANGUAGE sql IMMUTABLE ROWS 1 AS
$$ SELECT p.starts, CASE WHEN length(words) < 3 THEN '% ' ELSE '%' END || p.starts, CASE WHEN length(words) < 3 THEN p.starts END
   FROM (SELECT regexp_replace(words, '([\\%_])', '\\\1', 'g') || '%' AS starts) AS p $$;

-- Whether somebody is meant by them. A single expression, so that it is put where it is called and the trigrams are used.
CREATE FUNCTION centurion.is_meant(name text, email text, starts text, holds text, begins text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT name ILIKE holds OR name ILIKE begins OR email ILIKE starts $$;

-- Whether a row of a list by name and id comes after another one. Whoever has no name comes last: after_id without after_name is one of
-- those, neither is the beginning.
CREATE FUNCTION centurion.comes_after(name text, id integer, after_name text, after_id integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN after_name IS NOT NULL THEN name IS NULL OR name > after_name OR name = after_name AND id > coalesce(after_id, 0)
               WHEN after_id IS NOT NULL THEN name IS NULL AND id > after_id
               ELSE true END $$;

-- A coach's clients, as in centurion.my_clients. Somebody in two cohorts is there twice. It and the next are asked in FROM, where the planner
-- takes them in: elsewhere they would be planned at each call.
CREATE FUNCTION centurion.clients_of(coach integer) RETURNS TABLE (user_id integer) LANGUAGE sql STABLE AS
$$ SELECT m."userId"
   FROM public.coach_cohort_memberships AS k
        JOIN public.cohorts AS c ON c.id = k."cohortId" AND c."deletedAt" IS NULL
        JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m.status IN ('ACTIVE', 'PAUSED')
   WHERE k."coachId" = coach AND NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = m."userId" AND u."deletedAt" IS NOT NULL) $$;

-- Rows if somebody is one of them.
CREATE FUNCTION centurion.client_of(member integer, coach integer) RETURNS TABLE (cohort integer) LANGUAGE sql STABLE AS
$$ SELECT c.id
   FROM public.cohort_memberships AS m
        JOIN public.coach_cohort_memberships AS k ON k."cohortId" = m."cohortId" AND k."coachId" = coach
        JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL
   WHERE m."userId" = member AND m.status IN ('ACTIVE', 'PAUSED') $$;

-- Whether a coach has so many members, whatever their state, that it is cheaper to walk through everybody than to look them up: 2,000 look-ups
-- cost about as much as finding a page of a coach's with three members in a hundred. Asked of an index alone.
CREATE FUNCTION centurion.has_many_clients(coach integer) RETURNS boolean LANGUAGE plpgsql STABLE AS
$$
BEGIN
    RETURN (SELECT count(*) > 2000
            FROM (SELECT FROM public.coach_cohort_memberships AS k JOIN public.cohort_memberships AS m ON m."cohortId" = k."cohortId"
                  WHERE k."coachId" = coach LIMIT 2001) AS m);
END
$$;

-- Whoever is on a page of the list.
CREATE TYPE centurion.listed_person AS (id integer, name text, email text);

CREATE FUNCTION centurion.member_list(words text, after_name text, after_id integer, page integer)
    RETURNS TABLE (id integer, name text, email text, cohorts text, status text, last_checkin date, last_weight double precision)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person  centurion.me := centurion.require_me();
    all_of  boolean := person.role = 'ADMIN';
    coach   integer := CASE WHEN person.role = 'COACH' THEN person."userId" END;
    day     date := centurion.today();
    wanted  integer := least(page, 1000);
    few     boolean := NOT all_of AND NOT centurion.has_many_clients(coach);
    own     integer[] := CASE WHEN few THEN ARRAY(SELECT c.user_id FROM centurion.clients_of(coach) AS c) END;
    listed  centurion.listed_person[];
    starts  text;
    holds   text;
    begins  text;
BEGIN
    IF words <> '' THEN
        SELECT p.starts, p.holds, p.begins INTO starts, holds, begins FROM centurion.search_patterns(words) AS p;
    END IF;

    -- Who, in order, before all that is told of them. A constant limit within lets the planner know that little is asked for.
    IF few THEN
        listed := ARRAY(SELECT (u.id, u.name, u.email)::centurion.listed_person
                        FROM (SELECT u.id, u.name, u.email FROM public.users AS u
                              WHERE u.id = ANY (own) AND centurion.comes_after(u.name, u.id, after_name, after_id)
                                    AND (words = '' OR words IS NULL OR centurion.is_meant(u.name, u.email, starts, holds, begins))
                              ORDER BY u.name, u.id LIMIT wanted) AS u);
    ELSIF words <> '' THEN
        listed := ARRAY(SELECT (u.id, u.name, u.email)::centurion.listed_person
                        FROM (SELECT u.id, u.name, u.email
                              FROM (SELECT u.id, u.name, u.email FROM public.users AS u
                                    WHERE centurion.is_meant(u.name, u.email, starts, holds, begins) AND u."deletedAt" IS NULL
                                          AND CASE WHEN all_of THEN u.role = 'CLIENT' ELSE EXISTS (SELECT FROM centurion.client_of(u.id, coach)) END
                                    OFFSET 0) AS u
                              WHERE centurion.comes_after(u.name, u.id, after_name, after_id)
                              ORDER BY u.name, u.id LIMIT wanted) AS u);
    ELSE
        IF after_name IS NOT NULL OR after_id IS NULL THEN
            listed := ARRAY(SELECT (u.id, u.name, u.email)::centurion.listed_person
                            FROM (SELECT u.id, u.name, u.email FROM public.users AS u
                                  WHERE (u.name, u.id) > (coalesce(after_name, ''), coalesce(after_id, 0)) AND u."deletedAt" IS NULL
                                        AND CASE WHEN all_of THEN u.role = 'CLIENT' ELSE EXISTS (SELECT FROM centurion.client_of(u.id, coach)) END
                                  ORDER BY u.name, u.id LIMIT 1000) AS u
                            LIMIT wanted);
        END IF;
        IF coalesce(cardinality(listed), 0) < wanted THEN
            listed := listed || ARRAY(SELECT (u.id, u.name, u.email)::centurion.listed_person
                                      FROM public.users AS u
                                      WHERE u.name IS NULL AND (after_name IS NOT NULL OR u.id > coalesce(after_id, 0)) AND u."deletedAt" IS NULL
                                            AND CASE WHEN all_of THEN u.role = 'CLIENT' ELSE EXISTS (SELECT FROM centurion.client_of(u.id, coach)) END
                                      ORDER BY u.id LIMIT wanted - coalesce(cardinality(listed), 0));
        END IF;
    END IF;

    RETURN QUERY
    SELECT u.id, u.name, u.email, coalesce(c.cohorts, ''), coalesce(c.status, 'NONE'), e.date, w.weight
    FROM unnest(listed) WITH ORDINALITY AS u (id, name, email, nth)
         CROSS JOIN LATERAL (
             -- Of other coaches' cohorts a coach learns nothing.
             SELECT string_agg(c.name, ', ' ORDER BY c."startDate" DESC, c.id) FILTER (WHERE m.status = 'ACTIVE' AND c.status <> 'ARCHIVED') AS cohorts,
                    min(m.status)::text AS status
             FROM public.cohort_memberships AS m JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL
             WHERE m."userId" = u.id AND (all_of OR EXISTS (SELECT FROM public.coach_cohort_memberships AS k WHERE k."cohortId" = c.id AND k."coachId" = coach))
         ) AS c
         CROSS JOIN LATERAL (SELECT max(e.date) AS date FROM public.entries AS e WHERE e."userId" = u.id AND e.date <= day) AS e
         LEFT JOIN LATERAL (SELECT e.weight FROM public.entries AS e
                            WHERE e."userId" = u.id AND e.date <= day AND e.weight IS NOT NULL ORDER BY e.date DESC LIMIT 1) AS w ON true
    ORDER BY u.nth;
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
    coach   integer := CASE WHEN person.role = 'COACH' THEN person."userId" END;
    few     boolean := NOT all_of AND (words = '' OR words IS NULL OR NOT centurion.has_many_clients(coach));
    own     integer[] := CASE WHEN few THEN ARRAY(SELECT c.user_id FROM centurion.clients_of(coach) AS c) END;
    found   integer;
    starts  text;
    holds   text;
    begins  text;
BEGIN
    IF words <> '' THEN
        SELECT p.starts, p.holds, p.begins INTO starts, holds, begins FROM centurion.search_patterns(words) AS p;
    END IF;

    IF words <> '' AND few THEN
        SELECT count(*) INTO found FROM public.users AS u
        WHERE u.id = ANY (own) AND centurion.is_meant(u.name, u.email, starts, holds, begins);
    ELSIF words <> '' THEN
        SELECT count(*) INTO found
        FROM (SELECT FROM public.users AS u
              WHERE centurion.is_meant(u.name, u.email, starts, holds, begins) AND u."deletedAt" IS NULL
                    AND CASE WHEN all_of THEN u.role = 'CLIENT' ELSE EXISTS (SELECT FROM centurion.client_of(u.id, coach)) END
              LIMIT 10001) AS u;
    ELSIF all_of THEN
        SELECT count(*) INTO found FROM (SELECT FROM public.users AS u WHERE u.role = 'CLIENT' AND u."deletedAt" IS NULL LIMIT 10001) AS u;
    ELSE
        SELECT least(count(DISTINCT o.id), 10001) INTO found FROM unnest(own) AS o (id);
    END IF;
    RETURN QUERY SELECT least(found, 10000), found > 10000;
END
$$;

-- Who asks (migration 7). Without a search path of its own: those who call it have set theirs, and every name in it is qualified.
CREATE OR REPLACE FUNCTION centurion.require_me() RETURNS centurion.me LANGUAGE plpgsql STABLE AS
$$
DECLARE
    person centurion.me;
BEGIN
    SELECT * INTO person FROM centurion.me;
    IF person."userId" IS NULL THEN
        RAISE EXCEPTION 'the login "%" stands for no person', session_user USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN person;
END
$$;

-- The palette's search (migration 8), with what words mean said in one place. A coach's own are gathered first, behind a fence (OFFSET 0):
-- whether somebody is meant among all people must not change what is read, as that can be counted.
CREATE OR REPLACE FUNCTION centurion.palette_find(words text, page integer) RETURNS TABLE (kind text, id integer, name text, remark text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    starts text;
    holds  text;
    begins text;
BEGIN
    SELECT p.starts, p.holds, p.begins INTO starts, holds, begins FROM centurion.search_patterns(words) AS p;
    RETURN QUERY
    SELECT found.kind, found.id, found.name, found.remark
    FROM (
        SELECT 'cohort' AS kind, c.id, c.name, lower(c.status::text) AS remark
        FROM (SELECT c.id, c.name, c.status FROM public.cohorts AS c
              WHERE c."deletedAt" IS NULL AND (person.role = 'ADMIN' OR c.id IN (SELECT m."cohortId" FROM centurion.my_cohorts AS m)) OFFSET 0) AS c
        WHERE centurion.is_meant(c.name, NULL, starts, holds, begins)
        UNION ALL
        SELECT 'member', u.id, u.name, CASE u.role WHEN 'CLIENT' THEN u.email ELSE lower(u.role::text) || ', ' || u.email END
        FROM public.users AS u
        WHERE person.role = 'ADMIN' AND centurion.is_meant(u.name, u.email, starts, holds, begins) AND u."deletedAt" IS NULL
        UNION ALL
        SELECT 'member', u.id, u.name, u.email
        FROM (SELECT u.id, u.name, u.email
              FROM (SELECT DISTINCT m."userId" FROM centurion.my_clients AS m WHERE person.role = 'COACH') AS mine
                   JOIN public.users AS u ON u.id = mine."userId" OFFSET 0) AS u
        WHERE centurion.is_meant(u.name, u.email, starts, holds, begins)
    ) AS found
    ORDER BY found.name ILIKE starts DESC, found.name, found.id
    LIMIT least(page, 100);
END
$$;

-- The clients of a review queue (migration 9), in PL/pgSQL, which keeps the plan: in SQL it was made anew for each queue.
CREATE OR REPLACE FUNCTION centurion.queue_clients(coach integer, sunday date) RETURNS SETOF integer LANGUAGE plpgsql STABLE AS
$$
BEGIN
    RETURN QUERY
    SELECT DISTINCT m."userId"
    FROM public.coach_cohort_memberships AS a
         JOIN public.cohorts AS c ON c.id = a."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                                     AND c."startDate" < (sunday + 1)::timestamp
         JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m.status = 'ACTIVE' AND m."joinedAt" < (sunday + 1)::timestamp
         JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL
    WHERE a."coachId" = coach;
END
$$;

-- What the attention score is made of (migration 6), with the same result: OFFSET 0 keeps the parts that are used several times from being worked
-- out each time, which took more than half of it.
CREATE OR REPLACE FUNCTION centurion.attention(members integer[], as_of date)
    RETURNS TABLE (user_id integer, score integer, band text, frequency integer, last_days integer, checkins_7 integer,
                   checkins_14 integer, checkins_30 integer, needed_7 integer, asked integer, completed integer,
                   recent double precision, earlier double precision)
    LANGUAGE plpgsql STABLE ROWS 100 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.user_id, p.score, centurion.band(p.score, n.checkins_7 < d.needed_7, s.attention_red, s.attention_amber),
           f.days, l.days, n.checkins_7, n.checkins_14, n.checkins_30, d.needed_7, q.asked, q.completed, t.recent, t.earlier
    FROM centurion.settings AS s
         CROSS JOIN unnest(members) AS m (user_id)
         CROSS JOIN LATERAL (SELECT f.days FROM centurion.frequency(m.user_id) AS f OFFSET 0) AS f
         CROSS JOIN LATERAL (
             SELECT count(*) FILTER (WHERE e.date > as_of - 7)::integer AS checkins_7,
                    count(*) FILTER (WHERE e.date > as_of - 14)::integer AS checkins_14,
                    count(*)::integer AS checkins_30,
                    array_agg(e."perceivedStress"::double precision ORDER BY e.date DESC)
                        FILTER (WHERE e.date > as_of - 14 AND e."perceivedStress" IS NOT NULL) AS stress
             FROM public.entries AS e
             WHERE e."userId" = m.user_id AND e.date > as_of - 30 AND e.date <= as_of
         ) AS n
         CROSS JOIN LATERAL (SELECT t.recent, t.earlier FROM centurion.stress_means(n.stress) AS t OFFSET 0) AS t
         CROSS JOIN LATERAL (SELECT as_of - max(e.date) AS days FROM public.entries AS e
                             WHERE e."userId" = m.user_id AND e.date <= as_of) AS l
         CROSS JOIN LATERAL (
             SELECT count(*)::integer AS asked, count(*) FILTER (WHERE r.status = 'COMPLETED')::integer AS completed
             FROM public.cohort_memberships AS cm
                  JOIN public.cohorts AS c ON c.id = cm."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                  JOIN public.questionnaire_bundles AS b
                      ON b."cohortId" = c.id AND b."isActive"
                         AND b."weekNumber" BETWEEN greatest(1, centurion.cohort_week(as_of, c."startDate"::date) - 3)
                                                AND centurion.cohort_week(as_of, c."startDate"::date)
                  LEFT JOIN public.weekly_questionnaire_responses AS r ON r."bundleId" = b.id AND r."userId" = cm."userId"
             WHERE cm."userId" = m.user_id AND cm.status = 'ACTIVE'
         ) AS q
         CROSS JOIN LATERAL (SELECT centurion.needed_checkins(s.adherence_amber_minimum, f.days) AS needed_7 OFFSET 0) AS d
         CROSS JOIN LATERAL (SELECT centurion.attention_score(l.days, n.checkins_14, q.asked, q.completed, t.recent, t.earlier)
                                    AS score) AS p;
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
    members := ARRAY(SELECT m."userId" FROM public.cohort_memberships AS m
                     WHERE m."cohortId" = cohort AND m.status IN ('ACTIVE', 'PAUSED')
                           AND NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = m."userId" AND u."deletedAt" IS NOT NULL));
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
    coach  integer := CASE WHEN person.role = 'COACH' THEN person."userId" END;
    zone   text := (SELECT timezone FROM centurion.settings);
    utc    timestamp := now() AT TIME ZONE 'UTC';
    since  timestamp;
    until  timestamp;
    few    boolean := NOT all_of AND NOT centurion.has_many_clients(coach);
    own    integer[] := CASE WHEN few THEN ARRAY(SELECT c.user_id FROM centurion.clients_of(coach) AS c) END;
BEGIN
    IF days IS NULL OR days NOT BETWEEN 1 AND 42 THEN
        RAISE EXCEPTION 'a calendar shows 1 to 42 days, not %', days USING ERRCODE = 'invalid_parameter_value';
    END IF;
    since := centurion.utc_time(first_day::timestamp, zone);
    until := centurion.utc_time((first_day + days)::timestamp, zone);
    IF few THEN
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
        WHERE (all_of OR EXISTS (SELECT FROM centurion.client_of(p."userId", coach))) AND p."startTime" >= since AND p."startTime" < until
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
GRANT EXECUTE ON FUNCTION centurion.search_patterns(text), centurion.is_meant(text, text, text, text, text),
                          centurion.comes_after(text, integer, text, integer), centurion.clients_of(integer),
                          centurion.client_of(integer, integer), centurion.has_many_clients(integer) TO centurion_gate;
