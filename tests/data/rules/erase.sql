-- What a person may ask for: everything about them, and that nothing of it is left. Each has a row in every table, with words in it
-- that are then looked for in the whole database.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
SET LOCAL ROLE centurion_registrar;
CREATE ROLE rules_erase_admin LOGIN;
CREATE ROLE rules_erase_other LOGIN;
CREATE ROLE rules_erase_zaphod LOGIN;
RESET ROLE;

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

-- In which tables of the database a word stands, in whatever column.
CREATE FUNCTION pg_temp.found(word text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    name  regclass;
    there boolean;
    names text;
BEGIN
    FOR name IN SELECT c.oid FROM pg_class AS c WHERE c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND c.relkind IN ('r', 'p', 'm') ORDER BY c.relname
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s AS t WHERE strpos(lower(t::text), lower(%L)) > 0)', name, word) INTO there;
        names := CASE WHEN there THEN concat_ws(', ', names, name::text) ELSE names END;
    END LOOP;
    RETURN names;
END
$$;
-- Tables that still have rows of a person, by their foreign keys.
CREATE FUNCTION pg_temp.left_of(person integer) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    key   record;
    there boolean;
    names text;
BEGIN
    FOR key IN
        SELECT c.conrelid::regclass AS name, a.attname
        FROM pg_constraint AS c JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'public.users'::regclass ORDER BY c.conrelid::regclass::text, a.attname
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s AS t WHERE t.%I = %s)', key.name, key.attname, person) INTO there;
        names := CASE WHEN there THEN concat_ws(', ', names, key.name || '.' || key.attname) ELSE names END;
    END LOOP;
    RETURN names;
END
$$;

INSERT INTO public.users (id, email, name, role) VALUES (9100, 'admin@rules.example', 'Admin', 'ADMIN'), (9101, 'other@rules.example', 'Other', 'CLIENT'),
    (9102, 'trillian@rules.example', 'Trillian', 'COACH');
INSERT INTO public.cohorts (id, name, "startDate") VALUES (9001, 'Erase', '2026-01-05');
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions) VALUES (9001, 9001, 1, '{}');
INSERT INTO public.bootcamps (id, name, "startTime", "endTime") VALUES (9001, 'Camp', now(), now() + interval '1 hour');

