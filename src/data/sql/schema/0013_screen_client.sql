-- Behind the page that a client sees first: only the caller's own rows, and no scores. Nothing is passed in, so nobody
-- else's can be asked for.

CREATE FUNCTION centurion.client_home()
    RETURNS TABLE (user_id integer, name text, today date, streak integer, best_streak integer, next_milestone integer,
                   checked_in boolean, frequency integer, next_due date, weight double precision, steps integer, calories integer,
                   sleep integer, stress integer, sources text, notes text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    day    date := centurion.today();
BEGIN
    RETURN QUERY
    SELECT person."userId", coalesce(person.name, person.rolname), day, s.streak, s.best, n.next, e.id IS NOT NULL, f.days,
           coalesce(l.date + f.days, day), e.weight, e.steps, e.calories, e."sleepQuality", e."perceivedStress",
           CASE WHEN e.id IS NOT NULL THEN centurion.source_letters(e.weight, e.steps, e.calories, e."sleepQuality", e."dataSources") END,
           e.notes
    FROM centurion.streak(person."userId", day) AS s
         CROSS JOIN LATERAL centurion.streak_milestones(s.streak) AS n
         CROSS JOIN LATERAL centurion.frequency(person."userId") AS f
         CROSS JOIN (SELECT max(l.date) AS date FROM public.entries AS l WHERE l."userId" = person."userId" AND l.date <= day) AS l
         LEFT JOIN public.entries AS e ON e."userId" = person."userId" AND e.date = day;
END
$$;

CREATE FUNCTION centurion.client_week()
    RETURNS TABLE (date date, checked_in boolean, weight double precision, steps integer, calories integer, sleep integer, stress integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 7
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    today  date := centurion.today();
BEGIN
    RETURN QUERY
    SELECT today - d, e.id IS NOT NULL, e.weight, e.steps, e.calories, e."sleepQuality", e."perceivedStress"
    FROM generate_series(0, 6) AS d LEFT JOIN public.entries AS e ON e."userId" = person."userId" AND e.date = today - d
    ORDER BY d DESC;
END
$$;

-- Questionnaires that are open (their week, and the days of grace after it) and not completed; workouts not completed.
CREATE FUNCTION centurion.client_todo()
    RETURNS TABLE (kind text, id integer, title text, state text, answered integer, total integer, due date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    today  date := centurion.today();
    grace  integer := (SELECT questionnaire_grace_days FROM centurion.settings);
BEGIN
    RETURN QUERY
    SELECT 'questionnaire', b.id, format('%s, week %s questionnaire', c.name, b."weekNumber"),
           CASE WHEN r.id IS NULL THEN 'not_started' ELSE 'in_progress' END, coalesce(centurion.answer_count(r.responses), 0),
           centurion.question_count(b.questions), w.opens + 6 + grace
    FROM public.cohort_memberships AS m
         JOIN public.cohorts AS c ON c.id = m."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
         JOIN public.questionnaire_bundles AS b ON b."cohortId" = c.id AND b."isActive"
         CROSS JOIN LATERAL (SELECT c."startDate"::date + 7 * (b."weekNumber" - 1) AS opens) AS w
         LEFT JOIN public.weekly_questionnaire_responses AS r ON r."bundleId" = b.id AND r."userId" = m."userId"
    WHERE m."userId" = person."userId" AND m.status = 'ACTIVE' AND today BETWEEN w.opens AND w.opens + 6 + grace
          AND r.status IS DISTINCT FROM 'COMPLETED'
    ORDER BY w.opens, b.id;
    RETURN QUERY
    SELECT 'workout', w.id, w.title, lower(w.status::text), NULL::integer, NULL::integer, NULL::date
    FROM public.workouts AS w
    WHERE w."userId" = person."userId" AND w.status <> 'COMPLETED'
    ORDER BY w."createdAt", w.id;
END
$$;

-- Own sessions and everybody's bootcamps to come. Sessions can be cancelled until a day before.
CREATE FUNCTION centurion.client_upcoming(page integer)
    RETURNS TABLE (kind text, id integer, title text, location text, starts timestamp, ends timestamp, places_left integer,
                   registered boolean, cancel_until timestamp)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    zone   text := (SELECT timezone FROM centurion.settings);
    utc    timestamp := now() AT TIME ZONE 'UTC';
BEGIN
    RETURN QUERY
    SELECT c.kind, c.id, c.title, c.location, centurion.local_time(c.starts, zone), centurion.local_time(c.ends, zone), c.places_left,
           c.registered, centurion.local_time(c.cancel_until, zone)
    FROM (
        SELECT 'session' AS kind, p.id, 'Session' AS title, NULL AS location, p."startTime" AS starts, p."endTime" AS ends,
               NULL::integer AS places_left, true AS registered, p."startTime" - interval '24 hours' AS cancel_until
        FROM public.appointments AS p
        WHERE p."userId" = person."userId" AND p."startTime" > utc
        UNION ALL
        SELECT 'bootcamp', b.id, b.name, b.location, b."startTime", b."endTime", CASE WHEN b.capacity IS NOT NULL THEN greatest(0, b.capacity - n.taken) END,
               n.mine, NULL
        FROM public.bootcamps AS b
             CROSS JOIN LATERAL (SELECT count(*)::integer AS taken, coalesce(bool_or(a."userId" = person."userId"), false) AS mine
                                 FROM public.bootcamp_attendees AS a WHERE a."bootcampId" = b.id) AS n
        WHERE b."startTime" > utc
    ) AS c
    ORDER BY c.starts, c.kind, c.id
    LIMIT least(page, 100);
END
$$;

DO $$
DECLARE
    gate text;
BEGIN
    FOREACH gate IN ARRAY ARRAY['client_home()', 'client_week()', 'client_todo()', 'client_upcoming(integer)']
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_gate', gate);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', gate);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_client', gate);
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
