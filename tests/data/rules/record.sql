-- Notes that are searched, and the tabs of a member's record: what is in them, and for whom.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_record_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_record_other LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_record_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_record_client LOGIN IN ROLE centurion_client;

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

INSERT INTO result
SELECT 'query: ' || words, expected, centurion.note_query(words)::text
FROM (VALUES ('knee', '''knee'''), ('Knee sore', '''knee'' & ''sore'''), ('kne*', '''kne'':*'), ('"swap runs"', '''swap'' <-> ''runs'''), ('knee|baby', '''knee'' | ''baby'''),
             ('knee -bike', '''knee'' & !''bike'''), ('a b | c', '''a'' & ''b'' | ''c'''), ('| knee |', '''knee'''), ('!! " *', NULL), ('', NULL), ('it''s*', '''it'':* <-> ''s'':*'),
             ('''; DROP*', '''drop'':*')) AS v (words, expected)
UNION ALL
SELECT 'tags: ' || words, expected, (SELECT string_agg(t, ' ' ORDER BY t) FROM centurion.note_tags_of(words) AS t)
FROM (VALUES ('#Injury and #follow-up, #injury', 'follow-up injury'), ('no tag', NULL), ('a#b ##c # d &#39;', NULL), ('(#sleep)', 'sleep')) AS v (words, expected);

INSERT INTO public.system_settings (key, value) VALUES ('timezone', '"Europe/Berlin"');
INSERT INTO public.users (id, email, name, role) VALUES
    (7100, 'coach@record.example', 'Cleo Coach', 'COACH'), (7101, 'other@record.example', 'Otto Other', 'COACH'), (7102, 'admin@record.example', 'Ada Admin', 'ADMIN'),
    (7001, 'both@record.example', 'Anna Both', 'CLIENT'), (7002, 'mine@record.example', 'Ben Mine', 'CLIENT'), (7003, 'theirs@record.example', 'Carl Theirs', 'CLIENT'),
    (7004, 'left@record.example', 'Dora Left', 'CLIENT'), (7005, 'gone@record.example', 'Edda Gone', 'CLIENT');
UPDATE public.users SET "deletedAt" = now() WHERE id = 7005;
INSERT INTO centurion.logins VALUES ('rules_record_coach', 7100, 'COACH'), ('rules_record_other', 7101, 'COACH'), ('rules_record_admin', 7102, 'ADMIN'), ('rules_record_client', 7001, 'CLIENT');
INSERT INTO public.cohorts (id, name, "startDate", status) VALUES (7001, 'Mine', centurion.today() - 10, 'ACTIVE'), (7002, 'Theirs', centurion.today() - 3, 'ACTIVE');
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (7001, 7100), (7002, 7101);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES
    (7001, 7001, 'ACTIVE'), (7002, 7001, 'ACTIVE'), (7001, 7002, 'PAUSED'), (7002, 7003, 'ACTIVE'), (7001, 7004, 'INACTIVE'), (7001, 7005, 'ACTIVE');
INSERT INTO public.coach_notes (id, "userId", "coachId", "weekNumber", notes, "createdAt") VALUES
    (7001, 7001, 7100, 1, 'Knee sore, swap runs for bike. #injury', now()), (7002, 7001, 7101, 2, 'Slept badly, baby. #sleep #follow-up', now()),
    (7003, 7002, 7100, 2, 'Kneecap fine. #Injury', now()), (7004, 7003, 7101, 1, 'Knee brace. #injury', now()), (7005, 7004, 7100, 1, 'Knee, gone. #injury', now()),
    (7006, 7005, 7100, 1, 'Knee of somebody deleted', now());
INSERT INTO public.entries ("userId", date, weight, steps, "dataSources") VALUES
    (7001, centurion.today(), 80, 9000, '{"steps": "healthkit"}'), (7001, centurion.today() - 2, 81, 5000, '{"steps": "manual"}');
INSERT INTO public.invoices (id, "userId", month, "totalAmount") VALUES (7001, 7001, '2026-01-01', 45);
INSERT INTO public.appointments (id, "userId", "startTime", "endTime", fee, status) VALUES
    (7001, 7001, '2026-01-05 23:30', '2026-01-06 00:30', 45, 'ATTENDED'), (7002, 7001, '2026-01-07 10:00', '2026-01-07 11:00', 45, 'NOT_ATTENDED'),
    (7003, 7003, '2026-01-07 10:00', '2026-01-07 11:00', 45, 'NOT_ATTENDED');
UPDATE public.appointments SET "invoiceId" = 7001 WHERE id = 7001;
INSERT INTO public.sleep_records (id, "userId", "startTime", "endTime", "totalSleep", "inBedTime") VALUES (7001, 7001, '2026-01-05 21:00', '2026-01-06 05:00', 400, 480);
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions) VALUES
    (7001, 7001, 1, '{"pages": [{"elements": [{"type": "text", "name": "days", "title": "Days trained?"}, {"type": "comment", "name": "what", "title": "What?"},
                                              {"type": "checkbox", "name": "which", "title": "Which?", "choices": [{"value": 1, "text": "one"}, "two"]}]}]}'),
    (7002, 7002, 1, '{"pages": [{"elements": [{"type": "boolean", "name": "fine"}]}]}');
