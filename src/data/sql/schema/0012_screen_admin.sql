-- Behind the page that an admin sees first. Only admins may call these: the privilege is theirs alone, and a login that
-- was disabled or demoted since is refused by what each asks first.

CREATE FUNCTION centurion.require_admin() RETURNS centurion.me
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_me();
BEGIN
    IF person.role <> 'ADMIN' THEN
        RAISE EXCEPTION 'for administrators only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN person;
END
$$;

-- Each coach (an admin with cohorts is one too) with the number of clients: active members of active cohorts, each person once.
CREATE FUNCTION centurion.coach_loads() RETURNS TABLE (coach integer, clients integer, cohorts integer) LANGUAGE sql STABLE ROWS 100 AS
$$
    SELECT u.id, n.clients, h.cohorts
    FROM public.users AS u
         CROSS JOIN LATERAL (
             SELECT count(*)::integer AS cohorts
             FROM public.coach_cohort_memberships AS k
                  JOIN public.cohorts AS c ON c.id = k."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
             WHERE k."coachId" = u.id
         ) AS h
         CROSS JOIN LATERAL (
             SELECT count(DISTINCT m."userId")::integer AS clients
             FROM public.coach_cohort_memberships AS k
                  JOIN public.cohorts AS c ON c.id = k."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                  JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m.status = 'ACTIVE'
             WHERE k."coachId" = u.id
                   AND NOT EXISTS (SELECT FROM public.users AS x WHERE x.id = m."userId" AND x."deletedAt" IS NOT NULL)
         ) AS n
    WHERE u.role IN ('COACH', 'ADMIN') AND (u.role = 'COACH' OR h.cohorts > 0) AND u."deletedAt" IS NULL
$$;

