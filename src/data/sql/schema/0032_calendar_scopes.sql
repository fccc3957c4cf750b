-- Appointments by the series: this one, this and the following, all. And what the calendar's screen reads beside the week.

-- Which appointments were made together. No foreign key, and a row outlives its appointment: undo brings a deleted one back with its
-- number, and so into its series. Numbers are not given out twice.
CREATE TABLE centurion.series (
    "appointmentId" integer NOT NULL,
    series          uuid    NOT NULL,

    CONSTRAINT series_pkey PRIMARY KEY ("appointmentId")
);
CREATE INDEX series_series_idx ON centurion.series (series);
ALTER TABLE centurion.series ENABLE ROW LEVEL SECURITY;
CREATE POLICY centurion_gate ON centurion.series FOR SELECT TO centurion_gate USING (true);
CREATE POLICY centurion_writer_read ON centurion.series FOR SELECT TO centurion_writer USING (true);
CREATE POLICY centurion_writer_insert ON centurion.series FOR INSERT TO centurion_writer WITH CHECK ((SELECT centurion.acts_as_staff()));
GRANT SELECT ON centurion.series TO centurion_gate, centurion_writer;
GRANT INSERT ON centurion.series TO centurion_writer;

-- The appointments that belong together with one, itself among them. Where nobody said so (the web application does not), those of the
-- same client with the same weekday, times by the clock, and fee.
CREATE FUNCTION centurion.appointments_alike(appointment integer) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    known uuid := (SELECT s.series FROM centurion.series AS s WHERE s."appointmentId" = appointment);
BEGIN
    IF known IS NOT NULL THEN
        RETURN QUERY SELECT a.id FROM centurion.series AS s JOIN public.appointments AS a ON a.id = s."appointmentId" WHERE s.series = known;
    ELSE
        RETURN QUERY
        SELECT o.id
        FROM public.appointments AS a
             JOIN public.appointments AS o ON o."userId" = a."userId" AND o.fee = a.fee AND o."endTime" - o."startTime" = a."endTime" - a."startTime"
             CROSS JOIN centurion.settings AS z
             CROSS JOIN LATERAL (SELECT centurion.local_time(a."startTime", z.timezone) AS mine, centurion.local_time(o."startTime", z.timezone) AS other) AS t
        WHERE a.id = appointment AND t.mine::time = t.other::time AND extract(isodow FROM t.mine) = extract(isodow FROM t.other)
              AND NOT EXISTS (SELECT FROM centurion.series AS s WHERE s."appointmentId" = o.id);
    END IF;
END
$$;

-- Which invoice an appointment is on, as far as the caller is told: its month, for administrators its number too.
CREATE FUNCTION centurion.invoice_words(invoice integer, admin boolean) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN admin THEN coalesce(n.number || ' of ', 'draft of ') ELSE '' END || to_char(i.month, 'YYYY-MM')
   FROM public.invoices AS i
        LEFT JOIN LATERAL (SELECT k.kind || '-' || k.year || '-' || lpad(k.number::text, greatest(4, length(k.number::text)), '0') AS number
                           FROM centurion.invoice_numbers AS k WHERE k."invoiceId" = i.id AND k.kind = 'INV') AS n ON true
   WHERE i.id = invoice $$;

