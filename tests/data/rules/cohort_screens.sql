-- What the screens of cohorts are told, and what is set for several at once.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_cohortscreens_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_cohortscreens_coach LOGIN IN ROLE centurion_coach;
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
CREATE TEMP TABLE days AS SELECT centurion.today() AS today;
GRANT SELECT ON days TO PUBLIC;

INSERT INTO public.users (id, email, name, role) VALUES
    (9100, 'coach@rules.example', 'Coach', 'COACH'), (9101, 'idle@rules.example', 'Idle', 'COACH'), (9102, 'admin@rules.example', 'Admin', 'ADMIN'),
    (9001, '1@rules.example', 'Ana', 'CLIENT'), (9002, '2@rules.example', 'Ben', 'CLIENT'), (9003, '3@rules.example', 'Cid', 'CLIENT'),
    (9004, '4@rules.example', 'Dee Xyzzy', 'CLIENT');
INSERT INTO centurion.logins VALUES ('rules_cohortscreens_admin', 9102, 'ADMIN'), ('rules_cohortscreens_coach', 9100, 'COACH');
-- Day 10 of six weeks: the second week.
INSERT INTO public.cohorts (id, name, description, "startDate", "endDate", status)
SELECT id, name, NULL, today - ago, today - ago + 41, status::public."CohortStatus"
FROM days, (VALUES (9001, 'Mine', 9, 'ACTIVE'), (9002, 'Theirs', 9, 'ACTIVE'), (9003, 'Over', 90, 'COMPLETED'), (9004, 'Away', 90, 'ARCHIVED'),
                   (9005, 'Gone', 90, 'ACTIVE'), (9006, 'To come', -7, 'ACTIVE')) AS c (id, name, ago, status);
UPDATE public.cohorts SET "deletedAt" = now() WHERE id = 9005;
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9100), (9003, 9100), (9004, 9100), (9005, 9100), (9006, 9100), (9002, 9102);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status, "joinedAt", "leftAt")
SELECT cohort, client, status::public."MembershipStatus", today - joined, CASE WHEN status = 'INACTIVE' THEN today - 1 END
FROM days, (VALUES (9001, 9001, 'ACTIVE', 9), (9001, 9002, 'ACTIVE', 1), (9001, 9003, 'INACTIVE', 9), (9003, 9001, 'ACTIVE', 90), (9002, 9004, 'ACTIVE', 9))
           AS m (cohort, client, status, joined);
-- Ana in both weeks, Ben from when he joined.
INSERT INTO public.entries ("userId", date, weight, steps, "perceivedStress")
SELECT client, today - ago, weight, steps, 4
FROM days, (VALUES (9001, 9, 80.0, 1000), (9001, 8, 82.0, 3000), (9001, 1, 79.0, 4000), (9002, 5, 70.0, 9000), (9002, 0, 71.0, 8000), (9003, 1, 99.0, 100))
           AS e (client, ago, weight, steps);
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions, "isActive") VALUES
    (9001, 9001, 1, '{"title": "First", "elements": [{"type": "text", "name": "q"}]}', true), (9002, 9001, 2, '{"elements": []}', true), (9003, 9001, 3, '{}', false);
INSERT INTO public.weekly_questionnaire_responses ("userId", "bundleId", "weekNumber", responses, status) VALUES
    (9001, 9001, 1, '{}', 'COMPLETED'), (9003, 9001, 1, '{}', 'COMPLETED'), (9002, 9002, 2, '{}', 'IN_PROGRESS');
INSERT INTO public.cohort_check_in_configs ("cohortId", prompts) VALUES (9001, '{"kept": 1}');