-- 9001 has a draft of an invoice only, 9002 an issued one.
INSERT INTO public.users (id, email, name, role, password, image)
SELECT n, 'Zaphod.' || n || '@rules.example', 'Zaphod Beeblebrox', 'CLIENT', '$2b$12$' || repeat('z', 53), 'https://x.example/zaphod.png' FROM generate_series(9001, 9002) AS n;
INSERT INTO centurion.logins VALUES ('rules_erase_admin', 9100, 'ADMIN'), ('rules_erase_other', 9101, 'CLIENT'), ('rules_erase_zaphod', 9002, 'CLIENT');
INSERT INTO public.accounts ("userId", type, provider, "providerAccountId", access_token) SELECT n, 'oauth', 'zaphodium' || n, 'z', 'zaphod token' FROM generate_series(9001, 9002) AS n;
INSERT INTO public.sessions ("sessionToken", "userId", expires) SELECT 'zaphod session ' || n, n, now() + interval '1 day' FROM generate_series(9001, 9002) AS n;
INSERT INTO public.verification_tokens SELECT 'zaphod.' || n || '@rules.example', 'zaphod token ' || n, now() + interval '1 day' FROM generate_series(9001, 9002) AS n;
INSERT INTO public.cohort_memberships ("cohortId", "userId") SELECT 9001, n FROM generate_series(9001, 9002) AS n;
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9102);
INSERT INTO public.entries ("userId", date, weight, notes) SELECT n, '2026-01-06', 80.5, 'slept like zarquon' FROM generate_series(9001, 9002) AS n;
INSERT INTO public.weekly_questionnaire_responses ("bundleId", "userId", "weekNumber", responses) SELECT 9001, n, 1, '{"wins": "zarquon"}' FROM generate_series(9001, 9002) AS n;
INSERT INTO public.coach_notes ("userId", "coachId", "weekNumber", notes) SELECT n, 9102, 1, 'a note, zarquon' FROM generate_series(9001, 9002) AS n;
INSERT INTO public.workouts ("userId", title) SELECT n, 'zarquon press' FROM generate_series(9001, 9002) AS n;
INSERT INTO public.bootcamp_attendees ("bootcampId", "userId") SELECT 9001, n FROM generate_series(9001, 9002) AS n;
INSERT INTO public.healthkit_workouts ("userId", "workoutType", "startTime", "endTime", duration, metadata)
SELECT n, 'running', now(), now(), 60, '{"device": "zarquon"}' FROM generate_series(9001, 9002) AS n;
INSERT INTO public.sleep_records ("userId", "startTime", "endTime", "totalSleep", "inBedTime", "sourceDevice") SELECT n, now(), now(), 400, 420, 'zarquon' FROM generate_series(9001, 9002) AS n;
INSERT INTO centurion.reviews ("coachId", "clientId", week) SELECT 9102, n, '2026-01-05' FROM generate_series(9001, 9002) AS n;
INSERT INTO centurion.member_frequencies SELECT n, 3 FROM generate_series(9001, 9002) AS n;
INSERT INTO public.invoices (id, "userId", month, "totalAmount", "emailSent", "emailSentAt") VALUES (9001, 9001, '2026-01-01', 45, false, NULL), (9002, 9002, '2026-01-01', 45, true, now());
INSERT INTO centurion.payments ("invoiceId", amount, method, "paidOn") SELECT n, 45, 'cash', '2026-02-01' FROM generate_series(9001, 9002) AS n;
INSERT INTO public.appointments ("userId", "startTime", "endTime", fee, status, notes, "googleEventId", "invoiceId")
SELECT n, timestamp '2026-01-07', timestamp '2026-01-07 01:00', 45, 'ATTENDED'::public."AttendanceStatus", 'knee, zarquon', 'zarquon-event', n FROM generate_series(9001, 9002) AS n
UNION ALL SELECT n, '2026-02-07', '2026-02-07 01:00', 45, 'ATTENDED', 'back, zarquon', NULL, NULL FROM generate_series(9001, 9002) AS n;
INSERT INTO public.admin_insights (title, description) VALUES ('Inactive: Zaphod Beeblebrox', 'no check-in'), ('Of somebody else', 'named Zaphodia');
INSERT INTO public.audit_logs ("userId", action, target, metadata) VALUES (9102, 'SEND_MAIL', NULL, '{"to": "zaphod.9001@rules.example"}'), (9102, 'SEND_MAIL', 'Mail:1', '{"name": "Zaphod Beeblebrox"}');
-- What the log remembers of earlier: another name and address, a row that is gone.
UPDATE public.users SET name = 'Zaphod the First', email = 'zaphod.old.' || id || '@rules.example' WHERE id IN (9001, 9002);
UPDATE public.users SET name = 'Zaphod Beeblebrox', email = 'Zaphod.' || id || '@rules.example' WHERE id IN (9001, 9002);
INSERT INTO public.entries ("userId", date, notes) SELECT n, '2026-01-07', 'gone, zarquon' FROM generate_series(9001, 9002) AS n;
DELETE FROM public.entries WHERE date = '2026-01-07';
INSERT INTO result SELECT 'before: the words are everywhere', 'admin_insights, audit_logs, users', pg_temp.found('Zaphod Beeblebrox')
UNION ALL SELECT 'before: the notes too', 'true', (pg_temp.found('zarquon') LIKE '%audit_logs%coach_notes%')::text;

-- ---- The copy ----