-- As before; one that is invoiced says on what.
CREATE OR REPLACE FUNCTION centurion.check_appointment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    clashes integer[];
BEGIN
    IF OLD."invoiceId" IS NOT NULL
       AND (TG_OP = 'DELETE' OR (NEW."userId", NEW."startTime", NEW."endTime", NEW.fee, NEW.status)
                                IS DISTINCT FROM (OLD."userId", OLD."startTime", OLD."endTime", OLD.fee, OLD.status)) THEN
        RAISE EXCEPTION 'The appointment % is invoiced (%)', OLD.id, centurion.invoice_words(OLD."invoiceId", centurion.acts_as_admin())
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'To change its fee, status or times, or to delete it, the invoice must be voided first.';
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSIF NEW."invoiceId" IS DISTINCT FROM OLD."invoiceId" THEN
        RAISE EXCEPTION 'an appointment comes on an invoice by invoicing only' USING ERRCODE = 'object_not_in_prerequisite_state';
    ELSIF NOT coalesce(NEW.fee BETWEEN 0 AND 99999999.99, false) THEN -- which is not a number neither
        RAISE EXCEPTION 'A fee is 0 or more, not %', coalesce(NEW.fee::text, 'nothing') USING ERRCODE = 'check_violation';
    ELSIF (NEW."userId", NEW."startTime", NEW."endTime") IS NOT DISTINCT FROM (OLD."userId", OLD."startTime", OLD."endTime") THEN
        RETURN NEW;
    ELSIF NOT coalesce(isfinite(NEW."startTime") AND isfinite(NEW."endTime") AND NEW."endTime" > NEW."startTime", false) THEN
        RAISE EXCEPTION 'An appointment has a start, and an end after it' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM centurion.lock_client(NEW."userId");
    clashes := ARRAY(SELECT a.id FROM centurion.appointments_within(NEW."userId", NEW."startTime", NEW."endTime") AS a (id) WHERE a.id <> NEW.id);
    IF clashes <> '{}' THEN
        PERFORM centurion.refuse_clash(NEW."userId", clashes);
    END IF;
    RETURN NEW;
END
$$;

-- ---- Changing several ----

-- Locks appointments that their caller saw in these versions. Answers with those that are not as they were seen.
CREATE FUNCTION centurion.lock_appointments(person centurion.me, ids integer[], versions text[]) RETURNS integer[]
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    other integer;
BEGIN
    PERFORM FROM public.appointments AS a WHERE a.id = ANY (ids) ORDER BY a.id FOR UPDATE;
    SELECT min(i.id) INTO other
    FROM unnest(ids) AS i (id) LEFT JOIN public.appointments AS a ON a.id = i.id
    WHERE a.id IS NULL OR NOT centurion.is_theirs(person, a."userId");
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'There is no appointment %', other USING ERRCODE = 'no_data_found';
    END IF;
    RETURN ARRAY(SELECT a.id FROM unnest(ids, versions) WITH ORDINALITY AS s (id, version, nth) JOIN public.appointments AS a ON a.id = s.id
                 WHERE a.xmin::text IS DISTINCT FROM s.version ORDER BY s.nth);
END
$$;

CREATE FUNCTION centurion.require_versions(ids integer[], versions text[]) RETURNS void LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.require_list(ids);
    IF cardinality(ids) IS DISTINCT FROM cardinality(versions) OR cardinality(ids) <> (SELECT count(DISTINCT i.id) FROM unnest(ids) AS i (id)) THEN
        RAISE EXCEPTION 'every appointment is there once and has its version' USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;

-- Where appointments come to, UTC. They are moved by the clock: a session of a series starts at the same time in summer as in winter.
CREATE FUNCTION centurion.moved_times(ids integer[], days integer, minutes integer, length integer)
    RETURNS TABLE (id integer, user_id integer, starts timestamp, ends timestamp)
    LANGUAGE plpgsql STABLE ROWS 10 SET search_path = pg_catalog, pg_temp AS
$$
#variable_conflict use_column
BEGIN
    IF NOT coalesce(days BETWEEN -3660 AND 3660 AND minutes BETWEEN -1440 AND 1440, false) OR length NOT BETWEEN 1 AND 1440 THEN
        RAISE EXCEPTION 'an appointment is moved by days and up to 1440 minutes, and has 1 to 1440 minutes' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    SELECT a.id, a."userId", t.starts, CASE WHEN length IS NULL THEN t.starts + (a."endTime" - a."startTime") ELSE t.starts + make_interval(mins => length) END
    FROM public.appointments AS a
         CROSS JOIN centurion.settings AS s
         CROSS JOIN LATERAL (SELECT CASE WHEN days = 0 AND minutes = 0 THEN a."startTime"
                                    ELSE centurion.utc_time(centurion.local_time(a."startTime", s.timezone) + make_interval(days => days, mins => minutes), s.timezone)
                                    END AS starts) AS t
    WHERE a.id = ANY (ids);
END
$$;

