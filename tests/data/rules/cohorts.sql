-- Changes of cohorts, of who is in them and who coaches them: who may, and what the rules say.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_cohorts_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_cohorts_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_cohorts_other LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_cohorts_ended LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_cohorts_client LOGIN IN ROLE centurion_client;
CREATE ROLE rules_cohorts_their LOGIN IN ROLE centurion_client;

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

INSERT INTO public.users (id, email, name, role) VALUES
    (9100, 'coach@rules.example', 'Coach', 'COACH'), (9101, 'other@rules.example', 'Other', 'COACH'), (9102, 'admin@rules.example', 'Admin', 'ADMIN'),
    (9103, 'ended@rules.example', 'Ended', 'ADMIN'), (9104, 'gone@rules.example', 'Gone coach', 'COACH'),
    (9001, '1@rules.example', 'Active', 'CLIENT'), (9002, '2@rules.example', 'Paused', 'CLIENT'), (9003, '3@rules.example', 'Left', 'CLIENT'),
    (9004, '4@rules.example', 'Theirs', 'CLIENT'), (9005, '5@rules.example', 'In none', 'CLIENT'), (9006, '6@rules.example', 'Deleted', 'CLIENT'),
    (9007, '7@rules.example', 'No client any more', 'COACH');
UPDATE public.users SET "deletedAt" = now() WHERE id IN (9006, 9104);
INSERT INTO centurion.logins VALUES ('rules_cohorts_admin', 9102, 'ADMIN'), ('rules_cohorts_coach', 9100, 'COACH'), ('rules_cohorts_other', 9101, 'COACH'),
    ('rules_cohorts_ended', 9103, 'ADMIN'), ('rules_cohorts_client', 9001, 'CLIENT'), ('rules_cohorts_their', 9004, 'CLIENT');
UPDATE centurion.logins SET enabled = false WHERE rolname = 'rules_cohorts_ended';
INSERT INTO public.cohorts (id, name, description, "startDate", "endDate", status) VALUES
    (9001, 'Mine', 'Six weeks', '2026-01-05', '2026-02-15', 'ACTIVE'), (9002, 'Theirs', NULL, '2026-01-05', NULL, 'ACTIVE'),
    (9003, 'Completed', NULL, '2025-01-06', '2025-02-16', 'COMPLETED'), (9004, 'Deleted', NULL, '2026-01-05', NULL, 'ACTIVE'),
    (9005, 'mine', NULL, '2026-01-05', NULL, 'ARCHIVED');
UPDATE public.cohorts SET "deletedAt" = now() WHERE id = 9004;
INSERT INTO public.coach_cohort_memberships (id, "cohortId", "coachId") VALUES (9001, 9001, 9100), (9002, 9002, 9101), (9003, 9003, 9100), (9004, 9001, 9104), (9005, 9001, 9102);
INSERT INTO public.cohort_memberships (id, "cohortId", "userId", status, "joinedAt", "leftAt") VALUES
    (9001, 9001, 9001, 'ACTIVE', '2026-01-05', NULL), (9002, 9001, 9002, 'PAUSED', '2026-01-05', NULL), (9003, 9001, 9003, 'INACTIVE', '2026-01-05', '2026-01-10'),
    (9004, 9002, 9004, 'ACTIVE', '2026-01-05', NULL), (9005, 9003, 9001, 'ACTIVE', '2025-01-06', NULL), (9006, 9001, 9006, 'ACTIVE', '2026-01-05', NULL),
    (9007, 9001, 9007, 'ACTIVE', '2026-01-05', NULL);
INSERT INTO public.cohort_check_in_configs ("cohortId", prompts) VALUES (9001, '{"enabledPrompts": ["mood"], "kept": 1}');
INSERT INTO centurion.cohort_frequencies VALUES (9001, 3);
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions, "isActive")
SELECT 9000 + n, 9001, n, jsonb_build_object('elements', jsonb_build_array(jsonb_build_object('type', 'text', 'name', 'q' || n))), n <> 2 FROM generate_series(1, 3) AS n;
INSERT INTO public.weekly_questionnaire_responses ("userId", "bundleId", "weekNumber", responses) VALUES (9001, 9001, 1, '{"q1": 5}');

-- ---- Who may ----

