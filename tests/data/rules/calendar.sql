-- Changes of appointments, bootcamps and workouts: who may, and what the rules say.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_calendar_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_calendar_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_calendar_other LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_calendar_ended LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_calendar_client LOGIN IN ROLE centurion_client;
CREATE ROLE rules_calendar_their LOGIN IN ROLE centurion_client;

-- Runs a statement and says what came of it: its value, or the error's code. tried() takes it back.
CREATE FUNCTION pg_temp.attempt(statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    value text;
BEGIN
    EXECUTE statement INTO value;
    RETURN coalesce(value, 'nothing');
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;
CREATE FUNCTION pg_temp.tried(statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    value text;
BEGIN
    EXECUTE statement INTO value;
    RAISE EXCEPTION USING ERRCODE = 'TRIED', MESSAGE = coalesce(value, 'nothing');
EXCEPTION
    WHEN SQLSTATE 'TRIED' THEN RETURN SQLERRM;
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;
CREATE FUNCTION pg_temp.words(statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    more text;
BEGIN
    EXECUTE statement;
    RETURN 'done';
EXCEPTION
    WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS more = PG_EXCEPTION_DETAIL;
        RETURN concat_ws(' | ', SQLERRM, nullif(more, ''));
END
$$;
-- What logins cannot read themselves.
CREATE FUNCTION pg_temp.value(sql text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS
$$
DECLARE
    value text;
BEGIN
    EXECUTE sql INTO value;
    RETURN value;
END
$$;
CREATE FUNCTION pg_temp.version(name text, id integer) RETURNS text LANGUAGE sql AS
$$ SELECT pg_temp.value(format('SELECT xmin FROM public.%I WHERE id = %s', name, id)) $$;

CREATE FUNCTION pg_temp.book(starts text, ends text, more jsonb DEFAULT '{}', member integer DEFAULT 9001) RETURNS text LANGUAGE sql AS
$$ SELECT format('SELECT outcome FROM centurion.appointment_save(gen_random_uuid(), NULL, NULL, %L)',
                 jsonb_build_object('userId', member, 'startTime', starts, 'endTime', ends, 'fee', 45) || more) $$;
CREATE FUNCTION pg_temp.series(first_start text, weekdays text, weeks integer, skip boolean DEFAULT false, minutes integer DEFAULT 60) RETURNS text LANGUAGE sql AS
$$ SELECT format('SELECT string_agg(to_char((record ->> ''startTime'')::timestamp, ''MM-DD HH24:MI''), '', '')
                  FROM centurion.appointment_series(gen_random_uuid(), 9001, %L, %s, 45, NULL, %L, %s, %L)', first_start, minutes, weekdays, weeks, skip) $$;

INSERT INTO public.users (id, email, name, role) VALUES
    (9100, 'coach@rules.example', 'Coach', 'COACH'), (9101, 'other@rules.example', 'Other', 'COACH'), (9102, 'admin@rules.example', 'Admin', 'ADMIN'),
    (9103, 'ended@rules.example', 'Ended', 'COACH'),
    (9001, '1@rules.example', 'Mine', 'CLIENT'), (9002, '2@rules.example', 'Mine, paused', 'CLIENT'), (9003, '3@rules.example', 'Left', 'CLIENT'),
    (9004, '4@rules.example', 'Theirs', 'CLIENT'), (9006, '6@rules.example', 'Deleted', 'CLIENT');
UPDATE public.users SET "deletedAt" = now() WHERE id = 9006;
INSERT INTO centurion.logins VALUES ('rules_calendar_admin', 9102, 'ADMIN'), ('rules_calendar_coach', 9100, 'COACH'), ('rules_calendar_other', 9101, 'COACH'),
    ('rules_calendar_ended', 9103, 'COACH'), ('rules_calendar_client', 9001, 'CLIENT'), ('rules_calendar_their', 9004, 'CLIENT');
UPDATE centurion.logins SET enabled = false WHERE rolname = 'rules_calendar_ended';
INSERT INTO public.cohorts (id, name, "startDate") VALUES (9001, 'Mine', '2026-01-05'), (9002, 'Theirs', '2026-01-05');
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9100), (9002, 9101), (9001, 9103);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES
    (9001, 9001, 'ACTIVE'), (9001, 9002, 'PAUSED'), (9001, 9003, 'INACTIVE'), (9002, 9004, 'ACTIVE'), (9001, 9006, 'ACTIVE');
INSERT INTO public.invoices (id, "userId", month, "totalAmount") VALUES (9001, 9001, '2025-12-01', 45);
INSERT INTO public.appointments (id, "userId", "startTime", "endTime", fee, status, "invoiceId") VALUES
    (9001, 9001, '2030-06-03 10:00', '2030-06-03 11:00', 45, 'NOT_ATTENDED', NULL),
    (9002, 9001, '2025-12-03 10:00', '2025-12-03 11:00', 45, 'ATTENDED', 9001),
    (9003, 9001, '2025-12-04 10:00', '2025-12-04 11:00', 45, 'NOT_ATTENDED', NULL),
    (9004, 9004, '2030-06-03 10:00', '2030-06-03 11:00', 45, 'NOT_ATTENDED', NULL),
    (9005, 9003, '2030-06-03 10:00', '2030-06-03 11:00', 45, 'NOT_ATTENDED', NULL);
INSERT INTO public.bootcamps (id, name, "startTime", "endTime", capacity) VALUES
    (9001, 'To come', '2030-06-03 10:00', '2030-06-03 11:00', 2), (9002, 'Past', '2025-06-03 10:00', '2025-06-03 11:00', NULL);
INSERT INTO public.bootcamp_attendees (id, "bootcampId", "userId") VALUES (9001, 9001, 9001), (9002, 9002, 9001);
INSERT INTO public.workouts (id, "userId", title) VALUES (9001, 9001, 'Mine'), (9004, 9004, 'Theirs');

-- ---- Who may ----

-- What each gets: S saved, otherwise the error's code. Every call is taken back.
CREATE TEMP TABLE calls (name text, call text, admin text, coach text, other text, client text, their text);
GRANT SELECT ON calls TO PUBLIC;
INSERT INTO calls VALUES
    ('new appointment', $$appointment_save(gen_random_uuid(), NULL, NULL, '{"userId": 9001, "startTime": "2030-07-01T10:00", "endTime": "2030-07-01T11:00", "fee": 45}')$$,
     'saved', 'saved', 'P0002', '42501', '42501'),
    ('appointment', $$appointment_save(gen_random_uuid(), 9001, pg_temp.version('appointments', 9001), '{"notes": "x"}')$$, 'saved', 'saved', 'P0002', '42501', '42501'),
    ('appointment to a foreign client', $$appointment_save(gen_random_uuid(), 9001, pg_temp.version('appointments', 9001), '{"userId": 9004, "startTime": "2030-07-01", "endTime": "2030-07-02"}')$$,
     'saved', 'P0002', 'P0002', '42501', '42501'),
    ('appointment of one who left', $$appointment_save(gen_random_uuid(), 9005, pg_temp.version('appointments', 9005), '{"notes": "x"}')$$, 'saved', 'P0002', 'P0002', '42501', '42501'),
    ('appointment that is not there', $$appointment_save(gen_random_uuid(), 8999, '1', '{"notes": "x"}')$$, 'P0002', 'P0002', 'P0002', '42501', '42501'),
    ('series', $$appointment_series(gen_random_uuid(), 9001, '2030-07-01 10:00', 60, 45, NULL, '{1}', 2, false)$$, 'saved', 'saved', 'P0002', '42501', '42501'),
    ('series of nobody', $$appointment_series(gen_random_uuid(), 9006, '2030-07-01 10:00', 60, 45, NULL, '{1}', 2, false)$$, 'P0002', 'P0002', 'P0002', '42501', '42501'),
    ('mark', $$appointment_mark(gen_random_uuid(), '{9003}', ARRAY[pg_temp.version('appointments', 9003)], 'ATTENDED')$$, 'saved', 'saved', 'P0002', '42501', '42501'),
    ('mark a foreign one too', $$appointment_mark(gen_random_uuid(), '{9003,9004}', ARRAY[pg_temp.version('appointments', 9003), pg_temp.version('appointments', 9004)], 'ATTENDED')$$,
     'saved', 'P0002', 'P0002', '42501', '42501'),
    ('delete', $$appointment_delete(gen_random_uuid(), 9001, pg_temp.version('appointments', 9001))$$, 'saved', 'saved', 'P0002', '42501', '42501'),
    ('cancel', $$appointment_cancel(gen_random_uuid(), 9001, pg_temp.version('appointments', 9001))$$, '42501', '42501', '42501', 'saved', 'P0002'),
    ('new bootcamp', $$bootcamp_save(gen_random_uuid(), NULL, NULL, '{"name": "New", "startTime": "2030-07-01T10:00", "endTime": "2030-07-01T11:00"}', false)$$,
     'saved', 'saved', 'saved', '42501', '42501'),
    ('bootcamp', $$bootcamp_save(gen_random_uuid(), 9001, pg_temp.version('bootcamps', 9001), '{"location": "Park"}', false)$$, 'saved', 'saved', 'saved', '42501', '42501'),
    ('delete bootcamp', $$bootcamp_delete(gen_random_uuid(), 9001, pg_temp.version('bootcamps', 9001))$$, 'saved', 'saved', 'saved', '42501', '42501'),
    ('attendance', $$attendance_add(gen_random_uuid(), 9001, '{9002}')$$, 'saved', 'saved', 'P0002', '42501', '42501'),
    ('attendance of a coach', $$attendance_add(gen_random_uuid(), 9001, '{9100}')$$, 'P0002', 'P0002', 'P0002', '42501', '42501'),
    ('no attendance', $$attendance_remove(gen_random_uuid(), 9001, '{9001}')$$, 'saved', 'saved', 'saved', '42501', '42501'),
    ('register', $$bootcamp_register(gen_random_uuid(), 9001)$$, '42501', '42501', '42501', 'saved', 'saved'),
    ('register for nothing', $$bootcamp_register(gen_random_uuid(), 8999)$$, '42501', '42501', '42501', 'P0002', 'P0002'),
    ('unregister', $$bootcamp_unregister(gen_random_uuid(), 9001)$$, '42501', '42501', '42501', 'saved', 'P0002'),
    ('assign', $$workout_assign(gen_random_uuid(), '{9001,9002}', '{"title": "Squats"}')$$, 'saved', 'saved', 'P0002', '42501', '42501'),
    ('assign to a foreign one too', $$workout_assign(gen_random_uuid(), '{9001,9004}', '{"title": "Squats"}')$$, 'saved', 'P0002', 'P0002', '42501', '42501'),
    ('workout', $$workout_save(gen_random_uuid(), 9001, pg_temp.version('workouts', 9001), '{"title": "Other"}')$$, 'saved', 'saved', 'P0002', '42501', '42501'),
    ('delete workout', $$workout_delete(gen_random_uuid(), 9001, pg_temp.version('workouts', 9001))$$, 'saved', 'saved', 'P0002', '42501', '42501'),
    ('workout''s status', $$workout_set_status(gen_random_uuid(), 9001, pg_temp.version('workouts', 9001), 'COMPLETED')$$, 'saved', 'saved', 'P0002', 'saved', 'P0002');

SET LOCAL SESSION AUTHORIZATION rules_calendar_admin;
INSERT INTO result SELECT 'admin: ' || name, admin, pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_calendar_coach;
INSERT INTO result SELECT 'coach: ' || name, coach, pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_calendar_other;
INSERT INTO result SELECT 'foreign coach: ' || name, other, pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_calendar_client;
INSERT INTO result SELECT 'client: ' || name, client, pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_calendar_their;
INSERT INTO result SELECT 'foreign client: ' || name, their, pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_calendar_ended;
INSERT INTO result SELECT 'disabled coach: ' || name, '42501', pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
RESET SESSION AUTHORIZATION;
-- The tables' owner may do what an administrator may.
INSERT INTO result SELECT 'owner: ' || name, admin, pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;

-- ---- Appointments ----

INSERT INTO public.system_settings (key, value) VALUES ('timezone', '"Europe/Berlin"');
SET LOCAL SESSION AUTHORIZATION rules_calendar_coach;
INSERT INTO result
SELECT name, expected, pg_temp.tried(pg_temp.book(starts, ends, more::jsonb))
FROM (VALUES
    ('back to back, before', 'saved', '2030-06-03 09:00', '2030-06-03 10:00', '{}'),
    ('back to back, after', 'saved', '2030-06-03 11:00', '2030-06-03 12:00', '{}'),
    ('the same time', '23P01', '2030-06-03 10:00', '2030-06-03 11:00', '{}'),
    ('into its beginning', '23P01', '2030-06-03 09:00', '2030-06-03 10:00:00.001', '{}'),
    ('out of its end', '23P01', '2030-06-03 10:59:59.999', '2030-06-03 12:00', '{}'),
    ('within', '23P01', '2030-06-03 10:15', '2030-06-03 10:30', '{}'),
    ('around', '23P01', '2030-06-03 09:00', '2030-06-03 12:00', '{}'),
    ('another client''s time', 'saved', '2030-06-03 10:00', '2030-06-03 11:00', '{"userId": 9002}'),
    ('no end after the start', '23514', '2030-06-04 10:00', '2030-06-04 10:00', '{}'),
    ('end before the start', '23514', '2030-06-04 10:00', '2030-06-04 09:00', '{}'),
    ('no start', '23514', NULL, '2030-06-04 09:00', '{}'),
    ('no end', '23514', '2030-06-04 09:00', NULL, '{}'),
    ('endless', '23514', '2030-06-04 09:00', 'infinity', '{}'),
    ('no fee', '23514', '2030-06-04 10:00', '2030-06-04 11:00', '{"fee": null}'),
    ('a fee of nothing', 'saved', '2030-06-04 10:00', '2030-06-04 11:00', '{"fee": 0}'),
    ('a fee below nothing', '23514', '2030-06-04 10:00', '2030-06-04 11:00', '{"fee": -0.01}'),
    ('a fee that is not a number', '23514', '2030-06-04 10:00', '2030-06-04 11:00', '{"fee": "NaN"}'),
    ('a fee too large to hold', '22003', '2030-06-04 10:00', '2030-06-04 11:00', '{"fee": 100000000}'),
    ('its invoice', '22023', '2030-06-04 10:00', '2030-06-04 11:00', '{"invoiceId": 9001}'),
    ('its status', '22023', '2030-06-04 10:00', '2030-06-04 11:00', '{"status": "ATTENDED"}'),
    ('nobody', 'P0002', '2030-06-04 10:00', '2030-06-04 11:00', '{"userId": null}')
) AS v (name, expected, starts, ends, more);
INSERT INTO result
SELECT 'what clashes, by the clock in Berlin', 'The member 9001 has another appointment at that time | 9001: 2030-06-03 12:00 to 13:00',
       pg_temp.words(pg_temp.book('2030-06-03 10:30', '2030-06-03 11:30'))
UNION ALL SELECT 'a change of the notes clashes with nothing', 'saved', pg_temp.tried($$SELECT outcome FROM centurion.appointment_save(gen_random_uuid(), 9001, pg_temp.version('appointments', 9001), '{"notes": "x"}')$$)
UNION ALL SELECT 'moved over itself', 'saved', pg_temp.tried($$SELECT outcome FROM centurion.appointment_save(gen_random_uuid(), 9001, pg_temp.version('appointments', 9001), '{"startTime": "2030-06-03T10:30", "endTime": "2030-06-03T11:30"}')$$)
UNION ALL SELECT 'moved over another', '23P01', pg_temp.tried($$SELECT outcome FROM centurion.appointment_save(gen_random_uuid(), 9001, pg_temp.version('appointments', 9001), '{"startTime": "2025-12-04T10:30", "endTime": "2025-12-04T11:30"}')$$)
UNION ALL SELECT 'a row that it was not', 'conflict 9001 45.00', pg_temp.tried($$SELECT concat_ws(' ', outcome, key, record ->> 'fee') FROM centurion.appointment_save(gen_random_uuid(), 9001, '1', '{"fee": 1}')$$)
UNION ALL SELECT 'a row without its version', 'conflict', pg_temp.tried($$SELECT outcome FROM centurion.appointment_save(gen_random_uuid(), 9001, NULL, '{"fee": 1}')$$)
UNION ALL SELECT 'deleting one that changed', 'conflict', pg_temp.tried($$SELECT outcome FROM centurion.appointment_delete(gen_random_uuid(), 9001, '1')$$)
UNION ALL SELECT 'no request', '22023', pg_temp.tried($$SELECT outcome FROM centurion.appointment_delete(NULL, 9001, '1')$$)
-- Invoiced: locked, but for the notes.
UNION ALL SELECT 'invoiced: ' || name, expected, pg_temp.tried(format('SELECT outcome FROM centurion.appointment_save(gen_random_uuid(), 9002, pg_temp.version(''appointments'', 9002), %L)', changes))
FROM (VALUES ('notes', 'saved', '{"notes": "x"}'), ('the fee as it is', 'saved', '{"fee": 45}'), ('fee', '55000', '{"fee": 46}'), ('start', '55000', '{"startTime": "2025-12-03T10:30"}'),
             ('end', '55000', '{"endTime": "2025-12-03T11:30"}'), ('client', '55000', '{"userId": 9002}')) AS v (name, expected, changes)
UNION ALL SELECT 'invoiced: status', '55000', pg_temp.tried($$SELECT outcome FROM centurion.appointment_mark(gen_random_uuid(), '{9002}', ARRAY[pg_temp.version('appointments', 9002)], 'NOT_ATTENDED')$$)
UNION ALL SELECT 'invoiced: the status as it is', 'saved', pg_temp.tried($$SELECT outcome FROM centurion.appointment_mark(gen_random_uuid(), '{9002}', ARRAY[pg_temp.version('appointments', 9002)], 'ATTENDED')$$)
UNION ALL SELECT 'invoiced: delete', '55000', pg_temp.tried($$SELECT outcome FROM centurion.appointment_delete(gen_random_uuid(), 9002, pg_temp.version('appointments', 9002))$$)
UNION ALL SELECT 'invoiced: in words', 'The appointment 9002 is invoiced (2025-12)', pg_temp.words($$SELECT centurion.appointment_delete(gen_random_uuid(), 9002, pg_temp.version('appointments', 9002))$$)
-- Marking: all or nothing.
UNION ALL SELECT 'marking two', '9003 ATTENDED, 9001 ATTENDED', pg_temp.tried($$SELECT string_agg(concat_ws(' ', key, record ->> 'status'), ', ')
    FROM centurion.appointment_mark(gen_random_uuid(), '{9003,9001}', ARRAY[pg_temp.version('appointments', 9003), pg_temp.version('appointments', 9001)], 'ATTENDED')$$)
UNION ALL SELECT 'marking two, one of them changed', 'conflict 9001 NOT_ATTENDED', pg_temp.attempt($$SELECT string_agg(concat_ws(' ', outcome, key, record ->> 'status'), ', ')
    FROM centurion.appointment_mark(gen_random_uuid(), '{9003,9001}', ARRAY[pg_temp.version('appointments', 9003), '1'], 'ATTENDED')$$)
UNION ALL SELECT 'then the other one is as it was', 'NOT_ATTENDED', pg_temp.value('SELECT status FROM public.appointments WHERE id = 9003')
UNION ALL SELECT 'marking: ' || name, '22023', pg_temp.tried(format('SELECT outcome FROM centurion.appointment_mark(gen_random_uuid(), %s)', arguments))
FROM (VALUES ('nothing', $$'{}', '{}', 'ATTENDED'$$), ('one twice', $$'{9003,9003}', '{1,1}', 'ATTENDED'$$), ('without versions', $$'{9003,9001}', '{1}', 'ATTENDED'$$),
             ('NULL', $$'{NULL}', '{1}', 'ATTENDED'$$), ('something else', $$'{9003}', '{1}', 'PAID'$$), ('nothing as status', $$'{9003}', '{1}', NULL$$)) AS v (name, arguments);

-- ---- Series ----

INSERT INTO result
SELECT 'series: ' || name, expected, pg_temp.tried(pg_temp.series(first_start, weekdays, weeks, skip, minutes))
FROM (VALUES
    ('Mondays', '01-01 09:00, 01-08 09:00, 01-15 09:00', '2024-01-01 10:00', '{1}', 2, false, 60),
    ('three days', '01-01 09:00, 01-03 09:00, 01-05 09:00, 01-08 09:00, 01-10 09:00, 01-12 09:00', '2024-01-01 10:00', '{1,3,5}', 1, false, 60),
    ('no date before the start', '01-03 09:00, 01-08 09:00, 01-10 09:00', '2024-01-03 10:00', '{1,3}', 1, false, 60),
    ('the clock goes on to summer', '03-24 09:00, 03-31 08:00', '2030-03-24 10:00', '{7}', 1, false, 60),
    ('at an hour that there is not', '03-31 01:30', '2030-03-31 02:30', '{7}', 0, false, 60),
    ('and back', '10-20 08:00, 10-27 09:00', '2030-10-20 10:00', '{7}', 1, false, 60),
    ('past midnight UTC', '12-31 23:30', '2030-01-01 00:30', '{2}', 0, false, 60),
    ('a day long, each day', '01-01 23:00, 01-02 23:00', '2024-01-02 00:00', '{2,3}', 0, false, 1440),
    ('one clashes', '23P01', '2030-05-27 12:00', '{1}', 2, false, 60),
    ('one is left out', '05-27 10:00, 06-10 10:00', '2030-05-27 12:00', '{1}', 2, true, 60),
    ('back to back', '06-03 11:00', '2030-06-03 13:00', '{1}', 0, false, 60),
    ('all are left out', '23P01', '2030-06-03 12:00', '{1}', 0, true, 60),
    ('none there', '22023', '2024-01-03 10:00', '{1}', 0, false, 60),
    ('no weekday', '22023', '2024-01-03 10:00', '{}', 0, false, 60),
    ('no such weekday', '22023', '2024-01-03 10:00', '{1,8}', 0, false, 60),
    ('too long', '22023', '2024-01-03 10:00', '{1}', 53, false, 60),
    ('no time', '22023', '2024-01-01 10:00', '{1}', 0, false, 0),
    ('no start', '22023', NULL, '{1}', 0, false, 60)
) AS v (name, expected, first_start, weekdays, weeks, skip, minutes)
UNION ALL SELECT 'series: what clashes', 'The member 9001 has another appointment at that time | 9001: 2030-06-03 12:00 to 13:00', pg_temp.words(pg_temp.series('2030-05-27 12:30', '{1}', 2))
UNION ALL SELECT 'series: a year and a bit', '371', pg_temp.tried($$SELECT count(*) FROM centurion.appointment_series(gen_random_uuid(), 9001, '2031-01-06 10:00', 60, 45, NULL, '{1,2,3,4,5,6,7}', 52, false)$$)
UNION ALL SELECT 'series: preview', '05-27 12:00 , 06-03 12:00 9001: 2030-06-03 12:00 to 13:00, 06-10 12:00 ',
                 pg_temp.attempt($$SELECT string_agg(to_char(starts, 'MM-DD HH24:MI ') || coalesce(clashes, ''), ', ') FROM centurion.appointment_series_preview(9001, '2030-05-27 12:00', 60, '{1}', 2)$$)
UNION ALL SELECT 'series: no preview of a foreign one', '0', pg_temp.attempt($$SELECT count(*) FROM centurion.appointment_series_preview(9004, '2030-05-27 12:00', 60, '{1}', 2)$$);

-- The same request twice is done once.
INSERT INTO result SELECT 'series: first', 'saved 09:30, saved 09:30', pg_temp.attempt($$SELECT string_agg(outcome || to_char((record ->> 'startTime')::timestamp, ' HH24:MI'), ', ')
    FROM centurion.appointment_series('00000000-0000-4000-8000-000000009001', 9001, '2024-02-05 10:30', 60, 45, NULL, '{1}', 1, false)$$);
INSERT INTO result SELECT 'series: again', 'repeated 09:30, repeated 09:30', pg_temp.attempt($$SELECT string_agg(outcome || to_char((record ->> 'startTime')::timestamp, ' HH24:MI'), ', ')
    FROM centurion.appointment_series('00000000-0000-4000-8000-000000009001', 9001, '2024-02-05 10:30', 60, 45, NULL, '{1}', 1, false)$$)
UNION ALL SELECT 'series: another change of that name', '22023', pg_temp.attempt($$SELECT outcome FROM centurion.workout_assign('00000000-0000-4000-8000-000000009001', '{9001}', '{"title": "x"}')$$)
UNION ALL SELECT 'series: there', '2', pg_temp.value($$SELECT count(*) FROM public.appointments WHERE "userId" = 9001 AND "startTime" >= '2024-02-01' AND "startTime" < '2024-03-01'$$)
UNION ALL SELECT 'series: undone', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.undo(gen_random_uuid(), '00000000-0000-4000-8000-000000009001')$$)
UNION ALL SELECT 'series: gone', '0', pg_temp.value($$SELECT count(*) FROM public.appointments WHERE "userId" = 9001 AND "startTime" >= '2024-02-01' AND "startTime" < '2024-03-01'$$);
RESET SESSION AUTHORIZATION;

-- ---- Cancelling ----

INSERT INTO public.appointments (id, "userId", "startTime", "endTime", fee) VALUES
    (9010, 9001, now() AT TIME ZONE 'UTC' + interval '24 hours 1 second', now() AT TIME ZONE 'UTC' + interval '25 hours', 45),
    (9011, 9001, now() AT TIME ZONE 'UTC' + interval '23 hours', now() AT TIME ZONE 'UTC' + interval '24 hours', 45);
INSERT INTO public.appointments (id, "userId", "startTime", "endTime", fee, "invoiceId") VALUES (9012, 9001, '2030-08-01', '2030-08-02', 45, 9001);
SET LOCAL SESSION AUTHORIZATION rules_calendar_client;
INSERT INTO result
SELECT 'cancel: a day ahead', 'saved, no record', pg_temp.attempt($$SELECT concat_ws(', ', outcome, CASE WHEN record IS NULL THEN 'no record' END)
    FROM centurion.appointment_cancel('00000000-0000-4000-8000-000000009002', 9010, pg_temp.version('appointments', 9010))$$)
UNION ALL SELECT 'cancel: later', '55000', pg_temp.attempt($$SELECT outcome FROM centurion.appointment_cancel(gen_random_uuid(), 9011, pg_temp.version('appointments', 9011))$$)
UNION ALL SELECT 'cancel: past', '55000', pg_temp.attempt($$SELECT outcome FROM centurion.appointment_cancel(gen_random_uuid(), 9003, pg_temp.version('appointments', 9003))$$)
UNION ALL SELECT 'cancel: invoiced', '55000', pg_temp.attempt($$SELECT outcome FROM centurion.appointment_cancel(gen_random_uuid(), 9012, pg_temp.version('appointments', 9012))$$)
UNION ALL SELECT 'cancel: one that changed', 'conflict', pg_temp.attempt($$SELECT outcome FROM centurion.appointment_cancel(gen_random_uuid(), 9001, '1')$$);
INSERT INTO result SELECT 'cancel: again', 'repeated', pg_temp.attempt($$SELECT outcome FROM centurion.appointment_cancel('00000000-0000-4000-8000-000000009002', 9010, '1')$$)
UNION ALL SELECT 'cancel: in the log', 'DELETE_APPOINTMENT by 9001', pg_temp.value($$SELECT action || ' by ' || "userId" FROM public.audit_logs WHERE target = 'Appointment:9010' AND action LIKE 'DELETE%'$$);

-- ---- Bootcamps ----

SET LOCAL SESSION AUTHORIZATION rules_calendar_admin;
INSERT INTO result
SELECT 'bootcamp: ' || name, expected, pg_temp.tried(format('SELECT outcome FROM centurion.bootcamp_save(gen_random_uuid(), NULL, NULL, %L, false)',
                                                            '{"name": "New", "startTime": "2030-07-01T10:00", "endTime": "2030-07-01T11:00"}' || changes::jsonb))
FROM (VALUES ('two letters', 'saved', '{"name": "Go"}'), ('one', '23514', '{"name": " G "}'), ('none', '23514', '{"name": null}'), ('end at the start', '23514', '{"endTime": "2030-07-01T10:00"}'),
             ('no end', '23514', '{"endTime": null}'), ('one place', 'saved', '{"capacity": 1}'), ('no place', '23514', '{"capacity": 0}'), ('any number', 'saved', '{"capacity": null}')) AS v (name, expected, changes)
UNION ALL SELECT 'bootcamp: one that changed', 'conflict', pg_temp.tried($$SELECT outcome FROM centurion.bootcamp_save(gen_random_uuid(), 9001, '1', '{"location": "Park"}', false)$$)
UNION ALL SELECT 'bootcamp: deleting one that changed', 'conflict', pg_temp.tried($$SELECT outcome FROM centurion.bootcamp_delete(gen_random_uuid(), 9001, '1')$$)
UNION ALL SELECT 'bootcamp: deleted', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.bootcamp_delete('00000000-0000-4000-8000-000000009003', 9002, pg_temp.version('bootcamps', 9002))$$)
UNION ALL SELECT 'bootcamp: with who was registered', '0', pg_temp.value('SELECT count(*) FROM public.bootcamp_attendees WHERE "bootcampId" = 9002')
UNION ALL SELECT 'bootcamp: undone', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.undo(gen_random_uuid(), '00000000-0000-4000-8000-000000009003')$$)
UNION ALL SELECT 'bootcamp: they are back', '9001', pg_temp.value('SELECT "userId" FROM public.bootcamp_attendees WHERE "bootcampId" = 9002')
UNION ALL SELECT 'attendance: past the last place', '55000', pg_temp.attempt($$SELECT outcome FROM centurion.attendance_add(gen_random_uuid(), 9001, '{9002,9004}')$$)
UNION ALL SELECT 'attendance: in words', 'The bootcamp 9001 has 1 of 2 places left, and 2 are wanted', pg_temp.words($$SELECT centurion.attendance_add(gen_random_uuid(), 9001, '{9002,9004}')$$)
UNION ALL SELECT 'attendance: the last place, with one who has a place', '2', pg_temp.attempt($$SELECT count(*) FROM centurion.attendance_add(gen_random_uuid(), 9001, '{9001,9002,9002}')$$)
UNION ALL SELECT 'attendance: of a full one, with who has a place', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.attendance_add(gen_random_uuid(), 9001, '{9001}')$$)
UNION ALL SELECT 'attendance: full', '55000', pg_temp.attempt($$SELECT outcome FROM centurion.attendance_add(gen_random_uuid(), 9001, '{9004}')$$)
UNION ALL SELECT 'attendance: without a limit', '3', pg_temp.tried($$SELECT count(*) FROM centurion.attendance_add(gen_random_uuid(), 9002, '{9001,9002,9004}')$$)
UNION ALL SELECT 'attendance: one who is deleted', 'P0002', pg_temp.attempt($$SELECT outcome FROM centurion.attendance_add(gen_random_uuid(), 9002, '{9001,9006}')$$)
UNION ALL SELECT 'attendance: nobody', '22023', pg_temp.attempt($$SELECT outcome FROM centurion.attendance_add(gen_random_uuid(), 9002, '{}')$$)
UNION ALL SELECT 'attendance: removing one who is not there', 'P0002', pg_temp.attempt($$SELECT outcome FROM centurion.attendance_remove(gen_random_uuid(), 9001, '{9001,9004}')$$)
UNION ALL SELECT 'capacity: below those who are there', '55000', pg_temp.tried($$SELECT outcome FROM centurion.bootcamp_save(gen_random_uuid(), 9001, pg_temp.version('bootcamps', 9001), '{"capacity": 1}', false)$$)
UNION ALL SELECT 'capacity: confirmed', '1', pg_temp.attempt($$SELECT record ->> 'capacity' FROM centurion.bootcamp_save(gen_random_uuid(), 9001, pg_temp.version('bootcamps', 9001), '{"capacity": 1}', true)$$)
UNION ALL SELECT 'capacity: then all else can change', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.bootcamp_save(gen_random_uuid(), 9001, pg_temp.version('bootcamps', 9001), '{"name": "Park", "capacity": 1}', false)$$)
UNION ALL SELECT 'capacity: and those who are there stay', '2', pg_temp.value('SELECT count(*) FROM public.bootcamp_attendees WHERE "bootcampId" = 9001')
UNION ALL SELECT 'capacity: more than full', 'The bootcamp 9001 has 0 of 1 places left, and 1 is wanted', pg_temp.words($$SELECT centurion.attendance_add(gen_random_uuid(), 9001, '{9004}')$$)
UNION ALL SELECT 'attendance: removed', 'saved, no record', pg_temp.attempt($$SELECT concat_ws(', ', outcome, CASE WHEN record IS NULL THEN 'no record' END)
    FROM centurion.attendance_remove(gen_random_uuid(), 9001, '{9001,9002}')$$);