CREATE FUNCTION centurion.admin_home()
    RETURNS TABLE (today date, month date, unmarked integer, unsent integer, overdue integer, overdue_amount numeric,
                   coaches_over integer, max_clients integer, insights integer, issued numeric, issued_count integer, paid numeric,
                   paid_count integer, open numeric, open_count integer, uninvoiced numeric, uninvoiced_count integer,
                   new_members integer, new_members_before integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    s      record;
    utc    timestamp := now() AT TIME ZONE 'UTC';
    day    date := centurion.today();
    month_now  date := date_trunc('month', day)::date;
    month_from timestamp;
    month_till timestamp;
    month_past timestamp;
    due_before timestamp;
BEGIN
    SELECT timezone, invoice_terms_days, max_clients_per_coach INTO s FROM centurion.settings;
    month_from := centurion.utc_time(month_now::timestamp, s.timezone);
    month_till := centurion.utc_time((month_now + interval '1 month')::timestamp, s.timezone);
    month_past := centurion.utc_time((month_now - interval '1 month')::timestamp, s.timezone);
    due_before := centurion.utc_time((day - s.invoice_terms_days)::timestamp, s.timezone);
    RETURN QUERY
    SELECT day, month_now,
           (SELECT count(*)::integer FROM public.appointments AS p WHERE centurion.is_unmarked(p.status, p."endTime", utc)),
           (SELECT count(*)::integer FROM public.invoices AS i WHERE NOT i."emailSent"),
           sent.late, sent.late_owed,
           (SELECT count(*)::integer FROM centurion.coach_loads() AS l WHERE l.clients > s.max_clients_per_coach), s.max_clients_per_coach,
           (SELECT count(*)::integer FROM public.admin_insights AS n WHERE n.status = 'ACTIVE'),
           sent.total, sent.n, sent.total - sent.owed, sent.n - sent.unpaid, sent.owed, sent.unpaid,
           due.total, due.n,
           joined.now, joined.before
    FROM (SELECT count(*) FILTER (WHERE m.now)::integer AS n, coalesce(sum(m.total) FILTER (WHERE m.now), 0) AS total,
                 count(*) FILTER (WHERE m.now AND m.owed > 0)::integer AS unpaid, coalesce(sum(m.owed) FILTER (WHERE m.now), 0) AS owed,
                 count(*) FILTER (WHERE m.late AND m.owed > 0)::integer AS late,
                 coalesce(sum(m.owed) FILTER (WHERE m.late AND m.owed > 0), 0) AS late_owed
          FROM (SELECT i."totalAmount" AS total, i."totalAmount" - coalesce(sum(y.amount), 0) AS owed,
                       i."emailSentAt" >= month_from AND i."emailSentAt" < month_till AS now, i."emailSentAt" < due_before AS late
                FROM public.invoices AS i LEFT JOIN centurion.payments AS y ON y."invoiceId" = i.id
                WHERE i."emailSent" GROUP BY i.id) AS m) AS sent
         CROSS JOIN (
          SELECT count(*)::integer AS n, coalesce(sum(p.fee), 0) AS total
          FROM public.appointments AS p WHERE p.status = 'ATTENDED' AND p."invoiceId" IS NULL) AS due
         CROSS JOIN (
          SELECT count(*) FILTER (WHERE u."createdAt" >= month_from)::integer AS now,
                 count(*) FILTER (WHERE u."createdAt" < month_from)::integer AS before
          FROM public.users AS u
          WHERE u.role = 'CLIENT' AND u."createdAt" >= month_past AND u."createdAt" < month_till AND u."deletedAt" IS NULL) AS joined;
END
$$;

CREATE FUNCTION centurion.admin_cohorts(page integer)
    RETURNS TABLE (id integer, name text, members integer, active_7d integer, engagement integer, coaches text, score integer,
                   band text, flags text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    as_of  date := centurion.today();
    listed integer[] := ARRAY(SELECT c.id FROM public.cohorts AS c
                              WHERE c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                              ORDER BY EXISTS (SELECT FROM public.cohort_memberships AS m WHERE m."cohortId" = c.id AND m.status = 'ACTIVE'),
                                       EXISTS (SELECT FROM public.coach_cohort_memberships AS k WHERE k."cohortId" = c.id),
                                       c."startDate" DESC, c.id
                              LIMIT least(page, 100));
BEGIN
    RETURN QUERY
    SELECT c.id, c.name, f.members, f.active_7d, f.engagement, f.coaches, f.score, f.band, f.flags
    FROM centurion.cohort_figures(listed, as_of) AS f JOIN public.cohorts AS c ON c.id = f.id
    ORDER BY f.score DESC, c."startDate" DESC, c.id;
END
$$;

CREATE FUNCTION centurion.admin_coaches(page integer)
    RETURNS TABLE (id integer, name text, clients integer, cohorts integer, rate_14d integer, score integer, band text, flags text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    as_of  date := centurion.today();
BEGIN
    RETURN QUERY
    SELECT l.coach, u.name, l.clients, l.cohorts, r.rate, p.score, centurion.band(p.score, false, s.attention_red, s.attention_amber),
           CASE WHEN l.clients > s.max_clients_per_coach THEN 'over max ' || s.max_clients_per_coach
                WHEN l.cohorts = 0 THEN 'no cohort'
                WHEN l.clients < s.min_clients_per_coach THEN 'under min ' || s.min_clients_per_coach ELSE '' END
    FROM centurion.settings AS s
         CROSS JOIN (SELECT * FROM centurion.coach_loads() AS l ORDER BY l.clients DESC, l.coach LIMIT least(page, 100)) AS l
         JOIN public.users AS u ON u.id = l.coach
         CROSS JOIN LATERAL (SELECT CASE WHEN l.clients > s.max_clients_per_coach THEN 50 WHEN l.cohorts = 0 THEN 30 ELSE 0 END AS score) AS p
         CROSS JOIN LATERAL (
             SELECT round(100.0 * sum(least(n.made, n.expected)) / nullif(sum(n.expected), 0))::integer AS rate
             FROM (SELECT DISTINCT m."userId"
                   FROM public.coach_cohort_memberships AS k
                        JOIN public.cohorts AS c ON c.id = k."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                        JOIN public.cohort_memberships AS m ON m."cohortId" = c.id AND m.status = 'ACTIVE'
                   WHERE k."coachId" = l.coach) AS own
                  CROSS JOIN LATERAL centurion.frequency(own."userId") AS f
                  CROSS JOIN LATERAL (SELECT count(*) AS made, centurion.expected_checkins(14, f.days) AS expected
                                      FROM public.entries AS e
                                      WHERE e."userId" = own."userId" AND e.date > as_of - 14 AND e.date <= as_of) AS n
         ) AS r
    ORDER BY l.clients DESC, l.coach;
END
$$;

CREATE FUNCTION centurion.admin_changes(page integer)
    RETURNS TABLE (id integer, at timestamp, actor text, action text, target text, detail text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    zone   text := (SELECT timezone FROM centurion.settings);
BEGIN
    RETURN QUERY
    SELECT l.id, centurion.local_time(l."createdAt", zone), u.name, l.action, l.target, coalesce(centurion.change_words(l.metadata), '')
    FROM public.audit_logs AS l LEFT JOIN public.users AS u ON u.id = l."userId"
    ORDER BY l."createdAt" DESC, l.id DESC
    LIMIT least(page, 1000);
END
$$;

DO $$
DECLARE
    gate text;
BEGIN
    FOREACH gate IN ARRAY ARRAY['admin_home()', 'admin_cohorts(integer)', 'admin_coaches(integer)', 'admin_changes(integer)']
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_gate', gate);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', gate);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_admin', gate);
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.require_admin(), centurion.coach_loads() TO centurion_gate;