-- Every call is taken back.
CREATE TEMP TABLE calls (name text, call text, admin text, coach text, other text);
GRANT SELECT ON calls TO PUBLIC;
INSERT INTO calls VALUES
    ('new', $$cohort_save(gen_random_uuid(), NULL, NULL, '{"name": "New", "startDate": "2026-03-02"}', false)$$, 'saved', '42501', '42501'),
    ('change', $$cohort_save(gen_random_uuid(), 9001, pg_temp.version('cohorts', 9001) || '/3', '{"description": "x"}', false)$$, 'saved', '42501', '42501'),
    ('change a deleted one', $$cohort_save(gen_random_uuid(), 9004, pg_temp.version('cohorts', 9004), '{"description": "x"}', false)$$, 'P0002', '42501', '42501'),
    ('delete', $$cohort_delete(gen_random_uuid(), 9001, pg_temp.version('cohorts', 9001))$$, 'saved', '42501', '42501'),
    ('restore', $$cohort_restore(gen_random_uuid(), 9004, pg_temp.version('cohorts', 9004))$$, 'saved', '42501', '42501'),
    ('clone', $$cohort_clone(gen_random_uuid(), 9001, '{"name": "Again", "startDate": "2026-03-02"}', '{members}')$$, 'saved', '42501', '42501'),
    ('join', $$membership_set(gen_random_uuid(), 9001, '{9005}', 'ACTIVE')$$, 'saved', 'P0002', 'P0002'),
    ('join my cohort from another''s', $$membership_set(gen_random_uuid(), 9001, '{9004}', 'ACTIVE')$$, 'saved', 'P0002', 'P0002'),
    ('come back', $$membership_set(gen_random_uuid(), 9001, '{9003}', 'ACTIVE')$$, 'saved', 'P0002', 'P0002'),
    ('pause', $$membership_set(gen_random_uuid(), 9001, '{9001}', 'PAUSED')$$, 'saved', 'saved', 'P0002'),
    ('pause one who left', $$membership_set(gen_random_uuid(), 9001, '{9001,9003}', 'PAUSED')$$, 'P0002', 'P0002', 'P0002'),
    ('resume', $$membership_set(gen_random_uuid(), 9001, '{9002}', 'ACTIVE')$$, 'saved', 'saved', 'P0002'),
    ('leave', $$membership_set(gen_random_uuid(), 9001, '{9001}', 'INACTIVE')$$, 'saved', '42501', 'P0002'),
    ('leave, with one who is not in it', $$membership_set(gen_random_uuid(), 9001, '{9001,9005}', 'INACTIVE')$$, 'P0002', '42501', 'P0002'),
    ('join a deleted cohort', $$membership_set(gen_random_uuid(), 9004, '{9005}', 'ACTIVE')$$, 'P0002', 'P0002', 'P0002'),
    ('pause in a completed one', $$membership_set(gen_random_uuid(), 9003, '{9001}', 'PAUSED')$$, '55000', '55000', 'P0002'),
    ('assign', $$coach_assign(gen_random_uuid(), 9001, '{9101,9102}')$$, 'saved', '42501', '42501'),
    ('unassign', $$coach_unassign(gen_random_uuid(), 9001, '{9100}')$$, 'saved', '42501', '42501');
SET LOCAL SESSION AUTHORIZATION rules_cohorts_admin;
INSERT INTO result SELECT 'admin: ' || name, admin, pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_cohorts_coach;
INSERT INTO result SELECT 'coach: ' || name, coach, pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_cohorts_other;
INSERT INTO result SELECT 'foreign coach: ' || name, other, pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_cohorts_client;
INSERT INTO result SELECT 'client: ' || name, '42501', pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_cohorts_their;
INSERT INTO result SELECT 'foreign client: ' || name, '42501', pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
SET LOCAL SESSION AUTHORIZATION rules_cohorts_ended;
INSERT INTO result SELECT 'disabled admin: ' || name, '42501', pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;
RESET SESSION AUTHORIZATION;
INSERT INTO result SELECT 'owner: ' || name, admin, pg_temp.tried('SELECT outcome FROM centurion.' || call) FROM calls;

-- ---- Cohorts ----