CREATE TEMP TABLE calls (name text, call text, admin text, coach text);
GRANT SELECT ON calls TO PUBLIC;
INSERT INTO calls VALUES
    ('list', $$SELECT string_agg(name || ' ' || status, ', ' ORDER BY id) FROM centurion.cohort_index(false, false) WHERE id > 9000$$,
     'Mine ACTIVE, Theirs ACTIVE, Over COMPLETED, To come ACTIVE', 'Mine ACTIVE, Over COMPLETED, To come ACTIVE'),
    ('all of the list', $$SELECT string_agg(name || ' ' || status, ', ' ORDER BY id) FROM centurion.cohort_index(true, true) WHERE id > 9000$$,
     'Mine ACTIVE, Theirs ACTIVE, Over COMPLETED, Away ARCHIVED, Gone DELETED, To come ACTIVE', 'Mine ACTIVE, Over COMPLETED, Away ARCHIVED, To come ACTIVE'),
    ('record', $$SELECT concat_ws(' ', name, status, week, coalesce(frequency_days, 0), members, paused, gone) FROM centurion.cohort_record(9001)$$,
     'Mine ACTIVE 2/6 0 2 0 1', 'Mine ACTIVE 2/6 0 2 0 1'),
    ('another''s record', $$SELECT name FROM centurion.cohort_record(9002)$$, 'Theirs', 'P0002'),
    ('a deleted record', $$SELECT name FROM centurion.cohort_record(9005)$$, 'P0002', 'P0002'),
    ('left', $$SELECT string_agg(name, ',') FROM centurion.cohort_left(9001)$$, 'Cid', 'Cid'),
    ('coaches', $$SELECT string_agg(concat_ws(' ', name, cohorts, clients), ', ') FROM centurion.cohort_coaches(9001, true)$$, 'Coach 2 2', 'Coach 2 2'),
    ('another''s coaches', $$SELECT string_agg(concat_ws(' ', name, cohorts, clients), ', ') FROM centurion.cohort_coaches(9002, true)$$, 'Admin 1 1', 'P0002'),
    ('coaches to be', $$SELECT string_agg(concat_ws(' ', name, cohorts, clients), ', ') FROM centurion.cohort_coaches(9001, false) WHERE user_id >= 9000$$,
     'Admin 1 1, Idle 0 0', '42501'),
    ('people to add', $$SELECT string_agg(concat_ws(' ', name, cohorts), ', ') FROM centurion.cohort_candidates(9001, 'xyzzy', 50)$$, 'Dee Xyzzy Theirs', '42501'),
    ('people to add, who left first', $$SELECT name FROM centurion.cohort_candidates(9001, '', 1)$$, 'Cid', '42501'),
    ('questionnaires', $$SELECT string_agg(concat_ws(' ', week, title, questions, active, state, done, started, members), ', ') FROM centurion.cohort_bundles(9001)$$,
     '1 First 1 t over 1 0 2, 2  0 t open 0 1 2, 3  0 f to come 0 0 2', '1 First 1 t over 1 0 2, 2  0 t open 0 1 2, 3  0 f to come 0 0 2'),
    ('prompts', $$SELECT prompts FROM centurion.cohort_prompts(9001) WHERE version <> ''$$, '{"kept": 1}', '{"kept": 1}'),
    ('no prompts', $$SELECT count(*) FROM centurion.cohort_prompts(9006) WHERE version IS NULL AND prompts IS NULL$$, '1', '1'),
    ('weeks', $$SELECT string_agg(concat_ws(' ', week, members, checked_in, engagement, checkins, weight, weight_change, steps, questionnaire_done), ', ')
                FROM centurion.cohort_weeks(9001)$$,
     '1 1 1 100 2 81 0 2000 1, 2 2 2 100 2 75 -1 6000 0', '1 1 1 100 2 81 0 2000 1, 2 2 2 100 2 75 -1 6000 0'),
    ('weeks to come', $$SELECT count(*) FROM centurion.cohort_weeks(9006)$$, '0', '0'),
    ('weeks that are over', $$SELECT max(week) FROM centurion.cohort_weeks(9003)$$, '6', '6'),
    ('another''s weeks', $$SELECT count(*) FROM centurion.cohort_weeks(9002)$$, '2', 'P0002');
SET LOCAL SESSION AUTHORIZATION rules_cohortscreens_admin;
INSERT INTO result SELECT 'admin: ' || name, admin, pg_temp.attempt(call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_cohortscreens_coach;
INSERT INTO result SELECT 'coach: ' || name, coach, pg_temp.attempt(call) FROM calls;
INSERT INTO result SELECT 'coach: sets', '42501', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_set_all(gen_random_uuid(), '{9001}', 'ARCHIVED')$$);

-- Several at once, all or none; and a cohort with its frequency.
SET LOCAL SESSION AUTHORIZATION rules_cohortscreens_admin;
INSERT INTO result SELECT 'set: ' || name, expected, pg_temp.attempt(format('SELECT string_agg(outcome || '' '' || (record ->> ''name''), '', '' ORDER BY key) FROM centurion.cohort_set_all(gen_random_uuid(), %L, %L)', cohorts, state))
FROM (VALUES
    ('with one that there is not', 'P0002', '{9001,8999}', 'ARCHIVED'), ('with a deleted one', 'P0002', '{9001,9005}', 'ARCHIVED'),
    ('no state', '22023', '{9001}', NULL), ('another state', '22023', '{9001}', 'OPEN'), ('none', '22023', '{}', 'ACTIVE')) AS v (name, expected, cohorts, state);