-- Moves appointments by the clock, gives them another length (NULL: as they are) and another fee or notes. All, or none: then those
-- that are not as they were seen come back as conflicts.
CREATE FUNCTION centurion.appointments_save(request uuid, ids integer[], versions text[], days integer, minutes integer, length integer, changes jsonb)
    RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    stale  integer[];
    one    record;
BEGIN
    PERFORM centurion.require_versions(ids, versions);
    PERFORM centurion.require_keys(changes, '{fee,notes}');
    PERFORM FROM centurion.moved_times('{}', days, minutes, length);
    IF NOT centurion.change_begin(request, 'appointments_save') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    stale := centurion.lock_appointments(person, ids, versions);
    IF stale <> '{}' THEN
        PERFORM centurion.request_end(request, NULL);
        RETURN QUERY SELECT * FROM centurion.changes_answer('conflict', request, 'Appointment', stale::text[]);
        RETURN;
    END IF;
    -- One after another, those first that make room for the next: within a series, one may come to where another one was. Undo takes
    -- them back in the opposite order.
    FOR one IN
        SELECT t.id, t.starts, t.ends FROM centurion.moved_times(ids, days, minutes, length) AS t
        ORDER BY t.user_id, CASE WHEN (days, minutes) > (0, 0) THEN -1 ELSE 1 END * extract(epoch FROM t.starts), t.id
    LOOP
        UPDATE public.appointments AS a
        SET ("startTime", "endTime", fee, notes) =
            (SELECT one.starts, one.ends, n.fee, n.notes FROM jsonb_populate_record(a, changes) AS n)
        WHERE a.id = one.id;
    END LOOP;
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Appointment', ids);
END
$$;

CREATE FUNCTION centurion.appointments_delete(request uuid, ids integer[], versions text[]) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    stale  integer[];
BEGIN
    PERFORM centurion.require_versions(ids, versions);
    IF NOT centurion.change_begin(request, 'appointments_delete') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    stale := centurion.lock_appointments(person, ids, versions);
    IF stale <> '{}' THEN
        PERFORM centurion.request_end(request, NULL);
        RETURN QUERY SELECT * FROM centurion.changes_answer('conflict', request, 'Appointment', stale::text[]);
        RETURN;
    END IF;
    DELETE FROM public.appointments AS a WHERE a.id = ANY (ids);
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Appointment', ids);
END
$$;

-- As before, and the appointments are known to be of one series.
CREATE OR REPLACE FUNCTION centurion.appointment_series(request uuid, member integer, first_start timestamp, minutes integer, fee numeric, notes text,
                                                        weekdays integer[], further_weeks integer, skip_clashes boolean) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person  centurion.me := centurion.require_staff();
    clashes integer[];
    made    integer[];
BEGIN
    PERFORM centurion.require_member(person, member);
    IF NOT centurion.change_begin(request, 'appointment_series') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    PERFORM centurion.lock_client(member);
    clashes := ARRAY(SELECT DISTINCT c.id FROM centurion.series_times(member, first_start, minutes, weekdays, further_weeks) AS t CROSS JOIN unnest(t.clashes) AS c (id));
    IF clashes <> '{}' AND skip_clashes IS NOT TRUE THEN
        PERFORM centurion.refuse_clash(member, clashes);
    END IF;
    WITH series AS (
        INSERT INTO public.appointments AS a ("userId", "startTime", "endTime", fee, notes)
        SELECT member, t.starts, t.ends, appointment_series.fee, appointment_series.notes
        FROM centurion.series_times(member, first_start, minutes, weekdays, further_weeks) AS t
        WHERE t.clashes = '{}'
        RETURNING a.id, a."startTime"
    )
    SELECT array_agg(s.id ORDER BY s."startTime") INTO made FROM series AS s;
    IF made IS NULL AND clashes = '{}' THEN
        RAISE EXCEPTION 'None of these weekdays comes on or after the % in that time', first_start::date
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Take more weeks, or an earlier first day.';
    ELSIF made IS NULL THEN -- every one of them
        PERFORM centurion.refuse_clash(member, clashes);
    END IF;
    INSERT INTO centurion.series ("appointmentId", series) SELECT m.id, request FROM unnest(made) AS m (id);
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Appointment', made);
END
$$;