INSERT INTO public.weekly_questionnaire_responses ("userId", "bundleId", "weekNumber", responses, status) VALUES
    (7001, 7001, 1, '{"days": 3, "what": "<runs>", "which": []}', 'IN_PROGRESS'), (7001, 7002, 1, '{"fine": true}', 'COMPLETED');
INSERT INTO result
SELECT 'answer in words: ' || answer::text, expected, centurion.answer_words('{"choices": [{"value": 1, "text": "one"}, {"value": true, "text": "aye"}, "two"]}', answer)
FROM (VALUES ('"two"'::jsonb, 'two'), ('1', 'one'), ('[1, "two", 7]', 'one, two, 7'), ('true', 'yes'), ('false', 'no'), ('" "', NULL), ('[]', NULL), ('null', NULL), ('{"a": 1}', '{"a": 1}'),
             ('4.50', '4.50')) AS v (answer, expected);

CREATE FUNCTION pg_temp.found(words text, tag text DEFAULT NULL, member integer DEFAULT NULL, week integer DEFAULT NULL, author integer DEFAULT NULL, before integer DEFAULT NULL, page integer DEFAULT 100)
    RETURNS text LANGUAGE sql AS
$$ SELECT string_agg(n.id::text, ' ' ORDER BY n.ordinality) FROM centurion.note_search(words, tag, member, week, author, before, page) WITH ORDINALITY AS n $$;