SET LOCAL SESSION AUTHORIZATION rules_erase_zaphod;
INSERT INTO result
SELECT 'export: by themselves', '1 1 1 1 1 1 1 1 2 1 1 1 1 1 1 3 t',
       (SELECT concat_ws(' ', jsonb_array_length(e -> 'accounts'), jsonb_array_length(e -> 'webSessions'), jsonb_array_length(e -> 'verificationTokens'), jsonb_array_length(e -> 'memberships'),
                         jsonb_array_length(e -> 'entries'), jsonb_array_length(e -> 'questionnaires'), jsonb_array_length(e -> 'coachNotes'), jsonb_array_length(e -> 'reviews'),
                         jsonb_array_length(e -> 'appointments'), jsonb_array_length(e -> 'bootcamps'), jsonb_array_length(e -> 'workouts'), jsonb_array_length(e -> 'healthWorkouts'),
                         jsonb_array_length(e -> 'sleep'), jsonb_array_length(e -> 'invoices'), jsonb_array_length(e -> 'invoices' -> 0 -> 'payments'), e -> 'checkInFrequency',
                         jsonb_array_length(e -> 'audit') > 15)
        FROM centurion.person_export(9002) AS e)
UNION ALL SELECT 'export: what a coach noted', 'a note, zarquon Trillian', (SELECT concat_ws(' ', e -> 'coachNotes' -> 0 ->> 'notes', e -> 'coachNotes' -> 0 ->> 'author') FROM centurion.person_export(9002) AS e)
UNION ALL SELECT 'export: no secrets', 'f f f', (SELECT concat_ws(' ', e::text LIKE '%zaphod token%', e::text LIKE '%zaphod session%', e::text LIKE '%$2b$%') FROM centurion.person_export(9002) AS e)
UNION ALL SELECT 'export: nobody else''s', 'false', (SELECT (e::text LIKE '%9001@%')::text FROM centurion.person_export(9002) AS e)
UNION ALL SELECT 'export: the document is behind it', '42501', pg_temp.attempt('SELECT centurion.person_document(9002)')
UNION ALL SELECT 'export: of somebody else', 'P0002', pg_temp.attempt('SELECT centurion.person_export(9001)')
UNION ALL SELECT 'erase: as a client', '42501', pg_temp.attempt($c$SELECT centurion.user_erase(gen_random_uuid(), 9001, 'zaphod.9001@rules.example')$c$);
RESET SESSION AUTHORIZATION;
INSERT INTO result
SELECT 'export: the log has one row for each', '4 9002', (SELECT concat_ws(' ', count(*), min(l."userId")) FROM public.audit_logs AS l WHERE l.action = 'EXPORT_CLIENT' AND l.target = 'User:9002');

-- ---- Refusals ----

SET LOCAL SESSION AUTHORIZATION rules_erase_admin;
INSERT INTO result
SELECT 'export: by an administrator', 'Zaphod Beeblebrox', (SELECT e -> 'person' ->> 'name' FROM centurion.person_export(9001) AS e)
UNION ALL SELECT 'export: of nobody', 'P0002', pg_temp.attempt('SELECT centurion.person_export(8888)')
UNION ALL SELECT 'erase: another address', '22023', pg_temp.attempt($c$SELECT centurion.user_erase(gen_random_uuid(), 9001, 'zaphod.9002@rules.example')$c$)
UNION ALL SELECT 'erase: no address', '22023', pg_temp.attempt($c$SELECT centurion.user_erase(gen_random_uuid(), 9001, NULL)$c$)
UNION ALL SELECT 'erase: nobody', 'P0002', pg_temp.attempt($c$SELECT centurion.user_erase(gen_random_uuid(), 8888, 'zaphod.9002@rules.example')$c$)
UNION ALL SELECT 'erase: themselves', '42501', pg_temp.attempt($c$SELECT centurion.user_erase(gen_random_uuid(), 9100, 'admin@rules.example')$c$);
RESET SESSION AUTHORIZATION;
INSERT INTO result
SELECT 'erase: the last administrator, by the owner', '55000', pg_temp.attempt($c$SELECT centurion.user_erase(gen_random_uuid(), 9100, 'admin@rules.example')$c$)
UNION ALL SELECT 'refused: all is there', '2', count(*)::text FROM public.users WHERE id IN (9001, 9002);

-- ---- Forgotten ----