SET LOCAL SESSION AUTHORIZATION rules_cohorts_admin;
INSERT INTO result
SELECT 'new: ' || name, expected, pg_temp.tried(format('SELECT record ->> ''name'' FROM centurion.cohort_save(gen_random_uuid(), NULL, NULL, %L, false)', '{"name": "New", "startDate": "2026-03-02"}' || changes::jsonb))
FROM (VALUES
    ('as it is', 'New', '{}'),
    ('one character', 'N', '{"name": " N "}'),
    ('nothing but blanks', '23514', '{"name": "  "}'),
    ('no name', '23514', '{"name": null}'),
    ('255 characters', repeat('n', 255), jsonb_build_object('name', repeat('n', 255))::text),
    ('256', '23514', jsonb_build_object('name', repeat('n', 256))::text),
    ('a name that is there', '23505', '{"name": "Mine"}'),
    ('the same, with blanks', '23505', '{"name": " Mine "}'),
    ('in other letters', 'MINE', '{"name": "MINE"}'),
    ('an archived one''s', '23505', '{"name": "mine"}'),
    ('a deleted one''s', 'Deleted', '{"name": "Deleted"}'),
    ('no start', '23514', '{"startDate": null}'),
    ('end at the start', '23514', '{"endDate": "2026-03-02"}'),
    ('end a day later', 'New', '{"endDate": "2026-03-03"}'),
    ('endless', '23514', '{"endDate": "infinity"}'),
    ('a status that there is not', '22P02', '{"status": "OPEN"}'),
    ('deleted', '22023', '{"deletedAt": "2026-01-01"}')
) AS v (name, expected, changes)
UNION ALL SELECT 'change: the name of another one', '23505', pg_temp.tried($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), 9001, pg_temp.version('cohorts', 9001) || '/3', '{"name": "Theirs"}', false)$$)
UNION ALL SELECT 'change: its own name', 'saved', pg_temp.tried($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), 9001, pg_temp.version('cohorts', 9001) || '/3', '{"name": "Mine"}', false)$$)
UNION ALL SELECT 'change: one that changed', 'conflict Mine', pg_temp.tried($$SELECT concat_ws(' ', outcome, record ->> 'name') FROM centurion.cohort_save(gen_random_uuid(), 9001, '1', '{"name": "x"}', false)$$)
UNION ALL SELECT 'change: no questionnaires with it', '22023', pg_temp.tried($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), 9001, pg_temp.version('cohorts', 9001) || '/3', '{"name": "x"}', true)$$)
UNION ALL SELECT 'delete: one that changed', 'conflict', pg_temp.tried($$SELECT outcome FROM centurion.cohort_delete(gen_random_uuid(), 9001, '1')$$)
UNION ALL SELECT 'delete: twice', '55000', pg_temp.tried($$SELECT outcome FROM centurion.cohort_delete(gen_random_uuid(), 9004, pg_temp.version('cohorts', 9004))$$)
UNION ALL SELECT 'restore: one that is there', '55000', pg_temp.tried($$SELECT outcome FROM centurion.cohort_restore(gen_random_uuid(), 9001, pg_temp.version('cohorts', 9001))$$)
UNION ALL SELECT 'restore: none', 'P0002', pg_temp.tried($$SELECT outcome FROM centurion.cohort_restore(gen_random_uuid(), 8999, '1')$$)
-- The name of a deleted one is free; it cannot come back to two of them.
UNION ALL SELECT 'deleted', 'true', pg_temp.attempt($$SELECT record ->> 'deletedAt' IS NOT NULL FROM centurion.cohort_delete('00000000-0000-4000-8000-000000009101', 9002, pg_temp.version('cohorts', 9002))$$);
INSERT INTO result
SELECT 'deleted: again', 'repeated', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_delete('00000000-0000-4000-8000-000000009101', 9002, '1')$$)
UNION ALL SELECT 'deleted: its name is taken', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), NULL, NULL, '{"name": "Theirs", "startDate": "2026-03-02"}', false)$$);
INSERT INTO result
SELECT 'restore: to a name that is taken', '23505', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_restore(gen_random_uuid(), 9002, pg_temp.version('cohorts', 9002))$$)
UNION ALL SELECT 'restore: to a free one', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_restore(gen_random_uuid(), 9004, pg_temp.version('cohorts', 9004))$$)
UNION ALL SELECT 'restored', 'Deleted', pg_temp.value('SELECT name FROM public.cohorts WHERE id = 9004 AND "deletedAt" IS NULL')
UNION ALL SELECT 'in the log', 'DELETE_COHORT Cohort:9002, RESTORE_COHORT Cohort:9004', pg_temp.value($$SELECT string_agg(concat_ws(' ', action, target), ', ' ORDER BY id) FROM public.audit_logs WHERE "userId" = 9102 AND action ~ 'DELETE|RESTORE'$$);

