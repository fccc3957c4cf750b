-- A coach learns nothing of other coaches' cohorts, on a member's page as in the lists: neither their names nor who leads them.

CREATE OR REPLACE FUNCTION centurion.member_overview(member integer)
    RETURNS TABLE (user_id integer, name text, email text, joined date, cohorts text, coaches text, score integer, band text,
                   rate_7d integer, rate_14d integer, rate_30d integer, streak integer, best_streak integer, frequency integer,
                   last_checkin date, next_due date, weight double precision, weight_change_14d double precision,
                   steps_7d double precision, calories_7d double precision, sleep_7d double precision, stress_7d double precision,
                   next_session timestamp, unmarked integer, uninvoiced integer, uninvoiced_amount numeric, open_invoices integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    zone   text := (SELECT timezone FROM centurion.settings);
    today  date := centurion.today();
    utc    timestamp := now() AT TIME ZONE 'UTC';
    scored boolean;
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    scored := EXISTS (SELECT FROM public.cohort_memberships AS m WHERE m."userId" = member AND m.status = 'ACTIVE');
    RETURN QUERY
    SELECT u.id, u.name, u.email, centurion.local_time(u."createdAt", zone)::date, coalesce(c.cohorts, ''), coalesce(k.coaches, ''),
           CASE WHEN scored THEN a.score END, CASE WHEN scored THEN a.band END,
           centurion.adherence(a.checkins_7, 7, a.frequency), centurion.adherence(a.checkins_14, 14, a.frequency),
           centurion.adherence(a.checkins_30, 30, a.frequency), s.streak, s.best, a.frequency, today - a.last_days,
           coalesce(today - a.last_days + a.frequency, today), e.weight, e.weight - e.weight_before, e.steps, e.calories, e.sleep, e.stress,
           p.next, p.unmarked, p.uninvoiced, CASE WHEN person.role = 'ADMIN' THEN p.amount END, i.open
    FROM public.users AS u
         JOIN centurion.attention(ARRAY[member], today) AS a ON a.user_id = u.id
         CROSS JOIN LATERAL centurion.streak(u.id, today) AS s
         CROSS JOIN LATERAL (
             SELECT string_agg(format('%s (%s, week %s)', c.name, lower(m.status::text),
                                      centurion.week_label(today, c."startDate"::date, c."endDate"::date)), '; '
                               ORDER BY m.status, c."startDate" DESC, c.id) AS cohorts
             FROM public.cohort_memberships AS m JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL
             WHERE m."userId" = u.id AND (person.role = 'ADMIN' OR c.id IN (SELECT v."cohortId" FROM centurion.my_cohorts AS v))
         ) AS c
         CROSS JOIN LATERAL (
             SELECT string_agg(n.name, ', ' ORDER BY n.name) AS coaches
             FROM (SELECT DISTINCT coach.id, coach.name
                   FROM public.cohort_memberships AS m
                        JOIN public.cohorts AS c ON c.id = m."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                        JOIN public.coach_cohort_memberships AS k ON k."cohortId" = c.id
                        JOIN public.users AS coach ON coach.id = k."coachId" AND coach."deletedAt" IS NULL
                   WHERE m."userId" = u.id AND m.status <> 'INACTIVE'
                         AND (person.role = 'ADMIN' OR c.id IN (SELECT v."cohortId" FROM centurion.my_cohorts AS v))) AS n
         ) AS k
         CROSS JOIN LATERAL (
             SELECT (SELECT l.weight FROM public.entries AS l
                     WHERE l."userId" = u.id AND l.date <= today AND l.weight IS NOT NULL ORDER BY l.date DESC LIMIT 1) AS weight,
                    -- the first of the last 14 days, where there is more than one
                    (array_agg(e.weight ORDER BY e.date) FILTER (WHERE e.weight IS NOT NULL))[1]
                        + CASE WHEN count(e.weight) > 1 THEN 0 END AS weight_before,
                    avg(e.steps) FILTER (WHERE e.date > today - 7)::double precision AS steps,
                    avg(e.calories) FILTER (WHERE e.date > today - 7)::double precision AS calories,
                    avg(e."sleepQuality") FILTER (WHERE e.date > today - 7)::double precision AS sleep,
                    avg(e."perceivedStress") FILTER (WHERE e.date > today - 7)::double precision AS stress
             FROM public.entries AS e
             WHERE e."userId" = u.id AND e.date > today - 14 AND e.date <= today
         ) AS e
         CROSS JOIN LATERAL (
             SELECT centurion.local_time(min(p."startTime") FILTER (WHERE p."startTime" > utc), zone) AS next,
                    count(*) FILTER (WHERE centurion.is_unmarked(p.status, p."endTime", utc))::integer AS unmarked,
                    count(*) FILTER (WHERE p.status = 'ATTENDED' AND p."invoiceId" IS NULL)::integer AS uninvoiced,
                    coalesce(sum(p.fee) FILTER (WHERE p.status = 'ATTENDED' AND p."invoiceId" IS NULL), 0) AS amount
             FROM public.appointments AS p WHERE p."userId" = u.id
         ) AS p
         LEFT JOIN LATERAL (
             SELECT count(*)::integer AS open
             FROM public.invoices AS i
                  CROSS JOIN LATERAL (SELECT coalesce(sum(y.amount), 0) AS paid FROM centurion.payments AS y WHERE y."invoiceId" = i.id) AS y
             WHERE i."userId" = u.id AND i."voidedAt" IS NULL AND y.paid < i."totalAmount"
                   AND (i."emailSent" OR EXISTS (SELECT FROM centurion.invoice_numbers AS n WHERE n."invoiceId" = i.id))
         ) AS i ON person.role = 'ADMIN'
    WHERE u.id = member;
END
$$;