SET LOCAL SESSION AUTHORIZATION rules_calendar_their;
INSERT INTO result
SELECT 'register: the only place', 'saved 9004', pg_temp.attempt($$SELECT concat_ws(' ', outcome, record ->> 'userId') FROM centurion.bootcamp_register(gen_random_uuid(), 9001)$$)
UNION ALL SELECT 'register: a place that I have', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.bootcamp_register(gen_random_uuid(), 9001)$$)
UNION ALL SELECT 'register: past', '55000', pg_temp.attempt($$SELECT outcome FROM centurion.bootcamp_register(gen_random_uuid(), 9002)$$);
SET LOCAL SESSION AUTHORIZATION rules_calendar_client;
INSERT INTO result
SELECT 'register: full', '55000', pg_temp.attempt($$SELECT outcome FROM centurion.bootcamp_register(gen_random_uuid(), 9001)$$)
UNION ALL SELECT 'unregister: past', '55000', pg_temp.attempt($$SELECT outcome FROM centurion.bootcamp_unregister(gen_random_uuid(), 9002)$$)
UNION ALL SELECT 'unregister: others', 'P0002', pg_temp.attempt($$SELECT outcome FROM centurion.bootcamp_unregister(gen_random_uuid(), 9001)$$);
SET LOCAL SESSION AUTHORIZATION rules_calendar_their;
INSERT INTO result SELECT 'unregister', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.bootcamp_unregister(gen_random_uuid(), 9001)$$)
UNION ALL SELECT 'unregister: nobody left', '0', pg_temp.value('SELECT count(*) FROM public.bootcamp_attendees WHERE "bootcampId" = 9001');