-- Completed: read only until it is active again.
INSERT INTO result
SELECT 'completed: ' || name, expected, pg_temp.tried('SELECT outcome FROM centurion.' || call)
FROM (VALUES
    ('name', '55000', $$cohort_save(gen_random_uuid(), 9003, pg_temp.version('cohorts', 9003), '{"name": "x"}', false)$$),
    ('end', '55000', $$cohort_save(gen_random_uuid(), 9003, pg_temp.version('cohorts', 9003), '{"endDate": null}', false)$$),
    ('status', 'saved', $$cohort_save(gen_random_uuid(), 9003, pg_temp.version('cohorts', 9003), '{"status": "ACTIVE"}', false)$$),
    ('status with all else', 'saved', $$cohort_save(gen_random_uuid(), 9003, pg_temp.version('cohorts', 9003), '{"status": "ACTIVE", "name": "x"}', false)$$),
    ('join', '55000', $$membership_set(gen_random_uuid(), 9003, '{9002}', 'ACTIVE')$$),
    ('leave', '55000', $$membership_set(gen_random_uuid(), 9003, '{9001}', 'INACTIVE')$$),
    ('coaches', 'saved', $$coach_assign(gen_random_uuid(), 9003, '{9101}')$$),
    ('delete', 'saved', $$cohort_delete(gen_random_uuid(), 9003, pg_temp.version('cohorts', 9003))$$),
    ('clone', 'saved', $$cohort_clone(gen_random_uuid(), 9003, '{"name": "Again", "startDate": "2026-03-02"}', '{members}')$$)
) AS v (name, expected, call)
UNION ALL SELECT 'completed: in words', 'The cohort 9003 is completed', pg_temp.words($$SELECT centurion.membership_set(gen_random_uuid(), 9003, '{9002}', 'ACTIVE')$$)
UNION ALL SELECT 'completing', 'COMPLETED', pg_temp.attempt($$SELECT record ->> 'status' FROM centurion.cohort_save(gen_random_uuid(), 9004, pg_temp.version('cohorts', 9004), '{"status": "COMPLETED", "name": "Done"}', false)$$)
UNION ALL SELECT 'active again', 'ACTIVE', pg_temp.attempt($$SELECT record ->> 'status' FROM centurion.cohort_save(gen_random_uuid(), 9004, pg_temp.version('cohorts', 9004), '{"status": "ACTIVE"}', false)$$)
UNION ALL SELECT 'then members come', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.membership_set(gen_random_uuid(), 9004, '{9005}', 'ACTIVE')$$);

-- ---- Questionnaires to start with ----

INSERT INTO result
SELECT 'with questionnaires, no end', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), NULL, NULL, '{"name": "Six", "startDate": "2026-03-02"}', true)$$)
UNION ALL SELECT 'with questionnaires, four weeks', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), NULL, NULL, '{"name": "Four", "startDate": "2026-03-02", "endDate": "2026-03-29"}', true)$$)
UNION ALL SELECT 'without', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_save(gen_random_uuid(), NULL, NULL, '{"name": "None", "startDate": "2026-03-02"}', false)$$)
UNION ALL SELECT 'their weeks', 'Four 1 2 3 4, Six 1 2 3 4 5 6', pg_temp.value($$SELECT string_agg(concat_ws(' ', w.name, w.weeks), ', ' ORDER BY w.name)
    FROM (SELECT c.name, string_agg(b."weekNumber"::text, ' ' ORDER BY b."weekNumber") AS weeks
          FROM public.questionnaire_bundles AS b JOIN public.cohorts AS c ON c.id = b."cohortId" WHERE c.name IN ('Six', 'Four', 'None') AND b."isActive" GROUP BY c.name) AS w$$);