-- Repeats an appointment that is there, and makes it one of the series. The dates are those after it.
CREATE FUNCTION centurion.repeat_times(appointment integer, weekdays integer[], further_weeks integer) RETURNS TABLE (starts timestamp, ends timestamp, clashes integer[])
    LANGUAGE sql STABLE ROWS 10 SET search_path = pg_catalog, pg_temp AS
$$
    SELECT t.starts, t.ends, t.clashes
    FROM public.appointments AS a
         CROSS JOIN centurion.settings AS s
         CROSS JOIN LATERAL centurion.series_times(a."userId", centurion.local_time(a."startTime", s.timezone),
                                                   (extract(epoch FROM a."endTime" - a."startTime") / 60)::integer, weekdays, further_weeks) AS t
    WHERE a.id = appointment AND t.starts > a."startTime"
    ORDER BY t.starts
$$;

CREATE FUNCTION centurion.appointment_repeat(request uuid, appointment integer, version text, weekdays integer[], further_weeks integer, skip_clashes boolean)
    RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person  centurion.me := centurion.require_staff();
    seen    record;
    pattern record;
    clashes integer[];
    made    integer[];
BEGIN
    IF NOT centurion.change_begin(request, 'appointment_repeat') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    seen := centurion.lock_appointment(person, appointment);
    IF seen.version IS DISTINCT FROM version THEN
        PERFORM centurion.request_end(request, NULL);
        RETURN QUERY SELECT * FROM centurion.changes_answer('conflict', request, 'Appointment', ARRAY[appointment::text]);
        RETURN;
    END IF;
    SELECT a."userId", a.fee, a.notes INTO pattern FROM public.appointments AS a WHERE a.id = appointment;
    PERFORM centurion.lock_client(pattern."userId");
    clashes := ARRAY(SELECT DISTINCT c.id FROM centurion.repeat_times(appointment, weekdays, further_weeks) AS t CROSS JOIN unnest(t.clashes) AS c (id));
    IF clashes <> '{}' AND skip_clashes IS NOT TRUE THEN
        PERFORM centurion.refuse_clash(pattern."userId", clashes);
    END IF;
    WITH repeated AS (
        INSERT INTO public.appointments AS a ("userId", "startTime", "endTime", fee, notes)
        SELECT pattern."userId", t.starts, t.ends, pattern.fee, pattern.notes
        FROM centurion.repeat_times(appointment, weekdays, further_weeks) AS t
        WHERE t.clashes = '{}'
        RETURNING a.id, a."startTime"
    )
    SELECT array_agg(r.id ORDER BY r."startTime") INTO made FROM repeated AS r;
    IF made IS NULL AND clashes = '{}' THEN
        RAISE EXCEPTION 'None of these weekdays comes after it in that time'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Take more weeks.';
    ELSIF made IS NULL THEN
        PERFORM centurion.refuse_clash(pattern."userId", clashes);
    END IF;
    INSERT INTO centurion.series ("appointmentId", series)
    SELECT m.id, coalesce((SELECT s.series FROM centurion.series AS s WHERE s."appointmentId" = appointment), request) FROM unnest(made || appointment) AS m (id)
    ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Appointment', made);
END
$$;

-- ---- Previews ----

-- What a repetition would come to: its times where the business is, and the appointments in the way.
CREATE FUNCTION centurion.appointment_repeat_preview(appointment integer, weekdays integer[], further_weeks integer)
    RETURNS TABLE (starts timestamp, ends timestamp, clashes text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM public.appointments AS a WHERE a.id = appointment AND centurion.may_see_member(a."userId")) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT centurion.local_time(t.starts, s.timezone), centurion.local_time(t.ends, s.timezone), centurion.appointment_words(t.clashes)
    FROM centurion.repeat_times(appointment, weekdays, further_weeks) AS t CROSS JOIN centurion.settings AS s
    ORDER BY t.starts;
END
$$;

