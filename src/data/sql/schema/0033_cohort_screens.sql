-- Behind the list of cohorts with all that can be asked for, and behind a cohort's own screen. Whoever is not the cohort's is told that
-- there is none.

GRANT EXECUTE ON FUNCTION centurion.require_cohort(centurion.me, integer) TO centurion_gate;

-- As cohort_list(), with archived and deleted ones where they are asked for, and with what it takes to change one. Deleted ones are the
-- administrators'.
CREATE FUNCTION centurion.cohort_index(archived boolean, deleted boolean)
    RETURNS TABLE (id integer, name text, status text, week text, members integer, active_7d integer, engagement integer,
                   coaches text, questionnaire_done integer, questionnaire_total integer, score integer, band text, flags text,
                   start_date date, end_date date, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    today  date := centurion.today();
    sunday date := centurion.week_monday(today) + 6;
    listed integer[] := ARRAY(SELECT c.id FROM public.cohorts AS c
                              WHERE CASE WHEN c."deletedAt" IS NOT NULL THEN deleted AND person.role = 'ADMIN'
                                         ELSE (archived OR c.status <> 'ARCHIVED')
                                              AND (person.role = 'ADMIN' OR c.id IN (SELECT m."cohortId" FROM centurion.my_cohorts AS m)) END);
BEGIN
    RETURN QUERY
    SELECT c.id, c.name, CASE WHEN c."deletedAt" IS NULL THEN c.status::text ELSE 'DELETED' END,
           centurion.week_label(today, c."startDate"::date, c."endDate"::date), f.members, f.active_7d, f.engagement, f.coaches, q.done, q.total,
           f.score, CASE WHEN f.score IS NOT NULL THEN f.band END, f.flags, c."startDate"::date, c."endDate"::date, c.xmin::text
    FROM centurion.cohort_figures(listed, today) AS f
         JOIN public.cohorts AS c ON c.id = f.id
         LEFT JOIN public.questionnaire_bundles AS b
             ON b."cohortId" = c.id AND b."weekNumber" = centurion.cohort_week(sunday, c."startDate"::date) AND b."isActive"
         LEFT JOIN LATERAL (
             SELECT count(*) FILTER (WHERE r.status = 'COMPLETED')::integer AS done, count(*)::integer AS total
             FROM public.cohort_memberships AS m
                  LEFT JOIN public.weekly_questionnaire_responses AS r ON r."bundleId" = b.id AND r."userId" = m."userId"
             WHERE m."cohortId" = c.id AND m.status = 'ACTIVE'
                   AND NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = m."userId" AND u."deletedAt" IS NOT NULL)
         ) AS q ON b.id IS NOT NULL
    ORDER BY c."deletedAt" IS NOT NULL, c.status, c.name, c.id;
END
$$;