-- ---- Workouts ----

SET LOCAL SESSION AUTHORIZATION rules_calendar_coach;
INSERT INTO result
SELECT 'workout: ' || name, expected, pg_temp.tried(format('SELECT string_agg(concat_ws('' '', record ->> ''userId'', record ->> ''title'', record ->> ''status''), '', '') FROM centurion.workout_assign(gen_random_uuid(), %L, %L)', users, changes))
FROM (VALUES ('for two', '9001 Squats NOT_STARTED, 9002 Squats NOT_STARTED', '{9002,9001,9002}', '{"title": " Squats "}'), ('no title', '23514', '{9001}', '{"title": " "}'),
             ('none at all', '23514', '{9001}', '{}'), ('200 characters', '9001 ' || repeat('a', 200) || ' NOT_STARTED', '{9001}', jsonb_build_object('title', repeat('a', 200))::text),
             ('201', '23514', '{9001}', jsonb_build_object('title', repeat('a', 201))::text), ('its status', '22023', '{9001}', '{"title": "a", "status": "COMPLETED"}'),
             ('nobody', '22023', '{}', '{"title": "a"}')) AS v (name, expected, users, changes)
UNION ALL SELECT 'workout: one that changed', 'conflict', pg_temp.tried($$SELECT outcome FROM centurion.workout_save(gen_random_uuid(), 9001, '1', '{"title": "x"}')$$)
UNION ALL SELECT 'workout: deleting one that changed', 'conflict', pg_temp.tried($$SELECT outcome FROM centurion.workout_delete(gen_random_uuid(), 9001, '1')$$)
UNION ALL SELECT 'workout: a status that there is not', '22023', pg_temp.tried($$SELECT outcome FROM centurion.workout_set_status(gen_random_uuid(), 9001, pg_temp.version('workouts', 9001), 'LATER')$$);
SET LOCAL SESSION AUTHORIZATION rules_calendar_client;
INSERT INTO result
SELECT 'workout: done', 'COMPLETED', pg_temp.attempt($$SELECT record ->> 'status' FROM centurion.workout_set_status(gen_random_uuid(), 9001, pg_temp.version('workouts', 9001), 'COMPLETED')$$)
UNION ALL SELECT 'workout: done by what was seen before', 'conflict COMPLETED', pg_temp.attempt($$SELECT concat_ws(' ', outcome, record ->> 'status') FROM centurion.workout_set_status(gen_random_uuid(), 9001, '1', 'IN_PROGRESS')$$);
RESET SESSION AUTHORIZATION;

