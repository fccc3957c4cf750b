-- Changing appointments, bootcamps and workouts. What a row may hold stands in its check_...() and nowhere else; whose rows they
-- are, in the policies of the writer. Times are those of the tables, UTC without zone: whoever calls converts, but for series.

-- ---- Changes of several rows ----

-- Answers about rows of one kind, in the order of their keys.
CREATE FUNCTION centurion.changes_answer(outcome text, request uuid, entity text, keys text[]) RETURNS SETOF centurion.change
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    kind record;
BEGIN
    SELECT e.relation, e.condition, e.columns INTO STRICT kind FROM centurion.entities AS e WHERE e.entity = changes_answer.entity;
    RETURN QUERY EXECUTE format(
        'SELECT $2, k.key, f.version, f.record, (SELECT max(l.id) FROM public.audit_logs AS l WHERE l.metadata ->> ''request'' = $3 AND l.target = $4 || k.key)
         FROM unnest($1) WITH ORDINALITY AS k (key, nth)
              LEFT JOIN LATERAL (SELECT t.xmin::text AS version, to_jsonb(r) AS record FROM %s AS t CROSS JOIN LATERAL (SELECT %s) AS r WHERE %s) AS f ON true
         ORDER BY k.nth', kind.relation, kind.columns, replace(kind.condition, '$1', 'k.key'))
        USING keys, outcome, request::text, entity || ':';
END
$$;

-- The request was about all of these.
CREATE FUNCTION centurion.changes_saved(request uuid, entity text, keys integer[]) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.request_end(request, entity || ':' || array_to_string(keys, ','));
    RETURN QUERY SELECT * FROM centurion.changes_answer('saved', request, entity, keys::text[]);
END
$$;

CREATE FUNCTION centurion.changes_repeated(request uuid) RETURNS SETOF centurion.change
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT a.* FROM (SELECT centurion.request_target(request) AS target) AS r
                   CROSS JOIN LATERAL centurion.changes_answer('repeated', request, split_part(r.target, ':', 1),
                                                               string_to_array(split_part(r.target, ':', 2), ',')) AS a $$;

-- That a list says whom or what is meant.
CREATE FUNCTION centurion.require_list(ids integer[]) RETURNS void LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF coalesce(cardinality(ids), 0) = 0 OR array_position(ids, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'a list of numbers wants one or more, all of them given' USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;

CREATE FUNCTION centurion.require_members(person centurion.me, members integer[]) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.require_list(members);
    PERFORM centurion.require_member(person, m.id) FROM unnest(members) AS m (id);
END
$$;

CREATE FUNCTION centurion.require_client() RETURNS centurion.me LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
BEGIN
    IF person.role <> 'CLIENT' THEN
        RAISE EXCEPTION 'for clients only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN person;
END
$$;

-- Rules about several rows wait for whoever is at the same, and then look again: with the snapshot of a stricter isolation they
-- would not see what they waited for.
CREATE FUNCTION centurion.require_fresh_reads() RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'This change wants a transaction that is READ COMMITTED, not %', upper(current_setting('transaction_isolation'))
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Begin it with: BEGIN ISOLATION LEVEL READ COMMITTED';
    END IF;
END
$$;

-- ---- Appointments ----

-- One at a time for each client. It is the person's row that is locked, which nobody can do without a right to change it, and so
-- strongly that a new appointment that the web application has under way is waited for too.
CREATE FUNCTION centurion.lock_client(member integer) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.require_fresh_reads();
    PERFORM FROM public.users AS u WHERE u.id = member FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no member %', coalesce(member::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
END
$$;

-- A client's appointments that overlap a time. Half open: one may begin when the other ends.
CREATE FUNCTION centurion.appointments_within(member integer, starts timestamp, ends timestamp) RETURNS SETOF integer
    LANGUAGE sql STABLE ROWS 1 AS
$$ SELECT a.id FROM public.appointments AS a
   WHERE a."userId" = member AND a."startTime" < ends AND a."endTime" > starts
   ORDER BY a."startTime", a.id $$;

-- Appointments with their times where the business is: "7: 2026-01-05 10:00 to 11:00; ...".
CREATE FUNCTION centurion.appointment_words(ids integer[]) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$
    SELECT string_agg(format('%s: %s to %s', a.id, to_char(t.starts, 'YYYY-MM-DD HH24:MI'),
                             to_char(t.ends, CASE WHEN t.starts::date = t.ends::date THEN 'HH24:MI' ELSE 'YYYY-MM-DD HH24:MI' END)), '; '
                      ORDER BY a."startTime", a.id)
    FROM public.appointments AS a
         CROSS JOIN centurion.settings AS s
         CROSS JOIN LATERAL (SELECT centurion.local_time(a."startTime", s.timezone) AS starts, centurion.local_time(a."endTime", s.timezone) AS ends) AS t
    WHERE a.id = ANY (ids)
$$;

CREATE FUNCTION centurion.refuse_clash(member integer, ids integer[]) RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RAISE EXCEPTION 'The member % has % at that time', member,
                    CASE cardinality(ids) WHEN 1 THEN 'another appointment' ELSE cardinality(ids) || ' other appointments' END
        USING ERRCODE = 'exclusion_violation', DETAIL = centurion.appointment_words(ids), HINT = 'One may begin when the other ends, not before.';
END
$$;

CREATE FUNCTION centurion.check_appointment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    clashes integer[];
BEGIN
    IF OLD."invoiceId" IS NOT NULL
       AND (TG_OP = 'DELETE' OR (NEW."userId", NEW."startTime", NEW."endTime", NEW.fee, NEW.status)
                                IS DISTINCT FROM (OLD."userId", OLD."startTime", OLD."endTime", OLD.fee, OLD.status)) THEN
        RAISE EXCEPTION 'The appointment % is invoiced', OLD.id
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
CREATE TRIGGER centurion_check_appointment BEFORE INSERT OR UPDATE OR DELETE ON public.appointments
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_appointment();

-- Locks an appointment of one of the person's clients, for a client one of their own.
CREATE FUNCTION centurion.lock_appointment(person centurion.me, appointment integer, OUT starts timestamp, OUT version text)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    member integer;
BEGIN
    SELECT a."userId", a."startTime", a.xmin::text INTO member, starts, version FROM public.appointments AS a WHERE a.id = appointment FOR UPDATE;
    IF member IS NULL OR NOT centurion.is_theirs(person, member) THEN
        RAISE EXCEPTION 'There is no appointment %', coalesce(appointment::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
END
$$;

-- An appointment with a client; appointment NULL: a new one.
CREATE FUNCTION centurion.appointment_save(request uuid, appointment integer, version text, changes jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    seen   record;
    made   integer;
BEGIN
    PERFORM centurion.require_keys(changes, '{userId,startTime,endTime,fee,notes}');
    IF appointment IS NULL OR changes ? 'userId' THEN
        PERFORM centurion.require_member(person, (changes ->> 'userId')::integer);
    END IF;
    IF NOT centurion.change_begin(request, 'appointment_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF appointment IS NULL THEN
        INSERT INTO public.appointments AS a ("userId", "startTime", "endTime", fee, notes)
        SELECT n."userId", n."startTime", n."endTime", n.fee, n.notes FROM jsonb_populate_record(NULL::public.appointments, changes) AS n
        RETURNING a.id INTO made;
        RETURN centurion.change_saved(request, 'Appointment', made::text);
    END IF;
    seen := centurion.lock_appointment(person, appointment);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Appointment', appointment::text);
    END IF;
    UPDATE public.appointments AS a
    SET ("userId", "startTime", "endTime", fee, notes) =
        (SELECT n."userId", n."startTime", n."endTime", n.fee, n.notes FROM jsonb_populate_record(a, changes) AS n)
    WHERE a.id = appointment;
    RETURN centurion.change_saved(request, 'Appointment', appointment::text);
END
$$;

-- The times of a series, UTC, each with what it clashes with. first_start is what the clock shows where the business is, and every
-- session starts at that time of its day, in summer as in winter.
CREATE FUNCTION centurion.series_times(member integer, first_start timestamp, minutes integer, weekdays integer[], further_weeks integer)
    RETURNS TABLE (starts timestamp, ends timestamp, clashes integer[])
    LANGUAGE plpgsql STABLE ROWS 10 SET search_path = pg_catalog, pg_temp AS
$$
#variable_conflict use_column
BEGIN
    IF NOT coalesce(isfinite(first_start) AND minutes BETWEEN 1 AND 1440 AND further_weeks BETWEEN 0 AND 52
                    AND weekdays <@ '{1,2,3,4,5,6,7}' AND cardinality(weekdays) > 0, false) THEN
        RAISE EXCEPTION 'a series has a first start, 1 to 1440 minutes, weekdays from 1 (Monday) to 7, and 0 to 52 further weeks'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    SELECT t.starts, t.starts + make_interval(mins => minutes),
           ARRAY(SELECT centurion.appointments_within(member, t.starts, t.starts + make_interval(mins => minutes)))
    FROM centurion.series_dates(first_start::date, weekdays, further_weeks) AS d (day)
         CROSS JOIN centurion.settings AS s
         CROSS JOIN LATERAL (SELECT centurion.utc_time(d.day + first_start::time, s.timezone) AS starts) AS t
    ORDER BY d.day;
END
$$;

-- Weekly appointments, from a first one on. All or nothing, unless dates that clash are to be left out.
CREATE FUNCTION centurion.appointment_series(request uuid, member integer, first_start timestamp, minutes integer, fee numeric, notes text,
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
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Appointment', made);
END
$$;

-- What a series would come to: its times where the business is, and the appointments in the way.
CREATE FUNCTION centurion.appointment_series_preview(member integer, first_start timestamp, minutes integer, weekdays integer[], further_weeks integer)
    RETURNS TABLE (starts timestamp, ends timestamp, clashes text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT centurion.local_time(t.starts, s.timezone), centurion.local_time(t.ends, s.timezone), centurion.appointment_words(t.clashes)
    FROM centurion.series_times(member, first_start, minutes, weekdays, further_weeks) AS t CROSS JOIN centurion.settings AS s
    ORDER BY t.starts;
END
$$;

-- Marks appointments ATTENDED or NOT_ATTENDED, each with the version that its caller saw. All or nothing: where some are not as
-- they were seen, those come back as conflicts and none is marked.
CREATE FUNCTION centurion.appointment_mark(request uuid, ids integer[], versions text[], status text) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    other  integer;
    stale  integer[];
BEGIN
    PERFORM centurion.require_list(ids);
    IF cardinality(ids) IS DISTINCT FROM cardinality(versions) OR cardinality(ids) <> (SELECT count(DISTINCT i.id) FROM unnest(ids) AS i (id)) THEN
        RAISE EXCEPTION 'every appointment is there once and has its version' USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT coalesce(status IN ('ATTENDED', 'NOT_ATTENDED'), false) THEN
        RAISE EXCEPTION 'an appointment is ATTENDED or NOT_ATTENDED, not %', coalesce(status, 'nothing') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT centurion.change_begin(request, 'appointment_mark') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    PERFORM FROM public.appointments AS a WHERE a.id = ANY (ids) ORDER BY a.id FOR UPDATE;
    SELECT min(i.id) INTO other
    FROM unnest(ids) AS i (id) LEFT JOIN public.appointments AS a ON a.id = i.id
    WHERE a.id IS NULL OR NOT centurion.is_theirs(person, a."userId");
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'There is no appointment %', other USING ERRCODE = 'no_data_found';
    END IF;
    stale := ARRAY(SELECT a.id FROM unnest(ids, versions) WITH ORDINALITY AS s (id, version, nth) JOIN public.appointments AS a ON a.id = s.id
                   WHERE a.xmin::text IS DISTINCT FROM s.version ORDER BY s.nth);
    IF stale <> '{}' THEN
        PERFORM centurion.request_end(request, NULL);
        RETURN QUERY SELECT * FROM centurion.changes_answer('conflict', request, 'Appointment', stale::text[]);
        RETURN;
    END IF;
    UPDATE public.appointments AS a SET status = appointment_mark.status::public."AttendanceStatus"
    WHERE a.id = ANY (ids) AND a.status <> appointment_mark.status::public."AttendanceStatus";
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Appointment', ids);
END
$$;

CREATE FUNCTION centurion.appointment_delete(request uuid, appointment integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    seen   record;
BEGIN
    IF NOT centurion.change_begin(request, 'appointment_delete') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    seen := centurion.lock_appointment(person, appointment);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Appointment', appointment::text);
    END IF;
    DELETE FROM public.appointments AS a WHERE a.id = appointment;
    RETURN centurion.change_saved(request, 'Appointment', appointment::text);
END
$$;

-- Clients call off their own, a day or more ahead. No status says "cancelled", so the appointment goes; the audit log keeps it.
CREATE FUNCTION centurion.appointment_cancel(request uuid, appointment integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_client();
    seen   record;
BEGIN
    IF NOT centurion.change_begin(request, 'appointment_cancel') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    seen := centurion.lock_appointment(person, appointment);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Appointment', appointment::text);
    ELSIF seen.starts < now() AT TIME ZONE 'UTC' + interval '24 hours' THEN
        RAISE EXCEPTION 'The appointment % starts in less than 24 hours', appointment
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Ask your coach to cancel it.';
    END IF;
    DELETE FROM public.appointments AS a WHERE a.id = appointment;
    RETURN centurion.change_saved(request, 'Appointment', appointment::text);
END
$$;

-- ---- Bootcamps ----

-- Whoever registers counts, and whoever counts locks the bootcamp. A client has to lock it too; what WITH CHECK says of changing
-- it stays as it was.
ALTER POLICY centurion_writer_update ON public.bootcamps USING (true);

CREATE FUNCTION centurion.check_bootcamp() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    NEW.name := btrim(NEW.name);
    IF NOT coalesce(length(NEW.name) >= 2, false) THEN
        RAISE EXCEPTION 'The name of a bootcamp has 2 characters or more' USING ERRCODE = 'check_violation';
    ELSIF NOT coalesce(isfinite(NEW."startTime") AND isfinite(NEW."endTime") AND NEW."endTime" > NEW."startTime", false) THEN
        RAISE EXCEPTION 'A bootcamp has a start, and an end after it' USING ERRCODE = 'check_violation';
    ELSIF NEW.capacity < 1 THEN
        RAISE EXCEPTION 'A bootcamp has 1 place or more, not %', NEW.capacity USING ERRCODE = 'check_violation', HINT = 'Leave the capacity empty where there is no limit.';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_bootcamp BEFORE INSERT OR UPDATE ON public.bootcamps
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_bootcamp();

-- Locks a bootcamp, so strongly that registrations that the web application has under way are waited for too.
CREATE FUNCTION centurion.lock_bootcamp(bootcamp integer, OUT starts timestamp, OUT capacity integer, OUT taken integer, OUT version text)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.require_fresh_reads();
    SELECT b."startTime", b.capacity, b.xmin::text INTO starts, capacity, version FROM public.bootcamps AS b WHERE b.id = bootcamp FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no bootcamp %', coalesce(bootcamp::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    taken := (SELECT count(*) FROM public.bootcamp_attendees AS a WHERE a."bootcampId" = bootcamp);
END
$$;

-- That there is room for those of these people who are not registered yet.
CREATE FUNCTION centurion.require_places(bootcamp integer, people integer[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    seen   record := centurion.lock_bootcamp(bootcamp);
    wanted integer := (SELECT count(DISTINCT p.id) FROM unnest(people) AS p (id)
                       WHERE NOT EXISTS (SELECT FROM public.bootcamp_attendees AS a WHERE a."bootcampId" = bootcamp AND a."userId" = p.id));
BEGIN
    IF wanted > 0 AND seen.taken + wanted > seen.capacity THEN
        RAISE EXCEPTION 'The bootcamp % has % of % places left, and % wanted', bootcamp, greatest(0, seen.capacity - seen.taken), seen.capacity,
                        CASE wanted WHEN 1 THEN '1 is' ELSE wanted || ' are' END
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Staff can give it more places.';
    END IF;
END
$$;

CREATE FUNCTION centurion.check_attendance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = NEW."userId" AND u.role = 'CLIENT' AND u."deletedAt" IS NULL) THEN
        RAISE EXCEPTION 'A bootcamp is for clients, and % is none', NEW."userId" USING ERRCODE = 'check_violation';
    END IF;
    PERFORM centurion.require_places(NEW."bootcampId", ARRAY[NEW."userId"]);
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_attendance BEFORE INSERT OR UPDATE ON public.bootcamp_attendees
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_attendance();

-- bootcamp NULL: a new one. Fewer places than people who are registered want confirm: nobody loses theirs, but nobody else comes in.
CREATE FUNCTION centurion.bootcamp_save(request uuid, bootcamp integer, version text, changes jsonb, confirm boolean) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    seen record;
    made integer;
BEGIN
    PERFORM centurion.require_staff();
    PERFORM centurion.require_keys(changes, '{name,startTime,endTime,location,capacity,description}');
    IF NOT centurion.change_begin(request, 'bootcamp_save') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    IF bootcamp IS NULL THEN
        INSERT INTO public.bootcamps AS b (name, "startTime", "endTime", location, capacity, description)
        SELECT n.name, n."startTime", n."endTime", n.location, n.capacity, n.description FROM jsonb_populate_record(NULL::public.bootcamps, changes) AS n
        RETURNING b.id INTO made;
        RETURN centurion.change_saved(request, 'Bootcamp', made::text);
    END IF;
    seen := centurion.lock_bootcamp(bootcamp);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Bootcamp', bootcamp::text);
    ELSIF (changes ->> 'capacity')::integer < seen.taken AND (changes ->> 'capacity')::integer IS DISTINCT FROM seen.capacity AND confirm IS NOT TRUE THEN
        RAISE EXCEPTION 'The bootcamp % has % registered, more than %', bootcamp, seen.taken, changes ->> 'capacity'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Confirm it to have it so: those who are registered stay.';
    END IF;
    UPDATE public.bootcamps AS b
    SET (name, "startTime", "endTime", location, capacity, description) =
        (SELECT n.name, n."startTime", n."endTime", n.location, n.capacity, n.description FROM jsonb_populate_record(b, changes) AS n)
    WHERE b.id = bootcamp;
    RETURN centurion.change_saved(request, 'Bootcamp', bootcamp::text);
END
$$;

-- Those who are registered go with it, and before it: an undo brings back the newest first.
CREATE FUNCTION centurion.bootcamp_delete(request uuid, bootcamp integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    seen record;
BEGIN
    PERFORM centurion.require_staff();
    IF NOT centurion.change_begin(request, 'bootcamp_delete') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    seen := centurion.lock_bootcamp(bootcamp);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Bootcamp', bootcamp::text);
    END IF;
    DELETE FROM public.bootcamp_attendees AS a WHERE a."bootcampId" = bootcamp;
    DELETE FROM public.bootcamps AS b WHERE b.id = bootcamp;
    RETURN centurion.change_saved(request, 'Bootcamp', bootcamp::text);
END
$$;

-- Registers people who are not registered yet, and says how all of them stand; as the person's functions below want it.
CREATE FUNCTION centurion.attend(request uuid, bootcamp integer, people integer[]) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.require_places(bootcamp, people);
    INSERT INTO public.bootcamp_attendees ("bootcampId", "userId")
    SELECT DISTINCT bootcamp, p.id FROM unnest(people) AS p (id)
    WHERE NOT EXISTS (SELECT FROM public.bootcamp_attendees AS a WHERE a."bootcampId" = bootcamp AND a."userId" = p.id);
    RETURN QUERY
    SELECT * FROM centurion.changes_saved(request, 'Attendance', ARRAY(SELECT a.id FROM public.bootcamp_attendees AS a
                                                                        WHERE a."bootcampId" = bootcamp AND a."userId" = ANY (people) ORDER BY a.id));
END
$$;

CREATE FUNCTION centurion.unattend(request uuid, bootcamp integer, people integer[]) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    other integer := (SELECT min(p.id) FROM unnest(people) AS p (id)
                      WHERE NOT EXISTS (SELECT FROM public.bootcamp_attendees AS a WHERE a."bootcampId" = bootcamp AND a."userId" = p.id));
    gone  integer[];
BEGIN
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'There is no registration of % for the bootcamp %', other, bootcamp USING ERRCODE = 'no_data_found';
    END IF;
    WITH removed AS (
        DELETE FROM public.bootcamp_attendees AS a WHERE a."bootcampId" = bootcamp AND a."userId" = ANY (people) RETURNING a.id
    )
    SELECT array_agg(r.id ORDER BY r.id) INTO gone FROM removed AS r;
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Attendance', gone);
END
$$;

-- Staff register and remove people, for bootcamps past and to come: a coach own clients; whoever is registered can be removed.
CREATE FUNCTION centurion.attendance_add(request uuid, bootcamp integer, users integer[]) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
BEGIN
    PERFORM centurion.require_members(person, users);
    IF NOT centurion.change_begin(request, 'attendance_add') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
    ELSE
        RETURN QUERY SELECT * FROM centurion.attend(request, bootcamp, users);
    END IF;
END
$$;

CREATE FUNCTION centurion.attendance_remove(request uuid, bootcamp integer, users integer[]) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
BEGIN
    PERFORM centurion.require_staff();
    PERFORM centurion.require_list(users);
    IF NOT centurion.change_begin(request, 'attendance_remove') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
    ELSE
        PERFORM centurion.lock_bootcamp(bootcamp);
        RETURN QUERY SELECT * FROM centurion.unattend(request, bootcamp, users);
    END IF;
END
$$;

-- Clients register and unregister themselves while a bootcamp is still to come.
CREATE FUNCTION centurion.require_future(bootcamp integer) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF (centurion.lock_bootcamp(bootcamp)).starts <= now() AT TIME ZONE 'UTC' THEN
        RAISE EXCEPTION 'The bootcamp % has begun', bootcamp USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Ask your coach.';
    END IF;
END
$$;

CREATE FUNCTION centurion.bootcamp_register(request uuid, bootcamp integer) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_client();
BEGIN
    IF NOT centurion.change_begin(request, 'bootcamp_register') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    PERFORM centurion.require_future(bootcamp);
    RETURN (SELECT a FROM centurion.attend(request, bootcamp, ARRAY[person."userId"]) AS a);
END
$$;

CREATE FUNCTION centurion.bootcamp_unregister(request uuid, bootcamp integer) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_client();
BEGIN
    IF NOT centurion.change_begin(request, 'bootcamp_unregister') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    PERFORM centurion.require_future(bootcamp);
    RETURN (SELECT a FROM centurion.unattend(request, bootcamp, ARRAY[person."userId"]) AS a);
END
$$;

-- ---- Workouts ----

CREATE FUNCTION centurion.check_workout() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    NEW.title := btrim(NEW.title);
    IF NOT coalesce(length(NEW.title) BETWEEN 1 AND 200, false) THEN
        RAISE EXCEPTION 'The title of a workout has 1 to 200 characters, not %', coalesce(length(NEW.title), 0) USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_workout BEFORE INSERT OR UPDATE OF "userId", title ON public.workouts
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_workout();

-- The same workout for one or many.
CREATE FUNCTION centurion.workout_assign(request uuid, users integer[], changes jsonb) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    made   integer[];
BEGIN
    PERFORM centurion.require_keys(changes, '{title,description}');
    PERFORM centurion.require_members(person, users);
    IF NOT centurion.change_begin(request, 'workout_assign') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    WITH assigned AS (
        INSERT INTO public.workouts AS w ("userId", title, description)
        SELECT DISTINCT u.id, n.title, n.description
        FROM unnest(users) AS u (id) CROSS JOIN jsonb_populate_record(NULL::public.workouts, changes) AS n
        RETURNING w.id, w."userId"
    )
    SELECT array_agg(a.id ORDER BY a."userId") INTO made FROM assigned AS a;
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Workout', made);
END
$$;

-- Locks a workout of one of the person's clients, for a client one of their own.
CREATE FUNCTION centurion.lock_workout(person centurion.me, workout integer, OUT version text) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    member integer;
BEGIN
    SELECT w."userId", w.xmin::text INTO member, version FROM public.workouts AS w WHERE w.id = workout FOR UPDATE;
    IF member IS NULL OR NOT centurion.is_theirs(person, member) THEN
        RAISE EXCEPTION 'There is no workout %', coalesce(workout::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
END
$$;

CREATE FUNCTION centurion.workout_save(request uuid, workout integer, version text, changes jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
BEGIN
    PERFORM centurion.require_keys(changes, '{title,description}');
    IF NOT centurion.change_begin(request, 'workout_save') THEN
        RETURN centurion.change_repeated(request);
    ELSIF centurion.lock_workout(person, workout) IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Workout', workout::text);
    END IF;
    UPDATE public.workouts AS w SET (title, description) = (SELECT n.title, n.description FROM jsonb_populate_record(w, changes) AS n) WHERE w.id = workout;
    RETURN centurion.change_saved(request, 'Workout', workout::text);
END
$$;

CREATE FUNCTION centurion.workout_delete(request uuid, workout integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
BEGIN
    IF NOT centurion.change_begin(request, 'workout_delete') THEN
        RETURN centurion.change_repeated(request);
    ELSIF centurion.lock_workout(person, workout) IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Workout', workout::text);
    END IF;
    DELETE FROM public.workouts AS w WHERE w.id = workout;
    RETURN centurion.change_saved(request, 'Workout', workout::text);
END
$$;

-- How far a workout is; the one thing about it that its client says too.
CREATE FUNCTION centurion.workout_set_status(request uuid, workout integer, version text, status text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
BEGIN
    IF NOT coalesce(status IN ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED'), false) THEN
        RAISE EXCEPTION 'a workout is NOT_STARTED, IN_PROGRESS or COMPLETED, not %', coalesce(status, 'nothing') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT centurion.change_begin(request, 'workout_set_status') THEN
        RETURN centurion.change_repeated(request);
    ELSIF centurion.lock_workout(person, workout) IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Workout', workout::text);
    END IF;
    UPDATE public.workouts AS w SET status = workout_set_status.status::public."WorkoutStatus" WHERE w.id = workout;
    RETURN centurion.change_saved(request, 'Workout', workout::text);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.changes_answer(text, uuid, text, text[]), centurion.changes_saved(uuid, text, integer[]), centurion.changes_repeated(uuid),
                          centurion.require_list(integer[]), centurion.require_members(centurion.me, integer[]), centurion.require_client(), centurion.require_fresh_reads(),
                          centurion.lock_client(integer), centurion.appointments_within(integer, timestamp, timestamp), centurion.appointment_words(integer[]),
                          centurion.refuse_clash(integer, integer[]), centurion.lock_appointment(centurion.me, integer),
                          centurion.series_times(integer, timestamp, integer, integer[], integer), centurion.lock_bootcamp(integer),
                          centurion.require_places(integer, integer[]), centurion.attend(uuid, integer, integer[]), centurion.unattend(uuid, integer, integer[]),
                          centurion.require_future(integer), centurion.lock_workout(centurion.me, integer)
    TO centurion_writer;
GRANT EXECUTE ON FUNCTION centurion.appointments_within(integer, timestamp, timestamp), centurion.appointment_words(integer[]),
                          centurion.series_times(integer, timestamp, integer, integer[], integer)
    TO centurion_gate;

DO $$
DECLARE
    staff    constant text := 'centurion_admin, centurion_coach';
    everyone constant text := 'centurion_admin, centurion_coach, centurion_client';
    change record;
BEGIN
    FOR change IN
        SELECT * FROM (VALUES
            ('appointment_save(uuid, integer, text, jsonb)',            'centurion_writer', staff),
            ('appointment_series(uuid, integer, timestamp, integer, numeric, text, integer[], integer, boolean)', 'centurion_writer', staff),
            ('appointment_series_preview(integer, timestamp, integer, integer[], integer)', 'centurion_gate', staff),
            ('appointment_mark(uuid, integer[], text[], text)',         'centurion_writer', staff),
            ('appointment_delete(uuid, integer, text)',                 'centurion_writer', staff),
            ('appointment_cancel(uuid, integer, text)',                 'centurion_writer', 'centurion_client'),
            ('bootcamp_save(uuid, integer, text, jsonb, boolean)',      'centurion_writer', staff),
            ('bootcamp_delete(uuid, integer, text)',                    'centurion_writer', staff),
            ('attendance_add(uuid, integer, integer[])',                'centurion_writer', staff),
            ('attendance_remove(uuid, integer, integer[])',             'centurion_writer', staff),
            ('bootcamp_register(uuid, integer)',                        'centurion_writer', 'centurion_client'),
            ('bootcamp_unregister(uuid, integer)',                      'centurion_writer', 'centurion_client'),
            ('workout_assign(uuid, integer[], jsonb)',                  'centurion_writer', staff),
            ('workout_save(uuid, integer, text, jsonb)',                'centurion_writer', staff),
            ('workout_delete(uuid, integer, text)',                     'centurion_writer', staff),
            ('workout_set_status(uuid, integer, text, text)',           'centurion_writer', everyone)
        ) AS c (signature, owner, who)
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO %I', change.signature, change.owner);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', change.signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO %s', change.signature, change.who);
    END LOOP;
END
$$;