SET LOCAL SESSION AUTHORIZATION rules_record_coach;
INSERT INTO result
SELECT 'coach: notes about own clients, whoever wrote them', '7003 7002 7001', pg_temp.found(NULL)
UNION ALL SELECT 'coach: own ones can be changed', 't f t', (SELECT string_agg(left(n.mine::text, 1), ' ' ORDER BY n.id DESC) FROM centurion.note_search(NULL, NULL, NULL, NULL, NULL, NULL, 9) AS n)
UNION ALL SELECT 'coach: a word', '7001', pg_temp.found('KNEE')
UNION ALL SELECT 'coach: a beginning', '7003 7001', pg_temp.found('knee*')
UNION ALL SELECT 'coach: a phrase', '7001', pg_temp.found('"swap runs"')
UNION ALL SELECT 'coach: a phrase the wrong way round', NULL, pg_temp.found('"runs swap"')
UNION ALL SELECT 'coach: one or the other', '7002 7001', pg_temp.found('knee | baby')
UNION ALL SELECT 'coach: signs only', NULL, pg_temp.found('?!')
UNION ALL SELECT 'coach: a tag', '7003 7001', pg_temp.found(NULL, 'injury')
UNION ALL SELECT 'coach: a tag that is a word only', NULL, pg_temp.found(NULL, 'knee')
UNION ALL SELECT 'coach: a tag and a member', '7001', pg_temp.found('', 'Injury', 7001)
UNION ALL SELECT 'coach: a week', '7003 7002', pg_temp.found(NULL, NULL, NULL, 2)
UNION ALL SELECT 'coach: an author', '7002', pg_temp.found(NULL, NULL, NULL, NULL, 7101)
UNION ALL SELECT 'coach: the first page', '7003 7002', pg_temp.found(NULL, page => 2)
UNION ALL SELECT 'coach: the next page', '7001', pg_temp.found(NULL, before => 7002, page => 2)
UNION ALL SELECT 'coach: of a stranger', NULL, pg_temp.found(NULL, member => 7003)
UNION ALL SELECT 'coach: tags', 'injury 2, follow-up 1, sleep 1', (SELECT string_agg(t.tag || ' ' || t.notes, ', ' ORDER BY t.ordinality) FROM centurion.note_tags(NULL, NULL, NULL, NULL) WITH ORDINALITY AS t)
UNION ALL SELECT 'coach: tags of each', '7001 injury, 7002 follow-up sleep, 7003 injury', (SELECT string_agg(concat_ws(' ', n.id, n.tags), ', ' ORDER BY n.id) FROM centurion.note_search(NULL, NULL, NULL, NULL, NULL, NULL, 9) AS n)
UNION ALL SELECT 'coach: what was found', '[Knee] sore, swap [runs] for bike. #injury', (SELECT translate(n.hits, chr(2) || chr(3), '[]') FROM centurion.note_search('knee runs', NULL, NULL, NULL, NULL, NULL, 9) AS n)
UNION ALL SELECT 'coach: found by a beginning', '[Kneecap] fine. #Injury', (SELECT translate(n.hits, chr(2) || chr(3), '[]') FROM centurion.note_search('knee*', NULL, 7002, NULL, NULL, NULL, 9) AS n)
UNION ALL SELECT 'coach: nothing was searched for', '3', (SELECT count(*)::text FROM centurion.note_search(NULL, NULL, NULL, NULL, NULL, NULL, 9) AS n WHERE n.hits IS NULL)
UNION ALL SELECT 'coach: context by own cohort', 'Anna Both Mine 2 80 100', (SELECT concat_ws(' ', c.name, c.cohort, c.week, c.weight, c.rate) FROM centurion.note_context(7001, NULL) AS c)
UNION ALL SELECT 'coach: context of a stranger', '0', (SELECT count(*)::text FROM centurion.note_context(7003, NULL))
UNION ALL SELECT 'coach: a record that is read', 'true', pg_temp.attempt('SELECT centurion.member_read(7001, ''READ_CLIENT'')')
UNION ALL SELECT 'coach: a stranger''s record', 'P0002', pg_temp.attempt('SELECT centurion.member_read(7003, ''READ_CLIENT'')')
UNION ALL SELECT 'coach: no copies', '42501', pg_temp.attempt('SELECT centurion.member_read(7001, ''EXPORT_CLIENT'')')
UNION ALL SELECT 'coach: no other words', '22023', pg_temp.attempt('SELECT centurion.member_read(7001, ''DELETE_USER'')')
UNION ALL SELECT 'coach: not past the gate', '42501', pg_temp.attempt('SELECT centurion.log_reading(7100, ''READ_CLIENT'', 7003)')
UNION ALL SELECT 'coach: a stranger''s log', '0', (SELECT count(*)::text FROM centurion.member_log(7003, NULL, 9))
UNION ALL SELECT 'coach: series', '3 2 80 81 2', (SELECT concat_ws(' ', count(*), count(s.weight), max(s.weight) FILTER (WHERE s.date = centurion.today()), max(s.weight), sum(s.notes)) FROM centurion.member_series(7001, centurion.today(), 3) AS s)
UNION ALL SELECT 'coach: series of a stranger', '0', (SELECT count(*)::text FROM centurion.member_series(7003, centurion.today(), 3))
UNION ALL SELECT 'coach: a series that never ends', '22023', pg_temp.attempt('SELECT count(*) FROM centurion.member_series(7001, centurion.today(), 401)')
UNION ALL SELECT 'coach: sessions by the clock in Berlin', '7002 2026-01-07 11:00:00 unmarked f, 7001 2026-01-06 00:30:00 attended t',
          (SELECT string_agg(concat_ws(' ', a.id, a.starts, a.state, a.invoiced), ', ' ORDER BY a.ordinality) FROM centurion.member_appointments(7001, NULL, NULL, 9) WITH ORDINALITY AS a)