INSERT INTO result SELECT 'set: archived', 'saved Mine, saved Theirs', pg_temp.attempt($$SELECT string_agg(outcome || ' ' || (record ->> 'name'), ', ' ORDER BY key) FROM centurion.cohort_set_all('00000000-0000-4000-8000-000000009201', '{9002,9001,9001}', 'ARCHIVED')$$);
INSERT INTO result SELECT 'set: again', 'repeated, repeated', pg_temp.attempt($$SELECT string_agg(outcome, ', ') FROM centurion.cohort_set_all('00000000-0000-4000-8000-000000009201', '{9002,9001,9001}', 'ARCHIVED')$$);
INSERT INTO result SELECT 'set: they are', 'Away, Mine, Theirs', pg_temp.attempt($$SELECT string_agg(name, ', ' ORDER BY name) FROM centurion.cohort_index(true, false) WHERE status = 'ARCHIVED' AND id > 9000$$);
INSERT INTO result SELECT 'set: deleted', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_set_all(gen_random_uuid(), '{9002,9005}', 'DELETED')$$);
INSERT INTO result SELECT 'set: gone', 'Gone, Theirs', pg_temp.attempt($$SELECT string_agg(name, ', ' ORDER BY name) FROM centurion.cohort_index(false, true) WHERE status = 'DELETED' AND id > 9000$$);
INSERT INTO result SELECT 'set: restored', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_set_all(gen_random_uuid(), '{9002,9005}', 'RESTORED')$$);
INSERT INTO result SELECT 'set: back', 'Theirs ARCHIVED', pg_temp.attempt($$SELECT name || ' ' || status FROM centurion.cohort_index(true, true) WHERE id = 9002$$);
INSERT INTO result SELECT 'frequency: ' || name, expected, pg_temp.attempt(format('SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), %s, (SELECT version FROM centurion.cohort_record(%1$s)), %L, false)', cohort, changes))
FROM (VALUES
    ('none', '23514', 9006, '{"frequencyDays": 0}'), ('91', '23514', 9006, '{"frequencyDays": 91}'), ('a half', '23514', 9006, '{"frequencyDays": 1.5}'),
    ('a text', '23514', 9006, '{"frequencyDays": "3"}'), ('of a completed one', '55000', 9003, '{"frequencyDays": 3}'), ('as everybody, completed', 'saved', 9003, '{"frequencyDays": null}'))
    AS v (name, expected, cohort, changes);
INSERT INTO result SELECT 'frequency: three days', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), 9006, (SELECT version FROM centurion.cohort_record(9006)), '{"frequencyDays": 3, "description": "d"}', false)$$);
INSERT INTO result SELECT 'frequency: it is', '3 d', pg_temp.attempt('SELECT frequency_days || '' '' || description FROM centurion.cohort_record(9006)');
INSERT INTO result SELECT 'frequency: changed since it was seen', 'conflict 3', pg_temp.attempt($$SELECT outcome || ' ' || (record ->> 'frequencyDays') FROM centurion.cohort_save(gen_random_uuid(), 9006, (SELECT split_part(version, '/', 1) || '/2' FROM centurion.cohort_record(9006)), '{"frequencyDays": 5}', false)$$);
INSERT INTO result SELECT 'frequency: not seen that there is one', 'conflict 3', pg_temp.attempt($$SELECT outcome || ' ' || (record ->> 'frequencyDays') FROM centurion.cohort_save(gen_random_uuid(), 9006, (SELECT split_part(version, '/', 1) FROM centurion.cohort_record(9006)), '{"name": "x"}', false)$$);
INSERT INTO result SELECT 'frequency: the version says the new one', 'saved 4 t', pg_temp.attempt($$SELECT concat_ws(' ', s.outcome, s.record ->> 'frequencyDays', s.version LIKE '%/4') FROM centurion.cohort_save(gen_random_uuid(), 9006, (SELECT version FROM centurion.cohort_record(9006)), '{"frequencyDays": 4}', false) AS s$$);
INSERT INTO result SELECT 'frequency: which is what will be read', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), 9006, (SELECT split_part(version, '/', 1) || '/4' FROM centurion.cohort_record(9006)), '{"description": "e"}', false)$$);
INSERT INTO result SELECT 'frequency: as everybody', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), 9006, (SELECT version FROM centurion.cohort_record(9006)), '{"frequencyDays": null}', false)$$);
INSERT INTO result SELECT 'frequency: it is so', 'nothing', pg_temp.attempt('SELECT frequency_days FROM centurion.cohort_record(9006)');
INSERT INTO result SELECT 'frequency: of a new one', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), NULL, NULL, '{"name": "New", "startDate": "2026-03-02", "frequencyDays": 2}', false)$$);
RESET SESSION AUTHORIZATION;
INSERT INTO result SELECT 'frequency: new', '2', (SELECT f.days::text FROM centurion.cohort_frequencies AS f JOIN public.cohorts AS c ON c.id = f."cohortId" WHERE c.name = 'New');

SELECT * FROM result;
