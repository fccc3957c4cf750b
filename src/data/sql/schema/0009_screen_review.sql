-- Behind the review queue and its detail: for coaches, about their own clients; admins see every coach's.

-- Whose queue is meant: the caller's own, or for admins anybody's.
CREATE FUNCTION centurion.require_coach(coach integer) RETURNS integer
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_me();
BEGIN
    IF person.role = 'CLIENT' OR person.role = 'COACH' AND coach <> person."userId" THEN
        RAISE EXCEPTION 'not a review queue of yours' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN coalesce(coach, person."userId");
END
$$;

-- A coach's clients of a week: active members of active cohorts that had begun by its Sunday. Paused ones are left out.
CREATE FUNCTION centurion.queue_clients(coach integer, sunday date) RETURNS SETOF integer LANGUAGE sql STABLE AS
$$
    SELECT DISTINCT m."userId"
    FROM public.coach_cohort_memberships AS a
         JOIN public.cohorts AS c ON c.id = a."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                                     AND c."startDate" < (sunday + 1)::timestamp
         JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m.status = 'ACTIVE' AND m."joinedAt" < (sunday + 1)::timestamp
         JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL
    WHERE a."coachId" = coach
$$;

CREATE FUNCTION centurion.review_queue(week date, coach integer DEFAULT NULL)
    RETURNS TABLE (user_id integer, name text, cohort text, cohort_week text, score integer, band text, checkins integer,
                   expected integer, rate_7d integer, rate_30d integer, delta integer, questionnaire text,
                   questionnaire_hours integer, last_days integer, review_status text, reviewed_at timestamp)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    whose   integer := centurion.require_coach(coach);
    monday  date := centurion.week_monday(week);
    as_of   date := centurion.week_as_of(monday, centurion.today());
    clients integer[] := ARRAY(SELECT centurion.queue_clients(whose, monday + 6));
BEGIN
    RETURN QUERY
    SELECT a.user_id, u.name, c.label, c.week, a.score, a.band, w.checkins, greatest(0, as_of - monday + 1), r.rate_7d, r.rate_30d,
           r.rate_7d - r.rate_30d, (ARRAY['none', 'not_started', 'in_progress', 'completed'])[c.asked + 1], c.hours, a.last_days,
           coalesce(v.status, 'pending'), centurion.local_time(v.at, s.timezone)
    FROM centurion.attention(clients, as_of) AS a
         CROSS JOIN (SELECT timezone FROM centurion.settings) AS s
         JOIN public.users AS u ON u.id = a.user_id
         CROSS JOIN LATERAL (
             SELECT count(*)::integer AS checkins FROM public.entries AS e
             WHERE e."userId" = a.user_id AND e.date BETWEEN monday AND as_of
         ) AS w
         CROSS JOIN LATERAL (SELECT centurion.adherence(a.checkins_7, 7, a.frequency) AS rate_7d,
                                    centurion.adherence(a.checkins_30, 30, a.frequency) AS rate_30d) AS r
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
             WHERE m."userId" = a.user_id AND m.status = 'ACTIVE'
         ) AS c
         LEFT JOIN centurion.reviews AS v ON v."coachId" = whose AND v."clientId" = a.user_id AND v.week = monday
    ORDER BY array_position(ARRAY['red', 'amber', 'green'], a.band), a.score DESC, r.rate_7d, u.name, a.user_id;
END
$$;