UNION ALL SELECT 'coach: sessions, the next page', '7001', (SELECT string_agg(a.id::text, ' ') FROM centurion.member_appointments(7001, '2026-01-07 11:00', 7002, 9) AS a)
UNION ALL SELECT 'coach: sessions of a stranger', '0', (SELECT count(*)::text FROM centurion.member_appointments(7003, NULL, NULL, 9))
UNION ALL SELECT 'coach: a session on the axis', '1', (SELECT sum(s.sessions)::text FROM centurion.member_series(7001, '2026-01-06', 1) AS s)
UNION ALL SELECT 'coach: a night on the day it ends', 'sleep 2026-01-06 400', (SELECT string_agg(concat_ws(' ', h.kind, h.day, h.minutes), ', ') FROM centurion.member_health(7001, '2026-01-06', 3) AS h)
UNION ALL SELECT 'coach: steps of a device, no typed ones', '9000', (SELECT string_agg(h.steps::text, ' ') FROM centurion.member_health(7001, centurion.today(), 3) AS h)
UNION ALL SELECT 'coach: no invoices', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.member_invoices(7001)')
UNION ALL SELECT 'coach: adds nobody', '42501', pg_temp.attempt('SELECT centurion.member_add(gen_random_uuid(), ''New'', ''new@record.example'', 7001)')
UNION ALL SELECT 'coach: answers in own cohorts', '7001 1 Days trained? 3, 7001 2 What? <runs>, 7001 3 Which? -', (SELECT string_agg(concat_ws(' ', a.id, a.nth, a.question, coalesce(a.answer, '-')), ', ' ORDER BY a.ordinality) FROM centurion.member_answers(7001) WITH ORDINALITY AS a)
UNION ALL SELECT 'coach: answers of a stranger', '0', (SELECT count(*)::text FROM centurion.member_answers(7003))
UNION ALL SELECT 'coach: what can be changed', 'Anna Both', (SELECT s.name FROM centurion.member_show(7001) AS s)
UNION ALL SELECT 'coach: of a stranger nothing', '0', (SELECT count(*)::text FROM centurion.member_show(7003))
UNION ALL SELECT 'coach: changes an own client', 'saved', pg_temp.attempt('SELECT (centurion.member_save(gen_random_uuid(), 7001, s.version, ''{"name": "Anna Bothe", "frequency": 3}'')).outcome FROM centurion.member_show(7001) AS s')
UNION ALL SELECT 'coach: not as it was seen', 'conflict', pg_temp.attempt('SELECT (centurion.member_save(gen_random_uuid(), 7001, ''1'', ''{"name": "X Y"}'')).outcome')
UNION ALL SELECT 'coach: changes a stranger', 'P0002', pg_temp.attempt('SELECT (centurion.member_save(gen_random_uuid(), 7003, ''1'', ''{"name": "X Y"}'')).outcome')
UNION ALL SELECT 'coach: a frequency without end', '23514', pg_temp.attempt('SELECT (centurion.member_save(gen_random_uuid(), 7001, s.version, ''{"frequency": 91}'')).outcome FROM centurion.member_show(7001) AS s')
UNION ALL SELECT 'coach: no password', '22023', pg_temp.attempt('SELECT (centurion.member_save(gen_random_uuid(), 7001, ''1'', ''{"password": "x"}'')).outcome');
INSERT INTO result SELECT 'coach: own actions in the log', 'READ_CLIENT Cleo Coach', (SELECT string_agg(l.action || ' ' || l.actor, ', ') FROM centurion.member_log(7001, NULL, 9) AS l WHERE l.action LIKE 'READ%');
INSERT INTO result SELECT 'coach: both were changed', 'Anna Bothe 3', (SELECT concat_ws(' ', s.name, s.frequency) FROM centurion.member_show(7001) AS s);
INSERT INTO result SELECT 'coach: a frequency changed since it was seen', 'conflict 3', pg_temp.attempt('SELECT c.outcome || '' '' || (c.record ->> ''frequency'') FROM centurion.member_show(7001) AS s, centurion.member_save(gen_random_uuid(), 7001, split_part(s.version, ''/'', 1) || ''/2'', ''{"frequency": 5}'') AS c');
INSERT INTO result SELECT 'coach: not seen that there is one', 'conflict 3', pg_temp.attempt('SELECT c.outcome || '' '' || (c.record ->> ''frequency'') FROM centurion.member_show(7001) AS s, centurion.member_save(gen_random_uuid(), 7001, split_part(s.version, ''/'', 1), ''{"frequency": 5}'') AS c');
INSERT INTO result SELECT 'coach: the version says the new one', 'saved 5 t', pg_temp.attempt('SELECT concat_ws('' '', c.outcome, c.record ->> ''frequency'', c.version LIKE ''%/5'') FROM centurion.member_show(7001) AS s, centurion.member_save(gen_random_uuid(), 7001, s.version, ''{"frequency": 5}'') AS c');
RESET SESSION AUTHORIZATION;

