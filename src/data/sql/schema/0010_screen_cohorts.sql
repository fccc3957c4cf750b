-- Behind the list of cohorts and their heat-map.

-- The figures of cohorts on a day. The score is a cohort's own, made of its flags: no members 40 points, no coach 30, and
-- once it has begun 30 or 15 where fewer than 30 or 70 % of its active members checked in within 7 days.
CREATE FUNCTION centurion.cohort_figures(cohorts integer[], as_of date)
    RETURNS TABLE (id integer, members integer, active_7d integer, engagement integer, coaches text, score integer, band text,
                   flags text) LANGUAGE sql STABLE ROWS 10 AS
$$
    SELECT c.id, m.members, m.active_7d, e.engagement, coalesce(k.coaches, ''), p.score,
           centurion.band(p.score, false, s.attention_red, s.attention_amber),
           CASE WHEN c.status = 'ACTIVE' THEN concat_ws(', ', CASE WHEN m.members = 0 THEN 'empty' END, CASE WHEN k.coaches IS NULL THEN 'no coach' END,
                                                        CASE WHEN e.points > 0 THEN 'few check-ins' END)
                ELSE '' END
    FROM centurion.settings AS s
         CROSS JOIN unnest(cohorts) AS asked (id)
         JOIN public.cohorts AS c ON c.id = asked.id
         CROSS JOIN LATERAL (
             SELECT count(*)::integer AS members,
                    count(*) FILTER (WHERE EXISTS (SELECT FROM public.entries AS e WHERE e."userId" = m."userId"
                                                                                         AND e.date > as_of - 7 AND e.date <= as_of))::integer
                        AS active_7d
             FROM public.cohort_memberships AS m
             WHERE m."cohortId" = c.id AND m.status = 'ACTIVE'
                   AND NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = m."userId" AND u."deletedAt" IS NOT NULL)
         ) AS m
         CROSS JOIN LATERAL (
             SELECT string_agg(split_part(u.name, ' ', 1), ', ' ORDER BY k.id) AS coaches
             FROM public.coach_cohort_memberships AS k JOIN public.users AS u ON u.id = k."coachId" AND u."deletedAt" IS NULL
             WHERE k."cohortId" = c.id
         ) AS k
         CROSS JOIN LATERAL (
             SELECT CASE WHEN m.members > 0 AND c."startDate" < (as_of + 1)::timestamp
                         THEN round(100.0 * m.active_7d / m.members)::integer END AS engagement,
                    CASE WHEN m.members = 0 OR c."startDate" >= (as_of + 1)::timestamp THEN 0
                         WHEN m.active_7d < 0.3 * m.members THEN 30 WHEN m.active_7d < 0.7 * m.members THEN 15 ELSE 0 END AS points
         ) AS e
         CROSS JOIN LATERAL (
             SELECT CASE WHEN c.status = 'ACTIVE'
                         THEN CASE WHEN m.members = 0 THEN 40 ELSE 0 END + CASE WHEN k.coaches IS NULL THEN 30 ELSE 0 END + e.points
                    END AS score
         ) AS p
$$;

CREATE FUNCTION centurion.cohort_list()
    RETURNS TABLE (id integer, name text, status text, week text, members integer, active_7d integer, engagement integer,
                   coaches text, questionnaire_done integer, questionnaire_total integer, score integer, band text, flags text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    today  date := centurion.today();
    sunday date := centurion.week_monday(today) + 6;
    listed integer[] := ARRAY(SELECT c.id FROM public.cohorts AS c
                              WHERE c.status <> 'ARCHIVED' AND c."deletedAt" IS NULL
                                    AND (person.role = 'ADMIN' OR c.id IN (SELECT m."cohortId" FROM centurion.my_cohorts AS m)));
BEGIN
    RETURN QUERY
    SELECT c.id, c.name, c.status::text, centurion.week_label(today, c."startDate"::date, c."endDate"::date), f.members, f.active_7d,
           f.engagement, f.coaches, q.done, q.total, f.score, CASE WHEN f.score IS NOT NULL THEN f.band END, f.flags
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
    ORDER BY c.status, c.name, c.id;
END
$$;

CREATE FUNCTION centurion.cohort_heat(cohort integer, first_day date, last_day date)
    RETURNS TABLE (user_id integer, name text, status text, days text, rate_7d integer, streak integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    today date := centurion.today();
    as_of date := least(last_day, today);
    span  integer := last_day - first_day + 1;
BEGIN
    IF span NOT BETWEEN 1 AND 366 THEN
        RAISE EXCEPTION 'a heat-map shows 1 to 366 days, not %', span USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT centurion.may_see_cohort(cohort) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT u.id, u.name, m.status::text, h.days,
           CASE WHEN m.status = 'ACTIVE' THEN centurion.adherence(n.checkins, 7, f.days) END,
           CASE WHEN m.status = 'ACTIVE' THEN s.streak END
    FROM public.cohort_memberships AS m
         JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL
         CROSS JOIN LATERAL centurion.frequency(u.id) AS f
         CROSS JOIN LATERAL centurion.streak(u.id, as_of) AS s
         CROSS JOIN LATERAL (SELECT count(*) AS checkins FROM public.entries AS e
                             WHERE e."userId" = u.id AND e.date > as_of - 7 AND e.date <= as_of) AS n
         CROSS JOIN LATERAL (
             -- Of a paused member the days since the pause are not known: all are shown as paused that have no check-in.
             SELECT string_agg(CASE WHEN first_day + d > today OR first_day + d < m."joinedAt"::date THEN ' '
                                    WHEN e.id IS NULL THEN CASE WHEN m.status = 'PAUSED' THEN 'p' ELSE '0' END
                                    WHEN centurion.is_complete(e.weight, e.steps, e.calories, e."perceivedStress") THEN '2'
                                    ELSE '1' END, '' ORDER BY d) AS days
             FROM generate_series(0, span - 1) AS d
                  LEFT JOIN public.entries AS e ON e."userId" = u.id AND e.date = first_day + d AND e.date BETWEEN first_day AND as_of
         ) AS h
    WHERE m."cohortId" = cohort AND m.status IN ('ACTIVE', 'PAUSED')
    ORDER BY m.status, n.checkins DESC, u.name, u.id;
END
$$;

DO $$
DECLARE
    gate text;
BEGIN
    FOREACH gate IN ARRAY ARRAY['cohort_list()', 'cohort_heat(integer, date, date)']
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_gate', gate);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', gate);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_admin, centurion_coach', gate);
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.cohort_figures(integer[], date) TO centurion_gate;
