-- Appointments by their series: moving, changing and deleting this one, the following, all; what is unmarked; what the calendar reads.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_scopes_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_scopes_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_scopes_other LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_scopes_client LOGIN IN ROLE centurion_client;

-- Runs a statement, says what came of it (its value, or the error's code and what is told), and takes it back.
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
CREATE FUNCTION pg_temp.versions(ids integer[]) RETURNS text[] LANGUAGE sql SECURITY DEFINER AS
$$ SELECT array_agg(a.xmin::text ORDER BY i.nth) FROM unnest(ids) WITH ORDINALITY AS i (id, nth) JOIN public.appointments AS a ON a.id = i.id $$;
CREATE FUNCTION pg_temp.move(ids text, days integer, minutes integer, length integer DEFAULT NULL, changes jsonb DEFAULT '{}') RETURNS text LANGUAGE sql AS
$$ SELECT format('SELECT string_agg(concat_ws('' '', CASE outcome WHEN ''saved'' THEN NULL ELSE outcome END, key, to_char((record ->> ''startTime'')::timestamp, ''MM-DD HH24:MI''),
                                                  to_char((record ->> ''endTime'')::timestamp, ''HH24:MI''), record ->> ''fee''), '', '')
                  FROM centurion.appointments_save(gen_random_uuid(), %L, pg_temp.versions(%L), %s, %s, %L, %L)', ids, ids, days, minutes, length, changes) $$;
-- The start of all of a client's, in their order.
CREATE FUNCTION pg_temp.starts(member integer) RETURNS text LANGUAGE sql SECURITY DEFINER AS
$$ SELECT string_agg(to_char(a."startTime", 'MM-DD HH24:MI'), ', ' ORDER BY a."startTime") FROM public.appointments AS a WHERE a."userId" = member $$;

INSERT INTO public.users (id, email, name, role) VALUES
    (9600, 'coach@scopes.example', 'Coach', 'COACH'), (9601, 'other@scopes.example', 'Other', 'COACH'), (9602, 'admin@scopes.example', 'Admin', 'ADMIN'),
    (9611, '1@scopes.example', 'Mine', 'CLIENT'), (9612, '2@scopes.example', 'Mine too', 'CLIENT'), (9613, '3@scopes.example', 'Theirs', 'CLIENT');
INSERT INTO centurion.logins VALUES ('rules_scopes_admin', 9602, 'ADMIN'), ('rules_scopes_coach', 9600, 'COACH'), ('rules_scopes_other', 9601, 'COACH'),
    ('rules_scopes_client', 9611, 'CLIENT');
INSERT INTO public.cohorts (id, name, "startDate") VALUES (9600, 'Scopes mine', '2026-01-05'), (9601, 'Scopes theirs', '2026-01-05');
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9600, 9600), (9601, 9601);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES (9600, 9611, 'ACTIVE'), (9600, 9612, 'PAUSED'), (9601, 9613, 'ACTIVE');
INSERT INTO public.invoices (id, "userId", month, "totalAmount") VALUES (9600, 9612, '2025-12-01', 45);
INSERT INTO public.appointments (id, "userId", "startTime", "endTime", fee, status, "invoiceId") VALUES
    -- Three Mondays alike, one of another fee, one at another hour.
    (9601, 9611, '2031-06-02 10:00', '2031-06-02 11:00', 45, 'NOT_ATTENDED', NULL), (9602, 9611, '2031-06-09 10:00', '2031-06-09 11:00', 45, 'NOT_ATTENDED', NULL),
    (9603, 9611, '2031-06-16 10:00', '2031-06-16 11:00', 45, 'NOT_ATTENDED', NULL), (9604, 9611, '2031-06-23 10:00', '2031-06-23 11:00', 50, 'NOT_ATTENDED', NULL),
    (9605, 9611, '2031-06-16 12:00', '2031-06-16 13:00', 45, 'NOT_ATTENDED', NULL),
    (9606, 9612, '2025-12-03 10:00', '2025-12-03 11:00', 45, 'ATTENDED', 9600), (9607, 9612, '2025-12-10 10:00', '2025-12-10 11:00', 45, 'NOT_ATTENDED', NULL),
    (9608, 9612, '2025-12-11 10:00', '2025-12-11 11:00', 45, 'NOT_ATTENDED', NULL), (9609, 9612, '2025-12-11 10:00', '2025-12-11 11:00', 45, 'NOT_ATTENDED', NULL),
    (9613, 9613, '2031-06-02 10:00', '2031-06-02 11:00', 45, 'NOT_ATTENDED', NULL), (9614, 9613, '2025-12-10 09:00', '2025-12-10 10:00', 45, 'NOT_ATTENDED', NULL);