SET LOCAL SESSION AUTHORIZATION rules_record_admin;
INSERT INTO result
SELECT 'admin: notes about everybody who is there', '7005 7004 7003 7002 7001', pg_temp.found(NULL, author => NULL, before => 7007, page => 5)
UNION ALL SELECT 'admin: context by the newest cohort', 'Theirs 1', (SELECT concat_ws(' ', c.cohort, c.week) FROM centurion.note_context(7001, NULL) AS c)
UNION ALL SELECT 'admin: a copy in the log', 'true', pg_temp.attempt('SELECT centurion.member_read(7001, ''EXPORT_CLIENT'')')
UNION ALL SELECT 'admin: answers in all cohorts', '4', (SELECT count(*)::text FROM centurion.member_answers(7001))
UNION ALL SELECT 'admin: invoices', '7001 45.00 draft', (SELECT string_agg(concat_ws(' ', i.id, i.total, i.state), ', ') FROM centurion.member_invoices(7001) AS i)
UNION ALL SELECT 'admin: adds somebody to a cohort', 'saved', pg_temp.attempt('SELECT (centurion.member_add(gen_random_uuid(), ''Nell New'', ''nell@record.example'', 7001)).outcome')
UNION ALL SELECT 'admin: twice the same address', '23505', pg_temp.attempt('SELECT (centurion.member_add(gen_random_uuid(), ''Nell New'', ''nell@record.example'', 7001)).outcome')
UNION ALL SELECT 'admin: to a cohort that is not there', 'P0002', pg_temp.attempt('SELECT (centurion.member_add(gen_random_uuid(), ''Ned New'', ''ned@record.example'', 999999)).outcome');
INSERT INTO result
SELECT 'admin: who was added is a member', '1', (SELECT count(*)::text FROM centurion.member_list('Nell', NULL, NULL, 9) AS l WHERE l.cohorts = 'Mine')
UNION ALL SELECT 'admin: the log, whoever did it', 'EXPORT_CLIENT, READ_CLIENT', (SELECT string_agg(l.action, ', ' ORDER BY l.id DESC) FROM centurion.member_log(7001, NULL, 99) AS l WHERE l.action LIKE '%\_CLIENT')
UNION ALL SELECT 'admin: the start page tells of no reading', '0', (SELECT count(*)::text FROM centurion.admin_changes(999) AS a WHERE a.action = 'READ_CLIENT');
RESET SESSION AUTHORIZATION;

SET LOCAL SESSION AUTHORIZATION rules_record_client;
INSERT INTO result
SELECT 'client: ' || call, '42501', pg_temp.attempt('SELECT count(*) FROM centurion.' || call)
FROM unnest(ARRAY['note_search(NULL, NULL, 7001, NULL, NULL, NULL, 9)', 'note_tags(NULL, 7001, NULL, NULL)', 'note_context(7001, NULL)', 'member_read(7001, ''READ_CLIENT'')',
                  'member_series(7001, ''2026-01-01'', 1)', 'member_appointments(7001, NULL, NULL, 9)', 'member_questionnaires(7001)', 'member_answers(7001)', 'member_invoices(7001)',
                  'member_health(7001, ''2026-01-01'', 1)', 'member_log(7001, NULL, 9)', 'member_show(7001)', 'member_save(gen_random_uuid(), 7001, ''1'', ''{}'')',
                  'member_add(gen_random_uuid(), ''A B'', ''a@b.example'', NULL)']) AS call;