-- Where appointments would come to, and what is in the way there: others of the same client that are not moved with them.
CREATE FUNCTION centurion.appointments_preview(ids integer[], days integer, minutes integer, length integer)
    RETURNS TABLE (id integer, starts timestamp, ends timestamp, clashes text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    own integer[] := ARRAY(SELECT a.id FROM public.appointments AS a WHERE a.id = ANY (ids) AND centurion.may_see_member(a."userId"));
BEGIN
    RETURN QUERY
    SELECT t.id, centurion.local_time(t.starts, s.timezone), centurion.local_time(t.ends, s.timezone),
           centurion.appointment_words(ARRAY(SELECT o.id FROM centurion.appointments_within(t.user_id, t.starts, t.ends) AS o (id) WHERE o.id <> ALL (own)))
    FROM centurion.moved_times(own, days, minutes, length) AS t CROSS JOIN centurion.settings AS s
    ORDER BY t.starts, t.id;
END
$$;

-- ---- What the calendar reads ----

-- The appointments that belong together with one, in order of time. here: -1 before it, 0 itself, 1 after it.
CREATE FUNCTION centurion.appointment_scope(appointment integer)
    RETURNS TABLE (id integer, here integer, starts timestamp, ends timestamp, state text, fee numeric, invoice text, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    utc    timestamp := now() AT TIME ZONE 'UTC';
    pivot  timestamp := (SELECT a."startTime" FROM public.appointments AS a WHERE a.id = appointment AND centurion.may_see_member(a."userId"));
BEGIN
    IF pivot IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT a.id, CASE WHEN a.id = appointment THEN 0 ELSE sign(extract(epoch FROM a."startTime" - pivot))::integer END,
           centurion.local_time(a."startTime", s.timezone), centurion.local_time(a."endTime", s.timezone),
           centurion.session_state(a.status, a."endTime", utc), a.fee,
           CASE WHEN a."invoiceId" IS NOT NULL THEN centurion.invoice_words(a."invoiceId", person.role = 'ADMIN') END, a.xmin::text
    FROM centurion.appointments_alike(appointment) AS k (id)
         JOIN public.appointments AS a ON a.id = k.id
         CROSS JOIN centurion.settings AS s
    WHERE centurion.may_see_member(a."userId")
    ORDER BY a."startTime", a.id;
END
$$;

-- Whose calendar: a coach's own, for administrators that of a coach or everybody's (NULL).
CREATE FUNCTION centurion.require_calendar(coach integer) RETURNS centurion.me LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_me();
BEGIN
    IF person.role = 'CLIENT' OR person.role = 'COACH' AND coach <> person."userId" THEN
        RAISE EXCEPTION 'not a calendar of yours' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN person;
END
$$;

-- calendar_week() of one coach's clients or of everybody's, with the invoices.
CREATE FUNCTION centurion.calendar_days(first_day date, days integer, coach integer)
    RETURNS TABLE (kind text, id integer, user_id integer, title text, location text, starts timestamp, ends timestamp, state text,
                   fee numeric, invoice text, places integer, taken integer, notes text, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_calendar(coach);
BEGIN
    RETURN QUERY
    SELECT w.kind, w.id, w.user_id, w.title, w.location, w.starts, w.ends, w.state, w.fee,
           CASE WHEN w.invoiced THEN (SELECT centurion.invoice_words(a."invoiceId", person.role = 'ADMIN') FROM public.appointments AS a WHERE a.id = w.id) END,
           w.places, w.taken, w.notes, w.version
    FROM centurion.calendar_week(first_day, days) AS w
    WHERE coach IS NULL OR w.kind <> 'session' OR EXISTS (SELECT FROM centurion.client_of(w.user_id, coach))
    ORDER BY w.starts, w.kind DESC, w.id;
END
$$;

-- What the days of a month hold; no row for a day without anything.
CREATE FUNCTION centurion.calendar_totals(first_day date, days integer, coach integer)
    RETURNS TABLE (day date, sessions integer, attended integer, unmarked integer, bootcamps integer, fees numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 42 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
BEGIN
    PERFORM centurion.require_calendar(coach);
    RETURN QUERY
    SELECT w.starts::date, count(*) FILTER (WHERE w.kind = 'session')::integer, count(*) FILTER (WHERE w.state = 'attended')::integer,
           count(*) FILTER (WHERE w.state = 'unmarked')::integer, count(*) FILTER (WHERE w.kind = 'bootcamp')::integer, coalesce(sum(w.fee), 0)
    FROM centurion.calendar_week(first_day, days) AS w
    WHERE coach IS NULL OR w.kind <> 'session' OR EXISTS (SELECT FROM centurion.client_of(w.user_id, coach))
    GROUP BY w.starts::date
    ORDER BY w.starts::date;
END
$$;

-- Past sessions that are neither attended nor missed, the oldest first, a page after the one that ended at a time. ended is UTC: to go on from.
CREATE FUNCTION centurion.appointments_unmarked(after_ended timestamp, after_id integer, page integer, coach integer)
    RETURNS TABLE (id integer, user_id integer, title text, starts timestamp, ends timestamp, fee numeric, notes text, version text, ended timestamp)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_calendar(coach);
    whose  integer := CASE WHEN person.role = 'COACH' THEN person."userId" ELSE coach END;
    zone   text := (SELECT s.timezone FROM centurion.settings AS s);
BEGIN
    IF NOT coalesce(page BETWEEN 1 AND 1000, false) THEN
        RAISE EXCEPTION 'a page has 1 to 1000 rows, not %', coalesce(page::text, 'none') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    SELECT a.id, a."userId", u.name, centurion.local_time(a."startTime", zone), centurion.local_time(a."endTime", zone), a.fee, a.notes, a.xmin::text, a."endTime"
    FROM public.appointments AS a JOIN public.users AS u ON u.id = a."userId" AND u."deletedAt" IS NULL
    WHERE a.status = 'NOT_ATTENDED' AND a."endTime" <= (now() AT TIME ZONE 'UTC')
          AND (after_ended IS NULL OR a."endTime" >= after_ended AND (a."endTime" > after_ended OR a.id > after_id))
          AND (whose IS NULL OR EXISTS (SELECT FROM centurion.client_of(a."userId", whose)))
    ORDER BY a."endTime", a.id
    LIMIT page;
END
$$;

-- For lists to choose from: who has a calendar of their own.
CREATE FUNCTION centurion.calendar_coaches() RETURNS TABLE (id integer, name text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, pg_temp AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_calendar(NULL);
BEGIN
    RETURN QUERY
    SELECT u.id, u.name FROM public.users AS u
    WHERE u."deletedAt" IS NULL AND (person.role = 'ADMIN' OR u.id = person."userId")
          AND EXISTS (SELECT FROM public.coach_cohort_memberships AS k WHERE k."coachId" = u.id)
    ORDER BY u.name, u.id;
END
$$;

DO $$
DECLARE
    fn record;
BEGIN
    FOR fn IN
        SELECT * FROM (VALUES
            ('appointments_save(uuid, integer[], text[], integer, integer, integer, jsonb)', 'centurion_writer'),
            ('appointments_delete(uuid, integer[], text[])', 'centurion_writer'),
            ('appointment_repeat(uuid, integer, text, integer[], integer, boolean)', 'centurion_writer'),
            ('appointment_repeat_preview(integer, integer[], integer)', 'centurion_gate'),
            ('appointments_preview(integer[], integer, integer, integer)', 'centurion_gate'),
            ('appointment_scope(integer)', 'centurion_gate'),
            ('calendar_days(date, integer, integer)', 'centurion_gate'),
            ('calendar_totals(date, integer, integer)', 'centurion_gate'),
            ('appointments_unmarked(timestamp, integer, integer, integer)', 'centurion_gate'),
            ('calendar_coaches()', 'centurion_gate')
        ) AS f (signature, owner)
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO %I', fn.signature, fn.owner);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', fn.signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_admin, centurion_coach', fn.signature);
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.appointments_alike(integer), centurion.invoice_words(integer, boolean), centurion.moved_times(integer[], integer, integer, integer),
                          centurion.repeat_times(integer, integer[], integer), centurion.require_calendar(integer) TO centurion_gate;
GRANT EXECUTE ON FUNCTION centurion.invoice_words(integer, boolean), centurion.moved_times(integer[], integer, integer, integer),
                          centurion.repeat_times(integer, integer[], integer), centurion.lock_appointments(centurion.me, integer[], text[]),
                          centurion.require_versions(integer[], text[]) TO centurion_writer;