-- A cohort to be read and edited. The frequency is the cohort's own, NULL: as everybody.
CREATE FUNCTION centurion.cohort_record(cohort integer)
    RETURNS TABLE (id integer, name text, description text, start_date date, end_date date, status text, week text, frequency_days integer,
                   default_days integer, members integer, paused integer, gone integer, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
BEGIN
    PERFORM centurion.require_cohort(centurion.require_me(), cohort);
    RETURN QUERY
    SELECT c.id, c.name, c.description, c."startDate"::date, c."endDate"::date, c.status::text,
           centurion.week_label(centurion.today(), c."startDate"::date, c."endDate"::date), f.days, s.default_frequency_days,
           m.active, m.paused, m.gone, c.xmin::text
    FROM public.cohorts AS c
         CROSS JOIN centurion.settings AS s
         LEFT JOIN centurion.cohort_frequencies AS f ON f."cohortId" = c.id
         CROSS JOIN LATERAL (
             SELECT count(*) FILTER (WHERE m.status = 'ACTIVE')::integer AS active, count(*) FILTER (WHERE m.status = 'PAUSED')::integer AS paused,
                    count(*) FILTER (WHERE m.status = 'INACTIVE')::integer AS gone
             FROM public.cohort_memberships AS m JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL
             WHERE m."cohortId" = c.id
         ) AS m
    WHERE c.id = cohort;
END
$$;

-- Who left it, the last first: they can come back.
CREATE FUNCTION centurion.cohort_left(cohort integer)
    RETURNS TABLE (user_id integer, name text, left_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
BEGIN
    PERFORM centurion.require_cohort(centurion.require_me(), cohort);
    RETURN QUERY
    SELECT u.id, u.name, m."leftAt"::date
    FROM public.cohort_memberships AS m JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL AND u.role = 'CLIENT'
    WHERE m."cohortId" = cohort AND m.status = 'INACTIVE'
    ORDER BY m."leftAt" DESC NULLS LAST, u.name, u.id;
END
$$;

-- The coaches of a cohort with their loads, or (for administrators) whoever could become one. Coaches see no load but their own.
CREATE FUNCTION centurion.cohort_coaches(cohort integer, assigned boolean)
    RETURNS TABLE (user_id integer, name text, role text, cohorts integer, clients integer, fewest integer, most integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    listed integer[];
BEGIN
    PERFORM centurion.require_cohort(person, cohort);
    IF NOT assigned AND person.role <> 'ADMIN' THEN
        RAISE EXCEPTION 'for administrators only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    listed := ARRAY(SELECT u.id FROM public.users AS u
                    WHERE u.role IN ('COACH', 'ADMIN') AND u."deletedAt" IS NULL
                          AND assigned = EXISTS (SELECT FROM public.coach_cohort_memberships AS k WHERE k."cohortId" = cohort AND k."coachId" = u.id));
    RETURN QUERY
    SELECT u.id, u.name, u.role::text, CASE WHEN person.role = 'ADMIN' OR u.id = person."userId" THEN l.cohorts END,
           CASE WHEN person.role = 'ADMIN' OR u.id = person."userId" THEN l.clients END, s.min_clients_per_coach, s.max_clients_per_coach
    FROM public.users AS u
         CROSS JOIN centurion.settings AS s
         CROSS JOIN LATERAL (
             SELECT count(DISTINCT c.id)::integer AS cohorts, count(DISTINCT m."userId")::integer AS clients
             FROM public.coach_cohort_memberships AS k
                  JOIN public.cohorts AS c ON c.id = k."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                  LEFT JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m.status = 'ACTIVE'
                       AND NOT EXISTS (SELECT FROM public.users AS o WHERE o.id = m."userId" AND o."deletedAt" IS NOT NULL)
             WHERE k."coachId" = u.id
         ) AS l
    WHERE u.id = ANY (listed)
    ORDER BY u.name, u.id;
END
$$;

-- Clients who are not in a cohort and whom these words mean, those who left it first.
CREATE FUNCTION centurion.cohort_candidates(cohort integer, words text, page integer)
    RETURNS TABLE (user_id integer, name text, email text, cohorts text, left_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    found  record;
BEGIN
    PERFORM centurion.require_cohort(person, cohort);
    SELECT p.starts, p.holds, p.begins INTO found FROM centurion.search_patterns(coalesce(words, '')) AS p;
    RETURN QUERY
    SELECT u.id, u.name, u.email, coalesce(c.cohorts, ''), u.left_on
    FROM (SELECT u.id, u.name, u.email, m."leftAt"::date AS left_on, m.id IS NULL AS new
          FROM public.users AS u LEFT JOIN public.cohort_memberships AS m ON m."cohortId" = cohort AND m."userId" = u.id
          WHERE u.role = 'CLIENT' AND u."deletedAt" IS NULL AND (m.id IS NULL OR m.status = 'INACTIVE')
                AND (coalesce(words, '') = '' OR centurion.is_meant(u.name, u.email, found.starts, found.holds, found.begins))
          ORDER BY m.id IS NULL, u.name, u.id LIMIT least(page, 200)) AS u
         CROSS JOIN LATERAL (
             SELECT string_agg(c.name, ', ' ORDER BY c."startDate" DESC, c.id) AS cohorts
             FROM public.cohort_memberships AS m JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL AND c.status = 'ACTIVE'
             WHERE m."userId" = u.id AND m.status IN ('ACTIVE', 'PAUSED')
         ) AS c
    ORDER BY u.new, u.name, u.id;
END
$$;

-- Its questionnaires by week: when each is open, and how many of its active members completed and started it.
CREATE FUNCTION centurion.cohort_bundles(cohort integer)
    RETURNS TABLE (id integer, week integer, title text, questions integer, active boolean, opens date, closes date, state text,
                   done integer, started integer, members integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    today  date := centurion.today();
    asked  integer[];
BEGIN
    PERFORM centurion.require_cohort(centurion.require_me(), cohort);
    asked := ARRAY(SELECT m."userId" FROM public.cohort_memberships AS m JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL
                   WHERE m."cohortId" = cohort AND m.status = 'ACTIVE');
    RETURN QUERY
    SELECT b.id, b."weekNumber", CASE WHEN jsonb_typeof(b.questions -> 'title') = 'string' THEN b.questions ->> 'title' ELSE '' END,
           centurion.question_count(b.questions), b."isActive", d.opens, d.closes,
           CASE WHEN today < d.opens THEN 'to come' WHEN today > d.closes THEN 'over' ELSE 'open' END, r.done, r.started, cardinality(asked)
    FROM public.questionnaire_bundles AS b
         JOIN public.cohorts AS c ON c.id = b."cohortId"
         CROSS JOIN centurion.settings AS s
         CROSS JOIN LATERAL (SELECT c."startDate"::date + 7 * (b."weekNumber" - 1) AS opens,
                                    c."startDate"::date + 7 * b."weekNumber" - 1 + s.questionnaire_grace_days AS closes) AS d
         CROSS JOIN LATERAL (
             SELECT count(*) FILTER (WHERE r.status = 'COMPLETED')::integer AS done, count(*) FILTER (WHERE r.status <> 'COMPLETED')::integer AS started
             FROM public.weekly_questionnaire_responses AS r WHERE r."bundleId" = b.id AND r."userId" = ANY (asked)
         ) AS r
    WHERE b."cohortId" = cohort
    ORDER BY b."weekNumber", b.id;
END
$$;

-- What it asks at check-ins. NULL without a version: nothing was said yet.
CREATE FUNCTION centurion.cohort_prompts(cohort integer) RETURNS TABLE (prompts jsonb, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
BEGIN
    PERFORM centurion.require_cohort(centurion.require_me(), cohort);
    RETURN QUERY
    SELECT p.prompts, p.xmin::text
    FROM (SELECT) AS one LEFT JOIN public.cohort_check_in_configs AS p ON p."cohortId" = cohort;
END
$$;

-- Its weeks up to now, at most the last 104: means over those who are active members now, from when each joined. Weight change is the mean
-- of what each member's weekly mean differs from the first week that they weighed themselves in.
CREATE FUNCTION centurion.cohort_weeks(cohort integer)
    RETURNS TABLE (week integer, first_day date, members integer, checked_in integer, engagement integer, checkins integer,
                   weight double precision, weight_change double precision, steps double precision, calories double precision,
                   sleep double precision, stress double precision, questionnaire_done integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    today date := centurion.today();
    start date;
    final integer;
BEGIN
    PERFORM centurion.require_cohort(centurion.require_me(), cohort);
    SELECT c."startDate"::date, least(centurion.cohort_week(today, c."startDate"::date), centurion.total_weeks(c."startDate"::date, c."endDate"::date))
    INTO start, final FROM public.cohorts AS c WHERE c.id = cohort;
    RETURN QUERY
    WITH member AS (
        SELECT m."userId" AS id, greatest(m."joinedAt"::date, start) AS since
        FROM public.cohort_memberships AS m JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL
        WHERE m."cohortId" = cohort AND m.status = 'ACTIVE'
    ), figures AS (
        SELECT f.*, f.weight - first_value(f.weight) OVER (PARTITION BY f.id ORDER BY f.weight IS NULL, f.week) AS change
        FROM (SELECT m.id, centurion.cohort_week(e.date, start) AS week, count(*) AS checkins, avg(e.weight) AS weight, avg(e.steps) AS steps,
                     avg(e.calories) AS calories, avg(e."sleepQuality") AS sleep, avg(e."perceivedStress") AS stress
              FROM member AS m JOIN public.entries AS e ON e."userId" = m.id AND e.date BETWEEN m.since AND least(today, start + 7 * final - 1)
              GROUP BY 1, 2) AS f
    )
    SELECT w.week, start + 7 * (w.week - 1), m.members, f.checked_in,
           CASE WHEN m.members > 0 THEN round(100.0 * f.checked_in / m.members)::integer END, f.checkins, f.weight, f.change, f.steps, f.calories,
           f.sleep, f.stress,
           CASE WHEN b.id IS NOT NULL THEN (SELECT count(*) FROM public.weekly_questionnaire_responses AS r JOIN member AS m ON m.id = r."userId"
                                            WHERE r."bundleId" = b.id AND r.status = 'COMPLETED')::integer END
    FROM generate_series(greatest(final - 103, 1), final) AS w (week)
         CROSS JOIN LATERAL (SELECT count(*)::integer AS members FROM member AS m WHERE m.since < start + 7 * w.week) AS m
         LEFT JOIN public.questionnaire_bundles AS b ON b."cohortId" = cohort AND b."weekNumber" = w.week AND b."isActive"
         LEFT JOIN LATERAL (
             SELECT count(*)::integer AS checked_in, coalesce(sum(f.checkins), 0)::integer AS checkins, avg(f.weight) AS weight, avg(f.change) AS change,
                    avg(f.steps)::double precision AS steps, avg(f.calories)::double precision AS calories, avg(f.sleep)::double precision AS sleep,
                    avg(f.stress)::double precision AS stress
             FROM figures AS f WHERE f.week = w.week
         ) AS f ON true
    ORDER BY w.week;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
DO $$
DECLARE
    gate record;
BEGIN
    FOR gate IN
        SELECT * FROM (VALUES
            ('cohort_index(boolean, boolean)',           'centurion_admin, centurion_coach'),
            ('cohort_record(integer)',                   'centurion_admin, centurion_coach'),
            ('cohort_left(integer)',                     'centurion_admin, centurion_coach'),
            ('cohort_coaches(integer, boolean)',         'centurion_admin, centurion_coach'),
            ('cohort_candidates(integer, text, integer)', 'centurion_admin'),
            ('cohort_bundles(integer)',                  'centurion_admin, centurion_coach'),
            ('cohort_prompts(integer)',                  'centurion_admin, centurion_coach'),
            ('cohort_weeks(integer)',                    'centurion_admin, centurion_coach')
        ) AS g (signature, who)
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_gate', gate.signature);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', gate.signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO %s', gate.signature, gate.who);
    END LOOP;
END
$$;
