-- The review queue as a coach works with it all day: by cohort, with the week's means and the rate of 90 days, what earlier weeks still
-- hold, a week's figures for a message; and, for administrators, read-only as another coach, which the audit log tells.

-- ---- As another coach ----

-- That somebody looked: the only thing in the log that is no change.
CREATE FUNCTION centurion.audit_look(action text, target text, remarks jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person integer := (SELECT me."userId" FROM centurion.me);
BEGIN
    IF current_setting('transaction_read_only')::boolean THEN
        RAISE EXCEPTION 'Looking as another coach is written to the audit log, which this session cannot do'
            USING ERRCODE = 'read_only_sql_transaction', HINT = 'Start without --read-only.';
    END IF;
    INSERT INTO public.audit_logs ("userId", action, target, metadata, "createdAt")
    VALUES (person, audit_look.action, audit_look.target,
            jsonb_strip_nulls(jsonb_build_object('via', centurion.audit_via(person)) || remarks), now() AT TIME ZONE 'UTC');
END
$$;
ALTER FUNCTION centurion.audit_look(text, text, jsonb) OWNER TO centurion_auditor;
REVOKE ALL ON FUNCTION centurion.audit_look(text, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.audit_look(text, text, jsonb) TO centurion_gate;

-- Whose queue is meant: the caller's own, or for administrators anybody's. The queue itself is a look (look true) and writes a row of its
-- own; what stands beside it writes one only where there was no look in the last hour.
CREATE FUNCTION centurion.require_queue(coach integer, monday date, look boolean) RETURNS integer
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_me();
    about  text := 'User:' || coach;
BEGIN
    IF person.role = 'CLIENT' OR person.role = 'COACH' AND coach <> person."userId" THEN
        RAISE EXCEPTION 'not a review queue of yours' USING ERRCODE = 'insufficient_privilege';
    ELSIF coach IS NULL OR coach = person."userId" THEN
        RETURN person."userId";
    ELSIF NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = coach AND u.role IN ('COACH', 'ADMIN') AND u."deletedAt" IS NULL) THEN
        RAISE EXCEPTION 'There is no coach %', coach USING ERRCODE = 'no_data_found';
    END IF;
    IF look OR NOT EXISTS (SELECT FROM public.audit_logs AS l
                           WHERE l.target = about AND l.action = 'VIEW_AS_COACH' AND l."userId" = person."userId"
                                 AND l."createdAt" > now() AT TIME ZONE 'UTC' - interval '1 hour') THEN
        PERFORM centurion.audit_look('VIEW_AS_COACH', about, jsonb_build_object('week', monday));
    END IF;
    RETURN coach;
END
$$;

-- ---- The queue ----

-- A coach's clients of a week (migrations 9 and 26), of all cohorts or of some.
DROP FUNCTION centurion.queue_clients(integer, date);
CREATE FUNCTION centurion.queue_clients(coach integer, sunday date, cohorts integer[] DEFAULT NULL) RETURNS SETOF integer LANGUAGE plpgsql STABLE AS
$$
BEGIN
    RETURN QUERY
    SELECT DISTINCT m."userId"
    FROM public.coach_cohort_memberships AS a
         JOIN public.cohorts AS c ON c.id = a."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                                     AND c."startDate" < (sunday + 1)::timestamp
         JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m.status = 'ACTIVE' AND m."joinedAt" < (sunday + 1)::timestamp
         JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL
    WHERE a."coachId" = coach AND (cohorts IS NULL OR a."cohortId" = ANY (cohorts));
END
$$;

-- That cohorts to choose from are the coach's. Somebody else's is absent, as everywhere.
CREATE FUNCTION centurion.require_queue_cohorts(coach integer, cohorts integer[]) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    other text;
BEGIN
    IF cohorts IS NULL THEN
        RETURN;
    END IF;
    SELECT coalesce(x.id::text, 'without a number') INTO other FROM unnest(cohorts) AS x (id)
    WHERE NOT EXISTS (SELECT FROM public.coach_cohort_memberships AS k JOIN public.cohorts AS c ON c.id = k."cohortId" AND c."deletedAt" IS NULL
                      WHERE k."coachId" = coach AND k."cohortId" = x.id)
    ORDER BY x.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'There is no cohort %', other USING ERRCODE = 'no_data_found';
    END IF;
END
$$;

DROP FUNCTION centurion.review_queue(date, integer);
CREATE FUNCTION centurion.review_queue(week date, coach integer DEFAULT NULL, cohorts integer[] DEFAULT NULL)
    RETURNS TABLE (user_id integer, name text, cohort text, cohort_week text, score integer, band text, checkins integer,
                   expected integer, rate_7d integer, rate_30d integer, rate_90d integer, delta integer, questionnaire text,
                   questionnaire_hours integer, last_days integer, weight double precision, weight_change double precision,
                   steps double precision, calories double precision, sleep double precision, stress double precision,
                   review_status text, reviewed_at timestamp)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    monday  date := centurion.week_monday(week);
    as_of   date := centurion.week_as_of(monday, centurion.today());
    whose   integer := centurion.require_queue(coach, monday, true);
    chosen  integer[] := cohorts;
    clients integer[];
BEGIN
    PERFORM centurion.require_queue_cohorts(whose, chosen);
    clients := ARRAY(SELECT centurion.queue_clients(whose, monday + 6, chosen));
    RETURN QUERY
    SELECT a.user_id, u.name, c.label, c.week, a.score, a.band, w.checkins, greatest(0, as_of - monday + 1), r.rate_7d, r.rate_30d,
           r.rate_90d, r.rate_7d - r.rate_30d, (ARRAY['none', 'not_started', 'in_progress', 'completed'])[c.asked + 1], c.hours, a.last_days,
           w.weight, w.change, w.steps, w.calories, w.sleep, w.stress, coalesce(v.status, 'pending'), centurion.local_time(v.at, s.timezone)
    FROM centurion.attention(clients, as_of) AS a
         CROSS JOIN (SELECT timezone FROM centurion.settings) AS s
         JOIN public.users AS u ON u.id = a.user_id
         CROSS JOIN LATERAL (SELECT * FROM centurion.week_means(a.user_id, monday, as_of) AS w OFFSET 0) AS w
         CROSS JOIN LATERAL (SELECT count(*) AS days FROM public.entries AS e
                             WHERE e."userId" = a.user_id AND e.date > as_of - 90 AND e.date <= as_of) AS n
         CROSS JOIN LATERAL (SELECT centurion.adherence(a.checkins_7, 7, a.frequency) AS rate_7d,
                                    centurion.adherence(a.checkins_30, 30, a.frequency) AS rate_30d,
                                    centurion.adherence(n.days, 90, a.frequency) AS rate_90d) AS r
         CROSS JOIN LATERAL (
             -- Of several cohorts the newest gives its name and week, the questionnaire least done its state.
             SELECT (array_agg(c.name ORDER BY c."startDate" DESC, c.id))[1]
                    || CASE WHEN count(*) > 1 THEN ' +' || count(*) - 1 ELSE '' END AS label,
                    (array_agg(centurion.week_label(monday + 6, c."startDate"::date, c."endDate"::date)
                               ORDER BY c."startDate" DESC, c.id))[1] AS week,
                    coalesce(min(CASE WHEN b.id IS NULL THEN NULL WHEN q.status = 'COMPLETED' THEN 3 WHEN q.id IS NOT NULL THEN 2
                                      ELSE 1 END), 0) AS asked,
                    min(greatest(0, floor(extract(epoch FROM now() AT TIME ZONE 'UTC' - q."updatedAt") / 3600)))
                        FILTER (WHERE q.status = 'IN_PROGRESS')::integer AS hours
             FROM public.cohort_memberships AS m
                  JOIN public.cohorts AS c ON c.id = m."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                                              AND c."startDate" < (monday + 7)::timestamp
                  JOIN public.coach_cohort_memberships AS k ON k."cohortId" = c.id AND k."coachId" = whose
                  LEFT JOIN public.questionnaire_bundles AS b
                      ON b."cohortId" = c.id AND b."weekNumber" = centurion.cohort_week(monday + 6, c."startDate"::date) AND b."isActive"
                  LEFT JOIN public.weekly_questionnaire_responses AS q ON q."bundleId" = b.id AND q."userId" = m."userId"
             WHERE m."userId" = a.user_id AND m.status = 'ACTIVE' AND (chosen IS NULL OR m."cohortId" = ANY (chosen))
         ) AS c
         LEFT JOIN centurion.reviews AS v ON v."coachId" = whose AND v."clientId" = a.user_id AND v.week = monday
    ORDER BY array_position(ARRAY['red', 'amber', 'green'], a.band), a.score DESC, r.rate_7d, u.name, a.user_id;
END
$$;

-- A member's check-ins in some days, with the means of what was given, and what the weight did: its last minus its first, where there are two.
CREATE FUNCTION centurion.week_means(member integer, first_day date, last_day date)
    RETURNS TABLE (checkins integer, weight double precision, change double precision, steps double precision, calories double precision,
                   sleep double precision, stress double precision) LANGUAGE sql STABLE ROWS 1 AS
$$
    SELECT count(*)::integer, avg(e.weight),
           CASE WHEN count(e.weight) > 1
                THEN (array_agg(e.weight ORDER BY e.date DESC) FILTER (WHERE e.weight IS NOT NULL))[1]
                     - (array_agg(e.weight ORDER BY e.date) FILTER (WHERE e.weight IS NOT NULL))[1] END,
           avg(e.steps)::double precision, avg(e.calories)::double precision, avg(e."sleepQuality")::double precision,
           avg(e."perceivedStress")::double precision
    FROM public.entries AS e WHERE e."userId" = member AND e.date BETWEEN first_day AND last_day
$$;

DROP FUNCTION centurion.review_summary(date, integer);
CREATE FUNCTION centurion.review_summary(week date, coach integer DEFAULT NULL, cohorts integer[] DEFAULT NULL)
    RETURNS TABLE (coach_name text, red integer, amber integer, green integer, reviewed integer, total integer, sessions_today integer, unmarked integer)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    monday  date := centurion.week_monday(week);
    whose   integer := centurion.require_queue(coach, monday, false);
    today   date := centurion.today();
    utc     timestamp := now() AT TIME ZONE 'UTC';
    zone    text := (SELECT timezone FROM centurion.settings);
    chosen  integer[] := cohorts;
    clients integer[];
BEGIN
    PERFORM centurion.require_queue_cohorts(whose, chosen);
    clients := ARRAY(SELECT centurion.queue_clients(whose, monday + 6, chosen));
    RETURN QUERY
    SELECT (SELECT u.name FROM public.users AS u WHERE u.id = whose), f.red, f.amber, f.green, f.reviewed, f.total,
           coalesce(p.sessions_today, 0), coalesce(p.unmarked, 0)
    FROM (SELECT count(*) FILTER (WHERE a.band = 'red')::integer AS red, count(*) FILTER (WHERE a.band = 'amber')::integer AS amber,
                 count(*) FILTER (WHERE a.band = 'green')::integer AS green,
                 count(*) FILTER (WHERE v.status IN ('done', 'skipped'))::integer AS reviewed, count(*)::integer AS total
          FROM centurion.attention(clients, centurion.week_as_of(monday, today)) AS a
               LEFT JOIN centurion.reviews AS v ON v."coachId" = whose AND v."clientId" = a.user_id AND v.week = monday) AS f
         CROSS JOIN (
             SELECT sum(n.today)::integer AS sessions_today, sum(n.unmarked)::integer AS unmarked
             FROM (SELECT DISTINCT c.user_id FROM centurion.clients_of(whose) AS c) AS own
                  CROSS JOIN LATERAL (
                      SELECT count(*) FILTER (WHERE p."startTime" >= centurion.utc_time(today::timestamp, zone)
                                                    AND p."startTime" < centurion.utc_time((today + 1)::timestamp, zone)) AS today,
                             count(*) FILTER (WHERE centurion.is_unmarked(p.status, p."endTime", utc)) AS unmarked
                      FROM public.appointments AS p WHERE p."userId" = own.user_id
                  ) AS n
         ) AS p;
END
$$;

-- The cohorts that a queue is made of, with how many of them are in it.
CREATE FUNCTION centurion.review_cohorts(week date, coach integer DEFAULT NULL)
    RETURNS TABLE (id integer, name text, cohort_week text, clients integer)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    monday date := centurion.week_monday(week);
    whose  integer := centurion.require_queue(coach, monday, false);
BEGIN
    RETURN QUERY
    SELECT c.id, c.name, centurion.week_label(monday + 6, c."startDate"::date, c."endDate"::date), n.clients
    FROM public.coach_cohort_memberships AS k
         JOIN public.cohorts AS c ON c.id = k."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL AND c."startDate" < (monday + 7)::timestamp
         CROSS JOIN LATERAL (SELECT count(*)::integer AS clients FROM centurion.queue_clients(whose, monday + 6, ARRAY[c.id]) AS q) AS n
    WHERE k."coachId" = whose
    ORDER BY c.name, c.id;
END
$$;

-- Weeks before the one that runs in which clients are still pending, the latest first: half a year back at most, and not before the coach's
-- first review, as nobody reviews what was over when they began.
CREATE FUNCTION centurion.review_backlog(coach integer DEFAULT NULL) RETURNS TABLE (week date, pending integer, total integer)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 5
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    weeks  constant integer := 26;
    monday date := centurion.week_monday(centurion.today());
    whose  integer := centurion.require_queue(coach, monday, false);
    first  date := (SELECT min(r.week) FROM centurion.reviews AS r WHERE r."coachId" = whose);
BEGIN
    RETURN QUERY
    SELECT w.week, count(*) FILTER (WHERE coalesce(v.status, 'pending') = 'pending')::integer, count(*)::integer
    FROM generate_series(1, least(weeks, (monday - first) / 7)) AS ago
         CROSS JOIN LATERAL (SELECT monday - 7 * ago AS week) AS w
         CROSS JOIN LATERAL centurion.queue_clients(whose, w.week + 6) AS q (id)
         LEFT JOIN centurion.reviews AS v ON v."coachId" = whose AND v."clientId" = q.id AND v.week = w.week
    GROUP BY w.week
    HAVING bool_or(coalesce(v.status, 'pending') = 'pending')
    ORDER BY w.week DESC;
END
$$;

-- ---- A client of it ----

-- What an audit row changed, in words (migration 9): as people call it, and no bookkeeping such as where a figure came from.
CREATE OR REPLACE FUNCTION centurion.change_words(metadata jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS
$$
    SELECT left(string_agg(CASE WHEN a.key = 'customResponses' THEN 'answers'
                                ELSE concat_ws(' ', CASE a.key WHEN 'sleepQuality' THEN 'sleep' WHEN 'perceivedStress' THEN 'stress' ELSE a.key END,
                                               b.value || ' to', coalesce(a.value, 'nothing')) END, ', ' ORDER BY a.key), 120)
    FROM jsonb_each_text(CASE jsonb_typeof(metadata -> 'after') WHEN 'object' THEN metadata -> 'after' ELSE '{}' END) AS a
         CROSS JOIN LATERAL (SELECT CASE jsonb_typeof(metadata -> 'before') WHEN 'object' THEN metadata -> 'before' ->> a.key END) AS b (value)
    WHERE a.value IS DISTINCT FROM b.value AND a.key <> 'dataSources'
$$;

DROP FUNCTION centurion.review_changes(integer, date);
CREATE FUNCTION centurion.review_changes(member integer, week date, coach integer DEFAULT NULL) RETURNS TABLE (since date, kind text, words text)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 5
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    monday date := centurion.week_monday(week);
    whose  integer := centurion.require_queue(coach, monday, false);
    zone   text := (SELECT timezone FROM centurion.settings);
    utc    timestamp := now() AT TIME ZONE 'UTC';
    until  timestamp := least(utc, centurion.utc_time((monday + 7)::timestamp, zone));
    last   timestamp := (SELECT r.at FROM centurion.reviews AS r
                         WHERE r."coachId" = whose AND r."clientId" = member AND r.status = 'done' AND r.week < monday
                         ORDER BY r.week DESC LIMIT 1);
    day    date := centurion.local_time(last, zone)::date;
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT day, c.kind, c.words
    FROM (
        SELECT 1 AS part, NULL::timestamp AS at, '+' AS kind, format('%s check-in%s', count(*), CASE WHEN count(*) <> 1 THEN 's' END) AS words
        FROM public.entries AS e
        WHERE e."userId" = member AND e."createdAt" > last AND e."createdAt" <= until
        HAVING count(*) > 0
        UNION ALL
        SELECT 2, e."updatedAt", '~',
               CASE WHEN l.id IS NULL THEN format('check-in of %s changed', centurion.day_words(e.date))
                    ELSE format('%s: %s (%s)', centurion.day_words(e.date), centurion.change_words(l.metadata),
                                CASE WHEN l."userId" = member THEN 'self'
                                     ELSE coalesce(split_part(u.name, ' ', 1), CASE WHEN l.metadata ->> 'via' = 'web' THEN 'web' ELSE 'unknown' END) END) END
        FROM public.entries AS e
             LEFT JOIN public.audit_logs AS l ON l.target = 'Entry:' || e.id AND l.action = 'UPDATE_ENTRY' AND l."createdAt" > last
                                                 AND l."createdAt" <= until AND centurion.change_words(l.metadata) IS NOT NULL
             LEFT JOIN public.users AS u ON u.id = l."userId"
        WHERE e."userId" = member AND e."updatedAt" > last AND e."updatedAt" <= until AND e."createdAt" <= last
        UNION ALL
        SELECT 3, q."updatedAt", '+',
               CASE q.status WHEN 'COMPLETED' THEN format('questionnaire of week %s completed', q."weekNumber")
                    ELSE format('questionnaire of week %s saved, %s of %s', q."weekNumber", centurion.answer_count(q.responses),
                                centurion.question_count(b.questions)) END
        FROM public.weekly_questionnaire_responses AS q JOIN public.questionnaire_bundles AS b ON b.id = q."bundleId"
        WHERE q."userId" = member AND q."updatedAt" > last AND q."updatedAt" <= until
        UNION ALL
        SELECT 4, p."startTime", '!', format('session %s not marked', centurion.day_words(centurion.local_time(p."startTime", zone)::date))
        FROM public.appointments AS p
        WHERE p."userId" = member AND p."endTime" > last AND p."endTime" <= until
              AND centurion.is_unmarked(p.status, p."endTime", utc)
        UNION ALL
        SELECT 5, n."createdAt", '+',
               format('note by %s, %s', split_part(u.name, ' ', 1), centurion.day_words(centurion.local_time(n."createdAt", zone)::date))
        FROM public.coach_notes AS n JOIN public.users AS u ON u.id = n."coachId"
        WHERE n."userId" = member AND n."createdAt" > last AND n."createdAt" <= until AND n."coachId" <> whose
    ) AS c
    ORDER BY c.part, c.at
    LIMIT 12;
    IF NOT FOUND THEN
        RETURN QUERY SELECT day, '', '';
    END IF;
END
$$;

DROP FUNCTION centurion.review_marks(date);
CREATE FUNCTION centurion.review_marks(week date, coach integer DEFAULT NULL) RETURNS TABLE (user_id integer, status text, version text)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    monday date := centurion.week_monday(week);
    whose  integer := centurion.require_queue(coach, monday, false);
BEGIN
    RETURN QUERY
    SELECT r."clientId", r.status, r.xmin::text
    FROM centurion.reviews AS r
    WHERE r."coachId" = whose AND r.week = monday AND EXISTS (SELECT FROM centurion.client_of(r."clientId", whose));
END
$$;

-- A week of somebody in figures, beside those of the week before: what a message to them is made of. week_number is that of the newest
-- cohort, as in the queue; it is what a note about the week is filed under, and NULL before any cohort began.
CREATE FUNCTION centurion.review_figures(member integer, week date)
    RETURNS TABLE (name text, email text, coach text, cohort text, week_number integer, monday date, last_day date, days integer,
                   checkins integer, weight double precision, weight_change double precision, steps double precision,
                   calories double precision, sleep double precision, stress double precision, before_checkins integer,
                   before_weight double precision, before_steps double precision, before_calories double precision,
                   before_sleep double precision, before_stress double precision, asked integer, completed integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    first  date := centurion.week_monday(week);
    last   date := centurion.week_as_of(first, centurion.today());
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT u.name, u.email, person.name, c.name, c.week, first, last, greatest(0, last - first + 1), w.checkins, w.weight, w.change, w.steps,
           w.calories, w.sleep, w.stress, b.checkins, b.weight, b.steps, b.calories, b.sleep, b.stress, c.asked, c.completed
    FROM public.users AS u
         CROSS JOIN LATERAL centurion.week_means(member, first, last) AS w
         CROSS JOIN LATERAL centurion.week_means(member, first - 7, first - 1) AS b
         CROSS JOIN LATERAL (
             SELECT (array_agg(c.name ORDER BY c."startDate" DESC, c.id))[1] AS name,
                    (array_agg(centurion.cohort_week(first + 6, c."startDate"::date) ORDER BY c."startDate" DESC, c.id))[1] AS week,
                    count(q.id)::integer AS asked, count(*) FILTER (WHERE r.status = 'COMPLETED')::integer AS completed
             FROM public.cohort_memberships AS m
                  JOIN public.cohorts AS c ON c.id = m."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                                              AND c."startDate" < (first + 7)::timestamp
                  LEFT JOIN public.questionnaire_bundles AS q
                      ON q."cohortId" = c.id AND q."weekNumber" = centurion.cohort_week(first + 6, c."startDate"::date) AND q."isActive"
                  LEFT JOIN public.weekly_questionnaire_responses AS r ON r."bundleId" = q.id AND r."userId" = m."userId"
             WHERE m."userId" = member AND m.status = 'ACTIVE'
                   AND (person.role = 'ADMIN' OR EXISTS (SELECT FROM centurion.my_cohorts AS v WHERE v."cohortId" = c.id))
         ) AS c
    WHERE u.id = member;
END
$$;

DROP FUNCTION centurion.require_coach(integer);

DO $$
DECLARE
    gate text;
BEGIN
    FOREACH gate IN ARRAY ARRAY['review_queue(date, integer, integer[])', 'review_summary(date, integer, integer[])', 'review_cohorts(date, integer)',
                                'review_backlog(integer)', 'review_changes(integer, date, integer)', 'review_marks(date, integer)',
                                'review_figures(integer, date)']
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_gate', gate);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', gate);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_admin, centurion_coach', gate);
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.require_queue(integer, date, boolean), centurion.require_queue_cohorts(integer, integer[]),
                          centurion.queue_clients(integer, date, integer[]), centurion.week_means(integer, date, date) TO centurion_gate;
GRANT EXECUTE ON FUNCTION centurion.queue_clients(integer, date, integer[]) TO centurion_writer;