RESET SESSION AUTHORIZATION;

-- Several notes deleted at once: own ones, all or none, as they were seen.
CREATE FUNCTION pg_temp.deleting(notes integer[], seen boolean DEFAULT true) RETURNS text LANGUAGE sql AS
$$ SELECT format('SELECT string_agg(d.outcome || '' '' || d.key, '', '' ORDER BY d.key) FROM centurion.notes_delete(gen_random_uuid(), %L, %L) AS d', notes,
                 (SELECT array_agg(CASE WHEN seen THEN n.version ELSE '1' END ORDER BY w.nth)
                  FROM unnest(notes) WITH ORDINALITY AS w (id, nth) LEFT JOIN centurion.note_search(NULL, NULL, NULL, NULL, NULL, NULL, 99) AS n ON n.id = w.id)) $$;
-- What the marks are taken out of is the text again, whatever is in it.
INSERT INTO public.coach_notes (id, "userId", "coachId", "weekNumber", notes) VALUES
    (7010, 7002, 7100, 3, E'Odd words: <b>runs</b> &amp; a-b-c, follow-up at https://e.example/x?y=1, mail@e.example,\n80/120 3.5kg -7 "quoted"  two blanks\u2028 \u0001\u0002\u0003 #tag-é 日本語'),
    (7011, 7002, 7100, 3, 'to be deleted'), (7012, 7002, 7100, 3, 'to be deleted'), (7013, 7002, 7101, 3, 'of another');
SET LOCAL SESSION AUTHORIZATION rules_record_coach;
INSERT INTO result
SELECT 'coach: odd text with hits', 't <b>[runs]</b>', (SELECT concat_ws(' ', translate(n.hits, chr(2) || chr(3), '') = translate(n.notes, chr(2) || chr(3), ''), substring(translate(n.hits, chr(2) || chr(3), '[]') FROM '<b>.*</b>'))
                                                            FROM centurion.note_search('runs follow-up', NULL, NULL, NULL, NULL, NULL, 9) AS n WHERE n.id = 7010)
UNION ALL SELECT 'coach: deletes one of another, too', '42501', pg_temp.attempt(pg_temp.deleting('{7011,7013}'))
UNION ALL SELECT 'coach: deletes one of a stranger, too', 'P0002', pg_temp.attempt(pg_temp.deleting('{7011,7004}'))
UNION ALL SELECT 'coach: deletes what changed', 'conflict 7011', pg_temp.attempt(pg_temp.deleting('{7012,7011}', false))
UNION ALL SELECT 'coach: deletes nothing', '22023', pg_temp.attempt(pg_temp.deleting('{}'))
UNION ALL SELECT 'coach: deletes without versions', 'conflict 7011', pg_temp.attempt('SELECT d.outcome || '' '' || d.key FROM centurion.notes_delete(gen_random_uuid(), ''{7011}'', NULL) AS d');
INSERT INTO result SELECT 'coach: so far all are there', '2', (SELECT count(*)::text FROM centurion.note_search('deleted', NULL, NULL, NULL, NULL, NULL, 9));
INSERT INTO result SELECT 'coach: deletes several', 'saved 7011, saved 7012', pg_temp.attempt(pg_temp.deleting('{7012,7011,7012}'));
INSERT INTO result SELECT 'coach: they are gone', '0', (SELECT count(*)::text FROM centurion.note_search('deleted', NULL, NULL, NULL, NULL, NULL, 9));
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_record_client;
INSERT INTO result SELECT 'client: deletes a note', '42501', pg_temp.attempt('SELECT count(*) FROM centurion.notes_delete(gen_random_uuid(), ''{7001}'', ''{1}'')');
RESET SESSION AUTHORIZATION;

-- A session that only reads still reads, and says that the log does not know.
SET LOCAL transaction_read_only = on;
SET LOCAL SESSION AUTHORIZATION rules_record_coach;
SELECT * FROM result
UNION ALL SELECT 'coach: reading only', 'false', pg_temp.attempt('SELECT centurion.member_read(7001, ''READ_CLIENT'')');