-- ---- The wall below: the rules stand in the tables, whatever a function of the writer's says ----

GRANT centurion_writer TO rules_calendar_client, rules_calendar_coach;
SET LOCAL SESSION AUTHORIZATION rules_calendar_client;
SET LOCAL ROLE centurion_writer;
INSERT INTO result
SELECT 'below, client: a bootcamp is locked', '9001', pg_temp.tried('SELECT id FROM public.bootcamps WHERE id = 9001 FOR UPDATE')
UNION ALL SELECT 'below, client: but not changed', '42501', pg_temp.tried('UPDATE public.bootcamps SET capacity = 100 WHERE id = 9001 RETURNING id')
UNION ALL SELECT 'below, client: nor deleted', 'nothing', pg_temp.tried('DELETE FROM public.bootcamps WHERE id = 9001 RETURNING id')
UNION ALL SELECT 'below, client: nobody else is registered', '42501', pg_temp.tried('INSERT INTO public.bootcamp_attendees ("bootcampId", "userId") VALUES (9001, 9002) RETURNING id')
UNION ALL SELECT 'below, client: a foreign workout', 'nothing', pg_temp.tried('UPDATE public.workouts SET title = ''x'' WHERE id = 9004 RETURNING id');
RESET ROLE;
SET LOCAL SESSION AUTHORIZATION rules_calendar_coach;
SET LOCAL ROLE centurion_writer;
INSERT INTO result
SELECT 'below, coach: an invoice', '42501', pg_temp.tried('UPDATE public.appointments SET "invoiceId" = 9001 WHERE id = 9001 RETURNING id')
UNION ALL SELECT 'below, coach: an invoice from the start', '55000', pg_temp.tried($$INSERT INTO public.appointments ("userId", "startTime", "endTime", fee, "invoiceId") VALUES (9001, '2030-09-01', '2030-09-02', 1, 9001) RETURNING id$$)
UNION ALL SELECT 'below, coach: two at once', '23P01', pg_temp.tried($$INSERT INTO public.appointments ("userId", "startTime", "endTime", fee) VALUES (9001, '2030-09-01', '2030-09-03', 1), (9001, '2030-09-02', '2030-09-04', 1) RETURNING id$$)
UNION ALL SELECT 'below, coach: a foreign client', 'P0002', pg_temp.tried($$INSERT INTO public.appointments ("userId", "startTime", "endTime", fee) VALUES (9004, '2030-09-01', '2030-09-03', 1) RETURNING id$$)
UNION ALL SELECT 'below, coach: another coach in a bootcamp', '23514', pg_temp.tried('INSERT INTO public.bootcamp_attendees ("bootcampId", "userId") VALUES (9001, 9101) RETURNING id')
UNION ALL SELECT 'below, coach: more than there is room for', '55000', pg_temp.tried('INSERT INTO public.bootcamp_attendees ("bootcampId", "userId") VALUES (9001, 9001), (9001, 9002) RETURNING id');
RESET ROLE;
RESET SESSION AUTHORIZATION;
-- The web application is refused nothing.
INSERT INTO result SELECT 'owner: overlaps, and less than nothing', '-1.00', pg_temp.tried($$INSERT INTO public.appointments ("userId", "startTime", "endTime", fee) VALUES (9001, '2030-06-03 10:00', '2030-06-03 09:00', -1) RETURNING fee$$)
UNION ALL SELECT 'owner: what is invoiced', '46.00', pg_temp.tried('UPDATE public.appointments SET fee = 46 WHERE id = 9002 RETURNING fee');

SELECT * FROM result;
