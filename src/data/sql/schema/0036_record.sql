-- The tabs of a member's record: for admins anybody's, for coaches own clients'. And adding and changing members.

-- Rows that were made or deleted name their member; those that changed name only what changed, and are found by their target.
CREATE INDEX centurion_audit_logs_member_idx ON public.audit_logs ((coalesce(metadata #>> '{after,userId}', metadata #>> '{before,userId}')))
    WHERE coalesce(metadata #>> '{after,userId}', metadata #>> '{before,userId}') IS NOT NULL;

-- A row a day of up to 400 days, the last one included, and how many notes and sessions were on it.
CREATE FUNCTION centurion.member_series(member integer, last date, days integer)
    RETURNS TABLE (date date, weight double precision, steps integer, sleep integer, stress integer, notes integer, sessions integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 90
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    zone   text := (SELECT timezone FROM centurion.settings);
    first  date := last - days + 1;
    since  timestamp;
    until  timestamp;
BEGIN
    IF NOT coalesce(days BETWEEN 1 AND 400, false) OR last IS NULL THEN
        RAISE EXCEPTION 'a series has 1 to 400 days, not %', coalesce(days::text, 'none') USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    since := centurion.utc_time(first::timestamp, zone);
    until := centurion.utc_time((last + 1)::timestamp, zone);
    RETURN QUERY
    SELECT d.day, e.weight, e.steps, e."sleepQuality", e."perceivedStress", coalesce(n.many, 0), coalesce(s.many, 0)
    FROM (SELECT first + i AS day FROM generate_series(0, days - 1) AS i) AS d
         LEFT JOIN public.entries AS e ON e."userId" = member AND e.date = d.day AND e.date BETWEEN first AND last
         LEFT JOIN (SELECT centurion.local_time(n."createdAt", zone)::date AS day, count(*)::integer AS many
                    FROM public.coach_notes AS n WHERE n."userId" = member AND n."createdAt" >= since AND n."createdAt" < until GROUP BY 1) AS n ON n.day = d.day
         LEFT JOIN (SELECT centurion.local_time(p."startTime", zone)::date AS day, count(*)::integer AS many
                    FROM public.appointments AS p WHERE p."userId" = member AND p."startTime" >= since AND p."startTime" < until GROUP BY 1) AS s ON s.day = d.day
    ORDER BY d.day;
END
$$;

-- A page of sessions, the latest first, after the last row's start and number.
CREATE FUNCTION centurion.member_appointments(member integer, before timestamp, before_id integer, page integer)
    RETURNS TABLE (id integer, starts timestamp, ends timestamp, state text, fee numeric, invoiced boolean, notes text, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    zone   text := (SELECT timezone FROM centurion.settings);
    utc    timestamp := now() AT TIME ZONE 'UTC';
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT p.id, centurion.local_time(p."startTime", zone), centurion.local_time(p."endTime", zone), centurion.session_state(p.status, p."endTime", utc),
           p.fee, p."invoiceId" IS NOT NULL, p.notes, p.xmin::text
    FROM public.appointments AS p
    WHERE p."userId" = member AND (p."startTime", p.id) < (coalesce(centurion.utc_time(before, zone), 'infinity'), coalesce(before_id, 0))
    ORDER BY p."startTime" DESC, p.id DESC
    LIMIT least(page, 1000);
END
$$;

-- state: done, started, missing (its week is under way or over) or later.
CREATE FUNCTION centurion.member_questionnaires(member integer)
    RETURNS TABLE (id integer, cohort text, week integer, opens date, closes date, state text, answered integer, total integer, saved timestamp)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    zone   text := (SELECT timezone FROM centurion.settings);
    today  date := centurion.today();
    grace  integer := (SELECT questionnaire_grace_days FROM centurion.settings);
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT b.id, c.name::text, b."weekNumber", w.opens, w.opens + 6 + grace,
           CASE WHEN r.status = 'COMPLETED' THEN 'done' WHEN r.id IS NOT NULL THEN 'started' WHEN w.opens <= today THEN 'missing' ELSE 'later' END,
           coalesce(centurion.answer_count(r.responses), 0), centurion.question_count(b.questions), centurion.local_time(r."updatedAt", zone)
    FROM public.cohort_memberships AS m
         JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL
         JOIN public.questionnaire_bundles AS b ON b."cohortId" = c.id
         CROSS JOIN LATERAL (SELECT c."startDate"::date + 7 * (b."weekNumber" - 1) AS opens) AS w
         LEFT JOIN public.weekly_questionnaire_responses AS r ON r."bundleId" = b.id AND r."userId" = m."userId"
    WHERE m."userId" = member AND (b."isActive" OR r.id IS NOT NULL)
          AND (person.role = 'ADMIN' OR EXISTS (SELECT FROM centurion.my_cohorts AS k WHERE k."cohortId" = c.id))
    ORDER BY w.opens DESC, b.id;
END
$$;

-- The latest first. state: draft, open, paid or void.
CREATE FUNCTION centurion.member_invoices(member integer)
    RETURNS TABLE (id integer, number text, month date, total numeric, paid numeric, issued date, state text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    zone   text := (SELECT timezone FROM centurion.settings);
BEGIN
    RETURN QUERY
    SELECT i.id, CASE WHEN n.number IS NOT NULL THEN format('INV-%s-%s', n.year, lpad(n.number::text, 4, '0')) END, i.month, i."totalAmount", y.paid,
           centurion.local_time(n."issuedAt", zone)::date,
           CASE WHEN i."voidedAt" IS NOT NULL THEN 'void' WHEN n.number IS NULL AND NOT i."emailSent" THEN 'draft'
                WHEN y.paid >= i."totalAmount" THEN 'paid' ELSE 'open' END
    FROM public.invoices AS i
         LEFT JOIN centurion.invoice_numbers AS n ON n."invoiceId" = i.id AND n.kind = 'INV'
         CROSS JOIN LATERAL (SELECT coalesce(sum(y.amount), 0) AS paid FROM centurion.payments AS y WHERE y."invoiceId" = i.id) AS y
    WHERE i."userId" = member
    ORDER BY i.month DESC, i.id DESC;
END
$$;

-- Workouts, nights and days with steps from a device, of up to 400 days, the latest first. Of a night minutes is asleep; it belongs to the day
-- that it ends on.
CREATE FUNCTION centurion.member_health(member integer, last date, days integer)
    RETURNS TABLE (kind text, id integer, day date, title text, minutes integer, km double precision, calories double precision, heart_avg integer,
                   heart_max integer, in_bed integer, deep integer, rem integer, core integer, steps integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    zone   text := (SELECT timezone FROM centurion.settings);
    first  date := last - days + 1;
    since  timestamp;
    until  timestamp;
BEGIN
    IF NOT coalesce(days BETWEEN 1 AND 400, false) OR last IS NULL THEN
        RAISE EXCEPTION 'health data is shown for 1 to 400 days, not %', coalesce(days::text, 'none') USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    since := centurion.utc_time(first::timestamp, zone);
    until := centurion.utc_time((last + 1)::timestamp, zone);
    RETURN QUERY
    SELECT h.*
    FROM (SELECT 'workout' AS kind, w.id, centurion.local_time(w."startTime", zone)::date AS day, w."workoutType", w.duration, w.distance, w.calories,
                 round((w."heartRate" ->> 'avg')::numeric)::integer, round((w."heartRate" ->> 'max')::numeric)::integer,
                 NULL::integer, NULL::integer, NULL::integer, NULL::integer, NULL::integer
          FROM public.healthkit_workouts AS w WHERE w."userId" = member AND w."startTime" >= since AND w."startTime" < until
          UNION ALL
          SELECT 'sleep', s.id, centurion.local_time(s."endTime", zone)::date, 'Sleep', s."totalSleep", NULL, NULL, NULL, NULL, s."inBedTime", s."deepSleep",
                 s."remSleep", s."coreSleep", NULL
          FROM public.sleep_records AS s
          WHERE s."userId" = member AND s."startTime" >= since - interval '2 days' AND s."startTime" < until AND s."endTime" >= since AND s."endTime" < until
          UNION ALL
          SELECT 'steps', e.id, e.date, 'Steps', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, e.steps
          FROM public.entries AS e
          WHERE e."userId" = member AND e.date BETWEEN first AND last AND e.steps IS NOT NULL AND e."dataSources" ->> 'steps' = 'healthkit') AS h
    ORDER BY h.day DESC, h.kind DESC, h.id DESC;
END
$$;

-- A page of the log about a member, the latest first, before a row (NULL: from the latest). Coaches see what they did themselves, as everywhere.
CREATE FUNCTION centurion.member_log(member integer, before integer, page integer)
    RETURNS TABLE (id integer, at timestamp, actor text, action text, target text, detail text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person  centurion.me := centurion.require_me();
    zone    text := (SELECT timezone FROM centurion.settings);
    about   text[];
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    about := ARRAY(SELECT 'User:' || member
                   UNION SELECT 'MemberFrequency:' || member
                   UNION SELECT 'Entry:' || t.id FROM public.entries AS t WHERE t."userId" = member
                   UNION SELECT 'Response:' || t.id FROM public.weekly_questionnaire_responses AS t WHERE t."userId" = member
                   UNION SELECT 'Workout:' || t.id FROM public.workouts AS t WHERE t."userId" = member
                   UNION SELECT 'Review:' || concat_ws('/', t."coachId", t."clientId", t.week) FROM centurion.reviews AS t WHERE t."clientId" = member
                   UNION SELECT 'Appointment:' || t.id FROM public.appointments AS t WHERE t."userId" = member
                   UNION SELECT 'Membership:' || t.id FROM public.cohort_memberships AS t WHERE t."userId" = member
                   UNION SELECT 'Invoice:' || t.id FROM public.invoices AS t WHERE t."userId" = member
                   UNION SELECT l.target FROM public.audit_logs AS l
                         WHERE coalesce(l.metadata #>> '{after,userId}', l.metadata #>> '{before,userId}') = member::text);
    RETURN QUERY
    SELECT l.id, centurion.local_time(l."createdAt", zone), u.name, l.action, l.target, coalesce(centurion.change_words(l.metadata), '')
    FROM (SELECT l.* FROM public.audit_logs AS l
          WHERE l.target = ANY (about) AND (before IS NULL OR l.id < before) AND (person.role = 'ADMIN' OR l."userId" = person."userId")
          ORDER BY l.id DESC LIMIT least(page, 1000)) AS l
         LEFT JOIN public.users AS u ON u.id = l."userId"
    ORDER BY l.id DESC;
END
$$;

-- What of a member can be changed: frequency NULL is that of the cohort or the settings.
CREATE FUNCTION centurion.member_show(member integer) RETURNS TABLE (id integer, version text, name text, email text, frequency integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT u.id, u.xmin::text, u.name, u.email, f.days
    FROM public.users AS u LEFT JOIN centurion.member_frequencies AS f ON f."userId" = u.id
    WHERE u.id = member;
END
$$;

-- Changes of a member: name, email, and how often they check in (a number, or null for as everybody), together.
CREATE FUNCTION centurion.member_save(request uuid, member integer, version text, changes jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    seen   text;
    wanted integer;
BEGIN
    PERFORM centurion.require_keys(changes, '{name,email,frequency}');
    PERFORM centurion.require_member(person, member);
    IF NOT centurion.change_begin(request, 'member_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT u.xmin::text INTO seen FROM public.users AS u WHERE u.id = member FOR UPDATE;
    IF seen IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'User', member::text);
    END IF;
    IF changes ? 'frequency' THEN
        wanted := (changes ->> 'frequency')::integer;
        IF wanted IS NULL THEN
            DELETE FROM centurion.member_frequencies AS f WHERE f."userId" = member;
        ELSE
            INSERT INTO centurion.member_frequencies AS f ("userId", days) VALUES (member, wanted)
            ON CONFLICT ("userId") DO UPDATE SET days = excluded.days WHERE f.days <> excluded.days;
        END IF;
    END IF;
    IF changes ?| '{name,email}' THEN
        UPDATE public.users AS u
        SET name = CASE WHEN changes ? 'name' THEN changes ->> 'name' ELSE u.name END,
            email = CASE WHEN changes ? 'email' THEN changes ->> 'email' ELSE u.email END
        WHERE u.id = member;
    END IF;
    RETURN centurion.change_saved(request, 'User', member::text);
END
$$;

-- A new member, in a cohort from the start or in none (cohort NULL): both or neither.
CREATE FUNCTION centurion.member_add(request uuid, name text, email text, cohort integer) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    added  integer;
BEGIN
    IF cohort IS NOT NULL THEN
        PERFORM centurion.require_open_cohort(person, cohort);
    END IF;
    IF NOT centurion.change_begin(request, 'member_add') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    INSERT INTO public.users AS u (name, email, role) VALUES (member_add.name, member_add.email, 'CLIENT') RETURNING u.id INTO added;
    IF cohort IS NOT NULL THEN
        INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES (cohort, added, 'ACTIVE');
    END IF;
    RETURN centurion.change_saved(request, 'User', added::text);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
DO $$
DECLARE
    made record;
BEGIN
    FOR made IN
        SELECT * FROM (VALUES
            ('member_series(integer, date, integer)',                              'gate',   'centurion_admin, centurion_coach'),
            ('member_appointments(integer, timestamp, integer, integer)',          'gate',   'centurion_admin, centurion_coach'),
            ('member_questionnaires(integer)',                                     'gate',   'centurion_admin, centurion_coach'),
            ('member_invoices(integer)',                                           'gate',   'centurion_admin'),
            ('member_health(integer, date, integer)',                              'gate',   'centurion_admin, centurion_coach'),
            ('member_log(integer, integer, integer)',                              'gate',   'centurion_admin, centurion_coach'),
            ('member_show(integer)',                                               'gate',   'centurion_admin, centurion_coach'),
            ('member_save(uuid, integer, text, jsonb)',                            'writer', 'centurion_admin, centurion_coach'),
            ('member_add(uuid, text, text, integer)',                              'writer', 'centurion_admin')
        ) AS m (signature, owner, who)
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_%s', made.signature, made.owner);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', made.signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO %s', made.signature, made.who);
    END LOOP;
END
$$;