RESET SESSION AUTHORIZATION;
INSERT INTO result
SELECT 'template of week ' || t."weekNumber", 't 7', concat_ws(' ', array_agg(q.value ->> 'name') @> '{wins,challenges,days_trained,days_hit_steps,days_on_calories,nutrition_help}', centurion.question_count(t.questions))
FROM centurion.questionnaire_templates AS t CROSS JOIN jsonb_path_query(t.questions, '$.pages[*].elements[*] ? (@.title != "")') AS q (value)
GROUP BY t."weekNumber", t.questions
UNION ALL SELECT 'kinds of questions', 'comment rating text', string_agg(DISTINCT q.value #>> '{}', ' ') FROM centurion.questionnaire_templates AS t CROSS JOIN jsonb_path_query(t.questions, '$.pages[*].elements[*].type') AS q (value)
UNION ALL SELECT 'days are 0 to 7', '18', count(*)::text FROM centurion.questionnaire_templates AS t CROSS JOIN jsonb_path_query(t.questions, '$.pages[*].elements[*] ? (@.name starts with "days_" && @.min == 0 && @.max == 7)') AS q;

-- ---- Clone ----

SET LOCAL SESSION AUTHORIZATION rules_cohorts_admin;
INSERT INTO result
SELECT 'clone: ' || name, expected, pg_temp.tried(format('SELECT outcome FROM centurion.cohort_clone(gen_random_uuid(), %s, %L, %L)', cohort, '{"name": "Clone", "startDate": "2026-03-02"}' || changes::jsonb, parts))
FROM (VALUES ('of nothing', 'P0002', 8999, '{}', '{members}'), ('to a name that is there', '23505', 9001, '{"name": "Mine"}', '{members}'), ('end before the start', '23514', 9001, '{"endDate": "2026-03-01"}', '{members}'),
             ('unknown parts', '22023', 9001, '{}', '{members,entries}'), ('no parts', '22023', 9001, '{}', NULL), ('other fields', '22023', 9001, '{"status": "COMPLETED"}', '{members}'),
             ('no name', '23514', 9001, '{"name": null}', '{}')) AS v (name, expected, cohort, changes, parts)
UNION ALL SELECT 'clone: all', 'saved All Six weeks ACTIVE', pg_temp.attempt($$SELECT concat_ws(' ', outcome, record ->> 'name', record ->> 'description', record ->> 'status')
    FROM centurion.cohort_clone('00000000-0000-4000-8000-000000009102', 9001, '{"name": "All", "startDate": "2026-03-02", "endDate": "2026-04-12"}', '{prompts,questionnaires,coaches,members}')$$)
UNION ALL SELECT 'clone: nothing of it', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.cohort_clone(gen_random_uuid(), 9001, '{"name": "Empty", "startDate": "2026-03-02"}', '{}')$$);
INSERT INTO result
SELECT 'clone: again', 'repeated All', pg_temp.attempt($$SELECT concat_ws(' ', outcome, record ->> 'name')
    FROM centurion.cohort_clone('00000000-0000-4000-8000-000000009102', 9001, '{"name": "All", "startDate": "2026-03-02", "endDate": "2026-04-12"}', '{prompts,questionnaires,coaches,members}')$$);