SET LOCAL SESSION AUTHORIZATION rules_erase_admin;
INSERT INTO result
SELECT 'erase: without an issued invoice', 'saved t', (SELECT concat_ws(' ', c.outcome, c.record IS NULL) FROM centurion.user_erase('00000000-0000-4000-8000-0000000e9001', 9001, ' ZAPHOD.9001@rules.example') AS c)
UNION ALL SELECT 'erase: with one', 'saved Erased person 9002 erased-9002@erased.invalid t',
                 (SELECT concat_ws(' ', c.outcome, c.record ->> 'name', c.record ->> 'email', c.record ->> 'deletedAt' IS NOT NULL) FROM centurion.user_erase(gen_random_uuid(), 9002, 'zaphod.9002@rules.example') AS c)
UNION ALL SELECT 'erase: it is not undone', '55000', pg_temp.attempt($c$SELECT centurion.undo(gen_random_uuid(), '00000000-0000-4000-8000-0000000e9001')$c$)
UNION ALL SELECT 'erase: sent again', 'repeated', (SELECT c.outcome FROM centurion.user_erase('00000000-0000-4000-8000-0000000e9001', 9001, 'zaphod.9001@rules.example') AS c);
RESET SESSION AUTHORIZATION;
INSERT INTO result
SELECT 'after: ' || word, NULL, pg_temp.found(word)
FROM unnest(ARRAY['Zaphod Beeblebrox', 'Zaphod the First', 'zaphod.9001', 'zaphod.9002', 'zaphod.old', 'zarquon', 'zaphod token', 'zaphod session', 'zaphodium', 'zaphod.png', 'rules_erase_zaphod', repeat('z', 53)]) AS word
UNION ALL SELECT 'after: rows of who is deleted', NULL, pg_temp.left_of(9001)
UNION ALL SELECT 'after: rows of who stays without a name', 'appointments.userId, invoices.userId', pg_temp.left_of(9002)
UNION ALL SELECT 'after: the invoice and what it bills', '9002 45.00 45.00', concat_ws(' ', i.id, i."totalAmount", (SELECT sum(fee) FROM public.appointments AS a WHERE a."userId" = 9002)) FROM public.invoices AS i WHERE i."userId" = 9002
UNION ALL SELECT 'after: its payments', '1', count(*)::text FROM centurion.payments WHERE "invoiceId" = 9002
UNION ALL SELECT 'after: no password', NULL, password FROM public.users WHERE id = 9002
UNION ALL SELECT 'after: no role on the server', '0', count(*)::text FROM pg_roles WHERE rolname = 'rules_erase_zaphod'
UNION ALL SELECT 'after: other insights stay', 'Of somebody else', string_agg(title, ', ') FROM public.admin_insights
UNION ALL SELECT 'after: the log says that it happened, and by whom', '1 1', concat_ws(' ', count(*) FILTER (WHERE target = 'User:9001' AND action = 'DELETE_USER'), count(*) FILTER (WHERE target = 'User:9002' AND action = 'DELETE_USER'))
          FROM public.audit_logs WHERE "userId" = 9100
UNION ALL SELECT 'after: others'' images stay', 'true', (count(*) > 0)::text FROM public.audit_logs WHERE target = 'User:9101' AND metadata -> 'after' ->> 'name' = 'Other';

-- Whoever wrote about others stays without a name, so that what they wrote does.
INSERT INTO public.coach_notes ("userId", "coachId", "weekNumber", notes) VALUES (9101, 9102, 1, 'about other');
SET LOCAL SESSION AUTHORIZATION rules_erase_admin;
INSERT INTO result SELECT 'erase: a coach', 'saved Erased person 9102', (SELECT concat_ws(' ', c.outcome, c.record ->> 'name') FROM centurion.user_erase(gen_random_uuid(), 9102, 'trillian@rules.example') AS c);
RESET SESSION AUTHORIZATION;
INSERT INTO result SELECT 'after: the note', 'about other', string_agg(notes, ', ') FROM public.coach_notes
UNION ALL SELECT 'after: the coach', NULL, pg_temp.found('Trillian');

SELECT * FROM result;