-- ---- Who may ----

CREATE TEMP TABLE calls (name text, call text, admin text, coach text, other text, client text);
GRANT SELECT ON calls TO PUBLIC;
INSERT INTO calls VALUES
    ('move', $$string_agg(outcome, ' ') FROM centurion.appointments_save(gen_random_uuid(), '{9601}', pg_temp.versions('{9601}'), 0, 30, NULL, '{}')$$, 'saved', 'saved', 'P0002', '42501'),
    ('move a foreign one too', $$string_agg(outcome, ' ') FROM centurion.appointments_save(gen_random_uuid(), '{9601,9613}', pg_temp.versions('{9601,9613}'), 0, 30, NULL, '{}')$$,
     'saved saved', 'P0002', 'P0002', '42501'),
    ('move what is not there', $$string_agg(outcome, ' ') FROM centurion.appointments_save(gen_random_uuid(), '{8999}', '{1}', 0, 30, NULL, '{}')$$, 'P0002', 'P0002', 'P0002', '42501'),
    ('delete', $$string_agg(outcome, ' ') FROM centurion.appointments_delete(gen_random_uuid(), '{9601,9602}', pg_temp.versions('{9601,9602}'))$$, 'saved saved', 'saved saved', 'P0002', '42501'),
    ('repeat', $$string_agg(outcome, ' ') FROM centurion.appointment_repeat(gen_random_uuid(), 9604, (pg_temp.versions('{9604}'))[1], '{1}', 2, false)$$, 'saved saved', 'saved saved', 'P0002', '42501'),
    ('preview of a repetition', $$count(*) FROM centurion.appointment_repeat_preview(9604, '{1}', 2)$$, '2', '2', '0', '42501'),
    ('preview', $$count(*) FROM centurion.appointments_preview('{9601,9613}', 0, 30, NULL)$$, '2', '1', '1', '42501'),
    ('scope', $$count(*) FROM centurion.appointment_scope(9601)$$, '3', '3', '0', '42501'),
    ('days', $$string_agg(id::text, ' ' ORDER BY id) FROM centurion.calendar_days('2031-06-02', 1, NULL) WHERE id BETWEEN 9600 AND 9700$$, '9601 9613', '9601', '9613', '42501'),
    ('days of a coach', $$string_agg(id::text, ' ' ORDER BY id) FROM centurion.calendar_days('2031-06-02', 1, 9600)$$, '9601', '9601', '42501', '42501'),
    ('totals of a coach', $$sum(sessions) FROM centurion.calendar_totals('2031-06-02', 42, 9600)$$, '5', '5', '42501', '42501'),
    ('unmarked of a coach', $$string_agg(id::text, ' ') FROM centurion.appointments_unmarked(NULL, NULL, 100, 9600)$$, '9607 9608 9609', '9607 9608 9609', '42501', '42501'),
    ('own unmarked', $$string_agg(id::text, ' ') FROM centurion.appointments_unmarked(NULL, NULL, 100, NULL) WHERE id BETWEEN 9600 AND 9700$$, '9614 9607 9608 9609', '9607 9608 9609', '9614', '42501'),
    ('coaches', $$string_agg(id::text, ' ' ORDER BY id) FROM centurion.calendar_coaches() WHERE id BETWEEN 9600 AND 9700$$, '9600 9601', '9600', '9601', '42501');