RESET SESSION AUTHORIZATION;
INSERT INTO result
SELECT 'clone: what is in ' || c.name, expected, concat_ws('; ',
    (SELECT string_agg(concat_ws(' ', m."userId", m.status, m."joinedAt" > '2026-01-05'), ', ' ORDER BY m."userId") FROM public.cohort_memberships AS m WHERE m."cohortId" = c.id),
    (SELECT string_agg(k."coachId"::text, ', ' ORDER BY k."coachId") FROM public.coach_cohort_memberships AS k WHERE k."cohortId" = c.id),
    (SELECT string_agg(concat_ws(' ', b."weekNumber", b.questions #>> '{elements,0,name}', b."isActive"), ', ' ORDER BY b."weekNumber") FROM public.questionnaire_bundles AS b WHERE b."cohortId" = c.id),
    (SELECT p.prompts FROM public.cohort_check_in_configs AS p WHERE p."cohortId" = c.id), (SELECT f.days FROM centurion.cohort_frequencies AS f WHERE f."cohortId" = c.id),
    (SELECT count(*) || ' answers' FROM public.weekly_questionnaire_responses AS r JOIN public.questionnaire_bundles AS b ON b.id = r."bundleId" WHERE b."cohortId" = c.id))
FROM (VALUES ('All', '9001 ACTIVE t, 9002 PAUSED t; 9100, 9102; 1 q1 t, 2 q2 f, 3 q3 t; {"kept": 1, "enabledPrompts": ["mood"]}; 3; 0 answers'), ('Empty', '0 answers')) AS v (name, expected)
     JOIN public.cohorts AS c ON c.name = v.name;

-- ---- Members ----

SET LOCAL SESSION AUTHORIZATION rules_cohorts_admin;
INSERT INTO result
SELECT 'members: ' || name, expected, pg_temp.tried(format('SELECT string_agg(concat_ws('' '', record ->> ''userId'', record ->> ''status'', CASE WHEN record ->> ''leftAt'' IS NOT NULL THEN ''left'' END), '', '')
                                                            FROM centurion.membership_set(gen_random_uuid(), 9001, %L, %L)', users, status))
FROM (VALUES
    ('join', '9005 ACTIVE', '{9005}', 'ACTIVE'),
    ('come back', '9003 ACTIVE', '{9003}', 'ACTIVE'),
    ('all at once', '9001 ACTIVE, 9002 ACTIVE, 9003 ACTIVE, 9005 ACTIVE', '{9005,9003,9002,9001,9001}', 'ACTIVE'),
    ('leave', '9001 INACTIVE left, 9002 INACTIVE left', '{9001,9002}', 'INACTIVE'),
    ('leave, who left', '9003 INACTIVE left', '{9003}', 'INACTIVE'),
    ('leave, who is no client any more', '9007 INACTIVE left', '{9007}', 'INACTIVE'),
    ('pause, who is no client any more', '23514', '{9007}', 'PAUSED'),
    ('a coach', 'P0002', '{9005,9100}', 'ACTIVE'),
    ('one who is deleted', 'P0002', '{9006}', 'ACTIVE'),
    ('nobody', '22023', '{}', 'ACTIVE'),
    ('NULL', '22023', '{9001,NULL}', 'ACTIVE'),
    ('a status that there is not', '22023', '{9001}', 'GONE'),
    ('no status', '22023', '{9001}', NULL)
) AS v (name, expected, users, status)
UNION ALL SELECT 'members: who left before stays so', '2026-01-10T00:00:00', pg_temp.tried($$SELECT record ->> 'leftAt' FROM centurion.membership_set(gen_random_uuid(), 9001, '{9003}', 'INACTIVE')$$)
UNION ALL SELECT 'members: who comes back joined when they did', '2026-01-05T00:00:00', pg_temp.tried($$SELECT record ->> 'joinedAt' FROM centurion.membership_set(gen_random_uuid(), 9001, '{9003}', 'ACTIVE')$$)
UNION ALL SELECT 'members: back', 'saved', pg_temp.attempt($$SELECT outcome FROM centurion.membership_set('00000000-0000-4000-8000-000000009103', 9001, '{9003,9005}', 'ACTIVE')$$);
INSERT INTO result
SELECT 'members: back again', 'repeated 9003, repeated 9005', pg_temp.attempt($$SELECT string_agg(concat_ws(' ', outcome, record ->> 'userId'), ', ')
    FROM centurion.membership_set('00000000-0000-4000-8000-000000009103', 9001, '{9003,9005}', 'ACTIVE')$$)
UNION ALL SELECT 'members: in the log', 'CREATE 9005, UPDATE 9003', pg_temp.value($$SELECT string_agg(split_part(l.action, '_', 1) || ' ' || m."userId", ', ' ORDER BY m."userId" DESC)
    FROM public.audit_logs AS l JOIN public.cohort_memberships AS m ON l.target = 'Membership:' || m.id
    WHERE m."cohortId" = 9001 AND m."userId" IN (9003, 9005) AND l."userId" = 9102$$);
SET LOCAL SESSION AUTHORIZATION rules_cohorts_coach;
INSERT INTO result
SELECT 'members: paused by the coach', 'PAUSED', pg_temp.attempt($$SELECT record ->> 'status' FROM centurion.membership_set(gen_random_uuid(), 9001, '{9001}', 'PAUSED')$$)
UNION ALL SELECT 'members: once more', 'PAUSED', pg_temp.attempt($$SELECT record ->> 'status' FROM centurion.membership_set(gen_random_uuid(), 9001, '{9001}', 'PAUSED')$$)
UNION ALL SELECT 'members: is in the log once', '1', pg_temp.value($$SELECT count(*) FROM public.audit_logs WHERE target = 'Membership:9001' AND "userId" = 9100$$)
UNION ALL SELECT 'members: all or none', 'P0002', pg_temp.attempt($$SELECT outcome FROM centurion.membership_set(gen_random_uuid(), 9001, '{9001,9004}', 'ACTIVE')$$)
UNION ALL SELECT 'members: none', 'PAUSED', pg_temp.value('SELECT status FROM public.cohort_memberships WHERE id = 9001');

-- ---- Coaches ----

SET LOCAL SESSION AUTHORIZATION rules_cohorts_admin;
INSERT INTO result
SELECT 'coaches: ' || name, expected, pg_temp.tried(format('SELECT string_agg(concat_ws('' '', outcome, record ->> ''coachId''), '', '') FROM centurion.%s(gen_random_uuid(), %s, %L)', call, cohort, coaches))
FROM (VALUES
    ('assigned', 'saved 9101, saved 9102', 'coach_assign', 9001, '{9102,9101}'),
    ('a client', '23514', 'coach_assign', 9001, '{9101,9001}'),
    ('one who is deleted', '23514', 'coach_assign', 9005, '{9104}'),
    ('nobody', '22023', 'coach_assign', 9001, '{}'),
    ('not there', '23514', 'coach_assign', 9001, '{8999}'),
    ('no cohort', 'P0002', 'coach_assign', 8999, '{9101}'),
    ('unassigned', 'saved, saved', 'coach_unassign', 9001, '{9100,9104}'),
    ('not assigned', 'P0002', 'coach_unassign', 9001, '{9100,9101}')
) AS v (name, expected, call, cohort, coaches);
RESET SESSION AUTHORIZATION;

-- ---- The wall below: the rules stand in the tables, whatever a function of the writer's says ----

GRANT centurion_writer TO rules_cohorts_coach, rules_cohorts_admin;
SET LOCAL SESSION AUTHORIZATION rules_cohorts_coach;
SET LOCAL ROLE centurion_writer;
INSERT INTO result
SELECT 'below, coach: a cohort', 'nothing', pg_temp.tried('UPDATE public.cohorts SET name = ''x'' WHERE id = 9001 RETURNING id')
UNION ALL SELECT 'below, coach: a foreign cohort''s member', 'nothing', pg_temp.tried('UPDATE public.cohort_memberships SET status = ''PAUSED'' WHERE id = 9004 RETURNING id')
UNION ALL SELECT 'below, coach: a foreign cohort', '42501', pg_temp.tried('INSERT INTO public.cohort_memberships ("cohortId", "userId") VALUES (9002, 9005) RETURNING id')
UNION ALL SELECT 'below, coach: themselves', '42501', pg_temp.tried('INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9002, 9100) RETURNING id');
RESET ROLE;
SET LOCAL SESSION AUTHORIZATION rules_cohorts_admin;
SET LOCAL ROLE centurion_writer;
INSERT INTO result
SELECT 'below, admin: a member of what is completed', '55000', pg_temp.tried('DELETE FROM public.cohort_memberships WHERE id = 9005 RETURNING id')
UNION ALL SELECT 'below, admin: moved into it', '55000', pg_temp.tried('UPDATE public.cohort_memberships SET "cohortId" = 9003 WHERE id = 9002 RETURNING id')
UNION ALL SELECT 'below, admin: out of it', '55000', pg_temp.tried('UPDATE public.cohort_memberships SET "cohortId" = 9002 WHERE id = 9005 RETURNING id')
UNION ALL SELECT 'below, admin: two of a name', '23505', pg_temp.tried($$INSERT INTO public.cohorts (name, "startDate") VALUES ('Two', '2026-01-05'), ('Two', '2026-01-05') RETURNING id$$);
RESET ROLE;
RESET SESSION AUTHORIZATION;
-- The web application is refused nothing.
INSERT INTO result SELECT 'owner: a name that is there', 'Mine', pg_temp.tried($$INSERT INTO public.cohorts (name, "startDate", "endDate") VALUES ('Mine', '2026-01-05', '2026-01-01') RETURNING name$$)
UNION ALL SELECT 'owner: what is completed', '9005', pg_temp.tried('UPDATE public.cohort_memberships SET status = ''PAUSED'' WHERE id = 9005 RETURNING id');

SELECT * FROM result;