CREATE FUNCTION centurion.review_summary(week date, coach integer DEFAULT NULL)
    RETURNS TABLE (red integer, amber integer, green integer, reviewed integer, total integer, sessions_today integer, unmarked integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    whose   integer := centurion.require_coach(coach);
    monday  date := centurion.week_monday(week);
    today   date := centurion.today();
    utc     timestamp := now() AT TIME ZONE 'UTC';
    zone    text := (SELECT timezone FROM centurion.settings);
    clients integer[] := ARRAY(SELECT centurion.queue_clients(whose, monday + 6));
BEGIN
    RETURN QUERY
    SELECT f.red, f.amber, f.green, f.reviewed, f.total, coalesce(p.sessions_today, 0), coalesce(p.unmarked, 0)
    FROM (SELECT count(*) FILTER (WHERE a.band = 'red')::integer AS red, count(*) FILTER (WHERE a.band = 'amber')::integer AS amber,
                 count(*) FILTER (WHERE a.band = 'green')::integer AS green,
                 count(*) FILTER (WHERE v.status IN ('done', 'skipped'))::integer AS reviewed, count(*)::integer AS total
          FROM centurion.attention(clients, centurion.week_as_of(monday, today)) AS a
               LEFT JOIN centurion.reviews AS v ON v."coachId" = whose AND v."clientId" = a.user_id AND v.week = monday) AS f
         CROSS JOIN (
             SELECT sum(n.today)::integer AS sessions_today, sum(n.unmarked)::integer AS unmarked
             FROM (SELECT DISTINCT m."userId"
                   FROM public.coach_cohort_memberships AS k
                        JOIN public.cohorts AS c ON c.id = k."cohortId" AND c."deletedAt" IS NULL
                        JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m.status IN ('ACTIVE', 'PAUSED')
                   WHERE k."coachId" = whose) AS own
                  CROSS JOIN LATERAL (
                      SELECT count(*) FILTER (WHERE p."startTime" >= centurion.utc_time(today::timestamp, zone)
                                                    AND p."startTime" < centurion.utc_time((today + 1)::timestamp, zone)) AS today,
                             count(*) FILTER (WHERE centurion.is_unmarked(p.status, p."endTime", utc)) AS unmarked
                      FROM public.appointments AS p WHERE p."userId" = own."userId"
                  ) AS n
         ) AS p;
END
$$;

CREATE FUNCTION centurion.review_reasons(member integer, week date) RETURNS TABLE (points integer, reason text, suggestion text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 4
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    as_of date := centurion.week_as_of(centurion.week_monday(week), centurion.today());
BEGIN
    IF NOT centurion.may_see_member(member) OR centurion.is_paused(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT r.points, r.reason, r.suggestion
    FROM centurion.attention(ARRAY[member], as_of) AS a
         CROSS JOIN LATERAL centurion.attention_reasons(a.last_days, a.checkins_7, a.checkins_14, a.needed_7, a.asked, a.completed, a.recent, a.earlier)
                        AS r;
END
$$;

-- Somebody whose memberships are all paused: no score, and in no denominator.
CREATE FUNCTION centurion.is_paused(member integer) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT coalesce(bool_and(m.status = 'PAUSED'), false)
   FROM public.cohort_memberships AS m JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL
   WHERE m."userId" = member AND m.status <> 'INACTIVE' $$;

-- Where a day's figures came from: h if any is from health data, m if all were typed, nothing without a check-in.
CREATE FUNCTION centurion.source_letter(entry_id integer, sources jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN entry_id IS NULL THEN '' WHEN sources @? 'strict $.* ? (@ == "healthkit")' THEN 'h' ELSE 'm' END $$;

CREATE FUNCTION centurion.review_week_strip(member integer, week date)
    RETURNS TABLE (date date, weight double precision, steps integer, calories integer, sleep integer, stress integer, source text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 7
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    monday date := centurion.week_monday(week);
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT monday + d, e.weight, e.steps, e.calories, e."sleepQuality", e."perceivedStress", centurion.source_letter(e.id, e."dataSources")
    FROM generate_series(0, 6) AS d LEFT JOIN public.entries AS e ON e."userId" = member AND e.date = monday + d
    ORDER BY d;
END
$$;

CREATE FUNCTION centurion.review_trends(member integer, week date)
    RETURNS TABLE (date date, weight double precision, steps integer, sleep integer, stress integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 42
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    days  constant integer := 42;
    as_of date := centurion.week_as_of(centurion.week_monday(week), centurion.today());
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT as_of - d, e.weight, e.steps, e."sleepQuality", e."perceivedStress"
    FROM generate_series(0, days - 1) AS d
         LEFT JOIN public.entries AS e ON e."userId" = member AND e.date = as_of - d AND e.date > as_of - days AND e.date <= as_of
    ORDER BY d DESC;
END
$$;

CREATE FUNCTION centurion.review_notes(member integer, shown date)
    RETURNS TABLE (week integer, author text, written_at timestamp, notes text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    zone  text := (SELECT timezone FROM centurion.settings);
    until timestamp := centurion.utc_time((centurion.week_monday(shown) + 7)::timestamp, zone);
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT n."weekNumber", u.name, centurion.local_time(n."createdAt", zone), n.notes
    FROM public.coach_notes AS n JOIN public.users AS u ON u.id = n."coachId"
    WHERE n."userId" = member AND n."createdAt" < until
    ORDER BY n."createdAt" DESC, n.id DESC
    LIMIT 5;
END
$$;

-- What an audit row changed, in words: "weight 81.0 to 82.1, steps 4000".
CREATE FUNCTION centurion.change_words(metadata jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS
$$
    SELECT left(string_agg(concat_ws(' ', a.key, b.value || ' to', coalesce(a.value, 'nothing')), ', ' ORDER BY a.key), 120)
    FROM jsonb_each_text(CASE jsonb_typeof(metadata -> 'after') WHEN 'object' THEN metadata -> 'after' ELSE '{}' END) AS a
         CROSS JOIN LATERAL (SELECT CASE jsonb_typeof(metadata -> 'before') WHEN 'object' THEN metadata -> 'before' ->> a.key END) AS b (value)
    WHERE a.value IS DISTINCT FROM b.value
$$;

CREATE FUNCTION centurion.review_changes(member integer, week date) RETURNS TABLE (since date, kind text, words text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    monday date := centurion.week_monday(week);
    zone   text := (SELECT timezone FROM centurion.settings);
    utc    timestamp := now() AT TIME ZONE 'UTC';
    until  timestamp := least(utc, centurion.utc_time((monday + 7)::timestamp, zone));
    last   timestamp := (SELECT r.at FROM centurion.reviews AS r
                         WHERE r."coachId" = person."userId" AND r."clientId" = member AND r.status = 'done' AND r.week < monday
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
                                CASE WHEN l."userId" = member THEN 'self' ELSE coalesce(split_part(u.name, ' ', 1), 'unknown') END) END
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
        WHERE n."userId" = member AND n."createdAt" > last AND n."createdAt" <= until AND n."coachId" <> person."userId"
    ) AS c
    ORDER BY c.part, c.at
    LIMIT 12;
    IF NOT FOUND THEN
        RETURN QUERY SELECT day, '', '';
    END IF;
END
$$;
CREATE INDEX centurion_audit_logs_target_idx ON public.audit_logs (target);

DO $$
DECLARE
    gate text;
BEGIN
    FOREACH gate IN ARRAY ARRAY['review_queue(date, integer)', 'review_summary(date, integer)', 'review_reasons(integer, date)',
                                'review_week_strip(integer, date)', 'review_trends(integer, date)', 'review_notes(integer, date)',
                                'review_changes(integer, date)']
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_gate', gate);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', gate);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_admin, centurion_coach', gate);
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.require_coach(integer), centurion.queue_clients(integer, date), centurion.is_paused(integer),
                          centurion.source_letter(integer, jsonb), centurion.change_words(jsonb) TO centurion_gate;