SET LOCAL SESSION AUTHORIZATION rules_scopes_admin;
INSERT INTO result SELECT 'admin: ' || name, admin, pg_temp.tried('SELECT ' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_scopes_other;
INSERT INTO result SELECT 'foreign coach: ' || name, other, pg_temp.tried('SELECT ' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_scopes_client;
INSERT INTO result SELECT 'client: ' || name, client, pg_temp.tried('SELECT ' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_scopes_coach;
INSERT INTO result SELECT 'coach: ' || name, coach, pg_temp.tried('SELECT ' || call) FROM calls;

-- ---- What the rules say ----

INSERT INTO result
SELECT 'without a series: alike by weekday, time and fee', '-1 9601, 0 9602, 1 9603', string_agg(concat_ws(' ', s.here, s.id), ', ' ORDER BY s.starts) FROM centurion.appointment_scope(9602) AS s
UNION ALL SELECT 'a week forward, onto one that stays', '23P01', pg_temp.tried(pg_temp.move('{9601,9602,9603}', 7, 0))
UNION ALL SELECT 'a week forward', '9601 06-09 10:00 11:00 45.00, 9602 06-16 10:00 11:00 45.00, 9603 06-23 10:00 11:00 45.00, 9604 06-30 10:00 11:00 50.00', pg_temp.tried(pg_temp.move('{9601,9602,9603,9604}', 7, 0))
UNION ALL SELECT 'a week back', '9602 06-02 10:00 11:00 45.00, 9601 05-26 10:00 11:00 45.00', pg_temp.tried(pg_temp.move('{9602,9601}', -7, 0))
UNION ALL SELECT 'half an hour later and longer', '9601 06-02 10:30 12:00 45.00', pg_temp.tried(pg_temp.move('{9601}', 0, 30, 90))
UNION ALL SELECT 'back to back', '9603 06-16 11:00 12:00 45.00', pg_temp.tried(pg_temp.move('{9603}', 0, 60))
UNION ALL SELECT 'a minute too late', '23P01', pg_temp.tried(pg_temp.move('{9603}', 0, 61))
UNION ALL SELECT 'longer than there is room', '23P01', pg_temp.tried(pg_temp.move('{9603}', 0, 0, 121))
UNION ALL SELECT 'fee and notes of two', '9601 06-02 10:00 11:00 40.00, 9602 06-09 10:00 11:00 40.00', pg_temp.tried(pg_temp.move('{9601,9602}', 0, 0, NULL, '{"fee": 40, "notes": "x"}'))
UNION ALL SELECT 'one that changed: conflict, and nothing is done', 'conflict 9602 06-09 10:00 11:00 45.00', pg_temp.tried(replace(pg_temp.move('{9601,9602}', 1, 0), 'pg_temp.versions(''{9601,9602}'')', 'ARRAY[(pg_temp.versions(''{9601}''))[1], ''1'']'))
UNION ALL SELECT 'deleting one that changed', 'conflict', pg_temp.tried($$SELECT outcome FROM centurion.appointments_delete(gen_random_uuid(), '{9601}', '{1}')$$)
UNION ALL SELECT 'invoiced: ' || name, '55000', pg_temp.tried(statement)
FROM (VALUES ('move', pg_temp.move('{9606}', 1, 0)), ('among others', pg_temp.move('{9601,9606}', 0, 30)), ('fee', pg_temp.move('{9606}', 0, 0, NULL, '{"fee": 1}')),
             ('delete', $$SELECT outcome FROM centurion.appointments_delete(gen_random_uuid(), '{9606}', pg_temp.versions('{9606}'))$$)) AS v (name, statement)
UNION ALL SELECT 'invoiced: notes', '9606 12-03 10:00 11:00 45.00', pg_temp.tried(pg_temp.move('{9606}', 0, 0, NULL, '{"notes": "x"}'))
UNION ALL SELECT 'arguments: ' || name, expected, pg_temp.tried(statement)
FROM (VALUES ('nothing', '22023', pg_temp.move('{}', 1, 0)), ('one twice', '22023', pg_temp.move('{9601,9601}', 1, 0)), ('no days', '22023', 'SELECT centurion.appointments_save(gen_random_uuid(), ''{9601}'', ''{1}'', NULL, 0, NULL, ''{}'')'),
             ('a day of minutes more', '22023', pg_temp.move('{9601}', 0, 1441)), ('no length', '22023', pg_temp.move('{9601}', 0, 0, 0)), ('another client', '22023', pg_temp.move('{9601}', 0, 0, NULL, '{"userId": 9612}')),
             ('less than nothing', '23514', pg_temp.move('{9601}', 0, 0, NULL, '{"fee": -1}')), ('pages', '22023', 'SELECT centurion.appointments_unmarked(NULL, NULL, 0, NULL)')) AS v (name, expected, statement)
UNION ALL SELECT 'preview: who is in the way', '9603 9605: 2031-06-16 12:00 to 13:00', string_agg(p.id || ' ' || p.clashes, ', ') FROM centurion.appointments_preview('{9603}', 0, 90, NULL) AS p
UNION ALL SELECT 'preview: those that move with it are not', NULL, string_agg(p.clashes, ', ') FROM centurion.appointments_preview('{9601,9602,9603,9604}', 7, 0, NULL) AS p
UNION ALL SELECT 'repetition: clashes are shown', 'clash -', string_agg(CASE WHEN p.clashes IS NULL THEN '-' ELSE 'clash' END, ' ' ORDER BY p.starts) FROM centurion.appointment_repeat_preview(9603, '{1}', 2) AS p
UNION ALL SELECT 'repetition: clashes stop it', '23P01', pg_temp.tried($$SELECT count(*) FROM centurion.appointment_repeat(gen_random_uuid(), 9603, (pg_temp.versions('{9603}'))[1], '{1}', 2, false)$$)
UNION ALL SELECT 'repetition: or are left out', '06-30', pg_temp.tried($$SELECT string_agg(to_char((record ->> 'startTime')::timestamp, 'MM-DD'), ' ') FROM centurion.appointment_repeat(gen_random_uuid(), 9603, (pg_temp.versions('{9603}'))[1], '{1}', 2, true)$$)
UNION ALL SELECT 'repetition: nothing to come', '22023', pg_temp.tried($$SELECT count(*) FROM centurion.appointment_repeat(gen_random_uuid(), 9603, (pg_temp.versions('{9603}'))[1], '{1}', 0, false)$$)
UNION ALL SELECT 'repetition: of one that changed', 'conflict', pg_temp.tried($$SELECT outcome FROM centurion.appointment_repeat(gen_random_uuid(), 9603, '1', '{1}', 2, false)$$)
UNION ALL SELECT 'unmarked: from the second page on', '9609', (SELECT string_agg(u.id::text, ' ') FROM centurion.appointments_unmarked('2025-12-11 11:00', 9608, 100, NULL) AS u)
UNION ALL SELECT 'unmarked: a page', '9607', (SELECT string_agg(u.id::text, ' ') FROM centurion.appointments_unmarked(NULL, NULL, 1, NULL) AS u)
UNION ALL SELECT 'days: a coach is told the month of the invoice', '2025-12', (SELECT string_agg(d.invoice, ' ') FROM centurion.calendar_days('2025-12-03', 1, NULL) AS d WHERE d.id = 9606);

-- A series knows what belongs to it, whatever becomes of its times; deleted and brought back it still does.
INSERT INTO result
SELECT 'a series is made', '4', count(*)::text FROM centurion.appointment_series('96000000-0000-4000-8000-000000000001', 9612, '2031-03-24 18:00', 60, 45, NULL, '{1}', 3, false);
INSERT INTO result
SELECT 'and known', '4', (SELECT count(*)::text FROM centurion.calendar_days('2031-03-24', 1, NULL) AS d CROSS JOIN LATERAL centurion.appointment_scope(d.id) AS s WHERE d.user_id = 9612);
RESET SESSION AUTHORIZATION;
CREATE TEMP TABLE made AS
SELECT a.id, row_number() OVER (ORDER BY a."startTime")::integer AS nth
FROM centurion.series AS s JOIN public.appointments AS a ON a.id = s."appointmentId" WHERE s.series = '96000000-0000-4000-8000-000000000001';
GRANT SELECT ON made TO PUBLIC;
SET LOCAL SESSION AUTHORIZATION rules_scopes_coach;
INSERT INTO result
SELECT 'one of it is moved', 'saved', c.outcome FROM made AS m CROSS JOIN LATERAL centurion.appointments_save(gen_random_uuid(), ARRAY[m.id], pg_temp.versions(ARRAY[m.id]), 1, 45, NULL, '{}') AS c WHERE m.nth = 2
UNION ALL SELECT 'and stays one of it', '4', (SELECT count(*)::text FROM made AS m CROSS JOIN LATERAL centurion.appointment_scope(m.id) WHERE m.nth = 2);
INSERT INTO result
SELECT 'two are deleted', 'saved saved', string_agg(c.outcome, ' ')
FROM centurion.appointments_delete('96000000-0000-4000-8000-000000000002', ARRAY(SELECT m.id FROM made AS m WHERE m.nth > 2 ORDER BY m.id), pg_temp.versions(ARRAY(SELECT m.id FROM made AS m WHERE m.nth > 2 ORDER BY m.id))) AS c;
INSERT INTO result
SELECT 'then two are left', '2', (SELECT count(*)::text FROM made AS m CROSS JOIN LATERAL centurion.appointment_scope(m.id) WHERE m.nth = 1)
UNION ALL SELECT 'a request that comes again does nothing', 'repeated', min(c.outcome)
    FROM centurion.appointments_delete('96000000-0000-4000-8000-000000000002', ARRAY(SELECT m.id FROM made AS m WHERE m.nth > 2), ARRAY['1', '1']) AS c;
INSERT INTO result SELECT 'undone', 'saved', (centurion.undo(gen_random_uuid(), '96000000-0000-4000-8000-000000000002')).outcome;
INSERT INTO result SELECT 'they belong to it again', '4', (SELECT count(*)::text FROM made AS m CROSS JOIN LATERAL centurion.appointment_scope(m.id) WHERE m.nth = 1);
-- A whole series moved onto its own times comes back by undo in the opposite order.
INSERT INTO result
SELECT 'moved by a week', '4', count(*)::text
FROM centurion.appointments_save('96000000-0000-4000-8000-000000000003', ARRAY(SELECT m.id FROM made AS m ORDER BY m.id), pg_temp.versions(ARRAY(SELECT m.id FROM made AS m ORDER BY m.id)), 7, 0, NULL, '{}') AS c;
INSERT INTO result SELECT 'undone', 'saved', (centurion.undo(gen_random_uuid(), '96000000-0000-4000-8000-000000000003')).outcome;
RESET SESSION AUTHORIZATION;

-- By the clock: a session moved over the change to summer time stays at its hour.
INSERT INTO public.system_settings (key, value, "updatedAt") VALUES ('timezone', '"Europe/Berlin"', now()) ON CONFLICT (key) DO UPDATE SET value = excluded.value;
SET LOCAL SESSION AUTHORIZATION rules_scopes_coach;
INSERT INTO result
SELECT 'a Tuesday before the clock changes', 'saved', c.outcome FROM centurion.appointment_series(gen_random_uuid(), 9611, '2031-03-25 18:00', 60, 45, NULL, '{2}', 0, false) AS c;
INSERT INTO result
SELECT 'over the change of the clock', '18:00', (SELECT to_char(p.starts, 'HH24:MI') FROM centurion.appointments_preview(ARRAY[d.id], 7, 0, NULL) AS p)
FROM centurion.calendar_days('2031-03-25', 1, NULL) AS d WHERE d.user_id = 9611;
RESET SESSION AUTHORIZATION;

SELECT * FROM result;
